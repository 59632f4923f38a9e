/** Whether the other formats tell no more than the tables beside them. Nothing is shared with what
 * writes them. */
#ifndef SP_PIPELINE_FORMATS_H
#define SP_PIPELINE_FORMATS_H

#include "core/io/json.h"
#include "core/table.h"

/** What was looked at. */
typedef struct {
    gsize n_sheets;   /* of workbooks */
    gsize n_sections; /* tables of pages */
    gsize n_files;    /* tables of the formats for machines */
    gsize n_figures;  /* in all of them */
} SpFormats;

/** A package as a stranger has it. All borrowed. */
typedef struct {
    const char *folder;
    const SpTables *tables;
    json_t *descriptor; /* datapackage.json: titles of tables and columns */
} SpFormatsOf;

/**
 * Of tables that hide figures: holds the sheet of statistikkpakke.xlsx that bears the table's
 * title, each table of the pages (*.html) that says by data-tabell="NAME" that it is of it,
 * excel-csv/NAME-excel.csv, jsonstat/NAME.json and the table NAME of statistikkpakke.sqlite against
 * the figures that it does show. None may stand there oftener than in the table, as it is written
 * there: to nine digits, on a page rounded to as many decimals as it shows, a share perhaps in
 * percent. A hidden figure is one too many, unless the format leaves out another
 * that looks the same. What is one too many goes to `leaks` (char*), named by package, file, table
 * and figure; counts are added to `seen`. A file that is not there is no fault; SP_ERROR_DATA for
 * one that cannot be read.
 */
gboolean sp_formats_examine(const SpFormatsOf *of, SpFormats *seen, GPtrArray *leaks,
                            GError **error);

#endif
