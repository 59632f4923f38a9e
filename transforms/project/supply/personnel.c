/* Personnel from table to arrays. */
#include "transforms/project/supply/personnel.h"

#include "core/error.h"
#include "core/table_rows.h"
#include "transforms/project/supply/ages.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_YEARS = 6 };
enum { REGION, YRKE, SEKTOR, ALDER, KJONN, PERIOD, N_CODES };
enum { PERSONS, AARSVERK, N_MEASURES };
static const char *const code_names[N_CODES] = {"region", "yrke",  "sektor",
                                                "alder",  "kjonn", "period"};
static const char *const measure_names[N_MEASURES] = {"sysselsatte", "aarsverk"};

/* What each code of each column is, -1 where its rows are passed over. */
typedef struct {
    const SpTable *table;
    const guint32 *numbers[N_CODES];
    const SpReal *reals[N_MEASURES];
    gint32 *meaning[N_CODES];
} Source;

static void source_clear(Source *source)
{
    for (gsize c = 0; c < N_CODES; c++) {
        g_free(source->meaning[c]);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Source, source_clear)

/* ---- ages ---- */

static int compare_bands(gconstpointer a, gconstpointer b)
{
    const SpWorkBand *one = a, *other = b;
    return (one->first > other->first) - (one->first < other->first);
}

static gboolean find_bands(Source *source, gsize column, SpPersonnel *personnel, GError **error)
{
    const SpCodes *codes = sp_table_codes(source->table, column);
    g_autofree gboolean *used = sp_table_used_codes(source->table, column);
    guint32 n = sp_codes_size(codes);
    gint32 *band_of = source->meaning[ALDER] = g_new(gint32, n);
    personnel->bands = g_new0(SpWorkBand, n + 1);
    for (guint32 i = 0; i < n; i++) {
        SpWorkBand band;
        int kind = used[i] ? sp_work_band_parse(sp_codes_text(codes, i), &band) : 0;
        if (kind < 0) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: alder \"%s\" is neither an age nor a band; write 45 or 45-49",
                                sp_table_name(source->table), sp_codes_text(codes, i));
        }
        if (kind > 0) {
            personnel->bands[personnel->n_bands++] = band;
        }
    }
    qsort(personnel->bands, personnel->n_bands, sizeof(SpWorkBand), compare_bands);
    for (gsize b = 1; b < personnel->n_bands; b++) {
        if (personnel->bands[b].first <= personnel->bands[b - 1].last) {
            return sp_error_set(
                error, SP_ERROR_DATA, "%s: ages %u-%u and %u-%u overlap; give each age in one band",
                sp_table_name(source->table), personnel->bands[b - 1].first + SP_FIRST_WORK_AGE,
                personnel->bands[b - 1].last + SP_FIRST_WORK_AGE,
                personnel->bands[b].first + SP_FIRST_WORK_AGE,
                personnel->bands[b].last + SP_FIRST_WORK_AGE);
        }
    }
    for (guint32 i = 0; i < n; i++) {
        SpWorkBand band;
        band_of[i] = -1;
        if (used[i] && sp_work_band_parse(sp_codes_text(codes, i), &band) > 0) {
            for (gsize b = 0; b < personnel->n_bands; b++) {
                band_of[i] = personnel->bands[b].first == band.first ? (gint32)b : band_of[i];
            }
        }
    }
    return TRUE;
}

/* ---- the other columns ---- */

static gboolean source_init(Source *source, const SpTable *table, const SpEducation *education,
                            const SpMarkets *markets, SpPersonnel *personnel, GError **error)
{
    gsize columns[N_CODES], measures[N_MEASURES];
    *source = (Source){.table = table};
    if (!sp_table_need_all(table, code_names, N_CODES, SP_COLUMN_CODE, columns, error) ||
        !sp_table_need_all(table, measure_names, N_MEASURES, SP_COLUMN_MEASURE, measures, error)) {
        return FALSE;
    }
    for (gsize c = 0; c < N_CODES; c++) {
        source->numbers[c] = sp_table_code_numbers_const(table, columns[c]);
    }
    for (gsize m = 0; m < N_MEASURES; m++) {
        source->reals[m] = sp_table_reals_const(table, measures[m]);
    }
    const SpCodes *yrke = sp_table_codes(table, columns[YRKE]);
    const SpCodes *sektor = sp_table_codes(table, columns[SEKTOR]);
    source->meaning[REGION] = sp_codes_places(sp_table_codes(table, columns[REGION]),
                                              markets->kommuner, markets->n_kommuner);
    source->meaning[KJONN] = sp_sexes_of_codes(sp_table_codes(table, columns[KJONN]));
    source->meaning[PERIOD] = sp_years_of_codes(sp_table_codes(table, columns[PERIOD]), FALSE);
    source->meaning[YRKE] = g_new(gint32, sp_codes_size(yrke));
    for (guint32 i = 0; i < sp_codes_size(yrke); i++) {
        source->meaning[YRKE][i] = sp_education_find(education, sp_codes_text(yrke, i));
    }
    source->meaning[SEKTOR] = g_new(gint32, sp_codes_size(sektor));
    for (guint32 i = 0; i < sp_codes_size(sektor); i++) {
        SpSector sector;
        gboolean is_ours = sp_sector_find(sp_codes_text(sektor, i), &sector);
        source->meaning[SEKTOR][i] = is_ours ? (gint32)sector : -1;
    }
    return find_bands(source, columns[ALDER], personnel, error);
}

static gint32 meaning(const Source *source, gsize column, gsize row)
{
    return source->meaning[column][source->numbers[column][row]];
}

/* Does the row count, wherever its kommune is? */
static gboolean counts(const Source *source, gsize row)
{
    return meaning(source, YRKE, row) >= 0 && meaning(source, SEKTOR, row) >= 0 &&
           meaning(source, ALDER, row) >= 0 && meaning(source, KJONN, row) >= 0;
}

/* ---- years ---- */

/* The newest year before the base and how many lie in a row before it. */
static gboolean find_years(const Source *source, int base, SpPersonnel *personnel)
{
    gboolean has[MOST_YEARS] = {FALSE};
    int newest = 0;
    for (gsize row = 0; row < sp_table_n_rows(source->table); row++) {
        int year = meaning(source, PERIOD, row);
        newest = year < base && counts(source, row) ? MAX(newest, year) : newest;
    }
    for (gsize row = 0; row < sp_table_n_rows(source->table); row++) {
        int back = newest - meaning(source, PERIOD, row);
        if (back >= 0 && back < MOST_YEARS && counts(source, row)) {
            has[back] = TRUE;
        }
    }
    personnel->newest = newest;
    while (personnel->n_years < MOST_YEARS && has[personnel->n_years]) {
        personnel->n_years++;
    }
    return newest > 0;
}

/* ---- figures ---- */

typedef struct {
    gsize hidden;    /* cells without a figure */
    gsize elsewhere; /* rows of kommuner that are not projected */
    double counted;  /* persons of the newest year, and of them not in work */
    double idle;
} Told;

static gboolean add_row(const Source *source, gsize row, const SpMarkets *markets,
                        SpPersonnel *personnel, Told *told, GError **error)
{
    int back = personnel->newest - meaning(source, PERIOD, row);
    gint32 u = meaning(source, REGION, row), g = meaning(source, YRKE, row);
    gint32 sector = meaning(source, SEKTOR, row);
    gsize place = (gsize)meaning(source, KJONN, row) * personnel->n_bands +
                  (gsize)meaning(source, ALDER, row);
    if (u < 0) {
        told->elsewhere++;
        return TRUE;
    }
    for (gsize m = 0; m < N_MEASURES; m++) {
        SpReal real = source->reals[m][row];
        /* Nobody who is not in work has årsverk, whatever stands there. */
        if (m == AARSVERK && sector == SP_SECTOR_NOT_WORKING) {
            continue;
        }
        if (!sp_real_is_number(real)) {
            told->hidden++;
            continue;
        }
        if (real.value < 0.0) {
            return sp_error_set(
                error, SP_ERROR_DATA, "%s: row %" G_GSIZE_FORMAT ": %s is %g; want 0 or more",
                sp_table_name(source->table), row + 1, measure_names[m], real.value);
        }
        if (m == PERSONS) {
            gsize year = personnel->n_years - 1 - (gsize)back;
            sp_personnel_national(personnel, year, (gsize)g)[place] += real.value;
            told->counted += back == 0 ? real.value : 0.0;
            told->idle += back == 0 && sector == SP_SECTOR_NOT_WORKING ? real.value : 0.0;
        }
        if (back == 0) {
            double *figures = m == PERSONS ? personnel->persons : personnel->aarsverk;
            sp_personnel_at(personnel, figures, markets->market[u], (gsize)g,
                            (gsize)sector)[place] += real.value;
        }
    }
    return TRUE;
}

/* A whole counts its parts' people too. Parts of parts there are none. */
static void add_parts(const SpEducation *education, SpPersonnel *personnel)
{
    gsize n = 2 * personnel->n_bands;
    for (gsize g = 0; g < education->n; g++) {
        gsize whole = education->part_of[g];
        if (whole == g) {
            continue;
        }
        for (gsize i = 0; i < personnel->n_years * n; i++) {
            sp_personnel_national(personnel, i / n, whole)[i % n] +=
                sp_personnel_national(personnel, i / n, g)[i % n];
        }
        for (gsize i = 0; i < personnel->n_markets * SP_N_SECTORS * n; i++) {
            gsize market = i / (SP_N_SECTORS * n), sector = i / n % SP_N_SECTORS;
            sp_personnel_at(personnel, personnel->persons, market, whole, sector)[i % n] +=
                sp_personnel_at(personnel, personnel->persons, market, g, sector)[i % n];
            sp_personnel_at(personnel, personnel->aarsverk, market, whole, sector)[i % n] +=
                sp_personnel_at(personnel, personnel->aarsverk, market, g, sector)[i % n];
        }
    }
}

static void tell(const Told *told, int newest, int base, SpQuality *quality)
{
    if (told->hidden > 0) {
        sp_quality_note(quality, "personnel_hidden", "helsepersonell", 0,
                        "%" G_GSIZE_FORMAT " cells without a figure count as nobody", told->hidden);
    }
    if (told->elsewhere > 0) {
        sp_quality_note(quality, "personnel_elsewhere", "helsepersonell", 0,
                        "%" G_GSIZE_FORMAT
                        " rows of regions that are no kommune of the projection are left out",
                        told->elsewhere);
    }
    if (newest + 1 < base) {
        sp_quality_note(quality, "old_personnel", "helsepersonell", 0,
                        "the newest year is %d: the stock is carried on to 1 January %d", newest,
                        base);
    }
}

/* An age in no band between the first and the last is one where nobody is counted. */
static void tell_gaps(const SpPersonnel *personnel, SpQuality *quality)
{
    for (gsize b = 1; b < personnel->n_bands; b++) {
        guint from = personnel->bands[b - 1].last + 1, to = personnel->bands[b].first;
        if (from < to) {
            sp_quality_note(quality, "ages_missing", "helsepersonell", 0,
                            "no row of ages %u-%u: nobody is taken to be of them; order the band "
                            "too",
                            from + SP_FIRST_WORK_AGE, to - 1 + SP_FIRST_WORK_AGE);
        }
    }
}

/* Persons of a single age in the nearest band with somebody, a step down (-1) or up (1) at a time;
 * 0 where there is none. */
static double beside(const SpPersonnel *personnel, const double persons[], gsize band, int step)
{
    for (gsize b = band + (gsize)step; b < personnel->n_bands; b += (gsize)step) {
        if (persons[b] > 0.0) {
            return persons[b] / (personnel->bands[b].last - personnel->bands[b].first + 1.0);
        }
    }
    return 0.0;
}

/* A band that a source left out of one profession shows in no row, and those who are counted by the
 * same rows on the side of need are fewer too: nothing else would tell. */
static void tell_missing_bands(const SpPersonnel *personnel, const char *profession, int year,
                               const double persons[], SpQuality *quality)
{
    for (gsize b = 0; b < personnel->n_bands; b++) {
        SpWorkBand band = personnel->bands[b];
        double below = beside(personnel, persons, b, -1), above = beside(personnel, persons, b, 1);
        double wanted = (below + above) / 2.0 * (band.last - band.first + 1.0);
        if (persons[b] <= 0.0 && below > 0.0 && above > 0.0 && wanted >= SP_LEAST_BAND) {
            sp_quality_note(quality, "band_missing", profession, 0,
                            "nobody of ages %u-%u of a sex in the country in %d; by those "
                            "younger and older there would be about %.0f, and need and supply are "
                            "both told without them: order the ages too",
                            band.first + SP_FIRST_WORK_AGE, band.last + SP_FIRST_WORK_AGE, year,
                            wanted);
        }
    }
}

static void tell_all_missing(const SpPersonnel *personnel, const SpEducation *education,
                             SpQuality *quality)
{
    for (gsize g = 0; g < education->n; g++) {
        for (gsize back = 0; back < personnel->n_years; back++) {
            const double *persons =
                sp_personnel_national(personnel, personnel->n_years - 1 - back, g);
            for (gsize sex = 0; sex < 2; sex++) {
                tell_missing_bands(personnel, education->ids[g], personnel->newest - (int)back,
                                   persons + sex * personnel->n_bands, quality);
            }
        }
    }
}

SpPersonnel *sp_personnel_new(const SpTable *table, const SpEducation *education,
                              const SpMarkets *markets, SpQuality *quality, GError **error)
{
    g_auto(Source) source;
    g_autoptr(SpPersonnel) personnel = g_new0(SpPersonnel, 1);
    Told told = {0};
    if (!source_init(&source, table, education, markets, personnel, error)) {
        return NULL;
    }
    personnel->n_professions = education->n;
    personnel->n_markets = markets->n_markets;
    gboolean has_years = find_years(&source, markets->base, personnel);
    gsize cells = education->n * 2 * personnel->n_bands;
    personnel->persons = g_new0(double, markets->n_markets *cells *SP_N_SECTORS);
    personnel->aarsverk = g_new0(double, markets->n_markets *cells *SP_N_SECTORS);
    personnel->national = g_new0(double, personnel->n_years *cells);
    for (gsize row = 0; has_years && row < sp_table_n_rows(table); row++) {
        int back = personnel->newest - meaning(&source, PERIOD, row);
        if (back >= 0 && back < (int)personnel->n_years && counts(&source, row) &&
            !add_row(&source, row, markets, personnel, &told, error)) {
            return NULL;
        }
    }
    tell(&told, has_years ? personnel->newest : markets->base, markets->base, quality);
    if (told.counted <= 0.0) {
        sp_quality_note(quality, "no_personnel", "helsepersonell", 0,
                        "no figure of a year before %d: supply is not projected", markets->base);
        return NULL;
    }
    if (told.idle <= 0.0) {
        sp_quality_note(quality, "no_participation", "helsepersonell", 0,
                        "no figure of sector ikke_i_arbeid: the share in work is not known, and "
                        "supply is not projected");
        return NULL;
    }
    tell_gaps(personnel, quality);
    tell_all_missing(personnel, education, quality);
    add_parts(education, personnel);
    return g_steal_pointer(&personnel);
}

void sp_personnel_free(SpPersonnel *personnel)
{
    if (personnel == NULL) {
        return;
    }
    g_free(personnel->bands);
    g_free(personnel->persons);
    g_free(personnel->aarsverk);
    g_free(personnel->national);
    g_free(personnel);
}
