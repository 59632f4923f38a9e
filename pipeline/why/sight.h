/**
 * Who may see what. A figure that a package hides stays hidden, and so does what stands behind it,
 * until the owner of the workspace asks for it in words of its own.
 */
#ifndef SP_PIPELINE_WHY_SIGHT_H
#define SP_PIPELINE_WHY_SIGHT_H

#include "pipeline/why/package.h"
#include "pipeline/why/past.h"
#include "pipeline/why/rows.h"

typedef struct SpWhySight SpWhySight;

/** What is known of who asks. */
typedef struct {
    gboolean is_owner;     /* of the workspace (sp_why_is_owner) */
    gboolean shows_hidden; /* the owner has asked for hidden figures too */
} SpWhyReader;

/** Whether the process acts for who owns the workspace, or for root. */
gboolean sp_why_is_owner(const SpContext *context);

/**
 * For an edition's published tables: the result protect/utgave it was made of, and
 * config/tables.csv as recalled with it (table `tabell`). A reader who is not the owner is shown
 * what stands in the tables of `package` alone. All borrowed; `edition` may be NULL.
 */
SpWhySight *sp_why_sight_new(SpPasts *pasts, SpPast *edition, SpWhyRows *rows,
                             SpWhyPackage *package, const SpWhyReader *reader);
void sp_why_sight_free(SpWhySight *sight);

/**
 * Whether a figure of a result may be shown. It may if the reader is the owner, and
 *   - it is of protect, whose tables hold what may be seen, or the reader shows hidden figures, or
 *   - its table is not sensitive, and no published table of it hides the same cell.
 * To others only what the package itself shows of the same cell.
 */
gboolean sp_why_sight_allows(SpWhySight *sight, const SpPast *past, const SpTable *table,
                             const SpCell *cell);
/** The same of what a source wrote of facts of a table: of sensitive ones nothing. */
gboolean sp_why_sight_allows_source(const SpWhySight *sight, const SpTable *facts,
                                    gboolean is_shown);
/** Whether numbers that explain a figure which is shown may be told too: parts of a sensitive one
 * may be hidden by themselves. */
gboolean sp_why_sight_allows_parts(const SpWhySight *sight, const SpPast *past,
                                   const SpTable *table);
/** Whether a reader may know which rows a result's table has. */
gboolean sp_why_sight_allows_rows(const SpWhySight *sight, const SpPast *past,
                                  const SpTable *table);

#endif
