/* Kommuner found in the newest period and confirmed on years that did not choose them: who is best
 * in one year is so partly by luck, which does not come again (regression to the mean). */
#include "transforms/vary/succeed.h"

#include "core/table_rows.h"
#include "transforms/vary/borrow.h"
#include "transforms/vary/columns.h"
#include "transforms/vary/lineage_compared.h"
#include "transforms/vary/need.h"
#include "transforms/vary/series.h"
#include "transforms/vary/vary.h"

#include <string.h>

enum {
    INDIKATOR,
    REGION,
    PERIOD,
    VERTSKOMMUNE,
    VERDI,
    VENTET,
    FORHOLD,
    KRYMPET,
    P,
    Q,
    N_PROEVD,
    N_BEKREFTET,
    N_COLUMNS
};
static const SpColumn columns[N_COLUMNS] = {
    [INDIKATOR] = SP_VARY_INDIKATOR,
    [REGION] = SP_VARY_REGION,
    [PERIOD] = SP_VARY_PERIOD,
    [VERTSKOMMUNE] = SP_VARY_VERTSKOMMUNE,
    [VERDI] = SP_VARY_MEASURE("verdi", NULL),
    [VENTET] = SP_VARY_MEASURE("ventet", NULL),
    [FORHOLD] = SP_VARY_MEASURE("forhold", "ratio"),
    [KRYMPET] = SP_VARY_MEASURE("krympet", "ratio"),
    [P] = SP_VARY_MEASURE("p", NULL),
    [Q] = SP_VARY_MEASURE("q", NULL),
    [N_PROEVD] = SP_VARY_MEASURE("n_proevd", NULL),
    [N_BEKREFTET] = SP_VARY_MEASURE("n_bekreftet", NULL),
};

gboolean sp_success_takes(const SpSuccessRules *rules, const SpIndicator *indicator)
{
    return indicator->has_chance && indicator->direction != SP_DIRECTION_NEUTRAL &&
           g_strv_contains(rules->themes, indicator->theme);
}

/* One period of an indicator held against what need and constraint predict there. */
typedef struct {
    SpAreas *against;     /* counts as expected by the model */
    SpControl *control;   /* [n_rows] */
    SpBorrowed *borrowed; /* [n_rows] */
    SpReal together;      /* the ratio that all have to the prediction */
    gsize n, n_covariates;
    SpFit fit;
} Judged;

static void judged_free(Judged *judged)
{
    if (judged == NULL) {
        return;
    }
    sp_areas_free(judged->against);
    g_free(judged->control);
    g_free(judged->borrowed);
    g_free(judged);
}

static Judged *judge(const SpCountry *country, const SpCovariates *covariates, const SpAreas *areas,
                     const SpSuccessRules *rules)
{
    const SpBorrowForm form = {0};
    g_autoptr(SpNeed) need = sp_need_new(country, covariates, areas);
    g_autofree SpReal *predicted = g_new(SpReal, areas->n_rows);
    Judged *judged = g_new0(Judged, 1);
    g_autoptr(SpShares) shares = sp_need_counts(need);
    sp_need_predict(need, shares->predicted, predicted);
    judged->fit = shares->fit;
    judged->n = need->n;
    judged->n_covariates = need->p;
    judged->against = sp_areas_against(areas, predicted);
    judged->control = g_new0(SpControl, areas->n_rows);
    judged->borrowed = g_new0(SpBorrowed, areas->n_rows);
    sp_control(judged->against, &rules->control, judged->control);
    judged->together = sp_borrow(judged->against, &form, judged->borrowed).marshall.b;
    return judged;
}

/* The row of a kommune; FALSE when it has none. */
static gboolean find_row(const SpAreas *areas, const char *kommune, gsize *row)
{
    for (*row = 0; *row < areas->n_rows; (*row)++) {
        if (strcmp(areas->kommune[*row], kommune) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean is_found(const Judged *judged, gsize row, const SpSuccessRules *rules)
{
    const SpReal q = judged->control[row].q;
    const SpReal shrunk = judged->borrowed[row].shrunk;
    if (!sp_real_is_number(q) || !sp_real_is_number(shrunk) ||
        !sp_real_is_number(judged->together)) {
        return FALSE;
    }
    const gboolean is_high = judged->against->indicator->direction == SP_DIRECTION_GOOD_HIGH;
    const double above = shrunk.value / judged->together.value - 1.0;
    return q.value <= rules->control.false_discovery &&
           (is_high ? above : -above) >= rules->minimum;
}

static gboolean is_beyond(const Judged *judged, gsize row)
{
    const gboolean is_high = judged->against->indicator->direction == SP_DIRECTION_GOOD_HIGH;
    const char *signal = judged->control[row].signal;
    return signal != NULL && g_str_has_prefix(signal, is_high ? "over" : "under");
}

/* The periods of an indicator, each judged when it is first asked for. */
typedef struct {
    const SpCountry *country;
    const SpCovariates *covariates;
    const SpSuccessRules *rules;
    const SpTimes *times;
    Judged **judged; /* [n of times] */
} Periods;

static const Judged *judged_at(const Periods *periods, gsize t)
{
    if (periods->judged[t] == NULL) {
        periods->judged[t] = judge(periods->country, periods->covariates,
                                   periods->times->sheet[t]->areas, periods->rules);
    }
    return periods->judged[t];
}

typedef struct {
    gsize n_tested, n_confirmed;
} Tests;

/* The kommune's own points before the newest, since the last break: a figure from before one tells
 * of something else. */
static Tests test_earlier(const Periods *periods, gsize kommune)
{
    const char *code = periods->country->kommune[kommune];
    g_autoptr(SpSeries) series = sp_series_of_kommune(periods->times, kommune);
    Tests tests = {0, 0};
    for (gsize t = periods->times->n - 1; t-- > 0 && tests.n_tested < periods->rules->earlier;) {
        const char *period = periods->times->sheet[t]->areas->period;
        gsize point = series->breaks;
        while (point < series->n && strcmp(series->period[point], period) != 0) {
            point++;
        }
        gsize row = 0;
        if (point == series->n) {
            continue;
        }
        const Judged *judged = judged_at(periods, t);
        if (find_row(judged->against, code, &row) && sp_real_is_number(judged->control[row].p)) {
            tests.n_tested++;
            tests.n_confirmed += is_beyond(judged, row) ? 1 : 0;
        }
    }
    return tests;
}

static void add_row(SpTable *table, const Judged *judged, gsize from, Tests tests)
{
    const SpAreas *areas = judged->against;
    const gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, INDIKATOR, areas->indicator->id);
    sp_table_set_code(table, row, REGION, areas->kommune[from]);
    sp_table_set_code(table, row, PERIOD, areas->period);
    sp_table_set_code(table, row, VERTSKOMMUNE, areas->vertskommune[from]);
    sp_table_set_real(table, row, VERDI, areas->verdi[from]);
    sp_table_set_real(table, row, VENTET, sp_areas_as_value(areas, from, areas->forventet[from]));
    sp_table_set_real(table, row, FORHOLD,
                      sp_real_rate(areas->teller[from], areas->forventet[from], 1.0));
    sp_table_set_real(table, row, KRYMPET, judged->borrowed[from].shrunk);
    sp_table_set_real(table, row, P, judged->control[from].p);
    sp_table_set_real(table, row, Q, judged->control[from].q);
    sp_table_set_real(table, row, N_PROEVD, sp_real((double)tests.n_tested));
    sp_table_set_real(table, row, N_BEKREFTET, sp_real((double)tests.n_confirmed));
}

static void tell_refused(const Judged *judged, SpQuality *quality)
{
    const SpAreas *areas = judged->against;
    g_autofree char *subject = g_strdup_printf("%s %s lykkes", areas->indicator->id, areas->period);
    sp_quality_note(quality, "method_refused", subject, 0,
                    "who does better on %s than need and constraint predict is not told: no model "
                    "of %" G_GSIZE_FORMAT " kommuner and %" G_GSIZE_FORMAT
                    " covariates in %s: %s (docs/methods/variation.md#shares)",
                    areas->indicator->id, judged->n, judged->n_covariates, areas->period,
                    sp_fit_word(judged->fit));
}

static void add_found(SpTable *table, const Periods *periods, SpQuality *quality)
{
    const SpSuccessRules *rules = periods->rules;
    const Judged *newest = judged_at(periods, periods->times->n - 1);
    const char *id = newest->against->indicator->id;
    gsize n_lost = 0;
    if (newest->fit != SP_FIT_GOOD) {
        tell_refused(newest, quality);
        return;
    }
    for (gsize k = 0; k < newest->against->n; k++) {
        const gsize row = newest->against->row[k];
        gsize place = 0;
        if (!is_found(newest, row, rules) ||
            !sp_country_place(periods->country, newest->against->kommune[row], &place)) {
            continue;
        }
        const Tests tests = test_earlier(periods, place);
        if (tests.n_confirmed >= rules->confirmations) {
            add_row(table, newest, row, tests);
        } else {
            n_lost++;
        }
    }
    if (n_lost > 0) {
        sp_quality_note(quality, "success_not_confirmed", id, 0,
                        "%s: %" G_GSIZE_FORMAT " kommuner do better in %s than need and constraint "
                        "predict, but earlier periods do not confirm it; they are not told of",
                        id, n_lost, newest->against->period);
    }
}

static void add_indicator(SpTable *table, Periods periods, const SpIndicator *indicator,
                          SpQuality *quality)
{
    g_autoptr(GPtrArray) sheets = sp_country_sheets(periods.country, indicator->id);
    g_autoptr(SpTimes) times = sp_times_new(sheets, periods.rules->period_minimum_share);
    if (times->n == 0) {
        return;
    }
    if (times->n <= periods.rules->confirmations) {
        sp_quality_note(quality, "success_untested", indicator->id, 0,
                        "periods of %s that share no data: %" G_GSIZE_FORMAT
                        "; to confirm who does well, %" G_GSIZE_FORMAT
                        " before the newest are needed, and nobody is told of",
                        indicator->id, times->n, periods.rules->confirmations);
        return;
    }
    periods.times = times;
    periods.judged = g_new0(Judged *, times->n);
    add_found(table, &periods, quality);
    for (gsize t = 0; t < times->n; t++) {
        judged_free(periods.judged[t]);
    }
    g_free(periods.judged);
}

SpTable *sp_success_table(const SpCountry *country, const SpCovariates *covariates,
                          const SpSuccessRules *rules, SpQuality *quality, GError **error)
{
    g_autoptr(SpTable) table = sp_country_table(country, "lykkes", columns, N_COLUMNS);
    const Periods periods = {.country = country, .covariates = covariates, .rules = rules};
    for (guint k = 0; k < country->indicators->len; k++) {
        const SpIndicator *indicator = g_ptr_array_index(country->indicators, k);
        if (sp_success_takes(rules, indicator)) {
            add_indicator(table, periods, indicator, quality);
        }
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}

static const char *const config_keys[] = {"vary.covariate_classes",    "vary.period_minimum_share",
                                          "vary.false_discovery",      "vary.success_themes",
                                          "vary.success_minimum",      "vary.success_earlier",
                                          "vary.success_confirmations"};

static gboolean read_rules(SpSuccessRules *rules, const SpSettings *settings, GError **error)
{
    gint64 earlier = 0;
    gint64 confirmations = 0;
    if (!sp_settings_double(settings, "vary.period_minimum_share", 0.0, 1.0,
                            &rules->period_minimum_share, error) ||
        !sp_settings_double(settings, "vary.false_discovery", 0.0, 1.0,
                            &rules->control.false_discovery, error) ||
        !sp_settings_double(settings, "vary.success_minimum", 1e-9, 1.0, &rules->minimum, error) ||
        !sp_settings_int(settings, "vary.success_earlier", 1, G_MAXINT32, &earlier, error) ||
        !sp_settings_int(settings, "vary.success_confirmations", 1, earlier, &confirmations,
                         error)) {
        return FALSE;
    }
    rules->control.minimum_kommuner = G_MAXUINT; /* held against the model, not among kommuner */
    rules->earlier = (gsize)earlier;
    rules->confirmations = (gsize)confirmations;
    return TRUE;
}

static gboolean run(const SpTables *in, const SpSettings *settings, SpTables *out,
                    SpQuality *quality, GError **error)
{
    SpSuccessRules rules = {0};
    SpCovariateRules covariate_rules = {0};
    g_auto(GStrv) themes = sp_settings_list(settings, "vary.success_themes", error);
    g_auto(GStrv) classes =
        themes != NULL ? sp_settings_list(settings, "vary.covariate_classes", error) : NULL;
    if (classes == NULL || !read_rules(&rules, settings, error)) {
        return FALSE;
    }
    rules.themes = (const char *const *)themes;
    covariate_rules.classes = (const char *const *)classes;
    covariate_rules.minimum_share = rules.period_minimum_share;
    g_autoptr(SpQuality) told_elsewhere = sp_quality_new(); /* by sp_transform_shares */
    g_autoptr(SpCountry) country = sp_country_new(in, error);
    g_autoptr(SpCovariates) covariates =
        country != NULL ? sp_covariates_new(country, &covariate_rules, told_elsewhere, error)
                        : NULL;
    SpTable *table =
        covariates != NULL ? sp_success_table(country, covariates, &rules, quality, error) : NULL;
    if (table == NULL) {
        return FALSE;
    }
    sp_tables_add(out, table);
    return TRUE;
}

const SpTransform sp_transform_success = {
    .name = "success",
    .summary = "Kommuner that do better than need and constraints predict, year after year",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .run = run,
    .explain = sp_lineage_success,
};
