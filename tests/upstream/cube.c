/* Axes of an answer and the walk through its cells. */
#include "tests/upstream/cube.h"

#include <string.h>

static void item_free(gpointer data)
{
    FakeItem *item = data;
    g_array_unref(item->places);
    g_free(item);
}

static void axis_free(gpointer data)
{
    FakeAxis *axis = data;
    g_ptr_array_unref(axis->items);
    g_free(axis);
}

FakeCube *fake_cube_new(const FakeTable *table)
{
    FakeCube *cube = g_new0(FakeCube, 1);
    cube->table = table;
    cube->axes = g_ptr_array_new_with_free_func(axis_free);
    for (guint i = 0; i < table->variables->len; i++) {
        FakeAxis *axis = g_new0(FakeAxis, 1);
        axis->variable = g_ptr_array_index(table->variables, i);
        axis->items = g_ptr_array_new_with_free_func(item_free);
        g_ptr_array_add(cube->axes, axis);
    }
    return cube;
}

void fake_cube_free(FakeCube *cube)
{
    if (cube != NULL) {
        g_ptr_array_unref(cube->axes);
        g_free(cube);
    }
}

FakeAxis *fake_cube_axis(const FakeCube *cube, guint variable)
{
    return g_ptr_array_index(cube->axes, variable);
}

static FakeItem *add_item(FakeAxis *axis, const char *code, const char *text)
{
    FakeItem *item = g_new0(FakeItem, 1);
    item->code = code;
    item->text = text;
    item->places = g_array_new(FALSE, FALSE, sizeof(guint));
    g_ptr_array_add(axis->items, item);
    return item;
}

static gboolean has_item(const FakeAxis *axis, const char *code)
{
    for (guint i = 0; i < axis->items->len; i++) {
        const FakeItem *item = g_ptr_array_index(axis->items, i);
        if (strcmp(item->code, code) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

void fake_axis_add(FakeAxis *axis, guint place)
{
    const FakeValue *value = g_ptr_array_index(axis->variable->values, place);
    if (!has_item(axis, value->code)) {
        g_array_append_val(add_item(axis, value->code, value->text)->places, place);
    }
}

void fake_axis_add_group(FakeAxis *axis, const FakeGroup *group)
{
    if (has_item(axis, group->code)) {
        return;
    }
    FakeItem *item = add_item(axis, group->code, group->text);
    for (guint i = 0; i < group->codes->len; i++) {
        guint place = 0;
        if (fake_variable_value(axis->variable, g_ptr_array_index(group->codes, i), FALSE,
                                &place)) {
            g_array_append_val(item->places, place);
        }
    }
}

void fake_axis_add_all(FakeAxis *axis)
{
    for (guint i = 0; i < axis->variable->values->len; i++) {
        fake_axis_add(axis, i);
    }
}

void fake_axis_eliminate(FakeAxis *axis)
{
    axis->is_hidden = TRUE;
    FakeItem *item = add_item(axis, "", "");
    const GPtrArray *values = axis->variable->values;
    for (guint i = 0; i < values->len; i++) {
        const FakeValue *value = g_ptr_array_index(values, i);
        gboolean is_country = axis->variable->role == FAKE_GEO && value->place == NULL;
        gboolean is_whole = value->is_total || is_country;
        if (is_whole) {
            g_array_set_size(item->places, 0);
        }
        g_array_append_val(item->places, i);
        if (is_whole) {
            return;
        }
    }
}

static int by_place(gconstpointer a, gconstpointer b)
{
    const GArray *first = (*(FakeItem *const *)a)->places;
    const GArray *second = (*(FakeItem *const *)b)->places;
    guint i = first->len > 0 ? g_array_index(first, guint, 0) : 0;
    guint j = second->len > 0 ? g_array_index(second, guint, 0) : 0;
    return i < j ? -1 : i > j ? 1 : 0;
}

void fake_axis_sort(FakeAxis *axis)
{
    g_ptr_array_sort(axis->items, by_place);
}

guint64 fake_cube_size(const FakeCube *cube)
{
    guint64 size = 1;
    for (guint i = 0; i < cube->axes->len; i++) {
        size *= fake_cube_axis(cube, i)->items->len;
    }
    return size;
}

static const FakeItem *item_at(const FakeCube *cube, guint axis, const guint counter[])
{
    return g_ptr_array_index(fake_cube_axis(cube, axis)->items, counter[axis]);
}

guint fake_cube_decimals(const FakeCube *cube, const guint counter[])
{
    for (guint i = 0; i < cube->axes->len; i++) {
        const FakeVariable *variable = fake_cube_axis(cube, i)->variable;
        if (variable->role == FAKE_METRIC) {
            guint place = g_array_index(item_at(cube, i, counter)->places, guint, 0);
            const FakeValue *value = g_ptr_array_index(variable->values, place);
            return value->contents->decimals;
        }
    }
    return 0;
}

/* One step through the values the items are sums of. */
static gboolean next_part(const FakeCube *cube, const guint counter[], guint part[])
{
    for (guint i = cube->axes->len; i-- > 0;) {
        if (++part[i] < item_at(cube, i, counter)->places->len) {
            return TRUE;
        }
        part[i] = 0;
    }
    return FALSE;
}

FakeCell fake_cube_cell(const FakeCube *cube, const guint counter[])
{
    guint part[FAKE_MAX_VARIABLES] = {0};
    guint place[FAKE_MAX_VARIABLES] = {0};
    FakeCell sum = {0, "."};
    const char *worst = NULL;
    for (guint i = 0; i < cube->axes->len; i++) {
        if (item_at(cube, i, counter)->places->len == 0) {
            return sum;
        }
    }
    do {
        for (guint i = 0; i < cube->axes->len; i++) {
            place[i] = g_array_index(item_at(cube, i, counter)->places, guint, part[i]);
        }
        FakeCell cell = fake_model_cell(cube->table, place);
        if (cell.sign == NULL) {
            sum.value += cell.value;
            sum.sign = NULL;
        } else if (strcmp(cell.sign, ".") != 0 && g_strcmp0(worst, ":") != 0) {
            worst = cell.sign;
        }
    } while (next_part(cube, counter, part));
    if (worst != NULL) {
        return (FakeCell){0, worst};
    }
    sum.value = fake_round(sum.value, fake_cube_decimals(cube, counter));
    return sum;
}

gboolean fake_cube_next(const FakeCube *cube, guint counter[])
{
    for (guint i = cube->axes->len; i-- > 0;) {
        if (++counter[i] < fake_cube_axis(cube, i)->items->len) {
            return TRUE;
        }
        counter[i] = 0;
    }
    return FALSE;
}
