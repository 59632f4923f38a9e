/**
 * The sink that makes a table: rows as the source wrote them, under our column names, figures
 * parsed, codes still the source's own (transforms/normalise turns them into ours). Columns: the
 * layout's code columns in file order, then its constants, then the measures. With role contents,
 * that column and "value" stay in the table (one figure a row); transforms/normalise pivots them.
 *
 * A figure is, in this order: a number as the layout writes them; the status of the field's `sign`
 * column if the field is empty and there is one; the status that the layout's [missing] (default:
 * SSB's signs) gives the text. Beside a number the sign says what kind of zero a 0 is (below unit,
 * or a status without a value: a 0 that stands for a withheld figure is no 0); a number other than
 * 0 beside the sign of a status without a value is an error. The sign `*` beside a number makes it
 * provisional, `|` the first after a break in the series (SSB's signs; unless the layout's
 * [missing] gives them a status); any other sign is let be.
 *
 * A measure with a factor is in our unit: the source's figure times that. Rows that a filter of the
 * layout does not let through are counted and left.
 *
 * With [spread] a row of the source becomes as many as there are columns of role spread, in the
 * layout's order.
 *
 * Rows stay in the source's order and keys are not checked: two rows may only collide once their
 * codes are ours, so transforms/normalise calls sp_table_check_unique.
 */
#ifndef SP_CORE_BUILDER_H
#define SP_CORE_BUILDER_H

#include "core/layout.h"
#include "core/quality.h"
#include "core/sink.h"
#include "core/table.h"

typedef struct SpBuilder SpBuilder;

/** `layout` is borrowed for the life of the builder. `origin` names the file in messages
 * ("tabular/panel: panel.csv"). */
SpBuilder *sp_builder_new(const SpLayout *layout, const char *origin);
/**
 * Borrowed from the builder. SP_ERROR_DATA from `begin`: a column that the layout names is missing
 * or stands twice, or the source has others; from `row`: a text that is no figure, a figure below
 * the layout's minimum. After an error the builder is only good for freeing.
 */
SpSink *sp_builder_sink(SpBuilder *builder);
/** A further file of the same layout comes: its header may have another order of columns, its rows
 * follow those before. `origin` names it in messages from now on. */
void sp_builder_next_file(SpBuilder *builder, const char *origin);
/** Rows so far. */
gsize sp_builder_n_rows(const SpBuilder *builder);
/** Rows that the layout's filters did not let through so far: a finding `outside_filter` each
 * filter, of all files. */
void sp_builder_note(const SpBuilder *builder, SpQuality *quality);
/** The table; the builder is then empty. NULL with SP_ERROR_DATA if `begin` was never called. */
SpTable *sp_builder_steal(SpBuilder *builder, GError **error);
void sp_builder_free(SpBuilder *builder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpBuilder, sp_builder_free)

#endif
