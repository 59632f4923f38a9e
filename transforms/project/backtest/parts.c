/* What the errors of a series are made of. */
#include "transforms/project/backtest/parts.h"

#include "transforms/project/backtest/areas.h"
#include "transforms/project/backtest/judge_table.h"
#include "transforms/project/lmdi.h"

#include <string.h>

static const SpJudgeColumn part_keys[] = {{"serie", NULL},        {"modell", NULL},
                                          {"base", "period"},     {"maalaar", "period"},
                                          {"omraade", "kommune"}, {"ledd", NULL}};
static const SpJudgeColumn part_measures[] = {
    {"n", "kommuner"}, {"bidrag", NULL}, {"bidrag_pct", "percent"}};

SpTable *sp_parts_table_new(void)
{
    return sp_judge_table_new("treffsikkerhet_deling", part_keys, G_N_ELEMENTS(part_keys),
                              part_measures, G_N_ELEMENTS(part_measures));
}

/* ---- the chain of a series ---- */

enum { MOST_LEVELS = 8 };

/* What one step of the chain stands on: a group of a series, and who tells it. */
typedef struct {
    const SpOutcome *outcome;
    gsize group;
    const SpReal *told; /* expected */
} Level;

/* How a model comes to a series; n is 0 when the model does not tell a level of care. */
typedef struct {
    gsize model; /* number among the forecasters */
    gsize n;
    Level levels[MOST_LEVELS];
} Chain;

/* "SERIES=GROUP" or "SERIES"; FALSE when the run has no such series or group. */
static gboolean find_level(const SpBacktestRun *run, const char *text, Level *level)
{
    g_auto(GStrv) words = g_strsplit(text, "=", 2);
    const char *group = words[0] != NULL && words[1] != NULL ? words[1] : SP_GROUP_ALL;
    *level = (Level){.outcome = words[0] == NULL ? NULL : sp_backtest_outcome(run, words[0])};
    for (gsize i = 0; level->outcome != NULL && i < level->outcome->series->n_groups; i++) {
        if (strcmp(sp_series_group(level->outcome->series, i), group) == 0) {
            level->group = i;
            return TRUE;
        }
    }
    return FALSE;
}

/* The levels there are, each told by the model itself; the population by our own projection where
 * the model does not tell it. */
static Chain find_chain(const SpBacktestRun *run, const SpSeries *series, gsize model)
{
    Chain chain = {.model = model};
    gsize own = sp_forecaster_find("framskriving");
    for (char **text = series->chain; *text != NULL && chain.n < MOST_LEVELS; text++) {
        Level *level = &chain.levels[chain.n];
        if (!find_level(run, *text, level)) {
            continue;
        }
        const SpOutcome *outcome = level->outcome;
        level->told = outcome->told[model].figure[SP_FORECAST_EXPECTED];
        if (level->told == NULL && outcome->series->is_population && own != SP_NO_COLUMN) {
            level->told = outcome->told[own].figure[SP_FORECAST_EXPECTED];
        }
        if (level->told == NULL) {
            chain.n = 0;
            return chain;
        }
        chain.n++;
    }
    return chain;
}

/* ---- sums of an area, level by level ---- */

typedef struct {
    gsize n;
    double told[MOST_LEVELS], seen[MOST_LEVELS];
} Sums;

static SpReal at(const SpBacktestRun *run, const Level *level, const SpReal figures[], gsize unit,
                 gsize year)
{
    return figures[sp_series_place(level->outcome->series, &run->places, unit, level->group, year)];
}

/* Kommuner that have every level, told and seen. */
static Sums sum_area(const SpBacktestRun *run, const SpArea *area, gsize year, const Chain *chain)
{
    Sums sums = {.n = 0};
    for (guint i = 0; i < area->units->len; i++) {
        gsize unit = g_array_index(area->units, gsize, i);
        SpReal told[MOST_LEVELS], seen[MOST_LEVELS];
        gboolean is_whole = !run->is_left_out[unit];
        for (gsize level = 0; level < chain->n; level++) {
            const Level *one = &chain->levels[level];
            told[level] = at(run, one, one->told, unit, year);
            seen[level] = at(run, one, one->outcome->actual, unit, year);
            is_whole = is_whole && sp_real_is_number(told[level]) && sp_real_is_number(seen[level]);
        }
        for (gsize level = 0; is_whole && level < chain->n; level++) {
            sums.told[level] += told[level].value;
            sums.seen[level] += seen[level].value;
        }
        sums.n += is_whole ? 1 : 0;
    }
    return sums;
}

static void add_part(SpTable *table, const char *const codes[], const Sums *sums, double effect,
                     double actual)
{
    gsize row = sp_table_add_row(table), n_keys = G_N_ELEMENTS(part_keys);
    for (gsize i = 0; i < n_keys; i++) {
        sp_table_set_code(table, row, i, codes[i]);
    }
    sp_table_set_real(table, row, n_keys, sp_real((double)sums->n));
    sp_table_set_real(table, row, n_keys + 1, sp_real(effect));
    sp_table_set_real(table, row, n_keys + 2, sp_judge_real(100 * effect / actual));
}

/* What each level adds is its ratio to the one before; the first is itself. */
static void part_area(const SpBacktestRun *run, const SpArea *area, gsize year, const Chain *chain,
                      SpTable *table)
{
    const Level *levels = chain->levels;
    gsize n_levels = chain->n;
    double from[MOST_LEVELS], to[MOST_LEVELS], effect[MOST_LEVELS];
    char base[16], target[16];
    const Sums sums = sum_area(run, area, year, chain);
    for (gsize i = 0; i < n_levels; i++) {
        from[i] = i == 0 ? sums.seen[i] : sums.seen[i] / sums.seen[i - 1];
        to[i] = i == 0 ? sums.told[i] : sums.told[i] / sums.told[i - 1];
    }
    /* Where a level is 0 there is nothing to part by. */
    if (sums.n == 0 || !sp_lmdi(n_levels, from, to, effect)) {
        return;
    }
    g_snprintf(base, sizeof base, "%d", run->base);
    g_snprintf(target, sizeof target, "%d", run->places.first_year + (int)year);
    for (gsize i = 0; i < n_levels; i++) {
        const char *const codes[] = {levels[n_levels - 1].outcome->series->name,
                                     sp_forecasters[chain->model].name,
                                     base,
                                     target,
                                     area->code,
                                     levels[i].outcome->series->name};
        add_part(table, codes, &sums, effect[i], sums.seen[n_levels - 1]);
    }
}

static void part_series(const SpBacktestRun *run, const SpSeries *series, int target,
                        SpTable *table)
{
    for (gsize model = 0; model < sp_n_forecasters(); model++) {
        const Chain chain = find_chain(run, series, model);
        for (gsize year = 0; chain.n > 1 && year < run->places.n_years; year++) {
            for (guint i = 0; i < run->areas->len; i++) {
                const SpArea *area = &g_array_index(run->areas, SpArea, i);
                gboolean is_told = i == 0 || area->is_fylke;
                if (is_told && (target == 0 || run->places.first_year + (int)year == target)) {
                    part_area(run, area, year, &chain, table);
                }
            }
        }
    }
}

void sp_parts_add(const SpBacktestRun *run, int target, SpTable *table)
{
    for (guint i = 0; i < run->outcomes->len; i++) {
        part_series(run, g_array_index(run->outcomes, SpOutcome, i).series, target, table);
    }
}
