/* JSON-stat: the members in the order SSB writes them, values and statuses by place. */
#include "tests/upstream/formats.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FIGURE = 64 };

void fake_write_cell(const FakeCell *cell, guint decimals, GString *out)
{
    if (cell->sign != NULL) {
        g_string_append(out, cell->sign);
        return;
    }
    char buffer[MAX_FIGURE];
    char format[] = "%.0f";
    format[2] = (char)('0' + decimals);
    double value = cell->value == 0 ? 0 : cell->value; /* never "-0" */
    g_string_append(out, g_ascii_formatd(buffer, MAX_FIGURE, format, value));
}

static void dump(json_t *json, GString *out)
{
    char *text = json_dumps(json, JSON_COMPACT | JSON_ENCODE_ANY);
    g_string_append(out, text);
    free(text);
}

void fake_write_json_text(const char *text, GString *out)
{
    json_t *json = json_string(text);
    dump(json, out);
    json_decref(json);
}

static json_t *describe_unit(const FakeContents *contents)
{
    return json_pack("{s:s,s:i}", "base", contents->unit, "decimals", (int)contents->decimals);
}

static const FakeValue *first_value(const FakeAxis *axis, guint item)
{
    const FakeItem *of = g_ptr_array_index(axis->items, item);
    return of->places->len > 0
               ? g_ptr_array_index(axis->variable->values, g_array_index(of->places, guint, 0))
               : NULL;
}

static json_t *make_category(const FakeAxis *axis)
{
    json_t *index = json_object();
    json_t *label = json_object();
    json_t *unit = json_object();
    for (guint i = 0; i < axis->items->len; i++) {
        const FakeItem *item = g_ptr_array_index(axis->items, i);
        json_object_set_new(index, item->code, json_integer(i));
        json_object_set_new(label, item->code, json_string(item->text));
        if (axis->variable->role == FAKE_METRIC) {
            json_object_set_new(unit, item->code, describe_unit(first_value(axis, i)->contents));
        }
    }
    json_t *category = json_pack("{s:o,s:o}", "index", index, "label", label);
    if (axis->variable->role == FAKE_METRIC) {
        json_object_set(category, "unit", unit);
    }
    json_decref(unit);
    return category;
}

/* What SSB says of each contents beside its unit. */
static void add_contents(json_t *extension, const FakeAxis *axis)
{
    static const char *const keys[] = {"refperiod", "measuringType", "priceType", "adjustment"};
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        json_t *of = json_object();
        for (guint j = 0; j < axis->items->len; j++) {
            const FakeValue *value = first_value(axis, j);
            const char *const texts[] = {value->contents->refperiod, value->contents->measuring,
                                         "NotApplicable", "None"};
            json_object_set_new(of, value->code, json_string(texts[i]));
        }
        json_object_set_new(extension, keys[i], of);
    }
}

static void add_codelists(json_t *extension, const FakeTable *table, const FakeVariable *variable,
                          const char *base)
{
    json_t *lists = json_array();
    for (guint i = 0; i < table->codelists->len; i++) {
        const FakeCodelist *codelist = g_ptr_array_index(table->codelists, i);
        if (codelist->variable != variable) {
            continue;
        }
        g_autofree char *href = g_strdup_printf("%scodeLists/%s?lang=no", base, codelist->id);
        const char *type = g_str_has_prefix(codelist->id, "agg_") ? "Aggregation" : "Valueset";
        json_array_append_new(lists,
                              json_pack("{s:s,s:s,s:s,s:[{s:s,s:s,s:s}]}", "id", codelist->id,
                                        "label", codelist->label, "type", type, "links", "rel",
                                        "metadata", "hreflang", "no", "href", href));
    }
    json_object_set_new(extension, "codelists", lists);
}

/* `base` NULL: a data answer. There `elimination` describes the extract, not the variable: SSB
 * writes false unless all values were taken. */
static json_t *make_dimension(const FakeTable *table, const FakeAxis *axis, const char *base)
{
    const FakeVariable *variable = axis->variable;
    gboolean is_whole = base != NULL || axis->items->len == variable->values->len;
    json_t *extension =
        json_pack("{s:b,s:s}", "elimination", variable->is_eliminable && is_whole, "show",
                  variable->role == FAKE_GEO    ? "code_value"
                  : variable->role == FAKE_TIME ? "code"
                                                : "value");
    if (variable->role == FAKE_METRIC) {
        add_contents(extension, axis);
    }
    if (base != NULL) {
        add_codelists(extension, table, variable, base);
    }
    json_t *dimension = json_pack("{s:s,s:o,s:o}", "label", variable->text, "category",
                                  make_category(axis), "extension", extension);
    if (variable->klass != NULL) {
        g_autofree char *ids = g_strdup_printf(" %s", variable->klass);
        g_auto(GStrv) pieces = g_strsplit(ids, " ", -1);
        g_autofree char *urns = g_strjoinv(" urn:ssb:classification:klass:", pieces);
        json_object_set_new(dimension, "link",
                            json_pack("{s:[{s:{s:s}}]}", "describedby", "extension", variable->code,
                                      g_strstrip(urns)));
    }
    return dimension;
}

/* In the order SSB writes them. */
static json_t *make_role(const FakeCube *cube)
{
    static const struct {
        const char *name;
        FakeRole role;
    } names[] = {{"time", FAKE_TIME}, {"geo", FAKE_GEO}, {"metric", FAKE_METRIC}};
    json_t *role = json_object();
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        for (guint j = 0; j < cube->axes->len; j++) {
            const FakeAxis *axis = fake_cube_axis(cube, j);
            if (!axis->is_hidden && axis->variable->role == names[i].role) {
                json_object_set_new(role, names[i].name, json_pack("[s]", axis->variable->code));
            }
        }
    }
    return role;
}

typedef struct {
    json_t *id;
    json_t *size;
    json_t *role;
    json_t *dimension;
} Parts;

static Parts make_parts(const FakeCube *cube, const char *base)
{
    Parts parts = {json_array(), json_array(), make_role(cube), json_object()};
    for (guint i = 0; i < cube->axes->len; i++) {
        const FakeAxis *axis = fake_cube_axis(cube, i);
        if (axis->is_hidden) {
            continue;
        }
        json_array_append_new(parts.id, json_string(axis->variable->code));
        json_array_append_new(parts.size, json_integer(axis->items->len));
        json_object_set_new(parts.dimension, axis->variable->code,
                            make_dimension(cube->table, axis, base));
    }
    return parts;
}

static json_t *make_px(const FakeCube *cube)
{
    const FakeTable *table = cube->table;
    json_t *stub = json_array();
    for (guint i = 0; i < cube->axes->len; i++) {
        const FakeAxis *axis = fake_cube_axis(cube, i);
        if (!axis->is_hidden && axis->variable->role != FAKE_METRIC &&
            axis->variable->role != FAKE_TIME) {
            json_array_append_new(stub, json_string(axis->variable->code));
        }
    }
    gsize size = strcspn(table->title, ",");
    g_autofree char *contents = g_strndup(table->title, size + 1);
    g_auto(GStrv) subject = g_strsplit(table->path[0], ":", 2);
    return json_pack("{s:s,s:s,s:b,s:b,s:b,s:s,s:s,s:b,s:[ss],s:o,s:s,s:s,s:s}", "infofile", "None",
                     "tableid", table->id, "official-statistics", 0, "aggregallowed",
                     table->may_aggregate, "copyright", 0, "language", "no", "contents", contents,
                     "descriptiondefault", 0, "heading", "ContentsCode", "Tid", "stub", stub,
                     "matrix", table->id, "subject-code", subject[0], "subject-area", subject[1]);
}

/* All of a 2.0 dataset but its values. */
static json_t *make_head(const FakeCube *cube, const char *base)
{
    const FakeTable *table = cube->table;
    json_t *head =
        json_pack("{s:s,s:s,s:s,s:s,s:s}", "version", "2.0", "class", "dataset", "label",
                  table->title, "source", "Statistisk sentralbyrå", "updated", table->updated);
    if (table->note != NULL) {
        json_object_set_new(head, "note", json_pack("[s]", table->note));
    }
    Parts parts = make_parts(cube, base);
    json_object_set_new(head, "role", parts.role);
    json_object_set_new(head, "id", parts.id);
    json_object_set_new(head, "size", parts.size);
    json_object_set_new(head, "dimension", parts.dimension);
    json_object_set_new(head, "extension",
                        json_pack("{s:o,s:n,s:[{s:s,s:s}]}", "px", make_px(cube), "discontinued",
                                  "contact", "name", "Ola Nordmann", "organization",
                                  "Statistisk sentralbyrå"));
    return head;
}

/* ,"value":[...],"status":{...} */
static void write_values(const FakeCube *cube, GString *out)
{
    g_autoptr(GString) status = g_string_new(NULL);
    guint counter[FAKE_MAX_VARIABLES] = {0};
    guint64 n = 0;
    g_string_append(out, ",\"value\":[");
    gboolean has_more = fake_cube_size(cube) > 0;
    for (; has_more; n++, has_more = fake_cube_next(cube, counter)) {
        FakeCell cell = fake_cube_cell(cube, counter);
        g_string_append(out, n > 0 ? "," : "");
        if (cell.sign == NULL) {
            fake_write_cell(&cell, fake_cube_decimals(cube, counter), out);
        } else {
            g_string_append(out, "null");
            g_string_append_printf(status, "%s\"%" G_GUINT64_FORMAT "\":\"%s\"",
                                   status->len > 0 ? "," : "", n, cell.sign);
        }
    }
    g_string_append_c(out, ']');
    if (status->len > 0) {
        g_string_append_printf(out, ",\"status\":{%s}", status->str);
    }
}

void fake_write_jsonstat2(const FakeCube *cube, GString *out)
{
    json_t *head = make_head(cube, NULL);
    dump(head, out);
    json_decref(head);
    g_string_truncate(out, out->len - 1);
    write_values(cube, out);
    g_string_append_c(out, '}');
}

void fake_write_jsonstat1(const FakeCube *cube, GString *out)
{
    Parts parts = make_parts(cube, NULL);
    json_object_set_new(parts.dimension, "id", parts.id);
    json_object_set_new(parts.dimension, "size", parts.size);
    json_object_set_new(parts.dimension, "role", parts.role);
    json_t *head =
        json_pack("{s:o,s:s,s:s,s:s}", "dimension", parts.dimension, "label", cube->table->title,
                  "source", "Statistisk sentralbyrå", "updated", cube->table->updated);
    g_string_append(out, "{\"dataset\":");
    dump(head, out);
    json_decref(head);
    g_string_truncate(out, out->len - 1);
    write_values(cube, out);
    g_string_append(out, "}}");
}

void fake_write_metadata2(const FakeTable *table, const char *base, GString *out)
{
    g_autoptr(FakeCube) cube = fake_cube_new(table);
    for (guint i = 0; i < cube->axes->len; i++) {
        fake_axis_add_all(fake_cube_axis(cube, i));
    }
    json_t *head = make_head(cube, base);
    json_object_set_new(head, "value", json_array());
    dump(head, out);
    json_decref(head);
}
