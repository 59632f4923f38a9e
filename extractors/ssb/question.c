/* The text of a query taken apart. */
#include "extractors/ssb/question.h"

#include "core/error.h"
#include "extractors/selection.h"

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

/* Its codes once each, and the code list that the last one ends in ("*@agg_KommSummer"). */
static gboolean add_variable(GPtrArray *question, const SpSelection *selection, GError **error)
{
    if (sp_ssb_question_find(question, selection->name) != NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "query: \"%s\" comes twice; put its codes in one list",
                            selection->name);
    }
    char *last = selection->codes[g_strv_length(selection->codes) - 1];
    char *at = strrchr(last, '@');
    if (at != NULL && !is_list_name(at + 1)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "query: %s: \"%s\" is no id of a code list; write e.g. "
                            "Region=*@agg_KommSummer",
                            selection->name, at + 1);
    }
    SpSsbVariable *variable = sp_ssb_variable_new(selection->name, at != NULL ? at + 1 : NULL);
    g_ptr_array_add(question, variable);
    for (char **code = selection->codes; *code != NULL; code++) {
        gsize size = *code == last && at != NULL ? (gsize)(at - last) : strlen(*code);
        g_autofree char *own = g_strndup(*code, size);
        if (size > 0 && !has_code(variable->codes, own)) {
            g_ptr_array_add(variable->codes, g_steal_pointer(&own));
        }
    }
    return TRUE;
}

GPtrArray *sp_ssb_question_parse(const char *query, GError **error)
{
    g_autoptr(GPtrArray) selections = sp_selection_parse(query, error);
    g_autoptr(GPtrArray) question = g_ptr_array_new_with_free_func(sp_ssb_variable_free);
    for (guint i = 0; selections != NULL && i < selections->len; i++) {
        if (!add_variable(question, selections->pdata[i], error)) {
            return NULL;
        }
    }
    const char *const needed[] = {"ContentsCode", "Tid"};
    for (gsize i = 0; selections != NULL && i < G_N_ELEMENTS(needed); i++) {
        if (sp_ssb_question_find(question, needed[i]) == NULL) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         "query: no %s; PxWebApi v2 always wants ContentsCode and Tid, e.g. "
                         "ContentsCode=Personer1 Tid=from(2020)",
                         needed[i]);
            return NULL;
        }
    }
    return selections != NULL ? g_steal_pointer(&question) : NULL;
}

gboolean sp_ssb_is_expression(const char *code)
{
    return strpbrk(code, "*?(") != NULL;
}
