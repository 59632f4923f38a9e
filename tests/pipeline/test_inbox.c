/* Deliveries by hand that are not person-level: several in use, several layouts, packed files. */
#include "tests/check.h"
#include "tests/pipeline/panel.h"

#include "core/error.h"
#include "core/io/files.h"

#define ZLIB_CONST
#include <zlib.h>

static char *inbox_path(const Mini *mini, const char *name)
{
    return g_build_filename(mini->workspace, "inbox", "tabular", name, NULL);
}

static void deliver_bytes(const Mini *mini, const char *name, const char *bytes, gsize size)
{
    g_autofree char *path = inbox_path(mini, name);
    g_autofree char *folder = g_path_get_dirname(path);
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    assert_true(g_file_set_contents(path, bytes, (gssize)size, NULL));
}

static char *receipt(const Mini *mini, const char *name)
{
    g_autofree char *file = g_strconcat(name, ".mottatt.json", NULL);
    g_autofree char *path = g_build_filename("inbox", "tabular", file, NULL);
    return mini_text(mini, path);
}

/* Fetches and normalises; what both said. g_free. */
static char *night(const Mini *mini, int status)
{
    g_auto(Result) fetched = mini_run(mini, NULL, "statpakke-fetch", "--log=text", NULL);
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-normalise", NULL);
    if (made.status != status) {
        fail_msg("exit %d, want %d: %s%s", made.status, status, fetched.err, made.err);
    }
    return g_strconcat(fetched.err, made.err, NULL);
}

static void pass_night(const Mini *mini)
{
    g_free(night(mini, 0));
}

static void a_file_a_year_all_count_and_two_layouts_read_each(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-{aar}*.csv");
    panel_deliver(mini, "panel-2022.csv", YEAR_2022);
    panel_deliver(mini, "panel-2023.csv", YEAR_2023);
    g_autofree char *said = night(mini, 0);
    g_autofree char *users = panel_facts(mini, "brukere.csv");
    g_autofree char *staff = panel_facts(mini, "aarsverk.csv");
    assert_has(users, "0301,2022-12-31,1500,");
    assert_has(users, "0301,2023-12-31,1600,");
    assert_has(staff, "1103,2022,75,");
    assert_has(staff, "1103,2023,80,");
    assert_null(strstr(said, "no delivery"));
}

static void of_one_delivery_the_last_by_name_counts_and_both_are_told(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-{aar}*.csv");
    panel_deliver(mini, "panel-2022.csv", YEAR_2022);
    panel_deliver(mini, "panel-2023-b.csv", YEAR_2023);
    panel_deliver(mini, "panel-2023-a.csv", HEADER "0301,2023,1,1,1,1,1,1\n");
    g_autofree char *said = night(mini, 0);
    g_autofree char *users = panel_facts(mini, "brukere.csv");
    assert_has(users, "0301,2023-12-31,1600,");
    assert_has(users, "0301,2022-12-31,1500,");
    assert_has(said, "panel-2023-b.csv is used and not panel-2023-a.csv");
    g_autofree char *used = receipt(mini, "panel-2023-b.csv");
    g_autofree char *other = receipt(mini, "panel-2023-a.csv");
    assert_has(used, "\"delivery\": \"2023\"");
    assert_has(used, "\"in_use\": true");
    assert_has(used, "replaces panel-2023-a.csv");
    assert_has(other, "\"in_use\": false");
    assert_has(other, "gives way to panel-2023-b.csv");
}

/* Of a pattern without places one file is in use, and the others are not looked into. */
static void the_receipt_of_a_file_that_is_replaced_says_so(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-*.csv");
    panel_deliver(mini, "panel-2022.csv", YEAR_2022);
    pass_night(mini);
    g_autofree char *before = receipt(mini, "panel-2022.csv");
    assert_has(before, "\"in_use\": true");
    panel_deliver(mini, "panel-2023.csv", YEAR_2023);
    pass_night(mini);
    g_autofree char *after = receipt(mini, "panel-2022.csv");
    g_autofree char *used = receipt(mini, "panel-2023.csv");
    assert_has(after, "\"in_use\": false");
    assert_has(after, "gives way to panel-2023.csv");
    assert_has(used, "\"in_use\": true");
}

static void a_corrected_year_replaces_that_year_alone(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-{aar}*.csv");
    panel_deliver(mini, "panel-2022.csv", YEAR_2022);
    panel_deliver(mini, "panel-2023.csv", YEAR_2023);
    pass_night(mini);
    panel_deliver(mini, "panel-2023_rettet.csv", HEADER "0301,2023,1601,700,90,400,300,251\n");
    pass_night(mini);
    g_autofree char *users = panel_facts(mini, "brukere.csv");
    assert_has(users, "0301,2023-12-31,1601,");
    assert_null(strstr(users, "0301,2023-12-31,1600,"));
    assert_has(users, "0301,2022-12-31,1500,");
    g_autofree char *before = mini_hash(mini, "stages");
    g_autofree char *third = night(mini, 0);
    g_autofree char *after = mini_hash(mini, "stages");
    assert_string_equal(before, after);
    assert_string_equal(third, "");
}

static void a_row_in_two_deliveries_is_an_error_that_names_both(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-{aar}-{del}.csv");
    panel_deliver(mini, "panel-2023-nord.csv", YEAR_2023);
    panel_deliver(mini, "panel-2023-soer.csv", HEADER "1103,2023,500,220,41,121,96,80\n");
    g_autofree char *said = night(mini, SP_ERROR_DATA);
    assert_has(said, "panel-2023-nord.csv (snapshot");
    assert_has(said, "panel-2023-soer.csv (snapshot");
    assert_has(said, "both have region=1103, period=2023");
}

static void a_missing_year_is_told_in_the_log_the_report_and_status(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-{aar}*.csv");
    panel_deliver(mini, "panel-2021.csv", HEADER "0301,2021,1400,600,80,390,290,240\n");
    panel_deliver(mini, "panel-2023.csv", YEAR_2023);
    g_autofree char *said = night(mini, 0);
    g_autofree char *report = panel_facts(mini, "kvalitet.csv");
    g_auto(Result) status = mini_run(mini, NULL, "statpakke-status", NULL);
    assert_has(said, "there is no delivery 2022");
    assert_has(report, "delivery_missing,tabular/brukere 2022,");
    assert_has(status.out, "tabular/brukere 2022: no such delivery");
    assert_has(status.out, "tabular/brukere 2021");
}

/* What is wrongly named would else lie there for ever, and its sender wait. */
static void a_file_that_fits_nothing_is_told_by_fetch_and_status(void **state)
{
    (void)state;
    static const char name[] = "inbox/tabular/Panel-2022.csv is not named like panel-{aar}*.csv (";
    g_autoptr(Mini) mini = panel_country("panel-{aar}*.csv");
    panel_deliver(mini, "panel-2022.csv", YEAR_2022);
    panel_deliver(mini, "Panel-2022.csv", YEAR_2022);
    panel_deliver(mini, ".panel-2023.csv.part", "half of it");
    panel_deliver(mini, "../regneark.csv", YEAR_2022);
    panel_deliver(mini, "../dbh/kandidater.csv", YEAR_2022);
    g_auto(Result) fetched = mini_run(mini, NULL, "statpakke-fetch", NULL);
    g_auto(Result) status = mini_run(mini, NULL, "statpakke-status", NULL);
    assert_int_equal(fetched.status, 0);
    const char *const said[] = {fetched.err, status.out};
    for (gsize i = 0; i < G_N_ELEMENTS(said); i++) {
        assert_has(said[i], name);
        assert_has(said[i], "inbox/regneark.csv lies in no source's folder; move it");
        assert_has(said[i], "inbox/dbh/kandidater.csv is for no dataset in use");
        assert_null(strstr(said[i], "/panel-20"));
        assert_null(strstr(said[i], ".part"));
        assert_null(strstr(said[i], "mottatt"));
    }
}

/* The night's reader has heard of it; status goes on telling. */
static void the_night_tells_of_a_file_that_fits_nothing_once(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-{aar}*.csv");
    panel_deliver(mini, "panel-2022.csv", YEAR_2022);
    panel_deliver(mini, "Panel-2022.csv", YEAR_2022);
    g_auto(Result) first =
        mini_run(mini, NULL, "statpakke-run", "--until=fetch", "--now=2025-03-01T03:00:00Z", NULL);
    g_auto(Result) second =
        mini_run(mini, NULL, "statpakke-run", "--until=fetch", "--now=2025-03-02T03:00:00Z", NULL);
    g_auto(Result) status = mini_run(mini, NULL, "statpakke-status", NULL);
    assert_has(first.err, "Panel-2022.csv is not named like");
    assert_string_equal(second.err, "");
    assert_has(status.out, "Panel-2022.csv is not named like");
}

/* Its snapshot is in the store: a file that somebody tidied away takes no figures with it. */
static void a_delivery_that_left_the_inbox_stays_in_use(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-{aar}*.csv");
    panel_deliver(mini, "panel-2022.csv", YEAR_2022);
    panel_deliver(mini, "panel-2023.csv", YEAR_2023);
    pass_night(mini);
    g_autofree char *path = inbox_path(mini, "panel-2022.csv");
    assert_int_equal(g_remove(path), 0);
    pass_night(mini);
    g_autofree char *users = panel_facts(mini, "brukere.csv");
    assert_has(users, "0301,2022-12-31,1500,");
}

static void another_pattern_chooses_anew(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-{aar}*.csv");
    panel_deliver(mini, "panel-2022-x.csv", YEAR_2022);
    panel_deliver(mini, "panel-2023-x.csv", YEAR_2023);
    pass_night(mini);
    g_auto(Result) early = mini_run(mini, NULL, "statpakke-normalise",
                                    "--set=tabular/brukere.inbox=panel-{aar}-{del}.csv", NULL);
    assert_int_equal(early.status, SP_ERROR_NO_INPUT);
    assert_has(early.err, "run statpakke-fetch --unit tabular/brukere");
    g_auto(Result) fetched = mini_run(mini, NULL, "statpakke-fetch",
                                      "--set=tabular/brukere.inbox=panel-{aar}-{del}.csv", NULL);
    assert_int_equal(fetched.status, 0);
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-normalise",
                                   "--set=tabular/brukere.inbox=panel-{aar}-{del}.csv", NULL);
    assert_string_equal(made.err, "");
    g_autofree char *users = panel_facts(mini, "brukere.csv");
    assert_has(users, "0301,2022-12-31,1500,");
    assert_has(users, "0301,2023-12-31,1600,");
}

/* As gzip writes it. */
static void deliver_packed(const Mini *mini, const char *name, const char *text, gsize size)
{
    z_stream stream = {0};
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY), Z_OK);
    gsize room = deflateBound(&stream, size) + 64;
    g_autofree char *out = g_malloc(room);
    stream.next_in = (const Bytef *)text;
    stream.avail_in = (uInt)size;
    stream.next_out = (Bytef *)out;
    stream.avail_out = (uInt)room;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    deliver_bytes(mini, name, out, stream.total_out);
    deflateEnd(&stream);
}

static void a_packed_file_is_read_and_a_bomb_is_not(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-{aar}*.csv");
    deliver_packed(mini, "panel-2022.csv.gz", YEAR_2022, strlen(YEAR_2022));
    panel_deliver(mini, "panel-2023.csv", YEAR_2023);
    pass_night(mini);
    g_autofree char *users = panel_facts(mini, "brukere.csv");
    assert_has(users, "0301,2022-12-31,1500,");
    gsize size = (gsize)16 * 1024 * 1024;
    g_autofree char *blanks = g_strnfill(size, ' ');
    deliver_packed(mini, "panel-2024.csv.gz", blanks, size);
    g_autofree char *refused = night(mini, SP_ERROR_DATA);
    assert_has(refused, "panel-2024.csv.gz");
    assert_has(refused, "times its size");
}

static void layouts_that_do_not_go_together_are_told(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-{aar}*.csv");
    g_autofree char *other = g_build_filename(mini->data, "layouts", "annen.ini", NULL);
    const char *semicolons = "[file]\ndelimiter = semicolon\n[table]\nname = annen\n"
                             "[column aar]\nrole = code\n";
    assert_true(g_file_set_contents(other, semicolons, -1, NULL));
    static const struct {
        const char *set;
        const char *part;
    } cases[] = {
        {"--set=tabular/brukere.layout=brukere, pai_stillinger", "one is person-level"},
        {"--set=tabular/brukere.layout=brukere, brukere", "both make the table brukere"},
        {"--set=tabular/brukere.layout=brukere, annen", "their [file] differs"},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(Result) fetched =
            mini_run(mini, NULL, "statpakke-fetch", "--unit=tabular/brukere", cases[i].set, NULL);
        assert_int_equal(fetched.status, SP_ERROR_CONFIG);
        assert_has(fetched.err, cases[i].part);
    }
}

/* A later layer of settings that says `inbox =` turns the inbox off: the url is asked. */
static void inbox_set_to_nothing_is_off(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-{aar}*.csv");
    g_auto(Result) without =
        mini_run(mini, NULL, "statpakke-fetch", "--unit", "tabular/brukere", NULL);
    assert_int_equal(without.status, SP_ERROR_NO_INPUT);
    g_auto(Result) fetched =
        mini_run(mini, NULL, "statpakke-fetch", "--set", "tabular/brukere.inbox=", NULL);
    assert_int_equal(fetched.status, 0);
    g_auto(Result) made =
        mini_run(mini, NULL, "statpakke-normalise", "--set", "tabular/brukere.inbox=", NULL);
    assert_int_equal(made.status, 0);
    g_autofree char *table = panel_facts(mini, "brukere.csv");
    assert_non_null(strstr(table, "0301,2023"));
}

static void an_empty_file_does_not_keep_the_others_waiting(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-{aar}*.csv");
    panel_deliver(mini, "panel-2021.csv", "");
    panel_deliver(mini, "panel-2022.csv", YEAR_2022);
    panel_deliver(mini, "panel-2023.csv", YEAR_2023);
    g_auto(Result) fetched = mini_run(mini, NULL, "statpakke-fetch", NULL);
    assert_int_equal(fetched.status, SP_ERROR_DATA);
    assert_has(fetched.err, "panel-2021.csv is empty; ask the sender");
    g_autofree char *of_other = receipt(mini, "panel-2022.csv");
    assert_has(of_other, "\"in_use\": true");
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-normalise", NULL);
    assert_int_equal(made.status, 0);
    g_autofree char *users = panel_facts(mini, "brukere.csv");
    assert_has(users, "0301,2022-12-31,1500,");
    assert_has(users, "0301,2023-12-31,1600,");
}

/* What a file is packed with is told by its name alone. */
static void the_same_bytes_under_the_right_name_are_read_as_what_it_says(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-*");
    panel_deliver(mini, "panel-2023.csv.gz", YEAR_2023);
    g_autofree char *refused = night(mini, SP_ERROR_DATA);
    assert_has(refused, "name it as what it is");
    g_autofree char *wrong = inbox_path(mini, "panel-2023.csv.gz");
    g_autofree char *right = inbox_path(mini, "panel-2023.csv");
    assert_int_equal(g_rename(wrong, right), 0);
    g_free(night(mini, 0));
    g_autofree char *users = panel_facts(mini, "brukere.csv");
    assert_has(users, "0301,2023-12-31,1600,");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_a_year_all_count_and_two_layouts_read_each),
        cmocka_unit_test(of_one_delivery_the_last_by_name_counts_and_both_are_told),
        cmocka_unit_test(the_receipt_of_a_file_that_is_replaced_says_so),
        cmocka_unit_test(a_corrected_year_replaces_that_year_alone),
        cmocka_unit_test(a_row_in_two_deliveries_is_an_error_that_names_both),
        cmocka_unit_test(a_missing_year_is_told_in_the_log_the_report_and_status),
        cmocka_unit_test(a_file_that_fits_nothing_is_told_by_fetch_and_status),
        cmocka_unit_test(the_night_tells_of_a_file_that_fits_nothing_once),
        cmocka_unit_test(a_delivery_that_left_the_inbox_stays_in_use),
        cmocka_unit_test(another_pattern_chooses_anew),
        cmocka_unit_test(a_packed_file_is_read_and_a_bomb_is_not),
        cmocka_unit_test(layouts_that_do_not_go_together_are_told),
        cmocka_unit_test(inbox_set_to_nothing_is_off),
        cmocka_unit_test(an_empty_file_does_not_keep_the_others_waiting),
        cmocka_unit_test(the_same_bytes_under_the_right_name_are_read_as_what_it_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
