/* Rows of table uforklart. */
#include "transforms/vary/residual.h"

#include "transforms/vary/borrow.h"
#include "transforms/vary/columns.h"
#include "transforms/vary/control.h"

#include <math.h>

enum {
    INDIKATOR,
    REGION,
    PERIOD,
    SIGNAL,
    VURDERING,
    VERDI,
    VENTET_BEHOV,
    VENTET,
    FORHOLD,
    KRYMPET_BEHOV,
    KRYMPET,
    KRYMPET_NEDRE,
    KRYMPET_OEVRE,
    P,
    Q,
    N_COLUMNS
};
static const SpColumn columns[N_COLUMNS] = {
    [INDIKATOR] = SP_VARY_INDIKATOR,
    [REGION] = SP_VARY_REGION,
    [PERIOD] = SP_VARY_PERIOD,
    [SIGNAL] = {.name = "signal", .kind = SP_COLUMN_CODE, .classification = "signal"},
    [VURDERING] = {.name = "vurdering", .kind = SP_COLUMN_CODE, .classification = "vurdering"},
    [VERDI] = SP_VARY_MEASURE("verdi", NULL),
    [VENTET_BEHOV] = SP_VARY_MEASURE("ventet_behov", NULL),
    [VENTET] = SP_VARY_MEASURE("ventet", NULL),
    [FORHOLD] = SP_VARY_MEASURE("forhold", "ratio"),
    [KRYMPET_BEHOV] = SP_VARY_MEASURE("krympet_behov", "ratio"),
    [KRYMPET] = SP_VARY_MEASURE("krympet", "ratio"),
    [KRYMPET_NEDRE] = SP_VARY_MEASURE("krympet_nedre", "ratio"),
    [KRYMPET_OEVRE] = SP_VARY_MEASURE("krympet_oevre", "ratio"),
    [P] = SP_VARY_MEASURE("p", NULL),
    [Q] = SP_VARY_MEASURE("q", NULL),
};

const SpColumn *sp_residual_columns(gsize *n_columns)
{
    *n_columns = N_COLUMNS;
    return columns;
}

/* The figures held against one prediction. */
typedef struct {
    SpAreas *against;
    SpReal *shrunk; /* [n_rows] */
    SpMarshall marshall;
} Held;

static void held_init(Held *held, const SpNeed *need, const double found[])
{
    g_autofree SpReal *predicted = g_new(SpReal, need->areas->n_rows + 1);
    sp_need_predict(need, found, predicted);
    held->against = sp_areas_against(need->areas, predicted);
    held->shrunk = g_new(SpReal, need->areas->n_rows + 1);
    held->marshall = sp_borrow_in_country(held->against, held->shrunk);
}

static void held_clear(Held *held)
{
    sp_areas_free(held->against);
    g_free(held->shrunk);
}

static SpReal predicted_value(const Held *held, gsize row)
{
    return sp_areas_as_value(held->against, row, held->against->forventet[row]);
}

static SpReal *reach_of(const Held *held)
{
    const SpAreas *areas = held->against;
    const SpCounts counts = {areas->n, areas->observed, areas->expected, areas->variance};
    SpReal *reach = g_new(SpReal, areas->n + 1);
    sp_shrink_marshall_reach(&held->marshall, &counts, reach);
    return reach;
}

static void set_interval(SpTable *table, gsize to, SpReal shrunk, SpReal reach)
{
    SpReal low = sp_real_none(SP_MISSING);
    SpReal high = low;
    if (sp_real_is_number(shrunk) && sp_real_is_number(reach)) {
        low = sp_real_flagged(fmax(0.0, shrunk.value - reach.value), shrunk.flags);
        high = sp_real_flagged(shrunk.value + reach.value, shrunk.flags);
    }
    sp_table_set_real(table, to, KRYMPET_NEDRE, low);
    sp_table_set_real(table, to, KRYMPET_OEVRE, high);
}

static void set_control(SpTable *table, gsize to, const SpControl *control)
{
    sp_table_set_code(table, to, SIGNAL, control->discovery_od);
    sp_table_set_code(table, to, VURDERING, control->judgement);
    sp_table_set_real(table, to, P, control->p_od);
    sp_table_set_real(table, to, Q, control->q_od);
}

void sp_residual_add(SpTable *table, const SpNeed *need, const SpShares *shares,
                     const SpControlForm *form)
{
    Held alone;
    Held both;
    if (shares->fit != SP_FIT_GOOD) {
        return;
    }
    held_init(&alone, need, shares->predicted_need);
    held_init(&both, need, shares->predicted);
    const SpAreas *areas = both.against;
    g_autofree SpControl *control = g_new(SpControl, areas->n_rows + 1);
    (void)sp_control(areas, form, control);
    g_autofree SpReal *reach = reach_of(&both);
    for (gsize k = 0; k < areas->n; k++) {
        const gsize row = areas->row[k];
        const gsize to = sp_table_add_row(table);
        sp_table_set_code(table, to, INDIKATOR, areas->indicator->id);
        sp_table_set_code(table, to, REGION, areas->kommune[row]);
        sp_table_set_code(table, to, PERIOD, areas->period);
        sp_table_set_real(table, to, VERDI, areas->verdi[row]);
        sp_table_set_real(table, to, VENTET_BEHOV, predicted_value(&alone, row));
        sp_table_set_real(table, to, VENTET, predicted_value(&both, row));
        sp_table_set_real(table, to, FORHOLD,
                          sp_real_rate(areas->teller[row], areas->forventet[row], 1.0));
        sp_table_set_real(table, to, KRYMPET_BEHOV, alone.shrunk[row]);
        sp_table_set_real(table, to, KRYMPET, both.shrunk[row]);
        set_interval(table, to, both.shrunk[row], reach[k]);
        sp_areas_flag(areas, table, to);
        set_control(table, to, &control[row]);
    }
    held_clear(&alone);
    held_clear(&both);
}
