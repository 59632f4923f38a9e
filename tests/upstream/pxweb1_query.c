/* Filters of v1: item, all, top, agg:NAME, vs:NAME; any other name counts as item. */
#include "tests/upstream/pxweb1_query.h"

#include "core/number.h"

#include <string.h>

static const char *text_at(const json_t *values, gsize i)
{
    const char *text = json_string_value(json_array_get(values, i));
    return text != NULL ? text : "";
}

static gboolean take_items(const FakeTable *table, FakeAxis *axis, const char *filter,
                           const json_t *values)
{
    (void)table;
    (void)filter;
    for (gsize i = 0; i < json_array_size(values); i++) {
        guint place = 0;
        if (!fake_variable_value(axis->variable, text_at(values, i), FALSE, &place)) {
            return FALSE;
        }
        fake_axis_add(axis, place);
    }
    return axis->items->len > 0;
}

/* '*' is any number of characters; v1 knows no '?'. */
static gboolean matches(const char *pattern, const char *code)
{
    if (*pattern == '\0') {
        return *code == '\0';
    }
    if (*pattern == '*') {
        return matches(pattern + 1, code) || (*code != '\0' && matches(pattern, code + 1));
    }
    return *pattern == *code && matches(pattern + 1, code + 1);
}

static gboolean take_all(const FakeTable *table, FakeAxis *axis, const char *filter,
                         const json_t *values)
{
    (void)table;
    (void)filter;
    const GPtrArray *all = axis->variable->values;
    for (guint i = 0; i < all->len; i++) {
        const FakeValue *value = g_ptr_array_index(all, i);
        for (gsize j = 0; j < json_array_size(values); j++) {
            if (matches(text_at(values, j), value->code)) {
                fake_axis_add(axis, i);
            }
        }
    }
    return axis->items->len > 0;
}

/* The newest N of the time variable, the first N of any other. */
static gboolean take_top(const FakeTable *table, FakeAxis *axis, const char *filter,
                         const json_t *values)
{
    (void)table;
    (void)filter;
    gint64 n = 0;
    const char *text = text_at(values, 0);
    guint all = axis->variable->values->len;
    if (json_array_size(values) != 1 || !sp_number_parse_int(text, strlen(text), &n) || n < 1) {
        return FALSE;
    }
    guint count = (guint)MIN(n, all);
    guint start = axis->variable->role == FAKE_TIME ? all - count : 0;
    for (guint i = start; i < start + count; i++) {
        fake_axis_add(axis, i);
    }
    return TRUE;
}

static const FakeGroup *find_group(const FakeCodelist *codelist, const char *code)
{
    for (guint i = 0; i < codelist->groups->len; i++) {
        const FakeGroup *group = g_ptr_array_index(codelist->groups, i);
        if (strcmp(group->code, code) == 0) {
            return group;
        }
    }
    return NULL;
}

static const FakeCodelist *codelist_of(const FakeTable *table, const FakeAxis *axis,
                                       const char *kind, const char *name)
{
    g_autofree char *id = g_strconcat(kind, name, NULL);
    const FakeCodelist *codelist = fake_table_codelist(table, id);
    return codelist != NULL && codelist->variable == axis->variable ? codelist : NULL;
}

static gboolean take_groups(FakeAxis *axis, const FakeCodelist *codelist, const json_t *values)
{
    for (gsize i = 0; i < json_array_size(values); i++) {
        const FakeGroup *group = find_group(codelist, text_at(values, i));
        if (group == NULL) {
            return FALSE; /* '*' too: codes of a grouping must be listed */
        }
        fake_axis_add_group(axis, group);
    }
    return axis->items->len > 0;
}

static gboolean take_agg(const FakeTable *table, FakeAxis *axis, const char *filter,
                         const json_t *values)
{
    const FakeCodelist *codelist = codelist_of(table, axis, "agg_", filter + strlen("agg:"));
    return codelist != NULL && table->may_aggregate && take_groups(axis, codelist, values);
}

/* SSB's own exported queries send an empty list: the variable is then left out. */
static gboolean take_vs(const FakeTable *table, FakeAxis *axis, const char *filter,
                        const json_t *values)
{
    const FakeCodelist *codelist = codelist_of(table, axis, "vs_", filter + strlen("vs:"));
    if (codelist != NULL && json_array_size(values) == 0 && axis->variable->is_eliminable) {
        fake_axis_eliminate(axis);
        return TRUE;
    }
    return codelist != NULL && take_groups(axis, codelist, values);
}

static const struct {
    const char *name; /* of the filter, or its beginning */
    gboolean (*take)(const FakeTable *table, FakeAxis *axis, const char *filter,
                     const json_t *values);
} filters[] = {
    {"item", take_items}, {"all", take_all}, {"top", take_top},
    {"agg:", take_agg},   {"vs:", take_vs},  {"", take_items},
};

static gboolean take(const FakeTable *table, FakeAxis *axis, const json_t *selection)
{
    const char *filter = json_string_value(json_object_get(selection, "filter"));
    const json_t *values = json_object_get(selection, "values");
    filter = filter != NULL ? filter : "item";
    if (!json_is_array(values)) {
        return FALSE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(filters); i++) {
        gboolean is_prefix = strchr(filters[i].name, ':') != NULL || *filters[i].name == '\0';
        if (is_prefix ? g_str_has_prefix(filter, filters[i].name)
                      : strcmp(filter, filters[i].name) == 0) {
            return filters[i].take(table, axis, filter, values);
        }
    }
    return FALSE;
}

gboolean fake_select1(FakeCube *cube, const json_t *query, char **variable)
{
    *variable = NULL;
    if (!json_is_array(query)) {
        return FALSE;
    }
    for (gsize i = 0; i < json_array_size(query); i++) {
        const json_t *item = json_array_get(query, i);
        const char *code = json_string_value(json_object_get(item, "code"));
        guint place = 0;
        if (code == NULL || fake_table_variable(cube->table, code, FALSE, &place) == NULL) {
            return FALSE;
        }
        FakeAxis *axis = fake_cube_axis(cube, place);
        if (axis->items->len > 0 || !take(cube->table, axis, json_object_get(item, "selection"))) {
            *variable = g_strdup(code);
            return FALSE;
        }
        fake_axis_sort(axis);
    }
    for (guint i = 0; i < cube->axes->len; i++) {
        FakeAxis *axis = fake_cube_axis(cube, i);
        if (axis->items->len == 0 && axis->variable->is_eliminable) {
            fake_axis_eliminate(axis);
        } else if (axis->items->len == 0) {
            fake_axis_add_all(axis);
        }
    }
    return TRUE;
}
