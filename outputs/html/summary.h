/** The figures at the top of the report. */
#ifndef SP_OUTPUTS_HTML_SUMMARY_H
#define SP_OUTPUTS_HTML_SUMMARY_H

#include "outputs/html/lay.h"
#include "outputs/overview.h"

/** Fills a section with heading, note and the lines of the overview, each leading to its table. */
void sp_summary_fill(xmlNode *section, const SpWords *words, const SpOverview *overview);

#endif
