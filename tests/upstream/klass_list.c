/* JSON, XML and CSV of KLASS' lists. */
#include "tests/upstream/klass_list.h"

#include "tests/upstream/formats.h"

#include <string.h>

const FakeKlassKind fake_klass_codes = {
    "codes",
    "codeList",
    "codeItem",
    {"code", "parentCode", "level", "name", "shortName", "presentationName", "validFrom", "validTo",
     "validFromInRequestedRange", "validToInRequestedRange", "notes"}};
const FakeKlassKind fake_klass_codes_at = {"codes",
                                           "codeList",
                                           "codeItem",
                                           {"code", "parentCode", "level", "name", "shortName",
                                            "presentationName", "validFrom", "validTo", "notes"}};
const FakeKlassKind fake_klass_changes = {
    "codeChanges",
    "codeChangeList",
    "codeChangeItem",
    {"oldCode", "oldName", "oldShortName", "newCode", "newName", "newShortName", "changeOccurred"}};
const FakeKlassKind fake_klass_correspondence = {"correspondenceItems",
                                                 "correspondenceItemList",
                                                 "correspondenceItem",
                                                 {"sourceCode", "sourceName", "sourceShortName",
                                                  "targetCode", "targetName", "targetShortName",
                                                  "validFrom", "validTo"}};
const FakeKlassKind fake_klass_maps = {"correspondenceMaps",
                                       "correspondenceMaps",
                                       "correspondenceMap",
                                       {"sourceCode", "sourceName", "targetCode", "targetName"}};

FakeKlassForm fake_klass_form(const FakeRequest *request)
{
    const char *accept = fake_request_header(request, "accept");
    if (g_str_has_suffix(request->path, ".json")) {
        return FAKE_KLASS_JSON;
    }
    if (g_str_has_suffix(request->path, ".csv")) {
        return FAKE_KLASS_CSV;
    }
    if (accept == NULL || g_str_has_suffix(request->path, ".xml")) {
        return FAKE_KLASS_XML;
    }
    return strstr(accept, "application/json") != NULL ? FAKE_KLASS_JSON
           : strstr(accept, "text/csv") != NULL       ? FAKE_KLASS_CSV
                                                      : FAKE_KLASS_XML;
}

void fake_klass_xml_text(const char *name, const char *text, GString *out)
{
    if (text == NULL || *text == '\0') {
        g_string_append_printf(out, "<%s/>", name);
        return;
    }
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    g_string_append_printf(out, "<%s>%s</%s>", name, escaped, name);
}

static gsize n_fields(const FakeKlassKind *kind)
{
    gsize n = 0;
    while (n < FAKE_KLASS_FIELDS && kind->fields[n] != NULL) {
        n++;
    }
    return n;
}

static void write_json(const FakeKlassKind *kind, const GPtrArray *items, GString *out)
{
    g_string_append_printf(out, "{\"%s\":[", kind->json);
    for (guint i = 0; i < items->len; i++) {
        char **texts = g_ptr_array_index(items, i);
        g_string_append(out, i > 0 ? ",{" : "{");
        for (gsize j = 0; j < n_fields(kind); j++) {
            g_string_append_printf(out, "%s\"%s\":", j > 0 ? "," : "", kind->fields[j]);
            if (texts[j] != NULL) {
                fake_write_json_text(texts[j], out);
            } else {
                g_string_append(out, "null");
            }
        }
        g_string_append_c(out, '}');
    }
    g_string_append(out, "]}");
}

static void write_xml(const FakeKlassKind *kind, const GPtrArray *items, GString *out)
{
    g_string_append_printf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<%s>", kind->xml);
    for (guint i = 0; i < items->len; i++) {
        char **texts = g_ptr_array_index(items, i);
        g_string_append_printf(out, "<%s>", kind->xml_item);
        for (gsize j = 0; j < n_fields(kind); j++) {
            fake_klass_xml_text(kind->fields[j], texts[j], out);
        }
        g_string_append_printf(out, "</%s>", kind->xml_item);
    }
    g_string_append_printf(out, "</%s>", kind->xml);
}

/* Numbers of the fields wanted, in the order wanted; FALSE for a name that is none. */
static gboolean wanted_fields(const FakeKlassKind *kind, const FakeRequest *request, GArray *wanted)
{
    g_auto(GStrv) names = fake_request_list(request, "csvFields");
    for (gsize j = 0; names[0] == NULL && j < n_fields(kind); j++) {
        g_array_append_val(wanted, j);
    }
    for (char **name = names; *name != NULL; name++) {
        gsize j = 0;
        while (j < n_fields(kind) && strcmp(kind->fields[j], *name) != 0) {
            j++;
        }
        if (j == n_fields(kind)) {
            return FALSE;
        }
        g_array_append_val(wanted, j);
    }
    return TRUE;
}

static void put_csv(const char *text, GString *out)
{
    if (text == NULL) {
        return;
    }
    g_autofree char *clean = g_strdelimit(g_strdup(text), "\r\n", ' ');
    g_strdelimit(clean, "\"", '\'');
    g_string_append_printf(out, "\"%s\"", clean);
}

static gboolean write_csv(const FakeKlassKind *kind, const GPtrArray *items,
                          const FakeRequest *request, GString *out)
{
    g_autoptr(GArray) wanted = g_array_new(FALSE, FALSE, sizeof(gsize));
    const char *separator = fake_request_query(request, "csvSeparator");
    separator = separator != NULL && *separator != '\0' ? separator : ",";
    if (!wanted_fields(kind, request, wanted)) {
        return FALSE;
    }
    for (guint i = 0; i <= items->len; i++) {
        for (guint j = 0; j < wanted->len; j++) {
            gsize field = g_array_index(wanted, gsize, j);
            g_string_append(out, j > 0 ? separator : "");
            put_csv(i == 0 ? kind->fields[field]
                           : ((char **)g_ptr_array_index(items, i - 1))[field],
                    out);
        }
        g_string_append_c(out, '\n');
    }
    return TRUE;
}

static gboolean wants_utf8(const FakeRequest *request)
{
    const char *accept = fake_request_header(request, "accept");
    g_autofree char *lower = g_ascii_strdown(accept != NULL ? accept : "", -1);
    return strstr(lower, "charset=utf-8") != NULL;
}

gboolean fake_klass_send(const FakeKlassKind *kind, const GPtrArray *items,
                         const FakeRequest *request, FakeAnswer *answer)
{
    switch (fake_klass_form(request)) {
    case FAKE_KLASS_JSON:
        fake_answer_set(answer, 200, "application/json;charset=UTF-8", "");
        write_json(kind, items, answer->body);
        return TRUE;
    case FAKE_KLASS_CSV: {
        gboolean is_utf8 = wants_utf8(request);
        fake_answer_set(answer, 200,
                        is_utf8 ? "text/csv;charset=UTF-8" : "text/csv;charset=ISO-8859-1", "");
        if (!write_csv(kind, items, request, answer->body)) {
            return FALSE;
        }
        if (!is_utf8) {
            fake_answer_to_latin1(answer);
        }
        return TRUE;
    }
    case FAKE_KLASS_XML:
    default:
        fake_answer_set(answer, 200, "text/xml;charset=UTF-8", "");
        write_xml(kind, items, answer->body);
        return TRUE;
    }
}

void fake_klass_refuse(const FakeRequest *request, guint status, const char *text,
                       FakeAnswer *answer)
{
    const char *title = status == 404 ? "Not Found" : "Bad Request";
    switch (fake_klass_form(request)) {
    case FAKE_KLASS_JSON:
        fake_answer_set(answer, status, "application/problem+json", "");
        g_string_printf(answer->body,
                        "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%u,"
                        "\"detail\":",
                        title, status);
        fake_write_json_text(text, answer->body);
        g_string_append_c(answer->body, '}');
        break;
    case FAKE_KLASS_CSV:
        fake_answer_set(answer, status, "text/csv;charset=ISO-8859-1", text);
        break;
    case FAKE_KLASS_XML:
    default:
        fake_answer_set(answer, status, "application/problem+xml;charset=UTF-8", "");
        g_string_printf(answer->body,
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<problem "
                        "xmlns=\"urn:ietf:rfc:7807\"><type>about:blank</type><title>%s</title>"
                        "<status>%u</status>",
                        title, status);
        fake_klass_xml_text("detail", text, answer->body);
        g_string_append(answer->body, "</problem>");
        break;
    }
}
