/* The projection as a table. */
#include "transforms/project/population/population.h"

#include "core/period.h"

/* The classification that the facts have for a column. */
static const char *classification_of(const SpTable *table, const char *column)
{
    gsize found = sp_table_find(table, column);
    return found == SP_NO_COLUMN ? NULL : sp_table_column(table, found)->classification;
}

static SpReal figure(const SpHistory *history, gsize region, gsize day, gsize cell,
                     const SpPersons *persons)
{
    if (day == 0) {
        return history->base_reals[region * SP_N_SEXES * SP_N_AGES + cell];
    }
    SpReal real = history->status[region] == SP_PRESENT
                      ? sp_real(persons->count[cell / SP_N_AGES][cell % SP_N_AGES])
                      : sp_real_none((SpStatus)history->status[region]);
    real.flags |= SP_FLAG_MODELLED;
    return real;
}

/* Writes all rows column by column in the order of the key, by code number. */
static void fill(const SpPopulationModel *model, gsize n_days, const SpPersons persons[],
                 SpTable *table)
{
    const SpHistory *history = model->history;
    SpReal *reals = sp_table_reals(table, 4);
    guint32 *numbers[4];
    SpCodes *codes[4];
    for (gsize column = 0; column < G_N_ELEMENTS(numbers); column++) {
        numbers[column] = sp_table_code_numbers(table, column);
        codes[column] = sp_table_codes(table, column);
    }
    g_autofree guint32 *days = g_new(guint32, n_days);
    for (gsize day = 0; day < n_days; day++) {
        char text[SP_DAY_SIZE];
        SpDay date = (history->base + (SpDay)day) * 10000 + 101;
        days[day] = sp_codes_add(codes[3], sp_day_format(date, text));
    }
    guint32 sexes[SP_N_SEXES] = {sp_codes_add(codes[1], "1"), sp_codes_add(codes[1], "2")};
    guint32 ages[SP_N_AGES];
    for (guint age = 0; age < SP_N_AGES; age++) {
        char text[8];
        g_snprintf(text, sizeof text, "%03u", age);
        ages[age] = sp_codes_add(codes[2], text);
    }
    gsize row = 0;
    for (gsize region = 0; region < history->n_regions; region++) {
        guint32 number = sp_codes_add(codes[0], history->codes[region]);
        for (gsize cell = 0; cell < (gsize)SP_N_SEXES * SP_N_AGES; cell++) {
            for (gsize day = 0; day < n_days; day++) {
                numbers[0][row] = number;
                numbers[1][row] = sexes[cell / SP_N_AGES];
                numbers[2][row] = ages[cell % SP_N_AGES];
                numbers[3][row] = days[day];
                reals[row] = figure(history, region, day, cell, &persons[region * n_days + day]);
                row++;
            }
        }
    }
}

SpTable *sp_population_table(const SpPopulationModel *model, gsize n_days,
                             const SpPersons persons[], const SpTable *folkemengde)
{
    const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "kjonn", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "alder", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "innbyggere", .kind = SP_COLUMN_MEASURE, .unit = "persons", .is_additive = TRUE},
    };
    SpColumn classified[G_N_ELEMENTS(columns)];
    for (gsize i = 0; i < G_N_ELEMENTS(columns); i++) {
        classified[i] = columns[i];
        classified[i].classification = classification_of(folkemengde, columns[i].name);
    }
    SpTable *table = sp_table_new("framskriving_befolkning", classified, G_N_ELEMENTS(classified));
    sp_table_set_edition(table, sp_table_edition(folkemengde));
    gsize n_rows = model->history->n_regions * SP_N_SEXES * SP_N_AGES * n_days;
    sp_table_add_rows(table, n_rows);
    fill(model, n_days, persons, table);
    return table;
}
