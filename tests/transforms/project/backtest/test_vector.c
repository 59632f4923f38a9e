/* Every backtest.*, lmdi.* and eb.* key of the design's test vector, and what the same kommuner say
 * of skill. */
#include "rogaland.h"

#include "transforms/project/backtest/accuracy.h"
#include "transforms/project/lmdi.h"
#include "transforms/project/backtest/paired.h"
#include "transforms/vary/shrink/marshall.h"

/* The keys that begin with a word: key -> GStrv of the row; and how many were compared. */
typedef struct {
    GHashTable *rows;
    GPtrArray *owner;
    guint n_compared;
} Vector;

static void vector_init(Vector *vector, const char *shared, const char *prefix)
{
    *vector = (Vector){.rows = g_hash_table_new(g_str_hash, g_str_equal),
                       .owner = fixture_rows(shared, "helsemod/testvector.csv")};
    for (guint i = 0; i < vector->owner->len; i++) {
        char **row = vector->owner->pdata[i];
        if (g_str_has_prefix(row[0], prefix)) {
            g_hash_table_insert(vector->rows, row[0], row);
        }
    }
}

static void vector_clear(Vector *vector)
{
    g_hash_table_unref(vector->rows);
    g_ptr_array_unref(vector->owner);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Vector, vector_clear)

static void compare(Vector *vector, double value, const char *prefix, const char *name)
{
    g_autofree char *key = g_strconcat(prefix, name, NULL);
    char **row = g_hash_table_lookup(vector->rows, key);
    if (row == NULL) {
        fail_msg("the vector has no %s", key);
        return;
    }
    if (!(fabs(value - fixture_number(row[1])) <= fixture_number(row[2]))) {
        fail_msg("%s is %.17g, want %s", key, value, row[1]);
    }
    vector->n_compared++;
}

static void compare_rule(Vector *vector, const Rogaland *rogaland, const double forecast[],
                         const char *prefix)
{
    SpAccuracy accuracy, naive;
    sp_accuracy(ROGALAND_N, rogaland->nurses[0], rogaland->nurses[1], ROGALAND_YEARS, &naive);
    sp_accuracy(ROGALAND_N, forecast, rogaland->nurses[1], ROGALAND_YEARS, &accuracy);
    compare(vector, accuracy.forecast, prefix, "total_proj");
    compare(vector, accuracy.pe, prefix, "total_pct_error");
    compare(vector, accuracy.annual, prefix, "annual_dev_pct");
    compare(vector, accuracy.mpe, prefix, "MPE");
    compare(vector, accuracy.mape, prefix, "MAPE");
    compare(vector, accuracy.medape, prefix, "MedAPE");
    compare(vector, accuracy.wape, prefix, "WAPE");
    compare(vector, accuracy.rmse, prefix, "RMSE");
    compare(vector, accuracy.mae, prefix, "MAE");
    compare(vector, sp_theil_u(accuracy.rmse, naive.rmse), prefix, "TheilU_vs_naive");
}

static void every_back_test_key_is_met(void **state)
{
    g_autofree char *shared = shared_folder();
    (void)state;
    SKIP_WITHOUT_SHARED(shared);
    g_auto(Vector) vector;
    Rogaland rogaland = {.nurses = {{0}}};
    SpAccuracy naive;
    double forecast[ROGALAND_N] = {0};
    vector_init(&vector, shared, "backtest.");
    rogaland_read(shared, &rogaland);
    compare_rule(&vector, &rogaland, rogaland.nurses[0], "backtest.naive.");
    rogaland_per(&rogaland, rogaland.all[0], rogaland.all[1], forecast);
    compare_rule(&vector, &rogaland, forecast, "backtest.pop.");
    rogaland_per(&rogaland, rogaland.oldest[0], rogaland.oldest[1], forecast);
    compare_rule(&vector, &rogaland, forecast, "backtest.pop80.");
    rogaland_per(&rogaland, rogaland.old[0], rogaland.old[1], forecast);
    compare_rule(&vector, &rogaland, forecast, "backtest.pop67.");
    sp_accuracy(ROGALAND_N, rogaland.nurses[0], rogaland.nurses[1], ROGALAND_YEARS, &naive);
    compare(&vector, naive.actual, "backtest.", "actual_total_2025");
    compare(&vector, naive.forecast, "backtest.", "actual_total_2015");
    assert_int_equal(vector.n_compared, g_hash_table_size(vector.rows));
}

static double total(const double values[ROGALAND_N])
{
    double sum = 0;
    for (gsize i = 0; i < ROGALAND_N; i++) {
        sum += values[i];
    }
    return sum;
}

static void every_lmdi_key_is_met(void **state)
{
    g_autofree char *shared = shared_folder();
    (void)state;
    SKIP_WITHOUT_SHARED(shared);
    g_auto(Vector) vector;
    Rogaland rogaland = {.nurses = {{0}}};
    double effect[2];
    vector_init(&vector, shared, "lmdi.");
    rogaland_read(shared, &rogaland);
    double before = total(rogaland.oldest[0]), after = total(rogaland.oldest[1]);
    const double from[] = {before, total(rogaland.nurses[0]) / before};
    const double to[] = {after, total(rogaland.nurses[1]) / after};
    assert_true(sp_lmdi(2, from, to, effect));
    compare(&vector, effect[0], "lmdi.", "pop80_effect");
    compare(&vector, effect[1], "lmdi.", "fte_per_80_effect");
    compare(&vector, effect[0] + effect[1], "lmdi.", "total");
    assert_int_equal(vector.n_compared, g_hash_table_size(vector.rows));
}

/* x of n persons, by Marshall's formula; s2 follows from a: a = s2 - m / mean n. */
static void compare_shrunk(Vector *vector, const Rogaland *rogaland, const double x[],
                           const double n[], const char *prefix)
{
    SpReal shrunk[ROGALAND_N];
    double count[ROGALAND_N], persons[ROGALAND_N], sum = 0;
    gsize where[ROGALAND_N], n_used = 0;
    for (gsize i = 0; i < ROGALAND_N; i++) {
        if (isfinite(x[i])) {
            where[n_used] = i;
            count[n_used] = x[i];
            persons[n_used++] = n[i];
            sum += n[i];
        }
    }
    SpMarshall marshall = sp_shrink_marshall(n_used, count, persons, persons, shrunk);
    compare(vector, marshall.b.value, prefix, "m");
    compare(vector, marshall.a.value, prefix, "A");
    compare(vector, marshall.a.value + marshall.b.value / (sum / (double)n_used), prefix, "s2");
    for (gsize i = 0; i < n_used; i++) {
        g_autofree char *name = g_strconcat("eb.", rogaland->code[where[i]], NULL);
        compare(vector, shrunk[i].value, prefix, name);
    }
}

static void every_eb_key_is_met(void **state)
{
    g_autofree char *shared = shared_folder();
    (void)state;
    SKIP_WITHOUT_SHARED(shared);
    g_auto(Vector) vector;
    Rogaland rogaland = {.nurses = {{0}}};
    vector_init(&vector, shared, "eb.");
    rogaland_read(shared, &rogaland);
    compare_shrunk(&vector, &rogaland, rogaland.nurses[1], rogaland.oldest[1], "eb.nurse80.");
    for (gsize i = 0; i < ROGALAND_N; i++) {
        g_autofree char *name = g_strconcat("raw.", rogaland.code[i], NULL);
        compare(&vector, rogaland.nurses[1][i] / rogaland.oldest[1][i], "eb.nurse80.", name);
    }
    compare_shrunk(&vector, &rogaland, rogaland.users[1], rogaland.all[1], "eb.users.");
    assert_int_equal(vector.n_compared, g_hash_table_size(vector.rows));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_back_test_key_is_met),
        cmocka_unit_test(every_lmdi_key_is_met),
        cmocka_unit_test(every_eb_key_is_met),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
