/**
 * The plan sheet that a kommune fills in itself: a line a profession with the årsverk that are
 * known, and room for what only the kommune knows. Page and workbook have the same lines and
 * blanks.
 */
#ifndef SP_OUTPUTS_PLAN_H
#define SP_OUTPUTS_PLAN_H

#include "core/table.h"

/** What is to be filled in, from left to right. */
enum { SP_PLAN_N_BLANKS = 5 };
typedef struct {
    const char *text;  /* id of its heading */
    gboolean is_count; /* a number from 0; else words */
} SpPlanBlank;
extern const SpPlanBlank sp_plan_blanks[SP_PLAN_N_BLANKS];

/** Of what table is known; and its columns. */
typedef struct {
    const SpTable *table; /* borrowed; keys region, profession and period, in this order */
    gsize region;
    gsize profession;
    gsize measure; /* årsverk */
} SpPlan;

/** FALSE when the package has no such table. */
gboolean sp_plan_find(const SpTables *tables, SpPlan *plan);
/** The lines among rows (gsize) of the table, which are in its order: of each region and profession
 * the newest row, and none of all professions together. GArray of gsize; the caller unrefs. */
GArray *sp_plan_lines(const SpPlan *plan, const GArray *rows);
/** The lines of all kommuner of a fylke. */
GArray *sp_plan_lines_of(const SpPlan *plan, const char *fylke);

#endif
