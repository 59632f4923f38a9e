/* Page one as a PDF through a whole night, printed by a program that stands for Chromium. */
#include "tests/check.h"
#include "tests/core/io/printed.h"
#include "tests/pipeline/mini.h"

#include "core/io/files.h"
#include "outputs/output.h"

#define PACKAGE "current/fylke-11-rogaland/"

/* Writes a browser that tells its version and "prints" a page. Its setting. g_free. */
static char *browser_new(const Mini *mini, const char *name, const char *version, const char *act)
{
    g_autofree char *pdf = g_strconcat(mini->folder, "/ferdig.pdf", NULL);
    g_autofree char *page = printed_new("20270101", version, "https://www.ssb.no/");
    g_autofree char *path = g_build_filename(mini->folder, name, NULL);
    g_autofree char *script = g_strdup_printf("#!/bin/sh\n[ \"$1\" = --version ] && "
                                              "{ echo Chromium %s; exit 0; }\n"
                                              "cp %s ut.pdf\n%s\n",
                                              version, pdf, act);
    assert_true(g_file_set_contents(pdf, page, -1, NULL));
    assert_true(g_file_set_contents(path, script, -1, NULL));
    assert_int_equal(g_chmod(path, 0755), 0);
    return g_strdup_printf("--set=package.chromium=%s", path);
}

static Result run(const Mini *mini, const char *browser)
{
    return mini_run(mini, NULL, "statpakke-run", "--set=package.pdf=yes", browser, NULL);
}

static void assert_says(const Mini *mini, const char *file, const char *part)
{
    g_autofree char *text = mini_text(mini, file);
    assert_has(text, part);
}

static void the_print_lies_in_each_package_and_is_told_of(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *browser = browser_new(mini, "nettleser", "156", "");
    g_auto(Result) made = run(mini, browser);
    assert_string_equal(made.err, "");
    assert_int_equal(made.status, 0);
    assert_says(mini, PACKAGE SP_PRINTED_FILE, "%PDF-1.");
    assert_says(mini, "current/nasjonal/" SP_PRINTED_FILE, "%PDF-1.");
    assert_says(mini, PACKAGE "SHA256SUMS", "  " SP_PRINTED_FILE);
    assert_says(mini, "current/SHA256SUMS", "  fylke-11-rogaland/" SP_PRINTED_FILE);
    assert_says(mini, PACKAGE "index.html", "href=\"" SP_PRINTED_FILE "\"");
    assert_says(mini, PACKAGE "LESMEG.txt", "- " SP_PRINTED_FILE ": ");
    assert_says(mini, PACKAGE "dcat.ttl", "application/pdf");
    assert_says(mini, "packages/index.json", SP_PRINTED_FILE);
    g_auto(Result) verified = mini_run(mini, NULL, "statpakke-verify", NULL);
    assert_int_equal(verified.status, 0);
}

static void another_version_is_another_edition_and_another_place_is_not(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *plain = mini_current(mini);
    g_autofree char *one = browser_new(mini, "nettleser", "156", "");
    g_auto(Result) first = run(mini, one);
    assert_int_equal(first.status, 0);
    g_autofree char *before = mini_current(mini);
    assert_string_not_equal(plain, before);
    g_autofree char *moved = browser_new(mini, "flyttet", "156", "");
    g_auto(Result) second = run(mini, moved);
    g_autofree char *same = mini_current(mini);
    assert_int_equal(second.status, 0);
    assert_string_equal(same, before);
    g_autofree char *newer = browser_new(mini, "nettleser", "157", "");
    g_auto(Result) third = run(mini, newer);
    g_autofree char *after = mini_current(mini);
    assert_int_equal(third.status, 0);
    assert_string_not_equal(after, before);
}

static void without_a_browser_nothing_is_begun(void **state)
{
    (void)state;
    static const char missing[] = "--set=package.chromium=finnes-ikke";
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *before = mini_current(mini);
    g_auto(Result) tried = run(mini, missing);
    assert_int_equal(tried.status, SP_ERROR_CONFIG);
    assert_has(tried.err, "package.chromium = \"finnes-ikke\" is no program here: "
                          "install the package chromium, set package.chromium");
    g_auto(Result) dry = mini_run(mini, NULL, "statpakke-package", "--dry-run",
                                  "--set=package.pdf=yes", missing, NULL);
    assert_int_equal(dry.status, SP_ERROR_CONFIG);
    g_auto(Result) mute = mini_run(mini, NULL, "statpakke-package", "--set=package.pdf=yes",
                                   "--set=package.chromium=/bin/false", NULL);
    assert_int_equal(mute.status, SP_ERROR_CONFIG);
    assert_has(mute.err, "/bin/false does not tell its version");
    g_autofree char *after = mini_current(mini);
    assert_string_equal(after, before);
}

static void a_browser_that_fails_leaves_what_is_served(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *before = mini_current(mini);
    g_autofree char *tmp = g_build_filename(mini->workspace, "tmp", NULL);
    g_autofree char *browser =
        browser_new(mini, "nettleser", "156", "echo ingen skrift >&2; exit 9");
    g_auto(Result) tried = run(mini, browser);
    assert_int_equal(tried.status, SP_ERROR_IO);
    assert_has(tried.err, "pdf: ");
    assert_has(tried.err, "nettleser ended with status 9: ingen skrift");
    g_autofree char *after = mini_current(mini);
    g_auto(GStrv) left = sp_folder_list(tmp, NULL);
    assert_string_equal(after, before);
    assert_int_equal(g_strv_length(left), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_print_lies_in_each_package_and_is_told_of),
        cmocka_unit_test(another_version_is_another_edition_and_another_place_is_not),
        cmocka_unit_test(without_a_browser_nothing_is_begun),
        cmocka_unit_test(a_browser_that_fails_leaves_what_is_served),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
