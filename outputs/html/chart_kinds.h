/** How each kind of figure is drawn (outputs/html/chart.h). */
#ifndef SP_OUTPUTS_HTML_CHART_KINDS_H
#define SP_OUTPUTS_HTML_CHART_KINDS_H

#include "outputs/figure.h"
#include "outputs/html/draw.h"

/** What a kind draws with. */
typedef struct {
    const SpWords *words;
    const SpFigure *figure;
    xmlNode *svg;
    SpScale x;
    SpScale y;
} SpChart;

enum { SP_CHART_WIDTH = 720, SP_CHART_HEIGHT = 400 };

/** The height that a figure needs. */
double sp_chart_height(const SpFigure *figure);
/** Draws axes and series into the chart's drawing. */
void sp_chart_draw(SpChart *chart);

/** Lowest and highest number of series from `first` on; FALSE without any. */
gboolean sp_chart_range(const SpFigure *figure, guint first, double *low, double *high);

#endif
