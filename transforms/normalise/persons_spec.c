/* Levels and measures of a person-level layout, as the aggregation engine wants them. */
#include "transforms/normalise/persons_spec.h"

#include "core/error.h"
#include "transforms/normalise/code_list.h"

enum { MAX_LEVELS = 256 };

/* One key: its levels, one by one. */
typedef struct {
    SpAggregateLevelKey *levels;
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
    g_autoptr(SpCodeList) list = sp_code_list_new(input->maps, name, error);
    if (list == NULL) {
        return NULL;
    }
    GHashTable *groups = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    g_autoptr(GList) codes = sp_code_list_codes(list);
    for (const GList *code = codes; code != NULL; code = code->next) {
        g_hash_table_insert(groups, g_strdup(code->data),
                            g_strdup(sp_code_list_find(list, code->data, 0)));
    }
    g_ptr_array_add(spec->groups, groups);
    return groups;
}

static gboolean read_level(SpPersonsSpec *spec, const SpPersonsInput *input, GHashTable *fylker,
                           const SpLayoutLevel *level, SpAggregateLevelKey *to, GError **error)
{
    *to = (SpAggregateLevelKey){0};
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

static gboolean add_key(SpPersonsSpec *spec, const SpPersonsInput *input, GHashTable *fylker,
                        const SpLayoutColumn *column, SpAggregateKey *key, KeyLevels *levels,
                        GError **error)
{
    char day[SP_DAY_SIZE];
    *key = (SpAggregateKey){.column = column->name, .classification = column->classification};
    if (column->role == SP_ROLE_REGION) {
        key->classification =
            keep(spec, g_strdup_printf("kommune@%s", sp_day_format(input->target, day)));
    } else if (key->classification == NULL && column->role == SP_ROLE_YEAR) {
        key->classification = "period";
    } else if (key->classification == NULL &&
               (column->role == SP_ROLE_AGE || column->role == SP_ROLE_BIRTH_YEAR)) {
        key->classification = "alder";
    }
    levels->n_levels = column->levels != NULL ? column->levels->len : 1;
    levels->levels = keep(spec, g_new0(SpAggregateLevelKey, levels->n_levels));
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
    SpAggregateLevelKey *levels = keep(spec, g_new0(SpAggregateLevelKey, n_levels * n_keys));
    for (gsize level = 0; level < n_levels; level++) {
        gsize rest = level;
        for (gsize i = n_keys; i-- > 0;) {
            levels[level * n_keys + i] = keys[i].levels[rest % keys[i].n_levels];
            rest /= keys[i].n_levels;
        }
    }
    spec->spec.levels = levels;
    spec->spec.n_levels = n_levels;
    return TRUE;
}

static gboolean add_keys(SpPersonsSpec *spec, const SpPersonsInput *input, GHashTable *fylker,
                         GError **error)
{
    const SpLayout *layout = input->layout;
    gsize n_most = layout->columns->len + layout->constants->len;
    SpAggregateKey *keys = keep(spec, g_new0(SpAggregateKey, n_most));
    g_autofree KeyLevels *levels = g_new0(KeyLevels, n_most);
    gsize n = 0;
    const GPtrArray *const both[] = {layout->columns, layout->constants};
    for (gsize list = 0; list < G_N_ELEMENTS(both); list++) {
        for (guint i = 0; i < both[list]->len; i++) {
            const SpLayoutColumn *column = both[list]->pdata[i];
            if (!column->is_key) {
                continue;
            }
            if (!add_key(spec, input, fylker, column, &keys[n], &levels[n], error)) {
                return FALSE;
            }
            n++;
        }
    }
    spec->spec.keys = keys;
    spec->spec.n_keys = n;
    return cross(spec, levels, n, layout->name, error);
}

static void add_measures(SpPersonsSpec *spec, const SpLayout *layout)
{
    const GPtrArray *counts = layout->persons->counts;
    SpAggregateMeasure *measures = keep(spec, g_new0(SpAggregateMeasure, counts->len));
    for (guint i = 0; i < counts->len; i++) {
        const SpLayoutCount *count = counts->pdata[i];
        measures[i] = (SpAggregateMeasure){.name = count->name,
                                           .kind = count->kind,
                                           .column = count->column,
                                           .unit = count->unit,
                                           .decimal = layout->number.decimal,
                                           .shift = count->shift};
        if (count->kind == SP_AGGREGATE_DISTINCT) {
            measures[i].column = SP_PERSONS_KEY;
        } else if (count->column != NULL) {
            measures[i].decimals = sp_layout_find(layout, count->column)->decimals;
        }
    }
    spec->spec.measures = measures;
    spec->spec.n_measures = counts->len;
}

gboolean sp_persons_spec_init(SpPersonsSpec *spec, const SpPersonsInput *input, GHashTable *fylker,
                              GError **error)
{
    spec->owned = g_ptr_array_new_with_free_func(g_free);
    spec->groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_hash_table_unref);
    spec->spec = (SpAggregateSpec){.name = input->layout->table, .origin = input->origin};
    add_measures(spec, input->layout);
    return add_keys(spec, input, fylker, error);
}

void sp_persons_spec_clear(SpPersonsSpec *spec)
{
    g_clear_pointer(&spec->owned, g_ptr_array_unref);
    g_clear_pointer(&spec->groups, g_ptr_array_unref);
}
