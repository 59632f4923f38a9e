/* What a plain layout says of its rows: flags beside numbers, parts of regions, answers. */
#include "core/layout_read.h"

#include "core/error.h"

#include <string.h>

static const struct {
    const char *name;
    SpFlags flag;
} flag_names[] = {
    {"provisional", SP_FLAG_PROVISIONAL},
    {"modelled", SP_FLAG_MODELLED},
    {"carried_over", SP_FLAG_CARRIED_OVER},
    {"break_before", SP_FLAG_BREAK_BEFORE},
    {"stale", SP_FLAG_STALE},
};

/* Statistics Norway's signs beside a number: they say something of it, not that it is none. */
static const struct {
    const char *sign;
    SpFlags flag;
} flag_signs[] = {{"*", SP_FLAG_PROVISIONAL}, {"|", SP_FLAG_BREAK_BEFORE}};

gboolean sp_layout_read_flags(SpLayout *layout, const SpLayoutReader *reader, GError **error)
{
    g_auto(GStrv) keys = g_key_file_get_keys(reader->file, reader->section, NULL, NULL);
    for (char **key = keys; key != NULL && *key != NULL; key++) {
        g_autofree char *word = sp_layout_get(reader, *key);
        guint flag = 0;
        for (gsize i = 0; i < G_N_ELEMENTS(flag_names); i++) {
            flag |= strcmp(word, flag_names[i].name) == 0 ? (guint)flag_names[i].flag : 0;
        }
        if (flag == 0) {
            return sp_layout_set_wrong(reader, *key, word,
                                       "provisional, modelled, carried_over, break_before or stale",
                                       error);
        }
        g_hash_table_insert(layout->flags, g_utf8_strdown(*key, -1), GUINT_TO_POINTER(flag));
    }
    return TRUE;
}

guint8 sp_layout_flags_of(const SpLayout *layout, const char *text, gsize size)
{
    if (size >= SP_LAYOUT_SIGN_SIZE || !g_utf8_validate(text, (gssize)size, NULL)) {
        return 0;
    }
    g_autofree char *small = g_utf8_strdown(text, (gssize)size);
    g_strstrip(small);
    gpointer flag = NULL;
    if (g_hash_table_lookup_extended(layout->flags, small, NULL, &flag)) {
        return (guint8)GPOINTER_TO_UINT(flag);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(flag_signs); i++) {
        if (strcmp(small, flag_signs[i].sign) == 0) {
            return (guint8)flag_signs[i].flag;
        }
    }
    return 0;
}

gboolean sp_layout_read_answers(SpLayout *layout, const SpLayoutReader *reader, GError **error)
{
    layout->questions = sp_layout_get(reader, "questions");
    if (layout->questions == NULL || !sp_layout_is_list_name(layout->questions)) {
        return sp_layout_set_wrong(reader, "questions",
                                   layout->questions != NULL ? layout->questions : "",
                                   "the name of a file in config, without path and .csv", error);
    }
    return sp_layout_check_keys(reader, "questions", error);
}

static gboolean has_column(const SpLayout *layout, const char *source)
{
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *column = layout->columns->pdata[i];
        if (strcmp(column->source, source) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

gboolean sp_layout_check_rows(const SpLayout *layout, GError **error)
{
    guint n_parts = 0;
    gboolean has_period = sp_layout_find_role(layout, SP_ROLE_PERIOD) != NULL;
    gboolean has_region = sp_layout_find_role(layout, SP_ROLE_REGION) != NULL;
    for (guint i = 0; i < layout->columns->len; i++) {
        const SpLayoutColumn *column = layout->columns->pdata[i];
        n_parts += column->role == SP_ROLE_PART ? 1 : 0;
        if (column->role == SP_ROLE_PART && column->map == NULL) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "layout %s: [column %s] of role part needs `map`: a list with the "
                                "columns from, to, region",
                                layout->name, column->source);
        }
    }
    if (n_parts > 1 || (n_parts == 1 && !has_region)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "layout %s: one column of role part, and one of role region with it",
                            layout->name);
    }
    if (layout->questions != NULL && (!has_period || !has_region)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "layout %s: [answers] needs columns of role region and period",
                            layout->name);
    }
    return layout->sheet_as == NULL || has_column(layout, layout->sheet_as) ||
           sp_error_set(error, SP_ERROR_CONFIG,
                        "layout %s: sheet_as is \"%s\", which is no [column %s]; add one",
                        layout->name, layout->sheet_as, layout->sheet_as);
}
