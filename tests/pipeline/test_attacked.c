/* Packages are attacked together: what one alone does not tell. */
#include "tests/core/rows.h"

#include "pipeline/attacked.h"

#define SUMS                                                                                       \
    TABLE("sammenheng", "tabell:key kolonne:key hel:key del:key personer:attribute",               \
          "t region 0 11 sum", "t region 0 15 sum", "t region 11 1101 sum",                        \
          "t region 11 1103 sum")

/* A package of one table, with what is known of its sums (NULL: nothing). */
static void take(SpAttacked *attacked, SpTable *table, SpTable *sums)
{
    g_autoptr(SpTables) package = sp_tables_new();
    sp_tables_add(package, table);
    sp_tables_add(package, TABLE("other", "region:key m:sum", "11 :", "12 4"));
    if (sums != NULL) {
        sp_tables_add(package, sums);
    }
    sp_attacked_take(attacked, package);
    assert_int_equal(sp_tables_size(package), 1);
}

static SpTable *empty(const char *name, const char *columns)
{
    return table_of(name, columns, 0, NULL);
}

static void sums_of_one_package_open_those_of_another(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) files = sp_tables_new();
    sp_tables_add(files, empty("avledet", "tabell:key maal:key teller:key nevner:key"));
    sp_tables_add(files, empty("samme", "tabell:key med:key"));
    g_autoptr(SpAttacked) attacked = sp_attacked_new(files);
    const SpAttackOptions options = {
        .least_width = 4.0, .n_named = 10, .most_work = 1000, .n_near = 10};
    take(attacked, TABLE("t", "region:key n:sum", "11 :", "1101 :", "1103 4"), SUMS);
    take(attacked, TABLE("t", "region:key n:sum", "15 20"), SUMS);
    take(attacked, TABLE("t", "region:key n:sum", "0 30", "11 :", "15 20"), SUMS);
    assert_true(sp_attacked_knows_sums(attacked));
    assert_int_equal(sp_attacked_n_beside(attacked), 3);
    g_autoptr(SpAttack) attack = sp_attacked_run(attacked, &options, &error);
    assert_no_error(error);
    assert_int_equal(attack->n_hidden, 2);
    assert_int_equal(attack->n_found[SP_ATTACK_DERIVED], 2);
    const SpAttackFinding *first = attack->findings->pdata[0];
    const SpAttackFinding *second = attack->findings->pdata[1];
    assert_string_equal(first->cell, "t n region=11");
    assert_string_equal(second->cell, "t n region=1101");
}

static void what_an_earlier_edition_shows_is_no_finding(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) files = sp_tables_new();
    g_autoptr(SpTables) before = sp_tables_new();
    sp_tables_add(files, empty("avledet", "tabell:key maal:key teller:key nevner:key"));
    sp_tables_add(files, empty("samme", "tabell:key med:key"));
    sp_tables_add(before, TABLE("t@2024-01-01-12345678", "region:key n:sum", "11 10", "1101 :"));
    sp_tables_add(before, TABLE("tt@2024-01-01-12345678", "region:key n:sum", "1101 6"));
    g_autoptr(SpAttacked) attacked = sp_attacked_new(files);
    const SpAttackOptions options = {
        .least_width = 4.0, .n_named = 10, .most_work = 1000, .n_near = 10};
    take(attacked, TABLE("t", "region:key n:sum", "0 30", "11 :", "15 20", "1101 :", "1103 4"),
         SUMS);
    sp_attacked_remember(attacked, before);
    g_autoptr(SpAttack) attack = sp_attacked_run(attacked, &options, &error);
    assert_no_error(error);
    assert_int_equal(attack->n_hidden, 2);
    assert_int_equal(attack->n_told_before, 1);
    assert_int_equal(attack->findings->len, 1);
    assert_string_equal(((const SpAttackFinding *)attack->findings->pdata[0])->cell,
                        "t n region=1101");
}

static void a_table_that_nothing_is_known_of_is_not_attacked(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) files = sp_tables_new();
    sp_tables_add(files, TABLE("avledet", "tabell:key maal:key teller:key nevner:key", "t a b c"));
    sp_tables_add(files, empty("samme", "tabell:key med:key"));
    g_autoptr(SpAttacked) attacked = sp_attacked_new(files);
    const SpAttackOptions options = {
        .least_width = 4.0, .n_named = 10, .most_work = 1000, .n_near = 10};
    take(attacked, TABLE("t", "region:key n:sum", "0 30", "11 :", "15 20"), NULL);
    assert_false(sp_attacked_knows_sums(attacked));
    g_autoptr(SpAttack) attack = sp_attacked_run(attacked, &options, &error);
    assert_no_error(error);
    assert_int_equal(attack->n_hidden, 1);
    assert_int_equal(attack->n_without_sums, 1);
    assert_int_equal(attack->findings->len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_of_one_package_open_those_of_another),
        cmocka_unit_test(what_an_earlier_edition_shows_is_no_finding),
        cmocka_unit_test(a_table_that_nothing_is_known_of_is_not_attacked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
