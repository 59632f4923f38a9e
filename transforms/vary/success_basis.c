/* Rows of table lykkes_grunnlag. */
#include "transforms/vary/success_basis.h"

#include "transforms/vary/columns.h"

enum {
    INDIKATOR,
    PROEVD,
    PERIOD,
    N_PERIODER,
    N_KOMMUNER,
    N_UTELATT,
    N_PROEVBARE,
    N_FUNNET,
    N_LYKKES,
    N_COLUMNS
};
static const SpColumn columns[N_COLUMNS] = {
    [INDIKATOR] = SP_VARY_INDIKATOR,
    [PROEVD] = {.name = "proevd", .kind = SP_COLUMN_CODE, .classification = "proevd"},
    [PERIOD] = {.name = "period", .kind = SP_COLUMN_CODE, .classification = "period"},
    [N_PERIODER] = SP_VARY_MEASURE("n_perioder", NULL),
    [N_KOMMUNER] = SP_VARY_MEASURE("n_kommuner", "kommuner"),
    [N_UTELATT] = SP_VARY_MEASURE("n_utelatt", "kommuner"),
    [N_PROEVBARE] = SP_VARY_MEASURE("n_proevbare", "kommuner"),
    [N_FUNNET] = SP_VARY_MEASURE("n_funnet", "kommuner"),
    [N_LYKKES] = SP_VARY_MEASURE("n_lykkes", "kommuner"),
};

/* By SpSuccessState. */
static const char *const state_words[] = {"ingen_tall", "faa_perioder", "ingen_modell", "ja"};

SpTable *sp_success_basis_table(const SpCountry *country)
{
    return sp_country_table(country, "lykkes_grunnlag", columns, N_COLUMNS);
}

void sp_success_basis_add(SpTable *table, const char *indicator, const SpSuccessBasis *basis,
                          gsize n_kommuner)
{
    const gboolean is_tested = basis->state == SP_SUCCESS_TESTED;
    const struct {
        gsize column, n;
    } counts[] = {{N_KOMMUNER, basis->n_known},
                  {N_UTELATT, n_kommuner - basis->n_known},
                  {N_PROEVBARE, basis->n_testable},
                  {N_FUNNET, basis->n_found},
                  {N_LYKKES, basis->n_confirmed}};
    const gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, INDIKATOR, indicator);
    sp_table_set_code(table, row, PROEVD, state_words[basis->state]);
    sp_table_set_code(table, row, PERIOD, basis->period);
    sp_table_set_real(table, row, N_PERIODER, sp_real((double)basis->n_periods));
    for (gsize k = 0; k < G_N_ELEMENTS(counts); k++) {
        sp_table_set_real(table, row, counts[k].column,
                          is_tested ? sp_real((double)counts[k].n)
                                    : sp_real_none(SP_NOT_APPLICABLE));
    }
}
