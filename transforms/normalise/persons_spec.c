/* Levels and measures of a person-level layout. */
#include "transforms/normalise/persons_spec.h"

#include "core/code_list.h"
#include "core/error.h"

#include <string.h>

enum { MAX_LEVELS = 256 };

/* One key: its levels, one by one. */
typedef struct {
    SpPersonsLevelKey *levels;
    gsize n_levels;
} KeyLevels;

static void *keep(SpPersonsSpec *spec, void *memory)
{
    g_ptr_array_add(spec->owned, memory);
    return memory;
}

static GHashTable *read_groups(SpPersonsSpec *spec, const SpPersonsInput *input, const char *name,
                               GError **error)
{
    g_autoptr(SpCodeList) list = sp_code_list_new(input->maps, name, NULL, 0, error);
    if (list == NULL) {
        return NULL;
    }
    GHashTable *groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const SpCodes *codes = sp_code_list_codes(list);
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        const char *code = sp_codes_text(codes, i);
        g_hash_table_insert(groups, g_strdup(code), g_strdup(sp_code_list_find(list, code, 0)));
    }
    g_ptr_array_add(spec->groups, groups);
    return groups;
}

static gboolean read_level(SpPersonsSpec *spec, const SpPersonsInput *input, GHashTable *fylker,
                           const SpLayoutLevel *level, SpPersonsLevelKey *to, GError **error)
{
    *to = (SpPersonsLevelKey){0};
    switch (level->kind) {
    case SP_LEVEL_SELF:
        return TRUE;
    case SP_LEVEL_ALL:
        to->all = level->code;
        return TRUE;
    case SP_LEVEL_GROUP:
        to->groups = read_groups(spec, input, level->code, error);
        return to->groups != NULL;
    case SP_LEVEL_FYLKE:
        to->groups = fylker;
        return TRUE;
    case SP_LEVEL_COUNTRY:
        to->all = "0";
        return TRUE;
    }
    return TRUE;
}

static SpPersonsKey key_of(SpPersonsSpec *spec, SpDay target, const SpLayoutColumn *column)
{
    char day[SP_DAY_SIZE];
    SpPersonsKey key = {.column = column->name, .classification = column->classification};
    if (column->role == SP_ROLE_REGION) {
        key.classification = keep(spec, g_strdup_printf("kommune@%s", sp_day_format(target, day)));
    } else if (key.classification == NULL && column->role == SP_ROLE_YEAR) {
        key.classification = "period";
    } else if (key.classification == NULL &&
               (column->role == SP_ROLE_AGE || column->role == SP_ROLE_BIRTH_YEAR)) {
        key.classification = "alder";
    }
    return key;
}

static gboolean read_levels(SpPersonsSpec *spec, const SpPersonsInput *input, GHashTable *fylker,
                            const SpLayoutColumn *column, KeyLevels *levels, GError **error)
{
    levels->n_levels = column->levels != NULL ? column->levels->len : 1;
    levels->levels = keep(spec, g_new0(SpPersonsLevelKey, levels->n_levels));
    for (guint i = 0; column->levels != NULL && i < column->levels->len; i++) {
        if (!read_level(spec, input, fylker, column->levels->pdata[i], &levels->levels[i], error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* All keys' levels against each other, the last key varying fastest. */
static gboolean cross(SpPersonsSpec *spec, const KeyLevels *keys, gsize n_keys, const char *layout,
                      GError **error)
{
    gsize n_levels = 1;
    for (gsize i = 0; i < n_keys; i++) {
        n_levels *= keys[i].n_levels;
        if (n_levels > MAX_LEVELS) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "layout %s: the keys' levels make more than %d combinations; leave "
                                "out some",
                                layout, MAX_LEVELS);
        }
    }
    SpPersonsLevelKey *levels = keep(spec, g_new0(SpPersonsLevelKey, n_levels * n_keys));
    for (gsize level = 0; level < n_levels; level++) {
        gsize rest = level;
        for (gsize i = n_keys; i-- > 0;) {
            levels[level * n_keys + i] = keys[i].levels[rest % keys[i].n_levels];
            rest /= keys[i].n_levels;
        }
    }
    spec->levels = levels;
    spec->n_levels = n_levels;
    return TRUE;
}

gsize sp_persons_spec_slot(const SpLayout *layout, const SpLayoutColumn *column)
{
    gsize slot = 0;
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *is = layout->columns->pdata[i];
        if (!is->is_key || is->role == SP_ROLE_YEAR) {
            continue;
        }
        if (is == column) {
            return slot;
        }
        slot++;
    }
    return SP_PERSONS_NONE;
}

gsize sp_persons_spec_quantity(const SpLayout *layout, const char *name)
{
    gsize number = 0;
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *is = layout->columns->pdata[i];
        if (is->role != SP_ROLE_QUANTITY) {
            continue;
        }
        if (strcmp(is->name, name) == 0) {
            return number;
        }
        number++;
    }
    return SP_PERSONS_NONE;
}

static SpPersonsKeySource source_of(const SpLayout *layout, const SpLayoutColumn *column,
                                    gboolean is_constant)
{
    return (SpPersonsKeySource){.is_period = strcmp(column->name, "period") == 0,
                                .slot = sp_persons_spec_slot(layout, column),
                                .text = is_constant ? column->source : NULL};
}

static gboolean add_keys(SpPersonsSpec *spec, const SpPersonsInput *input, GHashTable *fylker,
                         GError **error)
{
    const SpLayout *layout = input->layout;
    gsize n_most = layout->columns->len + layout->constants->len;
    SpPersonsKey *keys = keep(spec, g_new0(SpPersonsKey, n_most));
    g_autofree KeyLevels *levels = g_new0(KeyLevels, n_most);
    spec->sources = keep(spec, g_new0(SpPersonsKeySource, n_most));
    gsize n = 0;
    const GPtrArray *const both[] = {layout->columns, layout->constants};
    for (gsize list = 0; list < G_N_ELEMENTS(both); list++) {
        for (guint i = 0; i < both[list]->len; i++) {
            const SpLayoutColumn *column = both[list]->pdata[i];
            if (!column->is_key) {
                continue;
            }
            keys[n] = key_of(spec, input->target, column);
            if (!read_levels(spec, input, fylker, column, &levels[n], error)) {
                return FALSE;
            }
            spec->sources[n] = source_of(layout, column, list == 1);
            spec->n_slots += spec->sources[n].slot != SP_PERSONS_NONE;
            spec->region = column->role == SP_ROLE_REGION ? spec->sources[n].slot : spec->region;
            n++;
        }
    }
    spec->keys = keys;
    spec->n_keys = n;
    return cross(spec, levels, n, layout->name, error);
}

/* A limit of nine decimals in those of the quantity: a sum is at or beyond it just if it is at or
 * beyond the next number of those decimals. */
static gint64 limit_in(gint64 limit, guint decimals)
{
    if (limit == G_MININT64 || limit == G_MAXINT64) {
        return limit;
    }
    gint64 scale = 1;
    for (guint i = decimals; i < SP_LAYOUT_SUM_DECIMALS; i++) {
        scale *= 10;
    }
    return limit / scale + (limit > 0 && limit % scale != 0);
}

static gsize find_or_add_sum(SpPersonsMeasures *measures, gsize quantity)
{
    for (gsize i = 0; i < measures->n_sums; i++) {
        if (measures->sums[i] == quantity) {
            return i;
        }
    }
    measures->sums[measures->n_sums] = quantity;
    return measures->n_sums++;
}

static void add_measure(SpPersonsMeasures *measures, const SpLayout *layout,
                        const SpLayoutCount *count)
{
    SpPersonsMeasure *measure = &measures->all[measures->n++];
    *measure = (SpPersonsMeasure){.is = count,
                                  .is_distinct = count->kind == SP_COUNT_DISTINCT,
                                  .quantity = SP_PERSONS_NONE,
                                  .sum = SP_PERSONS_NONE,
                                  .tells_when_asked = count->given != NULL};
    if (count->column != NULL) {
        const SpLayoutColumn *column = sp_layout_find(layout, count->column);
        measure->quantity = sp_persons_spec_quantity(layout, count->column);
        measure->decimals = column->decimals + count->shift;
        measure->tells_when_asked = measure->tells_when_asked || column->is_optional;
    }
    if (count->person_sum != NULL) {
        guint decimals = sp_layout_find(layout, count->person_sum)->decimals;
        measure->sum =
            find_or_add_sum(measures, sp_persons_spec_quantity(layout, count->person_sum));
        measure->least = limit_in(count->least, decimals);
        measure->below = limit_in(count->below, decimals);
    }
    measures->needs_persons = measures->needs_persons || measure->is_distinct;
    measures->has_next = measures->has_next || count->next != SP_NEXT_NONE;
}

static gboolean add_measures(SpPersonsSpec *spec, const SpLayout *layout, GError **error)
{
    const GPtrArray *counts = layout->persons->counts;
    SpPersonsMeasures *measures = &spec->measures;
    measures->all = keep(spec, g_new0(SpPersonsMeasure, counts->len));
    measures->sums = keep(spec, g_new0(gsize, counts->len));
    for (guint i = 0; i < counts->len; i++) {
        const SpLayoutCount *count = counts->pdata[i];
        if (count->over == NULL) {
            add_measure(measures, layout, count);
        }
    }
    return measures->n <= SP_PERSONS_MAX_MEASURES ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "layout %s: more than %d measures beside ratios; make two layouts of it",
                        layout->name, SP_PERSONS_MAX_MEASURES);
}

gint64 sp_persons_measure_start(const SpPersonsMeasure *measure)
{
    return measure->is->kind == SP_COUNT_MIN   ? G_MAXINT64
           : measure->is->kind == SP_COUNT_MAX ? G_MININT64
                                               : 0;
}

gboolean sp_persons_measure_add(const SpPersonsMeasure *measure, gint64 *value, gint64 added)
{
    if (measure->is->kind == SP_COUNT_MIN || measure->is->kind == SP_COUNT_MAX) {
        *value = measure->is->kind == SP_COUNT_MIN ? MIN(*value, added) : MAX(*value, added);
        return TRUE;
    }
    return !__builtin_add_overflow(*value, added, value);
}

gboolean sp_persons_spec_init(SpPersonsSpec *spec, const SpPersonsInput *input, GHashTable *fylker,
                              GError **error)
{
    spec->owned = g_ptr_array_new_with_free_func(g_free);
    spec->groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_hash_table_unref);
    spec->name = input->layout->table;
    spec->region = SP_PERSONS_NONE;
    return add_measures(spec, input->layout, error) && add_keys(spec, input, fylker, error);
}

void sp_persons_spec_clear(SpPersonsSpec *spec)
{
    g_clear_pointer(&spec->owned, g_ptr_array_unref);
    g_clear_pointer(&spec->groups, g_ptr_array_unref);
}
