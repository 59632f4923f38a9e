/** The formats that machines read, against tables. For formats.c alone. */
#ifndef SP_PIPELINE_FORMATS_MACHINE_H
#define SP_PIPELINE_FORMATS_MACHINE_H

#include "pipeline/formats.h"
#include "pipeline/formats_figures.h"

/** Counts the figures of Excel-CSV, JSON-stat and SQLite of each table that hides some. Files that
 * are not there are none; SP_ERROR_DATA for one that cannot be read. */
gboolean sp_formats_machine_read(const SpFormatsOf *of, SpFormatFigures *figures, SpFormats *seen,
                                 GError **error);

#endif
