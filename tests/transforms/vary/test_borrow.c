/* Shrunk ratios and predictions without own figures in table plassering. */
#include "tests/transforms/vary/lip.h"

static void lip_cancer_areas_are_shrunk_as_in_the_golden_set(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) golden = golden_read(folder, "06_empirical_bayes/expected.csv");
    g_auto(Made) made = lip_make(folder);
    assert_int_equal(golden->len, GOLDEN_AREAS + 1);
    for (guint i = 0; i < GOLDEN_AREAS; i++) {
        g_autofree char *code = lip_code(i);
        assert_golden(place(&made, "ratio", "antall", code), golden_text(golden, i + 1, 3), 1e-10);
        assert_golden(place(&made, "krympet", "antall", code), golden_text(golden, i + 1, 4),
                      1e-10);
        assert_golden(place(&made, "krympet_gamma", "antall", code), golden_text(golden, i + 1, 5),
                      1e-6);
    }
}

/* Among its neighbours each varies less than chance gives, so each has their ratio. */
static void local_shrinkage_borrows_from_neighbours_alone(void **state)
{
    (void)state;
    SpTable *values = values_new();
    add_value(values, "antall", "1505", (Rate){sp_real(12.0), 100.0, 1000.0}, sp_real(10.0));
    add_value(values, "antall", "1506", (Rate){sp_real(44.0), 100.0, 1000.0}, sp_real(40.0));
    add_value(values, "antall", "1508", (Rate){sp_real(18.0), 100.0, 1000.0}, sp_real(24.0));
    add_value(values, "antall", "1511", (Rate){sp_real(6.0), 100.0, 1000.0}, sp_real(8.0));
    g_auto(Made) made = make(values);
    assert_near(place(&made, "krympet_lokal", "antall", "1505").value, 56.0 / 50.0, 1e-12);
    assert_near(place(&made, "krympet_lokal", "antall", "1506").value, 56.0 / 50.0, 1e-12);
    assert_near(place(&made, "krympet_lokal", "antall", "1508").value, 24.0 / 32.0, 1e-12);
    assert_int_equal(place(&made, "krympet_lokal", "antall", "1508").flags, SP_FLAG_MODELLED);
}

/* The neighbour has 6, which may come to be hidden where the source is sensitive: with the ratio of
 * the two together it would be known. */
static void neighbour_that_may_be_hidden_is_not_borrowed_from(void **state)
{
    (void)state;
    for (gsize turn = 0; turn < 2; turn++) {
        SpTable *values = values_new();
        add_value(values, "antall", "1505", (Rate){sp_real(52.0), 100.0, 1000.0}, sp_real(50.0));
        add_value(values, "antall", "1506", (Rate){sp_real(6.0), 100.0, 1000.0}, sp_real(8.0));
        sp_table_set_marks(values, turn == 0 ? 0 : (guint)SP_MARK_SENSITIVE);
        g_auto(Made) made = make(values);
        assert_int_equal(place(&made, "krympet_lokal", "antall", "1505").status,
                         turn == 0 ? SP_PRESENT : SP_MISSING);
        assert_near(place(&made, "krympet_lokal", "antall", "1506").value, 58.0 / 58.0, 1e-12);
    }
}

static void who_has_no_neighbour_with_a_figure_has_nobody_to_borrow_from(void **state)
{
    (void)state;
    SpTable *values = values_new();
    add_value(values, "antall", "1505", (Rate){sp_real(12.0), 100.0, 1000.0}, sp_real(10.0));
    add_value(values, "antall", "1511", (Rate){sp_real(4.0), 100.0, 1000.0}, sp_real(8.0));
    g_auto(Made) made = make(values);
    assert_int_equal(place(&made, "krympet_lokal", "antall", "1511").status, SP_MISSING);
}

/* The others have 70 + 9 + 5 of 84 expected; the kommune expects 100 per 1 000. */
static void prediction_is_the_ratio_of_the_others_on_the_kommunes_own_people(void **state)
{
    (void)state;
    g_auto(Made) made = make(values_persons("antall", 1000.0));
    assert_near(place(&made, "uten_egne_tall", "antall", "1505").value, 84.0 / 84.0 * 100.0, 1e-12);
    assert_near(place(&made, "uten_egne_tall", "antall", "1506").value, 34.0 / 64.0 * 100.0, 1e-12);
    assert_int_equal(place(&made, "uten_egne_tall", "antall", "1506").flags, SP_FLAG_MODELLED);
    /* The hidden one, by all that are shown. */
    assert_near(place(&made, "uten_egne_tall", "antall", "1580").value, 104.0 / 104.0 * 100.0,
                1e-12);
}

static void prediction_does_not_move_with_the_kommunes_own_figure(void **state)
{
    (void)state;
    SpTable *other = values_persons("antall", 1000.0);
    sp_table_set_real(other, 0, 3, sp_real(199.0));
    sp_table_set_real(other, 0, 5, sp_real(995.0));
    g_auto(Made) made = make(values_persons("antall", 1000.0));
    g_auto(Made) moved = make(other);
    assert_near(place(&moved, "uten_egne_tall", "antall", "1505").value,
                place(&made, "uten_egne_tall", "antall", "1505").value, 0.0);
    assert_true(place(&moved, "krympet", "antall", "1505").value !=
                place(&made, "krympet", "antall", "1505").value);
    assert_true(place(&moved, "uten_egne_tall", "antall", "1506").value !=
                place(&made, "uten_egne_tall", "antall", "1506").value);
}

static void prediction_learns_from_kommuner_of_the_same_kostra_group(void **state)
{
    (void)state;
    static const char *const groups[] = {"EKG01", "EKG01", "EKG01", "EKG13", "EKG01"};
    g_auto(Made) made =
        make_form(values_persons("antall", 1000.0), regions_by("kostragruppe", groups), &form);
    assert_near(place(&made, "uten_egne_tall", "antall", "1505").value, 79.0 / 80.0 * 100.0, 1e-12);
    assert_int_equal(place(&made, "uten_egne_tall", "antall", "1511").status, SP_MISSING);
}

/* Of a sensitive source figures up to ten may come to be hidden, and the kommuner that expect fewer
 * than twice as many with them: 1508 has 9, 1511 expects 4. */
static void nobodys_prediction_rests_on_what_may_come_to_be_hidden(void **state)
{
    (void)state;
    SpTable *secret = values_persons("antall", 1000.0);
    SpTable *other = values_persons("antall", 1000.0);
    add_value(secret, "antall", "1512", (Rate){sp_real(50.0), 300.0, 1000.0}, sp_real(30.0));
    add_value(other, "antall", "1512", (Rate){sp_real(50.0), 300.0, 1000.0}, sp_real(30.0));
    sp_table_set_real(other, 2, 3, sp_real(3.0));
    sp_table_set_real(other, 2, 5, sp_real(7.5));
    sp_table_set_marks(secret, SP_MARK_SENSITIVE);
    sp_table_set_marks(other, SP_MARK_SENSITIVE);
    SpTable *regions[2] = {tables_region(kommuner, 5), tables_region(kommuner, 5)};
    for (gsize i = 0; i < 2; i++) {
        TABLES_ADD_INDICATOR(regions[i], "1512", "kommune");
    }
    g_auto(Made) made = make_form(secret, regions[0], &form);
    g_auto(Made) moved = make_form(other, regions[1], &form);
    assert_near(place(&made, "uten_egne_tall", "antall", "1505").value,
                (70.0 + 50.0) / (40.0 + 30.0) * 100.0, 1e-12);
    assert_near(place(&moved, "uten_egne_tall", "antall", "1505").value,
                place(&made, "uten_egne_tall", "antall", "1505").value, 0.0);
}

static void prediction_of_a_share_is_no_more_than_the_whole(void **state)
{
    (void)state;
    SpTable *values = values_new();
    add_value(values, "andel", "1505", (Rate){sp_real(30.0), 50.0, 1.0}, sp_real(45.0));
    add_value(values, "andel", "1506", (Rate){sp_real(90.0), 100.0, 1.0}, sp_real(60.0));
    add_value(values, "andel", "1508", (Rate){sp_real(95.0), 100.0, 1.0}, sp_real(60.0));
    g_auto(Made) made = make(values);
    assert_near(place(&made, "uten_egne_tall", "andel", "1505").value, 1.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lip_cancer_areas_are_shrunk_as_in_the_golden_set),
        cmocka_unit_test(local_shrinkage_borrows_from_neighbours_alone),
        cmocka_unit_test(neighbour_that_may_be_hidden_is_not_borrowed_from),
        cmocka_unit_test(who_has_no_neighbour_with_a_figure_has_nobody_to_borrow_from),
        cmocka_unit_test(prediction_is_the_ratio_of_the_others_on_the_kommunes_own_people),
        cmocka_unit_test(prediction_does_not_move_with_the_kommunes_own_figure),
        cmocka_unit_test(prediction_learns_from_kommuner_of_the_same_kostra_group),
        cmocka_unit_test(nobodys_prediction_rests_on_what_may_come_to_be_hidden),
        cmocka_unit_test(prediction_of_a_share_is_no_more_than_the_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
