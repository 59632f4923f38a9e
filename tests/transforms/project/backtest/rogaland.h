/** The 23 kommuner of Rogaland with nurses' årsverk of 2015 and 2025 (SSB, shared reference data):
 * a real past to judge simple rules on, with published results. */
#ifndef SP_TESTS_TRANSFORMS_PROJECT_BACKTEST_ROGALAND_H
#define SP_TESTS_TRANSFORMS_PROJECT_BACKTEST_ROGALAND_H

#include "tests/transforms/project/fixture.h"

enum { ROGALAND_N = 23, ROGALAND_YEARS = 10 };

typedef struct {
    char code[ROGALAND_N][8];
    /* [0] 2015, [1] 2025 */
    double nurses[2][ROGALAND_N], all[2][ROGALAND_N], old[2][ROGALAND_N], oldest[2][ROGALAND_N];
    double users[2][ROGALAND_N]; /* of home services; NaN where it was not published */
} Rogaland;

static inline void rogaland_read(const char *shared, Rogaland *rogaland)
{
    g_autoptr(GPtrArray) rows = fixture_rows(shared, "helsemod/rogaland_oslo_2015_2020_2025.csv");
    gsize n[2] = {0, 0};
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        if (!g_str_has_prefix(row[0], "11") || strcmp(row[1], "2020") == 0) {
            continue;
        }
        guint end = strcmp(row[1], "2025") == 0 ? 1 : 0;
        gsize at = n[end]++;
        assert_true(at < ROGALAND_N);
        g_strlcpy(rogaland->code[at], row[0], sizeof rogaland->code[at]);
        double middle = fixture_number(row[4]);
        rogaland->oldest[end][at] = fixture_number(row[5]);
        rogaland->old[end][at] = middle + rogaland->oldest[end][at];
        rogaland->all[end][at] = fixture_number(row[6]);
        rogaland->users[end][at] = *row[7] == '\0' ? (double)NAN : fixture_number(row[7]);
        rogaland->nurses[end][at] = fixture_number(row[10]);
    }
    assert_int_equal(n[0], ROGALAND_N);
    assert_int_equal(n[1], ROGALAND_N);
}

/** Nurses of 2025 if each kommune keeps its number of 2015 per person of a group, of whom there are
 * so many before and after. */
static inline void rogaland_per(const Rogaland *rogaland, const double before[],
                                const double after[], double forecast[])
{
    for (gsize i = 0; i < ROGALAND_N; i++) {
        forecast[i] = rogaland->nurses[0][i] * after[i] / before[i];
    }
}

#endif
