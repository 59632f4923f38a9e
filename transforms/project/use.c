/* Use rates from a table to arrays. */
#include "transforms/project/use.h"

#include "core/error.h"

#include <string.h>

typedef struct {
    gsize tjeneste, kjonn, from, to, use;
} UseColumns;

static gint compare_use(gconstpointer a, gconstpointer b)
{
    return strcmp(((const SpUse *)a)->tjeneste, ((const SpUse *)b)->tjeneste);
}

static SpUse *use_slot(GArray *uses, const char *tjeneste)
{
    for (guint i = 0; i < uses->len; i++) {
        if (strcmp(g_array_index(uses, SpUse, i).tjeneste, tjeneste) == 0) {
            return &g_array_index(uses, SpUse, i);
        }
    }
    SpUse use = {.tjeneste = tjeneste};
    /* Marks ages that no row has named yet; they end as 0. */
    for (guint i = 0; i < SP_N_SEXES * SP_N_AGES; i++) {
        use.use[i / SP_N_AGES][i % SP_N_AGES] = -1.0;
    }
    g_array_append_val(uses, use);
    return &g_array_index(uses, SpUse, uses->len - 1);
}

static gboolean use_error(const SpTable *table, gsize row, const char *what, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA, "%s: row %" G_GSIZE_FORMAT ": %s",
                        sp_table_name(table), row + 1, what);
}

static gboolean read_use_row(const SpTable *table, const UseColumns *columns, gsize row,
                             GArray *uses, GError **error)
{
    const char *tjeneste = sp_table_code(table, row, columns->tjeneste);
    const char *kjonn = sp_table_code(table, row, columns->kjonn);
    SpReal real = sp_table_real(table, row, columns->use);
    gint32 from = sp_age_of_code(sp_table_code(table, row, columns->from), SP_N_AGES);
    gint32 to = sp_age_of_code(sp_table_code(table, row, columns->to), SP_N_AGES);
    if (*tjeneste == '\0') {
        return use_error(table, row, "tjeneste is empty; name the service", error);
    }
    if (strlen(kjonn) != 1 || *kjonn < '0' || *kjonn > '2') {
        return use_error(table, row, "kjonn is not 0 (both), 1 (men) or 2 (women)", error);
    }
    if (from < 0 || to < from) {
        return use_error(table, row, "alder_fra and alder_til are not ages 000-105 in rising order",
                         error);
    }
    if (!sp_real_is_number(real) || real.value < 0.0 || real.value > 1.0) {
        return use_error(table, row, "bruk is not a number of users per inhabitant, 0 to 1", error);
    }
    SpUse *use = use_slot(uses, tjeneste);
    for (guint sex = 0; sex < SP_N_SEXES; sex++) {
        gboolean is_named = *kjonn == '0' || *kjonn == (sex == SP_MEN ? '1' : '2');
        for (gint32 age = from; is_named && age <= to; age++) {
            if (use->use[sex][age] >= 0.0) {
                return use_error(table, row,
                                 "an age and sex of the service stands in an earlier row too; "
                                 "keep one of them",
                                 error);
            }
            use->use[sex][age] = real.value;
        }
    }
    return TRUE;
}

GArray *sp_use_new(const SpTable *table, GError **error)
{
    UseColumns columns;
    if (!sp_table_need(table, "tjeneste", SP_COLUMN_CODE, &columns.tjeneste, error) ||
        !sp_table_need(table, "kjonn", SP_COLUMN_CODE, &columns.kjonn, error) ||
        !sp_table_need(table, "alder_fra", SP_COLUMN_CODE, &columns.from, error) ||
        !sp_table_need(table, "alder_til", SP_COLUMN_CODE, &columns.to, error) ||
        !sp_table_need(table, "bruk", SP_COLUMN_MEASURE, &columns.use, error)) {
        return NULL;
    }
    g_autoptr(GArray) uses = g_array_new(FALSE, FALSE, sizeof(SpUse));
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (!read_use_row(table, &columns, row, uses, error)) {
            return NULL;
        }
    }
    if (uses->len == 0) {
        sp_error_set(error, SP_ERROR_DATA, "%s: no rows; name at least one service",
                     sp_table_name(table));
        return NULL;
    }
    for (guint i = 0; i < uses->len; i++) {
        SpUse *use = &g_array_index(uses, SpUse, i);
        for (guint cell = 0; cell < SP_N_SEXES * SP_N_AGES; cell++) {
            double *at = &use->use[cell / SP_N_AGES][cell % SP_N_AGES];
            *at = MAX(*at, 0.0);
        }
    }
    g_array_sort(uses, compare_use);
    return g_steal_pointer(&uses);
}
