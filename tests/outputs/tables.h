/** Tables of the kinds that the small package lacks: indicators with attributes, several measures.
 */
#ifndef SP_TESTS_OUTPUTS_TABLES_H
#define SP_TESTS_OUTPUTS_TABLES_H

#include "tests/outputs/package.h"

/** Codes of `n` kommuner in order, twenty to a fylke from 11 on, NULL-terminated. g_strfreev. */
char **sp_test_kommuner(gsize n);

/**
 * `plassering`: three indicators (a share, a rate per 1 000, and one of årsverk, which has no
 * limits) of each kommune on 1 January 2023 and 2024; attribute `signal`, measures verdi, krympet
 * (flag m), nedre_95, oevre_95.
 */
SpTable *sp_test_placing_new(char *const kommuner[]);

/**
 * `uforklart` of two indicators (a rate of årsverk, a share) in 2024: krympet is 0.8 + 0.1 times
 * the number of the kommune's row, with limits 0.1 off. Those whose number is in `judged` [n] are
 * judged unfavourable, the others not.
 */
SpTable *sp_test_residual_new(char *const kommuner[], const gsize judged[], gsize n);

/** `brukere`: the first of its measures (at most 5: hjemmetjenestebrukere, institusjon, …) of each
 * kommune at the ends of `n_years` years from 2015; key `region`, `period`. */
SpTable *sp_test_users_new(char *const kommuner[], int n_years, gsize n_measures);

/** One profession in a region, with its need today. */
typedef struct {
    const char *region;
    const char *profession;
    double need; /* 0: it is needed nowhere */
} SpTestNeeded;

/** `framskriving_gap` on 1 January 2026, 2030, 2031 and 2035: intervals and a chance of 0.65 where
 * there is a need, else nothing is applicable. Its columns of figures: */
enum {
    SP_TEST_GAP_NEED = 3,
    SP_TEST_GAP = 5,
    SP_TEST_GAP_LOW,
    SP_TEST_GAP_HIGH,
    SP_TEST_GAP_CHANCE,
    SP_TEST_GAP_N_COLUMNS
};
SpTable *sp_test_gap_new(const SpTestNeeded needed[], gsize n);

/** A catalogue of figures (outputs/figure.h) of one row: id, kind, table, packages, codes,
 * measures, x. */
SpTable *sp_test_figures_new(const char *const cells[7]);

/** `aarsverk` by profession, in place of the small package's: of country, fylke and two kommuner,
 * two professions and all of them, in 2010 to 2020, with every status and flag; the newest of the
 * kommuner's lines differ. */
void sp_test_package_set_staffing(SpTestPackage *package);

#endif
