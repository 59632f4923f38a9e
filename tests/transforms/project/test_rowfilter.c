/* Which rows a text means. */
#include "tests/core/rows.h"

#include "transforms/project/rowfilter.h"

static SpTable *staff(void)
{
    return TABLE("stab", "region:key yrke:key sektor:key aarsverk:sum", "1101 lege kommune 1",
                 "1101 lege annen_helse 2", "1103 jordmor kommune 3",
                 "1103 sykepleier spesialist 4");
}

static void assert_meant(const char *text, const gboolean wanted[4])
{
    g_autoptr(SpTable) table = staff();
    g_autoptr(GError) error = NULL;
    g_autofree gboolean *is_meant = sp_row_filter(table, text, &error);
    assert_no_error(error);
    assert_memory_equal(is_meant, wanted, 4 * sizeof *wanted);
}

static void rows_are_chosen_by_codes_of_columns(void **state)
{
    (void)state;
    assert_meant("", (gboolean[]){TRUE, TRUE, TRUE, TRUE});
    assert_meant("yrke=lege", (gboolean[]){TRUE, TRUE, FALSE, FALSE});
    assert_meant("yrke=lege/jordmor+sektor=kommune", (gboolean[]){TRUE, FALSE, TRUE, FALSE});
    assert_meant("sektor!=kommune", (gboolean[]){FALSE, TRUE, FALSE, TRUE});
    assert_meant("sektor!=kommune/spesialist+yrke=lege", (gboolean[]){FALSE, TRUE, FALSE, FALSE});
}

static void a_code_that_is_not_there_is_in_no_row(void **state)
{
    (void)state;
    assert_meant("yrke=tannlege", (gboolean[]){FALSE, FALSE, FALSE, FALSE});
    assert_meant("yrke!=tannlege", (gboolean[]){TRUE, TRUE, TRUE, TRUE});
}

static void a_text_of_another_form_is_an_error_that_says_the_form(void **state)
{
    (void)state;
    static const char *const wrong[] = {"lege", "=lege", "yrke=", "yrke=lege+", "!=lege"};
    g_autoptr(SpTable) table = staff();
    for (gsize i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GError) other = NULL;
        assert_null(sp_row_filter(table, wrong[i], &error));
        assert_error(error, SP_ERROR_CONFIG, "write COLUMN=CODE");
        assert_false(sp_row_filter_check(wrong[i], "rad 3", &other));
        assert_error(other, SP_ERROR_CONFIG, "rad 3: \"");
    }
    g_autoptr(GError) error = NULL;
    assert_null(sp_row_filter(table, "kjonn=1", &error));
    assert_error(error, SP_ERROR_DATA, "kjonn");
}

static void codes_of_a_column_are_found_in_the_text(void **state)
{
    (void)state;
    g_autofree char *codes = sp_row_filter_codes("sektor=kommune+yrke=lege/jordmor", "yrke");
    assert_string_equal(codes, "lege/jordmor");
    assert_null(sp_row_filter_codes("sektor=kommune", "yrke"));
    assert_null(sp_row_filter_codes("yrke!=lege", "yrke"));
    assert_null(sp_row_filter_codes("", "yrke"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_chosen_by_codes_of_columns),
        cmocka_unit_test(a_code_that_is_not_there_is_in_no_row),
        cmocka_unit_test(a_text_of_another_form_is_an_error_that_says_the_form),
        cmocka_unit_test(codes_of_a_column_are_found_in_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
