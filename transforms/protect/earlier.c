/* Rows of two editions held against each other. */
#include "transforms/protect/earlier.h"

#include "core/table_rows.h"

#include <math.h>
#include <string.h>

enum { MAX_KEYS = 16 };

char *sp_earlier_name(const char *table, const char *edition)
{
    return g_strdup_printf("%s@%s", table, edition);
}

const char *sp_earlier_edition(const char *name, const char *table)
{
    const gsize size = strlen(table);
    return strncmp(name, table, size) == 0 && name[size] == '@' ? name + size + 1 : NULL;
}

typedef struct {
    gsize n;
    gsize column[MAX_KEYS];          /* of the table of today */
    const guint32 *number[MAX_KEYS]; /* [rows] of the earlier one */
    guint32 *today[MAX_KEYS];        /* today's number of each of its codes; NO_CODE */
} Keys;

#define NO_CODE G_MAXUINT32

static void keys_clear(Keys *keys)
{
    for (gsize i = 0; i < keys->n; i++) {
        g_free(keys->today[i]);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Keys, keys_clear)

static gsize n_keys_of(const SpTable *table)
{
    gsize n = 0;
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        n += column->kind == SP_COLUMN_CODE && column->is_key ? 1 : 0;
    }
    return n;
}

static guint32 *numbers_today(const SpCodes *codes, const SpCodes *today)
{
    const guint32 n = sp_codes_size(codes);
    guint32 *numbers = g_new(guint32, (gsize)n + 1);
    for (guint32 code = 0; code < n; code++) {
        if (!sp_codes_find(today, sp_codes_text(codes, code), &numbers[code])) {
            numbers[code] = NO_CODE;
        }
    }
    return numbers;
}

/* FALSE if the two have not the same keys. */
static gboolean open_keys(Keys *keys, const SpTable *earlier, const SpTable *table)
{
    if (n_keys_of(earlier) != n_keys_of(table) || n_keys_of(table) > MAX_KEYS) {
        return FALSE;
    }
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind != SP_COLUMN_CODE || !column->is_key) {
            continue;
        }
        const gsize at = sp_table_find(earlier, column->name);
        if (at == SP_NO_COLUMN || sp_table_column(earlier, at)->kind != SP_COLUMN_CODE ||
            !sp_table_column(earlier, at)->is_key) {
            return FALSE;
        }
        keys->column[keys->n] = i;
        keys->number[keys->n] = sp_table_code_numbers_const(earlier, at);
        keys->today[keys->n++] =
            numbers_today(sp_table_codes(earlier, at), sp_table_codes(table, i));
    }
    return TRUE;
}

static gboolean find_row(const Keys *keys, const SpTableIndex *index, gsize row, gsize *found)
{
    guint32 numbers[MAX_KEYS];
    for (gsize i = 0; i < keys->n; i++) {
        numbers[i] = keys->today[i][keys->number[i][row]];
        if (numbers[i] == NO_CODE) {
            return FALSE;
        }
    }
    return sp_table_index_find_numbers(index, numbers, found);
}

/* A rounded count is not known to be the true one, though it be the same. */
static gboolean tells(SpReal shown, SpReal now)
{
    return sp_real_is_number(shown) && (shown.flags & SP_FLAG_ROUNDED) == 0 &&
           sp_real_is_number(now) && !(fabs(now.value - shown.value) > 0.0);
}

gboolean sp_earlier_find(const SpTable *earlier, const SpTable *table, gsize counted,
                         gboolean is_published[])
{
    g_auto(Keys) keys = {0};
    const gsize measure = sp_table_find(earlier, sp_table_column(table, counted)->name);
    if (measure == SP_NO_COLUMN || sp_table_column(earlier, measure)->kind != SP_COLUMN_MEASURE ||
        !open_keys(&keys, earlier, table)) {
        return FALSE;
    }
    g_autoptr(SpTableIndex) index = sp_table_index_new(table, keys.column, keys.n);
    for (gsize row = 0; row < sp_table_n_rows(earlier); row++) {
        gsize found = 0;
        if (find_row(&keys, index, row, &found) &&
            tells(sp_table_real(earlier, row, measure), sp_table_real(table, found, counted))) {
            is_published[found] = TRUE;
        }
    }
    return TRUE;
}
