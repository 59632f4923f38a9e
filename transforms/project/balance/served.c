/* Mean persons of a year. */
#include "transforms/project/balance/served.h"

#include "core/period.h"
#include "transforms/project/population/person_rows.h"

enum { N_DAYS = 2 };

/* Which end of the year a period is, N_DAYS for neither: by code number. g_free. */
static guint *days_of_codes(const SpCodes *codes, int year)
{
    guint *days = g_new(guint, sp_codes_size(codes) + 1);
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        SpDay day = 0;
        gboolean is_day = sp_day_parse(sp_codes_text(codes, i), &day);
        days[i] = N_DAYS;
        for (guint end = 0; is_day && end < N_DAYS; end++) {
            days[i] = day == (year + (int)end) * 10000 + 101 ? end : days[i];
        }
    }
    return days;
}

gboolean sp_served_fill(const SpTable *table, char *const regions[], gsize n, const char *period,
                        double persons[], GError **error)
{
    g_auto(SpPersonRows) rows = {0};
    SpPeriod year;
    if (!sp_person_rows_init(&rows, table, error)) {
        return FALSE;
    }
    if (!sp_period_parse(period, &year) || year.kind != SP_PERIOD_YEAR) {
        return TRUE;
    }
    g_autofree guint *days = days_of_codes(rows.period_codes, sp_day_year(year.first));
    g_autofree double *mean = g_new0(double, n *SP_N_AGES + 1);
    g_autofree SpReal *whole = g_new0(SpReal, n * N_DAYS + 1);
    for (gsize i = 0; i < n * N_DAYS; i++) {
        whole[i] = sp_real_none(SP_NOT_APPLICABLE);
    }
    g_autofree gint32 *place = sp_codes_places(rows.region_codes, regions, n);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        guint day = days[rows.period[row]];
        gint32 age = rows.ages[rows.age[row]], region = place[rows.region[row]];
        if (day < N_DAYS && age >= 0 && region >= 0 && rows.sexes[rows.sex[row]] >= 0) {
            gsize end = (gsize)region * N_DAYS + day;
            mean[(gsize)region * SP_N_AGES + (gsize)age] += rows.persons[row].value / N_DAYS;
            whole[end] = sp_real_add(whole[end], rows.persons[row]);
        }
    }
    for (gsize i = 0; i < n * SP_N_AGES; i++) {
        gsize region = i / SP_N_AGES;
        if (sp_real_is_number(whole[region * N_DAYS]) &&
            sp_real_is_number(whole[region * N_DAYS + 1])) {
            persons[i] = mean[i];
        }
    }
    return TRUE;
}
