/* Sizes of positions, and what they make of chance. */
#include "transforms/vary/positions.h"

#include <string.h>

/* Bounds of a small position, and of those that are neither small nor full. */
#define SMALL 0.25

double sp_positions_dispersion(const SpPositions *positions)
{
    if (positions->persons <= 0.0 || positions->aarsverk <= 0.0) {
        return 1.0;
    }
    const double mean = MIN(1.0, positions->aarsverk / positions->persons);
    const double rest = MAX(0.0, positions->persons - positions->full - positions->small);
    double squares = positions->full + positions->small * SMALL * SMALL / 3.0;
    if (rest > 0.0) {
        const double left = positions->aarsverk - positions->full - positions->small * SMALL / 2.0;
        const double own = CLAMP(left / rest, SMALL, 1.0);
        /* Of an even spread from SMALL to 1 this is (1 - SMALL)^2 / 12; it is 0 at either end. */
        squares += rest * (own * own + (own - SMALL) * (1.0 - own) / 3.0);
    }
    return CLAMP(squares / positions->aarsverk, mean, 1.0);
}

enum { PERIOD, REGION, AGE, SEX, PROFESSION, N_CODES };
static const char *const code_names[N_CODES] = {"period", "region", "alder", "kjonn", "yrke"};
enum { AARSVERK, PERSONS, FULL, SMALL_ONES, N_MEASURES };
static const char *const measure_names[N_MEASURES] = {"aarsverk", "personer", "heltid",
                                                      "smaa_stillinger"};

static gboolean is_wanted(const SpTable *table, gsize row, const gsize codes[],
                          const char *const professions[])
{
    static const char *const all[] = {"tot", NULL};
    const char *const *wanted = professions != NULL ? professions : all;
    return strcmp(sp_table_code(table, row, codes[REGION]), "0") == 0 &&
           strcmp(sp_table_code(table, row, codes[AGE]), "000-105") == 0 &&
           strcmp(sp_table_code(table, row, codes[SEX]), "0") == 0 &&
           g_strv_contains(wanted, sp_table_code(table, row, codes[PROFESSION]));
}

static gboolean add(const SpTable *table, gsize row, const gsize measures[], SpPositions *sum)
{
    double figures[N_MEASURES];
    for (gsize m = 0; m < N_MEASURES; m++) {
        const SpReal real = sp_table_real(table, row, measures[m]);
        if (!sp_real_is_number(real)) {
            return FALSE;
        }
        figures[m] = real.value;
    }
    sum->aarsverk += figures[AARSVERK];
    sum->persons += figures[PERSONS];
    sum->full += figures[FULL];
    sum->small += figures[SMALL_ONES];
    return TRUE;
}

gboolean sp_positions_read(const SpTable *table, const char *const professions[],
                           SpPositions *positions, GError **error)
{
    gsize codes[N_CODES];
    gsize measures[N_MEASURES];
    const char *newest = NULL;
    SpPositions sum = {0};
    if (table == NULL ||
        !sp_table_need_all(table, code_names, N_CODES, SP_COLUMN_CODE, codes, error) ||
        !sp_table_need_all(table, measure_names, N_MEASURES, SP_COLUMN_MEASURE, measures, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *period = sp_table_code(table, row, codes[PERIOD]);
        SpPositions own = {0};
        if (!is_wanted(table, row, codes, professions) || !add(table, row, measures, &own) ||
            own.persons <= 0.0 || (newest != NULL && strcmp(period, newest) < 0)) {
            continue;
        }
        if (newest == NULL || strcmp(period, newest) > 0) {
            newest = period;
            sum = (SpPositions){0};
        }
        add(table, row, measures, &sum);
    }
    if (newest == NULL) {
        return FALSE;
    }
    *positions = sum;
    return TRUE;
}
