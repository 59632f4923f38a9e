/**
 * What every stage is, and how its units are run: content keys decide, a result appears only by
 * rename, an unchanged result stops the chain.
 */
#ifndef SP_PIPELINE_STAGE_H
#define SP_PIPELINE_STAGE_H

#include "core/config.h"
#include "core/io/tablefiles.h"
#include "core/quality.h"
#include "core/table.h"
#include "core/transform.h"
#include "pipeline/context.h"
#include "pipeline/manifest.h"

typedef struct SpStage SpStage;

/** One unit at work. */
typedef struct {
    SpContext *context;
    const SpStage *stage;
    const char *unit;
    SpSettings
        *settings; /* the stage's declared keys; `NAME` alone is a key of the unit's own section */
    GPtrArray *inputs;    /* SpInput*, declared by the stage's `inputs` */
    SpQuality *quality;   /* findings: written as table `kvalitet` when there are any */
    char *folder;         /* unfinished: `make` writes its files here */
    guint marks;          /* or-ed from the inputs; `make` may add */
    char *updated;        /* newest of the inputs; `make` may replace by a newer one (g_free) */
    GPtrArray *stand_ins; /* SpStandIn*, filled by `make` (pipeline/stand_in.h) */
    gsize n_rows;         /* of the tables that were written */
    gboolean is_past;     /* a finished one that is asked where its figures come from: its manifest
                             may be of an older program, so an input that it lacks is no bug */
} SpUnit;

struct SpStage {
    const char *name;
    const char *summary;
    /* Build-time hash of the sources that decide what the stage's output is. */
    const char *program_hash;
    const char *const *
        config_keys; /* NULL-terminated; what `inputs` and `make` read through unit->settings ... */
    const SpTransform *const
        *transforms; /* ... besides the keys of these (NULL-terminated; NULL if none) */
    /* Those of config_keys and transforms that a unit has; NULL: every unit has all. */
    void (*choose_keys)(const char *unit, const char *const **config_keys,
                        const SpTransform *const **transforms);
    /* Names of the units in running order. g_strfreev. */
    char **(*units)(SpContext *context, GError **error);
    /* Keys of the unit's own section and others that only it reads (a dataset's, the formats');
     * appended to `keys`. NULL if none. */
    gboolean (*add_keys)(SpContext *context, const char *unit, GPtrArray *keys, GError **error);
    /* Declares what a unit reads, by the functions below. SP_ERROR_NO_INPUT when something is not
     * there yet. */
    gboolean (*inputs)(SpUnit *unit, GError **error);
    /* What `make` would refuse before any work, its inputs being there: a dry run asks. NULL:
     * nothing is known. */
    gboolean (*check)(SpUnit *unit, GError **error);
    /* Makes the unit's files in unit->folder. */
    gboolean (*make)(SpUnit *unit, GError **error);
    /* After a unit was made or found up to date and is the current one, with what its manifest
     * says; not in trials and dry runs. NULL if nothing. */
    gboolean (*settle)(SpUnit *unit, const SpManifest *manifest, GError **error);
    gboolean is_parallel; /* units do not build on each other and `make` may run in several threads
                             at once, but while a transform runs alone ... */
    /* ... but for these, the last of the units, which are made when the others are. NULL if
     * none. */
    gboolean (*comes_after)(const char *unit);
    /* Of a finished unit (is_past): adds to `in`, where it is not there yet, what the transforms'
     * `explain` reads for cells of `table` (of any stage's), as `make` handed it to them.
     * SP_ERROR_NO_INPUT when it is not there any more. NULL: no transform made its tables. */
    gboolean (*recall)(SpUnit *unit, const char *table, SpTables *in, GError **error);
    gboolean has_own_marks; /* each table is marked as what it was made from; else all are marked as
                               all inputs. Synthetic data mark all in both */
    /* A unit that stages before this one read, and the first of them: the driver makes it before
     * that stage. NULL if none. */
    const char *early_unit;
    const char *early_before;
    /* The stage whose `finish` makes what its units are named after, so that a plan knows none
     * before (audit: package). NULL if they are known. */
    const char *named_by;
    /* After all units were made or found up to date; NULL if nothing. */
    gboolean (*finish)(SpContext *context, GError **error);
    /* What `finish` would do, in a sentence (g_free); *what is NULL where there is nothing to do.
     * NULL without `finish`. */
    gboolean (*finish_lacks)(SpContext *context, char **what, GError **error);
};

/** Declares the current output of another stage's unit. */
gboolean sp_unit_need_stage(SpUnit *unit, const char *stage, const char *other, GError **error);
/** The same of one table of it alone: what is made then knows nothing of the others, not even
 * whether they changed. SP_ERROR_NO_INPUT without that table. */
gboolean sp_unit_need_table(SpUnit *unit, const char *stage, const char *other, const char *table,
                            GError **error);
/** Declares the snapshots in use of a dataset: one input, named as the dataset, or one a delivery,
 * named "DATASET#PART" (pipeline/deliveries.h). */
gboolean sp_unit_need_snapshots(SpUnit *unit, const char *dataset, GError **error);
/** Declares, after them, those of at most `n` older states of the dataset (pipeline/states.h), as
 * spare inputs "DATASET~1" or "DATASET#PART~1", the newest first. */
gboolean sp_unit_need_older(SpUnit *unit, const char *dataset, guint n, GError **error);
/** How many states of a dataset are declared: 1 without older ones. */
guint sp_unit_n_states(const SpUnit *unit, const char *dataset);
/** Says, while a unit is made, which state of a dataset it is made from (0: the newest, as it
 * begins); the unit's `updated` and marks follow. */
void sp_unit_use_state(SpUnit *unit, const char *dataset, guint state);
/** The snapshots of a state (SpInput*, borrowed), in the order they are read; the caller unrefs the
 * array. */
GPtrArray *sp_unit_state(const SpUnit *unit, const char *dataset, guint state);
/** Those of the state that the unit is made from. */
GPtrArray *sp_unit_snapshots(const SpUnit *unit, const char *dataset);
/** Declares a file of the project's configuration data ("layouts/x.ini"). */
gboolean sp_unit_need_file(SpUnit *unit, const char *relative, GError **error);
/** Declares a finished file elsewhere in the workspace, under a name of its own. */
gboolean sp_unit_need_path(SpUnit *unit, const char *name, const char *path, GError **error);
/** Declares what is no file and decides the unit's bytes all the same, by a hash of it. */
void sp_unit_need_record(SpUnit *unit, const char *name, const char *hash);
/** Says, while a unit is made, what an input turned out to tell of its own time; the unit's
 * `updated` follows. */
void sp_unit_set_updated(SpUnit *unit, const SpInput *input, const char *updated);
/** A declared input; asking for one that was not declared is a bug (g_assert). */
const SpInput *sp_unit_input(const SpUnit *unit, SpInputKind kind, const char *name);
/** All tables of a declared stage input, read once in the life of the program. Borrowed. */
const SpTables *sp_unit_read(const SpUnit *unit, const char *stage, const char *other,
                             GError **error);
/** One of them, read once in the life of the program. Borrowed; NULL without an error where there
 * is no such table. */
const SpTable *sp_unit_read_table(const SpUnit *unit, const char *stage, const char *other,
                                  const char *table, GError **error);
/** Their chosen rows, read for this caller alone (core/io/tablefiles.h): those among `names` that
 * are there, or all. */
SpTables *sp_unit_read_chosen(const SpUnit *unit, const char *stage, const char *other,
                              const char *const *names, const SpRowChoice *choice, GError **error);
/** They themselves, shared (without kvalitet, kontroll and kildebruk, which tell of the others),
 * added to `into` for a transform, which changes none. */
gboolean sp_unit_read_into(const SpUnit *unit, const char *stage, const char *other, SpTables *into,
                           GError **error);
/** Those among `names` (NULL-terminated; NULL: all but those that tell of the others) read for this
 * caller alone: for what is large and used once. */
gboolean sp_unit_take_into(const SpUnit *unit, const char *stage, const char *other,
                           const char *const *names, SpTables *into, GError **error);
/** Writes the result tables (marked as the unit is) and the quality table if there are findings. */
gboolean sp_unit_write(SpUnit *unit, SpTables *tables, GError **error);

/**
 * Runs the units of a stage (those that --unit names, or all): reuses what has its key already,
 * makes the rest. A unit that fails does not stop the others; the error of the first one is
 * returned at the end. Errors and reuse are noted in the ledger.
 *
 * A unit where an older snapshot stands in is made and current, and all the same SP_ERROR_DATA when
 * the stage runs alone. Under the driver it is told once, when it begins or has another cause.
 */
gboolean sp_stage_run(SpContext *context, const SpStage *stage, GError **error);

/** What decides the unit's bytes besides its own name: the same for all units of a stage that
 * declare the same inputs and settings. */
void sp_unit_common_key(const SpUnit *unit, char key[SP_HASH_SIZE]);

/** Where a unit's result of a key is, or will be: a trial (--as) shares what the workspace has
 * already. g_free. */
char *sp_stage_folder(const SpContext *context, const char *stage, const char *unit,
                      const char *key);

/** Folder of the current output of a unit ("stages/STAGE/UNIT/KEY"), a trial's own before the
 * workspace's. NULL with SP_ERROR_NO_INPUT if there is none. g_free. */
char *sp_stage_current(const SpContext *context, const char *stage, const char *unit,
                       GError **error);

/** SP_ERROR_USAGE when --unit names something that is none of `names` (NULL-terminated), and lists
 * them. A stage under the driver takes what is its own and leaves the rest to the others. */
gboolean sp_units_check(const SpContext *context, char **names, GError **error);

/** TRUE if --unit allows it: no --unit at all, the unit itself, or its source. */
gboolean sp_unit_is_chosen(const SpContext *context, const char *unit);

#endif
