/**
 * A dictionary of codes: distinct UTF-8 strings numbered from 0 in order of first appearance.
 * Shared between columns by reference count. Any number of threads may read a dictionary, take and
 * release references at once; while one adds, no other may use it. And the same for tuples of code
 * numbers, without the references.
 */
#ifndef SP_CORE_CODES_H
#define SP_CORE_CODES_H

#include <glib.h>

typedef struct SpCodes SpCodes;

SpCodes *sp_codes_new(void);
/** The same codes under the same numbers in a dictionary of its own. */
SpCodes *sp_codes_copy(const SpCodes *codes);
SpCodes *sp_codes_ref(SpCodes *codes);
void sp_codes_unref(SpCodes *codes);

guint32 sp_codes_size(const SpCodes *codes);
/** The text of code number `i`, borrowed for the life of the dictionary. */
const char *sp_codes_text(const SpCodes *codes, guint32 i);
/** The number of a code, added if new. */
guint32 sp_codes_add(SpCodes *codes, const char *text);
/** The same for a text that is not NUL-terminated; a NUL inside ends it. */
guint32 sp_codes_add_sized(SpCodes *codes, const char *text, gsize size);
/** The number of a code that may be absent (FALSE, `i` untouched). */
gboolean sp_codes_find(const SpCodes *codes, const char *text, guint32 *i);
/** The same for a text that is not NUL-terminated; one with a NUL inside is never there. */
gboolean sp_codes_find_sized(const SpCodes *codes, const char *text, gsize size, guint32 *i);

/** Byte order (strcmp) of two codes, as g_ptr_array_sort and qsort want it: `a` and `b` point at
 * elements of type const char *. */
int sp_codes_compare(gconstpointer a, gconstpointer b);

/** The place of a code in a list [n] of any order; n if it is not there. */
gsize sp_codes_place(char *const codes[], gsize n, const char *code);
/** The same of each code of a dictionary by its number, -1 where it is not there: for loops over
 * the rows of a table. The codes of the list [n] are distinct. [sp_codes_size]; caller frees with
 * g_free.
 */
gint32 *sp_codes_places(const SpCodes *codes, char *const list[], gsize n);

/** Byte order (strcmp) of the codes: rank[i] is the place of code i. [sp_codes_size]; caller frees
 * with g_free. */
guint32 *sp_codes_ranks(const SpCodes *codes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpCodes, sp_codes_unref)

/** Distinct tuples of `width` numbers, numbered from 0 in order of first appearance. A width of 0
 * knows one tuple. */
typedef struct SpTuples SpTuples;

SpTuples *sp_tuples_new(gsize width);
void sp_tuples_free(SpTuples *tuples);
guint32 sp_tuples_size(const SpTuples *tuples);
/** Tuple number `i` [width], valid until the next is added. */
const guint32 *sp_tuples_at(const SpTuples *tuples, guint32 i);
/** The number of a tuple [width], added if new: then it is the size there was before. */
guint32 sp_tuples_add(SpTuples *tuples, const guint32 tuple[]);
gboolean sp_tuples_find(const SpTuples *tuples, const guint32 tuple[], guint32 *i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpTuples, sp_tuples_free)

#endif
