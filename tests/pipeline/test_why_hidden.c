/* What `why` keeps to itself: hidden figures, sensitive tables, rows about persons. */
#include "tests/check.h"
#include "tests/pipeline/people.h"

#include "pipeline/why/walk.h"

#include <unistd.h>

/* The country with a sensitive sheet, in which 1580 has 3 in sheltered housing, and its PAI file.
 */
static Mini *mini;
static SpContext *context;
static GPtrArray *packages;

static int set_up(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    mini = people_country("synthetic = yes\n");
    mini_set(mini, "tabular/brukere", "sensitive = yes\nsynthetic = yes");
    g_autofree People *people = people_new();
    g_autofree char *file = people_file(people);
    people_deliver(mini, DELIVERY, file);
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", "--until=package", NULL);
    if (night.status != 0) {
        fail_msg("exit %d: %s", night.status, night.err);
    }
    assert_true(g_setenv("STATPAKKE_DATA", mini->data, TRUE));
    const SpOptions options = {.workspace = mini->workspace,
                               .now = (char *)(gpointer) "2025-03-01T03:00:00Z"};
    context = sp_context_new("test", &options, &error);
    assert_no_error(error);
    g_autofree char *path = g_build_filename(mini->workspace, "packages", NULL);
    g_autoptr(GDir) folder = g_dir_open(path, 0, &error);
    assert_no_error(error);
    const char *name = g_dir_read_name(folder);
    while (name != NULL && packages == NULL) {
        packages = sp_why_packages_open(context, name, NULL);
        name = g_dir_read_name(folder);
    }
    assert_non_null(packages);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    g_ptr_array_unref(packages);
    sp_context_free(context);
    mini_free(mini);
    return 0;
}

/* The answer to a reader, as text. g_free. */
static char *answer(const char *text, gboolean is_owner, gboolean shows_hidden)
{
    g_autoptr(GError) error = NULL;
    SpWhyPackage *package = NULL;
    gsize row = 0;
    const SpWhyOptions options = {.reader = {is_owner, shows_hidden}};
    g_autoptr(SpCell) cell = sp_why_find_cell(packages, text, &package, &row, &error);
    assert_no_error(error);
    g_autoptr(SpWhy) why = sp_why_new(context, package, &options);
    g_autoptr(SpWhyAnswer) told = sp_why_walk(why, cell, row, &error);
    assert_no_error(error);
    return sp_why_text(told);
}

#define HIDDEN "brukere bolig_heldoegn region=1580 period=2023-12-31"
#define SHOWN "brukere bolig_heldoegn region=1103 period=2023-12-31"

static void a_hidden_figure_stays_hidden_behind_the_package(void **state)
{
    (void)state;
    g_autofree char *text = answer(HIDDEN, TRUE, FALSE);
    assert_has(text, "    = : persons\n    published in ");
    assert_has(text, "] region=1580 period=2023-12-31 = not for this reader\n");
    assert_has(text, "row 5 = not for this reader\n"); /* nor what else stands in the row */
    assert_null(strstr(text, "= 3 "));
    assert_null(strstr(text, "= 3\n"));
}

static void the_owner_sees_it_who_asks_for_it(void **state)
{
    (void)state;
    g_autofree char *text = answer(HIDDEN, TRUE, TRUE);
    assert_has(text, "    = : persons\n    published in "); /* in the package it is hidden */
    assert_has(text, "    = 3 persons\n    made by normalise/tabular/brukere");
    assert_has(text, "row 5: kommunenummer=1580 aar=2023 = 3\n");
}

/* Behind a figure that is shown stands the same one; the row of the source is no table's. */
static void a_shown_figure_of_a_sensitive_table_is_shown_as_it_is(void **state)
{
    (void)state;
    g_autofree char *text = answer(SHOWN, TRUE, FALSE);
    assert_has(text, "    = 40 persons\n    published in ");
    assert_has(text, "    = 40 persons\n    made by normalise/tabular/brukere");
    assert_has(text, "row 3 = not for this reader\n");
}

static void others_see_the_package_and_how_it_was_made(void **state)
{
    (void)state;
    g_autofree char *text = answer(SHOWN, FALSE, FALSE);
    assert_has(text, "    = 40 persons\n    published in ");
    assert_has(text, "from brukere in normalise/tabular/brukere\n"
                     "        (sensitive: for the owner of the workspace alone)\n");
    assert_null(strstr(text, "[2]"));
    assert_null(strstr(text, "protect.threshold = "));
    g_autofree char *open = answer(
        "befolkning innbyggere region=1103 kjonn=1 alder=080-105 period=2025-01-01", FALSE, FALSE);
    /* Single ages of a kommune are not in this table; bands are not what they are made of. */
    assert_has(open, "] region=1103 kjonn=1 alder=080 period=2025-01-01 = not for this reader\n");
    assert_has(open, "setting normalise.division\n");
    assert_null(strstr(open, "file://"));
    assert_has(open, "sha256: "); /* of what is no secret */
}

/* Other figures that a hidden one is part of do not tell it either. */
static void an_indicator_does_not_tell_what_it_was_made_of(void **state)
{
    (void)state;
    g_autofree char *text = answer(
        "framskriving_behov brukere region=11 tjeneste=institusjon period=2028-01-01", TRUE, FALSE);
    assert_has(text, "from brukere institusjon region=* period=* in normalise/tabular/brukere, 4 "
                     "figures:\n");
    assert_has(text, "region=1580 period=2023-12-31 = not for this reader\n");
    /* What the method tells in numbers is kept back with the figure. */
    assert_null(strstr(text, "change since the base"));
}

static void figures_of_persons_end_at_the_encrypted_snapshot(void **state)
{
    (void)state;
    for (int shows = 0; shows < 2; shows++) {
        g_autofree char *text =
            answer("stillinger personer region=0 yrke=tot kjonn=0 alder=000-105 period=2024-12-01",
                   TRUE, shows == 1);
        assert_has(text, "made by protect/fakta");
        assert_has(text, "made by normalise/pai/stillinger");
        assert_has(text, "how: persons counted");
        assert_has(text, "keyed_blake2b: ");
        assert_has(text, "rows about persons: encrypted, and not read for this");
        assert_null(strstr(text, "row "));
        assert_null(strstr(text, "sha256: "));
    }
    g_autofree char *other =
        answer("stillinger personer region=0 yrke=tot kjonn=0 alder=000-105 period=2024-12-01",
               FALSE, FALSE);
    assert_null(strstr(other, "keyed_blake2b: "));
}

static void what_is_counted_as_hidden_leads_to_the_tables(void **state)
{
    (void)state;
    g_autofree char *text =
        answer("skjult celler tabell=stillinger lag=ansatte region=0", TRUE, FALSE);
    assert_has(text, "made by protect/fakta");
    assert_has(text, "stillinger personer");
    assert_has(text, "keyed_blake2b: ");
}

/* Whether a step, or a figure listed in one, tells a number for the cell. */
static gboolean tells(const SpWhyAnswer *told, const char *cell, const char *codes)
{
    for (guint i = 0; i < told->steps->len; i++) {
        const SpWhyStep *step = told->steps->pdata[i];
        if (g_strcmp0(step->cell, cell) == 0 && step->value != NULL && *step->value != ':') {
            return TRUE;
        }
        for (guint k = 0; k < step->inputs->len; k++) {
            const SpWhyInput *input = step->inputs->pdata[k];
            for (guint j = 0; j < input->figures->len; j++) {
                const SpWhyFigure *figure = input->figures->pdata[j];
                if (g_str_has_prefix(input->cell, "brukere bolig_heldoegn") &&
                    strcmp(figure->key, codes) == 0 && figure->value != NULL &&
                    *figure->value != ':') {
                    return TRUE;
                }
            }
        }
    }
    return FALSE;
}

/* Whatever is asked, by the owner or by others, 1580's figure is not among what is told. */
static void no_walk_tells_a_hidden_figure(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    guint n_walks = 0;
    for (int is_owner = 0; is_owner < 2; is_owner++) {
        SpWhyPackage *package = packages->pdata[packages->len - 1]; /* the country's */
        const SpWhyOptions options = {.reader = {is_owner == 1, FALSE}};
        g_autoptr(SpWhy) why = sp_why_new(context, package, &options);
        for (char **name = package->names; *name != NULL; name++) {
            const SpTable *table = sp_why_package_table(package, *name, &error);
            assert_no_error(error);
            for (gsize i = 0; i < sp_table_n_columns(table) && sp_table_n_rows(table) > 0; i++) {
                const SpColumn *column = sp_table_column(table, i);
                const gsize row = (i * 31) % sp_table_n_rows(table);
                if (column->kind == SP_COLUMN_MEASURE) {
                    g_autoptr(SpCell) cell = sp_why_cell_of(table, column->name, row);
                    g_autoptr(SpWhyAnswer) told = sp_why_walk(why, cell, row, &error);
                    assert_no_error(error);
                    assert_false(tells(told, HIDDEN, "region=1580 period=2023-12-31"));
                    n_walks++;
                }
            }
        }
    }
    assert_true(n_walks > 300);
}

static void only_the_owner_may_ask_for_hidden_figures(void **state)
{
    (void)state;
    /* In this process, which owns the workspace; another one is in test_why.c. */
    assert_true(sp_why_is_owner(context));
    g_autofree char *owned = context->workspace;
    context->workspace = g_build_filename(mini->folder, "none", NULL);
    assert_int_equal(sp_why_is_owner(context), geteuid() == 0);
    g_free(context->workspace);
    context->workspace = g_steal_pointer(&owned);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hidden_figure_stays_hidden_behind_the_package),
        cmocka_unit_test(the_owner_sees_it_who_asks_for_it),
        cmocka_unit_test(a_shown_figure_of_a_sensitive_table_is_shown_as_it_is),
        cmocka_unit_test(others_see_the_package_and_how_it_was_made),
        cmocka_unit_test(an_indicator_does_not_tell_what_it_was_made_of),
        cmocka_unit_test(figures_of_persons_end_at_the_encrypted_snapshot),
        cmocka_unit_test(what_is_counted_as_hidden_leads_to_the_tables),
        cmocka_unit_test(no_walk_tells_a_hidden_figure),
        cmocka_unit_test(only_the_owner_may_ask_for_hidden_figures),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
