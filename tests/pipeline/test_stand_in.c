/* A newest snapshot that is not fit for use: what stands in, who is told, how it heals; and figures
 * that a person has corrected. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/io/files.h"

#define USERS "stages/normalise/tabular/brukere/latest"

/* A file of a unit; `latest` is a link to its folder. */
static char *unit_text(const Mini *mini, const char *unit, const char *file)
{
    g_autofree char *link = g_build_filename(mini->workspace, unit, NULL);
    g_autofree char *key = g_file_read_link(link, NULL);
    g_autofree char *parent = g_path_get_dirname(unit);
    g_autofree char *relative = g_build_filename(parent, key, file, NULL);
    return mini_text(mini, relative);
}

static char *served_text(const Mini *mini, const char *relative)
{
    g_autofree char *current = mini_current(mini);
    g_autofree char *path = g_build_filename(current, relative, NULL);
    return mini_text(mini, path);
}

/* The only line of the night begins so; exit 0. */
static void run_and_expect(const Mini *mini, const char *part)
{
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(night.status, 0);
    if (part == NULL) {
        assert_string_equal(night.err, "");
    } else {
        assert_has(night.err, part);
    }
}

static void figures_are_yesterdays_and_flagged_stale(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    mini_replace(mini, "omsorg.csv", "1103,2023,500,", "1103,2023,-500,");
    run_and_expect(mini, "stands in");
    g_autofree char *facts = unit_text(mini, USERS, "brukere.csv");
    assert_has(facts, "\n1103,2023-12-31,500,,s,220,,s,");
    g_autofree char *findings = unit_text(mini, USERS, "kvalitet.csv");
    assert_has(findings, "\nstand_in,tabular/brukere,");
    assert_has(findings, "negative count");
    g_autofree char *manifest = unit_text(mini, USERS, "manifest.json");
    assert_has(manifest, "\"stand_ins\"");
    assert_has(manifest, "\"kind\": \"unreadable\"");
    g_autofree char *published = served_text(mini, "fylke-11-rogaland/data/brukere.csv");
    assert_has(published, "\n1103,2023-12-31,500,,s,");
    g_autofree char *other = served_text(mini, "fylke-11-rogaland/data/befolkning.csv");
    assert_null(strstr(other, ",s\n"));
    g_autofree char *sources = served_text(mini, "fylke-11-rogaland/data/kilder.csv");
    assert_has(sources, ",2024-06-15,reserve\n");
    assert_has(sources, ",2025-02-25,aktuell\n");
    g_autofree char *page = served_text(mini, "fylke-11-rogaland/definisjoner.html");
    assert_has(page, "Utdatert: den nyeste leveringen kunne ikke brukes");
}

static void status_tells_what_is_stale_and_why(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    mini_replace(mini, "omsorg.csv", "1103,2023,500,", "1103,2023,mange,");
    run_and_expect(mini, "stands in");
    g_auto(Result) status = mini_run(mini, NULL, "statpakke-status", NULL);
    assert_int_equal(status.status, 0);
    assert_has(status.out, "tabular/brukere                  stale, of 2024-06-15: omsorg.csv");
    assert_has(status.out, "mange");
}

static void without_an_older_one_the_night_fails_as_ever(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    mini_replace(mini, "omsorg.csv", "1103,2023,500,", "1103,2023,-500,");
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(night.status, SP_ERROR_DATA);
    assert_has(night.err, "negative count");
    assert_null(mini_current(mini));
}

static void with_no_older_ones_wanted_none_stands_in(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    mini_replace(mini, "omsorg.csv", "1103,2023,500,", "1103,2023,-500,");
    g_auto(Result) night =
        mini_run(mini, NULL, "statpakke-run", "--set=normalise.older_snapshots=0", NULL);
    assert_int_equal(night.status, SP_ERROR_DATA);
}

static void a_run_that_publishes_nothing_exits_as_its_stage(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    mini_replace(mini, "omsorg.csv", "1103,2023,500,", "1103,2023,-500,");
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", "--until=normalise", NULL);
    assert_int_equal(night.status, SP_ERROR_DATA);
    assert_has(night.err, "stands in for tabular/brukere");
}

static void a_forced_run_gives_the_same_bytes(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    mini_replace(mini, "omsorg.csv", "1103,2023,500,", "1103,2023,-500,");
    run_and_expect(mini, "stands in");
    g_autofree char *before = mini_hash(mini, "stages");
    g_auto(Result) forced = mini_run(mini, NULL, "statpakke-normalise", "--force", NULL);
    assert_int_equal(forced.status, SP_ERROR_DATA);
    assert_null(strstr(forced.err, "other bytes"));
    g_autofree char *after = mini_hash(mini, "stages");
    assert_string_equal(before, after);
}

/* Another bad delivery of the same kind is no news, and is not what stands in. */
static void a_rejected_snapshot_never_stands_in(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    mini_replace(mini, "omsorg.csv", "1103,2023,500,", "1103,2023,-500,");
    run_and_expect(mini, "stands in");
    mini_replace(mini, "omsorg.csv", "1103,2023,-500,", "1103,2023,-600,");
    run_and_expect(mini, NULL);
    g_autofree char *facts = unit_text(mini, USERS, "brukere.csv");
    assert_has(facts, "\n1103,2023-12-31,500,,s,");
    mini_replace(mini, "omsorg.csv", "1103,2023,-600,", "1103,2023,501,");
    run_and_expect(mini, NULL);
    g_autofree char *healed = unit_text(mini, USERS, "brukere.csv");
    assert_has(healed, "\n1103,2023-12-31,501,,,");
    g_autofree char *findings = unit_text(mini, USERS, "kvalitet.csv");
    assert_has(findings, "\nrevised,hjemmetjenestebrukere,1 of 4 figures are revised");
}

static void a_figure_ten_times_larger_stops_until_somebody_accepts_it(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    mini_set(mini, "tabular/brukere", "limit_level = 0 0.1");
    mini_set(mini, "tabular/brukere", "limit_total = - -");
    mini_set(mini, "tabular/brukere", "limit_minimum = 1");
    mini_replace(mini, "omsorg.csv", "1103,2023,500,", "1103,2023,5000,");
    run_and_expect(mini, "level_break: hjemmetjenestebrukere: 1 of 4 figures");
    g_autofree char *stale = unit_text(mini, USERS, "brukere.csv");
    assert_has(stale, "\n1103,2023-12-31,500,,s,");
    g_autofree char *manifest = unit_text(mini, USERS, "manifest.json");
    const char *advice = strstr(manifest, "accept = ");
    assert_non_null(advice);
    g_autofree char *accept = g_strndup(advice, strlen("accept = ") + 12);
    mini_set(mini, "tabular/brukere", accept);
    run_and_expect(mini, NULL);
    g_autofree char *accepted = unit_text(mini, USERS, "brukere.csv");
    assert_has(accepted, "\n1103,2023-12-31,5000,,,");
    g_autofree char *findings = unit_text(mini, USERS, "kvalitet.csv");
    assert_has(findings, "\naccepted,tabular/brukere,");
}

static void a_national_total_beyond_the_limit_stops(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    mini_replace(mini, "omsorg.csv", ",250.5\n", ",2250.5\n");
    run_and_expect(mini, "total_changed: sykepleier_aarsverk: from 366.75 to 2366.75");
}

static void codes_of_no_list_bring_the_older_snapshot_back(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    mini_replace(mini, "07459.json", "{\"2\":0,\"1\":1}", "{\"9\":0,\"1\":1}");
    run_and_expect(mini, "codes are in no code list");
    g_autofree char *facts =
        unit_text(mini, "stages/normalise/ssb/folkemengde/latest", "folkemengde.csv");
    assert_has(facts, "\n0301,1,000,2022-01-01,901,,s\n");
}

static void a_division_that_cannot_be_read_is_the_one_before(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *before = mini_current(mini);
    mini_replace(mini, "endringer.json", "\"newCode\":\"1580\"", "\"newCode\":\"1581\"");
    run_and_expect(mini, "the snapshot of klass/endringer before it");
    g_autofree char *uses = unit_text(mini, "stages/normalise/regioner/latest", "kildebruk.csv");
    assert_has(uses, "\nklass/endringer,,,reserve,");
    assert_has(uses, "\nklass/kommuner,,,aktuell,");
    g_autofree char *sources = served_text(mini, "nasjonal/data/kilder.csv");
    assert_has(sources, ",2024-01-01,reserve\n");
    mini_replace(mini, "endringer.json", "\"newCode\":\"1581\"", "\"newCode\":\"1580\"");
    run_and_expect(mini, NULL);
    g_autofree char *after = mini_current(mini);
    assert_string_equal(before, after);
}

/* The calendar is held against the edition's own day, 25 February 2025 here. */
static void a_source_behind_its_calendar_is_late_in_the_package(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_autofree char *path = g_build_filename(mini->data, "kalender.csv", NULL);
    assert_true(g_file_set_contents(path,
                                    "dataset,forventet,periode,grunnlag,merknad\n"
                                    "tabular/brukere,02-20,{-1}-12-31,sett,\n"
                                    "tabular/aarsverk,02-26,{-1},sett,\n",
                                    -1, NULL));
    run_and_expect(mini, NULL);
    g_autofree char *sources = served_text(mini, "nasjonal/data/kilder.csv");
    assert_has(sources, "\ntabular/brukere,Prøve,Ingen,CC0,,2024-06-15,forsinket\n");
    assert_has(sources, "\ntabular/aarsverk,Prøve,Ingen,CC0,,2024-06-15,aktuell\n");
    g_auto(Result) status = mini_run(mini, NULL, "statpakke-status", NULL);
    assert_has(status.out, "late: 2024-12-31 was expected by 2025-02-20");
    assert_has(status.out, "late: 2024 was expected by 2025-02-26");
}

static void a_correction_is_applied_only_to_the_figure_it_names(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_autofree char *path = g_build_filename(mini->data, "korreksjoner.csv", NULL);
    assert_true(g_file_set_contents(
        path,
        "dataset,table,key,measure,old,new,reason,who,date\n"
        "tabular/brukere,brukere,region=1103 period=2023-12-31,institusjon,120,121,telt på nytt "
        "av kommunen,NN,2025-02-01\n"
        "tabular/brukere,brukere,region=1580 period=2023-12-31,institusjon,99,1,feil kommune,NN,"
        "2025-02-01\n",
        -1, NULL));
    run_and_expect(mini, NULL);
    g_autofree char *published = served_text(mini, "fylke-11-rogaland/data/brukere.csv");
    assert_has(published, "\n1103,2023-12-31,500,,,220,,,40,,,121,,,95,,\n");
    g_autofree char *findings = unit_text(mini, USERS, "kvalitet.csv");
    assert_has(findings, "\ncorrected,brukere institusjon region=1103 period=2023-12-31,"
                         "\"from 120 to 121: telt på nytt av kommunen (NN, 2025-02-01)\"");
    assert_has(findings, "\ncorrection_not_applied,brukere institusjon region=1580 "
                         "period=2023-12-31,the source now has 15 and not 99");
    assert_true(g_file_set_contents(
        path,
        "dataset,table,key,measure,old,new,reason,who,date\ntabular/brukere,brukere,"
        "region=1103 period=2023-12-31,institusjon,120,121,,NN,2025-02-01\n",
        -1, NULL));
    g_auto(Result) refused = mini_run(mini, NULL, "statpakke-normalise", NULL);
    assert_int_equal(refused.status, SP_ERROR_CONFIG);
    assert_has(refused.err, "config/korreksjoner.csv: row 2: reason");
}

static void a_limit_of_the_wrong_form_is_a_wrong_setting(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_auto(Result) night =
        mini_run(mini, NULL, "statpakke-run", "--set=tabular/brukere.limit_zeros=mye", NULL);
    assert_int_equal(night.status, SP_ERROR_CONFIG);
    assert_has(night.err, "limit_zeros = mye");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_yesterdays_and_flagged_stale),
        cmocka_unit_test(status_tells_what_is_stale_and_why),
        cmocka_unit_test(without_an_older_one_the_night_fails_as_ever),
        cmocka_unit_test(with_no_older_ones_wanted_none_stands_in),
        cmocka_unit_test(a_run_that_publishes_nothing_exits_as_its_stage),
        cmocka_unit_test(a_forced_run_gives_the_same_bytes),
        cmocka_unit_test(a_rejected_snapshot_never_stands_in),
        cmocka_unit_test(a_figure_ten_times_larger_stops_until_somebody_accepts_it),
        cmocka_unit_test(a_national_total_beyond_the_limit_stops),
        cmocka_unit_test(codes_of_no_list_bring_the_older_snapshot_back),
        cmocka_unit_test(a_division_that_cannot_be_read_is_the_one_before),
        cmocka_unit_test(a_source_behind_its_calendar_is_late_in_the_package),
        cmocka_unit_test(a_correction_is_applied_only_to_the_figure_it_names),
        cmocka_unit_test(a_limit_of_the_wrong_form_is_a_wrong_setting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
