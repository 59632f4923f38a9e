/* Page one: chosen by transforms/headline, worded by outputs/sentences. */
#include "pipeline/firstpage.h"

#include "core/table_rows.h"
#include "outputs/sentences.h"
#include "pipeline/catalogue.h"
#include "pipeline/own_tables.h"
#include "transforms/headline/headline.h"

#include <string.h>

enum { MOST_KOMMUNER = 1000 };

/* One more row for each dataset behind a table that the new one reads, each once. */
static void add_origins(SpTable *origins, const SpTable *from, const char *name,
                        const char *const *reads)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    const gsize table = sp_table_find(from, "tabell");
    const gsize source = sp_table_find(from, "kilde");
    for (gsize row = 0; row < sp_table_n_rows(from); row++) {
        const char *code = sp_table_code(from, row, source);
        if (g_strv_contains(reads, sp_table_code(from, row, table)) &&
            g_hash_table_add(seen, (gpointer)code)) {
            const gsize added = sp_table_add_row(origins);
            sp_table_set_code(origins, added, table, name);
            sp_table_set_code(origins, added, source, code);
        }
    }
}

/* The tables that the rules name. g_strfreev. */
static char **tables_of(const SpTable *rules)
{
    const gsize column = sp_table_find(rules, "tabeller");
    g_autoptr(GString) all = g_string_new(NULL);
    for (gsize row = 0; column != SP_NO_COLUMN && row < sp_table_n_rows(rules); row++) {
        g_string_append_printf(all, "%s ", sp_table_code(rules, row, column));
    }
    return g_strsplit(all->str, " ", -1);
}

static SpTable *origins_new(const SpTable *from, const SpTable *rules)
{
    if (from == NULL) {
        return NULL;
    }
    g_auto(GStrv) reads = tables_of(rules);
    SpTable *origins = sp_table_copy(from);
    add_origins(origins, from, "noekkelsetninger", (const char *const *)reads);
    add_origins(origins, from, "noekkelsetninger_tall", (const char *const *)reads);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (const SpPageOneReads *one = sp_barometer_reads; one->table != NULL; one++) {
        g_ptr_array_add(names, (gpointer)one->table);
    }
    g_ptr_array_add(names, NULL);
    add_origins(origins, from, "barometer", (const char *const *)names->pdata);
    sp_table_sort(origins);
    return origins;
}

static SpTable *read_file(const SpUnit *unit, const char *file, GError **error)
{
    return sp_catalogue_read(sp_unit_input(unit, SP_INPUT_FILE, file)->path, file, NULL, error);
}

/* What page one is made of besides the package's own: large tables have the rows that it looks at,
 * and those of which it looks at all are shared by all packages. */
static SpTables *read_edition(const SpUnit *unit, const SpTable *rules, GError **error)
{
    g_autoptr(GArray) reads = sp_page_one_reads(rules, error);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint i = 0; reads != NULL && i < reads->len; i++) {
        const SpPageOneReads *one = &g_array_index(reads, SpPageOneReads, i);
        if (!one->has_all) {
            g_ptr_array_add(names, (gpointer)one->table);
        }
    }
    g_ptr_array_add(names, NULL);
    g_autoptr(SpTables) tables =
        reads != NULL ? sp_own_neighbours(unit, (const char *const *)names->pdata, error) : NULL;
    for (guint i = 0; tables != NULL && i < reads->len; i++) {
        const SpPageOneReads *one = &g_array_index(reads, SpPageOneReads, i);
        g_autoptr(GError) failure = NULL;
        const SpTable *table =
            one->has_all ? sp_unit_read_table(unit, "protect", "utgave", one->table, &failure)
                         : NULL;
        if (failure != NULL) {
            g_propagate_error(error, g_steal_pointer(&failure));
            return NULL;
        }
        if (table != NULL) {
            sp_tables_add(tables, sp_table_share(table));
        }
    }
    return g_steal_pointer(&tables);
}

SpTables *sp_first_page_new(SpUnit *unit, const SpPackage *package, SpTables *own,
                            SpTable **origins, GError **error)
{
    gint64 least = 0;
    SpPageOne headline = {.region = package->region,
                          .own = own,
                          .regions = package->regions,
                          .indicators = package->indicators};
    g_autoptr(SpTable) rules = read_file(unit, SP_FIRST_PAGE_RULES, error);
    g_autoptr(SpTable) chosen =
        rules != NULL ? read_file(unit, SP_FIRST_PAGE_BAROMETER, error) : NULL;
    g_autoptr(SpWords) words = chosen != NULL ? sp_words_new(package, error) : NULL;
    g_autoptr(SpTable) sentences = NULL;
    g_autoptr(SpTable) figures = NULL;
    g_autoptr(SpTables) edition = words != NULL ? read_edition(unit, rules, error) : NULL;
    if (edition == NULL || !sp_settings_int(unit->settings, SP_FIRST_PAGE_LEAST_KEY, 2,
                                            MOST_KOMMUNER, &least, error)) {
        return NULL;
    }
    const gboolean is_day = sp_day_parse(sp_words_edition_day(words), &headline.day);
    g_assert(is_day); /* sp_words_new has checked it */
    headline.edition = edition;
    headline.rules = rules;
    headline.barometer = chosen;
    headline.least_members = (gsize)least;
    if (!sp_page_one_sentences(&headline, &sentences, &figures, error) ||
        !sp_sentences_write(words, sentences, figures, error)) {
        return NULL;
    }
    g_autoptr(SpTable) barometer = sp_page_one_barometer(&headline, error);
    if (barometer == NULL) {
        return NULL;
    }
    SpTables *tables = sp_tables_new();
    sp_tables_add(tables, g_steal_pointer(&sentences));
    sp_tables_add(tables, g_steal_pointer(&figures));
    sp_tables_add(tables, g_steal_pointer(&barometer));
    while (sp_tables_size(own) > 0) {
        sp_tables_add(tables, sp_tables_steal(own, sp_table_name(sp_tables_at(own, 0))));
    }
    *origins = origins_new(package->origins, rules);
    return tables;
}
