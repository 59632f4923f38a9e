/* Professions that no source counts. */
#include "tests/transforms/normalise/facts.h"

#include "transforms/normalise/absent.h"

static const char *const lists[] = {"pai_yrke", NULL};

static SpTable *professions(void)
{
    return TABLE("profesjoner", "profesjon:attribute finnes_nasjonalt:attribute", "sykepleier ja",
                 "logoped nei", "synspedagog nei");
}

/* The table with a code list on its column yrke. */
static void set_list(SpColumn *column, const char *list)
{
    column->classification = strcmp(column->name, "yrke") == 0 ? list : NULL;
}

static SpTable *with_list(SpTable *table, const char *list)
{
    return with_columns(table, set_list, list);
}

static void each_region_and_period_gets_a_row_that_cannot_occur(void **state)
{
    (void)state;
    g_autoptr(SpTable) of = professions();
    g_autoptr(SpTable) facts =
        with_list(TABLE("t", "region:key yrke:key period:key n:sum", "0301 sykepleier 2023 4",
                        "0301 tot 2023 4", "1103 tot 2022 1"),
                  "pai_yrke");
    gsize n_added = 0;
    assert_true(sp_add_absent(of, NULL, lists, facts, &n_added, NULL));
    assert_int_equal(n_added, 4);
    assert_rows(facts, "0301 logoped 2023 .", "0301 sykepleier 2023 4", "0301 synspedagog 2023 .",
                "0301 tot 2023 4", "1103 logoped 2022 .", "1103 synspedagog 2022 .",
                "1103 tot 2022 1");
}

static void keys_with_a_code_for_all_stand_at_that_code_only(void **state)
{
    (void)state;
    g_autoptr(SpTable) of = professions();
    g_autoptr(SpTable) facts = with_list(TABLE("t", "region:key kjonn:key yrke:key n:sum",
                                               "0301 0 tot 4", "0301 1 tot 1", "0301 2 tot 3"),
                                         "pai_yrke");
    g_autoptr(GError) error = NULL;
    g_autoptr(SpLayout) layout = sp_layout_parse(
        "p",
        "[persons]\nkey = person\n[table]\nname = t\n[column aar]\nas = period\nrole = year\n"
        "[column kommune]\nas = region\nrole = region\n[column k]\nas = kjonn\nrole = code\n"
        "levels = self, all=0\n[column s]\nas = yrke\nrole = code\nlevels = self, all=tot\n"
        "[measure n]\nkind = count\nunit = stillinger\n",
        &error);
    assert_no_error(error);
    gsize n_added = 0;
    assert_true(sp_add_absent(of, layout, lists, facts, &n_added, NULL));
    assert_rows(facts, "0301 0 logoped .", "0301 0 synspedagog .", "0301 0 tot 4", "0301 1 tot 1",
                "0301 2 tot 3");
}

static void a_profession_that_is_counted_after_all_gets_none(void **state)
{
    (void)state;
    g_autoptr(SpTable) of = professions();
    g_autoptr(SpTable) facts = with_list(
        TABLE("t", "region:key yrke:key n:sum", "0301 logoped 2", "1103 tot 2"), "pai_yrke");
    gsize n_added = 0;
    assert_true(sp_add_absent(of, NULL, lists, facts, &n_added, NULL));
    assert_rows(facts, "0301 logoped 2", "0301 synspedagog .", "1103 synspedagog .", "1103 tot 2");
}

static void tables_of_other_lists_are_left_alone(void **state)
{
    (void)state;
    g_autoptr(SpTable) of = professions();
    g_autoptr(SpTable) facts =
        with_list(TABLE("t", "region:key yrke:key n:sum", "0301 tot 2"), "noe_annet");
    gsize n_added = 1;
    assert_true(sp_add_absent(of, NULL, lists, facts, &n_added, NULL));
    assert_int_equal(n_added, 0);
    assert_rows(facts, "0301 tot 2");
}

/* The list is about other tables too, in which nobody expects these professions. */
static void
a_column_named_with_its_table_gets_them_and_the_same_list_elsewhere_does_not(void **state)
{
    (void)state;
    static const char *const columns[] = {"aarsverk.yrke", NULL};
    g_autoptr(SpTable) of = professions();
    g_autoptr(SpTable) named =
        with_list(TABLE("aarsverk", "region:key yrke:key n:sum", "0301 sykepleier 2"), "profesjon");
    g_autoptr(SpTable) other = with_list(
        TABLE("kandidater", "region:key yrke:key n:sum", "0301 sykepleier 2"), "profesjon");
    gsize n_added = 0;
    assert_true(sp_add_absent(of, NULL, columns, named, &n_added, NULL));
    assert_rows(named, "0301 logoped .", "0301 sykepleier 2", "0301 synspedagog .");
    assert_true(sp_add_absent(of, NULL, columns, other, &n_added, NULL));
    assert_rows(other, "0301 sykepleier 2");
}

static void an_answer_other_than_ja_and_nei_is_refused(void **state)
{
    (void)state;
    g_autoptr(SpTable) of = TABLE("profesjoner", "profesjon:attribute finnes_nasjonalt:attribute",
                                  "sykepleier ja", "logoped kanskje");
    g_autoptr(SpTable) facts = TABLE("t", "region:key n:sum", "0301 2");
    g_autoptr(GError) error = NULL;
    gsize n_added = 0;
    assert_false(sp_add_absent(of, NULL, lists, facts, &n_added, &error));
    assert_error(error, SP_ERROR_CONFIG, "row 3: finnes_nasjonalt \"kanskje\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_region_and_period_gets_a_row_that_cannot_occur),
        cmocka_unit_test(keys_with_a_code_for_all_stand_at_that_code_only),
        cmocka_unit_test(a_profession_that_is_counted_after_all_gets_none),
        cmocka_unit_test(tables_of_other_lists_are_left_alone),
        cmocka_unit_test(
            a_column_named_with_its_table_gets_them_and_the_same_list_elsewhere_does_not),
        cmocka_unit_test(an_answer_other_than_ja_and_nei_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
