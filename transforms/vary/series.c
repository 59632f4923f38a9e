/* Points in time of an indicator, by kommune and by kommuner together. */
#include "transforms/vary/series.h"

#include "transforms/vary/trend/kendall.h"

#include <stdlib.h>

/* A day as a year with decimals, near enough to lay days in order and measure years. */
static double year_of(SpDay day)
{
    const double months = (double)(day / 100 % 100 - 1);
    const double days = (double)(day % 100 - 1);
    return (double)sp_day_year(day) + (months + days / 31.0) / 12.0;
}

static int compare_ends(const void *a, const void *b)
{
    const SpSheet *one = *(const SpSheet *const *)a;
    const SpSheet *other = *(const SpSheet *const *)b;
    return one->period.last < other->period.last ? -1 : one->period.last > other->period.last;
}

/* The last day that data of the period are of. An interval ends on the stock date that the next
 * begins on, and who left in the one did not leave in the other. */
static SpDay last_day(const SpPeriod *period)
{
    return period->kind == SP_PERIOD_INTERVAL ? sp_day_before(period->last) : period->last;
}

/* The month a period ends in tells the season; of whole years it is the same for all. */
static int month_of(const SpSheet *sheet)
{
    return sheet->period.last / 100 % 100;
}

/* More than half of so many kommuner bear the mark. */
static gboolean is_flagged(const SpAreas *areas, gsize n_best)
{
    gsize n = 0;
    for (gsize k = 0; k < areas->n; k++) {
        n += areas->verdi[areas->row[k]].flags & SP_FLAG_BREAK_BEFORE ? 1 : 0;
    }
    return 2 * n > n_best;
}

/* A break in a period that is no point stands before the point that follows. */
static void mark_breaks(SpTimes *times, gsize n_best)
{
    for (guint s = 0; s < times->sheets->len; s++) {
        const SpSheet *sheet = g_ptr_array_index(times->sheets, s);
        gsize t = 0;
        while (t < times->n && times->sheet[t]->period.last < sheet->period.last) {
            t++;
        }
        times->point[s] = t;
        if (t < times->n && is_flagged(sheet->areas, n_best)) {
            times->is_break[t] = TRUE;
        }
    }
}

SpTimes *sp_times_new(const GPtrArray *sheets, double share)
{
    SpTimes *times = g_new0(SpTimes, 1);
    const SpSheet *newest = sp_country_newest(sheets, share);
    times->sheet = g_new(const SpSheet *, sheets->len);
    times->first = g_new(double, sheets->len);
    times->last = g_new(double, sheets->len);
    times->is_break = g_new0(gboolean, sheets->len);
    times->sheets = sheets;
    times->point = g_new0(gsize, sheets->len);
    if (newest == NULL) {
        return times;
    }
    gsize best = 0;
    for (guint t = 0; t < sheets->len; t++) {
        best = MAX(best, ((const SpSheet *)g_ptr_array_index(sheets, t))->n_with_figure);
    }
    g_autofree const SpSheet **all = g_new(const SpSheet *, sheets->len);
    g_autofree double *first = g_new(double, sheets->len);
    g_autofree double *last = g_new(double, sheets->len);
    g_autofree gsize *chosen = g_new(gsize, sheets->len);
    gsize n = 0;
    for (guint t = 0; t < sheets->len; t++) {
        const SpSheet *sheet = g_ptr_array_index(sheets, t);
        if ((double)sheet->n_with_figure >= share * (double)best && sheet->n_with_figure > 0 &&
            month_of(sheet) == month_of(newest)) {
            all[n++] = sheet;
        }
    }
    qsort(all, n, sizeof(gpointer), compare_ends);
    for (gsize t = 0; t < n; t++) {
        first[t] = year_of(all[t]->period.first);
        last[t] = year_of(last_day(&all[t]->period));
    }
    times->n = sp_trend_apart(n, first, last, chosen);
    for (gsize t = 0; t < times->n; t++) {
        times->sheet[t] = all[chosen[t]];
        times->first[t] = first[chosen[t]];
        times->last[t] = last[chosen[t]];
    }
    mark_breaks(times, best);
    return times;
}

void sp_times_free(SpTimes *times)
{
    if (times != NULL) {
        g_free(times->sheet);
        g_free(times->first);
        g_free(times->last);
        g_free(times->is_break);
        g_free(times->point);
        g_free(times);
    }
}

static SpSeries *series_new(gsize n)
{
    SpSeries *series = g_new0(SpSeries, 1);
    series->period = g_new(const char *, n);
    series->time = g_new(double, n);
    series->value = g_new(double, n);
    series->observed = g_new(double, n);
    series->population = g_new(double, n);
    series->flags = g_new0(guint8, n);
    return series;
}

/* The kommune's own figure of point `t`, or of a period since point `from`, bears the mark. */
static gboolean has_break(const SpTimes *times, gsize from, gsize t, gsize kommune)
{
    for (guint s = 0; s < times->sheets->len; s++) {
        const SpSheet *sheet = g_ptr_array_index(times->sheets, s);
        if (times->point[s] >= from && times->point[s] <= t && sheet->weight[kommune] > 0.0 &&
            sheet->verdi[kommune].flags & SP_FLAG_BREAK_BEFORE) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Adds the point of period `t`: its value by the kommuner that are in it, [n]. The mean is that of
 * the distances from the first figure: of one kommune, and of equal figures, it is then that very
 * figure, where weight · verdi / weight rounds and makes a tie of two years a rise or a fall. */
static void add_point(SpSeries *series, const SpTimes *times, gsize t, gsize n,
                      const gboolean is_in[])
{
    const SpSheet *sheet = times->sheet[t];
    const gsize k = series->n++;
    double origin = 0.0;
    double sum = 0.0;
    double broken = 0.0;
    series->observed[k] = 0.0;
    series->population[k] = 0.0;
    for (gsize i = 0; i < n; i++) {
        if (is_in[i]) {
            origin = series->population[k] > 0.0 ? origin : sheet->verdi[i].value;
            sum += sheet->weight[i] * (sheet->verdi[i].value - origin);
            series->observed[k] += sheet->teller[i];
            series->population[k] += sheet->weight[i];
            series->flags[k] |= sheet->verdi[i].flags;
            broken += has_break(times, series->n_seen, t, i) ? sheet->weight[i] : 0.0;
        }
    }
    series->value[k] = origin + sum / series->population[k];
    series->period[k] = sheet->areas->period;
    series->time[k] = (times->first[t] + times->last[t]) / 2.0;
    gboolean is_broken = broken > series->population[k] / 2.0;
    for (; series->n_seen <= t; series->n_seen++) {
        is_broken = is_broken || times->is_break[series->n_seen];
    }
    if (k > 0 && is_broken) {
        series->previous = series->breaks;
        series->breaks = k;
    }
}

SpSeries *sp_series_of_kommune(const SpTimes *times, gsize kommune)
{
    SpSeries *series = series_new(times->n);
    g_autofree gboolean *is_in = g_new0(gboolean, kommune + 1);
    is_in[kommune] = TRUE;
    series->n_kommuner = 1;
    for (gsize t = 0; t < times->n; t++) {
        if (times->sheet[t]->weight[kommune] > 0.0) {
            add_point(series, times, t, kommune + 1, is_in);
        }
    }
    return series;
}

SpSeries *sp_series_of_members(const SpTimes *times, gsize n, const gboolean is_member[],
                               double share)
{
    SpSeries *series = series_new(times->n);
    g_autofree gboolean *is_in = g_new(gboolean, n);
    gsize n_members = 0;
    for (gsize i = 0; i < n; i++) {
        is_in[i] = is_member[i];
        n_members += is_member[i] ? 1 : 0;
        for (gsize t = 0; t < times->n && is_in[i]; t++) {
            is_in[i] = times->sheet[t]->weight[i] > 0.0;
        }
        series->n_kommuner += is_in[i] ? 1 : 0;
    }
    if (series->n_kommuner == 0 || (double)series->n_kommuner < share * (double)n_members) {
        return series;
    }
    for (gsize t = 0; t < times->n; t++) {
        add_point(series, times, t, n, is_in);
    }
    return series;
}

static gboolean has_own(const SpTimes *times)
{
    for (gsize t = 0; t < times->n; t++) {
        if (!sp_real_is_number(times->sheet[t]->areas->country[2])) {
            return FALSE;
        }
    }
    return times->n > 0;
}

SpSeries *sp_series_of_country(const SpTimes *times, gsize n, double share)
{
    g_autofree gboolean *is_member = g_new(gboolean, n);
    for (gsize i = 0; i < n; i++) {
        is_member[i] = TRUE;
    }
    const gboolean is_own = has_own(times);
    SpSeries *series = sp_series_of_members(times, n, is_member, is_own ? 0.0 : share);
    series->is_own = is_own;
    for (gsize t = 0; is_own && t < series->n; t++) {
        const SpAreas *areas = times->sheet[t]->areas;
        const double unit = areas->n > 0 ? sp_areas_unit(areas, areas->row[0]) : 1.0;
        series->value[t] = areas->country[2].value;
        series->flags[t] = areas->country[2].flags;
        if (sp_real_is_number(areas->country[0])) {
            series->observed[t] = areas->country[0].value / unit;
        }
        if (sp_real_is_number(areas->country[1])) {
            series->population[t] = areas->country[1].value;
        }
    }
    return series;
}

void sp_series_free(SpSeries *series)
{
    if (series != NULL) {
        g_free(series->period);
        g_free(series->time);
        g_free(series->value);
        g_free(series->observed);
        g_free(series->population);
        g_free(series->flags);
        g_free(series);
    }
}
