/* Demand as tables: kommuner and the regions above. */
#include "transforms/project/demand/tables.h"

#include "core/table_rows.h"
#include "transforms/project/demand/parts.h"

#include <string.h>

/* Regions in the order of the arrays: kommuner, then the groups above them. */
static gsize n_regions_of(const SpDemandTables *tables)
{
    return tables->paths->n_kommuner + tables->groups->n;
}

static const char *region_code(const SpDemandTables *tables, gsize region)
{
    gsize n_u = tables->paths->n_kommuner;
    return region < n_u ? tables->paths->kommuner[region] : tables->groups->at[region - n_u].code;
}

static SpReal modelled(double value, guint8 status)
{
    SpReal real = status == SP_PRESENT ? sp_real(value) : sp_real_none(status);
    real.flags |= SP_FLAG_MODELLED;
    return real;
}

static SpReal index_of(SpReal now, SpReal base)
{
    SpReal index = sp_real_rate(now, base, 1.0);
    index.flags |= SP_FLAG_MODELLED;
    return index;
}

static SpTable *new_table(const SpDemandTables *tables, const char *name, const char *key,
                          const char *list, const SpColumn measures[], gsize n_measures)
{
    gsize region = sp_table_find(tables->population, "region");
    const SpColumn keys[] = {
        {.name = "region",
         .kind = SP_COLUMN_CODE,
         .is_key = TRUE,
         .classification = sp_table_column(tables->population, region)->classification},
        {.name = key, .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = list},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"},
    };
    SpTable *table = sp_table_new(name, keys, G_N_ELEMENTS(keys));
    for (gsize i = 0; i < n_measures; i++) {
        sp_table_add_column(table, &measures[i]);
    }
    sp_table_set_edition(table, sp_table_edition(tables->population));
    sp_table_set_marks(table, tables->marks);
    return table;
}

static gsize add_row(const SpDemandTables *tables, SpTable *table, gsize region, const char *code,
                     gsize t)
{
    char period[16];
    gsize row = sp_table_add_row(table);
    g_snprintf(period, sizeof period, "%d-01-01", tables->paths->base + (int)t);
    sp_table_set_code(table, row, 0, region_code(tables, region));
    sp_table_set_code(table, row, 1, code);
    sp_table_set_code(table, row, 2, period);
    return row;
}

/* Row order of the result: by code of region, then what the caller gives in order. */
static gsize *regions_in_order(const SpDemandTables *tables)
{
    gsize n = n_regions_of(tables);
    gsize *order = g_new(gsize, n);
    for (gsize i = 0; i < n; i++) {
        gsize at = i;
        while (at > 0 && strcmp(region_code(tables, order[at - 1]), region_code(tables, i)) > 0) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
    }
    return order;
}

/* Users of one service on one day: both bases, and what constant use would give. */
static void users_on(const SpDemandTables *tables, gsize k, gsize t, SpReal *figure[3])
{
    const SpDemandPaths *paths = tables->paths;
    for (gsize u = 0; u < paths->n_kommuner; u++) {
        gsize at = (u * paths->n_services + k) * paths->n_days + t;
        guint8 status = paths->user_status[at];
        double base = sp_demand_users(paths, SP_NEED_TODAY, u, k)[0];
        figure[0][u] = modelled(sp_demand_users(paths, SP_NEED_TODAY, u, k)[t], status);
        figure[1][u] = modelled(sp_demand_users(paths, SP_NEED_EQUAL, u, k)[t], status);
        figure[2][u] = modelled(base * paths->constant_use[at], status);
    }
    for (gsize i = 0; i < 3; i++) {
        sp_region_groups_sum(tables->groups, paths->n_kommuner, figure[i]);
    }
}

SpTable *sp_demand_users_table(const SpDemandTables *tables)
{
    /* Not additive: one person may use two services, and the regions above are there already. */
    static const SpColumn measures[] = {
        {.name = "brukere", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
        {.name = "brukere_likt_behov", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
        {.name = "indeks", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
        {.name = "indeks_konstant_bruk", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
    };
    const SpDemandPaths *paths = tables->paths;
    gsize n = n_regions_of(tables), n_cells = n * paths->n_days;
    SpTable *table = new_table(tables, "framskriving_behov", "tjeneste", "tjeneste", measures,
                               G_N_ELEMENTS(measures));
    g_autofree gsize *order = regions_in_order(tables);
    g_autofree SpReal *figures = g_new(SpReal, 3 * paths->n_services * n_cells);
    for (gsize k = 0; k < paths->n_services; k++) {
        for (gsize t = 0; t < paths->n_days; t++) {
            SpReal *first = &figures[(k * paths->n_days + t) * 3 * n];
            SpReal *figure[3] = {first, first + n, first + 2 * n};
            users_on(tables, k, t, figure);
        }
    }
    for (gsize i = 0; i < n; i++) {
        gsize region = order[i];
        for (gsize k = 0; k < paths->n_services; k++) {
            const SpReal *base = &figures[k * paths->n_days * 3 * n];
            for (gsize t = 0; t < paths->n_days; t++) {
                const SpReal *now = &figures[(k * paths->n_days + t) * 3 * n];
                gsize row = add_row(tables, table, region, paths->services[k], t);
                SpReal none = modelled(0.0, SP_NOT_APPLICABLE);
                sp_table_set_real(table, row, 3, paths->has_users[k] ? now[region] : none);
                sp_table_set_real(table, row, 4, paths->has_users[k] ? now[n + region] : none);
                sp_table_set_real(table, row, 5, index_of(now[region], base[region]));
                sp_table_set_real(table, row, 6, index_of(now[2 * n + region], base[region]));
            }
        }
    }
    return table;
}

/* Årsverk of a service at today's level over its users, on one day: [n of regions]. */
static void per_user_on(const SpDemandTables *tables, gsize k, gsize t, SpReal per_user[])
{
    const SpDemandPaths *paths = tables->paths;
    g_autofree SpReal *users = g_new(SpReal, n_regions_of(tables));
    for (gsize u = 0; u < paths->n_kommuner; u++) {
        guint8 status = paths->user_status[(u * paths->n_services + k) * paths->n_days + t];
        per_user[u] = modelled(sp_demand_service_need(paths, u, k, t), status);
        users[u] = modelled(sp_demand_users(paths, SP_NEED_TODAY, u, k)[t], status);
    }
    sp_region_groups_sum(tables->groups, paths->n_kommuner, per_user);
    sp_region_groups_sum(tables->groups, paths->n_kommuner, users);
    for (gsize i = 0; i < n_regions_of(tables); i++) {
        per_user[i] = sp_real_rate(per_user[i], users[i], 1.0);
    }
}

SpTable *sp_demand_per_user_table(const SpDemandTables *tables)
{
    static const SpColumn measures[] = {
        {.name = "indeks", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
    };
    const SpDemandPaths *paths = tables->paths;
    gsize n = n_regions_of(tables);
    SpTable *table = new_table(tables, SP_TABLE_PER_USER, "tjeneste", "tjeneste", measures,
                               G_N_ELEMENTS(measures));
    g_autofree SpReal *base = g_new(SpReal, n), *now = g_new(SpReal, n);
    for (gsize k = 0; k < paths->n_services; k++) {
        for (gsize t = 0; paths->has_users[k] && t < paths->n_days; t++) {
            per_user_on(tables, k, t, t == 0 ? base : now);
            for (gsize region = paths->n_kommuner; region < n; region++) {
                gsize row = add_row(tables, table, region, paths->services[k], t);
                SpReal of = t == 0 ? base[region] : now[region];
                sp_table_set_real(table, row, 3, index_of(of, base[region]));
            }
        }
    }
    sp_table_sort(table);
    return table;
}

/* The strongest status among the services that have the profession. */
static guint8 need_status(const SpDemandPaths *paths, const gboolean is_used[], gsize u, gsize t)
{
    guint8 status = SP_PRESENT;
    for (gsize k = 0; k < paths->n_services; k++) {
        if (is_used[k]) {
            status =
                MAX(status, paths->user_status[(u * paths->n_services + k) * paths->n_days + t]);
        }
    }
    return status;
}

/* The same, of a profession that no source counts too. */
static guint8 status_of(const SpDemandPaths *paths, const gboolean is_used[], gsize u, gsize g,
                        gsize t)
{
    return paths->is_observed[g] ? need_status(paths, is_used, u, t) : (guint8)SP_NOT_APPLICABLE;
}

/* Which services have the profession anywhere. */
static void find_used(const SpDemandPaths *paths, gsize g, gboolean is_used[])
{
    for (gsize k = 0; k < paths->n_services; k++) {
        is_used[k] = FALSE;
        for (gsize u = 0; u < paths->n_kommuner; u++) {
            is_used[k] = is_used[k] || sp_demand_need(paths, SP_NEED_EQUAL, u, k, g)[0] > 0.0;
        }
    }
}

static double need_on(const SpDemandPaths *paths, SpNeed basis, gsize u, gsize g, gsize t)
{
    double sum = 0;
    for (gsize k = 0; k < paths->n_services; k++) {
        sum += sp_demand_need(paths, basis, u, k, g)[t];
    }
    return sum;
}

/* Of a profession: need by both bases, what the law has added at today's level, and what of it a
   source of all the profession's people tells. */
enum { BY_LAW = SP_N_NEEDS, OF_REST, N_FIGURES };

/* Årsverk at today's level in areas that are counted by what a source of all the profession's
   people has beyond the others. */
static double need_of_rest(const SpDemandPaths *paths, gsize u, gsize g, gsize t)
{
    double sum = 0;
    for (gsize k = 0; paths->is_rest != NULL && k < paths->n_services; k++) {
        sum += paths->is_rest[paths->area_of[k] * paths->n_professions + g]
                   ? sp_demand_need(paths, SP_NEED_TODAY, u, k, g)[t]
                   : 0.0;
    }
    return sum;
}

static double figure_of(const SpDemandPaths *paths, gsize figure, gsize u, gsize g, gsize t)
{
    if (figure == BY_LAW) {
        return paths->by_law[(u * paths->n_professions + g) * paths->n_days + t];
    }
    return figure == OF_REST ? need_of_rest(paths, u, g, t)
                             : need_on(paths, (SpNeed)figure, u, g, t);
}

SpTable *sp_demand_need_table(const SpDemandTables *tables)
{
    static const SpColumn measures[] = {
        {.name = "vertsomraade", .kind = SP_COLUMN_CODE},
        {.name = "aarsverk", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk", .is_additive = TRUE},
        {.name = "aarsverk_likt_behov",
         .kind = SP_COLUMN_MEASURE,
         .unit = "aarsverk",
         .is_additive = TRUE},
        {.name = "lovkrav", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk", .is_additive = TRUE},
        {.name = "rest", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk", .is_additive = TRUE},
    };
    const SpDemandPaths *paths = tables->paths;
    gsize n = n_regions_of(tables), n_g = paths->n_professions, n_t = paths->n_days;
    SpTable *table = new_table(tables, "framskriving_etterspoersel", "yrke", "profesjon", measures,
                               G_N_ELEMENTS(measures));
    g_autofree gsize *order = regions_in_order(tables);
    g_autofree gboolean *is_used = g_new(gboolean, paths->n_services);
    g_autofree SpReal *figures = g_new(SpReal, N_FIGURES * n_g * n_t * n);
    for (gsize g = 0; g < n_g; g++) {
        find_used(paths, g, is_used);
        for (gsize t = 0; t < n_t; t++) {
            for (gsize i = 0; i < N_FIGURES; i++) {
                SpReal *figure = &figures[((g * n_t + t) * N_FIGURES + i) * n];
                for (gsize u = 0; u < paths->n_kommuner; u++) {
                    figure[u] =
                        modelled(figure_of(paths, i, u, g, t), status_of(paths, is_used, u, g, t));
                }
                sp_region_groups_sum(tables->groups, paths->n_kommuner, figure);
            }
        }
    }
    sp_table_reserve(table, n * n_g * n_t);
    for (gsize i = 0; i < n; i++) {
        for (gsize g = 0; g < n_g; g++) {
            gboolean is_hosted =
                order[i] < paths->n_kommuner && paths->is_hosted[order[i] * n_g + g];
            for (gsize t = 0; t < n_t; t++) {
                const SpReal *figure = &figures[(g * n_t + t) * N_FIGURES * n];
                gsize row = add_row(tables, table, order[i], paths->professions[g], t);
                sp_table_set_code(table, row, 3, is_hosted ? "ja" : "");
                for (gsize column = 0; column < N_FIGURES; column++) {
                    sp_table_set_real(table, row, 4 + column, figure[column * n + order[i]]);
                }
            }
        }
    }
    return table;
}

/* The parts of a profession's change to a day, of all regions: figure [part][region]. */
static void parts_on(const SpDemandTables *tables, const gboolean is_used[], gsize g, gsize t,
                     SpReal figure[])
{
    const SpDemandPaths *paths = tables->paths;
    gsize n = n_regions_of(tables);
    for (gsize u = 0; u < paths->n_kommuner; u++) {
        double part[SP_N_NEED_PARTS];
        guint8 status = MAX(status_of(paths, is_used, u, g, 0), status_of(paths, is_used, u, g, t));
        sp_demand_parts(paths, SP_NEED_TODAY, u, g, t, part);
        for (gsize i = 0; i < SP_N_NEED_PARTS; i++) {
            figure[i * n + u] = modelled(part[i], status);
        }
    }
    for (gsize i = 0; i < SP_N_NEED_PARTS; i++) {
        sp_region_groups_sum(tables->groups, paths->n_kommuner, &figure[i * n]);
    }
}

SpTable *sp_demand_parts_table(const SpDemandTables *tables, const GArray *days)
{
    const SpDemandPaths *paths = tables->paths;
    gsize n = n_regions_of(tables), n_g = paths->n_professions, n_t = days->len;
    SpColumn measures[SP_N_NEED_PARTS];
    for (gsize i = 0; i < SP_N_NEED_PARTS; i++) {
        measures[i] = (SpColumn){.name = sp_demand_part_names[i],
                                 .kind = SP_COLUMN_MEASURE,
                                 .unit = "aarsverk",
                                 .is_additive = TRUE};
    }
    SpTable *table = new_table(tables, "framskriving_etterspoersel_deler", "yrke", "profesjon",
                               measures, SP_N_NEED_PARTS);
    g_autofree gsize *order = regions_in_order(tables);
    g_autofree gboolean *is_used = g_new(gboolean, paths->n_services);
    g_autofree SpReal *figures = g_new(SpReal, n_g * n_t * SP_N_NEED_PARTS * n);
    for (gsize g = 0; g < n_g; g++) {
        find_used(paths, g, is_used);
        for (gsize t = 0; t < n_t; t++) {
            parts_on(tables, is_used, g, g_array_index(days, gsize, t),
                     &figures[(g * n_t + t) * SP_N_NEED_PARTS * n]);
        }
    }
    sp_table_reserve(table, n * n_g * n_t);
    for (gsize i = 0; i < n * n_g * n_t; i++) {
        gsize region = order[i / (n_g * n_t)], g = i / n_t % n_g, t = i % n_t;
        gsize row =
            add_row(tables, table, region, paths->professions[g], g_array_index(days, gsize, t));
        for (gsize part = 0; part < SP_N_NEED_PARTS; part++) {
            sp_table_set_real(table, row, 3 + part,
                              figures[((g * n_t + t) * SP_N_NEED_PARTS + part) * n + region]);
        }
    }
    return table;
}
