/* Relative use of services by age. */
#include "transforms/project/balance/age_use.h"

#include "core/error.h"
#include "core/table_rows.h"
#include "transforms/project/balance/panel.h"

enum { FUNCTION, FROM, TO, N_KEYS };

static gboolean refuse(const SpTable *table, gsize row, const char *what, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA, "%s: row %" G_GSIZE_FORMAT ": %s",
                        sp_table_name(table), row + 1, what);
}

static gboolean read_row(SpAgeUse *weights, const SpTable *table, gsize row,
                         const gsize columns[N_KEYS], SpReal weight, GError **error)
{
    gsize function;
    gint32 from = sp_age_of_code(sp_table_code(table, row, columns[FROM]), SP_N_AGES);
    gint32 to = sp_age_of_code(sp_table_code(table, row, columns[TO]), SP_N_AGES);
    if (!sp_panel_find(weights->functions, weights->n_functions,
                       sp_table_code(table, row, columns[FUNCTION]), &function)) {
        return refuse(table, row, "funksjon is empty; name the function", error);
    }
    if (from < 0 || to < from) {
        return refuse(table, row, "alder_fra and alder_til are not ages 000-105 in rising order",
                      error);
    }
    if (!sp_real_is_number(weight) || weight.value < 0.0) {
        return refuse(table, row, "vekt is no number from 0 up", error);
    }
    for (gint32 age = from; age <= to; age++) {
        double *at = &weights->weight[function * SP_N_AGES + (gsize)age];
        if (*at >= 0.0) {
            return refuse(table, row,
                          "an age of the function stands in an earlier row too; keep "
                          "one of them",
                          error);
        }
        *at = weight.value;
    }
    return TRUE;
}

static gboolean is_named(const char *code, gconstpointer data)
{
    (void)data;
    return *code != '\0';
}

SpAgeUse *sp_age_use_new(const SpTable *table, GError **error)
{
    static const char *const keys[N_KEYS] = {"funksjon", "alder_fra", "alder_til"};
    gsize columns[N_KEYS], weight;
    if (!sp_table_need_all(table, keys, N_KEYS, SP_COLUMN_CODE, columns, error) ||
        !sp_table_need(table, "vekt", SP_COLUMN_MEASURE, &weight, error)) {
        return NULL;
    }
    g_autoptr(SpAgeUse) weights = g_new0(SpAgeUse, 1);
    weights->functions = sp_table_used_list(table, columns[FUNCTION], is_named, NULL);
    weights->n_functions = g_strv_length(weights->functions);
    gsize n = weights->n_functions * SP_N_AGES;
    weights->weight = g_new(double, MAX(n, 1));
    for (gsize i = 0; i < n; i++) {
        weights->weight[i] = -1.0; /* not named yet */
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (!read_row(weights, table, row, columns, sp_table_real(table, row, weight), error)) {
            return NULL;
        }
    }
    if (n == 0) {
        sp_error_set(error, SP_ERROR_DATA, "%s: no rows; name at least one function",
                     sp_table_name(table));
        return NULL;
    }
    for (gsize i = 0; i < n; i++) {
        weights->weight[i] = MAX(weights->weight[i], 0.0);
    }
    return g_steal_pointer(&weights);
}

void sp_age_use_free(SpAgeUse *weights)
{
    if (weights != NULL) {
        g_strfreev(weights->functions);
        g_free(weights->weight);
        g_free(weights);
    }
}
