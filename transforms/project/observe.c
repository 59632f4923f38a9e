/* Facts as arrays. */
#include "transforms/project/observe.h"

#include "core/period.h"
#include "transforms/project/rowfilter.h"

#include <string.h>

static const double thin_share = 0.5; /* of the fullest year's people; antatt */

/* Rows of the choice, and those of them that are of the code. */
static gboolean choose_rows(const SpTable *table, const SpObserved *which, gboolean **is_chosen,
                            gboolean **is_read, GError **error)
{
    g_autofree char *of_code = *which->column == '\0'
                                   ? g_strdup("")
                                   : g_strdup_printf("%s=%s", which->column, which->code);
    *is_chosen = sp_row_filter(table, which->choice, error);
    *is_read = *is_chosen == NULL ? NULL : sp_row_filter(table, of_code, error);
    return *is_read != NULL;
}

/* Cell of a period by code number: the year of its last day, -1 for periods that are none. */
static gint32 *cells_of_periods(const SpCodes *codes, const SpObservedAxes *axes)
{
    gint32 *cells = g_new(gint32, sp_codes_size(codes));
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        SpPeriod period;
        cells[i] = -1;
        if (sp_period_parse(sp_codes_text(codes, i), &period) &&
            (period.kind == SP_PERIOD_DATE || period.kind == SP_PERIOD_YEAR)) {
            gint64 cell = (gint64)sp_day_year(period.last) - axes->first_year;
            cells[i] = cell >= 0 && cell < (gint64)axes->n_years ? (gint32)cell : -1;
        }
    }
    return cells;
}

gboolean sp_observe(const SpTable *table, const SpObserved *which, const SpObservedAxes *axes,
                    double figure[], gboolean is_seen[], GError **error)
{
    gsize region, period, measure, n_cells = axes->n_kommuner * axes->n_years;
    g_autofree gboolean *is_chosen = NULL, *is_read = NULL;
    if (!sp_table_need(table, "region", SP_COLUMN_CODE, &region, error) ||
        !sp_table_need(table, "period", SP_COLUMN_CODE, &period, error) ||
        !sp_table_need(table, which->measure, SP_COLUMN_MEASURE, &measure, error) ||
        !choose_rows(table, which, &is_chosen, &is_read, error)) {
        return FALSE;
    }
    const SpCodes *codes = sp_table_codes(table, region);
    g_autofree gint32 *kommune =
        sp_codes_places(codes, (char *const *)axes->codes, axes->n_kommuner);
    g_autofree gint32 *cells = cells_of_periods(sp_table_codes(table, period), axes);
    g_autofree gboolean *is_hole = g_new0(gboolean, n_cells);
    g_autofree gboolean *has_rows = g_new0(gboolean, n_cells);
    memset(figure, 0, n_cells * sizeof *figure);
    memset(is_seen, 0, n_cells * sizeof *is_seen);
    const guint32 *regions = sp_table_code_numbers_const(table, region);
    const guint32 *periods = sp_table_code_numbers_const(table, period);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (!is_chosen[row] || kommune[regions[row]] < 0 || cells[periods[row]] < 0) {
            continue;
        }
        gsize at = (gsize)kommune[regions[row]] * axes->n_years + (gsize)cells[periods[row]];
        has_rows[at] = TRUE;
        if (!is_read[row]) {
            continue;
        }
        SpReal real = sp_table_real(table, row, measure);
        if (!sp_real_is_number(real) || (real.flags & SP_FLAG_MODELLED) != 0 || real.value < 0.0) {
            is_hole[at] = TRUE;
        } else {
            figure[at] += real.value;
            is_seen[at] = TRUE;
        }
    }
    for (gsize at = 0; at < n_cells; at++) {
        is_seen[at] = has_rows[at] && !is_hole[at];
        figure[at] = is_seen[at] ? figure[at] : 0.0;
    }
    return TRUE;
}

guint sp_observed_drop_zero_years(gsize n_kommuner, gsize n_years, const double figure[],
                                  gboolean is_seen[])
{
    guint n_dropped = 0;
    for (gsize year = 0; year < n_years; year++) {
        gboolean is_any = FALSE;
        double sum = 0;
        for (gsize at = year; at < n_kommuner * n_years; at += n_years) {
            is_any = is_any || is_seen[at];
            sum += is_seen[at] ? figure[at] : 0.0;
        }
        for (gsize at = year; at < n_kommuner * n_years && sum <= 0.0; at += n_years) {
            is_seen[at] = FALSE;
        }
        n_dropped += is_any && sum <= 0.0 ? 1 : 0;
    }
    return n_dropped;
}

/* [n_years] people of the kommuner that have a figure; returns those of the fullest year. */
static double count_people(gsize n_kommuner, gsize n_years, const gboolean is_seen[],
                           const double heads[], double people[])
{
    double most = 0.0;
    for (gsize year = 0; year < n_years; year++) {
        people[year] = 0.0;
        for (gsize u = 0; u < n_kommuner; u++) {
            people[year] += is_seen[u * n_years + year] ? heads[u] : 0.0;
        }
        most = MAX(most, people[year]);
    }
    return most;
}

void sp_observed_find_thin_years(gsize n_kommuner, gsize n_years, const gboolean is_seen[],
                                 const double heads[], gboolean is_thin[])
{
    g_autofree double *people = g_new(double, n_years + 1);
    double least = thin_share * count_people(n_kommuner, n_years, is_seen, heads, people);
    for (gsize year = 0; year < n_years; year++) {
        is_thin[year] = people[year] > 0.0 && people[year] < least;
    }
}

gsize sp_observed_newest(gsize n_kommuner, gsize n_years, const gboolean is_seen[],
                         const double heads[])
{
    g_autofree double *people = g_new(double, n_years + 1);
    double least = thin_share * count_people(n_kommuner, n_years, is_seen, heads, people);
    for (gsize year = n_years; year-- > 0;) {
        if (people[year] > 0.0 && people[year] >= least) {
            return year;
        }
    }
    return n_years;
}
