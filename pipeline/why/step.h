/** The steps of a walk from a published figure to the bytes it comes from, as they are told. */
#ifndef SP_PIPELINE_WHY_STEP_H
#define SP_PIPELINE_WHY_STEP_H

#include <glib.h>

typedef enum {
    SP_WHY_PUBLISHED,  /* a figure of a package */
    SP_WHY_MADE,       /* a figure in a result of a stage */
    SP_WHY_CONFIGURED, /* a file of the configuration: the end */
    SP_WHY_SNAPSHOT,   /* bytes as they were fetched: the end */
} SpWhyKind;

/** A figure as it is told. Texts are owned. */
typedef struct {
    char *key;   /* what tells it from those beside it: "region=0301 period=2023", "row 311: ..." */
    char *value; /* "25825", "25825 (m)", ":"; NULL where this reader may not see it */
    guint number; /* of the step that follows it; 0: it is not followed */
} SpWhyFigure;

/** One input of a figure: all figures of a measure that it is made of. */
typedef struct {
    char *cell;         /* "folkemengde innbyggere", and codes where all have the same pattern */
    char *where;        /* "normalise/ssb/folkemengde", "config/bruk.csv", "snapshot ssb/x" */
    gsize n;            /* how many figures it is; 0 where they may not even be counted */
    GPtrArray *figures; /* SpWhyFigure*: those that are told */
    char *note;         /* NULL, or why there are none or not all */
} SpWhyInput;

typedef struct {
    guint number; /* from 1 */
    SpWhyKind kind;
    char *where;         /* "fylke-03-oslo, edition 2026-..."; "project/referanse"; a file */
    char *cell;          /* the whole key; NULL of what is no figure */
    char *value;         /* as in SpWhyFigure */
    char *unit;          /* NULL: none */
    char *method;        /* NULL: nothing is told */
    GPtrArray *settings; /* char* "section.key = value" */
    GPtrArray *facts;    /* char*, names and values in turn: "sha256", "0123...", "url", ... */
    GPtrArray *notes;    /* char* */
    GPtrArray *inputs;   /* SpWhyInput* */
    gboolean is_number;  /* the figure is one, whether it is shown or not */
    gboolean is_whole;   /* its inputs are what the result was made from as a whole: no cell is told
                            that it comes from */
} SpWhyStep;

SpWhyStep *sp_why_step_new(SpWhyKind kind, guint number);
void sp_why_step_free(SpWhyStep *step);
/** Adds to `facts`; nothing where the value is NULL. */
void sp_why_step_tell(SpWhyStep *step, const char *name, const char *value);
void sp_why_step_note(SpWhyStep *step, const char *format, ...) G_GNUC_PRINTF(2, 3);

SpWhyInput *sp_why_input_new(const char *cell, const char *where);
void sp_why_input_free(SpWhyInput *input);
/** Takes key and value. */
SpWhyFigure *sp_why_input_add(SpWhyInput *input, char *key, char *value);

/** All steps: the first is what was asked. */
typedef struct {
    char *asked;       /* cell key */
    char *edition;     /* name */
    char *package;     /* "fylke-03-oslo" */
    gboolean is_owner; /* of the workspace: sees what the package does not show */
    GPtrArray *steps;  /* SpWhyStep*, by number */
} SpWhyAnswer;

void sp_why_answer_free(SpWhyAnswer *answer);

/** The answer as text, as JSON (one object, see docs/why.md) and as an HTML page of its own.
 * g_free. */
char *sp_why_text(const SpWhyAnswer *answer);
char *sp_why_json(const SpWhyAnswer *answer);
char *sp_why_html(const SpWhyAnswer *answer, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpWhyAnswer, sp_why_answer_free)

#endif
