/** What a chart of Excel is drawn from: columns of formulas over the columns of a figure. */
#ifndef SP_OUTPUTS_XLSX_DRAWN_H
#define SP_OUTPUTS_XLSX_DRAWN_H

#include "outputs/figure.h"

typedef enum {
    SP_DRAWN_HIDDEN, /* the transparent foot of stacked areas */
    SP_DRAWN_BAND,   /* a stacked area; `shade` from 1, the outermost */
    SP_DRAWN_LINE,   /* the leading line; among stacked areas one of no height */
    SP_DRAWN_LIMIT,  /* a thin line */
    SP_DRAWN_POINTS,
    SP_DRAWN_BAR,
    SP_DRAWN_BEHIND /* a bar that others stand before */
} SpDrawnRole;

typedef struct {
    SpDrawnRole role;
    char *name;   /* in the legend and above the column */
    guint series; /* of the figure */
    int minus;    /* the series that is taken from it; -1: none */
    gboolean is_negative;
    guint shade;
    gboolean is_in_legend;
    gboolean is_after_break; /* its first point is the first after a break */
    gsize from;              /* points [from, to) */
    gsize to;
} SpDrawn;

enum { SP_DRAWN_MAX = 40 };

/** The columns (SpDrawn*) of a figure; fans of which a point is hidden are lines, since an area
 * has no gaps. g_ptr_array_unref. */
GPtrArray *sp_drawn_new(const SpWords *words, const SpFigure *figure);

/** TRUE where a column has a cell at a point. */
gboolean sp_drawn_has(const SpDrawn *drawn, const SpFigure *figure, gsize point);

#endif
