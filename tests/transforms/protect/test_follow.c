/* Figures that rest on hidden ones. */
#include "tests/core/rows.h"

#include "transforms/protect/follow.h"

static SpTable *turnover(void)
{
    return TABLE("turnover", "region:key yrke:key kjonn:key period:key sluttet:measure",
                 "1101 lege 0 2024 :", "1101 lege 1 2024 7", "1103 lege 0 2024 9",
                 "1103 lege 1 2024 :");
}

static SpTable *need(void)
{
    return TABLE("behov", "region:key yrke:key period:key aarsverk:measure egen:measure",
                 "1101 lege 2030 12 20", "1101 lege 2040 13 .", "1101 jordmor 2030 4 20",
                 "1103 lege 2030 8 20");
}

static void rows_that_rest_on_a_hidden_figure_are_hidden(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) of = turnover();
    g_autoptr(SpTable) table = need();
    const SpFollow follow = {.only_if = "egen", .of = of, .measure = "sluttet", .where = "kjonn=0"};
    gsize n = 0;
    (void)state;
    assert_true(sp_protect_follow(table, &follow, &n, &error));
    assert_no_error(error);
    assert_int_equal(n, 1);
    /* 2040 has nothing of its own; 1103's hidden row is of men alone. */
    assert_rows(table, "1101 lege 2030 : :", "1101 lege 2040 13 .", "1101 jordmor 2030 4 20",
                "1103 lege 2030 8 20");
}

static void without_a_condition_all_rows_rest_on_it(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) of = turnover();
    g_autoptr(SpTable) table = need();
    const SpFollow follow = {.only_if = "", .of = of, .measure = "sluttet", .where = "kjonn=0"};
    gsize n = 0;
    (void)state;
    assert_true(sp_protect_follow(table, &follow, &n, &error));
    assert_int_equal(n, 2);
}

static void slips_are_told(void **state)
{
    static const struct {
        const char *measure;
        const char *where;
        const char *part;
    } cases[] = {{"slutta", "kjonn=0", "slutta"},
                 {"sluttet", "kjonn", "where is \"kjonn\", want COLUMN=CODE"},
                 {"sluttet", "alder=0", "alder"}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(SpTable) of = turnover();
        g_autoptr(SpTable) table = need();
        const SpFollow follow = {
            .only_if = "", .of = of, .measure = cases[i].measure, .where = cases[i].where};
        gsize n = 0;
        assert_false(sp_protect_follow(table, &follow, &n, &error));
        assert_non_null(strstr(error->message, cases[i].part));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_that_rest_on_a_hidden_figure_are_hidden),
        cmocka_unit_test(without_a_condition_all_rows_rest_on_it),
        cmocka_unit_test(slips_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
