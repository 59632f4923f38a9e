/**
 * The reader of SSB's CSV files: rows as from JSON-stat (jsonstat.h). SSB has no one dialect, so
 * the file is looked at first: semicolon with decimal comma (ready-made data sets and exports),
 * comma or tab with decimal point (PxWebApi); UTF-8, or ISO-8859-1 when it is not valid as such;
 * title lines before the header or none. Which columns are figures tells the layout:
 *
 *   columns that the layout names    keys, under their own names
 *
 *   all others                       figures; each becomes rows of its own, with
 *     value, status                  the number with a decimal point, or the sign in its place
 *     heading.contents               what the header of the figures says before its period,
 *     heading.time                   the period (2024, 2024K1, 2024M01, 2024U01) and
 *     heading.rest                   what comes after it: "Persons 2024 Males"
 *
 * The three of the heading come only if the layout names one of them. Without a layout, or when it
 * names none of the file's columns but "value", the last column is the figures and all others are
 * keys, as PxWebApi sends it with codes and one figure a row.
 */
#ifndef SP_EXTRACTORS_SSB_CSV_ANSWER_H
#define SP_EXTRACTORS_SSB_CSV_ANSWER_H

#include "core/layout.h"
#include "core/sink.h"

/**
 * `layout` may be NULL. Row numbers are those of the file. SP_ERROR_DATA naming origin and row: an
 * empty file, no header, a row of another length, several columns of figures and no heading.* in
 * the layout. What the sink says passes through.
 */
gboolean sp_ssb_csv_parse(const char *bytes, gsize size, const char *origin, const SpLayout *layout,
                          SpSink *sink, GError **error);

/** The title line before the header, without quotes; NULL if there is none. g_free. */
char *sp_ssb_csv_title(const char *bytes, gsize size);

#endif
