/* A person-level delivery that was sent again is held against the one it replaces, by what both
 * were counted to. */
#include "tests/check.h"
#include "tests/pipeline/people.h"

#define FIRST "pai-2024-a.csv"
#define SECOND "pai-2024-b.csv"
#define SETTINGS "synthetic = yes\n"
#define TABLE FACTS "/stillinger.csv"
#define FINDINGS FACTS "/kvalitet.csv"

static People *people;

static int set_up(void **state)
{
    (void)state;
    people = people_new();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    g_free(people);
    return 0;
}

static void must_run(const Mini *mini, const char *program, int status)
{
    g_auto(Result) result = mini_run(mini, NULL, program, NULL);
    if (result.status != status) {
        fail_msg("%s: exit %d, want %d: %s", program, result.status, status, result.err);
    }
}

/* A country that has counted one delivery, and *before what it was counted to. */
static Mini *counted(const char *settings, char **before)
{
    Mini *mini = people_country(settings);
    g_autofree char *text = people_file_of_year(people, 2024);
    people_deliver(mini, FIRST, text);
    must_run(mini, "statpakke-fetch", 0);
    must_run(mini, "statpakke-normalise", 0);
    *before = mini_text(mini, TABLE);
    return mini;
}

/* The header and those rows that `keeps`. */
static char *some_rows(const char *text, gboolean (*keeps)(guint row, const char *line))
{
    g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
    GString *kept = g_string_new(NULL);
    for (guint row = 0; lines[row] != NULL && lines[row][0] != '\0'; row++) {
        if (row == 0 || keeps(row, lines[row])) {
            g_string_append_printf(kept, "%s\r\n", lines[row]);
        }
    }
    return g_string_free(kept, FALSE);
}

static void send_again(const Mini *mini, gboolean (*keeps)(guint row, const char *line))
{
    g_autofree char *text = people_file_of_year(people, 2024);
    g_autofree char *some = some_rows(text, keeps);
    people_deliver(mini, SECOND, some);
    must_run(mini, "statpakke-fetch", 0);
}

static gboolean every_tenth(guint row, const char *line)
{
    (void)line;
    return row % 10 == 0;
}

static gboolean all_but_one(guint row, const char *line)
{
    (void)line;
    return row != 17;
}

static gboolean all_but_stavanger(guint row, const char *line)
{
    (void)row;
    return strstr(line, ";1103;") == NULL;
}

/* Kommuner that are the same in both years. */
static gboolean of_undivided(guint row, const char *line)
{
    (void)row;
    return strstr(line, ";0301;") != NULL || strstr(line, ";1103;") != NULL;
}

static gboolean has_finding(const Mini *mini, const char *kind)
{
    g_autofree char *findings = mini_text(mini, FINDINGS);
    g_autofree char *start = g_strdup_printf("\n%s,", kind);
    return strstr(findings, start) != NULL;
}

/* The table without the flag that every number of a delivery standing in has. */
static char *unflagged(const char *text)
{
    g_autoptr(GRegex) flag = g_regex_new(",s(?=[,\n])", 0, 0, NULL);
    return g_regex_replace_literal(flag, text, -1, 0, ",", 0, NULL);
}

/* The rows as they were a year before, of persons who were a year younger. */
static char *year_before(const char *text)
{
    g_auto(GStrv) lines = g_strsplit(text, "\r\n", -1);
    GString *made = g_string_new(lines[0]);
    g_string_append(made, "\r\n");
    for (char **line = lines + 1; *line != NULL && **line != '\0'; line++) {
        g_auto(GStrv) fields = g_strsplit(*line, ";", -1);
        gint64 born = 0;
        assert_true(g_ascii_string_to_signed(fields[4], 10, 1900, 2024, &born, NULL));
        g_free(fields[0]);
        g_free(fields[4]);
        fields[0] = g_strdup("2023");
        fields[4] = g_strdup_printf("%d", (int)born - 1);
        g_autofree char *row = g_strjoinv(";", fields);
        g_string_append_printf(made, "%s\r\n", row);
    }
    return g_string_free(made, FALSE);
}

static void a_tenth_of_the_positions_is_not_used_and_the_delivery_before_stands_in(void **state)
{
    (void)state;
    g_autofree char *before = NULL;
    g_autoptr(Mini) mini = counted(SETTINGS, &before);
    send_again(mini, every_tenth);
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-normalise", NULL);
    assert_int_equal(made.status, SP_ERROR_DATA);
    assert_non_null(strstr(made.err, "changed by an order since the snapshot before"));
    assert_non_null(strstr(made.err, "accept = "));
    assert_true(has_finding(mini, "stand_in"));
    g_autofree char *after = mini_text(mini, TABLE);
    g_autofree char *figures = unflagged(after);
    assert_string_not_equal(after, before);
    assert_string_equal(figures, before);
    Search search;
    search_init(&search, people);
    assert_int_equal(search_count(&search, made.err, strlen(made.err)), 0);
    search_below(&search, mini->workspace);
    g_hash_table_unref(search.keys);
}

static void a_kommune_that_is_left_out_is_named(void **state)
{
    (void)state;
    g_autofree char *before = NULL;
    g_autoptr(Mini) mini = counted(SETTINGS, &before);
    send_again(mini, all_but_stavanger);
    must_run(mini, "statpakke-normalise", 0); /* one of four kommuner is too few to stop */
    g_autofree char *findings = mini_text(mini, FINDINGS);
    assert_non_null(strstr(findings, "kommune_vanished"));
    assert_non_null(strstr(findings, "region 1103"));
}

static void a_small_correction_is_used_and_what_it_changed_is_told(void **state)
{
    (void)state;
    g_autofree char *before = NULL;
    g_autoptr(Mini) mini = counted(SETTINGS, &before);
    send_again(mini, all_but_one);
    must_run(mini, "statpakke-normalise", 0);
    g_autofree char *after = mini_text(mini, TABLE);
    assert_string_not_equal(after, before);
    assert_false(has_finding(mini, "stand_in"));
}

static void without_time_to_compare_what_came_last_is_used(void **state)
{
    (void)state;
    g_autofree char *before = NULL;
    g_autoptr(Mini) mini = counted(SETTINGS "[normalise]\ncompare_persons = no\n", &before);
    send_again(mini, every_tenth);
    must_run(mini, "statpakke-normalise", 0);
    assert_false(has_finding(mini, "total_changed"));
}

/* Within one delivery nothing is decrypted twice: the counts of two years are there together. */
static void a_year_whose_figures_are_those_of_the_year_before_is_told(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = people_country(SETTINGS);
    g_autofree char *all = people_file_of_year(people, 2024);
    g_autofree char *now = some_rows(all, of_undivided);
    g_autofree char *before = year_before(now);
    people_deliver(mini, "pai-2023.csv", before);
    people_deliver(mini, "pai-2024.csv", now);
    must_run(mini, "statpakke-fetch", 0);
    must_run(mini, "statpakke-normalise", 0);
    g_autofree char *findings = mini_text(mini, FINDINGS);
    assert_non_null(strstr(findings, "\ncopied,stillinger: region 0301,"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tenth_of_the_positions_is_not_used_and_the_delivery_before_stands_in),
        cmocka_unit_test(a_kommune_that_is_left_out_is_named),
        cmocka_unit_test(a_small_correction_is_used_and_what_it_changed_is_told),
        cmocka_unit_test(without_time_to_compare_what_came_last_is_used),
        cmocka_unit_test(a_year_whose_figures_are_those_of_the_year_before_is_told),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
