/* Figures of an indicator put together: over kommuner that share a service, over years. */
#include "transforms/vary/figures.h"

#include "core/period.h"

#include <string.h>

static SpReal *missing(gsize n)
{
    SpReal *figures = g_new(SpReal, n + 1);
    for (gsize i = 0; i < n; i++) {
        figures[i] = sp_real_none(SP_MISSING);
    }
    return figures;
}

SpFigures *sp_figures_new(const char *period, gsize n)
{
    SpFigures *figures = g_new0(SpFigures, 1);
    figures->period = g_strdup(period);
    figures->n = n;
    figures->teller = missing(n);
    figures->nevner = missing(n);
    figures->verdi = missing(n);
    figures->expected = missing(n);
    figures->variance = missing(n);
    figures->is_area = g_new0(gboolean, n + 1);
    figures->host = g_new(gsize, n + 1);
    for (gsize i = 0; i < n; i++) {
        figures->host[i] = i;
    }
    return figures;
}

void sp_figures_free(SpFigures *figures)
{
    if (figures != NULL) {
        g_free(figures->period);
        g_free(figures->teller);
        g_free(figures->nevner);
        g_free(figures->verdi);
        g_free(figures->expected);
        g_free(figures->variance);
        g_free(figures->host);
        g_free(figures->is_area);
        g_free(figures);
    }
}

void sp_figures_pool_hosts(SpFigures *figures)
{
    for (gsize i = 0; i < figures->n; i++) {
        const gsize host = figures->host[i];
        if (host == i) {
            continue;
        }
        figures->teller[host] = sp_real_add(figures->teller[host], figures->teller[i]);
        figures->nevner[host] = sp_real_add(figures->nevner[host], figures->nevner[i]);
        figures->teller[i] = sp_real_none(SP_NOT_APPLICABLE);
        figures->nevner[i] = sp_real_none(SP_NOT_APPLICABLE);
        figures->is_area[i] = TRUE;
        figures->is_area[host] = TRUE;
    }
}

/* Days of a year apart are the same day; a year has one figure. */
static gboolean is_a_year_before(const SpPeriod *earlier, const SpPeriod *later, int years)
{
    enum { A_YEAR = 10000 }; /* SpDay is 20240101 */
    return earlier->kind == later->kind && earlier->first + years * A_YEAR == later->first &&
           earlier->last + years * A_YEAR == later->last;
}

static gboolean is_yearly(SpPeriodKind kind)
{
    return kind == SP_PERIOD_DATE || kind == SP_PERIOD_YEAR || kind == SP_PERIOD_SCHOOL_YEAR ||
           kind == SP_PERIOD_INTERVAL;
}

static const SpFigures *figures_at(const GPtrArray *all, guint i)
{
    return g_ptr_array_index(all, i);
}

gboolean sp_figures_window(const GPtrArray *all, guint at, guint own[SP_POOLED_YEARS])
{
    SpPeriod last;
    if (!sp_period_parse(figures_at(all, at)->period, &last) || !is_yearly(last.kind)) {
        return FALSE;
    }
    gsize n_found = 0;
    for (guint i = 0; i < all->len; i++) {
        SpPeriod period;
        for (int years = 0; years < SP_POOLED_YEARS; years++) {
            if (sp_period_parse(figures_at(all, i)->period, &period) &&
                is_a_year_before(&period, &last, years)) {
                own[SP_POOLED_YEARS - 1 - years] = i;
                n_found++;
            }
        }
    }
    return n_found == SP_POOLED_YEARS;
}

char *sp_figures_window_period(const GPtrArray *all, const guint own[SP_POOLED_YEARS])
{
    SpPeriod first = {0};
    SpPeriod last = {0};
    (void)sp_period_parse(figures_at(all, own[0])->period, &first);
    (void)sp_period_parse(figures_at(all, own[SP_POOLED_YEARS - 1])->period, &last);
    return g_strdup_printf("%04d-%04d", sp_day_year(first.last), sp_day_year(last.last));
}

gboolean sp_figures_pool_years(const GPtrArray *all, const guint own[SP_POOLED_YEARS],
                               gsize kommune, SpReal *teller, SpReal *nevner)
{
    for (gsize y = 0; y < SP_POOLED_YEARS; y++) {
        const SpFigures *figures = figures_at(all, own[y]);
        const SpReal up = figures->teller[kommune];
        const SpReal down = figures->nevner[kommune];
        if (!sp_real_is_number(up) || !sp_real_is_number(down) ||
            (y > 0 && ((up.flags | down.flags) & SP_FLAG_BREAK_BEFORE) != 0)) {
            return FALSE;
        }
        *teller = y > 0 ? sp_real_add(*teller, up) : up;
        *nevner = y > 0 ? sp_real_add(*nevner, down) : down;
    }
    return TRUE;
}
