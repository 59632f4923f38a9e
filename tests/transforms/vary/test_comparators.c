/* Whom each kommune may be compared with, where the answer is known by how the country is made. */
#include "tests/transforms/vary/compared.h"

#include "transforms/vary/comparators.h"
#include "transforms/vary/vary.h"

enum { KOMMUNER = 12, CLUSTERS = 3 };

/* Three clusters of four: kommune i is in cluster i % 3, far from the others in both covariates of
 * need, and moved a little by its number so that no two are as near. Size says the opposite. */
static Compared clusters(guint n_with_poor)
{
    Compared compared = compared_new(KOMMUNER);
    for (guint i = 0; i < KOMMUNER; i++) {
        const double old = 100.0 * (i % CLUSTERS + 1) + 0.1 * i * i;
        const guint size = i / CLUSTERS + 1;
        const double poor = 100.0 * (i % CLUSTERS + 1) + 0.2 * i;
        compared_add(&compared, "gamle", i, "2022-01-01", (Rate){sp_real(old), 1000.0, 1.0});
        if (i < n_with_poor) {
            compared_add(&compared, "fattige", i, "2022", (Rate){sp_real(poor), 1000.0, 1.0});
        }
        compared_add_count(&compared, "folk", i, "2022-01-01", 1000.0 * size);
    }
    return compared;
}

static SpTable *run_weighed(const Compared *compared, const char *by, const char *weights,
                            SpQuality *quality)
{
    g_autofree char *choice = g_strconcat("comparators_by=", by, NULL);
    const char *const assignments[] = {"comparators=3",
                                       "comparator_groups=3",
                                       choice,
                                       weights,
                                       "comparators_theme=",
                                       "covariate_classes=sentral:sentralitet",
                                       "period_minimum_share=0.75"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpSettings) settings = compared_settings(assignments, G_N_ELEMENTS(assignments),
                                                       sp_transform_comparators.config_keys,
                                                       sp_transform_comparators.n_config_keys);
    sp_transform_comparators.run(compared->in, settings, out, quality, &error);
    assert_no_error(error);
    return sp_tables_steal(out, "sammenlikningskommuner");
}

static SpTable *run_with(const Compared *compared, const char *by, SpQuality *quality)
{
    return run_weighed(compared, by, "comparator_weights=", quality);
}

static void nearest_are_those_of_the_same_need(void **state)
{
    (void)state;
    g_auto(Compared) compared = clusters(KOMMUNER);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_with(&compared, "need", quality);
    for (guint i = 0; i < KOMMUNER; i++) {
        char code[8];
        char first[8];
        compared_code(i, code);
        gboolean is_seen[KOMMUNER] = {FALSE};
        const char *const ranks[] = {"01", "02", "03"};
        for (gsize k = 0; k < G_N_ELEMENTS(ranks); k++) {
            const char *mot = ATTRIBUTE(table, "mot", code, "naermeste", ranks[k]);
            const guint other = (guint)g_ascii_strtoull(mot, NULL, 10) - 1000;
            assert_int_equal(other % CLUSTERS, i % CLUSTERS);
            assert_int_not_equal(other, i);
            assert_false(is_seen[other]);
            is_seen[other] = TRUE;
        }
        const char *medoid = ATTRIBUTE(table, "mot", code, "likhetsgruppe", "01");
        assert_string_equal(medoid, ATTRIBUTE(table, "mot", compared_code(i % CLUSTERS, first),
                                              "likhetsgruppe", "01"));
        assert_near(TABLES_FIND(table, "n", code, "likhetsgruppe", "01").value, 4.0, 0.0);
    }
}

/* Standardised by hand: with the same distances in both, standard deviations are those of the
 * covariates. */
static void distance_is_in_standard_deviations(void **state)
{
    (void)state;
    g_auto(Compared) compared = clusters(KOMMUNER);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_with(&compared, "need", quality);
    double old[KOMMUNER];
    double poor[KOMMUNER];
    double mean[2] = {0.0, 0.0};
    double squares[2] = {0.0, 0.0};
    for (guint i = 0; i < KOMMUNER; i++) {
        old[i] = 100.0 * (i % CLUSTERS + 1) + 0.1 * i * i;
        poor[i] = 100.0 * (i % CLUSTERS + 1) + 0.2 * i;
        mean[0] += old[i] / KOMMUNER;
        mean[1] += poor[i] / KOMMUNER;
    }
    for (guint i = 0; i < KOMMUNER; i++) {
        squares[0] += (old[i] - mean[0]) * (old[i] - mean[0]);
        squares[1] += (poor[i] - mean[1]) * (poor[i] - mean[1]);
    }
    const double to_old = (old[0] - old[3]) / sqrt(squares[0] / (KOMMUNER - 1));
    const double to_poor = (poor[0] - poor[3]) / sqrt(squares[1] / (KOMMUNER - 1));
    assert_string_equal(ATTRIBUTE(table, "mot", "1000", "naermeste", "01"), "1003");
    assert_near(TABLES_FIND(table, "avstand", "1000", "naermeste", "01").value,
                sqrt(to_old * to_old + to_poor * to_poor), 1e-12);
    assert_string_equal(ATTRIBUTE(table, "hvorfor", "1000", "naermeste", "01"),
                        fabs(to_old) < fabs(to_poor) ? "gamle fattige" : "fattige gamle");
}

static void group_is_held_against_the_mean_of_its_kommuner(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(4);
    const double old[] = {10.0, 20.0, 30.0, 80.0};
    for (guint i = 0; i < 4; i++) {
        compared_add(&compared, "gamle", i, "2022-01-01", (Rate){sp_real(old[i]), 100.0, 1.0});
    }
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_with(&compared, "need", quality);
    /* EKG01 holds 1000 and 1002: their mean is 0.2, and the standard deviation of all is
     * sqrt((0.25^2 + 0.15^2 + 0.05^2 + 0.45^2) / 3). */
    const double sd = sqrt((0.0625 + 0.0225 + 0.0025 + 0.2025) / 3.0);
    assert_string_equal(ATTRIBUTE(table, "mot", "1000", "kostragruppe", "01"), "EKG01");
    assert_near(TABLES_FIND(table, "avstand", "1000", "kostragruppe", "01").value, 0.1 / sd, 1e-12);
    assert_near(TABLES_FIND(table, "n", "1000", "kostragruppe", "01").value, 2.0, 0.0);
    assert_string_equal(ATTRIBUTE(table, "mot", "1001", "sentralitet", "01"), "S2");
    assert_near(TABLES_FIND(table, "avstand", "1001", "sentralitet", "01").value, 0.0, 1e-12);
}

static void constraint_chooses_where_it_is_asked_for(void **state)
{
    (void)state;
    g_auto(Compared) compared = clusters(KOMMUNER);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_with(&compared, "constraint", quality);
    /* 1000, 1001 and 1002 have 1 000 inhabitants, and 1001 is a class nearer than 1002. */
    assert_string_equal(ATTRIBUTE(table, "mot", "1000", "naermeste", "01"), "1001");
    assert_string_equal(ATTRIBUTE(table, "hvorfor", "1000", "naermeste", "01"), "folk sentral");
}

static void what_is_not_known_is_no_reason_and_marks_the_distance(void **state)
{
    (void)state;
    g_auto(Compared) compared = clusters(KOMMUNER - 1);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_with(&compared, "need", quality);
    assert_string_equal(ATTRIBUTE(table, "hvorfor", "1011", "naermeste", "01"), "gamle");
    assert_int_equal(TABLES_FIND(table, "avstand", "1011", "naermeste", "01").flags,
                     SP_FLAG_MODELLED);
    assert_int_equal(TABLES_FIND(table, "avstand", "1000", "naermeste", "01").flags, 0);
}

static void without_covariates_groups_alone_are_told(void **state)
{
    (void)state;
    g_auto(Compared) compared = compared_new(4);
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) table = run_with(&compared, "need", quality);
    assert_int_equal(sp_table_n_rows(table), 4 * 2);
    assert_int_equal(TABLES_FIND(table, "avstand", "1000", "kostragruppe", "01").status,
                     SP_MISSING);
    assert_string_equal(ATTRIBUTE(table, "hvorfor", "1000", "kostragruppe", "01"), "");
    assert_int_equal(sp_quality_count(quality, "no_covariates"), 1);
}

/* `fattige` says the same as `gamle` of 0, 1, 2 and 6, whose standard deviation is 2.63: with half
 * a weight each the two are as far apart as by one of them, and without by the root of two more. */
static void covariates_that_tell_the_same_count_as_one_by_their_weights(void **state)
{
    (void)state;
    static const double need[] = {0.0, 1.0, 2.0, 6.0};
    const double one = 1.0 / sqrt((2.25 * 2.25 + 1.25 * 1.25 + 0.25 * 0.25 + 3.75 * 3.75) / 3.0);
    for (gsize turn = 0; turn < 2; turn++) {
        g_auto(Compared) compared = compared_new(4);
        g_autoptr(SpQuality) quality = sp_quality_new();
        for (guint i = 0; i < 4; i++) {
            const Rate rate = {sp_real(10.0 + need[i]), 1000.0, 1.0};
            compared_add(&compared, "gamle", i, "2022-01-01", rate);
            compared_add(&compared, "fattige", i, "2022", rate);
        }
        g_autoptr(SpTable) table = run_weighed(
            &compared, "need",
            turn == 0 ? "comparator_weights=gamle:0.5, fattige:0.5" : "comparator_weights=",
            quality);
        assert_near(TABLES_FIND(table, "avstand", "1000", "naermeste", "01").value,
                    turn == 0 ? one : sqrt(2.0) * one, 1e-12);
        assert_string_equal(ATTRIBUTE(table, "mot", "1000", "naermeste", "01"), "1001");
    }
}

/* 1000 and 1001 are a step of three apart in age, told twice, and far apart in `syke`: by weights
 * age is one reason and `syke` the other; without them age is both. */
static void covariates_that_count_as_one_are_one_reason(void **state)
{
    (void)state;
    static const char *const weights[] = {"comparator_weights=gamle:0.5, fattige:0.5",
                                          "comparator_weights="};
    static const char *const reasons[] = {"gamle syke", "gamle fattige"};
    static const double sick[] = {0.0, 9.0, 9.0, 0.0};
    for (gsize turn = 0; turn < G_N_ELEMENTS(weights); turn++) {
        g_auto(Compared) compared = compared_new(4);
        g_autoptr(SpQuality) quality = sp_quality_new();
        for (guint i = 0; i < 4; i++) {
            const Rate age = {sp_real(10.0 + i), 1000.0, 1.0};
            compared_add(&compared, "gamle", i, "2022-01-01", age);
            compared_add(&compared, "fattige", i, "2022", age);
            compared_chance(
                &compared,
                compared_add(&compared, "syke", i, "2022", (Rate){sp_real(sick[i]), 1000.0, 1.0}),
                5.0, 5.0);
        }
        g_autoptr(SpTable) table = run_weighed(&compared, "need", weights[turn], quality);
        assert_string_equal(ATTRIBUTE(table, "mot", "1000", "naermeste", "01"), "1001");
        assert_string_equal(ATTRIBUTE(table, "hvorfor", "1000", "naermeste", "01"), reasons[turn]);
    }
}

/* 1003 is the nearest of 1000 by need; of groups a size would be whose? */
static void size_and_centrality_of_a_comparator_stand_beside_it(void **state)
{
    (void)state;
    g_auto(Compared) compared = clusters(KOMMUNER);
    g_autoptr(SpQuality) quality = sp_quality_new();
    for (guint i = 0; i < KOMMUNER; i++) {
        compared_add_count(&compared, "pop_inhabitants", i, "2021-01-01", 1.0);
        if (i != 6) {
            compared_add_count(&compared, "pop_inhabitants", i, "2022-01-01", 100.0 * (i + 1));
        }
    }
    g_autoptr(SpTable) table = run_with(&compared, "need", quality);
    assert_string_equal(ATTRIBUTE(table, "mot", "1000", "naermeste", "01"), "1003");
    assert_near(TABLES_FIND(table, "innbyggere", "1000", "naermeste", "01").value, 400.0, 0.0);
    assert_string_equal(ATTRIBUTE(table, "sentralitet", "1000", "naermeste", "01"), "S4");
    assert_string_equal(ATTRIBUTE(table, "mot", "1000", "naermeste", "02"), "1006");
    assert_int_equal(TABLES_FIND(table, "innbyggere", "1000", "naermeste", "02").status,
                     SP_MISSING);
    assert_int_equal(TABLES_FIND(table, "innbyggere", "1000", "kostragruppe", "01").status,
                     SP_NOT_APPLICABLE);
    assert_string_equal(ATTRIBUTE(table, "sentralitet", "1000", "kostragruppe", "01"), "");
}

static void weight_that_is_none_is_refused(void **state)
{
    (void)state;
    static const char *const weights[] = {"comparator_weights=gamle", "comparator_weights=gamle:0"};
    for (gsize k = 0; k < G_N_ELEMENTS(weights); k++) {
        const char *const assignments[] = {"comparators=3",       "comparator_groups=3",
                                           "comparators_by=need", weights[k],
                                           "covariate_classes=",  "period_minimum_share=0.75"};
        g_autoptr(GError) error = NULL;
        g_auto(SpComparatorRules) rules = {0};
        g_autoptr(SpSettings) settings = compared_settings(assignments, G_N_ELEMENTS(assignments),
                                                           sp_transform_comparators.config_keys,
                                                           sp_transform_comparators.n_config_keys);
        assert_false(sp_comparator_rules_read(&rules, settings, &error));
        assert_error(error, SP_ERROR_CONFIG, "want INDICATOR:WEIGHT");
    }
}

static void unknown_theme_is_refused(void **state)
{
    (void)state;
    const char *const assignments[] = {"comparators=3",
                                       "comparator_groups=3",
                                       "comparators_by=need",
                                       "comparators_theme=vaer",
                                       "comparator_weights=",
                                       "covariate_classes=",
                                       "period_minimum_share=0.75"};
    g_auto(Compared) compared = compared_new(4);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpSettings) settings = compared_settings(assignments, G_N_ELEMENTS(assignments),
                                                       sp_transform_comparators.config_keys,
                                                       sp_transform_comparators.n_config_keys);
    assert_false(sp_transform_comparators.run(compared.in, settings, out, quality, &error));
    assert_error(error, SP_ERROR_CONFIG, "vary.comparators_theme: \"vaer\": want a theme");
}

static void unknown_tag_is_refused(void **state)
{
    (void)state;
    const char *const assignments[] = {
        "comparators=3",       "comparator_groups=3", "comparators_by=resource",
        "comparator_weights=", "covariate_classes=",  "period_minimum_share=0.75"};
    g_auto(Compared) compared = compared_new(4);
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) out = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpSettings) settings = compared_settings(assignments, G_N_ELEMENTS(assignments),
                                                       sp_transform_comparators.config_keys,
                                                       sp_transform_comparators.n_config_keys);
    assert_false(sp_transform_comparators.run(compared.in, settings, out, quality, &error));
    assert_error(error, SP_ERROR_CONFIG, "\"resource\": want need or constraint");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nearest_are_those_of_the_same_need),
        cmocka_unit_test(distance_is_in_standard_deviations),
        cmocka_unit_test(group_is_held_against_the_mean_of_its_kommuner),
        cmocka_unit_test(constraint_chooses_where_it_is_asked_for),
        cmocka_unit_test(what_is_not_known_is_no_reason_and_marks_the_distance),
        cmocka_unit_test(without_covariates_groups_alone_are_told),
        cmocka_unit_test(covariates_that_tell_the_same_count_as_one_by_their_weights),
        cmocka_unit_test(covariates_that_count_as_one_are_one_reason),
        cmocka_unit_test(size_and_centrality_of_a_comparator_stand_beside_it),
        cmocka_unit_test(weight_that_is_none_is_refused),
        cmocka_unit_test(unknown_tag_is_refused),
        cmocka_unit_test(unknown_theme_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
