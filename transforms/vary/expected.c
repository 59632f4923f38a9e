/* Indirect standardisation by one or two age bands. */
#include "transforms/vary/expected.h"

/* What is counted and where it comes from, in one band over the country. */
typedef struct {
    double counted;
    double population;
} Band;

gboolean sp_strata_contradict(const SpStrata *strata, gsize i)
{
    return (sp_real_is_number(strata->teller_part[i]) && sp_real_is_number(strata->teller[i]) &&
            strata->teller_part[i].value > strata->teller[i].value) ||
           (sp_real_is_number(strata->nevner_part[i]) && sp_real_is_number(strata->nevner[i]) &&
            strata->nevner_part[i].value > strata->nevner[i].value);
}

static gboolean has_part(const SpStrata *strata)
{
    return strata->teller_part != NULL && strata->nevner_part != NULL;
}

static gboolean is_in_rates(const SpStrata *strata, gsize i)
{
    if (!sp_real_is_number(strata->teller[i]) || !sp_real_is_number(strata->nevner[i])) {
        return FALSE;
    }
    return !has_part(strata) ||
           (sp_real_is_number(strata->teller_part[i]) &&
            sp_real_is_number(strata->nevner_part[i]) && !sp_strata_contradict(strata, i));
}

/* With one band all stands in the lower one. */
static void add_up(const SpStrata *strata, Band *lower, Band *upper)
{
    for (gsize i = 0; i < strata->n; i++) {
        if (is_in_rates(strata, i)) {
            const double counted = has_part(strata) ? strata->teller_part[i].value : 0.0;
            const double population = has_part(strata) ? strata->nevner_part[i].value : 0.0;
            upper->counted += counted;
            upper->population += population;
            lower->counted += strata->teller[i].value - counted;
            lower->population += strata->nevner[i].value - population;
        }
    }
}

/* Kommuner outside the rates (a part suppressed or contradicting the whole) have an O and an E too:
 * the scaling takes them in. */
static void scale(const SpStrata *strata, SpReal expected[])
{
    double observed = 0.0;
    double sum = 0.0;
    for (gsize i = 0; i < strata->n; i++) {
        if (sp_real_is_number(strata->teller[i]) && sp_real_is_number(expected[i])) {
            observed += strata->teller[i].value;
            sum += expected[i].value;
        }
    }
    for (gsize i = 0; i < strata->n && sum > 0.0; i++) {
        if (sp_real_is_number(expected[i])) {
            expected[i] = sp_real_flagged(expected[i].value * (observed / sum), expected[i].flags);
        }
    }
}

gboolean sp_expected(const SpStrata *strata, SpReal expected[])
{
    Band lower = {0};
    Band upper = {0};
    add_up(strata, &lower, &upper);
    const gboolean has_rates =
        lower.population > 0.0 && (!has_part(strata) || upper.population > 0.0);
    for (gsize i = 0; i < strata->n; i++) {
        const SpReal whole = strata->nevner[i];
        const SpReal part = has_part(strata) ? strata->nevner_part[i] : whole;
        if (!has_rates) {
            expected[i] = sp_real_none(SP_MISSING);
        } else if (!sp_real_is_number(whole) || !sp_real_is_number(part)) {
            expected[i] = sp_real_none(MAX(whole.status, part.status));
        } else if (part.value > whole.value) {
            expected[i] = sp_real_none(SP_MISSING);
        } else if (has_part(strata)) {
            expected[i] = sp_real(upper.counted / upper.population * part.value +
                                  lower.counted / lower.population * (whole.value - part.value));
        } else {
            expected[i] = sp_real(lower.counted / lower.population * whole.value);
        }
        expected[i].flags = whole.flags | part.flags;
    }
    if (has_rates) {
        scale(strata, expected);
    }
    return has_rates;
}
