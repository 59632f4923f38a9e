/* No function has more than six parameters, by the text of all our C: what more belongs together
 * has a name, and is a struct. */
#include "tests/check.h"

enum { MOST = 6 };

static const char *const rooms[] = {"core",    "extractors", "transforms",
                                    "outputs", "pipeline",   "tests"};

/* Those whose parameters are not ours to choose. */
static const struct {
    const char *file;
    const char *function;
    const char *why;
} allowed[] = {
    {"outputs/xlsx/level.c", "zipOpenNewFileInZip4_64", "minizip's own"},
    {"outputs/xlsx/level.c", "next", "the same, handed on"},
    {"core/io/xml_stream.c", "on_start", "libxml2 calls it"},
    {"tests/core/io/upstream.h", "on_request", "libmicrohttpd calls it"},
    {"tests/extractors/upstream.c", "handle", "libmicrohttpd calls it"},
    {"tests/upstream/server.c", "handle", "libmicrohttpd calls it"},
    {"tests/nights/world.c", "on_request", "libmicrohttpd calls it"},
};

static char *skip_quoted(char *at)
{
    for (char quote = *at++; *at != quote && *at != '\0'; at++) {
        at += *at == '\\' && at[1] != '\0' ? 1 : 0;
    }
    return *at == '\0' ? at : at + 1;
}

/* The end of a comment, a quotation or a line of the preprocessor that begins here; else `at`. */
static char *end_of(char *at, gboolean is_line_begin)
{
    if (at[0] == '/' && at[1] == '*') {
        char *end = strstr(at, "*/");
        return end == NULL ? at + strlen(at) : end + 2;
    }
    if (*at == '"' || *at == '\'') {
        return skip_quoted(at);
    }
    char *end = at;
    while (*at == '#' && is_line_begin && *end != '\0' && (*end != '\n' || end[-1] == '\\')) {
        end++;
    }
    return end;
}

/* What is no code becomes blanks; lines stay. */
static void blank(char *text)
{
    gboolean is_line_begin = TRUE;
    for (char *at = text; *at != '\0';) {
        char *end = end_of(at, is_line_begin);
        is_line_begin = end == at && (*at == '\n' || (is_line_begin && g_ascii_isspace(*at)));
        if (end == at) {
            at++;
        }
        for (; at < end; at++) {
            *at = *at == '\n' ? '\n' : ' ';
        }
    }
}

/* The name before a parenthesis: "f" of "f(", "(*f)" of a pointer to a function. g_free. */
static char *name_before(const char *text, const char *open)
{
    const char *end = open;
    while (end > text && g_ascii_isspace(end[-1])) {
        end--;
    }
    end -= end > text && end[-1] == ')' ? 1 : 0;
    const char *begin = end;
    while (begin > text && (g_ascii_isalnum(begin[-1]) || begin[-1] == '_')) {
        begin--;
    }
    return g_strndup(begin, (gsize)(end - begin));
}

/* "LINE NAME" (char*) of each function or pointer to one that is declared with more than MOST: a
 * list in parentheses outside all braces, or behind others ("(*f)(...)"). */
static GPtrArray *find_long(char *text)
{
    GPtrArray *found = g_ptr_array_new_with_free_func(g_free);
    guint line = 1, braces = 0, n_commas = 0, depth = 0, first = 0;
    char *open = NULL, before = '\0';
    blank(text);
    for (char *at = text; *at != '\0'; at++) {
        line += *at == '\n' ? 1 : 0;
        braces += *at == '{' && open == NULL ? 1 : 0;
        braces -= *at == '}' && open == NULL && braces > 0 ? 1 : 0;
        if (*at == '(' && open == NULL && (braces == 0 || before == ')')) {
            open = at;
            first = line;
            n_commas = depth = 0;
        }
        depth += open != NULL && strchr("([{", *at) != NULL ? 1 : 0;
        n_commas += depth == 1 && *at == ',' ? 1 : 0;
        depth -= open != NULL && strchr(")]}", *at) != NULL ? 1 : 0;
        if (open != NULL && depth == 0) {
            g_autofree char *name = name_before(text, open);
            if (n_commas >= MOST) {
                g_ptr_array_add(found, g_strdup_printf("%u %s", first, name));
            }
            open = NULL;
        }
        before = g_ascii_isspace(*at) ? before : *at;
    }
    return found;
}

static gboolean is_allowed(const char *file, const char *found, gboolean is_used[])
{
    for (gsize i = 0; i < G_N_ELEMENTS(allowed); i++) {
        if (strcmp(file, allowed[i].file) == 0 &&
            strcmp(strchr(found, ' ') + 1, allowed[i].function) == 0) {
            is_used[i] = TRUE;
            return TRUE;
        }
    }
    return FALSE;
}

static guint check_file(const char *file, gboolean is_used[])
{
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, file, NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_autoptr(GPtrArray) found = find_long(text);
    guint n = 0;
    for (guint i = 0; i < found->len; i++) {
        if (!is_allowed(file, found->pdata[i], is_used)) {
            print_error("%s: line %s has more than %d parameters; name in a struct what belongs "
                        "together\n",
                        file, (char *)found->pdata[i], MOST);
            n++;
        }
    }
    return n;
}

/* How many are too long, in the folder and those below it. */
static guint check_folder(const char *folder, gboolean is_used[], guint *n_files)
{
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, folder, NULL);
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    guint n = 0;
    assert_non_null(dir);
    for (const char *name = g_dir_read_name(dir); name != NULL; name = g_dir_read_name(dir)) {
        g_autofree char *below = g_strconcat(folder, "/", name, NULL);
        g_autofree char *whole = g_build_filename(path, name, NULL);
        if (g_file_test(whole, G_FILE_TEST_IS_DIR)) {
            n += check_folder(below, is_used, n_files);
        } else if (g_str_has_suffix(name, ".c") || g_str_has_suffix(name, ".h")) {
            n += check_file(below, is_used);
            (*n_files)++;
        }
    }
    return n;
}

static void no_function_has_more_than_six_parameters(void **state)
{
    gboolean is_used[G_N_ELEMENTS(allowed)] = {FALSE};
    guint n = 0, n_files = 0;
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(rooms); i++) {
        n += check_folder(rooms[i], is_used, &n_files);
    }
    assert_int_equal(n, 0);
    assert_true(n_files > 1000);
    for (gsize i = 0; i < G_N_ELEMENTS(allowed); i++) {
        if (!is_used[i]) {
            fail_msg("%s: %s (%s) need not be allowed any more", allowed[i].file,
                     allowed[i].function, allowed[i].why);
        }
    }
}

static void assert_found(const char *text, const char *wanted)
{
    g_autofree char *copy = g_strdup(text);
    g_autoptr(GPtrArray) found = find_long(copy);
    g_ptr_array_add(found, NULL);
    g_autofree char *joined = g_strjoinv(", ", (char **)found->pdata);
    assert_string_equal(joined, wanted);
}

static void the_seventh_is_found_wherever_it_is_declared(void **state)
{
    (void)state;
    assert_found("int f(int a, int b, int c, int d, int e, int f);", "");
    assert_found("\nint f(int a, int b, int c, int d,\n int e, int f, int g)\n{\n}\n", "2 f");
    assert_found("struct S {\n int (*p)(int a, int b, int c, int d, int e, int f, int g);\n};",
                 "2 p");
    assert_found("typedef int (*Parse)(int a, int b, int c, int d, int e, int f, int g);",
                 "1 Parse");
}

static void commas_that_part_no_parameters_are_none(void **state)
{
    (void)state;
    assert_found("int f(int (*g)(int, int, int, int), int b[N(1, 2, 3)], int c);", "");
    assert_found("int f(int a /* 1,2,3,4,5,6,7 */, int b);", "");
    assert_found(
        "/* x */\n#define F(a, b, c, d, e, f, g) \\\n g(a, b, c, d, e, f, g)\nint f(int a);", "");
    assert_found("int f(void)\n{\n return g(1, 2, 3, 4, 5, 6, 7, '(', \"\\\"(\");\n}\n", "");
    assert_found("/* { */ char c = '{'; int f(int a, int b, int c, int d, int e, int f, int g);",
                 "1 f");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_function_has_more_than_six_parameters),
        cmocka_unit_test(the_seventh_is_found_wherever_it_is_declared),
        cmocka_unit_test(commas_that_part_no_parameters_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
