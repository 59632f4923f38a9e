/* Persons of two tables, streamed into sums by use. */
#include "transforms/project/demand/people.h"

#include "core/error.h"
#include "core/regions.h"
#include "core/table_rows.h"
#include "transforms/project/population/person_rows.h"

#include <string.h>

gboolean sp_people_days(const SpTable *population, int *base, gsize *n_days, GError **error)
{
    gsize column;
    if (!sp_table_need(population, "period", SP_COLUMN_CODE, &column, error)) {
        return FALSE;
    }
    g_autofree gint32 *years = sp_years_of_codes(sp_table_codes(population, column), TRUE);
    const guint32 *numbers = sp_table_code_numbers_const(population, column);
    gint32 first = G_MAXINT32, last = -1;
    for (gsize row = 0; row < sp_table_n_rows(population); row++) {
        gint32 year = years[numbers[row]];
        if (year >= 0) {
            first = MIN(first, year);
            last = MAX(last, year);
        }
    }
    if (last < 0) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: no kommuner on any 1 January; run the projection of population",
                            sp_table_name(population));
    }
    *base = first;
    *n_days = (gsize)(last - first) + 1;
    return TRUE;
}

static gboolean is_kommune(const char *code, gconstpointer data)
{
    (void)data;
    return sp_region_kind(code) == SP_REGION_KOMMUNE;
}

static gboolean find_kommuner(const SpTable *population, SpPeople *people, GError **error)
{
    gsize column;
    if (!sp_table_need(population, "region", SP_COLUMN_CODE, &column, error)) {
        return FALSE;
    }
    people->codes = sp_table_used_list(population, column, is_kommune, NULL);
    people->n_kommuner = g_strv_length(people->codes);
    return people->n_kommuner > 0 ||
           sp_error_set(error, SP_ERROR_DATA, "%s: no kommuner; run the projection of population",
                        sp_table_name(population));
}

static guint8 stronger(guint8 a, SpReal real)
{
    return sp_real_is_number(real) || real.status == SP_NOT_APPLICABLE ? a : MAX(a, real.status);
}

/* Where one row belongs, and what it adds. */
typedef struct {
    gsize kommune, day;
    guint sex; /* SP_N_SEXES: both together */
    guint age;
    SpReal persons;
} PersonRow;

static void add_row(SpPeople *people, const SpUsePath *use, const SpPersonGroups *groups,
                    const PersonRow *row)
{
    gsize at = row->kommune * people->n_days + row->day;
    double persons = row->persons.value;
    people->heads[at] += persons;
    people->has_rows[at] = TRUE;
    people->n_ages[at] += stronger(SP_PRESENT, row->persons) == SP_PRESENT ? 1 : 0;
    gsize later = row->day > people->base_day ? row->day - people->base_day : 0;
    for (gsize k = 0; k < people->n_services; k++) {
        const double *of = &use->use[(k * use->n_later + later) * SP_N_SEXES * SP_N_AGES];
        double rate = row->sex < SP_N_SEXES ? of[row->sex * SP_N_AGES + row->age]
                                            : (of[row->age] + of[SP_N_AGES + row->age]) / 2;
        if (rate <= 0.0) {
            continue; /* who never uses the service may be missing */
        }
        gsize cell = (k * people->n_kommuner + row->kommune) * people->n_days + row->day;
        double *sums = row->age < SP_ELDERLY_AGE ? people->younger : people->elderly;
        sums[cell] += persons * rate;
        people->status[cell] = stronger(people->status[cell], row->persons);
    }
    if (row->sex < SP_N_SEXES && row->day >= people->base_day) {
        guint8 group = groups->of[row->sex][row->age];
        if (group != SP_NO_GROUP) {
            people->bands[at * groups->n_groups + group] += persons;
        }
    }
}

/* Past days (`is_past`) or those of the projection. */
static gboolean add_table(SpPeople *people, const SpTable *table, gboolean is_past,
                          const SpUsePath *use, const SpPersonGroups *groups, GError **error)
{
    g_auto(SpPersonRows) rows;
    if (!sp_person_rows_init(&rows, table, error)) {
        return FALSE;
    }
    g_autofree gint32 *kommuner =
        sp_codes_places(rows.region_codes, people->codes, people->n_kommuner);
    g_autofree gint32 *years = sp_years_of_codes(rows.period_codes, TRUE);
    g_autofree gboolean *is_apart = g_new0(gboolean, people->n_days);
    guint32 together = G_MAXUINT32;
    sp_codes_find(rows.sex_codes, "0", &together);
    for (int pass = 0; pass < 2; pass++) {
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            gint32 u = kommuner[rows.region[row]], age = rows.ages[rows.age[row]];
            gint32 sex = rows.sexes[rows.sex[row]], year = years[rows.period[row]];
            gboolean is_both = is_past && rows.sex[row] == together;
            if (u < 0 || age < 0 || year < people->first_year || (sex < 0 && !is_both)) {
                continue;
            }
            gsize day = (gsize)(year - people->first_year);
            if (day >= people->n_days || (day < people->base_day) != is_past) {
                continue;
            }
            if (pass == 0) {
                is_apart[day] |= !is_both;
            } else if (!is_both || !is_apart[day]) {
                const PersonRow here = {(gsize)u, day, is_both ? SP_N_SEXES : (guint)sex,
                                        (guint)age, rows.persons[row]};
                add_row(people, use, groups, &here);
            }
        }
    }
    return TRUE;
}

/* A past day of a kommune that lacks an age others have, or has no number there, is not known: a
   sum without it would look as if people had left. */
static void drop_broken_past(SpPeople *people)
{
    gsize n_d = people->n_days;
    for (gsize day = 0; day < people->base_day; day++) {
        guint most = 0;
        for (gsize u = 0; u < people->n_kommuner; u++) {
            most = MAX(most, people->n_ages[u * n_d + day]);
        }
        for (gsize u = 0; u < people->n_kommuner; u++) {
            if (people->n_ages[u * n_d + day] == most) {
                continue;
            }
            people->heads[u * n_d + day] = 0.0;
            for (gsize k = 0; k < people->n_services; k++) {
                gsize cell = (k * people->n_kommuner + u) * n_d + day;
                people->younger[cell] = people->elderly[cell] = 0.0;
            }
        }
    }
}

/* Later days: one without anybody is a hole in the projection; a kommune without rows has no
 * figure. */
static gboolean check_later(SpPeople *people, const SpTable *population, GError **error)
{
    gsize n_d = people->n_days;
    for (gsize day = people->base_day; day < n_d; day++) {
        gboolean is_there = FALSE;
        for (gsize u = 0; u < people->n_kommuner; u++) {
            gboolean has_rows = people->has_rows[u * n_d + day];
            is_there = is_there || has_rows;
            for (gsize k = 0; k < people->n_services && !has_rows; k++) {
                people->status[(k * people->n_kommuner + u) * n_d + day] = SP_MISSING;
            }
        }
        if (!is_there) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: nobody on 1 January %d, though there are earlier and later "
                                "days; run the projection of population to the horizon",
                                sp_table_name(population), people->first_year + (int)day);
        }
    }
    return TRUE;
}

SpPeople *sp_people_new(const SpTable *population, const SpTable *folkemengde, int first_year,
                        const SpUsePath *use, const SpPersonGroups *groups, GError **error)
{
    int base = 0;
    gsize n_later = 0;
    g_autoptr(SpPeople) people = g_new0(SpPeople, 1);
    if (!sp_people_days(population, &base, &n_later, error) ||
        !find_kommuner(population, people, error)) {
        return NULL;
    }
    g_assert(first_year <= base && use->n_later == n_later);
    people->n_services = use->n_services;
    people->first_year = first_year;
    people->base_day = (gsize)(base - first_year);
    people->n_days = people->base_day + n_later;
    gsize n_cells = people->n_kommuner * people->n_days;
    people->heads = g_new0(double, n_cells);
    people->n_ages = g_new0(guint, n_cells);
    people->has_rows = g_new0(gboolean, n_cells);
    people->bands = g_new0(double, n_cells * groups->n_groups);
    people->younger = g_new0(double, n_cells * people->n_services);
    people->elderly = g_new0(double, n_cells * people->n_services);
    people->status = g_new0(guint8, n_cells * people->n_services);
    if ((folkemengde != NULL && !add_table(people, folkemengde, TRUE, use, groups, error)) ||
        !add_table(people, population, FALSE, use, groups, error) ||
        !check_later(people, population, error)) {
        return NULL;
    }
    drop_broken_past(people);
    return g_steal_pointer(&people);
}

void sp_people_free(SpPeople *people)
{
    if (people != NULL) {
        g_strfreev(people->codes);
        g_free(people->heads);
        g_free(people->n_ages);
        g_free(people->has_rows);
        g_free(people->younger);
        g_free(people->elderly);
        g_free(people->bands);
        g_free(people->status);
        g_free(people);
    }
}

void sp_people_take_next(SpPeople *people, gsize service)
{
    gsize n_d = people->n_days;
    for (gsize u = 0; u < people->n_kommuner; u++) {
        gsize first = (service * people->n_kommuner + u) * n_d;
        for (gsize day = 0; day + 1 < n_d; day++) {
            if (day + 1 < people->base_day && !(people->heads[u * n_d + day + 1] > 0.0)) {
                continue;
            }
            people->younger[first + day] = people->younger[first + day + 1];
            people->elderly[first + day] = people->elderly[first + day + 1];
            people->status[first + day] = people->status[first + day + 1];
        }
    }
}

void sp_people_by_age(const SpPeople *people, gsize service, double younger, double elderly,
                      double by_age[])
{
    gsize n_cells = people->n_kommuner * people->n_days, first = service * n_cells;
    for (gsize i = 0; i < n_cells; i++) {
        by_age[i] = younger * people->younger[first + i] + elderly * people->elderly[first + i];
    }
}
