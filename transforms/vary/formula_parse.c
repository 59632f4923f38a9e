/* Reads the text of a formula, from left to right; what is wrong is told with its place. */
#include "transforms/vary/formula.h"

#include "core/error.h"
#include "transforms/vary/formula_term.h"

#include <string.h>

typedef struct {
    const char *text;
    const char *at;
    GError **error;
} Reader;

static void choice_free(gpointer data)
{
    SpFormulaChoice *choice = data;
    g_free(choice->column);
    g_strfreev(choice->codes);
    g_free(choice->last);
    g_free(choice);
}

static void term_free(gpointer data)
{
    SpFormulaTerm *term = data;
    g_ptr_array_unref(term->choices);
    g_free(term->table);
    g_free(term->measure);
    g_free(term);
}

/* The place is told in bytes from 1, since names and codes are ASCII. */
static gboolean refuse(const Reader *reader, const char *wanted)
{
    return sp_error_set(reader->error, SP_ERROR_CONFIG,
                        "\"%s\" is no formula: character %" G_GSIZE_FORMAT
                        ": want %s (docs/methods/variation.md#formulas)",
                        reader->text, (gsize)(reader->at - reader->text) + 1, wanted);
}

static gboolean skip(Reader *reader, const char *word)
{
    if (!g_str_has_prefix(reader->at, word)) {
        return FALSE;
    }
    reader->at += strlen(word);
    return TRUE;
}

/* A name of a table, measure or column. */
static char *read_name(Reader *reader, const char *wanted)
{
    gsize n = 0;
    while (g_ascii_islower(reader->at[n]) ||
           (n > 0 && (g_ascii_isdigit(reader->at[n]) || reader->at[n] == '_'))) {
        n++;
    }
    if (n == 0) {
        refuse(reader, wanted);
        return NULL;
    }
    char *name = g_strndup(reader->at, n);
    reader->at += n;
    return name;
}

/* A point is part of a code ("3.14"), two are the sign of a range. */
static char *read_code(Reader *reader)
{
    gsize n = 0;
    while (g_ascii_isgraph(reader->at[n]) && strchr("=,{}@|*", reader->at[n]) == NULL &&
           !g_str_has_prefix(reader->at + n, "..")) {
        n++;
    }
    if (n == 0) {
        refuse(reader, "a code");
        return NULL;
    }
    char *code = g_strndup(reader->at, n);
    reader->at += n;
    return code;
}

static gboolean read_last(Reader *reader, SpFormulaChoice *choice)
{
    choice->last = read_code(reader);
    if (choice->last == NULL) {
        return FALSE;
    }
    if (strlen(choice->last) != strlen(choice->codes[0]) ||
        strcmp(choice->last, choice->codes[0]) < 0) {
        reader->at -= strlen(choice->last);
        return refuse(reader, "a code of the same length as the first and not before it");
    }
    return TRUE;
}

static gboolean read_codes(Reader *reader, SpFormulaChoice *choice)
{
    if (skip(reader, "*")) {
        return TRUE;
    }
    GPtrArray *codes = g_ptr_array_new();
    gboolean is_read = TRUE;
    do {
        char *code = read_code(reader);
        is_read = code != NULL;
        if (is_read) {
            g_ptr_array_add(codes, code);
        }
    } while (is_read && skip(reader, "|"));
    g_ptr_array_add(codes, NULL);
    choice->codes = (char **)g_ptr_array_free(codes, FALSE);
    if (is_read && choice->codes[1] == NULL && skip(reader, "..")) {
        return read_last(reader, choice);
    }
    return is_read;
}

static gboolean read_choices(Reader *reader, SpFormulaTerm *term)
{
    do {
        SpFormulaChoice *choice = g_new0(SpFormulaChoice, 1);
        g_ptr_array_add(term->choices, choice);
        const char *start = reader->at;
        choice->column = read_name(reader, "a key column");
        if (choice->column == NULL) {
            return FALSE;
        }
        if (strcmp(choice->column, "region") == 0 || strcmp(choice->column, "period") == 0 ||
            sp_formula_find_choice(term, choice->column) != choice) {
            reader->at = start;
            return refuse(reader, "a key column once, and neither region nor period");
        }
        if (!skip(reader, "=")) {
            return refuse(reader, "\"=\" and codes");
        }
        if (!read_codes(reader, choice)) {
            return FALSE;
        }
    } while (skip(reader, ","));
    return skip(reader, "}") || refuse(reader, "\"}\", or \",\" and another column");
}

static gboolean read_when(Reader *reader, SpFormulaTerm *term)
{
    if (skip(reader, "year")) {
        term->when = SP_WHEN_YEAR;
        return TRUE;
    }
    if (skip(reader, "before")) {
        term->when = SP_WHEN_BEFORE;
        return TRUE;
    }
    if (skip(reader, "+") && *reader->at >= '1' && *reader->at <= '9') {
        term->when = SP_WHEN_JANUARY;
        term->years_on = g_ascii_digit_value(*reader->at);
        reader->at++;
        return TRUE;
    }
    return refuse(reader, "+ and a digit from 1 to 9, year or before");
}

static gboolean read_term(Reader *reader, SpFormulaTerm *term)
{
    term->table = read_name(reader, "the name of a table");
    if (term->table == NULL) {
        return FALSE;
    }
    if (!skip(reader, ".")) {
        return refuse(reader, "\".\" and a measure");
    }
    term->measure = read_name(reader, "a measure");
    if (term->measure == NULL || (skip(reader, "{") && !read_choices(reader, term)) ||
        (skip(reader, "@") && !read_when(reader, term))) {
        return FALSE;
    }
    term->is_zero_without_row = skip(reader, " or 0");
    return TRUE;
}

static gboolean read_terms(Reader *reader, SpFormula *formula)
{
    gboolean is_subtracted = FALSE;
    for (;;) {
        SpFormulaTerm *term = g_new0(SpFormulaTerm, 1);
        term->choices = g_ptr_array_new_with_free_func(choice_free);
        term->is_subtracted = is_subtracted;
        g_ptr_array_add(formula->terms, term);
        if (!read_term(reader, term)) {
            return FALSE;
        }
        if (*reader->at == '\0') {
            return TRUE;
        }
        is_subtracted = g_str_has_prefix(reader->at, " - ");
        if (!is_subtracted && !g_str_has_prefix(reader->at, " + ")) {
            return refuse(reader, "the end, or \" + \" or \" - \" and another term");
        }
        reader->at += strlen(" - ");
    }
}

SpFormula *sp_formula_parse(const char *text, GError **error)
{
    g_autoptr(SpFormula) formula = g_new0(SpFormula, 1);
    formula->text = g_strdup(text);
    formula->terms = g_ptr_array_new_with_free_func(term_free);
    Reader reader = {.text = text, .at = text, .error = error};
    return read_terms(&reader, formula) ? g_steal_pointer(&formula) : NULL;
}

GPtrArray *sp_formula_parse_list(const char *text, GError **error)
{
    g_autoptr(GPtrArray) list = g_ptr_array_new_with_free_func((GDestroyNotify)sp_formula_free);
    g_auto(GStrv) parts = g_strsplit(text, "; ", -1);
    for (char **part = parts; *part != NULL; part++) {
        SpFormula *formula = sp_formula_parse(*part, error);
        if (formula == NULL) {
            return NULL;
        }
        g_ptr_array_add(list, formula);
    }
    return g_steal_pointer(&list);
}
