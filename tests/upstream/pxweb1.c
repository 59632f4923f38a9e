/* PxWebApi v1 as sources.md, section 1 has it. */
#include "tests/upstream/world.h"

#include "tests/upstream/formats.h"
#include "tests/upstream/pxweb1_query.h"

#include <string.h>

#define PARAMETER_ERROR "{\"error\":\"Parameter error\"}"

static void refuse(FakeAnswer *answer)
{
    fake_answer_set(answer, 400, FAKE_JSON, PARAMETER_ERROR);
}

static void answer_config(const FakeWorld *world, FakeAnswer *answer)
{
    fake_answer_set(answer, 200, FAKE_JSON, "");
    g_string_printf(answer->body,
                    "{\"maxValues\":50000,\"maxCells\":%" G_GINT64_FORMAT
                    ",\"maxCalls\":%" G_GINT64_FORMAT ",\"timeWindow\":%" G_GINT64_FORMAT
                    ",\"CORS\":true}",
                    world->max_cells, world->rate1.limit, world->rate1.window_s);
}

static void put_texts(const FakeVariable *variable, const char *key, gboolean is_code, GString *out)
{
    g_string_append_printf(out, ",\"%s\":[", key);
    for (guint i = 0; i < variable->values->len; i++) {
        const FakeValue *value = g_ptr_array_index(variable->values, i);
        g_string_append(out, i > 0 ? "," : "");
        fake_write_json_text(is_code ? value->code : value->text, out);
    }
    g_string_append_c(out, ']');
}

/* `elimination` and `time` are left out when false. */
static void answer_metadata(const FakeTable *table, FakeAnswer *answer)
{
    fake_answer_set(answer, 200, FAKE_JSON, "{\"title\":");
    fake_write_json_text(table->title, answer->body);
    g_string_append(answer->body, ",\"variables\":[");
    for (guint i = 0; i < table->variables->len; i++) {
        const FakeVariable *variable = g_ptr_array_index(table->variables, i);
        g_string_append_printf(answer->body, "%s{\"code\":", i > 0 ? "," : "");
        fake_write_json_text(variable->code, answer->body);
        g_string_append(answer->body, ",\"text\":");
        fake_write_json_text(variable->text, answer->body);
        put_texts(variable, "values", TRUE, answer->body);
        put_texts(variable, "valueTexts", FALSE, answer->body);
        g_string_append_printf(answer->body, "%s%s}",
                               variable->is_eliminable ? ",\"elimination\":true" : "",
                               variable->role == FAKE_TIME ? ",\"time\":true" : "");
    }
    g_string_append(answer->body, "]}");
}

static void send_csv(const FakeCube *cube, FakeCsvForm form, FakeAnswer *answer)
{
    fake_answer_set(answer, 200, "text/csv; charset=iso-8859-1", "");
    fake_write_csv(cube, &form, answer->body);
    fake_answer_to_latin1(answer);
}

static void send_jsonstat2(const FakeCube *cube, const FakeRequest *request, FakeAnswer *answer)
{
    (void)request;
    fake_answer_set(answer, 200, FAKE_JSON, "");
    fake_write_jsonstat2(cube, answer->body);
}

static void send_jsonstat1(const FakeCube *cube, const FakeRequest *request, FakeAnswer *answer)
{
    (void)request;
    fake_answer_set(answer, 200, FAKE_JSON, "");
    fake_write_jsonstat1(cube, answer->body);
}

static void send_csv1(const FakeCube *cube, const FakeRequest *request, FakeAnswer *answer)
{
    (void)request;
    send_csv(cube, (FakeCsvForm){.labels = FAKE_TEXTS, .separator = ','}, answer);
}

static void send_csv2(const FakeCube *cube, const FakeRequest *request, FakeAnswer *answer)
{
    (void)request;
    send_csv(cube, (FakeCsvForm){.labels = FAKE_TEXTS, .separator = ',', .is_long = TRUE}, answer);
}

static void send_csv3(const FakeCube *cube, const FakeRequest *request, FakeAnswer *answer)
{
    (void)request;
    send_csv(cube, (FakeCsvForm){.labels = FAKE_CODES, .separator = ',', .is_long = TRUE}, answer);
}

static void send_px(const FakeCube *cube, const FakeRequest *request, FakeAnswer *answer)
{
    fake_answer_set(answer, 200, "application/octet-stream", "");
    fake_write_px(cube, request->moment.now, answer->body);
    fake_answer_to_latin1(answer);
}

/* The others (xlsx, json, sdmx) SSB calls unsupported; the fake does not play them. */
static const struct {
    const char *name;
    void (*send)(const FakeCube *cube, const FakeRequest *request, FakeAnswer *answer);
} formats[] = {
    {"json-stat2", send_jsonstat2},
    {"json-stat", send_jsonstat1},
    {"csv", send_csv1},
    {"csv2", send_csv2},
    {"csv3", send_csv3},
    {"px", send_px},
};

/* A body of JSON with its query and a format, or NULL. json_decref. */
static json_t *read_body(const FakeRequest *request, gsize *format)
{
    const char *type = fake_request_header(request, "content-type");
    if (type == NULL || g_ascii_strncasecmp(type, "application/json", 16) != 0) {
        return NULL;
    }
    json_t *body = json_loadb(request->body->str, request->body->len, 0, NULL);
    const char *name =
        json_string_value(json_object_get(json_object_get(body, "response"), "format"));
    name = request->faults.px ? "px" : name != NULL ? name : "json-stat2";
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
        if (strcmp(formats[i].name, name) == 0) {
            *format = i;
            return body;
        }
    }
    json_decref(body);
    return NULL;
}

static void answer_data(const FakeWorld *world, const FakeTable *table, const FakeRequest *request,
                        FakeAnswer *answer)
{
    gsize format = 0;
    json_t *body = read_body(request, &format);
    g_autoptr(FakeCube) cube = fake_cube_new(table);
    g_autofree char *wrong = NULL;
    gboolean is_right = body != NULL && fake_select1(cube, json_object_get(body, "query"), &wrong);
    json_decref(body);
    if (!is_right && wrong == NULL) {
        refuse(answer);
    } else if (!is_right) {
        fake_answer_set(answer, 400, FAKE_JSON, "");
        g_string_printf(answer->body,
                        "{\"error\":\"The request for variable '%s' has an error. Please check "
                        "your query.\"}",
                        wrong);
    } else if (fake_cube_size(cube) > (guint64)world->max_cells) {
        fake_answer_set(answer, 403, FAKE_JSON, "{\"error\":\"Too many values selected\"}");
    } else {
        formats[format].send(cube, request, answer);
    }
}

static void answer_table(const FakeWorld *world, const FakeRequest *request, const char *id,
                         FakeAnswer *answer)
{
    g_autoptr(FakeTable) table =
        fake_table_read(world->folder, world->country, id, &request->moment, NULL);
    if (table == NULL) {
        refuse(answer); /* 400, not 404 */
    } else if (strcmp(request->method, "POST") == 0) {
        answer_data(world, table, request, answer);
    } else {
        answer_metadata(table, answer);
    }
}

static void put_node(GString *out, const char *id, const char *type, const char *text,
                     const char *updated)
{
    g_string_append_printf(
        out, "%s{\"id\":\"%s\",\"type\":\"%s\",\"text\":", out->len > 1 ? "," : "", id, type);
    fake_write_json_text(text, out);
    if (updated != NULL) {
        g_string_append_printf(out, ",\"updated\":\"%.19s\"", updated);
    }
    g_string_append_c(out, '}');
}

/* The nodes below a path of subjects ("", "be", "be/folkemengde"): levels, then tables. */
static void answer_nodes(const FakeWorld *world, const FakeRequest *request, const char *where,
                         FakeAnswer *answer)
{
    g_auto(GStrv) steps = g_strsplit(where, "/", -1);
    guint depth = *where == '\0' ? 0 : g_strv_length(steps);
    g_auto(GStrv) ids = fake_table_ids(world->folder);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    fake_answer_set(answer, 200, FAKE_JSON, "[");
    for (char **id = ids; *id != NULL; id++) {
        g_autoptr(FakeTable) table =
            fake_table_read(world->folder, world->country, *id, &request->moment, NULL);
        guint length = table != NULL ? g_strv_length(table->path) : 0;
        gboolean is_below = table != NULL && depth <= length;
        for (guint i = 0; is_below && i < depth; i++) {
            gsize size = strcspn(table->path[i], ":");
            is_below = strlen(steps[i]) == size && strncmp(steps[i], table->path[i], size) == 0;
        }
        if (is_below && depth == length) {
            put_node(answer->body, table->id, "t", table->title, table->updated);
        } else if (is_below && g_hash_table_add(seen, g_strdup(table->path[depth]))) {
            g_auto(GStrv) parts = g_strsplit(table->path[depth], ":", 2);
            put_node(answer->body, parts[0], "l", parts[1], NULL);
        }
    }
    g_string_append_c(answer->body, ']');
    if (answer->body->len == 2) {
        refuse(answer);
    }
}

void fake_pxweb1(FakeWorld *world, const FakeRequest *request, const char *rest, FakeAnswer *answer)
{
    g_autofree char *path = g_strdup(rest);
    if (g_str_has_suffix(path, "/")) {
        path[strlen(path) - 1] = '\0';
    }
    gboolean is_language = g_str_has_prefix(path, "no") || g_str_has_prefix(path, "en");
    if (!is_language || (path[2] != '\0' && path[2] != '/')) {
        refuse(answer);
        return;
    }
    const char *below = path[2] == '/' ? path + 3 : "";
    if (*below == '\0' && fake_request_query(request, "config") != NULL) {
        answer_config(world, answer);
        return;
    }
    if (!fake_rate_take(&world->rate1)) {
        g_autofree char *window = g_strdup_printf("%" G_GINT64_FORMAT, world->rate1.window_s);
        fake_answer_set(answer, 429, FAKE_JSON,
                        "{\"error\":\"429 - Too many requests in too short timeframe. Please try "
                        "again later.\"}");
        fake_answer_header(answer, "Retry-After", window);
        return;
    }
    /* With the subject path or without it: the last step is the table if it is a number. */
    below = g_str_has_prefix(below, "table/") ? below + strlen("table/") : below;
    below = strcmp(below, "table") == 0 ? "" : below;
    const char *slash = strrchr(below, '/');
    const char *last = slash != NULL ? slash + 1 : below;
    if (g_ascii_isdigit(*last)) {
        answer_table(world, request, last, answer);
    } else {
        answer_nodes(world, request, below, answer);
    }
}
