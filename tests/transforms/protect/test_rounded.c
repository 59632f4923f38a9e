/* Counts of a layer that are rounded: none is small, sums still come to their parts, and what goes
 * along tells of no changed count. */
#include "tests/transforms/protect/made_up_facts.h"

#include "transforms/protect/earlier.h"

static SpTable *rounding(const char *layer)
{
    SpTable *table =
        table_of("skjermingsregler",
                 "layer:attribute rule:attribute column:attribute settings:attribute", 0, NULL);
    const gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, 0, layer);
    sp_table_set_code(table, row, 1, "rounding");
    sp_table_set_code(table, row, 2, "");
    sp_table_set_code(table, row, 3, "base=3");
    return table;
}

/* The fine table alone: a layer of one table. Perhaps after an edition of it, which is taken. */
static SpTables *rounded_after(const Facts *facts, const char *layer, SpTable *edition,
                               GError **error)
{
    SpTable *const tables[] = {
        sp_table_copy(facts->fine),
        structure(),
        regions(),
        TABLE("skjermingslag",
              "table:attribute layer:attribute measure:attribute rule:attribute of:attribute",
              "fin ansatte personer few _", "fin ansatte aarsverk with _",
              "fin deltid deltid part personer"),
        owners(nobody),
        rounding(layer),
        edition,
        NULL};
    return shown_of(tables, 1, USUAL, error);
}

static SpTables *rounded(const Facts *facts, const char *layer, GError **error)
{
    return rounded_after(facts, layer, NULL, error);
}

static SpReal find(const SpTable *table, const char *const codes[3], gsize column)
{
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, 0), codes[0]) == 0 &&
            strcmp(sp_table_code(table, row, 1), codes[1]) == 0 &&
            strcmp(sp_table_code(table, row, 2), codes[2]) == 0) {
            return sp_table_real(table, row, column);
        }
    }
    fail_msg("%s %s %s is not told", codes[0], codes[1], codes[2]);
    return sp_real_none(SP_MISSING);
}

static void no_count_is_small_and_all_are_marked(void **state)
{
    gsize n_changed = 0;
    (void)state;
    for (guint64 seed = 101; seed <= 106; seed++) {
        g_autoptr(GError) error = NULL;
        g_auto(Facts) facts = facts_of(seed, 4.0);
        g_autoptr(SpTables) out = rounded(&facts, "ansatte", &error);
        assert_no_error(error);
        const SpTable *table = sp_tables_find(out, "fin");
        assert_int_equal(sp_table_n_rows(table), 13 * 5 * 4); /* of nobody, too */
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            const SpReal count = sp_table_real(table, row, 4);
            double truth = 0.0;
            for (gsize leaf = 0; leaf < N_LEAVES; leaf++) {
                truth += row_holds(table, row, leaf) ? facts.leaf[leaf] : 0.0;
            }
            assert_true(count.status == SP_ZERO || count.value >= 3.0);
            assert_int_equal(count.flags, SP_FLAG_ROUNDED);
            n_changed += fabs(count.value - truth) > 0.0 ? 1 : 0;
            /* 0.75 of the truth: shown, it would tell it. */
            assert_true(sp_table_real(table, row, 5).status == SP_SUPPRESSED ||
                        (truth >= 5.0 && fabs(count.value - truth) <= 0.0));
        }
    }
    assert_true(n_changed > 100);
}

/* Kommuner to fylker, professions to all, ages to all. */
static void rounded_sums_come_to_their_parts(void **state)
{
    g_autoptr(GError) error = NULL;
    g_auto(Facts) facts = facts_of(107, 3.0);
    g_autoptr(SpTables) out = rounded(&facts, "ansatte", &error);
    assert_no_error(error);
    const SpTable *table = sp_tables_find(out, "fin");
    (void)state;
    for (gsize y = 0; y < N_YRKER; y++) {
        for (gsize a = 0; a < N_AGES; a++) {
            double sum = 0.0;
            for (gsize k = 1; k <= 4; k++) {
                sum += find(table, (const char *[]){kommuner[k], yrker[y], ages[a]}, 4).value;
            }
            assert_near(find(table, (const char *[]){"11", yrker[y], ages[a]}, 4).value, sum, 0.0);
        }
        double sum = 0.0;
        for (gsize a = 0; a < N_AGES; a++) {
            sum += find(table, (const char *[]){"0", yrker[y], ages[a]}, 4).value;
        }
        assert_near(find(table, (const char *[]){"0", yrker[y], "015-075"}, 4).value, sum, 0.0);
    }
    for (gsize k = 0; k < N_KOMMUNER; k++) {
        double sum = 0.0;
        for (gsize y = 0; y < N_YRKER; y++) {
            sum += find(table, (const char *[]){kommuner[k], yrker[y], "015-075"}, 4).value;
        }
        assert_near(find(table, (const char *[]){kommuner[k], "tot", "015-075"}, 4).value, sum,
                    0.0);
    }
}

/* A whole that is less than its parts, since somebody is in two of them, is no sum: 3 + 3 are 5
 * persons. It is rounded by itself, and its parts by themselves. */
static void persons_in_two_parts_are_rounded_by_themselves(void **state)
{
    g_autoptr(GError) error = NULL;
    SpTable *table = TABLE("fin", "region:key yrke:key period:key personer:sum", "50 lege 2025 3",
                           "50 sykepleier 2025 3", "50 tot 2025 5", "5001 lege 2025 3",
                           "5001 sykepleier 2025 3", "5001 tot 2025 5");
    sp_table_set_marks(table, SP_MARK_SENSITIVE);
    SpTable *const tables[] = {
        table,
        TABLE("sammenheng", "tabell:key kolonne:key hel:key del:key personer:attribute",
              "fin yrke tot lege hoeyst", "fin yrke tot sykepleier hoeyst"),
        regions(),
        TABLE("skjermingslag",
              "table:attribute layer:attribute measure:attribute rule:attribute of:attribute",
              "fin ansatte personer few _"),
        owners(nobody),
        rounding("ansatte"),
        NULL};
    g_autoptr(SpTables) out = shown_of(tables, 1, USUAL, &error);
    (void)state;
    assert_no_error(error);
    const SpTable *seen = sp_tables_find(out, "fin");
    for (gsize row = 0; row < sp_table_n_rows(seen); row++) {
        assert_near(sp_table_real(seen, row, 3).value,
                    strcmp(sp_table_code(seen, row, 1), "tot") == 0 ? 5.0 : 3.0, 0.0);
    }
}

/* Parts of a count that is changed or few would tell it. */
static void parts_of_rounded_counts_are_hidden_with_them(void **state)
{
    g_autoptr(GError) error = NULL;
    g_auto(Facts) facts = facts_of(108, 8.0);
    g_autoptr(SpTables) out = rounded(&facts, "ansatte", &error);
    gsize n_hidden = 0;
    (void)state;
    assert_no_error(error);
    const SpTable *table = sp_tables_find(out, "fin");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (sp_table_real(table, row, 5).status == SP_SUPPRESSED) {
            assert_int_equal(sp_table_real(table, row, 6).status, SP_SUPPRESSED);
            n_hidden++;
        }
    }
    assert_in_range(n_hidden, 50, 13 * 5 * 4 - 1);
}

/* Of a count that was rounded nobody knows that it is true, though it be the same. */
static void what_was_rounded_before_comes_out_the_same(void **state)
{
    (void)state;
    for (guint64 seed = 111; seed <= 116; seed++) {
        g_autoptr(GError) error = NULL;
        g_auto(Facts) facts = facts_of(seed, 2.0 + 2.0 * (double)(seed % 5));
        g_autoptr(SpTables) once = rounded(&facts, "ansatte", &error);
        assert_no_error(error);
        SpTable *edition = sp_table_copy(sp_tables_find(once, "fin"));
        g_autofree char *name = sp_earlier_name("fin", "2025");
        sp_table_set_name(edition, name);
        g_autoptr(SpTables) again = rounded_after(&facts, "ansatte", edition, &error);
        assert_no_error(error);
        made_up_assert_same(sp_tables_find(once, "fin"), sp_tables_find(again, "fin"));
    }
}

static void layers_of_two_tables_and_parts_are_refused(void **state)
{
    g_auto(Facts) facts = facts_of(109, 8.0);
    g_autoptr(GError) of_part = NULL;
    g_autoptr(GError) of_two = NULL;
    SpTable *const tables[] = {sp_table_copy(facts.fine),
                               sp_table_copy(facts.coarse),
                               structure(),
                               regions(),
                               layers(),
                               owners(nobody),
                               rounding("ansatte"),
                               NULL};
    (void)state;
    assert_null(rounded(&facts, "deltid", &of_part));
    assert_error(of_part, SP_ERROR_CONFIG, "deltid: rounding goes with no other rule");
    assert_null(shown_of(tables, 1, USUAL, &of_two));
    assert_error(of_two, SP_ERROR_CONFIG, "ansatte: rounding is of layers of one table");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_count_is_small_and_all_are_marked),
        cmocka_unit_test(rounded_sums_come_to_their_parts),
        cmocka_unit_test(persons_in_two_parts_are_rounded_by_themselves),
        cmocka_unit_test(parts_of_rounded_counts_are_hidden_with_them),
        cmocka_unit_test(what_was_rounded_before_comes_out_the_same),
        cmocka_unit_test(layers_of_two_tables_and_parts_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
