/* Limits, tails and signals of each kommune. */
#include "transforms/vary/control.h"

#include "transforms/vary/funnel/discovery.h"
#include "transforms/vary/funnel/limits.h"
#include "transforms/vary/funnel/mid_p.h"
#include "transforms/vary/funnel/overdispersion.h"
#include "transforms/vary/spread/headline.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

/* Tails of the limits, and how many standard deviations out a normal score has them. */
static const double tails[SP_N_LIMITS] = {0.001, 0.025, 0.975, 0.999};
static const double z_95 = 1.959963984540054;
static const double z_998 = 3.090232306167813;

/* A kommune's figures in whole units as chance deals them out. */
typedef struct {
    double unit;
    double count;
    double expected;
    guint32 n; /* of shares */
} Units;

static Units units_of(const SpAreas *areas, gsize row)
{
    const double unit = sp_areas_unit(areas, row);
    /* A population after a split may be a modelled, broken number. */
    const double n = MIN(round(areas->nevner[row].value / unit), (double)G_MAXUINT32);
    return (Units){.unit = unit,
                   .count = areas->teller[row].value / unit,
                   .expected = areas->forventet[row].value / unit,
                   .n = (guint32)n};
}

/* The chance of one to be counted, where the count is a part of the whole. */
static double share_of(const SpAreas *areas, gsize row)
{
    const double nevner = areas->nevner[row].value;
    return nevner > 0.0 ? areas->forventet[row].value / nevner : 0.0;
}

/* Limits of the count of one kommune, with the flags of what they are made from; missing where it
 * has no expected count. */
static void count_limits(const SpAreas *areas, gsize row, SpReal limit[SP_N_LIMITS])
{
    const SpReal nevner = areas->nevner[row];
    const SpReal forventet = areas->forventet[row];
    const Units units = units_of(areas, row);
    const guint8 flags = nevner.flags | forventet.flags | (units.unit < 1.0 ? SP_FLAG_MODELLED : 0);
    if (!sp_real_is_number(nevner) || !sp_real_is_number(forventet)) {
        for (gsize i = 0; i < SP_N_LIMITS; i++) {
            limit[i] = sp_real_none(MAX(nevner.status, forventet.status));
        }
    } else if (areas->indicator->is_part) {
        sp_funnel_binomial(units.n, share_of(areas, row), SP_N_LIMITS, tails, limit);
    } else {
        sp_funnel_poisson(units.expected, SP_N_LIMITS, tails, limit);
    }
    for (gsize i = 0; i < SP_N_LIMITS; i++) {
        if (sp_real_is_number(limit[i])) {
            limit[i] = sp_real(limit[i].value * units.unit);
        }
        limit[i].flags = flags;
    }
}

/* The four limits hold 95 and 99.8 of 100; a figure beyond them is told by the farther one. */
static const char *word_of(double figure, const double limit[SP_N_LIMITS])
{
    if (figure > limit[SP_UPPER_95]) {
        return figure > limit[SP_UPPER_998] ? "over_998" : "over_95";
    }
    if (figure < limit[SP_LOWER_95]) {
        return figure < limit[SP_LOWER_998] ? "under_998" : "under_95";
    }
    return "";
}

/* Rounding to whole units must not put a count of all above them. */
static SpReal tail_of(const SpAreas *areas, gsize row)
{
    const Units units = units_of(areas, row);
    const gboolean is_all = areas->teller[row].value <= areas->nevner[row].value;
    const SpTails both =
        areas->indicator->is_part
            ? sp_mid_p_binomial(is_all ? MIN(units.count, (double)units.n) : units.count, units.n,
                                share_of(areas, row))
            : sp_mid_p_poisson(units.count, units.expected);
    SpReal p = sp_mid_p_both(&both);
    p.flags = areas->teller[row].flags | areas->nevner[row].flags | areas->forventet[row].flags |
              (units.unit < 1.0 ? SP_FLAG_MODELLED : 0);
    return p;
}

/* How many have a figure and limits, and how many of those a figure outside the outer ones. */
typedef struct {
    gsize n;
    gsize n_outside;
} Tally;

static SpReal share_outside(const Tally *tally)
{
    return tally->n > 0 ? sp_real((double)tally->n_outside / (double)tally->n)
                        : sp_real_none(SP_MISSING);
}

static void count_signal(Tally *tally, const char *signal)
{
    tally->n++;
    tally->n_outside += g_str_has_suffix(signal, "_998") ? 1 : 0;
}

/* Against what chance alone gives. */
static void control_plainly(const SpAreas *areas, gsize row, SpControl *control, Tally *tally)
{
    SpReal count[SP_N_LIMITS];
    const SpReal verdi = areas->verdi[row];
    count_limits(areas, row, count);
    if (!sp_real_is_number(verdi)) {
        control->p = sp_real_none(verdi.status);
    } else if (!sp_real_is_number(count[SP_LOWER_95])) {
        control->p = sp_real_none(count[SP_LOWER_95].status);
    } else {
        const double limit[SP_N_LIMITS] = {count[0].value, count[1].value, count[2].value,
                                           count[3].value};
        control->signal = word_of(areas->teller[row].value, limit);
        control->p = tail_of(areas, row);
        count_signal(tally, control->signal);
    }
    for (gsize i = 0; i < SP_N_LIMITS; i++) {
        control->limit[i] = sp_areas_as_value(areas, row, count[i]);
    }
}

/* What is expected, in units of which one chance has the variance that the count has: its ratio has
 * the variance 1 / size. 0 where chance moves nothing. */
static double chance_size(double expected, double variance)
{
    return variance > 0.0 ? expected * expected / variance : 0.0;
}

/* Whole units expected in a row, of a share the fewer of those with and without: where they are few
 * a root is not normal, and nobody where seven are expected would stand out by chance alone. */
static gboolean is_large(const SpAreas *areas, gsize row, double least)
{
    const double forventet = areas->forventet[row].value;
    const double fewer = areas->indicator->is_part
                             ? MIN(forventet, areas->nevner[row].value - forventet)
                             : forventet;
    return fewer >= least * sp_areas_unit(areas, row);
}

/* How kommuner lie around the typical one. */
typedef struct {
    double centre; /* its ratio; 1 is the country, which is as its largest kommuner are */
    SpOverdispersion all;
    SpDispersed *each; /* [n], of the kommuner that enter */
} Spread;

/* The centre is that of all kommuner, by the law of chance of counts however few. Spread around it
 * are those that are large: none, and phi and tau2 missing, where they are fewer than half. */
static void find_spread(const SpAreas *areas, const SpControlForm *form, Spread *spread)
{
    const SpDispersionForm dispersion = {
        .scale = SP_SCALE_RATIO_SQRT, .pulled_in = form->pulled_in, .is_consistent = TRUE};
    g_autofree double *size = g_new(double, areas->n + 1);
    g_autofree double *observed = g_new(double, areas->n + 1);
    gsize n_large = 0;
    for (gsize k = 0; k < areas->n; k++) {
        size[k] = chance_size(areas->expected[k], areas->variance[k]);
        observed[k] = size[k] * areas->value[k];
        n_large += is_large(areas, areas->row[k], form->minimum_expected) ? 1 : 0;
    }
    const SpTypical typical = sp_headline_typical(areas->n, observed, size);
    const gboolean is_told = typical.fit == SP_FIT_GOOD && 2 * n_large >= areas->n;
    spread->centre = typical.centre;
    for (gsize k = 0; k < areas->n; k++) {
        const gboolean enters = is_told && is_large(areas, areas->row[k], form->minimum_expected);
        size[k] = enters ? spread->centre * size[k] : 0.0;
        observed[k] = size[k] * areas->value[k] / spread->centre;
    }
    spread->all = sp_overdispersion(&dispersion, areas->n, observed, size, spread->each);
}

static SpReal limit_of_ratio(const SpAreas *areas, gsize row, SpReal ratio, double centre)
{
    const SpReal forventet = areas->forventet[row];
    if (!sp_real_is_number(ratio)) {
        return ratio;
    }
    const guint flags = forventet.flags | SP_FLAG_MODELLED;
    return sp_areas_as_value(areas, row,
                             sp_real_flagged(ratio.value * centre * forventet.value, flags));
}

/* Limits that hold the true differences too. They need no figure of the kommune's own. */
static void widen(const SpAreas *areas, const Spread *spread, double least, gsize row,
                  SpControl *control)
{
    const SpReal forventet = areas->forventet[row];
    const SpReal varians = areas->varians[row];
    if (!sp_real_is_number(forventet) || !sp_real_is_number(varians)) {
        for (gsize i = 0; i < SP_N_LIMITS; i++) {
            control->limit_od[i] = sp_real_none(MAX(forventet.status, varians.status));
        }
        return;
    }
    /* Without a size there are no limits. */
    const double size = is_large(areas, row, least)
                            ? spread->centre * chance_size(forventet.value, varians.value)
                            : 0.0;
    const SpInterval inner = sp_overdispersion_limits(&spread->all, size, z_95);
    const SpInterval outer = sp_overdispersion_limits(&spread->all, size, z_998);
    const SpReal limit[SP_N_LIMITS] = {[SP_LOWER_998] = outer.low,
                                       [SP_LOWER_95] = inner.low,
                                       [SP_UPPER_95] = inner.high,
                                       [SP_UPPER_998] = outer.high};
    for (gsize i = 0; i < SP_N_LIMITS; i++) {
        control->limit_od[i] = limit_of_ratio(areas, row, limit[i], spread->centre);
    }
}

/* Signals of the kommuner that enter; p [n_rows] of the scores that hold the true differences. */
static void control_dispersed(const SpAreas *areas, const Spread *spread, SpControl control[],
                              SpReal p[], Tally *tally)
{
    static const double limit[SP_N_LIMITS] = {-z_998, -z_95, z_95, z_998};
    for (gsize row = 0; row < areas->n_rows; row++) {
        p[row] = sp_real_is_number(control[row].p) ? sp_real_none(SP_MISSING) : control[row].p;
    }
    for (gsize k = 0; k < areas->n; k++) {
        const gsize row = areas->row[k];
        const SpReal z = spread->each[k].z_additive;
        if (sp_real_is_number(z)) {
            control[row].signal_od = word_of(z.value, limit);
            count_signal(tally, control[row].signal_od);
            p[row] = sp_real_flagged(2.0 * gsl_cdf_ugaussian_Q(fabs(z.value)),
                                     areas->teller[row].flags | areas->forventet[row].flags |
                                         SP_FLAG_MODELLED);
        }
    }
}

static const char *discovery_of(SpReal q, double borne, gboolean is_over)
{
    if (!sp_real_is_number(q) || q.value > borne) {
        return "";
    }
    return is_over ? "over" : "under";
}

/* The family is the kommuner of the nation, so that a signal is the same in every package. */
static void discover(const SpAreas *areas, double borne, double centre, const SpReal p_od[],
                     SpControl control[])
{
    g_autofree SpReal *p = g_new(SpReal, areas->n_rows + 1);
    g_autofree SpReal *q = g_new(SpReal, areas->n_rows + 1);
    g_autofree SpReal *q_od = g_new(SpReal, areas->n_rows + 1);
    for (gsize row = 0; row < areas->n_rows; row++) {
        p[row] = control[row].p;
    }
    sp_discovery(areas->n_rows, p, q);
    sp_discovery(areas->n_rows, p_od, q_od);
    for (gsize row = 0; row < areas->n_rows; row++) {
        const double teller = areas->teller[row].value;
        const double forventet = areas->forventet[row].value;
        control[row].q = q[row];
        control[row].q.flags = p[row].flags;
        control[row].q_od = q_od[row];
        control[row].q_od.flags = p_od[row].flags;
        control[row].discovery = discovery_of(q[row], borne, teller > forventet);
        control[row].discovery_od = discovery_of(q_od[row], borne, teller > centre * forventet);
    }
}

static void clear(SpControl *control)
{
    const SpReal none = sp_real_none(SP_NOT_APPLICABLE);
    *control = (SpControl){.p = none,
                           .q = none,
                           .q_od = none,
                           .signal = "",
                           .signal_od = "",
                           .discovery = "",
                           .discovery_od = ""};
    for (gsize i = 0; i < SP_N_LIMITS; i++) {
        control->limit[i] = none;
        control->limit_od[i] = none;
    }
}

SpControlled sp_control(const SpAreas *areas, const SpControlForm *form, SpControl control[])
{
    const SpReal none = sp_real_none(SP_NOT_APPLICABLE);
    for (gsize row = 0; row < areas->n_rows; row++) {
        clear(&control[row]);
    }
    if (!areas->indicator->has_chance) {
        return (SpControlled){none, none, none, none, none};
    }
    Tally plain = {0};
    Tally wide = {0};
    g_autofree SpDispersed *each = g_new(SpDispersed, areas->n + 1);
    g_autofree SpReal *p_od = g_new(SpReal, areas->n_rows + 1);
    Spread spread = {.each = each};
    find_spread(areas, form, &spread);
    for (gsize row = 0; row < areas->n_rows; row++) {
        control_plainly(areas, row, &control[row], &plain);
        widen(areas, &spread, form->minimum_expected, row, &control[row]);
    }
    control_dispersed(areas, &spread, control, p_od, &wide);
    discover(areas, form->false_discovery, spread.centre, p_od, control);
    const SpReal centre =
        sp_real_is_number(spread.all.phi) ? sp_real(spread.centre) : sp_real_none(SP_MISSING);
    return (SpControlled){centre, spread.all.phi, spread.all.tau2, share_outside(&plain),
                          share_outside(&wide)};
}
