/* Links between code lists of professions. */
#include "transforms/normalise/links.h"

#include "core/error.h"
#include "core/table_rows.h"

#include <string.h>

#define FILE_NAME "profesjon_lenker.csv"

static const char *const bases[] = {"sett", "husket", NULL};

static gboolean set_wrong(gsize row, const char *column, const char *text, const char *wanted,
                          GError **error)
{
    return sp_error_set(error, SP_ERROR_CONFIG,
                        "config/%s: row %" G_GSIZE_FORMAT ": %s \"%s\": want %s", FILE_NAME,
                        row + 2, column, text, wanted);
}

enum { PROFESJON, KLASSIFIKASJON, KODE, GRUNNLAG, N_LINK };
static const char *const link_columns[N_LINK] = {"profesjon", "klassifikasjon", "kode", "grunnlag"};

/* What a link may name. */
typedef struct {
    const SpTableIndex *professions;
    const SpTableIndex *classifications;
} Known;

static gboolean find_links(const SpTable *links, gsize columns[N_LINK], GError **error)
{
    return sp_table_need_all(links, link_columns, N_LINK, SP_COLUMN_CODE, columns, error);
}

static gboolean check_link(const SpTable *links, const gsize columns[N_LINK], gsize row,
                           const Known *known, GHashTable *seen, GError **error)
{
    const char *texts[N_LINK];
    gsize found = 0;
    for (gsize i = 0; i < N_LINK; i++) {
        texts[i] = sp_table_code(links, row, columns[i]);
    }
    if (!sp_table_index_find(known->professions, &texts[PROFESJON], &found)) {
        return set_wrong(row, "profesjon", texts[PROFESJON], "an id of config/profesjoner.csv",
                         error);
    }
    if (!sp_table_index_find(known->classifications, &texts[KLASSIFIKASJON], &found)) {
        return set_wrong(row, "klassifikasjon", texts[KLASSIFIKASJON],
                         "one of config/profesjon_klassifikasjoner.csv", error);
    }
    if (*texts[KODE] == '\0') {
        return set_wrong(row, "kode", "", "a code", error);
    }
    if (!g_strv_contains(bases, texts[GRUNNLAG])) {
        return set_wrong(row, "grunnlag", texts[GRUNNLAG], "sett or husket", error);
    }
    if (!g_hash_table_add(
            seen, g_strjoin("\x1f", texts[PROFESJON], texts[KLASSIFIKASJON], texts[KODE], NULL))) {
        return set_wrong(row, "kode", texts[KODE], "each link once", error);
    }
    return TRUE;
}

gboolean sp_links_check(const SpTable *links, const SpTable *classifications,
                        const SpTable *professions, GError **error)
{
    gsize columns[N_LINK];
    gsize id = 0;
    gsize name = 0;
    if (!find_links(links, columns, error) ||
        !sp_table_need(classifications, "klassifikasjon", SP_COLUMN_CODE, &name, error) ||
        !sp_table_need(professions, "profesjon", SP_COLUMN_CODE, &id, error)) {
        return FALSE;
    }
    g_autoptr(SpTableIndex) of_ids = sp_table_index_new(professions, &id, 1);
    g_autoptr(SpTableIndex) of_names = sp_table_index_new(classifications, &name, 1);
    const Known known = {.professions = of_ids, .classifications = of_names};
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize row = 0; row < sp_table_n_rows(links); row++) {
        if (!check_link(links, columns, row, &known, seen, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

GPtrArray *sp_links_professions(const SpTable *links, const char *classification, const char *code)
{
    gsize columns[N_LINK];
    GPtrArray *found = g_ptr_array_new();
    if (!find_links(links, columns, NULL)) {
        return found;
    }
    for (gsize row = 0; row < sp_table_n_rows(links); row++) {
        if (strcmp(sp_table_code(links, row, columns[KLASSIFIKASJON]), classification) == 0 &&
            strcmp(sp_table_code(links, row, columns[KODE]), code) == 0) {
            g_ptr_array_add(found, (gpointer)sp_table_code(links, row, columns[PROFESJON]));
        }
    }
    return found;
}

static guint note_column(const SpTable *links, const SpTable *facts, gsize column,
                         const char *classification, SpQuality *quality)
{
    const SpCodes *codes = sp_table_codes(facts, column);
    g_autofree gboolean *is_used = sp_table_used_codes(facts, column);
    guint n = 0;
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        const char *code = sp_codes_text(codes, i);
        g_autoptr(GPtrArray) found =
            is_used[i] ? sp_links_professions(links, classification, code) : NULL;
        if (found != NULL && found->len == 0) {
            g_autofree char *subject =
                g_strdup_printf("%s %s", sp_table_column(facts, column)->name, code);
            sp_quality_note(quality, "unlinked_code", subject, 0,
                            "no profession has this code of %s; add it to "
                            "config/profesjon_lenker.csv, to annet if it is none of ours",
                            classification);
            n++;
        }
    }
    return n;
}

guint sp_links_note_unknown(const SpTable *links, const SpTable *classifications,
                            const SpTable *facts, SpQuality *quality)
{
    guint n = 0;
    gsize name = sp_table_find(classifications, "klassifikasjon");
    g_autoptr(SpTableIndex) known = sp_table_index_new(classifications, &name, 1);
    for (gsize column = 0; column < sp_table_n_columns(facts); column++) {
        const SpColumn *is = sp_table_column(facts, column);
        const char *classification = is->classification;
        gsize found = 0;
        if (is->kind == SP_COLUMN_CODE && is->is_key && classification != NULL &&
            sp_table_index_find(known, &classification, &found)) {
            n += note_column(links, facts, column, is->classification, quality);
        }
    }
    return n;
}
