/* What exit rates are made of, and the two numbers that go with it. */
#include "transforms/project/balance/turnover.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

/* The owner's limit on the årsverk of a cell; 0 when it has none. */
static gboolean read_at_most(const SpTable *rules, double *at_most, GError **error)
{
    static const char *const names[] = {"table", "measure", "at_most"};
    gsize at[G_N_ELEMENTS(names)];
    *at_most = 0.0;
    if (!sp_table_need_all(rules, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, at, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(rules); row++) {
        const char *text = sp_table_code(rules, row, at[2]);
        if (strcmp(sp_table_code(rules, row, at[0]), SP_TABLE_LEAVERS) == 0 &&
            strcmp(sp_table_code(rules, row, at[1]), "turnover_aarsverk") == 0 &&
            !sp_number_parse(text, strlen(text), sp_number_plain, at_most)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "config/skjerming.csv: at_most is \"%s\", want a number", text);
        }
    }
    return TRUE;
}

static gboolean read_size(const SpTable *sizes, const char *name, double most, double *size,
                          GError **error)
{
    gsize id, value;
    if (!sp_table_need(sizes, "id", SP_COLUMN_CODE, &id, error) ||
        !sp_table_need(sizes, "verdi", SP_COLUMN_MEASURE, &value, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(sizes); row++) {
        SpReal real = sp_table_real(sizes, row, value);
        if (strcmp(sp_table_code(sizes, row, id), name) == 0 && sp_real_is_number(real) &&
            real.value > 0.0 && real.value <= most) {
            *size = real.value;
            return TRUE;
        }
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "turnover: want a row %s with a number above 0, at most %g, in verdi", name,
                        most);
}

gboolean sp_turnover_source_init(SpTurnoverSource *source, const SpTables *in, GError **error)
{
    const SpTable *rules = sp_tables_need(in, "skjerming", error);
    const SpTable *sizes = rules == NULL ? NULL : sp_tables_need(in, "turnover", error);
    *source = (SpTurnoverSource){.table = sp_tables_find(in, SP_TABLE_LEAVERS),
                                 .groups = sp_tables_find(in, "pai_utdanning")};
    return sizes != NULL && read_at_most(rules, &source->at_most, error) &&
           read_size(sizes, "kommuner.sluttet", 1000.0, &source->least, error) &&
           read_size(sizes, "kommuner.spredning", 1.0, &source->spread, error);
}
