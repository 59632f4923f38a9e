/**
 * Two editions, or two packages, held against each other cell by cell, with what has moved each
 * table: a source, a parameter, a program. Any two, not only those that followed each other, and by
 * their own files alone (transforms/compare/changes.h, docs/methods/changes.md).
 */
#ifndef SP_PIPELINE_DIFF_H
#define SP_PIPELINE_DIFF_H

#include "core/table.h"

typedef struct {
    gsize max_rows; /* cells a slag of a table that are told one by one; the others are counted */
    const char *table; /* only this one; NULL: all */
} SpDiffOptions;

/**
 * Table `endringer` with key `pakke`, in key order. `before` and `now` are folders of editions, or
 * of packages, or archives of packages. A figure of before is not told where it is suppressed now.
 * SP_ERROR_NO_INPUT when one is not there, or neither has the table asked for; SP_ERROR_USAGE when
 * one is an edition and the other a package; SP_ERROR_DATA when one is damaged.
 */
SpTable *sp_diff_new(const char *before, const char *now, const SpDiffOptions *options,
                     GError **error);

/** For people: a line a cell or a group of cells, and how many of each slag and cause; g_free. */
char *sp_diff_format(const SpTable *changes);
/** As CSV: the columns of the table, a figure that is none by its sign; g_free. */
char *sp_diff_csv(const SpTable *changes);

#endif
