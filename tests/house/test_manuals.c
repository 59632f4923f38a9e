/* The manual pages of this build: each program, file of settings and workspace has one, which says
 * what is so and can be shown without a warning. */
#include "tests/check.h"
#include "tests/house/command.h"

static const char *const programs[] = {
    "statpakke",
#define SP_STAGE(name) "statpakke-" #name,
#define SP_VERB(name) "statpakke-" #name,
#include "pipeline/registry.def"
#undef SP_STAGE
#undef SP_VERB
};

static char *page_path(const char *name, const char *section)
{
    g_autofree char *folder = g_strconcat("man", section, NULL);
    g_autofree char *file = g_strdup_printf("%s.%s", name, section);
    return g_build_filename(g_getenv("SP_BIN"), "..", "share", "man", folder, file, NULL);
}

/* As a reader sees it, without bold and underlining; it must be there. */
static char *page_text(const char *name, const char *section)
{
    g_autofree char *path = page_path(name, section);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        fail_msg("%s(%s) has no page: write docs/man/%s.scd", name, section, name);
    }
    const char *arguments[] = {"groff", "-k", "-man", "-Tutf8", "-P-cbou", path, NULL};
    g_auto(Told) told = command_run(arguments);
    assert_int_equal(told.status, 0);
    return g_steal_pointer(&told.out);
}

static char *help_of(const char *program)
{
    g_autofree char *path = g_build_filename(g_getenv("SP_BIN"), program, NULL);
    const char *arguments[] = {path, "--help", NULL};
    g_auto(Told) told = command_run(arguments);
    assert_int_equal(told.status, 0);
    return g_steal_pointer(&told.out);
}

/* What a pattern's first group finds, everywhere in a text. */
static char **find_all(const char *text, const char *pattern)
{
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    g_autoptr(GRegex) regex = g_regex_new(pattern, G_REGEX_MULTILINE, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    for (gboolean is_found = g_regex_match(regex, text, 0, &match); is_found;
         is_found = g_match_info_next(match, NULL)) {
        g_ptr_array_add(found, g_match_info_fetch(match, 1));
    }
    g_ptr_array_add(found, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&found), FALSE);
}

/* `before` and `after` are patterns, the name is taken as it is. */
static gboolean has_line(const char *text, const char *before, const char *name, const char *after)
{
    g_autofree char *quoted = g_regex_escape_string(name, -1);
    g_autofree char *whole = g_strconcat(before, quoted, after, NULL);
    return g_regex_match_simple(whole, text, G_REGEX_MULTILINE, 0);
}

static void each_program_has_a_page_that_names_every_option_of_its_help(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(programs); i++) {
        g_autofree char *page = page_text(programs[i], "1");
        g_autofree char *help = help_of(programs[i]);
        g_auto(GStrv) options = find_all(help, "^  (?:-., )?(--[a-z-]+)");
        assert_true(i == 0 || *options != NULL);
        for (char **option = options; *option != NULL; option++) {
            if (!has_line(page, "^ +(?:-., )?", *option, "(?:=|$)")) {
                fail_msg("%s(1) has no %s", programs[i], *option);
            }
        }
        assert_has(page, "\nDESCRIPTION\n");
        assert_has(page, "\nEXAMPLES\n");
        assert_has(page, "\nEXIT STATUS\n");
    }
}

static void the_drivers_page_names_every_program(void **state)
{
    (void)state;
    g_autofree char *page = page_text("statpakke", "1");
    for (gsize i = 1; i < G_N_ELEMENTS(programs); i++) {
        if (!has_line(page, "^ +", programs[i], "\\(1\\)$")) {
            fail_msg("statpakke(1) does not name %s", programs[i]);
        }
    }
}

/* A line of an example: "statpakke-vary --on FILE" or "statpakke vary --on FILE". */
static void check_example(const char *page, const char *line)
{
    g_auto(GStrv) verb = find_all(line, "^ +statpakke[ -]([a-z]+)");
    g_auto(GStrv) given = find_all(line, " (--[a-z-]+)");
    if (*verb == NULL) {
        return;
    }
    g_autofree char *program = g_strconcat("statpakke-", *verb, NULL);
    assert_true(g_strv_contains(programs + 1, program));
    g_autofree char *help = help_of(program);
    for (char **option = given; *option != NULL; option++) {
        if (!has_line(help, "^  (?:-., )?", *option, "(?:=| )")) {
            fail_msg("%s(1), EXAMPLES: %s has no %s", page, program, *option);
        }
    }
}

static void examples_have_no_options_that_there_are_not(void **state)
{
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(programs); i++) {
        g_autofree char *page = page_text(programs[i], "1");
        g_auto(GStrv) parts = g_strsplit(page, "\nEXAMPLES\n", 2);
        g_auto(GStrv) lines = g_strsplit(parts[1], "\n", -1);
        for (char **line = lines; **line == ' ' || **line == '\0'; line++) {
            check_example(programs[i], *line);
        }
    }
}

static void the_page_of_settings_names_every_setting_and_dataset(void **state)
{
    (void)state;
    g_autofree char *page = page_text("statpakke.conf", "5");
    g_autoptr(GKeyFile) defaults = g_key_file_new();
    assert_true(g_key_file_load_from_file(defaults, SP_SOURCE_FOLDER "/config/statpakke.conf",
                                          G_KEY_FILE_NONE, NULL));
    g_auto(GStrv) sections = g_key_file_get_groups(defaults, NULL);
    for (char **section = sections; *section != NULL; section++) {
        g_auto(GStrv) keys = g_key_file_get_keys(defaults, *section, NULL, NULL);
        if (!has_line(page, "^ +\\[", *section, "\\]$")) {
            fail_msg("statpakke.conf(5) has no [%s]", *section);
        }
        for (char **key = keys; strchr(*section, '/') == NULL && *key != NULL; key++) {
            if (!has_line(page, "^ +", *key, " =")) {
                fail_msg("statpakke.conf(5) has no %s.%s", *section, *key);
            }
        }
    }
}

static void the_page_of_the_workspace_names_what_init_makes(void **state)
{
    (void)state;
    g_autofree char *page = page_text("statpakke-workspace", "5");
    g_autofree char *folder = g_dir_make_tmp("statpakke-XXXXXX", NULL);
    g_autofree char *workspace = g_build_filename(folder, "w", NULL);
    g_autofree char *program = g_build_filename(g_getenv("SP_BIN"), "statpakke-init", NULL);
    const char *init[] = {program, "--workspace", workspace, NULL};
    const char *clean[] = {"rm", "-r", folder, NULL};
    g_auto(Told) made = command_run(init);
    assert_int_equal(made.status, 0);
    g_autoptr(GDir) dir = g_dir_open(workspace, 0, NULL);
    assert_non_null(dir);
    for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
        if (!has_line(page, "^ +", name, "(?:/|$)")) {
            fail_msg("statpakke-workspace(5) does not tell of %s", name);
        }
    }
    g_auto(Told) cleaned = command_run(clean);
    assert_int_equal(cleaned.status, 0);
}

static void check_rendering(const char *name, const char *section)
{
    g_autofree char *path = page_path(name, section);
    const char *arguments[] = {"groff", "-k", "-ww", "-man", "-Tutf8", "-z", path, NULL};
    g_auto(Told) told = command_run(arguments);
    assert_string_equal(told.err, "");
    assert_int_equal(told.status, 0);
}

static void pages_are_shown_without_a_warning(void **state)
{
    (void)state;
    check_rendering("statpakke.conf", "5");
    check_rendering("statpakke-workspace", "5");
    for (gsize i = 0; i < G_N_ELEMENTS(programs); i++) {
        check_rendering(programs[i], "1");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_program_has_a_page_that_names_every_option_of_its_help),
        cmocka_unit_test(the_drivers_page_names_every_program),
        cmocka_unit_test(examples_have_no_options_that_there_are_not),
        cmocka_unit_test(the_page_of_settings_names_every_setting_and_dataset),
        cmocka_unit_test(the_page_of_the_workspace_names_what_init_makes),
        cmocka_unit_test(pages_are_shown_without_a_warning),
    };
    g_autofree char *settings = page_path("statpakke.conf", "5");
    g_autofree char *groff = g_find_program_in_path("groff");
    if (groff == NULL || !g_file_test(settings, G_FILE_TEST_EXISTS)) {
        fprintf(stderr, "SKIPPED house/manuals: %s, manual pages are NOT checked\n",
                groff == NULL ? "groff is not here (apt-get install groff-base)"
                              : "this build was made without scdoc (apt-get install scdoc)");
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
