/* A table by its design: which inner cells each published cell is the sum of. */
#include "core/error.h"
#include "core/io/csv.h"
#include "core/number.h"
#include "pipeline/file_rows.h"
#include "pipeline/on_cells_reading.h"

#include <string.h>

typedef struct {
    SpCellReading *common;
    GArray *entries;    /* SpDesignEntry */
    GHashTable *places; /* guint64: inner and cell of each */
} Reading;

static gboolean add_name(GHashTable *names, const SpFieldPlace *place, const char *name,
                         GError **error)
{
    if (*name == '\0' || g_hash_table_contains(names, name)) {
        return sp_field_refuse(place, name, "a name that no other row has", error);
    }
    g_hash_table_insert(names, g_strdup(name), GUINT_TO_POINTER(g_hash_table_size(names)));
    return TRUE;
}

enum { INNER, SINGLETON, COUNTS, INNER_COLUMNS = COUNTS + SP_COUNT_COLUMNS };

static gboolean take_inner(gpointer data, guint64 row, char *const fields[], GError **error)
{
    SpCellReading *common = ((Reading *)data)->common;
    const SpFieldPlace name = {common->request->file, row, "inner"};
    const SpFieldPlace singleton = {common->request->file, row, "singleton"};
    gboolean is_singleton = FALSE;
    double count = 0.0;
    if (!add_name(common->inner_names, &name, fields[INNER], error) ||
        !sp_cell_count_parse(common, row, fields + COUNTS, &count, error)) {
        return FALSE;
    }
    is_singleton = count > 0.5 && count < 1.5;
    if (fields[SINGLETON] != NULL &&
        !sp_cell_flag_parse(&singleton, fields[SINGLETON], &is_singleton, error)) {
        return FALSE;
    }
    sp_cell_add_inner(common, count, is_singleton);
    return TRUE;
}

enum { CELL, PRIMARY, RANK, FORCED, CELL_COLUMNS };

static gboolean take_cell(gpointer data, guint64 row, char *const fields[], GError **error)
{
    SpCellReading *common = ((Reading *)data)->common;
    const char *file = common->request->cells;
    const SpFieldPlace places[CELL_COLUMNS] = {{file, row, "cell"},
                                               {file, row, "primary"},
                                               {file, row, "candidate_rank"},
                                               {file, row, "forced"}};
    gboolean is_primary = FALSE;
    gboolean is_forced = FALSE;
    double rank = 0.0;
    if (!add_name(common->cell_names, &places[CELL], fields[CELL], error) ||
        !sp_cell_flag_parse(&places[PRIMARY], fields[PRIMARY], &is_primary, error) ||
        !sp_cell_rank_parse(&places[RANK], fields[RANK], is_primary, &rank, error) ||
        !sp_cell_flag_parse(&places[FORCED], fields[FORCED], &is_forced, error)) {
        return FALSE;
    }
    g_ptr_array_add(common->files->labels, sp_csv_quote(fields[CELL], ','));
    g_array_append_val(common->is_primary, is_primary);
    g_array_append_val(common->rank, rank);
    g_array_append_val(common->is_forced, is_forced);
    return TRUE;
}

enum { ENTRY_INNER, ENTRY_CELL, COEF, ENTRY_COLUMNS };

static gboolean take_entry(gpointer data, guint64 row, char *const fields[], GError **error)
{
    Reading *reading = data;
    const char *file = reading->common->request->design;
    const SpFieldPlace places[ENTRY_COLUMNS] = {
        {file, row, "inner"}, {file, row, "cell"}, {file, row, "coef"}};
    SpDesignEntry entry = {.coef = 1};
    gint64 coef = 1;
    if (!sp_cell_name_find(reading->common->inner_names, &places[ENTRY_INNER], fields[ENTRY_INNER],
                           &entry.inner, error) ||
        !sp_cell_name_find(reading->common->cell_names, &places[ENTRY_CELL], fields[ENTRY_CELL],
                           &entry.cell, error)) {
        return FALSE;
    }
    if (fields[COEF] != NULL && (!sp_number_parse_int(fields[COEF], strlen(fields[COEF]), &coef) ||
                                 coef < G_MININT16 || coef > G_MAXINT16)) {
        return sp_field_refuse(&places[COEF], fields[COEF], "a whole number of at most 32767",
                               error);
    }
    entry.coef = (gint32)coef;
    /* Places count along the whole matrix: GLib's hash of two numbers side by side is their
     * exclusive or, the same for most. */
    const guint64 at = (guint64)entry.inner * reading->common->files->labels->len + entry.cell;
    if (!g_hash_table_add(reading->places, g_memdup2(&at, sizeof at))) {
        return sp_field_refuse(&places[ENTRY_CELL], fields[ENTRY_CELL],
                               "one row for an inner cell in it", error);
    }
    g_array_append_val(reading->entries, entry);
    return TRUE;
}

gboolean sp_cell_files_read_design(SpCellReading *common, GError **error)
{
    const SpOnCellsRequest *request = common->request;
    const char *inner[INNER_COLUMNS] = {[INNER] = "inner", [SINGLETON] = "singleton"};
    gboolean may_lack[INNER_COLUMNS] = {[SINGLETON] = TRUE};
    static const char *const cell[] = {"cell", "primary", "candidate_rank", "forced"};
    static const char *const entry[] = {"inner", "cell", "coef"};
    static const gboolean cell_may_lack[] = {FALSE, FALSE, TRUE, TRUE};
    static const gboolean entry_may_lack[] = {FALSE, FALSE, TRUE};
    static const char *const label[] = {"cell", NULL};
    g_autoptr(GArray) entries = g_array_new(FALSE, FALSE, sizeof(SpDesignEntry));
    g_autoptr(GHashTable) places = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    Reading reading = {common, entries, places};
    sp_cell_count_columns(request, inner + COUNTS, may_lack + COUNTS);
    const SpFileRows files[] = {
        {request->file, inner, INNER_COLUMNS, may_lack, take_inner, &reading},
        {request->cells, cell, CELL_COLUMNS, cell_may_lack, take_cell, &reading},
        {request->design, entry, ENTRY_COLUMNS, entry_may_lack, take_entry, &reading}};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        if (!sp_file_rows_read(&files[i], error)) {
            return FALSE;
        }
    }
    common->files->label_columns = g_strdupv((char **)(gpointer)label);
    common->files->design =
        sp_design_new(common->files->inner->len, common->files->labels->len,
                      (const SpDesignEntry *)(gpointer)entries->data, entries->len);
    return TRUE;
}
