/* One function a filter. */
#include "tests/upstream/dbh_filter.h"

#include "tests/upstream/lists.h"

#include <string.h>

typedef struct {
    const json_t *values;
    const char *code;
    guint place; /* of the code among n */
    guint n;
} Try;

static const char *text_at(const json_t *array, gsize i)
{
    const char *text = json_string_value(json_array_get(array, i));
    return text != NULL ? text : "";
}

static gboolean is_item(const Try *of)
{
    for (gsize i = 0; i < json_array_size(of->values); i++) {
        if (strcmp(text_at(of->values, i), of->code) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean is_all(const Try *of)
{
    return strcmp(text_at(of->values, 0), "*") == 0;
}

static gboolean is_top(const Try *of)
{
    return of->place + fake_list_number(text_at(of->values, 0), 0) >= of->n;
}

static gboolean is_between(const Try *of)
{
    return strcmp(of->code, text_at(of->values, 0)) >= 0 &&
           strcmp(of->code, text_at(of->values, 1)) <= 0;
}

static gboolean is_like(const Try *of)
{
    for (gsize i = 0; i < json_array_size(of->values); i++) {
        g_autofree char *pattern = g_strdelimit(g_strdup(text_at(of->values, i)), "%", '*');
        if (g_pattern_match_simple(pattern, of->code)) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean is_less(const Try *of)
{
    return strcmp(of->code, text_at(of->values, 0)) < 0;
}

static gboolean is_greater(const Try *of)
{
    return strcmp(of->code, text_at(of->values, 0)) > 0;
}

static const struct {
    const char *name;
    gboolean (*passes)(const Try *of);
} kinds[] = {
    {"item", is_item},           {"all", is_all},   {"top", is_top},
    {"between", is_between},     {"like", is_like}, {"lessthan", is_less},
    {"greaterthan", is_greater},
};

static gsize kind_of(const json_t *selection)
{
    const char *name = json_string_value(json_object_get(selection, "filter"));
    gsize i = 0;
    while (i < G_N_ELEMENTS(kinds) && g_strcmp0(kinds[i].name, name) != 0) {
        i++;
    }
    return i;
}

static gboolean excludes(const json_t *selection, const char *code)
{
    const json_t *exclude = json_object_get(selection, "exclude");
    for (gsize i = 0; i < json_array_size(exclude); i++) {
        const char *text = text_at(exclude, i);
        if (*text != '\0' && (code == NULL || strcmp(text, code) == 0)) {
            return TRUE;
        }
    }
    return FALSE;
}

gboolean fake_dbh_filters_are_right(const json_t *filters)
{
    for (gsize i = 0; i < json_array_size(filters); i++) {
        const json_t *selection = json_object_get(json_array_get(filters, i), "selection");
        gsize kind = kind_of(selection);
        const json_t *values = json_object_get(selection, "values");
        if (kind == G_N_ELEMENTS(kinds) || !json_is_array(values) ||
            (kinds[kind].passes == is_between && json_array_size(values) != 2) ||
            (kinds[kind].passes == is_item && excludes(selection, NULL))) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean fake_dbh_passes(const json_t *filters, const char *variable, const GPtrArray *values,
                         guint i)
{
    for (gsize j = 0; j < json_array_size(filters); j++) {
        const json_t *filter = json_array_get(filters, j);
        const json_t *selection = json_object_get(filter, "selection");
        const char *name = json_string_value(json_object_get(filter, "variabel"));
        Try of = {json_object_get(selection, "values"), fake_list_part(values, i, 0), i,
                  values->len};
        if (g_strcmp0(name, variable) == 0 &&
            (!kinds[kind_of(selection)].passes(&of) || excludes(selection, of.code))) {
            return FALSE;
        }
    }
    return TRUE;
}
