/* Long-run growth from a table. */
#include "transforms/project/demand/growth.h"

#include "core/error.h"

#include <string.h>

#define SHARE "andel"

static const char *const kinds[] = {"bruk", "aarsverk", SHARE};

/* The measures, and the limits of each. */
static const struct {
    const char *name;
    double least, most;
    gboolean is_above;  /* the least itself is not allowed */
    gboolean is_of_sum; /* of users and of an area's årsverk; of shares it may be blank */
} measures[] = {
    {"drift", -0.2, 0.2, FALSE, FALSE}, {"drift_sd", 0.0, 0.2, TRUE, FALSE},
    {"steg_sd", 0.0, 1.0, TRUE, FALSE}, {"dempning", 0.0, 1.0, FALSE, FALSE},
    {"aldring", 0.0, 1.0, FALSE, TRUE}, {"aldring_sd", 0.0, 10.0, TRUE, TRUE},
    {"beholdt", 0.0, 1.0, FALSE, TRUE},
};

enum { N_MEASURES = G_N_ELEMENTS(measures) };

static gboolean read_row(const SpTable *table, gsize row, const gsize columns[2],
                         const gsize at[N_MEASURES], SpGrowth *growth, GError **error)
{
    double value[N_MEASURES];
    growth->kind = sp_table_code(table, row, columns[0]);
    growth->name = sp_table_code(table, row, columns[1]);
    gsize kind = 0;
    while (kind < G_N_ELEMENTS(kinds) && strcmp(growth->kind, kinds[kind]) != 0) {
        kind++;
    }
    if (kind == G_N_ELEMENTS(kinds)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: row %" G_GSIZE_FORMAT ": slag \"%s\" is neither %s, %s nor %s",
                            sp_table_name(table), row + 1, growth->kind, kinds[0], kinds[1],
                            kinds[2]);
    }
    gboolean is_share = strcmp(growth->kind, SHARE) == 0;
    for (gsize i = 0; i < N_MEASURES; i++) {
        SpReal real = sp_table_real(table, row, at[i]);
        if (measures[i].is_of_sum && is_share && !sp_real_is_number(real)) {
            value[i] = 0.0;
            continue;
        }
        if (!sp_real_is_number(real) || real.value < measures[i].least ||
            real.value > measures[i].most ||
            (measures[i].is_above && real.value <= measures[i].least)) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: row %" G_GSIZE_FORMAT ": %s is not a number from %g%s to %g",
                                sp_table_name(table), row + 1, measures[i].name, measures[i].least,
                                measures[i].is_above ? " (not itself)" : "", measures[i].most);
        }
        value[i] = real.value;
    }
    growth->prior = (SpDemandSeriesPrior){
        .drift = {.mean = value[0], .sd = value[1], .step_sd = value[2], .damping = value[3]},
        .ageing = value[4],
        .ageing_sd = value[5],
        .kept = value[6]};
    return TRUE;
}

static const SpGrowth *find_exactly(const GArray *growth, const char *kind, const char *name)
{
    for (guint i = 0; i < growth->len; i++) {
        const SpGrowth *row = &g_array_index(growth, SpGrowth, i);
        if (strcmp(row->kind, kind) == 0 && strcmp(row->name, name) == 0) {
            return row;
        }
    }
    return NULL;
}

GArray *sp_growth_new(const SpTable *table, GError **error)
{
    gsize columns[2], at[N_MEASURES];
    if (!sp_table_need(table, "slag", SP_COLUMN_CODE, &columns[0], error) ||
        !sp_table_need(table, "navn", SP_COLUMN_CODE, &columns[1], error)) {
        return NULL;
    }
    for (gsize i = 0; i < N_MEASURES; i++) {
        if (!sp_table_need(table, measures[i].name, SP_COLUMN_MEASURE, &at[i], error)) {
            return NULL;
        }
    }
    g_autoptr(GArray) growth = g_array_new(FALSE, FALSE, sizeof(SpGrowth));
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        SpGrowth next;
        if (!read_row(table, row, columns, at, &next, error)) {
            return NULL;
        }
        if (find_exactly(growth, next.kind, next.name) != NULL) {
            sp_error_set(error, SP_ERROR_DATA,
                         "%s: row %" G_GSIZE_FORMAT ": a second row for %s %s; keep one of them",
                         sp_table_name(table), row + 1, next.kind, next.name);
            return NULL;
        }
        g_array_append_val(growth, next);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (find_exactly(growth, kinds[i], "*") == NULL) {
            sp_error_set(error, SP_ERROR_DATA,
                         "%s: no row %s,*; it holds for all that have no row of their own",
                         sp_table_name(table), kinds[i]);
            return NULL;
        }
    }
    return g_steal_pointer(&growth);
}

const SpGrowth *sp_growth_find(const GArray *growth, const char *kind, const char *name)
{
    const SpGrowth *row = find_exactly(growth, kind, name);
    return row != NULL ? row : find_exactly(growth, kind, "*");
}
