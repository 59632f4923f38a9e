/* The question to PxWebApi: one list of variables with their codes, written as an address or as
 * a JSON body. */
#include "extractors/ssb/query.h"

#include "core/error.h"
#include "core/io/http.h"
#include "core/io/json.h"

#include <string.h>

static const char *const format_names[2][3] = {
    [SP_SSB_V2] = {[SP_SSB_JSONSTAT2] = "json-stat2", [SP_SSB_CSV] = "csv", [SP_SSB_PX] = "px"},
    /* csv has one column a period; csv3 is one figure a row with codes. */
    [SP_SSB_V1] = {[SP_SSB_JSONSTAT2] = "json-stat2", [SP_SSB_CSV] = "csv3", [SP_SSB_PX] = "px"},
};

gboolean sp_ssb_table_check(const SpSsbTable *table, GError **error)
{
    for (const char *c = table->table; *c != '\0' || c == table->table; c++) {
        if (!g_ascii_isalnum(*c) && *c != '_') {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "table = %s: not the number of a table; write e.g. 07459",
                                table->table);
        }
    }
    return TRUE;
}

char *sp_ssb_table_url(const SpSsbTable *table, const char *below)
{
    return g_strconcat(table->host, g_str_has_suffix(table->host, "/") ? "" : "/", below, NULL);
}

/* Variables in the order of the question, by commas: where csv puts them. */
static void append_stub(GString *url, const GPtrArray *question)
{
    g_string_append(url, "&stub=");
    for (guint i = 0; i < question->len; i++) {
        const SpSsbVariable *variable = g_ptr_array_index(question, i);
        g_autofree char *name = sp_http_escape(variable->name);
        g_string_append_printf(url, "%s%s", i > 0 ? "," : "", name);
    }
}

/* "&valueCodes%5BRegion%5D=0301,1103" for each variable. Brackets are percent-encoded, and an
 * expression that holds a comma stands in brackets of its own, or the server would split it. */
static void append_address(GString *url, const GPtrArray *question)
{
    for (guint i = 0; i < question->len; i++) {
        const SpSsbVariable *variable = g_ptr_array_index(question, i);
        g_autofree char *name = sp_http_escape(variable->name);
        g_string_append_printf(url, "&valueCodes%%5B%s%%5D=", name);
        for (guint j = 0; j < variable->codes->len; j++) {
            const char *code = g_ptr_array_index(variable->codes, j);
            g_autofree char *whole =
                strchr(code, ',') != NULL ? g_strdup_printf("[%s]", code) : g_strdup(code);
            g_autofree char *escaped = sp_http_escape(whole);
            g_string_append_printf(url, "%s%s", j > 0 ? "," : "", escaped);
        }
        if (variable->codelist != NULL) {
            g_string_append_printf(url, "&codelist%%5B%s%%5D=%s", name, variable->codelist);
        }
    }
}

static json_t *texts_of(const GPtrArray *codes)
{
    json_t *texts = json_array();
    for (guint i = 0; i < codes->len; i++) {
        json_array_append_new(texts, json_string(g_ptr_array_index(codes, i)));
    }
    return texts;
}

static char *format_body2(const GPtrArray *question, gboolean has_placement)
{
    g_autoptr(json_t) body = json_object();
    json_t *selection = json_array();
    json_t *stub = json_array();
    json_object_set_new(body, "selection", selection);
    for (guint i = 0; i < question->len; i++) {
        const SpSsbVariable *variable = g_ptr_array_index(question, i);
        json_t *item = json_object();
        json_array_append_new(selection, item);
        json_object_set_new(item, "variableCode", json_string(variable->name));
        if (variable->codelist != NULL) {
            json_object_set_new(item, "codelist", json_string(variable->codelist));
        }
        json_object_set_new(item, "valueCodes", texts_of(variable->codes));
        json_array_append_new(stub, json_string(variable->name));
    }
    if (has_placement) {
        json_object_set_new(body, "placement",
                            json_pack("{s:[], s:o}", "heading", "stub", json_incref(stub)));
    }
    json_decref(stub);
    return sp_json_format(body);
}

static SpSsbQuery *query2(const SpSsbTable *table, const GPtrArray *question)
{
    g_autofree char *below = g_strdup_printf("tables/%s/data?lang=no&outputFormat=%s", table->table,
                                             format_names[SP_SSB_V2][table->format]);
    g_autofree char *start = sp_ssb_table_url(table, below);
    g_autoptr(GString) url = g_string_new(start);
    gboolean is_csv = table->format == SP_SSB_CSV;
    if (is_csv) {
        g_string_append(url, "&outputFormatParams=UseCodes");
    }
    gsize short_size = url->len;
    if (is_csv) {
        append_stub(url, question);
    }
    append_address(url, question);
    SpSsbQuery *made = g_new0(SpSsbQuery, 1);
    if (url->len >= SP_SSB_MAX_URL) {
        g_string_truncate(url, short_size);
        made->body = format_body2(question, is_csv);
    }
    made->url = g_strdup(url->str);
    return made;
}

/* The number of "top(3)", borrowed up to its bracket; NULL when the code is none. */
static char *number_of_top(const char *code)
{
    const char *digits = code + strlen("top(");
    gboolean is_top = g_ascii_strncasecmp(code, "top(", strlen("top(")) == 0;
    gsize size = is_top ? strspn(digits, "0123456789") : 0;
    return size > 0 && strcmp(digits + size, ")") == 0 ? g_strndup(digits, size) : NULL;
}

/* Codes that are all patterns with * and nothing else. */
static gboolean is_all(const SpSsbVariable *variable)
{
    for (guint i = 0; i < variable->codes->len; i++) {
        const char *code = g_ptr_array_index(variable->codes, i);
        if (strchr(code, '*') == NULL || strpbrk(code, "?(") != NULL) {
            return FALSE;
        }
    }
    return variable->codes->len > 0;
}

static gboolean is_plain(const SpSsbVariable *variable)
{
    for (guint i = 0; i < variable->codes->len; i++) {
        if (sp_ssb_is_expression(g_ptr_array_index(variable->codes, i))) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_ssb_query_can(SpSsbApi api, const SpSsbVariable *variable)
{
    if (is_plain(variable)) {
        return TRUE;
    }
    if (variable->codes->len > 1 || (api == SP_SSB_V1 && variable->codelist != NULL)) {
        return FALSE;
    }
    g_autofree char *top = number_of_top(g_ptr_array_index(variable->codes, 0));
    return api == SP_SSB_V2 || top != NULL || is_all(variable);
}

/* "item", "all", "top", "agg:KommSummer" or "vs:Kommun". g_free. */
static char *filter_of(const SpSsbVariable *variable)
{
    if (variable->codelist == NULL) {
        return g_strdup(is_plain(variable) ? "item" : is_all(variable) ? "all" : "top");
    }
    const char *list = variable->codelist;
    if (g_str_has_prefix(list, "vs_")) {
        return g_strconcat("vs:", list + strlen("vs_"), NULL);
    }
    return g_strconcat("agg:", g_str_has_prefix(list, "agg_") ? list + strlen("agg_") : list, NULL);
}

static SpSsbQuery *query1(const SpSsbTable *table, const GPtrArray *question)
{
    g_autoptr(json_t) body = json_object();
    json_t *items = json_array();
    json_object_set_new(body, "query", items);
    for (guint i = 0; i < question->len; i++) {
        const SpSsbVariable *variable = g_ptr_array_index(question, i);
        g_autofree char *filter = filter_of(variable);
        g_autofree char *top = strcmp(filter, "top") == 0
                                   ? number_of_top(g_ptr_array_index(variable->codes, 0))
                                   : NULL;
        json_t *values = top != NULL ? json_pack("[s]", top) : texts_of(variable->codes);
        json_array_append_new(items, json_pack("{s:s, s:{s:s, s:o}}", "code", variable->name,
                                               "selection", "filter", filter, "values", values));
    }
    json_object_set_new(body, "response",
                        json_pack("{s:s}", "format", format_names[SP_SSB_V1][table->format]));
    g_autofree char *below = g_strconcat("table/", table->table, NULL);
    SpSsbQuery *made = g_new0(SpSsbQuery, 1);
    made->url = sp_ssb_table_url(table, below);
    made->body = sp_json_format(body);
    return made;
}

SpSsbQuery *sp_ssb_query_new(const SpSsbTable *table, const GPtrArray *question)
{
    return table->api == SP_SSB_V1 ? query1(table, question) : query2(table, question);
}

void sp_ssb_query_free(SpSsbQuery *query)
{
    if (query == NULL) {
        return;
    }
    g_free(query->url);
    g_free(query->body);
    g_free(query);
}
