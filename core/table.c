/* The table: typed columns as plain arrays that grow together. */
#include "core/table.h"

#include <string.h>

#include "core/error.h"

#define NO_CODE G_MAXUINT32

typedef struct {
    SpColumn is;      /* its strings are ours */
    SpCodes *codes;   /* code columns: the dictionary */
    guint32 *numbers; /* code columns: [capacity] */
    guint32 blank;    /* number of the code "" in `codes`, NO_CODE until a row has needed it */
    SpReal *reals;    /* measure columns: [capacity] */
} Column;

struct SpTable {
    gint n_owners; /* atomic */
    char *name;
    char *edition;
    guint marks;
    Column **columns; /* each its own block, so that a borrowed SpColumn stays where it is */
    gsize n_columns;
    gsize n_rows;
    gsize capacity;
};

gboolean sp_table_is_column_name(const char *name)
{
    return name != NULL && g_ascii_islower(name[0]) &&
           strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name);
}

static Column *column_new(const SpColumn *spec, gsize capacity)
{
    g_assert(sp_table_is_column_name(spec->name));
    g_assert(spec->kind == SP_COLUMN_CODE || spec->kind == SP_COLUMN_MEASURE);
    Column *column = g_new0(Column, 1);
    column->is = *spec;
    column->is.name = g_strdup(spec->name);
    column->is.classification = g_strdup(spec->classification);
    column->is.unit = g_strdup(spec->unit);
    column->blank = NO_CODE;
    if (spec->kind == SP_COLUMN_CODE) {
        column->numbers = g_new(guint32, capacity);
    } else {
        column->reals = g_new(SpReal, capacity);
    }
    return column;
}

static void column_free(Column *column)
{
    g_free((char *)column->is.name);
    g_free((char *)column->is.classification);
    g_free((char *)column->is.unit);
    sp_codes_unref(column->codes);
    g_free(column->numbers);
    g_free(column->reals);
    g_free(column);
}

static void column_resize(Column *column, gsize capacity)
{
    if (column->is.kind == SP_COLUMN_CODE) {
        column->numbers = g_renew(guint32, column->numbers, capacity);
    } else {
        column->reals = g_renew(SpReal, column->reals, capacity);
    }
}

/* Fills the cells of rows [first, end) as of a new row. */
static void column_fill(Column *column, gsize first, gsize end)
{
    if (column->is.kind == SP_COLUMN_CODE) {
        if (column->blank == NO_CODE && first < end) {
            column->blank = sp_codes_add(column->codes, "");
        }
        for (gsize row = first; row < end; row++) {
            column->numbers[row] = column->blank;
        }
        return;
    }
    for (gsize row = first; row < end; row++) {
        column->reals[row] = sp_real_none(SP_MISSING);
    }
}

/* Adds a column without codes or cells, for the caller to give it both. */
static Column *append_column(SpTable *table, const SpColumn *spec)
{
    g_assert(sp_table_find(table, spec->name) == SP_NO_COLUMN);
    table->columns = g_renew(Column *, table->columns, table->n_columns + 1);
    Column *column = column_new(spec, table->capacity);
    table->columns[table->n_columns++] = column;
    return column;
}

SpTable *sp_table_new(const char *name, const SpColumn columns[], gsize n_columns)
{
    g_assert(name != NULL);
    SpTable *table = g_new0(SpTable, 1);
    table->n_owners = 1;
    table->name = g_strdup(name);
    for (gsize i = 0; i < n_columns; i++) {
        sp_table_add_column(table, &columns[i]);
    }
    return table;
}

SpTable *sp_table_share(const SpTable *table)
{
    SpTable *shared = (SpTable *)table; /* but for its owners it stays as it is */
    g_atomic_int_inc(&shared->n_owners);
    return shared;
}

void sp_table_free(SpTable *table)
{
    if (table == NULL || !g_atomic_int_dec_and_test(&table->n_owners)) {
        return;
    }
    for (gsize i = 0; i < table->n_columns; i++) {
        column_free(table->columns[i]);
    }
    g_free(table->columns);
    g_free(table->name);
    g_free(table->edition);
    g_free(table);
}

SpTable *sp_table_copy_schema(const SpTable *table, const char *name)
{
    SpTable *copy = sp_table_new(name != NULL ? name : table->name, NULL, 0);
    copy->edition = g_strdup(table->edition);
    copy->marks = table->marks;
    for (gsize i = 0; i < table->n_columns; i++) {
        const Column *from = table->columns[i];
        Column *to = append_column(copy, &from->is);
        if (from->is.kind == SP_COLUMN_CODE) {
            to->codes = sp_codes_ref(from->codes);
            to->blank = from->blank;
        }
    }
    return copy;
}

SpTable *sp_table_copy(const SpTable *table)
{
    SpTable *copy = sp_table_copy_schema(table, NULL);
    sp_table_reserve(copy, table->n_rows);
    copy->n_rows = table->n_rows;
    for (gsize i = 0; i < table->n_columns; i++) {
        const Column *from = table->columns[i];
        Column *to = copy->columns[i];
        if (from->is.kind == SP_COLUMN_CODE) {
            sp_codes_unref(to->codes);
            to->codes = sp_codes_copy(from->codes);
        }
        if (table->n_rows > 0 && from->is.kind == SP_COLUMN_CODE) {
            memcpy(to->numbers, from->numbers, table->n_rows * sizeof *to->numbers);
        } else if (table->n_rows > 0) {
            memcpy(to->reals, from->reals, table->n_rows * sizeof *to->reals);
        }
    }
    return copy;
}

SpTable *sp_table_copy_rows(const SpTable *table, const char *name, const gsize rows[], gsize n)
{
    SpTable *copy = sp_table_copy_schema(table, name);
    sp_table_reserve(copy, n);
    copy->n_rows = n;
    for (gsize row = 0; row < n; row++) {
        g_assert(rows[row] < table->n_rows);
    }
    for (gsize i = 0; i < table->n_columns; i++) {
        const Column *from = table->columns[i];
        Column *to = copy->columns[i];
        if (from->is.kind == SP_COLUMN_CODE) {
            for (gsize row = 0; row < n; row++) {
                to->numbers[row] = from->numbers[rows[row]];
            }
        } else {
            for (gsize row = 0; row < n; row++) {
                to->reals[row] = from->reals[rows[row]];
            }
        }
    }
    return copy;
}

const char *sp_table_name(const SpTable *table)
{
    return table->name;
}

void sp_table_set_name(SpTable *table, const char *name)
{
    char *copy = g_strdup(name); /* before the old one goes: `name` may be it */
    g_free(table->name);
    table->name = copy;
}

const char *sp_table_edition(const SpTable *table)
{
    return table->edition;
}

void sp_table_set_edition(SpTable *table, const char *edition)
{
    char *copy = g_strdup(edition);
    g_free(table->edition);
    table->edition = copy;
}

guint sp_table_marks(const SpTable *table)
{
    return table->marks;
}

void sp_table_set_marks(SpTable *table, guint marks)
{
    table->marks = marks;
}

gsize sp_table_n_rows(const SpTable *table)
{
    return table->n_rows;
}

gsize sp_table_n_columns(const SpTable *table)
{
    return table->n_columns;
}

const SpColumn *sp_table_column(const SpTable *table, gsize column)
{
    g_assert(column < table->n_columns);
    return &table->columns[column]->is;
}

void sp_table_set_additive(SpTable *table, gsize column, gboolean is_additive)
{
    g_assert(column < table->n_columns);
    table->columns[column]->is.is_additive = is_additive;
}

gsize sp_table_find(const SpTable *table, const char *name)
{
    for (gsize i = 0; i < table->n_columns; i++) {
        if (strcmp(table->columns[i]->is.name, name) == 0) {
            return i;
        }
    }
    return SP_NO_COLUMN;
}

static const char *kind_name(SpColumnKind kind)
{
    return kind == SP_COLUMN_CODE ? "code" : "measure";
}

gboolean sp_table_need(const SpTable *table, const char *name, SpColumnKind kind, gsize *column,
                       GError **error)
{
    gsize found = sp_table_find(table, name);
    if (found != SP_NO_COLUMN && table->columns[found]->is.kind == kind) {
        *column = found;
        return TRUE;
    }
    g_autoptr(GString) known = g_string_new(NULL);
    for (gsize i = 0; i < table->n_columns; i++) {
        const SpColumn *is = &table->columns[i]->is;
        g_string_append_printf(known, "%s%s (%s)", i > 0 ? ", " : "", is->name,
                               kind_name(is->kind));
    }
    return sp_error_set(error, SP_ERROR_DATA, "table %s: no %s column \"%s\"; it has %s",
                        table->name, kind_name(kind), name,
                        known->len > 0 ? known->str : "no columns");
}

gboolean sp_table_need_all(const SpTable *table, const char *const names[], gsize n,
                           SpColumnKind kind, gsize columns[], GError **error)
{
    for (gsize i = 0; i < n; i++) {
        if (!sp_table_need(table, names[i], kind, &columns[i], error)) {
            return FALSE;
        }
    }
    return TRUE;
}

gsize sp_table_add_column(SpTable *table, const SpColumn *spec)
{
    Column *column = append_column(table, spec);
    if (spec->kind == SP_COLUMN_CODE) {
        column->codes = sp_codes_new();
    }
    column_fill(column, 0, table->n_rows);
    return table->n_columns - 1;
}

static void set_capacity(SpTable *table, gsize capacity)
{
    table->capacity = capacity;
    for (gsize i = 0; i < table->n_columns; i++) {
        column_resize(table->columns[i], capacity);
    }
}

void sp_table_reserve(SpTable *table, gsize n_rows)
{
    if (n_rows > table->capacity) {
        set_capacity(table, n_rows);
    }
}

void sp_table_trim(SpTable *table)
{
    set_capacity(table, table->n_rows);
}

gsize sp_table_add_rows(SpTable *table, gsize n)
{
    gsize first = table->n_rows;
    if (n > table->capacity - first) {
        sp_table_reserve(table, MAX(MAX(16, 2 * table->capacity), first + n));
    }
    table->n_rows += n;
    for (gsize i = 0; i < table->n_columns; i++) {
        column_fill(table->columns[i], first, first + n);
    }
    return first;
}

gsize sp_table_add_row(SpTable *table)
{
    return sp_table_add_rows(table, 1);
}

static Column *column_at(const SpTable *table, gsize column, SpColumnKind kind)
{
    g_assert(column < table->n_columns);
    Column *at = table->columns[column];
    g_assert(at->is.kind == kind);
    return at;
}

const char *sp_table_code(const SpTable *table, gsize row, gsize column)
{
    const Column *at = column_at(table, column, SP_COLUMN_CODE);
    g_assert(row < table->n_rows);
    return sp_codes_text(at->codes, at->numbers[row]);
}

void sp_table_set_code(SpTable *table, gsize row, gsize column, const char *code)
{
    Column *at = column_at(table, column, SP_COLUMN_CODE);
    g_assert(row < table->n_rows);
    at->numbers[row] = sp_codes_add(at->codes, code);
}

SpReal sp_table_real(const SpTable *table, gsize row, gsize column)
{
    const Column *at = column_at(table, column, SP_COLUMN_MEASURE);
    g_assert(row < table->n_rows);
    return at->reals[row];
}

void sp_table_set_real(SpTable *table, gsize row, gsize column, SpReal real)
{
    Column *at = column_at(table, column, SP_COLUMN_MEASURE);
    g_assert(row < table->n_rows);
    at->reals[row] = real;
}

SpCodes *sp_table_codes(const SpTable *table, gsize column)
{
    return column_at(table, column, SP_COLUMN_CODE)->codes;
}

void sp_table_set_codes(SpTable *table, gsize column, SpCodes *codes, const guint32 numbers[])
{
    Column *at = column_at(table, column, SP_COLUMN_CODE);
    sp_codes_ref(codes);
    sp_codes_unref(at->codes);
    at->codes = codes;
    at->blank = NO_CODE;
    for (gsize row = 0; row < table->n_rows; row++) {
        g_assert(numbers[row] < sp_codes_size(codes));
        at->numbers[row] = numbers[row];
    }
}

guint32 *sp_table_code_numbers(SpTable *table, gsize column)
{
    return column_at(table, column, SP_COLUMN_CODE)->numbers;
}

const guint32 *sp_table_code_numbers_const(const SpTable *table, gsize column)
{
    return column_at(table, column, SP_COLUMN_CODE)->numbers;
}

SpReal *sp_table_reals(SpTable *table, gsize column)
{
    return column_at(table, column, SP_COLUMN_MEASURE)->reals;
}

const SpReal *sp_table_reals_const(const SpTable *table, gsize column)
{
    return column_at(table, column, SP_COLUMN_MEASURE)->reals;
}
