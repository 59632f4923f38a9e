/* The stage fetch against the fake upstream: what is asked for again and what is not; and KLASS'
 * groups in the place of a file. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"
#include "tests/upstream/fake.h"

#include "core/io/json.h"

#define TABLE "ssb/tabell"

static Mini *mini;
static FakeUpstream *fake;
static char *host;

static int set_up(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    mini = mini_new();
    fake = fake_upstream_start(&error);
    assert_no_error(error);
    host = g_strdup_printf("--set=" TABLE ".host=%s" FAKE_SSB2, fake_upstream_url(fake));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    g_free(host);
    fake_upstream_stop(fake);
    mini_free(mini);
    return 0;
}

/* On a day after the fake's releases. */
static Result fetch(const char *query, const char *more)
{
    g_autofree char *question = g_strconcat("--set=" TABLE ".query=", query, NULL);
    return mini_run(mini, NULL, "statpakke-fetch", "--set=fetch.datasets=" TABLE,
                    "--set=" TABLE ".table=07459", "--set=" TABLE ".layout=folkemengde", host,
                    question, "--now=2026-03-31T12:00:00Z", more, NULL);
}

#define OSLO "Region=0301 Kjonn=1,2 Alder=* ContentsCode=Personer1 Tid=2026"

/* The description of the newest snapshot. json_decref. */
static json_t *description(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_build_filename(mini->workspace, "snapshots", TABLE, NULL);
    g_autofree char *link = g_build_filename(folder, "latest", NULL);
    g_autofree char *name = g_file_read_link(link, NULL);
    assert_non_null(name);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    json_t *json = sp_json_read(path, 1 << 16, &error);
    assert_no_error(error);
    return json;
}

static const char *text_of(const json_t *json, const char *key)
{
    const char *text = json_string_value(json_object_get(json, key));
    return text != NULL ? text : "";
}

static void unchanged_table_is_asked_for_its_time_only(void **state)
{
    (void)state;
    g_auto(Result) first = fetch(OSLO, "--quiet");
    assert_string_equal(first.err, "");
    assert_int_equal(first.status, 0);
    g_autoptr(json_t) before = description();
    assert_string_equal(text_of(before, "updated"), "2026-02-25T07:00:00Z");
    assert_int_equal(strlen(text_of(before, "question")), 64);
    assert_int_equal(fake_upstream_count(fake, "/data"), 1);
    g_auto(Result) second = fetch(OSLO, "--quiet");
    assert_int_equal(second.status, 0);
    assert_int_equal(fake_upstream_count(fake, "/data"), 1);
    assert_int_equal(fake_upstream_count(fake, "/metadata"), 2);
    g_auto(Result) forced = fetch(OSLO, "--force");
    assert_int_equal(forced.status, 0);
    assert_int_equal(fake_upstream_count(fake, "/data"), 2);
    g_autoptr(json_t) after = description();
    assert_true(json_equal(before, after));
}

/* The same bytes to another question: the snapshot stays, and the question is known the next
 * time. */
static void other_question_is_asked_once(void **state)
{
    (void)state;
    g_auto(Result) first = fetch(OSLO, "--quiet");
    g_autoptr(json_t) before = description();
    fake_upstream_forget(fake);
    g_auto(Result) second =
        fetch("Region=0301 Kjonn=1,2 Alder=* ContentsCode=Personer1 Tid=top(1)", "--quiet");
    g_auto(Result) third =
        fetch("Region=0301 Kjonn=1,2 Alder=* ContentsCode=Personer1 Tid=top(1)", "--quiet");
    assert_int_equal(fake_upstream_count(fake, "/data"), 1);
    g_autoptr(json_t) after = description();
    assert_string_equal(text_of(after, "sha256"), text_of(before, "sha256"));
    assert_string_equal(text_of(after, "received"), text_of(before, "received"));
    assert_string_not_equal(text_of(after, "question"), text_of(before, "question"));
    assert_int_equal(first.status + second.status + third.status, 0);
}

/* A snapshot that was changed on disk does not stand in for what is fetched. */
static void damaged_snapshot_is_fetched_again(void **state)
{
    (void)state;
    g_auto(Result) first = fetch(OSLO, "--quiet");
    g_autoptr(json_t) json = description();
    g_autofree char *path =
        g_build_filename(mini->workspace, "snapshots", TABLE, text_of(json, "file"), NULL);
    assert_true(g_file_set_contents(path, "x", 1, NULL));
    fake_upstream_forget(fake);
    g_auto(Result) second = fetch(OSLO, "--quiet");
    assert_int_equal(fake_upstream_count(fake, "/data"), 1);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    assert_int_equal(text[0], '{');
    assert_int_equal(first.status + second.status, 0);
}

/* Half past seven: the zeros are told, the exit says "later", and the snapshot stays. */
static void early_zeros_leave_the_snapshot_in_use(void **state)
{
    (void)state;
    g_auto(Result) first = fetch(OSLO, "--quiet");
    assert_int_equal(first.status, 0);
    g_autoptr(json_t) before = description();
    assert_true(fake_upstream_fault(fake, "", "updated-back=1", NULL));
    assert_true(fake_upstream_fault(fake, "/data", "zeros=0", NULL));
    assert_true(fake_upstream_set_clock(fake, "2026-03-16T07:30:00"));
    g_auto(Result) early = fetch(OSLO, "--now=2026-03-16T06:30:00Z");
    assert_int_equal(early.status, 75);
    assert_non_null(strstr(early.err, "figures of the newest snapshot are 0 or gone"));
    g_autoptr(json_t) after = description();
    assert_true(json_equal(before, after));
    fake_upstream_heal(fake);
}

static void time_that_goes_back_is_told(void **state)
{
    (void)state;
    g_auto(Result) first = fetch(OSLO, "--quiet");
    assert_int_equal(first.status, 0);
    assert_true(fake_upstream_fault(fake, "", "updated-back=30", NULL));
    g_auto(Result) second = fetch(OSLO, "--now=2026-03-16T03:00:00Z");
    assert_int_equal(second.status, 0);
    assert_non_null(strstr(second.err, TABLE ": table 07459 says that it was updated "
                                             "2026-01-26T07:00:00Z, earlier than"));
    fake_upstream_heal(fake);
}

/* The table says February 2026; the night is of 2025. A time that a clock gone wrong tells names no
 * edition. */
static void a_time_that_is_still_to_come_is_told_and_not_believed(void **state)
{
    (void)state;
    g_auto(Result) early = fetch(OSLO, "--now=2025-03-01T03:00:00Z");
    assert_int_equal(early.status, 0);
    assert_has(early.err, "2026-02-25T07:00:00Z, which is still to come");
    g_autoptr(json_t) unbelieved = description();
    assert_string_equal(text_of(unbelieved, "updated"), "");
    g_auto(Result) late = fetch(OSLO, "--quiet");
    assert_int_equal(late.status, 0);
    g_autoptr(json_t) believed = description();
    assert_string_equal(text_of(believed, "updated"), "2026-02-25T07:00:00Z");
}

/* The same of a document that comes as a file: its bytes are first read when they become facts. */
static void a_document_of_a_day_to_come_names_no_edition(void **state)
{
    (void)state;
    mini_set(mini, "ssb/folkemengde", "updated = 2025-02-25");
    mini_replace(mini, "07459.json", "2025-02-25T07:00:00Z", "2125-02-25T07:00:00Z");
    g_auto(Result) fetched = mini_run(mini, NULL, "statpakke-fetch", "--quiet", NULL);
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-normalise", "--quiet", NULL);
    assert_int_equal(fetched.status + made.status, 0);
    g_autofree char *report =
        mini_text(mini, "stages/normalise/ssb/folkemengde/latest/kvalitet.csv");
    assert_has(report, "updated_to_come");
    assert_has(report, "2125-02-25T07:00:00Z and came 2025-03-01; 2025-02-25 counts");
    g_autofree char *manifest =
        mini_text(mini, "stages/normalise/ssb/folkemengde/latest/manifest.json");
    assert_null(strstr(manifest, "2125"));
}

static char *region_table(const char *more, ...) G_GNUC_NULL_TERMINATED;

/* The table `region` of the unit regioner after fetch and normalise with four settings. */
static char *region_table(const char *more, ...)
{
    const char *settings[6] = {"--quiet", "--quiet", "--quiet", "--quiet", "--quiet", "--quiet"};
    va_list rest;
    va_start(rest, more);
    gsize n = 0;
    for (const char *at = more; at != NULL && n < 6; at = va_arg(rest, const char *)) {
        settings[n++] = at;
    }
    va_end(rest);
    g_auto(Result) fetched = mini_run(mini, NULL, "statpakke-fetch", settings[0], settings[1],
                                      settings[2], settings[3], settings[4], settings[5], NULL);
    assert_string_equal(fetched.err, "");
    g_auto(Result) normalised =
        mini_run(mini, NULL, "statpakke-normalise", "--unit=regioner", settings[0], settings[1],
                 settings[2], settings[3], settings[4], settings[5], NULL);
    assert_string_equal(normalised.err, "");
    assert_int_equal(normalised.status, 0);
    g_autofree char *path = g_build_filename(mini->workspace, "stages", "normalise", "regioner",
                                             "latest", "region.csv", NULL);
    char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    return text;
}

/* The same regions from a file of both as from KLASS' groups in JSON and its centrality in XML. */
static void a_file_of_groups_replaces_those_of_klass(void **state)
{
    (void)state;
    g_autofree char *wanted = region_table("--quiet", NULL);
    assert_non_null(strstr(wanted, "EKG13"));
    assert_non_null(strstr(wanted, "S4"));
    mini_write(mini, "kostragrupper.csv",
               "kommunenummer,kostragruppe,sentralitet\n0301,EKG13,1\n1103,EKG12,2\n1508,EKG11,"
               "2\n1580,EKG05,4\n");
    g_autofree char *file =
        g_strdup_printf("--set=tabular/kostragrupper.url=%s/kostragrupper.csv", mini->extracts);
    g_autofree char *got =
        region_table(file, "--set=tabular/kostragrupper.layout=kostragrupper",
                     "--set=normalise.region_groups=tabular/kostragrupper",
                     "--set=fetch.datasets=klass/kommuner, klass/endringer, tabular/kostragrupper, "
                     "ssb/folkemengde",
                     NULL);
    assert_string_equal(got, wanted);
}

/* A workspace that nobody has chosen datasets for: the settings that ship name none that a night
 * lacks. Only where the sources' files lie is told, and how far ahead is looked. */
static void a_bare_workspace_has_its_first_night(void **state)
{
    static const char *const files[][2] = {{"ssb/folkemengde", "07459.json"},
                                           {"klass/kommuner", "kommuner.json"},
                                           {"klass/endringer", "endringer.json"},
                                           {"klass/kostragrupper", "grupper.json"},
                                           {"klass/sentralitet", "sentralitet.xml"}};
    (void)state;
    g_autofree char *conf = g_build_filename(mini->workspace, "statpakke.conf", NULL);
    assert_int_equal(g_remove(conf), 0);
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-init", "--set=project.horizon=2028",
                                   "--set=project.draws=50", NULL);
    assert_int_equal(made.status, 0);
    g_autoptr(GString) settings = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_string_append_printf(settings, "[%s]\nurl = %s/%s\n", files[i][0], mini->extracts,
                               files[i][1]);
    }
    g_autofree char *own = mini_text(mini, "statpakke.conf");
    g_autofree char *whole = g_strconcat(own, settings->str, NULL);
    assert_true(g_file_set_contents(conf, whole, -1, NULL));
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_string_equal(night.err, "");
    assert_int_equal(night.status, 0);
    g_autofree char *current = mini_current(mini);
    assert_non_null(current);
    g_autofree char *projected =
        mini_text(mini, "current/nasjonal/data/framskriving_befolkning.csv");
    assert_has(projected, "2028-01-01");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(unchanged_table_is_asked_for_its_time_only, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(other_question_is_asked_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(damaged_snapshot_is_fetched_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(early_zeros_leave_the_snapshot_in_use, set_up, tear_down),
        cmocka_unit_test_setup_teardown(time_that_goes_back_is_told, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_time_that_is_still_to_come_is_told_and_not_believed,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_document_of_a_day_to_come_names_no_edition, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_file_of_groups_replaces_those_of_klass, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_bare_workspace_has_its_first_night, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
