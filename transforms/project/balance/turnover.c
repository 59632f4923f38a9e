/* Exit rates by kommune and profession. */
#include "transforms/project/balance/turnover.h"

#include "transforms/project/balance/local_exits.h"
#include "transforms/project/shrink.h"

#include <math.h>
#include <string.h>

#define ALL_YRKER "tot"

/* Rates are told to so many parts: with all its digits a rate is an equation in the ages of those
 * few it was measured on. */
static const double parts_of_rate = 1000.0;

struct SpTurnover {
    gsize n_regions, n_yrker;
    double *rate;           /* [exit][region][yrke] */
    double *local_sd;       /* [yrke][region] of the log of the region's factor, netto */
    double *national_sd;    /* [yrke] of the log of the country's rate, netto */
    double *position;       /* [yrke] */
    SpTurnoverBasis *basis; /* [region][yrke] */
};

/* Whose figures are read, and who lends to whom. */
typedef struct {
    GPtrArray *codes; /* borrowed: the professions, then groups and all of them */
    gsize n_yrker;
    gsize all;
    gsize *group;       /* [n_yrker] place of the group, or `all` */
    SpLeavers *leavers; /* by place in `codes` */
} Staff;

static void staff_clear(Staff *staff)
{
    g_clear_pointer(&staff->codes, g_ptr_array_unref);
    g_clear_pointer(&staff->group, g_free);
    sp_leavers_free(staff->leavers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Staff, staff_clear)

/* ---- whose figures ---- */

static gsize place_of(GPtrArray *codes, const char *code)
{
    guint place;
    if (!g_ptr_array_find_with_equal_func(codes, code, g_str_equal, &place)) {
        place = codes->len;
        g_ptr_array_add(codes, (gpointer)code);
    }
    return place;
}

static const char *group_of(const SpTable *groups, const char *yrke)
{
    gsize from = groups == NULL ? SP_NO_COLUMN : sp_table_find(groups, "from");
    gsize to = groups == NULL ? SP_NO_COLUMN : sp_table_find(groups, "to");
    if (from == SP_NO_COLUMN || to == SP_NO_COLUMN) {
        return ALL_YRKER;
    }
    for (gsize row = 0; row < sp_table_n_rows(groups); row++) {
        if (strcmp(sp_table_code(groups, row, from), yrke) == 0) {
            return sp_table_code(groups, row, to);
        }
    }
    return ALL_YRKER;
}

static double staff_of(const SpLeavers *leavers, gsize region, gsize yrke)
{
    double staff = 0.0;
    for (gsize y = 0; y < leavers->n_years; y++) {
        staff += sp_leavers_staff(leavers, region, yrke, y);
    }
    return staff;
}

/* What the owner does not publish is told of nobody. Of the country either. */
static void forget_unpublished(SpLeavers *leavers, double at_most)
{
    gsize n_pairs = (leavers->country + 1) * leavers->n_yrker;
    for (gsize i = 0; i < n_pairs * leavers->n_years; i++) {
        gsize region = i / leavers->n_years / leavers->n_yrker;
        gsize yrke = i / leavers->n_years % leavers->n_yrker, year = i % leavers->n_years;
        if (sp_leavers_aarsverk(leavers, region, yrke, year) <= at_most) {
            sp_leavers_forget(leavers, region, yrke, year);
        }
    }
}

static gboolean staff_init(Staff *staff, const SpTurnoverInput *input, GError **error)
{
    *staff = (Staff){.codes = g_ptr_array_new(), .n_yrker = input->n_yrker};
    staff->group = g_new(gsize, input->n_yrker + 1);
    for (gsize g = 0; g < input->n_yrker; g++) {
        g_ptr_array_add(staff->codes, input->yrker[g]);
    }
    staff->all = place_of(staff->codes, ALL_YRKER);
    for (gsize g = 0; g < input->n_yrker; g++) {
        staff->group[g] = place_of(staff->codes, group_of(input->source.groups, input->yrker[g]));
    }
    staff->leavers = sp_leavers_new(input->source.table, input->regions, input->n_regions,
                                    staff->codes, input->base, error);
    if (staff->leavers != NULL && input->source.at_most > 0.0) {
        forget_unpublished(staff->leavers, input->source.at_most);
    }
    const SpLeavers *leavers = staff->leavers;
    for (gsize g = 0; leavers != NULL && g < input->n_yrker; g++) {
        if (staff_of(leavers, leavers->country, staff->group[g]) <= 0.0) {
            staff->group[g] = staff->all;
        }
    }
    return leavers != NULL;
}

static void tell_borrowed(const Staff *staff, SpQuality *quality)
{
    for (gsize g = 0; g < staff->n_yrker; g++) {
        if (staff_of(staff->leavers, staff->leavers->country, g) <= 0.0) {
            gboolean is_all = staff->group[g] == staff->all;
            sp_quality_note(quality, is_all ? "turnover_of_all" : "turnover_of_group",
                            staff->codes->pdata[g], 0,
                            "no turnover of the profession is known; that of %s is used until "
                            "pai/stillinger has it",
                            is_all ? "all" : "its education group");
        }
    }
}

/* ---- rates of the country ---- */

static double clamp_share(double share)
{
    return CLAMP(share, 0.0, 1.0);
}

/* By age, all intervals together; those of `before` (NULL: 0) at ages without staff. */
static void plain_rates(const SpLeavers *leavers, SpLeft way, gsize yrke, const double before[],
                        double rate[])
{
    for (gsize b = 0; b < leavers->n_bands; b++) {
        double left = 0.0, staff = 0.0;
        for (gsize y = 0; y < leavers->n_years; y++) {
            gsize place = sp_leavers_place(leavers, leavers->country, yrke, b, y);
            left += leavers->left[way][place];
            staff += leavers->staff[place];
        }
        rate[b] = staff > 0.0 ? left / staff : before != NULL ? before[b] : 0.0;
    }
}

static void tell_unsettled(const char *subject, SpQuality *quality)
{
    sp_quality_note(quality, "unsettled_estimate", subject, 0,
                    "the rounds ended before the variances stood still; the last ones are used");
}

/* National rates by profession and age band [yrke][band]: those of its education group times a
 * shrunk deviation. `variance` [yrke][band] of each. */
static double *national_rates(const Staff *staff, SpLeft way, double variance[], SpQuality *quality)
{
    const SpLeavers *leavers = staff->leavers;
    gsize n_years = leavers->n_years, n_bands = leavers->n_bands, n = staff->n_yrker;
    g_autofree double *all = g_new(double, n_bands);
    g_autofree double *deviation = g_new(double, (n + 1) * n_years);
    g_autofree double *exposure = g_new(double, (n + 1) * n_years);
    double *rate = g_new0(double, (n + 1) * n_bands);
    plain_rates(leavers, way, staff->all, NULL, all);
    for (gsize g = 0; g < n; g++) {
        plain_rates(leavers, way, staff->group[g], all, &rate[g * n_bands]);
    }
    for (gsize b = 0; b < n_bands; b++) {
        SpShrink shrink;
        for (gsize g = 0; g < n; g++) {
            const SpExitsOf of = {way, leavers->country, g, b};
            sp_exit_deviations(leavers, &of, &rate[g * n_bands], &deviation[g * n_years],
                               &exposure[g * n_years]);
        }
        sp_shrink_fit(n, n_years, deviation, exposure, &shrink);
        if (!shrink.is_settled) {
            tell_unsettled("turnover by profession", quality);
        }
        for (gsize g = 0; g < n; g++) {
            gsize place = g * n_bands + b;
            double error, own = sp_shrink_mean(&shrink, 1.0, n_years, &deviation[g * n_years],
                                               &exposure[g * n_years], &error);
            variance[place] = rate[place] * rate[place] * error;
            rate[place] = clamp_share(rate[place] * (1.0 + own));
        }
    }
    return rate;
}

/* Staff of the country by age: the profession's, or its group's or all where it has none; their
 * sum. */
static double country_ages(const Staff *staff, gsize yrke, double ages[])
{
    const gsize tries[] = {yrke, staff->group[yrke], staff->all};
    double total = 0.0;
    for (gsize i = 0; i < G_N_ELEMENTS(tries) && total <= 0.0; i++) {
        total = sp_leavers_mean_ages(staff->leavers, staff->leavers->country, tries[i], ages);
    }
    return total;
}

/* Of the log of the country's rate at the country's ages; its bands are known apart. */
static double national_sd(const Staff *staff, gsize yrke, const double rate[],
                          const double variance[])
{
    gsize n_bands = staff->leavers->n_bands;
    g_autofree double *ages = g_new0(double, n_bands);
    double all = country_ages(staff, yrke, ages), mean = 0.0, sum = 0.0;
    for (gsize b = 0; b < n_bands; b++) {
        mean += ages[b] * rate[b];
        sum += ages[b] * ages[b] * variance[b];
    }
    return all > 0.0 ? sp_exit_log_sd(mean / all, sum / (all * all)) : 0.0;
}

/* ---- kommuner ---- */

/* Of kommuner too few are expected to leave to tell of themselves. By who is expected, and not by
 * who left: else those with few would be forgotten and those with many believed. */
static void forget_few(const Staff *staff, const double national[], double least)
{
    SpLeavers *leavers = staff->leavers;
    gsize n_years = leavers->n_years;
    g_autofree double *deviation = g_new(double, n_years + 1);
    g_autofree double *expected = g_new(double, n_years + 1);
    for (gsize i = 0; i < leavers->country * staff->n_yrker; i++) {
        const SpExitsOf of = {SP_LEFT_SECTOR, i / staff->n_yrker, i % staff->n_yrker,
                              leavers->n_bands};
        sp_exit_deviations(leavers, &of, &national[of.yrke * leavers->n_bands], deviation,
                           expected);
        for (gsize year = 0; year < n_years; year++) {
            if (expected[year] < least) {
                sp_leavers_forget(leavers, of.region, of.yrke, year);
            }
        }
    }
}

/* [yrke][band] the country's staff by age. */
static double *all_ages(const Staff *staff)
{
    gsize n_bands = staff->leavers->n_bands;
    double *ages = g_new0(double, (staff->n_yrker + 1) * n_bands);
    for (gsize g = 0; g < staff->n_yrker; g++) {
        (void)country_ages(staff, g, &ages[g * n_bands]);
    }
    return ages;
}

double sp_turnover_round(double rate)
{
    return round(clamp_share(rate) * parts_of_rate) / parts_of_rate;
}

/* Brutto is netto and those who move, so that it cannot be the smaller of the two. */
static void fill_rates(SpTurnover *turnover, const Staff *staff, double *const national[SP_N_LEFT],
                       double spread, SpQuality *quality)
{
    static const SpExit from[SP_N_LEFT] = {SP_EXIT_NETTO, SP_EXIT_BRUTTO};
    gsize n = turnover->n_regions * turnover->n_yrker;
    g_autofree double *ages = all_ages(staff);
    g_autofree double *rate = g_new0(double, n + 1);
    g_autofree double *sum = g_new0(double, n + 1);
    for (guint way = 0; way < SP_N_LEFT; way++) {
        const SpLocalExits local = {.leavers = staff->leavers,
                                    .way = (SpLeft)way,
                                    .n_yrker = staff->n_yrker,
                                    .national = national[way],
                                    .ages = ages,
                                    .spread = spread};
        double *sd = way == SP_LEFT_SECTOR ? turnover->local_sd : NULL;
        if (!sp_local_exits(&local, rate, sd)) {
            tell_unsettled("turnover by kommune", quality);
        }
        for (gsize i = 0; i < n; i++) {
            gsize u = i % turnover->n_regions, g = i / turnover->n_regions;
            sum[i] += rate[i];
            turnover->rate[((gsize)from[way] * turnover->n_regions + u) * turnover->n_yrker + g] =
                sp_turnover_round(sum[i]);
        }
    }
}

static void keep_least(double *least, double figure)
{
    *least = figure > 0.0 && (*least <= 0.0 || figure < *least) ? figure : *least;
}

static SpTurnoverBasis basis_of(const SpLeavers *leavers, gsize region, gsize yrke)
{
    SpTurnoverBasis basis = {0};
    for (gsize y = 0; y < leavers->n_years; y++) {
        double aarsverk = 0.0, netto = 0.0, moved = 0.0;
        for (gsize b = 0; b < leavers->n_bands; b++) {
            gsize place = sp_leavers_place(leavers, region, yrke, b, y);
            aarsverk += leavers->staff_aarsverk[place];
            netto += leavers->left[SP_LEFT_SECTOR][place];
            moved += leavers->left[SP_LEFT_MOVED][place];
        }
        keep_least(&basis.persons, sp_leavers_staff(leavers, region, yrke, y));
        keep_least(&basis.aarsverk, aarsverk);
        keep_least(&basis.left_brutto, netto + moved);
        keep_least(&basis.left_netto, netto);
    }
    return basis;
}

static double position_of(const Staff *staff, gsize yrke)
{
    const SpLeavers *leavers = staff->leavers;
    const gsize tries[] = {yrke, staff->group[yrke], staff->all};
    for (gsize i = 0; i < G_N_ELEMENTS(tries); i++) {
        /* Persons without any årsverk tell of no position: a need would be of boundless many. */
        if (leavers->persons[tries[i]] > 0.0 && leavers->aarsverk[tries[i]] > 0.0) {
            return clamp_share(leavers->aarsverk[tries[i]] / leavers->persons[tries[i]]);
        }
    }
    return 1.0;
}

static void fill(SpTurnover *turnover, const Staff *staff, const SpTurnoverSource *source,
                 SpQuality *quality)
{
    gsize n_bands = staff->leavers->n_bands;
    double *national[SP_N_LEFT], *variance[SP_N_LEFT];
    for (guint way = 0; way < SP_N_LEFT; way++) {
        variance[way] = g_new0(double, (staff->n_yrker + 1) * n_bands);
        national[way] = national_rates(staff, (SpLeft)way, variance[way], quality);
    }
    forget_few(staff, national[SP_LEFT_SECTOR], source->least);
    fill_rates(turnover, staff, national, source->spread, quality);
    for (gsize g = 0; g < turnover->n_yrker; g++) {
        turnover->national_sd[g] = national_sd(staff, g, &national[SP_LEFT_SECTOR][g * n_bands],
                                               &variance[SP_LEFT_SECTOR][g * n_bands]);
        turnover->position[g] = position_of(staff, g);
        for (gsize u = 0; u < turnover->n_regions; u++) {
            turnover->basis[u * turnover->n_yrker + g] = basis_of(staff->leavers, u, g);
        }
    }
    for (guint way = 0; way < SP_N_LEFT; way++) {
        g_free(national[way]);
        g_free(variance[way]);
    }
}

SpTurnover *sp_turnover_new(const SpTurnoverInput *input, SpQuality *quality, GError **error)
{
    g_auto(Staff) staff = {.codes = NULL};
    if (!staff_init(&staff, input, error)) {
        return NULL;
    }
    if (staff_of(staff.leavers, staff.leavers->country, staff.all) <= 0.0) {
        sp_quality_note(quality, "no_turnover", sp_table_name(input->source.table), 0,
                        "no interval of the country has ended on %s; no recruitment need is made",
                        input->base);
        return NULL;
    }
    tell_borrowed(&staff, quality);
    SpTurnover *turnover = g_new0(SpTurnover, 1);
    turnover->n_regions = input->n_regions;
    turnover->n_yrker = input->n_yrker;
    turnover->rate = g_new0(double, MAX(SP_N_EXITS * input->n_regions * input->n_yrker, 1));
    turnover->local_sd = g_new0(double, MAX(input->n_regions * input->n_yrker, 1));
    turnover->national_sd = g_new0(double, MAX(input->n_yrker, 1));
    turnover->position = g_new0(double, MAX(input->n_yrker, 1));
    turnover->basis = g_new0(SpTurnoverBasis, MAX(input->n_regions * input->n_yrker, 1));
    fill(turnover, &staff, &input->source, quality);
    return turnover;
}

void sp_turnover_free(SpTurnover *turnover)
{
    if (turnover != NULL) {
        g_free(turnover->rate);
        g_free(turnover->local_sd);
        g_free(turnover->national_sd);
        g_free(turnover->position);
        g_free(turnover->basis);
        g_free(turnover);
    }
}

double sp_turnover_rate(const SpTurnover *turnover, SpExit kind, gsize region, gsize yrke)
{
    return turnover->rate[((gsize)kind * turnover->n_regions + region) * turnover->n_yrker + yrke];
}

double sp_turnover_national_sd(const SpTurnover *turnover, gsize yrke)
{
    return turnover->national_sd[yrke];
}

double sp_turnover_local_sd(const SpTurnover *turnover, gsize region, gsize yrke)
{
    return turnover->local_sd[yrke * turnover->n_regions + region];
}

double sp_turnover_position(const SpTurnover *turnover, gsize yrke)
{
    return turnover->position[yrke];
}

SpTurnoverBasis sp_turnover_basis(const SpTurnover *turnover, gsize region, gsize yrke)
{
    return turnover->basis[region * turnover->n_yrker + yrke];
}
