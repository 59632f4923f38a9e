/* Yearly numbers. */
#include "transforms/project/supply/numbers.h"

#include "core/period.h"
#include "transforms/project/rowfilter.h"
#include "transforms/project/steps.h"

#include <math.h>
#include <string.h>

enum { OF_A_LINE = 2 }; /* level and slope */

/* The year in which each period ends, 0 for what is no period. */
static int *years_of(const SpCodes *codes)
{
    int *years = g_new0(int, sp_codes_size(codes));
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        SpPeriod period;
        if (sp_period_parse(sp_codes_text(codes, i), &period)) {
            years[i] = sp_day_year(period.last);
        }
    }
    return years;
}

gboolean sp_numbers_read(const SpTable *table, const SpNumbersOf *of, int base, SpNumbers *numbers,
                         GError **error)
{
    static const char *const names[] = {"region", "profesjon", "period"};
    gsize columns[G_N_ELEMENTS(names)], measure, age = SP_NO_COLUMN;
    numbers->first = base - SP_N_PAST_YEARS;
    for (gsize i = 0; i < SP_N_PAST_YEARS; i++) {
        numbers->persons[i] = NAN;
    }
    if (table == NULL) {
        return TRUE;
    }
    if (!sp_table_need_all(table, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, columns, error) ||
        !sp_table_need(table, of->measure, SP_COLUMN_MEASURE, &measure, error) ||
        (of->age != NULL && !sp_table_need(table, "alder", SP_COLUMN_CODE, &age, error))) {
        return FALSE;
    }
    g_autofree gboolean *is_meant = sp_row_filter(table, of->rows, error);
    if (is_meant == NULL) {
        return FALSE;
    }
    g_autofree int *years = years_of(sp_table_codes(table, columns[2]));
    const guint32 *period = sp_table_code_numbers_const(table, columns[2]);
    gboolean has_country = FALSE;
    /* The first time through looks for the country alone. */
    for (guint pass = 0; pass < 2; pass++) {
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            SpReal real = sp_table_real(table, row, measure);
            int place = years[period[row]] - numbers->first;
            gboolean is_country = strcmp(sp_table_code(table, row, columns[0]), "0") == 0;
            if (strcmp(sp_table_code(table, row, columns[1]), of->profession) != 0 ||
                !is_meant[row] ||
                (age != SP_NO_COLUMN && strcmp(sp_table_code(table, row, age), of->age) != 0) ||
                place < 0 || place >= SP_N_PAST_YEARS || !sp_real_is_number(real) ||
                is_country != (pass == 0)) {
                continue;
            }
            has_country = has_country || is_country;
            double *sum = &numbers->persons[place];
            *sum = isnan(*sum) ? real.value : *sum + real.value;
        }
        if (has_country) {
            break;
        }
    }
    return TRUE;
}

double sp_numbers_at(const SpNumbers *numbers, int year)
{
    int place = year - numbers->first;
    return place >= 0 && place < SP_N_PAST_YEARS ? numbers->persons[place] : (double)NAN;
}

gsize sp_numbers_known(const SpNumbers *numbers)
{
    gsize n = 0;
    for (gsize i = 0; i < SP_N_PAST_YEARS; i++) {
        n += isnan(numbers->persons[i]) ? 0 : 1;
    }
    return n;
}

int sp_numbers_newest(const SpNumbers *numbers)
{
    for (int i = SP_N_PAST_YEARS; i-- > 0;) {
        if (!isnan(numbers->persons[i])) {
            return numbers->first + i;
        }
    }
    return 0;
}

int sp_numbers_oldest(const SpNumbers *numbers)
{
    for (int i = 0; i < SP_N_PAST_YEARS; i++) {
        if (!isnan(numbers->persons[i])) {
            return numbers->first + i;
        }
    }
    return 0;
}

double sp_numbers_recent(const SpNumbers *numbers, gsize n)
{
    double sum = 0.0;
    gsize found = 0;
    for (gsize i = SP_N_PAST_YEARS; i-- > 0 && found < n;) {
        if (!isnan(numbers->persons[i])) {
            sum += numbers->persons[i];
            found++;
        }
    }
    return found > 0 ? sum / (double)found : (double)NAN;
}

double sp_numbers_sd(const SpNumbers *numbers, double assumed)
{
    double n = (double)sp_numbers_known(numbers), mean, middle = 0.0, years = 0.0, slope = 0.0;
    mean = sp_numbers_recent(numbers, SP_N_PAST_YEARS);
    if (n <= OF_A_LINE || !(mean > 0.0)) {
        return assumed;
    }
    for (gsize i = 0; i < SP_N_PAST_YEARS; i++) {
        middle += isnan(numbers->persons[i]) ? 0.0 : (double)i / n;
    }
    for (gsize i = 0; i < SP_N_PAST_YEARS; i++) {
        if (!isnan(numbers->persons[i])) {
            double off = (double)i - middle;
            years += off * off;
            slope += off * (numbers->persons[i] / mean - 1.0);
        }
    }
    slope /= years;
    double squares = 0.0;
    for (gsize i = 0; i < SP_N_PAST_YEARS; i++) {
        if (!isnan(numbers->persons[i])) {
            double off = numbers->persons[i] / mean - 1.0 - slope * ((double)i - middle);
            squares += off * off;
        }
    }
    return sqrt((SP_STEP_ASSUMED_CHANGES * assumed * assumed + squares) /
                (SP_STEP_ASSUMED_CHANGES + n - OF_A_LINE));
}
