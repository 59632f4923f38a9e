/* Small kommuner built by hand: what each is exposed in is known. */
#include "tests/transforms/vary/compared.h"

#include "transforms/vary/profiles.h"

#define INGEN_IGJEN                                                                                \
    "ingen_igjen fysioterapeut framskriving_tilbud _ sannsynlighet_ingen over 0.05 0.2"
#define PSYKOLOG "ingen_igjen psykolog framskriving_tilbud _ sannsynlighet_ingen over 0.05 0.2"
static const char period[] = "2022-12-31";
static const char *const newest = "2022-01-01";

/* Inhabitants of 1000 to 1004; 1003 is not small. */
static const double inhabitants[] = {900.0, 4000.0, 2000.0, 60000.0, 3000.0};
/* Their physiotherapists: nobody, half a one, shared with 1001, plenty, enough. */
static const double aarsverk[] = {0.0, 0.5, 0.0, 40.0, 4.0};
enum { KOMMUNER = G_N_ELEMENTS(aarsverk) };

static void set_host(Compared *compared, gsize row, const char *host)
{
    sp_table_set_code(compared->values, row, 3, host);
    sp_table_set_real(compared->values, row, 4, sp_real_none(SP_MISSING));
}

static Compared world(const char *parts_of)
{
    Compared compared = compared_new(KOMMUNER);
    sp_table_free(sp_tables_steal(compared.in, "indikator"));
    sp_tables_add(
        compared.in,
        TABLE("indikator",
              "id:key unit:attribute kind:attribute additive:attribute chance:attribute "
              "teller:attribute nevner:attribute verdi:attribute per:attribute "
              "teller_del:attribute nevner_del:attribute vertsord:attribute mangler:attribute "
              "direction:attribute",
              "pop_inhabitants personer count_persons yes no f.i _ _ 1 _ _ _ _ _",
              "verk aarsverk aarsverk yes no a.v f.i _ 10000 _ _ felles _ _",
              "eldre prosent share no no a.e a.v _ 1 _ _ _ _ _"));
    for (guint i = 0; i < KOMMUNER; i++) {
        compared_add_count(&compared, "pop_inhabitants", i, "2021-01-01", 100.0);
        compared_add_count(&compared, "pop_inhabitants", i, newest, inhabitants[i]);
        const gsize row = compared_add(&compared, "verk", i, period,
                                       (Rate){sp_real(aarsverk[i]), inhabitants[i], 10000.0});
        compared_add(&compared, "eldre", i, period,
                     (Rate){sp_real(i == 0 ? 45.0 : 25.0), 100.0, 1.0});
        if (i == 2) {
            set_host(&compared, row, "1001");
        }
    }
    sp_tables_add(compared.in, TABLE("lovkrav", "profesjon:key minst:other", "fysioterapeut 0.2",
                                     "psykolog 0.2"));
    sp_tables_add(compared.in,
                  TABLE("framskriving_tilbud",
                        "region:key yrke:key period:key sannsynlighet_ingen:other",
                        "1000 fysioterapeut 2026-01-01 0.4", "1000 fysioterapeut 2035-01-01 0.3",
                        "1001 fysioterapeut 2035-01-01 0.1", "1001 psykolog 2026-01-01 0.9",
                        "1001 psykolog 2035-01-01 0.95"));
    sp_tables_add(compared.in,
                  TABLE("smaa_kommuner",
                        "del:key yrke:key tabell:attribute kode:attribute maal:attribute "
                        "side:attribute middels:other hoey:other",
                        "lovpaalagt psykolog _ _ _ under 1 ..", parts_of,
                        "naer_pensjon tot indikatorverdi eldre verdi over 0.3 0.4", INGEN_IGJEN,
                        PSYKOLOG, "avstand_sykehus tot _ _ _ over .. .."));
    return compared;
}

static const char *const good_part =
    "lovpaalagt fysioterapeut indikatorverdi verk teller under 1 ..";

static SpSettings *settings_new(void)
{
    const char *const assignments[] = {"small_inhabitants=5000", "period_minimum_share=0.5"};
    return compared_settings(assignments, G_N_ELEMENTS(assignments), sp_transform_small.config_keys,
                             sp_transform_small.n_config_keys);
}

static SpTable *run_in(Compared world, SpQuality *quality)
{
    g_auto(Compared) compared = world;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSettings) settings = settings_new();
    g_autoptr(SpTables) out = sp_tables_new();
    sp_transform_small.run(compared.in, settings, out, quality, &error);
    assert_no_error(error);
    return sp_tables_steal(out, "smaa_kommuner");
}

static SpTable *run(SpQuality *quality)
{
    return run_in(world(good_part), quality);
}

static void flag_as_sample(const Compared *compared, const char *indicator)
{
    for (gsize row = 0; row < sp_table_n_rows(compared->values); row++) {
        if (strcmp(sp_table_code(compared->values, row, 0), indicator) == 0) {
            SpReal verdi = sp_table_real(compared->values, row, 6);
            verdi.flags |= SP_FLAG_SAMPLE;
            sp_table_set_real(compared->values, row, 6, verdi);
        }
    }
}

static void assert_level(const SpTable *table, const char *region, const char *part,
                         const char *yrke, const char *level)
{
    assert_string_equal(ATTRIBUTE(table, "nivaa", region, part, yrke), level);
}

static void missing_and_thin_professions_are_told_apart(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run(quality);
    assert_level(table, "1000", "lovpaalagt", "fysioterapeut", "hoey");
    assert_level(table, "1001", "lovpaalagt", "fysioterapeut", "middels");
    assert_level(table, "1000", "lovpaalagt", "psykolog", "ukjent");
}

static void who_shares_a_service_has_the_level_of_the_host(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run(quality);
    assert_level(table, "1002", "lovpaalagt", "fysioterapeut", "middels");
    assert_string_equal(ATTRIBUTE(table, "vertskommune", "1002", "lovpaalagt", "fysioterapeut"),
                        "1001");
    assert_string_equal(ATTRIBUTE(table, "vertskommune", "1001", "lovpaalagt", "fysioterapeut"),
                        "");
}

static void chance_that_no_one_is_left_is_a_level_ten_years_on(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run(quality);
    assert_level(table, "1000", "ingen_igjen", "fysioterapeut", "hoey");
    assert_level(table, "1001", "ingen_igjen", "fysioterapeut", "middels");
    assert_level(table, "1002", "ingen_igjen", "fysioterapeut", "ukjent");
    assert_string_equal(ATTRIBUTE(table, "period", "1000", "ingen_igjen", "fysioterapeut"),
                        "2035-01-01");
}

/* Of a draw of the persons nobody can be missed; nor can who is not there today. */
static void who_was_not_drawn_and_who_is_not_there_are_not_judged(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    const Compared drawn = world(good_part);
    flag_as_sample(&drawn, "verk");
    flag_as_sample(&drawn, "eldre");
    g_autoptr(SpTable) table = run_in(drawn, quality);
    assert_level(table, "1000", "lovpaalagt", "fysioterapeut", "ukjent");
    assert_level(table, "1000", "naer_pensjon", "tot", "hoey");
    assert_true(tables_has_finding(quality, "part_of_sample", "lovpaalagt fysioterapeut"));
    assert_false(tables_has_finding(quality, "part_of_sample", "naer_pensjon tot"));
    assert_level(table, "1001", "ingen_igjen", "psykolog", "ingen_i_dag");
    assert_near(TABLES_FIND(table, "n_hoey", "1000", "samlet", "tot").value, 2.0, 0.0);
}

/* Beside a profession of the law that no table tells of: what is not known may be missing too, and
 * what is missing is so whatever the other is. */
static void unknown_profession_hides_all_but_a_missing_one(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run(quality);
    assert_level(table, "1000", "lovpaalagt", "tot", "hoey");   /* nobody */
    assert_level(table, "1001", "lovpaalagt", "tot", "ukjent"); /* thin */
    assert_level(table, "1004", "lovpaalagt", "fysioterapeut", "lav");
    assert_level(table, "1004", "lovpaalagt", "tot", "ukjent"); /* fine */
}

/* 1001 has a physiotherapist for some years and probably no psychologist: who is lost is less than
 * who was never there. */
static void probably_nobody_today_is_graver_than_all_else(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run(quality);
    assert_level(table, "1001", "ingen_igjen", "fysioterapeut", "middels");
    assert_level(table, "1001", "ingen_igjen", "tot", "ingen_i_dag");
    assert_level(table, "1000", "ingen_igjen", "tot", "hoey"); /* psychologists are not known */
    assert_near(TABLES_FIND(table, "n_hoey", "1001", "samlet", "tot").value, 1.0, 0.0);
    assert_near(TABLES_FIND(table, "n_deler", "1001", "samlet", "tot").value, 2.0, 0.0);
}

/* The same professions where every one of the part is known. */
static void part_of_known_professions_has_the_level_of_the_gravest(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table =
        run_in(world("kjent fysioterapeut indikatorverdi verk teller under 1 .."), quality);
    assert_level(table, "1000", "kjent", "tot", "hoey");
    assert_level(table, "1001", "kjent", "tot", "middels");
    assert_level(table, "1004", "kjent", "tot", "lav");
}

/* 1000: profession, age and chance are all high. 1002: of professions and chance some are not
 * known, and age is low. Distances are in no source. */
static void index_counts_the_parts_that_it_shows(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run(quality);
    assert_near(TABLES_FIND(table, "n_hoey", "1000", "samlet", "tot").value, 3.0, 0.0);
    assert_near(TABLES_FIND(table, "n_deler", "1000", "samlet", "tot").value, 3.0, 0.0);
    assert_near(TABLES_FIND(table, "innbyggere", "1000", "samlet", "tot").value, 900.0, 0.0);
    assert_near(TABLES_FIND(table, "n_hoey", "1002", "samlet", "tot").value, 0.0, 0.0);
    assert_near(TABLES_FIND(table, "n_deler", "1002", "samlet", "tot").value, 1.0, 0.0);
}

/* Four small kommuner of nine rows each: six of the list, two parts of professions together, and
 * samlet; nothing of the large one, nor any figure of a part. */
static void only_small_kommuner_and_no_figures_of_parts_are_told(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run(quality);
    assert_int_equal(sp_table_n_rows(table), 4 * 9);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        assert_string_not_equal(sp_table_code(table, row, 0), "1003");
        if (strcmp(sp_table_code(table, row, 1), "samlet") != 0) {
            assert_int_equal(sp_table_real(table, row, 6).status, SP_NOT_APPLICABLE);
            assert_int_equal(sp_table_real(table, row, 7).status, SP_NOT_APPLICABLE);
        }
    }
}

static void part_without_a_source_is_told_once(void **state)
{
    (void)state;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run(quality);
    assert_level(table, "1000", "avstand_sykehus", "tot", "ukjent");
    assert_true(tables_has_finding(quality, "part_without_source", "avstand_sykehus tot"));
    assert_true(tables_has_finding(quality, "part_without_source", "lovpaalagt psykolog"));
    assert_false(tables_has_finding(quality, "part_without_source", "naer_pensjon tot"));
}

static void part_without_a_limit_is_refused(void **state)
{
    (void)state;
    g_auto(Compared) compared =
        world("lovpaalagt aktivitoer indikatorverdi verk teller under 1 ..");
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSettings) settings = settings_new();
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    assert_false(sp_transform_small.run(compared.in, settings, out, quality, &error));
    assert_error(error, SP_ERROR_CONFIG, "lovpaalagt, aktivitoer: middels or hoey is not there");
}

static void index_rests_on_every_part_with_a_source(void **state)
{
    (void)state;
    g_auto(Compared) compared = world(good_part);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSettings) settings = settings_new();
    g_autoptr(SpCell) cell =
        sp_cell_parse("smaa_kommuner n_hoey region=1000 del=samlet yrke=tot", &error);
    g_autoptr(SpExplanation) why = sp_explanation_new();
    sp_transform_small.explain(compared.in, settings, cell, why, &error);
    assert_no_error(error);
    assert_int_equal(why->inputs->len, 4);
    g_autofree char *first = sp_cell_format(g_ptr_array_index(why->inputs, 0));
    assert_string_equal(first, "indikatorverdi teller indikator=verk region=1000");
    assert_false(why->is_injective);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_and_thin_professions_are_told_apart),
        cmocka_unit_test(who_shares_a_service_has_the_level_of_the_host),
        cmocka_unit_test(chance_that_no_one_is_left_is_a_level_ten_years_on),
        cmocka_unit_test(who_was_not_drawn_and_who_is_not_there_are_not_judged),
        cmocka_unit_test(unknown_profession_hides_all_but_a_missing_one),
        cmocka_unit_test(probably_nobody_today_is_graver_than_all_else),
        cmocka_unit_test(part_of_known_professions_has_the_level_of_the_gravest),
        cmocka_unit_test(index_counts_the_parts_that_it_shows),
        cmocka_unit_test(only_small_kommuner_and_no_figures_of_parts_are_told),
        cmocka_unit_test(part_without_a_source_is_told_once),
        cmocka_unit_test(part_without_a_limit_is_refused),
        cmocka_unit_test(index_rests_on_every_part_with_a_source),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
