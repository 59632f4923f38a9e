/* Rank2NumVar, Diff2NumVar and AggrSml2NumVar against SSB's own package. There x is the year before
 * and y this year. */
#include "tests/transforms/normalise/controls/kostra.h"

#include "transforms/normalise/controls/ranking.h"

enum { N_LISTED = 5 };

static const char *const strata[] = {"1", "2", "3", "4", "5"};

/* 0 for no number, as the kernel says it. */
static guint rank_of(const char *text)
{
    return *text == '\0' ? 0 : (guint)g_ascii_strtoull(text, NULL, 10);
}

static guint check_ranks(const char *folder, const char *stratum)
{
    g_autoptr(GPtrArray) wanted = golden_read(folder, KOSTRA_SET "expected_rank2numvar.csv");
    g_auto(Kostra) kostra = kostra_read(folder, "input.csv", TRUE, stratum);
    g_autofree SpControlRank *ranks = g_new(SpControlRank, kostra.n);
    guint n_listed = 0;
    guint n_wanted = 0;
    sp_control_rank(kostra.n, kostra.x2, kostra.x1, N_LISTED, ranks);
    for (gsize i = 0; i < kostra.n; i++) {
        n_listed += ranks[i].is_listed ? 1 : 0;
    }
    for (guint i = 1; i < wanted->len; i++) {
        if (strcmp(golden_text(wanted, i, 3), stratum) != 0) {
            continue;
        }
        const SpControlRank *rank = &ranks[kostra_find(&kostra, golden_text(wanted, i, 0))];
        n_wanted++;
        assert_true(rank->is_listed);
        assert_int_equal(rank->rank_x, rank_of(golden_text(wanted, i, 5)));
        assert_int_equal(rank->rank_y, rank_of(golden_text(wanted, i, 6)));
        if (rank->rank_x > 0) {
            assert_as_golden(100.0 * rank->share_x, golden_text(wanted, i, 7));
        }
        assert_as_golden(100.0 * rank->share_y, golden_text(wanted, i, 8));
    }
    assert_int_equal(n_listed, n_wanted);
    return n_wanted;
}

static void the_largest_units_are_those_of_the_package(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    guint n_checked = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(strata); i++) {
        n_checked += check_ranks(folder, strata[i]);
    }
    assert_int_equal(n_checked, 31);
}

/* The package's sums here are of units with both figures. */
static guint check_differences(const char *folder, const char *stratum, double total)
{
    g_autoptr(GPtrArray) wanted = golden_read(folder, KOSTRA_SET "expected_diff2numvar.csv");
    g_auto(Kostra) kostra = kostra_read(folder, "input.csv", TRUE, stratum);
    g_autofree SpControlDifference *differences = g_new(SpControlDifference, kostra.n);
    SpControlSums sums = sp_control_sums(kostra.n, kostra.x2, kostra.x1);
    guint n_wanted = 0;
    guint n_listed = 0;
    sp_control_difference(kostra.n, kostra.x2, kostra.x1, N_LISTED, differences);
    for (gsize i = 0; i < kostra.n; i++) {
        n_listed += differences[i].is_listed ? 1 : 0;
    }
    for (guint i = 1; i < wanted->len; i++) {
        if (strcmp(golden_text(wanted, i, 0), stratum) != 0) {
            continue;
        }
        const SpControlDifference *difference =
            &differences[kostra_find(&kostra, golden_text(wanted, i, 1))];
        n_wanted++;
        assert_true(difference->is_listed);
        assert_as_golden(difference->difference, golden_text(wanted, i, 5));
        assert_as_golden(100.0 * difference->share, golden_text(wanted, i, 8));
        assert_as_golden(100.0 * difference->difference / total, golden_text(wanted, i, 9));
        assert_as_golden(100.0 * (sums.both_y - sums.both_x) / sums.both_x,
                         golden_text(wanted, i, 10));
        assert_as_golden(100.0 * (sums.both_y - sums.both_x) / total, golden_text(wanted, i, 11));
    }
    assert_int_equal(n_listed, n_wanted);
    return n_wanted;
}

static void the_largest_differences_are_those_of_the_package(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_auto(Kostra) all = kostra_read(folder, "input.csv", TRUE, NULL);
    SpControlSums sums = sp_control_sums(all.n, all.x2, all.x1);
    guint n_checked = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(strata); i++) {
        n_checked += check_differences(folder, strata[i], sums.both_x);
    }
    assert_int_equal(n_checked, 25);
}

static void strata_sum_to_what_the_package_says(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GPtrArray) wanted = golden_read(folder, KOSTRA_SET "expected_aggrsml2numvar.csv");
    g_auto(Kostra) all = kostra_read(folder, "input.csv", TRUE, NULL);
    SpControlSums total = sp_control_sums(all.n, all.x2, all.x1);
    assert_int_equal(wanted->len, 6);
    for (guint i = 1; i < wanted->len; i++) {
        g_auto(Kostra) own = kostra_read(folder, "input.csv", TRUE, golden_text(wanted, i, 0));
        SpControlSums sums = sp_control_sums(own.n, own.x2, own.x1);
        double difference = sums.sum_y - sums.sum_x;
        assert_int_equal(sums.n_x, rank_of(golden_text(wanted, i, 1)));
        assert_int_equal(sums.n_y, rank_of(golden_text(wanted, i, 2)));
        assert_as_golden(sums.sum_x, golden_text(wanted, i, 3));
        assert_as_golden(sums.sum_y, golden_text(wanted, i, 4));
        assert_as_golden(100.0 * sums.sum_x / total.sum_x, golden_text(wanted, i, 5));
        assert_as_golden(100.0 * sums.sum_y / total.sum_y, golden_text(wanted, i, 6));
        assert_as_golden(difference, golden_text(wanted, i, 7));
        assert_as_golden(100.0 * difference / sums.sum_x, golden_text(wanted, i, 9));
        assert_as_golden(100.0 * difference / total.sum_x, golden_text(wanted, i, 11));
    }
}

static void equal_figures_share_the_lowest_rank(void **state)
{
    (void)state;
    const SpReal x[] = {sp_real(3), sp_real(7), sp_real(7), sp_real_none(SP_MISSING), sp_real(1)};
    SpControlRank ranks[5];
    sp_control_rank(5, x, x, 2, ranks);
    assert_int_equal(ranks[1].rank_x, 1);
    assert_int_equal(ranks[2].rank_x, 1);
    assert_int_equal(ranks[0].rank_x, 3);
    assert_int_equal(ranks[3].rank_x, 0);
    assert_false(ranks[0].is_listed);
    assert_false(ranks[3].is_listed);
    assert_near(ranks[1].share_x, 7.0 / 18.0, 1e-12);
}

static void a_stratum_without_figures_lists_nothing(void **state)
{
    (void)state;
    const SpReal x[] = {sp_real_none(SP_SUPPRESSED), sp_real_none(SP_MISSING)};
    SpControlDifference differences[2];
    SpControlRank ranks[2];
    sp_control_rank(2, x, x, 5, ranks);
    sp_control_difference(2, x, x, 5, differences);
    assert_false(ranks[0].is_listed || ranks[1].is_listed);
    assert_false(differences[0].is_listed || differences[1].is_listed);
    assert_int_equal(sp_control_sums(2, x, x).n_both, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_largest_units_are_those_of_the_package),
        cmocka_unit_test(the_largest_differences_are_those_of_the_package),
        cmocka_unit_test(strata_sum_to_what_the_package_says),
        cmocka_unit_test(equal_figures_share_the_lowest_rank),
        cmocka_unit_test(a_stratum_without_figures_lists_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
