/* The worked example of projections.md §12 through the functions of the stage: every key gap.*,
 * ks.* and tbu.*, and KS' published figures. */
#include "../fixture.h"

#include "transforms/project/balance/cost.h"
#include "transforms/project/balance/gap_table.h"
#include "transforms/project/balance/recruitment.h"

#include <math.h>

typedef struct {
    GPtrArray *inputs, *outputs; /* rows, char** */
    GHashTable *in, *out;        /* key -> row (char**) */
} Vector;

static GHashTable *index_of(GPtrArray *rows)
{
    GHashTable *index = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        g_hash_table_insert(index, row[0], row);
    }
    return index;
}

static Vector *vector_new(const char *shared)
{
    Vector *vector = g_new0(Vector, 1);
    vector->inputs = fixture_rows(shared, "helsemod/testvector_inputs.csv");
    vector->outputs = fixture_rows(shared, "helsemod/testvector.csv");
    vector->in = index_of(vector->inputs);
    vector->out = index_of(vector->outputs);
    return vector;
}

static void vector_free(Vector *vector)
{
    g_hash_table_unref(vector->in);
    g_hash_table_unref(vector->out);
    g_ptr_array_unref(vector->inputs);
    g_ptr_array_unref(vector->outputs);
    g_free(vector);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Vector, vector_free)

static double value_of(GHashTable *rows, const char *key)
{
    char **row = g_hash_table_lookup(rows, key);
    if (row == NULL) {
        fail_msg("the vector has no key %s", key);
        return NAN; /* fail_msg does not come back */
    }
    return fixture_number(row[1]);
}

static SpTable *series(const char *name, const char *yrke, double base, double later)
{
    static const SpColumn columns[] = {
        {.name = "region", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "yrke", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "period", .kind = SP_COLUMN_CODE, .is_key = TRUE},
        {.name = "aarsverk", .kind = SP_COLUMN_MEASURE, .unit = "aarsverk"},
    };
    SpTable *table = sp_table_new(name, columns, G_N_ELEMENTS(columns));
    const char *const days[] = {"2024-01-01", "2027-01-01"};
    for (gsize i = 0; i < 2; i++) {
        gsize row = sp_table_add_row(table);
        sp_table_set_code(table, row, 0, "0");
        sp_table_set_code(table, row, 1, yrke);
        sp_table_set_code(table, row, 2, days[i]);
        sp_table_set_real(table, row, 3, sp_real(i == 0 ? base : later));
    }
    return table;
}

/* gap.balanced.ALTERNATIVE.PROFESSION.YEAR: demand and supply of the vector in, gap out. */
static double gap_of(const Vector *vector, const char *alternative, const char *profession)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *base_key = g_strdup_printf("demand.base.%s.2024", profession);
    g_autofree char *need_key = g_strdup_printf("demand.fte.%s.%s.2027", alternative, profession);
    g_autofree char *before_key = g_strdup_printf("supply.fte.%s.2024", profession);
    g_autofree char *after_key = g_strdup_printf("supply.fte.%s.2027", profession);
    g_autoptr(SpTable) demand =
        series("framskriving_etterspoersel", profession, value_of(vector->out, base_key),
               value_of(vector->out, need_key));
    g_autoptr(SpTable) supply =
        series("framskriving_tilbud", profession, value_of(vector->out, before_key),
               value_of(vector->out, after_key));
    g_autoptr(SpTables) none = sp_tables_new();
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpShortage) shortage =
        sp_shortage_new(none, SP_BASE_GAP_NONE, "2024-01-01", quality, &error);
    const SpGapInput input = {.demand = demand, .supply = supply, .shortage = shortage};
    g_autoptr(SpTable) table = sp_gap_table(&input, quality, &error);
    assert_no_error(error);
    assert_near(sp_table_real(table, 0, SP_GAP_GAP).value, 0, 1e-9);
    return sp_table_real(table, 1, SP_GAP_GAP).value;
}

static void every_balanced_gap_is_reproduced(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(Vector) vector = vector_new(shared);
    guint n_checked = 0;
    for (guint i = 0; i < vector->outputs->len; i++) {
        char **row = vector->outputs->pdata[i];
        if (!g_str_has_prefix(row[0], "gap.")) {
            continue;
        }
        g_auto(GStrv) parts = g_strsplit(row[0], ".", -1);
        assert_string_equal(parts[1], "balanced");
        assert_near(gap_of(vector, parts[2], parts[3]), fixture_number(row[1]),
                    fixture_number(row[2]));
        n_checked++;
    }
    assert_int_equal(n_checked, 18);
}

static void every_key_of_ks_is_reproduced(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(Vector) vector = vector_new(shared);
    static const char *const bands[] = {"<30", "30-44", "45-54", "55-61", "62+"};
    double employees[G_N_ELEMENTS(bands)], rates[G_N_ELEMENTS(bands)], staff[11];
    staff[0] = 0.0;
    for (gsize i = 0; i < G_N_ELEMENTS(bands); i++) {
        g_autofree char *count = g_strdup_printf("ks.employees0.%s", bands[i]);
        g_autofree char *rate = g_strdup_printf("ks.exit_rate.%s", bands[i]);
        employees[i] = value_of(vector->in, count);
        rates[i] = value_of(vector->in, rate);
        staff[0] += employees[i];
    }
    double growth = value_of(vector->in, "ks.need_growth_per_year");
    for (gsize t = 1; t < G_N_ELEMENTS(staff); t++) {
        staff[t] = staff[t - 1] * (1.0 + growth);
    }
    double exit_rate = sp_exit_rate(G_N_ELEMENTS(bands), employees, rates);
    SpRecruitment need[11], published[2];
    sp_recruitment(10, staff, exit_rate, need);
    /* KS 2021: 399 100 årsverk, 46 500 more needed by 2031 (ks_rekruttering.csv, S14). */
    const double sector[] = {399100, 399100 + 46500};
    sp_recruitment(1, sector, 0.0, published);
    const struct {
        const char *key;
        double value;
    } found[] = {
        {"ks.exit_rate", exit_rate},
        {"ks.recruit_10y", need[10].growth + need[10].replaced},
        {"ks.employees_10y", staff[10]},
        {"ks.growth_10y", need[10].growth},
        {"ks.replacement_10y", need[10].replaced},
        {"ks.recruit_per_base_employee", (need[10].growth + need[10].replaced) / staff[0]},
        {"ks.published_check.growth_pct", 100.0 * published[1].growth / sector[0]},
    };
    guint n_keys = 0;
    for (guint i = 0; i < vector->outputs->len; i++) {
        n_keys += g_str_has_prefix(((char **)vector->outputs->pdata[i])[0], "ks.") ? 1 : 0;
    }
    assert_int_equal(n_keys, G_N_ELEMENTS(found));
    for (gsize i = 0; i < G_N_ELEMENTS(found); i++) {
        assert_near(found[i].value, value_of(vector->out, found[i].key), 1e-6);
    }
}

/* KS publishes the growth of need both in årsverk and, with a decimal, in per cent. */
static void ks_published_growth_agrees_with_its_own_per_cent(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(GPtrArray) rows = fixture_rows(shared, "helsemod/ks_rekruttering.csv");
    double base = 0.0, growth = 0.0, per_cent = 0.0;
    for (guint i = 0; i < rows->len; i++) {
        char **row = rows->pdata[i];
        if (strcmp(row[0], "KS rekrutteringsmodell") != 0) {
            continue;
        }
        double value = fixture_number(row[5]);
        if (strcmp(row[4], "aarsverk") == 0) {
            base = value;
        } else if (strcmp(row[4], "required_aarsverk_growth") == 0) {
            *(strcmp(row[6], "percent") == 0 ? &per_cent : &growth) = value;
        }
    }
    const double staff[] = {base, base + growth};
    SpRecruitment need[2];
    sp_recruitment(1, staff, 0.0, need);
    /* 11.65 by the årsverk; KS prints 11.6. */
    assert_near(100.0 * need[1].growth / base, per_cent, 0.06);
}

static void demographic_cost_is_reproduced(void **state)
{
    (void)state;
    g_autofree char *shared = shared_folder();
    SKIP_WITHOUT_SHARED(shared);
    g_autoptr(Vector) vector = vector_new(shared);
    enum { N_GROUPS = 5 };
    double before[N_GROUPS], after[N_GROUPS], cost[N_GROUPS], per_head[N_GROUPS], spending = 0.0;
    for (gsize i = 0; i < N_GROUPS; i++) {
        g_autofree char *first = g_strdup_printf("tbu.pop_before.%" G_GSIZE_FORMAT, i);
        g_autofree char *then = g_strdup_printf("tbu.pop_after.%" G_GSIZE_FORMAT, i);
        g_autofree char *price = g_strdup_printf("tbu.cost_per_head.%" G_GSIZE_FORMAT, i);
        before[i] = value_of(vector->in, first);
        after[i] = value_of(vector->in, then);
        cost[i] = value_of(vector->in, price);
        spending += before[i] * cost[i];
    }
    /* The stage knows spending and relative use: here the use is the cost itself, halved. */
    double use[N_GROUPS];
    for (gsize i = 0; i < N_GROUPS; i++) {
        use[i] = cost[i] / 2;
    }
    assert_true(sp_cost_per_head(N_GROUPS, spending, use, before, per_head));
    assert_near(sp_cost_change(N_GROUPS, per_head, before, after),
                value_of(vector->out, "tbu.delta_cost"), 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_balanced_gap_is_reproduced),
        cmocka_unit_test(every_key_of_ks_is_reproduced),
        cmocka_unit_test(ks_published_growth_agrees_with_its_own_per_cent),
        cmocka_unit_test(demographic_cost_is_reproduced),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
