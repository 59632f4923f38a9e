/* The text of a query taken apart. */
#include "extractors/ssb/question.h"

#include "core/error.h"

#include <string.h>

SpSsbVariable *sp_ssb_variable_new(const char *name, const char *codelist)
{
    SpSsbVariable *variable = g_new0(SpSsbVariable, 1);
    variable->name = g_strdup(name);
    variable->codelist = g_strdup(codelist);
    variable->codes = g_ptr_array_new_with_free_func(g_free);
    return variable;
}

void sp_ssb_variable_free(gpointer data)
{
    SpSsbVariable *variable = data;
    g_free(variable->name);
    g_free(variable->codelist);
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
static gboolean split_codes(SpSsbVariable *variable, const char *text, GError **error)
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

const SpSsbVariable *sp_ssb_question_find(const GPtrArray *question, const char *name)
{
    for (guint i = 0; i < question->len; i++) {
        const SpSsbVariable *variable = g_ptr_array_index(question, i);
        if (g_ascii_strcasecmp(variable->name, name) == 0) {
            return variable;
        }
    }
    return NULL;
}

static gboolean is_list_name(const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        if (!g_ascii_isalnum(*c) && *c != '_' && *c != '-') {
            return FALSE;
        }
    }
    return *text != '\0';
}

static gboolean parse_variable(GPtrArray *question, const char *piece, GError **error)
{
    const char *equals = strchr(piece, '=');
    if (equals == NULL || equals == piece) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "query: \"%s\" is not VARIABLE=CODES; write e.g. Kjonn=1,2", piece);
    }
    g_autofree char *name = g_strndup(piece, (gsize)(equals - piece));
    if (sp_ssb_question_find(question, name) != NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "query: variable \"%s\" comes twice; put its codes in one list", name);
    }
    const char *at = strrchr(equals, '@');
    if (at != NULL && !is_list_name(at + 1)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "query: %s: \"%s\" is no id of a code list; write e.g. "
                            "Region=*@agg_KommSummer",
                            name, at + 1);
    }
    SpSsbVariable *variable = sp_ssb_variable_new(name, at != NULL ? at + 1 : NULL);
    g_ptr_array_add(question, variable);
    g_autofree char *codes =
        at != NULL ? g_strndup(equals + 1, (gsize)(at - equals) - 1) : g_strdup(equals + 1);
    return (at != NULL && *codes == '\0') || split_codes(variable, codes, error);
}

GPtrArray *sp_ssb_question_parse(const char *query, GError **error)
{
    if (!g_utf8_validate(query, -1, NULL)) {
        sp_error_set(error, SP_ERROR_CONFIG, "query: not UTF-8; save the settings as UTF-8");
        return NULL;
    }
    g_autoptr(GPtrArray) question = g_ptr_array_new_with_free_func(sp_ssb_variable_free);
    g_auto(GStrv) pieces = g_strsplit_set(query, " \t\r\n", -1);
    for (char **piece = pieces; *piece != NULL; piece++) {
        if (**piece != '\0' && !parse_variable(question, *piece, error)) {
            return NULL;
        }
    }
    const char *const needed[] = {"ContentsCode", "Tid"};
    for (gsize i = 0; i < G_N_ELEMENTS(needed); i++) {
        if (sp_ssb_question_find(question, needed[i]) == NULL) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         "query: no %s; PxWebApi v2 always wants ContentsCode and Tid, e.g. "
                         "ContentsCode=Personer1 Tid=from(2020)",
                         needed[i]);
            return NULL;
        }
    }
    return g_steal_pointer(&question);
}

gboolean sp_ssb_is_expression(const char *code)
{
    return strpbrk(code, "*?(") != NULL;
}
