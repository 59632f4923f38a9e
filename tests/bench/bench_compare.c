/* Two national editions held against each other: 4 million rows in 16 packages of 40 tables, a
 * tenth of the rows with another figure. Prints `name,value`, seconds of processor time. */
#include "core/table_rows.h"
#include "transforms/compare/changes.h"

#include <stdio.h>
#include <time.h>

enum {
    N_PACKAGES = 16,
    N_TABLES = 40,
    N_REGIONS = 25,
    N_CODES = 10,
    N_PERIODS = 25,
    N_MEASURES = 4,
    MOST_ROWS = 100
};

static SpTable *make_table(const char *name, gboolean is_now)
{
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "yrke", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "a", .kind = SP_COLUMN_MEASURE},
        {.name = "b", .kind = SP_COLUMN_MEASURE},
        {.name = "c", .kind = SP_COLUMN_MEASURE},
        {.name = "d", .kind = SP_COLUMN_MEASURE},
    };
    SpTable *table = sp_table_new(name, columns, G_N_ELEMENTS(columns));
    sp_table_add_rows(table, (gsize)N_REGIONS * N_CODES * N_PERIODS);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        char codes[3][16];
        g_snprintf(codes[0], sizeof codes[0], "%04d", (int)(row / ((gsize)N_CODES * N_PERIODS)));
        g_snprintf(codes[1], sizeof codes[1], "y%02d", (int)(row / N_PERIODS % N_CODES));
        g_snprintf(codes[2], sizeof codes[2], "%d", 2020 + (int)(row % N_PERIODS));
        for (gsize i = 0; i < 3; i++) {
            sp_table_set_code(table, row, i, codes[i]);
        }
        for (gsize i = 0; i < N_MEASURES; i++) {
            const double change = is_now && row % 10 == 0 ? 0.5 : 0.0;
            sp_table_set_real(table, row, 3 + i, sp_real((double)(row * (i + 1)) / 7.0 + change));
        }
    }
    return table;
}

int main(void)
{
    g_autoptr(SpTable) before = make_table("t", FALSE);
    g_autoptr(SpTable) now = make_table("t", TRUE);
    gsize n_rows = 0, n_told = 0;
    const clock_t begun = clock();
    for (int package = 0; package < N_PACKAGES; package++) {
        g_autoptr(SpTable) changes = sp_changes_new();
        for (int i = 0; i < N_TABLES; i++) {
            const SpComparison comparison = {.before = before,
                                             .now = now,
                                             .tell = sp_changes_tell(now),
                                             .cause = "kilde",
                                             .cause_names = "ssb/folkemengde"};
            sp_changes_add(changes, &comparison, MOST_ROWS);
            n_rows += sp_table_n_rows(now);
        }
        n_told += sp_table_n_rows(changes);
    }
    printf("rows,%zu\ntold,%zu\nseconds,%.3f\n", n_rows, n_told,
           (double)(clock() - begun) / CLOCKS_PER_SEC);
    return 0;
}
