/* Settings in layers, and the declared view of them. */
#include "tests/check.h"

#include "core/config.h"

static SpConfig *config_of(const char *text)
{
    g_autoptr(GError) error = NULL;
    SpConfig *config = sp_config_new();
    sp_config_add(config, "a.conf", text, &error);
    assert_no_error(error);
    return config;
}

/** The text must be refused with a message that holds `part`, and leave nothing behind. */
static void check_refused(const char *text, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = sp_config_new();
    assert_false(sp_config_add(config, "a.conf", text, &error));
    assert_error(error, SP_ERROR_CONFIG, part);
    assert_non_null(strstr(error->message, "a.conf"));
    g_auto(GStrv) sections = sp_config_sections(config);
    assert_int_equal(g_strv_length(sections), 0);
}

static void later_layer_wins_and_keeps_its_origin(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = config_of("[project]\nseed = 1\ndraws = 10\n");
    assert_true(sp_config_add(config, "b.conf", "[project]\nseed = 2\n", &error));
    assert_true(sp_config_set(config, "--set", "project.draws=99", &error));
    assert_string_equal(sp_config_value(config, "project", "seed"), "2");
    assert_string_equal(sp_config_origin(config, "project", "seed"), "b.conf");
    assert_string_equal(sp_config_value(config, "project", "draws"), "99");
    assert_string_equal(sp_config_origin(config, "project", "draws"), "--set");
    assert_null(sp_config_value(config, "project", "other"));
    assert_null(sp_config_value(config, "other", "seed"));
}

static void a_setting_knows_its_line_and_an_assignment_has_none(void **state)
{
    (void)state;
    g_autoptr(SpConfig) config = config_of("\n[project]\n# seed\nseed = 1\n draws=10\n");
    g_autofree char *seed = sp_config_place(config, "project", "seed");
    g_autofree char *draws = sp_config_place(config, "project", "draws");
    assert_string_equal(seed, "a.conf:4");
    assert_string_equal(draws, "a.conf:5");
    assert_true(sp_config_set(config, "--set", "project.seed=2", NULL));
    g_autofree char *set = sp_config_place(config, "project", "seed");
    assert_string_equal(set, "--set");
}

static void sections_and_keys_come_in_byte_order(void **state)
{
    (void)state;
    g_autoptr(SpConfig) config = config_of("[b]\nz = 1\na = 2\nA = 3\n[a/x]\nk = 1\n[aa]\n");
    g_auto(GStrv) sections = sp_config_sections(config);
    g_autofree char *joined = g_strjoinv("|", sections);
    assert_string_equal(joined, "a/x|aa|b");
    g_auto(GStrv) keys = sp_config_keys(config, "b");
    g_autofree char *joined_keys = g_strjoinv("|", keys);
    assert_string_equal(joined_keys, "A|a|z");
    g_auto(GStrv) none = sp_config_keys(config, "not there");
    assert_int_equal(g_strv_length(none), 0);
}

static void values_are_raw_text_without_blanks_around(void **state)
{
    (void)state;
    g_autoptr(SpConfig) config =
        config_of("\xef\xbb\xbf# about\r\n[s]\r\n  text =  a b\\n=c # d \t\r\nempty =\r\n");
    assert_string_equal(sp_config_value(config, "s", "text"), "a b\\n=c # d");
    assert_string_equal(sp_config_value(config, "s", "empty"), "");
}

static void repeated_key_names_both_lines(void **state)
{
    (void)state;
    check_refused("[a]\nx = 1\ny = 1\nx=2\n", "line 4: key \"x\" stands on line 2 already");
}

static void repeated_section_names_both_lines(void **state)
{
    (void)state;
    check_refused("[a]\nx = 1\n[b]\n\n[a]\ny = 1\n",
                  "line 5: section \"a\" stands on line 1 already");
}

static void same_key_in_two_sections_is_two_settings(void **state)
{
    (void)state;
    g_autoptr(SpConfig) config = config_of("[a]\nx = 1\n[b]\nx = 2\n");
    assert_string_equal(sp_config_value(config, "a", "x"), "1");
    assert_string_equal(sp_config_value(config, "b", "x"), "2");
}

static void key_before_any_section_is_refused(void **state)
{
    (void)state;
    check_refused("# hello\nx = 1\n", "line 2");
}

static void line_of_no_form_is_refused(void **state)
{
    (void)state;
    check_refused("[a]\nx 1\n", "line 2: \"x 1\"");
    check_refused("[a]\n= 1\n", "line 2");
    check_refused("[a\nx = 1\n", "line 1: \"[a\" is no section");
    check_refused("[]\nx = 1\n", "line 1");
    check_refused("[a]]\nx = 1\n", "line 1");
    check_refused("[a] x = 1\n", "line 1");
}

static void translation_is_refused_because_it_depends_on_the_user(void **state)
{
    (void)state;
    check_refused("[a]\nx = 1\nx[nb] = 2\n", "line 3");
}

static void other_encoding_names_the_line(void **state)
{
    (void)state;
    check_refused("[a]\nx = 1\ny = \xe5rsverk\n", "line 3: not UTF-8");
}

static void empty_file_is_an_empty_layer(void **state)
{
    (void)state;
    g_autoptr(SpConfig) config = config_of("");
    g_auto(GStrv) sections = sp_config_sections(config);
    assert_int_equal(g_strv_length(sections), 0);
}

static void last_dot_before_equals_parts_section_and_key(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = sp_config_new();
    assert_true(sp_config_set(config, "--set", "ssb/07459.x.url=https://a.no/?a=b.c", &error));
    assert_string_equal(sp_config_value(config, "ssb/07459.x", "url"), "https://a.no/?a=b.c");
}

static void assignment_of_no_form_is_usage(void **state)
{
    (void)state;
    static const char *const texts[] = {"",     "a",     "a=b",  "a.b",          ".b=c",
                                        "a.=c", " .b=c", "=a.b", "a.b=c\nd.e=f", "a.b=\xff"};
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(SpConfig) config = sp_config_new();
        assert_false(sp_config_set(config, "--set", texts[i], &error));
        assert_error(error, SP_ERROR_USAGE, "section.key=value");
    }
}

static const char text_of_settings[] =
    "[ssb/folkemengde]\nurl = u\nlist = a, b  c,\nnone = ,\nyes = yes\nno = no\n"
    "[project]\nseed = 42\nshare = 0.25\nname = Ås\n";
static const char *const declared[] = {
    "url", "list", "none", "yes", "no", "project.seed", "project.share", "project.name", "unset"};

static SpSettings *settings_of_test(void)
{
    g_autoptr(SpConfig) config = config_of(text_of_settings);
    return sp_settings_new(config, "ssb/folkemengde", declared, G_N_ELEMENTS(declared));
}

static void declared_keys_are_read(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSettings) settings = settings_of_test();
    gint64 seed = 0;
    double share = 0;
    gboolean yes = FALSE;
    gboolean no = TRUE;
    assert_string_equal(sp_settings_text(settings, "url", &error), "u");
    assert_true(sp_settings_int(settings, "project.seed", 0, 100, &seed, &error));
    assert_true(sp_settings_double(settings, "project.share", 0, 1, &share, &error));
    assert_true(sp_settings_bool(settings, "yes", &yes, &error));
    assert_true(sp_settings_bool(settings, "no", &no, &error));
    assert_int_equal(seed, 42);
    assert_near(share, 0.25, 0.0);
    assert_true(yes);
    assert_false(no);
}

static void undeclared_key_is_a_bug_though_it_is_set(void **state)
{
    (void)state;
    static const char *const one[] = {"url"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = config_of(text_of_settings);
    g_autoptr(SpSettings) settings = sp_settings_new(config, "ssb/folkemengde", one, 1);
    assert_null(sp_settings_text(settings, "list", &error));
    assert_error(error, SP_ERROR_BUG, "\"list\"");
    assert_non_null(strstr(error->message, "descriptor"));
    g_clear_error(&error);
    const char *text = NULL;
    assert_false(sp_settings_text_or(settings, "project.seed", "x", &text, &error));
    assert_error(error, SP_ERROR_BUG, "project.seed");
}

static void unset_key_says_where_to_set_it(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSettings) settings = settings_of_test();
    assert_null(sp_settings_text(settings, "unset", &error));
    assert_error(error, SP_ERROR_CONFIG, "--set ssb/folkemengde.unset=");
}

static void unset_key_with_a_default_gives_it(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSettings) settings = settings_of_test();
    const char *text = NULL;
    assert_true(sp_settings_text_or(settings, "unset", "fallback", &text, &error));
    assert_string_equal(text, "fallback");
    assert_true(sp_settings_text_or(settings, "unset", NULL, &text, &error));
    assert_null(text);
    assert_true(sp_settings_text_or(settings, "url", "fallback", &text, &error));
    assert_string_equal(text, "u");
}

static void wrong_form_names_key_value_origin_and_what_is_allowed(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSettings) settings = settings_of_test();
    gint64 whole = 7;
    double number = 7;
    gboolean claim = FALSE;
    assert_false(sp_settings_int(settings, "project.seed", 0, 41, &whole, &error));
    assert_error(error, SP_ERROR_CONFIG,
                 "a.conf: setting \"project.seed\" is \"42\", want a whole number from 0 to 41");
    g_clear_error(&error);
    assert_false(sp_settings_int(settings, "project.share", 0, 1, &whole, &error));
    assert_error(error, SP_ERROR_CONFIG, "want a whole number");
    g_clear_error(&error);
    assert_false(sp_settings_double(settings, "project.name", 0, 1.5, &number, &error));
    assert_error(error, SP_ERROR_CONFIG, "is \"Ås\", want a number from 0 to 1.5");
    g_clear_error(&error);
    assert_false(sp_settings_bool(settings, "url", &claim, &error));
    assert_error(error, SP_ERROR_CONFIG, "\"ssb/folkemengde.url\" is \"u\", want yes or no");
    assert_int_equal(whole, 7);
    assert_near(number, 7.0, 0.0);
}

static void list_is_parted_by_blanks_and_commas(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSettings) settings = settings_of_test();
    g_auto(GStrv) list = sp_settings_list(settings, "list", &error);
    g_autofree char *joined = g_strjoinv("|", list);
    assert_string_equal(joined, "a|b|c");
    g_auto(GStrv) none = sp_settings_list(settings, "none", &error);
    assert_int_equal(g_strv_length(none), 0);
    assert_null(sp_settings_list(settings, "unset", &error));
    assert_error(error, SP_ERROR_CONFIG, "unset");
}

static void description_is_sorted_and_leaves_unset_keys_out(void **state)
{
    (void)state;
    g_autoptr(SpSettings) settings = settings_of_test();
    g_autofree char *text = sp_settings_describe(settings);
    assert_string_equal(
        text, "list=a, b  c,\nno=no\nnone=,\nproject.name=Ås\nproject.seed=42\nproject.share=0.25\n"
              "url=u\nyes=yes\n");
}

static void description_does_not_depend_on_order_of_declaration(void **state)
{
    (void)state;
    static const char *const forwards[] = {"url", "project.seed"};
    static const char *const backwards[] = {"project.seed", "url", "url"};
    g_autoptr(SpConfig) config = config_of(text_of_settings);
    g_autoptr(SpSettings) one = sp_settings_new(config, "ssb/folkemengde", forwards, 2);
    g_autoptr(SpSettings) other = sp_settings_new(config, "ssb/folkemengde", backwards, 3);
    g_autofree char *a = sp_settings_describe(one);
    g_autofree char *b = sp_settings_describe(other);
    assert_string_equal(a, b);
}

static void view_without_a_section_reads_full_keys(void **state)
{
    (void)state;
    static const char *const keys[] = {"project.seed", "alone"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpConfig) config = config_of(text_of_settings);
    g_autoptr(SpSettings) settings = sp_settings_new(config, NULL, keys, 2);
    assert_string_equal(sp_settings_text(settings, "project.seed", &error), "42");
    assert_null(sp_settings_text(settings, "alone", &error));
    assert_error(error, SP_ERROR_CONFIG, "alone");
}

static void threads_are_no_setting(void **state)
{
    (void)state;
    g_autoptr(SpConfig) config = sp_config_new();
    g_autoptr(SpSettings) settings = sp_settings_new(config, NULL, NULL, 0);
    assert_int_equal(sp_settings_threads(settings), 1);
    sp_settings_set_threads(settings, 8);
    assert_int_equal(sp_settings_threads(settings), 8);
    sp_settings_set_threads(settings, 0);
    assert_int_equal(sp_settings_threads(settings), 1);
    g_autofree char *described = sp_settings_describe(settings);
    assert_string_equal(described, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(later_layer_wins_and_keeps_its_origin),
        cmocka_unit_test(a_setting_knows_its_line_and_an_assignment_has_none),
        cmocka_unit_test(sections_and_keys_come_in_byte_order),
        cmocka_unit_test(values_are_raw_text_without_blanks_around),
        cmocka_unit_test(repeated_key_names_both_lines),
        cmocka_unit_test(repeated_section_names_both_lines),
        cmocka_unit_test(same_key_in_two_sections_is_two_settings),
        cmocka_unit_test(key_before_any_section_is_refused),
        cmocka_unit_test(line_of_no_form_is_refused),
        cmocka_unit_test(translation_is_refused_because_it_depends_on_the_user),
        cmocka_unit_test(other_encoding_names_the_line),
        cmocka_unit_test(empty_file_is_an_empty_layer),
        cmocka_unit_test(last_dot_before_equals_parts_section_and_key),
        cmocka_unit_test(assignment_of_no_form_is_usage),
        cmocka_unit_test(declared_keys_are_read),
        cmocka_unit_test(undeclared_key_is_a_bug_though_it_is_set),
        cmocka_unit_test(unset_key_says_where_to_set_it),
        cmocka_unit_test(unset_key_with_a_default_gives_it),
        cmocka_unit_test(wrong_form_names_key_value_origin_and_what_is_allowed),
        cmocka_unit_test(list_is_parted_by_blanks_and_commas),
        cmocka_unit_test(description_is_sorted_and_leaves_unset_keys_out),
        cmocka_unit_test(description_does_not_depend_on_order_of_declaration),
        cmocka_unit_test(view_without_a_section_reads_full_keys),
        cmocka_unit_test(threads_are_no_setting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
