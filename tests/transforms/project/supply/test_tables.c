/* Supply as a transform: its tables, its lineage, and what it does with tables that are absent or
 * wrong. */
#include "tests/transforms/project/supply/land.h"

#include "transforms/project/scenario.h"
#include "transforms/project/supply/education.h"
#include "transforms/project/supply/transform.h"

#include <gsl/gsl_errno.h>

/* With one setting, SECTION.KEY=VALUE, of what the reference takes of people; NULL: none. */
static SpSettings *settings_with(const char *assignment)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = sp_config_new();
    assert_true(sp_config_set(config, "test", "project.alternative_years=2026, 2033", &error));
    assert_true(assignment == NULL || sp_config_set(config, "test", assignment, &error));
    return sp_settings_new(config, NULL, sp_transform_supply.config_keys,
                           sp_transform_supply.n_config_keys);
}

static SpTables *run_with(const SpTables *in, const char *assignment, SpQuality *quality,
                          GError **error)
{
    g_autoptr(SpSettings) settings = settings_with(assignment);
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) own = sp_quality_new();
    return sp_transform_supply.run(in, settings, out, quality == NULL ? own : quality, error)
               ? g_steal_pointer(&out)
               : NULL;
}

/* NULL with an error. */
static SpTables *run(const SpTables *in, SpQuality *quality, GError **error)
{
    return run_with(in, NULL, quality, error);
}

/* The same under a scenario of one line of [supply]. */
static SpTables *run_under(SpTables *in, const char *line, GError **error)
{
    g_autofree char *text = g_strdup_printf("[supply]\n%s\n", line);
    SpTable *scenario = sp_scenario_table("x.ini", text, error);
    assert_non_null(scenario);
    sp_tables_add(in, scenario);
    SpTables *out = run(in, NULL, error);
    sp_table_free(sp_tables_steal(in, "scenario"));
    return out;
}

static SpReal real_at(const SpTable *table, const char *region, const char *yrke,
                      const char *period)
{
    const char *const codes[] = {region, yrke, period};
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gsize same = 0;
        while (same < 3 && strcmp(sp_table_code(table, row, same), codes[same]) == 0) {
            same++;
        }
        if (same == 3) {
            return sp_table_real(table, row, 3);
        }
    }
    fail_msg("no row %s %s %s", region, yrke, period);
    return sp_real(0);
}

static double figure_at(const SpTable *table, const char *region, const char *yrke,
                        const char *period)
{
    SpReal real = real_at(table, region, yrke, period);
    assert_true(sp_real_is_number(real));
    assert_int_equal(real.flags, SP_FLAG_MODELLED);
    return real.value;
}

/* 1108 has as many people all along, so what its neighbours have is the same whether they are
 * projected or not. */
static void of_unknown_people_no_supply_is_told_and_no_other_is_changed(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) whole = run(in, NULL, &error);
    assert_no_error(error);
    SpTable *people = sp_tables_find(in, "framskriving_befolkning");
    for (int day = 1; day < LAND_DAYS; day++) {
        for (guint age = 0; age < SP_N_AGES; age++) {
            for (guint sex = 0; sex < SP_N_SEXES; sex++) {
                gsize row = fixture_find(people, "1108", sex, age, LAND_BASE + day);
                sp_table_set_real(people, row, 4, sp_real_none(SP_MISSING));
            }
        }
    }
    g_autoptr(SpTables) out = run(in, NULL, &error);
    assert_no_error(error);
    static const char *const regions[] = {"1101", "1103", "1108", "4601", "11", "46", "0"};
    for (gsize i = 0; i < G_N_ELEMENTS(regions); i++) {
        gboolean is_hit = i == 2 || i == 4 || i == 6;
        SpReal was = real_at(sp_tables_find(whole, "framskriving_tilbud"), regions[i],
                             "helsefagarbeider", "2030-01-01");
        SpReal is = real_at(sp_tables_find(out, "framskriving_tilbud"), regions[i],
                            "helsefagarbeider", "2030-01-01");
        assert_int_equal(is.status, is_hit ? SP_MISSING : SP_PRESENT);
        assert_int_equal(is.flags, SP_FLAG_MODELLED);
        assert_near(is_hit ? was.value : is.value, was.value, 1e-9);
    }
}

static void rows_of_kommuner_fylker_and_the_country(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = run(in, NULL, &error);
    assert_no_error(error);
    SpTable *table = sp_tables_find(out, "framskriving_tilbud");
    assert_int_equal(sp_table_n_rows(table),
                     (LAND_KOMMUNER + LAND_GROUPS) * G_N_ELEMENTS(land_professions) * LAND_DAYS);
    static const char day[] = "2030-01-01";
    double fylke = figure_at(table, "11", "sykepleier", day);
    double sum = figure_at(table, "1101", "sykepleier", day) +
                 figure_at(table, "1103", "sykepleier", day) +
                 figure_at(table, "1108", "sykepleier", day);
    assert_near(fylke, sum, 1e-9 * sum);
    assert_near(figure_at(table, "0", "sykepleier", day),
                fylke + figure_at(table, "46", "sykepleier", day), 1e-9 * sum);
}

static void causes_sum_to_the_country(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = run(in, NULL, &error);
    assert_no_error(error);
    SpTable *causes = sp_tables_find(out, "framskriving_tilbud_aarsak");
    SpTable *table = sp_tables_find(out, "framskriving_tilbud");
    assert_int_equal(sp_table_n_rows(causes), 8 * G_N_ELEMENTS(land_professions) * LAND_DAYS);
    for (gsize i = 0; i < G_N_ELEMENTS(land_professions); i++) {
        double sum = 0.0, wanted = figure_at(table, "0", land_professions[i].yrke, "2033-01-01");
        for (gsize row = 0; row < sp_table_n_rows(causes); row++) {
            if (strcmp(sp_table_code(causes, row, 1), land_professions[i].yrke) == 0 &&
                strcmp(sp_table_code(causes, row, 3), "2033-01-01") == 0) {
                sum += sp_table_real(causes, row, 4).value;
            }
        }
        assert_near(sum, wanted, 1e-9 * wanted);
    }
}

/* Kommuner and all above them. */
static void parts_are_the_change_of_the_supply(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = run(in, NULL, &error);
    assert_no_error(error);
    SpTable *parts = sp_tables_find(out, "framskriving_tilbud_deler");
    SpTable *table = sp_tables_find(out, "framskriving_tilbud");
    assert_int_equal(sp_table_n_rows(parts),
                     (LAND_KOMMUNER + LAND_GROUPS) * G_N_ELEMENTS(land_professions) * 2);
    assert_int_equal(sp_table_n_columns(parts), 3 + 7);
    for (gsize row = 0; row < sp_table_n_rows(parts); row++) {
        const char *region = sp_table_code(parts, row, 0), *yrke = sp_table_code(parts, row, 1);
        double now = figure_at(table, region, yrke, sp_table_code(parts, row, 2)), sum = 0.0;
        for (gsize i = 3; i < sp_table_n_columns(parts); i++) {
            sum += sp_table_real(parts, row, i).value;
        }
        assert_near(sum, now - figure_at(table, region, yrke, "2025-01-01"), 1e-9 * now);
    }
}

static void every_cell_is_explained_by_parts_that_add_up(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpSettings) settings = settings_with(NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpExplanation) explanation = sp_explanation_new();
    g_autoptr(SpCell) cell = sp_cell_parse(
        "framskriving_tilbud aarsverk region=1103 yrke=sykepleier period=2030-01-01", &error);
    assert_true(sp_transform_supply.explain(in, settings, cell, explanation, &error));
    assert_no_error(error);
    assert_true(explanation->inputs->len >= 8);
    assert_int_equal(explanation->settings->len, sp_transform_supply.n_config_keys);
    /* "S = base aldring avgang ..." to two decimals. */
    const char *sum = strstr(explanation->method, ": ") + 2;
    g_auto(GStrv) words = g_strsplit(sum, " ", -1);
    double total = fixture_number(words[0]), parts = 0.0;
    for (gsize i = 2; i < 2 + 2 * SP_N_SUPPLY_PARTS; i += 2) {
        parts += fixture_number(words[i] + (words[i][0] == '+' ? 1 : 0));
    }
    assert_near(parts, total, 0.005 * (SP_N_SUPPLY_PARTS + 1));
    g_autoptr(SpTables) out = run(in, NULL, &error);
    assert_near(
        total,
        figure_at(sp_tables_find(out, "framskriving_tilbud"), "1103", "sykepleier", "2030-01-01"),
        0.005);
}

static void a_foreign_cell_is_not_ours(void **state)
{
    (void)state;
    static const char *const cells[] = {
        "framskriving_tilbud aarsverk region=9999 yrke=sykepleier period=2030-01-01",
        "framskriving_tilbud aarsverk region=1103 yrke=tannlege period=2030-01-01",
        "framskriving_tilbud aarsverk region=1103 yrke=sykepleier period=2060-01-01",
        "framskriving_tilbud personer region=1103 yrke=sykepleier period=2030-01-01",
        "framskriving_behov brukere region=1103 tjeneste=x period=2030-01-01"};
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpSettings) settings = settings_with(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(cells); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(SpExplanation) explanation = sp_explanation_new();
        g_autoptr(SpCell) cell = sp_cell_parse(cells[i], &error);
        assert_false(sp_transform_supply.explain(in, settings, cell, explanation, &error));
        assert_error(error, SP_ERROR_NO_INPUT, "no cell of this projection");
    }
}

/* What the reference takes of people is staff's too, and a scenario's own word wins. */
static void settings_of_people_reach_staff(void **state)
{
    (void)state;
    static const char day[] = "2030-01-01", nobody[] = "project.foreign_migration=0";
    g_autoptr(SpTables) in = land_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) usual = run(in, NULL, &error);
    g_autoptr(SpTables) fewer = run_with(in, nobody, NULL, &error);
    assert_no_error(error);
    double wanted = figure_at(sp_tables_find(usual, "framskriving_tilbud"), "0", "lege", day);
    assert_true(figure_at(sp_tables_find(fewer, "framskriving_tilbud"), "0", "lege", day) < wanted);
    sp_tables_add(in, sp_scenario_table("x.ini", "[population]\nforeign_migration = 1\n", &error));
    g_autoptr(SpTables) again = run_with(in, nobody, NULL, &error);
    assert_near(figure_at(sp_tables_find(again, "framskriving_tilbud"), "0", "lege", day), wanted,
                0);
}

static void a_scenario_reaches_the_model_and_a_wrong_one_is_refused(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = run(in, NULL, &error);
    g_autoptr(SpTables) more = run_under(in, "inflow = 2", &error);
    assert_no_error(error);
    assert_true(figure_at(sp_tables_find(more, "framskriving_tilbud"), "0", "lege", "2035-01-01") >
                figure_at(sp_tables_find(out, "framskriving_tilbud"), "0", "lege", "2035-01-01"));
    g_autoptr(SpTables) poly = run_under(in, "profile = poly5", &error);
    assert_no_error(error);
    assert_non_null(sp_tables_find(poly, "framskriving_tilbud"));
    assert_null(run_under(in, "work_60p = much", &error));
    assert_error(error, SP_ERROR_CONFIG, "work_60p");
}

/* ---- tables that are absent ---- */

static void assert_left_out(SpTables *in, const char *finding)
{
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = run(in, quality, &error);
    assert_no_error(error);
    assert_int_equal(sp_tables_size(out), 0);
    assert_true(sp_quality_count(quality, finding) > 0);
}

static void without_personnel_supply_is_left_out_and_told(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    land_replace(in, "helsepersonell", NULL);
    assert_left_out(in, "no_personnel");
    land_replace(in, "helsepersonell", land_personnel(2025, 2026)); /* newer than the base */
    assert_left_out(in, "no_personnel");
    land_replace(in, "helsepersonell", land_empty_personnel());
    assert_left_out(in, "no_personnel");
}

static void all_suppressed_personnel_are_left_out_and_told(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    SpTable *table = sp_tables_find(in, "helsepersonell");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        sp_table_set_real(table, row, 6, sp_real_none(SP_SUPPRESSED));
        sp_table_set_real(table, row, 7, sp_real_none(SP_SUPPRESSED));
    }
    assert_left_out(in, "no_personnel");
    assert_left_out(in, "personnel_hidden");
}

static void without_those_not_in_work_or_deaths_supply_is_left_out(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    SpTable *table = sp_tables_find(in, "helsepersonell");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 2), "ikke_i_arbeid") == 0) {
            sp_table_set_code(table, row, 2, "tot");
        }
    }
    assert_left_out(in, "no_participation");
    g_autoptr(SpTables) other = land_new();
    land_replace(other, "doedelighet", NULL);
    assert_left_out(other, "no_mortality");
}

static void what_else_is_absent_has_a_stand_in_that_is_told(void **state)
{
    (void)state;
    static const char *const optional[][2] = {{"kandidater", "inflow_from_stock"},
                                              {"laerlinger", "inflow_from_stock"},
                                              {"autorisasjon", "foreign_unknown"},
                                              {"pendling", "no_commuting"},
                                              {"framskriving_etterspoersel", "no_workplace"}};
    for (gsize i = 0; i < G_N_ELEMENTS(optional); i++) {
        g_autoptr(SpTables) in = land_new();
        g_autoptr(SpQuality) quality = sp_quality_new();
        g_autoptr(GError) error = NULL;
        land_replace(in, optional[i][0], NULL);
        g_autoptr(SpTables) out = run(in, quality, &error);
        assert_no_error(error);
        assert_int_equal(sp_tables_size(out), 3);
        assert_true(sp_quality_count(quality, optional[i][1]) > 0);
        assert_true(figure_at(sp_tables_find(out, "framskriving_tilbud"), "0", "sykepleier",
                              "2035-01-01") > 0.0);
    }
}

static void one_year_of_personnel_and_no_regions_have_stand_ins(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    land_replace(in, "helsepersonell", land_personnel(2022, 2022));
    land_replace(in, "region", land_regions(FALSE));
    land_replace(in, "pendling", NULL);
    g_autoptr(SpTables) out = run(in, quality, &error);
    assert_no_error(error);
    assert_int_equal(sp_quality_count(quality, "exits_by_default"), 1);
    assert_int_equal(sp_quality_count(quality, "no_labour_market_regions"), 1);
    /* Two years are stepped before the base. */
    assert_int_equal(sp_quality_count(quality, "old_personnel"), 1);
    assert_int_equal(sp_tables_size(out), 3);
}

static void a_profession_without_a_way_in_only_grows_older(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    SpTable *routes = sp_tables_find(in, "utdanning");
    gsize rows[6], n = 0;
    for (gsize row = 0; row < sp_table_n_rows(routes); row++) {
        if (strcmp(sp_table_code(routes, row, 0), "lege") != 0) {
            rows[n++] = row;
        }
    }
    land_replace(in, "utdanning", sp_table_copy_rows(routes, NULL, rows, n));
    g_autoptr(SpTables) out = run(in, quality, &error);
    assert_no_error(error);
    assert_int_equal(sp_quality_count(quality, "no_graduates"), 1);
    SpTable *table = sp_tables_find(out, "framskriving_tilbud");
    double before = figure_at(table, "0", "lege", "2025-01-01");
    double after = figure_at(table, "0", "lege", "2035-01-01");
    assert_true(after < 0.8 * before && after > 0.0);
}

/* logoped is known nowhere nationally; psykolog is to be projected and nobody is counted. */
static void professions_that_are_not_projected_are_named_with_the_reason(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    SpTable *list = sp_tables_find(in, "profesjoner");
    gsize row = sp_table_add_row(list);
    sp_table_set_code(list, row, 0, "psykolog");
    sp_table_set_code(list, row, 1, "psykolog");
    sp_table_set_code(list, row, 2, "universitet");
    sp_table_set_code(list, row, 3, "ja");
    const char *const codes[] = {"1101", "logoped", "kommune", "020-024", "2", "2024"};
    land_add_personnel(sp_tables_find(in, "helsepersonell"), codes, 10, 8);
    g_autoptr(SpTables) out = run(in, quality, &error);
    assert_no_error(error);
    assert_int_equal(sp_tables_size(out), 3);
    assert_int_equal(sp_quality_count(quality, "not_projected"), 2);
}

/* ---- tables that are wrong ---- */

static void assert_wrong(SpTables *in, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(run(in, NULL, &error));
    assert_error(error, SP_ERROR_DATA, part);
}

static void wrong_personnel_is_an_error_that_says_what_to_do(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    SpTable *table = sp_tables_find(in, "helsepersonell");
    sp_table_set_code(table, 0, 3, "022-026");
    assert_wrong(in, "ages 20-24 and 22-26 overlap");
    sp_table_set_code(table, 0, 3, "ung");
    assert_wrong(in, "alder \"ung\"");
    sp_table_set_code(table, 0, 3, "020-024");
    sp_table_set_real(table, sp_table_n_rows(table) - 1, 6, sp_real(-1));
    assert_wrong(in, "sysselsatte is -1");
}

static void wrong_files_are_errors_that_name_the_row(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    SpTable *routes = sp_tables_find(in, "utdanning");
    sp_table_set_real(routes, 0, sp_table_find(routes, "fullfoering"), sp_real(76));
    assert_wrong(in, "utdanning: row of \"sykepleier\": column fullfoering, want a number from 0");
    sp_table_set_real(routes, 0, sp_table_find(routes, "fullfoering"), sp_real(0.76));
    sp_table_set_code(routes, 0, 0, "sykepleir");
    assert_wrong(in, "\"sykepleir\" is no profession");
    sp_table_set_code(routes, 0, 0, "sykepleier");
    sp_table_set_code(routes, 0, 2, "opptak");
    assert_wrong(in, "tabell \"opptak\"");
    sp_table_set_code(routes, 0, 2, "kandidater");
    /* Nobody enters a profession after 60: newcomers of 66 would vanish. */
    sp_table_set_real(routes, 0, sp_table_find(routes, "alder"), sp_real(66));
    sp_table_set_real(routes, 0, sp_table_find(routes, "minst"), sp_real(62));
    assert_wrong(in, "column alder, want a number from 15 to 60");
    sp_table_set_real(routes, 0, sp_table_find(routes, "alder"), sp_real(60));
    sp_table_set_real(routes, 0, sp_table_find(routes, "minst"), sp_real(61));
    assert_wrong(in, "column minst, want a number from 15 to 60");
    sp_table_set_real(routes, 0, sp_table_find(routes, "minst"), sp_real(21));
    SpTable *ways = sp_tables_find(in, "overganger");
    sp_table_set_code(ways, 0, sp_table_find(ways, "utvalg"), "videreutdanning");
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = run(in, quality, &error);
    assert_null(out);
    assert_error(
        error, SP_ERROR_CONFIG,
        "overganger: row of \"jordmor\": kandidater: \"videreutdanning\" does not say which "
        "rows; write COLUMN=CODE");
}

/* Each of these once was another model without a word. */
static void a_slip_in_ways_and_ages_is_refused(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    SpTable *ways = sp_tables_find(in, "overganger"), *ages = sp_tables_find(in, "pensjonsalder");
    gsize leaves = sp_table_find(ways, "forlater"), from = sp_table_find(ways, "tabell");
    sp_table_set_code(ways, 0, leaves, "Ja");
    assert_wrong(in, "overganger: row of \"jordmor\": forlater is \"Ja\"; write ja or nei");
    sp_table_set_code(ways, 0, leaves, "");
    assert_wrong(in, "forlater is \"\"");
    sp_table_set_code(ways, 0, leaves, "ja");
    sp_table_set_code(ways, 0, from, "kandidatar");
    assert_wrong(in, "tabell \"kandidatar\"; write kandidater, laerlinger or autorisasjon");
    sp_table_set_code(ways, 0, from, "kandidater");
    sp_table_set_code(ages, 2, 0, "sykepleir");
    assert_wrong(in, "pensjonsalder: \"sykepleir\" is no profession");
    sp_table_set_code(ages, 2, 0, "sykepleier");
    for (guint age = 55; age < 55 + SP_MOST_PENSION_AGES - 3; age++) {
        gsize row = sp_table_add_row(ages);
        sp_table_set_code(ages, row, 0, "sykepleier");
        sp_table_set_real(ages, row, 1, sp_real(age));
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = run(in, NULL, &error);
    assert_no_error(error);
    assert_non_null(out);
    sp_table_set_code(ages, sp_table_add_row(ages), 0, "sykepleier");
    sp_table_set_real(ages, sp_table_n_rows(ages) - 1, 1, sp_real(70));
    assert_wrong(in, "\"sykepleier\" has more than 8 ages");
}

static void wrong_commuting_names_the_region(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    SpTable *table = sp_tables_find(in, "pendling");
    sp_table_set_real(table, 0, 3, sp_real(-4000));
    assert_wrong(in, "pendling: row 1, from 1101 to 1101: sysselsatte is -4000");
}

static void a_missing_day_of_population_is_an_error(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    SpTable *table = sp_tables_find(in, "framskriving_befolkning");
    gsize n = 0, all = sp_table_n_rows(table);
    g_autofree gsize *rows = g_new(gsize, all);
    for (gsize row = 0; row < all; row++) {
        if (strcmp(sp_table_code(table, row, 3), "2028-01-01") != 0) {
            rows[n++] = row;
        }
    }
    land_replace(in, "framskriving_befolkning", sp_table_copy_rows(table, NULL, rows, n));
    assert_wrong(in, "every 1 January");
}

static void a_small_place_and_a_missing_age_give_figures(void **state)
{
    (void)state;
    g_autoptr(SpTables) in = land_new();
    SpTable *table = sp_tables_find(in, "helsepersonell");
    gsize n = 0, all = sp_table_n_rows(table);
    g_autofree gsize *rows = g_new(gsize, all);
    for (gsize row = 0; row < all; row++) {
        /* Nobody of 45-49 is in the file, and nobody at all in one kommune. */
        if (strcmp(sp_table_code(table, row, 3), "045-049") != 0 &&
            strcmp(sp_table_code(table, row, 0), "1101") != 0) {
            rows[n++] = row;
        }
    }
    land_replace(in, "helsepersonell", sp_table_copy_rows(table, NULL, rows, n));
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = run(in, NULL, &error);
    assert_no_error(error);
    SpTable *supply = sp_tables_find(out, "framskriving_tilbud");
    for (gsize row = 0; row < sp_table_n_rows(supply); row++) {
        SpReal real = sp_table_real(supply, row, 3);
        assert_true(sp_real_is_number(real) && real.value >= 0.0);
    }
}

static int quiet(void **state)
{
    (void)state;
    gsl_set_error_handler_off();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_of_kommuner_fylker_and_the_country),
        cmocka_unit_test(of_unknown_people_no_supply_is_told_and_no_other_is_changed),
        cmocka_unit_test(causes_sum_to_the_country),
        cmocka_unit_test(parts_are_the_change_of_the_supply),
        cmocka_unit_test(every_cell_is_explained_by_parts_that_add_up),
        cmocka_unit_test(a_foreign_cell_is_not_ours),
        cmocka_unit_test(settings_of_people_reach_staff),
        cmocka_unit_test(a_scenario_reaches_the_model_and_a_wrong_one_is_refused),
        cmocka_unit_test(without_personnel_supply_is_left_out_and_told),
        cmocka_unit_test(all_suppressed_personnel_are_left_out_and_told),
        cmocka_unit_test(without_those_not_in_work_or_deaths_supply_is_left_out),
        cmocka_unit_test(what_else_is_absent_has_a_stand_in_that_is_told),
        cmocka_unit_test(one_year_of_personnel_and_no_regions_have_stand_ins),
        cmocka_unit_test(a_profession_without_a_way_in_only_grows_older),
        cmocka_unit_test(professions_that_are_not_projected_are_named_with_the_reason),
        cmocka_unit_test(wrong_personnel_is_an_error_that_says_what_to_do),
        cmocka_unit_test(wrong_files_are_errors_that_name_the_row),
        cmocka_unit_test(a_slip_in_ways_and_ages_is_refused),
        cmocka_unit_test(wrong_commuting_names_the_region),
        cmocka_unit_test(a_missing_day_of_population_is_an_error),
        cmocka_unit_test(a_small_place_and_a_missing_age_give_figures),
    };
    return cmocka_run_group_tests(tests, quiet, NULL);
}
