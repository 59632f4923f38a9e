/**
 * A made-up PAI file: 1 000 persons with 3 000 positions in the kommuner of the small country
 * (mini.h), in two years, one of them before Ålesund was divided. What the tests of person-level
 * deliveries count, deliver and search for.
 */
#ifndef SP_TESTS_PIPELINE_PEOPLE_H
#define SP_TESTS_PIPELINE_PEOPLE_H

#include "tests/pipeline/mini.h"

enum { N_PERSONS = 1000, N_POSITIONS = 3000, KEY_SIZE = 16 };
enum { N_KOMMUNER = 5, N_JOBS = 5, N_BANDS = 8 };

#define INBOX "inbox/pai"
#define DELIVERY "pai-2024-12.csv"
#define PAI "--unit=pai/stillinger"
#define FACTS "stages/normalise/pai/stillinger/latest"

/* One position, as indexes into the lists below. */
typedef struct {
    int person;
    int year; /* 2023 or 2024 */
    int kommune;
    int code;
    int percent; /* hundredths of a percent */
    gboolean is_care;
    char form;   /* F, M or V */
    int absence; /* days by a doctor, and half as many by own notice; -1: not told */
} Position;

typedef struct {
    char keys[N_PERSONS][KEY_SIZE + 1];
    int born[N_PERSONS];
    int sex[N_PERSONS];
    Position positions[N_POSITIONS];
    guint64 seed;
} People;

typedef struct {
    const char *code;
    const char *yrke;
    const char *group; /* NULL: in none */
} Job;

typedef struct {
    const char *code;
    int first;
    int last;
} Band;

extern const char *const people_kommuner[N_KOMMUNER]; /* 1507 is the undivided Ålesund */
extern const char *const people_fylker[N_KOMMUNER];
extern const Job people_jobs[N_JOBS];
extern const Band people_bands[N_BANDS]; /* the last is all ages */

/** A cell of a table of positions; region, sex 0 and profession may be a sum. */
typedef struct {
    int year;
    const char *region;
    int band; /* of a list of them */
    int sex;
    const char *yrke;
} Cell;

/** Whether a position of health and care is in a cell. */
gboolean people_is_in(const People *people, const Position *one, const Cell *cell,
                      const Band bands[]);

/** Always the same people. g_free. */
People *people_new(void);
/** The file as a pay system writes it: ISO-8859-1, semicolons, decimal comma. g_free. */
char *people_file(const People *people);
/** The rows of one year of it, as a sender would split it. g_free. */
char *people_file_of_year(const People *people, int year);
/** Puts a text into the inbox. */
void people_deliver(const Mini *mini, const char *name, const char *text);
/** The same, as gzip packs it. */
void people_deliver_packed(const Mini *mini, const char *name, const char *text);
/** The small country with the dataset in use; `settings` are the lines of its section. */
Mini *people_country(const char *settings);
/** A file of the only edition, served or not. g_free. */
char *people_edition_text(const Mini *mini, const char *relative);
/** Fails unless a night without anything new, made again by force, changes no byte of the
 * stages. */
void people_check_second_night(const Mini *mini);
/** Path of the one encrypted file of the store. g_free. */
char *people_snapshot(const Mini *of);

/** The search for pseudonyms in whatever a program leaves behind. */
typedef struct {
    GHashTable *keys;     /* borrowed texts; the caller unrefs it */
    guint8 starts[65536]; /* by the first two bytes */
    gsize n_files;
    gsize n_bytes;
} Search;

void search_init(Search *search, People *people);
/** How many pseudonyms stand in bytes [size], at any place. */
gsize search_count(Search *search, const char *bytes, gsize size);
/** Fails if one stands in any file below a folder, or in the name of one. */
void search_below(Search *search, const char *folder);

#endif
