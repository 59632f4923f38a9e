/* Any bytes as JSON, and as a sequence of texts: what is written reads back and is written the same
 * again; a sequence that is taken apart is put together to the same bytes. */
#include "core/io/json.h"
#include "extractors/sequence.h"
#include "tests/fuzz/guard.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void fuzz_json(const char *bytes, gsize size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(json_t) json = sp_json_parse(bytes, size, "fuzz", &error);
    fuzz_check_outcome(json != NULL, &error);
    if (json == NULL) {
        return;
    }
    g_autofree char *text = sp_json_format(json);
    FUZZ_CLAIM(g_utf8_validate(text, -1, NULL));
    g_autoptr(json_t) again = sp_json_parse(text, strlen(text), "fuzz", &error);
    FUZZ_CLAIM(again != NULL || json_is_string(json) || !json_is_object(json));
    if (again != NULL) {
        g_autofree char *second = sp_json_format(again);
        FUZZ_CLAIM(strcmp(text, second) == 0);
    }
}

static void fuzz_sequence(const char *bytes, gsize size)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) texts = sp_sequence_split(bytes, size, "fuzz", &error);
    fuzz_check_outcome(texts != NULL, &error);
    if (texts == NULL) {
        return;
    }
    FUZZ_CLAIM(texts->len > 0);
    g_autoptr(GByteArray) sequence = g_byte_array_new();
    for (guint i = 0; i < texts->len; i++) {
        const SpField *text = &g_array_index(texts, SpField, i);
        g_autoptr(GBytes) owned = g_bytes_new(text->text, text->size);
        gboolean is_added = sp_sequence_add(sequence, owned, "fuzz", &error);
        FUZZ_CLAIM(is_added || (texts->len == 1 && text->size == size));
        g_clear_error(&error);
    }
    gboolean is_framed = size > 0 && bytes[0] == 0x1E;
    FUZZ_CLAIM(!is_framed || (sequence->len == size && memcmp(sequence->data, bytes, size) == 0));
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *bytes = g_memdup2(data, size);
    fuzz_json(bytes == NULL ? "" : bytes, size);
    fuzz_sequence(bytes == NULL ? "" : bytes, size);
    return 0;
}
