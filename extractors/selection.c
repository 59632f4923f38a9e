/* Queries in settings. */
#include "extractors/selection.h"

#include "core/error.h"

#include <string.h>

static void selection_free(gpointer data)
{
    SpSelection *selection = data;
    g_free(selection->name);
    g_strfreev(selection->codes);
    g_free(selection);
}

/* Words parted by characters of `between` that stand outside quotes and parentheses; quotes are
 * taken off unless `keeps_quotes`. NULL with an error. */
static GPtrArray *split(const char *text, const char *between, gboolean keeps_quotes,
                        GError **error)
{
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GString) word = g_string_new(NULL);
    gboolean is_quoted = FALSE;
    int depth = 0;
    for (const char *c = text;; c++) {
        depth += is_quoted ? 0 : *c == '(' ? 1 : *c == ')' ? -1 : 0;
        if (depth < 0 || (*c == '\0' && (depth != 0 || is_quoted))) {
            sp_error_set(error, SP_ERROR_CONFIG,
                         "query: \"%s\": %s that do not close; write e.g. Aar=top(3)", text,
                         is_quoted ? "quotes" : "parentheses");
            return NULL;
        }
        gboolean is_end = *c == '\0' || (!is_quoted && depth == 0 && strchr(between, *c) != NULL);
        if (is_end) {
            g_ptr_array_add(words, g_strdup(word->str));
            g_string_truncate(word, 0);
        } else if (*c == '"') {
            is_quoted = !is_quoted;
        }
        if (*c == '\0') {
            return g_steal_pointer(&words);
        }
        if (!is_end && (*c != '"' || keeps_quotes)) {
            g_string_append_c(word, *c);
        }
    }
}

static gboolean has_name(const GPtrArray *selections, const char *name)
{
    for (guint i = 0; i < selections->len; i++) {
        if (strcmp(((const SpSelection *)selections->pdata[i])->name, name) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean add_piece(GPtrArray *selections, const char *piece, GError **error)
{
    g_autoptr(GPtrArray) sides = split(piece, "=", TRUE, error);
    if (sides == NULL) {
        return FALSE;
    }
    g_autoptr(GPtrArray) name =
        sides->len == 2 ? split(sides->pdata[0], "", FALSE, error) : g_ptr_array_new();
    if (sides->len != 2 || name == NULL || ((const char *)name->pdata[0])[0] == '\0') {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "query: \"%s\" is not NAME=CODES; write e.g. Aar=2023,2024", piece);
    }
    g_autoptr(GPtrArray) codes = split(sides->pdata[1], ",", FALSE, error);
    if (codes == NULL) {
        return FALSE;
    }
    for (guint i = 0; i < codes->len; i++) {
        if (((const char *)codes->pdata[i])[0] == '\0') {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "query: \"%s\": an empty code; write codes, or * for all", piece);
        }
    }
    if (has_name(selections, name->pdata[0])) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "query: \"%s\" comes twice; put its codes in one list",
                            (const char *)name->pdata[0]);
    }
    SpSelection *selection = g_new0(SpSelection, 1);
    selection->name = g_strdup(name->pdata[0]);
    g_ptr_array_set_free_func(codes, NULL);
    g_ptr_array_add(codes, NULL);
    selection->codes = g_memdup2(codes->pdata, codes->len * sizeof(char *));
    g_ptr_array_add(selections, selection);
    return TRUE;
}

GPtrArray *sp_selection_parse(const char *text, GError **error)
{
    if (!g_utf8_validate(text, -1, NULL)) {
        sp_error_set(error, SP_ERROR_CONFIG, "query: not UTF-8; save the settings as UTF-8");
        return NULL;
    }
    g_autoptr(GPtrArray) selections = g_ptr_array_new_with_free_func(selection_free);
    g_autoptr(GPtrArray) pieces = split(text, " \t\r\n", TRUE, error);
    if (pieces == NULL) {
        return NULL;
    }
    for (guint i = 0; i < pieces->len; i++) {
        const char *piece = pieces->pdata[i];
        if (*piece != '\0' && !add_piece(selections, piece, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&selections);
}

char **sp_selection_list(const char *text)
{
    g_auto(GStrv) items = g_strsplit(text, ",", -1);
    GPtrArray *kept = g_ptr_array_new();
    for (char **item = items; *item != NULL; item++) {
        const char *trimmed = g_strstrip(*item);
        if (*trimmed != '\0') {
            g_ptr_array_add(kept, g_strdup(trimmed));
        }
    }
    g_ptr_array_add(kept, NULL);
    return (char **)g_ptr_array_free(kept, FALSE);
}

gboolean sp_selection_call(const char *code, const char *name, char **inner)
{
    gsize size = strlen(name);
    gsize whole = strlen(code);
    if (strncmp(code, name, size) != 0 || code[size] != '(' || code[whole - 1] != ')') {
        return FALSE;
    }
    *inner = g_strndup(code + size + 1, whole - size - 2);
    return TRUE;
}
