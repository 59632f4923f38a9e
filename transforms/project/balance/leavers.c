/* Staff and leavers from PAI's table. */
#include "transforms/project/balance/leavers.h"

#include "core/period.h"
#include "core/rollup.h"
#include "core/table_rows.h"
#include "transforms/project/balance/newest.h"
#include "transforms/project/balance/panel.h"

#include <string.h>

#define ALL_AGES "000-105"
#define BOTH_SEXES "0"

enum { PERIOD, REGION, AGE, SEX, YRKE, N_KEYS };
enum { STAFF, POSTS, BRUTTO, NETTO, PERSONS, AARSVERK, N_FIGURES };

/* The table and what its codes mean. */
typedef struct {
    const SpTable *table;
    gsize keys[N_KEYS], figures[N_FIGURES];
    char **bands, **years; /* byte order, NULL-terminated */
    const char *day;       /* newest day; NULL if none */
} Source;

static void source_clear(Source *source)
{
    g_strfreev(source->bands);
    g_strfreev(source->years);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Source, source_clear)

static gboolean is_band(const char *code, gconstpointer data)
{
    (void)data;
    return strcmp(code, ALL_AGES) != 0;
}

/* `data` is the base, an SpDay. */
static gboolean is_past_interval(const char *code, gconstpointer data)
{
    SpPeriod period;
    return sp_period_is_known(code, *(const SpDay *)data) && sp_period_parse(code, &period) &&
           period.kind == SP_PERIOD_INTERVAL;
}

/* The newest day, as the newest of periods that are days. */
static const char *newest_day(const SpTable *table, gsize column, SpDay base)
{
    const SpCodes *codes = sp_table_codes(table, column);
    g_autofree gboolean *is_used = sp_table_used_codes(table, column);
    const char *newest = NULL;
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        SpDay day;
        const char *text = sp_codes_text(codes, i);
        if (is_used[i] && sp_day_parse(text, &day) && day <= base &&
            (newest == NULL || strcmp(text, newest) > 0)) {
            newest = text;
        }
    }
    return newest;
}

static gboolean source_init(Source *source, const SpTable *table, SpDay base, GError **error)
{
    static const char *const keys[N_KEYS] = {"period", "region", "alder", "kjonn", "yrke"};
    static const char *const figures[N_FIGURES] = {"turnover_personer", "turnover_aarsverk",
                                                   "sluttet_brutto",    "sluttet_netto",
                                                   "personer",          "aarsverk"};
    *source = (Source){.table = table};
    if (!sp_table_need_all(table, keys, N_KEYS, SP_COLUMN_CODE, source->keys, error) ||
        !sp_table_need_all(table, figures, N_FIGURES, SP_COLUMN_MEASURE, source->figures, error)) {
        return FALSE;
    }
    source->bands = sp_table_used_list(table, source->keys[AGE], is_band, NULL);
    source->years = sp_table_used_list(table, source->keys[PERIOD], is_past_interval, &base);
    source->day = newest_day(table, source->keys[PERIOD], base);
    return TRUE;
}

static const char *code(const Source *source, gsize row, gsize key)
{
    return sp_table_code(source->table, row, source->keys[key]);
}

static guint32 number(const Source *source, gsize row, gsize key)
{
    return sp_table_code_numbers_const(source->table, source->keys[key])[row];
}

static SpReal figure(const Source *source, gsize row, gsize which)
{
    return sp_table_real(source->table, row, source->figures[which]);
}

static void add_interval(SpLeavers *leavers, const Source *source, gsize row, gsize region,
                         gsize yrke)
{
    gsize band, year;
    SpReal staff = figure(source, row, STAFF), posts = figure(source, row, POSTS);
    SpReal brutto = figure(source, row, BRUTTO), netto = figure(source, row, NETTO);
    if (!sp_panel_find(source->bands, leavers->n_bands, code(source, row, AGE), &band) ||
        !sp_panel_find(source->years, leavers->n_years, code(source, row, PERIOD), &year) ||
        !sp_real_is_number(staff) || !sp_real_is_number(brutto) || !sp_real_is_number(netto)) {
        return;
    }
    gsize place = sp_leavers_place(leavers, region, yrke, band, year);
    leavers->staff[place] = staff.value;
    leavers->staff_aarsverk[place] = sp_real_is_number(posts) ? posts.value : 0.0;
    leavers->left[SP_LEFT_SECTOR][place] = netto.value;
    leavers->left[SP_LEFT_MOVED][place] = MAX(brutto.value - netto.value, 0.0);
}

static void add_day(SpLeavers *leavers, const Source *source, gsize row, gsize yrke)
{
    SpReal persons = figure(source, row, PERSONS), aarsverk = figure(source, row, AARSVERK);
    if (source->day != NULL && strcmp(code(source, row, PERIOD), source->day) == 0 &&
        strcmp(code(source, row, AGE), ALL_AGES) == 0 && sp_real_is_number(persons) &&
        sp_real_is_number(aarsverk)) {
        leavers->persons[yrke] = persons.value;
        leavers->aarsverk[yrke] = aarsverk.value;
    }
}

SpLeavers *sp_leavers_new(const SpTable *table, char *const regions[], gsize n_regions,
                          const GPtrArray *yrker, const char *base, GError **error)
{
    gsize n_yrker = yrker->len;
    g_auto(Source) source = {0};
    SpDay day = 0;
    (void)sp_day_parse(base, &day);
    if (!source_init(&source, table, day, error)) {
        return NULL;
    }
    SpLeavers *leavers = g_new0(SpLeavers, 1);
    leavers->country = n_regions;
    leavers->n_yrker = n_yrker;
    leavers->n_bands = g_strv_length(source.bands);
    leavers->n_years = g_strv_length(source.years);
    gsize n = (n_regions + 1) * n_yrker * leavers->n_bands * leavers->n_years;
    leavers->staff = g_new0(double, MAX(n, 1));
    leavers->staff_aarsverk = g_new0(double, MAX(n, 1));
    for (guint way = 0; way < SP_N_LEFT; way++) {
        leavers->left[way] = g_new0(double, MAX(n, 1));
    }
    leavers->persons = g_new0(double, MAX(n_yrker, 1));
    leavers->aarsverk = g_new0(double, MAX(n_yrker, 1));
    g_autofree gint32 *yrke_of = sp_codes_places(sp_table_codes(table, source.keys[YRKE]),
                                                 (char *const *)yrker->pdata, n_yrker);
    g_autofree gint32 *region_of =
        sp_codes_places(sp_table_codes(table, source.keys[REGION]), regions, n_regions);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gint32 yrke = yrke_of[number(&source, row, YRKE)];
        gint32 region = region_of[number(&source, row, REGION)];
        gboolean is_country = strcmp(code(&source, row, REGION), SP_REGION_COUNTRY_CODE) == 0;
        if (strcmp(code(&source, row, SEX), BOTH_SEXES) != 0 || yrke < 0 ||
            (region < 0 && !is_country)) {
            continue;
        }
        add_interval(leavers, &source, row, is_country ? n_regions : (gsize)region, (gsize)yrke);
        if (is_country) {
            add_day(leavers, &source, row, (gsize)yrke);
        }
    }
    return leavers;
}

void sp_leavers_free(SpLeavers *leavers)
{
    if (leavers == NULL) {
        return;
    }
    g_free(leavers->staff);
    g_free(leavers->staff_aarsverk);
    for (guint way = 0; way < SP_N_LEFT; way++) {
        g_free(leavers->left[way]);
    }
    g_free(leavers->persons);
    g_free(leavers->aarsverk);
    g_free(leavers);
}

double sp_leavers_staff(const SpLeavers *leavers, gsize region, gsize yrke, gsize year)
{
    double staff = 0.0;
    for (gsize band = 0; band < leavers->n_bands; band++) {
        staff += leavers->staff[sp_leavers_place(leavers, region, yrke, band, year)];
    }
    return staff;
}

double sp_leavers_aarsverk(const SpLeavers *leavers, gsize region, gsize yrke, gsize year)
{
    double aarsverk = 0.0;
    for (gsize band = 0; band < leavers->n_bands; band++) {
        aarsverk += leavers->staff_aarsverk[sp_leavers_place(leavers, region, yrke, band, year)];
    }
    return aarsverk;
}

void sp_leavers_forget(SpLeavers *leavers, gsize region, gsize yrke, gsize year)
{
    for (gsize band = 0; band < leavers->n_bands; band++) {
        gsize place = sp_leavers_place(leavers, region, yrke, band, year);
        leavers->staff[place] = leavers->staff_aarsverk[place] = 0.0;
        for (guint way = 0; way < SP_N_LEFT; way++) {
            leavers->left[way][place] = 0.0;
        }
    }
}
