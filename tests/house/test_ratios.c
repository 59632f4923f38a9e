/* The audit must know which published measures are ratios of others: layouts say it first. */
#include "tests/check.h"

static char *read_file(const char *relative)
{
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, relative, NULL);
    char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    return text;
}

/* Counts the ratios of a layout, each of which has its row. */
static guint check_layout(const char *name, const char *rows)
{
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, "config", "layouts", name, NULL);
    g_autoptr(GKeyFile) layout = g_key_file_new();
    assert_true(g_key_file_load_from_file(layout, path, G_KEY_FILE_NONE, NULL));
    g_autofree char *table = g_key_file_get_value(layout, "table", "name", NULL);
    g_auto(GStrv) sections = g_key_file_get_groups(layout, NULL);
    guint n = 0;
    for (char **section = sections; *section != NULL; section++) {
        g_autofree char *kind = g_key_file_get_value(layout, *section, "kind", NULL);
        if (!g_str_has_prefix(*section, "measure ") || g_strcmp0(kind, "ratio") != 0) {
            continue;
        }
        g_autofree char *over = g_key_file_get_value(layout, *section, "over", NULL);
        g_autofree char *under = g_key_file_get_value(layout, *section, "under", NULL);
        g_autofree char *row =
            g_strdup_printf("\n%s,%s,%s,%s\n", table, *section + strlen("measure "), over, under);
        if (strstr(rows, row) == NULL) {
            fail_msg("config/avledet.csv has no row%s", row);
        }
        n++;
    }
    return n;
}

static void every_ratio_of_a_layout_is_known_to_the_audit(void **state)
{
    (void)state;
    g_autofree char *rows = read_file("config/avledet.csv");
    g_autoptr(GDir) folder = g_dir_open(SP_SOURCE_FOLDER "/config/layouts", 0, NULL);
    g_auto(GStrv) lines = g_strsplit(rows, "\n", -1);
    guint n = 0;
    assert_non_null(folder);
    for (const char *name = g_dir_read_name(folder); name != NULL; name = g_dir_read_name(folder)) {
        n += check_layout(name, rows);
    }
    /* A header, and nothing after the last line's end. */
    assert_int_equal(n, g_strv_length(lines) - 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_ratio_of_a_layout_is_known_to_the_audit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
