/* What may be served: sensitive and synthetic sources, audit, the feed. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/io/json.h"

static char *edition_folder(const Mini *mini)
{
    g_autofree char *packages = g_build_filename(mini->workspace, "packages", NULL);
    g_autoptr(GDir) dir = g_dir_open(packages, 0, NULL);
    for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
        if (g_str_has_prefix(name, "20")) {
            return g_build_filename(packages, name, NULL);
        }
    }
    fail_msg("no edition in %s", packages);
    return NULL;
}

static char *read_in(const char *folder, const char *name)
{
    g_autofree char *path = g_build_filename(folder, name, NULL);
    char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    return text;
}

static void a_sensitive_source_is_protected_marked_and_not_served(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    mini_set(mini, "tabular/brukere", "sensitive = yes");
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(night.status, SP_ERROR_DATA);
    assert_non_null(strstr(night.err, "ikke for publisering"));
    assert_null(mini_current(mini));
    g_autofree char *edition = edition_folder(mini);
    /* 1580 has 3 residents in bolig_heldoegn, below the threshold of 5: its whole row is hidden,
     * Stavanger's is not. */
    g_autofree char *users = read_in(edition, "fylke-15-moere-og-romsdal/data/brukere.csv");
    assert_non_null(strstr(users, "1580,2023-12-31,,:"));
    assert_non_null(strstr(users, ",Ikkje for publisering\n"));
    assert_null(strstr(users, "1580,2023-12-31,40"));
    g_autofree char *large = read_in(edition, "fylke-11-rogaland/data/brukere.csv");
    assert_non_null(strstr(large, "1103,2023-12-31,500"));
    g_autofree char *page = read_in(edition, "fylke-15-moere-og-romsdal/index.html");
    assert_non_null(strstr(page, "Ikkje for publisering"));
    g_autofree char *descriptor = read_in(edition, "fylke-15-moere-og-romsdal/datapackage.json");
    assert_non_null(strstr(descriptor, "Ikkje for publisering"));
}

static void a_synthetic_sensitive_source_is_served_and_says_so(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    mini_set(mini, "tabular/brukere", "sensitive = yes\nsynthetic = yes");
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_string_equal(night.err, "");
    assert_int_equal(night.status, 0);
    g_autofree char *current = g_build_filename(mini->workspace, "current", NULL);
    g_autofree char *page = read_in(current, "fylke-15-moere-og-romsdal/index.html");
    assert_non_null(strstr(page, "SYNTETISKE DATA"));
    static const char *const files[] = {"nasjonal/datapackage.json", "nasjonal/dcat.ttl",
                                        "nasjonal/SHA256SUMS",       "nasjonal/SHA256SUMS.minisig",
                                        "SHA256SUMS.minisig",        "SHA256SUMS"};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *text = read_in(current, files[i]);
        assert_has(text, "SYNTETISKE DATA");
    }
}

static void a_damaged_edition_does_not_verify_and_is_not_published(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", "--until=audit", NULL);
    assert_int_equal(night.status, 0);
    g_autofree char *edition = edition_folder(mini);
    g_autofree char *path =
        g_build_filename(edition, "fylke-03-oslo", "data", "befolkning.csv", NULL);
    g_autofree char *text = read_in(edition, "fylke-03-oslo/data/befolkning.csv");
    /* The edition shares its files with the stage by hard links: damage a copy, as a disk would. */
    assert_int_equal(g_unlink(path), 0);
    text[strlen(text) - 3] = text[strlen(text) - 3] == '9' ? '8' : '9';
    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_auto(Result) verified = mini_run(mini, NULL, "statpakke-verify", edition, NULL);
    assert_int_equal(verified.status, SP_ERROR_DATA);
    assert_non_null(strstr(verified.err, "fylke-03-oslo/data/befolkning.csv"));
}

static void an_edition_without_its_audit_is_not_published(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", "--until=package", NULL);
    assert_int_equal(night.status, 0);
    g_auto(Result) published = mini_run(mini, NULL, "statpakke-publish", NULL);
    assert_int_equal(published.status, SP_ERROR_DATA);
    assert_non_null(strstr(published.err, "run statpakke-audit first"));
    assert_null(mini_current(mini));
}

static void the_feed_tells_of_the_current_and_the_superseded_edition(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    mini_replace(mini, "omsorg.csv", "0301,2023,1600,", "0301,2023,1601,");
    g_auto(Result) second = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(second.status, 0);
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(mini->workspace, "packages", "index.json", NULL);
    g_autoptr(json_t) feed = sp_json_read(path, 1048576, &error);
    assert_no_error(error);
    json_t *editions = json_object_get(feed, "editions");
    assert_string_equal(json_string_value(json_object_get(feed, "schema")), "1.0");
    assert_int_equal(json_array_size(editions), 2);
    json_t *newest = json_array_get(editions, 0);
    g_autofree char *current = mini_current(mini);
    assert_string_equal(current + strlen("packages/"),
                        json_string_value(json_object_get(newest, "edition")));
    assert_string_equal(json_string_value(json_object_get(newest, "state")), "current");
    assert_string_equal(json_string_value(json_object_get(json_array_get(editions, 1), "state")),
                        "superseded");
    json_t *packages = json_object_get(newest, "packages");
    assert_int_equal(json_array_size(packages), 4);
    json_t *files = json_object_get(json_array_get(packages, 0), "files");
    assert_true(json_array_size(files) > 5);
    assert_int_equal(strlen(json_string_value(json_object_get(json_array_get(files, 0), "sha256"))),
                     64);
}

static void status_tells_what_is_served_and_how_fresh_it_is(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-status", NULL);
    assert_int_equal(told.status, 0);
    g_autofree char *current = mini_current(mini);
    assert_non_null(strstr(told.out, current + strlen("packages/")));
    assert_non_null(strstr(told.out, "tabular/brukere"));
    assert_non_null(strstr(told.out, "updated 2024-06-15"));
    assert_non_null(strstr(told.out, "2025-03-01T03:00:00Z  statpakke-run"));
}

static void a_delivery_in_the_inbox_is_taken_in_with_a_receipt(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    mini_set(mini, "tabular/aarsverk", "inbox = aarsverk-*.csv");
    g_auto(Result) early = mini_run(mini, NULL, "statpakke-fetch", "--unit=tabular/aarsverk", NULL);
    assert_int_equal(early.status, SP_ERROR_NO_INPUT);
    assert_non_null(strstr(early.err, "inbox/tabular"));
    g_autofree char *text = mini_read(mini, "omsorg.csv");
    g_autofree char *folder = g_build_filename(mini->workspace, "inbox", "tabular", NULL);
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    g_autofree char *path = g_build_filename(folder, "aarsverk-2025-01.csv", NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_string_equal(night.err, "");
    assert_int_equal(night.status, 0);
    g_autofree char *receipt = read_in(folder, "aarsverk-2025-01.csv.mottatt.json");
    assert_non_null(strstr(receipt, "\"received\": \"2025-03-01T03:00:00Z\""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sensitive_source_is_protected_marked_and_not_served),
        cmocka_unit_test(a_synthetic_sensitive_source_is_served_and_says_so),
        cmocka_unit_test(a_damaged_edition_does_not_verify_and_is_not_published),
        cmocka_unit_test(an_edition_without_its_audit_is_not_published),
        cmocka_unit_test(the_feed_tells_of_the_current_and_the_superseded_edition),
        cmocka_unit_test(status_tells_what_is_served_and_how_fresh_it_is),
        cmocka_unit_test(a_delivery_in_the_inbox_is_taken_in_with_a_receipt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
