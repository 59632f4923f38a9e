/** One question as several, none of them larger than the server answers. */
#ifndef SP_EXTRACTORS_SSB_SPLIT_H
#define SP_EXTRACTORS_SSB_SPLIT_H

#include "extractors/ssb/question.h"

/** More parts than this are no question for one night. */
enum { SP_SSB_MAX_PARTS = 1000 };

/** Cells of the answer: the product of the numbers of codes, all plain; a variable without codes
 * counts as one. G_MAXUINT64 when it is beyond that. */
guint64 sp_ssb_n_cells(const GPtrArray *question);

/**
 * GPtrArray* of SpSsbVariable* each; unref. One part, `question` itself in copy, when it fits. Else
 * the variable with the most codes (the first of equals) is cut into the fewest runs of codes that
 * fit, of nearly equal length and in order; if one code of it is too much, each code is cut further
 * along the next variable. Every cell is in exactly one part. SP_ERROR_CONFIG when it takes more
 * than SP_SSB_MAX_PARTS.
 */
GPtrArray *sp_ssb_split(const GPtrArray *question, guint64 max_cells, GError **error);

#endif
