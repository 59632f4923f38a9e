/* Arrangements of host kommuner on a day. */
#include "transforms/vary/hosts.h"

#include "core/error.h"
#include "core/period.h"

#include <string.h>

enum { REGION, HOST, SERVICE, FROM, UNTIL, N_COLUMNS };
static const char *const names[N_COLUMNS] = {"region", "vertskommune", "tjeneste", "period", "til"};

/* Both days are written so that bytes compare as days. */
static gboolean holds(const SpTable *table, gsize row, const gsize columns[], const char *service,
                      const char *day)
{
    const char *until = sp_table_code(table, row, columns[UNTIL]);
    return strcmp(sp_table_code(table, row, columns[SERVICE]), service) == 0 &&
           strcmp(sp_table_code(table, row, columns[FROM]), day) <= 0 &&
           (*until == '\0' || strcmp(until, day) >= 0);
}

static gsize follow(const gsize host[], gsize i)
{
    while (host[i] != i) {
        i = host[i];
    }
    return i;
}

/* Who takes part in nothing itself stands for the area, the first of two. */
static void join(gsize host[], const gboolean takes_part[], gsize one, gsize two)
{
    const gsize a = follow(host, one);
    const gsize b = follow(host, two);
    const gboolean is_a = takes_part[a] == takes_part[b] ? a < b : !takes_part[a];
    host[is_a ? b : a] = is_a ? a : b;
}

gboolean sp_hosts_find(const SpTable *table, const char *service, const char *period,
                       const GPtrArray *kommuner, gsize host[], GError **error)
{
    gsize columns[N_COLUMNS];
    SpPeriod parsed;
    char day[SP_DAY_SIZE];
    for (gsize i = 0; i < kommuner->len; i++) {
        host[i] = i;
    }
    if (table == NULL) {
        return TRUE;
    }
    if (!sp_table_need_all(table, names, N_COLUMNS, SP_COLUMN_CODE, columns, error)) {
        return FALSE;
    }
    if (!sp_period_parse(period, &parsed)) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "period \"%s\" is none, so that no arrangement of %s can be found for "
                            "it; correct the layout of the source",
                            period, service);
    }
    sp_day_format(parsed.last, day);
    g_autofree gboolean *takes_part = g_new0(gboolean, kommuner->len + 1);
    char *const *codes = (char *const *)kommuner->pdata;
    for (gsize pass = 0; pass < 2; pass++) {
        for (gsize row = 0; row < sp_table_n_rows(table); row++) {
            const gsize partner =
                sp_codes_place(codes, kommuner->len, sp_table_code(table, row, columns[REGION]));
            const gsize owner =
                sp_codes_place(codes, kommuner->len, sp_table_code(table, row, columns[HOST]));
            if (partner >= kommuner->len || owner >= kommuner->len || partner == owner ||
                !holds(table, row, columns, service, day)) {
                continue;
            }
            if (pass == 0) {
                takes_part[partner] = TRUE;
            } else {
                join(host, takes_part, partner, owner);
            }
        }
    }
    for (gsize i = 0; i < kommuner->len; i++) {
        host[i] = follow(host, i);
    }
    return TRUE;
}
