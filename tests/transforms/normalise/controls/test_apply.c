/* Controls on facts, by the rows of a file. */
#include "tests/core/rows.h"

#include "transforms/normalise/controls/apply.h"

#define RULES                                                                                      \
    "dataset:attribute table:attribute measure:attribute control:attribute against:attribute "     \
    "where:attribute by:attribute stratum:attribute parameters:attribute limits:attribute"

/* TABLE's cells hold no blank: a tilde stands for one. */
static SpTable *rules_of(const char *row)
{
    SpTable *rules = table_of("kontroller", RULES, 1, &row);
    for (gsize column = 0; column < sp_table_n_columns(rules); column++) {
        g_autofree char *text = g_strdup(sp_table_code(rules, 0, column));
        sp_table_set_code(rules, 0, column, g_strdelimit(text, "~", ' '));
    }
    return rules;
}

typedef struct {
    SpQuality *quality;
    SpJudge judge;
    SpTable *out;
    GError *error;
    gboolean is_done;
} Applied;

static void applied_clear(Applied *applied)
{
    sp_judge_clear(&applied->judge);
    sp_quality_free(applied->quality);
    sp_table_free(applied->out);
    g_clear_error(&applied->error);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Applied, applied_clear)

static Applied apply(const char *rule, const SpTable *facts)
{
    g_autoptr(SpTable) rules = rules_of(rule);
    g_autoptr(SpTable) regions =
        TABLE("region", "region:key slag:attribute fylke:attribute kostragruppe:attribute",
              "0 landet _ _", "0301 kommune 03 EKG13", "03 fylke 03 _", "1103 kommune 11 EKG12",
              "1508 kommune 15 EKG12", "1580 kommune 15 EKG12");
    Applied applied = {.quality = sp_quality_new(), .out = sp_controls_table()};
    sp_judge_init(&applied.judge, applied.quality, 1);
    applied.is_done = sp_controls_apply(&(SpControls){rules, "tabular/t", regions}, facts,
                                        applied.out, &applied.judge, &applied.error);
    return applied;
}

#define FACTS "region:key period:key n:sum m:sum"

static void a_figure_in_thousands_is_found_and_stops(void **state)
{
    (void)state;
    g_autoptr(SpTable) facts =
        TABLE("t", FACTS, "0301 2022 10 1", "0301 2023 11000 1", "1103 2022 20 1", "1103 2023 21 1",
              "1103 2021 9 9", "03 2022 10 1", "03 2023 99999 1");
    g_auto(Applied) applied =
        apply("tabular/t t n thousand previous _ _ _ lower=-2.5~upper=2.5 0~0.4", facts);
    assert_no_error(applied.error);
    assert_rows(applied.out,
                "tabular/t t n thousand previous _ 0301 2023 utenfor 3.04139269 -2.5 2.5");
    assert_string_equal(applied.judge.kind, "control");
    assert_string_equal(applied.judge.why,
                        "thousand n previous: 1 of 2 kommuner are outside their limits (table "
                        "kontroll), the limit is 0.4");
}

static void another_measure_may_be_what_it_is_held_against(void **state)
{
    (void)state;
    g_autoptr(SpTable) facts = TABLE("t", FACTS, "0301 2023 1000000 1", "1103 2023 21 1");
    g_auto(Applied) applied = apply("tabular/t t n thousand m _ _ _ _ 0~-", facts);
    assert_no_error(applied.error);
    assert_rows(applied.out, "tabular/t t n thousand m _ 0301 2023 utenfor 6 -2.5 2.5");
    assert_null(applied.judge.why);
}

static void other_keys_are_summed_kept_apart_or_fixed(void **state)
{
    (void)state;
    g_autoptr(SpTable) facts = TABLE("t", "region:key yrke:key period:key n:sum", "0301 a 2022 1",
                                     "0301 a 2023 400", "0301 b 2022 9", "0301 b 2023 9600");
    g_auto(Applied) summed = apply("tabular/t t n thousand previous _ _ _ _ 0~-", facts);
    assert_no_error(summed.error);
    assert_rows(summed.out, "tabular/t t n thousand previous _ 0301 2023 utenfor 3 -2.5 2.5");
    g_auto(Applied) apart = apply("tabular/t t n thousand previous _ yrke _ _ 0~-", facts);
    assert_int_equal(sp_table_n_rows(apart.out), 2);
    assert_string_equal(sp_table_code(apart.out, 0, 5), "yrke=a");
    assert_string_equal(sp_table_code(apart.out, 1, 5), "yrke=b");
    g_auto(Applied) fixed = apply("tabular/t t n thousand previous yrke=b _ _ _ 0~-", facts);
    assert_int_equal(sp_table_n_rows(fixed.out), 1);
    assert_near(sp_table_real(fixed.out, 0, 9).value, log10(9600.0 / 9.0), 1e-12);
}

static void sums_are_by_stratum_and_judged_each(void **state)
{
    (void)state;
    g_autoptr(SpTable) facts =
        TABLE("t", FACTS, "0301 2022 10 1", "0301 2023 10 1", "1103 2022 20 1", "1103 2023 30 1",
              "1508 2022 20 1", "1508 2023 20 1", "1580 2022 .. 1", "1580 2023 500 1");
    g_auto(Applied) applied =
        apply("tabular/t t n sums previous _ _ kostragruppe _ 0.1~0.5", facts);
    assert_no_error(applied.error);
    assert_rows(applied.out, "tabular/t t n sums previous _ EKG12 2023 warn 0.25 -0.1 0.1",
                "tabular/t t n sums previous _ EKG13 2023 pass - -0.1 0.1");
}

static void the_largest_differences_and_figures_are_listed_and_never_judged(void **state)
{
    (void)state;
    g_autoptr(SpTable) facts =
        TABLE("t", FACTS, "0301 2022 10 1", "0301 2023 11 1", "1103 2022 20 1", "1103 2023 14 1");
    g_auto(Applied) differences = apply("tabular/t t n difference previous _ _ _ n=1 _", facts);
    assert_rows(differences.out, "tabular/t t n difference previous _ 1103 2023 listet -6 . .");
    g_auto(Applied) ranks = apply("tabular/t t n rank previous _ _ _ n=1 _", facts);
    assert_rows(ranks.out, "tabular/t t n rank previous _ 1103 2023 listet 14 . .");
    assert_int_equal(sp_quality_count(ranks.quality, "control"), 0);
}

/* Ten kommuner that double and one that grows fifty-fold. */
static void hb_quartile_and_regression_find_the_one_that_stands_out(void **state)
{
    (void)state;
    g_autoptr(SpTable) facts = TABLE("t", FACTS, "0301 2022 1 1");
    for (int i = 1; i <= 11; i++) {
        for (int year = 2022; year <= 2023; year++) {
            gsize row = sp_table_add_row(facts);
            g_autofree char *region = g_strdup_printf("18%02d", i);
            double before = 100.0 + 10.0 * i;
            double now = i == 6 ? 50.0 * before : 2.0 * before + (i % 3);
            sp_table_set_code(facts, row, 0, region);
            sp_table_set_code(facts, row, 1, year == 2022 ? "2022" : "2023");
            sp_table_set_real(facts, row, 2, sp_real(year == 2022 ? before : now));
        }
    }
    static const char *const controls[] = {"hb previous _ _ _ pC=20", "quartile previous _ _ _ _",
                                           "regression previous _ _ _ model=ratio"};
    for (gsize i = 0; i < G_N_ELEMENTS(controls); i++) {
        g_autofree char *rule = g_strdup_printf("tabular/t t n %s 0~-", controls[i]);
        g_auto(Applied) applied = apply(rule, facts);
        assert_no_error(applied.error);
        assert_int_equal(sp_table_n_rows(applied.out), 1);
        assert_string_equal(sp_table_code(applied.out, 0, 6), "1806");
        assert_int_equal(sp_quality_count(applied.quality, "control"), 1);
    }
}

static void one_period_is_nothing_to_hold_against(void **state)
{
    (void)state;
    g_autoptr(SpTable) facts = TABLE("t", FACTS, "0301 2023 10 1");
    g_auto(Applied) applied = apply("tabular/t t n hb previous _ _ _ _ 0~-", facts);
    assert_no_error(applied.error);
    assert_true(applied.is_done);
    assert_int_equal(sp_table_n_rows(applied.out), 0);
}

static void a_rule_that_cannot_be_followed_names_its_row(void **state)
{
    (void)state;
    g_autoptr(SpTable) facts = TABLE("t", "region:key yrke:key period:key n:sum share:other",
                                     "0301 a 2022 1 1", "0301 a 2023 1 1");
    static const char *const bad[][2] = {
        {"tabular/t t n hbb previous _ _ _ _ 0~-", "control \"hbb\""},
        {"tabular/t t n hb previous _ _ _ pX=1 0~-", "parameters"},
        {"tabular/t t n hb previous _ _ _ pC=x 0~-", "parameters"},
        {"tabular/t t n hb previous _ _ _ _ 0.5", "limits"},
        {"tabular/t t n rank previous _ _ _ _ 0~-", "only lists"},
        {"tabular/t t n hb _ _ _ _ _ 0~-", "against"},
        {"tabular/t t n hb previous yrke _ _ _ 0~-", "COLUMN=CODE"},
        {"tabular/t t n hb previous alder=1 _ _ _ 0~-", "no key column alder"},
        {"tabular/t t n hb previous _ kjonn _ _ 0~-", "no key column kjonn"},
        {"tabular/t t q hb previous _ _ _ _ 0~-", "no measure q"},
        {"tabular/t t share hb previous _ _ _ _ 0~-", "not additive"},
        {"tabular/t t n hb previous _ _ landsdel _ 0~-", "stratum"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_auto(Applied) applied = apply(bad[i][0], facts);
        assert_false(applied.is_done);
        assert_error(applied.error, SP_ERROR_CONFIG, bad[i][1]);
        assert_non_null(strstr(applied.error->message, "row 2"));
    }
}

static void rules_of_other_datasets_are_not_looked_at(void **state)
{
    (void)state;
    g_autoptr(SpTable) facts = TABLE("t", FACTS, "0301 2022 10 1", "0301 2023 11 1");
    g_auto(Applied) applied = apply("tabular/u t n nonsense previous _ _ _ _ _", facts);
    assert_no_error(applied.error);
    assert_int_equal(sp_table_n_rows(applied.out), 0);
}

/* A dataset of several tables: a rule is for the one it names, and must name one of them. */
static void a_rule_is_for_the_table_it_names(void **state)
{
    (void)state;
    g_autoptr(SpTables) facts = sp_tables_new();
    sp_tables_add(facts, TABLE("t", FACTS, "0301 2022 10 1", "0301 2023 11000 1"));
    g_auto(Applied) applied =
        apply("tabular/t u n thousand previous _ _ _ _ 0~-", sp_tables_at(facts, 0));
    assert_no_error(applied.error);
    assert_int_equal(sp_table_n_rows(applied.out), 0);
    g_autoptr(SpTable) rules = rules_of("tabular/t u n thousand previous _ _ _ _ 0~-");
    g_autoptr(GError) error = NULL;
    assert_false(sp_controls_check(&(SpControls){rules, "tabular/t", NULL}, facts, &error));
    assert_error(error, SP_ERROR_CONFIG, "row 2: tabular/t makes no table u");
    g_clear_error(&error);
    sp_tables_add(facts, TABLE("u", FACTS, "0301 2022 10 1"));
    assert_true(sp_controls_check(&(SpControls){rules, "tabular/t", NULL}, facts, &error));
    assert_true(sp_controls_check(&(SpControls){rules, "tabular/other", NULL}, facts, &error));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_figure_in_thousands_is_found_and_stops),
        cmocka_unit_test(another_measure_may_be_what_it_is_held_against),
        cmocka_unit_test(other_keys_are_summed_kept_apart_or_fixed),
        cmocka_unit_test(sums_are_by_stratum_and_judged_each),
        cmocka_unit_test(the_largest_differences_and_figures_are_listed_and_never_judged),
        cmocka_unit_test(hb_quartile_and_regression_find_the_one_that_stands_out),
        cmocka_unit_test(one_period_is_nothing_to_hold_against),
        cmocka_unit_test(a_rule_that_cannot_be_followed_names_its_row),
        cmocka_unit_test(a_rule_is_for_the_table_it_names),
        cmocka_unit_test(rules_of_other_datasets_are_not_looked_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
