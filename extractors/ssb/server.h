/** What a server of PxWebApi says of itself and of a table before the table is asked for. */
#ifndef SP_EXTRACTORS_SSB_SERVER_H
#define SP_EXTRACTORS_SSB_SERVER_H

#include "extractors/extractor.h"
#include "extractors/ssb/metadata.h"
#include "extractors/ssb/query.h"

/** Which table of which server, asked in the name of which dataset. Borrowed. */
typedef struct {
    const SpSettings *settings;
    const SpFetchContext *context;
    const SpSsbTable *table;
} SpSsbServer;

/** The table's metadata. Errors of sp_fetch_ask and sp_ssb_metadata_parse. */
SpSsbMetadata *sp_ssb_ask_metadata(const SpSsbServer *server, GError **error);

/** The members of a code list (v2 alone tells them): char*, unref. */
GPtrArray *sp_ssb_ask_codelist(const SpSsbServer *server, const char *codelist, GError **error);

/** Cells of one answer at most: the setting max_cells, else what the server says (asked once in a
 * run), else what SSB's user guide says. v1 tells its pace in the same place, which is then that of
 * the run. SP_ERROR_UNAVAILABLE and SP_ERROR_TRY_LATER when the server is not there at all. */
gboolean sp_ssb_ask_max_cells(const SpSsbServer *server, gint64 *max_cells, GError **error);

#endif
