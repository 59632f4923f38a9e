/** The codes of one column of published cells, and which of them are sums of others. */
#ifndef SP_TRANSFORMS_PROTECT_NESTING_H
#define SP_TRANSFORMS_PROTECT_NESTING_H

#include "core/codes.h"

/** One way to sum up a code. */
typedef struct {
    guint source;
    guint32 whole;
    GArray *parts; /* guint32 codes */
} SpNestingSum;

typedef struct {
    SpCodes *codes;
    GPtrArray *sums; /* SpNestingSum*; a code may be summed up in several ways */
    GArray **parts;  /* [codes] guint32 codes that are summed up in some way; NULL: a leaf */
    GArray **above;  /* [codes] guint32 of a leaf: itself and all that hold it, rising; of sums, and
                       of codes that no leaf is in, empty */
} SpNesting;

/** Of no codes. */
SpNesting *sp_nesting_new(void);
void sp_nesting_free(SpNesting *nesting);

/** `part` is one of those that `whole` is the sum of by a source, such as the number of a table.
 * Both are added if they are new; said twice is said once. */
void sp_nesting_add(SpNesting *nesting, guint source, const char *whole, const char *part);

/** A code that stands alone, if it is new. Returns its number. */
guint32 sp_nesting_add_code(SpNesting *nesting, const char *code);

/** Age groups ("015-034") without parts become the sums of those without parts that lie in them, if
 * these fill them: two tables may count the same persons in other groups. After all that is said of
 * parts. */
void sp_nesting_join_ages(SpNesting *nesting);

/** When all codes are there: finds what is above each leaf, and keeps one of several sources that
 * say the same. SP_ERROR_DATA for a code that holds
 * itself. */
gboolean sp_nesting_close(SpNesting *nesting, GError **error);

static inline gboolean sp_nesting_is_leaf(const SpNesting *nesting, guint32 code)
{
    return nesting->parts[code] == NULL;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpNesting, sp_nesting_free)

#endif
