/**
 * A dictionary of codes: distinct UTF-8 strings numbered from 0 in order of first appearance. Shared between columns by
 * reference count; adding is not thread-safe.
 */
#ifndef SP_CORE_CODES_H
#define SP_CORE_CODES_H

#include <glib.h>

typedef struct SpCodes SpCodes;

SpCodes *sp_codes_new(void);
SpCodes *sp_codes_ref(SpCodes *codes);
void sp_codes_unref(SpCodes *codes);

guint32 sp_codes_size(const SpCodes *codes);
/** The text of code number `i`, borrowed for the life of the dictionary. */
const char *sp_codes_text(const SpCodes *codes, guint32 i);
/** The number of a code, added if new. */
guint32 sp_codes_add(SpCodes *codes, const char *text);
guint32 sp_codes_add_sized(SpCodes *codes, const char *text, gsize size);
/** The number of a code that may be absent (FALSE, `i` untouched). */
gboolean sp_codes_find(const SpCodes *codes, const char *text, guint32 *i);

/** Byte order (strcmp) of the codes: rank[i] is the place of code i. [sp_codes_size]; caller frees with g_free. */
guint32 *sp_codes_ranks(const SpCodes *codes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpCodes, sp_codes_unref)

#endif
