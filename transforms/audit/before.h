/** What readers have from earlier editions. */
#ifndef SP_TRANSFORMS_AUDIT_BEFORE_H
#define SP_TRANSFORMS_AUDIT_BEFORE_H

#include "transforms/audit/figures.h"

/**
 * The cells of a measure that an earlier edition shows: [n_cells], g_free. NULL where no table of
 * the measure is among them.
 *
 *   before  TABLE@EDITION with the table's key columns; one that lacks a column shows nothing
 */
gboolean *sp_before_find(const SpTables *before, const SpMeasure *measure);

#endif
