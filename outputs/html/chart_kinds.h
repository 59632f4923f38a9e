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

enum {
    SP_CHART_WIDTH = 720,
    SP_CHART_HEIGHT = 400,
    SP_CHART_LEFT = 70, /* margins */
    SP_CHART_RIGHT = 16,
    SP_CHART_TOP = 30,
    SP_CHART_BOTTOM = 46,
    SP_CHART_STEPS = 6 /* of an axis, about */
};

/** The height that a figure needs. */
double sp_chart_height(const SpFigure *figure);
/** Draws axes and series into the chart's drawing. */
void sp_chart_draw(SpChart *chart);

/** The pyramid, of its four series. */
void sp_chart_draw_pyramid(SpChart *chart);
/** A tick's number, with no more decimals than the steps have. */
void sp_chart_word_tick(const SpChart *chart, double value, double step,
                        char buffer[SP_FIGURE_SIZE]);

/** Lowest and highest number of series from `first` on; FALSE without any. */
gboolean sp_chart_range(const SpFigure *figure, guint first, double *low, double *high);

#endif
