/** One table as it stands at a moment: its description (tables/ID.ini) seen through the clock and
 * the faults of one request. */
#ifndef SP_TESTS_UPSTREAM_TABLE_H
#define SP_TESTS_UPSTREAM_TABLE_H

#include "tests/upstream/country.h"
#include "tests/upstream/moment.h"

enum { FAKE_MAX_VARIABLES = 8 };

typedef enum { FAKE_OTHER, FAKE_GEO, FAKE_AGE, FAKE_METRIC, FAKE_TIME } FakeRole;

typedef struct {
    char *text;
    char *unit;
    char *model;
    char *refperiod;
    char *measuring;
    guint decimals;
    double scale;
    gint64 hide_from; /* figures from-to are ":"; none when to < from */
    gint64 hide_to;
} FakeContents;

typedef struct {
    char *code;
    char *text;
    guint64 seed;
    int number;             /* age, or year */
    const FakePlace *place; /* a kommune or fylke: its lifetime */
    GPtrArray *members; /* const FakePlace*: the kommuner it is the sum of; NULL: not a region */
    FakeContents *contents; /* of a METRIC */
    gboolean is_total;      /* the sum of all others */
} FakeValue;

typedef struct {
    char *code;
    char *text;
    char *klass; /* "104 131", or NULL */
    FakeRole role;
    gboolean is_eliminable;
    GPtrArray *values; /* FakeValue* */
} FakeVariable;

typedef struct {
    char *code;
    char *text;
    GPtrArray *codes; /* char*: values of the variable */
} FakeGroup;

typedef struct {
    char *id; /* "agg_KommSummer" */
    char *label;
    char *prefix;
    const FakeVariable *variable;
    GPtrArray *groups; /* FakeGroup* */
} FakeCodelist;

typedef struct {
    gint64 time;
    int year;
} FakeRelease;

typedef struct {
    char *id;
    char *title; /* "07459: Befolkning, ..." */
    char **path; /* "be:Befolkning", "folkemengde:Folkemengde" */
    char *note;
    char *updated;
    guint64 seed;
    gboolean may_aggregate;
    gboolean copies_2019;       /* some kommuner repeat 2018 */
    gboolean has_non_reporters; /* some kommuner have ".." */
    const char *zero_sign;      /* what the newest period is made of now; NULL: its figures */
    int first_year;
    int last_year;
    GArray *releases;     /* FakeRelease, those that are out */
    GPtrArray *variables; /* FakeVariable*, at most FAKE_MAX_VARIABLES */
    GPtrArray *codelists; /* FakeCodelist* */
    const FakeCountry *country;
} FakeTable;

/** NULL without an error when there is no such table (or one that is not reachable); with
 * SP_ERROR_DATA when its description is wrong. */
FakeTable *fake_table_read(const char *folder, const FakeCountry *country, const char *id,
                           const FakeMoment *moment, GError **error);
void fake_table_free(FakeTable *table);
/** Ids of the tables of a folder in byte order. g_strfreev. */
char **fake_table_ids(const char *folder);

/** The variable of that code and its number; NULL when there is none. */
const FakeVariable *fake_table_variable(const FakeTable *table, const char *code,
                                        gboolean is_case_ignored, guint *place);
/** FALSE when the variable has no such value. */
gboolean fake_variable_value(const FakeVariable *variable, const char *code,
                             gboolean is_case_ignored, guint *place);
/** NULL when there is none of exactly that id. */
const FakeCodelist *fake_table_codelist(const FakeTable *table, const char *id);

/* In values.c: fills a variable from the words of `values` in its description. */
gboolean fake_values_make(FakeVariable *variable, const char *text, const char *total,
                          const FakeCountry *country, GError **error);
void fake_value_free(gpointer value);
FakeValue *fake_value_new(const char *code, const char *text);
/* In codelists.c: the groups of a code list by the word of `make`. */
gboolean fake_codelist_make(FakeCodelist *codelist, const char *make, const FakeCountry *country,
                            GError **error);
void fake_codelist_free(gpointer codelist);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(FakeTable, fake_table_free)

#endif
