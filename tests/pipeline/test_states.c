/* Several deliveries of a dataset, one of them bad: what goes back, what is left out, what stays;
 * and what is said and checked of each of its tables. */
#include "tests/check.h"
#include "tests/pipeline/panel.h"

#include "core/error.h"
#include "core/io/files.h"

#define BAD_2023 HEADER "0301,2023,mange,700,90,400,300,250.5\n1103,2023,500,220,41,121,96,80\n"

#define STORE "snapshots/tabular/brukere"
#define LATEST "stages/normalise/tabular/brukere/latest"

static void replace_setting(const Mini *mini, const char *old, const char *new)
{
    g_autofree char *conf = NULL;
    assert_true(g_file_get_contents(mini->conf, &conf, NULL, NULL));
    g_auto(GStrv) parts = g_strsplit(conf, old, 2);
    assert_non_null(parts[1]);
    g_autofree char *replaced = g_strjoinv(new, parts);
    assert_true(g_file_set_contents(mini->conf, replaced, -1, NULL));
}

/* Fetches and normalises on a day of March; what normalise said. g_free. */
static char *night(const Mini *mini, int day, int status)
{
    g_autofree char *now = g_strdup_printf("--now=2025-03-%02dT03:00:00Z", day);
    g_auto(Result) fetched = mini_run(mini, NULL, "statpakke-fetch", now, NULL);
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-normalise", now, NULL);
    assert_int_equal(fetched.status, 0);
    if (made.status != status) {
        fail_msg("exit %d, want %d: %s%s", made.status, status, fetched.err, made.err);
    }
    return g_steal_pointer(&made.err);
}

static void pass_night(const Mini *mini, int day, int status)
{
    g_free(night(mini, day, status));
}

/* The small country with the panel of 2022 and, if not NULL, that of 2023 taken in on 1 March. */
static Mini *country_of(const char *year_2023)
{
    Mini *mini = panel_country("panel-{aar}*.csv");
    panel_deliver(mini, "panel-2022.csv", YEAR_2022);
    if (year_2023 != NULL) {
        panel_deliver(mini, "panel-2023.csv", year_2023);
    }
    pass_night(mini, 1, 0);
    return mini;
}

static guint n_rejected(const Mini *mini)
{
    g_autofree char *folder = g_build_filename(mini->workspace, STORE, NULL);
    g_auto(GStrv) names = sp_folder_list(folder, NULL);
    guint n = 0;
    for (char **name = names; *name != NULL; name++) {
        n += g_str_has_suffix(*name, ".rejected") ? 1 : 0;
    }
    return n;
}

static void a_new_delivery_that_is_bad_is_left_out_and_the_others_stay(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = country_of(NULL);
    panel_deliver(mini, "panel-2023.csv", BAD_2023);
    g_autofree char *said = night(mini, 2, SP_ERROR_DATA);
    assert_has(said, "panel-2023.csv");
    assert_has(said, "mange");
    assert_has(said, "(panel-2023.csv is left out)");
    g_autofree char *users = panel_facts(mini, "brukere.csv");
    g_autofree char *staff = panel_facts(mini, "aarsverk.csv");
    assert_has(users, "\n1103,2022-12-31,480,,s,210,,s,");
    assert_has(staff, "\n1103,2022,75,,s");
    assert_null(strstr(users, "2023"));
    g_autofree char *uses = panel_facts(mini, "kildebruk.csv");
    assert_has(uses, "\ntabular/brukere,brukere aarsverk,2022-12-31,reserve,");
    assert_int_equal(n_rejected(mini), 1);
}

/* What the sender of a delivery was told. g_free. */
static char *report(const Mini *mini, const char *file)
{
    g_autofree char *name = g_strconcat(file, ".rapport.txt", NULL);
    g_autofree char *path = g_build_filename("inbox", "tabular", name, NULL);
    return mini_text(mini, path);
}

static void the_sender_of_a_rejected_delivery_is_told_and_no_other(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = country_of(NULL);
    panel_deliver(mini, "panel-2023.csv", BAD_2023);
    pass_night(mini, 2, SP_ERROR_DATA);
    g_autofree char *bad = report(mini, "panel-2023.csv");
    g_autofree char *good = report(mini, "panel-2022.csv");
    assert_has(bad, "\nResultat: Ikke lest.");
    assert_has(bad, "mange");
    assert_has(good, "\nResultat: Lest");
    assert_null(strstr(good, "panel-2023"));
}

static void all_that_came_together_and_was_never_right_fails(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-{aar}*.csv");
    panel_deliver(mini, "panel-2022.csv", YEAR_2022);
    panel_deliver(mini, "panel-2023.csv", BAD_2023);
    g_autofree char *said = night(mini, 1, SP_ERROR_DATA);
    assert_has(said, "mange");
    assert_null(strstr(said, "stands in"));
    g_autofree char *latest = g_build_filename(mini->workspace, LATEST, NULL);
    assert_false(g_file_test(latest, G_FILE_TEST_EXISTS));
}

/* The bad one keeps back neither what came before it nor what comes after it to others. */
static void a_bad_correction_gives_way_and_a_later_one_of_another_year_counts(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = country_of(YEAR_2023);
    panel_deliver(mini, "panel-2023_b.csv", BAD_2023);
    g_autofree char *second = night(mini, 2, SP_ERROR_DATA);
    assert_has(second, "panel-2023_b.csv gives way to panel-2023.csv (");
    panel_deliver(mini, "panel-2022_b.csv", HEADER "0301,2022,1501,600,80,390,290,240\n");
    g_autofree char *third = night(mini, 3, SP_ERROR_DATA);
    assert_has(third, "(panel-2023_b.csv gives way to panel-2023.csv (");
    assert_null(strstr(third, "panel-2022"));
    g_autofree char *users = panel_facts(mini, "brukere.csv");
    assert_has(users, "\n0301,2022-12-31,1501,,s,");
    assert_has(users, "\n0301,2023-12-31,1600,,s,");
    assert_int_equal(n_rejected(mini), 1);
    panel_deliver(mini, "panel-2023_c.csv", HEADER "0301,2023,1602,700,90,400,300,250.5\n");
    g_autofree char *fourth = night(mini, 4, 0);
    assert_string_equal(fourth, "");
    g_autofree char *healed = panel_facts(mini, "brukere.csv");
    assert_has(healed, "\n0301,2022-12-31,1501,,,");
    assert_has(healed, "\n0301,2023-12-31,1602,,,");
}

/* Two bad ones in turn: each goes back by itself, and what was right of each is used. */
static void two_bad_ones_go_back_to_what_was_right_of_each(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = country_of(YEAR_2023);
    panel_deliver(mini, "panel-2023_b.csv", BAD_2023);
    pass_night(mini, 2, SP_ERROR_DATA);
    panel_deliver(mini, "panel-2022_b.csv", HEADER "0301,2022,mange,600,80,390,290,240\n");
    g_autofree char *third = night(mini, 3, SP_ERROR_DATA);
    assert_has(third, "panel-2022_b.csv gives way to panel-2022.csv (");
    assert_has(third, "panel-2023_b.csv gives way to panel-2023.csv (");
    g_autofree char *users = panel_facts(mini, "brukere.csv");
    assert_has(users, "\n0301,2022-12-31,1500,,s,");
    assert_has(users, "\n0301,2023-12-31,1600,,s,");
    assert_int_equal(n_rejected(mini), 2);
}

/* Before `inbox` had places, the file of 2022 was what that of 2023 took the place of. It is of
 * another delivery now, and does not stand in for it. */
static void what_was_in_the_place_under_another_pattern_is_of_another_delivery(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-{aar}*.csv");
    replace_setting(mini, "panel-{aar}*.csv", "panel-*.csv");
    panel_deliver(mini, "panel-2022.csv", YEAR_2022);
    pass_night(mini, 1, 0);
    panel_deliver(mini, "panel-2023.csv", BAD_2023);
    pass_night(mini, 2, SP_ERROR_DATA);
    replace_setting(mini, "panel-*.csv", "panel-{aar}*.csv");
    g_autofree char *third = night(mini, 3, SP_ERROR_DATA);
    assert_has(third, "(panel-2023.csv is left out)");
    g_autofree char *users = panel_facts(mini, "brukere.csv");
    assert_has(users, "\n0301,2022-12-31,1500,,s,");
}

/* The marks that a night leaves in the store change nothing of what follows from it. */
static void the_next_night_makes_nothing_and_a_forced_one_the_same(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = country_of(NULL);
    panel_deliver(mini, "panel-2023.csv", BAD_2023);
    pass_night(mini, 2, SP_ERROR_DATA);
    g_autofree char *before = mini_hash(mini, "stages");
    pass_night(mini, 3, SP_ERROR_DATA);
    g_autofree char *after = mini_hash(mini, "stages");
    assert_string_equal(before, after);
    g_auto(Result) forced = mini_run(mini, NULL, "statpakke-normalise", "--force", NULL);
    assert_int_equal(forced.status, SP_ERROR_DATA);
    assert_null(strstr(forced.err, "other bytes"));
    g_autofree char *again = mini_hash(mini, "stages");
    assert_string_equal(before, again);
}

/* A limit that the second table crosses stops both, until the state is accepted by its name. */
static void a_limit_that_any_table_crosses_stops_all(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-{aar}*.csv");
    mini_set(mini, "tabular/brukere", "limit_level = 0 0.1");
    mini_set(mini, "tabular/brukere", "limit_minimum = 1");
    panel_deliver(mini, "panel-2022.csv", YEAR_2022);
    panel_deliver(mini, "panel-2023.csv", YEAR_2023);
    pass_night(mini, 1, 0);
    panel_deliver(mini, "panel-2023_b.csv",
                  HEADER "0301,2023,1600,700,90,400,300,25050\n1103,2023,500,220,41,121,96,80\n");
    g_autofree char *said = night(mini, 2, SP_ERROR_DATA);
    assert_has(said, "level_break: aarsverk: sykepleier_aarsverk: 1 of 4 figures");
    g_autofree char *users = panel_facts(mini, "brukere.csv");
    g_autofree char *staff = panel_facts(mini, "aarsverk.csv");
    assert_has(users, "\n0301,2023-12-31,1600,,s,");
    assert_has(staff, "\n0301,2023,250.5,,s");
    g_autofree char *rejected = report(mini, "panel-2023_b.csv");
    g_autofree char *other = report(mini, "panel-2022.csv");
    assert_has(rejected, "level_break");
    assert_has(other, "\nResultat: Lest");
    const char *advice = strstr(said, "accept = ");
    assert_non_null(advice);
    g_autofree char *accept = g_strndup(advice, strlen("accept = ") + 12);
    mini_set(mini, "tabular/brukere", accept);
    pass_night(mini, 3, 0);
    g_autofree char *after = panel_facts(mini, "aarsverk.csv");
    assert_has(after, "\n0301,2023,25050,,");
    g_autofree char *findings = panel_facts(mini, "kvalitet.csv");
    assert_has(findings, "\naccepted,tabular/brukere,");
    assert_has(findings, "\nlevel_break,aarsverk: sykepleier_aarsverk,");
}

/* A year more is compared with nothing: it would only show what it adds. */
static void a_delivery_more_is_no_revision(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = country_of(NULL);
    panel_deliver(mini, "panel-2023.csv", YEAR_2023);
    pass_night(mini, 2, 0);
    g_autofree char *findings = panel_facts(mini, "kvalitet.csv");
    assert_null(strstr(findings, "code_appeared"));
    panel_deliver(mini, "panel-2023_b.csv",
                  HEADER "0301,2023,1601,700,90,400,300,250.5\n"
                         "1103,2023,500,220,41,121,96,80\n");
    pass_night(mini, 3, 0);
    g_autofree char *revised = panel_facts(mini, "kvalitet.csv");
    assert_has(revised, "\nrevised,brukere: hjemmetjenestebrukere,1 of 4 figures are revised");
}

static void a_correction_is_made_in_the_table_that_it_names(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-{aar}*.csv");
    g_autofree char *path = g_build_filename(mini->data, "korreksjoner.csv", NULL);
    static const char header[] = "dataset,table,key,measure,old,new,reason,who,date\n";
    g_autofree char *right = g_strconcat(
        header,
        "tabular/brukere,aarsverk,region=1103 period=2023,sykepleier_aarsverk,80,81,talt på nytt,"
        "NN,2025-02-01\n",
        NULL);
    assert_true(g_file_set_contents(path, right, -1, NULL));
    panel_deliver(mini, "panel-2023.csv", YEAR_2023);
    pass_night(mini, 1, 0);
    g_autofree char *staff = panel_facts(mini, "aarsverk.csv");
    assert_has(staff, "\n1103,2023,81,,");
    g_autofree char *wrong = g_strconcat(
        header,
        "tabular/brukere,plasser,region=1103 period=2023,sykepleier_aarsverk,80,81,talt på nytt,"
        "NN,2025-02-01\n",
        NULL);
    assert_true(g_file_set_contents(path, wrong, -1, NULL));
    g_auto(Result) refused = mini_run(mini, NULL, "statpakke-normalise", NULL);
    assert_int_equal(refused.status, SP_ERROR_CONFIG);
    assert_has(refused.err, "row 2: table \"plasser\": want a table that the dataset makes");
}

/* KOSTRA groups and centrality as two datasets: the one that is bad goes back, and it alone. */
static void of_a_division_of_four_datasets_the_bad_one_goes_back(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = panel_country("panel-{aar}*.csv");
    g_autofree char *uses_path =
        g_build_filename(mini->workspace, "stages/normalise/regioner/latest/kildebruk.csv", NULL);
    g_autofree char *uses = NULL;
    panel_deliver(mini, "panel-2022.csv", YEAR_2022);
    mini_write(mini, "ekstra.csv", "kommunenummer,sted\n0301,1\n1103,2\n1508,3\n1580,3\n");
    g_autofree char *layout = g_build_filename(mini->data, "layouts", "ekstra.ini", NULL);
    assert_true(g_file_set_contents(layout,
                                    "[table]\nname = ekstra\ndivision = 2024-01-01\n"
                                    "[column kommunenummer]\nas = region\nrole = region\n"
                                    "[column sted]\nrole = code\nkey = no\n",
                                    -1, NULL));
    g_autofree char *conf = NULL;
    assert_true(g_file_get_contents(mini->conf, &conf, NULL, NULL));
    g_auto(GStrv) listed = g_strsplit(conf, "datasets = ", 2);
    g_autofree char *with = g_strjoinv("datasets = tabular/ekstra, ", listed);
    g_autofree char *whole = g_strconcat(
        with,
        "[tabular/ekstra]\ntitle = Prøve\npublisher = Ingen\nlicence = CC0\n"
        "url = extracts/ekstra.csv\nlayout = ekstra\nupdated = 2024-06-15\n"
        "[normalise]\nregion_groups = klass/kostragrupper, klass/sentralitet, tabular/ekstra\n",
        NULL);
    assert_true(g_file_set_contents(mini->conf, whole, -1, NULL));
    pass_night(mini, 1, 0);
    mini_write(mini, "ekstra.csv", "kommunenummer,sted\n0301,1\n0301,2\n");
    g_autofree char *said = night(mini, 2, SP_ERROR_DATA);
    assert_has(said, "the snapshot of tabular/ekstra before it");
    assert_true(g_file_get_contents(uses_path, &uses, NULL, NULL));
    assert_has(uses, "\ntabular/ekstra,,,reserve,");
    assert_has(uses, "\nklass/kommuner,,,aktuell,");
    assert_has(uses, "\nklass/endringer,,,aktuell,");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_delivery_that_is_bad_is_left_out_and_the_others_stay),
        cmocka_unit_test(the_sender_of_a_rejected_delivery_is_told_and_no_other),
        cmocka_unit_test(all_that_came_together_and_was_never_right_fails),
        cmocka_unit_test(a_bad_correction_gives_way_and_a_later_one_of_another_year_counts),
        cmocka_unit_test(two_bad_ones_go_back_to_what_was_right_of_each),
        cmocka_unit_test(what_was_in_the_place_under_another_pattern_is_of_another_delivery),
        cmocka_unit_test(the_next_night_makes_nothing_and_a_forced_one_the_same),
        cmocka_unit_test(a_limit_that_any_table_crosses_stops_all),
        cmocka_unit_test(a_delivery_more_is_no_revision),
        cmocka_unit_test(a_correction_is_made_in_the_table_that_it_names),
        cmocka_unit_test(of_a_division_of_four_datasets_the_bad_one_goes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
