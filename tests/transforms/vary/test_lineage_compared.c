/* Where figures of the tables that compare come from. */
#include "tests/transforms/vary/compared.h"

#include "transforms/vary/vary.h"

enum { KOMMUNER = 6 };

static SpExplanation *explain(const SpTransform *transform, const char *text, GError **error)
{
    const char *const assignments[] = {"comparators=2",
                                       "comparator_groups=2",
                                       "comparators_by=need",
                                       "comparators_theme=",
                                       "comparator_weights=",
                                       "covariate_classes=sentral:sentralitet",
                                       "period_minimum_share=0.75",
                                       "comparison_minimum_members=1"};
    g_auto(Compared) compared = compared_new(KOMMUNER);
    TABLES_ADD_INDICATOR(compared.regions, "12", "fylke");
    /* The last kommune is a fylke of its own. */
    sp_table_set_code(compared.regions, KOMMUNER, sp_table_find(compared.regions, "fylke"), "12");
    for (guint i = 0; i < KOMMUNER; i++) {
        compared_add(&compared, "gamle", i, "2022-01-01", (Rate){sp_real(10.0 + i), 100.0, 1.0});
        for (guint t = 0; t < 2; t++) {
            const gsize row =
                compared_add(&compared, "brukere", i, t == 0 ? "2021-12-31" : "2022-12-31",
                             (Rate){sp_real(10.0), 100.0, 1000.0});
            compared_chance(&compared, row, 10.0, 10.0);
        }
    }
    g_autoptr(SpCell) cell = sp_cell_parse(text, error);
    g_autoptr(SpExplanation) why = sp_explanation_new();
    g_autoptr(SpSettings) settings = compared_settings(
        assignments, G_N_ELEMENTS(assignments), transform->config_keys, transform->n_config_keys);
    assert_non_null(cell);
    return transform->explain(compared.in, settings, cell, why, error) ? g_steal_pointer(&why)
                                                                       : NULL;
}

static SpExplanation *explain_well(const SpTransform *transform, const char *text)
{
    g_autoptr(GError) error = NULL;
    SpExplanation *why = explain(transform, text, &error);
    assert_no_error(error);
    return why;
}

static void assert_input(const SpExplanation *why, guint i, const char *wanted)
{
    assert_true(i < why->inputs->len);
    g_autofree char *found = sp_cell_format(g_ptr_array_index(why->inputs, i));
    assert_string_equal(found, wanted);
}

static void assert_refused(const SpTransform *transform, const char *text)
{
    g_autoptr(GError) error = NULL;
    assert_null(explain(transform, text, &error));
    assert_error(error, SP_ERROR_NO_INPUT, text);
}

static void distance_rests_on_the_covariates_of_all(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) why =
        explain_well(&sp_transform_comparators,
                     "sammenlikningskommuner avstand region=1000 slag=naermeste rekke=01");
    assert_int_equal(why->inputs->len, 2);
    assert_input(why, 0, "indikatorverdi verdi indikator=gamle region=1000 period=2022-01-01");
    assert_input(why, 1, "indikatorverdi verdi indikator=gamle region=* period=2022-01-01");
    assert_false(why->is_injective);
}

static void size_of_a_comparator_rests_on_those_of_all(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) why =
        explain_well(&sp_transform_comparators,
                     "sammenlikningskommuner innbyggere region=1000 slag=naermeste rekke=01");
    assert_int_equal(why->inputs->len, 3);
    assert_input(why, 0, "indikatorverdi teller indikator=pop_inhabitants region=* period=*");
    assert_false(why->is_injective);
}

/* 1000's nearest by need are 1001 and 1002. */
static void mean_rests_on_each_kommune_compared_with(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) why = explain_well(
        &sp_transform_comparison,
        "sammenlikning middel_naermeste indikator=brukere region=1000 period=2022-12-31");
    assert_int_equal(why->inputs->len, 4);
    assert_input(why, 0, "indikatorverdi verdi indikator=brukere region=1001 period=2022-12-31");
    assert_input(why, 1, "indikatorverdi nevner indikator=brukere region=1001 period=2022-12-31");
    assert_input(why, 2, "indikatorverdi verdi indikator=brukere region=1002 period=2022-12-31");
    assert_false(why->is_injective);
}

static void own_figure_and_ratio_give_the_own_figure_away(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "sammenlikning verdi indikator=brukere region=1000 period=2022-12-31",
        "sammenlikning forhold_fylke indikator=brukere region=1000 period=2022-12-31"};
    for (gsize k = 0; k < G_N_ELEMENTS(texts); k++) {
        g_autoptr(SpExplanation) why = explain_well(&sp_transform_comparison, texts[k]);
        assert_true(why->is_injective);
        assert_input(why, 0,
                     "indikatorverdi verdi indikator=brukere region=1000 period=2022-12-31");
    }
}

static void own_figure_stands_once_in_what_a_ratio_rests_on(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) why = explain_well(
        &sp_transform_comparison,
        "sammenlikning forhold_landet indikator=brukere region=1000 period=2022-12-31");
    assert_int_equal(why->inputs->len, 2 * KOMMUNER);
    assert_input(why, 0, "indikatorverdi verdi indikator=brukere region=1000 period=2022-12-31");
    assert_input(why, 1, "indikatorverdi nevner indikator=brukere region=1000 period=2022-12-31");
    assert_input(why, 2, "indikatorverdi verdi indikator=brukere region=1001 period=2022-12-31");
}

static void development_rests_on_all_periods_of_the_area(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) own =
        explain_well(&sp_transform_development, "utvikling siste indikator=brukere region=1000");
    g_autoptr(SpExplanation) fylke =
        explain_well(&sp_transform_development, "utvikling siste indikator=brukere region=10");
    assert_true(own->is_injective);
    assert_input(own, 0, "indikatorverdi verdi indikator=brukere region=1000 period=*");
    assert_false(fylke->is_injective);
    assert_int_equal(fylke->inputs->len, 2 * KOMMUNER / 2);
}

static void figure_of_an_area_is_a_kommunes_own_where_it_is_alone(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) alone =
        explain_well(&sp_transform_development, "utvikling foerste indikator=brukere region=12");
    g_autoptr(SpExplanation) country =
        explain_well(&sp_transform_development, "utvikling siste indikator=brukere region=0");
    assert_true(alone->is_injective);
    assert_input(alone, 0, "indikatorverdi verdi indikator=brukere region=1005 period=*");
    assert_false(country->is_injective);
    assert_input(country, 0, "indikatorverdi verdi indikator=brukere region=* period=*");
}

static void discovery_rests_on_the_whole_family(void **state)
{
    (void)state;
    static const char *const measures[] = {"q_trend", "vurdering"};
    for (gsize k = 0; k < G_N_ELEMENTS(measures); k++) {
        g_autofree char *own =
            g_strdup_printf("utvikling %s indikator=brukere region=1000", measures[k]);
        g_autofree char *all =
            g_strdup_printf("utvikling %s indikator=brukere region=0", measures[k]);
        g_autoptr(SpExplanation) of_one = explain_well(&sp_transform_development, own);
        g_autoptr(SpExplanation) of_all = explain_well(&sp_transform_development, all);
        assert_int_equal(of_one->inputs->len, 4);
        assert_input(of_one, 0, "indikatorverdi verdi indikator=brukere region=1000 period=*");
        assert_input(of_one, 2, "indikatorverdi verdi indikator=brukere region=* period=*");
        assert_false(of_one->is_injective);
        assert_int_equal(of_all->inputs->len, 2);
    }
}

static void assert_settings(const char *measure, const char *wanted)
{
    g_autofree char *text = g_strdup_printf("utvikling %s indikator=brukere region=1000", measure);
    g_autoptr(SpExplanation) why = explain_well(&sp_transform_development, text);
    g_autoptr(GString) found = g_string_new(NULL);
    for (guint k = 0; k < why->settings->len; k++) {
        const char *key = g_ptr_array_index(why->settings, k);
        assert_true(g_str_has_prefix(key, "vary."));
        g_string_append_printf(found, "%s%s", k > 0 ? " " : "", key + strlen("vary."));
    }
    assert_string_equal(found->str, wanted);
}

static void settings_that_shape_a_development_are_named(void **state)
{
    (void)state;
#define POINTS "period_minimum_share trend_members_share trend_minimum_points"
    assert_settings("stigning", POINTS);
    assert_settings("p_blokk", POINTS " bootstrap_replicates seed");
    assert_settings("vurdering", POINTS " false_discovery");
#undef POINTS
}

static void shares_rest_on_all_kommuner_and_their_covariates(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) why = explain_well(
        &sp_transform_shares, "variasjon_andeler andel_behov indikator=brukere period=2022-12-31");
    assert_int_equal(why->inputs->len, 6);
    assert_input(why, 0, "indikatorverdi teller indikator=brukere region=* period=2022-12-31");
    assert_input(why, 4, "indikatorverdi verdi indikator=gamle region=* period=2022-01-01");
    assert_input(why, 5, "region sentralitet region=*");
    assert_int_equal(why->settings->len, 3);
    assert_string_equal(g_ptr_array_index(why->settings, 2), "vary.shares_minimum_kommuner");
}

static void what_is_predicted_gives_no_own_figure_away(void **state)
{
    (void)state;
    static const char *const own[] = {
        "verdi", "forhold", "krympet_behov", "krympet", "krympet_nedre", "krympet_oevre", "p", "q"};
    g_autoptr(SpExplanation) predicted = explain_well(
        &sp_transform_shares, "uforklart ventet indikator=brukere region=1000 period=2022-12-31");
    assert_false(predicted->is_injective);
    assert_int_equal(predicted->inputs->len, 6);
    assert_input(predicted, 0,
                 "indikatorverdi teller indikator=brukere region=* period=2022-12-31");
    for (gsize i = 0; i < G_N_ELEMENTS(own); i++) {
        g_autofree char *cell =
            g_strdup_printf("uforklart %s indikator=brukere region=1000 period=2022-12-31", own[i]);
        g_autoptr(SpExplanation) why = explain_well(&sp_transform_shares, cell);
        assert_true(why->is_injective);
        assert_input(why, 0,
                     "indikatorverdi verdi indikator=brukere region=1000 period=2022-12-31");
    }
    g_autoptr(SpExplanation) judged =
        explain_well(&sp_transform_shares,
                     "uforklart vurdering indikator=brukere region=1000 period=2022-12-31");
    assert_false(judged->is_injective);
    assert_input(judged, 0, "indikatorverdi verdi indikator=brukere region=1000 period=2022-12-31");
    assert_string_equal(g_ptr_array_index(judged->settings, 3), "vary.false_discovery");
    assert_refused(&sp_transform_shares,
                   "uforklart rang indikator=brukere region=1000 period=2022-12-31");
    assert_refused(&sp_transform_shares,
                   "uforklart ventet indikator=kroner region=1000 period=2022-12-31");
}

static void success_rests_on_the_model_and_the_own_figure(void **state)
{
    (void)state;
    g_autoptr(SpExplanation) own = explain_well(
        &sp_transform_success, "lykkes forhold indikator=brukere region=1000 period=2022-12-31");
    g_autoptr(SpExplanation) basis =
        explain_well(&sp_transform_success, "lykkes_grunnlag n_proevbare indikator=brukere");
    assert_input(basis, 0, "indikatorverdi teller indikator=brukere region=* period=*");
    assert_false(basis->is_injective);
    g_autoptr(SpExplanation) tests =
        explain_well(&sp_transform_success,
                     "lykkes n_bekreftet indikator=brukere region=1000 period=2022-12-31");
    assert_true(own->is_injective);
    assert_int_equal(own->inputs->len, 7);
    assert_input(own, 0, "indikatorverdi verdi indikator=brukere region=1000 period=2022-12-31");
    assert_input(own, 5, "indikatorverdi verdi indikator=gamle region=* period=2022-01-01");
    assert_false(tests->is_injective);
    assert_input(tests, 0, "indikatorverdi teller indikator=brukere region=* period=*");
    assert_int_equal(tests->settings->len, 7);
}

static void figures_that_are_not_made_are_refused(void **state)
{
    (void)state;
    assert_refused(&sp_transform_comparators,
                   "sammenlikningskommuner rang region=1000 slag=naermeste rekke=01");
    assert_refused(&sp_transform_comparison,
                   "sammenlikning middel_alle indikator=brukere region=1000 period=2022-12-31");
    assert_refused(&sp_transform_comparison,
                   "sammenlikning verdi indikator=brukere region=9998 period=2022-12-31");
    /* The table has the newest period alone. */
    assert_refused(&sp_transform_comparison,
                   "sammenlikning verdi indikator=brukere region=1000 period=2021-12-31");
    assert_refused(&sp_transform_comparison,
                   "sammenlikning verdi indikator=brukere region=1000 period=2011-12-31");
    /* No minimum_change is decided. */
    assert_refused(&sp_transform_development, "utvikling vurdering indikator=gamle region=1000");
    assert_refused(&sp_transform_development, "utvikling p_andel indikator=brukere region=1000");
    assert_refused(&sp_transform_development, "utvikling siste indikator=brukere region=99");
    assert_refused(&sp_transform_shares,
                   "variasjon_andeler andel_behov indikator=kroner period=2022-12-31");
    assert_refused(&sp_transform_success,
                   "lykkes rang indikator=brukere region=1000 period=2022-12-31");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(distance_rests_on_the_covariates_of_all),
        cmocka_unit_test(size_of_a_comparator_rests_on_those_of_all),
        cmocka_unit_test(mean_rests_on_each_kommune_compared_with),
        cmocka_unit_test(own_figure_and_ratio_give_the_own_figure_away),
        cmocka_unit_test(development_rests_on_all_periods_of_the_area),
        cmocka_unit_test(own_figure_stands_once_in_what_a_ratio_rests_on),
        cmocka_unit_test(figure_of_an_area_is_a_kommunes_own_where_it_is_alone),
        cmocka_unit_test(discovery_rests_on_the_whole_family),
        cmocka_unit_test(settings_that_shape_a_development_are_named),
        cmocka_unit_test(shares_rest_on_all_kommuner_and_their_covariates),
        cmocka_unit_test(what_is_predicted_gives_no_own_figure_away),
        cmocka_unit_test(success_rests_on_the_model_and_the_own_figure),
        cmocka_unit_test(figures_that_are_not_made_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
