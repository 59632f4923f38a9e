/* CSV in pieces, for the sources whose rows are about persons. */
#include "extractors/parser.h"

#include "core/io/csv.h"

typedef struct {
    SpParser parser; /* first: a pointer to it is one to this */
    SpCsv *csv;
} CsvParser;

static gboolean push(SpParser *parser, const char *bytes, gsize size, GError **error)
{
    return sp_csv_push(((CsvParser *)parser)->csv, bytes, size, error);
}

static gboolean close_all(SpParser *parser, GError **error)
{
    gboolean ok = sp_csv_close(((CsvParser *)parser)->csv, error);
    g_free(parser);
    return ok;
}

static void abandon(SpParser *parser)
{
    sp_csv_abandon(((CsvParser *)parser)->csv);
    g_free(parser);
}

SpParser *sp_csv_parser_open(const char *origin, const SpLayout *layout, SpSink *sink,
                             GError **error)
{
    const SpCsvForm form = {.origin = origin,
                            .encoding = layout->encoding,
                            .delimiter = layout->delimiter,
                            .header_rows = layout->header_rows,
                            .mark_decides = TRUE,
                            .is_private = TRUE};
    SpCsv *csv = sp_csv_open(&form, sink, error);
    if (csv == NULL) {
        return NULL;
    }
    CsvParser *parser = g_new0(CsvParser, 1);
    parser->parser = (SpParser){.push = push, .close = close_all, .abandon = abandon};
    parser->csv = csv;
    return &parser->parser;
}
