/** The sizes of shocks that are shipped, as the stage reads them. */
#ifndef SP_TESTS_TRANSFORMS_PROJECT_DRAWS_SHIPPED_H
#define SP_TESTS_TRANSFORMS_PROJECT_DRAWS_SHIPPED_H

#include "tests/transforms/project/fixture.h"

#define FILE_OF_SIZES "config/framskriving/sjokk.csv"

/* id and verdi of the shipped file; the other columns are for readers. */
static inline SpTable *shipped_sizes(void)
{
    static const char *const keys[] = {"id"}, *const measures[] = {"verdi"};
    g_autoptr(GPtrArray) rows = fixture_rows(SP_SOURCE_FOLDER, FILE_OF_SIZES);
    SpTable *table = fixture_table("sjokk", keys, 1, measures, 1);
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        gsize number = sp_table_add_row(table);
        sp_table_set_code(table, number, 0, row[0]);
        sp_table_set_real(table, number, 1, sp_real(fixture_number(row[1])));
    }
    return table;
}

#endif
