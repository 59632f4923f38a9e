/* People of other sectors who count as municipal. */
#include "transforms/project/supply/counted.h"

#include "core/error.h"
#include "transforms/project/observe.h"

enum { MOST_YEARS = 10 };
enum { PROFESSION, SECTOR, TABLE, MEASURE, CHOICE, N_COLUMNS };
static const char *const names[N_COLUMNS] = {"profesjon", "sektor", "tabell", "maal", "utvalg"};

/* The country's årsverk of the newest year before the base that tells of it: those of kommuner with
 * a figure, and of the others as many an inhabitant. */
static gboolean newest_sum(const SpTable *table, const char *const text[N_COLUMNS],
                           const SpMarkets *markets, double *sum, GError **error)
{
    gsize n = markets->n_kommuner;
    const SpObservedAxes axes = {.n_kommuner = n,
                                 .n_years = MOST_YEARS,
                                 .codes = (const char *const *)(gpointer)markets->kommuner,
                                 .first_year = markets->base - MOST_YEARS};
    const SpObserved which = {
        .measure = text[MEASURE], .choice = text[CHOICE], .column = "", .code = ""};
    g_autofree double *figure = g_new(double, n *MOST_YEARS);
    g_autofree gboolean *is_seen = g_new(gboolean, n * MOST_YEARS);
    *sum = 0.0;
    if (!sp_observe(table, &which, &axes, figure, is_seen, error)) {
        return FALSE;
    }
    gsize year = sp_observed_newest(n, MOST_YEARS, is_seen, markets->inhabitants);
    double people = 0.0, all = 0.0;
    for (gsize u = 0; year < MOST_YEARS && u < n; u++) {
        gsize at = u * MOST_YEARS + year;
        *sum += is_seen[at] ? figure[at] : 0.0;
        people += is_seen[at] ? markets->inhabitants[u] : 0.0;
        all += markets->inhabitants[u];
    }
    *sum *= people > 0.0 ? all / people : 0.0;
    return TRUE;
}

/* The country's årsverk of a profession in a sector. */
static double sector_sum(const SpPersonnel *personnel, gsize profession, SpSector sector)
{
    double sum = 0.0;
    for (gsize market = 0; market < personnel->n_markets; market++) {
        const double *cells =
            sp_personnel_at(personnel, personnel->aarsverk, market, profession, sector);
        for (gsize i = 0; i < 2 * personnel->n_bands; i++) {
            sum += cells[i];
        }
    }
    return sum;
}

/* One that people work in, and not the one that is municipal anyhow. */
static gboolean find_sector(const char *const text[N_COLUMNS], gsize row, SpSector *sector,
                            GError **error)
{
    if (sp_sector_find(text[SECTOR], sector) && *sector != SP_SECTOR_NOT_WORKING &&
        *sector != SP_SECTOR_MUNICIPAL) {
        return TRUE;
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "sektor: row %" G_GSIZE_FORMAT ": \"%s\" is no other sector of work; "
                        "write one of config/codes/sektor_hesospers.csv but the kommune's",
                        row + 1, text[SECTOR]);
}

gboolean sp_counted_sectors(const SpTables *in, const SpCountedPeople *people, double share[],
                            SpQuality *quality, GError **error)
{
    const SpEducation *education = people->education;
    const SpTable *list = sp_tables_find(in, "sektor");
    gsize columns[N_COLUMNS];
    for (gsize i = 0; i < education->n * SP_N_WORK_SECTORS; i++) {
        share[i] = i % SP_N_WORK_SECTORS == SP_SECTOR_MUNICIPAL ? 1.0 : 0.0;
    }
    if (list == NULL) {
        return TRUE;
    }
    if (!sp_table_need_all(list, names, N_COLUMNS, SP_COLUMN_CODE, columns, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(list); row++) {
        const char *text[N_COLUMNS];
        SpSector sector;
        double counted;
        for (gsize i = 0; i < N_COLUMNS; i++) {
            text[i] = sp_table_code(list, row, columns[i]);
        }
        gint g = sp_education_find(education, text[PROFESSION]);
        const SpTable *table = sp_tables_find(in, text[TABLE]);
        if (!find_sector(text, row, &sector, error)) {
            return FALSE;
        }
        if (g < 0 || table == NULL) {
            sp_quality_note(quality, "sector_not_counted", text[PROFESSION], 0,
                            g < 0 ? "sektor.csv names it, and it is no profession that is "
                                    "projected: nobody of sector %s counts as municipal"
                                  : "nobody of sector %s counts as municipal: the table that "
                                    "sektor.csv names for it is not there",
                            text[SECTOR]);
            continue;
        }
        double *here = &share[(gsize)g * SP_N_WORK_SECTORS + sector];
        if (*here > 0.0) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "sektor: row %" G_GSIZE_FORMAT
                                ": %s and %s stand twice; remove one",
                                row + 1, text[PROFESSION], text[SECTOR]);
        }
        if (!newest_sum(table, text, people->markets, &counted, error)) {
            return FALSE;
        }
        double all = sector_sum(people->personnel, (gsize)g, sector);
        if (counted > all) {
            sp_quality_note(quality, "sector_too_small", text[PROFESSION], 0,
                            "%.0f årsverk of sector %s count as municipal, and it has %.0f: all of "
                            "them do, and need has more people than supply",
                            counted, text[SECTOR], all);
        }
        *here = all > 0.0 ? MIN(counted / all, 1.0) : 0.0;
    }
    return TRUE;
}
