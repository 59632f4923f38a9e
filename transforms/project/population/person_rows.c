/* A table of persons as arrays: columns found once, sex and age read once per code. */
#include "transforms/project/population/person_rows.h"

enum { REGION, KJONN, ALDER, PERIOD, N_CODES };
static const char *const codes[N_CODES] = {"region", "kjonn", "alder", "period"};

gboolean sp_person_rows_init(SpPersonRows *rows, const SpTable *table, GError **error)
{
    gsize columns[N_CODES];
    gsize measure;
    *rows = (SpPersonRows){.table = table};
    if (!sp_table_need_all(table, codes, N_CODES, SP_COLUMN_CODE, columns, error) ||
        !sp_table_need(table, "innbyggere", SP_COLUMN_MEASURE, &measure, error)) {
        return FALSE;
    }
    rows->region_codes = sp_table_codes(table, columns[REGION]);
    rows->sex_codes = sp_table_codes(table, columns[KJONN]);
    rows->period_codes = sp_table_codes(table, columns[PERIOD]);
    rows->region = sp_table_code_numbers_const(table, columns[REGION]);
    rows->sex = sp_table_code_numbers_const(table, columns[KJONN]);
    rows->age = sp_table_code_numbers_const(table, columns[ALDER]);
    rows->period = sp_table_code_numbers_const(table, columns[PERIOD]);
    rows->persons = sp_table_reals_const(table, measure);
    rows->sexes = sp_sexes_of_codes(sp_table_codes(table, columns[KJONN]));
    rows->ages = sp_ages_of_codes(sp_table_codes(table, columns[ALDER]), SP_N_AGES);
    return TRUE;
}

void sp_person_rows_clear(SpPersonRows *rows)
{
    g_clear_pointer(&rows->sexes, g_free);
    g_clear_pointer(&rows->ages, g_free);
}
