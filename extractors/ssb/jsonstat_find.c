/* Finding the dataset: JSON-stat wraps it differently in each version, and the API's other answers
 * are JSON too. */
#include "extractors/ssb/jsonstat_find.h"

#include "core/error.h"

#include <string.h>

/* Collections within collections: none is known to go deeper, and a hostile one ends here. */
enum { MAX_DEPTH = 8, MAX_NAMES_TOLD = 6 };

typedef struct {
    GPtrArray *datasets; /* json_t*, borrowed */
    GPtrArray *names;    /* const char*, what to call them */
    GPtrArray *links;    /* const char*, datasets that are only pointed at */
} Found;

static const char *name_of(const json_t *node)
{
    const char *label = json_string_value(json_object_get(node, "label"));
    const char *href = json_string_value(json_object_get(node, "href"));
    return label != NULL ? label : href != NULL ? href : "one without label";
}

static gboolean is_class(const json_t *node, const char *wanted)
{
    const char *class = json_string_value(json_object_get(node, "class"));
    return class != NULL && strcmp(class, wanted) == 0;
}

static gboolean has_dimension(const json_t *node)
{
    return json_is_object(json_object_get(node, "dimension"));
}

static void collect(json_t *node, const char *name, guint depth, Found *found)
{
    if (is_class(node, "collection") && depth < MAX_DEPTH) {
        json_t *items = json_object_get(json_object_get(node, "link"), "item");
        size_t i = 0;
        json_t *item = NULL;
        json_array_foreach(items, i, item)
        {
            collect(item, name_of(item), depth + 1, found);
        }
    } else if (has_dimension(node)) {
        g_ptr_array_add(found->datasets, node);
        g_ptr_array_add(found->names, (gpointer)name);
    } else if (depth > 0) {
        g_ptr_array_add(found->links, (gpointer)name);
    }
}

/* 1.x: any member of the root that has dimensions is a dataset; "dataset" is only the usual name.
 */
static void collect_bundle(json_t *root, Found *found)
{
    const char *key = NULL;
    json_t *member = NULL;
    json_object_foreach(root, key, member)
    {
        if (has_dimension(member)) {
            g_ptr_array_add(found->datasets, member);
            g_ptr_array_add(found->names, (gpointer)key);
        }
    }
}

static char *join(const GPtrArray *names)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < names->len && i < MAX_NAMES_TOLD; i++) {
        g_string_append_printf(text, "%s\"%.80s\"", i > 0 ? ", " : "",
                               (const char *)g_ptr_array_index(names, i));
    }
    if (names->len > MAX_NAMES_TOLD) {
        g_string_append_printf(text, " and %u more", names->len - MAX_NAMES_TOLD);
    }
    return g_utf8_make_valid(text->str, -1);
}

static void set_none_error(json_t *root, const Found *found, GError **error)
{
    const char *said = json_string_value(json_object_get(root, "title"));
    said = said != NULL ? said : json_string_value(json_object_get(root, "error"));
    if (found->links->len > 0) {
        g_autofree char *names = join(found->links);
        sp_error_set(error, SP_ERROR_DATA,
                     "a collection that only points at datasets: %s; fetch one of them", names);
    } else if (is_class(root, "dimension")) {
        sp_error_set(error, SP_ERROR_DATA, "a JSON-stat dimension, no figures; fetch a dataset");
    } else if (said != NULL) {
        sp_error_set(
            error, SP_ERROR_DATA,
            "the API's error answer \"%.160s\", not a dataset; correct the query and fetch again",
            said);
    } else {
        g_autoptr(GPtrArray) keys = g_ptr_array_new();
        const char *key = NULL;
        json_t *member = NULL;
        json_object_foreach(root, key, member)
        {
            (void)member;
            g_ptr_array_add(keys, (gpointer)key);
        }
        g_autofree char *names = join(keys);
        sp_error_set(error, SP_ERROR_DATA,
                     "JSON but not JSON-stat: no \"dimension\" among its members (%s); fetch the "
                     "data of a table",
                     keys->len > 0 ? names : "none");
    }
}

json_t *sp_jsonstat_find(json_t *root, GError **error)
{
    if (!json_is_object(root)) {
        sp_error_set(
            error, SP_ERROR_DATA,
            "JSON but not JSON-stat: want an object at the root; fetch the data of a table");
        return NULL;
    }
    g_autoptr(GPtrArray) datasets = g_ptr_array_new();
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    g_autoptr(GPtrArray) links = g_ptr_array_new();
    Found found = {datasets, names, links};
    if (!is_class(root, "dimension")) {
        collect(root, name_of(root), 0, &found);
    }
    if (datasets->len == 0 && json_object_get(root, "class") == NULL) {
        collect_bundle(root, &found);
    }
    if (datasets->len == 0) {
        set_none_error(root, &found, error);
        return NULL;
    }
    if (datasets->len > 1) {
        g_autofree char *told = join(names);
        sp_error_set(error, SP_ERROR_DATA, "%u datasets (%s), want one; fetch them apart",
                     datasets->len, told);
        return NULL;
    }
    return g_ptr_array_index(datasets, 0);
}
