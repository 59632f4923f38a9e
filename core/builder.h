/**
 * The sink that makes a table: rows as the source wrote them, under our column names, figures parsed, codes still the source's
 * own (transforms/normalise turns them into ours). Columns: the layout's columns and constants in file order, then the measures.
 * With role contents, that column and "value" stay in the table (one figure a row); transforms/normalise pivots them.
 */
#ifndef SP_CORE_BUILDER_H
#define SP_CORE_BUILDER_H

#include "core/layout.h"
#include "core/sink.h"
#include "core/table.h"

typedef struct SpBuilder SpBuilder;

/** `layout` is borrowed for the life of the builder. `origin` names the file in messages ("tabular/panel: panel.csv"). */
SpBuilder *sp_builder_new(const SpLayout *layout, const char *origin);
SpSink *sp_builder_sink(SpBuilder *builder);
/** The table; the builder is then empty. NULL with SP_ERROR_DATA if `begin` was never called. */
SpTable *sp_builder_steal(SpBuilder *builder, GError **error);
void sp_builder_free(SpBuilder *builder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpBuilder, sp_builder_free)

#endif
