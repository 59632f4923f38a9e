/** Which variation is unwanted here: the rows of table `uforklart` (docs/tables.md) that are judged
 * unfavourable, with how far they are from what need and constraints predict. Nothing is computed.
 */
#ifndef SP_OUTPUTS_UNWANTED_H
#define SP_OUTPUTS_UNWANTED_H

#include "outputs/words.h"

/** A table `uforklart` of the package's own rows of that judgement, by indicator and kommune and
 * not by size, with the columns that a reader needs. Without rows where nobody is judged so; NULL
 * where the package has no such table. The caller frees. */
SpTable *sp_unwanted_new(const SpWords *words);

#endif
