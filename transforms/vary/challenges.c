/* A profile of challenges for every kommune, from tables that stand already. */
#include "transforms/vary/profiles.h"

#include "core/period.h"
#include "core/table_rows.h"
#include "transforms/vary/country.h"
#include "transforms/vary/columns.h"
#include "transforms/vary/lineage.h"

#include <string.h>

#define GAP "framskriving_gap"
#define GAP_INDICATOR "proj_gap_pct"
#define GAP_THEME "framskriving"
#define ALL "tot"

const char *const sp_profiles_of_vary[] = {"indikatorverdi", "sammenlikning", "plassering",
                                           "utvikling", NULL};
const char *const sp_profiles_of_project[] = {"framskriving_gap", "framskriving_tilbud", NULL};

enum {
    REGION,
    TEMA,
    INDIKATOR,
    YRKE,
    PERIOD,
    SIGNAL,
    VURDERING,
    UTVIKLING,
    VERDI,
    MIDDEL,
    STIGNING,
    AARSVERK,
    MANGEL,
    N_COLUMNS
};
#define CODE(word, of)                                                                             \
    {                                                                                              \
        .name = (word), .kind = SP_COLUMN_CODE, .classification = (of)                             \
    }
static const SpColumn columns[N_COLUMNS] = {
    [REGION] = SP_VARY_REGION,
    [TEMA] = {.name = "tema", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "tema"},
    [INDIKATOR] = SP_VARY_INDIKATOR,
    [YRKE] = {.name = "yrke",
              .kind = SP_COLUMN_CODE,
              .is_key = TRUE,
              .classification = "profesjon"},
    [PERIOD] = CODE("period", "period"),
    [SIGNAL] = CODE("signal", "signal"),
    [VURDERING] = CODE("vurdering", "vurdering"),
    [UTVIKLING] = CODE("utvikling", "vurdering"),
    [VERDI] = {.name = "verdi", .kind = SP_COLUMN_MEASURE},
    [MIDDEL] = {.name = "middel_naermeste", .kind = SP_COLUMN_MEASURE},
    [STIGNING] = {.name = "stigning", .kind = SP_COLUMN_MEASURE},
    [AARSVERK] = {.name = "gap", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
    [MANGEL] = {.name = "sannsynlighet_mangel", .kind = SP_COLUMN_MEASURE, .unit = "share"},
};

/* A table, its columns by name, and its rows by keys. */
typedef struct {
    const SpTable *table;
    SpTableIndex *index;
} Source;

static void source_clear(Source *source)
{
    g_clear_pointer(&source->index, sp_table_index_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Source, source_clear)

static gboolean source_init(Source *source, const SpTables *in, const char *name,
                            const char *const keys[], gsize n, GError **error)
{
    gsize numbers[3];
    source->table = sp_tables_need(in, name, error);
    if (source->table == NULL ||
        !sp_table_need_all(source->table, keys, n, SP_COLUMN_CODE, numbers, error)) {
        return FALSE;
    }
    source->index = sp_table_index_new(source->table, numbers, n);
    return TRUE;
}

/* Missing, or "", where the table has no such row or column. */
static SpReal figure_of(const SpTable *table, gboolean is_there, gsize row, const char *measure)
{
    const gsize column = sp_table_find(table, measure);
    return is_there && column != SP_NO_COLUMN ? sp_table_real(table, row, column)
                                              : sp_real_none(SP_MISSING);
}

static const char *code_of(const SpTable *table, gboolean is_there, gsize row, const char *name)
{
    const gsize column = sp_table_find(table, name);
    return is_there && column != SP_NO_COLUMN ? sp_table_code(table, row, column) : "";
}

typedef struct {
    const SpCountry *country;
    Source compared, placed, developed;
} Profile;

static gboolean is_need(const SpTable *catalogue, const char *id)
{
    const gsize key = sp_table_find(catalogue, "id");
    const gsize covariate = sp_table_find(catalogue, "covariate");
    for (gsize row = 0; covariate != SP_NO_COLUMN && row < sp_table_n_rows(catalogue); row++) {
        if (strcmp(sp_table_code(catalogue, row, key), id) == 0) {
            return strcmp(sp_table_code(catalogue, row, covariate), "need") == 0;
        }
    }
    return FALSE;
}

static gboolean tells_of_challenge(const SpCountry *country, const SpIndicator *indicator)
{
    return indicator->direction != SP_DIRECTION_NEUTRAL ||
           is_need(country->catalogue, indicator->id);
}

/* What the tables tell of one indicator in each kommune. */
static void add_indicator(SpTable *table, const Profile *profile, const SpIndicator *indicator)
{
    const SpTable *compared = profile->compared.table;
    for (gsize i = 0; i < profile->country->n; i++) {
        const char *codes[3] = {indicator->id, profile->country->kommune[i]};
        gsize from = 0;
        gsize placed = 0;
        gsize developed = 0;
        if (!sp_table_index_find(profile->compared.index, codes, &from)) {
            continue;
        }
        codes[2] = code_of(compared, TRUE, from, "period");
        const gboolean is_placed = sp_table_index_find(profile->placed.index, codes, &placed);
        const gboolean is_developed =
            sp_table_index_find(profile->developed.index, codes, &developed);
        const gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, REGION, codes[1]);
        sp_table_set_code(table, row, TEMA, indicator->theme);
        sp_table_set_code(table, row, INDIKATOR, indicator->id);
        sp_table_set_code(table, row, YRKE, ALL);
        sp_table_set_code(table, row, PERIOD, codes[2]);
        sp_table_set_code(table, row, SIGNAL,
                          code_of(profile->placed.table, is_placed, placed, "signal"));
        sp_table_set_code(table, row, VURDERING,
                          code_of(profile->placed.table, is_placed, placed, "vurdering"));
        sp_table_set_code(table, row, UTVIKLING,
                          code_of(profile->developed.table, is_developed, developed, "vurdering"));
        sp_table_set_real(table, row, VERDI, figure_of(compared, TRUE, from, "verdi"));
        sp_table_set_real(table, row, MIDDEL, figure_of(compared, TRUE, from, "middel_naermeste"));
        sp_table_set_real(table, row, STIGNING,
                          figure_of(profile->developed.table, is_developed, developed, "stigning"));
        sp_table_set_real(table, row, AARSVERK, sp_real_none(SP_NOT_APPLICABLE));
        sp_table_set_real(table, row, MANGEL, sp_real_none(SP_NOT_APPLICABLE));
    }
}

char *sp_profiles_ahead(const SpTable *projection, char **today)
{
    const gsize period = sp_table_find(projection, "period");
    g_auto(GStrv) periods = sp_table_used_list(projection, period, NULL, NULL);
    SpPeriod first;
    for (char **later = periods; *later != NULL; later++) {
        SpPeriod parsed;
        if (sp_period_parse(periods[0], &first) && sp_period_parse(*later, &parsed) &&
            sp_day_year(parsed.first) == sp_told_year(sp_day_year(first.first))) {
            if (today != NULL) {
                *today = g_strdup(periods[0]);
            }
            return g_strdup(*later);
        }
    }
    return NULL;
}

/* A shortage below one årsverk or 5 % of the need is none (statistics-decisions B7), and where it
 * comes in no future there is nothing to tell of the profession. */
static gboolean may_lack(SpReal chance)
{
    return chance.status != SP_NOT_APPLICABLE &&
           !(sp_real_is_number(chance) && chance.value <= 0.0);
}

static void add_gaps(SpTable *table, const SpCountry *country, const SpTable *gap)
{
    const gsize region = sp_table_find(gap, "region");
    const gsize yrke = sp_table_find(gap, "yrke");
    const gsize period = sp_table_find(gap, "period");
    g_autofree char *ahead = sp_profiles_ahead(gap, NULL);
    for (gsize from = 0; ahead != NULL && from < sp_table_n_rows(gap); from++) {
        gsize i = 0;
        const SpReal chance = figure_of(gap, TRUE, from, "sannsynlighet_mangel");
        if (strcmp(sp_table_code(gap, from, period), ahead) != 0 || !may_lack(chance) ||
            !sp_country_place(country, sp_table_code(gap, from, region), &i)) {
            continue;
        }
        const gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, REGION, country->kommune[i]);
        sp_table_set_code(table, row, TEMA, GAP_THEME);
        sp_table_set_code(table, row, INDIKATOR, GAP_INDICATOR);
        sp_table_set_code(table, row, YRKE, sp_table_code(gap, from, yrke));
        sp_table_set_code(table, row, PERIOD, ahead);
        sp_table_set_real(table, row, VERDI, figure_of(gap, TRUE, from, "gap_andel"));
        sp_table_set_real(table, row, MIDDEL, sp_real_none(SP_NOT_APPLICABLE));
        sp_table_set_real(table, row, STIGNING, sp_real_none(SP_NOT_APPLICABLE));
        sp_table_set_real(table, row, AARSVERK, figure_of(gap, TRUE, from, "gap"));
        sp_table_set_real(table, row, MANGEL, chance);
    }
}

static gboolean run(const SpTables *in, const SpSettings *settings, SpTables *out,
                    SpQuality *quality, GError **error)
{
    static const char *const keys[] = {"indikator", "region", "period"};
    g_auto(Source) compared = {0};
    g_auto(Source) placed = {0};
    g_auto(Source) developed = {0};
    (void)settings;
    (void)quality;
    g_autoptr(SpCountry) country = sp_country_new(in, error);
    if (country == NULL || !source_init(&compared, in, "sammenlikning", keys, 2, error) ||
        !source_init(&placed, in, "plassering", keys, 3, error) ||
        !source_init(&developed, in, "utvikling", keys, 2, error)) {
        return FALSE;
    }
    g_autoptr(SpTable) table = sp_country_table(country, "utfordringer", columns, N_COLUMNS);
    const Profile profile = {country, compared, placed, developed};
    for (guint k = 0; k < country->indicators->len; k++) {
        const SpIndicator *indicator = g_ptr_array_index(country->indicators, k);
        if (tells_of_challenge(country, indicator)) {
            add_indicator(table, &profile, indicator);
        }
    }
    const SpTable *gap = sp_tables_find(in, GAP);
    if (gap != NULL) {
        sp_table_set_marks(table, sp_table_marks(table) | sp_table_marks(gap));
        add_gaps(table, country, gap);
    }
    if (!sp_table_check_unique(table, error)) {
        return FALSE;
    }
    sp_tables_add(out, g_steal_pointer(&table));
    return TRUE;
}

/* Every figure is one of another table, unchanged. */
static gboolean explain(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                        SpExplanation *explanation, GError **error)
{
    static const struct {
        const char *measure, *table, *from;
        gboolean is_gap;
    } sources[] = {{"verdi", "sammenlikning", "verdi", FALSE},
                   {"middel_naermeste", "sammenlikning", "middel_naermeste", FALSE},
                   {"stigning", "utvikling", "stigning", FALSE},
                   {"verdi", GAP, "gap_andel", TRUE},
                   {"gap", GAP, "gap", TRUE},
                   {"sannsynlighet_mangel", GAP, "sannsynlighet_mangel", TRUE}};
    (void)in;
    (void)settings;
    const char *indicator = sp_cell_code(cell, "indikator");
    const char *region = sp_cell_code(cell, "region");
    const char *yrke = sp_cell_code(cell, "yrke");
    const gboolean is_gap = indicator != NULL && strcmp(indicator, GAP_INDICATOR) == 0;
    if (strcmp(cell->table, "utfordringer") != 0 || indicator == NULL || region == NULL ||
        yrke == NULL) {
        return sp_lineage_refuse(cell, error);
    }
    for (gsize k = 0; k < G_N_ELEMENTS(sources); k++) {
        if (sources[k].is_gap != is_gap || strcmp(sources[k].measure, cell->measure) != 0) {
            continue;
        }
        SpCell *input = sp_cell_new(sources[k].table, sources[k].from);
        sp_cell_with(input, is_gap ? "yrke" : "indikator", is_gap ? yrke : indicator);
        g_ptr_array_add(explanation->inputs, sp_cell_with(input, "region", region));
        explanation->method = g_strdup("the figure itself, "
                                       "docs/methods/variation.md#challenges");
        explanation->is_injective = TRUE;
        return TRUE;
    }
    return sp_lineage_refuse(cell, error);
}

const SpTransform sp_transform_challenges = {
    .name = "challenges",
    .summary = "A profile of challenges for every kommune",
    .run = run,
    .explain = explain,
};
