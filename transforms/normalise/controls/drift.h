/**
 * Facts against the facts of the snapshot before, and against their own period before: what a
 * source changed without saying so.
 *
 * Only rows of kommuner are units; totals are our own sums over them. Tables have unique keys and
 * are sorted by them, as normalise makes them.
 */
#ifndef SP_TRANSFORMS_NORMALISE_CONTROLS_DRIFT_H
#define SP_TRANSFORMS_NORMALISE_CONTROLS_DRIFT_H

#include "core/table.h"
#include "transforms/normalise/controls/judge.h"

typedef struct {
    SpLimits total; /* relative change of the sum over kommuner, same period, between snapshots */
    SpLimits level; /* share of cells that changed by `factor` or more between snapshots */
    SpLimits zeros; /* share of figures that became 0: between snapshots, and between periods */
    SpLimits kommuner; /* share of kommuner that vanished: likewise */
    SpLimits revised;  /* share of cells that changed between snapshots */
    SpLimits codes;    /* share of codes of a key column, and of periods, that vanished */
    SpLimits copied;   /* share of kommuner that repeat all figures of the period before */
    SpLimits growth;   /* relative change of the sum over kommuner from the period before */
    double factor;     /* above 1 */
} SpDriftLimits;

/**
 * Against the snapshot before. Findings: code_appeared and code_vanished (subject "column code"),
 * measure_vanished (no number left), total_changed, level_break, zero_was_figure, kommune_vanished
 * (subject "region 1103"), revised (subject: the measure). What appears is told and never judged.
 * A column that only one of the two has is column_appeared or column_vanished.
 */
void sp_drift_snapshots(const SpTable *now, const SpTable *before, const SpDriftLimits *limits,
                        SpJudge *judge);

/**
 * The newest period against the one before it. Findings: copied (a kommune with at least 3
 * different figures of at least 5, all such figures equal to those of the period before),
 * zero_after_figure (of figures of at least 5), kommune_without_newest (in a sensitive table only
 * kommuner that had a figure of at least 5 are missed), growth. A table without `region`, or with
 * fewer than two periods, has nothing to compare.
 */
void sp_drift_periods(const SpTable *table, const SpDriftLimits *limits, SpJudge *judge);

/** Newest and second newest code of the column `period`; NULL where there is none. Borrowed. */
void sp_drift_newest(const SpTable *table, const char **newest, const char **before);

#endif
