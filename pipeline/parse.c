/* Snapshots parsed by layout. */
#include "pipeline/parse.h"

#include "core/builder.h"
#include "core/error.h"
#include "core/io/files.h"
#include "pipeline/catalogue.h"
#include "pipeline/dataset.h"

#include <string.h>

enum { MAX_LAYOUT_SIZE = 1024 * 1024 };
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

static SpLayout *read_layout(const char *path, const char *relative, GError **error)
{
    gsize size = 0;
    g_autofree char *text = sp_file_read(path, MAX_LAYOUT_SIZE, &size, error);
    return text == NULL ? NULL : sp_layout_parse(relative, text, error);
}

static char *map_file(const char *map)
{
    return g_strdup_printf("codes/%s.csv", map);
}

/* Calls `take` once for each code list that the layout names. */
static gboolean each_map(const SpLayout *layout,
                         gboolean (*take)(const char *map, gpointer data, GError **error),
                         gpointer data, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *column = layout->columns->pdata[i];
        if (column->map != NULL && g_hash_table_add(seen, column->map) &&
            !take(column->map, data, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean need_map(const char *map, gpointer data, GError **error)
{
    g_autofree char *file = map_file(map);
    return sp_unit_need_file(data, file, error);
}

gboolean sp_parse_need(SpUnit *unit, const char *dataset, GError **error)
{
    g_autofree char *file = layout_file(unit, dataset, error);
    if (file == NULL || !sp_unit_need_snapshot(unit, dataset, error) ||
        !sp_unit_need_file(unit, file, error)) {
        return FALSE;
    }
    g_autoptr(SpLayout) layout =
        read_layout(sp_unit_input(unit, SP_INPUT_FILE, file)->path, file, error);
    return layout != NULL && each_map(layout, need_map, unit, error);
}

typedef struct {
    const SpUnit *unit;
    SpTables *maps;
} MapReader;

static gboolean read_map(const char *map, gpointer data, GError **error)
{
    MapReader *reader = data;
    g_autofree char *file = map_file(map);
    SpTable *table =
        sp_catalogue_read(sp_unit_input(reader->unit, SP_INPUT_FILE, file)->path, map, NULL, error);
    if (table == NULL) {
        return FALSE;
    }
    sp_tables_add(reader->maps, table);
    return TRUE;
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
    if (!extractor->parse(bytes, size, parsed->origin, parsed->layout, settings,
                          sp_builder_sink(builder), updated, error)) {
        return FALSE;
    }
    parsed->raw = sp_builder_steal(builder, error);
    return parsed->raw != NULL;
}

gboolean sp_parse(SpUnit *unit, const char *dataset, SpParsed *parsed, GError **error)
{
    const SpInput *snapshot = sp_unit_input(unit, SP_INPUT_SNAPSHOT, dataset);
    g_autofree char *file = layout_file(unit, dataset, error);
    g_autofree char *updated = NULL;
    g_autofree char *base = g_path_get_basename(snapshot->origin);
    parsed->origin = g_strdup_printf("%s (snapshot %.12s)", base, snapshot->hash);
    parsed->layout = file == NULL
                         ? NULL
                         : read_layout(sp_unit_input(unit, SP_INPUT_FILE, file)->path, file, error);
    if (parsed->layout == NULL) {
        return FALSE;
    }
    parsed->maps = sp_tables_new();
    MapReader reader = {.unit = unit, .maps = parsed->maps};
    if (!each_map(parsed->layout, read_map, &reader, error) ||
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
