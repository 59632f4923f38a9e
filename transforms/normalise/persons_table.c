/* What was counted, with the little that has to be restated. */
#include "transforms/normalise/persons_table.h"

#include "core/error.h"
#include "core/table_group.h"
#include "core/table_rows.h"
#include "transforms/normalise/persons_codes.h"
#include "transforms/normalise/restate.h"

#include <string.h>

typedef struct {
    gsize region;
    gboolean is_divided;
} Choice;

static gboolean is_chosen(const SpTable *table, gsize row, gpointer data)
{
    const Choice *choice = data;
    return (sp_table_code(table, row, choice->region)[0] == SP_PERSONS_DIVIDED) ==
           choice->is_divided;
}

static const char *without_mark(const char *code, gpointer data)
{
    (void)data;
    return code + 1;
}

/* The rows of divided kommuner on the target division; NULL without error if there are none. */
static SpTable *restate_divided(const SpTable *counted, gsize region, const SpPersonsInput *input,
                                const SpTable *weights, GError **error)
{
    Choice choice = {.region = region, .is_divided = TRUE};
    g_autoptr(SpTable) marked = sp_table_filter(counted, is_chosen, &choice);
    if (sp_table_n_rows(marked) == 0) {
        return NULL;
    }
    g_autoptr(SpTable) divided = sp_table_map_codes(marked, "region", without_mark, NULL, error);
    return divided == NULL
               ? NULL
               : sp_normalise_restate(divided, input->regions, input->target,
                                      input->layout->division, weights, input->quality, error);
}

/* A part of a divided kommune added to one that has rows of its own: persons may be in both. */
static void add_measures(SpTable *whole, gsize to, const SpTable *parts, gsize row, gsize *n_lost)
{
    for (gsize i = 0; i < sp_table_n_columns(whole); i++) {
        const SpColumn *is = sp_table_column(whole, i);
        if (is->kind != SP_COLUMN_MEASURE) {
            continue;
        }
        SpReal own = sp_table_real(whole, to, i);
        SpReal part = sp_table_real(parts, row, i);
        SpReal sum = is->is_additive ? sp_real_add(own, part) : sp_real_none(SP_MISSING);
        sum.flags = own.flags | part.flags;
        *n_lost += !is->is_additive;
        sp_table_set_real(whole, to, i, sum);
    }
}

static void add_row(SpTable *whole, const SpTable *parts, gsize row)
{
    gsize to = sp_table_add_row(whole);
    for (gsize i = 0; i < sp_table_n_columns(whole); i++) {
        if (sp_table_column(whole, i)->kind == SP_COLUMN_CODE) {
            sp_table_set_code(whole, to, i, sp_table_code(parts, row, i));
        } else {
            sp_table_set_real(whole, to, i, sp_table_real(parts, row, i));
        }
    }
}

static void add_parts(SpTable *whole, const SpTable *parts, SpQuality *quality)
{
    g_autofree gsize *columns = g_new(gsize, sp_table_n_columns(whole));
    g_autofree const char **codes = g_new(const char *, sp_table_n_columns(whole));
    gsize n = 0;
    gsize n_lost = 0;
    for (gsize i = 0; i < sp_table_n_columns(whole); i++) {
        if (sp_table_column(whole, i)->kind == SP_COLUMN_CODE) {
            columns[n++] = i;
        }
    }
    g_autoptr(SpTableIndex) index = sp_table_index_new(whole, columns, n);
    for (gsize row = 0; row < sp_table_n_rows(parts); row++) {
        gsize to = 0;
        for (gsize i = 0; i < n; i++) {
            codes[i] = sp_table_code(parts, row, columns[i]);
        }
        if (sp_table_index_find(index, codes, &to)) {
            add_measures(whole, to, parts, row, &n_lost);
        } else {
            add_row(whole, parts, row);
        }
    }
    if (n_lost > 0) {
        sp_quality_note(quality, "merged_not_additive", sp_table_name(whole), 0,
                        "%" G_GSIZE_FORMAT
                        " cells are missing: part of a divided kommune was added, and distinct "
                        "persons do not add up",
                        n_lost);
    }
}

/* Fylker that miss some of a kommune that was theirs. */
static void blank_broken(SpTable *whole, gsize region, GHashTable *broken)
{
    gsize period = sp_table_find(whole, "period");
    for (gsize row = 0; g_hash_table_size(broken) > 0 && row < sp_table_n_rows(whole); row++) {
        g_autofree char *key = g_strdup_printf("%s %s", sp_table_code(whole, row, region),
                                               sp_table_code(whole, row, period));
        if (!g_hash_table_contains(broken, key)) {
            continue;
        }
        for (gsize i = 0; i < sp_table_n_columns(whole); i++) {
            if (sp_table_column(whole, i)->kind == SP_COLUMN_MEASURE) {
                sp_table_set_real(whole, row, i, sp_real_none(SP_MISSING));
            }
        }
    }
}

SpTable *sp_persons_restate(const SpTable *counted, const SpPersonsInput *input, GHashTable *broken,
                            const SpTable *weights, GError **error)
{
    gsize region = sp_table_find(counted, "region");
    Choice choice = {.region = region, .is_divided = FALSE};
    g_autoptr(GError) failure = NULL;
    g_autoptr(SpTable) kept = sp_table_filter(counted, is_chosen, &choice);
    /* Dictionaries of its own, without the marked codes. */
    g_autoptr(SpTable) whole = sp_table_copy(kept);
    g_autoptr(SpTable) parts = restate_divided(counted, region, input, weights, &failure);
    if (failure != NULL) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return NULL;
    }
    if (parts != NULL) {
        add_parts(whole, parts, input->quality);
    }
    blank_broken(whole, region, broken);
    return sp_table_check_unique(whole, error) ? g_steal_pointer(&whole) : NULL;
}
