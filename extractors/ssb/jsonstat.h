/**
 * The reader of JSON-stat 1.x and 2.0 (json-stat.org): a cube of figures becomes rows.
 *
 * Taken: a dataset; a bundle or collection that holds exactly one dataset; values as array or
 * sparse object; status as array, object or one text for all; category index as array, object or
 * (one category) absent; sizes as numbers or texts; roles of any kind, which are not read. Labels,
 * units, notes, hierarchies and extensions are not read either: codes and figures are what a layout
 * works on.
 */
#ifndef SP_EXTRACTORS_SSB_JSONSTAT_H
#define SP_EXTRACTORS_SSB_JSONSTAT_H

#include "core/sink.h"

/** Largest cube, cells: well above what SSB gives in one answer (800 000), and 80 MB of our own
 * memory. */
enum { SP_JSONSTAT_MAX_CELLS = 5000000 };

/**
 * Hands a document to a sink: names are the ids of the dimensions in the cube's order, then "value"
 * and "status"; one row a cell, the last dimension fastest, its number the cell's place counted
 * from 1. A figure is written so that it reads back as the same double (whole numbers exactly). A
 * null has an empty value and its status, ".." when none is given; a figure keeps its status beside
 * it ("*").
 *
 *   updated  set to the dataset's own time of change (g_free) when that is a date or begins with
 * one, else NULL
 *
 * Errors: SP_ERROR_DATA naming `origin`, the dimension or cell, and what was wanted: not JSON, no
 * dataset or several, metadata without figures, texts that are not numbers, a size that does not
 * fit the figures, a dimension or code that comes twice, too many cells. What the sink says passes
 * through. Rows before a fault in the values have not been handed on: the cube is checked first.
 */
gboolean sp_jsonstat_parse(const char *bytes, gsize size, const char *origin, SpSink *sink,
                           char **updated, GError **error);

#endif
