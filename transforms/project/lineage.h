/** What projections are made from: cells that explanations name, and marks. */
#ifndef SP_TRANSFORMS_PROJECT_LINEAGE_H
#define SP_TRANSFORMS_PROJECT_LINEAGE_H

#include "core/transform.h"

/** SP_ERROR_NO_INPUT naming the cell; always FALSE. */
gboolean sp_project_not_ours(const SpCell *cell, GError **error);

/** `innbyggere` of a table by region, sex, age and day; "*" for all. Owned by the caller. */
SpCell *sp_project_person_cell(const char *table, const char *region, const char *kjonn,
                               const char *alder, const char *period);

/** A cell of a table of staff to the inputs; "*" for all. */
void sp_project_add_staff(SpExplanation *explanation, const char *table, const char *measure,
                          const char *region, const char *yrke, const char *period);

/**
 * Every row of a table, for estimates rest on all kommuner and years: one cell of the measure with
 * "*" for each key. Nothing when the table or the column is not there, or the cell is among the
 * inputs.
 *
 *   measure  NULL: every measure of the table
 */
void sp_project_add_table(const SpTables *in, const char *table, const char *measure,
                          SpExplanation *explanation);

/**
 * The same of each table that rows of a list name: columns tabell and, where the list has them,
 * maal and maal_80p (without maal: every measure of the table).
 *
 *   column, value  only rows where the column has the value, "*" or nothing; column NULL: all rows
 */
void sp_project_add_listed(const SpTables *in, const char *list, const char *column,
                           const char *value, SpExplanation *explanation);

/**
 * SpMarks of a figure made of the tables `names` and of those that the tables `lists` name in their
 * column `tabell`: as sensitive as the most sensitive of those that are there. Both
 * NULL-terminated.
 */
guint sp_project_marks(const SpTables *in, const char *const names[], const char *const lists[]);

#endif
