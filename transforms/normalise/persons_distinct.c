/* Persons in cells: who has one leaf is counted in it, the others in each level. */
#include "transforms/normalise/persons_distinct.h"

#include <stdlib.h>

/* Sums of a person's sums: no number of 64-bit numbers that fits in memory goes beyond it. */
__extension__ typedef __int128 Wide;

/* Records of one person in one period, of which at least two count. */
typedef struct {
    guint32 first; /* in `order` */
    guint32 n;
} Run;

/* A record and the cell it is in. */
typedef struct {
    guint32 cell;
    guint32 record;
} Placed;

gboolean sp_persons_distinct_is_leaf(const SpPersonsDistinct *persons, guint32 leaf)
{
    return persons->is_next
               ? persons->next.is_base[leaf]
               : sp_persons_rows_leaf(persons->read->rows, leaf).purpose == SP_PERSONS_COUNTED;
}

gboolean sp_persons_distinct_is_measure(const SpPersonsDistinct *persons,
                                        const SpPersonsMeasure *measure)
{
    return (measure->is->next != SP_NEXT_NONE) == persons->is_next;
}

/* A person counts for a measure by those of her records [n], all in one cell, that are of it. */
static gboolean counts_for(const SpPersonsDistinct *persons, gsize i, const Placed records[],
                           gsize n)
{
    const SpPersonsMeasure *measure = &persons->read->spec->measures.all[i];
    const SpPersonsRows *rows = persons->read->rows;
    Wide sum = 0;
    guint fate = 0;
    gboolean is_any = FALSE;
    for (gsize k = 0; k < n; k++) {
        guint32 leaf = sp_persons_rows_record_leaf(rows, records[k].record);
        if ((sp_persons_rows_leaf(rows, leaf).mask >> i & 1) == 0) {
            continue;
        }
        is_any = TRUE;
        if (measure->sum != SP_PERSONS_NONE) {
            sum += sp_persons_rows_sums(rows, records[k].record)[measure->sum];
        }
        fate |= persons->is_next ? persons->next.fates[records[k].record] : 0;
    }
    SpLayoutNext asked = measure->is->next;
    return is_any &&
           (measure->sum == SP_PERSONS_NONE || (measure->least <= sum && sum < measure->below)) &&
           !(asked == SP_NEXT_LEFT_KOMMUNE && (fate & SP_FATE_IN_KOMMUNE)) &&
           !(asked == SP_NEXT_LEFT_SECTOR && (fate & SP_FATE_IN_SECTOR));
}

/* Adds the person of records [n] to the values of a cell or leaf. */
static void count_person(const SpPersonsDistinct *persons, const Placed records[], gsize n,
                         gint64 values[])
{
    const SpPersonsMeasures *measures = &persons->read->spec->measures;
    for (gsize i = 0; i < measures->n; i++) {
        if (measures->all[i].is_distinct &&
            sp_persons_distinct_is_measure(persons, &measures->all[i])) {
            values[i] += counts_for(persons, i, records, n);
        }
    }
}

/* Whoever has one leaf in a period is counted there for good; the others' runs are kept. */
static void count_single(SpPersonsDistinct *persons, guint32 first, guint32 n)
{
    const SpPersonsRows *rows = persons->read->rows;
    guint32 n_counted = 0;
    Placed only = {0};
    for (guint32 i = first; i < first + n; i++) {
        guint32 leaf = sp_persons_rows_record_leaf(rows, persons->order[i]);
        if (sp_persons_rows_leaf(rows, leaf).purpose == SP_PERSONS_COUNTED) {
            only = (Placed){.cell = leaf, .record = persons->order[i]};
            n_counted++;
        }
    }
    if (n_counted > 1) {
        const Run run = {.first = first, .n = n};
        g_array_append_val(persons->runs, run);
        return;
    }
    for (gint pass = 0; n_counted == 1 && pass < 2; pass++) {
        persons->is_next = pass == 1;
        if (!persons->is_next ||
            (persons->next.is_base != NULL && persons->next.is_base[only.cell])) {
            count_person(persons, &only, 1, sp_persons_rows_values(persons->read->rows, only.cell));
        }
    }
}

static guint32 period_at(const SpPersonsDistinct *persons, guint32 i)
{
    const SpPersonsRows *rows = persons->read->rows;
    return sp_persons_rows_leaf(rows, sp_persons_rows_record_leaf(rows, persons->order[i])).period;
}

static void find_runs(SpPersonsDistinct *persons)
{
    const SpPersonsRows *rows = persons->read->rows;
    guint32 n = sp_persons_rows_n_records(rows);
    persons->runs = g_array_new(FALSE, FALSE, sizeof(Run));
    persons->placed = g_array_new(FALSE, FALSE, sizeof(Placed));
    for (guint32 first = 0; first < n;) {
        guint32 end = first + 1;
        guint32 person = sp_persons_rows_person(rows, persons->order[first]);
        guint32 period = period_at(persons, first);
        while (end < n && sp_persons_rows_person(rows, persons->order[end]) == person &&
               period_at(persons, end) == period) {
            end++;
        }
        count_single(persons, first, end - first);
        first = end;
    }
}

static int compare_placed(const void *a, const void *b)
{
    const Placed *one = a;
    const Placed *two = b;
    return one->cell != two->cell ? (one->cell < two->cell ? -1 : 1)
                                  : (one->record > two->record) - (one->record < two->record);
}

/* The records of a run by cell. Nearly all have two or three, which are in order soon; a pseudonym
 * that stands for thousands must not take their square. */
static void sort_placed(GArray *placed)
{
    Placed *all = (Placed *)placed->data;
    if (placed->len > 16) {
        qsort(all, placed->len, sizeof *all, compare_placed);
        return;
    }
    for (guint i = 1; i < placed->len; i++) {
        Placed one = all[i];
        guint k = i;
        for (; k > 0 && compare_placed(&all[k - 1], &one) > 0; k--) {
            all[k] = all[k - 1];
        }
        all[k] = one;
    }
}

/* Counts the person of a run once in each cell that her records are in. */
static void count_run(SpPersonsDistinct *persons, const Run *run, const guint32 cell_of[],
                      gint64 values[])
{
    const SpPersonsRows *rows = persons->read->rows;
    gsize n_measures = persons->read->spec->measures.n;
    g_array_set_size(persons->placed, 0);
    for (guint32 i = run->first; i < run->first + run->n; i++) {
        guint32 record = persons->order[i];
        const Placed one = {.cell = cell_of[sp_persons_rows_record_leaf(rows, record)],
                            .record = record};
        if (one.cell != SP_PERSONS_NO_CELL) {
            g_array_append_val(persons->placed, one);
        }
    }
    sort_placed(persons->placed);
    const Placed *all = (const Placed *)persons->placed->data;
    for (guint first = 0; first < persons->placed->len;) {
        guint end = first + 1;
        while (end < persons->placed->len && all[end].cell == all[first].cell) {
            end++;
        }
        count_person(persons, all + first, end - first, values + all[first].cell * n_measures);
        first = end;
    }
}

void sp_persons_distinct_init(SpPersonsDistinct *persons, const SpPersonsRead *read)
{
    *persons = (SpPersonsDistinct){.read = read, .order = sp_persons_rows_order(read->rows)};
    if (read->spec->measures.has_next) {
        sp_persons_next(&persons->next, read, persons->order);
    }
    find_runs(persons);
    persons->is_next = FALSE;
}

void sp_persons_distinct_count(SpPersonsDistinct *persons, const guint32 cell_of[], gint64 values[])
{
    for (guint i = 0; i < persons->runs->len; i++) {
        count_run(persons, &g_array_index(persons->runs, Run, i), cell_of, values);
    }
}

void sp_persons_distinct_clear(SpPersonsDistinct *persons)
{
    g_free(persons->order);
    sp_persons_next_clear(&persons->next);
    g_clear_pointer(&persons->runs, g_array_unref);
    g_clear_pointer(&persons->placed, g_array_unref);
}
