/**
 * XML that is a list of rows: one element a row, its fields attributes or elements in it. To the
 * sink it is the same as CSV with these columns.
 */
#ifndef SP_EXTRACTORS_XML_ROWS_H
#define SP_EXTRACTORS_XML_ROWS_H

#include "extractors/parser.h"

/** Names of elements and attributes. Borrowed until the parser's end. */
typedef struct {
    const char *origin;
    const char *file;           /* the root */
    const char *row;            /* an element in the root: one row */
    const char *const *columns; /* [n_columns], as they are told to the sink */
    gsize n_columns;
    const char *const *ignored; /* [n_ignored]: read over, with all that is in them */
    gsize n_ignored;
    const char *list; /* the file that names them, for messages */
} SpXmlRowsForm;

/**
 * A field that a row does not have is empty; one that it has several times is all its texts with
 * blanks between. Rows are numbered from 1. SP_ERROR_DATA as core/io/xml_stream, and for an element
 * or attribute that the form does not name; no message quotes the file. `sink` is borrowed.
 */
SpParser *sp_xml_rows_open(const SpXmlRowsForm *form, SpSink *sink);

#endif
