/** What every file of an edition must say of the data that it is made from. */
#ifndef SP_PIPELINE_NOTICES_H
#define SP_PIPELINE_NOTICES_H

#include "core/table.h"
#include "core/texts.h"

/** The column of a table that says it in each row. */
#define SP_NOTICES_COLUMN "merknad"

/** The text ids of the notices of marks (or-ed SpMarks), in the order in which they stand in files;
 * NULL-terminated. */
enum { SP_NOTICES_SIZE = 3 };
void sp_notices_find(guint marks, const char *notices[SP_NOTICES_SIZE]);

/** Adds the column to each table, of their texts in the language; none where there is no notice. */
void sp_notices_add_column(SpTables *tables, const char *const *notices, const SpTexts *texts,
                           const char *language);

#endif
