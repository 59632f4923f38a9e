/** What the parsers' tests look at: a sink that keeps what it is given, and settings from a few
 * lines of text. */
#ifndef SP_TESTS_EXTRACTORS_RECORD_H
#define SP_TESTS_EXTRACTORS_RECORD_H

#include "core/config.h"
#include "core/sink.h"
#include "extractors/extractor.h"

typedef struct {
    SpSink sink;     /* first: a pointer to it is one to the record */
    char *names;     /* "a|b|c", NULL before begin */
    GPtrArray *rows; /* char* "1: x|y|z"; the first MAX_KEPT only */
    guint64 n_rows;
    guint64 n_empty; /* rows whose field "value" is empty */
    double sum;      /* of field "value" */
    gsize value;     /* its number, or that of no field */
    guint64 n_begins;
} Record;

Record *record_new(void);
void record_free(Record *record);
/** Row `i`, "" when there are fewer. */
const char *record_row(const Record *record, guint i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Record, record_free)

/** The settings of a dataset "SOURCE/test" of an extractor from "key = value" lines; fails the test
 * when the text is no INI. */
SpSettings *record_settings(const SpExtractor *extractor, const char *lines);

/** Fetches the dataset of these lines; paths are relative to the root. */
SpFetched *record_fetch(const SpExtractor *extractor, const char *lines, GError **error);
/** Fails unless fetching it is refused with SP_ERROR_CONFIG and a text that holds `part`. */
void record_check_refused(const SpExtractor *extractor, const char *lines, const char *part);

/** A whole file; fails the test when it cannot be read. g_free. */
char *record_read(gsize *size, const char *first, ...) G_GNUC_NULL_TERMINATED;

#endif
