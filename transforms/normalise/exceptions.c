/* Exceptions of a layout. */
#include "transforms/normalise/exceptions.h"

#include "core/table_rows.h"
#include "transforms/normalise/routes.h"

#include <string.h>

typedef struct {
    const SpLayoutException *exception;
    gsize region;
    gsize period;
    gboolean is_wanted;
} Choice;

gboolean sp_exception_holds(const SpLayoutException *exception, const char *region,
                            const char *period)
{
    SpDay day = 0;
    return strcmp(region, exception->region) == 0 && sp_route_day(period, &day) &&
           day >= exception->from && day <= exception->to;
}

static gboolean is_chosen(const SpTable *table, gsize row, gpointer data)
{
    const Choice *choice = data;
    return sp_exception_holds(choice->exception, sp_table_code(table, row, choice->region),
                              sp_table_code(table, row, choice->period)) == choice->is_wanted;
}

SpTable *sp_exception_take(const SpTable *facts, const SpLayoutException *exception,
                           SpTable **others)
{
    Choice choice = {.exception = exception,
                     .region = sp_table_find(facts, "region"),
                     .period = sp_table_find(facts, "period"),
                     .is_wanted = TRUE};
    SpTable *taken = sp_table_filter(facts, is_chosen, &choice);
    choice.is_wanted = FALSE;
    *others = sp_table_filter(facts, is_chosen, &choice);
    for (gsize row = 0; row < sp_table_n_rows(taken); row++) {
        sp_table_set_code(taken, row, choice.region, exception->stands_for);
    }
    return taken;
}
