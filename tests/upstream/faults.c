/* The words that order a fault. */
#include "tests/upstream/faults.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

typedef enum { IS_FLAG, IS_NUMBER, IS_TEXT } Kind;

/* `fallback`: what the word means without a value; NULL when it needs one. */
static const struct {
    const char *word;
    Kind kind;
    const char *fallback;
    gsize offset;
} words[] = {
    {"retry-after", IS_NUMBER, NULL, G_STRUCT_OFFSET(FakeFaults, retry_after_s)},
    {"delay", IS_NUMBER, NULL, G_STRUCT_OFFSET(FakeFaults, delay_ms)},
    {"times", IS_NUMBER, NULL, G_STRUCT_OFFSET(FakeFaults, times)},
    {"updated-back", IS_NUMBER, "365", G_STRUCT_OFFSET(FakeFaults, updated_back_days)},
    {"cut", IS_FLAG, "1", G_STRUCT_OFFSET(FakeFaults, cut)},
    {"empty", IS_FLAG, "1", G_STRUCT_OFFSET(FakeFaults, empty)},
    {"html", IS_FLAG, "1", G_STRUCT_OFFSET(FakeFaults, html)},
    {"px", IS_FLAG, "1", G_STRUCT_OFFSET(FakeFaults, px)},
    {"charset", IS_FLAG, "1", G_STRUCT_OFFSET(FakeFaults, charset)},
    {"bom", IS_FLAG, "1", G_STRUCT_OFFSET(FakeFaults, bom)},
    {"gzip", IS_FLAG, "1", G_STRUCT_OFFSET(FakeFaults, gzip)},
    {"grow", IS_FLAG, "1", G_STRUCT_OFFSET(FakeFaults, grow)},
    {"repeat", IS_FLAG, "1", G_STRUCT_OFFSET(FakeFaults, repeat)},
    {"lose", IS_FLAG, "1", G_STRUCT_OFFSET(FakeFaults, lose)},
    {"drift", IS_FLAG, "1", G_STRUCT_OFFSET(FakeFaults, drift)},
    {"missing-400", IS_FLAG, "1", G_STRUCT_OFFSET(FakeFaults, missing_400)},
    {"redirect", IS_TEXT, "http", G_STRUCT_OFFSET(FakeFaults, redirect)},
    {"zeros", IS_TEXT, "0", G_STRUCT_OFFSET(FakeFaults, zeros)},
    {"vanish", IS_TEXT, NULL, G_STRUCT_OFFSET(FakeFaults, vanish)},
};

static gboolean parse_status(FakeFaults *faults, const char *word)
{
    gint64 status = 0;
    if (!sp_number_parse_int(word, strlen(word), &status) || status < 200 || status > 599) {
        return FALSE;
    }
    faults->status = status;
    return TRUE;
}

static gboolean parse_word(FakeFaults *faults, const char *word, GError **error)
{
    gsize size = strcspn(word, "=");
    const char *value = word[size] == '=' ? word + size + 1 : NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        if (strlen(words[i].word) != size || strncmp(word, words[i].word, size) != 0) {
            continue;
        }
        const char *text = value != NULL && words[i].kind != IS_FLAG ? value : words[i].fallback;
        char *member = (char *)faults + words[i].offset;
        if (text != NULL && words[i].kind == IS_TEXT) {
            g_free(*(char **)(gpointer)member);
            *(char **)(gpointer)member = g_strdup(text);
            return TRUE;
        }
        if (text != NULL && sp_number_parse_int(text, strlen(text), (gint64 *)(gpointer)member)) {
            return TRUE;
        }
        return sp_error_set(error, SP_ERROR_USAGE, "fault \"%s\": want %s=VALUE", word,
                            words[i].word);
    }
    return parse_status(faults, word) ||
           sp_error_set(error, SP_ERROR_USAGE,
                        "fault \"%s\": not a word of tests/upstream/faults.h", word);
}

gboolean fake_faults_parse(FakeFaults *faults, const char *text, GError **error)
{
    g_auto(GStrv) pieces = g_strsplit_set(text, " ,", -1);
    for (char **piece = pieces; *piece != NULL; piece++) {
        if (**piece != '\0' && !parse_word(faults, *piece, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

void fake_faults_clear(FakeFaults *faults)
{
    g_free(faults->redirect);
    g_free(faults->zeros);
    g_free(faults->vanish);
    *faults = (FakeFaults){0};
}
