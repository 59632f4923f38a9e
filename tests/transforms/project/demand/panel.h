/** The shared panel of kommuner 2015-2022 beside the population of table 07459: what the rule of
 * demand is judged on, with what was known at a base alone. */
#ifndef SP_TESTS_TRANSFORMS_PROJECT_DEMAND_PANEL_H
#define SP_TESTS_TRANSFORMS_PROJECT_DEMAND_PANEL_H

#include "tests/transforms/project/population/country.h"

#include "transforms/project/demand/series.h"
#include "transforms/project/population/population.h"

#include <math.h>

/* The population by age begins on 1 January 2017: the end of 2016. */
enum { PANEL_FIRST = 2016, PANEL_LAST = 2022, PANEL_N_YEARS = PANEL_LAST - PANEL_FIRST + 1 };
enum { PANEL_USERS, PANEL_INSTITUTION, PANEL_NURSES, PANEL_N_SERIES };
enum { PANEL_N_BANDS = 4 }; /* ages of the published tables of use */

static const guint panel_bands[PANEL_N_BANDS][2] = {{0, 66}, {67, 79}, {80, 89}, {90, 105}};

typedef struct {
    GPtrArray *codes; /* char*, byte order: kommuner with people throughout */
    gsize n;
    guint32 *centrality; /* [n] */
    gsize n_classes;
    /* [n][PANEL_N_YEARS] by series; persons of the following 1 January by band. */
    double *figure[PANEL_N_SERIES];
    gboolean *is_seen[PANEL_N_SERIES];
    double *elderly[PANEL_N_SERIES]; /* users aged 80 or older, 0 where not known */
    double *persons[PANEL_N_BANDS];
    double use[PANEL_N_SERIES][PANEL_N_BANDS]; /* published use by age before the panel */
} Panel;

static inline double panel_hmd(const SpTable *deaths, int year, guint from, guint to)
{
    double sum = 0;
    g_autofree char *code = g_strdup_printf("%d", year);
    for (gsize row = 0; row < sp_table_n_rows(deaths); row++) {
        guint age = (guint)fixture_number(sp_table_code(deaths, row, 1));
        if (age >= from && (age <= to || to == 105) &&
            strcmp(sp_table_code(deaths, row, 2), code) == 0) {
            sum += sp_table_real(deaths, row, 3).value;
        }
    }
    return sum;
}

/* Users by age of the last table that was published by age (2008, 2010), over the mean people of
   its year. Nurses: half of them with the users of home services and half in institutions
   (antatt). */
static inline void panel_read_use(Panel *panel, const char *shared, const SpTable *deaths)
{
    static const struct {
        const char *path;
        int year;
    } sources[] = {{"helsemod/home_care_users_by_age.csv", 2008},
                   {"helsemod/institution_residents_by_age.csv", 2010}};
    for (guint series = 0; series < 2; series++) {
        g_autoptr(GPtrArray) rows = fixture_rows(shared, sources[series].path);
        for (guint i = 0; i < rows->len; i++) {
            char **row = rows->pdata[i];
            if ((int)fixture_number(row[0]) == sources[series].year) {
                for (guint band = 0; band < PANEL_N_BANDS; band++) {
                    panel->use[series][band] =
                        fixture_number(row[2 + band]) / panel_hmd(deaths, sources[series].year,
                                                                  panel_bands[band][0],
                                                                  panel_bands[band][1]);
                }
            }
        }
    }
}

static inline gsize panel_find(const Panel *panel, const char *code)
{
    for (gsize i = 0; i < panel->n; i++) {
        if (strcmp(panel->codes->pdata[i], code) == 0) {
            return i;
        }
    }
    return panel->n;
}

static inline void panel_read_figures(Panel *panel, const char *shared)
{
    static const guint column[PANEL_N_SERIES] = {4, 7, 9}, elderly[PANEL_N_SERIES] = {5, 8, 0};
    g_autoptr(GPtrArray) rows = fixture_rows(shared, "ssb-panel-kommuner/panel_2015_2022.csv");
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        gsize kommune = panel_find(panel, row[0]);
        int year = (int)fixture_number(row[1]);
        if (kommune == panel->n || year < PANEL_FIRST) {
            continue;
        }
        gsize at = kommune * PANEL_N_YEARS + (gsize)(year - PANEL_FIRST);
        for (guint series = 0; series < PANEL_N_SERIES; series++) {
            if (*row[column[series]] != '\0') {
                panel->figure[series][at] = fixture_number(row[column[series]]);
                panel->is_seen[series][at] = TRUE;
                if (elderly[series] != 0 && *row[elderly[series]] != '\0') {
                    panel->elderly[series][at] = fixture_number(row[elderly[series]]);
                }
            }
        }
    }
}

static inline Panel *panel_new(const SpTables *in, const char *shared)
{
    Panel *panel = g_new0(Panel, 1);
    const SpTable *population = sp_tables_find(in, "folkemengde");
    panel->codes = g_ptr_array_new();
    g_autoptr(GHashTable) people = country_band(population, COUNTRY_LAST, 0, 105);
    g_autoptr(GList) codes = g_list_sort(g_hash_table_get_keys(people), (GCompareFunc)strcmp);
    for (GList *each = codes; each != NULL; each = each->next) {
        /* The codes live as long as the table's dictionary. */
        guint32 number;
        const SpCodes *dictionary = sp_table_codes(population, 0);
        assert_true(sp_codes_find(dictionary, each->data, &number));
        g_ptr_array_add(panel->codes, (gpointer)sp_codes_text(dictionary, number));
    }
    panel->n = panel->codes->len;
    gsize n_cells = panel->n * PANEL_N_YEARS;
    for (guint series = 0; series < PANEL_N_SERIES; series++) {
        panel->figure[series] = g_new0(double, n_cells);
        panel->is_seen[series] = g_new0(gboolean, n_cells);
        panel->elderly[series] = g_new0(double, n_cells);
    }
    for (guint band = 0; band < PANEL_N_BANDS; band++) {
        panel->persons[band] = g_new0(double, n_cells);
        for (gsize year = 0; year < PANEL_N_YEARS; year++) {
            g_autoptr(GHashTable) sums = country_band(population, PANEL_FIRST + (int)year + 1,
                                                      panel_bands[band][0], panel_bands[band][1]);
            for (gsize i = 0; i < panel->n; i++) {
                const double *sum = g_hash_table_lookup(sums, panel->codes->pdata[i]);
                panel->persons[band][i * PANEL_N_YEARS + year] = sum == NULL ? 0.0 : *sum;
            }
        }
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(SpPlaces) places = sp_places_new(
        sp_tables_find(in, "region"), (const char *const *)panel->codes->pdata, panel->n, &error);
    assert_no_error(error);
    panel->centrality = g_memdup2(places->centrality, panel->n * sizeof *places->centrality);
    panel->n_classes = sp_codes_size(places->centrality_codes);
    panel_read_use(panel, shared, sp_tables_find(in, "doedelighet"));
    panel_read_figures(panel, shared);
    return panel;
}

static inline void panel_free(Panel *panel)
{
    for (guint series = 0; series < PANEL_N_SERIES; series++) {
        g_free(panel->figure[series]);
        g_free(panel->is_seen[series]);
        g_free(panel->elderly[series]);
    }
    for (guint band = 0; band < PANEL_N_BANDS; band++) {
        g_free(panel->persons[band]);
    }
    g_ptr_array_unref(panel->codes);
    g_free(panel->centrality);
    g_free(panel);
}

/* A day before 2020 has men and women together; the base of a projection needs them apart: by the
   share of men at each age in the people of the year before (Human Mortality Database). */
static inline SpTable *panel_part_base(const SpTable *population, const SpTable *deaths, int base)
{
    SpTable *parted = sp_table_copy_schema(population, NULL);
    double men[SP_N_AGES] = {0}, all[SP_N_AGES] = {0};
    g_autofree char *before = g_strdup_printf("%d", base - 1);
    g_autofree char *day = g_strdup_printf("%d-01-01", base);
    for (gsize row = 0; row < sp_table_n_rows(deaths); row++) {
        guint age = MIN((guint)fixture_number(sp_table_code(deaths, row, 1)), SP_N_AGES - 1);
        if (strcmp(sp_table_code(deaths, row, 2), before) == 0) {
            double persons = sp_table_real(deaths, row, 3).value;
            all[age] += persons;
            men[age] += sp_table_code(deaths, row, 0)[0] == '1' ? persons : 0.0;
        }
    }
    for (gsize row = 0; row < sp_table_n_rows(population); row++) {
        int order = strcmp(sp_table_code(population, row, 3), day);
        gboolean is_together = order == 0 && strcmp(sp_table_code(population, row, 1), "0") == 0;
        guint age = (guint)fixture_number(sp_table_code(population, row, 2));
        for (guint sex = 0; order <= 0 && sex < (is_together ? 2U : 1U); sex++) {
            double share = all[age] > 0 ? men[age] / all[age] : 0.5;
            double persons = sp_table_real(population, row, 4).value;
            gsize to = sp_table_add_row(parted);
            for (gsize column = 0; column < 4; column++) {
                sp_table_set_code(parted, to, column, sp_table_code(population, row, column));
            }
            if (is_together) {
                sp_table_set_code(parted, to, 1, sex == SP_MEN ? "1" : "2");
                persons *= sex == SP_MEN ? share : 1 - share;
            }
            sp_table_set_real(parted, to, 4, sp_real(persons));
        }
    }
    return parted;
}

/* Our own projection from 1 January `base`: persons [n][n_days] by band. */
static inline void panel_project(const Panel *panel, SpTables *in, int base, gsize n_days,
                                 double *persons[PANEL_N_BANDS])
{
    SpTable *all = sp_tables_steal(in, "folkemengde");
    sp_tables_add(in, base < COUNTRY_FIRST_APART
                          ? panel_part_base(all, sp_tables_find(in, "doedelighet"), base)
                          : sp_table_copy(all));
    g_autofree char *settings =
        g_strdup_printf("[project]\nbase = %d\nhorizon = %d\n", base, base + (int)n_days - 1);
    g_autoptr(SpTable) projected = country_project(in, settings);
    for (guint band = 0; band < PANEL_N_BANDS; band++) {
        persons[band] = g_new0(double, panel->n *n_days);
        for (gsize day = 0; day < n_days; day++) {
            g_autoptr(GHashTable) sums = country_band(projected, base + (int)day,
                                                      panel_bands[band][0], panel_bands[band][1]);
            for (gsize i = 0; i < panel->n; i++) {
                const double *sum = g_hash_table_lookup(sums, panel->codes->pdata[i]);
                persons[band][i * n_days + day] = sum == NULL ? 0.0 : *sum;
            }
        }
    }
    sp_table_free(sp_tables_steal(in, "folkemengde"));
    sp_tables_add(in, all);
}

#endif
