/* The newest period of a table on a day. */
#include "transforms/project/balance/newest.h"

#include "core/period.h"
#include "core/table_rows.h"

gboolean sp_period_is_known(const char *period, gint32 day)
{
    SpPeriod parsed;
    return sp_period_parse(period, &parsed) && parsed.last <= day;
}

const char *sp_newest_period(const SpTable *table, gsize column, const char *base)
{
    const SpCodes *codes = sp_table_codes(table, column);
    g_autofree gboolean *is_used = sp_table_used_codes(table, column);
    const char *newest = NULL;
    SpDay day, last = 0;
    if (!sp_day_parse(base, &day)) {
        return NULL;
    }
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        SpPeriod period;
        const char *text = sp_codes_text(codes, i);
        if (is_used[i] && sp_period_is_known(text, day) && sp_period_parse(text, &period) &&
            period.last > last) {
            newest = text;
            last = period.last;
        }
    }
    return newest;
}
