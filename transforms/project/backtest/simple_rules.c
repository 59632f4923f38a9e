/* Rules that need no model but the population's. */
#include "transforms/project/backtest/forecaster.h"

enum { OLDEST_FROM = 80 };

SpReal *sp_forecast_base(const SpForecastTask *task, GError **error)
{
    SpSeriesPlaces places = task->places;
    places.first_year = task->base;
    places.n_years = 1;
    g_autofree SpReal *base = g_new(SpReal, places.n_units * task->series->n_groups + 1);
    return sp_series_read(task->series, task->known, &places, base, error) ? g_steal_pointer(&base)
                                                                           : NULL;
}

gboolean sp_forecast_no_change(const SpForecastTask *task, SpReal *const out[SP_N_FORECAST],
                               GError **error)
{
    g_autofree SpReal *base = sp_forecast_base(task, error);
    gsize n_years = task->places.n_years;
    for (gsize i = 0; base != NULL && i < task->places.n_units * task->series->n_groups * n_years;
         i++) {
        out[SP_FORECAST_EXPECTED][i] = base[i / n_years];
    }
    return base != NULL;
}

double sp_known_persons(const SpKnownPopulation *population, gsize unit, gsize day, guint from,
                        guint to)
{
    const SpPersons *persons = &population->persons[unit * population->n_days + day];
    double sum = 0;
    for (guint age = from; age <= to; age++) {
        sum += persons->count[SP_MEN][age] + persons->count[SP_WOMEN][age];
    }
    return sum;
}

static gboolean forecast_per(const SpForecastTask *task, guint from,
                             SpReal *const out[SP_N_FORECAST], GError **error)
{
    g_autofree SpReal *base = sp_forecast_base(task, error);
    const SpSeriesPlaces *places = &task->places;
    for (gsize unit = 0; base != NULL && unit < places->n_units; unit++) {
        double now = sp_known_persons(task->population, unit, 0, from, SP_N_AGES - 1);
        for (gsize year = 0; year < places->n_years; year++) {
            SpReal *cell =
                &out[SP_FORECAST_EXPECTED][sp_series_place(task->series, places, unit, 0, year)];
            if (!sp_real_is_number(base[unit])) {
                *cell = base[unit];
            } else if (now > 0) {
                double then =
                    sp_known_persons(task->population, unit, year + 1, from, SP_N_AGES - 1);
                *cell = sp_real(base[unit].value * then / now);
            }
        }
    }
    return base != NULL;
}

gboolean sp_forecast_per_inhabitant(const SpForecastTask *task, SpReal *const out[SP_N_FORECAST],
                                    GError **error)
{
    return forecast_per(task, 0, out, error);
}

gboolean sp_forecast_per_80p(const SpForecastTask *task, SpReal *const out[SP_N_FORECAST],
                             GError **error)
{
    return forecast_per(task, OLDEST_FROM, out, error);
}
