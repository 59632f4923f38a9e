/** Rows that bear the code of one kommune and are another's (a layout's exceptions). */
#ifndef SP_TRANSFORMS_NORMALISE_EXCEPTIONS_H
#define SP_TRANSFORMS_NORMALISE_EXCEPTIONS_H

#include "core/layout.h"
#include "core/table.h"

/** TRUE if a row of this region and period is the exception's. */
gboolean sp_exception_holds(const SpLayoutException *exception, const char *region,
                            const char *period);

/**
 * Parts `facts` (our codes, not yet restated) in two: the rows of an exception, with the region
 * they stand for, and the rest. Either may be without rows. *others is owned by the caller.
 */
SpTable *sp_exception_take(const SpTable *facts, const SpLayoutException *exception,
                           SpTable **others);

#endif
