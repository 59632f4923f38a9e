/** What letters tell of packages: read from the tables of an edition. */
#ifndef SP_PIPELINE_LETTER_SOURCES_H
#define SP_PIPELINE_LETTER_SOURCES_H

#include "core/table.h"
#include "pipeline/assembly.h"

/** One package of an office. All owned. */
typedef struct {
    SpPlace place;
    SpTables *tables;       /* kilder, grunnlag and endringer; NULL: not read */
    SpTable *changes;       /* slag, aarsak · antall; NULL: none */
    char *previous;         /* the edition that they are since; NULL: there was none */
    GPtrArray *provisional; /* names of tables with provisional figures, ended by NULL */
} SpLetterSource;

/** The packages of an office in the order of config/fylker.csv, with what their tables in `edition`
 * tell (NULL: without): SpLetterSource, owned by the array. Errors of reading tables. */
GPtrArray *sp_letter_sources_read(SpContext *context, const char *office, const char *edition,
                                  GError **error);

/** What must stand in everything that is made of them; NULL: nothing. Borrowed. */
const char *sp_letter_sources_notice(const GPtrArray *packages);

#endif
