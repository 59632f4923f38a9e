/* The registry of forecasters. */
#include "transforms/project/backtest/forecaster.h"

#include <string.h>

const SpForecaster sp_forecasters[] = {
    {.name = "framskriving",
     .series = SP_SERIES_POPULATION,
     .forecast = sp_forecast_own_population},
    {.name = "etterspoersel", .series = SP_SERIES_CARE, .forecast = sp_forecast_own_demand},
    {.name = "ssb", .series = SP_SERIES_POPULATION, .forecast = sp_forecast_ssb},
    {.name = "overlevelse", .series = SP_SERIES_POPULATION, .forecast = sp_forecast_plain_survival},
    {.name = "per_innbygger", .series = SP_SERIES_CARE, .forecast = sp_forecast_per_inhabitant},
    {.name = "per_80p", .series = SP_SERIES_CARE, .forecast = sp_forecast_per_80p},
    {.name = "uendret",
     .series = SP_SERIES_ANY,
     .is_no_change = TRUE,
     .forecast = sp_forecast_no_change},
    {.name = NULL},
};

gboolean sp_forecaster_tells(const SpForecaster *forecaster, const SpSeries *series)
{
    return strcmp(forecaster->series, SP_SERIES_ANY) == 0 ||
           (strcmp(forecaster->series, SP_SERIES_CARE) == 0 && !series->is_population) ||
           strcmp(forecaster->series, series->name) == 0;
}
