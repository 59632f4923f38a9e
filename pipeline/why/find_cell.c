/* From what a person wrote to a row of a package. */
#include "core/error.h"
#include "core/table_rows.h"
#include "pipeline/why/package.h"

#include <string.h>

enum { MOST_NEAR = 8 };

/* "table measure" before the codes, as far as they were written. */
typedef struct {
    char *table;
    char *measure; /* NULL: not written */
    char *codes;   /* "column=code ...", "" without */
} Asked;

static void asked_clear(Asked *asked)
{
    g_free(asked->table);
    g_free(asked->measure);
    g_free(asked->codes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Asked, asked_clear)

/* The words before the first "column=code"; those after it are codes. */
static gboolean part(const char *text, const SpWhyPackage *first, Asked *asked, GError **error)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    guint n = 0;
    while (words[n] != NULL && strchr(words[n], '=') == NULL) {
        n++;
    }
    const char *file = first->file_table;
    const gboolean has_table = n > 0 && (file == NULL || n == 2 || strcmp(words[0], file) == 0);
    if ((n == 0 && file == NULL) || n > 2 || (n > 0 && *words[0] == '\0')) {
        return sp_error_set(error, SP_ERROR_USAGE,
                            "\"%s\" is no cell; write: table measure column=code column=code ...",
                            text);
    }
    asked->table = g_strdup(has_table ? words[0] : file);
    asked->measure = n > (has_table ? 1U : 0U) ? g_strdup(words[n - 1]) : NULL;
    asked->codes = g_strjoinv(" ", words + n);
    return TRUE;
}

static char *measures_of(const SpTable *table, gsize *n)
{
    GString *names = g_string_new(NULL);
    *n = 0;
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        if (sp_table_column(table, i)->kind == SP_COLUMN_MEASURE) {
            g_string_append_printf(names, "%s%s", *n > 0 ? ", " : "",
                                   sp_table_column(table, i)->name);
            (*n)++;
        }
    }
    return g_string_free(names, FALSE);
}

static gboolean choose_measure(const SpTable *table, Asked *asked, GError **error)
{
    gsize n = 0;
    g_autofree char *all = measures_of(table, &n);
    const gsize column =
        asked->measure != NULL ? sp_table_find(table, asked->measure) : SP_NO_COLUMN;
    if (asked->measure == NULL && n == 1) {
        asked->measure = g_strdup(all);
        return TRUE;
    }
    if (column != SP_NO_COLUMN && sp_table_column(table, column)->kind == SP_COLUMN_MEASURE) {
        return TRUE;
    }
    return sp_error_set(error, SP_ERROR_NO_INPUT, "table %s has %s%s%s; it has %s",
                        sp_table_name(table), asked->measure != NULL ? "no figure " : "several",
                        asked->measure != NULL ? asked->measure : " figures",
                        asked->measure != NULL ? "" : ", so name one", n > 0 ? all : "none");
}

/* How much two codes differ: what is left when their common beginning is taken off. */
static gsize distance(const char *code, const char *wanted)
{
    gsize same = 0;
    while (code[same] != '\0' && g_ascii_tolower(code[same]) == g_ascii_tolower(wanted[same])) {
        same++;
    }
    const gsize far = strlen(code) > strlen(wanted) ? strlen(code) - strlen(wanted)
                                                    : strlen(wanted) - strlen(code);
    return strlen(wanted) - same + far;
}

static gint compare_near(gconstpointer a, gconstpointer b, gpointer wanted)
{
    const char *one = *(const char *const *)a;
    const char *two = *(const char *const *)b;
    const gsize first = distance(one, wanted);
    const gsize second = distance(two, wanted);
    return first != second ? (first < second ? -1 : 1) : strcmp(one, two);
}

/* "0301, 0302, ...": codes of the column that are most like the one that is not there. */
static char *near_codes(const SpTable *table, gsize column, const char *code)
{
    g_auto(GStrv) used = sp_table_used_list(table, column, NULL, NULL);
    const guint n = g_strv_length(used);
    g_qsort_with_data(used, (gint)n, sizeof *used, compare_near, (gpointer)code);
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < MIN(n, MOST_NEAR); i++) {
        g_string_append_printf(text, "%s%s", i > 0 ? ", " : "", used[i]);
    }
    return g_strdup_printf("%s%s", text->str, n > MOST_NEAR ? ", ..." : "");
}

/* The first column of the cell whose code the table does not have. */
static gboolean tell_near(const SpCell *cell, const SpTable *table, GError **error)
{
    for (guint i = 0; i < cell->columns->len; i++) {
        const char *code = cell->codes->pdata[i];
        const gsize column = sp_table_find(table, cell->columns->pdata[i]);
        guint32 number = 0;
        if (column != SP_NO_COLUMN && sp_table_column(table, column)->kind == SP_COLUMN_CODE &&
            !sp_codes_find(sp_table_codes((SpTable *)table, column), code, &number)) {
            g_autofree char *near = near_codes(table, column, code);
            return sp_error_set(error, SP_ERROR_NO_INPUT,
                                "table %s has no row with %s=%s; near it: %s", sp_table_name(table),
                                (const char *)cell->columns->pdata[i], code, near);
        }
    }
    return FALSE;
}

/* The code that the package explains by these words ("Stavanger", or "1103 Stavanger" as a file for
 * Excel has it); NULL if none. Borrowed. */
static const char *code_of_words(const SpTable *words, const char *column, const char *text)
{
    static const char *const names[] = {"slag", "kode", "tekst"};
    gsize at[G_N_ELEMENTS(names)];
    if (words == NULL ||
        !sp_table_need_all(words, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, at, NULL)) {
        return NULL;
    }
    g_autofree char *wanted = g_utf8_casefold(text, -1);
    for (gsize row = 0; row < sp_table_n_rows(words); row++) {
        const char *code = sp_table_code(words, row, at[1]);
        if (strcmp(sp_table_code(words, row, at[0]), column) != 0) {
            continue;
        }
        g_autofree char *alone = g_utf8_casefold(sp_table_code(words, row, at[2]), -1);
        g_autofree char *both = g_strdup_printf("%s %s", code, alone);
        if (strcmp(alone, wanted) == 0 || strcmp(both, wanted) == 0) {
            return code;
        }
    }
    return NULL;
}

/* Words in the place of codes become codes. */
static void take_words(SpCell *cell, const SpTable *table, const SpTable *words)
{
    for (guint i = 0; i < cell->columns->len; i++) {
        const char *name = cell->columns->pdata[i];
        const gsize column = sp_table_find(table, name);
        guint32 number = 0;
        if (column == SP_NO_COLUMN || sp_table_column(table, column)->kind != SP_COLUMN_CODE ||
            sp_codes_find(sp_table_codes((SpTable *)table, column), cell->codes->pdata[i],
                          &number)) {
            continue;
        }
        const char *code = code_of_words(words, name, cell->codes->pdata[i]);
        if (code != NULL) {
            g_free(cell->codes->pdata[i]);
            cell->codes->pdata[i] = g_strdup(code);
        }
    }
}

/* Key columns that the table has one code of need not be written. */
static SpCell *complete(const Asked *asked, const SpTable *table, const SpTable *words,
                        GError **error)
{
    g_autofree char *text = g_strdup_printf("%s %s%s%s", asked->table, asked->measure,
                                            asked->codes[0] != '\0' ? " " : "", asked->codes);
    SpCell *cell = sp_cell_parse(text, error);
    if (cell != NULL) {
        take_words(cell, table, words);
    }
    for (gsize i = 0; cell != NULL && i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_CODE && column->is_key &&
            sp_cell_code(cell, column->name) == NULL) {
            g_auto(GStrv) used = sp_table_used_list(table, i, NULL, NULL);
            if (g_strv_length(used) == 1) {
                sp_cell_with(cell, column->name, used[0]);
            }
        }
    }
    return cell;
}

/* Not found is no error yet: another package may have it; *failure keeps the first. */
static SpCell *find_in(SpWhyPackage *package, const Asked *as, gsize *row, GError **failure)
{
    g_autoptr(GError) error = NULL;
    g_auto(Asked) asked = {g_strdup(as->table), g_strdup(as->measure), g_strdup(as->codes)};
    const SpTable *table = sp_why_package_table(package, asked.table, &error);
    const SpTable *words = sp_why_package_table(package, "forklaring", NULL);
    g_autoptr(SpCell) cell = table != NULL && choose_measure(table, &asked, &error)
                                 ? complete(&asked, table, words, &error)
                                 : NULL;
    if (cell != NULL && sp_cell_find_row(cell, table, row, &error)) {
        return g_steal_pointer(&cell);
    }
    GError *near = NULL;
    if (cell != NULL && !tell_near(cell, table, &near) && near != NULL) {
        g_clear_error(&error);
        error = near;
    }
    if (*failure == NULL) {
        *failure = g_steal_pointer(&error);
    }
    return NULL;
}

SpCell *sp_why_find_cell(const GPtrArray *packages, const char *text, SpWhyPackage **package,
                         gsize *row, GError **error)
{
    g_auto(Asked) asked = {0};
    g_autoptr(GError) failure = NULL;
    if (!part(text, packages->pdata[0], &asked, error)) {
        return NULL;
    }
    for (guint i = 0; i < packages->len; i++) {
        SpCell *cell = find_in(packages->pdata[i], &asked, row, &failure);
        if (cell != NULL) {
            *package = packages->pdata[i];
            return cell;
        }
    }
    g_propagate_error(error, g_steal_pointer(&failure));
    return NULL;
}
