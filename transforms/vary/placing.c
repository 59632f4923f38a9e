/* Rows of table plassering. */
#include "transforms/vary/placing.h"

#include "transforms/vary/columns.h"

enum {
    INDIKATOR,
    REGION,
    PERIOD,
    SIGNAL,
    SIGNAL_FDR,
    SIGNAL_OD,
    SIGNAL_OD_FDR,
    VURDERING,
    VERTSKOMMUNE,
    VERDI,
    RATIO,
    KRYMPET,
    KRYMPET_LOKAL,
    KRYMPET_GAMMA,
    UTEN_EGNE_TALL,
    FIRST_LIMIT,
    FIRST_LIMIT_OD = FIRST_LIMIT + SP_N_LIMITS,
    P = FIRST_LIMIT_OD + SP_N_LIMITS,
    Q,
    Q_OD,
    N_COLUMNS
};

#define SIGNAL_COLUMN(text)                                                                        \
    {                                                                                              \
        .name = (text), .kind = SP_COLUMN_CODE, .classification = "signal"                         \
    }
#define MEASURE(text)                                                                              \
    {                                                                                              \
        .name = (text), .kind = SP_COLUMN_MEASURE                                                  \
    }
#define RATIO_OF(text)                                                                             \
    {                                                                                              \
        .name = (text), .kind = SP_COLUMN_MEASURE, .unit = "ratio"                                 \
    }

static const SpColumn columns[N_COLUMNS] = {
    [INDIKATOR] = SP_VARY_INDIKATOR,
    [REGION] = SP_VARY_REGION,
    [PERIOD] = SP_VARY_PERIOD,
    [SIGNAL] = SIGNAL_COLUMN("signal"),
    [SIGNAL_FDR] = SIGNAL_COLUMN("signal_fdr"),
    [SIGNAL_OD] = SIGNAL_COLUMN("signal_od"),
    [SIGNAL_OD_FDR] = SIGNAL_COLUMN("signal_od_fdr"),
    [VURDERING] = {.name = "vurdering", .kind = SP_COLUMN_CODE, .classification = "vurdering"},
    [VERTSKOMMUNE] = SP_VARY_VERTSKOMMUNE,
    [VERDI] = MEASURE("verdi"),
    [RATIO] = RATIO_OF("ratio"),
    [KRYMPET] = RATIO_OF("krympet"),
    [KRYMPET_LOKAL] = RATIO_OF("krympet_lokal"),
    [KRYMPET_GAMMA] = RATIO_OF("krympet_gamma"),
    [UTEN_EGNE_TALL] = MEASURE("uten_egne_tall"),
    [FIRST_LIMIT + SP_LOWER_998] = MEASURE("nedre_998"),
    [FIRST_LIMIT + SP_LOWER_95] = MEASURE("nedre_95"),
    [FIRST_LIMIT + SP_UPPER_95] = MEASURE("oevre_95"),
    [FIRST_LIMIT + SP_UPPER_998] = MEASURE("oevre_998"),
    [FIRST_LIMIT_OD + SP_LOWER_998] = MEASURE("nedre_998_od"),
    [FIRST_LIMIT_OD + SP_LOWER_95] = MEASURE("nedre_95_od"),
    [FIRST_LIMIT_OD + SP_UPPER_95] = MEASURE("oevre_95_od"),
    [FIRST_LIMIT_OD + SP_UPPER_998] = MEASURE("oevre_998_od"),
    [P] = MEASURE("p"),
    [Q] = MEASURE("q"),
    [Q_OD] = MEASURE("q_od"),
};

SpTable *sp_placing_new(void)
{
    return sp_table_new("plassering", columns, N_COLUMNS);
}

static void set_codes(SpTable *table, gsize to, const SpAreas *areas, gsize row,
                      const SpControl *control)
{
    sp_table_set_code(table, to, INDIKATOR, areas->indicator->id);
    sp_table_set_code(table, to, REGION, areas->kommune[row]);
    sp_table_set_code(table, to, PERIOD, areas->period);
    sp_table_set_code(table, to, SIGNAL, control->signal);
    sp_table_set_code(table, to, SIGNAL_FDR, control->discovery);
    sp_table_set_code(table, to, SIGNAL_OD, control->signal_od);
    sp_table_set_code(table, to, SIGNAL_OD_FDR, control->discovery_od);
    sp_table_set_code(table, to, VURDERING, control->judgement);
    sp_table_set_code(table, to, VERTSKOMMUNE, areas->vertskommune[row]);
}

/* The ratio would give away a verdi that is withheld. */
static SpReal ratio_of(const SpAreas *areas, gsize row)
{
    const SpReal verdi = areas->verdi[row];
    if (!areas->indicator->has_chance) {
        return sp_real_none(SP_NOT_APPLICABLE);
    }
    return sp_real_is_number(verdi) ? sp_real_rate(areas->teller[row], areas->forventet[row], 1.0)
                                    : verdi;
}

static void set_figures(SpTable *table, gsize to, const SpControl *control,
                        const SpBorrowed *borrowed)
{
    sp_table_set_real(table, to, KRYMPET, borrowed->shrunk);
    sp_table_set_real(table, to, KRYMPET_LOKAL, borrowed->shrunk_locally);
    sp_table_set_real(table, to, KRYMPET_GAMMA, borrowed->shrunk_gamma);
    sp_table_set_real(table, to, UTEN_EGNE_TALL, borrowed->without_own);
    for (gsize i = 0; i < SP_N_LIMITS; i++) {
        sp_table_set_real(table, to, FIRST_LIMIT + i, control->limit[i]);
        sp_table_set_real(table, to, FIRST_LIMIT_OD + i, control->limit_od[i]);
    }
    sp_table_set_real(table, to, P, control->p);
    sp_table_set_real(table, to, Q, control->q);
    sp_table_set_real(table, to, Q_OD, control->q_od);
}

void sp_placing_add(SpTable *table, const SpAreas *areas, const SpControl control[],
                    const SpBorrowed borrowed[])
{
    for (gsize row = 0; row < areas->n_rows; row++) {
        const gsize to = sp_table_add_row(table);
        set_codes(table, to, areas, row, &control[row]);
        sp_table_set_real(table, to, VERDI, areas->verdi[row]);
        sp_table_set_real(table, to, RATIO, ratio_of(areas, row));
        set_figures(table, to, &control[row], &borrowed[row]);
        sp_areas_flag(areas, table, to);
    }
}
