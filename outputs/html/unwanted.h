/** The section of variation that is unwanted here. */
#ifndef SP_OUTPUTS_HTML_UNWANTED_H
#define SP_OUTPUTS_HTML_UNWANTED_H

#include "outputs/html/lay.h"

/** The section's anchor. */
#define SP_UNWANTED_ANCHOR "uoensket"

/** Fills a section with heading, note and the rows of `unwanted` (outputs/unwanted.h), or, where it
 * has none, a sentence that says so; and a link to all of its table. */
void sp_unwanted_fill(xmlNode *section, const SpWords *words, const SpTable *unwanted);

#endif
