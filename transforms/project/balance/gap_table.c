/* From tables of demand and supply to the gap. */
#include "transforms/project/balance/gap_table.h"

#include "core/error.h"
#include "core/rollup.h"
#include "core/table_rows.h"
#include "transforms/project/balance/gap.h"

#include <string.h>

static const char *const measure[] = {"aarsverk", "lovkrav", "rest"};

/* Both sides, and what the supply of each profession of demand is multiplied by. */
typedef struct {
    SpPanel *demand, *supply;
    SpReal *demand_base, *supply_base; /* [demand's yrker] of the country */
    SpReal *factor;
} Sides;

static void sides_clear(Sides *sides)
{
    sp_panel_free(sides->demand);
    sp_panel_free(sides->supply);
    g_free(sides->demand_base);
    g_free(sides->supply_base);
    g_free(sides->factor);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Sides, sides_clear)

/* The country's need that supply is balanced with: what the law's floor adds to it is nobody who is
 * there, and stays a shortage. */
static SpReal before_law(const SpPanel *demand, const char *yrke, const char *base)
{
    SpReal need = sp_panel_figure(demand, 0, SP_REGION_COUNTRY_CODE, yrke, base);
    SpReal law = demand->n_measures > 1
                     ? sp_panel_figure(demand, 1, SP_REGION_COUNTRY_CODE, yrke, base)
                     : sp_real_none(SP_MISSING);
    need.value -= sp_real_is_number(need) && sp_real_is_number(law) ? law.value : 0.0;
    return need;
}

static gboolean sides_init(Sides *sides, const SpGapInput *input, GError **error)
{
    gsize n_measures = 1;
    while (n_measures < G_N_ELEMENTS(measure) &&
           sp_table_find(input->demand, measure[n_measures]) != SP_NO_COLUMN) {
        n_measures++;
    }
    *sides = (Sides){.demand = sp_panel_new(input->demand, measure, n_measures, error)};
    sides->supply = sides->demand == NULL ? NULL : sp_panel_new(input->supply, measure, 1, error);
    if (sides->supply == NULL) {
        return FALSE;
    }
    gsize n = sides->demand->n_yrker;
    sides->demand_base = g_new(SpReal, n);
    sides->supply_base = g_new(SpReal, n);
    sides->factor = g_new(SpReal, n);
    for (gsize g = 0; g < n; g++) {
        const char *yrke = sides->demand->yrker[g], *base = sides->demand->periods[0];
        SpReal demand = before_law(sides->demand, yrke, base);
        SpReal supply = sp_panel_figure(sides->supply, 0, SP_REGION_COUNTRY_CODE, yrke, base);
        sides->demand_base[g] = demand;
        sides->supply_base[g] = supply;
        sides->factor[g] =
            input->base == SP_BASE_BALANCED ? sp_gap_factor(demand, supply) : sp_real(1.0);
    }
    return TRUE;
}

static SpReal modelled(SpReal figure)
{
    figure.flags |= SP_FLAG_MODELLED;
    return figure;
}

static void tell(const Sides *sides, double alarm, SpQuality *quality)
{
    const SpPanel *demand = sides->demand, *supply = sides->supply;
    gsize n_unknown = 0;
    for (gsize g = 0; g < demand->n_yrker; g++) {
        SpReal need = sides->demand_base[g];
        if (!sp_real_is_number(need) && need.status != SP_NOT_APPLICABLE) {
            n_unknown++;
        } else if (!sp_real_is_number(need)) {
            sp_quality_note(quality, "no_need", demand->yrker[g], 0,
                            "no source counts municipal årsverk of the profession on %s; it has "
                            "neither need nor gap until one is fetched (docs/methods/balance.md)",
                            demand->periods[0]);
        } else if (!sp_real_is_number(sides->factor[g])) {
            sp_quality_note(quality, "no_supply", demand->yrker[g], 0,
                            "the country has no supply of the profession on %s; its gap is missing",
                            demand->periods[0]);
        } else if (sides->factor[g].value > alarm || sides->factor[g].value < 1.0 / alarm) {
            sp_quality_note(quality, "unlike_sources", demand->yrker[g], 0,
                            "supply is multiplied by %.3g to be the need of the country on %s: the "
                            "two do not count the same people, so look at their sources "
                            "(config/framskriving/bemanning.csv and sektor.csv) before using the "
                            "gap",
                            sides->factor[g].value, demand->periods[0]);
        }
    }
    if (n_unknown > 0) {
        sp_quality_note(quality, "need_unknown", demand->periods[0], 0,
                        "of %" G_GSIZE_FORMAT " professions the country's need is not known, since "
                        "that of a kommune is not: see the findings of its population and use",
                        n_unknown);
    }
    const char *last = demand->periods[demand->n_periods - 1];
    if (strcmp(supply->periods[supply->n_periods - 1], last) < 0) {
        sp_quality_note(quality, "short_supply", supply->periods[supply->n_periods - 1], 0,
                        "supply ends here and demand on %s; later gaps are missing", last);
    }
}

static SpColumn region_column(const SpTable *demand)
{
    gsize from = sp_table_find(demand, "region");
    return (SpColumn){.name = "region",
                      .kind = SP_COLUMN_CODE,
                      .is_key = TRUE,
                      .classification = sp_table_column(demand, from)->classification};
}

static SpTable *new_gap_table(const SpGapInput *input)
{
    const SpColumn columns[SP_N_GAP_COLUMNS] = {
        [SP_GAP_REGION] = region_column(input->demand),
        [SP_GAP_YRKE] = {.name = "yrke",
                         .kind = SP_COLUMN_CODE,
                         .is_key = TRUE,
                         .classification = "profesjon"},
        [SP_GAP_PERIOD] = {.name = "period",
                           .kind = SP_COLUMN_CODE,
                           .is_key = TRUE,
                           .classification = "period"},
        [SP_GAP_ETTERSPOERSEL] = {.name = "etterspoersel",
                                  .kind = SP_COLUMN_MEASURE,
                                  .unit = "aarsverk"},
        [SP_GAP_TILBUD] = {.name = "tilbud", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        [SP_GAP_STARTMANGEL] = {.name = "startmangel",
                                .kind = SP_COLUMN_MEASURE,
                                .unit = "aarsverk"},
        [SP_GAP_GAP] = {.name = "gap", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        [SP_GAP_ANDEL] = {.name = "gap_andel", .kind = SP_COLUMN_MEASURE, .unit = "share"},
    };
    SpTable *table = sp_table_new("framskriving_gap", columns, SP_N_GAP_COLUMNS);
    sp_table_set_edition(table, sp_table_edition(input->demand));
    sp_table_set_marks(table, sp_table_marks(input->demand) | sp_table_marks(input->supply) |
                                  sp_shortage_marks(input->shortage));
    return table;
}

/* All days of one region and profession. */
static void add_rows(SpTable *table, const Sides *sides, const SpShortage *shortage, gsize region,
                     gsize yrke)
{
    const SpPanel *demand = sides->demand;
    const char *place = demand->regions[region], *code = demand->yrker[yrke];
    SpReal start = sp_shortage_at(shortage, place, code);
    for (gsize t = 0; t < demand->n_periods; t++) {
        SpReal needed = sp_panel_at(demand, 0, region, yrke)[t];
        SpReal there =
            sp_gap_scale(sp_panel_figure(sides->supply, 0, place, code, demand->periods[t]),
                         sides->factor[yrke]);
        SpReal gap = sp_gap(needed, there, start);
        gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, SP_GAP_REGION, place);
        sp_table_set_code(table, row, SP_GAP_YRKE, code);
        sp_table_set_code(table, row, SP_GAP_PERIOD, demand->periods[t]);
        sp_table_set_real(table, row, SP_GAP_ETTERSPOERSEL, modelled(needed));
        sp_table_set_real(table, row, SP_GAP_TILBUD, modelled(there));
        sp_table_set_real(table, row, SP_GAP_STARTMANGEL, start);
        sp_table_set_real(table, row, SP_GAP_GAP, modelled(gap));
        sp_table_set_real(table, row, SP_GAP_ANDEL, modelled(sp_real_rate(gap, needed, 1.0)));
    }
}

SpTable *sp_gap_table(const SpGapInput *input, SpQuality *quality, GError **error)
{
    g_auto(Sides) sides = {0};
    if (!sides_init(&sides, input, error)) {
        return NULL;
    }
    tell(&sides, input->alarm, quality);
    g_autoptr(SpTable) table = new_gap_table(input);
    sp_table_reserve(table,
                     sides.demand->n_regions * sides.demand->n_yrker * sides.demand->n_periods);
    for (gsize region = 0; region < sides.demand->n_regions; region++) {
        for (gsize yrke = 0; yrke < sides.demand->n_yrker; yrke++) {
            add_rows(table, &sides, input->shortage, region, yrke);
        }
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}

gboolean sp_gap_cell_parts(const SpGapInput *input, const char *region, const char *yrke,
                           const char *period, double parts[], GError **error)
{
    g_auto(Sides) sides = {0};
    gsize g;
    if (!sides_init(&sides, input, error) ||
        !sp_panel_find(sides.demand->yrker, sides.demand->n_yrker, yrke, &g)) {
        return FALSE;
    }
    const char *days[] = {sides.demand->periods[0], period};
    SpReal start = sp_shortage_at(input->shortage, region, yrke);
    double demand[2], supply[2];
    for (gsize i = 0; i < 2; i++) {
        SpReal needed = sp_panel_figure(sides.demand, 0, region, yrke, days[i]);
        SpReal there =
            sp_gap_scale(sp_panel_figure(sides.supply, 0, region, yrke, days[i]), sides.factor[g]);
        if (!sp_real_is_number(sp_gap(needed, there, start))) {
            return FALSE;
        }
        demand[i] = needed.value;
        supply[i] = there.value;
    }
    sp_gap_parts(demand, supply, start.value, parts);
    return TRUE;
}

/* What of the need comes from a source that counts all the profession's people, as supply's does:
   the two are then made equal before they are compared. 0 where the demand does not tell. */
static SpReal shared_source(const Sides *sides, gsize yrke)
{
    const SpPanel *demand = sides->demand;
    const char *code = demand->yrker[yrke], *base = demand->periods[0];
    SpReal need = sp_panel_figure(demand, 0, SP_REGION_COUNTRY_CODE, code, base);
    SpReal rest = demand->n_measures > 2
                      ? sp_panel_figure(demand, 2, SP_REGION_COUNTRY_CODE, code, base)
                      : sp_real(0.0);
    return sp_real_rate(rest, need, 1.0);
}

SpTable *sp_balance_table(const SpGapInput *input, GError **error)
{
    static const SpColumn columns[] = {
        {.name = "yrke", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "profesjon"},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = "period"},
        {.name = "etterspoersel", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        {.name = "tilbud", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
        {.name = "faktor", .kind = SP_COLUMN_MEASURE, .unit = "ratio"},
        {.name = "felles_kilde", .kind = SP_COLUMN_MEASURE, .unit = "share"},
    };
    g_auto(Sides) sides = {0};
    if (!sides_init(&sides, input, error)) {
        return NULL;
    }
    g_autoptr(SpTable) table = sp_table_new("framskriving_balanse", columns, G_N_ELEMENTS(columns));
    sp_table_set_edition(table, sp_table_edition(input->demand));
    sp_table_set_marks(table, sp_table_marks(input->demand) | sp_table_marks(input->supply));
    for (gsize g = 0; g < sides.demand->n_yrker; g++) {
        gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, 0, sides.demand->yrker[g]);
        sp_table_set_code(table, row, 1, sides.demand->periods[0]);
        sp_table_set_real(table, row, 2, modelled(sides.demand_base[g]));
        sp_table_set_real(table, row, 3, modelled(sides.supply_base[g]));
        sp_table_set_real(table, row, 4, modelled(sides.factor[g]));
        sp_table_set_real(table, row, 5, modelled(shared_source(&sides, g)));
    }
    return sp_table_check_unique(table, error) ? g_steal_pointer(&table) : NULL;
}
