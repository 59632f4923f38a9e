/* Dimensions of a table, and the design of their product. */
#include "tests/transforms/protect/golden_gauss.h"
#include "transforms/protect/hierarchy.h"

static guint32 number(const SpHierarchy *hierarchy, const char *code)
{
    guint32 found = 0;
    if (!sp_hierarchy_find(hierarchy, code, &found)) {
        fail_msg("no code %s", code);
    }
    return found;
}

/* Two ways up to the whole, by fylke and by group: it is in the whole once. */
static void a_child_of_two_parents_is_counted_once_above_them(void **state)
{
    const char *const parent[] = {"all", "all", "f1", "f1", "f2", "all", "g1", "g1"};
    const char *const child[] = {"f1", "f2", "a", "b", "c", "g1", "a", "c"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpHierarchy) region =
        sp_hierarchy_new("region", G_N_ELEMENTS(parent), parent, child, &error);
    const guint32 leaves[] = {number(region, "a"), number(region, "b"), number(region, "c")};
    (void)state;
    assert_no_error(error);
    assert_int_equal(region->n_leaves, 3);
    assert_int_equal(region->codes->len, 7);
    g_autoptr(SpDesign) design = sp_hierarchies_design(&region, 1, 3, leaves);
    const guint32 whole = number(region, "all");
    assert_int_equal(design->n_cells, 7);
    assert_int_equal(design->start[whole + 1] - design->start[whole], 3);
    for (gsize i = design->start[whole]; i < design->start[whole + 1]; i++) {
        assert_int_equal(design->coef[i], 1);
    }
    const guint32 group = number(region, "g1");
    assert_int_equal(design->start[group + 1] - design->start[group], 2);
}

static void parts_of_themselves_are_refused(void **state)
{
    const char *const parent[] = {"a", "b", "c", "c"};
    const char *const child[] = {"b", "c", "a", "leaf"};
    g_autoptr(GError) error = NULL;
    (void)state;
    assert_null(sp_hierarchy_new("region", G_N_ELEMENTS(parent), parent, child, &error));
    assert_error(error, SP_ERROR_DATA, "is part of itself");
}

/* Two to the power of 64 cells would be none. */
static void more_cells_than_can_be_taken_in_are_refused(void **state)
{
    enum { CODES = 65535, DIMENSIONS = 4 };
    g_autoptr(GPtrArray) parent = g_ptr_array_new();
    g_autoptr(GPtrArray) child = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    gsize n_cells = 0;
    (void)state;
    for (int i = 0; i < CODES; i++) {
        g_ptr_array_add(parent, (gpointer) "all");
        g_ptr_array_add(child, g_strdup_printf("%d", i));
    }
    g_autoptr(SpHierarchy) wide =
        sp_hierarchy_new("wide", CODES, (const char *const *)parent->pdata,
                         (const char *const *)child->pdata, &error);
    assert_no_error(error);
    SpHierarchy *const dimensions[DIMENSIONS] = {wide, wide, wide, wide};
    assert_false(sp_hierarchies_n_cells(dimensions, DIMENSIONS, &n_cells, &error));
    assert_error(error, SP_ERROR_DATA, "wide: the codes of the dimensions up to here make more");
}

/* A chain as long as there are codes: each is above all before it. */
static void a_deep_hierarchy_is_as_good_as_a_flat_one(void **state)
{
    enum { DEPTH = 100000 };
    g_autoptr(GPtrArray) codes = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GError) error = NULL;
    (void)state;
    for (int i = 0; i <= DEPTH; i++) {
        g_ptr_array_add(codes, g_strdup_printf("%d", i));
    }
    g_autoptr(SpHierarchy) deep =
        sp_hierarchy_new("deep", DEPTH, (const char *const *)codes->pdata + 1,
                         (const char *const *)codes->pdata, &error);
    assert_no_error(error);
    assert_int_equal(deep->n_leaves, 1);
    assert_int_equal(deep->above[0]->len, DEPTH + 1);
}

/* Golden set 21: fylker and groups across them by source of income; the same matrix as SSB's. */
static void the_product_is_ssbs_matrix(void **state)
{
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    const char *set = "21_gauss_region_county_kgroup";
    g_auto(GoldenGauss) golden = golden_gauss(folder, set);
    g_autoptr(GPtrArray) inner = golden_file(folder, set, "input_inner.csv");
    const gsize n_inner = inner->len - 1;
    g_autoptr(GPtrArray) parent = g_ptr_array_new();
    g_autoptr(GPtrArray) child = g_ptr_array_new();
    g_autoptr(GError) error = NULL;
    (void)state;
    for (guint i = 1; i < inner->len; i++) {
        const char *const links[][2] = {{golden_text(inner, i, 2), golden_text(inner, i, 1)},
                                        {golden_text(inner, i, 3), golden_text(inner, i, 1)},
                                        {"Total", golden_text(inner, i, 2)}};
        for (gsize j = 0; j < G_N_ELEMENTS(links); j++) {
            g_ptr_array_add(parent, (gpointer)links[j][0]);
            g_ptr_array_add(child, (gpointer)links[j][1]);
        }
    }
    g_autoptr(SpHierarchy) region =
        sp_hierarchy_new("region", parent->len, (const char *const *)parent->pdata,
                         (const char *const *)child->pdata, &error);
    assert_no_error(error);
    const char *const totals[] = {"Total", "Total", "Total", "Total"};
    const guint income_column = 4;
    g_autoptr(GPtrArray) incomes = g_ptr_array_new();
    for (guint i = 1; i < inner->len; i++) {
        if (!g_ptr_array_find_with_equal_func(incomes, golden_text(inner, i, income_column),
                                              g_str_equal, NULL)) {
            g_ptr_array_add(incomes, (gpointer)golden_text(inner, i, income_column));
        }
    }
    assert_int_equal(incomes->len, G_N_ELEMENTS(totals));
    g_autoptr(SpHierarchy) income = sp_hierarchy_new("main_income", incomes->len, totals,
                                                     (const char *const *)incomes->pdata, &error);
    assert_no_error(error);
    SpHierarchy *const both[] = {region, income};
    g_autofree guint32 *leaves = g_new(guint32, 2 * n_inner);
    for (guint i = 0; i < n_inner; i++) {
        leaves[2 * i] = number(region, golden_text(inner, i + 1, 1));
        leaves[2 * i + 1] = number(income, golden_text(inner, i + 1, income_column));
    }
    g_autoptr(SpDesign) design = sp_hierarchies_design(both, 2, n_inner, leaves);
    assert_int_equal(design->n_cells, golden.design->n_cells);
    for (guint cell = 0; cell < golden.design->n_cells; cell++) {
        const guint32 codes[] = {number(region, golden_text(golden.cells, cell + 1, 1)),
                                 number(income, golden_text(golden.cells, cell + 1, 2))};
        const guint32 own = sp_hierarchies_cell(both, 2, codes);
        const gsize n = golden.design->start[cell + 1] - golden.design->start[cell];
        assert_int_equal(design->start[own + 1] - design->start[own], n);
        assert_memory_equal(design->inner + design->start[own],
                            golden.design->inner + golden.design->start[cell],
                            n * sizeof *design->inner);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_child_of_two_parents_is_counted_once_above_them),
        cmocka_unit_test(parts_of_themselves_are_refused),
        cmocka_unit_test(more_cells_than_can_be_taken_in_are_refused),
        cmocka_unit_test(a_deep_hierarchy_is_as_good_as_a_flat_one),
        cmocka_unit_test(the_product_is_ssbs_matrix),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
