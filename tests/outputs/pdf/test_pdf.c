/* Page one as a PDF: by Debian's Chromium where it is, and by programs that are none. */
#include "tests/check.h"
#include "tests/outputs/package.h"

#include "core/io/files.h"

#include <sys/stat.h>
#include <unistd.h>

extern const SpOutput sp_output_html, sp_output_pdf;

enum { N_HOSTILE = 3, SECONDS = 120 };

/* Key sentences, the first a good one; the others are hostile. */
static SpTable *sentences_new(const char *first)
{
    static const SpColumn columns[] = {{.name = "plass", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                       {.name = "tekst", .kind = SP_COLUMN_CODE},
                                       {.name = "tabell", .kind = SP_COLUMN_CODE}};
    SpTable *table = sp_table_new("noekkelsetninger", columns, G_N_ELEMENTS(columns));
    for (gsize i = 0; i <= N_HOSTILE; i++) {
        const gsize row = sp_table_add_row(table);
        g_autofree char *place = g_strdup_printf("%02d", (int)i);
        sp_table_set_code(table, row, 0, place);
        sp_table_set_code(table, row, 1, i == 0 ? first : sp_test_hostile[i - 1]);
        sp_table_set_code(table, row, 2, "befolkning");
    }
    return table;
}

static void write_format(const SpOutput *output, const SpPackage *package, const char *folder,
                         GError **error)
{
    g_autoptr(SpConfig) config = sp_test_config(NULL);
    g_autoptr(SpSettings) settings =
        sp_settings_new(config, "package", output->config_keys, output->n_config_keys);
    const gboolean is_good = output->write(package, settings, folder, error);
    assert_int_equal(is_good, *error == NULL);
}

/* The report and its print in a new folder, whose path is returned. g_free. */
static char *print_new(const char *language, const char *sentence, const SpBrowser *browser,
                       GError **error)
{
    g_autoptr(SpTestPackage) made = sp_test_package_new(language);
    g_autofree char *base = g_dir_make_tmp("sp-outputs-XXXXXX", NULL);
    /* A name that addresses must escape, and longer than that of a socket may be. */
    g_autofree char *more = g_strnfill(100, 'l');
    char *folder = g_build_filename(base, "med blank, æ og [klammer]", more, NULL);
    assert_true(sp_folder_make(folder, SP_MODE_PRIVATE_FOLDER, NULL));
    sp_tables_add(made->tables, sentences_new(sentence));
    made->package.browser = browser;
    write_format(&sp_output_html, &made->package, folder, error);
    assert_no_error(*error);
    write_format(&sp_output_pdf, &made->package, folder, error);
    return folder;
}

static void remove_print(char *folder)
{
    g_autofree char *middle = g_path_get_dirname(folder);
    sp_test_folder_remove(g_path_get_dirname(middle));
    g_free(folder);
}

/* What a program says of the print; NULL, told loudly, when it is not here. g_free. */
static char *ask(const char *const *arguments)
{
    g_autofree char *there = g_find_program_in_path(arguments[0]);
    char *out = NULL;
    int status = 0;
    if (there == NULL) {
        print_message("SKIPPED tests/outputs/pdf: %s is not here\n", arguments[0]);
        return NULL;
    }
    assert_true(g_spawn_sync(NULL, (char **)arguments, NULL,
                             G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out,
                             NULL, &status, NULL));
    assert_int_equal(status, 0);
    return out;
}

/* Chromium; NULL, told loudly, when it is not here. g_free. */
static char *chromium(void)
{
    char *program = g_find_program_in_path("chromium");
    if (program == NULL) {
        print_message("SKIPPED tests/outputs/pdf: chromium is not here; NOTHING was printed\n");
    }
    return program;
}

static void two_prints_are_the_same_bytes_whatever_the_place_zone_and_language(void **state)
{
    (void)state;
    g_autofree char *program = chromium();
    if (program == NULL) {
        skip();
    }
    g_autoptr(GError) error = NULL;
    const SpBrowser browser = {.program = program, .seconds = SECONDS};
    char *one = print_new("nb", "Det blir flere eldre.", &browser, &error);
    assert_no_error(error);
    g_setenv("TZ", "Asia/Tokyo", TRUE);
    g_setenv("LANG", "nn_NO.UTF-8", TRUE);
    g_setenv("HOME", "/finnes/ikke", TRUE);
    char *other = print_new("nb", "Det blir flere eldre.", &browser, &error);
    assert_no_error(error);
    gsize sizes[2];
    g_autofree char *first = sp_test_file(one, SP_PRINTED_FILE, &sizes[0]);
    g_autofree char *second = sp_test_file(other, SP_PRINTED_FILE, &sizes[1]);
    assert_int_equal(sizes[0], sizes[1]);
    assert_memory_equal(first, second, sizes[0]);
    remove_print(one);
    remove_print(other);
}

static void check_text(const char *path)
{
    const char *const arguments[] = {"pdftotext", "-enc", "UTF-8", "-layout", path, "-", NULL};
    g_autofree char *text = ask(arguments);
    if (text != NULL) {
        assert_has(text, "SYNTETISKE DATA");
        assert_has(text, "Statistikkpakke for helse- og omsorgstenesta");
        assert_has(text, "Kort fortalt");
        assert_has(text, "Det blir fleire eldre i åra som kjem.");
        for (gsize i = 0; i < N_HOSTILE; i++) {
            assert_has(text, sp_test_hostile[i]);
        }
    }
}

static void check_objects(const char *path)
{
    const char *const arguments[] = {"qpdf", "--qdf", "--object-streams=disable", path, "-", NULL};
    const char *const check[] = {"qpdf", "--check", path, NULL};
    g_autofree char *objects = ask(arguments);
    g_autofree char *checked = ask(check);
    if (objects != NULL && checked != NULL) {
        static const char *const wanted[] = {"/StructTreeRoot",
                                             "/Marked true",
                                             "/Lang (nn)",
                                             "/CreationDate (D:20260225000000Z)",
                                             "/ModDate (D:20260225000000Z)",
                                             "/Creator (statpakke)",
                                             "/URI (tema/befolkning.html#tabell-befolkning)"};
        static const char *const unwanted[] = {
            "/JavaScript", "/JS", "/Producer", "file:", "http:", "https:", "Chrome", "Skia"};
        for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
            assert_has(objects, wanted[i]);
        }
        for (gsize i = 0; i < G_N_ELEMENTS(unwanted); i++) {
            assert_null(strstr(objects, unwanted[i]));
        }
    }
}

static void check_looks(const char *path)
{
    const char *const arguments[] = {"pdfinfo", path, NULL};
    g_autofree char *info = ask(arguments);
    if (info != NULL) {
        assert_has(info, "Trøndelag: Statistikkpakke for helse- og omsorgstenesta");
        assert_has(info, "(A4)");
        assert_has(info, "Tagged:          yes");
    }
}

static void the_print_is_tagged_and_says_what_the_page_says_in_its_language(void **state)
{
    (void)state;
    g_autofree char *program = chromium();
    if (program == NULL) {
        skip();
    }
    g_autoptr(GError) error = NULL;
    const SpBrowser browser = {.program = program, .seconds = SECONDS};
    char *folder = print_new("nn", "Det blir fleire eldre i åra som kjem.", &browser, &error);
    assert_no_error(error);
    g_autofree char *path = g_build_filename(folder, SP_PRINTED_FILE, NULL);
    g_autofree char *page = sp_test_file(folder, "index.html", NULL);
    struct stat status;
    check_text(path);
    check_objects(path);
    check_looks(path);
    assert_has(page, "<a href=\"" SP_PRINTED_FILE "\">Framsida og barometeret");
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 07777, SP_MODE_PUBLIC_FILE);
    remove_print(folder);
}

/* ---- programs that are no browser ---- */

/* Fails, with a text that holds `part`, and leaves nothing but the report. */
static void assert_fails(const char *script, gint code, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    int fd = g_file_open_tmp("sp-browser-XXXXXX", &path, NULL);
    g_autofree char *text = g_strdup_printf("#!/bin/sh\n%s\n", script);
    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    assert_int_equal(fchmod(fd, 0755), 0);
    close(fd);
    const SpBrowser browser = {.program = path, .seconds = 2};
    char *folder = print_new("nb", "Det blir flere eldre.", &browser, &error);
    assert_error(error, code, part);
    g_autofree char *page = g_build_filename(folder, "index.html", NULL);
    g_auto(GStrv) names = sp_folder_list(folder, NULL);
    assert_true(g_file_test(page, G_FILE_TEST_EXISTS));
    for (gsize i = 0; names[i] != NULL; i++) {
        assert_null(strstr(names[i], "kort-fortalt"));
    }
    g_unlink(path);
    remove_print(folder);
}

static void a_browser_that_hangs_is_ended_and_leaves_nothing(void **state)
{
    (void)state;
    assert_fails("mkdir profil; echo halvt > ut.pdf; sleep 300", SP_ERROR_IO,
                 "was not done after 2 s and was killed");
}

static void a_browser_that_fails_is_told_in_its_own_words(void **state)
{
    (void)state;
    assert_fails("echo 'no usable sandbox' >&2; exit 21", SP_ERROR_IO,
                 "ended with status 21: no usable sandbox");
}

static void a_browser_that_prints_nothing_or_half_is_told(void **state)
{
    (void)state;
    assert_fails("exit 0", SP_ERROR_NO_INPUT, "has printed nothing: ");
    assert_fails("echo '%PDF-1.4' > ut.pdf", SP_ERROR_DATA, "is no whole PDF");
}

static void without_the_report_there_is_nothing_to_print(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) made = sp_test_package_new("nb");
    const SpBrowser browser = {.program = (char *)"/bin/true", .seconds = 2};
    made->package.browser = &browser;
    g_autoptr(GError) error = sp_test_write_fails(&sp_output_pdf, &made->package, NULL);
    assert_error(error, SP_ERROR_CONFIG, "add html to package.formats");
}

static void nothing_is_printed_where_nobody_asks_for_it(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) made = sp_test_package_new("nb");
    char *folder = sp_test_write(&sp_output_pdf, &made->package, NULL);
    g_auto(GStrv) names = sp_folder_list(folder, NULL);
    assert_int_equal(g_strv_length(names), 0);
    sp_test_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_prints_are_the_same_bytes_whatever_the_place_zone_and_language),
        cmocka_unit_test(the_print_is_tagged_and_says_what_the_page_says_in_its_language),
        cmocka_unit_test(a_browser_that_hangs_is_ended_and_leaves_nothing),
        cmocka_unit_test(a_browser_that_fails_is_told_in_its_own_words),
        cmocka_unit_test(a_browser_that_prints_nothing_or_half_is_told),
        cmocka_unit_test(without_the_report_there_is_nothing_to_print),
        cmocka_unit_test(nothing_is_printed_where_nobody_asks_for_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
