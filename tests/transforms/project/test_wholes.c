/* Need and supply of a profession are of the same people. */
#include "tests/transforms/project/demand/config.h"

#include "transforms/project/wholes.h"

static const char *const none[] = {NULL};

static void a_part_is_counted_by_the_profession_of_its_group(void **state)
{
    (void)state;
    static const char *const ids[] = {"jordmor", "spesialsykepleier", "sykepleier"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) professions = config_table("profesjoner.csv", "profesjoner", none);
    g_autofree guint *whole = sp_profession_wholes(professions, ids, 3, &error);
    assert_no_error(error);
    assert_int_equal(whole[0], 0);
    assert_int_equal(whole[1], 2);
    assert_int_equal(whole[2], 2);
    g_autofree char *nurses = sp_profession_codes(ids, whole, 3, 2);
    g_autofree char *special = sp_profession_codes(ids, whole, 3, 1);
    assert_string_equal(nurses, "sykepleier/spesialsykepleier");
    assert_string_equal(special, "spesialsykepleier");
    g_autofree guint *alone = sp_profession_wholes(NULL, ids, 3, &error);
    assert_int_equal(alone[1], 1);
}

/* Every profession with a level of education may have supply; those that struktur names may have
 * need. A part that one side has and the other has not, would make a gap of nobody's. */
static void both_sides_count_the_same_codes_by_the_configuration(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) professions = config_table("profesjoner.csv", "profesjoner", none);
    g_autoptr(SpTable) structure = config_table("framskriving/struktur.csv", "struktur", none);
    g_autoptr(GPtrArray) supply = g_ptr_array_new();
    g_autoptr(GPtrArray) need = g_ptr_array_new();
    gsize id = sp_table_find(professions, "profesjon"), level = sp_table_find(professions, "nivaa");
    gsize named = sp_table_find(structure, "profesjon"), n_found = 0;
    for (gsize row = 0; row < sp_table_n_rows(professions); row++) {
        const char *code = sp_table_code(professions, row, id);
        guint32 number;
        if (*sp_table_code(professions, row, level) != '\0') {
            g_ptr_array_add(supply, (gpointer)code);
        }
        if (sp_codes_find(sp_table_codes(structure, named), code, &number)) {
            g_ptr_array_add(need, (gpointer)code);
        }
    }
    const char *const *on_need = (const char *const *)need->pdata;
    const char *const *on_supply = (const char *const *)supply->pdata;
    g_autofree guint *whole = sp_profession_wholes(professions, on_need, need->len, &error);
    g_autofree guint *other = sp_profession_wholes(professions, on_supply, supply->len, &error);
    for (guint i = 0; i < need->len; i++) {
        for (guint j = 0; j < supply->len; j++) {
            if (strcmp(on_need[i], on_supply[j]) == 0) {
                g_autofree char *one = sp_profession_codes(on_need, whole, need->len, i);
                g_autofree char *two = sp_profession_codes(on_supply, other, supply->len, j);
                assert_string_equal(one, two);
                n_found++;
            }
        }
    }
    assert_true(n_found >= 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_part_is_counted_by_the_profession_of_its_group),
        cmocka_unit_test(both_sides_count_the_same_codes_by_the_configuration),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
