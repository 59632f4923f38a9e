/** A linear programme of some sums: the counts in them less their lower bounds. */
#ifndef SP_TRANSFORMS_AUDIT_PROGRAMME_H
#define SP_TRANSFORMS_AUDIT_PROGRAMME_H

#include "transforms/audit/bounds.h"
#include "transforms/lp.h"

/** As it grows. The caller frees. */
typedef struct SpProgramme SpProgramme;

/** Of no sums yet; system and bounds are borrowed, and the bounds do not change while it lives. */
SpProgramme *sp_programme_new(const SpSystem *system, const SpBounds *bounds);
void sp_programme_free(SpProgramme *programme);

/** Begins anew with the unknowns [n], which become its first columns. */
void sp_programme_begin(SpProgramme *programme, const guint32 unknowns[], gsize n);
/** A sum of the system, all of whose unknowns are in. */
void sp_programme_add_sum(SpProgramme *programme, gsize sum);
/** What is known of an unknown by sums that are not in: its upper bound. */
void sp_programme_add_upper(SpProgramme *programme, guint32 unknown);
/** Ready to be asked; the caller frees. */
SpLp *sp_programme_finish(const SpProgramme *programme);

/** Narrows the bounds, which are those it began with, of the unknown in a column to whole numbers;
 * leaves them where the sums contradict each other. */
void sp_programme_ask(SpLp *lp, guint32 column, double *lower, double *upper);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpProgramme, sp_programme_free)

#endif
