/* JSON-stat to rows: the figures with their statuses are laid out by place first, then walked with
 * one counter a dimension. */
#include "extractors/ssb/jsonstat.h"

#include "extractors/extractor.h"
#include "extractors/ssb/jsonstat_dimensions.h"
#include "extractors/ssb/jsonstat_find.h"

#include "core/error.h"
#include "core/io/json.h"
#include "core/number.h"

#include <math.h>
#include <string.h>

enum { FIGURE_SIZE = G_ASCII_DTOSTR_BUF_SIZE, EXACT_BITS = 53 };

typedef struct {
    const json_t **values; /* [n_cells]; NULL where a sparse object has none */
    const char **statuses; /* [n_cells]; NULL for none */
    gsize n;
} Cells;

static void cells_clear(Cells *cells)
{
    g_free(cells->values);
    g_free(cells->statuses);
}

/* The place a key of a sparse object names: a plain decimal number below n ("01" would be a second
 * name of "1"). */
static gboolean read_place(const char *key, gsize n, gsize *place, const char *what, GError **error)
{
    gint64 value = -1;
    gsize size = strlen(key);
    gboolean is_plain = size == 1 || *key != '0';
    for (gsize i = 0; i < size; i++) {
        is_plain = is_plain && g_ascii_isdigit(key[i]);
    }
    if (!is_plain || !sp_number_parse_int(key, size, &value) || (guint64)value >= n) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: \"%.60s\" is not the place of a cell, want 0 to %" G_GSIZE_FORMAT,
                            what, key, n - 1);
    }
    *place = (gsize)value;
    return TRUE;
}

static gboolean read_values(json_t *json, Cells *cells, GError **error)
{
    cells->values = g_new0(const json_t *, cells->n);
    if (json_is_object(json)) {
        const char *key = NULL;
        json_t *value = NULL;
        json_object_foreach(json, key, value)
        {
            gsize place = 0;
            if (!read_place(key, cells->n, &place, "value", error)) {
                return FALSE;
            }
            cells->values[place] = value;
        }
        return TRUE;
    }
    if (!json_is_array(json)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "no values; the document is not whole, fetch it again");
    }
    if (json_array_size(json) != cells->n) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%" G_GSIZE_FORMAT " values, but the sizes make %" G_GSIZE_FORMAT
                            " cells; the document is not whole",
                            json_array_size(json), cells->n);
    }
    for (gsize i = 0; i < cells->n; i++) {
        cells->values[i] = json_array_get(json, i);
    }
    return TRUE;
}

static gboolean set_status(Cells *cells, gsize place, const json_t *json, GError **error)
{
    if (!json_is_string(json) && !json_is_null(json)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "status of cell %" G_GSIZE_FORMAT " is not a text", place + 1);
    }
    cells->statuses[place] = json_string_value(json);
    return TRUE;
}

/* Absent, null and "" (FHI) mean that no cell has one. */
static gboolean read_statuses(json_t *json, Cells *cells, GError **error)
{
    cells->statuses = g_new0(const char *, cells->n);
    if (json_is_object(json)) {
        const char *key = NULL;
        json_t *status = NULL;
        json_object_foreach(json, key, status)
        {
            gsize place = 0;
            if (!read_place(key, cells->n, &place, "status", error) ||
                !set_status(cells, place, status, error)) {
                return FALSE;
            }
        }
    } else if (json_is_array(json)) {
        if (json_array_size(json) != cells->n) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%" G_GSIZE_FORMAT " statuses for %" G_GSIZE_FORMAT
                                " cells; the document is not whole",
                                json_array_size(json), cells->n);
        }
        for (gsize i = 0; i < cells->n; i++) {
            if (!set_status(cells, i, json_array_get(json, i), error)) {
                return FALSE;
            }
        }
    } else if (json_is_string(json)) {
        for (gsize i = 0; i < cells->n; i++) {
            cells->statuses[i] = json_string_value(json);
        }
    } else if (json != NULL && !json_is_null(json)) {
        return sp_error_set(error, SP_ERROR_DATA, "status is not an object, array or text");
    }
    return TRUE;
}

/* The shortest of 15 and 17 digits that reads back as the same double: 1.2 stays "1.2". Returns the
 * length. */
static gsize format_real(double value, char buffer[FIGURE_SIZE])
{
    if (fabs(value) < (double)(G_GINT64_CONSTANT(1) << EXACT_BITS) && floor(value) == value) {
        return (gsize)g_snprintf(buffer, FIGURE_SIZE, "%" G_GINT64_FORMAT, (gint64)value);
    }
    double back = 0;
    g_ascii_formatd(buffer, FIGURE_SIZE, "%.15g", value);
    if (!sp_number_parse(buffer, strlen(buffer), sp_number_plain, &back) || back < value ||
        back > value) {
        g_ascii_formatd(buffer, FIGURE_SIZE, "%.17g", value);
    }
    return strlen(buffer);
}

/* The text of a figure; empty for null. The text "1.5" is a number too; any other text is not data
 * we can add up. */
static gboolean format_value(const json_t *value, gsize place, char buffer[FIGURE_SIZE],
                             gsize *size, GError **error)
{
    *size = 0;
    if (value == NULL || json_is_null(value)) {
        return TRUE;
    }
    if (json_is_integer(value)) {
        *size = (gsize)g_snprintf(buffer, FIGURE_SIZE, "%" JSON_INTEGER_FORMAT,
                                  json_integer_value(value));
        return TRUE;
    }
    double number = json_real_value(value);
    if (json_is_real(value) || (json_is_string(value) &&
                                sp_number_parse(json_string_value(value), json_string_length(value),
                                                sp_number_plain, &number))) {
        *size = format_real(number, buffer);
        return TRUE;
    }
    if (json_is_string(value)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "value of cell %" G_GSIZE_FORMAT
                            " is the text \"%.60s\", want a number or null",
                            place + 1, json_string_value(value));
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "value of cell %" G_GSIZE_FORMAT " is neither number nor null", place + 1);
}

/* All figures are looked at before the first row goes out, so that a fault leaves no half table
 * behind. */
static gboolean check_values(const Cells *cells, GError **error)
{
    char buffer[FIGURE_SIZE];
    gsize size = 0;
    for (gsize i = 0; i < cells->n; i++) {
        if (json_is_string(cells->values[i]) || json_is_boolean(cells->values[i]) ||
            json_is_array(cells->values[i]) || json_is_object(cells->values[i])) {
            if (!format_value(cells->values[i], i, buffer, &size, error)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

static gboolean begin(const SpJsonstatDimensions *dimensions, SpSink *sink, GError **error)
{
    const char *names[SP_JSONSTAT_MAX_DIMENSIONS + 2] = {NULL};
    for (gsize d = 0; d < dimensions->n; d++) {
        names[d] = dimensions->at[d].id;
    }
    names[dimensions->n] = "value";
    names[dimensions->n + 1] = "status";
    return sink->begin(sink, names, dimensions->n + 2, error);
}

static gboolean emit(const SpJsonstatDimensions *dimensions, const Cells *cells, SpSink *sink,
                     GError **error)
{
    gsize n = dimensions->n;
    gsize at[SP_JSONSTAT_MAX_DIMENSIONS] = {0};
    SpField fields[SP_JSONSTAT_MAX_DIMENSIONS + 2] = {{NULL, 0}};
    char figure[FIGURE_SIZE];
    for (gsize d = 0; d < n; d++) {
        fields[d] = (SpField){dimensions->at[d].codes[0], strlen(dimensions->at[d].codes[0])};
    }
    for (gsize i = 0; i < cells->n; i++) {
        gsize size = 0;
        if (!format_value(cells->values[i], i, figure, &size, error)) {
            return FALSE;
        }
        const char *status = cells->statuses[i];
        if (size == 0 && (status == NULL || *status == '\0')) {
            status = "..";
        }
        fields[n] = (SpField){figure, size};
        fields[n + 1] =
            (SpField){status != NULL ? status : "", status != NULL ? strlen(status) : 0};
        if (!sink->row(sink, i + 1, fields, n + 2, error)) {
            return FALSE;
        }
        for (gsize d = n; d-- > 0;) {
            at[d] = at[d] + 1 < dimensions->at[d].n ? at[d] + 1 : 0;
            const char *code = dimensions->at[d].codes[at[d]];
            fields[d] = (SpField){code, strlen(code)};
            if (at[d] > 0) {
                break;
            }
        }
    }
    return TRUE;
}

/* Reads the cube whole and checks it. NULL with error. */
static SpJsonstatDimensions *read_cube(const json_t *dataset, Cells *cells, GError **error)
{
    g_autoptr(SpJsonstatDimensions) dimensions = sp_jsonstat_dimensions_new(dataset, error);
    if (dimensions == NULL) {
        return NULL;
    }
    json_t *value = json_object_get(dataset, "value");
    gboolean is_empty = json_is_array(value) && json_array_size(value) == 0;
    if (is_empty || dimensions->n_cells == 0) {
        sp_error_set(error, SP_ERROR_DATA,
                     "metadata, no figures; fetch the table's data and not its metadata");
        return NULL;
    }
    cells->n = dimensions->n_cells;
    if (!read_values(value, cells, error) ||
        !read_statuses(json_object_get(dataset, "status"), cells, error) ||
        !check_values(cells, error)) {
        return NULL;
    }
    return g_steal_pointer(&dimensions);
}

/* The dataset's rows to the sink. Own faults name `origin`; what the sink says names it already. */
static gboolean emit_dataset(const json_t *dataset, const char *origin, Cells *cells, SpSink *sink,
                             GError **error)
{
    g_autoptr(SpJsonstatDimensions) dimensions = read_cube(dataset, cells, error);
    if (dimensions == NULL) {
        g_prefix_error(error, "%s: ", origin);
        return FALSE;
    }
    return begin(dimensions, sink, error) && emit(dimensions, cells, sink, error);
}

/* The dataset's own time of change, NULL when what it tells is none. g_free. */
static char *read_updated(const json_t *dataset)
{
    const char *told = json_string_value(json_object_get(dataset, "updated"));
    return told != NULL && sp_fetch_is_time(told) ? g_strdup(told) : NULL;
}

gboolean sp_jsonstat_parse(const char *bytes, gsize size, const char *origin, SpSink *sink,
                           char **updated, GError **error)
{
    *updated = NULL;
    g_autoptr(json_t) root = sp_json_parse(bytes, size, origin, error);
    if (root == NULL) {
        return FALSE;
    }
    const json_t *dataset = sp_jsonstat_find(root, error);
    if (dataset == NULL) {
        g_prefix_error(error, "%s: ", origin);
        return FALSE;
    }
    Cells cells = {NULL, NULL, 0};
    gboolean is_read = emit_dataset(dataset, origin, &cells, sink, error);
    cells_clear(&cells);
    if (is_read) {
        *updated = read_updated(dataset);
    }
    return is_read;
}
