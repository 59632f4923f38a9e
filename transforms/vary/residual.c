/* Rows of table uforklart. */
#include "transforms/vary/residual.h"

#include "transforms/vary/borrow.h"
#include "transforms/vary/columns.h"
#include "transforms/vary/control.h"

#include <math.h>

static const double z_95 = 1.959963984540054;

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
    SpBorrowed *borrowed; /* [n_rows] */
    SpLenders lenders;
} Held;

static void held_init(Held *held, const SpNeed *need, const double found[])
{
    const SpBorrowForm form = {0};
    g_autofree SpReal *predicted = g_new(SpReal, need->areas->n_rows + 1);
    sp_need_predict(need, found, predicted);
    held->against = sp_areas_against(need->areas, predicted);
    held->borrowed = g_new(SpBorrowed, need->areas->n_rows + 1);
    held->lenders = sp_borrow(held->against, &form, held->borrowed);
}

static void held_clear(Held *held)
{
    sp_areas_free(held->against);
    g_free(held->borrowed);
}

static SpReal predicted_value(const Held *held, gsize row)
{
    return sp_areas_as_value(held->against, row, held->against->forventet[row]);
}

/* What is left of the variance between kommuner when a figure of this size is known, Marshall's a
 * and c: a c / (a + c). */
static void set_interval(SpTable *table, gsize to, const Held *held, gsize k)
{
    const SpAreas *areas = held->against;
    const SpMarshall *all = &held->lenders.marshall;
    const SpReal shrunk = held->borrowed[areas->row[k]].shrunk;
    SpReal low = sp_real_none(SP_MISSING);
    SpReal high = low;
    if (sp_real_is_number(shrunk) && all->a.value > 0.0) {
        const double chance =
            all->b.value * areas->variance[k] / (areas->expected[k] * areas->expected[k]);
        const double reach = z_95 * sqrt(all->a.value * chance / (all->a.value + chance));
        low = sp_real_flagged(fmax(0.0, shrunk.value - reach), shrunk.flags);
        high = sp_real_flagged(shrunk.value + reach, shrunk.flags);
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
        sp_table_set_real(table, to, KRYMPET_BEHOV, alone.borrowed[row].shrunk);
        sp_table_set_real(table, to, KRYMPET, both.borrowed[row].shrunk);
        set_interval(table, to, &both, k);
        set_control(table, to, &control[row]);
    }
    held_clear(&alone);
    held_clear(&both);
}
