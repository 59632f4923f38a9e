/* Names of deliveries. */
#include "tests/check.h"

#include "core/error.h"
#include "pipeline/inbox_pattern.h"

static void assert_part(const char *text, const char *name, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpInboxPattern) pattern = sp_inbox_pattern_new(text, &error);
    assert_no_error(error);
    g_autofree char *found = sp_inbox_pattern_part(pattern, name);
    if (g_strcmp0(found, part) != 0) {
        fail_msg("%s of %s: \"%s\", want \"%s\"", name, text, found, part);
    }
}

static void without_places_all_files_are_one_delivery(void **state)
{
    (void)state;
    assert_part("pai-*.csv", "pai-2024.csv", "");
    assert_part("pai-*.csv", "pai-.csv", "");
    assert_part("pai-?.csv", "pai-12.csv", NULL);
    assert_part("pai-*.csv", "pai-2024.csvx", NULL);
    assert_part("pai-*.csv", "xpai-2024.csv", NULL);
    assert_part("a.c", "abc", NULL); /* a point is a point */
    assert_part("(a|b)[c]*", "(a|b)[c]d", "");
}

static void a_packed_file_is_named_as_the_file_itself(void **state)
{
    (void)state;
    assert_part("pai-{aar}*.csv", "pai-2024.csv.gz", "2024");
    assert_part("pai-{aar}*.csv", "pai-2024-b.csv.zst", "2024");
    assert_part("pai-{aar}*.csv", "pai-2024.csv.xz", NULL);
}

static void places_tell_deliveries_apart(void **state)
{
    (void)state;
    assert_part("pai-{aar}*.csv", "pai-2024-12.csv", "2024");
    assert_part("pai-{aar}*.csv", "pai-2024b.csv", "2024");
    assert_part("pai-{aar}*.csv", "pai-24.csv", NULL);
    assert_part("pai-{aar}-{del}.csv", "pai-2024-nord.csv", "2024-nord");
    assert_part("pai-{aar}-{del}.csv", "pai-2024-sør.csv", "2024-sør");
    assert_part("pai-{aar}-{del}.csv", "pai-2024-nord-2.csv", NULL);
    assert_part("pai-{aar}-{del}*.csv", "pai-2024-nord-2.csv", "2024-nord");
    assert_part("{del}-{aar}.csv", "1103-2024.csv", "1103-2024");
    assert_part("*{del}.csv", "pai nord.csv.gz", "nord"); /* as long as it can be */
    assert_part("*_{aar}.csv", "pai_2023_2024.csv", "2024");
}

static void assert_refused(const char *text, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_null(sp_inbox_pattern_new(text, &error));
    assert_int_equal(error->code, SP_ERROR_CONFIG);
    if (strstr(error->message, part) == NULL) {
        fail_msg("\"%s\" is not in: %s", part, error->message);
    }
}

static void a_place_that_is_none_is_told(void **state)
{
    (void)state;
    assert_refused("pai-{aar.csv", "small letters");
    assert_refused("pai-{}.csv", "small letters");
    assert_refused("pai-{Aar}.csv", "small letters");
    assert_refused("pai-{aar}-{aar}.csv", "one name");
}

/* What stars and places may hold is tried byte by byte: few of them, or one name takes seconds. */
static void many_stars_are_one_or_told(void **state)
{
    (void)state;
    assert_part("pai-*****************.csv", "pai-2024.csv", "");
    assert_part("*a*a*a{b}{c}*", "xaxaxa12y", "12-y");
    assert_refused("*a*a*a*a*a*a*", "six stars and places");
    assert_refused("*a*a*a{b}{c}{d}*", "six stars and places");
}

static void assert_missing(const char *text, const char *parts, const char *missing)
{
    g_autoptr(SpInboxPattern) pattern = sp_inbox_pattern_new(text, NULL);
    g_auto(GStrv) all = g_strsplit(parts, " ", -1);
    g_auto(GStrv) found = sp_inbox_pattern_missing(pattern, (const char *const *)all);
    g_autofree char *told = g_strjoinv(" ", found);
    assert_string_equal(told, missing);
}

static void a_year_between_and_a_part_that_came_before_are_missed(void **state)
{
    (void)state;
    assert_missing("pai-{aar}*.csv", "2021 2024", "2022 2023");
    assert_missing("pai-{aar}*.csv", "2023 2024", "");
    assert_missing("pai-{aar}-{del}.csv", "2023-nord 2023-soer 2024-nord", "2024-soer");
    assert_missing("pai-{aar}-{del}.csv", "2023-nord 2024-nord 2024-soer", "");
    assert_missing("{del}-{aar}.csv", "a-2022 a-2024 b-2023", "a-2023 b-2024");
    assert_missing("pai-{del}.csv", "nord soer", "");
}

static void a_year_far_from_the_others_does_not_make_a_thousand_missing(void **state)
{
    (void)state;
    g_autoptr(SpInboxPattern) pattern = sp_inbox_pattern_new("pai-{aar}.csv", NULL);
    const char *const parts[] = {"0001", "9999", NULL};
    g_auto(GStrv) found = sp_inbox_pattern_missing(pattern, parts);
    assert_in_range(g_strv_length(found), 1, 20);
}

static void passing_names_are_known(void **state)
{
    (void)state;
    assert_true(sp_inbox_name_is_passing("pai-2024.csv.filepart"));
    assert_true(sp_inbox_name_is_passing("pai-2024.csv.part"));
    assert_true(sp_inbox_name_is_passing(".pai-2024.csv.Xf3aQz"));
    assert_true(sp_inbox_name_is_passing(".~lock.reform-2024.xlsx#"));
    assert_true(sp_inbox_name_is_passing("~$reform-2024.xlsx"));
    assert_false(sp_inbox_name_is_passing("pai-2024.csv"));
    assert_false(sp_inbox_name_is_passing("pai-2024-part.csv.gz"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_places_all_files_are_one_delivery),
        cmocka_unit_test(a_packed_file_is_named_as_the_file_itself),
        cmocka_unit_test(places_tell_deliveries_apart),
        cmocka_unit_test(passing_names_are_known),
        cmocka_unit_test(a_place_that_is_none_is_told),
        cmocka_unit_test(many_stars_are_one_or_told),
        cmocka_unit_test(a_year_between_and_a_part_that_came_before_are_missed),
        cmocka_unit_test(a_year_far_from_the_others_does_not_make_a_thousand_missing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
