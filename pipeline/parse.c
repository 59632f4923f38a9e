/* Snapshots parsed by layout. */
#include "pipeline/parse.h"

#include "core/builder.h"
#include "core/error.h"
#include "core/io/files.h"
#include "core/io/unpack.h"
#include "core/tee.h"
#include "pipeline/catalogue.h"
#include "pipeline/dataset.h"
#include "pipeline/deliveries.h"

#include <string.h>

static const gsize max_snapshot_size = (gsize)2 * 1024 * 1024 * 1024;

void sp_parsed_clear(SpParsed *parsed)
{
    g_clear_pointer(&parsed->origin, g_free);
    g_clear_pointer(&parsed->layouts, g_ptr_array_unref);
    g_clear_pointer(&parsed->raw, g_ptr_array_unref);
    g_clear_pointer(&parsed->maps, sp_tables_free);
    g_clear_pointer(&parsed->observers, g_ptr_array_unref);
    g_clear_pointer(&parsed->files, g_ptr_array_unref);
}

/* "layouts/NAME.ini" of each layout; a dataset that becomes facts has one. */
static char **layout_files(const SpUnit *unit, const char *dataset, GError **error)
{
    g_autoptr(SpSettings) settings = sp_dataset_settings(unit->context, dataset, error);
    char **files = NULL;
    if (settings == NULL || !sp_dataset_layout_files(settings, &files, error)) {
        return NULL;
    }
    if (files == NULL) {
        (void)sp_settings_text(settings, "layout", error); /* says what is missing where */
    }
    return files;
}

static char *map_file(const char *map)
{
    return g_strdup_printf("codes/%s.csv", map);
}

static void add_once(GPtrArray *names, const char *name)
{
    if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL)) {
        g_ptr_array_add(names, (gpointer)name);
    }
}

/* The code lists of all layouts (char*, borrowed) and of a person-level reader, each once. NULL with
 * error. */
static GPtrArray *code_lists(const char *dataset, const GPtrArray *layouts, GError **error)
{
    const SpExtractor *extractor = sp_dataset_extractor(dataset, error);
    if (extractor == NULL) {
        return NULL;
    }
    GPtrArray *all = g_ptr_array_new();
    gboolean is_persons = FALSE;
    for (guint i = 0; i < layouts->len; i++) {
        const SpLayout *layout = layouts->pdata[i];
        g_autoptr(GPtrArray) own = sp_layout_code_lists(layout);
        is_persons = is_persons || layout->persons != NULL;
        for (guint k = 0; k < own->len; k++) {
            add_once(all, own->pdata[k]);
        }
    }
    const char *const *list = is_persons ? extractor->lists : NULL;
    for (; list != NULL && *list != NULL; list++) {
        add_once(all, *list);
    }
    return all;
}

/* Code lists, and the age bands of person-level layouts. */
static gboolean need_lists(SpUnit *unit, const char *dataset, const GPtrArray *layouts,
                           GError **error)
{
    g_autoptr(GPtrArray) maps = code_lists(dataset, layouts, error);
    if (maps == NULL) {
        return FALSE;
    }
    for (guint i = 0; i < maps->len; i++) {
        g_autofree char *file = map_file(maps->pdata[i]);
        if (!sp_unit_need_file(unit, file, error)) {
            return FALSE;
        }
    }
    for (guint i = 0; i < layouts->len; i++) {
        const char *name = ((const SpLayout *)layouts->pdata[i])->questions;
        g_autofree char *questions = g_strdup_printf("%s.csv", name);
        if (name != NULL && !sp_unit_need_file(unit, questions, error)) {
            return FALSE;
        }
    }
    return ((const SpLayout *)layouts->pdata[0])->persons == NULL ||
           sp_unit_need_file(unit, SP_LAYOUT_BANDS, error);
}

/* The layouts of a unit's declared files. */
static GPtrArray *read_layouts(const SpUnit *unit, char **files, GError **error)
{
    g_autoptr(GPtrArray) layouts = g_ptr_array_new_with_free_func((GDestroyNotify)sp_layout_free);
    for (char **file = files; *file != NULL; file++) {
        SpLayout *layout =
            sp_dataset_layout(sp_unit_input(unit, SP_INPUT_FILE, *file)->path, *file, error);
        if (layout == NULL) {
            return NULL;
        }
        g_ptr_array_add(layouts, layout);
    }
    return sp_dataset_check_layouts(layouts, error) ? g_steal_pointer(&layouts) : NULL;
}

gboolean sp_parse_need(SpUnit *unit, const char *dataset, GError **error)
{
    g_auto(GStrv) files = layout_files(unit, dataset, error);
    if (files == NULL || !sp_unit_need_snapshots(unit, dataset, error)) {
        return FALSE;
    }
    for (char **file = files; *file != NULL; file++) {
        if (!sp_unit_need_file(unit, *file, error)) {
            return FALSE;
        }
    }
    g_autoptr(GPtrArray) layouts = read_layouts(unit, files, error);
    return layouts != NULL && need_lists(unit, dataset, layouts, error);
}

/* The questions that the answers of a layout are to, beside the code lists. */
static gboolean read_questions(SpUnit *unit, SpParsed *parsed, const SpLayout *layout,
                               GError **error)
{
    const char *name = layout->questions;
    if (name == NULL) {
        return TRUE;
    }
    if (sp_tables_find(parsed->maps, name) != NULL) {
        return sp_error_set(
            error, SP_ERROR_CONFIG,
            "layout %s: a code list or other questions are named %s too; rename one", layout->name,
            name);
    }
    g_autofree char *file = g_strdup_printf("%s.csv", name);
    SpTable *table =
        sp_catalogue_read(sp_unit_input(unit, SP_INPUT_FILE, file)->path, name, NULL, error);
    if (table != NULL) {
        sp_tables_add(parsed->maps, table);
    }
    return table != NULL;
}

static gboolean read_maps(SpUnit *unit, const char *dataset, SpParsed *parsed, GError **error)
{
    g_autoptr(GPtrArray) maps = code_lists(dataset, parsed->layouts, error);
    if (maps == NULL) {
        return FALSE;
    }
    parsed->maps = sp_tables_new();
    for (guint i = 0; i < maps->len; i++) {
        const char *map = maps->pdata[i];
        g_autofree char *file = map_file(map);
        SpTable *table =
            sp_catalogue_read(sp_unit_input(unit, SP_INPUT_FILE, file)->path, map, NULL, error);
        if (table == NULL) {
            return FALSE;
        }
        sp_tables_add(parsed->maps, table);
    }
    for (guint i = 0; i < parsed->layouts->len; i++) {
        if (!read_questions(unit, parsed, parsed->layouts->pdata[i], error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* The snapshot's bytes as the source wrote them, unpacked. */
static char *read_bytes(const SpInput *snapshot, const char *dataset, const char *origin,
                        gsize *size, GError **error)
{
    char hash[SP_HASH_SIZE];
    g_autofree char *bytes = sp_file_read(snapshot->path, max_snapshot_size, size, error);
    if (bytes == NULL) {
        return NULL;
    }
    sp_hash_bytes(bytes, *size, hash);
    if (strcmp(hash, snapshot->hash) != 0) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: the snapshot was changed after it was fetched; fetch it again with: "
                     "statpakke-fetch --unit %s",
                     snapshot->path, dataset);
        return NULL;
    }
    SpUnpackKind kind = sp_unpack_kind(snapshot->path);
    return kind == SP_UNPACK_NONE
               ? g_steal_pointer(&bytes)
               : sp_unpack_bytes(kind, origin, bytes, *size, max_snapshot_size, size, error);
}

/* One delivery, through `sink`. *updated is what its bytes tell, NULL if nothing. */
static gboolean parse_bytes(const SpUnit *unit, const char *dataset, const SpInput *snapshot,
                            const SpLayout *layout, SpSink *sink, char **updated, GError **error)
{
    const SpExtractor *extractor = sp_dataset_extractor(dataset, error);
    g_autoptr(SpSettings) settings =
        extractor == NULL ? NULL : sp_dataset_settings(unit->context, dataset, error);
    g_autofree char *origin = sp_parse_origin(snapshot);
    gsize size = 0;
    g_autofree char *bytes =
        settings == NULL ? NULL : read_bytes(snapshot, dataset, origin, &size, error);
    return bytes != NULL &&
           extractor->parse(bytes, size, origin, layout, settings, sink, updated, error);
}

/* An encrypted snapshot is read by a person-level layout and by no other. */
static gboolean check_form(const SpInput *snapshot, const SpLayout *layout, GError **error)
{
    gboolean is_encrypted = g_str_has_suffix(snapshot->path, SP_SNAPSHOT_ENCRYPTED);
    return is_encrypted == (layout->persons != NULL) ||
           sp_error_set(error, SP_ERROR_DATA,
                        "the snapshot is %sencrypted, but layout %s is %sperson-level; deliver it "
                        "again, or put the layout back",
                        is_encrypted ? "" : "not ", layout->name, is_encrypted ? "not " : "");
}

char *sp_parse_origin(const SpInput *snapshot)
{
    g_autofree char *base = g_path_get_basename(snapshot->origin);
    return g_strdup_printf("%s (snapshot %.12s)", base, snapshot->hash);
}

gboolean sp_parse_open(SpUnit *unit, const char *dataset, SpParsed *parsed, GError **error)
{
    g_autoptr(GPtrArray) snapshots = sp_unit_snapshots(unit, dataset);
    g_auto(GStrv) files = layout_files(unit, dataset, error);
    g_autoptr(GString) origins = g_string_new(NULL);
    parsed->layouts = files == NULL ? NULL : read_layouts(unit, files, error);
    if (parsed->layouts == NULL) {
        return FALSE;
    }
    for (guint i = 0; i < snapshots->len; i++) {
        g_autofree char *origin = sp_parse_origin(snapshots->pdata[i]);
        g_string_append_printf(origins, "%s%s", i > 0 ? " + " : "", origin);
        if (!check_form(snapshots->pdata[i], parsed->layouts->pdata[0], error)) {
            return FALSE;
        }
    }
    parsed->origin = g_string_free(g_steal_pointer(&origins), FALSE);
    return read_maps(unit, dataset, parsed, error);
}

const SpLayout *sp_parsed_layout(const SpParsed *parsed, GError **error)
{
    if (parsed->layouts->len > 1) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "%s: the dataset has %u layouts; what it is for here wants one",
                     parsed->origin, parsed->layouts->len);
        return NULL;
    }
    return parsed->layouts->pdata[0];
}

/* Builders, one a layout, and where in their tables each delivery begins. */
typedef struct {
    GPtrArray *builders; /* SpBuilder* */
    GArray *starts;      /* gsize [deliveries][builders] */
} Building;

static void building_clear(Building *building)
{
    g_clear_pointer(&building->builders, g_ptr_array_unref);
    g_clear_pointer(&building->starts, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Building, building_clear)

static void start_building(Building *building, const SpParsed *parsed)
{
    building->builders = g_ptr_array_new_with_free_func((GDestroyNotify)sp_builder_free);
    building->starts = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (guint i = 0; i < parsed->layouts->len; i++) {
        g_ptr_array_add(building->builders,
                        sp_builder_new(parsed->layouts->pdata[i], parsed->origin));
    }
}

static void next_delivery(Building *building, const SpInput *snapshot)
{
    g_autofree char *origin = sp_parse_origin(snapshot);
    for (guint i = 0; i < building->builders->len; i++) {
        gsize start = sp_builder_n_rows(building->builders->pdata[i]);
        g_array_append_val(building->starts, start);
        sp_builder_next_file(building->builders->pdata[i], origin);
    }
}

/* Which delivery a row of a builder's table is of. */
static guint delivery_of(const Building *building, guint builder, gsize row)
{
    guint n_builders = building->builders->len;
    guint i = building->starts->len / n_builders - 1;
    while (i > 0 && g_array_index(building->starts, gsize, i * n_builders + builder) > row) {
        i--;
    }
    return i;
}

/* "region=0301, aar=2024": the codes of a row's key, as the source has them. */
static char *describe_key(const SpTable *raw, gsize row, const GArray *keys)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < keys->len; i++) {
        gsize column = g_array_index(keys, gsize, i);
        g_string_append_printf(text, "%s%s=%s", i > 0 ? ", " : "",
                               sp_table_column(raw, column)->name, sp_table_code(raw, row, column));
    }
    return g_string_free(text, FALSE);
}

/* A row that came with two deliveries would be counted twice. (Within one delivery, and where codes
 * of the source become one of ours, normalise notices.) */
static gboolean check_repeats(const Building *building, guint builder, const SpTable *raw,
                              const GPtrArray *snapshots, GError **error)
{
    g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize i = 0; i < sp_table_n_columns(raw); i++) {
        const SpColumn *column = sp_table_column(raw, i);
        if (column->kind == SP_COLUMN_CODE && column->is_key) {
            g_array_append_val(keys, i);
        }
    }
    g_autoptr(SpTuples) seen = sp_tuples_new(keys->len);
    g_autoptr(GArray) first = g_array_new(FALSE, FALSE, sizeof(gsize)); /* row of each tuple */
    g_autofree guint32 *tuple = g_new(guint32, keys->len + 1);
    for (gsize row = 0; row < sp_table_n_rows(raw); row++) {
        for (guint i = 0; i < keys->len; i++) {
            tuple[i] = sp_table_code_numbers_const(raw, g_array_index(keys, gsize, i))[row];
        }
        guint32 number = sp_tuples_add(seen, tuple);
        if (number == first->len) {
            g_array_append_val(first, row);
            continue;
        }
        guint before = delivery_of(building, builder, g_array_index(first, gsize, number));
        guint now = delivery_of(building, builder, row);
        if (before != now) {
            g_autofree char *key = describe_key(raw, row, keys);
            g_autofree char *one = sp_parse_origin(snapshots->pdata[before]);
            g_autofree char *two = sp_parse_origin(snapshots->pdata[now]);
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s and %s both have %s; take it out of one of them, or name them "
                                "so that one replaces the other",
                                one, two, key);
        }
    }
    return TRUE;
}

/* The tables out of the builders. */
static gboolean finish_building(Building *building, SpUnit *unit, SpParsed *parsed,
                                const GPtrArray *snapshots, GError **error)
{
    parsed->raw = g_ptr_array_new_with_free_func((GDestroyNotify)sp_table_free);
    for (guint i = 0; i < building->builders->len; i++) {
        sp_builder_note(building->builders->pdata[i], unit->quality);
        SpTable *raw = sp_builder_steal(building->builders->pdata[i], error);
        if (raw == NULL) {
            return FALSE;
        }
        g_ptr_array_add(parsed->raw, raw);
        if (snapshots->len > 1 && !check_repeats(building, i, raw, snapshots, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* What the bytes tell of themselves wins over the receipt; the newest of a unit's sources is the
 * unit's. */
static void set_edition(SpParsed *parsed, const GPtrArray *snapshots)
{
    const char *edition = NULL;
    guint marks = 0;
    for (guint i = 0; i < snapshots->len; i++) {
        const SpInput *snapshot = snapshots->pdata[i];
        marks |= snapshot->marks;
        edition =
            edition == NULL || strcmp(snapshot->updated, edition) > 0 ? snapshot->updated : edition;
    }
    for (guint i = 0; i < parsed->raw->len; i++) {
        sp_table_set_edition(parsed->raw->pdata[i], edition);
        sp_table_set_marks(parsed->raw->pdata[i], marks);
    }
}

gboolean sp_parse(SpUnit *unit, const char *dataset, SpParsed *parsed, GError **error)
{
    g_auto(Building) building = {0};
    if (parsed->layouts == NULL && !sp_parse_open(unit, dataset, parsed, error)) {
        return FALSE;
    }
    g_autoptr(GPtrArray) snapshots = sp_unit_snapshots(unit, dataset);
    g_autoptr(GPtrArray) sinks = g_ptr_array_new();
    start_building(&building, parsed);
    for (guint i = 0; i < building.builders->len; i++) {
        g_ptr_array_add(sinks, sp_builder_sink(building.builders->pdata[i]));
    }
    g_autoptr(SpTee) tee = sp_tee_new((SpSink *const *)sinks->pdata, sinks->len);
    for (guint i = 0; i < snapshots->len; i++) {
        const SpInput *snapshot = snapshots->pdata[i];
        g_autofree char *updated = NULL;
        next_delivery(&building, snapshot);
        sp_tee_observe(tee, parsed->observers != NULL ? parsed->observers->pdata[i] : NULL);
        parsed->n_read++;
        if (!parse_bytes(unit, dataset, snapshot, parsed->layouts->pdata[0], sp_tee_sink(tee),
                         &updated, error) ||
            !sp_tee_check(tee, error)) {
            return FALSE;
        }
        if (updated != NULL) {
            sp_unit_set_updated(unit, snapshot, updated);
        }
    }
    parsed->is_read = TRUE;
    if (!finish_building(&building, unit, parsed, snapshots, error)) {
        return FALSE;
    }
    set_edition(parsed, snapshots);
    return TRUE;
}

gboolean sp_parse_note_missing(SpUnit *unit, const char *dataset, GError **error)
{
    g_autoptr(GError) failure = NULL;
    g_auto(GStrv) missing = sp_deliveries_missing(unit->context, dataset, &failure);
    for (char **part = missing; part != NULL && *part != NULL; part++) {
        g_autofree char *subject = g_strdup_printf("%s %s", dataset, *part);
        sp_quality_note(unit->quality, "delivery_missing", subject, 0,
                        "there is no such delivery, though those around it came");
    }
    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return FALSE;
    }
    return TRUE;
}

gboolean sp_parse_check_limits(SpUnit *unit, GError **error)
{
    gint64 limit = 0;
    const char *own = NULL;
    if (!sp_settings_text_or(unit->settings, "max_unknown_codes", NULL, &own, error) ||
        !sp_settings_int(unit->settings,
                         own != NULL ? "max_unknown_codes" : "normalise.max_unknown_codes", 0,
                         G_MAXINT32, &limit, error)) {
        return FALSE;
    }
    guint64 n = sp_quality_count(unit->quality, "unknown_code");
    if (n <= (guint64)limit) {
        return TRUE;
    }
    g_autoptr(SpTable) findings = sp_quality_table(unit->quality);
    gsize kind = sp_table_find(findings, "kind");
    gsize subject = sp_table_find(findings, "subject");
    gsize row = 0;
    while (strcmp(sp_table_code(findings, row, kind), "unknown_code") != 0) {
        row++;
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "%" G_GUINT64_FORMAT
                        " codes are in no code list, the limit is %" G_GINT64_FORMAT
                        "; the first is %s (row %s); add it to config/codes, correct the layout, "
                        "or raise normalise.max_unknown_codes",
                        n, limit, sp_table_code(findings, row, subject),
                        sp_table_code(findings, row, sp_table_find(findings, "row")));
}
