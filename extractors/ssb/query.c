/* The question to PxWebApi v2: one list of variables with their codes, written as an address or as
 * a JSON body. */
#include "extractors/ssb/query.h"

#include "core/error.h"
#include "core/io/http.h"
#include "core/io/json.h"

#include <string.h>

typedef struct {
    char *name;
    GPtrArray *codes; /* char* */
} Variable;

static void variable_free(gpointer data)
{
    Variable *variable = data;
    g_free(variable->name);
    g_ptr_array_unref(variable->codes);
    g_free(variable);
}

static gboolean has_code(const GPtrArray *codes, const char *code)
{
    for (guint i = 0; i < codes->len; i++) {
        if (g_ascii_strcasecmp(g_ptr_array_index(codes, i), code) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* Takes the codes of "1,2,range(2020,2022)" apart: a comma inside parentheses belongs to its
 * expression. */
static gboolean split_codes(Variable *variable, const char *text, GError **error)
{
    int depth = 0;
    const char *start = text;
    for (const char *c = text;; c++) {
        depth += *c == '(' ? 1 : *c == ')' ? -1 : 0;
        if (depth < 0 || (*c == '\0' && depth != 0)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "query: %s=%s: parentheses do not match; write e.g. Tid=from(2020)",
                                variable->name, text);
        }
        if (*c != '\0' && (*c != ',' || depth > 0)) {
            continue;
        }
        g_autofree char *code = g_strndup(start, (gsize)(c - start));
        if (*code == '\0') {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "query: %s=%s: an empty code; write codes, or * for all",
                                variable->name, text);
        }
        if (!has_code(variable->codes, code)) {
            g_ptr_array_add(variable->codes, g_steal_pointer(&code));
        }
        if (*c == '\0') {
            return TRUE;
        }
        start = c + 1;
    }
}

static const Variable *find_variable(const GPtrArray *variables, const char *name)
{
    for (guint i = 0; i < variables->len; i++) {
        const Variable *variable = g_ptr_array_index(variables, i);
        if (g_ascii_strcasecmp(variable->name, name) == 0) {
            return variable;
        }
    }
    return NULL;
}

static gboolean parse_variable(GPtrArray *variables, const char *piece, GError **error)
{
    const char *equals = strchr(piece, '=');
    if (equals == NULL || equals == piece) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "query: \"%s\" is not VARIABLE=CODES; write e.g. Kjonn=1,2", piece);
    }
    g_autofree char *name = g_strndup(piece, (gsize)(equals - piece));
    if (find_variable(variables, name) != NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "query: variable \"%s\" comes twice; put its codes in one list", name);
    }
    Variable *variable = g_new0(Variable, 1);
    variable->name = g_steal_pointer(&name);
    variable->codes = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(variables, variable);
    return split_codes(variable, equals + 1, error);
}

/* The variables of a query in the order given: Variable*. NULL with SP_ERROR_CONFIG. */
static GPtrArray *parse_query(const char *query, GError **error)
{
    g_autoptr(GPtrArray) variables = g_ptr_array_new_with_free_func(variable_free);
    g_auto(GStrv) pieces = g_strsplit_set(query, " \t\r\n", -1);
    for (char **piece = pieces; *piece != NULL; piece++) {
        if (**piece != '\0' && !parse_variable(variables, *piece, error)) {
            return NULL;
        }
    }
    const char *const needed[] = {"ContentsCode", "Tid"};
    for (gsize i = 0; i < G_N_ELEMENTS(needed); i++) {
        if (find_variable(variables, needed[i]) == NULL) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         "query: no %s; PxWebApi v2 always wants ContentsCode and Tid, e.g. "
                         "ContentsCode=Personer1 Tid=from(2020)",
                         needed[i]);
            return NULL;
        }
    }
    return g_steal_pointer(&variables);
}

/* "&valueCodes%5BRegion%5D=0301,1103" for each variable. Brackets are percent-encoded, and an
 * expression that holds a comma stands in brackets of its own, or the server would split it. */
static void append_address(GString *url, const GPtrArray *variables)
{
    for (guint i = 0; i < variables->len; i++) {
        const Variable *variable = g_ptr_array_index(variables, i);
        g_autofree char *name = sp_http_escape(variable->name);
        g_string_append_printf(url, "&valueCodes%%5B%s%%5D=", name);
        for (guint j = 0; j < variable->codes->len; j++) {
            const char *code = g_ptr_array_index(variable->codes, j);
            g_autofree char *whole =
                strchr(code, ',') != NULL ? g_strdup_printf("[%s]", code) : g_strdup(code);
            g_autofree char *escaped = sp_http_escape(whole);
            g_string_append_printf(url, "%s%s", j > 0 ? "," : "", escaped);
        }
    }
}

static char *format_body(const GPtrArray *variables)
{
    g_autoptr(json_t) body = json_object();
    json_t *selection = json_array();
    json_object_set_new(body, "selection", selection);
    for (guint i = 0; i < variables->len; i++) {
        const Variable *variable = g_ptr_array_index(variables, i);
        json_t *item = json_object();
        json_t *codes = json_array();
        json_array_append_new(selection, item);
        json_object_set_new(item, "variableCode", json_string(variable->name));
        json_object_set_new(item, "valueCodes", codes);
        for (guint j = 0; j < variable->codes->len; j++) {
            json_array_append_new(codes, json_string(g_ptr_array_index(variable->codes, j)));
        }
    }
    return sp_json_format(body);
}

SpSsbQuery *sp_ssb_query_new(const char *host, const char *table, const char *query, GError **error)
{
    for (const char *c = table; *c != '\0' || c == table; c++) {
        if (!g_ascii_isalnum(*c) && *c != '_') {
            sp_error_set(error, SP_ERROR_CONFIG,
                         "table = %s: not the number of a table; write e.g. 07459", table);
            return NULL;
        }
    }
    if (!g_utf8_validate(query, -1, NULL)) {
        sp_error_set(error, SP_ERROR_CONFIG, "query: not UTF-8; save the settings as UTF-8");
        return NULL;
    }
    g_autoptr(GPtrArray) variables = parse_query(query, error);
    if (variables == NULL) {
        return NULL;
    }
    g_autoptr(GString) url = g_string_new(host);
    if (!g_str_has_suffix(host, "/")) {
        g_string_append_c(url, '/');
    }
    g_string_append_printf(url, "tables/%s/data?lang=no&outputFormat=json-stat2", table);
    gsize short_size = url->len;
    append_address(url, variables);
    SpSsbQuery *made = g_new0(SpSsbQuery, 1);
    if (url->len >= SP_SSB_MAX_URL) {
        g_string_truncate(url, short_size);
        made->body = format_body(variables);
    }
    made->url = g_strdup(url->str);
    return made;
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
