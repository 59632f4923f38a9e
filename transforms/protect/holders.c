/* A sparse matrix by rows that grows by columns. */
#include "transforms/protect/holders.h"

struct SpHolders {
    gsize n_rows;
    GArray **of_row; /* [n_rows] SpHolder; NULL: none */
};

SpHolders *sp_holders_new(gsize n_rows)
{
    SpHolders *holders = g_new(SpHolders, 1);
    *holders = (SpHolders){.n_rows = n_rows, .of_row = g_new0(GArray *, n_rows + 1)};
    return holders;
}

void sp_holders_free(SpHolders *holders)
{
    if (holders != NULL) {
        for (gsize row = 0; row < holders->n_rows; row++) {
            g_clear_pointer(&holders->of_row[row], g_array_unref);
        }
        g_free(holders->of_row);
        g_free(holders);
    }
}

void sp_holders_add(SpHolders *holders, const SpSparse *column, guint32 number)
{
    for (guint32 i = 0; i < column->n; i++) {
        const SpHolder holder = {number, column->value[i]};
        GArray **of_row = &holders->of_row[column->row[i]];
        if (*of_row == NULL) {
            *of_row = g_array_new(FALSE, FALSE, sizeof(SpHolder));
        }
        g_array_append_val(*of_row, holder);
    }
}

const SpHolder *sp_holders_of(const SpHolders *holders, guint32 row, guint *n)
{
    const GArray *of_row = holders->of_row[row];
    *n = of_row != NULL ? of_row->len : 0;
    return of_row != NULL ? (const SpHolder *)(gpointer)of_row->data : NULL;
}
