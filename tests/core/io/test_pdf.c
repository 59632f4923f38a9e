/* A printed page, written again. */
#include "tests/check.h"
#include "tests/core/io/printed.h"

#include "core/io/pdf.h"

#define PLACE "file:///srv/w%20x/tmp/utskrift/"

static const SpPdfMarks marks = {.day = "2026-02-25", .creator = "prøve", .folder = "utskrift"};

static GBytes *settle(const char *text, gsize size, GError **error)
{
    g_autoptr(GBytes) printed = g_bytes_new(text, size);
    return sp_pdf_settle(printed, "ut.pdf", &marks, error);
}

static GBytes *settled_new(const char *day, const char *version, const char *link)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = printed_new(day, version, link);
    GBytes *settled = settle(text, strlen(text), &error);
    assert_no_error(error);
    return settled;
}

static void day_and_version_of_the_printing_do_not_matter(void **state)
{
    (void)state;
    g_autoptr(GBytes) one = settled_new("20260301", "156", PLACE "tema/a.html#b");
    g_autoptr(GBytes) other = settled_new("20270704", "157", PLACE "tema/a.html#b");
    assert_true(g_bytes_equal(one, other));
}

static void where_it_was_printed_does_not_matter(void **state)
{
    (void)state;
    g_autoptr(GBytes) one = settled_new("20260301", "156", PLACE "tema/a.html");
    g_autoptr(GBytes) other =
        settled_new("20260301", "156", "file:///opt/b%C3%A5/tmp/utskrift/tema/a.html");
    g_autoptr(GBytes) elsewhere = settled_new("20260301", "156", PLACE "tema/c.html");
    assert_true(g_bytes_equal(one, other));
    assert_false(g_bytes_equal(one, elsewhere));
}

static void settling_it_twice_changes_nothing(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GBytes) once = settled_new("20260301", "156", "https://www.ssb.no/");
    g_autoptr(GBytes) twice = settle(g_bytes_get_data(once, NULL), g_bytes_get_size(once), &error);
    assert_no_error(error);
    assert_true(g_bytes_equal(once, twice));
}

static void a_link_to_another_place_of_the_machine_is_refused(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autofree char *text = printed_new("20260301", "156", "FILE:///etc/hosts");
    assert_null(settle(text, strlen(text), &error));
    assert_error(error, SP_ERROR_DATA,
                 "ut.pdf: page 1 links to a file outside the folder utskrift");
}

static void what_is_no_whole_pdf_is_refused(void **state)
{
    (void)state;
    g_autofree char *text = printed_new("20260301", "156", "https://www.ssb.no/");
    const struct {
        const char *text;
        gsize size;
    } cases[] = {{"", 0}, {"<html></html>", 13}, {text, 200}, {text, strlen(text) - 60}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        assert_null(settle(cases[i].text, cases[i].size, &error));
        assert_error(error, SP_ERROR_DATA, "ut.pdf is no whole PDF: ");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(day_and_version_of_the_printing_do_not_matter),
        cmocka_unit_test(where_it_was_printed_does_not_matter),
        cmocka_unit_test(settling_it_twice_changes_nothing),
        cmocka_unit_test(a_link_to_another_place_of_the_machine_is_refused),
        cmocka_unit_test(what_is_no_whole_pdf_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
