/** A figure of outputs/figure.h on a page: caption, a drawing that needs no JavaScript, what its
 * series are, how it is read, and all its figures as a table below. JavaScript may put a drawing
 * that answers in the place of this one: it finds the same figures in the attribute data-figur. */
#ifndef SP_OUTPUTS_HTML_CHART_H
#define SP_OUTPUTS_HTML_CHART_H

#include "outputs/figure.h"
#include "outputs/html/lay.h"

void sp_chart_add(xmlNode *parent, const SpWords *words, const SpFigure *figure);

#endif
