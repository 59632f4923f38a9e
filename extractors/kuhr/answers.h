/**
 * What a snapshot of open KUHR data holds: the answers to the calls of a dataset, one alone as it
 * came, several as a sequence (extractors/sequence.h), all of them JSON, XML or CSV.
 *
 * Real shape of the JSON (seen): {"antall": 4, "takstbruk": [{"ar": "2023", ...}]}. Element names
 * of the XML and the form of the CSV have not been seen: any root whose children hold fields is
 * taken, and the layout tells how the CSV looks.
 */
#ifndef SP_EXTRACTORS_KUHR_ANSWERS_H
#define SP_EXTRACTORS_KUHR_ANSWERS_H

#include "core/layout.h"
#include "core/sink.h"

/**
 * Hands the rows of all answers to a sink as one list. A kommune or tariff without a row is not
 * zero: the source leaves small figures out, and nothing is added here.
 *
 *   layout  form of CSV; may be NULL when the answers are JSON or XML
 *
 * SP_ERROR_DATA: none of the three formats, another number of rows than "antall", a row that stands
 * twice, CSV whose later parts have other columns.
 */
gboolean sp_kuhr_parse(const char *bytes, gsize size, const char *origin, const SpLayout *layout,
                       SpSink *sink, GError **error);

#endif
