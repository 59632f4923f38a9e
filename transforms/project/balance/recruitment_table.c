/* From demand and turnover to recruitment need. */
#include "transforms/project/balance/recruitment_table.h"

#include "core/error.h"
#include "core/regions.h"
#include "core/rollup.h"
#include "core/table_rows.h"
#include "transforms/project/balance/panel.h"
#include "transforms/project/balance/recruitment.h"
#include "transforms/project/balance/turnover.h"
#include "transforms/project/places.h"

enum {
    REGION,
    YRKE,
    PERIOD,
    BASE,
    NEEDED,
    GROWTH,
    REPLACED_NETTO,
    NETTO,
    REPLACED_BRUTTO,
    BRUTTO,
    RATE_NETTO,
    RATE_BRUTTO,
    PERSONS,
    N_COLUMNS
};

/* Figures of a day that add up over kommuner. */
typedef enum { SUM_BASE, SUM_NEEDED, SUM_GROWTH, SUM_REPLACED, SUM_LEAVING, N_SUMS } Sum;

/* What is made from, and the sums of regions above: fylker, then the country. */
typedef struct {
    const SpPanel *demand;
    const SpTurnover *turnover;
    SpPlaces *places;
    gsize n_years;
    gsize *row_of; /* [kommune] place of the region in the panel */
    SpReal *above; /* [n_above][yrke][day 1 ... n_years][N_SUMS] */
} Work;

static gsize n_above(const Work *work)
{
    return sp_codes_size(work->places->fylke_codes) + 1;
}

static SpReal *above_at(const Work *work, gsize region, gsize yrke, gsize year)
{
    gsize pair = region * work->demand->n_yrker + yrke;
    return &work->above[(pair * work->n_years + year - 1) * N_SUMS];
}

static SpReal modelled(double value)
{
    return sp_real_flagged(value, SP_FLAG_MODELLED);
}

/* A figure of the row's staff, or the status that the staff has. */
static SpReal as(SpReal staff, double value)
{
    SpReal figure = sp_real_is_number(staff) ? sp_real(value) : sp_real_none(staff.status);
    figure.flags = SP_FLAG_MODELLED;
    return figure;
}

static gsize add_row(SpTable *table, const Work *work, const char *region, gsize yrke, gsize year)
{
    gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, REGION, region);
    sp_table_set_code(table, row, YRKE, work->demand->yrker[yrke]);
    sp_table_set_code(table, row, PERIOD, work->demand->periods[year]);
    return row;
}

static void set_sums(SpTable *table, gsize row, const SpReal sums[N_SUMS], double position)
{
    SpReal netto = sp_real_add(sums[SUM_GROWTH], sums[SUM_REPLACED]);
    SpReal persons = netto;
    if (sp_real_is_number(netto)) {
        netto = modelled(netto.value);
        persons = modelled(netto.value / position);
    }
    sp_table_set_real(table, row, BASE, sums[SUM_BASE]);
    sp_table_set_real(table, row, NEEDED, sums[SUM_NEEDED]);
    sp_table_set_real(table, row, GROWTH, sums[SUM_GROWTH]);
    sp_table_set_real(table, row, REPLACED_NETTO, sums[SUM_REPLACED]);
    sp_table_set_real(table, row, NETTO, netto);
    sp_table_set_real(table, row, RATE_NETTO,
                      sp_real_rate(sums[SUM_LEAVING], sums[SUM_BASE], 1.0));
    sp_table_set_real(table, row, PERSONS, persons);
}

/* The strongest status among the days that are used; SP_ZERO when all are numbers. */
static SpReal worst(const SpReal figures[], gsize n)
{
    SpReal sum = figures[0];
    for (gsize i = 1; i < n; i++) {
        sum = sp_real_add(sum, figures[i]);
    }
    return sum;
}

static void add_kommune(SpTable *table, Work *work, gsize kommune, gsize yrke)
{
    gsize region = work->row_of[kommune], n = work->n_years + 1;
    const SpReal *figures = sp_panel_at(work->demand, 0, region, yrke);
    SpReal whole = worst(figures, n);
    double staff[SP_RECRUITMENT_YEARS + 1], rate[SP_N_EXITS];
    SpRecruitment need[SP_N_EXITS][SP_RECRUITMENT_YEARS + 1];
    for (gsize t = 0; t < n; t++) {
        staff[t] = figures[t].value;
    }
    for (guint kind = 0; kind < SP_N_EXITS; kind++) {
        rate[kind] = sp_turnover_rate(work->turnover, (SpExit)kind, kommune, yrke);
        sp_recruitment(work->n_years, staff, rate[kind], need[kind]);
    }
    for (gsize t = 1; t < n; t++) {
        const SpRecruitment *netto = &need[SP_EXIT_NETTO][t], *brutto = &need[SP_EXIT_BRUTTO][t];
        const SpReal sums[N_SUMS] = {
            [SUM_BASE] = as(whole, staff[0]),
            [SUM_NEEDED] = as(whole, staff[t]),
            [SUM_GROWTH] = as(whole, netto->growth),
            [SUM_REPLACED] = as(whole, netto->replaced),
            [SUM_LEAVING] = as(whole, staff[0] * rate[SP_EXIT_NETTO]),
        };
        gsize row = add_row(table, work, work->demand->regions[region], yrke, t);
        set_sums(table, row, sums, sp_turnover_position(work->turnover, yrke));
        sp_table_set_real(table, row, RATE_NETTO, as(whole, rate[SP_EXIT_NETTO]));
        sp_table_set_real(table, row, RATE_BRUTTO, as(whole, rate[SP_EXIT_BRUTTO]));
        sp_table_set_real(table, row, REPLACED_BRUTTO, as(whole, brutto->replaced));
        sp_table_set_real(table, row, BRUTTO, as(whole, brutto->growth + brutto->replaced));
        SpReal *over[] = {above_at(work, work->places->fylke[kommune], yrke, t),
                          above_at(work, n_above(work) - 1, yrke, t)};
        for (guint i = 0; i < N_SUMS; i++) {
            over[0][i] = sp_real_add(over[0][i], sums[i]);
            over[1][i] = sp_real_add(over[1][i], sums[i]);
        }
    }
}

static void add_above(SpTable *table, const Work *work, gsize region, gsize yrke)
{
    const char *code = region + 1 < n_above(work)
                           ? sp_codes_text(work->places->fylke_codes, (guint32)region)
                           : SP_REGION_COUNTRY_CODE;
    for (gsize t = 1; t <= work->n_years; t++) {
        gsize row = add_row(table, work, code, yrke, t);
        set_sums(table, row, above_at(work, region, yrke, t),
                 sp_turnover_position(work->turnover, yrke));
        const gsize brutto[] = {REPLACED_BRUTTO, BRUTTO, RATE_BRUTTO};
        for (gsize i = 0; i < G_N_ELEMENTS(brutto); i++) {
            sp_table_set_real(table, row, brutto[i], sp_real_none(SP_NOT_APPLICABLE));
        }
    }
}

static SpTable *new_table(const SpRecruitmentInput *input)
{
#define MEASURE(key, is_of) {.name = (key), .kind = SP_COLUMN_MEASURE, .unit = (is_of)}
    gsize region = sp_table_find(input->demand, "region");
    const SpColumn columns[N_COLUMNS] = {
        [REGION] = {.name = "region",
                    .kind = SP_COLUMN_CODE,
                    .is_key = TRUE,
                    .classification = sp_table_column(input->demand, region)->classification},
        [YRKE] = {.name = "yrke",
                  .kind = SP_COLUMN_CODE,
                  .is_key = TRUE,
                  .classification = "profesjon"},
        [PERIOD] = {.name = "period",
                    .kind = SP_COLUMN_CODE,
                    .is_key = TRUE,
                    .classification = "period"},
        [BASE] = MEASURE("aarsverk_basis", "aarsverk"),
        [NEEDED] = MEASURE("aarsverk", "aarsverk"),
        [GROWTH] = MEASURE("vekst", "aarsverk"),
        [REPLACED_NETTO] = MEASURE("erstatning_netto", "aarsverk"),
        [NETTO] = MEASURE("rekruttering_netto", "aarsverk"),
        [REPLACED_BRUTTO] = MEASURE("erstatning_brutto", "aarsverk"),
        [BRUTTO] = MEASURE("rekruttering_brutto", "aarsverk"),
        [RATE_NETTO] = MEASURE("avgang_netto", "share"),
        [RATE_BRUTTO] = MEASURE("avgang_brutto", "share"),
        [PERSONS] = MEASURE("rekruttering_personer", "persons"),
    };
#undef MEASURE
    SpTable *table = sp_table_new("rekrutteringsbehov", columns, N_COLUMNS);
    sp_table_set_edition(table, sp_table_edition(input->demand));
    sp_table_set_marks(table, sp_table_marks(input->demand) | sp_table_marks(input->turnover));
    return table;
}

/* Kommuner of the panel, byte order: their codes (borrowed, NULL-terminated) and places. */
static char **kommuner_of(const SpPanel *panel, gsize **places, gsize *n)
{
    char **codes = g_new0(char *, panel->n_regions + 1);
    *places = g_new(gsize, MAX(panel->n_regions, 1));
    *n = 0;
    for (gsize i = 0; i < panel->n_regions; i++) {
        if (sp_region_kind(panel->regions[i]) == SP_REGION_KOMMUNE) {
            codes[*n] = panel->regions[i];
            (*places)[(*n)++] = i;
        }
    }
    return codes;
}

static gboolean is_in_use(const SpPanel *panel, gsize yrke)
{
    for (gsize r = 0; r < panel->n_regions; r++) {
        for (gsize t = 0; t < panel->n_periods; t++) {
            if (sp_panel_at(panel, 0, r, yrke)[t].status == SP_PRESENT) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

static void fill(SpTable *table, Work *work, gsize n_kommuner)
{
    gsize n = n_above(work) * work->demand->n_yrker * work->n_years * N_SUMS;
    work->above = g_new(SpReal, n);
    for (gsize i = 0; i < n; i++) {
        work->above[i] = sp_real_none(SP_NOT_APPLICABLE);
    }
    for (gsize g = 0; g < work->demand->n_yrker; g++) {
        if (!is_in_use(work->demand, g)) {
            continue;
        }
        for (gsize u = 0; u < n_kommuner; u++) {
            add_kommune(table, work, u, g);
        }
        for (gsize r = 0; r < n_above(work); r++) {
            add_above(table, work, r, g);
        }
    }
    g_free(work->above);
}

SpTable *sp_recruitment_table(const SpRecruitmentInput *input, SpQuality *quality, GError **error)
{
    static const char *const measure[] = {"aarsverk"};
    g_autoptr(SpPanel) demand = sp_panel_new(input->demand, measure, 1, error);
    if (demand == NULL) {
        return NULL;
    }
    gsize n_kommuner;
    g_autofree gsize *row_of = NULL;
    g_autofree char **kommuner = kommuner_of(demand, &row_of, &n_kommuner);
    if (n_kommuner == 0 || demand->n_periods < 2) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: want figures of kommuner on two days at least; look at project.horizon",
                     sp_table_name(input->demand));
        return NULL;
    }
    g_autoptr(SpPlaces) places =
        sp_places_new(input->regions, (const char *const *)kommuner, n_kommuner, error);
    g_autoptr(SpTurnover) turnover =
        places == NULL ? NULL
                       : sp_turnover_new(input->turnover, kommuner, n_kommuner, demand->yrker,
                                         demand->n_yrker, demand->periods[0], quality, error);
    if (turnover == NULL) {
        return NULL;
    }
    Work work = {.demand = demand,
                 .turnover = turnover,
                 .places = places,
                 .n_years = MIN(demand->n_periods - 1, SP_RECRUITMENT_YEARS),
                 .row_of = row_of};
    g_autoptr(SpTable) table = new_table(input);
    fill(table, &work, n_kommuner);
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}
