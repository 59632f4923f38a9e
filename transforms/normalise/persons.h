/**
 * Person-level extracts: a sink that turns each row into our codes, leaves out what is not valid
 * and keeps of the rest who was in which cell, in numbers (persons_rows.h). Rows become counts and
 * nothing else: no text of a row is in any finding, message or result beyond our own codes.
 */
#ifndef SP_TRANSFORMS_NORMALISE_PERSONS_H
#define SP_TRANSFORMS_NORMALISE_PERSONS_H

#include "core/layout.h"
#include "core/quality.h"
#include "core/regions.h"
#include "core/sink.h"
#include "transforms/normalise/persons_keys.h"

/** What it points at is borrowed for the life of the sink. */
typedef struct {
    const SpLayout *layout; /* with [persons] */
    const char *origin;     /* for messages */
    const SpTables *maps;   /* code lists that the layout names: from, to, maybe fra, til */
    const SpTable *bands;   /* liste, kode, fra, til (config/aldersgrupper.csv); NULL: no bands */
    const SpRegions *regions;
    SpDay target; /* of the division that regions are counted on */
    SpQuality *quality;
    /* Numbers of persons, shared by the sinks of one dataset so that each person is known once. */
    SpPersonsKeys *keys;
} SpPersonsInput;

typedef struct SpPersons SpPersons;

/** SP_ERROR_CONFIG when a code list or band is not there, when levels contradict each other, or
 * when a measure's `when` names a code that no row can have. */
SpPersons *sp_persons_new(const SpPersonsInput *input, GError **error);
void sp_persons_free(SpPersons *persons);

/**
 * The sink, borrowed. `begin` fails with SP_ERROR_DATA when a column of the layout is not there, or
 * another is; names of the file are never told, only numbers of columns, for a file without its
 * header would tell of a person.
 *
 * A row counts if its codes are ours and allowed by the filters, its age is in a band, its
 * quantities within their limits and its person key a pseudonym (8 to 64 of 0-9 A-Z a-z - _).
 * Otherwise it is left out and noted by rule with its column and first row number: bad_year,
 * unknown_code, age_outside, not_a_number, quantity_outside, missing_person, bad_person. Rows that
 * a filter does not let through are no concern of the table: outside_filter, not held against the
 * source.
 *
 * A kommune code of the row's year becomes its only successor on the target division at once, so
 * that distinct persons of merged kommuner are counted and not added; one that was divided keeps
 * its code until sp_persons_table.
 *
 * With measures of the year that follows (`next`), a row that is left out still tells that its
 * person is there, if it has a year and a person key: in the service of its kommune if it passes
 * the filters, else in the sector.
 *
 * Hard errors: SP_ERROR_DATA when a column holds more different texts than any code list, when
 * there are more than 16 data years, or when a kommune has no way to the target division.
 */
SpSink *sp_persons_sink(SpPersons *persons);

/**
 * A further file of the same dataset comes. Borrowed until the next: `origin` names it in messages,
 * and `of_file` (NULL: nobody asks) is told of its rows that are left out, as the
 * quality report is of all. A kommune and period with rows of several files is told to both
 * (kommune_in_two_files, naming them): the rows are added, for who changed pay system delivers two
 * files, but it may also be a correction under another name.
 */
void sp_persons_next_file(SpPersons *persons, const char *origin, SpQuality *of_file);

/** Periods (char*, borrowed) of the rows that came since the last sp_persons_next_file;
 * g_ptr_array_unref. */
GPtrArray *sp_persons_file_periods(const SpPersons *persons);

/** Rows that are a concern of the table, and those of them that were left out. */
guint64 sp_persons_n_rows(const SpPersons *persons);
guint64 sp_persons_n_left_out(const SpPersons *persons);

/**
 * The facts, once (the sink is then only good for freeing): marked sensitive, unique keys, rows of
 * kommuner on the target division and of fylker and country as counted. The rows of a divided
 * kommune are restated (restate.h, with `weights`, NULL if there are none): their distinct counts
 * are missing, and so are those of a kommune that such a part was added to. If a kommune's parts
 * are in several fylker now, the figures of these fylker in that period are missing (finding
 * split_over_fylker).
 *
 * SP_ERROR_DATA when no row counts.
 */
SpTable *sp_persons_table(SpPersons *persons, const SpTable *weights, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPersons, sp_persons_free)

#endif
