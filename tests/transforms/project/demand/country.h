/** Four kommuner with a past, users and staff, whose people grow and age unlike each other. */
#ifndef SP_TESTS_TRANSFORMS_PROJECT_DEMAND_COUNTRY_H
#define SP_TESTS_TRANSFORMS_PROJECT_DEMAND_COUNTRY_H

#include "small.h"

static const char *const kommuner[] = {"1101", "1103", "1505", "1506"};
enum { N = 4, BASE = 2024, LAST = 2030 };

/* People who grow by some a year and age unlike each other; a past of four years. */
static inline void add_people(SpTables *in, double growth)
{
    SpTable *facts = fixture_folkemengde(), *projected = fixture_folkemengde();
    SpTable *region = fixture_region(), *use = fixture_bruk();
    sp_table_set_name(projected, "framskriving_befolkning");
    for (guint i = 0; i < N; i++) {
        fixture_add_region(region, kommuner[i], i < 2 ? "11" : "15", "S3");
        for (int year = BASE - 4; year <= LAST; year++) {
            double size = 1000.0 * (i + 1) * (1 + growth * (year - BASE));
            double old = size * (0.1 + growth * (i + 1) * (year - BASE));
            for (guint sex = 0; sex < SP_N_SEXES; sex++) {
                const double persons[] = {size, old, old / 3};
                static const guint ages[] = {30, 70, 85};
                for (gsize band = 0; band < G_N_ELEMENTS(ages); band++) {
                    fixture_add_persons(year < BASE ? facts : projected, kommuner[i], sex,
                                        ages[band], year, sp_real(persons[band]));
                }
            }
        }
    }
    fixture_add_use(use, "hjemme", "0", "000", "066", 0.02);
    fixture_add_use(use, "hjemme", "0", "067", "105", 0.2);
    fixture_add_use(use, "inst", "0", "080", "105", 0.3);
    sp_tables_add(in, facts);
    sp_tables_add(in, projected);
    sp_tables_add(in, region);
    sp_tables_add(in, use);
}

/* Users and staff of 2021-2023 that differ between kommuner. */
static inline void add_figures(SpTables *in)
{
    static const char *const measures[] = {"hjemmebrukere", "instbrukere", NULL};
    g_autoptr(GPtrArray) users = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) staff = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < N; i++) {
        for (int year = BASE - 3; year < BASE; year++) {
            double size = i + 1.0, wave = 1 + 0.02 * ((year + (int)i) % 3);
            g_ptr_array_add(users, g_strdup_printf("%s %d-12-31 %.3f %.3f", kommuner[i], year,
                                                   100 * size * wave, 25 * size * (2 - wave)));
            g_ptr_array_add(staff, g_strdup_printf("%s omsorg SYK %d %.3f", kommuner[i], year,
                                                   40 * size * wave));
            g_ptr_array_add(staff, g_strdup_printf("%s omsorg HFA %d %.3f", kommuner[i], year,
                                                   70 * size * (1 + 0.1 * i)));
            g_ptr_array_add(staff,
                            g_strdup_printf("%s helse SYK %d %.3f", kommuner[i], year, size));
            g_ptr_array_add(staff, g_strdup_printf("%s helse HSY %d %.3f", kommuner[i], year,
                                                   i == 0 ? 0.0 : 2 * size));
        }
    }
    g_ptr_array_add(users, NULL);
    g_ptr_array_add(staff, NULL);
    sp_tables_add(in, small_table("brukere", "region period hjemmebrukere instbrukere", measures,
                                  (const char *const *)users->pdata));
    sp_tables_add(in, small_staff((const char *const *)staff->pdata));
}

static inline SpTables *country(double growth)
{
    SpTables *in = small_inputs();
    add_people(in, growth);
    add_figures(in);
    return in;
}

static inline SpTable *replace(SpTables *in, SpTable *table)
{
    sp_table_free(sp_tables_steal(in, sp_table_name(table)));
    sp_tables_add(in, table);
    return table;
}

/* What the rule of the program is, in the place of the constant one. */
static inline SpTables *country_by_rule(double growth)
{
    SpTables *in = country(growth);
    replace(in, config_growth());
    return in;
}

/* Nurses of care who have specialised are counted apart, 4 i times the size of kommune i: 80 in
 * all. */
static inline SpTables *country_with_parts(void)
{
    static const char *const professions[] = {"SYK SYK", "SSP SYK", "HFA HFA", "HSY HSY", NULL};
    static const char *const none[] = {NULL};
    static const char *const structure[] = {
        "hjemme SYK 0.625 0 0", "inst SYK 0.375 0 0",   "hjemme HFA 0.6 0 0",
        "inst HFA 0.4 0 0",     "hjemme SSP 0.625 0 0", "inst SSP 0.375 0 0",
        "hstj SYK 1 0 0",       "hstj HSY 1 0 0",       NULL};
    SpTables *in = country(0.01);
    replace(in, small_structure(structure));
    sp_tables_add(in, small_table("profesjoner", "profesjon helsemod", none, professions));
    SpTable *staff = sp_tables_find(in, "stab");
    for (guint i = 0; i < N; i++) {
        for (int year = BASE - 3; year < BASE; year++) {
            char period[16];
            gsize row = sp_table_add_row(staff);
            g_snprintf(period, sizeof period, "%d", year);
            const char *codes[] = {kommuner[i], "omsorg", "SSP", period};
            for (gsize c = 0; c < G_N_ELEMENTS(codes); c++) {
                sp_table_set_code(staff, row, c, codes[c]);
            }
            sp_table_set_real(staff, row, 4, sp_real(4.0 * i * (i + 1)));
        }
    }
    return in;
}

#endif
