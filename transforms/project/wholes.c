/* Wholes and parts. */
#include "transforms/project/wholes.h"

guint *sp_profession_wholes(const SpTable *professions, const char *const ids[], gsize n,
                            GError **error)
{
    gsize id, group;
    g_autofree guint *whole = g_new(guint, n + 1);
    for (gsize i = 0; i < n; i++) {
        whole[i] = (guint)i;
    }
    if (professions == NULL) {
        return g_steal_pointer(&whole);
    }
    if (!sp_table_need(professions, "profesjon", SP_COLUMN_CODE, &id, error) ||
        !sp_table_need(professions, "helsemod", SP_COLUMN_CODE, &group, error)) {
        return NULL;
    }
    for (gsize row = 0; row < sp_table_n_rows(professions); row++) {
        gsize part = sp_codes_place((char *const *)ids, n, sp_table_code(professions, row, id));
        gsize of = sp_codes_place((char *const *)ids, n, sp_table_code(professions, row, group));
        if (part < n && of < n) {
            whole[part] = (guint)of;
        }
    }
    return g_steal_pointer(&whole);
}

char *sp_profession_codes(const char *const ids[], const guint whole[], gsize n, gsize profession)
{
    GString *codes = g_string_new(ids[profession]);
    for (gsize i = 0; i < n; i++) {
        if (i != profession && whole[i] == profession) {
            g_string_append_printf(codes, "/%s", ids[i]);
        }
    }
    return g_string_free(codes, FALSE);
}
