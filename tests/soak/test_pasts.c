/* Are the pasts like the real one? How much kommuner change, beside the panel of real kommuner up
 * to 2019 (shared/data/ssb-panel-kommuner): before any base that anything is judged from. */
#include "past.h"

#include "tests/transforms/project/fixture.h"

#include <stdlib.h>

enum {
    N_PASTS = 8,
    N_SPANS = 2,
    N_SIZES = 3,
    LAST_REAL = 2019,
    FIRST_REAL = 2015,
    MOST_ROWS = 4000
};

static const gsize spans[N_SPANS] = {1, 3};
static const double size_from[N_SIZES + 1] = {0, 5000, 15000, 1e9};

/* Columns of the panel, and the series of pasts they are held against. */
enum { ALL_PEOPLE = 3 };
static const struct {
    const char *name;
    gsize column, series;
} figures[] = {{"80+", 2, PAST_PEOPLE + 1},
               {"users hjemmetjeneste", 4, PAST_USERS},
               {"users institusjon", 7, PAST_USERS + 1},
               {"need sykepleier", 9, PAST_NEED + 3}};

static int by_value(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

static double median(GArray *values)
{
    g_array_sort(values, by_value);
    return values->len == 0 ? 0.0 : g_array_index(values, double, values->len / 2);
}

/* Log changes of a year, less their median, as distances from it. */
static void add_distances(GArray *changes, GArray *distances)
{
    double middle = median(changes);
    for (guint i = 0; i < changes->len; i++) {
        double distance = fabs(g_array_index(changes, double, i) - middle);
        g_array_append_val(distances, distance);
    }
    g_array_set_size(changes, 0);
}

static void add_change(double before, double after, double people, gsize size, GArray *changes)
{
    if (before > 0.0 && after > 0.0 && people > size_from[size] && people <= size_from[size + 1]) {
        double change = log(after / before);
        g_array_append_val(changes, change);
    }
}

static double real_distance(const GPtrArray *rows, gsize column, gsize span, gsize size)
{
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(double));
    g_autoptr(GArray) distances = g_array_new(FALSE, FALSE, sizeof(double));
    for (int year = FIRST_REAL; year + (int)span <= LAST_REAL; year++) {
        for (guint i = 0; i + span < rows->len; i++) {
            char *const *row = rows->pdata[i], *const *later = rows->pdata[i + span];
            if ((int)fixture_number(row[1]) == year && strcmp(row[0], later[0]) == 0 &&
                *row[column] != '\0' && *later[column] != '\0') {
                assert_int_equal((int)fixture_number(later[1]), year + (int)span);
                add_change(fixture_number(row[column]), fixture_number(later[column]),
                           fixture_number(row[ALL_PEOPLE]), size, changes);
            }
        }
        add_distances(changes, distances);
    }
    return median(distances);
}

static double people_of(const Past *past, gsize u, gsize day)
{
    double sum = 0.0;
    for (guint cell = 0; cell < SP_N_SEXES * SP_N_AGES; cell++) {
        sum += past_persons(past, u, day, cell / SP_N_AGES)[cell % SP_N_AGES];
    }
    return sum;
}

static double past_distance(Past *const pasts[], gsize series, gsize span, gsize size)
{
    g_autoptr(GArray) changes = g_array_new(FALSE, FALSE, sizeof(double));
    g_autoptr(GArray) distances = g_array_new(FALSE, FALSE, sizeof(double));
    for (gsize i = 0; i < N_PASTS; i++) {
        for (gsize day = 1; day + span <= PAST_YEARS; day++) {
            for (gsize u = 0; u < PAST_KOMMUNER; u++) {
                const double *figure = &pasts[i]->figure[series][u * PAST_DAYS + day];
                add_change(figure[0], figure[span], people_of(pasts[i], u, day), size, changes);
            }
            add_distances(changes, distances);
        }
    }
    return median(distances);
}

static void kommuner_of_pasts_change_as_real_ones_do(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(GPtrArray) rows = fixture_rows(shared, "ssb-panel-kommuner/panel_2015_2022.csv");
    PastSources sources;
    Past *pasts[N_PASTS];
    past_sources_read(&sources);
    guint n_off = 0;
    for (guint i = 0; i < N_PASTS; i++) {
        pasts[i] = past_new(&sources, 90001 + i);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(figures) * N_SPANS * N_SIZES; i++) {
        gsize figure = i / ((gsize)N_SPANS * N_SIZES), span = spans[i / N_SIZES % N_SPANS];
        gsize size = i % N_SIZES;
        double real = real_distance(rows, figures[figure].column, span, size);
        double made = past_distance(pasts, figures[figure].series, span, size);
        gboolean is_off = made < 0.7 * real || made > 1.4 * real;
        n_off += is_off ? 1U : 0U;
        print_message("%-21s %zu year(s), above %5.0f: real %.4f, pasts %.4f%s\n",
                      figures[figure].name, span, size_from[size], real, made,
                      is_off ? "  OFF" : "");
    }
    for (guint i = 0; i < N_PASTS; i++) {
        past_free(pasts[i]);
    }
    past_sources_clear(&sources);
    assert_int_equal(n_off, 0);
}

static void every_figure_of_a_past_is_a_number(void **state)
{
    (void)state;
    PastSources sources;
    past_sources_read(&sources);
    for (guint seed = 1001; seed < 1001 + N_PASTS; seed++) {
        g_autoptr(Past) past = past_new(&sources, seed);
        for (gsize i = 0; i < (gsize)PAST_SERIES * PAST_KOMMUNER * PAST_DAYS; i++) {
            gsize cells = (gsize)PAST_KOMMUNER * PAST_DAYS, series = i / cells, at = i % cells;
            double figure = past->figure[series][at];
            if (!(figure >= 0.0 || series >= PAST_GAP) || !isfinite(figure)) {
                fail_msg("seed %u: %s of %s on day %zu is %g", seed, past_series_names[series],
                         past->kommuner[at / PAST_DAYS].code, at % PAST_DAYS,
                         past->figure[series][at]);
            }
        }
    }
    past_sources_clear(&sources);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_figure_of_a_past_is_a_number),
        cmocka_unit_test(kommuner_of_pasts_change_as_real_ones_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
