/* From rules to rows of `kontroll`. */
#include "transforms/normalise/controls/apply.h"

#include "core/error.h"
#include "core/rollup.h"
#include "core/table_rows.h"
#include "transforms/normalise/controls/ranking.h"
#include "transforms/normalise/controls/ratio.h"
#include "transforms/normalise/controls/regression.h"
#include "transforms/normalise/controls/rules.h"

#include <string.h>

enum { DATASET, TABELL, MAAL, KONTROLL, MOT, CELLE, REGION, PERIOD, UTFALL, VERDI, NEDRE, OEVRE };

SpTable *sp_controls_table(void)
{
    static const SpColumn columns[] = {
        [DATASET] = {.name = "dataset", .is_key = TRUE},
        [TABELL] = {.name = "tabell", .is_key = TRUE},
        [MAAL] = {.name = "maal", .is_key = TRUE},
        [KONTROLL] = {.name = "kontroll", .is_key = TRUE},
        [MOT] = {.name = "mot", .is_key = TRUE},
        [CELLE] = {.name = "celle", .is_key = TRUE},
        [REGION] = {.name = "region", .is_key = TRUE, .classification = "kommune"},
        [PERIOD] = {.name = "period", .is_key = TRUE, .classification = "period"},
        [UTFALL] = {.name = "utfall"},
        [VERDI] = {.name = "verdi", .kind = SP_COLUMN_MEASURE},
        [NEDRE] = {.name = "nedre", .kind = SP_COLUMN_MEASURE},
        [OEVRE] = {.name = "oevre", .kind = SP_COLUMN_MEASURE},
    };
    return sp_table_new("kontroll", columns, G_N_ELEMENTS(columns));
}

/* One rule at work on the units [first, first + n) of one stratum. */
typedef struct {
    const SpControlRule *rule;
    const char *dataset;
    const SpControlUnits *units;
    gsize first;
    gsize n;
    SpTable *out;
    SpJudge *judge;
    /* Over all strata: */
    guint64 n_outside;
    guint64 n_compared;
} Work;

static gsize add_row(const Work *work, gsize unit, const char *region, const char *outcome)
{
    gsize row = sp_table_add_row(work->out);
    const char *against = work->rule->against;
    sp_table_set_code(work->out, row, DATASET, work->dataset);
    sp_table_set_code(work->out, row, TABELL, work->rule->table);
    sp_table_set_code(work->out, row, MAAL, work->rule->measure);
    sp_table_set_code(work->out, row, KONTROLL, work->rule->control);
    sp_table_set_code(work->out, row, MOT, against != NULL ? against : "previous");
    sp_table_set_code(work->out, row, CELLE, work->units->cells[unit]);
    sp_table_set_code(work->out, row, REGION, region);
    sp_table_set_code(work->out, row, PERIOD, work->units->period);
    sp_table_set_code(work->out, row, UTFALL, outcome);
    for (gsize column = VERDI; column <= OEVRE; column++) {
        sp_table_set_real(work->out, row, column, sp_real_none(SP_NOT_APPLICABLE));
    }
    return row;
}

static void add_figures(const Work *work, gsize row, double value, double lower, double upper)
{
    sp_table_set_real(work->out, row, VERDI, sp_real(value));
    sp_table_set_real(work->out, row, NEDRE, sp_real(lower));
    sp_table_set_real(work->out, row, OEVRE, sp_real(upper));
}

static void take_controlled(Work *work, const SpControlled results[])
{
    for (gsize i = 0; i < work->n; i++) {
        gsize unit = work->first + i;
        work->n_compared += results[i].is_compared ? 1 : 0;
        work->n_outside += results[i].is_outside ? 1 : 0;
        if (results[i].is_outside) {
            gsize row = add_row(work, unit, work->units->regions[unit], "utenfor");
            add_figures(work, row, results[i].value, results[i].lower, results[i].upper);
        }
    }
}

static void apply_hb(Work *work)
{
    g_autofree SpControlled *results = g_new0(SpControlled, work->n);
    const SpHbForm form = {.power = sp_control_parameter(work->rule, "pU", 0.5),
                           .spread = sp_control_parameter(work->rule, "pA", 0.05),
                           .factor = sp_control_parameter(work->rule, "pC", 20.0)};
    (void)sp_control_hb(work->n, work->units->x1 + work->first, work->units->x2 + work->first,
                        &form, results, NULL);
    take_controlled(work, results);
}

static void apply_thousand(Work *work)
{
    g_autofree SpControlled *results = g_new0(SpControlled, work->n);
    sp_control_thousand(work->n, work->units->x1 + work->first, work->units->x2 + work->first,
                        sp_control_parameter(work->rule, "lower", -2.5),
                        sp_control_parameter(work->rule, "upper", 2.5), results);
    take_controlled(work, results);
}

/* The package's rule: limits from the whole file even when the report is by stratum. */
static void apply_quartile(Work *work)
{
    g_autofree SpControlled *results = g_new0(SpControlled, work->n);
    const char *cell = work->units->cells[work->first];
    gsize from = work->first;
    gsize to = work->first + work->n;
    SpQuartileLimits limits;
    while (from > 0 && strcmp(work->units->cells[from - 1], cell) == 0) {
        from--;
    }
    while (to < work->units->n && strcmp(work->units->cells[to], cell) == 0) {
        to++;
    }
    if (sp_control_quartile_limits(to - from, work->units->x1 + from, work->units->x2 + from,
                                   sp_control_parameter(work->rule, "pKL", 1.5),
                                   sp_control_parameter(work->rule, "pKU", 1.5), &limits)) {
        sp_control_quartile(work->n, work->units->x1 + work->first, work->units->x2 + work->first,
                            &limits, results);
    }
    take_controlled(work, results);
}

/* A unit that a ranking lists, and by which figure. */
static void list(Work *work, gsize unit, SpReal figure)
{
    gsize row = add_row(work, unit, work->units->regions[unit], "listet");
    sp_table_set_real(work->out, row, VERDI, figure);
}

static void apply_rank(Work *work)
{
    g_autofree SpControlRank *ranks = g_new0(SpControlRank, work->n);
    sp_control_rank(work->n, work->units->x2 + work->first, work->units->x1 + work->first,
                    (guint)sp_control_parameter(work->rule, "n", 5.0), ranks);
    for (gsize i = 0; i < work->n; i++) {
        if (ranks[i].is_listed) {
            list(work, work->first + i, work->units->x1[work->first + i]);
        }
    }
}

static void apply_difference(Work *work)
{
    g_autofree SpControlDifference *differences = g_new0(SpControlDifference, work->n);
    sp_control_difference(work->n, work->units->x2 + work->first, work->units->x1 + work->first,
                          (guint)sp_control_parameter(work->rule, "n", 5.0), differences);
    for (gsize i = 0; i < work->n; i++) {
        if (differences[i].is_listed) {
            list(work, work->first + i, sp_real(differences[i].difference));
        }
    }
}

static void apply_sums(Work *work)
{
    SpControlSums sums =
        sp_control_sums(work->n, work->units->x2 + work->first, work->units->x1 + work->first);
    if (sums.n_both == 0 || sums.both_x == 0.0) {
        return;
    }
    const char *stratum = work->units->strata[work->first];
    const char *cell = work->units->cells[work->first];
    const char *region = *stratum != '\0' ? stratum : SP_REGION_COUNTRY_SUM;
    g_autofree char *subject = g_strdup_printf("sums %s %s%s%s", work->rule->measure, region,
                                               *cell != '\0' ? " " : "", cell);
    SpVerdict verdict = sp_judge_change(work->judge, "control", subject, sums.both_x, sums.both_y,
                                        &work->rule->limits);
    gsize row = add_row(work, work->first, region, sp_verdict_word(verdict));
    add_figures(work, row, sums.both_y / sums.both_x - 1.0, -work->rule->limits.warn,
                work->rule->limits.warn);
}

static void apply_regression(Work *work)
{
    g_autofree SpLineUnit *units = g_new0(SpLineUnit, work->n);
    const char *model = g_hash_table_lookup(work->rule->parameters, "model");
    SpLineForm form = {.kind = SP_LINE_ORDINARY,
                       .limit_model = sp_control_parameter(work->rule, "limit_model", 4.5),
                       .limit_outlier = sp_control_parameter(work->rule, "limit_outlier", 2.5)};
    SpLine line;
    (void)sp_line_kind_find(model != NULL ? model : "ordinary", &form.kind);
    if (!sp_control_regression(work->n, work->units->x2 + work->first,
                               work->units->x1 + work->first, &form, &line, units)) {
        return;
    }
    for (gsize i = 0; i < work->n; i++) {
        gsize unit = work->first + i;
        work->n_compared += units[i].is_compared ? 1 : 0;
        work->n_outside += units[i].is_outlier ? 1 : 0;
        if (units[i].is_outlier) {
            gsize row = add_row(work, unit, work->units->regions[unit], "utenfor");
            add_figures(work, row, units[i].residual, -form.limit_outlier, form.limit_outlier);
        }
    }
}

static const struct {
    const char *name;
    void (*apply)(Work *work);
    gboolean is_judged_by_share;
} kernels[] = {
    {"hb", apply_hb, TRUE},
    {"thousand", apply_thousand, TRUE},
    {"quartile", apply_quartile, TRUE},
    {"rank", apply_rank, FALSE},
    {"difference", apply_difference, FALSE},
    {"sums", apply_sums, FALSE},
    {"regression", apply_regression, TRUE},
};

/* The units of one cell and stratum at a time. */
static void apply_by_stratum(Work *work, void (*apply)(Work *work))
{
    const SpControlUnits *units = work->units;
    for (work->first = 0; work->first < units->n; work->first += work->n) {
        work->n = 1;
        while (work->first + work->n < units->n &&
               strcmp(units->cells[work->first], units->cells[work->first + work->n]) == 0 &&
               strcmp(units->strata[work->first], units->strata[work->first + work->n]) == 0) {
            work->n++;
        }
        apply(work);
    }
}

static void apply_rule(Work *work)
{
    for (gsize i = 0; i < G_N_ELEMENTS(kernels); i++) {
        if (strcmp(kernels[i].name, work->rule->control) != 0) {
            continue;
        }
        apply_by_stratum(work, kernels[i].apply);
        if (kernels[i].is_judged_by_share) {
            const char *against = work->rule->against;
            g_autofree char *subject =
                g_strdup_printf("%s %s %s", work->rule->control, work->rule->measure,
                                against != NULL ? against : "previous");
            (void)sp_judge_share(work->judge, "control", subject,
                                 (SpShare){work->n_outside, work->n_compared,
                                           "kommuner are outside their limits (table kontroll)"},
                                 &work->rule->limits);
        }
    }
}

gboolean sp_controls_check(const SpControls *controls, const SpTables *facts, GError **error)
{
    g_autoptr(GPtrArray) rules = sp_control_rules_of(controls->rules, controls->dataset, error);
    for (guint i = 0; rules != NULL && i < rules->len; i++) {
        const SpControlRule *rule = rules->pdata[i];
        if (sp_tables_find(facts, rule->table) == NULL) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "config/kontroller.csv: row %" G_GSIZE_FORMAT
                                ": %s makes no table %s",
                                rule->row, controls->dataset, rule->table);
        }
    }
    return rules != NULL;
}

gboolean sp_controls_apply(const SpControls *controls, const SpTable *facts, SpTable *kontroll,
                           SpJudge *judge, GError **error)
{
    g_autoptr(GPtrArray) rules = sp_control_rules_of(controls->rules, controls->dataset, error);
    if (rules == NULL) {
        return FALSE;
    }
    for (guint i = 0; i < rules->len; i++) {
        const SpControlRule *rule = rules->pdata[i];
        if (strcmp(rule->table, sp_table_name(facts)) != 0) {
            continue;
        }
        g_autoptr(GError) failure = NULL;
        g_autoptr(SpControlUnits) units =
            sp_control_units_new(rule, facts, controls->regions, &failure);
        if (failure != NULL) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return FALSE;
        }
        if (units != NULL) {
            Work work = {.rule = rule,
                         .dataset = controls->dataset,
                         .units = units,
                         .out = kontroll,
                         .judge = judge};
            apply_rule(&work);
        }
    }
    if (!sp_table_check_unique(kontroll, error)) {
        g_prefix_error(error, "config/kontroller.csv: two rows ask for the same control: ");
        return FALSE;
    }
    return TRUE;
}
