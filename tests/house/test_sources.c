/* docs/sources.md says of each source in which form it comes, what reads it and where it ends. It
 * is held against config: no dataset and no layout without a row, and no row that is not true. */
#include "tests/check.h"

#include <string.h>

enum { SOURCE, ID, FORM, DATASET, LAYOUT, FACTS, PUBLISHED, TEST, N_CELLS };

static const char *const settings[] = {"config/statpakke.conf", "config/demo.conf",
                                       "config/real.conf", "config/simulate/simulert.conf.in"};

static char *read_file(const char *name)
{
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, name, NULL);
    char *text = NULL;
    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        fail_msg("%s is not there", name);
    }
    return text;
}

static GKeyFile *read_settings(const char *name)
{
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, name, NULL);
    GKeyFile *file = g_key_file_new();
    assert_true(g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, NULL));
    return file;
}

/* The words in backticks of a cell. g_strfreev. */
static char **words_of(const char *cell)
{
    g_auto(GStrv) parts = g_strsplit(cell, "`", -1);
    g_autoptr(GPtrArray) words = g_ptr_array_new();
    for (guint i = 0; i + 1 < g_strv_length(parts); i += 2) {
        g_ptr_array_add(words, g_strdup(parts[i + 1]));
    }
    g_ptr_array_add(words, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&words), FALSE);
}

/* The page's rows, each its N_CELLS cells: lines of a table that are neither its head nor the line
 * below that. */
static GPtrArray *read_page(void)
{
    g_autofree char *text = read_file("docs/sources.md");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    GPtrArray *rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_strfreev);
    for (char **line = lines; *line != NULL; line++) {
        if (**line != '|' || g_str_has_prefix(*line, "| source |") ||
            g_str_has_prefix(*line, "|---")) {
            continue;
        }
        g_auto(GStrv) parts = g_strsplit(*line, "|", -1);
        if (g_strv_length(parts) != N_CELLS + 2) {
            fail_msg("docs/sources.md: not %d cells: %s", N_CELLS, *line);
        }
        char **cells = g_new0(char *, N_CELLS + 1);
        for (gsize i = 0; i < N_CELLS; i++) {
            cells[i] = g_strdup(g_strstrip(parts[i + 1]));
        }
        g_ptr_array_add(rows, cells);
    }
    assert_true(rows->len > 50);
    return rows;
}

static gboolean has_word(const GPtrArray *page, gsize cell, const char *word)
{
    for (guint i = 0; i < page->len; i++) {
        g_auto(GStrv) words = words_of(((char **)page->pdata[i])[cell]);
        if (g_strv_contains((const char *const *)words, word)) {
            return TRUE;
        }
    }
    return FALSE;
}

static void every_dataset_has_a_row(void **state)
{
    g_autoptr(GPtrArray) page = read_page();
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
        g_autoptr(GKeyFile) file = read_settings(settings[i]);
        g_auto(GStrv) sections = g_key_file_get_groups(file, NULL);
        for (char **section = sections; *section != NULL; section++) {
            if (strchr(*section, '/') != NULL && !has_word(page, DATASET, *section)) {
                fail_msg("%s: [%s] has no row in docs/sources.md; add it", settings[i], *section);
            }
        }
    }
}

static void every_layout_has_a_row(void **state)
{
    g_autoptr(GPtrArray) page = read_page();
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, "config/layouts", NULL);
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    guint n = 0;
    (void)state;
    assert_non_null(folder);
    for (const char *name = g_dir_read_name(folder); name != NULL; name = g_dir_read_name(folder)) {
        g_autofree char *layout = g_strndup(name, strlen(name) - strlen(".ini"));
        if (!has_word(page, LAYOUT, layout)) {
            fail_msg("config/layouts/%s has no row in docs/sources.md; add it", name);
        }
        n++;
    }
    assert_int_equal(n, page->len);
}

/* Some settings read the dataset by the layout. */
static gboolean is_read_by(const char *dataset, const char *layout)
{
    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
        g_autoptr(GKeyFile) file = read_settings(settings[i]);
        g_autofree char *text = g_key_file_get_value(file, dataset, "layout", NULL);
        g_auto(GStrv) names = g_strsplit_set(text != NULL ? text : "", ", ", -1);
        if (g_strv_contains((const char *const *)names, layout)) {
            return TRUE;
        }
    }
    return FALSE;
}

static void check_facts(char **cells, const char *layout, const char *facts)
{
    g_autofree char *name = g_strdup_printf("config/layouts/%s.ini", layout);
    g_autoptr(GKeyFile) file = read_settings(name);
    g_autofree char *table = g_key_file_get_value(file, "table", "name", NULL);
    g_autofree char *tables = read_file("docs/tables.md");
    g_autofree char *quoted = g_strdup_printf("`%s`", facts);
    if (g_strcmp0(table, facts) != 0) {
        fail_msg("docs/sources.md: %s: %s makes the facts %s, not %s", cells[SOURCE], layout, table,
                 facts);
    }
    if (strstr(tables, quoted) == NULL) {
        fail_msg("docs/tables.md has no %s", quoted);
    }
}

/* Those of config/tables.csv that are made from the facts, and no other. */
static void check_published(char **cells, const char *facts)
{
    g_auto(GStrv) said = words_of(cells[PUBLISHED]);
    g_autofree char *text = read_file("config/tables.csv");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    guint n = 0;
    for (char **line = lines + 1; *line != NULL && **line != '\0'; line++) {
        g_auto(GStrv) fields = g_strsplit(*line, ",", 4); /* name, theme, source */
        if (strcmp(fields[2], facts) != 0) {
            continue;
        }
        n++;
        if (!g_strv_contains((const char *const *)said, fields[0])) {
            fail_msg("docs/sources.md: %s: %s is published too", cells[SOURCE], fields[0]);
        }
    }
    if (n == 0 && !g_str_has_prefix(cells[PUBLISHED], "–")) {
        fail_msg("docs/sources.md: %s: no table is made from %s", cells[SOURCE], facts);
    }
    assert_true(n == 0 || g_strv_length(said) == n);
}

/* The test is there and is about this source: it names its layout, dataset or facts. */
static void check_test(char **cells, const char *dataset, const char *layout, const char *facts)
{
    g_auto(GStrv) files = words_of(cells[TEST]);
    assert_int_equal(g_strv_length(files), 1);
    g_autofree char *text = read_file(files[0]);
    if (strstr(text, layout) == NULL && strstr(text, facts) == NULL &&
        (dataset == NULL || strstr(text, dataset) == NULL)) {
        fail_msg("docs/sources.md: %s: %s is not about %s", cells[SOURCE], files[0], layout);
    }
}

static void every_row_is_true(void **state)
{
    g_autoptr(GPtrArray) page = read_page();
    (void)state;
    for (guint i = 0; i < page->len; i++) {
        char **cells = page->pdata[i];
        g_auto(GStrv) datasets = words_of(cells[DATASET]);
        g_auto(GStrv) layouts = words_of(cells[LAYOUT]);
        g_auto(GStrv) facts = words_of(cells[FACTS]);
        if (g_strv_length(layouts) != 1 || g_strv_length(facts) != 1 || *cells[FORM] == '\0') {
            fail_msg("docs/sources.md: %s: want a form, one layout and one table of facts",
                     cells[SOURCE]);
        }
        if (datasets[0] != NULL && !is_read_by(datasets[0], layouts[0])) {
            fail_msg("docs/sources.md: %s: no settings read %s by %s", cells[SOURCE], datasets[0],
                     layouts[0]);
        }
        check_facts(cells, layouts[0], facts[0]);
        check_published(cells, facts[0]);
        check_test(cells, datasets[0], layouts[0], facts[0]);
    }
}

/* No source of the settings is without a simulated extract, so none is without rows in the demo. */
static void every_dataset_of_the_defaults_is_simulated(void **state)
{
    g_autoptr(GKeyFile) defaults = read_settings(settings[0]);
    g_autoptr(GKeyFile) simulated = read_settings("config/simulate/simulert.conf.in");
    g_auto(GStrv) sections = g_key_file_get_groups(defaults, NULL);
    guint n = 0;
    (void)state;
    for (char **section = sections; *section != NULL; section++) {
        if (strchr(*section, '/') == NULL) {
            continue;
        }
        if (!g_key_file_has_group(simulated, *section)) {
            fail_msg("config/simulate/simulert.conf.in has no [%s]; write its extract "
                     "(pipeline/simulate/sources) and add it",
                     *section);
        }
        n++;
    }
    assert_true(n > 45);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_dataset_has_a_row),
        cmocka_unit_test(every_layout_has_a_row),
        cmocka_unit_test(every_row_is_true),
        cmocka_unit_test(every_dataset_of_the_defaults_is_simulated),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
