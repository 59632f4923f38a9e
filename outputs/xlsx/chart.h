/** A figure as a native chart of Excel. */
#ifndef SP_OUTPUTS_XLSX_CHART_H
#define SP_OUTPUTS_XLSX_CHART_H

#include "outputs/xlsx/book.h"
#include "outputs/xlsx/drawn.h"

/** Where a figure's cells are: rows from `first` down, one a point. */
typedef struct {
    const char *sheet;
    gsize first;
    gsize labels; /* columns: of the labels, */
    gsize sizes;  /* of the sizes of a funnel, */
    gsize drawn;  /* and of what is drawn: one of each, side by side */
} SpChartCells;

/** Rows of a usual height that a chart covers. */
enum { SP_CHART_ROWS = 24 };

/** The chart of a figure, drawn from its columns (SpDrawn*), with titles. Owned by the book. */
lxw_chart *sp_chart_new(SpBook *book, const SpFigure *figure, const GPtrArray *drawn,
                        const SpChartCells *cells);

#endif
