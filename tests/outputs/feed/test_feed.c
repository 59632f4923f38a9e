/* The feed as a document: states of editions, and what they are told by. */
#include "tests/check.h"
#include "tests/outputs/package.h"

#include "outputs/feed/feed.h"

#define FIRST "2026-02-25-1a2b3c4d"
#define SECOND "2026-03-25-1a2b3c4d"
#define THIRD "2026-04-25-1a2b3c4d"

static json_t *packages_new(void)
{
    g_autoptr(SpTable) types = sp_test_config_read("filtyper.csv");
    json_t *package = sp_feed_package("nasjonal", "0", "Norge", "nb");
    sp_feed_add_file(package, types, "nasjonal/data/a.csv", 12, "ab");
    sp_feed_add_file(package, types, "nasjonal/SHA256SUMS", 12, "ab");
    sp_feed_add_file(package, types, "nasjonal/noe.ukjent", 12, "ab");
    sp_feed_add_file(package, types, "nasjonal.zip", 12, "ab");
    return json_pack("[o]", package);
}

static json_t *feed_of(const char *const *editions)
{
    json_t *feed = sp_feed_new();
    g_autoptr(json_t) packages = packages_new();
    for (; *editions != NULL; editions++) {
        sp_feed_set_current(feed, *editions, packages);
    }
    return feed;
}

static const char *const three[] = {FIRST, SECOND, THIRD, NULL};
static const SpWithdrawal withdrawal = {.reason = "feil", .from = "2026-05-01"};

/* "NAME state superseded_by" of each edition, in the feed's order. g_free. */
static char *told(const json_t *feed)
{
    GString *text = g_string_new(NULL);
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(feed, "editions"), i, entry)
    {
        const char *by = json_string_value(json_object_get(entry, "superseded_by"));
        g_string_append_printf(text, "%s%.7s %s%s%.7s", i > 0 ? ", " : "",
                               json_string_value(json_object_get(entry, "edition")),
                               json_string_value(json_object_get(entry, "state")),
                               by != NULL ? " by " : "", by != NULL ? by : "");
    }
    return g_string_free(text, FALSE);
}

static void the_newest_is_first_and_supersedes_the_one_before(void **state)
{
    (void)state;
    g_autoptr(json_t) feed = feed_of(three);
    g_autofree char *text = told(feed);
    assert_string_equal(text, "2026-04 current, 2026-03 superseded by 2026-04, 2026-02 superseded "
                              "by 2026-03");
    assert_string_equal(sp_feed_current(feed), THIRD);
}

static void an_edition_published_again_changes_nothing(void **state)
{
    (void)state;
    g_autoptr(json_t) feed = feed_of(three);
    g_autoptr(json_t) before = json_deep_copy(feed);
    g_autoptr(json_t) packages = packages_new();
    sp_feed_set_current(feed, THIRD, packages);
    assert_true(json_equal(feed, before));
}

static void an_older_edition_that_comes_again_is_the_newest(void **state)
{
    (void)state;
    static const char *const again[] = {FIRST, SECOND, FIRST, NULL};
    g_autoptr(json_t) feed = feed_of(again);
    g_autofree char *text = told(feed);
    assert_string_equal(text, "2026-02 current, 2026-03 superseded by 2026-02");
}

static void a_withdrawn_edition_is_told_with_its_reason_and_none_is_current(void **state)
{
    (void)state;
    g_autoptr(json_t) feed = feed_of(three);
    sp_feed_withdraw(feed, THIRD, &withdrawal);
    assert_null(sp_feed_current(feed));
    assert_string_equal(sp_feed_state(feed, THIRD), "withdrawn");
    assert_string_equal(sp_feed_reason(feed, THIRD), "feil");
    assert_null(sp_feed_reason(feed, SECOND));
    g_autofree const char **before = sp_feed_before(feed, THIRD);
    assert_string_equal(before[0], SECOND);
    assert_string_equal(before[1], FIRST);
    assert_null(before[2]);
}

static void what_was_withdrawn_takes_nobodys_place(void **state)
{
    (void)state;
    g_autoptr(json_t) feed = feed_of(three);
    sp_feed_withdraw(feed, SECOND, &withdrawal);
    assert_string_equal(sp_feed_current(feed), THIRD);
    sp_feed_withdraw(feed, THIRD, &withdrawal);
    g_autofree const char **before = sp_feed_before(feed, THIRD);
    assert_string_equal(before[0], FIRST);
    assert_null(before[1]);
    sp_feed_reinstate(feed, FIRST);
    g_autofree char *text = told(feed);
    assert_string_equal(text, "2026-04 withdrawn, 2026-03 withdrawn by 2026-04, 2026-02 current");
}

static void files_have_media_types_by_their_endings(void **state)
{
    (void)state;
    g_autoptr(json_t) packages = packages_new();
    const json_t *files = json_object_get(json_array_get(packages, 0), "files");
    static const char *const wanted[] = {"text/csv", "text/plain", "application/octet-stream",
                                         "application/zip"};
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
        assert_string_equal(
            json_string_value(json_object_get(json_array_get(files, i), "media_type")), wanted[i]);
    }
}

static void assert_no_feed(const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(json_t) feed = sp_json_parse(text, strlen(text), "index.json", NULL);
    assert_non_null(feed);
    assert_false(sp_feed_check(feed, "index.json", &error));
    assert_error(error, SP_ERROR_DATA, "index.json is not a feed");
    assert_has(error->message, "restore it");
}

static void what_is_no_feed_of_this_version_is_refused(void **state)
{
    (void)state;
    g_autoptr(json_t) feed = feed_of(three);
    g_autoptr(GError) error = NULL;
    assert_true(sp_feed_check(feed, "index.json", &error));
    assert_no_feed("[]");
    assert_no_feed("{\"schema\": \"1.0\"}");
    assert_no_feed("{\"schema\": \"2.0\", \"editions\": []}");
    assert_no_feed(
        "{\"schema\": \"1.0\", \"editions\": [{\"edition\": 1, \"state\": \"current\"}]}");
}

/* The archives of all editions but one. */
static gboolean is_there(const char *edition, const char *package, const char *path,
                         gconstpointer data)
{
    (void)package;
    return strcmp(edition, data) != 0 && g_str_has_suffix(path, ".zip");
}

static void a_selection_tells_of_what_is_there_and_nothing_else(void **state)
{
    (void)state;
    g_autoptr(json_t) feed = feed_of(three);
    g_autofree char *before = sp_json_format(feed);
    g_autoptr(json_t) selected = sp_feed_select(feed, is_there, FIRST);
    g_autofree char *text = told(selected);
    assert_string_equal(text, "2026-04 current, 2026-03 superseded by 2026-04");
    json_t *newest = json_array_get(json_object_get(selected, "editions"), 0);
    json_t *files =
        json_object_get(json_array_get(json_object_get(newest, "packages"), 0), "files");
    assert_int_equal(json_array_size(files), 1);
    g_autofree char *after = sp_json_format(feed);
    assert_string_equal(before, after);
}

static void an_edition_is_superseded_by_one_that_is_there_or_by_none(void **state)
{
    (void)state;
    g_autoptr(json_t) feed = feed_of(three);
    g_autoptr(json_t) first_and_third = sp_feed_select(feed, is_there, SECOND);
    g_autofree char *text = told(first_and_third);
    assert_string_equal(text, "2026-04 current, 2026-02 superseded by 2026-04");
    g_autoptr(json_t) first_and_second = sp_feed_select(feed, is_there, THIRD);
    g_autofree char *other = told(first_and_second);
    assert_string_equal(other, "2026-03 superseded, 2026-02 superseded by 2026-03");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_selection_tells_of_what_is_there_and_nothing_else),
        cmocka_unit_test(an_edition_is_superseded_by_one_that_is_there_or_by_none),
        cmocka_unit_test(the_newest_is_first_and_supersedes_the_one_before),
        cmocka_unit_test(an_edition_published_again_changes_nothing),
        cmocka_unit_test(an_older_edition_that_comes_again_is_the_newest),
        cmocka_unit_test(a_withdrawn_edition_is_told_with_its_reason_and_none_is_current),
        cmocka_unit_test(what_was_withdrawn_takes_nobodys_place),
        cmocka_unit_test(files_have_media_types_by_their_endings),
        cmocka_unit_test(what_is_no_feed_of_this_version_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
