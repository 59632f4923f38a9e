/**
 * The divisions the fake tells of: real kommuner, fylker, groups and changes since 1986 (facts of
 * SSB's KLASS, tables/README.md), with sizes that are made up.
 */
#ifndef SP_TESTS_UPSTREAM_COUNTRY_H
#define SP_TESTS_UPSTREAM_COUNTRY_H

#include <glib.h>

enum { FAKE_FIRST_YEAR = 1986, FAKE_NO_END = 9999, FAKE_GROUPS = 17 };

/** One name of a code, in KLASS' own terms. Borrowed texts. */
typedef struct {
    const char *code;
    const char *name;
    const char *from;  /* "1967-01-01" */
    const char *to;    /* exclusive; "" while it lasts */
    const char *group; /* "EKG07" of those that live, else "" */
} FakeVersion;

/** A kommune or a fylke: all its versions together. */
typedef struct {
    const char *code;
    const char *name; /* the last one */
    int from_year;    /* lives on 1 January of from_year <= year < end_year */
    int end_year;
    const char *group;
    const char *heir; /* the living code all of it went to (its own when it lives); NULL: it was
                         divided. Kommuner only */
    double size;      /* inhabitants in 2024, made up; kommuner only */
    guint64 seed;
} FakePlace;

typedef struct {
    const char *date;
    const char *old_code;
    const char *old_name;
    const char *new_code;
    const char *new_name;
} FakeChange;

typedef struct {
    GPtrArray *versions; /* FakeVersion*, by code and time; of kommuner */
    GPtrArray *fylke_versions;
    GPtrArray *kommuner; /* FakePlace*, by code; without 9999 */
    GPtrArray *fylker;
    GPtrArray *changes; /* FakeChange*, by day */
    GPtrArray *rows;    /* what the texts are borrowed from */
} FakeCountry;

/** Reads kommuner.csv, fylker.csv and endringer.csv of a folder. NULL with SP_ERROR_NO_INPUT or
 * SP_ERROR_DATA. */
FakeCountry *fake_country_read(const char *folder, GError **error);
void fake_country_free(FakeCountry *country);
const FakePlace *fake_country_find(const FakeCountry *country, const char *code);

static inline gboolean fake_place_lives(const FakePlace *place, int year)
{
    return place->from_year <= year && year < place->end_year;
}

/** Deterministic: same texts and numbers, same figures, on any machine. */
guint64 fake_seed(const char *text);
guint64 fake_mix(guint64 a, guint64 b);
/** 0 <= share < 1 of a hash. */
double fake_share(guint64 hash);

#endif
