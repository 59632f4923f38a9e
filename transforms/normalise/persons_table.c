/* What was counted, with the little that has to be restated. */
#include "transforms/normalise/persons_table.h"

#include "core/error.h"
#include "core/table_group.h"
#include "core/table_rows.h"
#include "transforms/normalise/persons_codes.h"
#include "transforms/normalise/restate.h"

#include <string.h>

/* What stands between the two days of an interval. */
#define BETWEEN "--"

/* The day whose division the kommuner of a period are of: of an interval the first; NULL for
 * others, where it is the period's own. g_free. */
static char *first_day(const char *period)
{
    const char *end = strstr(period, BETWEEN);
    return end == NULL ? NULL : g_strndup(period, (gsize)(end - period));
}

typedef struct {
    gsize period;
    const char *first; /* NULL: periods that are no intervals */
} Choice;

static gboolean is_chosen(const SpTable *table, gsize row, gpointer data)
{
    const Choice *choice = data;
    g_autofree char *first = first_day(sp_table_code(table, row, choice->period));
    return g_strcmp0(first, choice->first) == 0;
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
        const char *text = sp_table_code(whole, row, period);
        g_autofree char *first = first_day(text);
        g_autofree char *key = g_strdup_printf("%s %s", sp_table_code(whole, row, region),
                                               first != NULL ? first : text);
        if (!g_hash_table_contains(broken, key)) {
            continue;
        }
        for (gsize i = 0; i < sp_table_n_columns(whole); i++) {
            if (sp_table_column(whole, i)->kind == SP_COLUMN_MEASURE &&
                sp_table_real(whole, row, i).status != SP_NOT_APPLICABLE) {
                sp_table_set_real(whole, row, i, sp_real_none(SP_MISSING));
            }
        }
    }
}

/* Those of the divided rows that are of one division. */
static gboolean restate_some(SpTable *whole, const SpTable *divided, Choice *choice,
                             const SpPersonsInput *input, const SpTable *weights, GError **error)
{
    g_autoptr(SpTable) some = sp_table_filter(divided, is_chosen, choice);
    if (sp_table_n_rows(some) == 0) {
        return TRUE;
    }
    const char *division =
        input->layout->division != NULL ? input->layout->division : choice->first;
    const SpTarget target = {input->regions, input->target, weights};
    g_autoptr(SpTable) parts = sp_normalise_restate(some, &target, division, input->quality, error);
    if (parts != NULL) {
        add_parts(whole, parts, input->quality);
    }
    return parts != NULL;
}

/* All first days (char*, owned) of intervals among the divided rows. */
static GPtrArray *find_first_days(const SpTable *divided, gsize period)
{
    GPtrArray *days = g_ptr_array_new_with_free_func(g_free);
    for (gsize row = 0; row < sp_table_n_rows(divided); row++) {
        g_autofree char *first = first_day(sp_table_code(divided, row, period));
        if (first != NULL && !g_ptr_array_find_with_equal_func(days, first, g_str_equal, NULL)) {
            g_ptr_array_add(days, g_steal_pointer(&first));
        }
    }
    g_ptr_array_sort(days, sp_codes_compare);
    return days;
}

static gboolean restate_divided(SpTable *whole, const SpTable *divided, const SpPersonsInput *input,
                                const SpTable *weights, GError **error)
{
    Choice choice = {.period = sp_table_find(divided, "period")};
    g_autoptr(GPtrArray) days = find_first_days(divided, choice.period);
    gboolean ok = restate_some(whole, divided, &choice, input, weights, error);
    for (guint i = 0; ok && i < days->len; i++) {
        choice.first = days->pdata[i];
        ok = restate_some(whole, divided, &choice, input, weights, error);
    }
    return ok;
}

/* One over the other, row by row, in columns after the measures: when restating is done, so that a
 * share is one of the parts as they are, and what was kept of rows is gone, for want of room. */
static void add_ratios(SpTable *whole, const SpLayout *layout)
{
    for (guint i = 0; i < layout->persons->counts->len; i++) {
        const SpLayoutCount *count = layout->persons->counts->pdata[i];
        if (count->over == NULL) {
            continue;
        }
        const SpColumn column = {
            .name = count->name, .kind = SP_COLUMN_MEASURE, .unit = count->unit};
        gsize at = sp_table_add_column(whole, &column);
        const SpReal *over = sp_table_reals_const(whole, sp_table_find(whole, count->over));
        const SpReal *under = sp_table_reals_const(whole, sp_table_find(whole, count->under));
        SpReal *to = sp_table_reals(whole, at);
        for (gsize row = 0; row < sp_table_n_rows(whole); row++) {
            to[row] = over[row].status == SP_NOT_APPLICABLE
                          ? over[row]
                          : sp_real_rate(over[row], under[row], 1.0);
        }
    }
}

gboolean sp_persons_complete(SpTable *whole, const SpTable *divided, const SpPersonsInput *input,
                             GHashTable *broken, const SpTable *weights, GError **error)
{
    if (sp_table_n_rows(divided) > 0 && !restate_divided(whole, divided, input, weights, error)) {
        return FALSE;
    }
    blank_broken(whole, sp_table_find(whole, "region"), broken);
    add_ratios(whole, input->layout);
    return sp_table_check_unique(whole, error);
}
