/* Direct standardisation with Dobson's and the gamma limits. */
#include "transforms/vary/limits/direct.h"

#include "transforms/vary/limits/poisson.h"
#include "transforms/vary/limits/quantile.h"

#include <math.h>

static const SpInterval none = {.low = {.status = SP_MISSING}, .high = {.status = SP_MISSING}};

SpDirect sp_direct(gsize n, const double count[], const double population[], const double weight[])
{
    double weights = 0.0;
    double sum = 0.0;
    double squares = 0.0;
    SpDirect direct = {.rate = sp_real_none(SP_MISSING), .variance = sp_real_none(SP_MISSING)};
    for (gsize i = 0; i < n; i++) {
        direct.events += count[i];
        if (population[i] > 0.0) {
            const double per_event = weight[i] / population[i];
            weights += weight[i];
            sum += per_event * count[i];
            squares += per_event * per_event * count[i];
            direct.largest = MAX(direct.largest, per_event);
        } else {
            direct.n_left_out++;
            direct.n_impossible += count[i] > 0.0;
        }
    }
    if (direct.n_impossible == 0 && weights > 0.0) {
        direct.rate = sp_real(sum / weights);
        direct.variance = sp_real(squares / (weights * weights));
        direct.largest /= weights;
    }
    return direct;
}

SpInterval sp_direct_dobson(const SpDirect *direct, double confidence)
{
    if (!sp_real_is_number(direct->rate) || !(direct->events > 0.0)) {
        return none;
    }
    const double scale = sqrt(direct->variance.value / direct->events);
    SpInterval limits = sp_limits_poisson_byar(direct->events, confidence);
    SpReal *const each[] = {&limits.low, &limits.high};
    for (gsize i = 0; i < G_N_ELEMENTS(each); i++) {
        if (sp_real_is_number(*each[i])) {
            *each[i] = sp_real(direct->rate.value + scale * (each[i]->value - direct->events));
        }
    }
    return limits;
}

SpInterval sp_direct_gamma(const SpDirect *direct, double confidence)
{
    if (!sp_real_is_number(direct->rate)) {
        return none;
    }
    const double tail = (1.0 - confidence) / 2.0;
    const double rate = direct->rate.value;
    const double variance = direct->variance.value;
    /* One event more, in the band where it weighs the most. */
    const double rate_more = rate + direct->largest;
    const double variance_more = variance + direct->largest * direct->largest;
    const double scale = variance_more / rate_more;
    return (SpInterval){
        .low = sp_real(variance > 0.0
                           ? sp_quantile_gamma_low(tail, rate * rate / variance) * variance / rate
                           : 0.0),
        .high = sp_real(sp_quantile_gamma_high(tail, rate_more / scale) * scale),
    };
}
