/** One figure of a source: the text of its field and, where there is one, the sign beside it. */
#ifndef SP_CORE_FIGURE_H
#define SP_CORE_FIGURE_H

#include "core/layout.h"
#include "core/sink.h"

/** A figure where it stands. All is borrowed for the call. */
typedef struct {
    const SpLayout *layout;
    const char *origin;           /* of the file, for messages */
    guint64 number;               /* of the row in the source */
    const SpLayoutColumn *is;     /* the column of the figure */
    const SpLayoutColumn *counts; /* where the minimum stands: `is`, the [measure CODE] of the row,
                                     or NULL (none) */
    const SpField *field;
    const SpField *sign; /* NULL: the layout names no sign column */
} SpFigure;

/**
 * The figure as core/builder.h says: value and status, and the flags of a number whose sign is `*`
 * (SP_FLAG_PROVISIONAL) or `|` (SP_FLAG_BREAK_BEFORE). SP_ERROR_DATA names file, row, column and
 * text; `real` is then untouched.
 */
gboolean sp_figure_parse(const SpFigure *figure, SpReal *real, GError **error);

#endif
