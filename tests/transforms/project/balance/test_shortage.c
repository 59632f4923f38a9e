/* Measured shortages in the base. */
#include "tests/core/rows.h"

#include "transforms/project/balance/shortage.h"

static SpTables *tables_of(SpTable *one, SpTable *two)
{
    SpTables *tables = sp_tables_new();
    sp_tables_add(tables, one);
    if (two != NULL) {
        sp_tables_add(tables, two);
    }
    return tables;
}

static SpTable *staff(void)
{
    return TABLE("helsepersonell",
                 "region:key yrke:key sektor:key period:key aarsverk:sum sysselsatte:sum",
                 "1101 sykepleier kommune 2025 30 40", "1101 sykepleier spesialist 2025 50 60",
                 "1103 sykepleier kommune 2025 10 20", "1103 sykepleier ikke_i_arbeid 2025 - 70",
                 "1103 sykepleier tot 2025 90 120", "1101 sykepleier kommune 2024 900 1000");
}

/* 40 municipal årsverk for 120 in work in all sectors: 300 persons lacking are 100 årsverk. */
static void persons_of_all_sectors_become_municipal_aarsverk(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) in = tables_of(
        TABLE("mangel", "period:key profesjon:key region:key mangel:sum", "2023 sykepleier 11 900",
              "2025 sykepleier 11 300", "2025 sykepleier 1103 5", "2026 sykepleier 11 600",
              "2025 lege 11 30", "2025 sykepleier 15 :"),
        staff());
    g_autoptr(SpShortage) shortage =
        sp_shortage_new(in, SP_BASE_GAP_NAV, "2026-01-01", quality, &error);
    assert_no_error(error);
    SpReal own = sp_shortage_at(shortage, "11", "sykepleier");
    assert_near(own.value, 100, 1e-9);
    assert_int_equal(own.flags, SP_FLAG_MODELLED);
    assert_int_equal(sp_shortage_at(shortage, "1103", "sykepleier").status, SP_NOT_APPLICABLE);
    assert_int_equal(sp_shortage_at(shortage, "11", "lege").status, SP_MISSING);
    assert_int_equal(sp_shortage_at(shortage, "15", "sykepleier").status, SP_SUPPRESSED);
    assert_int_equal(sp_shortage_at(shortage, "03", "sykepleier").status, SP_NOT_APPLICABLE);
}

/* The small kommune's row is out of both sums: 30 of 100 persons in the others. */
static void a_hidden_row_of_staff_hides_no_shortage(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) in = tables_of(
        TABLE("mangel", "period:key profesjon:key region:key mangel:sum", "2025 sykepleier 11 200"),
        TABLE("helsepersonell",
              "region:key yrke:key sektor:key period:key aarsverk:sum sysselsatte:sum",
              "1101 sykepleier kommune 2025 30 40", "1101 sykepleier spesialist 2025 50 60",
              "1103 sykepleier kommune 2025 : 3"));
    g_autoptr(SpShortage) shortage =
        sp_shortage_new(in, SP_BASE_GAP_NAV, "2026-01-01", quality, &error);
    assert_no_error(error);
    assert_near(sp_shortage_at(shortage, "11", "sykepleier").value, 60, 1e-9);
}

static void nothing_newer_than_the_base_is_read(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) in = tables_of(
        TABLE("mangel", "period:key profesjon:key region:key mangel:sum", "2026 sykepleier 11 300"),
        staff());
    g_autoptr(SpShortage) shortage =
        sp_shortage_new(in, SP_BASE_GAP_NAV, "2026-01-01", quality, &error);
    assert_no_error(error);
    assert_int_equal(sp_shortage_at(shortage, "11", "sykepleier").status, SP_NOT_APPLICABLE);
    assert_int_equal(sp_quality_count(quality, "no_base_gap"), 1);
}

static void vacancies_stand_as_they_are(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) in =
        tables_of(TABLE("ledige_stillinger", "region:key yrke:key period:key aarsverk:sum",
                        "1103 lege 2025-12-01 2.5"),
                  NULL);
    sp_table_set_marks(sp_tables_at(in, 0), SP_MARK_SENSITIVE);
    g_autoptr(SpShortage) shortage =
        sp_shortage_new(in, SP_BASE_GAP_VACANCY, "2026-01-01", quality, &error);
    assert_no_error(error);
    assert_near(sp_shortage_at(shortage, "1103", "lege").value, 2.5, 0);
    assert_int_equal(sp_shortage_marks(shortage), SP_MARK_SENSITIVE);
}

static void a_table_that_is_not_there_is_told(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) in = sp_tables_new();
    g_autoptr(SpShortage) nav = sp_shortage_new(in, SP_BASE_GAP_NAV, "2026-01-01", quality, &error);
    g_autoptr(SpShortage) vacancy =
        sp_shortage_new(in, SP_BASE_GAP_VACANCY, "2026-01-01", quality, &error);
    assert_no_error(error);
    assert_int_equal(sp_quality_count(quality, "no_base_gap"), 2);
    assert_int_equal(sp_shortage_at(nav, "11", "lege").status, SP_NOT_APPLICABLE);
    assert_int_equal(sp_shortage_at(vacancy, "11", "lege").status, SP_NOT_APPLICABLE);
}

static void a_missing_column_is_named(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTables) in = tables_of(
        TABLE("ledige_stillinger", "region:key period:key aarsverk:sum", "11 2025 2"), NULL);
    assert_null(sp_shortage_new(in, SP_BASE_GAP_VACANCY, "2026-01-01", quality, &error));
    assert_error(error, SP_ERROR_DATA, "yrke");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(persons_of_all_sectors_become_municipal_aarsverk),
        cmocka_unit_test(a_hidden_row_of_staff_hides_no_shortage),
        cmocka_unit_test(nothing_newer_than_the_base_is_read),
        cmocka_unit_test(vacancies_stand_as_they_are),
        cmocka_unit_test(a_table_that_is_not_there_is_told),
        cmocka_unit_test(a_missing_column_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
