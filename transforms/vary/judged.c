/* Kommuner of a period against models of need and constraint made without them. */
#include "transforms/vary/judged.h"

#include "transforms/vary/need.h"

#include <string.h>

void sp_judged_free(SpJudged *judged)
{
    if (judged == NULL) {
        return;
    }
    sp_areas_free(judged->against);
    g_free(judged->control);
    g_free(judged->shrunk);
    g_free(judged);
}

SpJudged *sp_judged_new(const SpCountry *country, const SpCovariates *covariates,
                        const SpAreas *areas, const SpControlForm *form, gsize minimum_kommuner)
{
    g_autoptr(SpNeed) need = sp_need_new(country, covariates, areas);
    g_autofree SpReal *predicted = g_new(SpReal, areas->n_rows);
    SpJudged *judged = g_new0(SpJudged, 1);
    g_autoptr(SpShares) shares = sp_need_counts(need, minimum_kommuner);
    sp_need_predict(need, shares->predicted, predicted);
    judged->fit = shares->fit;
    judged->n = need->n;
    judged->n_covariates = need->p;
    judged->against = sp_areas_against(areas, predicted);
    judged->control = g_new0(SpControl, areas->n_rows);
    judged->shrunk = g_new(SpReal, areas->n_rows);
    sp_control(judged->against, form, judged->control);
    judged->together = sp_borrow_in_country(judged->against, judged->shrunk).b;
    return judged;
}

gboolean sp_judged_find(const SpJudged *judged, const char *kommune, gsize *row)
{
    const SpAreas *areas = judged->against;
    for (*row = 0; *row < areas->n_rows; (*row)++) {
        if (strcmp(areas->kommune[*row], kommune) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

gboolean sp_judged_is_known(const SpJudged *judged, gsize row)
{
    return sp_real_is_number(judged->control[row].p);
}

gboolean sp_judged_is_found(const SpJudged *judged, gsize row, double minimum)
{
    const char *discovery = judged->control[row].discovery;
    const SpReal shrunk = judged->shrunk[row];
    if (discovery == NULL || *discovery == '\0' || !sp_real_is_number(shrunk) ||
        !sp_real_is_number(judged->together)) {
        return FALSE;
    }
    const gboolean is_high = judged->against->indicator->direction == SP_DIRECTION_GOOD_HIGH;
    const double above = shrunk.value / judged->together.value - 1.0;
    return strcmp(discovery, is_high ? "over" : "under") == 0 &&
           (is_high ? above : -above) >= minimum;
}

gboolean sp_judged_is_beyond(const SpJudged *judged, gsize row)
{
    const gboolean is_high = judged->against->indicator->direction == SP_DIRECTION_GOOD_HIGH;
    const char *signal = judged->control[row].signal;
    return signal != NULL && g_str_has_prefix(signal, is_high ? "over" : "under");
}
