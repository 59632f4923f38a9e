/* National mortality and fertility from tables to arrays. */
#include "transforms/project/population/rates.h"

#include "core/error.h"
#include "core/number.h"
#include "core/period.h"

#include <string.h>

gint32 *sp_sexes_of_codes(const SpCodes *codes)
{
    gint32 *sexes = g_new(gint32, sp_codes_size(codes));
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        const char *text = sp_codes_text(codes, i);
        sexes[i] = strcmp(text, "1") == 0 ? SP_MEN : strcmp(text, "2") == 0 ? SP_WOMEN : -1;
    }
    return sexes;
}

gint32 sp_age_of_code(const char *text, guint n_ages)
{
    gint64 age;
    gboolean is_age = strlen(text) == 3 && strspn(text, "0123456789") == 3 &&
                      sp_number_parse_int(text, 3, &age) && age < (gint64)n_ages;
    return is_age ? (gint32)age : -1;
}

gint32 *sp_ages_of_codes(const SpCodes *codes, guint n_ages)
{
    gint32 *ages = g_new(gint32, sp_codes_size(codes));
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        ages[i] = sp_age_of_code(sp_codes_text(codes, i), n_ages);
    }
    return ages;
}

gint32 *sp_years_of_codes(const SpCodes *codes, gboolean as_stock)
{
    gint32 *years = g_new(gint32, sp_codes_size(codes));
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        SpPeriod period;
        years[i] = -1;
        if (!sp_period_parse(sp_codes_text(codes, i), &period)) {
            continue;
        }
        gboolean is_new_year = period.first % 10000 == 101;
        if (period.kind == (as_stock ? SP_PERIOD_DATE : SP_PERIOD_YEAR) && is_new_year) {
            years[i] = sp_day_year(period.first);
        }
    }
    return years;
}

static gint compare_years(gconstpointer a, gconstpointer b)
{
    int first = *(const int *)a, second = *(const int *)b;
    return first < second ? -1 : first > second;
}

/* The element of a year in an array whose elements begin with their year; made (all 0) when it is
 * new. */
static gpointer year_slot(GArray *years, int year)
{
    gsize size = g_array_get_element_size(years);
    for (guint i = 0; i < years->len; i++) {
        gpointer slot = years->data + i * size;
        if (*(int *)slot == year) {
            return slot;
        }
    }
    g_array_set_size(years, years->len + 1); /* cleared */
    gpointer slot = years->data + (years->len - 1) * size;
    *(int *)slot = year;
    return slot;
}

/* A year is whole when every age below SP_WHOLE_AGES has people and a rate. */
static void drop_years_with_holes(GArray *years, const gboolean *has_rate)
{
    guint kept = 0;
    for (guint i = 0; i < years->len; i++) {
        SpDeathYear *year = &g_array_index(years, SpDeathYear, i);
        gboolean is_whole = TRUE;
        for (guint sex = 0; sex < SP_N_SEXES; sex++) {
            for (guint age = 0; age < SP_WHOLE_AGES; age++) {
                gsize cell = (i * (gsize)SP_N_SEXES + sex) * SP_N_RATE_AGES + age;
                is_whole = is_whole && has_rate[cell] && year->exposure[sex][age] > 0.0;
            }
        }
        if (is_whole) {
            g_array_index(years, SpDeathYear, kept) = *year;
            kept++;
        }
    }
    g_array_set_size(years, kept);
}

GArray *sp_death_years_new(const SpTable *table, int before, GError **error)
{
    static const char *const names[] = {"middelfolkemengde", "doede", "doedsrate"};
    gsize sex_column, age_column, period_column, measures[G_N_ELEMENTS(names)];
    if (!sp_table_need(table, "kjonn", SP_COLUMN_CODE, &sex_column, error) ||
        !sp_table_need(table, "alder", SP_COLUMN_CODE, &age_column, error) ||
        !sp_table_need(table, "period", SP_COLUMN_CODE, &period_column, error) ||
        !sp_table_need_all(table, names, G_N_ELEMENTS(names), SP_COLUMN_MEASURE, measures, error)) {
        return NULL;
    }
    g_autofree gint32 *sexes = sp_sexes_of_codes(sp_table_codes(table, sex_column));
    g_autofree gint32 *ages = sp_ages_of_codes(sp_table_codes(table, age_column), SP_N_RATE_AGES);
    g_autofree gint32 *at = sp_years_of_codes(sp_table_codes(table, period_column), FALSE);
    const guint32 *sex_numbers = sp_table_code_numbers_const(table, sex_column);
    const guint32 *age_numbers = sp_table_code_numbers_const(table, age_column);
    const guint32 *period_numbers = sp_table_code_numbers_const(table, period_column);

    g_autoptr(GArray) years = g_array_new(FALSE, TRUE, sizeof(SpDeathYear));
    g_autoptr(GArray) has_rate = g_array_new(FALSE, TRUE, sizeof(gboolean));
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gint32 sex = sexes[sex_numbers[row]], age = ages[age_numbers[row]];
        gint32 year = at[period_numbers[row]];
        SpReal exposure = sp_table_real(table, row, measures[0]);
        SpReal deaths = sp_table_real(table, row, measures[1]);
        SpReal rate = sp_table_real(table, row, measures[2]);
        if (sex < 0 || age < 0 || year < 0 || year >= before || !sp_real_is_number(exposure) ||
            !sp_real_is_number(deaths) || !sp_real_is_number(rate)) {
            continue;
        }
        SpDeathYear *slot = year_slot(years, year);
        slot->exposure[sex][age] = exposure.value;
        slot->deaths[sex][age] = deaths.value;
        slot->rate[sex][age] = rate.value;
        g_array_set_size(has_rate, years->len * (guint)SP_N_SEXES * SP_N_RATE_AGES);
        gsize place = (gsize)(slot - &g_array_index(years, SpDeathYear, 0));
        gsize cell = (place * SP_N_SEXES + (gsize)sex) * SP_N_RATE_AGES + (gsize)age;
        g_array_index(has_rate, gboolean, cell) = TRUE;
    }
    drop_years_with_holes(years, (const gboolean *)(const void *)has_rate->data);
    if (years->len == 0) {
        sp_error_set(error, SP_ERROR_NO_INPUT,
                     "%s: no year before %d has deaths and people at every age below %d; fetch a "
                     "newer extract or choose a later project.base",
                     sp_table_name(table), before, SP_WHOLE_AGES);
        return NULL;
    }
    g_array_sort(years, compare_years);
    return g_steal_pointer(&years);
}

const SpDeathYear *sp_death_years_find(const GArray *years, int year)
{
    for (guint i = 0; i < years->len; i++) {
        if (g_array_index(years, SpDeathYear, i).year == year) {
            return &g_array_index(years, SpDeathYear, i);
        }
    }
    return NULL;
}

GArray *sp_birth_years_new(const SpTable *table, int before, GError **error)
{
    gsize age_column, period_column, measure;
    if (!sp_table_need(table, "alder", SP_COLUMN_CODE, &age_column, error) ||
        !sp_table_need(table, "period", SP_COLUMN_CODE, &period_column, error) ||
        !sp_table_need(table, "fruktbarhetsrate", SP_COLUMN_MEASURE, &measure, error)) {
        return NULL;
    }
    g_autofree gint32 *ages = sp_ages_of_codes(sp_table_codes(table, age_column), SP_N_AGES);
    g_autofree gint32 *at = sp_years_of_codes(sp_table_codes(table, period_column), FALSE);
    const guint32 *age_numbers = sp_table_code_numbers_const(table, age_column);
    const guint32 *period_numbers = sp_table_code_numbers_const(table, period_column);

    g_autoptr(GArray) years = g_array_new(FALSE, TRUE, sizeof(SpBirthYear));
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gint32 age = ages[age_numbers[row]], year = at[period_numbers[row]];
        if (age < 0 || year < 0 || year >= before) {
            continue;
        }
        SpReal rate = sp_table_real(table, row, measure);
        if (!sp_real_is_number(rate)) {
            sp_error_set(error, SP_ERROR_DATA,
                         "%s: row %" G_GSIZE_FORMAT
                         ": no fruktbarhetsrate for age %d in %d; correct the extract",
                         sp_table_name(table), row + 1, age, year);
            return NULL;
        }
        ((SpBirthYear *)year_slot(years, year))->rate[age] = rate.value;
    }
    if (years->len == 0) {
        sp_error_set(error, SP_ERROR_NO_INPUT,
                     "%s: no year before %d; fetch a newer extract or choose a later project.base",
                     sp_table_name(table), before);
        return NULL;
    }
    g_array_sort(years, compare_years);
    return g_steal_pointer(&years);
}

const SpBirthYear *sp_birth_years_at(const GArray *years, int year)
{
    guint found = 0;
    for (guint i = 0; i < years->len; i++) {
        if (g_array_index(years, SpBirthYear, i).year <= year) {
            found = i;
        }
    }
    return &g_array_index(years, SpBirthYear, found);
}
