/** What the StatBank's K and F tables have in common: regions by KOSTRA's codes, kommuner that did
 * not report, small counts hidden. */
#ifndef SP_SIMULATE_KTABLE_H
#define SP_SIMULATE_KTABLE_H

#include "pipeline/simulate/cube.h"
#include "pipeline/simulate/model.h"

typedef enum {
    SP_SIM_TABLE_K, /* kommuner, EAK, EAKUO, EKA03 ... */
    SP_SIM_TABLE_F, /* EAFK, EAFK03 ... */
    SP_SIM_TABLE_M, /* kommuner alone, by their codes */
} SpSimTableForm;

typedef struct {
    const SpSimModel *model;
    SpSimCube cube;
    GArray *regions; /* guint: the categories of the first dimension, into model->regions */
} SpSimTable;

/** Begins a table: title, the day of its last change, and the regions as its first dimension. */
void sp_sim_table_init(SpSimTable *table, const SpSimModel *model, const char *title,
                       SpSimTableForm form);
/** Adds the years from the first simulated one to `last`, sets the cell function (whose data is the
 * table), writes, and clears. */
typedef SpSimCell (*SpSimCellFunc)(const guint place[], gpointer data);
gboolean sp_sim_table_finish(SpSimTable *table, guint last, SpSimCellFunc cell, const char *folder,
                             const char *name, GError **error);

/** The figures of a cell's region and year; NULL when there are none, and *cell then bears the
 * sign. */
const SpSimRegionYear *sp_sim_table_at(const SpSimTable *table, guint region, guint year,
                                       SpSimCell *cell);
/** A count of persons as SSB publishes it: fewer than 5 are ":". */
SpSimCell sp_sim_hide(gint64 count);

#endif
