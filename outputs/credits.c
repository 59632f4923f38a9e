/* Sources and licences of a package. */
#include "outputs/credits.h"

#include "core/error.h"

#include <string.h>

/* TRUE when a table comes from a source; NULL, the package, comes from all. */
static gboolean is_origin(const SpTable *origins, const char *table, const char *source)
{
    guint32 of = 0;
    guint32 from = 0;
    if (table == NULL || origins == NULL ||
        !sp_codes_find(sp_table_codes(origins, 0), table, &of) ||
        !sp_codes_find(sp_table_codes(origins, 1), source, &from)) {
        return table == NULL;
    }
    const guint32 *tables = sp_table_code_numbers_const(origins, 0);
    const guint32 *sources = sp_table_code_numbers_const(origins, 1);
    for (gsize row = 0; row < sp_table_n_rows(origins); row++) {
        if (tables[row] == of && sources[row] == from) {
            return TRUE;
        }
    }
    return FALSE;
}

static const char *text_at(const SpTable *table, gsize row, const char *column)
{
    gsize number = sp_table_find(table, column);
    return number != SP_NO_COLUMN ? sp_table_code(table, row, number) : "";
}

GArray *sp_credits_sources(const SpPackage *package, const char *table)
{
    const SpTable *all = sp_tables_find(package->tables, "kilder");
    GArray *sources = g_array_new(FALSE, FALSE, sizeof(SpSource));
    for (gsize row = 0; all != NULL && row < sp_table_n_rows(all); row++) {
        const SpSource source = {.id = text_at(all, row, "kilde"),
                                 .title = text_at(all, row, "tittel"),
                                 .publisher = text_at(all, row, "utgiver"),
                                 .licence = text_at(all, row, "lisens"),
                                 .page = text_at(all, row, "side"),
                                 .updated = text_at(all, row, "oppdatert")};
        if (is_origin(package->origins, table, source.id)) {
            g_array_append_val(sources, source);
        }
    }
    return sources;
}

GArray *sp_credits_terms(const SpPackage *package, const char *table)
{
    g_autoptr(GArray) sources = sp_credits_sources(package, table);
    GArray *terms = g_array_new(FALSE, FALSE, sizeof(SpSource));
    for (guint i = 0; i < sources->len; i++) {
        const SpSource *is = &g_array_index(sources, SpSource, i);
        gboolean is_new = is->licence[0] != '\0';
        for (guint j = 0; is_new && j < terms->len; j++) {
            is_new = strcmp(g_array_index(terms, SpSource, j).licence, is->licence) != 0;
        }
        if (is_new) {
            g_array_append_val(terms, *is);
        }
    }
    return terms;
}

char *sp_credits_code(const char *licence)
{
    return g_strdelimit(g_strdup(licence), " ", '-');
}

static void clear_licence(gpointer data)
{
    SpLicence *licence = data;
    g_free(licence->name);
}

GArray *sp_credits_licences(const SpWords *words, const SpSettings *settings, GError **error)
{
    g_auto(GStrv) names = sp_settings_list(settings, "package.licences", error);
    g_autoptr(GArray) licences = g_array_new(FALSE, FALSE, sizeof(SpLicence));
    g_array_set_clear_func(licences, clear_licence);
    for (gsize i = 0; names != NULL && names[i] != NULL; i++) {
        SpLicence licence = {.title = sp_words_find(words, "licence.", names[i], ""),
                             .page = sp_words_find(words, "licence.", names[i], ".url")};
        if (licence.title == NULL || licence.page == NULL) {
            sp_error_set(
                error, SP_ERROR_CONFIG,
                "package.licences: \"%s\" has no texts licence.%s and licence.%s.url; add them to "
                "config/texts.csv",
                names[i], names[i], names[i]);
            return NULL;
        }
        licence.name = g_strdup(names[i]);
        g_array_append_val(licences, licence);
    }
    return names != NULL ? g_steal_pointer(&licences) : NULL;
}
