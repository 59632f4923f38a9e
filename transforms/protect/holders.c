/* A sparse matrix by rows that grows by columns. */
#include "transforms/protect/holders.h"

struct SpHolders {
    gsize n_rows;
    SpRowHolders *of_row; /* [n_rows] */
};

SpHolders *sp_holders_new(gsize n_rows)
{
    SpHolders *holders = g_new(SpHolders, 1);
    *holders = (SpHolders){.n_rows = n_rows, .of_row = g_new0(SpRowHolders, n_rows + 1)};
    return holders;
}

void sp_holders_free(SpHolders *holders)
{
    if (holders != NULL) {
        for (gsize row = 0; row < holders->n_rows; row++) {
            g_free(holders->of_row[row].holder);
        }
        g_free(holders->of_row);
        g_free(holders);
    }
}

void sp_holders_add(SpHolders *holders, const SpSparse *column, guint32 number)
{
    for (guint32 i = 0; i < column->n; i++) {
        SpRowHolders *of_row = &holders->of_row[column->row[i]];
        if (of_row->n == of_row->room) {
            of_row->room = of_row->room > 0 ? 2 * of_row->room : 4;
            of_row->holder = g_renew(SpHolder, of_row->holder, of_row->room);
        }
        of_row->holder[of_row->n++] = (SpHolder){number, column->value[i]};
    }
}

const SpRowHolders *sp_holders_of(const SpHolders *holders, guint32 row)
{
    return &holders->of_row[row];
}
