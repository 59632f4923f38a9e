/* Leaves and records. */
#include "transforms/normalise/persons_rows.h"

#include <string.h>

/* Before the codes in a leaf's tuple. */
enum { PURPOSE, PERIOD, MASK, N_BEFORE };

struct SpPersonsRows {
    const SpPersonsMeasures *measures;
    gsize n_codes;
    SpTuples *leaves;
    gint64 *values; /* [leaves][measures] */
    gsize n_values; /* room for so many leaves */
    guint32 *tuple; /* [N_BEFORE + n_codes] */
    /* Records. */
    guint32 *persons;
    guint32 *leaf_of;
    gint64 *sums; /* [records][person sums] */
    gsize n_room;
    guint32 n_records;
    guint32 *last; /* [n_last] record of a person's last row, + 1; 0: none */
    gsize n_last;
    guint32 n_persons;
    gboolean has_overflow;
    gsize overflow; /* the measure */
};

SpPersonsRows *sp_persons_rows_new(const SpPersonsMeasures *measures, gsize n_codes)
{
    SpPersonsRows *rows = g_new0(SpPersonsRows, 1);
    rows->measures = measures;
    rows->n_codes = n_codes;
    rows->leaves = sp_tuples_new(N_BEFORE + n_codes);
    rows->tuple = g_new0(guint32, N_BEFORE + n_codes);
    return rows;
}

void sp_persons_rows_free(SpPersonsRows *rows)
{
    if (rows == NULL) {
        return;
    }
    sp_tuples_free(rows->leaves);
    g_free(rows->values);
    g_free(rows->tuple);
    g_free(rows->persons);
    g_free(rows->leaf_of);
    g_free(rows->sums);
    g_free(rows->last);
    g_free(rows);
}

/* The values of no rows. */
static void init_values(SpPersonsRows *rows, guint32 leaf)
{
    const SpPersonsMeasures *measures = rows->measures;
    for (gsize i = 0; i < measures->n; i++) {
        rows->values[leaf * measures->n + i] = sp_persons_measure_start(&measures->all[i]);
    }
}

static guint32 find_leaf(SpPersonsRows *rows, const SpPersonsRow *row)
{
    rows->tuple[PURPOSE] = row->purpose;
    rows->tuple[PERIOD] = row->period;
    rows->tuple[MASK] = row->mask;
    memcpy(rows->tuple + N_BEFORE, row->codes, rows->n_codes * sizeof *row->codes);
    guint32 n_before = sp_tuples_size(rows->leaves);
    guint32 leaf = sp_tuples_add(rows->leaves, rows->tuple);
    if (leaf == n_before) {
        if (leaf == rows->n_values) {
            rows->n_values = MAX(256, rows->n_values + rows->n_values / 2);
            rows->values = g_renew(gint64, rows->values, rows->n_values * rows->measures->n);
        }
        init_values(rows, leaf);
    }
    return leaf;
}

/* What needs no persons is added up at once. */
static void add_values(SpPersonsRows *rows, guint32 leaf, const SpPersonsRow *row)
{
    const SpPersonsMeasures *measures = rows->measures;
    gint64 *values = rows->values + leaf * measures->n;
    for (gsize i = 0; i < measures->n; i++) {
        const SpPersonsMeasure *measure = &measures->all[i];
        if ((row->mask >> i & 1) == 0 || measure->is_distinct) {
            continue;
        }
        gint64 value =
            measure->quantity == SP_PERSONS_NONE ? 1 : row->quantities[measure->quantity];
        if (!sp_persons_measure_add(measure, &values[i], value) && !rows->has_overflow) {
            rows->has_overflow = TRUE;
            rows->overflow = i;
        }
    }
}

/* The record of the person's last row if that was of the same leaf, else a new one. */
static guint32 find_record(SpPersonsRows *rows, guint32 person, guint32 leaf)
{
    gsize n_sums = rows->measures->n_sums;
    if (person >= rows->n_last) {
        gsize n_before = rows->n_last;
        rows->n_last = MAX((gsize)person + 1024, n_before + n_before / 2);
        rows->last = g_renew(guint32, rows->last, rows->n_last);
        memset(rows->last + n_before, 0, (rows->n_last - n_before) * sizeof *rows->last);
    }
    rows->n_persons = MAX(rows->n_persons, person + 1);
    guint32 last = rows->last[person];
    if (last != 0 && rows->leaf_of[last - 1] == leaf) {
        return last - 1;
    }
    g_assert(rows->n_records < G_MAXUINT32 - 1);
    if (rows->n_records == rows->n_room) {
        rows->n_room = MAX(1024, rows->n_room + rows->n_room / 2);
        rows->persons = g_renew(guint32, rows->persons, rows->n_room);
        rows->leaf_of = g_renew(guint32, rows->leaf_of, rows->n_room);
        rows->sums = g_renew(gint64, rows->sums, rows->n_room * n_sums);
    }
    guint32 record = rows->n_records++;
    rows->persons[record] = person;
    rows->leaf_of[record] = leaf;
    for (gsize i = 0; i < n_sums; i++) {
        rows->sums[record * n_sums + i] = 0;
    }
    rows->last[person] = record + 1;
    return record;
}

void sp_persons_rows_add(SpPersonsRows *rows, const SpPersonsRow *row)
{
    const SpPersonsMeasures *measures = rows->measures;
    guint32 leaf = find_leaf(rows, row);
    if (row->purpose == SP_PERSONS_COUNTED) {
        add_values(rows, leaf, row);
    }
    if (!measures->needs_persons) {
        return;
    }
    guint32 record = find_record(rows, row->person, leaf);
    for (gsize i = 0; row->purpose == SP_PERSONS_COUNTED && i < measures->n_sums; i++) {
        gint64 *sum = &rows->sums[record * measures->n_sums + i];
        if (__builtin_add_overflow(*sum, row->quantities[measures->sums[i]], sum) &&
            !rows->has_overflow) {
            rows->has_overflow = TRUE;
            rows->overflow = measures->n; /* of no single measure */
        }
    }
}

guint32 sp_persons_rows_n_leaves(const SpPersonsRows *rows)
{
    return sp_tuples_size(rows->leaves);
}

SpPersonsLeaf sp_persons_rows_leaf(const SpPersonsRows *rows, guint32 leaf)
{
    const guint32 *tuple = sp_tuples_at(rows->leaves, leaf);
    return (SpPersonsLeaf){.purpose = tuple[PURPOSE],
                           .period = tuple[PERIOD],
                           .mask = tuple[MASK],
                           .codes = tuple + N_BEFORE};
}

gint64 *sp_persons_rows_values(SpPersonsRows *rows, guint32 leaf)
{
    return rows->values + leaf * rows->measures->n;
}

gboolean sp_persons_rows_overflow(const SpPersonsRows *rows, gsize *measure)
{
    *measure = rows->overflow;
    return rows->has_overflow;
}

guint32 sp_persons_rows_n_records(const SpPersonsRows *rows)
{
    return rows->n_records;
}

guint32 sp_persons_rows_person(const SpPersonsRows *rows, guint32 record)
{
    return rows->persons[record];
}

guint32 sp_persons_rows_record_leaf(const SpPersonsRows *rows, guint32 record)
{
    return rows->leaf_of[record];
}

const gint64 *sp_persons_rows_sums(const SpPersonsRows *rows, guint32 record)
{
    return rows->sums + record * rows->measures->n_sums;
}

static guint32 period_of(const SpPersonsRows *rows, guint32 record)
{
    return sp_tuples_at(rows->leaves, rows->leaf_of[record])[PERIOD];
}

/* Counting sort, stable: `from` (NULL: as they came) to `to`, by number below n. */
static void sort_by(const SpPersonsRows *rows, const guint32 *from, guint32 *to, gsize n,
                    gboolean by_period)
{
    g_autofree guint32 *starts = g_new0(guint32, n + 1);
    for (guint32 i = 0; i < rows->n_records; i++) {
        starts[(by_period ? period_of(rows, i) : rows->persons[i]) + 1]++;
    }
    for (gsize i = 1; i <= n; i++) {
        starts[i] += starts[i - 1];
    }
    for (guint32 i = 0; i < rows->n_records; i++) {
        guint32 record = from == NULL ? i : from[i];
        to[starts[by_period ? period_of(rows, record) : rows->persons[record]]++] = record;
    }
}

guint32 *sp_persons_rows_order(const SpPersonsRows *rows)
{
    g_autofree guint32 *by_period = g_new(guint32, rows->n_records + 1);
    guint32 *order = g_new(guint32, rows->n_records + 1);
    sort_by(rows, NULL, by_period, SP_PERSONS_MAX_PERIODS, TRUE);
    sort_by(rows, by_period, order, rows->n_persons, FALSE);
    return order;
}
