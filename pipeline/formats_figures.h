/** Figures of a format counted, part by part (a sheet, a table of a page), against those of the
 * table that they are told to be of. */
#ifndef SP_PIPELINE_FORMATS_FIGURES_H
#define SP_PIPELINE_FORMATS_FIGURES_H

#include "core/table.h"

typedef struct SpFormatFigures SpFormatFigures;

/** Of a package's `tables`; what is one too many goes to `leaks` (char*). All borrowed. */
SpFormatFigures *sp_format_figures_new(const char *package, const SpTables *tables,
                                       GPtrArray *leaks);
void sp_format_figures_free(SpFormatFigures *figures);

/** Begins a part of a file, of the table of that name. Returns the table; NULL, and the part is not
 * looked at, where there is none or it hides nothing. */
const SpTable *sp_format_figures_begin(SpFormatFigures *figures, const char *file,
                                       const char *table);
/** A figure of the part, to nine digits; perhaps a share in percent. */
void sp_format_figures_add_number(SpFormatFigures *figures, double value, gboolean is_percent);
/** Figures of the part as a page prints them, one or several in a text: "1 234,5", "12 %",
 * "3,4 (1,2 til 5,6)". Digits behind the decimal comma say how each is rounded. */
void sp_format_figures_add_printed(SpFormatFigures *figures, const char *text, gsize size);
/** Ends the part: tells of figures that stand in it oftener than in the table. Returns how many
 * figures it had. */
gsize sp_format_figures_end(SpFormatFigures *figures);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpFormatFigures, sp_format_figures_free)

#endif
