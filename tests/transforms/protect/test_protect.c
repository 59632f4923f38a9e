/* Published tables assembled and protected. */
#include "tests/core/rows.h"

#include "core/table_rows.h"
#include "transforms/protect/assemble.h"
#include "transforms/protect/primary.h"
#include "transforms/protect/protect.h"

static SpTable *regions(void)
{
    return TABLE("region",
                 "region:key navn:attribute slag:attribute fylke:attribute kostragruppe:attribute "
                 "sentralitet:attribute",
                 "0301 Oslo kommune 03 EKG13 S1", "1101 Eigersund kommune 11 EKG07 S4",
                 "1103 Stavanger kommune 11 EKG12 S2", "03 Oslo fylke 03 _ _",
                 "11 Rogaland fylke 11 _ _", "0 Norge landet _ _ _");
}

static SpTable *bands(void)
{
    return TABLE("aldersgruppe", "liste:key kode:key fra:attribute til:attribute",
                 "to 000-001 000 001", "to 002-105 002 105");
}

static SpTable *population(void)
{
    return TABLE("folkemengde", "region:key alder:key innbyggere:sum", "0301 000 5", "0301 001 6",
                 "0301 002 7", "1101 000 1", "1101 001 2", "1101 002 -", "1103 000 ..",
                 "1103 001 4", "1103 002 8");
}

/* `source` published as a row of the catalogue says, with the regions above; what the row leaves
 * out is empty. NULL with error. */
static SpTable *assemble(const SpTable *source, const SpTable *band, SpPublished row,
                         GError **error)
{
    g_autoptr(SpTable) region = regions();
    row.source = sp_table_name(source);
    row.bands = row.bands != NULL ? row.bands : "";
    row.margins = row.margins != NULL ? row.margins : "";
    row.columns = row.columns != NULL ? row.columns : "";
    return sp_assemble(source, &row, band, region, error);
}

static void ages_are_summed_to_bands_and_kommuner_to_regions(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) source = population();
    g_autoptr(SpTable) band = bands();
    g_autoptr(SpTable) table = assemble(
        source, band, (SpPublished){.name = "befolkning", .bands = "to", .rolls_up = TRUE}, &error);
    assert_no_error(error);
    assert_string_equal(sp_table_name(table), "befolkning");
    /* A missing part makes the whole missing; a zero adds 0. */
    g_autoptr(SpTable) rogaland =
        sp_table_filter_codes(table, 0, (const char *const[]){"11", "1101"}, 2);
    assert_rows(rogaland, "11 000-001 ..", "11 002-105 8", "1101 000-001 3", "1101 002-105 -");
    g_autoptr(SpTable) oslo =
        sp_table_filter_codes(table, 0, (const char *const[]){"03", "0301"}, 2);
    assert_rows(oslo, "03 000-001 11", "03 002-105 7", "0301 000-001 11", "0301 002-105 7");
}

static void an_age_in_no_band_is_a_config_error(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) source =
        TABLE("folkemengde", "region:key alder:key innbyggere:sum", "0301 106 5");
    g_autoptr(SpTable) band = bands();
    g_autoptr(SpTable) table = assemble(
        source, band, (SpPublished){.name = "befolkning", .bands = "to", .rolls_up = TRUE}, &error);
    assert_null(table);
    assert_error(error, SP_ERROR_CONFIG, "age \"106\" is in no band of the list \"to\"");
}

static void only_the_catalogues_columns_are_published(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) source =
        TABLE("framskriving_behov", "region:key brukere:other indeks:other", "0301 12 1.5");
    g_autoptr(SpTable) table =
        assemble(source, NULL, (SpPublished){.name = "behov", .columns = "region|indeks"}, &error);
    assert_no_error(error);
    assert_int_equal(sp_table_n_columns(table), 2);
    assert_rows(table, "0301 1.5");
}

/* Intervals are not there when nothing was drawn; any other column that is not there is an
 * error. */
static void a_column_behind_a_question_mark_need_not_be_there(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) source =
        TABLE("framskriving_behov", "region:key brukere:other p05:other", "0301 12 9");
    g_autoptr(SpTable) table =
        assemble(source, NULL,
                 (SpPublished){.name = "behov", .columns = "region|brukere=|?p05=|?p95="}, &error);
    assert_no_error(error);
    assert_rows(table, "0301 12 9");
    assert_null(
        assemble(source, NULL, (SpPublished){.name = "behov", .columns = "region|p95="}, &error));
    assert_error(error, SP_ERROR_DATA, "p95");
    g_clear_error(&error);
    assert_null(assemble(source, NULL,
                         (SpPublished){.name = "behov", .columns = "region|?p05=persons"}, &error));
    assert_error(error, SP_ERROR_CONFIG, "p05 has the unit");
}

static void a_unit_that_is_not_the_columns_is_a_config_error(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) source =
        TABLE("framskriving_behov", "region:key brukere:other indeks:other", "0301 12 1.5");
    assert_null(assemble(source, NULL,
                         (SpPublished){.name = "behov", .columns = "region|indeks=NOK"}, &error));
    assert_error(error, SP_ERROR_CONFIG, "indeks has the unit \"\", not \"NOK\"");
}

/* "region==0" keeps what the margins before it have made for the country. */
static void a_margin_may_keep_the_rows_of_one_code(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) source =
        TABLE("tilskudd", "region:key mottaker:key ok:attribute n:sum", "0 kommune ja 5",
              "0 971032146 nei 2", "11 971032146 nei 2", "1103 kommune ja 5");
    g_autoptr(SpTable) band = bands();
    g_autoptr(SpTable) table =
        assemble(source, band,
                 (SpPublished){.name = "tiltak",
                               .columns = "region|mottaker|ok|n=",
                               .margins = "mottaker=alle+mottaker==alle+region==0"},
                 &error);
    assert_no_error(error);
    assert_rows(table, "0 alle _ 7");
}

static void margins_and_further_bands_stand_beside_the_parts(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) source =
        TABLE("folkemengde", "region:key kjonn:key alder:key innbyggere:sum", "0301 1 000 5",
              "0301 2 000 6", "0301 1 090 2", "0301 2 090 :");
    g_autoptr(SpTable) lists =
        TABLE("aldersgruppe", "liste:key kode:key fra:attribute til:attribute",
              "alle 000-105 000 105", "eldre 080-105 080 105");
    g_autoptr(SpTable) table = assemble(
        source, lists,
        (SpPublished){.name = "befolkning", .bands = "alle+eldre", .margins = "kjonn=0"}, &error);
    assert_no_error(error);
    assert_rows(table, "0301 0 000-105 :", "0301 0 080-105 :", "0301 1 000-105 7",
                "0301 1 080-105 2", "0301 2 000-105 :", "0301 2 080-105 :");
}

static SpTable *users(guint marks)
{
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "brukere", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
        {.name = "andel", .kind = SP_COLUMN_MEASURE, .unit = "ratio"}};
    static const double counts[] = {4.0, 5.0, 0.0};
    SpTable *table = sp_table_new("brukere", columns, G_N_ELEMENTS(columns));
    static const char *const codes[] = {"0301", "1101", "1103"};
    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
        gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, 0, codes[i]);
        sp_table_set_real(table, row, 1, sp_real(counts[i]));
        sp_table_set_real(table, row, 2, sp_real(counts[i] / 100.0));
    }
    sp_table_set_marks(table, marks);
    return table;
}

static void a_small_count_hides_its_whole_row_and_a_zero_stays(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = users(SP_MARK_SENSITIVE);
    assert_int_equal(sp_protect_primary(table, 5.0), 1);
    assert_rows(table, "0301 : :", "1101 5 0.05", "1103 - -");
}

static void public_figures_pass_untouched(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = users(0);
    assert_int_equal(sp_protect_primary(table, 5.0), 0);
    assert_rows(table, "0301 4 0.04", "1101 5 0.05", "1103 - -");
}

static void a_count_below_the_unit_is_a_small_count(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = users(SP_MARK_SENSITIVE);
    sp_table_set_real(table, 2, 1, sp_real_none(SP_BELOW_UNIT));
    assert_int_equal(sp_protect_primary(table, 5.0), 2);
    assert_rows(table, "0301 : :", "1101 5 0.05", "1103 : :");
}

/* A K table: SSB's fylke is rounded by itself (7, not 3 + 3), and its country is estimated. */
static void wholes_of_the_source_stay_beside_our_sums(void **state)
{
    (void)state;
    g_autoptr(SpTable) source =
        TABLE("kilde", "region:key n:sum", "0301 5", "1101 3", "1103 3", "11 7", "0 12");
    g_autoptr(SpTable) ages = bands();
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table =
        assemble(source, ages,
                 (SpPublished){.name = "tabell", .rolls_up = TRUE, .has_own_wholes = TRUE}, &error);
    assert_no_error(error);
    gsize n = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *region = sp_table_code(table, row, 0);
        double value = sp_table_real(table, row, 1).value;
        assert_true(strcmp(region, "11") != 0 || value == 7);
        assert_true(strcmp(region, "0") != 0 || value == 12);
        assert_true(strcmp(region, "0k") != 0 || value == 11);
        n += strcmp(region, "0k") == 0;
    }
    assert_int_equal(n, 1);
    /* So nobody, the audit included, is told that parts sum to wholes here. */
    assert_false(sp_table_column(table, 1)->is_additive);
}

/* KS's rule: 10 årsverk or fewer. It hides what many persons share, and says nothing of a zero. */
static void an_owners_rule_hides_by_its_own_measure(void **state)
{
    (void)state;
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "aarsverk", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        {.name = "personer", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
        {.name = "brutto", .kind = SP_COLUMN_MEASURE, .unit = "share"}};
    static const double aarsverk[] = {10.0, 10.01, 0.0};
    SpTable *table = sp_table_new("stillinger", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i < G_N_ELEMENTS(aarsverk); i++) {
        g_autofree char *code = g_strdup_printf("110%" G_GSIZE_FORMAT, i);
        gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, 0, code);
        sp_table_set_real(table, row, 1, sp_real(aarsverk[i]));
        sp_table_set_real(table, row, 2, sp_real(30.0));
        sp_table_set_real(table, row, 3, sp_real_none(SP_NOT_APPLICABLE));
    }
    g_autoptr(SpTable) open = sp_table_copy(table);
    assert_int_equal(sp_protect_at_most(open, 1, 10.0), 0); /* of a public source */
    sp_table_set_marks(table, SP_MARK_SENSITIVE);
    assert_int_equal(sp_protect_at_most(table, 1, 10.0), 1);
    assert_rows(table, "1100 : : .", "1101 10.01 30 .", "1102 - 30 .");
    sp_table_free(table);
}

static SpTable *catalogue(void)
{
    return TABLE("tabell",
                 "name:key source:attribute bands:attribute margins:attribute rollup:attribute "
                 "columns:attribute",
                 "befolkning folkemengde to _ yes _", "brukere brukere _ _ no _",
                 "aarsverk aarsverk _ _ no _", "kilder _ _ _ no _");
}

static SpSettings *threshold(SpConfig *config)
{
    static const char *const keys[] = {"protect.threshold"};
    g_autoptr(GError) error = NULL;
    sp_config_set(config, "test", "protect.threshold=5", &error);
    assert_no_error(error);
    return sp_settings_new(config, NULL, keys, G_N_ELEMENTS(keys));
}

static SpTables *inputs(void)
{
    SpTables *in = sp_tables_new();
    sp_tables_add(in, catalogue());
    sp_tables_add(in, bands());
    sp_tables_add(
        in, TABLE("skjerming", "table:key measure:key at_most:attribute", "brukere andel 0.05"));
    sp_tables_add(in, regions());
    sp_tables_add(in, population());
    sp_tables_add(in, users(SP_MARK_SENSITIVE));
    return in;
}

static void the_catalogue_decides_what_is_published(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = sp_config_new();
    g_autoptr(SpSettings) settings = threshold(config);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) in = inputs();
    g_autoptr(SpTables) out = sp_tables_new();
    assert_true(sp_transform_protect.run(in, settings, out, quality, &error));
    assert_int_equal(sp_tables_size(out), 3);
    assert_non_null(sp_tables_find(out, "befolkning"));
    /* 0301 has 4 users; 1101 has a share of 0.05, which the owner's rule hides. */
    assert_rows(sp_tables_find(out, "brukere"), "0301 : :", "1101 : :", "1103 - -");
    assert_int_equal(sp_quality_count(quality, "hidden_by_rule"), 1);
    /* aarsverk has no source here: told, not an error. */
    assert_int_equal(sp_quality_count(quality, "table_left_out"), 1);
    /* What the rule has hidden, the threshold does not find again. */
    assert_int_equal(sp_quality_count(quality, "hidden_primary"), 0);
}

/* A rule that names nothing would protect nothing. */
static void a_rule_about_nothing_is_a_config_error(void **state)
{
    (void)state;
    static const struct {
        const char *rule;
        const char *part;
    } cases[] = {{"bruker andel 10", "bruker is not in config/tables.csv"},
                 {"brukere aarsverk 10", "no measure column \"aarsverk\""},
                 {"brukere andel ti", "at_most is \"ti\""}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(SpConfig) config = sp_config_new();
        g_autoptr(SpSettings) settings = threshold(config);
        g_autoptr(SpQuality) quality = sp_quality_new();
        g_autoptr(SpTables) in = inputs();
        g_autoptr(SpTables) out = sp_tables_new();
        sp_table_free(sp_tables_steal(in, "skjerming"));
        sp_tables_add(in,
                      TABLE("skjerming", "table:key measure:key at_most:attribute", cases[i].rule));
        assert_false(sp_transform_protect.run(in, settings, out, quality, &error));
        if (strstr(error->message, cases[i].part) == NULL) {
            fail_msg("\"%s\" is not in: %s", cases[i].part, error->message);
        }
    }
}

static void a_cell_is_explained_by_its_source_and_a_sum_by_its_parts(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) in = inputs();
    g_autoptr(SpExplanation) own = sp_explanation_new();
    g_autoptr(SpCell) cell = sp_cell_with(sp_cell_new("brukere", "andel"), "region", "1101");
    assert_true(sp_transform_protect.explain(in, NULL, cell, own, &error));
    g_autofree char *input = sp_cell_format(own->inputs->pdata[0]);
    assert_string_equal(input, "brukere andel region=1101");
    assert_true(own->is_injective);
    g_autoptr(SpExplanation) sum = sp_explanation_new();
    g_autoptr(SpCell) fylke = sp_cell_with(
        sp_cell_with(sp_cell_new("befolkning", "innbyggere"), "region", "11"), "alder", "000-001");
    assert_true(sp_transform_protect.explain(in, NULL, fylke, sum, &error));
    /* The kommuner of the fylke that the source has, and the ages of the band, alone. */
    static const char *const parts[] = {"folkemengde innbyggere region=1101 alder=000",
                                        "folkemengde innbyggere region=1101 alder=001",
                                        "folkemengde innbyggere region=1103 alder=000",
                                        "folkemengde innbyggere region=1103 alder=001"};
    assert_int_equal(sum->inputs->len, G_N_ELEMENTS(parts));
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *part = sp_cell_format(sum->inputs->pdata[i]);
        assert_string_equal(part, parts[i]);
    }
    assert_false(sum->is_injective);
}

/* The country is all kommuner, and needs no list of them; what the source itself has of a region is
 * no sum. */
static void the_country_is_every_row_and_a_whole_of_the_source_itself(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) in = inputs();
    g_autoptr(SpExplanation) all = sp_explanation_new();
    g_autoptr(SpCell) country = sp_cell_with(
        sp_cell_with(sp_cell_new("befolkning", "innbyggere"), "region", "0"), "alder", "002-105");
    assert_true(sp_transform_protect.explain(in, NULL, country, all, &error));
    assert_int_equal(all->inputs->len, 1);
    g_autofree char *input = sp_cell_format(all->inputs->pdata[0]);
    assert_string_equal(input, "folkemengde innbyggere region=* alder=002");
    sp_table_free(sp_tables_steal(in, "folkemengde"));
    sp_tables_add(in, TABLE("folkemengde", "region:key alder:key innbyggere:sum", "0 002 16",
                            "1101 002 7", "1103 002 8"));
    g_autoptr(SpExplanation) own = sp_explanation_new();
    assert_true(sp_transform_protect.explain(in, NULL, country, own, &error));
    assert_int_equal(own->inputs->len, 1);
    g_autofree char *itself = sp_cell_format(own->inputs->pdata[0]);
    assert_string_equal(itself, "folkemengde innbyggere region=0 alder=002");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ages_are_summed_to_bands_and_kommuner_to_regions),
        cmocka_unit_test(an_age_in_no_band_is_a_config_error),
        cmocka_unit_test(only_the_catalogues_columns_are_published),
        cmocka_unit_test(a_margin_may_keep_the_rows_of_one_code),
        cmocka_unit_test(margins_and_further_bands_stand_beside_the_parts),
        cmocka_unit_test(a_column_behind_a_question_mark_need_not_be_there),
        cmocka_unit_test(a_unit_that_is_not_the_columns_is_a_config_error),
        cmocka_unit_test(a_small_count_hides_its_whole_row_and_a_zero_stays),
        cmocka_unit_test(public_figures_pass_untouched),
        cmocka_unit_test(a_count_below_the_unit_is_a_small_count),
        cmocka_unit_test(an_owners_rule_hides_by_its_own_measure),
        cmocka_unit_test(a_rule_about_nothing_is_a_config_error),
        cmocka_unit_test(the_catalogue_decides_what_is_published),
        cmocka_unit_test(a_cell_is_explained_by_its_source_and_a_sum_by_its_parts),
        cmocka_unit_test(the_country_is_every_row_and_a_whole_of_the_source_itself),
        cmocka_unit_test(wholes_of_the_source_stay_beside_our_sums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
