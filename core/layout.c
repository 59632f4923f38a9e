/* Layouts as a whole: made from the text of a file, checked, asked and freed. */
#include "core/layout.h"

#include "core/config.h"
#include "core/error.h"
#include "core/layout_read.h"

#include <string.h>

static guint count_role(const SpLayout *layout, SpRole role)
{
    guint n = 0;
    for (guint i = 0; i < layout->columns->len; i++) {
        n += ((const SpLayoutColumn *)layout->columns->pdata[i])->role == role;
    }
    return n;
}

/** No two columns of the table may have one name. `seen` holds those before. */
static gboolean check_names(const SpLayout *layout, const GPtrArray *columns, GHashTable *seen,
                            GError **error)
{
    for (guint i = 0; i < columns->len; i++) {
        const SpLayoutColumn *column = columns->pdata[i];
        gboolean is_column = column->role != SP_ROLE_IGNORE && column->role != SP_ROLE_SPREAD;
        if (is_column && !g_hash_table_add(seen, column->name)) {
            return sp_error_set(
                error, SP_ERROR_CONFIG,
                "layout %s: two columns become \"%s\"; give one of them another `as`", layout->name,
                column->name);
        }
    }
    return TRUE;
}

/** [spread] has its columns, and its figure is the only one. */
static gboolean check_spread(const SpLayout *layout, GError **error)
{
    guint n_spread = count_role(layout, SP_ROLE_SPREAD);
    gboolean has_section = FALSE;
    guint n_figures = count_role(layout, SP_ROLE_MEASURE) + count_role(layout, SP_ROLE_VALUE);
    for (guint i = 0; i < layout->columns->len; i++) {
        has_section = has_section || ((const SpLayoutColumn *)layout->columns->pdata[i])->is_spread;
    }
    return (has_section ? n_spread > 0 && n_figures == 1 : n_spread == 0) ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "layout %s: %u columns of role spread and %s [spread]; the two go "
                        "together, and with no other measure",
                        layout->name, n_spread, has_section ? "a" : "no");
}

/** Groups stand beside their codes and nothing tells what is missing in them. */
static gboolean sums_groups(const SpLayoutColumn *column)
{
    for (guint i = 0; column->levels != NULL && i < column->levels->len; i++) {
        if (((const SpLayoutLevel *)column->levels->pdata[i])->kind == SP_LEVEL_GROUP) {
            return TRUE;
        }
    }
    return FALSE;
}

/** Only what adds up may be added. */
static gboolean check_sums(const SpLayout *layout, const GPtrArray *columns, GError **error)
{
    gboolean is_summed = layout->repeats == SP_SAME_SUM || layout->merged == SP_SAME_SUM;
    for (guint i = 0; i < layout->columns->len; i++) {
        is_summed |= sums_groups(layout->columns->pdata[i]);
    }
    for (guint i = 0; is_summed && i < columns->len; i++) {
        const SpLayoutColumn *column = columns->pdata[i];
        if (column->role == SP_ROLE_MEASURE && !column->is_additive) {
            return sp_error_set(
                error, SP_ERROR_CONFIG,
                "layout %s: with repeats = sum, merged = sum or levels = group=LIST, every "
                "measure is additive, and \"%s\" is not additive; say additive = "
                "yes if its parts sum to the whole, or leave them out",
                layout->name, column->name);
        }
    }
    return TRUE;
}

/** Columns of records stand within them; others have no place. */
static gboolean check_places(const SpLayout *layout, GError **error)
{
    guint n_placed = 0;
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *column = layout->columns->pdata[i];
        if ((column->from == 0) != (column->size == 0)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "layout %s: [column %s] has one of `from` and `size`; give both",
                                layout->name, column->source);
        }
        if (column->size > 0 &&
            (layout->record == 0 || column->from + column->size - 1 > layout->record)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "layout %s: [column %s] ends at character %u, beyond the record of "
                                "%u; correct its place, or [file] form and record",
                                layout->name, column->source, column->from + column->size - 1,
                                layout->record);
        }
        n_placed += column->size > 0;
    }
    return layout->record == 0 || n_placed > 0 ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "layout %s: [file] form = fixed, but no column has `from` and `size`",
                        layout->name);
}

static gboolean check_links(const SpLayout *layout, GError **error)
{
    const SpLayoutColumn *until =
        layout->links_until != NULL ? sp_layout_find(layout, layout->links_until) : NULL;
    return layout->links_until == NULL ||
           (until != NULL && until->role == SP_ROLE_TEXT &&
            count_role(layout, SP_ROLE_REGION) == 2 && count_role(layout, SP_ROLE_PERIOD) == 1) ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "layout %s: [table] links_until = %s: want a column of role text by that "
                        "name, two of role region and one of role period",
                        layout->name, layout->links_until);
}

/** What no single section can tell. */
static gboolean check_whole(const SpLayout *layout, GError **error)
{
    if (layout->table == NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "layout %s: [table] has no `name`; name the table that comes out",
                            layout->name);
    }
    if (layout->columns->len == 0) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "layout %s: no [column SOURCE-NAME]; name the columns of the source",
                            layout->name);
    }
    if (layout->persons != NULL) {
        g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
        return check_names(layout, layout->columns, names, error) &&
               check_names(layout, layout->constants, names, error) &&
               sp_layout_check_persons(layout, error);
    }
    guint n_contents = count_role(layout, SP_ROLE_CONTENTS);
    guint n_values = count_role(layout, SP_ROLE_VALUE);
    if (n_contents != n_values || n_contents > 1 ||
        (n_contents == 1) != (layout->measures->len > 0)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "layout %s: %u columns of role contents, %u of role value and %u "
                            "[measure CODE]; want one "
                            "of each role with at least one [measure CODE], or none at all",
                            layout->name, n_contents, n_values, layout->measures->len);
    }
    if (layout->exceptions->len > 0 &&
        (count_role(layout, SP_ROLE_PERIOD) == 0 || count_role(layout, SP_ROLE_REGION) == 0)) {
        return sp_error_set(
            error, SP_ERROR_CONFIG,
            "layout %s: an [exception NAME] needs columns of role region and period", layout->name);
    }
    if ((layout->provisional_from != NULL || layout->final_from != NULL) &&
        count_role(layout, SP_ROLE_PERIOD) == 0) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "layout %s: [table] has %s but no column has the role "
                            "period; leave the key out or give the period's column that role",
                            layout->name,
                            layout->provisional_from != NULL ? "provisional_from" : "final_from");
    }
    if (!check_spread(layout, error) || !check_sums(layout, layout->columns, error) ||
        !check_sums(layout, layout->measures, error) || !check_places(layout, error) ||
        !check_links(layout, error)) {
        return FALSE;
    }
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    return sp_layout_check_rows(layout, error) &&
           check_names(layout, layout->columns, seen, error) &&
           check_names(layout, layout->constants, seen, error) &&
           check_names(layout, layout->measures, seen, error);
}

static void column_free(gpointer data)
{
    SpLayoutColumn *column = data;
    g_free(column->source);
    g_free(column->name);
    g_free(column->cut);
    g_free(column->form);
    g_free(column->map);
    g_free(column->classification);
    g_free(column->unit);
    g_free(column->sign);
    g_free(column->code);
    g_free(column->band);
    g_clear_pointer(&column->levels, g_ptr_array_unref);
    g_free(column);
}

static void exception_free(gpointer data)
{
    SpLayoutException *exception = data;
    g_free(exception->region);
    g_free(exception->stands_for);
    g_free(exception->division);
    g_free(exception);
}

static SpLayout *layout_new(const char *name)
{
    SpLayout *layout = g_new0(SpLayout, 1);
    layout->name = g_strdup(name);
    layout->encoding = g_strdup("UTF-8");
    layout->delimiter = ',';
    layout->number = sp_number_plain;
    layout->header_rows = 1;
    layout->columns = g_ptr_array_new_with_free_func(column_free);
    layout->constants = g_ptr_array_new_with_free_func(column_free);
    layout->measures = g_ptr_array_new_with_free_func(column_free);
    layout->exceptions = g_ptr_array_new_with_free_func(exception_free);
    layout->filters = g_ptr_array_new_with_free_func((GDestroyNotify)sp_layout_filter_free);
    layout->flags = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    layout->missing = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    layout->empty = SP_MISSING;
    return layout;
}

static gboolean read_sections(SpLayout *layout, GKeyFile *file, GError **error)
{
    g_auto(GStrv) sections = g_key_file_get_groups(file, NULL);
    const SpLayoutReader persons = {.layout = layout->name, .file = file, .section = "persons"};
    if (g_key_file_has_group(file, "persons") && !sp_layout_read_persons(layout, &persons, error)) {
        return FALSE;
    }
    for (gsize i = 0; sections[i] != NULL; i++) {
        SpLayoutReader reader = {.layout = layout->name, .file = file, .section = sections[i]};
        if (!sp_layout_read_section(layout, &reader, error)) {
            return FALSE;
        }
    }
    return check_whole(layout, error);
}

SpLayout *sp_layout_parse(const char *name, const char *text, GError **error)
{
    g_autofree char *origin = g_strconcat("layout ", name, NULL);
    g_autoptr(GKeyFile) file = sp_config_parse(origin, text, error);
    if (file == NULL) {
        return NULL;
    }
    SpLayout *layout = layout_new(name);
    if (!read_sections(layout, file, error)) {
        sp_layout_free(layout);
        return NULL;
    }
    return layout;
}

void sp_layout_free(SpLayout *layout)
{
    if (layout == NULL) {
        return;
    }
    g_free(layout->name);
    g_free(layout->encoding);
    g_free(layout->table);
    g_free(layout->division);
    g_free(layout->provisional_from);
    g_free(layout->final_from);
    g_free(layout->links_until);
    g_ptr_array_unref(layout->columns);
    g_ptr_array_unref(layout->constants);
    g_ptr_array_unref(layout->measures);
    g_ptr_array_unref(layout->exceptions);
    g_ptr_array_unref(layout->filters);
    g_hash_table_unref(layout->flags);
    g_free(layout->sheet);
    g_free(layout->sheet_as);
    g_free(layout->questions);
    g_hash_table_unref(layout->missing);
    sp_layout_persons_free(layout->persons);
    g_free(layout);
}

gboolean sp_layout_reads_like(const SpLayout *a, const SpLayout *b)
{
    return strcmp(a->encoding, b->encoding) == 0 && a->delimiter == b->delimiter &&
           a->header_rows == b->header_rows && a->form == b->form && a->record == b->record &&
           g_strcmp0(a->sheet, b->sheet) == 0 && a->has_all_sheets == b->has_all_sheets &&
           g_strcmp0(a->sheet_as, b->sheet_as) == 0 && a->skip_rows == b->skip_rows &&
           a->ends_at_empty_row == b->ends_at_empty_row;
}

const SpLayoutColumn *sp_layout_find(const SpLayout *layout, const char *name)
{
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *column = layout->columns->pdata[i];
        if (column->role != SP_ROLE_IGNORE && column->role != SP_ROLE_SPREAD &&
            strcmp(column->name, name) == 0) {
            return column;
        }
    }
    return NULL;
}

const SpLayoutColumn *sp_layout_find_role(const SpLayout *layout, SpRole role)
{
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *column = layout->columns->pdata[i];
        if (column->role == role) {
            return column;
        }
    }
    return NULL;
}

static void add_once(GPtrArray *names, char *name)
{
    if (name != NULL && !g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL)) {
        g_ptr_array_add(names, name);
    }
}

guint sp_layout_rows_each(const SpLayout *layout)
{
    return MAX(count_role(layout, SP_ROLE_SPREAD), 1);
}

GPtrArray *sp_layout_needed_columns(const SpLayout *layout)
{
    GPtrArray *names = g_ptr_array_new();
    if (layout->persons != NULL) {
        add_once(names, layout->persons->key);
    }
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *column = layout->columns->pdata[i];
        if (column->role != SP_ROLE_IGNORE && !column->is_spread) {
            add_once(names, column->source);
            add_once(names, column->sign);
        }
    }
    for (guint i = 0; i < layout->filters->len; i++) {
        add_once(names, ((const SpLayoutFilter *)layout->filters->pdata[i])->source);
    }
    return names;
}

GPtrArray *sp_layout_code_lists(const SpLayout *layout)
{
    GPtrArray *names = g_ptr_array_new();
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *column = layout->columns->pdata[i];
        add_once(names, column->map);
        for (guint k = 0; column->levels != NULL && k < column->levels->len; k++) {
            const SpLayoutLevel *level = column->levels->pdata[k];
            add_once(names, level->kind == SP_LEVEL_GROUP ? level->code : NULL);
        }
    }
    return names;
}

gboolean sp_layout_find_missing(const SpLayout *layout, const char *text, gsize size,
                                SpStatus *status)
{
    while (size > 0 && g_ascii_isspace(text[0])) {
        text++;
        size--;
    }
    while (size > 0 && g_ascii_isspace(text[size - 1])) {
        size--;
    }
    if (size == 0) {
        *status = layout->empty;
        return TRUE;
    }
    char sign[SP_LAYOUT_SIGN_SIZE];
    if (size >= sizeof sign || memchr(text, '\0', size) != NULL) {
        return FALSE;
    }
    memcpy(sign, text, size);
    sign[size] = '\0';
    if (g_hash_table_size(layout->missing) == 0) {
        return sp_status_find(sign, status);
    }
    gpointer found = NULL;
    if (!g_hash_table_lookup_extended(layout->missing, sign, NULL, &found)) {
        return FALSE;
    }
    *status = (SpStatus)GPOINTER_TO_UINT(found);
    return TRUE;
}
