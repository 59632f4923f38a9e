/**
 * The key sentences in the package's language. A sentence is worded by the templates
 * "headline.REGEL.VARIANT" of the catalogue of texts, those of `variant` one after the other; a
 * field stands in braces, {felt}, and is a row of the table of figures. Nothing is computed and
 * nothing chosen.
 */
#ifndef SP_OUTPUTS_SENTENCES_H
#define SP_OUTPUTS_SENTENCES_H

#include "outputs/words.h"

/**
 * Fills `tekst` of the table `noekkelsetninger` (docs/tables.md) by the figures of
 * `noekkelsetninger_tall`: figures in the reader's form (percent in words, a zero as 0), codes in
 * words: several as "A, B og C", the package's own region by its title, professions and tables in
 * small letters. SP_ERROR_CONFIG names a template that is not there, or that names a field which
 * its rule does not give.
 */
gboolean sp_sentences_write(const SpWords *words, SpTable *sentences, const SpTable *figures,
                            GError **error);

/** The fields that a template names, in its order, each as often as it does. NULL-terminated,
 * g_strfreev. */
char **sp_sentences_fields(const char *template);

#endif
