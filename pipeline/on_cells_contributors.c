/* Who stands behind the cells of a design, and which of them few dominate. */
#include "core/error.h"
#include "core/number.h"
#include "pipeline/file_rows.h"
#include "pipeline/on_cells_reading.h"
#include "transforms/protect/dominance.h"

#include <string.h>

typedef struct {
    const SpCellReading *common;
    GHashTable *names;     /* char* of contributors -> number */
    GArray *contributions; /* SpContribution */
} Reading;

enum { INNER, CONTRIBUTOR, AMOUNT, N_COLUMNS };

static gboolean take_contribution(gpointer data, guint64 row, char *const fields[], GError **error)
{
    Reading *reading = data;
    const char *file = reading->common->request->contributors;
    const SpFieldPlace inner = {file, row, "inner"};
    const SpFieldPlace amount = {file, row, "amount"};
    SpContribution one = {0};
    gpointer number = NULL;
    if (!sp_cell_name_find(reading->common->inner_names, &inner, fields[INNER], &one.inner,
                           error)) {
        return FALSE;
    }
    if (!sp_number_parse(fields[AMOUNT], strlen(fields[AMOUNT]), sp_number_plain, &one.amount)) {
        return sp_field_refuse(&amount, fields[AMOUNT], "a number", error);
    }
    if (!g_hash_table_lookup_extended(reading->names, fields[CONTRIBUTOR], NULL, &number)) {
        number = GUINT_TO_POINTER(g_hash_table_size(reading->names));
        g_hash_table_insert(reading->names, g_strdup(fields[CONTRIBUTOR]), number);
    }
    one.contributor = GPOINTER_TO_UINT(number);
    g_array_append_val(reading->contributions, one);
    return TRUE;
}

/* ---- rules ---- */

static gboolean parse_percent(const char *text, double *share)
{
    const gboolean is_number = sp_number_parse(text, strlen(text), sp_number_plain, share);
    *share /= 100.0;
    return is_number && *share > 0.0 && *share <= 1.0;
}

static gboolean apply_dominance(const char *rule, const SpContributors *contributors,
                                gboolean is_primary[], GError **error)
{
    g_auto(GStrv) halves = g_strsplit(rule, ",", 2);
    gint64 n = 0;
    double share = 0.0;
    if (g_strv_length(halves) != 2 || !sp_number_parse_int(halves[0], strlen(halves[0]), &n) ||
        n < 1 || !parse_percent(halves[1], &share)) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "--dominance %s: want N,K: a number of contributors, and percent above "
                            "0",
                            rule);
    }
    (void)sp_dominance_nk(contributors, (gsize)n, share, is_primary);
    return TRUE;
}

static gboolean apply_rules(const SpOnCellsRequest *request, const SpContributors *contributors,
                            gboolean is_primary[], GError **error)
{
    double share = 0.0;
    for (char **rule = request->dominance; rule != NULL && *rule != NULL; rule++) {
        if (!apply_dominance(*rule, contributors, is_primary, error)) {
            return FALSE;
        }
    }
    if (request->percent == NULL) {
        return TRUE;
    }
    if (!parse_percent(request->percent, &share)) {
        return sp_error_set(error, SP_ERROR_USAGE, "--p-percent %s: want percent above 0",
                            request->percent);
    }
    (void)sp_dominance_percent(contributors, share, is_primary);
    return TRUE;
}

gboolean sp_cell_files_read_contributors(SpCellReading *common, GError **error)
{
    static const char *const columns[N_COLUMNS] = {"inner", "contributor", "amount"};
    g_autoptr(GHashTable) names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GArray) contributions = g_array_new(FALSE, FALSE, sizeof(SpContribution));
    Reading reading = {common, names, contributions};
    const SpFileRows rows = {
        common->request->contributors, columns, N_COLUMNS, NULL, take_contribution, &reading};
    if (!sp_file_rows_read(&rows, error)) {
        return FALSE;
    }
    g_autoptr(SpContributors) contributors = sp_contributors_new(
        common->files->design, (const SpContribution *)(gpointer)contributions->data,
        contributions->len, error);
    return contributors != NULL &&
           apply_rules(common->request, contributors, common->files->is_primary, error);
}
