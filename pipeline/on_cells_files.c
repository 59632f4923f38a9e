/* What is common to tables by a design and by hierarchies, and their counts. */
#include "pipeline/on_cells_files.h"

#include "core/error.h"
#include "core/number.h"
#include "pipeline/on_cells_reading.h"

#include <math.h>
#include <string.h>

void sp_cell_files_free(SpCellFiles *files)
{
    if (files != NULL) {
        g_strfreev(files->label_columns);
        g_clear_pointer(&files->labels, g_ptr_array_unref);
        sp_design_free(files->design);
        g_clear_pointer(&files->inner, g_array_unref);
        g_free(files->is_singleton);
        g_free(files->counts);
        g_free(files->is_primary);
        g_free(files->rank);
        g_free(files->is_forced);
        g_free(files);
    }
}

/* ---- fields ---- */

gboolean sp_field_refuse(const SpFieldPlace *place, const char *text, const char *want,
                         GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: row %" G_GUINT64_FORMAT ": column \"%s\", want %s, got \"%.40s\"",
                        place->file, place->row, place->column, want, text);
}

enum { NAMED, FREQ, ANT };

void sp_cell_count_columns(const SpOnCellsRequest *request, const char *columns[SP_COUNT_COLUMNS],
                           gboolean is_optional[SP_COUNT_COLUMNS])
{
    columns[NAMED] = request->count;
    columns[FREQ] = request->count == NULL ? "freq" : NULL;
    columns[ANT] = request->count == NULL ? "ant" : NULL;
    for (gsize i = 0; i < SP_COUNT_COLUMNS; i++) {
        is_optional[i] = i != NAMED;
    }
}

gboolean sp_cell_count_parse(const SpCellReading *reading, guint64 row,
                             char *const fields[SP_COUNT_COLUMNS], double *count, GError **error)
{
    const char *names[SP_COUNT_COLUMNS];
    gboolean is_optional[SP_COUNT_COLUMNS];
    sp_cell_count_columns(reading->request, names, is_optional);
    for (gsize i = 0; i < SP_COUNT_COLUMNS; i++) {
        const SpFieldPlace place = {reading->request->file, row, names[i]};
        if (fields[i] == NULL) {
            continue;
        }
        return (sp_number_parse(fields[i], strlen(fields[i]), sp_number_plain, count) &&
                *count >= 0.0) ||
               sp_field_refuse(&place, fields[i], "a number from 0 up", error);
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: there is no column \"freq\" or \"ant\"; name the counts with --count",
                        reading->request->file);
}

gboolean sp_cell_flag_parse(const SpFieldPlace *place, const char *text, gboolean *is_set,
                            GError **error)
{
    *is_set = text != NULL && strcmp(text, "1") == 0;
    return *is_set || text == NULL || strcmp(text, "0") == 0 ||
           sp_field_refuse(place, text, "0 or 1", error);
}

gboolean sp_cell_name_find(GHashTable *names, const SpFieldPlace *place, const char *name,
                           guint32 *number, GError **error)
{
    gpointer found = NULL;
    const gboolean is_there = g_hash_table_lookup_extended(names, name, NULL, &found);
    *number = GPOINTER_TO_UINT(found);
    return is_there || sp_field_refuse(place, name, "a name that has a row in its file", error);
}

gboolean sp_cell_rank_parse(const SpFieldPlace *place, const char *text, gboolean is_primary,
                            double *rank, GError **error)
{
    *rank = INFINITY;
    return text == NULL || *text == '\0' || is_primary ||
           sp_number_parse(text, strlen(text), sp_number_plain, rank) ||
           sp_field_refuse(place, text, "a number", error);
}

void sp_cell_add_inner(SpCellReading *reading, double count, gboolean is_singleton)
{
    g_array_append_val(reading->files->inner, count);
    g_array_append_val(reading->is_singleton, is_singleton);
}

/* ---- the whole ---- */

static void reading_init(SpCellReading *reading, const SpOnCellsRequest *request)
{
    *reading = (SpCellReading){
        .request = request,
        .files = g_new0(SpCellFiles, 1),
        .inner_names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .cell_names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
        .is_singleton = g_array_new(FALSE, FALSE, sizeof(gboolean)),
        .is_primary = g_array_new(FALSE, FALSE, sizeof(gboolean)),
        .rank = g_array_new(FALSE, FALSE, sizeof(double)),
        .is_forced = g_array_new(FALSE, FALSE, sizeof(gboolean)),
    };
    reading->files->labels = g_ptr_array_new_with_free_func(g_free);
    reading->files->inner = g_array_new(FALSE, FALSE, sizeof(double));
}

static void reading_clear(SpCellReading *reading)
{
    sp_cell_files_free(reading->files);
    g_hash_table_unref(reading->inner_names);
    g_hash_table_unref(reading->cell_names);
    g_array_unref(reading->is_singleton);
    g_array_unref(reading->is_primary);
    g_array_unref(reading->rank);
    g_array_unref(reading->is_forced);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpCellReading, reading_clear)

static gpointer steal(GArray *array)
{
    return g_array_steal(array, NULL);
}

static void count_cells(SpCellFiles *files)
{
    const SpDesign *design = files->design;
    const double *inner = (const double *)(gpointer)files->inner->data;
    files->counts = g_new0(double, design->n_cells + 1);
    for (gsize cell = 0; cell < design->n_cells; cell++) {
        for (gsize i = design->start[cell]; i < design->start[cell + 1]; i++) {
            files->counts[cell] += design->coef[i] * inner[design->inner[i]];
        }
    }
}

/* The rule of the request, in the place of a file's. */
static gboolean find_primaries(SpCellFiles *files, const SpOnCellsRequest *request, GError **error)
{
    const char *threshold = request->threshold;
    double value = 0.0;
    if (!sp_number_parse(threshold, strlen(threshold), sp_number_plain, &value) || value <= 0.0) {
        return sp_error_set(error, SP_ERROR_USAGE, "--threshold %s: want a number above 0",
                            threshold);
    }
    for (gsize cell = 0; cell < files->design->n_cells; cell++) {
        files->is_primary[cell] =
            (files->counts[cell] > 0.0 || request->hides_zeros) && files->counts[cell] < value;
    }
    return TRUE;
}

SpCellFiles *sp_cell_files_read(const SpOnCellsRequest *request, GError **error)
{
    g_auto(SpCellReading) reading;
    reading_init(&reading, request);
    SpCellFiles *files = reading.files;
    if (request->hierarchies != NULL ? !sp_cell_files_read_codes(&reading, error)
                                     : !sp_cell_files_read_design(&reading, error)) {
        return NULL;
    }
    count_cells(files);
    files->is_singleton = steal(reading.is_singleton);
    files->is_primary = steal(reading.is_primary);
    files->rank = steal(reading.rank);
    files->is_forced = steal(reading.is_forced);
    if ((request->threshold != NULL && !find_primaries(files, request, error)) ||
        (request->contributors != NULL && !sp_cell_files_read_contributors(&reading, error))) {
        return NULL;
    }
    return g_steal_pointer(&reading.files);
}
