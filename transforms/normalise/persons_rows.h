/**
 * What is kept of person rows until all are read: leaves (the finest cells: a period and our codes)
 * with exact sums, and which person was in which leaf. For persons*.c alone.
 *
 * Memory: 8 bytes for each person in each leaf (8 more for each quantity that is summed by person),
 * however many rows put her there one after the other, 4 bytes a person, and some 30 bytes and 8 a
 * measure for each leaf. Nothing of a row but these numbers is kept.
 */
#ifndef SP_TRANSFORMS_NORMALISE_PERSONS_ROWS_H
#define SP_TRANSFORMS_NORMALISE_PERSONS_ROWS_H

#include "transforms/normalise/persons_spec.h"

/** What a leaf's rows are for. */
typedef enum {
    SP_PERSONS_COUNTED,    /* they count in the table */
    SP_PERSONS_IN_SERVICE, /* left out by a rule, but passed the filters: the person is there */
    SP_PERSONS_IN_SECTOR,  /* outside the filters: the person is somewhere in the source */
} SpPersonsPurpose;

/** No code, of a leaf whose rows do not count. */
#define SP_PERSONS_NO_CODE G_MAXUINT32

/** One row, in numbers. */
typedef struct {
    SpPersonsPurpose purpose;
    guint32 period;           /* number of it */
    guint32 person;           /* number of her */
    guint32 mask;             /* bit i: measure i is of this row */
    const guint32 *codes;     /* [n_codes] */
    const gint64 *quantities; /* [quantities of the specification] */
} SpPersonsRow;

/** A leaf: the same but for persons and quantities. */
typedef struct {
    SpPersonsPurpose purpose;
    guint32 period;
    guint32 mask;
    const guint32 *codes; /* [n_codes], borrowed until the next row is added */
} SpPersonsLeaf;

typedef struct SpPersonsRows SpPersonsRows;

/** `measures` is borrowed; leaves have `n_codes` codes beside the period. */
SpPersonsRows *sp_persons_rows_new(const SpPersonsMeasures *measures, gsize n_codes);
void sp_persons_rows_free(SpPersonsRows *rows);

/** Rows of a purpose other than COUNTED have no mask and no quantities. */
void sp_persons_rows_add(SpPersonsRows *rows, const SpPersonsRow *row);

guint32 sp_persons_rows_n_leaves(const SpPersonsRows *rows);
SpPersonsLeaf sp_persons_rows_leaf(const SpPersonsRows *rows, guint32 leaf);
/** Of all rows of a leaf, by measure [measures]: counts, sums, least and largest; what is written
 * to those of distinct persons is kept. Borrowed. */
gint64 *sp_persons_rows_values(SpPersonsRows *rows, guint32 leaf);
/** A sum of `measure` was beyond 64 bits. */
gboolean sp_persons_rows_overflow(const SpPersonsRows *rows, gsize *measure);

/** Records: a person in a leaf, maybe more than once. */
guint32 sp_persons_rows_n_records(const SpPersonsRows *rows);
guint32 sp_persons_rows_person(const SpPersonsRows *rows, guint32 record);
guint32 sp_persons_rows_record_leaf(const SpPersonsRows *rows, guint32 record);
/** Her sums there, by person sum of the specification. Borrowed. */
const gint64 *sp_persons_rows_sums(const SpPersonsRows *rows, guint32 record);
/** Records ordered by person, then by period; of one person and period as they came.
 * [n_records], g_free. */
guint32 *sp_persons_rows_order(const SpPersonsRows *rows);

/** All that was read of one layout. Borrowed. */
typedef struct {
    const SpPersonsInput *input;
    const SpPersonsSpec *spec;
    const SpPersonsRegions *regions;
    const SpPersonsPeriod *periods; /* [n_periods] */
    guint n_periods;
    const SpCodes *const *codes; /* [slots] what the numbers of a leaf's codes stand for */
    SpPersonsRows *rows;
} SpPersonsRead;

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPersonsRows, sp_persons_rows_free)

#endif
