/* From demand and turnover to recruitment need. */
#include "transforms/project/balance/recruitment_table.h"

#include "core/error.h"
#include "core/regions.h"
#include "core/table_rows.h"
#include "transforms/project/balance/exit_errors.h"
#include "transforms/project/balance/panel.h"
#include "transforms/project/groups.h"

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
    SEEN_PERSONS,
    SEEN_AARSVERK,
    SEEN_BRUTTO,
    SEEN_NETTO,
    N_COLUMNS
};

/* Figures of a day that add up over kommuner. */
typedef enum {
    SUM_BASE,
    SUM_NEEDED,
    SUM_GROWTH,
    SUM_REPLACED,
    SUM_LEAVING,
    SUM_PERSONS,
    SUM_AARSVERK,
    SUM_LEFT,
    N_SUMS
} Sum;

/* What is made from, and the figures of the profession at hand. */
typedef struct {
    const SpPanel *demand;
    const SpTurnover *turnover;
    const SpRegionGroups *groups;
    gsize n_kommuner, n_years;
    gsize *row_of; /* [kommune] place of the region in the panel */
    SpReal *sums;  /* [day 1 ... n_years][N_SUMS][kommuner, then groups] */
} Work;

static SpReal *sums_of(const Work *work, gsize year, Sum sum)
{
    return &work->sums[((year - 1) * N_SUMS + sum) * (work->n_kommuner + work->groups->n)];
}

/* Rates above kommuner are told as kommuner's are: with all digits one would be an equation in
 * those of its kommuner, which have few. */
static SpReal rate_of(const SpReal sums[N_SUMS])
{
    SpReal rate = sp_real_rate(sums[SUM_LEAVING], sums[SUM_BASE], 1.0);
    rate.value = sp_real_is_number(rate) ? sp_turnover_round(rate.value) : rate.value;
    return rate;
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

/* Where none of the kommune's own figures is in its rate there is nobody to tell of: 0 would say
 * that there are none. */
static SpReal seen(SpReal figure, SpReal persons)
{
    return persons.status == SP_ZERO ? sp_real_none(SP_NOT_APPLICABLE) : figure;
}

static void set_sums(SpTable *table, gsize row, const SpReal sums[N_SUMS], double position)
{
    SpReal netto = sp_real_add(sums[SUM_GROWTH], sums[SUM_REPLACED]);
    SpReal persons = netto;
    if (sp_real_is_number(netto)) {
        netto = modelled(netto.value);
        persons = modelled(MAX(netto.value, 0.0) / position); /* there are no negative ones */
    }
    sp_table_set_real(table, row, BASE, sums[SUM_BASE]);
    sp_table_set_real(table, row, NEEDED, sums[SUM_NEEDED]);
    sp_table_set_real(table, row, GROWTH, sums[SUM_GROWTH]);
    sp_table_set_real(table, row, REPLACED_NETTO, sums[SUM_REPLACED]);
    sp_table_set_real(table, row, NETTO, netto);
    sp_table_set_real(table, row, RATE_NETTO, rate_of(sums));
    sp_table_set_real(table, row, PERSONS, persons);
    sp_table_set_real(table, row, SEEN_PERSONS, seen(sums[SUM_PERSONS], sums[SUM_PERSONS]));
    sp_table_set_real(table, row, SEEN_AARSVERK, seen(sums[SUM_AARSVERK], sums[SUM_PERSONS]));
    sp_table_set_real(table, row, SEEN_NETTO, seen(sums[SUM_LEFT], sums[SUM_PERSONS]));
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

static void add_kommune(SpTable *table, const Work *work, gsize kommune, gsize yrke)
{
    gsize region = work->row_of[kommune], n = work->n_years + 1;
    const SpReal *figures = sp_panel_at(work->demand, 0, region, yrke);
    SpReal whole = worst(figures, n);
    double staff[SP_RECRUITMENT_YEARS + 1], rate[SP_N_EXITS];
    SpRecruitment need[SP_N_EXITS][SP_RECRUITMENT_YEARS + 1];
    const SpTurnoverBasis basis = sp_turnover_basis(work->turnover, kommune, yrke);
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
            [SUM_PERSONS] = sp_real(basis.persons),
            [SUM_AARSVERK] = sp_real(basis.aarsverk),
            [SUM_LEFT] = sp_real(basis.left_netto),
        };
        gsize row = add_row(table, work, work->demand->regions[region], yrke, t);
        set_sums(table, row, sums, sp_turnover_position(work->turnover, yrke));
        sp_table_set_real(table, row, RATE_NETTO, as(whole, rate[SP_EXIT_NETTO]));
        sp_table_set_real(table, row, RATE_BRUTTO, as(whole, rate[SP_EXIT_BRUTTO]));
        sp_table_set_real(table, row, REPLACED_BRUTTO, as(whole, brutto->replaced));
        sp_table_set_real(table, row, BRUTTO, as(whole, brutto->growth + brutto->replaced));
        sp_table_set_real(table, row, SEEN_BRUTTO,
                          seen(sp_real(basis.left_brutto), sums[SUM_PERSONS]));
        for (guint i = 0; i < N_SUMS; i++) {
            sums_of(work, t, (Sum)i)[kommune] = sums[i];
        }
    }
}

static void add_above(SpTable *table, const Work *work, gsize group, gsize yrke)
{
    const char *code = work->groups->at[group].code;
    for (gsize t = 1; t <= work->n_years; t++) {
        gsize row = add_row(table, work, code, yrke, t);
        SpReal sums[N_SUMS];
        for (guint i = 0; i < N_SUMS; i++) {
            sums[i] = sums_of(work, t, (Sum)i)[work->n_kommuner + group];
        }
        set_sums(table, row, sums, sp_turnover_position(work->turnover, yrke));
        const gsize brutto[] = {REPLACED_BRUTTO, BRUTTO, RATE_BRUTTO, SEEN_BRUTTO};
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
        [PERSONS] = MEASURE("rekruttering_personer", "expected persons"),
        [SEEN_PERSONS] = MEASURE("turnover_personer", "persons"),
        [SEEN_AARSVERK] = MEASURE("turnover_aarsverk", "aarsverk"),
        [SEEN_BRUTTO] = MEASURE("sluttet_brutto", "persons"),
        [SEEN_NETTO] = MEASURE("sluttet_netto", "persons"),
    };
#undef MEASURE
    SpTable *table = sp_table_new("rekrutteringsbehov", columns, N_COLUMNS);
    sp_table_set_edition(table, sp_table_edition(input->demand));
    sp_table_set_marks(table,
                       sp_table_marks(input->demand) | sp_table_marks(input->turnover.table));
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

static void fill(SpTable *table, Work *work)
{
    gsize n_days = work->n_years * N_SUMS, n_regions = work->n_kommuner + work->groups->n;
    g_autofree SpReal *sums = g_new(SpReal, n_days * n_regions);
    work->sums = sums;
    for (gsize g = 0; g < work->demand->n_yrker; g++) {
        if (!is_in_use(work->demand, g)) {
            continue;
        }
        for (gsize u = 0; u < work->n_kommuner; u++) {
            add_kommune(table, work, u, g);
        }
        for (gsize i = 0; i < n_days; i++) {
            sp_region_groups_sum(work->groups, work->n_kommuner, &sums[i * n_regions]);
        }
        for (gsize r = 0; r < work->groups->n; r++) {
            add_above(table, work, r, g);
        }
    }
}

SpTable *sp_recruitment_table(const SpRecruitmentInput *input, SpTable **errors, SpQuality *quality,
                              GError **error)
{
    static const char *const measure[] = {"aarsverk"};
    if (errors != NULL) {
        *errors = NULL;
    }
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
    g_autoptr(SpRegionGroups) groups =
        sp_region_groups_new(input->regions, (const char *const *)kommuner, n_kommuner, error);
    const SpTurnoverInput leaving = {.source = input->turnover,
                                     .regions = kommuner,
                                     .n_regions = n_kommuner,
                                     .yrker = demand->yrker,
                                     .n_yrker = demand->n_yrker,
                                     .base = demand->periods[0]};
    g_autoptr(SpTurnover) turnover =
        groups == NULL ? NULL : sp_turnover_new(&leaving, quality, error);
    if (turnover == NULL) {
        return NULL;
    }
    Work work = {.demand = demand,
                 .turnover = turnover,
                 .groups = groups,
                 .n_kommuner = n_kommuner,
                 .n_years = MIN(demand->n_periods - 1, SP_RECRUITMENT_YEARS),
                 .row_of = row_of};
    g_autoptr(SpTable) table = new_table(input);
    fill(table, &work);
    if (!sp_table_check_unique(table, error)) {
        return NULL;
    }
    if (errors != NULL) {
        *errors = sp_exit_errors_table(turnover, &leaving);
    }
    return g_steal_pointer(&table);
}
