/* Observed årsverk, and host areas. */
#include "transforms/project/demand/staffing.h"

#include "core/error.h"
#include "core/number.h"
#include "core/period.h"
#include "transforms/project/wholes.h"

#include <string.h>

enum { AREA, ORDER, TABLE, MEASURE, COLUMN, PROFESSION, CHOICE, OTHER_AREA, N_COLUMNS };
static const char *const names[N_COLUMNS] = {"omraade", "rekke",     "tabell", "maal",
                                             "yrke",    "profesjon", "utvalg", "fratrekk"};

typedef struct {
    const char *text[N_COLUMNS];
    double order;
} Source;

static gint compare_sources(gconstpointer a, gconstpointer b)
{
    const Source *one = a, *two = b;
    gint area = strcmp(one->text[AREA], two->text[AREA]);
    return area != 0 ? area : (one->order > two->order) - (one->order < two->order);
}

static GArray *read_sources(const SpTable *table, GError **error)
{
    gsize columns[N_COLUMNS];
    if (!sp_table_need_all(table, names, N_COLUMNS, SP_COLUMN_CODE, columns, error)) {
        return NULL;
    }
    g_autoptr(GArray) sources = g_array_new(FALSE, FALSE, sizeof(Source));
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        Source source;
        for (gsize i = 0; i < N_COLUMNS; i++) {
            source.text[i] = sp_table_code(table, row, columns[i]);
        }
        if (!sp_number_parse(source.text[ORDER], strlen(source.text[ORDER]), sp_number_plain,
                             &source.order)) {
            sp_error_set(error, SP_ERROR_DATA, "%s: row %" G_GSIZE_FORMAT ": rekke is not a number",
                         sp_table_name(table), row + 1);
            return NULL;
        }
        if ((*source.text[COLUMN] == '\0') == (*source.text[PROFESSION] == '\0')) {
            sp_error_set(error, SP_ERROR_DATA,
                         "%s: row %" G_GSIZE_FORMAT
                         ": name either yrke, a column of professions, or profesjon",
                         sp_table_name(table), row + 1);
            return NULL;
        }
        g_array_append_val(sources, source);
    }
    g_array_sort(sources, compare_sources);
    return g_steal_pointer(&sources);
}

static void find_areas(const GArray *services, SpStaffing *staffing)
{
    g_autoptr(GPtrArray) areas = g_ptr_array_new();
    for (guint k = 0; k < services->len; k++) {
        const char *area = g_array_index(services, SpService, k).area;
        if (!g_ptr_array_find_with_equal_func(areas, area, g_str_equal, NULL)) {
            g_ptr_array_add(areas, (gpointer)area);
        }
    }
    g_ptr_array_sort(areas, sp_codes_compare);
    staffing->n_areas = areas->len;
    g_ptr_array_add(areas, NULL);
    staffing->areas = g_strdupv((char **)areas->pdata);
}

/* What is left of a source's figures from cell `at` on when the area that it also counts, whose
 * begin at `from`, has had its own: of the country, in the newest year that both know. All of it
 * when the other area has no source. */
static double share_left(const SpStaffing *staffing, gsize at, gsize from, const double heads[])
{
    const double *all = &staffing->aarsverk[at], *other = &staffing->aarsverk[from];
    const gboolean *is_all = &staffing->is_seen[at], *is_other = &staffing->is_seen[from];
    gsize n_years = staffing->n_years, n_cells = staffing->n_kommuner * n_years;
    g_autofree gboolean *is_both = g_new(gboolean, n_cells + 1);
    g_autofree double *of_base = g_new(double, staffing->n_kommuner + 1);
    double sum = 0, taken = 0;
    for (gsize i = 0; i < n_cells; i++) {
        is_both[i] = is_all[i] && is_other[i];
        of_base[i / n_years] = heads[i]; /* the last year's stays */
    }
    gsize year = sp_observed_newest(staffing->n_kommuner, n_years, is_both, of_base);
    for (gsize i = year; year < n_years && i < n_cells; i += n_years) {
        sum += is_both[i] ? all[i] : 0.0;
        taken += is_both[i] ? other[i] : 0.0;
    }
    double left = sum > 0.0 ? 1.0 - taken / sum : 1.0;
    return left < SP_LEAST_REST ? 0.0 : left;
}

/* Leaves of the figures what is not the other area's. */
static void subtract_area(const Source *source, gsize area, gsize g, const double heads[],
                          SpStaffing *staffing)
{
    gsize other = sp_codes_place(staffing->areas, staffing->n_areas, source->text[OTHER_AREA]);
    if (other == staffing->n_areas) {
        return;
    }
    gsize at = sp_staffing_at(staffing, area, g), from = sp_staffing_at(staffing, other, g);
    double left = share_left(staffing, at, from, heads);
    staffing->is_covered[area * staffing->n_professions + g] = !(left > 0.0);
    staffing->is_covered[other * staffing->n_professions + g] = left >= 1.0;
    staffing->is_rest[area * staffing->n_professions + g] = left > 0.0;
    for (gsize i = 0; i < staffing->n_kommuner * staffing->n_years; i++) {
        staffing->aarsverk[at + i] *= left;
    }
}

/* The source's table is there. */
static gboolean read_profession(const SpStaffingInput *input, const Source *source, gsize area,
                                gsize g, SpStaffing *staffing, GError **error)
{
    const SpStructure *structure = input->structure;
    g_autofree char *codes =
        sp_profession_codes((const char *const *)(gpointer)structure->professions,
                            structure->part_of, structure->n_professions, g);
    const SpObserved which = {.measure = source->text[MEASURE],
                              .choice = source->text[CHOICE],
                              .column = source->text[COLUMN],
                              .code = codes};
    gsize at = sp_staffing_at(staffing, area, g);
    if (!sp_observe(sp_tables_find(input->facts, source->text[TABLE]), &which, &input->axes,
                    &staffing->aarsverk[at], &staffing->is_seen[at], error)) {
        return FALSE;
    }
    if (*source->text[OTHER_AREA] != '\0') {
        subtract_area(source, area, g, input->heads, staffing);
    }
    gboolean *is_observed = &staffing->is_observed[area * staffing->n_professions + g];
    for (gsize i = 0; i < staffing->n_kommuner * staffing->n_years; i++) {
        /* A source with nobody in the whole country does not hold the profession. */
        *is_observed =
            *is_observed || (staffing->is_seen[at + i] && staffing->aarsverk[at + i] > 0.0);
    }
    return TRUE;
}

/* A row without a column of professions is of the one that it names. */
static gboolean is_of(const Source *source, const char *profession)
{
    return *source->text[COLUMN] != '\0' || strcmp(source->text[PROFESSION], profession) == 0;
}

/* Wholes that no source before this one counts, then the parts of those that it does: a part is
 * never read from elsewhere, or it could be of people that its whole does not have, and hidden
 * where the whole is not. */
static gboolean read_source(const SpStaffingInput *input, const Source *source, gsize area,
                            SpStaffing *staffing, GError **error)
{
    const SpTable *table = sp_tables_find(input->facts, source->text[TABLE]);
    /* Two sources may share a name of table and differ in columns: nurses alone, or all. */
    if (table == NULL || sp_table_find(table, source->text[MEASURE]) == SP_NO_COLUMN) {
        return TRUE;
    }
    const guint *part_of = input->structure->part_of;
    gsize n = staffing->n_professions;
    gboolean *is_observed = &staffing->is_observed[area * n];
    g_autofree gboolean *is_new = g_new0(gboolean, n + 1);
    for (int parts = 0; parts < 2; parts++) {
        for (gsize g = 0; g < n; g++) {
            gboolean is_part = part_of[g] != g;
            gboolean is_wanted = is_part ? is_new[part_of[g]] : !is_observed[g];
            if (is_part != parts || !is_wanted ||
                !is_of(source, input->structure->professions[g])) {
                continue;
            }
            if (!read_profession(input, source, area, g, staffing, error)) {
                return FALSE;
            }
            is_new[g] = is_observed[g];
        }
    }
    return TRUE;
}

/* Those sources that another area is taken from wait until all others have been read. */
static gboolean read_area(const SpStaffingInput *input, const GArray *sources, gsize area,
                          gboolean is_rest, SpStaffing *staffing, GError **error)
{
    for (guint i = 0; i < sources->len; i++) {
        const Source *source = &g_array_index(sources, Source, i);
        if (strcmp(source->text[AREA], staffing->areas[area]) == 0 &&
            (*source->text[OTHER_AREA] != '\0') == is_rest &&
            !read_source(input, source, area, staffing, error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gsize root(const gsize host[], gsize u)
{
    while (host[u] != u) {
        u = host[u];
    }
    return u;
}

/* [u] the kommune that stands for the host area of a service on the last day of the last year. */
static gboolean find_hosts(const SpTable *table, const char *word, const SpObservedAxes *axes,
                           gsize host[], GError **error)
{
    static const char *const columns[] = {"region", "vertskommune", "tjeneste", "period", "til"};
    gsize at[G_N_ELEMENTS(columns)];
    if (!sp_table_need_all(table, columns, G_N_ELEMENTS(columns), SP_COLUMN_CODE, at, error)) {
        return FALSE;
    }
    char *const *codes = (char *const *)axes->codes;
    g_autofree char *day = g_strdup_printf("%d-12-31", axes->first_year + (int)axes->n_years - 1);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *until = sp_table_code(table, row, at[4]);
        gsize partner = sp_codes_place(codes, axes->n_kommuner, sp_table_code(table, row, at[0]));
        gsize owner = sp_codes_place(codes, axes->n_kommuner, sp_table_code(table, row, at[1]));
        if (partner < axes->n_kommuner && owner < axes->n_kommuner &&
            strcmp(sp_table_code(table, row, at[2]), word) == 0 &&
            strcmp(sp_table_code(table, row, at[3]), day) <= 0 &&
            (*until == '\0' || strcmp(until, day) >= 0)) {
            gsize one = root(host, partner), two = root(host, owner);
            /* The lower number stands for all, whatever the order of rows. */
            host[MAX(one, two)] = MIN(one, two);
        }
    }
    return TRUE;
}

/* Sums an area's årsverk of a profession over each host area and parts them by persons. */
static void pool(const SpStaffingInput *input, const gsize host[], gsize area, gsize g,
                 SpStaffing *staffing)
{
    gsize n = staffing->n_kommuner, first = sp_staffing_at(staffing, area, g);
    g_autofree double *sum = g_new(double, n);
    g_autofree double *heads = g_new(double, n);
    g_autofree gboolean *is_whole = g_new(gboolean, n);
    g_autofree gsize *size = g_new0(gsize, n);
    for (gsize u = 0; u < n; u++) {
        size[root(host, u)]++;
    }
    for (gsize year = 0; year < staffing->n_years; year++) {
        for (gsize u = 0; u < n; u++) {
            sum[u] = heads[u] = 0.0;
            is_whole[u] = TRUE;
        }
        for (gsize u = 0; u < n; u++) {
            gsize to = root(host, u), at = u * staffing->n_years + year;
            sum[to] += staffing->aarsverk[first + at];
            heads[to] += input->heads[at];
            is_whole[to] = is_whole[to] && staffing->is_seen[first + at] && input->heads[at] > 0.0;
        }
        for (gsize u = 0; u < n; u++) {
            gsize to = root(host, u), at = u * staffing->n_years + year;
            if (size[to] > 1) {
                staffing->is_seen[first + at] = is_whole[to];
                staffing->aarsverk[first + at] =
                    is_whole[to] ? sum[to] * input->heads[at] / heads[to] : 0.0;
                staffing->is_hosted[u * staffing->n_professions + g] = TRUE;
            }
        }
    }
}

static gboolean pool_hosts(const SpStaffingInput *input, SpStaffing *staffing, GError **error)
{
    const SpTable *table = sp_tables_find(input->facts, "vertskommune");
    g_autofree gsize *host = g_new(gsize, staffing->n_kommuner);
    for (guint k = 0; table != NULL && k < input->services->len; k++) {
        const SpService *service = &g_array_index(input->services, SpService, k);
        if (*service->hosted == '\0') {
            continue;
        }
        for (gsize u = 0; u < staffing->n_kommuner; u++) {
            host[u] = u;
        }
        if (!find_hosts(table, service->hosted, &input->axes, host, error)) {
            return FALSE;
        }
        for (gsize area = 0; area < staffing->n_areas; area++) {
            for (gsize g = 0; g < staffing->n_professions; g++) {
                if (strcmp(staffing->areas[area], service->area) == 0 &&
                    staffing->is_observed[area * staffing->n_professions + g] &&
                    input->structure->weight[k * staffing->n_professions + g] > 0.0) {
                    pool(input, host, area, g, staffing);
                }
            }
        }
    }
    return TRUE;
}

SpStaffing *sp_staffing_new(const SpStaffingInput *input, GError **error)
{
    g_autoptr(GArray) sources = read_sources(input->sources, error);
    if (sources == NULL) {
        return NULL;
    }
    g_autoptr(SpStaffing) staffing = g_new0(SpStaffing, 1);
    find_areas(input->services, staffing);
    g_assert(staffing->n_areas > 0); /* sp_services_new has at least one */
    staffing->n_professions = input->structure->n_professions;
    staffing->n_kommuner = input->axes.n_kommuner;
    staffing->n_years = input->axes.n_years;
    gsize n_pairs = staffing->n_areas * staffing->n_professions;
    gsize n_cells = n_pairs * staffing->n_kommuner * staffing->n_years;
    staffing->aarsverk = g_new0(double, n_cells);
    staffing->is_seen = g_new0(gboolean, n_cells);
    staffing->is_observed = g_new0(gboolean, n_pairs);
    staffing->is_covered = g_new0(gboolean, n_pairs);
    staffing->is_rest = g_new0(gboolean, n_pairs);
    staffing->is_hosted = g_new0(gboolean, staffing->n_kommuner * staffing->n_professions);
    for (gsize i = 0; i < 2 * staffing->n_areas; i++) {
        gboolean is_rest = i >= staffing->n_areas;
        if (!read_area(input, sources, i % staffing->n_areas, is_rest, staffing, error)) {
            return NULL;
        }
    }
    if (!pool_hosts(input, staffing, error)) {
        return NULL;
    }
    return g_steal_pointer(&staffing);
}

void sp_staffing_free(SpStaffing *staffing)
{
    if (staffing != NULL) {
        g_strfreev(staffing->areas);
        g_free(staffing->aarsverk);
        g_free(staffing->is_seen);
        g_free(staffing->is_observed);
        g_free(staffing->is_covered);
        g_free(staffing->is_rest);
        g_free(staffing->is_hosted);
        g_free(staffing);
    }
}
