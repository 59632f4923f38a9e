/** The lists that KLASS answers with, and how each of its three forms becomes rows. */
#ifndef SP_EXTRACTORS_KLASS_LISTS_H
#define SP_EXTRACTORS_KLASS_LISTS_H

#include "core/sink.h"

/**
 * Reads an answer to codes, codesAt, changes, corresponds, correspondsAt or correspondencetables,
 * in JSON, XML or CSV (known by its bytes), into the columns of its list:
 *
 *   codes            code parentCode level name shortName validFrom validTo
 *                    validFromInRequestedRange validToInRequestedRange
 *   changes          oldCode oldName newCode newName changeOccurred
 *   correspondences  sourceCode sourceName targetCode targetName validFrom validTo
 *
 * A column that a call or form leaves out is empty, as null is: one layout serves all. CSV is UTF-8
 * when it is valid as such, else ISO-8859-1; comma or semicolon. An empty oldCode is a code that
 * was born, an empty newCode one that ended.
 *
 * SP_ERROR_DATA naming `origin` and item or row: none of these lists, an item that is no object or
 * has other values than texts, a code, day or both codes that are not there, no codes at all, more
 * than SP_KLASS_MAX_ITEMS items, a name that has lost letters on its way through ISO-8859-1 ("?").
 */
enum { SP_KLASS_MAX_ITEMS = 200000 };
gboolean sp_klass_read(const char *bytes, gsize size, const char *origin, SpSink *sink,
                       GError **error);

#endif
