/* KLASS API v1 as sources.md, section 6 has it. */
#include "tests/upstream/klass_data.h"
#include "tests/upstream/klass_list.h"
#include "tests/upstream/world.h"

#include "tests/upstream/formats.h"

#include "core/number.h"
#include "core/period.h"

#include <string.h>

enum { MAX_SELECT_PARTS = 20, MAX_SELECT_SIZE = 200 };

/* The days of a question: `to` is exclusive, "" for no end. */
typedef struct {
    const char *from;
    const char *to;
    gboolean is_day; /* a date and no range */
} Range;

static void items_free(gpointer item)
{
    g_free(item); /* the texts are borrowed */
}

static void add_item(GPtrArray *items, const char *const texts[], gsize n)
{
    const char **item = g_new0(const char *, n);
    memcpy(item, texts, sizeof(*item) * n);
    g_ptr_array_add(items, item);
}

static gboolean is_date(const char *text)
{
    SpDay day = 0;
    return text != NULL && sp_day_parse(text, &day);
}

/* FALSE after answering 400. */
static gboolean read_range(const FakeRequest *request, gboolean is_day, Range *range,
                           FakeAnswer *answer)
{
    const char *first = fake_request_query(request, is_day ? "date" : "from");
    const char *to = fake_request_query(request, "to");
    if (!is_date(first) || (to != NULL && *to != '\0' && !is_date(to))) {
        g_autofree char *text = g_strdup_printf(
            "Required request parameter '%s' for method parameter type LocalDate is not present",
            is_day ? "date" : "from");
        fake_klass_refuse(request, 400, text, answer);
        return FALSE;
    }
    *range = (Range){first, to != NULL ? to : "", is_day};
    return TRUE;
}

/* ISO days compare as texts; "" stands for no end. */
static gboolean overlaps(const char *from, const char *to, const Range *range)
{
    if (range->is_day) {
        return strcmp(from, range->from) <= 0 && (*to == '\0' || strcmp(range->from, to) < 0);
    }
    return (*range->to == '\0' || strcmp(from, range->to) < 0) &&
           (*to == '\0' || strcmp(to, range->from) > 0);
}

/* What begins after today is left out unless it is asked for. */
static gboolean is_future(const char *from, const FakeRequest *request)
{
    const char *text = fake_request_query(request, "includeFuture");
    g_autofree char *today = fake_time_format_oslo(request->moment.now, "%Y-%m-%d");
    return g_strcmp0(text, "true") != 0 && strcmp(from, today) > 0;
}

/* "1739", "17*" or "1739-1756". */
static gboolean is_selected(const char *code, char **parts)
{
    for (char **part = parts; *part != NULL; part++) {
        g_auto(GStrv) ends = g_strsplit(g_strstrip(*part), "-", 2);
        gboolean is_in = ends[1] != NULL && strcmp(code, g_strstrip(ends[0])) >= 0 &&
                         strcmp(code, g_strstrip(ends[1])) <= 0;
        if (is_in || g_pattern_match_simple(*part, code)) {
            return TRUE;
        }
    }
    return parts[0] == NULL;
}

static void answer_codes(const FakeWorld *world, const FakeRequest *request, const char *id,
                         gboolean is_day, FakeAnswer *answer)
{
    Range range = {0};
    if (!read_range(request, is_day, &range, answer)) {
        return;
    }
    g_auto(GStrv) parts = fake_request_list(request, "selectCodes");
    const char *select = fake_request_query(request, "selectCodes");
    const char *level = fake_request_query(request, "selectLevel");
    if (g_strv_length(parts) > MAX_SELECT_PARTS ||
        (select != NULL && strlen(select) > MAX_SELECT_SIZE)) {
        fake_klass_refuse(request, 400, "selectCodes has too many codes", answer);
        return;
    }
    g_autoptr(GPtrArray) versions = fake_klass_versions(world->country, id);
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(items_free);
    gboolean is_level = level == NULL || *level == '\0' || strcmp(level, "1") == 0;
    for (guint i = 0; is_level && i < versions->len; i++) {
        const FakeVersion *version = g_ptr_array_index(versions, i);
        if (!overlaps(version->from, version->to, &range) || is_future(version->from, request) ||
            !is_selected(version->code, parts)) {
            continue;
        }
        const char *first = strcmp(version->from, range.from) > 0 ? version->from : range.from;
        gboolean is_until =
            *version->to != '\0' && (*range.to == '\0' || strcmp(version->to, range.to) < 0);
        const char *last = is_until ? version->to : *range.to != '\0' ? range.to : NULL;
        const char *const at[] = {version->code, NULL, "1", version->name, "", "", NULL, NULL, ""};
        const char *const in[] = {version->code, NULL, "1",   version->name, "", "",
                                  NULL,          NULL, first, last,          ""};
        add_item(items, is_day ? at : in, is_day ? G_N_ELEMENTS(at) : G_N_ELEMENTS(in));
    }
    if (!fake_klass_send(is_day ? &fake_klass_codes_at : &fake_klass_codes, items, request,
                         answer)) {
        fake_klass_refuse(request, 400, "csvFields has a field that is not there", answer);
    }
}

static void answer_changes(const FakeWorld *world, const FakeRequest *request, const char *id,
                           FakeAnswer *answer)
{
    Range range = {0};
    if (!read_range(request, FALSE, &range, answer)) {
        return;
    }
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(items_free);
    for (guint i = 0; strcmp(id, "131") == 0 && i < world->country->changes->len; i++) {
        const FakeChange *change = g_ptr_array_index(world->country->changes, i);
        gboolean is_in = strcmp(change->date, range.from) >= 0 &&
                         (*range.to == '\0' || strcmp(change->date, range.to) < 0);
        if (is_in && !is_future(change->date, request)) {
            const char *const texts[] = {change->old_code, change->old_name, "",
                                         change->new_code, change->new_name, "",
                                         change->date};
            add_item(items, texts, G_N_ELEMENTS(texts));
        }
    }
    if (!fake_klass_send(&fake_klass_changes, items, request, answer)) {
        fake_klass_refuse(request, 400, "csvFields has a field that is not there", answer);
    }
}

/* The group (112) or centrality class (128) of a kommune that lives. */
static const FakeVersion *source_of(const FakeCountry *country, const char *id,
                                    const FakeVersion *kommune)
{
    if (strcmp(id, "128") == 0) {
        return fake_klass_class(kommune);
    }
    g_autoptr(GPtrArray) groups = fake_klass_versions(country, "112");
    guint i = 0;
    while (strcmp(((const FakeVersion *)g_ptr_array_index(groups, i))->code, kommune->group) != 0) {
        i++;
    }
    return g_ptr_array_index(groups, i);
}

/* Every part of the range must have a table, or there is none for all of it. */
static gboolean is_covered(const Range *range)
{
    const FakeCorrespondence *first = fake_klass_correspondence_at(0);
    return strcmp(range->from, first->from) >= 0;
}

static void answer_corresponds(const FakeWorld *world, const FakeRequest *request, const char *id,
                               gboolean is_day, FakeAnswer *answer)
{
    const char *target = fake_request_query(request, "targetClassificationId");
    Range range = {0};
    if (target == NULL) {
        fake_klass_refuse(request, 400,
                          "Required request parameter 'targetClassificationId' is not present",
                          answer);
        return;
    }
    if (!read_range(request, is_day, &range, answer)) {
        return;
    }
    gboolean is_source = strcmp(id, "112") == 0 || strcmp(id, "128") == 0;
    if (!is_source || strcmp(target, "131") != 0 || !is_covered(&range)) {
        fake_klass_refuse(request, 404, "No correspondence table for the whole range", answer);
        return;
    }
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(items_free);
    for (guint i = 0; i < world->country->versions->len; i++) {
        const FakeVersion *version = g_ptr_array_index(world->country->versions, i);
        if (*version->group != '\0' && overlaps(version->from, version->to, &range)) {
            const FakeVersion *source = source_of(world->country, id, version);
            const char *const texts[] = {source->code,
                                         source->name,
                                         "",
                                         version->code,
                                         version->name,
                                         "",
                                         is_day ? NULL : range.from,
                                         is_day || *range.to == '\0' ? NULL : range.to};
            add_item(items, texts, G_N_ELEMENTS(texts));
        }
    }
    if (!fake_klass_send(&fake_klass_correspondence, items, request, answer)) {
        fake_klass_refuse(request, 400, "csvFields has a field that is not there", answer);
    }
}

/* Keys and links that stand around the maps of a table. */
static void wrap_table(const FakeCorrespondence *table, const FakeWorld *world,
                       const FakeRequest *request, FakeAnswer *answer)
{
    g_autofree char *self =
        g_strdup_printf("%s/api/klass/v1/correspondencetables/%s", world->url, table->id);
    g_autofree char *inner = g_strdup(answer->body->str);
    switch (fake_klass_form(request)) {
    case FAKE_KLASS_JSON:
        g_string_printf(
            answer->body,
            "{\"name\":\"%s\",\"id\":%s,\"contactPerson\":{\"name\":\"\"},\"owningSection\":\"\","
            "\"source\":\"KOSTRA - kommunegruppering\",\"sourceId\":112,"
            "\"target\":\"Kommuneinndeling\",\"targetId\":131,\"changeTable\":false,"
            "\"lastModified\":\"%sT08:00:00.000+0000\",\"published\":[\"nb\"],"
            "\"sourceLevel\":null,\"targetLevel\":null,\"description\":\"\",\"changelogs\":[],%.*s,"
            "\"_links\":{\"self\":{\"href\":\"%s\"}}}",
            table->name, table->id, table->from, (int)strlen(inner) - 2, inner + 1, self);
        break;
    case FAKE_KLASS_XML: {
        const char *maps = strstr(inner, "<correspondenceMaps>");
        g_string_assign(answer->body, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                                      "<correspondenceTable>");
        fake_klass_xml_text("name", table->name, answer->body);
        fake_klass_xml_text("id", table->id, answer->body);
        g_string_append_printf(answer->body,
                               "<sourceId>112</sourceId><targetId>131</targetId>%s<link><rel>self"
                               "</rel><href>%s</href></link></correspondenceTable>",
                               maps != NULL ? maps : "", self);
        break;
    }
    case FAKE_KLASS_CSV:
    default:
        break;
    }
}

static void answer_table(const FakeWorld *world, const FakeRequest *request, const char *id,
                         FakeAnswer *answer)
{
    const FakeCorrespondence *table = NULL;
    for (gsize i = 0; table == NULL && fake_klass_correspondence_at(i) != NULL; i++) {
        const FakeCorrespondence *at = fake_klass_correspondence_at(i);
        table = strcmp(at->id, id) == 0 ? at : NULL;
    }
    if (table == NULL) {
        fake_klass_refuse(request, 404, "Correspondence table not found", answer);
        return;
    }
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(items_free);
    for (guint i = 0; i < world->country->versions->len; i++) {
        const FakeVersion *version = g_ptr_array_index(world->country->versions, i);
        if (*version->group != '\0') {
            const FakeVersion *source = source_of(world->country, "112", version);
            const char *const texts[] = {source->code, source->name, version->code, version->name};
            add_item(items, texts, G_N_ELEMENTS(texts));
        }
    }
    if (!fake_klass_send(&fake_klass_maps, items, request, answer)) {
        fake_klass_refuse(request, 400, "csvFields has a field that is not there", answer);
        return;
    }
    wrap_table(table, world, request, answer);
}

static void answer_version(const FakeWorld *world, const FakeRequest *request, const char *id,
                           FakeAnswer *answer)
{
    const FakeKlassVersion *version = fake_klass_version_find(id);
    if (version == NULL) {
        fake_klass_refuse(request, 404, "Version not found", answer);
        return;
    }
    const char *url = world->url;
    if (fake_klass_form(request) == FAKE_KLASS_JSON) {
        fake_answer_set(answer, 200, "application/json;charset=UTF-8", "");
        g_string_printf(answer->body,
                        "{\"name\":\"%s\",\"id\":%s,\"validFrom\":\"%s\",\"lastModified\":\"%s\","
                        "\"publishedLanguages\":[\"nb\"],\"correspondenceTables\":[{\"sourceLevel\""
                        ":null,\"targetLevel\":null,\"_links\":{\"self\":{\"href\":"
                        "\"%s/api/klass/v1/correspondencetables/%s\"}}}],\"_links\":{\"self\":"
                        "{\"href\":\"%s/api/klass/v1/versions/%s\"}}}",
                        version->name, version->id, version->from, version->last_modified, url,
                        version->table, url, version->id);
        return;
    }
    fake_answer_set(answer, 200, "text/xml;charset=UTF-8",
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<classificationVersion>");
    fake_klass_xml_text("name", version->name, answer->body);
    fake_klass_xml_text("id", version->id, answer->body);
    fake_klass_xml_text("validFrom", version->from, answer->body);
    fake_klass_xml_text("lastModified", version->last_modified, answer->body);
    g_string_append_printf(
        answer->body,
        "<publishedLanguages><published>nb</published></publishedLanguages><correspondenceTables>"
        "<correspondenceTable><sourceLevel/><targetLevel/><link><rel>self</rel><href>"
        "%s/api/klass/v1/correspondencetables/%s</href></link></correspondenceTable>"
        "</correspondenceTables></classificationVersion>",
        url, version->table);
}

/* The list of classifications is HAL, page by page. */
static void answer_list(const FakeWorld *world, const FakeRequest *request, FakeAnswer *answer)
{
    const char *size_text = fake_request_query(request, "size");
    const char *page_text = fake_request_query(request, "page");
    gint64 size = 20;
    gint64 page = 0;
    if ((size_text != NULL && !sp_number_parse_int(size_text, strlen(size_text), &size)) ||
        (page_text != NULL && !sp_number_parse_int(page_text, strlen(page_text), &page)) ||
        size < 1 || page < 0) {
        fake_klass_refuse(request, 400, "page or size is not a number", answer);
        return;
    }
    fake_answer_set(answer, 200, "application/json;charset=UTF-8",
                    "{\"_embedded\":{\"classifications\":[");
    gsize n = 0;
    for (; fake_klass_at(n) != NULL; n++) {
        const FakeClassification *of = fake_klass_at(n);
        if ((gint64)n / size == page) {
            g_string_append_printf(answer->body,
                                   "%s{\"name\":\"%s\",\"id\":%s,\"classificationType\":"
                                   "\"Klassifikasjon\",\"_links\":{\"self\":{\"href\":"
                                   "\"%s/api/klass/v1/classifications/%s\"}}}",
                                   (gint64)n % size > 0 ? "," : "", of->name, of->id, world->url,
                                   of->id);
        }
    }
    g_string_append_printf(
        answer->body,
        "]},\"_links\":{\"self\":{\"href\":\"%s%s\"}},\"page\":{\"size\":%" G_GINT64_FORMAT
        ",\"totalElements\":%" G_GSIZE_FORMAT ",\"totalPages\":%" G_GINT64_FORMAT
        ",\"number\":%" G_GINT64_FORMAT "}}",
        world->url, request->uri, size, n, ((gint64)n + size - 1) / size, page);
}

static gboolean is_number(const char *text)
{
    return *text != '\0' && strspn(text, "0123456789") == strlen(text);
}

static void answer_classification(const FakeWorld *world, const FakeRequest *request,
                                  const char *id, const char *call, FakeAnswer *answer)
{
    if (!is_number(id)) {
        fake_klass_refuse(request, 400, "id is not a number", answer);
    } else if (fake_klass_find(id) == NULL) {
        fake_klass_refuse(request, 404, "Classification not found", answer);
    } else if (strcmp(call, "codes") == 0 || strcmp(call, "codesAt") == 0) {
        answer_codes(world, request, id, strcmp(call, "codesAt") == 0, answer);
    } else if (strcmp(call, "changes") == 0) {
        answer_changes(world, request, id, answer);
    } else if (strcmp(call, "corresponds") == 0 || strcmp(call, "correspondsAt") == 0) {
        answer_corresponds(world, request, id, strcmp(call, "correspondsAt") == 0, answer);
    } else {
        fake_klass_refuse(request, 404, "No such call", answer);
    }
}

void fake_klass(FakeWorld *world, const FakeRequest *request, const char *rest, FakeAnswer *answer)
{
    g_autofree char *path = g_strdup(rest);
    static const char *const suffixes[] = {".json", ".csv", ".xml"};
    for (gsize i = 0; i < G_N_ELEMENTS(suffixes); i++) {
        if (g_str_has_suffix(path, suffixes[i])) {
            path[strlen(path) - strlen(suffixes[i])] = '\0';
        }
    }
    g_auto(GStrv) steps = g_strsplit(path, "/", 3);
    const char *first = steps[0] != NULL ? steps[0] : "";
    const char *id = steps[0] != NULL && steps[1] != NULL ? steps[1] : "";
    const char *call = *id != '\0' && steps[2] != NULL ? steps[2] : "";
    if (strcmp(first, "classifications") == 0 && *id == '\0') {
        answer_list(world, request, answer);
    } else if (strcmp(first, "classifications") == 0) {
        answer_classification(world, request, id, call, answer);
    } else if (!is_number(id)) {
        fake_klass_refuse(request, 400, "id is not a number", answer);
    } else if (strcmp(first, "correspondencetables") == 0) {
        answer_table(world, request, id, answer);
    } else if (strcmp(first, "versions") == 0) {
        answer_version(world, request, id, answer);
    } else {
        fake_klass_refuse(request, 404, "No such call", answer);
    }
}
