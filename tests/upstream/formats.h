/** Answers in the formats of PxWeb, all UTF-8: who sends them converts. */
#ifndef SP_TESTS_UPSTREAM_FORMATS_H
#define SP_TESTS_UPSTREAM_FORMATS_H

#include "tests/upstream/cube.h"

/** JSON-stat 2.0. */
void fake_write_jsonstat2(const FakeCube *cube, GString *out);
/** JSON-stat 1.2: a root object "dataset" that holds id, size and role inside "dimension". */
void fake_write_jsonstat1(const FakeCube *cube, GString *out);
/** The metadata of v2: a JSON-stat 2.0 dataset of the whole table with "value": [] and its code
 * lists. `base` is the address of the API, for links. */
void fake_write_metadata2(const FakeTable *table, const char *base, GString *out);

typedef enum { FAKE_TEXTS, FAKE_CODES, FAKE_CODES_AND_TEXTS } FakeLabels;

typedef struct {
    FakeLabels labels;
    char separator;
    gboolean has_title;   /* the title in a row of its own, then an empty one */
    gboolean is_long;     /* one figure a row */
    char *const *heading; /* codes of the variables that go across; NULL: ContentsCode and Tid */
} FakeCsvForm;

/** Texts in double quotes, decimal point, CRLF; a sign in the place of a figure is quoted. */
void fake_write_csv(const FakeCube *cube, const FakeCsvForm *form, GString *out);

/** A PX file. `now` is its creation date. */
void fake_write_px(const FakeCube *cube, gint64 now, GString *out);

/** A figure with a decimal point, or its sign as it is. */
void fake_write_cell(const FakeCell *cell, guint decimals, GString *out);
/** "key": as JSON text with its quotes. */
void fake_write_json_text(const char *text, GString *out);

#endif
