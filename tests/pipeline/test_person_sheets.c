/* A person-level delivery as a workbook counts to the byte as the same rows in CSV, and leaves as
 * little behind. */
#include "tests/check.h"
#include "tests/pipeline/people.h"
#include "tests/pipeline/sheetbook.h"

#include "core/io/files.h"

#define SETTINGS "inbox = pai-*\nsynthetic = yes\n"
#define TABLE_FILE FACTS "/stillinger.csv"

/* The rows of the CSV as cells; Latin-1 there, UTF-8 here. */
static char **book_rows(const People *people)
{
    g_autofree char *latin = people_file(people);
    g_autofree char *text = g_convert(latin, -1, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
    assert_non_null(text);
    g_strdelimit(text, ";", '|');
    char **rows = g_strsplit(text, "\r\n", -1);
    guint n = g_strv_length(rows);
    assert_true(n == N_POSITIONS + 2 && rows[n - 1][0] == '\0');
    g_clear_pointer(&rows[n - 1], g_free);
    return rows;
}

static void count(const Mini *mini)
{
    g_auto(Result) fetched = mini_run(mini, NULL, "statpakke-fetch", NULL);
    assert_string_equal(fetched.err, "");
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-normalise", NULL);
    assert_string_equal(made.err, "");
    assert_int_equal(made.status, 0);
}

static void a_workbook_counts_as_the_same_rows_in_csv(void **state)
{
    (void)state;
    g_autofree People *people = people_new();
    g_autoptr(Mini) plain = people_country(SETTINGS);
    g_autoptr(Mini) book = people_country(SETTINGS);
    g_autofree char *csv = people_file(people);
    people_deliver(plain, "pai-2024-12.csv", csv);
    g_auto(GStrv) rows = book_rows(people);
    const BookSheet sheet = {.name = "PAI", .rows = (const char *const *)rows};
    sheetbook_deliver(book, "pai", "pai-2024-12.xlsx", &sheet, 1);
    count(plain);
    count(book);
    g_autofree char *expected = people_text(plain, TABLE_FILE);
    g_autofree char *found = people_text(book, TABLE_FILE);
    assert_string_equal(found, expected);
    Search search;
    search_init(&search, people);
    search_below(&search, book->workspace);
    assert_true(search.n_files > 10);
    g_hash_table_unref(search.keys);
}

/* What is wrong is told by rule and row, to the sender too. */
static void a_faulty_workbook_is_told_without_its_content(void **state)
{
    (void)state;
    g_autofree People *people = people_new();
    g_autoptr(Mini) own = people_country(SETTINGS);
    g_auto(GStrv) rows = book_rows(people);
    char *fields = strchr(rows[1], '|');
    assert_non_null(fields);
    memcpy(rows[1], "20x4", 4);
    const BookSheet sheet = {.name = people->keys[7], .rows = (const char *const *)rows};
    sheetbook_deliver(own, "pai", "pai-2024-12.xlsx", &sheet, 1);
    count(own);
    g_autofree char *report = people_text(own, INBOX "/pai-2024-12.xlsx.rapport.txt");
    assert_non_null(
        strstr(report, "Årstallet er ikke lest (1)\n    kolonne «aar», første gang i rad 2\n"));
    Search search;
    search_init(&search, people);
    search_below(&search, own->workspace);
    g_hash_table_unref(search.keys);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_workbook_counts_as_the_same_rows_in_csv),
        cmocka_unit_test(a_faulty_workbook_is_told_without_its_content),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
