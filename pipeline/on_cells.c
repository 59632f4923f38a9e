/* What must be hidden of a table that anybody brings. */
#include "pipeline/on_cells.h"

#include "core/error.h"
#include "core/number.h"
#include "pipeline/on_cells_files.h"
#include "transforms/protect/gauss.h"

#include <stdlib.h>
#include <string.h>

/* ---- what is asked for ---- */

static const struct {
    const char *name;
    SpSingletons singletons;
} methods[] = {{"none", SP_SINGLETONS_NONE},
               {"anySum", SP_SINGLETONS_ANY_SUM},
               {"subSum", SP_SINGLETONS_SUB_SUM}};

static gboolean find_singletons(const char *name, SpSingletons *singletons, GError **error)
{
    for (gsize i = 0; i < G_N_ELEMENTS(methods); i++) {
        if (name == NULL || strcmp(methods[i].name, name) == 0) {
            *singletons = methods[i].singletons;
            return TRUE;
        }
    }
    return sp_error_set(error, SP_ERROR_USAGE, "--singletons %s: want none, anySum or subSum",
                        name);
}

static gboolean check_request(const SpOnCellsRequest *request, GError **error)
{
    const gboolean by_codes = request->hierarchies != NULL;
    if (request->method != NULL && strcmp(request->method, "gauss") != 0) {
        return sp_error_set(error, SP_ERROR_USAGE, "--method %s: want gauss", request->method);
    }
    if (by_codes ? request->design != NULL : request->design == NULL || request->cells == NULL) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "--on %s: say how cells are made, with --design and --cells or with "
                            "--hierarchies",
                            request->file);
    }
    if (by_codes != (request->threshold != NULL) || (request->hides_zeros && !by_codes)) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "--threshold goes with --hierarchies, and --hide-zeros with both: a "
                            "design's primaries stand in the file of its cells");
    }
    return TRUE;
}

/* ---- the order of candidates ---- */

static int compare_cells(gconstpointer a, gconstpointer b, gpointer data)
{
    const SpCellFiles *files = data;
    const guint32 one = *(const guint32 *)a;
    const guint32 other = *(const guint32 *)b;
    const double *rank = files->rank;
    const double *count = files->counts;
    if (rank[one] < rank[other] || rank[one] > rank[other]) {
        return rank[one] < rank[other] ? -1 : 1;
    }
    if (count[one] < count[other] || count[one] > count[other]) {
        return count[one] > count[other] ? -1 : 1;
    }
    return (one > other) - (one < other);
}

/* By rank; without one the larger count first. [n_cells], g_free. */
static guint32 *make_order(SpCellFiles *files)
{
    const gsize n = files->design->n_cells;
    guint32 *order = g_new(guint32, n + 1);
    for (guint32 cell = 0; cell < n; cell++) {
        order[cell] = cell;
    }
    g_qsort_with_data(order, (gint)n, sizeof *order, compare_cells, files);
    return order;
}

/* ---- printing ---- */

static char *print(const SpOnCellsRequest *request, const SpCellFiles *files,
                   const gboolean is_secondary[])
{
    const gboolean tells_counts = request->cells == NULL;
    g_autofree char *columns = g_strjoinv(",", files->label_columns);
    GString *text = g_string_new(columns);
    g_string_append(text, tells_counts ? ",count,primary,secondary\n" : ",secondary\n");
    for (gsize cell = 0; cell < files->design->n_cells; cell++) {
        char number[SP_NUMBER_SIZE];
        g_string_append(text, files->labels->pdata[cell]);
        if (tells_counts) {
            (void)sp_number_format_full(files->counts[cell], number);
            g_string_append_printf(text, ",%s,%d", number, files->is_primary[cell]);
        }
        g_string_append_printf(text, ",%d\n", is_secondary[cell]);
    }
    return g_string_free(text, FALSE);
}

char *sp_on_cells_answer(const SpOnCellsRequest *request, GError **error)
{
    SpSingletons singletons = SP_SINGLETONS_NONE;
    if (!check_request(request, error) ||
        !find_singletons(request->singletons, &singletons, error)) {
        return NULL;
    }
    g_autoptr(SpCellFiles) files = sp_cell_files_read(request, error);
    if (files == NULL) {
        return NULL;
    }
    const gsize n = files->design->n_cells;
    g_autofree guint32 *order = make_order(files);
    g_autofree gboolean *is_secondary = g_new(gboolean, n + 1);
    g_autofree gboolean *is_unsafe = g_new(gboolean, n + 1);
    const SpGauss problem = {.design = files->design,
                             .is_primary = files->is_primary,
                             .order = order,
                             .n_order = n,
                             .is_singleton = files->is_singleton,
                             .singletons = singletons};
    (void)sp_gauss(&problem, is_secondary, is_unsafe);
    return print(request, files, is_secondary);
}
