/* Structure and law from their tables. */
#include "transforms/project/demand/structure.h"

#include "core/codes.h"
#include "core/error.h"
#include "core/number.h"
#include "transforms/project/wholes.h"

#include <string.h>

#define ALL "*"

typedef struct {
    gsize service, profession, weight, trend, years;
} Columns;

static gboolean row_error(const SpTable *table, gsize row, const char *what, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA, "%s: row %" G_GSIZE_FORMAT ": %s",
                        sp_table_name(table), row + 1, what);
}

static gboolean find_professions(const SpTable *table, gsize column, SpStructure *structure,
                                 GError **error)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *code = sp_table_code(table, row, column);
        if (*code == '\0') {
            return row_error(table, row, "profesjon is empty; name one, or *", error);
        }
        if (strcmp(code, ALL) != 0 && g_hash_table_add(seen, (gpointer)code)) {
            g_ptr_array_add(found, (gpointer)code);
        }
    }
    if (found->len == 0) {
        return sp_error_set(error, SP_ERROR_DATA, "%s: no profession; name at least one",
                            sp_table_name(table));
    }
    g_ptr_array_sort(found, sp_codes_compare);
    structure->n_professions = found->len;
    g_ptr_array_add(found, NULL);
    structure->professions = g_strdupv((char **)found->pdata);
    return TRUE;
}

/* Number of a profession, or n_professions. */
static gsize find(const SpStructure *structure, const char *profession)
{
    return sp_codes_place(structure->professions, structure->n_professions, profession);
}

static gboolean read_rows(const SpTable *table, const Columns *columns, const GArray *services,
                          SpStructure *structure, double any[], GError **error)
{
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gsize k = sp_services_find(services, sp_table_code(table, row, columns->service));
        const char *code = sp_table_code(table, row, columns->profession);
        SpReal weight = sp_table_real(table, row, columns->weight);
        SpReal trend = sp_table_real(table, row, columns->trend);
        SpReal years = sp_table_real(table, row, columns->years);
        if (!sp_real_is_number(weight) || weight.value < 0.0) {
            return row_error(table, row, "vekt is not a number, 0 or more", error);
        }
        if (!sp_real_is_number(trend) || trend.value < -1.0 || trend.value > 1.0 ||
            !sp_real_is_number(years) || years.value < 0.0) {
            return row_error(table, row,
                             "trend is not a change of share a year (-1 to 1), or trend_til not a "
                             "number of years",
                             error);
        }
        if (k == services->len) {
            continue;
        }
        gboolean is_any = strcmp(code, ALL) == 0;
        gsize at = k * structure->n_professions + (is_any ? 0 : find(structure, code));
        double *to = is_any ? &any[k] : &structure->weight[at];
        if (*to >= 0.0) {
            return row_error(table, row,
                             "tjeneste and profesjon stand in an earlier row too; keep one", error);
        }
        *to = weight.value;
        if (!is_any) {
            structure->trend[at] = trend.value;
            structure->trend_years[at] = years.value;
        }
    }
    return TRUE;
}

/* Weights of an area sum to 1 for each profession that has any; a profession without a row in any
   service of the area takes those of "*". */
static void settle(const GArray *services, SpStructure *structure, const double any[])
{
    for (gsize g = 0; g < structure->n_professions; g++) {
        for (gsize k = 0; k < structure->n_services; k++) {
            const char *area = g_array_index(services, SpService, k).area;
            gboolean is_first = TRUE, has_own = FALSE;
            double sum = 0;
            for (gsize other = 0; other < structure->n_services; other++) {
                if (strcmp(g_array_index(services, SpService, other).area, area) == 0) {
                    is_first = is_first && other >= k;
                    has_own =
                        has_own || structure->weight[other * structure->n_professions + g] >= 0.0;
                }
            }
            for (int pass = 0; pass < 2 && is_first; pass++) {
                for (gsize other = k; other < structure->n_services; other++) {
                    if (strcmp(g_array_index(services, SpService, other).area, area) != 0) {
                        continue;
                    }
                    double *weight = &structure->weight[other * structure->n_professions + g];
                    if (pass == 0) {
                        *weight = MAX(has_own ? *weight : any[other], 0.0);
                        sum += *weight;
                    } else if (sum > 0.0) {
                        *weight /= sum;
                    }
                }
            }
        }
    }
}

static gboolean read_floors(const SpTable *table, int base, SpStructure *structure, GError **error)
{
    gsize profession, per, from, least;
    if (!sp_table_need(table, "profesjon", SP_COLUMN_CODE, &profession, error) ||
        !sp_table_need(table, "per", SP_COLUMN_CODE, &per, error) ||
        !sp_table_need(table, "fra", SP_COLUMN_CODE, &from, error) ||
        !sp_table_need(table, "minst", SP_COLUMN_MEASURE, &least, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *unit = sp_table_code(table, row, per), *year = sp_table_code(table, row, from);
        SpReal real = sp_table_real(table, row, least);
        gboolean is_kommune = strcmp(unit, "kommune") == 0;
        double first = 0;
        if (!is_kommune && strcmp(unit, "innbygger") != 0) {
            return row_error(table, row, "per is neither kommune nor innbygger", error);
        }
        if (!sp_real_is_number(real) || real.value < 0.0) {
            return row_error(table, row, "minst is not a number of årsverk, 0 or more", error);
        }
        if (*year != '\0' && !sp_number_parse(year, strlen(year), sp_number_plain, &first)) {
            return row_error(table, row, "fra is not a year", error);
        }
        SpLawFloor floor = {.profession = find(structure, sp_table_code(table, row, profession)),
                            .per_kommune = is_kommune ? real.value : 0.0,
                            .per_head = is_kommune ? 0.0 : real.value};
        if (floor.profession < structure->n_professions && first <= base) {
            g_array_append_val(structure->floors, floor);
        }
    }
    return TRUE;
}

SpStructure *sp_structure_new(const SpTable *table, const SpTable *floors,
                              const SpTable *professions, const GArray *services, int base,
                              GError **error)
{
    Columns columns;
    g_autoptr(SpStructure) structure = g_new0(SpStructure, 1);
    structure->floors = g_array_new(FALSE, FALSE, sizeof(SpLawFloor));
    structure->n_services = services->len;
    if (!sp_table_need(table, "tjeneste", SP_COLUMN_CODE, &columns.service, error) ||
        !sp_table_need(table, "profesjon", SP_COLUMN_CODE, &columns.profession, error) ||
        !sp_table_need(table, "vekt", SP_COLUMN_MEASURE, &columns.weight, error) ||
        !sp_table_need(table, "trend", SP_COLUMN_MEASURE, &columns.trend, error) ||
        !sp_table_need(table, "trend_til", SP_COLUMN_MEASURE, &columns.years, error) ||
        !find_professions(table, columns.profession, structure, error)) {
        return NULL;
    }
    structure->part_of =
        sp_profession_wholes(professions, (const char *const *)(gpointer)structure->professions,
                             structure->n_professions, error);
    if (structure->part_of == NULL) {
        return NULL;
    }
    gsize n_cells = structure->n_services * structure->n_professions;
    structure->weight = g_new0(double, n_cells);
    structure->trend = g_new0(double, n_cells);
    structure->trend_years = g_new0(double, n_cells);
    g_autofree double *any = g_new(double, structure->n_services);
    for (gsize i = 0; i < n_cells; i++) {
        structure->weight[i] = -1.0; /* no row has named it yet */
    }
    for (gsize k = 0; k < structure->n_services; k++) {
        any[k] = -1.0;
    }
    if (!read_rows(table, &columns, services, structure, any, error) ||
        (floors != NULL && !read_floors(floors, base, structure, error))) {
        return NULL;
    }
    settle(services, structure, any);
    return g_steal_pointer(&structure);
}

void sp_structure_free(SpStructure *structure)
{
    if (structure != NULL) {
        g_strfreev(structure->professions);
        g_free(structure->part_of);
        g_free(structure->weight);
        g_free(structure->trend);
        g_free(structure->trend_years);
        g_array_unref(structure->floors);
        g_free(structure);
    }
}
