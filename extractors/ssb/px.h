/**
 * The reader of PX files (PX file format 2013, Statistics Sweden; the format of PC-Axis): a cube of
 * figures becomes the same rows as from JSON-stat (jsonstat.h).
 *
 * Taken: STUB and HEADING in any order, VARIABLECODE (else the variable's text is its name), CODES
 * (else VALUES), DATASYMBOL1-6 and -NIL, LAST-UPDATED, KEYS (sparse files: rows that are left out
 * are 0), texts broken over lines, ISO-8859-1, Windows-1252, code page 850 and UTF-8. All else is
 * passed over.
 */
#ifndef SP_EXTRACTORS_SSB_PX_H
#define SP_EXTRACTORS_SSB_PX_H

#include "core/sink.h"

/**
 * Names are the variables of STUB, then of HEADING, then "value" and "status"; one row a cell, the
 * last variable fastest. N dots in the data stand for what the file's DATASYMBOLN says (":" for the
 * third at SSB), "-" for its DATASYMBOLNIL; any other text in quotes stands for itself.
 *
 *   updated  the newest LAST-UPDATED, which is Oslo's clock, as UTC (g_free); NULL if there is none
 *
 * Errors: SP_ERROR_DATA naming origin and line: what sp_px_keywords refuses, a variable without
 * codes or with one twice, figures that are too few, too many or none, more than
 * SP_JSONSTAT_MAX_CELLS cells. What the sink says passes through.
 */
gboolean sp_px_parse(const char *bytes, gsize size, const char *origin, SpSink *sink,
                     char **updated, GError **error);

#endif
