/* Labour-market regions and their people. */
#include "transforms/project/supply/markets.h"

#include "core/error.h"
#include "core/period.h"
#include "core/regions.h"
#include "core/table_rows.h"
#include "transforms/project/places.h"

#include <stdlib.h>
#include <string.h>

enum { OLD_FROM = 67 };

/* Codes of kommuner that stand in a row, in byte order. */
static char **find_kommuner(const SpTable *table, gsize column)
{
    const SpCodes *codes = sp_table_codes(table, column);
    g_autofree gboolean *used = sp_table_used_codes(table, column);
    GPtrArray *found = g_ptr_array_new();
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        const char *code = sp_codes_text(codes, i);
        if (used[i] && sp_region_kind(code) == SP_REGION_KOMMUNE) {
            g_ptr_array_add(found, g_strdup(code));
        }
    }
    g_ptr_array_sort(found, sp_codes_compare);
    g_ptr_array_add(found, NULL);
    return (char **)g_ptr_array_free(found, FALSE);
}

/* The code of a kommune's region: its labour-market region, or its fylke. */
static const char *name_of(const SpPlaces *places, gsize kommune)
{
    guint32 market = places->labour_market[kommune];
    return market != SP_NO_PLACE ? sp_codes_text(places->labour_market_codes, market)
                                 : sp_codes_text(places->fylke_codes, places->fylke[kommune]);
}

static void find_markets(SpMarkets *markets, const SpPlaces *places, SpQuality *quality)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    gsize n_fylker = 0;
    markets->market = g_new(guint, markets->n_kommuner);
    for (gsize u = 0; u < markets->n_kommuner; u++) {
        const char *name = name_of(places, u);
        guint at;
        if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, &at)) {
            g_ptr_array_add(names, (gpointer)name);
        }
        n_fylker += places->labour_market[u] == SP_NO_PLACE ? 1 : 0;
    }
    g_ptr_array_sort(names, sp_codes_compare);
    for (gsize u = 0; u < markets->n_kommuner; u++) {
        g_ptr_array_find_with_equal_func(names, name_of(places, u), g_str_equal,
                                         &markets->market[u]);
    }
    markets->n_markets = names->len;
    markets->names = g_new0(char *, names->len + 1);
    for (guint i = 0; i < names->len; i++) {
        markets->names[i] = g_strdup(names->pdata[i]);
    }
    if (n_fylker > 0) {
        sp_quality_note(quality, "no_labour_market_regions", "region", 0,
                        "%" G_GSIZE_FORMAT " kommuner have no labour-market region (column "
                        "arbeidsmarked); their fylke stands in",
                        n_fylker);
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

gint32 sp_markets_find(const SpMarkets *markets, const char *kommune)
{
    char **found =
        bsearch(&kommune, markets->kommuner, markets->n_kommuner, sizeof(char *), sp_codes_compare);
    return found == NULL ? -1 : (gint32)(found - markets->kommuner);
}

gint32 *sp_markets_of_codes(const SpMarkets *markets, const SpCodes *codes)
{
    gint32 *places = g_new(gint32, sp_codes_size(codes));
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        places[i] = sp_markets_find(markets, sp_codes_text(codes, i));
    }
    return places;
}

static void add_persons(SpMarkets *markets, const SpPersonRows *rows, const gint32 days_of[])
{
    g_autofree gint32 *place = sp_markets_of_codes(markets, rows->region_codes);
    markets->persons = g_new0(double, markets->n_markets * markets->n_days * 2 * SP_N_MARKET_AGES);
    markets->people = g_new0(double, markets->n_days);
    markets->inhabitants = g_new0(double, markets->n_kommuner);
    markets->old = g_malloc0_n(markets->n_kommuner, sizeof *markets->old);
    for (gsize row = 0; row < sp_table_n_rows(rows->table); row++) {
        gint32 u = place[rows->region[row]], sex = rows->sexes[rows->sex[row]];
        gint32 age = rows->ages[rows->age[row]], day = days_of[rows->period[row]];
        if (u < 0 || sex < 0 || age < 0 || day < 0 || !sp_real_is_number(rows->persons[row])) {
            continue;
        }
        double persons = rows->persons[row].value;
        markets->people[day] += persons;
        if (day == 0) {
            markets->inhabitants[u] += persons;
            markets->old[u][age >= OLD_FROM ? 1 : 0] += persons;
        }
        if (age >= SP_FIRST_WORK_AGE && age < SP_FIRST_WORK_AGE + SP_N_MARKET_AGES) {
            double *cells = sp_markets_persons(markets, markets->market[u], (gsize)day);
            cells[sex * SP_N_MARKET_AGES + age - SP_FIRST_WORK_AGE] += persons;
        }
    }
}

SpMarkets *sp_markets_new(const SpTable *population, const SpTable *regions, SpQuality *quality,
                          GError **error)
{
    g_auto(SpPersonRows) rows;
    g_autofree gint32 *days_of = NULL;
    g_autoptr(SpMarkets) markets = g_new0(SpMarkets, 1);
    if (!sp_person_rows_init(&rows, population, error)) {
        return NULL;
    }
    markets->kommuner = find_kommuner(population, sp_table_find(population, "region"));
    markets->n_kommuner = g_strv_length(markets->kommuner);
    if (markets->n_kommuner == 0) {
        sp_error_set(error, SP_ERROR_DATA, "%s: no kommuner; run the projection of population",
                     sp_table_name(population));
        return NULL;
    }
    g_autoptr(SpPlaces) places = sp_places_new(
        regions, (const char *const *)(gpointer)markets->kommuner, markets->n_kommuner, error);
    if (places == NULL || !find_days(population, rows.period_codes, &days_of, markets, error)) {
        return NULL;
    }
    find_markets(markets, places, quality);
    g_assert(days_of != NULL);
    add_persons(markets, &rows, days_of);
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
    g_free(markets->old);
    g_free(markets);
}
