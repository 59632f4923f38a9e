/* What a table says of itself, v2: its time goes into names of editions, so it must be one. */
#include "extractors/ssb/metadata.h"

#include "tests/check.h"

#include <string.h>

#define TABLE(updated)                                                                             \
    "{\"version\":\"2.0\",\"class\":\"dataset\",\"label\":\"07459: Befolkning\"," updated          \
    "\"id\":[\"Tid\"],\"size\":[1],\"role\":{\"time\":[\"Tid\"]},"                                 \
    "\"dimension\":{\"Tid\":{\"category\":{\"index\":{\"2026\":0}}}},\"value\":[]}"

static void assert_updated(const char *text, const char *updated)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpSsbMetadata) metadata =
        sp_ssb_metadata_parse(text, strlen(text), "07459.json", &error);
    assert_no_error(error);
    if (g_strcmp0(metadata->updated, updated) != 0) {
        fail_msg("updated is \"%s\"", metadata->updated);
    }
}

static void time_of_a_table_is_told(void **state)
{
    (void)state;
    assert_updated(TABLE("\"updated\":\"2026-02-25T07:00:00Z\","), "2026-02-25T07:00:00Z");
    assert_updated(TABLE("\"updated\":\"2026-02-25\","), "2026-02-25");
    assert_updated(TABLE(""), NULL);
}

static void text_that_is_no_time_is_not_told(void **state)
{
    (void)state;
    assert_updated(TABLE("\"updated\":\"../../../x\","), NULL);
    assert_updated(TABLE("\"updated\":\"2026-02-25/../../x\","), NULL);
    assert_updated(TABLE("\"updated\":\"2026-13-25T07:00:00Z\","), NULL);
    g_autofree char *noughts = g_strnfill(100000, '0');
    g_autofree char *text =
        g_strconcat("{\"version\":\"2.0\",\"class\":\"dataset\",\"label\":\"x\",\"updated\":"
                    "\"2026-02-25T07:00:00.",
                    noughts,
                    "Z\",\"id\":[\"Tid\"],\"size\":[1],\"dimension\":{\"Tid\":"
                    "{\"category\":{\"index\":{\"2026\":0}}}},\"value\":[]}",
                    NULL);
    assert_updated(text, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_of_a_table_is_told),
        cmocka_unit_test(text_that_is_no_time_is_not_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
