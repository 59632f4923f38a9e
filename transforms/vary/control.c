/* Limits, tails and signals of each kommune. */
#include "transforms/vary/control.h"

#include "transforms/vary/funnel/among.h"
#include "transforms/vary/funnel/discovery.h"
#include "transforms/vary/funnel/limits.h"
#include "transforms/vary/funnel/mid_p.h"

#include <math.h>
#include <string.h>

/* Tails of the limits. */
static const double tails[SP_N_LIMITS] = {0.001, 0.025, 0.975, 0.999};

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

/* The four limits hold 95 and 99.8 of 100; a figure beyond them is told by the farther one. Between
 * few counts they are no use: of a kommune that expects a hundredth of a person the upper one lies
 * below 0. So a figure is beyond a limit only where its mid-p is no more than twice as large as
 * there. */
static const char *word_of(double figure, const double limit[SP_N_LIMITS], double p)
{
    const gboolean is_998 = p <= 2.0 * 2.0 * tails[SP_LOWER_998];
    if (p > 2.0 * 2.0 * tails[SP_LOWER_95]) {
        return "";
    }
    if (figure > limit[SP_UPPER_95]) {
        return is_998 && figure > limit[SP_UPPER_998] ? "over_998" : "over_95";
    }
    if (figure < limit[SP_LOWER_95]) {
        return is_998 && figure < limit[SP_LOWER_998] ? "under_998" : "under_95";
    }
    return "";
}

/* Rounding to whole units must not put a count of all above them. */
static SpTails tails_of(const SpAreas *areas, gsize row)
{
    const Units units = units_of(areas, row);
    const gboolean is_all = areas->teller[row].value <= areas->nevner[row].value;
    return areas->indicator->is_part
               ? sp_mid_p_binomial(is_all ? MIN(units.count, (double)units.n) : units.count,
                                   units.n, share_of(areas, row))
               : sp_mid_p_poisson(units.count, units.expected);
}

static SpReal p_of(const SpAreas *areas, gsize row, const SpTails *both)
{
    const Units units = units_of(areas, row);
    SpReal p = sp_mid_p_both(both);
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
        const SpTails both = tails_of(areas, row);
        const double limit[SP_N_LIMITS] = {count[0].value, count[1].value, count[2].value,
                                           count[3].value};
        control->p = p_of(areas, row, &both);
        control->signal = word_of(areas->teller[row].value, limit, control->p.value);
        count_signal(tally, control->signal);
    }
    for (gsize i = 0; i < SP_N_LIMITS; i++) {
        control->limit[i] = sp_areas_as_value(areas, row, count[i]);
    }
}

/* How kommuner lie around the typical one, whose ratio is not 1: the country is as its largest
 * kommuner are. */
static SpTypical find_common(const SpAreas *areas, const SpControlForm *form)
{
    g_autofree double *observed = g_new(double, areas->n + 1);
    g_autofree double *expected = g_new(double, areas->n + 1);
    g_autofree double *whole = g_new(double, areas->n + 1);
    const SpAmongForm among = {.pulled_in = form->pulled_in,
                               .false_discovery = form->false_discovery};
    gsize n = 0;
    if (form->is_plain || areas->n < form->minimum_kommuner) {
        return (SpTypical){SP_FIT_TOO_FEW, 1.0, 0.0};
    }
    for (gsize k = 0; k < areas->n; k++) {
        const double unit = sp_areas_unit(areas, areas->row[k]);
        observed[n] = areas->observed[k] / unit;
        expected[n] = areas->expected[k] / unit;
        whole[n] = areas->nevner[areas->row[k]].value / unit;
        n += sp_areas_is_possible(areas, k) ? 1 : 0;
    }
    return sp_among_find(
        &(SpHeadlineAreas){n, observed, expected, areas->indicator->is_part ? whole : NULL},
        &among);
}

static SpWide law_of(const SpAreas *areas, const SpTypical *common, gsize row)
{
    const double unit = sp_areas_unit(areas, row);
    return sp_among_law(common, areas->forventet[row].value / unit,
                        areas->indicator->is_part ? areas->nevner[row].value / unit : 0.0);
}

/* Limits that hold the true differences too. They need no figure of the kommune's own. */
static void widen(const SpAreas *areas, const SpTypical *common, gsize row, SpControl *control)
{
    const SpReal forventet = areas->forventet[row];
    const SpReal nevner = areas->nevner[row];
    const double unit = sp_areas_unit(areas, row);
    const gboolean is_known = sp_real_is_number(forventet) && sp_real_is_number(nevner);
    for (gsize i = 0; i < SP_N_LIMITS; i++) {
        SpReal limit = sp_real_none(MAX(forventet.status, nevner.status));
        if (is_known && common->fit != SP_FIT_GOOD) {
            limit = sp_real_none(SP_MISSING);
        } else if (is_known) {
            const SpWide law = law_of(areas, common, row);
            limit = sp_wide_limit(&law, tails[i]);
        }
        if (sp_real_is_number(limit)) {
            limit = sp_real_flagged(limit.value * unit, forventet.flags | SP_FLAG_MODELLED);
        }
        control->limit_od[i] = sp_areas_as_value(areas, row, limit);
    }
}

/* As the limits: they are the counts with these tails. */
static const char *word_of_tails(const SpTails *both)
{
    if (both->upper.value < tails[SP_LOWER_95]) {
        return both->upper.value < tails[SP_LOWER_998] ? "over_998" : "over_95";
    }
    if (both->lower.value < tails[SP_LOWER_95]) {
        return both->lower.value < tails[SP_LOWER_998] ? "under_998" : "under_95";
    }
    return "";
}

/* What the kommuner that enter have against the common law. */
typedef struct {
    SpReal *p;         /* [n_rows] */
    gboolean *is_over; /* [n_rows] */
    Tally tally;
} Wide;

static void control_widely(const SpAreas *areas, const SpTypical *common, SpControl control[],
                           Wide *wide)
{
    for (gsize row = 0; row < areas->n_rows; row++) {
        const SpReal p = control[row].p;
        wide->p[row] = sp_real_is_number(p) ? sp_real_none(SP_MISSING) : p;
    }
    for (gsize k = 0; k < areas->n && common->fit == SP_FIT_GOOD; k++) {
        const gsize row = areas->row[k];
        const SpWide law = law_of(areas, common, row);
        const SpTails both = sp_wide_tails(&law, areas->observed[k] / sp_areas_unit(areas, row));
        const SpReal p = sp_mid_p_both(&both);
        if (sp_real_is_number(p)) {
            control[row].signal_od = word_of_tails(&both);
            count_signal(&wide->tally, control[row].signal_od);
            wide->is_over[row] = both.upper.value < both.lower.value;
            wide->p[row] = sp_real_flagged(
                p.value, areas->teller[row].flags | areas->forventet[row].flags | SP_FLAG_MODELLED);
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

/* Chance alone judges nobody: where kommuner truly differ most large ones are off the country, and
 * none of them need be unusual. Who stands out among kommuner on one side, and lies off the country
 * on the other, is neither good nor bad. */
static const char *judge(SpDirection good, const SpControl *control)
{
    const char *side = control->discovery_od;
    const gboolean is_contrary =
        *control->discovery != '\0' && strcmp(control->discovery, side) != 0;
    if (good == SP_DIRECTION_NEUTRAL || *side == '\0' || is_contrary) {
        return "";
    }
    const gboolean is_over = strcmp(side, "over") == 0;
    return is_over == (good == SP_DIRECTION_GOOD_HIGH) ? "gunstig" : "ugunstig";
}

/* The family is the kommuner of the nation, so that a signal is the same in every package. */
static void discover(const SpAreas *areas, double borne, const Wide *wide, SpControl control[])
{
    g_autofree SpReal *p = g_new(SpReal, areas->n_rows + 1);
    g_autofree SpReal *q = g_new(SpReal, areas->n_rows + 1);
    g_autofree SpReal *q_od = g_new(SpReal, areas->n_rows + 1);
    for (gsize row = 0; row < areas->n_rows; row++) {
        p[row] = control[row].p;
    }
    sp_discovery(areas->n_rows, p, q);
    sp_discovery(areas->n_rows, wide->p, q_od);
    for (gsize row = 0; row < areas->n_rows; row++) {
        const double teller = areas->teller[row].value;
        const double forventet = areas->forventet[row].value;
        control[row].q = q[row];
        control[row].q.flags = p[row].flags;
        control[row].p_od = wide->p[row];
        control[row].q_od = q_od[row];
        control[row].q_od.flags = wide->p[row].flags;
        control[row].discovery = discovery_of(q[row], borne, teller > forventet);
        control[row].discovery_od = discovery_of(q_od[row], borne, wide->is_over[row]);
        control[row].judgement = judge(areas->indicator->direction, &control[row]);
    }
}

static void clear(SpControl *control)
{
    const SpReal none = sp_real_none(SP_NOT_APPLICABLE);
    *control = (SpControl){.p = none,
                           .q = none,
                           .p_od = none,
                           .q_od = none,
                           .signal = "",
                           .signal_od = "",
                           .discovery = "",
                           .discovery_od = "",
                           .judgement = ""};
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
        return (SpControlled){none, none, none, none};
    }
    Tally plain = {0};
    g_autofree SpReal *p = g_new(SpReal, areas->n_rows + 1);
    g_autofree gboolean *is_over = g_new0(gboolean, areas->n_rows + 1);
    Wide wide = {.p = p, .is_over = is_over};
    const SpTypical common = find_common(areas, form);
    for (gsize row = 0; row < areas->n_rows; row++) {
        control_plainly(areas, row, &control[row], &plain);
        widen(areas, &common, row, &control[row]);
    }
    control_widely(areas, &common, control, &wide);
    discover(areas, form->false_discovery, &wide, control);
    const gboolean is_told = common.fit == SP_FIT_GOOD;
    const SpReal missing = sp_real_none(SP_MISSING);
    return (SpControlled){is_told ? sp_real(common.centre) : missing,
                          is_told ? sp_real(common.sd) : missing, share_outside(&plain),
                          share_outside(&wide.tally)};
}
