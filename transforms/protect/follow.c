/* Inherited suppression. */
#include "transforms/protect/follow.h"

#include "core/codes.h"
#include "core/error.h"
#include "transforms/protect/primary.h"

#include <string.h>

typedef struct {
    GArray *own;      /* gsize: common key columns in the table */
    GArray *other;    /* gsize: the same in `of` */
    GArray *chosen;   /* gsize: columns of `where` in `of` ... */
    GPtrArray *codes; /* char*: ... and their codes */
} Columns;

static void columns_clear(Columns *columns)
{
    g_array_unref(columns->own);
    g_array_unref(columns->other);
    g_array_unref(columns->chosen);
    g_ptr_array_unref(columns->codes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Columns, columns_clear)

static gboolean read_where(const SpFollow *follow, Columns *columns, GError **error)
{
    g_auto(GStrv) choices = g_strsplit(follow->where, "+", -1);
    for (char **choice = choices; *choice != NULL; choice++) {
        g_auto(GStrv) halves = g_strsplit(*choice, "=", 2);
        gsize column = 0;
        if (g_strv_length(halves) != 2) {
            return sp_error_set(error, SP_ERROR_CONFIG, "where is \"%s\", want COLUMN=CODE",
                                follow->where);
        }
        if (!sp_table_need(follow->of, halves[0], SP_COLUMN_CODE, &column, error)) {
            return FALSE;
        }
        g_array_append_val(columns->chosen, column);
        g_ptr_array_add(columns->codes, g_strdup(halves[1]));
    }
    return TRUE;
}

static gboolean is_chosen_column(const Columns *columns, gsize column)
{
    for (guint i = 0; i < columns->chosen->len; i++) {
        if (g_array_index(columns->chosen, gsize, i) == column) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean find_common(const SpTable *table, const SpFollow *follow, Columns *columns,
                            GError **error)
{
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        const gsize other = sp_table_find(follow->of, column->name);
        if (column->kind == SP_COLUMN_CODE && column->is_key && other != SP_NO_COLUMN &&
            strcmp(column->name, "period") != 0 && !is_chosen_column(columns, other)) {
            g_array_append_val(columns->own, i);
            g_array_append_val(columns->other, other);
        }
    }
    return columns->own->len > 0 ||
           sp_error_set(error, SP_ERROR_CONFIG, "it has no key column in common with %s",
                        sp_table_name(follow->of));
}

/* "0301\x1fsykepleier" */
static void key_of(const SpTable *table, gsize row, const GArray *columns, GString *key)
{
    g_string_truncate(key, 0);
    for (guint i = 0; i < columns->len; i++) {
        g_string_append(key, sp_table_code(table, row, g_array_index(columns, gsize, i)));
        g_string_append_c(key, '\x1f');
    }
}

static gboolean is_chosen(const SpFollow *follow, const Columns *columns, gsize row)
{
    for (guint i = 0; i < columns->chosen->len; i++) {
        if (strcmp(sp_table_code(follow->of, row, g_array_index(columns->chosen, gsize, i)),
                   columns->codes->pdata[i]) != 0) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_protect_follow(SpTable *table, const SpFollow *follow, gsize *n, GError **error)
{
    g_auto(Columns) columns = {.own = g_array_new(FALSE, FALSE, sizeof(gsize)),
                               .other = g_array_new(FALSE, FALSE, sizeof(gsize)),
                               .chosen = g_array_new(FALSE, FALSE, sizeof(gsize)),
                               .codes = g_ptr_array_new_with_free_func(g_free)};
    g_autoptr(SpCodes) hidden = sp_codes_new();
    g_autoptr(GString) key = g_string_new(NULL);
    gsize measure = 0;
    gsize only_if = SP_NO_COLUMN;
    *n = 0;
    if ((*follow->only_if != '\0' &&
         !sp_table_need(table, follow->only_if, SP_COLUMN_MEASURE, &only_if, error)) ||
        !sp_table_need(follow->of, follow->measure, SP_COLUMN_MEASURE, &measure, error) ||
        !read_where(follow, &columns, error) || !find_common(table, follow, &columns, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(follow->of); row++) {
        if (sp_table_real(follow->of, row, measure).status == SP_SUPPRESSED &&
            is_chosen(follow, &columns, row)) {
            key_of(follow->of, row, columns.other, key);
            (void)sp_codes_add(hidden, key->str);
        }
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        guint32 number = 0;
        key_of(table, row, columns.own, key);
        const gboolean rests =
            only_if == SP_NO_COLUMN || sp_real_is_number(sp_table_real(table, row, only_if));
        if (rests && sp_codes_find(hidden, key->str, &number) && sp_protect_hide_row(table, row)) {
            (*n)++;
        }
    }
    return TRUE;
}
