/* Leavers as far as they may be seen. */
#include "transforms/project/balance/leavers_seen.h"

#include "core/rollup.h"
#include "core/table_rows.h"

#include <string.h>

#define ALL_AGES "000-105"
#define BOTH_SEXES "0"

enum { PERIOD, REGION, AGE, SEX, YRKE, N_KEYS };
static const char *const keys[N_KEYS] = {"period", "region", "alder", "kjonn", "yrke"};

/* Of an interval, then of a day. */
enum { FIRST_OF_DAY = 4, N_FIGURES = 6 };
static const char *const figures[N_FIGURES] = {"turnover_personer", "turnover_aarsverk",
                                               "sluttet_brutto",    "sluttet_netto",
                                               "personer",          "aarsverk"};

/* Where a table has them. */
typedef struct {
    const SpTable *table;
    gsize keys[N_KEYS];
    gsize figures[N_FIGURES];
} Columns;

static gboolean find_columns(const SpTable *table, Columns *columns, GError **error)
{
    columns->table = table;
    return sp_table_need_all(table, keys, N_KEYS, SP_COLUMN_CODE, columns->keys, error) &&
           sp_table_need_all(table, figures, N_FIGURES, SP_COLUMN_MEASURE, columns->figures, error);
}

/* The row of what is shown that has all ages and both sexes of a row; FALSE if there is none. */
static gboolean find_row(const Columns *of, gsize row, const SpTableIndex *index, gsize *found)
{
    const char *codes[N_KEYS];
    for (gsize i = 0; i < N_KEYS; i++) {
        codes[i] = sp_table_code(of->table, row, of->keys[i]);
    }
    codes[AGE] = ALL_AGES;
    codes[SEX] = BOTH_SEXES;
    return sp_table_index_find(index, codes, found);
}

static void hide(SpTable *table, gsize row, gsize column)
{
    if (sp_real_is_number(sp_table_real(table, row, column))) {
        sp_table_set_real(table, row, column, sp_real_none(SP_SUPPRESSED));
    }
}

static gboolean is_hidden(const Columns *shown, gboolean is_told, gsize row, gsize figure)
{
    return !is_told ||
           sp_table_real(shown->table, row, shown->figures[figure]).status == SP_SUPPRESSED;
}

/* The ages of a kommune would tell of its row of all that is hidden. The country's position size is
 * told with all its digits. */
static void hide_row(SpTable *seen, gsize row, const Columns *of, const Columns *shown,
                     const SpTableIndex *index)
{
    const gboolean is_country =
        strcmp(sp_table_code(of->table, row, of->keys[REGION]), SP_REGION_COUNTRY_CODE) == 0;
    gsize at = 0;
    const gboolean is_told = find_row(of, row, index, &at);
    gboolean is_any = FALSE;
    for (gsize i = 0; !is_country && i < FIRST_OF_DAY; i++) {
        is_any = is_any || is_hidden(shown, is_told, at, i);
    }
    for (gsize i = 0; i < N_FIGURES; i++) {
        const gboolean is_of_day = i >= FIRST_OF_DAY;
        if (is_country ? is_of_day && is_hidden(shown, is_told, at, i) : is_any && !is_of_day) {
            hide(seen, row, of->figures[i]);
        }
    }
}

SpTable *sp_leavers_seen(const SpTable *table, const SpTable *shown, GError **error)
{
    Columns of;
    Columns in;
    if (!find_columns(table, &of, error) || !find_columns(shown, &in, error)) {
        return NULL;
    }
    g_autoptr(SpTableIndex) index = sp_table_index_new(shown, in.keys, N_KEYS);
    SpTable *seen = sp_table_copy(table);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        hide_row(seen, row, &of, &in, index);
    }
    return seen;
}
