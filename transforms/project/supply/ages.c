/* Codes of ages. */
#include "transforms/project/supply/ages.h"

#include "core/number.h"
#include "transforms/project/supply/stock.h"

#include <string.h>

static gboolean parse_age(const char *text, gsize size, gint64 *age)
{
    return size > 0 && sp_number_parse_int(text, size, age) && *age >= 0 && *age < 200;
}

int sp_work_band_parse(const char *code, SpWorkBand *band)
{
    gsize size = strlen(code);
    const char *dash = strchr(code, '-');
    gboolean is_open = size > 0 && code[size - 1] == '+';
    gsize first_size = dash != NULL ? (gsize)(dash - code) : size - (is_open ? 1 : 0);
    gint64 first, last;
    if (!parse_age(code, first_size, &first)) {
        return -1;
    }
    last = is_open ? SP_LAST_WORK_AGE : first;
    if (dash != NULL && (!parse_age(dash + 1, strlen(dash + 1), &last) || last < first)) {
        return -1;
    }
    if (last < SP_FIRST_WORK_AGE || first > SP_LAST_WORK_AGE) {
        return 0;
    }
    band->first = (guint)(MAX(first, SP_FIRST_WORK_AGE) - SP_FIRST_WORK_AGE);
    band->last = (guint)(MIN(last, SP_LAST_WORK_AGE) - SP_FIRST_WORK_AGE);
    return 1;
}
