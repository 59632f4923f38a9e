/* Why a table changed, from what two editions say they were made from. */
#include "tests/core/rows.h"

#include "transforms/compare/causes.h"

#define SCHEMA "resultat:key slag:key navn:key avtrykk:attribute"
/* A fact of one source; a projection of it and of another, by a setting. */
#define COMMON                                                                                     \
    "folk resultat n/folk _", "gap resultat p/ref _", "p/ref resultat n/folk _",                   \
        "p/ref resultat n/bruk _", "package program package k1"

static void assert_cause(const SpTable *before, const SpTable *now, const char *table,
                         const char *wanted)
{
    g_autoptr(SpCauses) causes = sp_causes_new(before, now);
    g_autofree char *kinds = NULL;
    g_autofree char *names = NULL;
    sp_causes_find(causes, table, &kinds, &names);
    g_autofree char *both = g_strdup_printf("%s: %s", kinds, names);
    assert_string_equal(both, wanted);
}

static SpTable *edition(const char *folk, const char *bruk, const char *horizon,
                        const char *program)
{
    char *const rows[] = {g_strdup_printf("n/folk kilde ssb/folk %s", folk),
                          g_strdup_printf("n/bruk kilde ssb/bruk %s", bruk),
                          g_strdup_printf("p/ref parameter project.horizon %s", horizon),
                          g_strdup_printf("p/ref program project %s", program)};
    SpTable *table = TABLE("grunnlag", SCHEMA, COMMON, rows[0], rows[1], rows[2], rows[3]);
    for (gsize i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_free(rows[i]);
    }
    return table;
}

static void a_source_is_the_cause_of_what_rests_on_it(void **state)
{
    (void)state;
    g_autoptr(SpTable) before = edition("a", "b", "2040", "x");
    g_autoptr(SpTable) now = edition("a", "c", "2040", "x");
    assert_cause(before, now, "gap", "kilde: ssb/bruk");
    assert_cause(before, now, "folk", "ukjent: ");
}

static void settings_and_programs_are_told_beside_sources(void **state)
{
    (void)state;
    g_autoptr(SpTable) before = edition("a", "b", "2040", "x");
    g_autoptr(SpTable) set = edition("a", "b", "2050", "x");
    g_autoptr(SpTable) all = edition("c", "d", "2050", "y");
    assert_cause(before, set, "gap", "parameter: project.horizon");
    assert_cause(before, all, "gap",
                 "kilde_parameter_program: ssb/bruk ssb/folk project.horizon project");
    assert_cause(before, all, "folk", "kilde: ssb/folk");
}

static void what_came_and_what_went_are_causes(void **state)
{
    (void)state;
    g_autoptr(SpTable) one = TABLE("grunnlag", SCHEMA, COMMON, "n/bruk kilde ssb/ny 1");
    g_autoptr(SpTable) none = TABLE("grunnlag", SCHEMA, COMMON);
    assert_cause(one, none, "gap", "kilde: ssb/ny");
    assert_cause(none, one, "gap", "kilde: ssb/ny");
}

/* Another build may let a table rest on more, which was there all the time. */
static void what_another_result_was_made_from_before_is_no_cause(void **state)
{
    (void)state;
    g_autoptr(SpTable) before = TABLE("grunnlag", SCHEMA, COMMON, "n/bruk kilde ssb/bruk 1");
    g_autoptr(SpTable) now =
        TABLE("grunnlag", SCHEMA, COMMON, "n/bruk kilde ssb/bruk 1", "folk resultat n/bruk _");
    assert_cause(before, now, "folk", "ukjent: ");
}

static void many_names_are_counted(void **state)
{
    (void)state;
    g_autoptr(SpTable) before = TABLE("grunnlag", SCHEMA, COMMON);
    g_autoptr(SpTable) now = TABLE("grunnlag", SCHEMA, COMMON);
    for (int i = 0; i < 10; i++) {
        g_autofree char *name = g_strdup_printf("s/%d", i);
        const gsize row = sp_table_add_row(now);
        sp_table_set_code(now, row, 0, "n/folk");
        sp_table_set_code(now, row, 1, "kilde");
        sp_table_set_code(now, row, 2, name);
    }
    assert_cause(before, now, "folk", "kilde: s/0 s/1 s/2 s/3 s/4 s/5 s/6 s/7 +2");
}

static void of_an_edition_that_does_not_say_nothing_is_known(void **state)
{
    (void)state;
    g_autoptr(SpTable) now = edition("a", "b", "2040", "x");
    g_autoptr(SpTable) other = TABLE("grunnlag", "tabell:key kilde:key", "gap ssb/bruk");
    assert_cause(NULL, now, "gap", "ukjent: ");
    assert_cause(other, now, "gap", "ukjent: ");
}

static gboolean is_same(const SpTable *before, const SpTable *now)
{
    g_autoptr(SpCauses) causes = sp_causes_new(before, now);
    return sp_causes_is_same(causes, "folk");
}

static void figures_are_the_same_by_content_and_by_the_program_of_packages(void **state)
{
    (void)state;
    g_autoptr(SpTable) before = TABLE("grunnlag", SCHEMA, COMMON, "folk innhold _ 1");
    g_autoptr(SpTable) same =
        TABLE("grunnlag", SCHEMA, COMMON, "folk innhold _ 1", "n/folk kilde ssb/folk 2");
    g_autoptr(SpTable) other = TABLE("grunnlag", SCHEMA, COMMON, "folk innhold _ 2");
    g_autoptr(SpTable) program =
        TABLE("grunnlag", SCHEMA, "folk innhold _ 1", "package program package k2");
    g_autoptr(SpTable) silent = TABLE("grunnlag", SCHEMA, COMMON);
    assert_true(is_same(before, same));
    assert_false(is_same(before, other));
    assert_false(is_same(before, program));
    assert_false(is_same(silent, before));
    assert_false(is_same(silent, silent));
    assert_false(is_same(NULL, before));
    assert_true(sp_causes_has_same_figures(before, program));
    assert_false(sp_causes_has_same_figures(before, other));
    assert_false(sp_causes_has_same_figures(before, silent));
    assert_false(sp_causes_has_same_figures(silent, silent));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_source_is_the_cause_of_what_rests_on_it),
        cmocka_unit_test(settings_and_programs_are_told_beside_sources),
        cmocka_unit_test(what_came_and_what_went_are_causes),
        cmocka_unit_test(what_another_result_was_made_from_before_is_no_cause),
        cmocka_unit_test(many_names_are_counted),
        cmocka_unit_test(of_an_edition_that_does_not_say_nothing_is_known),
        cmocka_unit_test(figures_are_the_same_by_content_and_by_the_program_of_packages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
