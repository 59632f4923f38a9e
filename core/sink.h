/**
 * Where parsed rows go: a parser calls `begin` once with the source's own column names and then
 * `row` for every row. A sink is a table builder (core/builder) or, for persons, what counts them
 * (transforms/normalise/persons).
 */
#ifndef SP_CORE_SINK_H
#define SP_CORE_SINK_H

#include <glib.h>

/** One field of a row, UTF-8, borrowed for the call, not NUL-terminated. */
typedef struct {
    const char *text;
    gsize size;
} SpField;

typedef struct SpSink SpSink;
struct SpSink {
    /** names [n], at least one. Errors: SP_ERROR_DATA when a column that the layout needs is not
     * there, naming those there are. */
    gboolean (*begin)(SpSink *sink, const char *const names[], gsize n, GError **error);
    /** `number` is the row in the source counted from 1 (the header row counts); fields [n] in the
     * order of the names. */
    gboolean (*row)(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error);
    /** NULL if the sink does not care. Of a workbook alone, before the rows of each sheet (once
     * also before `begin`): where they come from. `is_read` FALSE: the sheet is hidden and passed
     * over, no row of it follows. Row numbers begin anew on each sheet. */
    void (*sheet)(SpSink *sink, const char *name, gboolean is_read);
};

#endif
