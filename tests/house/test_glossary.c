/* The glossary: a term is looked for by its key, so rows are in their order and none stands
 * twice. */
#include "tests/check.h"

/* The key of a row: what stands first in its first cell, in small letters; NULL for other lines. */
static char *key_of(const char *line)
{
    if (!g_str_has_prefix(line, "| ") || g_str_has_prefix(line, "| key ")) {
        return NULL;
    }
    g_autofree char *key = g_strndup(line + 2, strcspn(line + 2, ", (|"));
    return g_ascii_strdown(key, -1);
}

static void terms_are_in_the_order_of_their_keys_and_none_stands_twice(void **state)
{
    (void)state;
    g_autofree char *text = NULL;
    g_autofree char *before = g_strdup("");
    guint n = 0;
    assert_true(g_file_get_contents(SP_SOURCE_FOLDER "/docs/glossary.md", &text, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line != NULL; line++) {
        char *key = key_of(*line);
        if (key == NULL) {
            continue;
        }
        if (strcmp(before, key) >= 0) {
            fail_msg("\"%s\" stands after \"%s\": move it to its place, or make one row of two",
                     key, before);
        }
        g_free(before);
        before = key;
        n++;
    }
    assert_true(n > 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(terms_are_in_the_order_of_their_keys_and_none_stands_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
