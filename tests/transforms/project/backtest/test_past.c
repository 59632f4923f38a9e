/* The back-test on the real past: its figures are those that other programs and pages have. */
#include "past.h"

#include "transforms/project/backtest/backtest.h"

enum { KEYS = 7 };

/* Tables of a back-test, or its error. */
static SpTables *judge(const SpTables *in, const char *settings_text, GError **error)
{
    g_autoptr(SpConfig) config = sp_config_new();
    g_autofree char *text = g_strconcat("[project]\nhorizon = 2030\n", settings_text, NULL);
    assert_true(sp_config_add(config, "test", text, NULL));
    g_autoptr(SpSettings) settings =
        sp_settings_new(config, "project", sp_backtest_keys, SP_N_BACKTEST_KEYS);
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_auto(SpBacktestOptions) options;
    if (!sp_backtest_options_init(&options, in, settings, error) ||
        !sp_backtest(in, &options, out, quality, error)) {
        return NULL;
    }
    return g_steal_pointer(&out);
}

static SpTables *judged(const SpTables *in, const char *settings)
{
    g_autoptr(GError) error = NULL;
    SpTables *out = judge(in, settings, &error);
    assert_no_error(error);
    return out;
}

/* A figure of treffsikkerhet: "befolkning/framskriving/2024/2026/080-105/0/ingen". */
static double at(const SpTables *out, const char *key, const char *measure)
{
    const SpTable *table = sp_tables_find(out, "treffsikkerhet");
    g_auto(GStrv) words = g_strsplit(key, "/", -1);
    static const gsize columns[KEYS] = {0, 1, 2, 3, 4, 5, 6};
    g_autoptr(SpTableIndex) index = sp_table_index_new(table, columns, KEYS);
    gsize row = 0;
    if (!sp_table_index_find(index, (const char *const *)words, &row)) {
        fail_msg("no row %s", key);
    }
    SpReal real = sp_table_real(table, row, sp_table_find(table, measure));
    if (!sp_real_is_number(real)) {
        fail_msg("%s of %s is no number", measure, key);
    }
    return real.value;
}

static const char *const bands[] = {"000-105", "067-079", "080-105", "090-105"};

/* A row of docs/methods/population.md, from our table: another program wrote the page. */
static void assert_errors_on_page(const SpTables *out, int base, const char *area, const char *name,
                                  const char *model, const char *title)
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_printf(line, "| %d | %s | %s |", base, name, title);
    for (gsize i = 0; i < G_N_ELEMENTS(bands); i++) {
        g_autofree char *key =
            g_strdup_printf("befolkning/%s/%d/2026/%s/%s/ingen", model, base, bands[i], area);
        g_string_append_printf(line, " %.2f / %.2f |", at(out, key, "mape"), at(out, key, "wape"));
    }
    fixture_assert_on_page("population.md", line->str);
}

/* The kommuner within the intervals, as the page of the population has them from its own
 * program. */
static void assert_coverage_on_page(const SpTables *out, int base)
{
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_printf(line, "| %d | all 355 |", base);
    for (gsize i = 0; i < G_N_ELEMENTS(bands); i++) {
        g_autofree char *key =
            g_strdup_printf("befolkning/framskriving/%d/2026/%s/0/ingen", base, bands[i]);
        g_string_append_printf(line, " %.0f / %.0f |", 100 * at(out, key, "dekning_80"),
                               100 * at(out, key, "dekning_90"));
    }
    /* The page has widths in parentheses after them. */
    g_autofree char *path =
        g_build_filename(SP_SOURCE_FOLDER, "docs", "methods", "population.md", NULL);
    g_autofree char *page = NULL;
    assert_true(g_file_get_contents(path, &page, NULL, NULL));
    g_autoptr(GRegex) widths = g_regex_new(" \\([0-9.]+\\) \\|", 0, 0, NULL);
    g_autofree char *bare = g_regex_replace_literal(widths, page, -1, 0, " |", 0, NULL);
    if (strstr(bare, line->str) == NULL) {
        fail_msg("docs/methods/population.md does not say\n%s", line->str);
    }
}

static void population_is_judged_as_on_its_own_page(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    static const int bases[] = {2020, 2022, 2024};
    g_autoptr(SpTables) out = judged(*state, "backtest_bases = 2020, 2022, 2024\n");
    for (gsize i = 0; i < G_N_ELEMENTS(bases); i++) {
        assert_errors_on_page(out, bases[i], "0", "all 355", "framskriving", "this model");
        assert_errors_on_page(out, bases[i], "0", "all 355", "overlevelse", "plain");
        assert_errors_on_page(out, bases[i], "40", "Telemark 17", "framskriving", "this model");
        assert_errors_on_page(out, bases[i], "40", "Telemark 17", "overlevelse", "plain");
        assert_coverage_on_page(out, bases[i]);
    }
}

/* MAPE 2026 of SSB's round of 2024 for Telemark's 17 kommuner, as projections.md §0 of the design
 * has them. */
static void ssb_is_judged_as_the_design_did(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    g_autoptr(SpTables) out = judged(*state, "backtest_bases = 2024\ndraws = 0\n");
    assert_near(at(out, "befolkning/ssb/2024/2026/000-105/40/ingen", "mape"), 0.88, 0.005);
    assert_near(at(out, "befolkning/ssb/2024/2026/067-079/40/ingen", "mape"), 1.66, 0.005);
    assert_near(at(out, "befolkning/ssb/2024/2026/080-105/40/ingen", "mape"), 3.22, 0.005);
    assert_near(at(out, "befolkning/ssb/2024/2026/090-105/40/ingen", "mape"), 15.0, 0.05);
    assert_near(at(out, "befolkning/ssb/2024/2026/080-105/40/ingen", "n"), 17, 0);
}

/* "no change" from 2019 to 2022, MAPE and WAPE, as the README of the panel has them; the figures of
 * a year are those known on the next 1 January. */
static void no_change_of_users_and_nurses_is_judged_as_the_panel_did(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    g_autoptr(SpTables) out = judged(*state, "backtest_bases = 2020\ndraws = 0\n");
    static const char *const nurses = "sykepleier_aarsverk/uendret/2020/2023/alle/0/ingen";
    static const char *const users = "hjemmetjenestebrukere/uendret/2020/2023/alle/0/ingen";
    static const char *const institution = "institusjon/uendret/2020/2023/alle/0/ingen";
    assert_near(at(out, nurses, "mape"), 10.98, 0.005);
    assert_near(at(out, nurses, "wape"), 7.35, 0.005);
    assert_near(at(out, nurses, "pe"), -0.6, 0.05);
    assert_near(at(out, users, "mape"), 11.34, 0.005);
    assert_near(at(out, users, "wape"), 8.10, 0.005);
    assert_near(at(out, users, "pe"), -3.8, 0.05);
    assert_near(at(out, institution, "mape"), 19.35, 0.005);
    assert_near(at(out, institution, "wape"), 8.11, 0.005);
    assert_near(at(out, institution, "pe"), 2.8, 0.05);
    assert_near(at(out, nurses, "theil_u"), 1, 0);
}

/* The reference's own model of demand, standing on 1 January, on what users, residents and nurses
 * were at the end of 2022, beside simple rules: a row of docs/methods/backtest.md. */
static void assert_demand_on_page(const SpTables *out, int base, const char *series)
{
    static const char *const models[] = {"etterspoersel", "per_innbygger", "per_80p", "uendret"};
    g_autoptr(GString) line = g_string_new(NULL);
    g_string_printf(line, "| %d | %s |", base, series);
    for (gsize i = 0; i < G_N_ELEMENTS(models); i++) {
        g_autofree char *key =
            g_strdup_printf("%s/%s/%d/2023/alle/0/ingen", series, models[i], base);
        g_string_append_printf(line, " %.2f / %.2f |", at(out, key, "mape"), at(out, key, "wape"));
        if (i == 0) {
            double coverage = at(out, key, "dekning_80");
            g_string_append_printf(line, " %.0f / %.0f |", 100 * coverage,
                                   100 * at(out, key, "dekning_90"));
            assert_true(coverage >= 0.72 && coverage <= 0.88);
        }
    }
    print_message("%s\n", line->str);
    fixture_assert_on_page("backtest.md", line->str);
    /* No model is good because its rival is poor. */
    g_autofree char *own = g_strdup_printf("%s/etterspoersel/%d/2023/alle/0/ingen", series, base);
    g_autofree char *rule =
        g_strdup_printf("%s/%s/%d/2023/alle/0/ingen", series,
                        strcmp(series, "institusjon") == 0 ? "uendret" : "per_innbygger", base);
    assert_near(at(out, own, "ferdighet_enkel"), 1 - at(out, own, "wape") / at(out, rule, "wape"),
                1e-9);
}

/* The rule of series was judged on the same past by a program of its own, from 2019 on 2022,
 * figures of a year's end: errors, and how many kommuner lay within 80 % of what could be
 * counted. */
static void assert_as_on_page_of_demand(const SpTables *out, const char *series, const char *name)
{
    g_autofree char *key = g_strdup_printf("%s/etterspoersel/2020/2023/alle/0/ingen", series);
    g_autofree char *line =
        g_strdup_printf("| 2019 | 2022 | %s | %.0f | %.2f / %.2f | %+.1f | %.0f |", name,
                        at(out, key, "n"), at(out, key, "mape"), at(out, key, "wape"),
                        at(out, key, "pe"), 100 * at(out, key, "dekning_80"));
    fixture_assert_on_page("demand.md", line);
}

static void own_demand_is_judged_on_the_page(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    static const char *const series[] = {"sykepleier_aarsverk", "hjemmetjenestebrukere",
                                         "institusjon"};
    g_autoptr(SpTables) out = judged(*state, "backtest_bases = 2020, 2021\ndraws = 0\n");
    for (gsize i = 0; i < G_N_ELEMENTS(series); i++) {
        assert_demand_on_page(out, 2020, series[i]);
        assert_demand_on_page(out, 2021, series[i]);
    }
    assert_as_on_page_of_demand(out, "sykepleier_aarsverk", "nurses");
    assert_as_on_page_of_demand(out, "hjemmetjenestebrukere", "users");
    assert_as_on_page_of_demand(out, "institusjon", "institution");
}

static void a_simple_rule_that_tells_nothing_of_the_series_is_refused(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    static const char *const rules[] = {"per_80", "overlevelse"};
    for (gsize i = 0; i < G_N_ELEMENTS(rules); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(SpTables) in = sp_tables_new();
        for (gsize k = 0; k < sp_tables_size(*state); k++) {
            sp_tables_add(in, sp_table_copy(sp_tables_at(*state, k)));
        }
        SpTable *list = sp_tables_find(in, "treffsikkerhet_serier");
        sp_table_set_code(list, 1, sp_table_find(list, "enkel"), rules[i]);
        assert_null(judge(in, "backtest_bases = 2020\ndraws = 0\n", &error));
        assert_error(error, SP_ERROR_CONFIG, rules[i]);
    }
}

/* PAI in the workspace has no part in the series. */
static void the_tables_are_as_sensitive_as_what_they_are_made_of(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    g_autoptr(SpTables) in = sp_tables_new();
    for (gsize k = 0; k < sp_tables_size(*state); k++) {
        sp_tables_add(in, sp_table_copy(sp_tables_at(*state, k)));
    }
    SpTable *persons = sp_table_new("alder_og_stabilitet", NULL, 0);
    sp_table_set_marks(persons, SP_MARK_SENSITIVE);
    sp_tables_add(in, persons);
    g_autoptr(SpTables) open = judged(in, "backtest_bases = 2024\ndraws = 0\n");
    assert_int_equal(sp_table_marks(sp_tables_find(open, "treffsikkerhet")), 0);
    sp_table_set_marks(sp_tables_find(in, "brukere"), SP_MARK_SYNTHETIC);
    g_autoptr(SpTables) marked = judged(in, "backtest_bases = 2024\ndraws = 0\n");
    assert_int_equal(sp_table_marks(sp_tables_find(marked, "treffsikkerhet")), SP_MARK_SYNTHETIC);
}

static void parts_sum_to_the_error_of_the_sum(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    g_autoptr(SpTables) out = judged(*state, "backtest_bases = 2020\ndraws = 0\n");
    const SpTable *parts = sp_tables_find(out, "treffsikkerhet_deling");
    double sum = 0, percent = 0;
    guint n = 0;
    for (gsize row = 0; row < sp_table_n_rows(parts); row++) {
        if (strcmp(sp_table_code(parts, row, 0), "hjemmetjenestebrukere") == 0 &&
            strcmp(sp_table_code(parts, row, 1), "per_80p") == 0 &&
            strcmp(sp_table_code(parts, row, 3), "2023") == 0 &&
            strcmp(sp_table_code(parts, row, 4), "0") == 0) {
            sum += sp_table_real(parts, row, 7).value;
            percent += sp_table_real(parts, row, 8).value;
            n++;
        }
    }
    static const char *const key = "hjemmetjenestebrukere/per_80p/2020/2023/alle/0/ingen";
    assert_int_equal(n, 2);
    assert_near(sum, at(out, key, "framskrevet") - at(out, key, "faktisk"), 1e-6);
    assert_near(percent, at(out, key, "pe"), 1e-9);
}

static void given_the_country_its_sum_is_right_and_only_places_are_wrong(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    g_autoptr(SpTables) out = judged(*state, "backtest_bases = 2020\ndraws = 0\n");
    static const char *const free_key = "befolkning/framskriving/2020/2026/000-105/0/ingen";
    static const char *const key = "befolkning/framskriving/2020/2026/000-105/0/landet";
    assert_near(at(out, key, "framskrevet"), at(out, key, "faktisk"), 1e-3);
    assert_true(at(out, key, "wape") < at(out, free_key, "wape"));
}

/* Ours against plain survival at 80+, all kommuner: what the bar asks, with its
 * interval. */
static void the_gain_on_plain_survival_is_told_with_its_interval(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    static const int bases[] = {2020, 2022, 2024};
    g_autoptr(SpTables) out = judged(*state, "backtest_bases = 2020, 2022, 2024\ndraws = 0\n");
    for (gsize i = 0; i < G_N_ELEMENTS(bases); i++) {
        g_autoptr(GString) line = g_string_new(NULL);
        g_string_printf(line, "| %d |", bases[i]);
        for (gsize band = 1; band < G_N_ELEMENTS(bands); band++) {
            g_autofree char *key = g_strdup_printf("befolkning/framskriving/%d/2026/%s/0/ingen",
                                                   bases[i], bands[band]);
            g_string_append_printf(
                line, " %+.2f (%+.2f to %+.2f), %.2f (%.2f to %.2f) |",
                at(out, key, "differanse_enkel"), at(out, key, "differanse_enkel_nedre"),
                at(out, key, "differanse_enkel_oevre"), at(out, key, "ferdighet_enkel"),
                at(out, key, "ferdighet_enkel_nedre"), at(out, key, "ferdighet_enkel_oevre"));
            /* The mean difference is that of the two MAPEs. */
            g_autofree char *plain =
                g_strdup_printf("befolkning/overlevelse/%d/2026/%s/0/ingen", bases[i], bands[band]);
            assert_near(at(out, key, "differanse_enkel"),
                        at(out, key, "mape") - at(out, plain, "mape"), 1e-9);
            assert_near(at(out, key, "ferdighet_enkel"),
                        1 - at(out, key, "wape") / at(out, plain, "wape"), 1e-9);
        }
        print_message("%s\n", line->str);
        fixture_assert_on_page("backtest.md", line->str);
    }
}

/* ---- leaks ---- */

/* Everything that was published after the base becomes garbage: facts and rounds. */
static SpTables *spoilt(const SpTables *in, int base)
{
    SpTables *copy = sp_tables_new();
    guint n_spoilt = 0;
    for (gsize i = 0; i < sp_tables_size(in); i++) {
        SpTable *table = sp_table_copy(sp_tables_at(in, i));
        gsize edition = sp_table_find(table, "utgave"), period = sp_table_find(table, "period");
        gsize when = edition != SP_NO_COLUMN ? edition : period;
        for (gsize row = 0; when != SP_NO_COLUMN && row < sp_table_n_rows(table); row++) {
            /* "2020" of a year is over on the next 1 January, "2020-01-01" of a day on its own. */
            const char *code = sp_table_code(table, row, when);
            int year = (int)fixture_number((char[]){code[0], code[1], code[2], code[3], '\0'});
            gboolean is_year = strlen(code) == 4 && edition == SP_NO_COLUMN;
            if (year + (is_year ? 1 : 0) <= base) {
                continue;
            }
            for (gsize column = 0; column < sp_table_n_columns(table); column++) {
                if (sp_table_column(table, column)->kind == SP_COLUMN_MEASURE) {
                    sp_table_set_real(table, row, column, sp_real(1e5 + (double)(row % 977)));
                    n_spoilt++;
                }
            }
        }
        sp_tables_add(copy, table);
    }
    assert_true(n_spoilt > 0);
    return copy;
}

static void assert_same_rows(const SpTable *a, const SpTable *b)
{
    assert_int_equal(sp_table_n_rows(a), sp_table_n_rows(b));
    for (gsize row = 0; row < sp_table_n_rows(a); row++) {
        for (gsize column = 0; column < sp_table_n_columns(a); column++) {
            if (sp_table_column(a, column)->kind == SP_COLUMN_CODE) {
                assert_string_equal(sp_table_code(a, row, column), sp_table_code(b, row, column));
                continue;
            }
            SpReal x = sp_table_real(a, row, column), y = sp_table_real(b, row, column);
            if (x.value != y.value || x.status != y.status || x.flags != y.flags) {
                fail_msg("row %zu, %s: %.17g became %.17g", row, sp_table_column(a, column)->name,
                         x.value, y.value);
            }
        }
    }
}

static void forecasts_do_not_see_what_came_after_the_base(void **state)
{
    SKIP_WITHOUT_SHARED(*state);
    static const struct {
        int base;
        const char *settings;
    } runs[] = {{2020, "backtest_bases = 2020\ndraws = 60\n"},
                {2024, "backtest_bases = 2024\ndraws = 60\n"}};
    for (gsize i = 0; i < G_N_ELEMENTS(runs); i++) {
        g_autoptr(SpTables) garbage = spoilt(*state, runs[i].base);
        g_autoptr(SpTables) clean = judged(*state, runs[i].settings);
        g_autoptr(SpTables) same = judged(garbage, runs[i].settings);
        const SpTable *told = sp_tables_find(clean, "treffsikkerhet_prognose");
        assert_true(sp_table_n_rows(told) > 5000);
        assert_same_rows(told, sp_tables_find(same, "treffsikkerhet_prognose"));
        /* The garbage was there to be seen. */
        g_autofree char *key =
            g_strdup_printf("befolkning/framskriving/%d/2026/080-105/0/ingen", runs[i].base);
        assert_true(at(same, key, "mape") != at(clean, key, "mape"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(population_is_judged_as_on_its_own_page),
        cmocka_unit_test(ssb_is_judged_as_the_design_did),
        cmocka_unit_test(no_change_of_users_and_nurses_is_judged_as_the_panel_did),
        cmocka_unit_test(own_demand_is_judged_on_the_page),
        cmocka_unit_test(a_simple_rule_that_tells_nothing_of_the_series_is_refused),
        cmocka_unit_test(the_tables_are_as_sensitive_as_what_they_are_made_of),
        cmocka_unit_test(parts_sum_to_the_error_of_the_sum),
        cmocka_unit_test(given_the_country_its_sum_is_right_and_only_places_are_wrong),
        cmocka_unit_test(the_gain_on_plain_survival_is_told_with_its_interval),
        cmocka_unit_test(forecasts_do_not_see_what_came_after_the_base),
    };
    return cmocka_run_group_tests(tests, past_read, country_free);
}
