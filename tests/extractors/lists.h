/** The project's own code lists and layouts, and what person-level readers are tested with. */
#ifndef SP_TESTS_EXTRACTORS_LISTS_H
#define SP_TESTS_EXTRACTORS_LISTS_H

#include "extractors/discard.h"
#include "extractors/extractor.h"
#include "tests/extractors/record.h"

/** config/FOLDER/NAME.csv as a table NAME of code columns. */
SpTable *lists_table(const char *folder, const char *name);
/** The lists of config/codes that a layout and an extractor (NULL: none) name. */
SpTables *lists_of(const SpExtractor *extractor, const SpLayout *layout);
/** A layout of config/layouts. */
SpLayout *lists_layout(const char *name);

/** An open reader and all that it borrows. */
typedef struct {
    SpDiscard count;
    const SpExtractor *extractor;
    SpLayout *layout;
    SpSettings *settings;
    SpTables *lists;
    SpQuality *quality;
    guint64 n_left_out;
    SpParserInput input;
} Reading;

/** `lines` are those of the dataset's section. */
Reading *reading_new(const char *extractor, const char *layout, const char *lines);
void reading_free(Reading *reading);
/** Reads bytes [size] in pieces of `piece`. */
gboolean reading_parse(Reading *reading, SpSink *sink, const char *bytes, gsize size, gsize piece,
                       GError **error);
/** Fails unless the text is refused, read in pieces of any size, with a message that holds `part`
 * and nothing secret ("hemmelig"). */
void reading_check_refused(Reading *reading, const char *text, const char *part);
/** The reader with a sink that only counts rows, into `count` of the reading. */
SpParser *reading_open_count(Reading *reading);
/** Fails unless a rule was broken `n` times, first in row or element `row` (0: any). */
void reading_check_rule(const Reading *reading, const char *rule, guint64 n, guint64 row);

/** A file that was read, and its rows. */
typedef struct {
    Reading *reading;
    Record *record;
} Seen;

/** Reads a text, which must be good, in pieces of `piece`; takes `reading` over. */
Seen seen_read(Reading *reading, const char *text, gsize piece);
void seen_clear(Seen *seen);

/** Field `name` of row `row` of the record; "" when there is no such row. g_free. */
char *record_field(const Record *record, guint row, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Reading, reading_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Seen, seen_clear)

#endif
