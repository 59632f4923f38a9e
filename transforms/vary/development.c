/* Trends and breaks of indicators, area by area. */
#include "transforms/vary/development.h"

#include "core/rollup.h"
#include "core/table_rows.h"
#include "transforms/vary/funnel/discovery.h"
#include "transforms/vary/columns.h"
#include "transforms/vary/lineage_compared.h"
#include "transforms/vary/series.h"
#include "transforms/vary/trend/blocks.h"
#include "transforms/vary/trend/breaks.h"
#include "transforms/vary/trend/kendall.h"
#include "transforms/vary/trend/rates.h"
#include "transforms/vary/trend/walk.h"
#include "transforms/vary/vary.h"

#include <math.h>
#include <string.h>

enum {
    INDIKATOR,
    REGION,
    FRA,
    TIL,
    BRUDD,
    VURDERING,
    N_KOMMUNER,
    N_PUNKTER,
    FOERSTE,
    SISTE,
    STIGNING,
    STIGNING_NEDRE,
    STIGNING_OEVRE,
    TAU,
    P_TREND,
    Q_TREND,
    P_BLOKK,
    P_VANDRING,
    AARLIG,
    AARLIG_NEDRE,
    AARLIG_OEVRE,
    P_ANDEL,
    P_BRUDD,
    NIVAASKIFT,
    N_COLUMNS
};
#define PERIOD(word)                                                                               \
    {                                                                                              \
        .name = (word), .kind = SP_COLUMN_CODE, .classification = "period"                         \
    }
static const SpColumn columns[N_COLUMNS] = {
    [INDIKATOR] = SP_VARY_INDIKATOR,
    [REGION] = SP_VARY_REGION,
    [FRA] = PERIOD("fra"),
    [TIL] = PERIOD("til"),
    [BRUDD] = PERIOD("brudd"),
    [VURDERING] = {.name = "vurdering", .kind = SP_COLUMN_CODE, .classification = "vurdering"},
    [N_KOMMUNER] = SP_VARY_MEASURE("n_kommuner", "kommuner"),
    [N_PUNKTER] = SP_VARY_MEASURE("n_punkter", NULL),
    [FOERSTE] = SP_VARY_MEASURE("foerste", NULL),
    [SISTE] = SP_VARY_MEASURE("siste", NULL),
    [STIGNING] = SP_VARY_MEASURE("stigning", NULL),
    [STIGNING_NEDRE] = SP_VARY_MEASURE("stigning_nedre", NULL),
    [STIGNING_OEVRE] = SP_VARY_MEASURE("stigning_oevre", NULL),
    [TAU] = SP_VARY_MEASURE("tau", NULL),
    [P_TREND] = SP_VARY_MEASURE("p_trend", NULL),
    [Q_TREND] = SP_VARY_MEASURE("q_trend", NULL),
    [P_BLOKK] = SP_VARY_MEASURE("p_blokk", NULL),
    [P_VANDRING] = SP_VARY_MEASURE("p_vandring", NULL),
    [AARLIG] = SP_VARY_MEASURE("aarlig_endring", "share"),
    [AARLIG_NEDRE] = SP_VARY_MEASURE("aarlig_endring_nedre", "share"),
    [AARLIG_OEVRE] = SP_VARY_MEASURE("aarlig_endring_oevre", "share"),
    [P_ANDEL] = SP_VARY_MEASURE("p_andel", NULL),
    [P_BRUDD] = SP_VARY_MEASURE("p_brudd", NULL),
    [NIVAASKIFT] = SP_VARY_MEASURE("nivaaskift", NULL),
};

static void set_none(SpTable *table, gsize row, gsize first, gsize last, SpStatus status)
{
    for (gsize column = first; column <= last; column++) {
        sp_table_set_real(table, row, column, sp_real_none(status));
    }
}

/* Counts over a population: what the law of chance allows to be said of their change. */
static void set_counts(SpTable *table, gsize row, const SpIndicator *indicator,
                       const SpSeries *series, gboolean is_long)
{
    const gsize from = series->breaks;
    const gsize n = series->n - from;
    const gboolean is_rate = indicator->has_chance && !indicator->is_part;
    const gboolean is_share = indicator->has_chance && indicator->kind == SP_KIND_SHARE;
    set_none(table, row, AARLIG, AARLIG_OEVRE, is_rate ? SP_MISSING : SP_NOT_APPLICABLE);
    set_none(table, row, P_ANDEL, P_ANDEL, is_share ? SP_MISSING : SP_NOT_APPLICABLE);
    if (is_long && is_rate) {
        const SpLogLinear line = sp_trend_log_linear(
            n, series->time + from, series->observed + from, series->population + from);
        sp_table_set_real(table, row, AARLIG, line.change);
        sp_table_set_real(table, row, AARLIG_NEDRE, line.change_low);
        sp_table_set_real(table, row, AARLIG_OEVRE, line.change_high);
    } else if (is_long && is_share) {
        sp_table_set_real(table, row, P_ANDEL,
                          sp_trend_armitage(n, series->time + from, series->observed + from,
                                            series->population + from)
                              .p_wide);
    }
}

static void set_trend(SpTable *table, gsize row, const SpSeries *series,
                      const SpDevelopmentRules *rules, SpRandom key)
{
    const gsize from = series->breaks;
    const gsize n = series->n - from;
    const SpKendall kendall = sp_trend_kendall(n, series->value + from);
    const SpSen sen = sp_trend_sen(n, series->time + from, series->value + from);
    sp_table_set_real(table, row, STIGNING, sen.slope);
    sp_table_set_real(table, row, STIGNING_NEDRE, sen.low);
    sp_table_set_real(table, row, STIGNING_OEVRE, sen.high);
    sp_table_set_real(table, row, TAU, kendall.tau_b);
    sp_table_set_real(table, row, P_TREND, kendall.p);
    sp_table_set_real(table, row, P_VANDRING,
                      sp_trend_walk(n, series->time + from, series->value + from));
    if (rules->replicates > 0) {
        sp_table_set_real(table, row, P_BLOKK,
                          sp_trend_blocks(n, series->value + from, 0, key, rules->replicates));
    }
}

/* Chow's test at the newest break that a table names and nowhere else, over the points since the
 * break before it: those before that one lie on a line of their own. */
static void set_break(SpTable *table, gsize row, const SpSeries *series)
{
    if (series->breaks == 0) {
        set_none(table, row, P_BRUDD, NIVAASKIFT, SP_NOT_APPLICABLE);
        return;
    }
    const gsize from = series->previous;
    const SpChow chow = sp_trend_chow(series->n - from, series->time + from, series->value + from,
                                      series->time[series->breaks]);
    sp_table_set_code(table, row, BRUDD, series->period[series->breaks]);
    sp_table_set_real(table, row, P_BRUDD, chow.p);
    sp_table_set_real(table, row, NIVAASKIFT, chow.level);
}

/* A fylke or the country is told from the second point on, a kommune when it may have a trend. */
enum { LEAST_POINTS = 2 };

/* Takes the series. Adds no row when it has fewer points than `least`. */
static void add_series(SpTable *table, const SpIndicator *indicator, const char *region,
                       SpSeries *series, gsize least, const SpDevelopmentRules *rules)
{
    g_autoptr(SpSeries) owned = series;
    if (owned->n < least) {
        return;
    }
    const gsize row = sp_table_add_row(table);
    const gsize from = owned->breaks;
    sp_table_set_code(table, row, INDIKATOR, indicator->id);
    sp_table_set_code(table, row, REGION, region);
    sp_table_set_code(table, row, FRA, owned->period[from]);
    sp_table_set_code(table, row, TIL, owned->period[owned->n - 1]);
    sp_table_set_real(table, row, N_KOMMUNER,
                      owned->is_own ? sp_real_none(SP_NOT_APPLICABLE)
                                    : sp_real((double)owned->n_kommuner));
    sp_table_set_real(table, row, N_PUNKTER, sp_real((double)(owned->n - from)));
    sp_table_set_real(table, row, FOERSTE, sp_real_flagged(owned->value[from], owned->flags[from]));
    sp_table_set_real(table, row, SISTE,
                      sp_real_flagged(owned->value[owned->n - 1], owned->flags[owned->n - 1]));
    set_break(table, row, owned);
    const gboolean is_long = owned->n - from >= rules->minimum_points;
    set_counts(table, row, indicator, owned, is_long);
    if (is_long) {
        const SpRandom key = sp_random_named(sp_random_named(rules->key, indicator->id), region);
        set_trend(table, row, owned, rules, key);
    }
}

/* A change worth a sentence: certain, and as large as the catalogue asks for. */
static const char *judge(const SpTable *table, gsize row, const SpIndicator *indicator,
                         double false_discoveries)
{
    const SpReal q = sp_table_real(table, row, Q_TREND);
    const SpReal slope = sp_table_real(table, row, STIGNING);
    SpPeriod from;
    SpPeriod to;
    if (!(indicator->minimum_change > 0.0) || !sp_real_is_number(q) || !sp_real_is_number(slope) ||
        !sp_period_parse(sp_table_code(table, row, FRA), &from) ||
        !sp_period_parse(sp_table_code(table, row, TIL), &to)) {
        return "";
    }
    if (q.value > false_discoveries) {
        return "usikker";
    }
    const double years = (double)(sp_day_year(to.last) - sp_day_year(from.last));
    if (fabs(slope.value) * years < indicator->minimum_change) {
        return "liten";
    }
    return slope.value > 0.0 ? "opp" : "ned";
}

/* A change must be clear both among independent years and among years that wander. */
static SpReal clear_of_both(SpReal trend, SpReal walk)
{
    if (!sp_real_is_number(trend) || !sp_real_is_number(walk)) {
        return sp_real_none(SP_MISSING);
    }
    return sp_real(fmax(trend.value, walk.value));
}

/* The rows from `first` on are one family: the nation's kommuner, or its fylker. */
static void discover(SpTable *table, gsize first, const SpIndicator *indicator,
                     double false_discoveries)
{
    const gsize n = sp_table_n_rows(table) - first;
    g_autofree SpReal *p = g_new(SpReal, n);
    g_autofree SpReal *q = g_new(SpReal, n);
    for (gsize k = 0; k < n; k++) {
        p[k] = clear_of_both(sp_table_real(table, first + k, P_TREND),
                             sp_table_real(table, first + k, P_VANDRING));
    }
    sp_discovery(n, p, q);
    for (gsize k = 0; k < n; k++) {
        sp_table_set_real(table, first + k, Q_TREND, q[k]);
        sp_table_set_code(table, first + k, VURDERING,
                          judge(table, first + k, indicator, false_discoveries));
    }
}

/* Fylker in the order of their first kommune. */
static GPtrArray *fylker_of(const SpCountry *country)
{
    const char *const *fylke = country->group[SP_GROUPING_FYLKE];
    GPtrArray *fylker = g_ptr_array_new();
    for (gsize i = 0; i < country->n; i++) {
        if (*fylke[i] != '\0' &&
            !g_ptr_array_find_with_equal_func(fylker, fylke[i], g_str_equal, NULL)) {
            g_ptr_array_add(fylker, (char *)fylke[i]);
        }
    }
    return fylker;
}

static void add_indicator(SpTable *table, const SpCountry *country, const SpIndicator *indicator,
                          const SpDevelopmentRules *rules)
{
    g_autoptr(GPtrArray) sheets = sp_country_sheets(country, indicator->id);
    g_autoptr(SpTimes) times = sp_times_new(sheets, rules->period_minimum_share);
    g_autoptr(GPtrArray) fylker = fylker_of(country);
    g_autofree gboolean *is_member = g_new(gboolean, country->n);
    const gsize begin = sp_table_n_rows(table);
    gsize first = begin;
    for (gsize i = 0; i < country->n; i++) {
        add_series(table, indicator, country->kommune[i], sp_series_of_kommune(times, i),
                   rules->minimum_points, rules);
    }
    discover(table, first, indicator, rules->false_discoveries);
    first = sp_table_n_rows(table);
    for (guint f = 0; f < fylker->len; f++) {
        for (gsize i = 0; i < country->n; i++) {
            is_member[i] = strcmp(country->group[SP_GROUPING_FYLKE][i], fylker->pdata[f]) == 0;
        }
        add_series(table, indicator, fylker->pdata[f],
                   sp_series_of_members(times, country->n, is_member, rules->members_minimum_share),
                   LEAST_POINTS, rules);
    }
    discover(table, first, indicator, rules->false_discoveries);
    first = sp_table_n_rows(table);
    add_series(table, indicator, SP_REGION_COUNTRY_CODE,
               sp_series_of_country(times, country->n, rules->members_minimum_share), LEAST_POINTS,
               rules);
    discover(table, first, indicator, rules->false_discoveries);
    for (gsize row = begin; row < sp_table_n_rows(table); row++) {
        sp_areas_flag(times->sheet[times->n - 1]->areas, table, row);
    }
}

SpTable *sp_development_table(const SpCountry *country, const SpDevelopmentRules *rules,
                              GError **error)
{
    g_autoptr(SpTable) table = sp_country_table(country, "utvikling", columns, N_COLUMNS);
    for (guint k = 0; k < country->indicators->len; k++) {
        add_indicator(table, country, g_ptr_array_index(country->indicators, k), rules);
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}

static const char *const config_keys[] = {"vary.period_minimum_share", "vary.trend_members_share",
                                          "vary.trend_minimum_points", "vary.false_discovery",
                                          "vary.bootstrap_replicates", "vary.seed"};

static gboolean read_rules(SpDevelopmentRules *rules, const SpSettings *settings, GError **error)
{
    gint64 points = 0;
    gint64 replicates = 0;
    gint64 seed = 0;
    if (!sp_settings_double(settings, "vary.period_minimum_share", 0.0, 1.0,
                            &rules->period_minimum_share, error) ||
        !sp_settings_double(settings, "vary.trend_members_share", 0.0, 1.0,
                            &rules->members_minimum_share, error) ||
        !sp_settings_int(settings, "vary.trend_minimum_points", 3, G_MAXINT32, &points, error) ||
        !sp_settings_double(settings, "vary.false_discovery", 0.0, 1.0, &rules->false_discoveries,
                            error) ||
        !sp_settings_int(settings, "vary.bootstrap_replicates", 0, G_MAXINT32, &replicates,
                         error) ||
        !sp_settings_int(settings, "vary.seed", 0, G_MAXINT64, &seed, error)) {
        return FALSE;
    }
    rules->minimum_points = (gsize)points;
    rules->replicates = (guint)replicates;
    rules->key = sp_random_named(sp_random_seed((guint64)seed), "utvikling");
    return TRUE;
}

static gboolean run(const SpTables *in, const SpSettings *settings, SpTables *out,
                    SpQuality *quality, GError **error)
{
    SpDevelopmentRules rules;
    (void)quality;
    g_autoptr(SpCountry) country =
        read_rules(&rules, settings, error) ? sp_country_new(in, error) : NULL;
    SpTable *table = country != NULL ? sp_development_table(country, &rules, error) : NULL;
    if (table == NULL) {
        return FALSE;
    }
    sp_tables_add(out, table);
    return TRUE;
}

const SpTransform sp_transform_development = {
    .name = "development",
    .summary = "Trends and breaks of indicators",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .run = run,
    .explain = sp_lineage_development,
};
