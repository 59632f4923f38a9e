/** The classifications the fake knows, as KLASS keeps them: one row per code, name and validity. */
#ifndef SP_TESTS_UPSTREAM_KLASS_DATA_H
#define SP_TESTS_UPSTREAM_KLASS_DATA_H

#include "tests/upstream/country.h"

typedef struct {
    const char *id;
    const char *name;
} FakeClassification;

/** 104 fylker, 112 KOSTRA groups, 128 centrality, 131 kommuner. NULL for any other. */
const FakeClassification *fake_klass_find(const char *id);
const FakeClassification *fake_klass_at(gsize i); /* NULL past the last */

/** Its versions of codes: FakeVersion*, borrowed texts. Unref the array. */
GPtrArray *fake_klass_versions(const FakeCountry *country, const char *id);

/** The centrality class of a kommune: made up, but for Oslo's. */
const FakeVersion *fake_klass_class(const FakeVersion *kommune);

/** A table from groups (112) to kommuner (131) from its day on. */
typedef struct {
    const char *id;
    const char *name;
    const char *from; /* "2024-01-01" */
    const char *to;   /* exclusive, "" while it lasts */
} FakeCorrespondence;

const FakeCorrespondence *fake_klass_correspondence_at(gsize i); /* NULL past the last */

/** "classifications/683"-like: a version that is only told of. */
typedef struct {
    const char *id;
    const char *name;
    const char *from;
    const char *last_modified;
    const char *table; /* a correspondence table of it, or NULL */
} FakeKlassVersion;

const FakeKlassVersion *fake_klass_version_find(const char *id);

#endif
