/* Commuting matrices from tables. */
#include "transforms/project/supply/workplace.h"

#include "core/error.h"
#include "transforms/project/level.h"
#include "transforms/project/supply/commuting.h"

#include <math.h>
#include <string.h>

enum { MOST_YEARS = 10, OLD_AND_YOUNG = 2 };
/* A place that has more than its people would give keeps it: levels are random walks. */
static const double kept = 1.0;
/* Of each row, so that no kommune with staff is out of reach; and shares of a row that are left
 * out. Both antatt. */
static const double blend = 0.05, least = 0.005;

/* ---- commuters ---- */

static void add_own(const SpMarkets *markets, gsize market, double row[])
{
    for (gsize u = 0; u < markets->n_kommuner; u++) {
        row[u] += markets->market[u] == market ? markets->inhabitants[u] : 0.0;
    }
}

/* Commuters of the newest year before the base: [n_markets][n_kommuner]. */
static gboolean add_commuters(const SpTable *table, const SpMarkets *markets, double commuters[],
                              SpQuality *quality, GError **error)
{
    static const char *const names[] = {"region", "arbeidssted", "period"};
    gsize columns[G_N_ELEMENTS(names)], measure, hidden = 0;
    if (!sp_table_need_all(table, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, columns, error) ||
        !sp_table_need(table, "sysselsatte", SP_COLUMN_MEASURE, &measure, error)) {
        return FALSE;
    }
    g_autofree gint32 *home = sp_markets_of_codes(markets, sp_table_codes(table, columns[0]));
    g_autofree gint32 *place = sp_markets_of_codes(markets, sp_table_codes(table, columns[1]));
    g_autofree gint32 *years = sp_years_of_codes(sp_table_codes(table, columns[2]), FALSE);
    const guint32 *from = sp_table_code_numbers_const(table, columns[0]);
    const guint32 *to = sp_table_code_numbers_const(table, columns[1]);
    const guint32 *period = sp_table_code_numbers_const(table, columns[2]);
    int newest = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        int year = years[period[row]];
        newest = year < markets->base ? MAX(newest, year) : newest;
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        SpReal real = sp_table_real(table, row, measure);
        if (years[period[row]] != newest || newest == 0 || home[from[row]] < 0 ||
            place[to[row]] < 0) {
            continue;
        }
        hidden += sp_real_is_number(real) ? 0 : 1;
        gsize market = markets->market[home[from[row]]];
        commuters[market * markets->n_kommuner + (gsize)place[to[row]]] += real.value;
    }
    if (hidden > 0) {
        sp_quality_note(quality, "commuting_hidden", "pendling", 0,
                        "%" G_GSIZE_FORMAT " pairs without a figure count as nobody", hidden);
    }
    return TRUE;
}

static gboolean find_commuters(const SpWorkplaceSources *sources, double commuters[],
                               SpQuality *quality, GError **error)
{
    const SpMarkets *markets = sources->markets;
    const SpTable *table = sp_tables_find(sources->in, "pendling");
    if (table == NULL) {
        sp_quality_note(quality, "no_commuting", "pendling", 0,
                        "the table is not there: people work in the region where they live");
    } else if (!add_commuters(table, markets, commuters, quality, error)) {
        return FALSE;
    }
    for (gsize market = 0; market < markets->n_markets; market++) {
        double *row = commuters + market * markets->n_kommuner, sum = 0.0;
        for (gsize u = 0; u < markets->n_kommuner; u++) {
            sum += row[u];
        }
        if (sum == 0.0) {
            add_own(markets, market, row);
            if (table != NULL) {
                sp_quality_note(quality, "commuting_alone", markets->names[market], 0,
                                "the table pendling has nobody who lives there: people work in "
                                "the region where they live");
            }
        }
    }
    return TRUE;
}

/* ---- årsverk by workplace ---- */

/* A row of arbeidssted.csv. Borrowed. */
typedef struct {
    const char *table;
    const char *profession; /* "*": the table's column yrke */
    const char *measure;
    const char *filter; /* COLUMN=CODE COLUMN=CODE */
    double coverage;
} Choice;

static gboolean read_choice(const SpTable *file, gsize row, Choice *choice, GError **error)
{
    static const char *const names[] = {"tabell", "profesjon", "maal", "utvalg"};
    gsize columns[G_N_ELEMENTS(names)], coverage;
    if (!sp_table_need_all(file, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, columns, error) ||
        !sp_table_need(file, "dekning", SP_COLUMN_MEASURE, &coverage, error)) {
        return FALSE;
    }
    *choice = (Choice){sp_table_code(file, row, columns[0]), sp_table_code(file, row, columns[1]),
                       sp_table_code(file, row, columns[2]), sp_table_code(file, row, columns[3]),
                       sp_table_real(file, row, coverage).value};
    return TRUE;
}

/* Does a row hold the codes of "COLUMN=CODE COLUMN=CODE"? */
static gboolean passes(const SpTable *table, gsize row, const gsize columns[], char **filters)
{
    for (gsize i = 0; filters[i] != NULL; i++) {
        const char *code = strchr(filters[i], '=');
        if (code == NULL || strcmp(sp_table_code(table, row, columns[i]), code + 1) != 0) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean find_filters(const SpTable *table, char **filters, gsize columns[], GError **error)
{
    for (gsize i = 0; filters[i] != NULL; i++) {
        g_autofree char *name = g_strndup(filters[i], strcspn(filters[i], "="));
        if (!sp_table_need(table, name, SP_COLUMN_CODE, &columns[i], error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* Is the row about the profession, or a part of it? */
static gboolean is_about(const SpEducation *education, const char *yrke, gsize g)
{
    gint found = sp_education_find(education, yrke);
    return found >= 0 && ((gsize)found == g || education->part_of[found] == g);
}

/* Årsverk [n_kommuner][MOST_YEARS] of the newest years before the base, newest last; NAN where
 * there is no figure. */
static gboolean read_observed(const SpWorkplaceSources *sources, const Choice *choice, gsize g,
                              double observed[], GError **error)
{
    const SpMarkets *markets = sources->markets;
    const SpTable *table = sp_tables_find(sources->in, choice->table);
    g_auto(GStrv) filters = g_strsplit(choice->filter, " ", -1);
    g_autofree gsize *columns = g_new0(gsize, g_strv_length(filters) + 1);
    gsize region, period, measure, yrke = SP_NO_COLUMN;
    gboolean is_any = strcmp(choice->profession, "*") == 0;
    for (gsize i = 0; i < markets->n_kommuner * MOST_YEARS; i++) {
        observed[i] = NAN;
    }
    if (*choice->filter == '\0') {
        g_clear_pointer(&filters, g_strfreev);
        filters = g_new0(char *, 1);
    }
    if (!sp_table_need(table, "region", SP_COLUMN_CODE, &region, error) ||
        !sp_table_need(table, "period", SP_COLUMN_CODE, &period, error) ||
        !sp_table_need(table, choice->measure, SP_COLUMN_MEASURE, &measure, error) ||
        (is_any && !sp_table_need(table, "yrke", SP_COLUMN_CODE, &yrke, error)) ||
        !find_filters(table, filters, columns, error)) {
        return FALSE;
    }
    g_autofree gint32 *place = sp_markets_of_codes(markets, sp_table_codes(table, region));
    g_autofree gint32 *years = sp_years_of_codes(sp_table_codes(table, period), FALSE);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gint32 u = place[sp_table_code_numbers_const(table, region)[row]];
        int back = markets->base - 1 - years[sp_table_code_numbers_const(table, period)[row]];
        SpReal real = sp_table_real(table, row, measure);
        if (u < 0 || back < 0 || back >= MOST_YEARS || !sp_real_is_number(real) ||
            !passes(table, row, columns, filters) ||
            (is_any && !is_about(sources->education, sp_table_code(table, row, yrke), g))) {
            continue;
        }
        double *sum = &observed[(gsize)u * MOST_YEARS + MOST_YEARS - 1 - (gsize)back];
        *sum = isnan(*sum) ? real.value : *sum + real.value;
    }
    return TRUE;
}

/* The country's årsverk of the newest year that has any. */
static double newest_total(const SpMarkets *markets, const double observed[])
{
    for (gsize year = MOST_YEARS; year-- > 0;) {
        double sum = 0.0;
        for (gsize u = 0; u < markets->n_kommuner; u++) {
            double here = observed[u * MOST_YEARS + year];
            sum += isnan(here) ? 0.0 : here;
        }
        if (sum > 0.0) {
            return sum;
        }
    }
    return 0.0;
}

/* A kommune's share of the country's årsverk if its people below and from 67 on gave at the country's
 * rates: half by all people, half by the old. */
static void expected_shares(const SpMarkets *markets, double share[])
{
    double people[OLD_AND_YOUNG] = {0};
    for (gsize u = 0; u < markets->n_kommuner; u++) {
        people[0] += markets->old[u][0];
        people[1] += markets->old[u][1];
    }
    for (gsize u = 0; u < markets->n_kommuner; u++) {
        share[u] = (markets->inhabitants[u] / MAX(people[0] + people[1], 1e-9) +
                    markets->old[u][1] / MAX(people[1], 1e-9)) /
                   2.0;
    }
}

/* Each kommune's årsverk by the model of local levels, around what its people would give: one
 * kommune's single post is partly chance, and a hidden one is no zero. `sd` [u][n_days] is of the log
 * of its own factor. */
static void find_levels(const SpMarkets *markets, double observed[], double target[], double sd[])
{
    gsize n_u = markets->n_kommuner, n = n_u * MOST_YEARS;
    g_autofree double *driver = g_new(double, 2 * n), *nation = g_new(double, MOST_YEARS);
    g_autofree gboolean *is_seen = g_new(gboolean, n);
    g_autofree guint32 *group = g_new0(guint32, n_u);
    double *expected = driver + n, all = newest_total(markets, observed);
    expected_shares(markets, target);
    for (gsize i = 0; i < n; i++) {
        is_seen[i] = !isnan(observed[i]);
        observed[i] = is_seen[i] ? observed[i] : 0.0;
        driver[i] = target[i / MOST_YEARS];
    }
    sp_level_expect(n_u, MOST_YEARS, observed, is_seen, driver, expected, nation);
    const SpLevelData data = {.n_units = n_u,
                              .n_years = MOST_YEARS,
                              .observed = observed,
                              .expected = expected,
                              .n_groups = 1,
                              .group = group};
    g_auto(SpLevelModel) model = {0};
    sp_level_fit(&data, kept, &model);
    for (gsize u = 0; u < n_u; u++) {
        SpLevelState now = sp_level_estimate(&model, &data, u);
        double here = all * target[u];
        for (gsize day = 0; day < markets->n_days; day++) {
            SpLevelState then = sp_level_ahead(&model, now, 0, here, (guint)day);
            double level_sd = sp_level_log_sd(&then);
            /* Who is there on a later day is counted then, and lies off the level. */
            double noise = day > 0 && here > 0.0 && model.is_fitted
                               ? log1p(sp_level_noise(&model, &now, here))
                               : 0.0;
            sd[u * markets->n_days + day] = sqrt(level_sd * level_sd + noise);
        }
        target[u] *= 1.0 + now.level;
    }
}

/* The first table of arbeidssted.csv that covers the profession; all 0 when none does. */
static gboolean find_target(const SpWorkplaceSources *sources, gsize g, double target[],
                            double sd[], SpQuality *quality, GError **error)
{
    const SpMarkets *markets = sources->markets;
    const SpTable *file = sp_tables_need(sources->in, "arbeidssted", error);
    g_autofree double *observed = g_new(double, markets->n_kommuner *MOST_YEARS);
    double supply = 0.0;
    memset(target, 0, markets->n_kommuner * sizeof *target);
    for (gsize market = 0; market < markets->n_markets; market++) {
        supply += sources->supply[g * markets->n_markets + market];
    }
    for (gsize row = 0; file != NULL && supply > 0.0 && row < sp_table_n_rows(file); row++) {
        Choice choice;
        if (!read_choice(file, row, &choice, error)) {
            return FALSE;
        }
        if (sp_tables_find(sources->in, choice.table) == NULL ||
            (strcmp(choice.profession, "*") != 0 &&
             sp_education_find(sources->education, choice.profession) != (gint)g)) {
            continue;
        }
        if (!read_observed(sources, &choice, g, observed, error)) {
            return FALSE;
        }
        if (newest_total(markets, observed) >= choice.coverage * supply) {
            find_levels(markets, observed, target, sd);
            return TRUE;
        }
    }
    if (file != NULL && supply > 0.0) {
        sp_quality_note(quality, "no_workplace", sources->education->ids[g], 0,
                        "no table has enough of its årsverk by place of work: its people are "
                        "placed by commuting alone");
    }
    return file != NULL;
}

gboolean sp_workplace_matrices(const SpWorkplaceSources *sources, double work[], double factor[],
                               double place_sd[], SpQuality *quality, GError **error)
{
    const SpMarkets *markets = sources->markets;
    gsize cells = markets->n_markets * markets->n_kommuner;
    g_autofree double *commuters = g_new0(double, cells);
    g_autofree double *target = g_new0(double, markets->n_kommuner);
    if (!find_commuters(sources, commuters, quality, error)) {
        return FALSE;
    }
    for (gsize g = 0; g < sources->education->n; g++) {
        const SpCommuting commuting = {.names = (const char *const *)(gpointer)markets->names,
                                       .n_markets = markets->n_markets,
                                       .n_kommuner = markets->n_kommuner,
                                       .market = markets->market,
                                       .supply = sources->supply + g * markets->n_markets,
                                       .target = target,
                                       .blend = blend,
                                       .least = least};
        double *matrix = work + g * cells;
        SpCommutingFit fit;
        memcpy(matrix, commuters, cells * sizeof *matrix);
        if (!find_target(sources, g, target, &place_sd[g * markets->n_kommuner * markets->n_days],
                         quality, error) ||
            !sp_commuting_seed(&commuting, matrix, error) ||
            !sp_commuting_rake(&commuting, matrix, factor + g * markets->n_markets, &fit, error)) {
            return FALSE;
        }
        if (!fit.is_met) {
            sp_quality_note(quality, "commuting_not_met", sources->education->ids[g], 0,
                            "too few commute for årsverk by residence and by workplace to be both "
                            "met; the municipal share of residents gives way, most in region %s, "
                            "by %.1f %%",
                            markets->names[fit.worst_at], 100.0 * fit.worst);
        }
    }
    return TRUE;
}
