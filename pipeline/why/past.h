/**
 * Results of the past: finished units as their manifests tell of them, found by content, for
 * questions about an edition that was made some time ago. Nothing is written, and nothing is taken
 * for what it is not: a result that is no longer there is told to be gone.
 */
#ifndef SP_PIPELINE_WHY_PAST_H
#define SP_PIPELINE_WHY_PAST_H

#include "pipeline/stage.h"

/** A finished unit. */
typedef struct {
    char *name;           /* "normalise/ssb/folkemengde" */
    SpManifest *manifest; /* as it was written */
    const SpStage *stage;
    /* The unit as it was when it was made: inputs with the paths they have now, the settings of the
     * manifest, `folder` the finished one. */
    SpUnit unit;
    SpConfig *config;   /* today's settings, but those of the manifest as they were */
    SpTables *in;       /* what `explain` of its transforms reads, as far as it was asked for */
    GHashTable *loaded; /* table name -> SpTable* of its own files, read once */
    GPtrArray *gone;    /* char*: inputs that are no longer there */
    GPtrArray *changed; /* char*: configuration files that are not what they were */
    gboolean is_of_other_program;
} SpPast;

/** All that were asked for, each read once. */
typedef struct SpPasts SpPasts;

/** `context` is borrowed; results of a trial (--as) are found before the workspace's. */
SpPasts *sp_pasts_new(SpContext *context);
void sp_pasts_free(SpPasts *pasts);

/**
 * The result of a stage's unit ("project", "referanse") whose content, or one of whose files, has
 * this hash; of several the current one. Borrowed. NULL without an error when there is none.
 * SP_ERROR_PERMISSION when the workspace may not be read, SP_ERROR_DATA when a manifest is damaged.
 */
SpPast *sp_pasts_find(SpPasts *pasts, const char *stage, const char *unit, const char *hash,
                      GError **error);
/** The unit of the package stage that made a region's package of an edition. As above. */
SpPast *sp_pasts_package(SpPasts *pasts, const char *edition, const char *region, GError **error);
/** The result behind an input of another; as sp_pasts_find. */
SpPast *sp_pasts_input(SpPasts *pasts, const SpInput *input, GError **error);

/** Which inputs are gone, as a sentence. g_free. */
char *sp_past_gone(const SpPast *past);
/** TRUE if a table is among the files of the result. */
gboolean sp_past_has(const SpPast *past, const char *table);
/** A table that the result holds. Borrowed. SP_ERROR_DATA when its files are not those of its
 * manifest. */
const SpTable *sp_past_table(SpPasts *pasts, SpPast *past, const char *table, GError **error);
/** What the transforms' `explain` reads of cells of `table`: the inputs of then and the result's
 * own tables. Borrowed; NULL with error: SP_ERROR_NO_INPUT when an input is gone. */
const SpTables *sp_past_recall(SpPasts *pasts, SpPast *past, const char *table, GError **error);
/** Does the work of `ask` under the settings of then. */
gboolean sp_past_with(SpPasts *pasts, const SpPast *past,
                      gboolean (*ask)(SpPast *past, gpointer data, GError **error), gpointer data,
                      GError **error);

#endif
