/* Measures of persons: sums of what each person has, some rows alone, what is not told. */
#include "tests/transforms/normalise/persons.h"

#define HEAD                                                                                       \
    "[table]\nname = stillinger\n[file]\ndecimal = comma\n[persons]\nkey = person\n"               \
    "[column aar]\nas = period\nrole = year\nform = {}-12-01\n"                                    \
    "[column kommune]\nas = region\nrole = region\nlevels = kommune, landet\n"                     \
    "[column kode]\nas = yrke\nrole = code\nmap = stilling\nlevels = self, all=tot\n"              \
    "[column form]\nrole = code\nkey = no\n"                                                       \
    "[column prosent]\nrole = quantity\ndecimals = 2\nminimum = 0.01\nmaximum = 100\n"             \
    "[column dager]\nas = fravaer\nrole = quantity\ndecimals = 1\noptional = yes\nminimum = 0\n"
static const char *const header = "aar kommune kode form prosent dager person";

static const char *const sizes =
    HEAD "[measure personer]\nkind = distinct\nunit = persons\n"
         "[measure heltid]\nkind = distinct\nunit = persons\nperson_sum = prosent\nleast = 100\n"
         "[measure smaa]\nkind = distinct\nunit = persons\nperson_sum = prosent\nbelow = 25\n";

static void full_time_is_asked_of_all_positions_in_the_cell(void **state)
{
    Fixture *fixture = *state;
    start(fixture, sizes, header);
    FEED(fixture, "2024 0301 7174 F 60 _ aaaaaaaa", "2024 0301 7174 F 10 _ bbbbbbbb",
         "2024 0301 7517 F 40 _ aaaaaaaa", "2024 1508 7174 F 20 _ bbbbbbbb");
    g_autoptr(SpTable) table = table_with(fixture, NULL);
    assert_rows(table, "2024-12-01 0 fagarbeider 1 - -", "2024-12-01 0 sykepleier 2 - -",
                "2024-12-01 0 tot 2 1 -", "2024-12-01 0301 fagarbeider 1 - -",
                "2024-12-01 0301 sykepleier 2 - 1", "2024-12-01 0301 tot 2 1 1",
                "2024-12-01 1508 sykepleier 1 - 1", "2024-12-01 1508 tot 1 - 1");
}

/* 33.33 three times is not 100, 33.34 and two of 33.33 are; 25 is not below 25. */
static void limits_are_exact(void **state)
{
    Fixture *fixture = *state;
    start(fixture, sizes, header);
    FEED(fixture, "2024 0301 7174 F 33,33 _ aaaaaaaa", "2024 0301 7174 F 33,33 _ aaaaaaaa",
         "2024 0301 7174 F 33,33 _ aaaaaaaa", "2024 0301 7174 F 33,33 _ bbbbbbbb",
         "2024 0301 7174 F 33,34 _ bbbbbbbb", "2024 0301 7174 F 33,33 _ bbbbbbbb",
         "2024 1508 7174 F 25 _ cccccccc", "2024 1508 7174 F 24,99 _ dddddddd");
    g_autoptr(SpTable) table = table_with(fixture, NULL);
    assert_rows(table, "2024-12-01 0 sykepleier 4 1 1", "2024-12-01 0 tot 4 1 1",
                "2024-12-01 0301 sykepleier 2 1 -", "2024-12-01 0301 tot 2 1 -",
                "2024-12-01 1508 sykepleier 2 - 1", "2024-12-01 1508 tot 2 - 1");
}

/* The same person in two years is two counts, whatever stands between her rows. */
static void years_are_counted_apart(void **state)
{
    Fixture *fixture = *state;
    start(fixture, sizes, header);
    FEED(fixture, "2024 0301 7174 F 60 _ aaaaaaaa", "2023 0301 7174 F 60 _ aaaaaaaa",
         "2024 0301 7174 F 60 _ aaaaaaaa", "2023 0301 7174 F 60 _ bbbbbbbb");
    g_autoptr(SpTable) table = table_with(fixture, NULL);
    assert_rows(table, "2023-12-01 0 sykepleier 2 - -", "2023-12-01 0 tot 2 - -",
                "2023-12-01 0301 sykepleier 2 - -", "2023-12-01 0301 tot 2 - -",
                "2024-12-01 0 sykepleier 1 1 -", "2024-12-01 0 tot 1 1 -",
                "2024-12-01 0301 sykepleier 1 1 -", "2024-12-01 0301 tot 1 1 -");
}

static const char *const parts =
    HEAD "[measure aarsverk]\nkind = sum\ncolumn = prosent\ndivide_by = 100\nunit = aarsverk\n"
         "[measure personer]\nkind = distinct\nunit = persons\n"
         "[measure andel]\nkind = ratio\nover = vikarer\nunder = personer\nunit = share\n"
         "[measure vikarer]\nkind = distinct\nwhen = form V\nunit = persons\n"
         "[measure stillinger]\nkind = count\nwhen = yrke sykepleier leder\nunit = stillinger\n"
         "[measure dager]\nkind = sum\ncolumn = fravaer\nunit = dager\n"
         "[measure med_fravaer]\nkind = sum\ncolumn = prosent\ndivide_by = 100\ngiven = fravaer\n"
         "unit = aarsverk\n"
         "[measure per]\nkind = ratio\nover = dager\nunder = med_fravaer\n";

static void some_rows_alone_count_and_what_is_not_told_is_missing(void **state)
{
    Fixture *fixture = *state;
    start(fixture, parts, header);
    FEED(fixture, "2024 0301 7174 V 50 3,5 aaaaaaaa", "2024 0301 7517 F 50 _ aaaaaaaa",
         "2024 0301 7174 F 100 0 bbbbbbbb", "2024 0301 7517 V 25 _ cccccccc");
    g_autoptr(SpTable) table = table_with(fixture, NULL);
    /* period region yrke, aarsverk personer vikarer stillinger dager med_fravaer, andel per */
    assert_rows(table, "2024-12-01 0 fagarbeider 0.75 2 1 - .. .. 0.5 ..",
                "2024-12-01 0 sykepleier 1.5 2 1 2 3.5 1.5 0.5 2.33333333",
                "2024-12-01 0 tot 2.25 3 2 2 3.5 1.5 0.666666667 2.33333333",
                "2024-12-01 0301 fagarbeider 0.75 2 1 - .. .. 0.5 ..",
                "2024-12-01 0301 sykepleier 1.5 2 1 2 3.5 1.5 0.5 2.33333333",
                "2024-12-01 0301 tot 2.25 3 2 2 3.5 1.5 0.666666667 2.33333333");
    assert_false(sp_table_column(table, sp_table_find(table, "andel"))->is_additive);
    assert_true(sp_table_column(table, sp_table_find(table, "dager"))->is_additive);
}

static void an_optional_quantity_keeps_its_limits(void **state)
{
    Fixture *fixture = *state;
    start(fixture, parts, header);
    FEED(fixture, "2024 0301 7174 F 50 -1 aaaaaaaa", "2024 0301 7174 F 50 x aaaaaaaa",
         "2024 0301 7174 F 50 _ aaaaaaaa", "2024 0301 7174 F _ 1 aaaaaaaa");
    assert_int_equal(sp_persons_n_left_out(fixture->persons), 3);
    assert_true(has_finding(fixture->quality, "quantity_outside", "column dager", "row 2"));
    assert_true(has_finding(fixture->quality, "not_a_number", "column dager", "row 3"));
    assert_true(has_finding(fixture->quality, "not_a_number", "column prosent", "row 5"));
}

static void least_and_largest_are_of_the_rows_that_count(void **state)
{
    Fixture *fixture = *state;
    start(fixture,
          HEAD "[measure minst]\nkind = min\ncolumn = prosent\n"
               "[measure mest]\nkind = max\ncolumn = prosent\nwhen = form V\n",
          header);
    FEED(fixture, "2024 0301 7174 F 50 _ aaaaaaaa", "2024 0301 7174 V 20 _ aaaaaaaa",
         "2024 0301 7517 F 10,5 _ bbbbbbbb");
    g_autoptr(SpTable) table = table_with(fixture, NULL);
    assert_rows(table, "2024-12-01 0 fagarbeider 10.5 ..", "2024-12-01 0 sykepleier 20 20",
                "2024-12-01 0 tot 10.5 20", "2024-12-01 0301 fagarbeider 10.5 ..",
                "2024-12-01 0301 sykepleier 20 20", "2024-12-01 0301 tot 10.5 20");
}

/* One pseudonym for whoever has none: a slip that must cost no more than its rows. */
static void a_pseudonym_of_thousands_is_counted_once_and_soon(void **state)
{
    Fixture *fixture = *state;
    start(fixture, sizes, header);
    static const char *const regions[] = {"0301", "1508", "1580", "1806", "5001"};
    static const char *const codes[] = {"7174", "7517", "9430"};
    for (guint i = 0; i < 20000; i++) {
        g_autofree char *row =
            g_strdup_printf("2024 %s %s F %u _ 00000000", regions[i % 5], codes[i % 3], i % 90 + 1);
        assert_true(try_row(fixture, i + 2, row));
    }
    g_autoptr(SpTable) table = table_with(fixture, NULL);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        assert_near(sp_table_real(table, row, 3).value, 1, 0);
    }
    assert_int_equal(sp_table_n_rows(table), 6 * 4);
}

/* Sums are added as they come: no order of rows may show in the table. */
static void the_order_of_rows_does_not_matter(void **state)
{
    Fixture *fixture = *state;
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_free);
    guint32 seed = 7;
    for (guint i = 0; i < 500; i++) {
        seed = seed * 1664525U + 1013904223U;
        g_ptr_array_add(
            rows, g_strdup_printf("2024 %s %s %c %u _ person%02u", seed >> 30 & 1 ? "0301" : "1508",
                                  seed >> 29 & 1 ? "7174" : "7517", "FMV"[(seed >> 20) % 3],
                                  (seed >> 8) % 60 + 1, (seed >> 12) % 80));
    }
    start(fixture, parts, header);
    for (guint i = 0; i < rows->len; i++) {
        assert_true(try_row(fixture, i + 2, rows->pdata[i]));
    }
    g_autoptr(SpTable) forward = table_with(fixture, NULL);
    sp_persons_free(fixture->persons);
    sp_layout_free(fixture->layout);
    start(fixture, parts, header);
    for (guint i = rows->len; i-- > 0;) {
        assert_true(try_row(fixture, i + 2, rows->pdata[i]));
    }
    g_autoptr(SpTable) backward = table_with(fixture, NULL);
    assert_int_equal(sp_table_n_rows(forward), sp_table_n_rows(backward));
    for (gsize row = 0; row < sp_table_n_rows(forward); row++) {
        for (gsize i = 0; i < sp_table_n_columns(forward); i++) {
            if (sp_table_column(forward, i)->kind == SP_COLUMN_CODE) {
                assert_string_equal(sp_table_code(forward, row, i),
                                    sp_table_code(backward, row, i));
            } else {
                assert_near(sp_table_real(forward, row, i).value,
                            sp_table_real(backward, row, i).value, 0);
            }
        }
    }
}

static void a_sum_beyond_64_bits_is_an_error(void **state)
{
    Fixture *fixture = *state;
    start(fixture,
          "[table]\nname = t\n[persons]\nkey = person\n[column kommune]\nas = region\n"
          "role = region\n[column tall]\nrole = quantity\ndecimals = 0\n"
          "[constant period]\nvalue = 2024-12-01\n[measure sum]\nkind = sum\ncolumn = tall\n",
          "kommune tall person");
    for (guint i = 0; i < 10; i++) {
        assert_true(try_row(fixture, i + 2, "0301 999999999999999999 aaaaaaaa"));
    }
    assert_null(sp_persons_table(fixture->persons, NULL, &fixture->error));
    assert_error(fixture->error, SP_ERROR_DATA, "the sum of sum is beyond 64 bits");
}

static void a_code_that_no_row_can_have_is_refused(void **state)
{
    Fixture *fixture = *state;
    g_autofree char *layout =
        g_strconcat(HEAD, "[measure n]\nkind = count\nwhen = yrke lege\n", NULL);
    assert_false(try_new(fixture, layout));
    assert_error(fixture->error, SP_ERROR_CONFIG, "no row can have the code \"lege\" in yrke");
}

/* A code may mean another thing after a settlement. */
static void a_code_may_have_another_meaning_in_other_years(void **state)
{
    Fixture *fixture = *state;
    sp_table_free(sp_tables_steal(fixture->maps, "stilling"));
    sp_tables_add(fixture->maps, TABLE("stilling", "from:key to:attribute fra:key til:attribute",
                                       "7174 sykepleier _ 2023", "7174 leder 2024 _"));
    start(fixture, sizes, header);
    FEED(fixture, "2023 0301 7174 F 60 _ aaaaaaaa", "2024 0301 7174 F 60 _ aaaaaaaa");
    g_autoptr(SpTable) table = table_with(fixture, NULL);
    assert_rows(table, "2023-12-01 0 sykepleier 1 - -", "2023-12-01 0 tot 1 - -",
                "2023-12-01 0301 sykepleier 1 - -", "2023-12-01 0301 tot 1 - -",
                "2024-12-01 0 leder 1 - -", "2024-12-01 0 tot 1 - -", "2024-12-01 0301 leder 1 - -",
                "2024-12-01 0301 tot 1 - -");
    sp_table_free(sp_tables_steal(fixture->maps, "stilling"));
    sp_tables_add(fixture->maps, TABLE("stilling", "from:key to:attribute fra:key til:attribute",
                                       "7174 sykepleier _ 2024", "7174 leder 2024 _"));
    sp_persons_free(fixture->persons);
    sp_layout_free(fixture->layout);
    assert_false(try_new(fixture, sizes));
    assert_error(fixture->error, SP_ERROR_CONFIG, "\"7174\" stands twice");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        PERSON_TEST(full_time_is_asked_of_all_positions_in_the_cell),
        PERSON_TEST(limits_are_exact),
        PERSON_TEST(years_are_counted_apart),
        PERSON_TEST(some_rows_alone_count_and_what_is_not_told_is_missing),
        PERSON_TEST(an_optional_quantity_keeps_its_limits),
        PERSON_TEST(least_and_largest_are_of_the_rows_that_count),
        PERSON_TEST(a_pseudonym_of_thousands_is_counted_once_and_soon),
        PERSON_TEST(the_order_of_rows_does_not_matter),
        PERSON_TEST(a_sum_beyond_64_bits_is_an_error),
        PERSON_TEST(a_code_that_no_row_can_have_is_refused),
        PERSON_TEST(a_code_may_have_another_meaning_in_other_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
