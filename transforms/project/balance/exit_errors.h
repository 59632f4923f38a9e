/** How well exit rates are known, as a table: handed on to those who draw, and no part of a
 * result. */
#ifndef SP_TRANSFORMS_PROJECT_BALANCE_EXIT_ERRORS_H
#define SP_TRANSFORMS_PROJECT_BALANCE_EXIT_ERRORS_H

#include "transforms/project/balance/turnover.h"

#define SP_TABLE_EXIT_ERRORS "avgang_usikkerhet"

/**
 * `avgang_usikkerhet`: region, yrke · sd, standard deviations of the log of the rate of leaving the
 * municipal sector: in row "0" of the country's rate of the profession (sp_turnover_national_sd),
 * in those of kommuner of the kommune's factor on it (sp_turnover_local_sd). Sorted by region;
 * owned by the caller.
 *
 *   of  what `turnover` was made from
 */
SpTable *sp_exit_errors_table(const SpTurnover *turnover, const SpTurnoverInput *of);

#endif
