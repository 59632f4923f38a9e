/* Cell keys and explanations. */
#include "core/cell.h"

#include "core/error.h"

#include <string.h>

static const char any_code[] = "*";

SpCell *sp_cell_new(const char *table, const char *measure)
{
    SpCell *cell = g_new0(SpCell, 1);
    cell->table = g_strdup(table);
    cell->measure = g_strdup(measure);
    cell->columns = g_ptr_array_new_with_free_func(g_free);
    cell->codes = g_ptr_array_new_with_free_func(g_free);
    return cell;
}

void sp_cell_free(SpCell *cell)
{
    if (cell == NULL) {
        return;
    }
    g_free(cell->table);
    g_free(cell->measure);
    g_ptr_array_unref(cell->columns);
    g_ptr_array_unref(cell->codes);
    g_free(cell);
}

SpCell *sp_cell_with(SpCell *cell, const char *column, const char *code)
{
    g_assert(column != NULL && code != NULL && sp_cell_code(cell, column) == NULL);
    g_ptr_array_add(cell->columns, g_strdup(column));
    g_ptr_array_add(cell->codes, g_strdup(code));
    return cell;
}

const char *sp_cell_code(const SpCell *cell, const char *column)
{
    for (guint i = 0; i < cell->columns->len; i++) {
        if (strcmp(cell->columns->pdata[i], column) == 0) {
            g_assert(cell->codes->pdata[i] != NULL);
            return cell->codes->pdata[i];
        }
    }
    return NULL;
}

/** The code of "%20"-like escapes; NULL when one is cut short, names no byte or makes the text no
 * UTF-8. */
static char *decode(const char *text)
{
    g_autofree char *code = g_uri_unescape_string(text, NULL);
    return code == NULL || !g_utf8_validate(code, -1, NULL) ? NULL : g_steal_pointer(&code);
}

static gboolean parse_key(SpCell *cell, char *word, const char *text, GError **error)
{
    char *equals = strchr(word, '=');
    if (equals == NULL || equals == word) {
        return sp_error_set(
            error, SP_ERROR_USAGE,
            "cell \"%s\": \"%s\" is not column=code; write %%20 for a blank in a code", text, word);
    }
    *equals = '\0';
    g_autofree char *code = decode(equals + 1);
    if (code == NULL) {
        return sp_error_set(
            error, SP_ERROR_USAGE,
            "cell \"%s\": the code of \"%s\" has a broken %% sign; write %%25 for one", text, word);
    }
    if (sp_cell_code(cell, word) != NULL) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "cell \"%s\": column \"%s\" stands twice; write it once", text, word);
    }
    sp_cell_with(cell, word, code);
    return TRUE;
}

static gboolean parse_keys(SpCell *cell, char *words[], const char *text, GError **error)
{
    for (gsize i = 0; words[i] != NULL; i++) {
        if (!parse_key(cell, words[i], text, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

SpCell *sp_cell_parse(const char *text, GError **error)
{
    if (!g_utf8_validate(text, -1, NULL)) {
        g_autofree char *shown = g_utf8_make_valid(text, -1);
        sp_error_set(error, SP_ERROR_USAGE, "cell \"%s\" is not UTF-8; write it anew", shown);
        return NULL;
    }
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    if (words[0] == NULL || words[1] == NULL || words[0][0] == '\0' || words[1][0] == '\0' ||
        strchr(words[0], '=') != NULL || strchr(words[1], '=') != NULL) {
        sp_error_set(error, SP_ERROR_USAGE,
                     "\"%s\" is no cell; write: table measure column=code column=code ...", text);
        return NULL;
    }
    SpCell *cell = sp_cell_new(words[0], words[1]);
    if (!parse_keys(cell, words + 2, text, error)) {
        sp_cell_free(cell);
        return NULL;
    }
    return cell;
}

static void append_code(GString *text, const char *code)
{
    for (const char *c = code; *c != '\0'; c++) {
        if (*c == ' ' || *c == '%' || g_ascii_iscntrl(*c)) {
            g_string_append_printf(text, "%%%02X", (guint)(guchar)*c);
        } else {
            g_string_append_c(text, *c);
        }
    }
}

char *sp_cell_format(const SpCell *cell)
{
    GString *text = g_string_new(cell->table);
    g_string_append_c(text, ' ');
    g_string_append(text, cell->measure);
    for (guint i = 0; i < cell->columns->len; i++) {
        g_string_append_printf(text, " %s=", (const char *)cell->columns->pdata[i]);
        append_code(text, cell->codes->pdata[i]);
    }
    return g_string_free(text, FALSE);
}

char *sp_cell_row_key(const SpTable *table, gsize row)
{
    GString *text = g_string_new(NULL);
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->is_key) {
            g_string_append_printf(text, "%s%s=", text->len > 0 ? " " : "", column->name);
            append_code(text, sp_table_code(table, row, i));
        }
    }
    return g_string_free(text, FALSE);
}

/** Every key column of the table must be named with one code, or several rows would answer. */
static gboolean check_keys(const SpCell *cell, const SpTable *table, GError **error)
{
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (!column->is_key) {
            continue;
        }
        const char *code = sp_cell_code(cell, column->name);
        if (code == NULL || strcmp(code, any_code) == 0) {
            g_autofree char *text = sp_cell_format(cell);
            return sp_error_set(error, SP_ERROR_NO_INPUT,
                                "cell \"%s\" names no one row of table %s; give %s=CODE", text,
                                sp_table_name(table), column->name);
        }
    }
    return TRUE;
}

/** What the cell wants of one column of the table. */
typedef struct {
    const guint32 *numbers; /* [n_rows] */
    guint32 wanted;
} Wish;

/** The wish for one column; an error as soon as no row can meet it. */
static gboolean make_wish(const SpCell *cell, const SpTable *table, guint i, Wish *wish,
                          GError **error)
{
    const char *name = cell->columns->pdata[i];
    const char *code = cell->codes->pdata[i];
    gsize column = sp_table_find(table, name);
    if (column == SP_NO_COLUMN || sp_table_column(table, column)->kind != SP_COLUMN_CODE) {
        g_autofree char *text = sp_cell_format(cell);
        return sp_error_set(error, SP_ERROR_NO_INPUT,
                            "cell \"%s\": table %s has no code column \"%s\"; leave it out", text,
                            sp_table_name(table), name);
    }
    wish->numbers = sp_table_code_numbers_const(table, column);
    if (!sp_codes_find(sp_table_codes(table, column), code, &wish->wanted)) {
        g_autofree char *text = sp_cell_format(cell);
        return sp_error_set(error, SP_ERROR_NO_INPUT, "cell \"%s\": table %s has no row with %s=%s",
                            text, sp_table_name(table), name, code);
    }
    return TRUE;
}

static gboolean is_met(const GArray *wishes, gsize row)
{
    for (guint i = 0; i < wishes->len; i++) {
        const Wish *wish = &g_array_index(wishes, Wish, i);
        if (wish->numbers[row] != wish->wanted) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_cell_find_row(const SpCell *cell, const SpTable *table, gsize *row, GError **error)
{
    if (!check_keys(cell, table, error)) {
        return FALSE;
    }
    g_autoptr(GArray) wishes = g_array_new(FALSE, FALSE, sizeof(Wish));
    for (guint i = 0; i < cell->columns->len; i++) {
        Wish wish = {0};
        if (!make_wish(cell, table, i, &wish, error)) {
            return FALSE;
        }
        g_array_append_val(wishes, wish);
    }
    for (gsize i = 0; i < sp_table_n_rows(table); i++) {
        if (is_met(wishes, i)) {
            *row = i;
            return TRUE;
        }
    }
    g_autofree char *text = sp_cell_format(cell);
    return sp_error_set(error, SP_ERROR_NO_INPUT,
                        "cell \"%s\": table %s has no row with all these codes", text,
                        sp_table_name(table));
}

SpExplanation *sp_explanation_new(void)
{
    SpExplanation *explanation = g_new0(SpExplanation, 1);
    explanation->inputs = g_ptr_array_new_with_free_func((GDestroyNotify)sp_cell_free);
    explanation->settings = g_ptr_array_new_with_free_func(g_free);
    return explanation;
}

void sp_explanation_free(SpExplanation *explanation)
{
    if (explanation == NULL) {
        return;
    }
    g_ptr_array_unref(explanation->inputs);
    g_ptr_array_unref(explanation->settings);
    g_free(explanation->method);
    g_free(explanation);
}
