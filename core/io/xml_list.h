/**
 * Flat lists in XML, read as they stream by: <around><item><name>text</name>...</item>...</around>,
 * at any depth and whatever stands beside them. What is read and what never is:
 * core/io/xml_stream.h.
 */
#ifndef SP_CORE_IO_XML_LIST_H
#define SP_CORE_IO_XML_LIST_H

#include "core/sink.h"

enum {
    SP_XML_LIST_MAX_COLUMNS = 16,
    SP_XML_LIST_MAX_DEPTH = 16,
    SP_XML_LIST_MAX_TEXT = 64 * 1024 /* bytes of text between two tags */
};

/** One kind of list; names are without prefix, the namespace is not looked at. */
typedef struct {
    const char *around;
    const char *item;
    const char *const *columns; /* [n_columns] children of an item; what is absent or empty is "" */
    gsize n_columns;
} SpXmlList;

/** Those that a document may hold. */
typedef struct {
    const char *origin; /* names the document in messages */
    const SpXmlList *lists;
    gsize n;
} SpXmlLists;

/**
 * Finds the first of the lists whose `around` there is and hands its items to the sink, numbered
 * from 1; *which is its number, n when there is none of them (no error; the sink has got nothing).
 * Elements of an item that are no column are passed over; one that repeats counts the first time.
 * SP_ERROR_DATA as sp_xml_push. What the sink says passes through.
 */
gboolean sp_xml_list_parse(const char *bytes, gsize size, const SpXmlLists *lists, SpSink *sink,
                           gsize *which, GError **error);

#endif
