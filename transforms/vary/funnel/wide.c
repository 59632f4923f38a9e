/* A count is at most x where the risk is below a threshold whose law is gamma (beta): its logarithm
 * (log odds) l has a smooth density, and the chance that the risk lies below it is a normal tail.
 * P(count <= x) is then one integral over l, however large the counts are. */
#include "transforms/vary/funnel/wide.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sf_gamma.h>
#include <math.h>

static const double least_sd = 0.1; /* of chance's own */
static const double step_of = 0.5;  /* of the narrower of what the integrand is made of */
static const double no_more = 1e-9;
/* A deviate this near, and the step after it still taken: off by its square. */
static const double close_enough = 0.002;
enum { MOST_STEPS = 4000, SECANTS = 8, MOST_ROUNDS = 100 };

/* The threshold of x and of x + 1 together, and the risk's side of it. */
typedef struct {
    double x, whole; /* density of l: exp(x l) over exp(exp l), or over (1 + exp l)^whole */
    double constant;
    double next; /* density of x + 1 over that of x, times exp -l */
    double middle, sd;
    double sign; /* 1: the risk lies below the threshold (few are counted), -1: above */
} Integrand;

static double height(const Integrand *by, double l, double odds)
{
    const double fall = by->whole > 0.0 ? by->whole * log1p(odds) : odds;
    const double density = exp(by->x * l - fall - by->constant);
    const double reach = by->sign * (by->middle - l) / by->sd;
    /* Beyond six standard deviations the whole lies on one side. */
    const double below = reach < -6.0 ? 1.0 : 0.5 * erfc(reach * M_SQRT1_2);
    return density * below * 0.5 * (1.0 + by->next * odds);
}

/* From `from` on until nothing more is added. */
static double march(const Integrand *by, double from, double step, double so_far)
{
    const double times = exp(step);
    double odds = exp(from);
    double before = 0.0;
    double sum = 0.0;
    for (int k = 0; k < MOST_STEPS; k++, odds *= times) {
        const double now = height(by, from + k * step, odds);
        sum += now;
        if (now <= no_more * (so_far + sum) && now <= before) {
            break;
        }
        before = now;
    }
    return sum;
}

static double spread_of_chance(double x, double n)
{
    return n > 0.0 ? sqrt(1.0 / fmax(x, 0.5) + 1.0 / fmax(n - x, 0.5)) : 1.0 / sqrt(fmax(x, 0.5));
}

static double middle_count(const SpWide *law)
{
    return law->n > 0.0 ? law->n / (1.0 + exp(-law->middle)) : exp(law->middle);
}

static double used_sd(const SpWide *law)
{
    const double chance = spread_of_chance(middle_count(law), law->n);
    return fmax(law->sd, least_sd * fmin(chance, 1.0));
}

/* Of a whole count, or one between 1 and n - 1. */
static SpTails tails_at(const SpWide *law, double count)
{
    const double n = law->n;
    const double x = fmax(count, 1.0);
    const double place = n > 0.0 ? log(x / (n - x + 0.5)) : log(x);
    const gboolean is_lower = count <= 0.0 || (place < law->middle && !(n > 0.0 && count >= n));
    const double sd = used_sd(law);
    const double chance = spread_of_chance(x, n);
    const double narrow = sd * chance / sqrt(sd * sd + chance * chance);
    const double start =
        (place * sd * sd + law->middle * chance * chance) / (sd * sd + chance * chance);
    const double step = step_of * fmin(narrow, 1.0);
    Integrand by = {.x = x, .middle = law->middle, .sd = sd, .sign = is_lower ? 1.0 : -1.0};
    if (n > 0.0) {
        by.whole = n + 1.0;
        by.constant = gsl_sf_lngamma(x) + gsl_sf_lngamma(n - x + 1.0) - gsl_sf_lngamma(n + 1.0);
        by.next = count > 0.0 ? (n - x) / x : 0.0;
    } else {
        by.constant = gsl_sf_lngamma(x);
        by.next = count > 0.0 ? 1.0 / x : 0.0;
    }
    double sum = march(&by, start, step, 0.0);
    sum += march(&by, start - step, -step, sum);
    const double tail = fmin(sum * step, 1.0);
    return (SpTails){.lower = sp_real(is_lower ? tail : 1.0 - tail),
                     .upper = sp_real(is_lower ? 1.0 - tail : tail)};
}

static SpTails between(const SpWide *law, double low, double count)
{
    const SpTails at = tails_at(law, low);
    const SpTails next = tails_at(law, low + 1.0);
    const double rest = count - low;
    return (SpTails){.lower = sp_real(at.lower.value + rest * (next.lower.value - at.lower.value)),
                     .upper = sp_real(at.upper.value + rest * (next.upper.value - at.upper.value))};
}

static gboolean is_law(const SpWide *law)
{
    return isfinite(law->middle) && isfinite(law->sd) && (law->n <= 0.0 || law->n >= 2.0);
}

SpTails sp_wide_tails(const SpWide *law, double count)
{
    const double n = law->n;
    if (!is_law(law) || !(count >= 0.0) || (n > 0.0 && count > n)) {
        return (SpTails){.lower = sp_real_none(SP_MISSING), .upper = sp_real_none(SP_MISSING)};
    }
    if (count > 0.0 && count < 1.0) {
        return between(law, 0.0, count);
    }
    if (n > 0.0 && count > n - 1.0 && count < n) {
        return between(law, n - 1.0, count);
    }
    return tails_at(law, count);
}

/* Where a straight line from the lower tail at `low` to that one count on has `tail`; the end of
 * the line where it does not reach so far. */
static double on_line(const SpWide *law, double low, double tail)
{
    const double at = tails_at(law, low).lower.value;
    const double next = tails_at(law, low + 1.0).lower.value;
    return low + CLAMP((tail - at) / (next - at), 0.0, 1.0);
}

static double place_of(const SpWide *law, double count)
{
    return law->n > 0.0 ? log(count / (law->n - count)) : log(count);
}

static double count_at(const SpWide *law, double place)
{
    return law->n > 0.0 ? law->n / (1.0 + exp(-place)) : exp(place);
}

/* Of the place whose deviate is wanted. */
typedef struct {
    double least, most;  /* of count 1, and of n - 1 */
    double below, above; /* tried, and too low, too high; infinite until one is */
    double sd;
} Search;

/* As a normal deviate, the lower tail is nearly a straight line of log x (log odds). */
static double deviate_at(const SpWide *law, double place)
{
    const SpTails tails = tails_at(law, count_at(law, place));
    return tails.lower.value < 0.5 ? gsl_cdf_ugaussian_Pinv(tails.lower.value)
                                   : gsl_cdf_ugaussian_Qinv(tails.upper.value);
}

/* Next to try: where the slope points, or, where that is not between the places known to lie below
 * and above what is looked for (or has been followed for long), the middle of these. */
static double next_place(const Search *search, double place, double pointed, int round)
{
    const double next = CLAMP(pointed, search->least, search->most);
    if (round < SECANTS && next > search->below && next < search->above) {
        return next;
    }
    if (isfinite(search->below) && isfinite(search->above)) {
        return 0.5 * (search->below + search->above);
    }
    const double reach = (1.0 + round) * search->sd;
    return CLAMP(isfinite(search->below) ? place + reach : place - reach, search->least,
                 search->most);
}

/* Secants, and halving where they lead astray, so that it settles whatever the law is. */
SpReal sp_wide_limit(const SpWide *law, double tail)
{
    if (!is_law(law)) {
        return sp_real_none(SP_MISSING);
    }
    const double wanted = gsl_cdf_ugaussian_Pinv(tail);
    const double chance = spread_of_chance(middle_count(law), law->n);
    Search search = {.least = place_of(law, 1.0),
                     .most = law->n > 0.0 ? place_of(law, law->n - 1.0) : HUGE_VAL,
                     .below = -HUGE_VAL,
                     .above = HUGE_VAL,
                     .sd = hypot(used_sd(law), chance)};
    double place = CLAMP(law->middle + wanted * search.sd, search.least, search.most);
    double off = deviate_at(law, place) - wanted;
    double slope = 1.0 / search.sd;
    for (int round = 0; round < MOST_ROUNDS && search.above - search.below > no_more; round++) {
        *(off > 0.0 ? &search.above : &search.below) = place;
        const double pointed = place - off / slope;
        const gboolean is_near = round > 0 && fabs(off) < close_enough; /* the slope is measured */
        if (off > 0.0 && (place <= search.least || (is_near && pointed < search.least))) {
            return sp_real(on_line(law, 0.0, tail));
        }
        if (off < 0.0 && (place >= search.most || (is_near && pointed > search.most))) {
            return sp_real(on_line(law, law->n - 1.0, tail));
        }
        const double next = next_place(&search, place, pointed, round);
        if (off == 0.0 || (is_near && next == pointed)) {
            return sp_real(count_at(law, off == 0.0 ? place : next));
        }
        const double before = off;
        off = deviate_at(law, next) - wanted;
        slope = (off - before) / (next - place);
        place = next;
    }
    return sp_real(count_at(law, place));
}
