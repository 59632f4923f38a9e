/* The worked example of projections.md §12, key by key, through the functions the stage uses. */
#include "tests/transforms/project/supply/vector.h"

#include "transforms/project/supply/beta.h"
#include "transforms/project/supply/graduates.h"
#include "transforms/project/supply/poly5.h"
#include "transforms/project/supply/stock.h"

#define INPUTS "helsemod/testvector_inputs.csv"
#define ANSWERS "helsemod/testvector.csv"

static void graduates_of_the_pipeline(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_auto(Vector) in, out;
    vector_read(&in, shared, INPUTS);
    vector_read(&out, shared, ANSWERS);
    double admitted[10];
    for (int i = 0; i < 10; i++) {
        admitted[i] = vector_at(&in, "pipeline.admissions.%d", 2018 + i);
    }
    SpTiming timing = {.years = 3, .completion = vector_at(&in, "pipeline.completion_share")};
    for (guint k = 0; k < 6; k++) {
        timing.timing[k] = vector_at(&in, "pipeline.timing_pct.%uy", 3 + k);
    }
    const SpYearly admissions = {2018, 10, admitted};
    static const int years[] = {2021, 2024, 2027};
    for (gsize i = 0; i < G_N_ELEMENTS(years); i++) {
        assert_near(sp_graduates(&timing, &admissions, years[i]),
                    vector_at(&out, "pipeline.graduates.%d", years[i]), 1e-6);
    }
}

enum { FIRST = 61, N_AGES = 5, N_CELLS = 2 * N_AGES };
static const char *const groups[] = {"SYK", "HFA", "HSY"};
static const char sexes[] = {'M', 'K'}; /* men first */

/* A profession of the example: arrays [2][5]. */
typedef struct {
    double stock[N_CELLS];
    double foreign[N_CELLS];
    double work[N_CELLS];
} Group;

static void read_group(const Vector *in, const char *name, Group *group)
{
    for (guint i = 0; i < N_CELLS; i++) {
        char sex = sexes[i / N_AGES];
        guint age = FIRST + i % N_AGES;
        group->stock[i] = vector_at(in, "supply.M0.%s.%c.%u", name, sex, age);
        group->foreign[i] =
            vector_at(in, "supply.net_immigrants_per_year.%s.%c.%u", name, sex, age);
        group->work[i] = vector_at(in, "supply.P.%s.%c.%u", name, sex, age) *
                         vector_at(in, "supply.E.%s.%c.%u", name, sex, age);
    }
}

static void check_group(const Vector *out, const char *name, const Group *group, int year)
{
    assert_near(sp_stock_sum(N_AGES, group->stock, NULL),
                vector_at(out, "supply.stock.%s.%d", name, year), 1e-6);
    assert_near(sp_stock_sum(N_AGES, group->stock, group->work),
                vector_at(out, "supply.fte.%s.%d", name, year), 1e-6);
}

/* Ageing less exits, then graduates and immigrants. */
static void step_group(const Vector *in, const double exit[], const double weight[],
                       const char *name, int year, Group *group)
{
    double next[N_CELLS], graduates[N_CELLS];
    double n = strcmp(name, "HSY") == 0 ? 0.0 : vector_at(in, "supply.graduates.%s.%d", name, year);
    sp_stock_age(N_AGES, group->stock, exit, next, NULL);
    sp_stock_spread(N_AGES, n, vector_at(in, "supply.graduate_share_women"), weight, graduates);
    sp_stock_add(N_AGES, next, 1.0, graduates);
    sp_stock_add(N_AGES, next, 1.0, group->foreign);
    memcpy(group->stock, next, sizeof next);
}

static void stocks_and_aarsverk_of_three_professions(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_auto(Vector) in, out;
    vector_read(&in, shared, INPUTS);
    vector_read(&out, shared, ANSWERS);
    double exit[N_CELLS], weight[N_AGES] = {0};
    for (guint i = 0; i < N_CELLS; i++) {
        guint age = FIRST + i % N_AGES;
        exit[i] = vector_at(&in, "supply.q.%c.%u", sexes[i / N_AGES], age) +
                  vector_at(&in, "supply.emig.%u", age);
    }
    for (guint a = 0; a < 3; a++) {
        weight[a] = vector_at(&in, "supply.graduate_age_weight.%u", FIRST + a);
    }
    Group group[3];
    for (gsize g = 0; g < 3; g++) {
        read_group(&in, groups[g], &group[g]);
        check_group(&out, groups[g], &group[g], 2024);
    }
    for (int year = 2025; year <= 2027; year++) {
        double wanted[N_CELLS], flow[N_CELLS];
        for (gsize g = 0; g < 3; g++) {
            step_group(&in, exit, weight, groups[g], year, &group[g]);
        }
        sp_stock_spread(N_AGES, vector_at(&in, "supply.further_education.SYK_to_HSY.%d", year),
                        vector_at(&in, "supply.further_education_share_women"), weight, wanted);
        sp_stock_flow(N_AGES, group[0].stock, wanted, 0.5, flow);
        sp_stock_add(N_AGES, group[0].stock, -1.0, flow);
        sp_stock_add(N_AGES, group[2].stock, 1.0, flow);
        for (gsize g = 0; g < 3; g++) {
            check_group(&out, groups[g], &group[g], year);
        }
    }
}

static void participation_by_the_polynomial(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_auto(Vector) in, out;
    vector_read(&in, shared, INPUTS);
    vector_read(&out, shared, ANSWERS);
    double coefficients[SP_N_POLY5];
    for (guint k = 0; k < SP_N_POLY5; k++) {
        coefficients[k] = vector_at(&in, "part.poly_coef.%u", k);
    }
    static const guint ages[] = {25, 47, 62, 70};
    for (gsize i = 0; i < G_N_ELEMENTS(ages); i++) {
        assert_near(sp_poly5_value(TRUE, coefficients, ages[i]),
                    vector_at(&out, "part.poly5.%u", ages[i]), 1e-6);
    }
}

static void a_small_profession_drawn_to_its_parent(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_auto(Vector) in, out;
    vector_read(&in, shared, INPUTS);
    vector_read(&out, shared, ANSWERS);
    assert_near(sp_beta_share(vector_at(&in, "shrink.k"), vector_at(&in, "shrink.n"),
                              vector_at(&in, "shrink.p_parent"), vector_at(&in, "shrink.kappa")),
                vector_at(&out, "shrink.part.beta"), 1e-6);
}

/* Identities of published cells: SSB Rapporter 2019/11, as quoted by Helsedirektoratet. */
static void published_cells_of_midwives_and_public_health_nurses(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_auto(Vector) out;
    vector_read(&out, shared, ANSWERS);
    g_autoptr(GPtrArray) rows = fixture_rows(shared, "helsemod/published_results.csv");
    double cell[40] = {0};
    for (guint i = 0; i < rows->len; i++) {
        /* Quoted texts hold commas: the value is counted from the measure's column. */
        char **row = rows->pdata[i];
        guint n = (guint)fixture_number(row[0] + 1);
        for (guint c = 3; row[c] != NULL && row[c + 1] != NULL && n < 40; c++) {
            if (strcmp(row[c], "demand") == 0 || strcmp(row[c], "supply") == 0 ||
                strcmp(row[c], "gap_deficit") == 0) {
                cell[n] = fixture_number(row[c + 1]);
                break;
            }
        }
    }
    double supply = cell[8] - cell[9], gap = cell[12] - cell[11];
    assert_near(supply, vector_at(&out, "pub.jordmor.supply2035"), 0.5);
    assert_near(cell[10], supply, 0.5);
    assert_near(gap, vector_at(&out, "pub.helsesykepleier.gap2035"), 0.5);
    assert_near(cell[13], gap, 0.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(graduates_of_the_pipeline),
        cmocka_unit_test(stocks_and_aarsverk_of_three_professions),
        cmocka_unit_test(participation_by_the_polynomial),
        cmocka_unit_test(a_small_profession_drawn_to_its_parent),
        cmocka_unit_test(published_cells_of_midwives_and_public_health_nurses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
