/* Where figures come from, and which of them give a kommune's count away. */
#include "tests/transforms/vary/tables.h"

#include "transforms/vary/placing.h"
#include "transforms/vary/variation_row.h"
#include "transforms/vary/vary.h"

/* 1508 and 1511 are of one KOSTRA group. */
static SpTable *regions(void)
{
    static const char *const kommuner[] = {"1505", "1508", "1511"};
    static const char *const groups[] = {"", "EKG02", "EKG01", "EKG01"};
    const SpColumn column = {.name = "kostragruppe", .kind = SP_COLUMN_CODE};
    SpTable *table = tables_region(kommuner, G_N_ELEMENTS(kommuner));
    const gsize at = sp_table_add_column(table, &column);
    for (gsize row = 0; row < G_N_ELEMENTS(groups); row++) {
        sp_table_set_code(table, row, at, groups[row]);
    }
    return table;
}

static SpTables *inputs(void)
{
    SpTables *in = sp_tables_new();
    SpTable *users = tables_brukere();
    tables_add_brukere(users, "1508", "2022-12-31", sp_real(40.0), sp_real(10.0));
    SpTable *persons = tables_folkemengde();
    tables_add_population(persons, "1508", "2023-01-01", 900.0, 100.0);
    SpTable *catalogue = tables_indikator();
    TABLES_ADD_INDICATOR(catalogue, "hjem", "count_persons", "no", "yes",
                         "brukere.hjemmetjenestebrukere", "folkemengde.innbyggere@+1", "1000",
                         "brukere.hjemmetjenestebrukere_80p; brukere.hjemmetjenestebrukere - "
                         "brukere.hjemmetjenestebrukere_80p",
                         "folkemengde.innbyggere{alder=080..105}@+1; "
                         "folkemengde.innbyggere{alder=000..079}@+1");
    TABLES_ADD_INDICATOR(catalogue, "verk", "aarsverk", "yes", "no",
                         "brukere.hjemmetjenestebrukere", "folkemengde.innbyggere@+1", "10000", "",
                         "");
    TABLES_ADD_INDICATOR(catalogue, "alder", "share", "yes", "no",
                         "folkemengde.innbyggere{alder=080..105}", "folkemengde.innbyggere", "1",
                         "", "");
    TABLES_ADD_INDICATOR(catalogue, "delt", "count_persons", "no", "yes",
                         "brukere.hjemmetjenestebrukere", "folkemengde.innbyggere@+1", "1000", "",
                         "", "", "", "legevakt");
    TABLES_ADD_INDICATOR(catalogue, "kjent", "mean", "yes", "no", "", "", "1", "", "", "",
                         "brukere.hjemmetjenestebrukere_80p");
    TABLES_ADD_INDICATOR(catalogue, "langt", "mean", "yes", "no", "", "", "1", "", "", "",
                         "avstand.km");
    static const char *const hosts[] = {"region", "vertskommune", "tjeneste", "period", "til"};
    sp_tables_add(in, tables_codes("vertskommune", hosts, G_N_ELEMENTS(hosts)));
    static const char *const near[] = {"1508", "1511"};
    sp_tables_add(in, tables_naboer(near, G_N_ELEMENTS(near)));
    sp_tables_add(in, regions());
    sp_tables_add(in, users);
    sp_tables_add(in, persons);
    sp_tables_add(in, catalogue);
    return in;
}

/* The transform whose table the cell is in. */
static gboolean explain(const char *text, SpExplanation *explanation, GError **error)
{
    g_autoptr(SpTables) in = inputs();
    g_autoptr(SpCell) cell = sp_cell_parse(text, error);
    assert_non_null(cell);
    const SpTransform *transform = strcmp(cell->table, "indikatorverdi") == 0
                                       ? &sp_transform_indicators
                                       : &sp_transform_variation;
    return transform->explain(in, NULL, cell, explanation, error);
}

static SpExplanation *explain_well(const char *text)
{
    g_autoptr(GError) error = NULL;
    SpExplanation *explanation = sp_explanation_new();
    explain(text, explanation, &error);
    assert_no_error(error);
    assert_non_null(explanation->method);
    return explanation;
}

static void assert_input(const SpExplanation *explanation, guint i, const char *wanted)
{
    assert_true(i < explanation->inputs->len);
    g_autofree char *text = sp_cell_format(g_ptr_array_index(explanation->inputs, i));
    assert_string_equal(text, wanted);
}

static void assert_refused(const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpExplanation) explanation = sp_explanation_new();
    assert_false(explain(text, explanation, &error));
    assert_error(error, SP_ERROR_NO_INPUT, "is no figure that vary makes");
}

static void value_comes_from_teller_and_nevner_and_gives_the_count_away(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) why =
        explain_well("indikatorverdi verdi indikator=hjem region=1508 period=2022-12-31");
    assert_true(why->is_injective);
    assert_int_equal(why->inputs->len, 2);
    assert_input(why, 0, "brukere hjemmetjenestebrukere region=1508 period=2022-12-31");
    assert_input(why, 1, "folkemengde innbyggere region=1508 kjonn=* alder=* period=2023-01-01");
}

static void value_of_a_sum_gives_no_single_cell_away(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) why =
        explain_well("indikatorverdi verdi indikator=alder region=1508 period=2023-01-01");
    assert_false(why->is_injective);
    assert_int_equal(why->inputs->len, 3);
    assert_input(why, 1, "folkemengde innbyggere region=1508 kjonn=* alder=105 period=2023-01-01");
}

static void expected_count_comes_from_the_whole_country(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) why =
        explain_well("indikatorverdi forventet indikator=hjem region=1508 period=2022-12-31");
    assert_false(why->is_injective);
    assert_input(why, 0, "folkemengde innbyggere region=1508 kjonn=* alder=* period=2023-01-01");
    assert_input(why, 5, "brukere hjemmetjenestebrukere region=* period=2022-12-31");
    assert_input(why, 7, "brukere hjemmetjenestebrukere_80p region=* period=2022-12-31");
    g_autoptr(SpExplanation) variance =
        explain_well("indikatorverdi varians indikator=hjem region=1508 period=2022-12-31");
    assert_int_equal(variance->inputs->len, why->inputs->len);
}

static void four_years_together_come_from_all_periods_and_invert_to_none(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) why =
        explain_well("indikatorverdi verdi indikator=hjem region=1508 period=2019-2022");
    assert_false(why->is_injective);
    assert_input(why, 0, "brukere hjemmetjenestebrukere region=1508 period=*");
}

static void figure_of_kommuner_that_share_a_service_comes_from_all(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) why =
        explain_well("indikatorverdi verdi indikator=delt region=1508 period=2022-12-31");
    assert_false(why->is_injective);
    assert_input(why, 2, "brukere hjemmetjenestebrukere region=* period=2022-12-31");
}

static void published_ratio_is_the_published_cell(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) why =
        explain_well("indikatorverdi verdi indikator=kjent region=1508 period=2022-12-31");
    assert_true(why->is_injective);
    assert_int_equal(why->inputs->len, 1);
    assert_input(why, 0, "brukere hjemmetjenestebrukere_80p region=1508 period=2022-12-31");
}

static void ratio_shrunk_and_limits_of_a_kommune_invert_to_its_own_cell(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) ratio =
        explain_well("plassering ratio indikator=hjem region=1508 period=2022-12-31");
    g_autoptr(SpExplanation) shrunk =
        explain_well("plassering krympet indikator=hjem region=1508 period=2022-12-31");
    g_autoptr(SpExplanation) limit =
        explain_well("plassering nedre_998 indikator=hjem region=1508 period=2022-12-31");
    assert_true(ratio->is_injective);
    assert_true(shrunk->is_injective);
    assert_true(limit->is_injective);
    assert_input(ratio, 0, "indikatorverdi teller indikator=hjem region=1508 period=2022-12-31");
    assert_input(shrunk, 0, "indikatorverdi teller indikator=hjem region=1508 period=2022-12-31");
    assert_input(shrunk, 2, "indikatorverdi teller indikator=hjem region=* period=2022-12-31");
    assert_input(limit, 0, "indikatorverdi forventet indikator=hjem region=1508 period=2022-12-31");
}

static void measure_comes_from_all_kommuner_and_inverts_to_none(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) why = explain_well("variasjon scv indikator=hjem period=2022-12-31");
    assert_false(why->is_injective);
    assert_int_equal(why->inputs->len, 5);
    assert_input(why, 0, "indikatorverdi teller indikator=hjem region=* period=2022-12-31");
    assert_string_equal(g_ptr_array_index(why->settings, 0), "vary.scv_minimum_expected");
    assert_string_equal(g_ptr_array_index(why->settings, 1), "vary.scv_minimum_kommuner");
    g_autoptr(SpExplanation) outside =
        explain_well("variasjon andel_utenfor_998 indikator=hjem period=2022-12-31");
    assert_false(outside->is_injective);
    assert_int_equal(outside->inputs->len, 5);
}

/* Issue 6 hides what rests on a hidden cell: this must not be among it. */
static void prediction_rests_on_the_others_of_its_group_and_not_on_its_own_figure(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) why =
        explain_well("plassering uten_egne_tall indikator=hjem region=1508 period=2022-12-31");
    assert_false(why->is_injective);
    assert_int_equal(why->inputs->len, 5);
    assert_input(why, 0, "indikatorverdi forventet indikator=hjem region=1508 period=2022-12-31");
    assert_input(why, 1, "indikatorverdi nevner indikator=hjem region=1508 period=2022-12-31");
    assert_input(why, 2, "indikatorverdi teller indikator=hjem region=1511 period=2022-12-31");
    for (guint i = 0; i < why->inputs->len; i++) {
        const SpCell *input = g_ptr_array_index(why->inputs, i);
        assert_string_not_equal(sp_cell_code(input, "region"), "*");
        assert_false(strcmp(sp_cell_code(input, "region"), "1508") == 0 &&
                     strcmp(input->measure, "teller") == 0);
    }
    assert_string_equal(g_ptr_array_index(why->settings, 0), "vary.least_shown");
}

/* The population has no row of the country. */
static void country_rests_on_all_kommuner_where_a_table_has_no_row_of_it(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) why =
        explain_well("indikatorverdi verdi indikator=hjem region=0 period=2022-12-31");
    assert_input(why, 1, "folkemengde innbyggere region=* kjonn=* alder=* period=2023-01-01");
}

static void locally_shrunk_ratio_rests_on_its_own_figure_and_its_neighbours(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) why =
        explain_well("plassering krympet_lokal indikator=hjem region=1508 period=2022-12-31");
    assert_true(why->is_injective);
    assert_input(why, 0, "indikatorverdi teller indikator=hjem region=1508 period=2022-12-31");
    assert_input(why, 2, "indikatorverdi teller indikator=hjem region=1511 period=2022-12-31");
    assert_int_equal(why->inputs->len, 5);
}

static void tails_invert_and_signals_tell_and_do_not(void **state)
{
    (void)state;
    static const char *const own = "indikatorverdi teller indikator=hjem region=1508 "
                                   "period=2022-12-31";
    static const char *const inverting[] = {"p", "q", "q_od", "krympet_gamma"};
    static const char *const telling[] = {"signal", "signal_fdr", "signal_od", "signal_od_fdr",
                                          "vurdering"};
    for (gsize i = 0; i < G_N_ELEMENTS(inverting) + G_N_ELEMENTS(telling); i++) {
        const gboolean inverts = i < G_N_ELEMENTS(inverting);
        g_autofree char *cell =
            g_strdup_printf("plassering %s indikator=hjem region=1508 period=2022-12-31",
                            inverts ? inverting[i] : telling[i - G_N_ELEMENTS(inverting)]);
        g_autoptr(SpExplanation) why = explain_well(cell);
        assert_input(why, 0, own);
        assert_int_equal(why->is_injective, inverts);
    }
}

static void limits_with_true_differences_rest_on_all_kommuner(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) why =
        explain_well("plassering oevre_95_od indikator=hjem region=1508 period=2022-12-31");
    assert_true(why->is_injective);
    assert_input(why, 0, "indikatorverdi forventet indikator=hjem region=1508 period=2022-12-31");
    assert_input(why, 3, "indikatorverdi teller indikator=hjem region=* period=2022-12-31");
    assert_string_equal(g_ptr_array_index(why->settings, 0), "vary.pulled_in");
}

/* Every measure of a row of variasjon can be explained: none was forgotten. */
static void every_column_of_variasjon_is_explained(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = sp_variation_row_table();
    for (gsize i = 2; i < sp_table_n_columns(table); i++) {
        g_autofree char *cell = g_strdup_printf("variasjon %s indikator=hjem period=2022-12-31",
                                                sp_table_column(table, i)->name);
        g_autoptr(SpExplanation) why = explain_well(cell);
        assert_false(why->is_injective);
        assert_int_equal(why->inputs->len, 5);
    }
}

static void every_column_of_plassering_but_its_keys_is_explained(void **state)
{
    (void)state;
    g_autoptr(SpTable) table = sp_placing_new();
    for (gsize i = 3; i < sp_table_n_columns(table); i++) {
        const char *name = sp_table_column(table, i)->name;
        g_autofree char *cell =
            g_strdup_printf("plassering %s indikator=hjem region=1508 period=2022-12-31", name);
        if (strcmp(name, "vertskommune") != 0) { /* a fact of the source, no figure */
            g_autoptr(SpExplanation) why = explain_well(cell);
            assert_true(why->inputs->len > 0);
        }
    }
}

static void limits_of_the_bootstrap_name_its_draws(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) drawn =
        explain_well("variasjon gini_nedre indikator=hjem period=2022-12-31");
    g_autoptr(SpExplanation) likelihood =
        explain_well("variasjon medianforhold_nedre indikator=hjem period=2022-12-31");
    assert_string_equal(g_ptr_array_index(drawn->settings, 0), "vary.bootstrap_replicates");
    assert_string_equal(g_ptr_array_index(drawn->settings, 1), "vary.seed");
    assert_int_equal(likelihood->settings->len, 1);
    assert_string_equal(g_ptr_array_index(likelihood->settings, 0),
                        "vary.headline_minimum_kommuner");
}

static void figures_that_are_not_made_are_refused(void **state)
{
    (void)state;
    assert_refused("indikatorverdi verdi indikator=ukjent region=1508 period=2022-12-31");
    assert_refused("indikatorverdi rang indikator=hjem region=1508 period=2022-12-31");
    assert_refused("indikatorverdi verdi indikator=hjem region=1508");
    assert_refused("indikatorverdi forventet indikator=verk region=1508 period=2022-12-31");
    assert_refused("variasjon scv indikator=verk period=2022-12-31");
    assert_refused("variasjon potthoff indikator=verk period=2022-12-31");
    assert_refused("variasjon medianforhold_nedre indikator=verk period=2022-12-31");
    assert_refused("variasjon kji2_nedre indikator=hjem period=2022-12-31");
    assert_refused("variasjon moran indikator=langt period=2022-12-31");
    assert_refused("variasjon tull_nedre indikator=hjem period=2022-12-31");
    assert_refused("plassering uten_egne_tall indikator=verk region=1508 period=2022-12-31");
    assert_refused("variasjon andel_utenfor_998 indikator=alder period=2023-01-01");
    assert_refused("plassering oevre_998 indikator=alder region=1508 period=2023-01-01");
    assert_refused("plassering krympet indikator=verk region=1508 period=2022-12-31");
    assert_refused("plassering verdi indikator=hjem period=2022-12-31");
    assert_refused("folkemengde innbyggere indikator=hjem period=2022-12-31");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(value_comes_from_teller_and_nevner_and_gives_the_count_away),
        cmocka_unit_test(value_of_a_sum_gives_no_single_cell_away),
        cmocka_unit_test(expected_count_comes_from_the_whole_country),
        cmocka_unit_test(four_years_together_come_from_all_periods_and_invert_to_none),
        cmocka_unit_test(figure_of_kommuner_that_share_a_service_comes_from_all),
        cmocka_unit_test(published_ratio_is_the_published_cell),
        cmocka_unit_test(ratio_shrunk_and_limits_of_a_kommune_invert_to_its_own_cell),
        cmocka_unit_test(measure_comes_from_all_kommuner_and_inverts_to_none),
        cmocka_unit_test(prediction_rests_on_the_others_of_its_group_and_not_on_its_own_figure),
        cmocka_unit_test(country_rests_on_all_kommuner_where_a_table_has_no_row_of_it),
        cmocka_unit_test(locally_shrunk_ratio_rests_on_its_own_figure_and_its_neighbours),
        cmocka_unit_test(tails_invert_and_signals_tell_and_do_not),
        cmocka_unit_test(limits_with_true_differences_rest_on_all_kommuner),
        cmocka_unit_test(every_column_of_variasjon_is_explained),
        cmocka_unit_test(every_column_of_plassering_but_its_keys_is_explained),
        cmocka_unit_test(limits_of_the_bootstrap_name_its_draws),
        cmocka_unit_test(figures_that_are_not_made_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
