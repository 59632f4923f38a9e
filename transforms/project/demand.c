/* Expected users by region, service and period, and their index. */
#include "transforms/project/demand.h"

#include "core/error.h"
#include "core/regions.h"
#include "core/rollup.h"
#include "core/table_rows.h"
#include "transforms/project/population/person_rows.h"
#include "transforms/project/places.h"
#include "transforms/project/use.h"

#include <string.h>

/* The codes that rows hold, in byte order, and where each stands: number of the dictionary ->
 * place, -1 for a code that does not count. A dictionary may hold codes of rows that are gone, so
 * it is not asked. */
typedef struct {
    GPtrArray *codes; /* char*, borrowed from the dictionary */
    gint32 *place;    /* [sp_codes_size] */
} Axis;

static void axis_clear(Axis *axis)
{
    g_clear_pointer(&axis->codes, g_ptr_array_unref);
    g_clear_pointer(&axis->place, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Axis, axis_clear)

static void axis_init(Axis *axis, const SpTable *table, gsize column,
                      gboolean (*counts)(const char *code))
{
    const SpCodes *codes = sp_table_codes(table, column);
    guint32 n = sp_codes_size(codes);
    g_autofree gboolean *is_used = sp_table_used_codes(table, column);
    axis->codes = g_ptr_array_new();
    axis->place = g_new(gint32, n);
    for (guint32 i = 0; i < n; i++) {
        axis->place[i] = -1;
        if (is_used[i] && counts(sp_codes_text(codes, i))) {
            g_ptr_array_add(axis->codes, (gpointer)sp_codes_text(codes, i));
        }
    }
    g_ptr_array_sort(axis->codes, sp_codes_compare);
    for (guint i = 0; i < axis->codes->len; i++) {
        guint32 number;
        if (sp_codes_find(codes, axis->codes->pdata[i], &number)) {
            axis->place[number] = (gint32)i;
        }
    }
}

static gboolean is_kommune(const char *code)
{
    return sp_region_kind(code) == SP_REGION_KOMMUNE;
}

static gboolean is_named(const char *code)
{
    return *code != '\0';
}

/* Users by region, service and period. Sums follow sp_real_sum from "not applicable": what no row
 * has added to says so. */
typedef struct {
    gsize n_services, n_periods;
    GArray *users; /* SpReal [n_regions][n_services][n_periods] */
} Users;

static SpReal *users_at(const Users *users, gsize region, gsize service, gsize period)
{
    gsize place = (region * users->n_services + service) * users->n_periods + period;
    return &g_array_index(users->users, SpReal, place);
}

static gboolean add_population(const SpTable *table, const GArray *uses, const Axis *regions,
                               const Axis *periods, Users *users, GError **error)
{
    g_auto(SpPersonRows) rows;
    if (!sp_person_rows_init(&rows, table, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gint32 r = regions->place[rows.region[row]], s = rows.sexes[rows.sex[row]];
        gint32 a = rows.ages[rows.age[row]], p = periods->place[rows.period[row]];
        if (r < 0 || s < 0 || a < 0 || p < 0) {
            continue;
        }
        for (guint i = 0; i < uses->len; i++) {
            double use = g_array_index(uses, SpUse, i).use[s][a];
            if (use <= 0.0) {
                continue; /* who never uses the service may be missing */
            }
            SpReal expected = rows.persons[row];
            expected.value *= use;
            SpReal *sum = users_at(users, (gsize)r, i, (gsize)p);
            *sum = sp_real_add(*sum, expected);
        }
    }
    return TRUE;
}

/* Users of kommuner, then fylker, then the country; codes of the last two are added to `codes`. */
static void add_regions_above(const SpPlaces *places, Users *users, GPtrArray *codes)
{
    gsize n_kommuner = places->n_regions, n_fylker = sp_codes_size(places->fylke_codes);
    for (guint32 i = 0; i < n_fylker; i++) {
        g_ptr_array_add(codes, (gpointer)sp_codes_text(places->fylke_codes, i));
    }
    g_ptr_array_add(codes, (gpointer)SP_REGION_COUNTRY_CODE);
    for (gsize kommune = 0; kommune < n_kommuner; kommune++) {
        gsize fylke = n_kommuner + places->fylke[kommune], country = n_kommuner + n_fylker;
        for (gsize i = 0; i < users->n_services * users->n_periods; i++) {
            SpReal own = *users_at(users, kommune, 0, i);
            SpReal *above[] = {users_at(users, fylke, 0, i), users_at(users, country, 0, i)};
            *above[0] = sp_real_add(*above[0], own);
            *above[1] = sp_real_add(*above[1], own);
        }
    }
}

static SpTable *make_table(const SpTable *population, const Users *users, const GPtrArray *regions,
                           const GArray *uses, const GPtrArray *periods)
{
    gsize region_column = sp_table_find(population, "region");
    const SpColumn columns[] = {
        {.name = "region",
         .kind = SP_COLUMN_CODE,
         .is_key = TRUE,
         .classification = sp_table_column(population, region_column)->classification},
        {.name = "tjeneste", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "tjeneste"},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"},
        /* Not additive: one person may use two services, and the regions above are in the table
           already. */
        {.name = "brukere", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
        {.name = "indeks", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
    };
    SpTable *table = sp_table_new("framskriving_behov", columns, G_N_ELEMENTS(columns));
    sp_table_set_edition(table, sp_table_edition(population));
    for (guint region = 0; region < regions->len; region++) {
        for (guint service = 0; service < uses->len; service++) {
            SpReal base = *users_at(users, region, service, 0);
            for (guint period = 0; period < periods->len; period++) {
                SpReal now = *users_at(users, region, service, period);
                SpReal index = sp_real_rate(now, base, 1.0);
                now.flags |= SP_FLAG_MODELLED;
                index.flags |= SP_FLAG_MODELLED;
                gsize row = sp_table_add_row(table);
                sp_table_set_code(table, row, 0, regions->pdata[region]);
                sp_table_set_code(table, row, 1, g_array_index(uses, SpUse, service).tjeneste);
                sp_table_set_code(table, row, 2, periods->pdata[period]);
                sp_table_set_real(table, row, 3, now);
                sp_table_set_real(table, row, 4, index);
            }
        }
    }
    return table;
}

SpTable *sp_demand_table(const SpTable *population, const SpTable *regions, const SpTable *use,
                         GError **error)
{
    gsize region_column, period_column;
    if (!sp_table_need(population, "region", SP_COLUMN_CODE, &region_column, error) ||
        !sp_table_need(population, "period", SP_COLUMN_CODE, &period_column, error)) {
        return NULL;
    }
    g_autoptr(GArray) uses = sp_use_new(use, error);
    if (uses == NULL) {
        return NULL;
    }
    g_auto(Axis) kommuner = {0};
    g_auto(Axis) periods = {0};
    axis_init(&kommuner, population, region_column, is_kommune);
    axis_init(&periods, population, period_column, is_named);
    if (kommuner.codes->len == 0 || periods.codes->len == 0) {
        sp_error_set(error, SP_ERROR_DATA, "%s: no kommuner; run the projection of population",
                     sp_table_name(population));
        return NULL;
    }
    g_autoptr(SpPlaces) places = sp_places_new(regions, (const char *const *)kommuner.codes->pdata,
                                               kommuner.codes->len, error);
    if (places == NULL) {
        return NULL;
    }
    gsize n_regions = kommuner.codes->len + sp_codes_size(places->fylke_codes) + 1;
    gsize n_figures = n_regions * uses->len * periods.codes->len;
    g_autoptr(GArray) figures = g_array_sized_new(FALSE, FALSE, sizeof(SpReal), (guint)n_figures);
    for (gsize i = 0; i < n_figures; i++) {
        SpReal none = sp_real_none(SP_NOT_APPLICABLE);
        g_array_append_val(figures, none);
    }
    Users users = {.n_services = uses->len, .n_periods = periods.codes->len, .users = figures};
    if (!add_population(population, uses, &kommuner, &periods, &users, error)) {
        return NULL;
    }
    add_regions_above(places, &users, kommuner.codes);
    g_autoptr(SpTable) table = make_table(population, &users, kommuner.codes, uses, periods.codes);
    sp_table_set_marks(table, sp_table_marks(population) | sp_table_marks(use));
    if (!sp_table_check_unique(table, error)) {
        return NULL;
    }
    return g_steal_pointer(&table);
}

const char *sp_demand_base(const SpTable *population)
{
    gsize column = sp_table_find(population, "period");
    if (column == SP_NO_COLUMN) {
        return NULL;
    }
    g_auto(Axis) periods = {0};
    axis_init(&periods, population, column, is_named);
    return periods.codes->len > 0 ? periods.codes->pdata[0] : NULL;
}
