/* Kommuner found in the newest period and confirmed on years that did not choose them: who is best
 * in one year is so partly by luck, which does not come again (regression to the mean). */
#include "transforms/vary/succeed.h"

#include "core/table_rows.h"
#include "transforms/vary/columns.h"
#include "transforms/vary/judged.h"
#include "transforms/vary/need.h"
#include "transforms/vary/lineage_modelled.h"
#include "transforms/vary/series.h"
#include "transforms/vary/success_basis.h"
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

/* The periods of an indicator, each judged when it is first asked for. */
typedef struct {
    const SpCountry *country;
    const SpCovariates *covariates;
    const SpSuccessRules *rules;
    const SpTimes *times;
    SpJudged **judged; /* [n of times] */
} Periods;

static const SpJudged *judged_at(const Periods *periods, gsize t)
{
    if (periods->judged[t] == NULL) {
        periods->judged[t] =
            sp_judged_new(periods->country, periods->covariates, periods->times->sheet[t]->areas,
                          &periods->rules->control, periods->rules->minimum_kommuner);
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
        const SpJudged *judged = judged_at(periods, t);
        if (sp_judged_find(judged, code, &row) && sp_judged_is_known(judged, row)) {
            tests.n_tested++;
            tests.n_confirmed += sp_judged_is_beyond(judged, row) ? 1 : 0;
        }
    }
    return tests;
}

static void add_row(SpTable *table, const SpJudged *judged, gsize from, Tests tests)
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
    sp_table_set_real(table, row, KRYMPET, judged->shrunk[from]);
    sp_table_set_real(table, row, P, judged->control[from].p);
    sp_table_set_real(table, row, Q, judged->control[from].q);
    sp_table_set_real(table, row, N_PROEVD, sp_real((double)tests.n_tested));
    sp_table_set_real(table, row, N_BEKREFTET, sp_real((double)tests.n_confirmed));
    sp_areas_flag(areas, table, row);
}

static void tell_refused(const SpJudged *judged, SpQuality *quality)
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

/* Every kommune of the newest period: could it be told of, and is it? */
static void test_kommuner(SpTable *table, const Periods *periods, SpSuccessBasis *basis)
{
    const SpSuccessRules *rules = periods->rules;
    const SpJudged *newest = judged_at(periods, periods->times->n - 1);
    for (gsize k = 0; k < newest->against->n; k++) {
        const gsize row = newest->against->row[k];
        gsize place = 0;
        if (!sp_judged_is_known(newest, row) ||
            !sp_country_place(periods->country, newest->against->kommune[row], &place)) {
            continue;
        }
        const Tests tests = test_earlier(periods, place);
        const gboolean is_found = sp_judged_is_found(newest, row, rules->minimum);
        basis->n_known++;
        basis->n_testable += tests.n_tested >= rules->confirmations ? 1 : 0;
        basis->n_found += is_found ? 1 : 0;
        if (is_found && tests.n_confirmed >= rules->confirmations) {
            basis->n_confirmed++;
            add_row(table, newest, row, tests);
        }
    }
}

static void tell_unconfirmed(const SpIndicator *indicator, const SpSuccessBasis *basis,
                             SpQuality *quality)
{
    if (basis->n_found > basis->n_confirmed) {
        sp_quality_note(quality, "success_not_confirmed", indicator->id, 0,
                        "%s: %" G_GSIZE_FORMAT " kommuner do better in %s than need and constraint "
                        "predict, but earlier periods do not confirm it; they are not told of",
                        indicator->id, basis->n_found - basis->n_confirmed, basis->period);
    }
}

/* An indicator with periods. */
static void test_indicator(SpTable *table, Periods periods, SpSuccessBasis *basis,
                           SpQuality *quality)
{
    const SpTimes *times = periods.times;
    const SpIndicator *indicator = times->sheet[0]->areas->indicator;
    basis->n_periods = times->n;
    basis->period = times->sheet[times->n - 1]->areas->period;
    if (times->n <= periods.rules->confirmations) {
        basis->state = SP_SUCCESS_FEW;
        sp_quality_note(quality, "success_untested", indicator->id, 0,
                        "periods of %s that share no data: %" G_GSIZE_FORMAT
                        "; to confirm who does well, %" G_GSIZE_FORMAT
                        " before the newest are needed, and nobody is told of",
                        indicator->id, times->n, periods.rules->confirmations);
        return;
    }
    periods.judged = g_new0(SpJudged *, times->n);
    const SpJudged *newest = judged_at(&periods, times->n - 1);
    if (newest->fit == SP_FIT_GOOD) {
        basis->state = SP_SUCCESS_TESTED;
        test_kommuner(table, &periods, basis);
        tell_unconfirmed(indicator, basis, quality);
    } else {
        basis->state = SP_SUCCESS_NO_MODEL;
        tell_refused(newest, quality);
    }
    for (gsize t = 0; t < times->n; t++) {
        sp_judged_free(periods.judged[t]);
    }
    g_free(periods.judged);
}

gboolean sp_success(const SpCountry *country, const SpCovariates *covariates,
                    const SpSuccessRules *rules, SpTables *out, SpQuality *quality, GError **error)
{
    g_autoptr(SpTable) table = sp_country_table(country, "lykkes", columns, N_COLUMNS);
    g_autoptr(SpTable) basis_table = sp_success_basis_table(country);
    Periods periods = {.country = country, .covariates = covariates, .rules = rules};
    for (guint k = 0; k < country->indicators->len; k++) {
        const SpIndicator *indicator = g_ptr_array_index(country->indicators, k);
        if (!sp_success_takes(rules, indicator)) {
            continue;
        }
        g_autoptr(GPtrArray) sheets = sp_country_sheets(country, indicator->id);
        g_autoptr(SpTimes) times = sp_times_new(sheets, rules->period_minimum_share);
        SpSuccessBasis basis = {.state = SP_SUCCESS_NO_FIGURES, .period = ""};
        periods.times = times;
        if (times->n > 0) {
            test_indicator(table, periods, &basis, quality);
        }
        sp_success_basis_add(basis_table, indicator->id, &basis, country->n);
    }
    if (!sp_table_check_unique(table, error) || !sp_table_check_unique(basis_table, error)) {
        return FALSE;
    }
    sp_tables_add(out, g_steal_pointer(&table));
    sp_tables_add(out, g_steal_pointer(&basis_table));
    return TRUE;
}

static const char *const config_keys[] = {"vary.covariate_classes", "vary.period_minimum_share",
                                          SP_SHARES_KOMMUNER,       "vary.false_discovery",
                                          "vary.success_themes",    "vary.success_minimum",
                                          "vary.success_earlier",   "vary.success_confirmations"};

static gboolean read_rules(SpSuccessRules *rules, const SpSettings *settings, GError **error)
{
    gint64 earlier = 0;
    gint64 confirmations = 0;
    gint64 minimum_kommuner = 0;
    if (!sp_settings_double(settings, "vary.period_minimum_share", 0.0, 1.0,
                            &rules->period_minimum_share, error) ||
        !sp_settings_double(settings, "vary.false_discovery", 0.0, 1.0,
                            &rules->control.false_discovery, error) ||
        !sp_settings_double(settings, "vary.success_minimum", 1e-9, 1.0, &rules->minimum, error) ||
        !sp_settings_int(settings, SP_SHARES_KOMMUNER, 0, G_MAXINT32, &minimum_kommuner, error) ||
        !sp_settings_int(settings, "vary.success_earlier", 1, G_MAXINT32, &earlier, error) ||
        !sp_settings_int(settings, "vary.success_confirmations", 1, earlier, &confirmations,
                         error)) {
        return FALSE;
    }
    rules->control.is_plain = TRUE; /* held against the model, not among kommuner */
    rules->minimum_kommuner = (gsize)minimum_kommuner;
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
    return covariates != NULL && sp_success(country, covariates, &rules, out, quality, error);
}

const SpTransform sp_transform_success = {
    .name = "success",
    .summary = "Kommuner that do better than need and constraints predict, year after year",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .run = run,
    .explain = sp_lineage_success,
};
