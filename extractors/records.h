/**
 * Lists of flat JSON objects, as statistics services give them, to rows: one object a row, one
 * column a member, in the order in which the names first come. Texts stay as they are, numbers and
 * truths become texts, null and a member that is not there an empty field.
 *
 * The list may come in several parts (pages, periods). A row that stands twice, all its members
 * alike, is an error: the pages overlap, and then others are missing.
 */
#ifndef SP_EXTRACTORS_RECORDS_H
#define SP_EXTRACTORS_RECORDS_H

#include "core/io/json.h"
#include "core/sink.h"

enum { SP_RECORDS_MAX_COLUMNS = 300, SP_RECORDS_MAX = 5000000 };

typedef struct SpRecords SpRecords;

/** `origin` names the snapshot in messages. */
SpRecords *sp_records_new(const char *origin);
void sp_records_free(SpRecords *records);

/** Names a column that is there even if no row has it; columns come in the order of the first call
 * that names them. */
void sp_records_name(SpRecords *records, const char *name);

/**
 * Adds the objects of an array. `part` says which one it is in messages ("page 3").
 *
 * SP_ERROR_DATA names origin, part and row: no array, an element that is no object, a member that
 * is a list or an object itself, a row that was there before, too many columns or rows.
 */
gboolean sp_records_add(SpRecords *records, const json_t *array, const char *part, GError **error);

/** Objects so far. */
gsize sp_records_size(const SpRecords *records);
/** Object `i`, borrowed. */
const json_t *sp_records_at(const SpRecords *records, gsize i);
/** The text of a member; "" for null and for none. g_free. */
char *sp_records_text(const json_t *value);

/** Hands all rows to the sink; their numbers count from 1 over all parts. SP_ERROR_DATA when there
 * is no column, else the sink's errors. */
gboolean sp_records_emit(const SpRecords *records, SpSink *sink, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpRecords, sp_records_free)

#endif
