/* Any text as the setting `inbox` and as names of files: deliveries have names that can stand in a
 * path, and those that are missing are none of those there are. */
#include "pipeline/inbox_pattern.h"
#include "tests/fuzz/guard.h"
#include "tests/fuzz/parts.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

enum { MAX_NAMES = 16 };

static void claim_missing(const SpInboxPattern *pattern, const GPtrArray *parts)
{
    const char *const *there = (const char *const *)parts->pdata;
    g_auto(GStrv) missing = sp_inbox_pattern_missing(pattern, there);
    for (char **part = missing; *part != NULL; part++) {
        FUZZ_CLAIM(!g_strv_contains(there, *part));
        FUZZ_CLAIM(part[1] == NULL || strcmp(part[0], part[1]) < 0);
    }
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autoptr(GError) error = NULL;
    SpField texts[MAX_NAMES + 1];
    fuzz_parts(data, size, texts, G_N_ELEMENTS(texts));
    g_autofree char *setting = g_strndup(texts[0].text, texts[0].size);
    g_autoptr(SpInboxPattern) pattern = sp_inbox_pattern_new(setting, &error);
    fuzz_check_outcome(pattern != NULL, &error);
    if (pattern == NULL) {
        return 0;
    }
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 1; i < G_N_ELEMENTS(texts); i++) {
        g_autofree char *name = g_strndup(texts[i].text, texts[i].size);
        char *part = sp_inbox_pattern_part(pattern, name);
        if (part == NULL) {
            continue;
        }
        FUZZ_CLAIM(sp_inbox_pattern_has_places(pattern) == (part[0] != '\0'));
        FUZZ_CLAIM(strpbrk(part, "/.*?{}\\ \n") == NULL);
        g_ptr_array_add(parts, part);
    }
    g_ptr_array_add(parts, NULL);
    claim_missing(pattern, parts);
    return 0;
}
