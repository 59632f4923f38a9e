/** What the parts of the walk share. For pipeline/why alone. */
#ifndef SP_PIPELINE_WHY_WALK_STATE_H
#define SP_PIPELINE_WHY_WALK_STATE_H

#include "pipeline/why/facts.h"
#include "pipeline/why/walk.h"

struct SpWhy {
    SpContext *context;
    SpWhyPackage *package;
    SpWhyOptions options;
    SpPasts *pasts;
    SpPast *made;    /* the package's unit; NULL: not in this workspace, or not for this reader */
    SpPast *edition; /* protect/utgave that it was made from; NULL likewise */
    char *why_not;   /* why these are NULL */
    SpWhyRows *rows;
    SpWhySight *sight;
    GHashTable *facts;   /* SpPast* -> SpWhyFacts* */
    SpWhyAnswer *answer; /* of the walk that goes on */
    GHashTable *numbers; /* what was walked to -> number of its step */
};

/** A figure on the walk. All borrowed. */
typedef struct {
    SpPast *past; /* NULL: of the package itself */
    const SpTable *table;
    const SpCell *cell; /* whole: one row */
    SpReal real;
    gboolean is_shown;
} SpWhyAt;

/** Figures of one measure that an explanation names. */
typedef struct {
    const char *table; /* as the transforms call it */
    const char *measure;
    GPtrArray *cells; /* const SpCell*, borrowed from the explanation */
} SpWhyGroup;

/** Where figures of a table lie. */
typedef struct {
    SpPast *past;
    const SpTable *table; /* borrowed */
} SpWhyPlace;

/** Explains a figure, and follows what it is made of; its step's number. `depth` counts from 1. */
guint sp_why_follow(SpWhy *why, const SpWhyAt *at, guint depth);
/** The step where a branch ends: a file of the configuration, or a snapshot. */
guint sp_why_end_at_file(SpWhy *why, const SpPast *past, const SpInput *file);
guint sp_why_end_at_snapshot(SpWhy *why, const SpInput *snapshot);

/** What a result was made from as a whole, where its cells cannot be asked: all snapshots below
 * it. */
void sp_why_end_at_result(SpWhy *why, SpWhyStep *step, SpPast *past);
/** Adds all inputs of an explanation to a step; those of which nothing is there are noted. */
void sp_why_add_groups(SpWhy *why, SpWhyStep *step, const SpWhyAt *at,
                       const SpExplanation *explanation, guint depth);
/** Adds one group of inputs to a step. FALSE when nothing was found of it. */
gboolean sp_why_add_group(SpWhy *why, SpWhyStep *step, const SpWhyAt *at, const SpWhyGroup *group,
                          guint depth);
/** Adds the rows of the source that an input of facts names. */
void sp_why_add_rows(SpWhy *why, SpWhyStep *step, const SpWhyAt *at, SpWhyFacts *facts,
                     const SpCell *input);

/** The tables that a transform of `past` calls `name` (SpWhyPlace); none when there are none. The
 * caller unrefs. */
GArray *sp_why_places(SpWhy *why, SpPast *past, const char *name);
/** The file of the configuration that it calls so; NULL if none. Borrowed. */
const SpInput *sp_why_file_of(const SpPast *past, const char *name);

/** A figure as it is told: "25825", "25825 (m)", ":". g_free. */
char *sp_why_value(SpReal real);

#endif
