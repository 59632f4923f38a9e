/* Any text as a number and as a period: what is read and written reads back the same. */
#include "core/number.h"
#include "core/period.h"
#include "tests/fuzz/guard.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static void fuzz_number(const char *text, gsize size, SpNumberForm form)
{
    double value = 0;
    if (!sp_number_parse(text, size, form, &value)) {
        return;
    }
    FUZZ_CLAIM(value - value == 0); /* finite */
    char buffer[SP_NUMBER_SIZE];
    gsize length = sp_number_format(value, buffer);
    double again = 0;
    FUZZ_CLAIM(sp_number_parse(buffer, length, sp_number_plain, &again));
    char second[SP_NUMBER_SIZE];
    FUZZ_CLAIM(sp_number_format(again, second) == length && memcmp(buffer, second, length) == 0);
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    g_autofree char *text = g_strndup((const char *)data, size);
    fuzz_number((const char *)data, size, sp_number_plain);
    fuzz_number((const char *)data, size, sp_number_norwegian);
    gint64 whole = 0;
    for (guint decimals = 0; decimals <= 9; decimals++) {
        if (sp_number_parse_fixed((const char *)data, size, ',', decimals, &whole)) {
            (void)sp_number_of_fixed(whole, decimals);
        }
    }
    SpPeriod period;
    if (sp_period_parse(text, &period)) {
        FUZZ_CLAIM(period.first <= period.last);
        char first[SP_DAY_SIZE];
        SpDay day = 0;
        FUZZ_CLAIM(sp_day_parse(sp_day_format(period.first, first), &day) && day == period.first);
    }
    return 0;
}
