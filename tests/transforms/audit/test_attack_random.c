/* The attack against brute force on small made-up tables: what it says to follow is what a dense
 * elimination says, and what it says of bounds holds for the true figures. */
#include "tests/transforms/audit/attacked.h"

#include "core/random.h"
#include "transforms/audit/bounds.h"
#include "transforms/audit/rowspace.h"

#include <math.h>

enum { N_TABLES = 300, N_UNKNOWNS = 12, N_SUMS = 9 };

/* A system drawn of small sums, some of them sums and differences of others. */
typedef struct {
    guint32 starts[N_SUMS + 1];
    guint32 entries[N_SUMS * N_UNKNOWNS];
    double rest[N_SUMS], whole[N_SUMS], largest[N_SUMS];
    gboolean is_at_most[N_SUMS];
    double truth[N_UNKNOWNS];
    SpSystem system;
} Drawn;

static void draw(Drawn *drawn, SpRandom random, gboolean are_persons)
{
    guint32 n = 0;
    guint64 index = 0;
    for (guint32 i = 0; i < N_UNKNOWNS; i++) {
        drawn->truth[i] = 1.0 + (double)sp_random_below(random, index++, 5);
    }
    for (guint32 sum = 0; sum < N_SUMS; sum++) {
        const guint32 whole = (guint32)sp_random_below(random, index++, (guint64)2 * N_UNKNOWNS);
        double parts = 0.0, most = 0.0;
        drawn->starts[sum] = n;
        for (guint32 i = 0; i < N_UNKNOWNS; i++) {
            if (i != whole && sp_random_below(random, index++, 4) == 0) {
                drawn->entries[n++] = SP_ENTRY_PART(i);
                parts += drawn->truth[i];
                most = fmax(most, drawn->truth[i]);
            }
        }
        drawn->largest[sum] = 0.0;
        drawn->is_at_most[sum] = are_persons && whole >= N_UNKNOWNS;
        if (whole < N_UNKNOWNS) {
            /* A shown part makes it add up, below 0 too. */
            drawn->entries[n++] = SP_ENTRY_WHOLE(whole);
            drawn->rest[sum] = parts - drawn->truth[whole];
            drawn->whole[sum] = HUGE_VAL;
        } else {
            /* Some persons are in several parts. */
            const double twice = (double)sp_random_below(random, index++, 4);
            drawn->whole[sum] = are_persons ? fmax(most, parts - twice) : parts;
            drawn->rest[sum] = drawn->whole[sum];
        }
    }
    drawn->starts[N_SUMS] = n;
    drawn->system = (SpSystem){N_UNKNOWNS,  N_SUMS,       drawn->starts,  drawn->entries,
                               drawn->rest, drawn->whole, drawn->largest, drawn->is_at_most};
}

/* The rank of the sums, with the unit vector of an unknown below them if it is one. */
static guint rank_with(const SpSystem *system, guint32 unknown)
{
    double matrix[N_SUMS + 1][N_UNKNOWNS] = {{0.0}};
    guint rank = 0;
    for (gsize sum = 0; sum < N_SUMS; sum++) {
        for (guint32 k = system->starts[sum]; k < system->starts[sum + 1]; k++) {
            matrix[sum][SP_ENTRY_UNKNOWN(system->entries[k])] =
                SP_ENTRY_IS_WHOLE(system->entries[k]) ? -1.0 : 1.0;
        }
    }
    if (unknown < N_UNKNOWNS) {
        matrix[N_SUMS][unknown] = 1.0;
    }
    for (guint column = 0; column < N_UNKNOWNS; column++) {
        guint best = rank;
        for (guint row = rank; row <= N_SUMS; row++) {
            best = fabs(matrix[row][column]) > fabs(matrix[best][column]) ? row : best;
        }
        if (rank > N_SUMS || fabs(matrix[best][column]) < 1e-9) {
            continue;
        }
        for (guint i = 0; i < N_UNKNOWNS; i++) {
            const double swap = matrix[rank][i];
            matrix[rank][i] = matrix[best][i];
            matrix[best][i] = swap;
        }
        for (guint row = rank + 1; row <= N_SUMS; row++) {
            const double times = matrix[row][column] / matrix[rank][column];
            for (guint i = 0; i < N_UNKNOWNS; i++) {
                matrix[row][i] -= times * matrix[rank][i];
            }
        }
        rank++;
    }
    return rank;
}

static void what_follows_is_what_adds_nothing_to_the_rank(void **state)
{
    (void)state;
    guint n_following = 0;
    for (guint64 t = 0; t < N_TABLES; t++) {
        Drawn drawn;
        SpLinear linear[N_UNKNOWNS];
        draw(&drawn, sp_random_numbered(sp_random_seed(7), t), FALSE);
        sp_rowspace(&drawn.system, ENOUGH_WORK, linear);
        const guint rank = rank_with(&drawn.system, N_UNKNOWNS);
        for (guint32 i = 0; i < N_UNKNOWNS; i++) {
            const gboolean follows = rank_with(&drawn.system, i) == rank;
            assert_int_equal(linear[i], follows ? SP_LINEAR_FOLLOWS : SP_LINEAR_OPEN);
            n_following += follows ? 1 : 0;
        }
    }
    /* Both answers come often enough to be tested. */
    assert_true(n_following > N_TABLES && n_following < N_TABLES * (N_UNKNOWNS - 1));
}

/* An attack that ends early may know less, and never something else. */
static void what_is_given_up_is_told_and_nothing_else_changes(void **state)
{
    (void)state;
    guint n_given_up = 0;
    for (guint64 t = 0; t < N_TABLES; t++) {
        Drawn drawn;
        SpLinear all[N_UNKNOWNS], some[N_UNKNOWNS];
        draw(&drawn, sp_random_numbered(sp_random_seed(8), t), FALSE);
        sp_rowspace(&drawn.system, ENOUGH_WORK, all);
        sp_rowspace(&drawn.system, 40, some);
        for (guint32 i = 0; i < N_UNKNOWNS; i++) {
            n_given_up += some[i] == SP_LINEAR_GIVEN_UP ? 1 : 0;
            assert_true(some[i] == SP_LINEAR_GIVEN_UP || some[i] == all[i]);
        }
    }
    assert_true(n_given_up > N_TABLES);
}

static void check_bounds(gboolean are_persons)
{
    guint n_bounded = 0;
    for (guint64 t = 0; t < N_TABLES; t++) {
        Drawn drawn;
        double lower[N_UNKNOWNS], upper[N_UNKNOWNS];
        gboolean is_against[N_UNKNOWNS] = {FALSE};
        SpBounds bounds = {lower, upper};
        draw(&drawn, sp_random_numbered(sp_random_seed(9), t), are_persons);
        for (guint32 i = 0; i < N_UNKNOWNS; i++) {
            lower[i] = 1.0;
            upper[i] = HUGE_VAL;
        }
        sp_bounds_narrow(&drawn.system, 100, &bounds, is_against);
        for (guint32 i = 0; i < N_UNKNOWNS; i++) {
            assert_false(is_against[i]);
            assert_true(lower[i] <= drawn.truth[i] && drawn.truth[i] <= upper[i]);
            n_bounded += isfinite(upper[i]) ? 1 : 0;
        }
    }
    assert_true(n_bounded > N_TABLES);
}

static void the_true_figures_lie_within_the_bounds(void **state)
{
    (void)state;
    check_bounds(FALSE);
}

static void true_persons_in_several_parts_lie_within_the_bounds(void **state)
{
    (void)state;
    check_bounds(TRUE);
}

/* ---- whole tables ---- */

enum { N_REGIONS = 4, N_AGES = 4 };

/* Regions by ages with their sums, some hidden; the rows in the order of `first`. */
static SpTable *made_up(SpRandom random, guint first)
{
    SpTable *table = TABLE("t", "region:key alder:key n:sum", "x y 0");
    SpTable *rows = sp_table_copy_schema(table, NULL);
    sp_table_free(table);
    double figures[N_REGIONS + 1][N_AGES + 1] = {{0.0}};
    guint64 index = 0;
    for (guint r = 1; r <= N_REGIONS; r++) {
        for (guint a = 1; a <= N_AGES; a++) {
            const double figure = 1.0 + (double)sp_random_below(random, index++, 9);
            figures[r][a] = figure;
            figures[0][a] += figure;
            figures[r][0] += figure;
            figures[0][0] += figure;
        }
    }
    const guint n = (N_REGIONS + 1) * (N_AGES + 1);
    for (guint i = 0; i < n; i++) {
        /* 7 has no factor with n, so each row comes once. */
        const guint cell = first == 0 ? i : (first + 7 * i) % n;
        const guint r = cell / (N_AGES + 1), a = cell % (N_AGES + 1);
        const gboolean is_hidden = sp_random_below(random, 1000 + cell, 2) == 0;
        g_autofree char *region = g_strdup_printf("r%u", r);
        g_autofree char *age = g_strdup_printf("a%u", a);
        const gsize row = sp_table_add_row(rows);
        sp_table_set_code(rows, row, 0, region);
        sp_table_set_code(rows, row, 1, age);
        sp_table_set_real(rows, row, 2,
                          is_hidden ? sp_real_none(SP_SUPPRESSED) : sp_real(figures[r][a]));
    }
    return rows;
}

static void the_order_of_rows_changes_nothing_that_is_found(void **state)
{
    (void)state;
    const Knowledge known = {.sammenheng =
                                 "t region r0 r1 sum\nt region r0 r2 sum\nt region r0 r3 sum\n"
                                 "t region r0 r4 sum\nt alder a0 a1 sum\nt alder a0 a2 sum\n"
                                 "t alder a0 a3 sum\nt alder a0 a4 sum"};
    guint n_found = 0;
    for (guint64 t = 0; t < 60; t++) {
        const SpRandom random = sp_random_numbered(sp_random_seed(10), t);
        g_autofree char *sorted =
            found_by(attack_on(tables_of(made_up(random, 0), NULL), &known, ENOUGH_WORK));
        g_autofree char *shuffled =
            found_by(attack_on(tables_of(made_up(random, 5), NULL), &known, ENOUGH_WORK));
        assert_string_equal(sorted, shuffled);
        n_found += sorted[0] != '\0' ? 1 : 0;
    }
    assert_true(n_found > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_follows_is_what_adds_nothing_to_the_rank),
        cmocka_unit_test(what_is_given_up_is_told_and_nothing_else_changes),
        cmocka_unit_test(the_true_figures_lie_within_the_bounds),
        cmocka_unit_test(true_persons_in_several_parts_lie_within_the_bounds),
        cmocka_unit_test(the_order_of_rows_changes_nothing_that_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
