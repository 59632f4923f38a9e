/* Lines of `kryss`. */
#include "transforms/audit/told.h"

#include "core/regions.h"

#include <string.h>

typedef struct {
    gboolean is_of_kommuner;
    GHashTable *codes; /* char* column -> char** codes; none listed: all */
} Line;

struct SpTold {
    char *const *columns;
    gsize n;
    gsize region; /* its place among the columns; n: there is none */
    GPtrArray *lines;
};

static void line_free(gpointer data)
{
    Line *line = data;
    g_hash_table_unref(line->codes);
    g_free(line);
}

static Line *line_read(const char *kind, const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    Line *line = g_new(Line, 1);
    *line =
        (Line){strcmp(kind, "kommune") == 0,
               g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_strfreev)};
    for (char **word = words; *word != NULL; word++) {
        const char *equals = strchr(*word, '=');
        g_hash_table_insert(line->codes,
                            equals != NULL ? g_strndup(*word, (gsize)(equals - *word))
                                           : g_strdup(*word),
                            g_strsplit(equals != NULL ? equals + 1 : "", "|", -1));
    }
    return line;
}

SpTold *sp_told_new(const SpTable *kryss, const char *table, char *const columns[], gsize n,
                    GError **error)
{
    static const char *const names[] = {"tabell", "slag", "kolonner"};
    gsize at[G_N_ELEMENTS(names)];
    g_autoptr(SpTold) told = g_new(SpTold, 1);
    *told = (SpTold){.columns = columns,
                     .n = n,
                     .region = sp_codes_place(columns, n, "region"),
                     .lines = g_ptr_array_new_with_free_func(line_free)};
    if (kryss != NULL &&
        !sp_table_need_all(kryss, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, at, error)) {
        return NULL;
    }
    for (gsize row = 0; kryss != NULL && row < sp_table_n_rows(kryss); row++) {
        if (strcmp(sp_table_code(kryss, row, at[0]), table) == 0) {
            g_ptr_array_add(told->lines, line_read(sp_table_code(kryss, row, at[1]),
                                                   sp_table_code(kryss, row, at[2])));
        }
    }
    return g_steal_pointer(&told);
}

void sp_told_free(SpTold *told)
{
    if (told != NULL) {
        g_ptr_array_unref(told->lines);
        g_free(told);
    }
}

static gboolean allows(const SpTold *told, const Line *line, const char *const codes[])
{
    for (gsize i = 0; i < told->n; i++) {
        const char *const *listed = g_hash_table_lookup(line->codes, told->columns[i]);
        if (i != told->region && codes[i] != NULL &&
            (listed == NULL || (*listed != NULL && !g_strv_contains(listed, codes[i])))) {
            return FALSE;
        }
    }
    return TRUE;
}

gboolean sp_told_has(const SpTold *told, const char *const codes[])
{
    const char *region = told->region < told->n ? codes[told->region] : NULL;
    const SpRegionKind kind = region != NULL ? sp_region_kind(region) : SP_REGION_COUNTRY;
    gboolean is_named = FALSE;
    for (guint i = 0; i < told->lines->len; i++) {
        const Line *line = told->lines->pdata[i];
        if (kind == (line->is_of_kommuner ? SP_REGION_KOMMUNE : SP_REGION_FYLKE)) {
            is_named = TRUE;
            if (allows(told, line, codes)) {
                return TRUE;
            }
        }
    }
    return !is_named;
}
