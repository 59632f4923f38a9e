/** Names in the order of the Norwegian alphabet, as a list for readers has them: æ, ø and å last,
 * letters with other marks as those without (á as a). No locale. */
#ifndef SP_OUTPUTS_ALPHABET_H
#define SP_OUTPUTS_ALPHABET_H

#include <glib.h>

/** Below, at or above 0 as strcmp, of two names in UTF-8, great and small letters alike; of names
 * with the same letters the order of their bytes. */
int sp_alphabet_compare(const char *a, const char *b);

#endif
