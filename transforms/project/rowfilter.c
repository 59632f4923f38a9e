/* Rows by codes. */
#include "transforms/project/rowfilter.h"

#include "core/error.h"

#include <string.h>

/* One of the conditions: NAME=CODES or NAME!=CODES. */
typedef struct {
    char *name;
    const char *codes;
    gboolean is_not;
} Condition;

static void condition_clear(Condition *condition)
{
    g_free(condition->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Condition, condition_clear)

static gboolean condition_init(Condition *condition, const char *text)
{
    const char *equals = strchr(text, '=');
    *condition = (Condition){.name = NULL};
    if (equals == NULL || equals[1] == '\0') {
        return FALSE;
    }
    condition->is_not = equals > text && equals[-1] == '!';
    condition->codes = equals + 1;
    condition->name = g_strndup(text, (gsize)(equals - text) - (condition->is_not ? 1 : 0));
    return *condition->name != '\0';
}

static gboolean form_error(const char *whose, const char *text, GError **error)
{
    return sp_error_set(error, SP_ERROR_CONFIG,
                        "%s: \"%s\" does not say which rows; write COLUMN=CODE, with more codes "
                        "after / and more columns after +",
                        whose, text);
}

/* Rows that a condition lets through stay in `is_meant`. */
static gboolean keep(const SpTable *table, const Condition *condition, gboolean is_meant[],
                     GError **error)
{
    gsize column;
    if (!sp_table_need(table, condition->name, SP_COLUMN_CODE, &column, error)) {
        return FALSE;
    }
    const SpCodes *codes = sp_table_codes(table, column);
    g_autofree gboolean *is_listed = g_new0(gboolean, sp_codes_size(codes) + 1);
    g_auto(GStrv) wanted = g_strsplit(condition->codes, "/", -1);
    for (gsize i = 0; wanted[i] != NULL; i++) {
        guint32 number;
        if (sp_codes_find(codes, wanted[i], &number)) {
            is_listed[number] = TRUE;
        }
    }
    const guint32 *numbers = sp_table_code_numbers_const(table, column);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        is_meant[row] = is_meant[row] && is_listed[numbers[row]] != condition->is_not;
    }
    return TRUE;
}

gboolean *sp_row_filter(const SpTable *table, const char *text, GError **error)
{
    g_autofree gboolean *is_meant = g_new0(gboolean, sp_table_n_rows(table) + 1);
    g_auto(GStrv) conditions = g_strsplit(text, "+", -1);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        is_meant[row] = TRUE;
    }
    for (gsize i = 0; conditions[i] != NULL; i++) {
        g_auto(Condition) condition;
        if (!condition_init(&condition, conditions[i])) {
            (void)form_error(sp_table_name(table), text, error);
            return NULL;
        }
        if (!keep(table, &condition, is_meant, error)) {
            return NULL;
        }
    }
    return g_steal_pointer(&is_meant);
}

gboolean sp_row_filter_check(const char *text, const char *whose, GError **error)
{
    g_auto(GStrv) conditions = g_strsplit(text, "+", -1);
    for (gsize i = 0; conditions[i] != NULL; i++) {
        g_auto(Condition) condition;
        if (!condition_init(&condition, conditions[i])) {
            return form_error(whose, text, error);
        }
    }
    return TRUE;
}

char *sp_row_filter_codes(const char *text, const char *column)
{
    g_auto(GStrv) conditions = g_strsplit(text, "+", -1);
    for (gsize i = 0; conditions[i] != NULL; i++) {
        g_auto(Condition) condition;
        if (condition_init(&condition, conditions[i]) && !condition.is_not &&
            strcmp(condition.name, column) == 0) {
            return g_strdup(condition.codes);
        }
    }
    return NULL;
}
