/**
 * A parser that bytes are pushed to in pieces, in order: for sources that are too large or too
 * secret to stand in memory as a whole.
 */
#ifndef SP_EXTRACTORS_PARSER_H
#define SP_EXTRACTORS_PARSER_H

#include "core/config.h"
#include "core/layout.h"
#include "core/quality.h"
#include "core/sink.h"

typedef struct SpParser SpParser;
struct SpParser {
    /** Bytes [size], at most 64 KiB; after an error only `abandon` is allowed. */
    gboolean (*push)(SpParser *parser, const char *bytes, gsize size, GError **error);
    /** All bytes have come. Frees, also after an error. */
    gboolean (*close)(SpParser *parser, GError **error);
    /** Frees without a word. */
    void (*abandon)(SpParser *parser);
};

static inline void sp_parser_abandon(SpParser *parser)
{
    if (parser != NULL) {
        parser->abandon(parser);
    }
}

/** What a parser is opened with. What it points at is borrowed until the parser's end. */
typedef struct {
    const char *origin;     /* for messages */
    const SpLayout *layout; /* form of the file */
    const SpSettings *settings;
    const SpTables *lists; /* the code lists that the extractor's `lists` names */
    /** Rules that the reader itself holds the file against: kind, column or element, number of row
     * or element, never content. */
    SpQuality *quality;
    guint64 *n_left_out; /* what the reader leaves out by them is added: it never is a row */
} SpParserInput;

/** Notes that something breaks a rule and is left out. `kind` is the rule's name, `subject` the
 * column or element that it is about. */
void sp_parser_leave_out(const SpParserInput *input, const char *kind, const char *subject,
                         guint64 number);

/**
 * A file by the layout's form: CSV, or a workbook when the layout or, with form = auto, the bytes
 * say so (core/io/sheets.h). `origin` as in messages; the sink is borrowed for the call.
 * SP_ERROR_DATA as the readers, and when the bytes are of another form than the layout wants.
 */
gboolean sp_file_parse(const char *bytes, gsize size, const char *origin, const SpLayout *layout,
                       SpSink *sink, GError **error);

/**
 * The same for rows about persons, in pieces: a byte order mark makes a CSV UTF-8, and no message
 * quotes the file. A CSV passes through; a workbook is one piece, since what tells of its parts
 * stands at its end: it is kept in memory, at most SP_FILE_MAX_WORKBOOK bytes, locked there if the
 * system lets us, and wiped afterwards. `sink` is borrowed until the end.
 */
enum { SP_FILE_MAX_WORKBOOK = 256 * 1024 * 1024 };
SpParser *sp_file_parser_open(const char *origin, const SpLayout *layout, SpSink *sink,
                              GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpParser, sp_parser_abandon)

#endif
