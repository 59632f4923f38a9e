/* Codes that are sums of others. */
#include "transforms/protect/nesting.h"

#include "core/error.h"

#include <stdlib.h>
#include <string.h>

static void sum_free(gpointer data)
{
    SpNestingSum *sum = data;
    g_array_unref(sum->parts);
    g_free(sum);
}

SpNesting *sp_nesting_new(void)
{
    SpNesting *nesting = g_new0(SpNesting, 1);
    nesting->codes = sp_codes_new();
    nesting->sums = g_ptr_array_new_with_free_func(sum_free);
    return nesting;
}

void sp_nesting_free(SpNesting *nesting)
{
    if (nesting == NULL) {
        return;
    }
    for (guint32 i = 0; i < sp_codes_size(nesting->codes); i++) {
        g_clear_pointer(&nesting->parts[i], g_array_unref);
        if (nesting->above != NULL) {
            g_array_unref(nesting->above[i]);
        }
    }
    g_ptr_array_unref(nesting->sums);
    g_free(nesting->parts);
    g_free(nesting->above);
    sp_codes_unref(nesting->codes);
    g_free(nesting);
}

guint32 sp_nesting_add_code(SpNesting *nesting, const char *code)
{
    const guint32 n = sp_codes_size(nesting->codes);
    const guint32 number = sp_codes_add(nesting->codes, code);
    if (number == n) {
        nesting->parts = g_renew(GArray *, nesting->parts, (gsize)n + 1);
        nesting->parts[n] = NULL;
    }
    return number;
}

static gboolean holds(const GArray *numbers, guint32 number)
{
    for (guint i = 0; numbers != NULL && i < numbers->len; i++) {
        if (g_array_index(numbers, guint32, i) == number) {
            return TRUE;
        }
    }
    return FALSE;
}

static void add_once(GArray *numbers, guint32 number)
{
    if (!holds(numbers, number)) {
        g_array_append_val(numbers, number);
    }
}

static SpNestingSum *find_sum(SpNesting *nesting, guint source, guint32 whole)
{
    for (guint i = 0; i < nesting->sums->len; i++) {
        SpNestingSum *sum = nesting->sums->pdata[i];
        if (sum->source == source && sum->whole == whole) {
            return sum;
        }
    }
    SpNestingSum *sum = g_new(SpNestingSum, 1);
    *sum = (SpNestingSum){source, whole, g_array_new(FALSE, FALSE, sizeof(guint32))};
    g_ptr_array_add(nesting->sums, sum);
    return sum;
}

static void add_part(SpNesting *nesting, guint source, guint32 whole, guint32 part)
{
    if (nesting->parts[whole] == NULL) {
        nesting->parts[whole] = g_array_new(FALSE, FALSE, sizeof(guint32));
    }
    add_once(nesting->parts[whole], part);
    add_once(find_sum(nesting, source, whole)->parts, part);
}

void sp_nesting_add(SpNesting *nesting, guint source, const char *whole, const char *part)
{
    const guint32 of = sp_nesting_add_code(nesting, whole);
    add_part(nesting, source, of, sp_nesting_add_code(nesting, part));
}

/* ---- ages ---- */

enum { AGES_DASH = 3, AGES_LENGTH = 7 }; /* "015-034" */

typedef struct {
    int from;
    int to; /* below `from`: no age group */
} Ages;

static Ages ages_of(const char *code)
{
    for (gsize i = 0; i < AGES_LENGTH; i++) {
        if (i == AGES_DASH ? code[i] != '-' : !g_ascii_isdigit(code[i])) {
            return (Ages){0, -1};
        }
    }
    return code[AGES_LENGTH] == '\0'
               ? (Ages){(int)strtol(code, NULL, 10), (int)strtol(code + AGES_DASH + 1, NULL, 10)}
               : (Ages){0, -1};
}

/* The leaves within a leaf, if they fill it. */
static void join_ages_of(SpNesting *nesting, const Ages ages[], const gboolean is_leaf[],
                         guint32 whole)
{
    const guint32 n = sp_codes_size(nesting->codes);
    g_autoptr(GArray) inside = g_array_new(FALSE, FALSE, sizeof(guint32));
    int n_years = 0;
    for (guint32 i = 0; i < n; i++) {
        if (i != whole && is_leaf[i] && ages[i].to >= ages[i].from &&
            ages[i].from >= ages[whole].from && ages[i].to <= ages[whole].to) {
            n_years += ages[i].to - ages[i].from + 1;
            g_array_append_val(inside, i);
        }
    }
    for (guint i = 0; n_years == ages[whole].to - ages[whole].from + 1 && i < inside->len; i++) {
        add_part(nesting, G_MAXUINT, whole, g_array_index(inside, guint32, i));
    }
}

void sp_nesting_join_ages(SpNesting *nesting)
{
    const guint32 n = sp_codes_size(nesting->codes);
    g_autofree Ages *ages = g_new(Ages, n + 1);
    g_autofree gboolean *is_leaf = g_new0(gboolean, n + 1);
    for (guint32 i = 0; i < n; i++) {
        ages[i] = ages_of(sp_codes_text(nesting->codes, i));
        is_leaf[i] = nesting->parts[i] == NULL;
    }
    for (guint32 i = 0; i < n; i++) {
        if (is_leaf[i] && ages[i].to >= ages[i].from) {
            join_ages_of(nesting, ages, is_leaf, i);
        }
    }
}

/* ---- what is above ---- */

enum { UNSEEN, ON_THE_WAY, DONE };

/* Adds `top` above all leaves of `code`; FALSE where a code holds itself. */
static gboolean descend(SpNesting *nesting, guint32 top, guint32 code, guint8 state[])
{
    if (state[code] != UNSEEN) {
        return state[code] == DONE;
    }
    state[code] = ON_THE_WAY;
    const GArray *parts = nesting->parts[code];
    if (parts == NULL) {
        g_array_append_val(nesting->above[code], top);
    }
    for (guint i = 0; parts != NULL && i < parts->len; i++) {
        if (!descend(nesting, top, g_array_index(parts, guint32, i), state)) {
            return FALSE;
        }
    }
    state[code] = DONE;
    return TRUE;
}

static gboolean say_the_same(const SpNestingSum *a, const SpNestingSum *b)
{
    if (a->whole != b->whole || a->parts->len != b->parts->len) {
        return FALSE;
    }
    for (guint i = 0; i < a->parts->len; i++) {
        if (!holds(b->parts, g_array_index(a->parts, guint32, i))) {
            return FALSE;
        }
    }
    return TRUE;
}

static void keep_one_of_each(SpNesting *nesting)
{
    for (guint i = 0; i < nesting->sums->len; i++) {
        for (guint j = nesting->sums->len - 1; j > i; j--) {
            if (say_the_same(nesting->sums->pdata[i], nesting->sums->pdata[j])) {
                g_ptr_array_remove_index(nesting->sums, j);
            }
        }
    }
}

gboolean sp_nesting_close(SpNesting *nesting, GError **error)
{
    keep_one_of_each(nesting);
    const guint32 n = sp_codes_size(nesting->codes);
    g_autofree guint8 *state = g_new(guint8, n + 1);
    nesting->above = g_new(GArray *, (gsize)n + 1);
    for (guint32 i = 0; i < n; i++) {
        nesting->above[i] = g_array_new(FALSE, FALSE, sizeof(guint32));
    }
    for (guint32 top = 0; top < n; top++) {
        memset(state, UNSEEN, n);
        if (!descend(nesting, top, top, state)) {
            return sp_error_set(error, SP_ERROR_DATA, "the code %s is part of itself",
                                sp_codes_text(nesting->codes, top));
        }
    }
    return TRUE;
}
