/* One text of a descriptor in all languages. */
#include "outputs/datapackage/languages.h"

#include <string.h>

static const char *const names[] = {"nb", "nn", "en"};
enum { N_LANGUAGES = G_N_ELEMENTS(names) };

struct SpLanguages {
    SpPackage packages[N_LANGUAGES]; /* the same but for the language */
    SpWords *words[N_LANGUAGES];
    gsize own;
};

SpLanguages *sp_languages_new(const SpPackage *package, GError **error)
{
    g_autoptr(SpLanguages) languages = g_new0(SpLanguages, 1);
    for (gsize i = 0; i < N_LANGUAGES; i++) {
        languages->packages[i] = *package;
        languages->packages[i].language = names[i];
        languages->words[i] = sp_words_new(&languages->packages[i], error);
        if (languages->words[i] == NULL) {
            return NULL;
        }
        languages->own = strcmp(names[i], package->language) == 0 ? i : languages->own;
    }
    return g_steal_pointer(&languages);
}

void sp_languages_free(SpLanguages *languages)
{
    for (gsize i = 0; languages != NULL && i < N_LANGUAGES; i++) {
        sp_words_free(languages->words[i]);
    }
    g_free(languages);
}

const SpWords *sp_languages_own(const SpLanguages *languages)
{
    return languages->words[languages->own];
}

void sp_languages_set(const SpLanguages *languages, json_t *object, const char *key, SpSaid said,
                      gconstpointer of)
{
    char *texts[N_LANGUAGES];
    for (gsize i = 0; i < N_LANGUAGES; i++) {
        g_autofree char *text = said(languages->words[i], of);
        texts[i] = text != NULL && text[0] != '\0' ? sp_words_clean(text) : NULL;
    }
    if (texts[languages->own] != NULL) {
        json_object_set_new(object, key, json_string(texts[languages->own]));
    }
    for (gsize i = 0; i < N_LANGUAGES; i++) {
        g_autofree char *name = g_strdup_printf("sp:%s_%s", key, names[i]);
        if (texts[i] != NULL) {
            json_object_set_new(object, name, json_string(texts[i]));
        }
        g_free(texts[i]);
    }
}
