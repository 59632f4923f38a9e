/* Parts for cross-validation. */
#include "transforms/vary/model/folds.h"

static int by_size(const void *left, const void *right, void *from)
{
    const double *size = (const double *)from;
    const gsize i = *(const gsize *)left;
    const gsize j = *(const gsize *)right;
    if (size[i] != size[j]) {
        return size[i] < size[j] ? -1 : 1;
    }
    return i < j ? -1 : 1;
}

void sp_folds(gsize n, const double size[], guint n_folds, guint fold[])
{
    g_autofree gsize *at = g_new(gsize, n);
    for (gsize i = 0; i < n; i++) {
        at[i] = i;
    }
    if (n > 1) {
        g_qsort_with_data(at, (gint)n, sizeof *at, by_size, (gpointer)size);
    }
    for (gsize k = 0; k < n; k++) {
        fold[at[k]] = (guint)(k % n_folds);
    }
}
