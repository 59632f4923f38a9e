/* Where each kommune stands: ratio, shrunk ratio, funnel limits and signal. */
#include "transforms/vary/placing.h"

#include "transforms/vary/funnel/limits.h"
#include "transforms/vary/key_columns.h"

#include <math.h>

enum {
    INDIKATOR,
    REGION,
    PERIOD,
    SIGNAL,
    VERTSKOMMUNE,
    VERDI,
    RATIO,
    KRYMPET,
    FIRST_LIMIT,
    LAST_LIMIT = FIRST_LIMIT + 3,
    N_COLUMNS
};
static const SpColumn columns[N_COLUMNS] = {
    [INDIKATOR] = SP_VARY_INDIKATOR,
    [REGION] = SP_VARY_REGION,
    [PERIOD] = SP_VARY_PERIOD,
    [SIGNAL] = {.name = "signal", .kind = SP_COLUMN_CODE, .classification = "signal"},
    [VERTSKOMMUNE] = {.name = "vertskommune", .kind = SP_COLUMN_CODE, .classification = "region"},
    [VERDI] = {.name = "verdi", .kind = SP_COLUMN_MEASURE},
    [RATIO] = {.name = "ratio", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
    [KRYMPET] = {.name = "krympet", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
    [FIRST_LIMIT] = {.name = "nedre_998", .kind = SP_COLUMN_MEASURE},
    [FIRST_LIMIT + 1] = {.name = "nedre_95", .kind = SP_COLUMN_MEASURE},
    [FIRST_LIMIT + 2] = {.name = "oevre_95", .kind = SP_COLUMN_MEASURE},
    [LAST_LIMIT] = {.name = "oevre_998", .kind = SP_COLUMN_MEASURE},
};

/* Tails of the limits, in the order of their columns: 99.8 and 95 of 100 lie between. */
enum { LOWER_998, LOWER_95, UPPER_95, UPPER_998, N_LIMITS };
static const double tails[N_LIMITS] = {0.001, 0.025, 0.975, 0.999};

/* How much of chance one unit of teller bears: 1 where persons are counted, the dispersion of
 * positions for årsverk. Limits are those of so many whole units. */
static double unit_of_chance(const SpAreas *areas, gsize row)
{
    const double forventet = areas->forventet[row].value;
    const double nevner = areas->nevner[row].value;
    const double left =
        areas->indicator->is_part && nevner > 0.0 ? MAX(0.0, 1.0 - forventet / nevner) : 1.0;
    const SpReal varians = areas->varians[row];
    if (areas->indicator->kind != SP_KIND_AARSVERK || !sp_real_is_number(varians) ||
        forventet * left <= 0.0) {
        return 1.0;
    }
    return varians.value / (forventet * left);
}

/* Limits of the count of one kommune, with the flags of what they are made from; missing where it
 * has no expected count. */
static void count_limits(const SpAreas *areas, gsize row, SpReal limit[N_LIMITS])
{
    const SpReal nevner = areas->nevner[row];
    const SpReal forventet = areas->forventet[row];
    const double unit = unit_of_chance(areas, row);
    if (!sp_real_is_number(nevner) || !sp_real_is_number(forventet)) {
        for (gsize i = 0; i < N_LIMITS; i++) {
            limit[i] = sp_real_none(MAX(nevner.status, forventet.status));
        }
    } else if (areas->indicator->is_part) {
        /* A population after a split may be a modelled, broken number. */
        const double n = MIN(round(nevner.value / unit), (double)G_MAXUINT32);
        sp_funnel_binomial((guint32)n, nevner.value > 0.0 ? forventet.value / nevner.value : 0.0,
                           N_LIMITS, tails, limit);
    } else {
        sp_funnel_poisson(forventet.value / unit, N_LIMITS, tails, limit);
    }
    for (gsize i = 0; i < N_LIMITS; i++) {
        const guint8 flags = nevner.flags | forventet.flags | (unit < 1.0 ? SP_FLAG_MODELLED : 0);
        if (sp_real_is_number(limit[i])) {
            limit[i] = sp_real(limit[i].value * unit);
        }
        limit[i].flags = flags;
    }
}

static gboolean is_outside(SpReal teller, const SpReal limit[N_LIMITS], gsize lower, gsize upper)
{
    return teller.value > limit[upper].value || teller.value < limit[lower].value;
}

static const char *signal_of(SpReal teller, const SpReal limit[N_LIMITS])
{
    const gboolean is_over = teller.value > limit[UPPER_95].value;
    if (is_outside(teller, limit, LOWER_998, UPPER_998)) {
        return is_over ? "over_998" : "under_998";
    }
    if (is_outside(teller, limit, LOWER_95, UPPER_95)) {
        return is_over ? "over_95" : "under_95";
    }
    return "";
}

/* A limit of the count as a limit of verdi: no rate is below 0 and no share above the whole. */
static SpReal show_limit(const SpAreas *areas, gsize row, SpReal limit)
{
    const double per = areas->indicator->per;
    SpReal shown = sp_real_rate(limit, areas->nevner[row], per);
    if (shown.status == SP_PRESENT && shown.value < 0.0) {
        shown = sp_real_flagged(0.0, shown.flags);
    } else if (areas->indicator->is_part && shown.value > per) {
        shown = sp_real_flagged(per, shown.flags);
    }
    return shown;
}

/* How many of the kommuner that enter have limits, and how many of those a count outside them. */
typedef struct {
    gsize n;
    gsize n_outside;
} Tally;

static void set_chance(SpTable *table, gsize to, const SpAreas *areas, gsize row, Tally *tally)
{
    SpReal limit[N_LIMITS];
    const SpReal teller = areas->teller[row];
    const SpReal verdi = areas->verdi[row];
    count_limits(areas, row, limit);
    if (sp_real_is_number(verdi) && sp_real_is_number(limit[LOWER_95])) {
        sp_table_set_code(table, to, SIGNAL, signal_of(teller, limit));
        tally->n++;
        tally->n_outside += is_outside(teller, limit, LOWER_998, UPPER_998) ? 1 : 0;
    }
    /* The ratio would give away a verdi that is withheld. */
    sp_table_set_real(table, to, RATIO,
                      sp_real_is_number(verdi) ? sp_real_rate(teller, areas->forventet[row], 1.0)
                                               : verdi);
    for (gsize i = 0; i < N_LIMITS; i++) {
        sp_table_set_real(table, to, FIRST_LIMIT + i, show_limit(areas, row, limit[i]));
    }
}

static void set_shrunk(SpTable *table, gsize to, const SpAreas *areas, gsize row, SpReal shrunk)
{
    shrunk.flags = areas->teller[row].flags | areas->forventet[row].flags | SP_FLAG_MODELLED;
    sp_table_set_real(table, to, KRYMPET, shrunk);
}

SpTable *sp_placing_new(void)
{
    return sp_table_new("plassering", columns, N_COLUMNS);
}

SpReal sp_placing_add(SpTable *table, const SpAreas *areas, const SpReal shrunk[])
{
    const gboolean has_chance = areas->indicator->has_chance;
    Tally tally = {0};
    gsize k = 0; /* of the kommuner that enter, in the same order */
    for (gsize row = 0; row < areas->n_rows; row++) {
        const gboolean enters = k < areas->n && areas->row[k] == row;
        const gsize to = sp_table_add_row(table);
        sp_table_set_code(table, to, INDIKATOR, areas->indicator->id);
        sp_table_set_code(table, to, REGION, areas->kommune[row]);
        sp_table_set_code(table, to, PERIOD, areas->period);
        sp_table_set_code(table, to, VERTSKOMMUNE, areas->vertskommune[row]);
        sp_table_set_real(table, to, VERDI, areas->verdi[row]);
        if (!has_chance) {
            for (gsize column = RATIO; column <= LAST_LIMIT; column++) {
                sp_table_set_real(table, to, column, sp_real_none(SP_NOT_APPLICABLE));
            }
            continue;
        }
        set_chance(table, to, areas, row, &tally);
        if (enters) {
            set_shrunk(table, to, areas, row, shrunk[k]);
            k++;
        } else {
            /* Without a figure of its own a kommune has no place of its own either. */
            sp_table_set_real(table, to, KRYMPET, sp_table_real(table, to, RATIO));
        }
    }
    if (!has_chance) {
        return sp_real_none(SP_NOT_APPLICABLE);
    }
    return tally.n > 0 ? sp_real((double)tally.n_outside / (double)tally.n)
                       : sp_real_none(SP_MISSING);
}
