/* Metadata of v1 and v2. */
#include "extractors/ssb/metadata.h"

#include "extractors/extractor.h"
#include "extractors/ssb/jsonstat_dimensions.h"
#include "extractors/ssb/jsonstat_find.h"

#include "core/error.h"
#include "core/io/json.h"

#include <string.h>

static void dimension_free(gpointer data)
{
    SpSsbDimension *dimension = data;
    g_free(dimension->name);
    g_ptr_array_unref(dimension->codes);
    g_free(dimension);
}

void sp_ssb_metadata_free(SpSsbMetadata *metadata)
{
    if (metadata == NULL) {
        return;
    }
    g_free(metadata->title);
    g_free(metadata->updated);
    g_ptr_array_unref(metadata->dimensions);
    g_free(metadata);
}

const SpSsbDimension *sp_ssb_metadata_find(const SpSsbMetadata *metadata, const char *name)
{
    for (guint i = 0; i < metadata->dimensions->len; i++) {
        const SpSsbDimension *dimension = g_ptr_array_index(metadata->dimensions, i);
        if (g_ascii_strcasecmp(dimension->name, name) == 0) {
            return dimension;
        }
    }
    return NULL;
}

static SpSsbDimension *add_dimension(SpSsbMetadata *metadata, const char *name, GError **error)
{
    if (name == NULL || sp_ssb_metadata_find(metadata, name) != NULL) {
        sp_error_set(error, SP_ERROR_DATA,
                     "variable %u of the metadata has no name or that of another; fetch again",
                     metadata->dimensions->len + 1);
        return NULL;
    }
    SpSsbDimension *dimension = g_new0(SpSsbDimension, 1);
    dimension->name = g_strdup(name);
    dimension->codes = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(metadata->dimensions, dimension);
    return dimension;
}

static gboolean read_variable1(SpSsbMetadata *metadata, const json_t *variable, GError **error)
{
    const json_t *values = json_object_get(variable, "values");
    SpSsbDimension *dimension =
        add_dimension(metadata, json_string_value(json_object_get(variable, "code")), error);
    if (dimension == NULL) {
        return FALSE;
    }
    dimension->may_be_left_out = json_is_true(json_object_get(variable, "elimination"));
    dimension->is_time = json_is_true(json_object_get(variable, "time"));
    for (gsize i = 0; i < json_array_size(values); i++) {
        const char *code = json_string_value(json_array_get(values, i));
        if (code == NULL) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "variable %s: value %" G_GSIZE_FORMAT " is not a text; fetch again",
                                dimension->name, i + 1);
        }
        g_ptr_array_add(dimension->codes, g_strdup(code));
    }
    return TRUE;
}

static gboolean read1(SpSsbMetadata *metadata, const json_t *root, GError **error)
{
    const json_t *variables = json_object_get(root, "variables");
    metadata->title = g_strdup(json_string_value(json_object_get(root, "title")));
    for (gsize i = 0; i < json_array_size(variables); i++) {
        if (!read_variable1(metadata, json_array_get(variables, i), error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean has_role(const json_t *dataset, const char *role, const char *name)
{
    const json_t *names = json_object_get(json_object_get(dataset, "role"), role);
    for (gsize i = 0; i < json_array_size(names); i++) {
        if (g_strcmp0(json_string_value(json_array_get(names, i)), name) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean read2(SpSsbMetadata *metadata, json_t *root, GError **error)
{
    const json_t *dataset = sp_jsonstat_find(root, error);
    g_autoptr(SpJsonstatDimensions) dimensions =
        dataset != NULL ? sp_jsonstat_dimensions_of_table(dataset, error) : NULL;
    if (dimensions == NULL) {
        return FALSE;
    }
    metadata->title = g_strdup(json_string_value(json_object_get(dataset, "label")));
    const char *updated = json_string_value(json_object_get(dataset, "updated"));
    metadata->updated = updated != NULL && sp_fetch_is_time(updated) ? g_strdup(updated) : NULL;
    for (gsize d = 0; d < dimensions->n; d++) {
        const SpJsonstatDimension *from = &dimensions->at[d];
        SpSsbDimension *to = add_dimension(metadata, from->id, error);
        if (to == NULL) {
            return FALSE;
        }
        const json_t *extension = json_object_get(
            json_object_get(json_object_get(dataset, "dimension"), from->id), "extension");
        to->may_be_left_out = json_is_true(json_object_get(extension, "elimination"));
        to->is_time = has_role(dataset, "time", from->id);
        for (gsize i = 0; i < from->n; i++) {
            g_ptr_array_add(to->codes, g_strdup(from->codes[i]));
        }
    }
    return TRUE;
}

static gboolean check(const SpSsbMetadata *metadata, GError **error)
{
    if (metadata->dimensions->len == 0) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "metadata without variables; look at the table's page");
    }
    for (guint i = 0; i < metadata->dimensions->len; i++) {
        const SpSsbDimension *dimension = g_ptr_array_index(metadata->dimensions, i);
        if (dimension->codes->len == 0) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "variable %s has no codes; look at the table's page",
                                dimension->name);
        }
    }
    return TRUE;
}

SpSsbMetadata *sp_ssb_metadata_parse(const char *bytes, gsize size, const char *origin,
                                     GError **error)
{
    g_autoptr(json_t) root = sp_json_parse(bytes, size, origin, error);
    if (root == NULL) {
        return NULL;
    }
    g_autoptr(SpSsbMetadata) metadata = g_new0(SpSsbMetadata, 1);
    metadata->dimensions = g_ptr_array_new_with_free_func(dimension_free);
    gboolean is_v1 = json_is_array(json_object_get(root, "variables"));
    if (!(is_v1 ? read1(metadata, root, error) : read2(metadata, root, error)) ||
        !check(metadata, error)) {
        g_prefix_error(error, "%s: ", origin);
        return NULL;
    }
    return g_steal_pointer(&metadata);
}

GPtrArray *sp_ssb_codelist_parse(const char *bytes, gsize size, const char *origin, GError **error)
{
    g_autoptr(json_t) root = sp_json_parse(bytes, size, origin, error);
    if (root == NULL) {
        return NULL;
    }
    const json_t *values = json_object_get(root, "values");
    g_autoptr(GPtrArray) codes = g_ptr_array_new_with_free_func(g_free);
    for (gsize i = 0; i < json_array_size(values); i++) {
        const char *code = json_string_value(json_object_get(json_array_get(values, i), "code"));
        if (code == NULL) {
            sp_error_set(error, SP_ERROR_DATA,
                         "%s: value %" G_GSIZE_FORMAT " of the code list has no code; fetch again",
                         origin, i + 1);
            return NULL;
        }
        g_ptr_array_add(codes, g_strdup(code));
    }
    if (codes->len == 0) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: a code list without values; look at the table's page", origin);
        return NULL;
    }
    return g_steal_pointer(&codes);
}

gboolean sp_ssb_expect(const char *title, const char *expect, const char *origin, GError **error)
{
    g_autofree char *folded = g_utf8_casefold(title != NULL ? title : "", -1);
    g_auto(GStrv) words = g_strsplit_set(expect, " \t", -1);
    for (char **word = words; *word != NULL; word++) {
        g_autofree char *wanted = g_utf8_casefold(*word, -1);
        if (strstr(folded, wanted) == NULL) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: the table is \"%.160s\", without \"%s\" as `expect` wants; "
                                "check the number of the table",
                                origin, title != NULL ? title : "", *word);
        }
    }
    return TRUE;
}
