/* Population of kommuner from a table to arrays. */
#include "transforms/project/population/history.h"

#include "core/error.h"
#include "core/regions.h"
#include "transforms/project/population/holes.h"
#include "transforms/project/population/person_rows.h"

enum { CELLS = SP_N_SEXES * SP_N_AGES };

/* The table's rows, and what their codes of region and period say. */
typedef struct {
    SpPersonRows rows;
    gint32 *years; /* by code */
    gboolean *is_kommune;
    guint32 both; /* number of the code "0" of kjonn, G_MAXUINT32 if absent */
} Source;

static void source_clear(Source *source)
{
    sp_person_rows_clear(&source->rows);
    g_free(source->years);
    g_free(source->is_kommune);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Source, source_clear)

static gboolean source_init(Source *source, const SpTable *table, GError **error)
{
    *source = (Source){.years = NULL};
    if (!sp_person_rows_init(&source->rows, table, error)) {
        return FALSE;
    }
    const SpCodes *regions = source->rows.region_codes;
    source->years = sp_years_of_codes(source->rows.period_codes, TRUE);
    if (!sp_codes_find(source->rows.sex_codes, "0", &source->both)) {
        source->both = G_MAXUINT32;
    }
    source->is_kommune = g_new(gboolean, sp_codes_size(regions));
    for (guint32 i = 0; i < sp_codes_size(regions); i++) {
        source->is_kommune[i] = sp_region_kind(sp_codes_text(regions, i)) == SP_REGION_KOMMUNE;
    }
    return TRUE;
}

/* The year of a row that tells men from women, -1 for all others. */
static gint32 year_of_row(const Source *source, gsize row)
{
    const SpPersonRows *rows = &source->rows;
    gboolean counts = source->is_kommune[rows->region[row]] && rows->sexes[rows->sex[row]] >= 0 &&
                      rows->ages[rows->age[row]] >= 0;
    return counts ? source->years[rows->period[row]] : -1;
}

/* The year of a row of men and women together, -1 for all others. */
static gint32 year_of_row_of_both(const Source *source, gsize row)
{
    const SpPersonRows *rows = &source->rows;
    gboolean counts = source->is_kommune[rows->region[row]] && rows->sex[row] == source->both &&
                      rows->ages[rows->age[row]] >= 0;
    return counts ? source->years[rows->period[row]] : -1;
}

gboolean sp_history_newest(const SpTable *table, int *base, GError **error)
{
    g_auto(Source) source;
    if (!source_init(&source, table, error)) {
        return FALSE;
    }
    gint32 newest = -1;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        newest = MAX(newest, year_of_row(&source, row));
    }
    if (newest < 0) {
        return sp_error_set(error, SP_ERROR_NO_INPUT,
                            "%s: no kommune has persons by sex and one-year age on 1 January of "
                            "any year; fetch the table with both",
                            sp_table_name(table));
    }
    *base = newest;
    return TRUE;
}

/* Kommuner that exist on the base day, in byte order: those that the source does not call "not
 * applicable" throughout. */
static GPtrArray *find_regions(const Source *source, int base)
{
    const SpPersonRows *rows = &source->rows;
    g_autofree gboolean *exists = g_new0(gboolean, sp_codes_size(rows->region_codes));
    for (gsize row = 0; row < sp_table_n_rows(rows->table); row++) {
        if (year_of_row(source, row) == base && rows->persons[row].status != SP_NOT_APPLICABLE) {
            exists[rows->region[row]] = TRUE;
        }
    }
    GPtrArray *codes = g_ptr_array_new_with_free_func(g_free);
    for (guint32 i = 0; i < sp_codes_size(rows->region_codes); i++) {
        if (exists[i]) {
            g_ptr_array_add(codes, g_strdup(sp_codes_text(rows->region_codes, i)));
        }
    }
    g_ptr_array_sort(codes, sp_codes_compare);
    return codes;
}

static void allocate(SpHistory *history)
{
    gsize n = history->n_regions, days = n * history->n_days;
    history->persons = g_new0(SpPersons, days);
    history->is_counted = g_new0(gboolean, days);
    history->is_together = g_new0(gboolean, days);
    history->together = g_malloc0(days * sizeof *history->together);
    history->is_break = g_new0(gboolean, days);
    history->status = g_new0(guint8, n);
    history->base_reals = g_new(SpReal, n * CELLS);
    for (gsize i = 0; i < n * CELLS; i++) {
        history->base_reals[i] = sp_real_none(SP_MISSING);
    }
}

/* Cells that the source counted, by region and day. */
typedef struct {
    guint apart;    /* by sex and age */
    guint together; /* by age, men and women together */
} Counted;

/* Whose figure, of a day before or on the base. */
typedef struct {
    gsize region;
    int year;
    gint32 sex; /* -1: both together */
    gint32 age;
} Place;

static gboolean add_figure(SpHistory *history, const Place *of, SpReal real, Counted counted[])
{
    gsize day = of->region * history->n_days + (gsize)(of->year - history->first_year);
    gboolean is_known = sp_real_is_number(real) || real.status == SP_NOT_APPLICABLE;
    gboolean is_own = is_known && !(real.flags & SP_FLAG_MODELLED);
    history->is_break[day] = history->is_break[day] || real.flags & SP_FLAG_BREAK_BEFORE;
    if (real.value < 0.0) {
        return FALSE;
    }
    if (of->sex < 0) {
        history->together[day][of->age] = real.value;
        counted[day].together += is_own ? 1 : 0;
        return TRUE;
    }
    history->persons[day].count[of->sex][of->age] = real.value;
    counted[day].apart += is_own ? 1 : 0;
    if (of->year == history->base) {
        history->base_reals[of->region * CELLS + (gsize)(of->sex * SP_N_AGES + of->age)] = real;
    }
    return TRUE;
}

static gboolean read_rows(const Source *source, SpHistory *history, Counted counted[],
                          GError **error)
{
    const SpPersonRows *rows = &source->rows;
    g_autofree gint32 *place =
        sp_codes_places(rows->region_codes, history->codes, history->n_regions);
    for (gsize row = 0; row < sp_table_n_rows(rows->table); row++) {
        gint32 sex = rows->sexes[rows->sex[row]], region = place[rows->region[row]];
        gint32 year = sex < 0 ? year_of_row_of_both(source, row) : year_of_row(source, row);
        if (region < 0 || year < history->first_year || year > history->base) {
            continue;
        }
        const Place place_of_row = {(gsize)region, year, sex, rows->ages[rows->age[row]]};
        if (!add_figure(history, &place_of_row, rows->persons[row], counted)) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: row %" G_GSIZE_FORMAT
                                ": region=%s has less than 0 persons on 1 January %d; correct "
                                "the extract",
                                sp_table_name(rows->table), row + 1, history->codes[region], year);
        }
    }
    return TRUE;
}

static void find_counted(SpHistory *history, const Counted counted[])
{
    for (gsize i = 0; i < history->n_regions * history->n_days; i++) {
        history->is_counted[i] = counted[i].apart == CELLS;
        history->is_together[i] = counted[i].apart == 0 && counted[i].together == SP_N_AGES;
    }
}

/* A kommune with a hole in its base cannot be projected: a blank that became 0 would follow a
 * cohort to the grave. */
static void judge(SpHistory *history, SpQuality *quality)
{
    for (gsize i = 0; i < history->n_regions; i++) {
        for (gsize cell = 0; cell < CELLS; cell++) {
            guint8 status = history->base_reals[i * CELLS + cell].status;
            if (status >= SP_PENDING) {
                history->status[i] = MAX(history->status[i], status);
            }
        }
        if (history->status[i] != SP_PRESENT) {
            g_autofree char *subject = g_strdup_printf("region %s", history->codes[i]);
            sp_quality_note(quality, "base_incomplete", subject, 0,
                            "not projected: a sex and age has no figure on 1 January %d, and what "
                            "is there is too little to fill it by; fetch the table again",
                            history->base);
        }
    }
}

SpHistory *sp_history_new(const SpTable *table, int base, guint n_years, SpQuality *quality,
                          GError **error)
{
    g_auto(Source) source;
    if (!source_init(&source, table, error)) {
        return NULL;
    }
    g_autoptr(GPtrArray) codes = find_regions(&source, base);
    if (codes->len == 0) {
        sp_error_set(error, SP_ERROR_NO_INPUT,
                     "%s: no kommune has persons by sex and one-year age on 1 January %d; fetch "
                     "that day or set project.base to a year that is there",
                     sp_table_name(table), base);
        return NULL;
    }
    g_autoptr(SpHistory) history = g_new0(SpHistory, 1);
    history->base = base;
    history->first_year = base - (int)n_years;
    history->n_days = n_years + 1;
    history->n_regions = codes->len;
    g_ptr_array_add(codes, NULL);
    history->codes = (char **)g_ptr_array_steal(codes, NULL);
    allocate(history);
    g_autofree Counted *counted = g_new0(Counted, history->n_regions * history->n_days);
    if (!read_rows(&source, history, counted, error)) {
        return NULL;
    }
    find_counted(history, counted);
    sp_history_fill_holes(history, quality);
    judge(history, quality);
    return g_steal_pointer(&history);
}

void sp_history_free(SpHistory *history)
{
    if (history == NULL) {
        return;
    }
    g_strfreev(history->codes);
    g_free(history->persons);
    g_free(history->is_counted);
    g_free(history->is_together);
    g_free(history->together);
    g_free(history->is_break);
    g_free(history->base_reals);
    g_free(history->status);
    g_free(history);
}

const SpPersons *sp_history_persons(const SpHistory *history, gsize region, int year)
{
    g_assert(year >= history->first_year && year <= history->base);
    gsize day = region * history->n_days + (gsize)(year - history->first_year);
    return &history->persons[day];
}

gboolean sp_history_has_interval(const SpHistory *history, gsize region, int year)
{
    g_assert(year >= history->first_year && year < history->base);
    gsize day = region * history->n_days + (gsize)(year - history->first_year);
    return history->is_counted[day] && history->is_counted[day + 1] && !history->is_break[day + 1];
}
