/* Figures that somebody has looked up. */
#include "tests/transforms/normalise/facts.h"

#include "transforms/normalise/corrections.h"

#define FACTS "region:key period:key n:sum"

static SpTable *file_of(const char *const rows[][9], gsize n)
{
    static const char *const names[] = {"dataset", "table",  "key", "measure", "old",
                                        "new",     "reason", "who", "date"};
    SpTable *file = sp_table_new("korreksjoner", NULL, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        const SpColumn column = {.name = names[i], .kind = SP_COLUMN_CODE};
        sp_table_add_column(file, &column);
    }
    for (gsize row = 0; row < n; row++) {
        sp_table_add_row(file);
        for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
            sp_table_set_code(file, row, i, rows[row][i]);
        }
    }
    return file;
}

#define ROW(key, old, new)                                                                         \
    {                                                                                              \
        "tabular/t", "t", key, "n", old, new, "telt på nytt", "NN", "2026-02-01"                   \
    }

static SpTable *facts_of(void)
{
    return TABLE("t", FACTS, "0301 2023 10/p", "1103 2023 ..", "1508 2023 -", "1580 2023 2.5");
}

static void figures_and_signs_are_replaced_and_flags_stay(void **state)
{
    (void)state;
    const char *const rows[][9] = {
        ROW("region=0301 period=2023", "10", "12"), ROW("period=2023 region=1103", "..", "7.25"),
        ROW("region=1508 period=2023", "0", ":"), ROW("region=1580 period=2023", "2.5", "0")};
    g_autoptr(SpTable) file = file_of(rows, G_N_ELEMENTS(rows));
    g_autoptr(SpTable) facts = facts_of();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    assert_true(sp_correct(file, "tabular/t", facts, quality, &error));
    assert_no_error(error);
    assert_rows(facts, "0301 2023 12/p", "1103 2023 7.25", "1508 2023 :", "1580 2023 -");
    assert_true(has_finding(quality, "corrected", "t n region=0301 period=2023",
                            "from 10 to 12: telt på nytt (NN, 2026-02-01)"));
    assert_int_equal(sp_quality_count(quality, "corrected"), 4);
}

static void another_figure_than_the_old_one_is_left_as_it_is(void **state)
{
    (void)state;
    const char *const rows[][9] = {ROW("region=0301 period=2023", "11", "12"),
                                   ROW("region=1103 period=2022", "..", "7"),
                                   ROW("region=1580 period=2023", "..", "7")};
    g_autoptr(SpTable) file = file_of(rows, G_N_ELEMENTS(rows));
    g_autoptr(SpTable) facts = facts_of();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    assert_true(sp_correct(file, "tabular/t", facts, quality, &error));
    assert_rows(facts, "0301 2023 10/p", "1103 2023 ..", "1508 2023 -", "1580 2023 2.5");
    assert_true(has_finding(quality, "correction_not_applied", "t n region=0301 period=2023",
                            "now has 10 and not 11"));
    assert_true(has_finding(quality, "correction_not_applied", "t n region=1103 period=2022",
                            "no such row"));
    assert_true(has_finding(quality, "correction_not_applied", "t n region=1580 period=2023",
                            "now has 2.5 and not .."));
}

static void rows_of_other_datasets_are_not_looked_at(void **state)
{
    (void)state;
    const char *const rows[][9] = {{"tabular/u", "", "", "", "", "", "", "", ""}};
    g_autoptr(SpTable) file = file_of(rows, 1);
    g_autoptr(SpTable) facts = facts_of();
    g_autoptr(SpQuality) quality = sp_quality_new();
    assert_true(sp_correct(file, "tabular/t", facts, quality, NULL));
    assert_int_equal(sp_quality_count(quality, "correction_not_applied"), 0);
}

static void a_row_that_says_too_little_is_refused_by_its_number(void **state)
{
    (void)state;
    static const struct {
        const char *row[9];
        const char *part;
    } bad[] = {
        {{"tabular/t", "t", "region=0301 period=2023", "n", "10", "12", "", "NN", "2026-02-01"},
         "row 2: reason"},
        {{"tabular/t", "t", "region=0301 period=2023", "n", "10", "12", "r", "", "2026-02-01"},
         "row 2: who"},
        {{"tabular/t", "t", "region=0301 period=2023", "n", "10", "12", "r", "NN", "i fjor"},
         "row 2: date"},
        {{"tabular/t", "t", "region=0301 period=2023", "m", "10", "12", "r", "NN", "2026-02-01"},
         "row 2: measure"},
        {{"tabular/t", "t", "0301", "n", "10", "12", "r", "NN", "2026-02-01"}, "row 2: key"},
        {{"tabular/t", "t", "region=0301 period=2023", "n", "", "12", "r", "NN", "2026-02-01"},
         "row 2: old"},
        {{"tabular/t", "t", "region=0301 period=2023", "n", "10", "1,5", "r", "NN", "2026-02-01"},
         "row 2: new"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autoptr(SpTable) file = file_of(&bad[i].row, 1);
        g_autoptr(SpTable) facts = facts_of();
        g_autoptr(SpQuality) quality = sp_quality_new();
        g_autoptr(GError) error = NULL;
        assert_false(sp_correct(file, "tabular/t", facts, quality, &error));
        assert_error(error, SP_ERROR_CONFIG, bad[i].part);
    }
}

/* A dataset of several tables: a row is for the one it names, and must name one of them. */
static void a_row_is_for_the_table_it_names(void **state)
{
    (void)state;
    const char *const rows[][9] = {
        {"tabular/t", "u", "region=0301 period=2023", "n", "10", "12", "r", "NN", "2026-02-01"}};
    g_autoptr(SpTable) file = file_of(rows, 1);
    g_autoptr(SpTables) facts = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    sp_tables_add(facts, facts_of());
    assert_false(sp_corrections_check(file, "tabular/t", facts, &error));
    assert_error(error, SP_ERROR_CONFIG, "row 2: table \"u\"");
    g_clear_error(&error);
    assert_true(sp_correct(file, "tabular/t", sp_tables_at(facts, 0), quality, &error));
    assert_rows(sp_tables_at(facts, 0), "0301 2023 10/p", "1103 2023 ..", "1508 2023 -",
                "1580 2023 2.5");
    sp_tables_add(facts, sp_table_new("u", NULL, 0));
    assert_true(sp_corrections_check(file, "tabular/t", facts, &error));
    assert_true(sp_corrections_check(file, "tabular/other", facts, &error));
}

static void one_cell_is_corrected_once(void **state)
{
    (void)state;
    const char *const rows[][9] = {ROW("region=0301 period=2023", "10", "12"),
                                   ROW("region=0301 period=2023", "12", "13")};
    g_autoptr(SpTable) file = file_of(rows, 2);
    g_autoptr(SpTable) facts = facts_of();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    assert_false(sp_correct(file, "tabular/t", facts, quality, &error));
    assert_error(error, SP_ERROR_CONFIG, "row 3");
}

static void lineage_tells_of_the_correction_and_of_what_was_before(void **state)
{
    (void)state;
    const char *const rows[][9] = {ROW("region=0301 period=2023", "10", "12"),
                                   ROW("region=1580 period=2023", "99", "1")};
    g_autoptr(SpTable) file = file_of(rows, 2);
    g_autoptr(SpTable) facts = facts_of();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpExplanation) explanation = sp_explanation_new();
    assert_true(sp_correct(file, "tabular/t", facts, quality, NULL));
    g_autoptr(SpCell) corrected = sp_cell_parse("t n period=2023 region=0301", NULL);
    g_autoptr(SpCell) refused = sp_cell_parse("t n period=2023 region=1580", NULL);
    g_autoptr(SpCell) other = sp_cell_parse("t n period=2023 region=1508", NULL);
    explanation->method = g_strdup("the source's figure");
    explanation->is_injective = TRUE;
    assert_false(sp_correct_explain(file, "tabular/t", facts, refused, explanation));
    assert_false(sp_correct_explain(file, "tabular/t", facts, other, explanation));
    assert_true(explanation->is_injective);
    assert_true(sp_correct_explain(file, "tabular/t", facts, corrected, explanation));
    assert_false(explanation->is_injective);
    assert_string_equal(explanation->method,
                        "corrected by hand from 10 to 12: telt på nytt (NN, 2026-02-01; "
                        "config/korreksjoner.csv row 2); before that: the source's figure");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_and_signs_are_replaced_and_flags_stay),
        cmocka_unit_test(another_figure_than_the_old_one_is_left_as_it_is),
        cmocka_unit_test(rows_of_other_datasets_are_not_looked_at),
        cmocka_unit_test(a_row_that_says_too_little_is_refused_by_its_number),
        cmocka_unit_test(a_row_is_for_the_table_it_names),
        cmocka_unit_test(one_cell_is_corrected_once),
        cmocka_unit_test(lineage_tells_of_the_correction_and_of_what_was_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
