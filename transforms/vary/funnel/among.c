/* Fit, pull in, leave out, and again. */
#include "transforms/vary/funnel/among.h"

#include "transforms/vary/funnel/discovery.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

enum { MOST_ROUNDS = 30 };
/* Of fewer a tenth's tail is one count or two, and none lies where such usually do. */
static const double least_pulled_in = 5.0;
/* Moves of the spread and of the centre's logarithm that are none. */
static const double sd_settled = 1e-3, sd_settled_share = 5e-3, centre_settled = 1e-3;

/* What the areas enter the next fit with. */
typedef struct {
    gsize n; /* of those that are not left out */
    double *observed, *expected, *whole;
    gboolean *is_out; /* [all areas] */
    SpTails *tails;   /* [all areas], as p and q */
    SpReal *p, *q;
} Round;

static void round_init(Round *round, gsize n)
{
    *round = (Round){.observed = g_new(double, n + 1),
                     .expected = g_new(double, n + 1),
                     .whole = g_new(double, n + 1),
                     .is_out = g_new0(gboolean, n + 1),
                     .tails = g_new(SpTails, n + 1),
                     .p = g_new(SpReal, n + 1),
                     .q = g_new(SpReal, n + 1)};
}

static void round_clear(Round *round)
{
    g_free(round->observed);
    g_free(round->expected);
    g_free(round->whole);
    g_free(round->is_out);
    g_free(round->tails);
    g_free(round->p);
    g_free(round->q);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Round, round_clear)

SpWide sp_among_law(const SpTypical *typical, double expected, double whole)
{
    const double odds = whole > 0.0 ? expected / (whole - expected) : expected;
    const gboolean is_law = expected > 0.0 && (whole <= 0.0 || (whole >= 2.0 && expected < whole));
    return (SpWide){.middle = is_law ? log(typical->centre * odds) : (double)NAN,
                    .sd = typical->sd,
                    .n = whole};
}

static SpWide law_of(const SpHeadlineAreas *areas, const SpTypical *typical, gsize i)
{
    return sp_among_law(typical, areas->expected[i], areas->whole != NULL ? areas->whole[i] : 0.0);
}

/* Where a standard normal number beyond the point of that tail lies: the root of its mean
 * square. */
static double usually_beyond(double tail)
{
    const double edge = gsl_cdf_ugaussian_Qinv(tail);
    return sqrt(1.0 + edge * gsl_ran_ugaussian_pdf(edge) / tail);
}

/* The count that an area enters the next fit with. */
static double pulled_in(const SpHeadlineAreas *areas, const SpTypical *typical, gsize i,
                        const SpTails *tails, double share)
{
    const double beyond = gsl_cdf_ugaussian_Q(usually_beyond(share));
    const SpWide law = law_of(areas, typical, i);
    const double fewer = areas->whole != NULL
                             ? fmin(areas->expected[i], areas->whole[i] - areas->expected[i])
                             : areas->expected[i];
    if (!sp_real_is_number(tails->lower) || fewer < least_pulled_in) {
        return areas->observed[i];
    }
    if (tails->lower.value < share) {
        return sp_wide_limit(&law, beyond).value;
    }
    return tails->upper.value < share ? sp_wide_limit(&law, 1.0 - beyond).value
                                      : areas->observed[i];
}

static void leave_out(const SpHeadlineAreas *areas, const SpTypical *typical, double borne,
                      Round *round)
{
    for (gsize i = 0; i < areas->n; i++) {
        const SpWide law = law_of(areas, typical, i);
        round->tails[i] = sp_wide_tails(&law, areas->observed[i]);
        round->p[i] = sp_mid_p_both(&round->tails[i]);
    }
    sp_discovery(areas->n, round->p, round->q);
    for (gsize i = 0; i < areas->n; i++) {
        round->is_out[i] = sp_real_is_number(round->q[i]) && round->q[i].value <= borne;
    }
}

static void lay(const SpHeadlineAreas *areas, const SpTypical *typical, double share, Round *round)
{
    round->n = 0;
    for (gsize i = 0; i < areas->n; i++) {
        if (!round->is_out[i]) {
            round->observed[round->n] = pulled_in(areas, typical, i, &round->tails[i], share);
            round->expected[round->n] = areas->expected[i];
            round->whole[round->n] = areas->whole != NULL ? areas->whole[i] : 0.0;
            round->n++;
        }
    }
}

static gboolean is_settled(const SpTypical *before, const SpTypical *now)
{
    return fabs(now->sd - before->sd) < sd_settled + sd_settled_share * now->sd &&
           fabs(log(now->centre / before->centre)) < centre_settled;
}

static const SpTypical not_settled = {SP_FIT_NO_CONVERGENCE, 1.0, 0.0};

/* From one fit to the next: of the spread, and of the centre's logarithm. */
typedef struct {
    double sd, log_centre;
} Move;

/* Who is pulled in or left out moves the fit by a jump, so that it may lead back and forth between
 * two: each time it turns back, half as long a step is taken, and it settles between them. */
SpTypical sp_among_find(const SpHeadlineAreas *areas, const SpAmongForm *form)
{
    g_auto(Round) round = {0};
    double step = 1.0;
    Move last = {0.0, 0.0};
    SpTypical typical = sp_headline_typical(areas);
    round_init(&round, areas->n);
    for (int k = 0; k < MOST_ROUNDS && typical.fit == SP_FIT_GOOD; k++) {
        const SpTypical before = typical;
        leave_out(areas, &before, form->false_discovery, &round);
        lay(areas, &before, form->pulled_in, &round);
        const SpTypical now = sp_headline_typical(&(SpHeadlineAreas){
            round.n, round.observed, round.expected, areas->whole != NULL ? round.whole : NULL});
        if (now.fit != SP_FIT_GOOD) {
            return now;
        }
        const Move move = {now.sd - before.sd, log(now.centre / before.centre)};
        step *= move.sd * last.sd + move.log_centre * last.log_centre < 0.0 ? 0.5 : 1.0;
        last = move;
        typical = (SpTypical){now.fit, before.centre * exp(step * move.log_centre),
                              before.sd + step * move.sd};
        if (is_settled(&before, &typical)) {
            return typical;
        }
    }
    return typical.fit == SP_FIT_GOOD ? not_settled : typical;
}
