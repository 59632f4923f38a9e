/** What letters tell of packages: read from the tables of an edition. */
#ifndef SP_PIPELINE_LETTER_SOURCES_H
#define SP_PIPELINE_LETTER_SOURCES_H

#include "core/table.h"
#include "outputs/feed/feed.h"
#include "pipeline/context.h"

/** One package of an office. All owned but `is`. */
typedef struct {
    const SpFeedPackage *is;
    SpTables *tables;       /* kilder, grunnlag and endringer; NULL: not read */
    SpTable *changes;       /* slag, aarsak · antall; NULL: none */
    char *previous;         /* the edition that they are since; NULL: there was none */
    GPtrArray *provisional; /* names of tables with provisional figures, ended by NULL */
} SpLetterSource;

/** What the tables of packages (SpFeedPackage) in `edition` tell (NULL: they are not read):
 * SpLetterSource, owned by the array, which borrows from `packages`. Errors of reading tables. */
GPtrArray *sp_letter_sources_read(const SpContext *context, const GArray *packages,
                                  const char *edition, GError **error);

/** What must stand in everything that is made of them; NULL: nothing. Borrowed. */
const char *sp_letter_sources_notice(const GPtrArray *packages);

#endif
