/* Labour-market regions and their people. */
#include "transforms/project/supply/markets.h"

#include "core/error.h"
#include "core/period.h"
#include "core/regions.h"
#include "core/table_rows.h"
#include "transforms/project/places.h"
#include "transforms/project/supply/commuters.h"
#include "transforms/project/supply/labour_markets.h"

#include <string.h>

static gboolean is_kommune(const char *code, gconstpointer data)
{
    (void)data;
    return sp_region_kind(code) == SP_REGION_KOMMUNE;
}

/* The code of each kommune's region [n_kommuner]: the one that is told, else the one that commuters
 * make when none is told of any, else the fylke. Borrowed. */
static const char **find_names(const SpMarkets *markets, const SpPlaces *places,
                               const SpPlaceRules *rules, SpQuality *quality)
{
    gsize n = markets->n_kommuner, n_told = 0, n_fylker = 0;
    const char **names = g_new0(const char *, n);
    g_autofree guint *core = g_new0(guint, n);
    for (gsize u = 0; u < n; u++) {
        n_told += places->labour_market[u] != SP_NO_PLACE ? 1 : 0;
    }
    gboolean is_made = n_told == 0 && markets->commuters != NULL;
    if (is_made) {
        sp_labour_markets(n, markets->commuters, markets->inhabitants, rules, core);
    }
    for (gsize u = 0; u < n; u++) {
        guint32 told = places->labour_market[u];
        names[u] = told != SP_NO_PLACE ? sp_codes_text(places->labour_market_codes, told)
                   : is_made           ? markets->kommuner[core[u]]
                                       : sp_codes_text(places->fylke_codes, places->fylke[u]);
        n_fylker += told == SP_NO_PLACE && !is_made ? 1 : 0;
    }
    if (n_fylker > 0) {
        sp_quality_note(quality, "no_labour_market_regions", "region", 0,
                        "%" G_GSIZE_FORMAT " kommuner have no labour-market region (column "
                        "arbeidsmarked, or the table pendling); their fylke stands in",
                        n_fylker);
    }
    return names;
}

static void find_markets(SpMarkets *markets, const SpPlaces *places, const SpPlaceRules *rules,
                         SpQuality *quality)
{
    g_autofree const char **name_of = find_names(markets, places, rules, quality);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    markets->market = g_new(guint, markets->n_kommuner);
    for (gsize u = 0; u < markets->n_kommuner; u++) {
        if (!g_ptr_array_find_with_equal_func(names, name_of[u], g_str_equal, NULL)) {
            g_ptr_array_add(names, (gpointer)name_of[u]);
        }
    }
    g_ptr_array_sort(names, sp_codes_compare);
    for (gsize u = 0; u < markets->n_kommuner; u++) {
        g_ptr_array_find_with_equal_func(names, name_of[u], g_str_equal, &markets->market[u]);
    }
    markets->n_markets = names->len;
    markets->names = g_new0(char *, names->len + 1);
    for (guint i = 0; i < names->len; i++) {
        markets->names[i] = g_strdup(names->pdata[i]);
    }
}

/* Days of the projection: whole years from the first 1 January on. */
static gboolean find_days(const SpTable *table, const SpCodes *periods, gint32 **days_of,
                          SpMarkets *markets, GError **error)
{
    g_autofree gint32 *years = sp_years_of_codes(periods, TRUE);
    gsize period_column = sp_table_find(table, "period");
    g_autofree gboolean *used = sp_table_used_codes(table, period_column);
    int first = G_MAXINT, last = 0;
    gsize n = 0;
    for (guint32 i = 0; i < sp_codes_size(periods); i++) {
        if (used[i]) {
            if (years[i] <= 0) {
                return sp_error_set(error, SP_ERROR_DATA, "%s: period \"%s\" is not a 1 January",
                                    sp_table_name(table), sp_codes_text(periods, i));
            }
            first = MIN(first, years[i]);
            last = MAX(last, years[i]);
            n++;
        }
    }
    if (n == 0 || (gsize)(last - first) + 1 != n) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: want every 1 January from the base to the horizon; run the "
                            "projection of population again",
                            sp_table_name(table));
    }
    markets->base = first;
    markets->n_days = n;
    *days_of = g_new(gint32, sp_codes_size(periods));
    for (guint32 i = 0; i < sp_codes_size(periods); i++) {
        (*days_of)[i] = used[i] ? years[i] - first : -1;
    }
    return TRUE;
}

/* Calls `add` with every number of persons of a kommune. */
typedef void (*AddPersons)(SpMarkets *markets, gsize u, gsize sex, gsize age, gsize day,
                           double persons);

/* The rows and where they belong; -1 nowhere. */
typedef struct {
    const SpPersonRows *rows;
    const gint32 *place;   /* by code of region */
    const gint32 *days_of; /* by code of period */
} Cells;

static void find_status(SpMarkets *markets, const Cells *cells)
{
    const SpPersonRows *rows = cells->rows;
    for (gsize row = 0; row < sp_table_n_rows(rows->table); row++) {
        gint32 u = cells->place[rows->region[row]];
        guint8 status = rows->persons[row].status;
        if (u >= 0 && rows->sexes[rows->sex[row]] >= 0 && rows->ages[rows->age[row]] >= 0 &&
            cells->days_of[rows->period[row]] >= 0 && status >= SP_PENDING) {
            markets->status[u] = MAX(markets->status[u], status);
        }
    }
}

static void each_cell(SpMarkets *markets, const Cells *cells, AddPersons add)
{
    const SpPersonRows *rows = cells->rows;
    for (gsize row = 0; row < sp_table_n_rows(rows->table); row++) {
        gint32 u = cells->place[rows->region[row]], sex = rows->sexes[rows->sex[row]];
        gint32 age = rows->ages[rows->age[row]], day = cells->days_of[rows->period[row]];
        if (u < 0 || sex < 0 || age < 0 || day < 0 || !sp_real_is_number(rows->persons[row])) {
            continue;
        }
        gboolean stays = markets->status[u] != SP_PRESENT;
        gsize last = stays ? markets->n_days - 1 : (gsize)day;
        for (gsize at = (gsize)day; (!stays || day == 0) && at <= last; at++) {
            add(markets, (gsize)u, (gsize)sex, (gsize)age, at, rows->persons[row].value);
        }
    }
}

/* Of kommuner, before their regions are known. */
static void add_of_kommune(SpMarkets *markets, gsize u, gsize sex, gsize age, gsize day,
                           double persons)
{
    (void)sex;
    markets->people[day] += persons;
    markets->inhabitants[u] += day == 0 ? persons : 0.0;
    if ((double)age >= markets->work_from && (double)age <= markets->work_to) {
        markets->workforce[u * markets->n_days + day] += persons;
    }
}

static void add_of_market(SpMarkets *markets, gsize u, gsize sex, gsize age, gsize day,
                          double persons)
{
    if (age >= SP_FIRST_WORK_AGE && age < SP_FIRST_WORK_AGE + SP_N_MARKET_AGES) {
        double *cells = sp_markets_persons(markets, markets->market[u], day);
        cells[sex * SP_N_MARKET_AGES + age - SP_FIRST_WORK_AGE] += persons;
    }
}

/* `markets->workforce` has people. */
static void check_commuters(const SpMarkets *markets, const SpPlaceRules *rules, SpQuality *quality)
{
    gsize n = markets->n_kommuner;
    g_autofree double *people = g_new(double, n);
    for (gsize u = 0; u < n; u++) {
        people[u] = markets->workforce[u * markets->n_days];
    }
    sp_commuters_check(markets->commuters, markets->kommuner, n, people, rules, quality);
}

/* From people of working age by kommune to the growth of those who work there. */
static void find_workforce(SpMarkets *markets)
{
    gsize n = markets->n_kommuner, n_days = markets->n_days;
    g_autofree double *people = g_steal_pointer(&markets->workforce);
    markets->workforce = g_new0(double, n *n_days);
    for (gsize u = 0; u < n; u++) {
        double all = 0.0, *now = &markets->workforce[u * n_days];
        for (gsize v = 0; v < n; v++) {
            double own = v == u ? 1e-6 : 0.0; /* alone where nobody is known to work there */
            double weight =
                own + (markets->commuters == NULL ? 0.0 : markets->commuters[v * n + u]);
            double base = people[v * n_days];
            for (gsize day = 0; weight > 0.0 && day < n_days; day++) {
                now[day] += weight * (base > 0.0 ? people[v * n_days + day] / base : 1.0);
            }
            all += weight;
        }
        for (gsize day = 0; day < n_days; day++) {
            now[day] /= all;
        }
    }
}

static gboolean read_commuters(const SpTables *in, SpMarkets *markets, SpQuality *quality,
                               GError **error)
{
    g_autoptr(GError) local = NULL;
    const SpTable *table = sp_tables_find(in, "pendling");
    markets->commuters = table == NULL
                             ? NULL
                             : sp_commuters_read(table, markets->kommuner, markets->n_kommuner,
                                                 markets->base, quality, &local);
    if (local != NULL) {
        g_propagate_error(error, g_steal_pointer(&local));
        return FALSE;
    }
    if (markets->commuters == NULL) {
        sp_quality_note(quality, "no_commuting", "pendling", 0,
                        "no figure of a year before %d: people work in the region where they live",
                        markets->base);
    }
    return TRUE;
}

SpMarkets *sp_markets_new(const SpTables *in, const SpPlaceRules *rules, SpQuality *quality,
                          GError **error)
{
    g_auto(SpPersonRows) rows = {0};
    g_autofree gint32 *days_of = NULL;
    g_autoptr(SpMarkets) markets = g_new0(SpMarkets, 1);
    const SpTable *population = sp_tables_need(in, "framskriving_befolkning", error);
    const SpTable *regions = population == NULL ? NULL : sp_tables_need(in, "region", error);
    if (regions == NULL || !sp_person_rows_init(&rows, population, error)) {
        return NULL;
    }
    markets->kommuner =
        sp_table_used_list(population, sp_table_find(population, "region"), is_kommune, NULL);
    gsize n = markets->n_kommuner = g_strv_length(markets->kommuner);
    if (n == 0) {
        sp_error_set(error, SP_ERROR_DATA, "%s: no kommuner; run the projection of population",
                     sp_table_name(population));
        return NULL;
    }
    g_autoptr(SpPlaces) places =
        sp_places_new(regions, (const char *const *)(gpointer)markets->kommuner, n, error);
    if (places == NULL || !find_days(population, rows.period_codes, &days_of, markets, error) ||
        !read_commuters(in, markets, quality, error)) {
        return NULL;
    }
    g_assert(days_of != NULL);
    markets->work_from = rules->work_from;
    markets->work_to = rules->work_to;
    markets->people = g_new0(double, markets->n_days);
    markets->inhabitants = g_new0(double, n);
    markets->status = g_new0(guint8, n);
    markets->workforce = g_new0(double, n * markets->n_days);
    g_autofree gint32 *place = sp_codes_places(rows.region_codes, markets->kommuner, n);
    const Cells cells = {&rows, place, days_of};
    find_status(markets, &cells);
    each_cell(markets, &cells, add_of_kommune);
    if (markets->commuters != NULL) {
        check_commuters(markets, rules, quality);
    }
    find_markets(markets, places, rules, quality);
    markets->persons = g_new0(double, markets->n_markets * markets->n_days * 2 * SP_N_MARKET_AGES);
    each_cell(markets, &cells, add_of_market);
    find_workforce(markets);
    return g_steal_pointer(&markets);
}

void sp_markets_free(SpMarkets *markets)
{
    if (markets == NULL) {
        return;
    }
    g_strfreev(markets->kommuner);
    g_free(markets->market);
    g_strfreev(markets->names);
    g_free(markets->persons);
    g_free(markets->people);
    g_free(markets->inhabitants);
    g_free(markets->status);
    g_free(markets->commuters);
    g_free(markets->workforce);
    g_free(markets);
}
