/** A country of a few kommuner, services and professions, whose demand can be computed by hand. */
#ifndef SP_TESTS_TRANSFORMS_PROJECT_DEMAND_SMALL_H
#define SP_TESTS_TRANSFORMS_PROJECT_DEMAND_SMALL_H

#include "config.h"

#include "transforms/project/demand/model.h"

/** Text of a code table: columns parted by blanks, "_" is empty; those of `measures` are
 * figures. */
static inline SpTable *small_table(const char *name, const char *columns,
                                   const char *const measures[], const char *const rows[])
{
    SpTable *table = sp_table_new(name, NULL, 0);
    g_auto(GStrv) names = g_strsplit(columns, " ", -1);
    for (gsize i = 0; names[i] != NULL; i++) {
        gboolean is_measure = g_strv_contains(measures, names[i]);
        sp_table_add_column(table,
                            &(SpColumn){.name = names[i],
                                        .kind = is_measure ? SP_COLUMN_MEASURE : SP_COLUMN_CODE,
                                        .is_key = !is_measure});
    }
    for (gsize line = 0; rows[line] != NULL; line++) {
        g_auto(GStrv) cells = g_strsplit(rows[line], " ", -1);
        assert_int_equal(g_strv_length(cells), g_strv_length(names));
        gsize row = sp_table_add_row(table);
        for (gsize i = 0; cells[i] != NULL; i++) {
            if (sp_table_column(table, i)->kind == SP_COLUMN_CODE) {
                sp_table_set_code(table, row, i, strcmp(cells[i], "_") == 0 ? "" : cells[i]);
            } else if (strcmp(cells[i], ":") == 0) {
                sp_table_set_real(table, row, i, sp_real_none(SP_SUPPRESSED));
            } else if (strcmp(cells[i], "_") != 0) {
                sp_table_set_real(table, row, i, sp_real(fixture_number(cells[i])));
            }
        }
    }
    return table;
}

static inline SpTable *small_services(const char *const rows[])
{
    static const char *const none[] = {NULL};
    return small_table("tjenester",
                       "tjeneste omraade funksjoner driver tabell maal maal_80p alder sunn_aldring "
                       "familieomsorg vertsord",
                       none, rows);
}

static inline SpTable *small_structure(const char *const rows[])
{
    static const char *const measures[] = {"vekt", "trend", "trend_til", NULL};
    return small_table("struktur", "tjeneste profesjon vekt trend trend_til", measures, rows);
}

static inline SpTable *small_sources(const char *const rows[])
{
    static const char *const none[] = {NULL};
    return small_table("bemanning_kilder",
                       "omraade rekke tabell maal yrke profesjon utvalg fratrekk", none, rows);
}

static inline SpTable *small_floors(const char *const rows[])
{
    static const char *const measures[] = {"minst", NULL};
    return small_table("lovkrav", "profesjon per minst fra", measures, rows);
}

/** A constant rule: no drift, use by age as it is; levels as they stand from year to year. */
static inline SpTable *small_growth(void)
{
    static const char *const measures[] = {"drift",   "drift_sd",   "steg_sd", "dempning",
                                           "aldring", "aldring_sd", "beholdt", NULL};
    static const char *const rows[] = {"bruk * 0 1e-9 0.02 0.9 1 1e-9 1",
                                       "aarsverk * 0 1e-9 0.02 0.9 1 1e-9 1",
                                       "andel * 0 1e-9 0.02 0.9 1 1e-9 1", NULL};
    return small_table("utvikling",
                       "slag navn drift drift_sd steg_sd dempning aldring aldring_sd beholdt",
                       measures, rows);
}

/** A service with users by age and one that follows children, in two areas; two professions. */
static inline SpTables *small_inputs(void)
{
    static const char *const services[] = {
        "hjemme omsorg 254 brukere brukere hjemmebrukere _ _ ja ja _",
        "inst omsorg 253 brukere brukere instbrukere _ _ ja ja _",
        "hstj helse 232 personer _ _ _ 000-066:1 nei nei jordmor", NULL};
    static const char *const structure[] = {"hjemme SYK 0.625 0 0",
                                            "inst SYK 0.375 0 0",
                                            "hjemme HFA 0.6 0 0",
                                            "inst HFA 0.4 0 0",
                                            "hstj SYK 1 0 0",
                                            "hstj HSY 1 0 0",
                                            NULL};
    static const char *const sources[] = {"omsorg 1 stab aarsverk yrke _ omraade=omsorg _",
                                          "helse 1 stab aarsverk yrke _ omraade=helse _", NULL};
    static const char *const no_floors[] = {NULL};
    SpTables *in = sp_tables_new();
    sp_tables_add(in, small_services(services));
    sp_tables_add(in, small_structure(structure));
    sp_tables_add(in, small_sources(sources));
    sp_tables_add(in, small_floors(no_floors));
    sp_tables_add(in, small_growth());
    return in;
}

static inline SpTable *small_staff(const char *const rows[])
{
    static const char *const measures[] = {"aarsverk", NULL};
    return small_table("stab", "region omraade yrke period aarsverk", measures, rows);
}

static inline SpDemandPaths *small_model(const SpTables *in, const SpDemandOptions *options)
{
    SpDemandOptions reference;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(GError) error = NULL;
    sp_demand_options_init(&reference);
    SpDemandPaths *paths =
        sp_demand_model_new(in, options == NULL ? &reference : options, quality, &error);
    assert_no_error(error);
    return paths;
}

/** Number of a name, which must be there. */
static inline gsize small_find(char *const names[], const char *name)
{
    gsize i = 0;
    while (names[i] != NULL && strcmp(names[i], name) != 0) {
        i++;
    }
    assert_non_null(names[i]);
    return i;
}

/** Årsverk of a kommune and profession on a day, over all services. */
static inline double small_need(const SpDemandPaths *paths, SpNeed basis, const char *kommune,
                                const char *profession, gsize day)
{
    double sum = 0;
    gsize u = small_find(paths->kommuner, kommune), g = small_find(paths->professions, profession);
    for (gsize k = 0; k < paths->n_services; k++) {
        sum += sp_demand_need(paths, basis, u, k, g)[day];
    }
    return sum;
}

#endif
