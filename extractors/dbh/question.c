/* Filters and variables as DBH wants them. */
#include "extractors/dbh/question.h"

#include "core/error.h"
#include "extractors/selection.h"

#include <string.h>

/* Expressions with values in parentheses, and how many they take (0: one or more). */
static const struct {
    const char *name;
    gsize n_values;
} calls[] = {{"top", 1}, {"between", 2}, {"like", 0}, {"lessthan", 1}, {"greaterthan", 1}};

static json_t *texts_of(char *const *texts)
{
    json_t *array = json_array();
    for (; *texts != NULL; texts++) {
        json_array_append_new(array, json_string(*texts));
    }
    return array;
}

static gboolean set_wrong(const SpSelection *selection, const char *what, GError **error)
{
    g_autofree char *codes = g_strjoinv(",", selection->codes);
    return sp_error_set(error, SP_ERROR_CONFIG, "query: %s=%s: %s", selection->name, codes, what);
}

/* What an expression asks for: the filter's name and its values. FALSE with or without an error:
 * without one the code is just a code. */
static gboolean read_call(const SpSelection *selection, const char *code, const char **filter,
                          json_t **values, GError **error)
{
    if (strcmp(code, "*") == 0) {
        *filter = "all";
        *values = json_pack("[s]", "*");
        return TRUE;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(calls); i++) {
        g_autofree char *inner = NULL;
        if (!sp_selection_call(code, calls[i].name, &inner)) {
            continue;
        }
        g_auto(GStrv) parts = sp_selection_list(inner);
        guint n = g_strv_length(parts);
        if (n == 0 || (calls[i].n_values > 0 && n != calls[i].n_values)) {
            return set_wrong(selection, "another number of values than the expression takes",
                             error);
        }
        *filter = calls[i].name;
        *values = texts_of(parts);
        return TRUE;
    }
    return FALSE;
}

/* The filter of one variable. NULL with error. */
static json_t *filter_of(const SpSelection *selection, GError **error)
{
    const char *filter = NULL;
    g_autoptr(json_t) values = NULL;
    g_autoptr(json_t) items = json_array();
    g_autoptr(json_t) exclude = json_array();
    for (char **code = selection->codes; *code != NULL; code++) {
        g_autoptr(GError) wrong = NULL;
        json_t *found = NULL;
        if ((*code)[0] == '!' && (*code)[1] != '\0') {
            json_array_append_new(exclude, json_string(*code + 1));
        } else if (filter == NULL && read_call(selection, *code, &filter, &found, &wrong)) {
            values = found;
        } else if (wrong != NULL) {
            g_propagate_error(error, g_steal_pointer(&wrong));
            return NULL;
        } else {
            json_array_append_new(items, json_string(*code));
        }
    }
    gboolean is_list = json_array_size(items) > 0;
    if (is_list == (filter != NULL) || (is_list && json_array_size(exclude) > 0)) {
        set_wrong(selection,
                  "want a list of codes, or one expression (*, top, between, like, lessthan, "
                  "greaterthan) and codes to leave out (!CODE)",
                  error);
        return NULL;
    }
    if (json_array_size(exclude) == 0) {
        json_array_append_new(exclude, json_string("")); /* as the clients seen send it */
    }
    return json_pack("{s:s, s:{s:s, s:O, s:O}}", "variabel", selection->name, "selection", "filter",
                     is_list ? "item" : filter, "values", is_list ? items : values, "exclude",
                     exclude);
}

json_t *sp_dbh_question_body(const SpDbhQuestion *question, GError **error)
{
    gboolean has_sums = question->group_by[0] != NULL;
    if (has_sums == (question->variables[0] != NULL)) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "want either group_by (tables with sums) or variables (lists), and not both");
        return NULL;
    }
    g_autoptr(GPtrArray) selections = sp_selection_parse(question->query, error);
    if (selections == NULL) {
        return NULL;
    }
    /* Codes without their names: a member of the answer is then a variable or a figure. */
    g_autoptr(json_t) body =
        json_pack("{s:I, s:i, s:s, s:s, s:s}", "tabell_id", (json_int_t)question->table,
                  "api_versjon", 1, "statuslinje", "N", "kodetekst", "N", "decimal_separator", ".");
    if (question->limit > 0) {
        g_autofree char *limit = g_strdup_printf("%" G_GINT64_FORMAT, question->limit);
        json_object_set_new(body, "begrensning", json_string(limit));
    }
    json_object_set_new(body, has_sums ? "groupBy" : "variabler",
                        texts_of(has_sums ? question->group_by : question->variables));
    json_object_set_new(body, "sortBy",
                        texts_of(has_sums ? question->group_by : question->variables));
    json_t *filters = json_array();
    json_object_set_new(body, "filter", filters);
    for (guint i = 0; i < selections->len; i++) {
        json_t *filter = filter_of(selections->pdata[i], error);
        if (filter == NULL) {
            return NULL;
        }
        json_array_append_new(filters, filter);
    }
    return g_steal_pointer(&body);
}
