/* Splitting along the longest variable. */
#include "extractors/ssb/split.h"

#include "core/error.h"

guint64 sp_ssb_n_cells(const GPtrArray *question)
{
    guint64 n = 1;
    for (guint i = 0; i < question->len; i++) {
        const SpSsbVariable *variable = g_ptr_array_index(question, i);
        if (variable->codes->len > 0 && !g_uint64_checked_mul(&n, n, variable->codes->len)) {
            return G_MAXUINT64;
        }
    }
    return n;
}

static guint longest(const GPtrArray *question)
{
    guint best = 0;
    guint most = 0;
    for (guint i = 0; i < question->len; i++) {
        const SpSsbVariable *variable = g_ptr_array_index(question, i);
        if (variable->codes->len > most) {
            most = variable->codes->len;
            best = i;
        }
    }
    return best;
}

/* The question with only codes first..last-1 of one variable. */
static GPtrArray *cut(const GPtrArray *question, guint where, guint first, guint last)
{
    GPtrArray *part = g_ptr_array_new_with_free_func(sp_ssb_variable_free);
    for (guint i = 0; i < question->len; i++) {
        const SpSsbVariable *from = g_ptr_array_index(question, i);
        SpSsbVariable *to = sp_ssb_variable_new(from->name, from->codelist);
        guint end = i == where ? last : from->codes->len;
        for (guint j = i == where ? first : 0; j < end; j++) {
            g_ptr_array_add(to->codes, g_strdup(g_ptr_array_index(from->codes, j)));
        }
        g_ptr_array_add(part, to);
    }
    return part;
}

/* How many runs of codes of the longest variable it takes: as few as fit, or one a code. */
static guint n_runs(guint64 n_cells, guint n_codes, guint64 max_cells)
{
    guint64 per_code = n_cells / n_codes;
    guint64 fitting = per_code > 0 && per_code <= max_cells ? max_cells / per_code : 1;
    return (guint)((n_codes + fitting - 1) / fitting);
}

/* Parts that still are too large are split again; the list grows behind the one in hand. */
GPtrArray *sp_ssb_split(const GPtrArray *question, guint64 max_cells, GError **error)
{
    g_autoptr(GPtrArray) done = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GPtrArray) open = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    const SpSsbVariable *first = question->len > 0 ? g_ptr_array_index(question, 0) : NULL;
    g_ptr_array_add(open, cut(question, 0, 0, first != NULL ? first->codes->len : 0));
    for (guint i = 0; i < open->len; i++) {
        const GPtrArray *part = g_ptr_array_index(open, i);
        guint64 n_cells = sp_ssb_n_cells(part);
        if (n_cells <= max_cells) {
            g_ptr_array_add(done, g_ptr_array_ref((GPtrArray *)part));
            continue;
        }
        guint where = longest(part);
        guint n_codes = ((const SpSsbVariable *)g_ptr_array_index(part, where))->codes->len;
        guint n = n_codes < 2 ? 0 : n_runs(n_cells, n_codes, max_cells);
        if (n == 0 || open->len + n > SP_SSB_MAX_PARTS) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         "the query has %" G_GUINT64_FORMAT
                         " cells, the server gives %" G_GUINT64_FORMAT
                         " in one answer, and more than %d answers are not asked for; ask for less",
                         sp_ssb_n_cells(question), max_cells, SP_SSB_MAX_PARTS);
            return NULL;
        }
        for (guint j = 0; j < n; j++) {
            guint begin = (guint)((guint64)n_codes * j / n);
            guint end = (guint)((guint64)n_codes * (j + 1) / n);
            g_ptr_array_add(open, cut(part, where, begin, end));
        }
    }
    return g_steal_pointer(&done);
}
