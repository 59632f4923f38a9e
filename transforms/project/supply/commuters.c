/* Commuters from their table. */
#include "transforms/project/supply/commuters.h"

#include "core/error.h"
#include "transforms/project/population/person_rows.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>

enum { HOME, PLACE, PERIOD, N_CODES };

static int newest_year(const SpTable *table, const gint32 years[], const guint32 period[], int base)
{
    int newest = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        int year = years[period[row]];
        newest = year < base ? MAX(newest, year) : newest;
    }
    return newest;
}

double *sp_commuters_read(const SpTable *table, char *const kommuner[], gsize n, int base,
                          SpQuality *quality, GError **error)
{
    static const char *const names[N_CODES] = {"region", "arbeidssted", "period"};
    gsize columns[N_CODES], measure, hidden = 0;
    if (!sp_table_need_all(table, names, N_CODES, SP_COLUMN_CODE, columns, error) ||
        !sp_table_need(table, "sysselsatte", SP_COLUMN_MEASURE, &measure, error)) {
        return NULL;
    }
    g_autofree gint32 *home = sp_codes_places(sp_table_codes(table, columns[HOME]), kommuner, n);
    g_autofree gint32 *place = sp_codes_places(sp_table_codes(table, columns[PLACE]), kommuner, n);
    g_autofree gint32 *years = sp_years_of_codes(sp_table_codes(table, columns[PERIOD]), FALSE);
    const guint32 *from = sp_table_code_numbers_const(table, columns[HOME]);
    const guint32 *to = sp_table_code_numbers_const(table, columns[PLACE]);
    const guint32 *period = sp_table_code_numbers_const(table, columns[PERIOD]);
    g_autofree double *commuters = g_new0(double, n *n);
    int newest = newest_year(table, years, period, base);
    double sum = 0.0;
    for (gsize row = 0; newest > 0 && row < sp_table_n_rows(table); row++) {
        SpReal real = sp_table_real(table, row, measure);
        if (years[period[row]] != newest || home[from[row]] < 0 || place[to[row]] < 0) {
            continue;
        }
        if (sp_real_is_number(real) && real.value < 0.0) {
            sp_error_set(error, SP_ERROR_DATA,
                         "%s: row %" G_GSIZE_FORMAT ", from %s to %s: sysselsatte is %g; want "
                         "persons, 0 or more",
                         sp_table_name(table), row + 1, kommuner[home[from[row]]],
                         kommuner[place[to[row]]], real.value);
            return NULL;
        }
        hidden += sp_real_is_number(real) ? 0 : 1;
        commuters[(gsize)home[from[row]] * n + (gsize)place[to[row]]] += real.value;
        sum += real.value;
    }
    if (hidden > 0) {
        sp_quality_note(quality, "commuting_hidden", sp_table_name(table), 0,
                        "%" G_GSIZE_FORMAT " pairs without a figure count as nobody", hidden);
    }
    return sum > 0.0 ? g_steal_pointer(&commuters) : NULL;
}

/* [n] a kommune's employed over its people of working age; 0 where there are none. g_free. */
static double *shares_of(const double commuters[], gsize n, const double people[])
{
    double *share = g_new0(double, n);
    for (gsize i = 0; i < n * n; i++) {
        share[i / n] += people[i / n] > 0.0 ? commuters[i] / people[i / n] : 0.0;
    }
    return share;
}

void sp_commuters_check(const double commuters[], char *const kommuner[], gsize n,
                        const double people[], const SpPlaceRules *rules, SpQuality *quality)
{
    g_autofree double *share = shares_of(commuters, n, people);
    g_autofree double *sorted = g_new(double, n);
    gsize n_known = 0;
    for (gsize u = 0; u < n; u++) {
        sorted[n_known] = share[u];
        n_known += people[u] > 0.0;
    }
    gsl_sort(sorted, 1, n_known);
    double median = n_known > 0 ? gsl_stats_median_from_sorted_data(sorted, 1, n_known) : 0.0;
    for (gsize u = 0; u < n; u++) {
        gboolean is_thin = share[u] < rules->thin_share * median;
        if (people[u] > 0.0 && (is_thin || share[u] > rules->most_share * median)) {
            sp_quality_note(quality, "commuting_thin", kommuner[u], 0,
                            "%.0f employed live there, %.0f %% of the people of working age; in "
                            "half of the kommuner it is %.0f %% or more: %s; order the table "
                            "pendling again",
                            share[u] * people[u], 100.0 * share[u], 100.0 * median,
                            is_thin ? "pairs are missing" : "pairs stand twice");
        }
    }
}
