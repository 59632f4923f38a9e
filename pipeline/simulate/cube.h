/** A table of the StatBank as PxWebApi serves it: JSON-stat 2.0, or one of its other forms
 * (cube_forms.h). */
#ifndef SP_SIMULATE_CUBE_H
#define SP_SIMULATE_CUBE_H

#include <glib.h>

enum { SP_SIM_MAX_DIMENSIONS = 8, SP_SIM_MAX_CONTENTS = 64 };

/** A cell: a number in units of 10^-decimals of its contents, or a sign in its place. */
typedef struct {
    gint64 value;
    const char *sign; /* NULL: `value`; else ".", "..", ":" */
} SpSimCell;

typedef struct {
    const char *id;
    const char *label;
    GPtrArray *codes;                    /* char* */
    GPtrArray *labels;                   /* char*, as many */
    guint decimals[SP_SIM_MAX_CONTENTS]; /* of ContentsCode, by category */
} SpSimDimension;

typedef struct {
    const char *title; /* "07459: Befolkning, ..." */
    char *updated;     /* "2026-02-25T07:00:00Z", g_free */
    SpSimDimension dimensions[SP_SIM_MAX_DIMENSIONS];
    guint n;
    SpSimCell (*cell)(const guint place[],
                      gpointer data); /* place [n]: category of each dimension */
    gpointer data;
} SpSimCube;

/** Begins a cube without dimensions. */
void sp_sim_cube_init(SpSimCube *cube, const char *title, const char *updated);
void sp_sim_cube_clear(SpSimCube *cube);
/** Adds a dimension without categories; the last one of these calls is what sp_sim_cube_category
 * adds to. The id is that of SSB: "Tid" is the time, "ContentsCode" the contents, "Region" and
 * "KOK...region..." the geography. */
void sp_sim_cube_dimension(SpSimCube *cube, const char *id, const char *label);
void sp_sim_cube_category(SpSimCube *cube, const char *code, const char *label);
/** A category of the contents, with the decimals of its figures. */
void sp_sim_cube_contents(SpSimCube *cube, const char *code, const char *label, guint decimals);
/** The years from first to last as categories. */
void sp_sim_cube_years(SpSimCube *cube, guint first, guint last);
/** Text of a category. Borrowed. */
const char *sp_sim_cube_code(const SpSimCube *cube, guint dimension, guint category);

/** The next place [n], last dimension fastest; FALSE after the last, and all are 0 again. */
gboolean sp_sim_cube_step(const SpSimCube *cube, guint place[]);
/** Writes it, last dimension fastest; by the end of the name as PX (.px), CSV (.csv) or
 * JSON-stat. */
gboolean sp_sim_cube_write(const SpSimCube *cube, const char *folder, const char *name,
                           GError **error);

#endif
