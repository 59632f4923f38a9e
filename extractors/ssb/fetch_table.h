/** A table asked for through PxWebApi, as its server wants to be asked. */
#ifndef SP_EXTRACTORS_SSB_FETCH_TABLE_H
#define SP_EXTRACTORS_SSB_FETCH_TABLE_H

#include "extractors/extractor.h"
#include "extractors/ssb/query.h"

/** Settings that sp_ssb_fetch_table reads besides SP_FETCH_KEYS: the least number of cells the
 * server is known to give, when it is not to be asked for it; words of the table's title. */
#define SP_SSB_TABLE_KEYS "max_cells", "expect"

/**
 * Asks for the metadata, then for the data, in as many answers as the server's limit takes
 * (split.h), each read through before it is taken.
 *
 * Nothing is downloaded when the table's `updated` and the question are those of the newest
 * snapshot: its bytes are the answer. All answers must be of one `updated`; else all are asked for
 * once more. An `updated` that is earlier than the newest snapshot's is noted.
 *
 * Errors: those of sp_fetch_ask; SP_ERROR_CONFIG for a query that is none; SP_ERROR_DATA for a
 * title without the words of `expect`, a variable or code that the table has not, one that it wants
 * and the query lacks, an answer that is not what was asked for; SP_ERROR_TRY_LATER when the table
 * changed twice meanwhile.
 */
SpFetched *sp_ssb_fetch_table(const SpSettings *settings, const SpFetchContext *context,
                              const SpSsbTable *table, const char *query, GError **error);

#endif
