/* What must be hidden, or rounded, of a table that anybody brings. */
#include "pipeline/on_cells.h"

#include "core/error.h"
#include "core/number.h"
#include "pipeline/on_cells_files.h"
#include "transforms/protect/rounding.h"
#include "transforms/protect/widen.h"

#include <math.h>
#include <string.h>

#define UNSAFE "primary cells follow from cells that are known whatever is hidden"

enum { MOST_NAMED = 20 };

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

static gboolean is_rounding(const SpOnCellsRequest *request)
{
    return request->method != NULL && strcmp(request->method, "rounding") == 0;
}

static gboolean check_cells(const SpOnCellsRequest *request, GError **error)
{
    const gboolean by_codes = request->hierarchies != NULL;
    if (by_codes ? request->design != NULL : request->design == NULL || request->cells == NULL) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "--on %s: say how cells are made, with --design and --cells or with "
                            "--hierarchies",
                            request->file);
    }
    return TRUE;
}

static gboolean check_rounding(const SpOnCellsRequest *request, GError **error)
{
    if (request->threshold != NULL || request->singletons != NULL || request->hides_zeros ||
        request->is_linear_only || request->width != NULL || request->contributors != NULL) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "--method rounding hides nothing: --threshold, --hide-zeros, "
                            "--singletons, --linear-only, --width and --contributors do not go "
                            "with it");
    }
    return request->base != NULL ||
           sp_error_set(error, SP_ERROR_USAGE, "--method rounding needs --base");
}

static gboolean check_contributors(const SpOnCellsRequest *request, GError **error)
{
    const gboolean has_rule = request->dominance != NULL || request->percent != NULL;
    return (has_rule == (request->contributors != NULL) &&
            (!has_rule || request->hierarchies == NULL)) ||
           sp_error_set(error, SP_ERROR_USAGE,
                        "--contributors goes with --design, and with --dominance or --p-percent, "
                        "which need it");
}

static gboolean check_hiding(const SpOnCellsRequest *request, GError **error)
{
    const gboolean by_codes = request->hierarchies != NULL;
    if (request->method != NULL && strcmp(request->method, "gauss") != 0) {
        return sp_error_set(error, SP_ERROR_USAGE, "--method %s: want gauss or rounding",
                            request->method);
    }
    if (request->base != NULL) {
        return sp_error_set(error, SP_ERROR_USAGE, "--base goes with --method rounding");
    }
    if (by_codes != (request->threshold != NULL) || (request->hides_zeros && !by_codes)) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "--threshold goes with --hierarchies, and --hide-zeros with both: a "
                            "design's primaries stand in the file of its cells");
    }
    return check_contributors(request, error);
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

/* ---- hiding ---- */

static char *print_hidden(const SpOnCellsRequest *request, const SpCellFiles *files,
                          const gboolean is_secondary[])
{
    const gboolean tells_counts = request->cells == NULL;
    const gboolean tells_primaries = tells_counts || request->contributors != NULL;
    g_autofree char *columns = g_strjoinv(",", files->label_columns);
    GString *text = g_string_new(columns);
    g_string_append(text, tells_counts ? ",count" : "");
    g_string_append(text, tells_primaries ? ",primary,secondary\n" : ",secondary\n");
    for (gsize cell = 0; cell < files->design->n_cells; cell++) {
        char number[SP_NUMBER_SIZE];
        g_string_append(text, files->labels->pdata[cell]);
        if (tells_counts) {
            (void)sp_number_format_full(files->counts[cell], number);
            g_string_append_printf(text, ",%s", number);
        }
        if (tells_primaries) {
            g_string_append_printf(text, ",%d", files->is_primary[cell]);
        }
        g_string_append_printf(text, ",%d\n", is_secondary[cell]);
    }
    return g_string_free(text, FALSE);
}

/* Intervals are between whole numbers: a count that is none would have another width. */
static gboolean check_whole(const SpOnCellsRequest *request, const SpCellFiles *files,
                            GError **error)
{
    for (guint i = 0; i < files->inner->len; i++) {
        const double count = g_array_index(files->inner, double, i);
        if (floor(count) < count || count > (double)SP_ROUNDING_MAX_COUNT) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: a count is %g; want whole numbers (--linear-only hides "
                                "other amounts, too)",
                                request->file, count);
        }
    }
    return TRUE;
}

static gboolean parse_width(const SpOnCellsRequest *request, double *width, GError **error)
{
    const char *text = request->width != NULL ? request->width : request->usual_width;
    return (sp_number_parse(text, strlen(text), sp_number_plain, width) && *width > 0.0) ||
           sp_error_set(error, SP_ERROR_USAGE, "--width %s: want a number above 0", text);
}

/* Warns of cells by name, the first of them where there are many. */
static void warn_of(const SpLog *log, const SpCellFiles *files, const gboolean is_meant[],
                    const char *what)
{
    g_autoptr(GString) names = g_string_new(NULL);
    gsize n = 0;
    for (gsize cell = 0; cell < files->design->n_cells; cell++) {
        if (is_meant[cell] && n++ < MOST_NAMED) {
            g_string_append_printf(names, "%s%s", n > 1 ? "; " : "",
                                   (const char *)files->labels->pdata[cell]);
        }
    }
    if (n > 0) {
        sp_log(log, SP_LOG_WARNING, "%" G_GSIZE_FORMAT " %s: %s%s", n, what, names->str,
               n > MOST_NAMED ? "; and more" : "");
    }
}

static char *hide(const SpOnCellsRequest *request, SpCellFiles *files, SpSingletons singletons,
                  const SpLog *log, GError **error)
{
    const gsize n = files->design->n_cells;
    double width = 0.0;
    g_autofree guint32 *order = make_order(files);
    g_autofree gboolean *is_secondary = g_new(gboolean, n + 1);
    g_autofree gboolean *is_unsafe = g_new(gboolean, n + 1);
    g_autofree gboolean *is_narrow = g_new(gboolean, n + 1);
    const SpGauss problem = {.design = files->design,
                             .is_primary = files->is_primary,
                             .order = order,
                             .n_order = n,
                             .is_forced = files->is_forced,
                             .is_singleton = files->is_singleton,
                             .singletons = singletons};
    if (request->is_linear_only) {
        (void)sp_gauss(&problem, is_secondary, is_unsafe);
        warn_of(log, files, is_unsafe, UNSAFE);
        return print_hidden(request, files, is_secondary);
    }
    if (!parse_width(request, &width, error) || !check_whole(request, files, error)) {
        return NULL;
    }
    (void)sp_widen(&problem, (const double *)(gpointer)files->inner->data, width, is_secondary,
                   is_unsafe, is_narrow);
    g_autofree char *narrow = g_strdup_printf("hidden cells stay narrower than %g", width);
    warn_of(log, files, is_unsafe, UNSAFE);
    warn_of(log, files, is_narrow, narrow);
    return print_hidden(request, files, is_secondary);
}

/* ---- rounding ---- */

static gint64 *whole_counts(const SpOnCellsRequest *request, const SpCellFiles *files,
                            GError **error)
{
    if (!check_whole(request, files, error)) {
        return NULL;
    }
    gint64 *counts = g_new(gint64, files->inner->len + 1);
    for (guint i = 0; i < files->inner->len; i++) {
        counts[i] = (gint64)g_array_index(files->inner, double, i);
    }
    return counts;
}

static char *print_rounded(const SpCellFiles *files, const gint64 published[])
{
    g_autofree char *columns = g_strjoinv(",", files->label_columns);
    GString *text = g_string_new(columns);
    g_string_append(text, ",original,rounded,difference\n");
    for (gsize cell = 0; cell < files->design->n_cells; cell++) {
        const gint64 original = (gint64)files->counts[cell];
        g_string_append_printf(
            text, "%s,%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT "\n",
            (const char *)files->labels->pdata[cell], original, published[cell],
            published[cell] - original);
    }
    return g_string_free(text, FALSE);
}

static char *round_counts(const SpOnCellsRequest *request, const SpCellFiles *files, GError **error)
{
    gint64 base = 0;
    g_autofree gint64 *inner = whole_counts(request, files, error);
    g_autofree gint64 *rounded = g_new(gint64, files->design->n_inner + 1);
    g_autofree gint64 *published = g_new(gint64, files->design->n_cells + 1);
    if (inner == NULL) {
        return NULL;
    }
    if (!sp_number_parse_int(request->base, strlen(request->base), &base)) {
        sp_error_set(error, SP_ERROR_USAGE, "--base %s: want a whole number", request->base);
        return NULL;
    }
    return sp_rounding(files->design, inner, base, rounded, published, error)
               ? print_rounded(files, published)
               : NULL;
}

char *sp_on_cells_answer(const SpOnCellsRequest *request, const SpLog *log, GError **error)
{
    SpSingletons singletons = SP_SINGLETONS_NONE;
    if (!check_cells(request, error) ||
        !(is_rounding(request) ? check_rounding(request, error) : check_hiding(request, error)) ||
        !find_singletons(request->singletons, &singletons, error)) {
        return NULL;
    }
    g_autoptr(SpCellFiles) files = sp_cell_files_read(request, error);
    if (files == NULL) {
        return NULL;
    }
    return is_rounding(request) ? round_counts(request, files, error)
                                : hide(request, files, singletons, log, error);
}
