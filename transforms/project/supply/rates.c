/* Exits by profession, sex and age. */
#include "transforms/project/supply/rates.h"

#include "transforms/project/supply/exits.h"
#include "transforms/project/supply/participation.h"

#include <string.h>

static const double most_exits = 0.5;
/* Fewer unseen newcomers a year than this share of an age group are noise. */
static const double worth_telling = 0.005;
static const guint group_from[SP_N_EXIT_GROUPS + 1] = {15, 35, 50, 62, SP_LAST_WORK_AGE + 1};

static gsize group_of(gsize a)
{
    gsize group = 0;
    while (a + SP_FIRST_WORK_AGE >= group_from[group + 1]) {
        group++;
    }
    return group;
}

/* Those of one year's stock, a year on: expected without what is to be found, and observed less
 * those who came. Both by group of the age they had. */
static void compare_years(const SpExitSources *sources, gsize i, gsize g, const double exit[],
                          double expected[], double observed[])
{
    const SpPersonnel *personnel = sources->personnel;
    int year = personnel->newest - (int)(personnel->n_years - 1 - i) + 1; /* calendar year */
    double now[SP_N_STOCK], next[SP_N_STOCK], left[SP_N_STOCK], came[SP_N_STOCK] = {0};
    sp_participation_single(personnel, sp_personnel_national(personnel, i, g), now);
    sp_participation_single(personnel, sp_personnel_national(personnel, i + 1, g), next);
    sp_stock_age(SP_N_WORK_AGES, now, exit + g * SP_N_STOCK, left, NULL);
    sp_inflow_known(sources->inflow, sources->education, g, year, came);
    for (gsize place = 0; place < SP_N_STOCK; place++) {
        gsize a = place % SP_N_WORK_AGES;
        if (a > 0) {
            gsize group = group_of(a - 1);
            expected[group] += left[place];
            observed[group] += next[place] - came[place];
        }
    }
}

/* Groups where more were there a year later than deaths, the default and those who came explain. */
static void tell_unseen(const SpEducation *education, const double extra[], const double error[],
                        SpQuality *quality)
{
    for (gsize i = 0; i < education->n * SP_N_EXIT_GROUPS; i++) {
        gsize g = i / SP_N_EXIT_GROUPS, k = i % SP_N_EXIT_GROUPS;
        guint place = group_from[k] - SP_FIRST_WORK_AGE;
        double beyond = education->exits[g * SP_N_WORK_AGES + place] + extra[i];
        if (education->part_of[g] == g && beyond < -MAX(worth_telling, error[i])) {
            sp_quality_note(quality, "unseen_newcomers", education->ids[g], 0,
                            "more are there a year later than tables tell have come, first among "
                            "those from %u: nobody is taken to leave but by death, and no more are "
                            "projected on than the estimate's standard error",
                            group_from[k]);
        }
    }
}

void sp_exit_rates(const SpExitSources *sources, double exits[], double gains[], SpQuality *quality)
{
    const SpEducation *education = sources->education;
    const SpPersonnel *personnel = sources->personnel;
    gsize n_units = education->n * SP_N_EXIT_GROUPS, n_years = personnel->n_years - 1;
    memcpy(exits, education->exits, education->n * SP_N_WORK_AGES * sizeof *exits);
    memset(gains, 0, education->n * SP_N_WORK_AGES * sizeof *gains);
    if (n_years == 0) {
        sp_quality_note(quality, "exits_by_default", "helsepersonell", 0,
                        "one year alone: who leaves beyond deaths is the default of "
                        "config/framskriving/avgang.csv");
        return;
    }
    g_autofree double *expected = g_new0(double, n_units *n_years);
    g_autofree double *observed = g_new0(double, n_units *n_years);
    g_autofree double *extra = g_new0(double, n_units);
    g_autofree double *error = g_new0(double, n_units);
    g_autofree double *exit = g_new(double, education->n *SP_N_STOCK);
    for (gsize i = 0; i < n_years; i++) {
        int year = personnel->newest - (int)(personnel->n_years - 1 - i) + 1;
        sp_exit_year(sources->mortality, education->n, education->exits, year, exit);
        for (gsize g = 0; g < education->n; g++) {
            double one[SP_N_EXIT_GROUPS] = {0}, other[SP_N_EXIT_GROUPS] = {0};
            compare_years(sources, i, g, exit, one, other);
            /* Where the young told how many came, by the default's exits, they tell of no
             * others. */
            one[0] = sources->inflow->is_from_stock[g] ? 0.0 : one[0];
            for (gsize k = 0; k < SP_N_EXIT_GROUPS; k++) {
                expected[(g * SP_N_EXIT_GROUPS + k) * n_years + i] = MAX(0.0, one[k]);
                observed[(g * SP_N_EXIT_GROUPS + k) * n_years + i] = other[k];
            }
        }
    }
    if (!sp_exits_extra(n_units, n_years, expected, observed, extra, error)) {
        sp_quality_note(quality, "unsettled_exits", "helsepersonell", 0,
                        "the estimate of exits had not settled");
    }
    tell_unseen(education, extra, error, quality);
    for (gsize i = 0; i < education->n * SP_N_WORK_AGES; i++) {
        gsize g = education->part_of[i / SP_N_WORK_AGES], a = i % SP_N_WORK_AGES;
        gsize unit = g * SP_N_EXIT_GROUPS + group_of(a);
        double found = education->exits[g * SP_N_WORK_AGES + a] + extra[unit];
        exits[i] = CLAMP(found, 0.0, most_exits);
        gains[i] = CLAMP(-found, 0.0, error[unit]);
    }
}
