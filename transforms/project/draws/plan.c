/* Whether the parts of a plan are of the same kommuner, professions and days. */
#include "transforms/project/draws/plan.h"

#include "core/error.h"

#include <string.h>

static gboolean check_kommuner(const SpDrawsPlan *plan, const char *of, gsize n,
                               char *const kommuner[], GError **error)
{
    if (n != plan->n_kommuner) {
        g_set_error(error, SP_ERROR, SP_ERROR_DATA,
                    "draws: %s has %" G_GSIZE_FORMAT " kommuner, the plan %" G_GSIZE_FORMAT
                    "; project both from the same base population",
                    of, n, plan->n_kommuner);
        return FALSE;
    }
    for (gsize i = 0; i < n; i++) {
        if (strcmp(kommuner[i], plan->kommuner[i]) != 0) {
            g_set_error(error, SP_ERROR, SP_ERROR_DATA,
                        "draws: %s has kommune %s where the plan has %s; project both from the "
                        "same base population",
                        of, kommuner[i], plan->kommuner[i]);
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean check_days(const SpDrawsPlan *plan, const char *of, gsize n_days, GError **error)
{
    if (n_days < plan->n_days) {
        g_set_error(error, SP_ERROR, SP_ERROR_DATA,
                    "draws: %s goes %" G_GSIZE_FORMAT " days from the base, the plan "
                    "%" G_GSIZE_FORMAT "; lower project.horizon",
                    of, n_days, plan->n_days);
        return FALSE;
    }
    return TRUE;
}

static gboolean check_professions(const SpDrawsPlan *plan, GError **error)
{
    for (gsize i = 0; i < plan->n_professions; i++) {
        const SpDrawsProfession *of = &plan->professions[i];
        gboolean has_demand = of->demand == SP_NO_PATH ||
                              (of->demand < plan->demand->n_professions &&
                               strcmp(plan->demand->professions[of->demand], of->id) == 0);
        gboolean has_supply = of->supply == SP_NO_PATH ||
                              (of->supply < plan->supply->n_professions &&
                               strcmp(plan->supply->professions[of->supply], of->id) == 0);
        if (!has_demand || !has_supply || of->supply_factor < 0) {
            g_set_error(error, SP_ERROR, SP_ERROR_DATA,
                        "draws: profession %s is not where the plan says it is in the paths, or "
                        "its supply is multiplied by less than 0",
                        of->id);
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_draws_check(const SpDrawsPlan *plan, GError **error)
{
    const SpDemandPaths *demand = plan->demand;
    const SpSupplyPaths *supply = plan->supply;
    g_assert(plan->n_days >= 1 && plan->n_draws >= 1);
    return check_kommuner(plan, "demand", demand->n_kommuner, demand->kommuner, error) &&
           check_kommuner(plan, "supply", supply->n_kommuner, supply->kommuner, error) &&
           check_days(plan, "demand", demand->n_days, error) &&
           check_days(plan, "supply", supply->n_days, error) && check_professions(plan, error);
}
