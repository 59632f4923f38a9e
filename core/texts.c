/* The catalogue of texts. */
#include "core/texts.h"

#include <string.h>

#include "core/error.h"

static const char *const languages[] = {"nb", "nn", "en"};
enum { NB, NN, EN, N_LANGUAGES };

struct SpTexts {
    SpCodes *ids;
    SpCodes *words;     /* every text, once */
    guint32 *by_number; /* [n_ids][N_LANGUAGES], numbers in `words` */
};

/* Checks one row; the texts of `words` are those of the languages. */
static gboolean check_row(const SpTexts *texts, const char *id,
                          const char *const words[N_LANGUAGES], gsize row, GError **error)
{
    guint32 known;
    if (id[0] == '\0') {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "texts: row %" G_GSIZE_FORMAT " has no id; name it or remove it",
                            row + 1);
    }
    if (sp_codes_find(texts->ids, id, &known)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "texts: id \"%s\" stands more than once; remove one", id);
    }
    for (guint i = NB; i <= NN; i++) {
        if (words[i][0] == '\0') {
            return sp_error_set(
                error, SP_ERROR_CONFIG,
                "texts: id \"%s\" has no text in %s; write one (en alone may be empty)", id,
                languages[i]);
        }
    }
    return TRUE;
}

SpTexts *sp_texts_new(const SpTable *table, GError **error)
{
    static const char *const names[] = {"id", "nb", "nn", "en"};
    gsize columns[G_N_ELEMENTS(names)], n_rows = sp_table_n_rows(table);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        if (!sp_table_need(table, names[i], SP_COLUMN_CODE, &columns[i], NULL)) {
            sp_error_set(error, SP_ERROR_CONFIG, "texts: no column \"%s\"; want id, nb, nn, en",
                         names[i]);
            return NULL;
        }
    }
    g_autoptr(SpTexts) texts = g_new0(SpTexts, 1);
    texts->ids = sp_codes_new();
    texts->words = sp_codes_new();
    texts->by_number = g_new(guint32, n_rows * N_LANGUAGES);
    for (gsize row = 0; row < n_rows; row++) {
        const char *id = sp_table_code(table, row, columns[0]), *words[N_LANGUAGES];
        for (guint i = 0; i < N_LANGUAGES; i++) {
            words[i] = sp_table_code(table, row, columns[i + 1]);
        }
        if (!check_row(texts, id, words, row, error)) {
            return NULL;
        }
        gsize first = (gsize)sp_codes_add(texts->ids, id) * N_LANGUAGES;
        for (guint i = 0; i < N_LANGUAGES; i++) {
            texts->by_number[first + i] =
                sp_codes_add(texts->words, words[i][0] != '\0' ? words[i] : words[NB]);
        }
    }
    return g_steal_pointer(&texts);
}

void sp_texts_free(SpTexts *texts)
{
    if (texts == NULL) {
        return;
    }
    sp_codes_unref(texts->ids);
    sp_codes_unref(texts->words);
    g_free(texts->by_number);
    g_free(texts);
}

const char *sp_texts_find(const SpTexts *texts, const char *id, const char *language)
{
    guint32 number, chosen = NB;
    if (!sp_codes_find(texts->ids, id, &number)) {
        return id;
    }
    for (guint i = 0; i < N_LANGUAGES; i++) {
        if (strcmp(languages[i], language) == 0) {
            chosen = i;
        }
    }
    return sp_codes_text(texts->words, texts->by_number[(gsize)number * N_LANGUAGES + chosen]);
}

gboolean sp_texts_has(const SpTexts *texts, const char *id)
{
    guint32 number;
    return sp_codes_find(texts->ids, id, &number);
}
