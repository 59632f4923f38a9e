/* Newcomers by cohorts of the register. */
#include "transforms/project/supply/foreign.h"

#include "core/table_rows.h"
#include "transforms/project/supply/ages.h"
#include "transforms/project/supply/stock.h"

#include <math.h>
#include <stdlib.h>

/* A register whose oldest are younger than this tells of no whole career. */
enum { LEAST_OLDEST = 66 - SP_FIRST_WORK_AGE };

/* A band and its persons in the two years. */
typedef struct {
    SpWorkBand band;
    double earlier;
    double later;
} Band;

double sp_foreign_between(gsize n_ages, const double earlier[], const double later[],
                          const double survival[], guint years, gsize last)
{
    double more = 0.0;
    for (gsize a = 0; a < n_ages && a <= last; a++) {
        double alive = a + years <= last ? earlier[a] : 0.0;
        for (guint k = 0; k < years && a + k < n_ages; k++) {
            alive *= survival[a + k];
        }
        more += later[a] - alive;
    }
    return more / years;
}

static int compare_bands(gconstpointer a, gconstpointer b)
{
    const Band *one = a, *other = b;
    return (one->band.first > other->band.first) - (one->band.first < other->band.first);
}

/* The bands of the table, rising; NULL without an error where a code is none or they overlap. */
static GArray *read_bands(const SpTable *table, const SpNumbersOf *of, const SpForeignYears *years,
                          GError **error)
{
    gsize column;
    SpNumbersOf of_age = *of;
    g_autoptr(GArray) bands = g_array_new(FALSE, TRUE, sizeof(Band));
    if (!sp_table_need(table, "alder", SP_COLUMN_CODE, &column, error)) {
        return NULL;
    }
    const SpCodes *codes = sp_table_codes(table, column);
    g_autofree gboolean *used = sp_table_used_codes(table, column);
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        Band band;
        SpNumbers numbers;
        of_age.age = sp_codes_text(codes, i);
        int kind = used[i] ? sp_work_band_parse(of_age.age, &band.band) : 0;
        if (kind < 0) {
            return NULL;
        }
        if (kind > 0) {
            if (!sp_numbers_read(table, &of_age, years->base, &numbers, error)) {
                return NULL;
            }
            band.earlier = sp_numbers_at(&numbers, years->older);
            band.later = sp_numbers_at(&numbers, years->newest);
            band.earlier = isnan(band.earlier) ? 0.0 : band.earlier;
            band.later = isnan(band.later) ? 0.0 : band.later;
            g_array_append_val(bands, band);
        }
    }
    g_array_sort(bands, compare_bands);
    for (guint i = 1; i < bands->len; i++) {
        if (g_array_index(bands, Band, i).band.first <=
            g_array_index(bands, Band, i - 1).band.last) {
            return NULL;
        }
    }
    return g_steal_pointer(&bands);
}

/* Deaths of men and women alike: below 75 they differ by less than a register is wrong. */
static void find_survival(const SpMortality *mortality, int year, double survival[SP_N_WORK_AGES])
{
    double men[SP_N_AGES], women[SP_N_AGES], newborn;
    sp_mortality_survival(mortality, NULL, 0, year, men, &newborn);
    sp_mortality_survival(mortality, NULL, 1, year, women, &newborn);
    for (gsize a = 0; a < SP_N_WORK_AGES; a++) {
        survival[a] = (men[a + SP_FIRST_WORK_AGE] + women[a + SP_FIRST_WORK_AGE]) / 2.0;
    }
}

gboolean sp_foreign_newcomers(const SpTable *table, const SpNumbersOf *of,
                              const SpForeignYears *years, const SpMortality *mortality, double *n,
                              GError **error)
{
    GError *local = NULL;
    SpNumbers numbers;
    g_autoptr(GArray) bands = read_bands(table, of, years, &local);
    if (local != NULL) {
        g_propagate_error(error, local);
        return FALSE;
    }
    if (!sp_numbers_read(table, of, years->base, &numbers, error)) {
        return FALSE;
    }
    double grown = sp_numbers_at(&numbers, years->newest) - sp_numbers_at(&numbers, years->older);
    *n = grown / (years->newest - years->older);
    if (bands == NULL || bands->len == 0 ||
        g_array_index(bands, Band, bands->len - 1).band.last < LEAST_OLDEST) {
        return TRUE;
    }
    double survival[SP_N_WORK_AGES], singles[2][SP_N_WORK_AGES];
    g_autofree SpWorkBand *places = g_new(SpWorkBand, bands->len);
    g_autofree double *totals = g_new(double, 2 * (gsize)bands->len);
    for (guint i = 0; i < bands->len; i++) {
        const Band *band = &g_array_index(bands, Band, i);
        places[i] = band->band;
        totals[i] = band->earlier;
        totals[bands->len + i] = band->later;
    }
    for (gsize i = 0; i < 2; i++) {
        sp_ungroup(SP_N_WORK_AGES, places, totals + i * bands->len, bands->len, singles[i]);
    }
    find_survival(mortality, years->newest, survival);
    *n = sp_foreign_between(SP_N_WORK_AGES, singles[0], singles[1], survival,
                            (guint)(years->newest - years->older), places[bands->len - 1].last);
    return TRUE;
}
