/* Snapshots parsed by layout. */
#include "pipeline/parse.h"

#include "core/builder.h"
#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/catalogue.h"
#include "pipeline/dataset.h"
#include "pipeline/snapshots.h"

#include <string.h>

static const gsize max_snapshot_size = (gsize)2 * 1024 * 1024 * 1024;

void sp_parsed_clear(SpParsed *parsed)
{
    g_clear_pointer(&parsed->origin, g_free);
    g_clear_pointer(&parsed->layout, sp_layout_free);
    g_clear_pointer(&parsed->raw, sp_table_free);
    g_clear_pointer(&parsed->maps, sp_tables_free);
}

static char *layout_file(const SpUnit *unit, const char *dataset, GError **error)
{
    g_autoptr(SpSettings) settings = sp_dataset_settings(unit->context, dataset, error);
    const char *name = settings == NULL ? NULL : sp_settings_text(settings, "layout", error);
    return name == NULL ? NULL : g_strdup_printf("layouts/%s.ini", name);
}

static char *map_file(const char *map)
{
    return g_strdup_printf("codes/%s.csv", map);
}

/* Code lists, and the age bands of a person-level layout. */
static gboolean need_lists(SpUnit *unit, const SpLayout *layout, GError **error)
{
    g_autoptr(GPtrArray) maps = sp_layout_code_lists(layout);
    for (guint i = 0; i < maps->len; i++) {
        g_autofree char *file = map_file(maps->pdata[i]);
        if (!sp_unit_need_file(unit, file, error)) {
            return FALSE;
        }
    }
    if (layout->questions != NULL) {
        g_autofree char *questions = g_strdup_printf("%s.csv", layout->questions);
        if (!sp_unit_need_file(unit, questions, error)) {
            return FALSE;
        }
    }
    return layout->persons == NULL || sp_unit_need_file(unit, SP_LAYOUT_BANDS, error);
}

gboolean sp_parse_need(SpUnit *unit, const char *dataset, GError **error)
{
    g_autofree char *file = layout_file(unit, dataset, error);
    if (file == NULL || !sp_unit_need_snapshot(unit, dataset, error) ||
        !sp_unit_need_file(unit, file, error)) {
        return FALSE;
    }
    g_autoptr(SpLayout) layout =
        sp_dataset_layout(sp_unit_input(unit, SP_INPUT_FILE, file)->path, file, error);
    return layout != NULL && need_lists(unit, layout, error);
}

/* The questions that answers are to, beside the code lists. */
static gboolean read_questions(SpUnit *unit, SpParsed *parsed, GError **error)
{
    const char *name = parsed->layout->questions;
    g_autofree char *file = g_strdup_printf("%s.csv", name);
    SpTable *table =
        sp_catalogue_read(sp_unit_input(unit, SP_INPUT_FILE, file)->path, name, NULL, error);
    if (table == NULL) {
        return FALSE;
    }
    if (sp_tables_find(parsed->maps, name) != NULL) {
        sp_table_free(table);
        return sp_error_set(
            error, SP_ERROR_CONFIG,
            "layout %s: a code list and the questions are both named %s; rename one",
            parsed->layout->name, name);
    }
    sp_tables_add(parsed->maps, table);
    return TRUE;
}

static gboolean read_maps(SpUnit *unit, SpParsed *parsed, GError **error)
{
    g_autoptr(GPtrArray) maps = sp_layout_code_lists(parsed->layout);
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
    return parsed->layout->questions == NULL || read_questions(unit, parsed, error);
}

/* Two sinks as one. The observer goes on when the other has failed, so that a sender is told of all
 * errors and not of the first. */
typedef struct {
    SpSink sink; /* first: a pointer to it is one to this */
    SpSink *builder;
    SpSink *observer;
    GError *failure; /* of the builder */
} Tee;

static gboolean tee_begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    Tee *tee = (Tee *)sink;
    return tee->observer->begin(tee->observer, names, n, error) &&
           tee->builder->begin(tee->builder, names, n, error);
}

static gboolean tee_row(SpSink *sink, guint64 number, const SpField fields[], gsize n,
                        GError **error)
{
    Tee *tee = (Tee *)sink;
    if (tee->failure == NULL) {
        (void)tee->builder->row(tee->builder, number, fields, n, &tee->failure);
    }
    return tee->observer->row(tee->observer, number, fields, n, error);
}

static void tee_sheet(SpSink *sink, const char *name, gboolean is_read)
{
    Tee *tee = (Tee *)sink;
    tee->observer->sheet(tee->observer, name, is_read);
}

static gboolean parse_rows(const SpExtractor *extractor, const char *bytes, gsize size,
                           const SpParsed *parsed, const SpSettings *settings, SpSink *builder,
                           char **updated, GError **error)
{
    Tee tee = {.sink = {.begin = tee_begin, .row = tee_row, .sheet = tee_sheet},
               .builder = builder,
               .observer = parsed->observer};
    if (parsed->observer == NULL) {
        return extractor->parse(bytes, size, parsed->origin, parsed->layout, settings, builder,
                                updated, error);
    }
    gboolean is_read = extractor->parse(bytes, size, parsed->origin, parsed->layout, settings,
                                        &tee.sink, updated, error);
    if (is_read && tee.failure != NULL) {
        g_propagate_error(error, tee.failure);
        return FALSE;
    }
    g_clear_error(&tee.failure);
    return is_read;
}

static gboolean parse_bytes(SpUnit *unit, const char *dataset, const SpInput *snapshot,
                            SpParsed *parsed, char **updated, GError **error)
{
    const SpExtractor *extractor = sp_dataset_extractor(dataset, error);
    g_autoptr(SpSettings) settings =
        extractor == NULL ? NULL : sp_dataset_settings(unit->context, dataset, error);
    gsize size = 0;
    g_autofree char *bytes =
        settings == NULL ? NULL : sp_file_read(snapshot->path, max_snapshot_size, &size, error);
    if (bytes == NULL) {
        return FALSE;
    }
    char hash[SP_HASH_SIZE];
    sp_hash_bytes(bytes, size, hash);
    if (strcmp(hash, snapshot->hash) != 0) {
        return sp_error_set(
            error, SP_ERROR_DATA,
            "%s: the snapshot was changed after it was fetched; fetch it again with: "
            "statpakke-fetch --unit %s",
            snapshot->path, dataset);
    }
    g_autoptr(SpBuilder) builder = sp_builder_new(parsed->layout, parsed->origin);
    if (!parse_rows(extractor, bytes, size, parsed, settings, sp_builder_sink(builder), updated,
                    error)) {
        return FALSE;
    }
    parsed->raw = sp_builder_steal(builder, error);
    return parsed->raw != NULL;
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

gboolean sp_parse_open(SpUnit *unit, const char *dataset, SpParsed *parsed, GError **error)
{
    const SpInput *snapshot = sp_unit_input(unit, SP_INPUT_SNAPSHOT, dataset);
    g_autofree char *file = layout_file(unit, dataset, error);
    g_autofree char *base = g_path_get_basename(snapshot->origin);
    parsed->origin = g_strdup_printf("%s (snapshot %.12s)", base, snapshot->hash);
    parsed->layout =
        file == NULL
            ? NULL
            : sp_dataset_layout(sp_unit_input(unit, SP_INPUT_FILE, file)->path, file, error);
    return parsed->layout != NULL && check_form(snapshot, parsed->layout, error) &&
           read_maps(unit, parsed, error);
}

gboolean sp_parse(SpUnit *unit, const char *dataset, SpParsed *parsed, GError **error)
{
    const SpInput *snapshot = sp_unit_input(unit, SP_INPUT_SNAPSHOT, dataset);
    g_autofree char *updated = NULL;
    if ((parsed->layout == NULL && !sp_parse_open(unit, dataset, parsed, error)) ||
        !parse_bytes(unit, dataset, snapshot, parsed, &updated, error)) {
        return FALSE;
    }
    /* What the bytes tell of themselves wins over the receipt; the newest of a unit's sources is
     * the unit's. */
    const char *edition = updated != NULL ? updated : snapshot->updated;
    sp_table_set_edition(parsed->raw, edition);
    sp_table_set_marks(parsed->raw, snapshot->marks);
    if (updated != NULL) {
        sp_unit_set_updated(unit, snapshot, updated);
    }
    return TRUE;
}

gboolean sp_parse_check_limits(SpUnit *unit, GError **error)
{
    gint64 limit = 0;
    if (!sp_settings_int(unit->settings, "normalise.max_unknown_codes", 0, G_MAXINT32, &limit,
                         error)) {
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
