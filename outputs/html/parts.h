/** Rows of a table parted by what a reader looks for: a region, a fylke, an indicator. */
#ifndef SP_OUTPUTS_HTML_PARTS_H
#define SP_OUTPUTS_HTML_PARTS_H

#include "outputs/grid.h"

typedef struct {
    char *title;  /* name of the region, fylke or indicator */
    GArray *rows; /* gsize, in table order */
} SpPart;

/** GPtrArray of SpPart in order of first appearance; a fylke is that of the row's kommune. */
GPtrArray *sp_parts_by_column(const SpGrid *grid, const GArray *rows, gsize column);
GPtrArray *sp_parts_by_fylke(const SpGrid *grid, const GArray *rows);

/** What a region is to the package's own; those nearer are left out last. */
typedef enum {
    SP_CIRCLE_OWN,      /* the package's region, then the country */
    SP_CIRCLE_FYLKER,   /* other fylker */
    SP_CIRCLE_KOMMUNER, /* kommuner */
    SP_CIRCLE_GROUPS,   /* KOSTRA groups, centrality classes and the like */
    SP_N_CIRCLES
} SpCircle;

/** The rows of each circle [SP_N_CIRCLES], GArray of gsize each; g_array_unref. */
void sp_parts_circles(const SpGrid *grid, const GArray *rows, GArray *circles[SP_N_CIRCLES]);

#endif
