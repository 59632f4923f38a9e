/* PxWebApi v2: configuration, lists of tables, code lists. */
#include "tests/upstream/pxweb2.h"

#include "core/number.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_SIZE = 20, DAY_S = 86400 };

static void send(FakeAnswer *answer, json_t *json)
{
    char *text = json_dumps(json, JSON_COMPACT);
    fake_answer_set(answer, 200, FAKE_JSON, text);
    free(text);
    json_decref(json);
}

/* 0 is what SSB's own says of its limit, which the headers of each answer tell. */
void fake_config2(const FakeWorld *world, FakeAnswer *answer)
{
    json_t *json =
        json_pack("{s:s,s:s,s:[{s:s,s:s},{s:s,s:s}],s:s,s:I,s:i,s:i,s:s}", "apiVersion", "2.3.2",
                  "appVersion", "2.5.0+build.30", "languages", "id", "no", "label", "Norsk", "id",
                  "en", "label", "English", "defaultLanguage", "no", "maxDataCells",
                  (json_int_t)world->max_cells, "maxCallsPerTimeWindow", 0, "timeWindow", 0,
                  "license", "https://www.ssb.no/en/diverse/lisens");
    json_object_set_new(json, "sourceReferences",
                        json_pack("[{s:s,s:s},{s:s,s:s}]", "language", "en", "text",
                                  "Source: Statistics Norway", "language", "no", "text",
                                  "Kilde: Statistisk sentralbyrå"));
    json_object_set_new(json, "defaultDataFormat", json_string("json-stat2"));
    json_object_set_new(
        json, "dataFormats",
        json_pack("[sssssss]", "json-stat2", "csv", "px", "xlsx", "html", "json-px", "parquet"));
    json_object_set_new(json, "features",
                        json_pack("[{s:s,s:[{s:s,s:s}]}]", "id", "CORS", "params", "key", "enabled",
                                  "value", "True"));
    send(answer, json);
}

static json_t *make_link(const FakeWorld *world, const char *rel, const char *path)
{
    g_autofree char *href = g_strconcat(world->url, FAKE_API2, path, NULL);
    return json_pack("{s:s,s:s,s:s}", "rel", rel, "hreflang", "no", "href", href);
}

static json_t *make_links(const FakeWorld *world, const char *id)
{
    static const struct {
        const char *rel;
        const char *tail;
    } rels[] = {{"self", "?lang=no"},
                {"metadata", "/metadata?lang=no"},
                {"data", "/data?lang=no&outputFormat=json-stat2"}};
    json_t *links = json_array();
    for (gsize i = 0; i < G_N_ELEMENTS(rels); i++) {
        g_autofree char *path = g_strconcat("tables/", id, rels[i].tail, NULL);
        json_array_append_new(links, make_link(world, rels[i].rel, path));
    }
    return links;
}

static json_t *make_table(const FakeWorld *world, const FakeTable *table)
{
    json_t *names = json_array();
    for (guint i = 0; i < table->variables->len; i++) {
        const FakeVariable *variable = g_ptr_array_index(table->variables, i);
        json_array_append_new(names, json_string(variable->text));
    }
    json_t *path = json_array();
    for (char **step = table->path; *step != NULL; step++) {
        g_auto(GStrv) parts = g_strsplit(*step, ":", 2);
        json_array_append_new(path, json_pack("{s:s,s:s}", "id", parts[0], "label", parts[1]));
    }
    g_auto(GStrv) subject = g_strsplit(table->path[0], ":", 2);
    g_autofree char *first = g_strdup_printf("%d", table->first_year);
    g_autofree char *last = g_strdup_printf("%d", table->last_year);
    return json_pack("{s:s,s:s,s:s,s:s,s:s,s:s,s:s,s:o,s:n,s:s,s:s,s:s,s:[o],s:o}", "id", table->id,
                     "label", table->title, "description", "", "updated", table->updated,
                     "firstPeriod", first, "lastPeriod", last, "category", "public",
                     "variableNames", names, "discontinued", "source", "Statistisk sentralbyrå",
                     "subjectCode", subject[0], "timeUnit", "Annual", "paths", path, "links",
                     make_links(world, table->id));
}

void fake_table2(const FakeWorld *world, const FakeTable *table, FakeAnswer *answer)
{
    json_t *json = make_table(world, table);
    json_t *whole = json_pack("{s:s}", "language", "no");
    json_object_update(whole, json);
    json_decref(json);
    send(answer, whole);
}

static gint64 number_of(const FakeRequest *request, const char *name, gint64 fallback)
{
    const char *text = fake_request_query(request, name);
    return text == NULL || sp_number_parse_int(text, strlen(text), &fallback) ? fallback : -1;
}

static gboolean is_wanted(const FakeTable *table, const FakeRequest *request)
{
    const char *query = fake_request_query(request, "query");
    gint64 past_days = number_of(request, "pastDays", 0);
    gint64 updated = 0;
    fake_time_parse(table->updated, &updated);
    g_autofree char *label = g_utf8_strdown(table->title, -1);
    g_autofree char *word = g_utf8_strdown(query != NULL ? query : "", -1);
    return strstr(label, word) != NULL &&
           (past_days <= 0 || updated >= request->moment.now - past_days * DAY_S);
}

/* json_t*, all that fit the question. */
static json_t *list_tables(const FakeWorld *world, const FakeRequest *request)
{
    json_t *tables = json_array();
    g_auto(GStrv) ids = fake_table_ids(world->folder);
    for (char **id = ids; *id != NULL; id++) {
        g_autoptr(FakeTable) table =
            fake_table_read(world->folder, world->country, *id, &request->moment, NULL);
        if (table != NULL && is_wanted(table, request)) {
            json_array_append_new(tables, make_table(world, table));
        }
    }
    return tables;
}

void fake_tables2(const FakeWorld *world, const FakeRequest *request, FakeAnswer *answer)
{
    gint64 size = number_of(request, "pageSize", PAGE_SIZE);
    gint64 number = number_of(request, "pageNumber", 1);
    json_t *all = list_tables(world, request);
    gint64 n = (gint64)json_array_size(all);
    gint64 n_pages = size > 0 ? MAX(1, (n + size - 1) / size) : 0;
    if (number < 1 || number > n_pages) {
        json_decref(all);
        fake_problem2(answer, 404, "Non-existent page", TRUE);
        return;
    }
    json_t *tables = json_array();
    for (gint64 i = (number - 1) * size; i < MIN(n, number * size); i++) {
        json_array_append(tables, json_array_get(all, (gsize)i));
    }
    json_decref(all);
    json_t *links = json_array();
    static const struct {
        const char *rel;
        int step;
    } pages[] = {{"self", 0}, {"next", 1}, {"previous", -1}};
    for (gsize i = 0; i < G_N_ELEMENTS(pages); i++) {
        gint64 page = number + pages[i].step;
        g_autofree char *path = g_strdup_printf("tables/?lang=no&pagesize=%" G_GINT64_FORMAT
                                                "&pageNumber=%" G_GINT64_FORMAT,
                                                size, page);
        if (page >= 1 && page <= n_pages) {
            json_array_append_new(links, make_link(world, pages[i].rel, path));
        }
    }
    send(answer, json_pack("{s:s,s:o,s:{s:I,s:I,s:I,s:I,s:[]},s:o}", "language", "no", "tables",
                           tables, "page", "pageNumber", (json_int_t)number, "pageSize",
                           (json_int_t)size, "totalElements", (json_int_t)n, "totalPages",
                           (json_int_t)n_pages, "links", "links", links));
}

void fake_default_selection2(const FakeTable *table, FakeAnswer *answer)
{
    json_t *selection = json_array();
    for (guint i = 0; i < table->variables->len; i++) {
        const FakeVariable *variable = g_ptr_array_index(table->variables, i);
        if (variable->is_eliminable || variable->values->len == 0) {
            continue;
        }
        guint place = variable->role == FAKE_TIME ? variable->values->len - 1 : 0;
        const FakeValue *value = g_ptr_array_index(variable->values, place);
        json_array_append_new(selection, json_pack("{s:s,s:[s]}", "variableCode", variable->code,
                                                   "valueCodes", value->code));
    }
    send(answer, json_pack("{s:s,s:o}", "language", "no", "selection", selection));
}

static json_t *make_codelist(const FakeCodelist *codelist)
{
    json_t *values = json_array();
    for (guint i = 0; i < codelist->groups->len; i++) {
        const FakeGroup *group = g_ptr_array_index(codelist->groups, i);
        json_t *map = json_array();
        for (guint j = 0; j < group->codes->len; j++) {
            json_array_append_new(map, json_string(g_ptr_array_index(group->codes, j)));
        }
        json_array_append_new(values, json_pack("{s:s,s:s,s:o}", "code", group->code, "label",
                                                group->text, "valueMap", map));
    }
    gboolean is_sum = g_str_has_prefix(codelist->id, "agg_");
    return json_pack("{s:s,s:s,s:s,s:s,s:o}", "id", codelist->id, "label", codelist->label,
                     "language", "no", "type", is_sum ? "Aggregation" : "Valueset", "values",
                     values);
}

void fake_codelist2(const FakeWorld *world, const FakeRequest *request, const char *id,
                    FakeAnswer *answer)
{
    g_auto(GStrv) ids = fake_table_ids(world->folder);
    for (char **table_id = ids; *table_id != NULL; table_id++) {
        g_autoptr(FakeTable) table =
            fake_table_read(world->folder, world->country, *table_id, &request->moment, NULL);
        const FakeCodelist *codelist = table != NULL ? fake_table_codelist(table, id) : NULL;
        if (codelist != NULL) {
            send(answer, make_codelist(codelist));
            return;
        }
    }
    fake_problem2(answer, 404, "Non-existent codelist", FALSE);
}
