#include "tests/check.h"

#include "core/io/files.h"
#include "outputs/archive/sums.h"

/* SHA-256 of "abc" and of nothing: FIPS 180-2, appendix B.1, and the usual value for the empty
 * message. */
#define SUM_ABC "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
#define SUM_EMPTY "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static void put(const char *folder, const char *name, const char *text)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autofree char *parent = g_path_get_dirname(path);
    sp_folder_make(parent, 0755, &error);
    assert_no_error(error);
    sp_file_write(path, text, strlen(text), 0644, &error);
    assert_no_error(error);
}

static char *sums_of(const char *folder)
{
    g_autofree char *path = g_build_filename(folder, SP_SUMS_NAME, NULL);
    return sp_file_read(path, 1 << 20, &(gsize){0}, NULL);
}

static int make_folder(void **state)
{
    g_autoptr(GError) error = NULL;
    char *folder = g_dir_make_tmp("sp-sums-XXXXXX", NULL);
    put(folder, "b.txt", "abc");
    put(folder, "a/z.csv", "");
    put(folder, "a.b", "abc");
    sp_sums_write(folder, 0644, &error);
    assert_no_error(error);
    *state = folder;
    return 0;
}

static int remove_folder(void **state)
{
    sp_folder_remove(*state, NULL);
    g_free(*state);
    return 0;
}

static void sums_are_sorted_lines_of_sha256sum(void **state)
{
    g_autofree char *text = sums_of(*state);
    assert_string_equal(text, SUM_ABC "  a.b\n" SUM_EMPTY "  a/z.csv\n" SUM_ABC "  b.txt\n");
}

static void untouched_folder_passes(void **state)
{
    g_autoptr(GError) error = NULL;
    assert_true(sp_sums_check(*state, &error));
    assert_no_error(error);
}

static void sums_and_signature_do_not_list_themselves(void **state)
{
    g_autoptr(GError) error = NULL;
    put(*state, SP_SUMS_SIGNATURE_NAME, "untrusted comment:");
    assert_true(sp_sums_write(*state, 0644, &error));
    g_autofree char *text = sums_of(*state);
    assert_null(strstr(text, "SHA256SUMS"));
    assert_true(sp_sums_check(*state, &error));
    assert_no_error(error);
}

static void a_signature_deeper_down_is_a_file_like_any_other(void **state)
{
    g_autoptr(GError) error = NULL;
    put(*state, "a/" SP_SUMS_NAME, "abc");
    assert_false(sp_sums_check(*state, &error));
    assert_error(error, SP_ERROR_DATA, "not listed: a/SHA256SUMS");
}

static void altered_missing_and_extra_files_are_named_together(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *gone = g_build_filename(*state, "a.b", NULL);
    put(*state, "b.txt", "abd");
    put(*state, "new.txt", "abc");
    assert_int_equal(g_unlink(gone), 0);
    assert_false(sp_sums_check(*state, &error));
    assert_error(error, SP_ERROR_DATA, "altered: b.txt; not listed: new.txt; missing: a.b");
}

static void many_findings_are_counted_beyond_ten(void **state)
{
    g_autoptr(GError) error = NULL;
    for (int i = 0; i < 13; i++) {
        g_autofree char *name = g_strdup_printf("extra-%02d", i);
        put(*state, name, "x");
    }
    assert_false(sp_sums_check(*state, &error));
    assert_error(error, SP_ERROR_DATA, "extra-09; and 3 more");
}

static void odd_names_survive_as_sha256sum_escapes_them(void **state)
{
    g_autoptr(GError) error = NULL;
    put(*state, "line\nfeed \\ back", "abc");
    put(*state, "č đ ŋ", "abc");
    assert_true(sp_sums_write(*state, 0644, &error));
    g_autofree char *text = sums_of(*state);
    assert_non_null(strstr(text, "\\" SUM_ABC "  line\\nfeed \\\\ back\n"));
    assert_true(sp_sums_check(*state, &error));
    assert_no_error(error);
}

static void refused(void **state, const char *sums, const char *words)
{
    g_autoptr(GError) error = NULL;
    put(*state, SP_SUMS_NAME, sums);
    assert_false(sp_sums_check(*state, &error));
    assert_error(error, SP_ERROR_DATA, words);
}

static void path_out_of_the_folder_is_refused(void **state)
{
    refused(state, SUM_ABC "  ../b.txt\n", "row 1");
}

static void absolute_path_is_refused(void **state)
{
    refused(state, SUM_ABC "  a.b\n" SUM_ABC "  /etc/passwd\n", "row 2");
}

static void truncated_list_is_refused(void **state)
{
    refused(state, SUM_ABC "  a.b\n" SUM_ABC "  b.t", "row 2 is cut short");
}

static void file_listed_twice_is_refused(void **state)
{
    refused(state, SUM_ABC "  a.b\n" SUM_EMPTY "  a.b\n", "a second time");
}

static void short_sum_is_refused(void **state)
{
    refused(state, "abc  a.b\n", "row 1");
}

static void unknown_escape_is_refused(void **state)
{
    refused(state, "\\" SUM_ABC "  a\\tb\n", "row 1");
}

static void empty_list_names_every_file(void **state)
{
    refused(state, "", "not listed: a.b; not listed: a/z.csv; not listed: b.txt");
}

static void folder_without_sums_is_no_input(void **state)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(*state, SP_SUMS_NAME, NULL);
    assert_int_equal(g_unlink(path), 0);
    assert_false(sp_sums_check(*state, &error));
    assert_error(error, SP_ERROR_NO_INPUT, SP_SUMS_NAME);
}

#define SUMS_TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SUMS_TEST(sums_are_sorted_lines_of_sha256sum),
        SUMS_TEST(untouched_folder_passes),
        SUMS_TEST(sums_and_signature_do_not_list_themselves),
        SUMS_TEST(a_signature_deeper_down_is_a_file_like_any_other),
        SUMS_TEST(altered_missing_and_extra_files_are_named_together),
        SUMS_TEST(many_findings_are_counted_beyond_ten),
        SUMS_TEST(odd_names_survive_as_sha256sum_escapes_them),
        SUMS_TEST(path_out_of_the_folder_is_refused),
        SUMS_TEST(absolute_path_is_refused),
        SUMS_TEST(truncated_list_is_refused),
        SUMS_TEST(file_listed_twice_is_refused),
        SUMS_TEST(short_sum_is_refused),
        SUMS_TEST(unknown_escape_is_refused),
        SUMS_TEST(empty_list_names_every_file),
        SUMS_TEST(folder_without_sums_is_no_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
