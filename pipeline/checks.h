/**
 * Whether a snapshot's facts are fit for use: SSB's controls by config/kontroller.csv, and drift
 * against the snapshot and the period before, each against limits.
 *
 * A limit is "WARN STOP" (transforms/normalise/controls/judge.h). It stands in [normalise] for all
 * datasets and, with the same name, in a dataset's own section, which wins.
 */
#ifndef SP_PIPELINE_CHECKS_H
#define SP_PIPELINE_CHECKS_H

#include "pipeline/stage.h"

/** The settings above, as SpStage's config_keys lists them. */
#define SP_CHECKS_KEYS                                                                             \
    "normalise.limit_total", "normalise.limit_level", "normalise.limit_zeros",                     \
        "normalise.limit_kommuner", "normalise.limit_revised", "normalise.limit_codes",            \
        "normalise.limit_copied", "normalise.limit_growth", "normalise.limit_minimum",             \
        "normalise.level_factor"

/** Adds the keys of the dataset's own section. */
void sp_checks_add_keys(GPtrArray *keys);
/** Declares the file of controls. */
gboolean sp_checks_need(SpUnit *unit, GError **error);

/** What was found. */
typedef struct {
    SpTable *kontroll; /* rows of the table `kontroll` */
    char *kind;        /* of what stops; NULL: the facts may be used */
    char *why;
} SpChecks;

/**
 * Findings go to unit->quality, with the table's name where there are several.
 *
 *   facts    all tables of the dataset, as normalise made them
 *   before   those of the state before, by the same names; NULL: there is none to compare with
 *   regions  the table `region`
 *
 * What would stop a state whose name (sp_stand_in_name) begins with the dataset's setting `accept`
 * is noted and does not stop it. SP_ERROR_CONFIG for a limit or a control that is none.
 */
gboolean sp_checks_run(SpUnit *unit, const SpTables *facts, const SpTables *before,
                       const SpTable *regions, SpChecks *checks, GError **error);
void sp_checks_clear(SpChecks *checks);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpChecks, sp_checks_clear)

#endif
