/* The table `endringer`. */
#include "transforms/compare/changes.h"

#include "core/cell.h"
#include "core/number.h"
#include "core/table_rows.h"
#include "transforms/compare/changes_rows.h"
#include "transforms/compare/merge.h"

#include <math.h>
#include <string.h>

static const char period_name[] = "period";

/* A column of both tables: a measure, or a code column that is no key. */
typedef struct {
    const char *name;
    const SpReal *reals[2]; /* NULL of a code column */
    SpMatchedColumn codes;  /* of that */
} Shared;

/* One of the tables' periods, and its cells where the other table has no row of it. */
typedef struct {
    const SpTable *table;
    gsize column;        /* SP_NO_COLUMN: it has none */
    gboolean *is_shared; /* [codes] the other table has rows of it */
    gsize *n_cells;      /* [codes] */
} Periods;

typedef struct {
    SpTable *changes;
    const SpComparison *of;
    const SpTable *tables[2];
    GArray *shared; /* Shared */
    Periods periods[2];
    gsize n_found[SP_CHANGE_N_KINDS];
    gsize max_rows;
} Work;

/* ---- rows ---- */

static gsize add_row(Work *work, SpChangeKind kind, const char *extent, const char *key,
                     const char *measure)
{
    const SpComparison *of = work->of;
    const SpChange change = {.table = sp_table_name(of->now != NULL ? of->now : of->before),
                             .key = key,
                             .measure = measure,
                             .kind = kind,
                             .extent = extent,
                             .cause = of->cause,
                             .cause_names = of->cause_names};
    return sp_changes_put(work->changes, &change);
}

static void add_count(Work *work, SpChangeKind kind, const char *extent, const char *key,
                      gsize n_cells)
{
    if (n_cells > 0) {
        const gsize row = add_row(work, kind, extent, key, "");
        sp_table_set_real(work->changes, row, SP_CHANGES_COUNT, sp_real((double)n_cells));
    }
}

/* What may be told of a figure of the edition before; `now` is not applicable where there is no
 * cell any more. */
static SpReal told(const SpComparison *of, SpReal before, SpReal now)
{
    const gboolean is_told = !sp_real_is_number(before) ||
                             (of->tell == SP_TELL_SHOWN && sp_real_is_number(now)) ||
                             (of->tell == SP_TELL_OPEN && now.status != SP_SUPPRESSED);
    return is_told ? before : sp_real_none(SP_SUPPRESSED);
}

/* A cell that differs; row SP_NO_ROW: the table does not have it. */
static void add_cell(Work *work, SpChangeKind kind, const gsize row[2], const Shared *column)
{
    if (work->n_found[kind]++ >= work->max_rows) {
        return;
    }
    const int side = row[1] != SP_NO_ROW ? 1 : 0;
    g_autofree char *key = sp_cell_row_key(work->tables[side], row[side]);
    const gsize at = add_row(work, kind, SP_CHANGES_CELL, key, column->name);
    if (column->reals[0] == NULL) {
        return;
    }
    SpReal figures[2];
    for (int i = 0; i < 2; i++) {
        figures[i] =
            row[i] != SP_NO_ROW ? column->reals[i][row[i]] : sp_real_none(SP_NOT_APPLICABLE);
    }
    sp_table_set_real(work->changes, at, SP_CHANGES_BEFORE, told(work->of, figures[0], figures[1]));
    sp_table_set_real(work->changes, at, SP_CHANGES_NOW, figures[1]);
}

/* ---- one key ---- */

static gboolean is_other_value(double one, double other)
{
    return fabs(one - other) > 0.0 && fabs(sp_number_round(one) - sp_number_round(other)) > 0.0;
}

static SpChangeKind kind_of(SpReal before, SpReal now)
{
    const gboolean was_hidden = before.status == SP_SUPPRESSED;
    const gboolean is_hidden = now.status == SP_SUPPRESSED;
    if (was_hidden != is_hidden) {
        return is_hidden ? SP_CHANGE_HIDDEN : SP_CHANGE_SHOWN;
    }
    if (sp_real_is_number(before) != sp_real_is_number(now) ||
        is_other_value(before.value, now.value)) {
        return SP_CHANGE_CHANGED;
    }
    return before.status != now.status || before.flags != now.flags ? SP_CHANGE_MARKED
                                                                    : SP_CHANGE_SAME;
}

static void compare_row(Work *work, const gsize row[2])
{
    for (guint i = 0; i < work->shared->len; i++) {
        const Shared *column = &g_array_index(work->shared, Shared, i);
        SpChangeKind kind = SP_CHANGE_SAME;
        if (column->reals[0] != NULL) {
            kind = kind_of(column->reals[0][row[0]], column->reals[1][row[1]]);
        } else if (!sp_matched_column_is_same(&column->codes, row)) {
            kind = SP_CHANGE_MARKED;
        }
        if (kind != SP_CHANGE_SAME) {
            add_cell(work, kind, row, column);
        }
    }
}

/* A row that one of the tables alone has. */
static void add_lone_row(Work *work, const gsize row[2])
{
    const int side = row[1] != SP_NO_ROW ? 1 : 0;
    const Periods *periods = &work->periods[side];
    const guint32 period =
        periods->column == SP_NO_COLUMN
            ? 0
            : sp_table_code_numbers_const(periods->table, periods->column)[row[side]];
    for (guint i = 0; i < work->shared->len; i++) {
        const Shared *column = &g_array_index(work->shared, Shared, i);
        if (column->reals[side] == NULL ||
            column->reals[side][row[side]].status == SP_NOT_APPLICABLE) {
            continue;
        }
        if (periods->column != SP_NO_COLUMN && !periods->is_shared[period]) {
            periods->n_cells[period]++;
        } else {
            add_cell(work, side == 1 ? SP_CHANGE_ARRIVED : SP_CHANGE_GONE, row, column);
        }
    }
}

/* ---- columns ---- */

static void clear_shared(gpointer data)
{
    Shared *shared = data;
    if (shared->reals[0] == NULL) {
        sp_matched_column_clear(&shared->codes);
    }
}

/* What a table has that is held against the other: measures, and codes that are no key. */
static gboolean is_compared(const SpComparison *of, const SpColumn *column)
{
    return !column->is_key && g_strcmp0(column->name, of->beside) != 0;
}

static gsize find_like(const SpTable *table, const SpColumn *column)
{
    const gsize at = sp_table_find(table, column->name);
    return at != SP_NO_COLUMN && sp_table_column(table, at)->kind == column->kind &&
                   !sp_table_column(table, at)->is_key
               ? at
               : SP_NO_COLUMN;
}

static void share(Work *work, const gsize at[2])
{
    const SpColumn *column = sp_table_column(work->tables[1], at[1]);
    Shared shared = {.name = column->name};
    if (column->kind == SP_COLUMN_MEASURE) {
        shared.reals[0] = sp_table_reals_const(work->tables[0], at[0]);
        shared.reals[1] = sp_table_reals_const(work->tables[1], at[1]);
    } else {
        sp_matched_column_init(&shared.codes, work->tables, at);
    }
    g_array_append_val(work->shared, shared);
}

/* Columns of both are shared; one of one table alone is one row. */
static void match_columns(Work *work)
{
    for (int side = 1; side >= 0; side--) {
        const SpTable *own = work->tables[side];
        for (gsize i = 0; i < sp_table_n_columns(own); i++) {
            const SpColumn *column = sp_table_column(own, i);
            const gsize other = find_like(work->tables[1 - side], column);
            if (!is_compared(work->of, column)) {
                continue;
            }
            if (other == SP_NO_COLUMN) {
                const gsize row = add_row(work, side == 1 ? SP_CHANGE_ARRIVED : SP_CHANGE_GONE,
                                          "kolonne", "", column->name);
                sp_table_set_real(work->changes, row, SP_CHANGES_COUNT,
                                  sp_real((double)sp_table_n_rows(own)));
            } else if (side == 1) {
                share(work, (const gsize[2]){other, i});
            }
        }
    }
}

/* ---- periods ---- */

static void periods_init(Periods *periods, const SpTable *table, const SpTable *other)
{
    const gsize at[2] = {sp_table_find(table, period_name), sp_table_find(other, period_name)};
    *periods = (Periods){.table = table, .column = SP_NO_COLUMN};
    if (at[0] == SP_NO_COLUMN || at[1] == SP_NO_COLUMN || !sp_table_column(table, at[0])->is_key) {
        return;
    }
    const SpCodes *codes = sp_table_codes(table, at[0]);
    const SpCodes *others = sp_table_codes(other, at[1]);
    g_autofree gboolean *is_used = sp_table_used_codes(other, at[1]);
    periods->column = at[0];
    periods->is_shared = g_new0(gboolean, (gsize)sp_codes_size(codes) + 1);
    periods->n_cells = g_new0(gsize, (gsize)sp_codes_size(codes) + 1);
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        guint32 there = 0;
        periods->is_shared[i] =
            sp_codes_find(others, sp_codes_text(codes, i), &there) && is_used[there];
    }
}

static void add_periods(Work *work, int side)
{
    const Periods *periods = &work->periods[side];
    if (periods->column == SP_NO_COLUMN) {
        return;
    }
    const SpCodes *codes = sp_table_codes(periods->table, periods->column);
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        g_autofree char *key = g_strdup_printf("%s=%s", period_name, sp_codes_text(codes, i));
        add_count(work, side == 1 ? SP_CHANGE_ARRIVED : SP_CHANGE_GONE, "periode", key,
                  periods->n_cells[i]);
    }
}

/* ---- tables ---- */

static void add_whole(Work *work, SpChangeKind kind, const SpTable *table)
{
    gsize n_measures = 0;
    for (gsize i = 0; table != NULL && i < sp_table_n_columns(table); i++) {
        n_measures += sp_table_column(table, i)->kind == SP_COLUMN_MEASURE;
    }
    add_count(work, kind, "tabell", "", table != NULL ? n_measures * sp_table_n_rows(table) : 0);
}

static void compare_tables(Work *work, SpMerge *merge)
{
    gsize row[2];
    work->shared = g_array_new(FALSE, FALSE, sizeof(Shared));
    g_array_set_clear_func(work->shared, clear_shared);
    match_columns(work);
    periods_init(&work->periods[0], work->tables[0], work->tables[1]);
    periods_init(&work->periods[1], work->tables[1], work->tables[0]);
    while (sp_merge_next(merge, row)) {
        if (row[0] == SP_NO_ROW || row[1] == SP_NO_ROW) {
            add_lone_row(work, row);
        } else {
            compare_row(work, row);
        }
    }
    for (int side = 0; side < 2; side++) {
        add_periods(work, side);
        g_free(work->periods[side].is_shared);
        g_free(work->periods[side].n_cells);
    }
    for (SpChangeKind kind = 0; kind < SP_CHANGE_N_KINDS; kind++) {
        add_count(work, kind, "resten", "",
                  work->n_found[kind] - MIN(work->n_found[kind], work->max_rows));
    }
    g_array_unref(work->shared);
}

void sp_changes_add(SpTable *changes, const SpComparison *comparison, gsize max_rows)
{
    Work work = {.changes = changes,
                 .of = comparison,
                 .tables = {comparison->before, comparison->now},
                 .max_rows = max_rows};
    g_auto(SpMerge) merge = {0};
    if (comparison->before != NULL && comparison->now != NULL &&
        sp_merge_init(&merge, comparison->before, comparison->now)) {
        compare_tables(&work, &merge);
        return;
    }
    add_whole(&work, SP_CHANGE_GONE, comparison->before);
    add_whole(&work, SP_CHANGE_ARRIVED, comparison->now);
}

SpTellBefore sp_changes_tell(const SpTable *whole)
{
    if ((sp_table_marks(whole) & SP_MARK_SENSITIVE) == 0) {
        return SP_TELL_OPEN;
    }
    for (gsize i = 0; i < sp_table_n_columns(whole); i++) {
        const gboolean is_measure = sp_table_column(whole, i)->kind == SP_COLUMN_MEASURE;
        const SpReal *reals = is_measure ? sp_table_reals_const(whole, i) : NULL;
        for (gsize row = 0; is_measure && row < sp_table_n_rows(whole); row++) {
            if (reals[row].status == SP_SUPPRESSED) {
                return SP_TELL_NONE;
            }
        }
    }
    return SP_TELL_SHOWN;
}
