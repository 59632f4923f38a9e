/** A package's words in every language that its texts have, for a descriptor that speaks all. */
#ifndef SP_OUTPUTS_DATAPACKAGE_LANGUAGES_H
#define SP_OUTPUTS_DATAPACKAGE_LANGUAGES_H

#include "core/io/json.h"
#include "outputs/words.h"

typedef struct SpLanguages SpLanguages;

/** The package is borrowed and outlives it. Errors of sp_words_new. */
SpLanguages *sp_languages_new(const SpPackage *package, GError **error);
void sp_languages_free(SpLanguages *languages);
/** Those of the package's own language. */
const SpWords *sp_languages_own(const SpLanguages *languages);

/** What is said of something in one language; NULL and "" are nothing. g_free. */
typedef char *(*SpSaid)(const SpWords *words, gconstpointer of);

/** Sets KEY of an object to what is said in the package's own language, and sp:KEY_nb, sp:KEY_nn
 * and sp:KEY_en to what is said in each; where nothing is said, nothing is set. */
void sp_languages_set(const SpLanguages *languages, json_t *object, const char *key, SpSaid said,
                      gconstpointer of);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpLanguages, sp_languages_free)

#endif
