/* Which rows small regions are told by. */
#include "tests/core/rows.h"

#include "transforms/protect/crossings.h"

static const char *const columns[] = {"yrke", "kjonn", "alder"};

static SpTable *rows(void)
{
    return table_of("skjermingskryss", "table:attribute level:attribute columns:attribute", 0,
                    NULL);
}

static void add(SpTable *table, const char *name, const char *level, const char *text)
{
    const gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, 0, name);
    sp_table_set_code(table, row, 1, level);
    sp_table_set_code(table, row, 2, text);
}

static gboolean tells(const SpCrossings *crossings, const char *region, const char *yrke,
                      const char *kjonn, const char *alder)
{
    const char *const codes[] = {yrke, kjonn, alder};
    return sp_crossings_tell(crossings, region, codes);
}

static void a_row_is_told_by_columns_of_one_line(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) table = rows();
    (void)state;
    add(table, "stillinger", "kommune", "yrke");
    add(table, "stillinger", "kommune", "alder");
    add(table, "stillinger", "kommune", "yrke=lege|sykepleier alder=055-075");
    add(table, "stillinger", "fylke", "yrke kjonn");
    add(table, "kontakter", "kommune", "kjonn");
    g_autoptr(SpCrossings) crossings = sp_crossings_new(table, "stillinger", columns, 3, &error);
    assert_no_error(error);
    assert_true(tells(crossings, "0301", NULL, NULL, NULL));
    assert_true(tells(crossings, "0301", "lege", NULL, NULL));
    assert_false(tells(crossings, "0301", NULL, "1", NULL)); /* another table's line */
    assert_false(tells(crossings, "0301", "lege", NULL, "015-034"));
    assert_true(tells(crossings, "0301", "lege", NULL, "055-075"));
    assert_false(tells(crossings, "0301", "jordmor", NULL, "055-075"));
    assert_true(tells(crossings, "03", "lege", "1", NULL));
    assert_false(tells(crossings, "03", NULL, NULL, "055-075"));
    assert_true(tells(crossings, "0", "lege", "1", "055-075")); /* nothing is said of the country */
}

static void without_lines_every_row_is_told(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpCrossings) crossings = sp_crossings_new(NULL, "stillinger", columns, 3, &error);
    (void)state;
    assert_no_error(error);
    assert_true(tells(crossings, "0301", "lege", "1", "055-075"));
}

static void slips_are_told(void **state)
{
    static const struct {
        const char *level;
        const char *text;
        const char *part;
    } cases[] = {{"kommune", "yrkje", "\"yrkje\": its table has no sums by that column"},
                 {"bydel", "yrke", "level is \"bydel\", want kommune or fylke"}};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(SpTable) table = rows();
        add(table, "stillinger", cases[i].level, cases[i].text);
        assert_null(sp_crossings_new(table, "stillinger", columns, 3, &error));
        assert_error(error, SP_ERROR_CONFIG, cases[i].part);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_is_told_by_columns_of_one_line),
        cmocka_unit_test(without_lines_every_row_is_told),
        cmocka_unit_test(slips_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
