/** What the two files of PxWebApi v2 share: pxweb2.c answers with figures, pxweb2_lists.c tells
 * what there is. */
#ifndef SP_TESTS_UPSTREAM_PXWEB2_H
#define SP_TESTS_UPSTREAM_PXWEB2_H

#include "tests/upstream/table.h"
#include "tests/upstream/world.h"

#define FAKE_API2 "/api/pxwebapi/v2/"

/** {"type":"Parameter error","title":...,"status":...}, and "detail" with the same text when
 * `has_detail`. */
void fake_problem2(FakeAnswer *answer, guint status, const char *title, gboolean has_detail);

void fake_config2(const FakeWorld *world, FakeAnswer *answer);
/** A page of the list of tables, by query, pageSize, pageNumber, pastDays, includeDiscontinued. */
void fake_tables2(const FakeWorld *world, const FakeRequest *request, FakeAnswer *answer);
void fake_table2(const FakeWorld *world, const FakeTable *table, FakeAnswer *answer);
void fake_default_selection2(const FakeTable *table, FakeAnswer *answer);
/** The first code list of that id in any table. */
void fake_codelist2(const FakeWorld *world, const FakeRequest *request, const char *id,
                    FakeAnswer *answer);

#endif
