/* The dimensions of a JSON-stat cube: three ways to write an index, two versions of where ids and
 * sizes stand, one answer. */
#include "extractors/ssb/jsonstat_dimensions.h"

#include "extractors/ssb/jsonstat.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

/* A whole number from 0 to the largest cube; 1.x servers also write sizes as texts. */
static gboolean read_size(const json_t *json, gsize *size)
{
    gint64 value = -1;
    if (json_is_integer(json)) {
        value = json_integer_value(json);
    } else if (!json_is_string(json) ||
               !sp_number_parse_int(json_string_value(json), json_string_length(json), &value)) {
        return FALSE;
    }
    if (value < 0 || value > SP_JSONSTAT_MAX_CELLS) {
        return FALSE;
    }
    *size = (gsize)value;
    return TRUE;
}

static gboolean read_index_array(const json_t *index, SpJsonstatDimension *dimension,
                                 GError **error)
{
    for (gsize i = 0; i < dimension->n; i++) {
        dimension->codes[i] = json_string_value(json_array_get(index, i));
        if (dimension->codes[i] == NULL) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "category %" G_GSIZE_FORMAT " of the index is not a text", i + 1);
        }
    }
    return TRUE;
}

/* Positions need not be in the order of the file, but each must be taken once. */
static gboolean read_index_object(json_t *index, SpJsonstatDimension *dimension, GError **error)
{
    const char *code = NULL;
    json_t *position = NULL;
    json_object_foreach(index, code, position)
    {
        gsize i = 0;
        if (!read_size(position, &i) || i >= dimension->n) {
            return sp_error_set(
                error, SP_ERROR_DATA,
                "position of category \"%.60s\" is not a whole number below %" G_GSIZE_FORMAT, code,
                dimension->n);
        }
        if (dimension->codes[i] != NULL) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "categories \"%.60s\" and \"%.60s\" have the same position",
                                dimension->codes[i], code);
        }
        dimension->codes[i] = code;
    }
    return TRUE;
}

static gboolean read_codes(json_t *category, SpJsonstatDimension *dimension, GError **error)
{
    json_t *index = json_object_get(category, "index");
    json_t *label = json_object_get(category, "label");
    gsize n = json_is_array(index)    ? json_array_size(index)
              : json_is_object(index) ? json_object_size(index)
                                      : json_object_size(label);
    if (n != dimension->n) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%" G_GSIZE_FORMAT " categories, but size says %" G_GSIZE_FORMAT, n,
                     dimension->n);
        return FALSE;
    }
    dimension->codes = g_new0(const char *, n + 1);
    if (json_is_array(index)) {
        return read_index_array(index, dimension, error);
    }
    if (json_is_object(index)) {
        return read_index_object(index, dimension, error);
    }
    /* The order of labels means nothing, so without an index there can be one category only. */
    if (n > 1) {
        return sp_error_set(error, SP_ERROR_DATA, "no index and more than one category");
    }
    if (n == 1) {
        dimension->codes[0] = json_object_iter_key(json_object_iter(label));
    }
    return TRUE;
}

static gboolean check_codes(const SpJsonstatDimension *dimension, GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (gsize i = 0; i < dimension->n; i++) {
        const char *code = dimension->codes[i];
        if (code == NULL || *code == '\0') {
            return sp_error_set(error, SP_ERROR_DATA,
                                "category %" G_GSIZE_FORMAT " has an empty code", i + 1);
        }
        if (!g_hash_table_add(seen, (gpointer)code)) {
            return sp_error_set(error, SP_ERROR_DATA, "category \"%.60s\" comes twice", code);
        }
    }
    return TRUE;
}

static gboolean read_dimension(const json_t *all, const json_t *size,
                               SpJsonstatDimension *dimension, GError **error)
{
    json_t *category = json_object_get(json_object_get(all, dimension->id), "category");
    if (!json_is_object(category)) {
        return sp_error_set(error, SP_ERROR_DATA, "no categories; the document is not whole");
    }
    if (!read_size(size, &dimension->n)) {
        return sp_error_set(error, SP_ERROR_DATA, "size is not a whole number from 0 to %d",
                            SP_JSONSTAT_MAX_CELLS);
    }
    return read_codes(category, dimension, error) && check_codes(dimension, error);
}

static gboolean check_id(const SpJsonstatDimensions *dimensions, gsize i, GError **error)
{
    const char *id = dimensions->at[i].id;
    if (id == NULL || *id == '\0') {
        return sp_error_set(error, SP_ERROR_DATA, "id %" G_GSIZE_FORMAT " is not a text", i + 1);
    }
    if (strcmp(id, "value") == 0 || strcmp(id, "status") == 0) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "dimension \"%s\" has the name of a column of figures", id);
    }
    for (gsize j = 0; j < i; j++) {
        if (strcmp(dimensions->at[j].id, id) == 0) {
            return sp_error_set(error, SP_ERROR_DATA, "dimension \"%.60s\" comes twice in id", id);
        }
    }
    return TRUE;
}

static gboolean multiply(SpJsonstatDimensions *dimensions, gsize n, GError **error)
{
    /* Both factors are at most MAX_CELLS here, so the product fits 64 bits before it is held
     * against the limit. */
    guint64 product = (guint64)dimensions->n_cells * n;
    if (product > SP_JSONSTAT_MAX_CELLS) {
        return sp_error_set(error, SP_ERROR_DATA, "more than %d cells; fetch the table in parts",
                            SP_JSONSTAT_MAX_CELLS);
    }
    dimensions->n_cells = (gsize)product;
    return TRUE;
}

static gboolean read_all(const json_t *dimension, const json_t *ids, const json_t *sizes,
                         SpJsonstatDimensions *dimensions, gboolean is_counted, GError **error)
{
    for (gsize i = 0; i < json_array_size(ids); i++) {
        SpJsonstatDimension *one = &dimensions->at[i];
        one->id = json_string_value(json_array_get(ids, i));
        if (!check_id(dimensions, i, error)) {
            return FALSE;
        }
        dimensions->n = i + 1;
        if (!read_dimension(dimension, json_array_get(sizes, i), one, error)) {
            g_prefix_error(error, "dimension \"%.60s\": ", one->id);
            return FALSE;
        }
        if (is_counted && !multiply(dimensions, one->n, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static SpJsonstatDimensions *dimensions_new(const json_t *dataset, gboolean is_counted,
                                            GError **error)
{
    const json_t *dimension = json_object_get(dataset, "dimension");
    const json_t *ids = json_object_get(dataset, "id");
    const json_t *sizes = json_object_get(dataset, "size");
    /* 1.x keeps both inside `dimension`. */
    ids = ids != NULL ? ids : json_object_get(dimension, "id");
    sizes = sizes != NULL ? sizes : json_object_get(dimension, "size");
    gsize n = json_array_size(ids);
    if (n == 0 || n > SP_JSONSTAT_MAX_DIMENSIONS || json_array_size(sizes) != n) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%" G_GSIZE_FORMAT " ids and %" G_GSIZE_FORMAT
                     " sizes, want the same number of each, from 1 to %d",
                     n, json_array_size(sizes), SP_JSONSTAT_MAX_DIMENSIONS);
        return NULL;
    }
    SpJsonstatDimensions *dimensions = g_new0(SpJsonstatDimensions, 1);
    dimensions->at = g_new0(SpJsonstatDimension, n);
    dimensions->n_cells = 1;
    if (!read_all(dimension, ids, sizes, dimensions, is_counted, error)) {
        sp_jsonstat_dimensions_free(dimensions);
        return NULL;
    }
    return dimensions;
}

SpJsonstatDimensions *sp_jsonstat_dimensions_new(const json_t *dataset, GError **error)
{
    return dimensions_new(dataset, TRUE, error);
}

SpJsonstatDimensions *sp_jsonstat_dimensions_of_table(const json_t *dataset, GError **error)
{
    return dimensions_new(dataset, FALSE, error);
}

void sp_jsonstat_dimensions_free(SpJsonstatDimensions *dimensions)
{
    if (dimensions == NULL) {
        return;
    }
    for (gsize i = 0; i < dimensions->n; i++) {
        g_free(dimensions->at[i].codes);
    }
    g_free(dimensions->at);
    g_free(dimensions);
}
