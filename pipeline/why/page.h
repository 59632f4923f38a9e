/** Figures that are made when a package is written: of its published tables. */
#ifndef SP_PIPELINE_WHY_PAGE_H
#define SP_PIPELINE_WHY_PAGE_H

#include "pipeline/why/walk_state.h"

/** What a figure of a package's own tables (page one, changes) is made of. */
void sp_why_tell_page(SpWhy *why, SpWhyStep *step, const SpWhyAt *at, guint depth);

#endif
