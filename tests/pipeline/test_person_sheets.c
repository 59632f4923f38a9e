/* A person-level delivery as a workbook counts to the byte as the same rows in CSV, and leaves as
 * little behind. */
#include "tests/check.h"
#include "tests/pipeline/people.h"
#include "tests/pipeline/sheetbook.h"

#include "core/io/files.h"

#define SETTINGS "inbox = pai-*\nsynthetic = yes\n"
#define TABLE_FILE FACTS "/stillinger.csv"

/* The rows of the CSV as cells; Latin-1 there, UTF-8 here. */
static char **book_rows(const char *latin)
{
    g_autofree char *text = g_convert(latin, -1, "UTF-8", "ISO-8859-1", NULL, NULL, NULL);
    assert_non_null(text);
    g_strdelimit(text, ";", '|');
    char **rows = g_strsplit(text, "\r\n", -1);
    guint n = g_strv_length(rows);
    assert_true(n > 2 && rows[n - 1][0] == '\0');
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
    g_auto(GStrv) rows = book_rows(csv);
    assert_int_equal(g_strv_length(rows), N_POSITIONS + 1);
    const BookSheet sheet = {.name = "PAI", .rows = (const char *const *)rows};
    sheetbook_deliver(book, "pai", "pai-2024-12.xlsx", &sheet, 1);
    count(plain);
    count(book);
    g_autofree char *expected = mini_text(plain, TABLE_FILE);
    g_autofree char *found = mini_text(book, TABLE_FILE);
    assert_string_equal(found, expected);
    Search search;
    search_init(&search, people);
    search_below(&search, book->workspace);
    assert_true(search.n_files > 10);
    g_hash_table_unref(search.keys);
}

static void deliver_year(const People *people, const Mini *mini, int year, const char *name)
{
    g_autofree char *csv = people_file_of_year(people, year);
    if (g_str_has_suffix(name, ".csv")) {
        people_deliver(mini, name, csv);
        return;
    }
    g_auto(GStrv) rows = book_rows(csv);
    const BookSheet sheet = {.name = "PAI", .rows = (const char *const *)rows};
    sheetbook_deliver(mini, "pai", name, &sheet, 1);
}

static char *receipt_of(const Mini *mini, const char *name)
{
    g_autofree char *path = g_strdup_printf(INBOX "/%s.mottatt.json", name);
    return mini_text(mini, path);
}

/* The names that config/statpakke.conf itself asks for: the year tells the deliveries apart,
 * whatever form each has, and of one year the last by name is in use. */
static void the_shipped_pattern_takes_a_workbook_a_year(void **state)
{
    (void)state;
    g_autofree People *people = people_new();
    g_autoptr(Mini) plain = people_country("synthetic = yes\n");
    g_autoptr(Mini) book = people_country("synthetic = yes\n");
    deliver_year(people, plain, 2023, "pai-2023.csv");
    deliver_year(people, plain, 2024, "pai-2024.csv");
    deliver_year(people, book, 2023, "pai-2023.xlsx");
    deliver_year(people, book, 2023, "pai-2024.csv"); /* a slip of the sender, amended: */
    deliver_year(people, book, 2024, "pai-2024.xlsx");
    count(plain);
    g_auto(Result) fetched = mini_run(book, NULL, "statpakke-fetch", NULL);
    assert_int_equal(fetched.status, 0);
    g_auto(Result) made = mini_run(book, NULL, "statpakke-normalise", NULL);
    assert_int_equal(made.status, 0);
    const char *const files[] = {TABLE_FILE, FACTS "/alder_og_stabilitet.csv"};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *expected = mini_text(plain, files[i]);
        g_autofree char *found = mini_text(book, files[i]);
        assert_string_equal(found, expected);
        assert_true(strlen(found) > 1000);
    }
    g_autofree char *used = receipt_of(book, "pai-2024.xlsx");
    assert_non_null(strstr(used, "\"delivery\": \"2024\""));
    assert_non_null(strstr(used, "\"in_use\": true"));
    assert_non_null(strstr(used, "replaces pai-2024.csv"));
    g_autofree char *replaced = receipt_of(book, "pai-2024.csv");
    assert_non_null(strstr(replaced, "\"in_use\": false"));
    assert_non_null(strstr(replaced, "gives way to pai-2024.xlsx"));
    assert_non_null(strstr(replaced, "\"received\": \"2025-03-01T03:00:00Z\""));
    Search search;
    search_init(&search, people);
    search_below(&search, book->workspace);
    g_hash_table_unref(search.keys);
}

/* What is wrong is told by rule and row, to the sender too. */
static void a_faulty_workbook_is_told_without_its_content(void **state)
{
    (void)state;
    g_autofree People *people = people_new();
    g_autoptr(Mini) own = people_country(SETTINGS);
    g_autofree char *csv = people_file(people);
    g_auto(GStrv) rows = book_rows(csv);
    char *fields = strchr(rows[1], '|');
    assert_non_null(fields);
    memcpy(rows[1], "20x4", 4);
    const BookSheet sheet = {.name = people->keys[7], .rows = (const char *const *)rows};
    sheetbook_deliver(own, "pai", "pai-2024-12.xlsx", &sheet, 1);
    count(own);
    g_autofree char *report = mini_text(own, INBOX "/pai-2024-12.xlsx.rapport.txt");
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
        cmocka_unit_test(the_shipped_pattern_takes_a_workbook_a_year),
        cmocka_unit_test(a_faulty_workbook_is_told_without_its_content),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
