/* A thousand published cells of the made-up country, chosen at random, each walked to bytes. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/random.h"
#include "pipeline/why/walk.h"

#include <string.h>

enum { N_CELLS = 1000, SEED = 8 };

/* One published figure. */
typedef struct {
    guint package;
    const SpTable *table;
    gsize row, column;
} Place;

static SpContext *open_workspace(const Mini *mini)
{
    g_autoptr(GError) error = NULL;
    assert_true(g_setenv("STATPAKKE_DATA", mini->data, TRUE));
    const SpOptions options = {.workspace = mini->workspace,
                               .now = (char *)(gpointer) "2025-03-01T03:00:00Z"};
    SpContext *context = sp_context_new("test", &options, &error);
    assert_no_error(error);
    return context;
}

/* Every figure of every package. */
static GArray *list_figures(const GPtrArray *packages)
{
    GArray *places = g_array_new(FALSE, FALSE, sizeof(Place));
    g_autoptr(GError) error = NULL;
    for (guint i = 0; i < packages->len; i++) {
        SpWhyPackage *package = packages->pdata[i];
        for (char **name = package->names; *name != NULL; name++) {
            const SpTable *table = sp_why_package_table(package, *name, &error);
            assert_no_error(error);
            for (gsize column = 0; column < sp_table_n_columns(table); column++) {
                Place place = {i, table, 0, column};
                const gboolean is_figure =
                    sp_table_column(table, column)->kind == SP_COLUMN_MEASURE;
                for (; is_figure && place.row < sp_table_n_rows(table); place.row++) {
                    g_array_append_val(places, place);
                }
            }
        }
    }
    return places;
}

/* Whether a step is an end, or one that it leads to is: `seen` by number. */
static gboolean reaches_bytes(const SpWhyAnswer *answer, guint number, GHashTable *seen)
{
    const SpWhyStep *step = answer->steps->pdata[number - 1];
    if (step->kind == SP_WHY_SNAPSHOT || step->kind == SP_WHY_CONFIGURED) {
        return TRUE;
    }
    if (!g_hash_table_add(seen, GUINT_TO_POINTER(number))) {
        return FALSE;
    }
    for (guint i = 0; i < step->inputs->len; i++) {
        const SpWhyInput *input = step->inputs->pdata[i];
        for (guint k = 0; k < input->figures->len; k++) {
            const guint next = ((const SpWhyFigure *)input->figures->pdata[k])->number;
            if (next > 0 && reaches_bytes(answer, next, seen)) {
                return TRUE;
            }
        }
    }
    return FALSE;
}

/* Steps that lead nowhere, the first of them told. */
static guint dead_ends(const SpWhyAnswer *answer)
{
    guint n = 0;
    for (guint i = 0; i < answer->steps->len; i++) {
        const SpWhyStep *step = answer->steps->pdata[i];
        g_autoptr(GHashTable) seen = g_hash_table_new(NULL, NULL);
        if ((step->is_whole && step->is_number) || !reaches_bytes(answer, step->number, seen)) {
            if (n++ == 0) {
                print_message("%s: [%u] %s in %s leads nowhere: %s\n", answer->asked, step->number,
                              step->cell, step->where,
                              step->notes->len > 0 ? (const char *)step->notes->pdata[0] : "");
            }
        }
    }
    return n;
}

/* All that is asked of one edition. */
typedef struct {
    Mini *mini;
    SpContext *context;
    GPtrArray *packages; /* SpWhyPackage* */
    GArray *places;
    SpWhy **whys; /* [packages], NULL until one is asked */
    gsize n_steps;
} Questions;

static int set_up(void **state)
{
    g_autoptr(GError) error = NULL;
    Questions *questions = g_new0(Questions, 1);
    questions->mini = mini_with_edition();
    g_autofree char *current = mini_current(questions->mini);
    g_autofree char *edition = g_path_get_basename(current);
    questions->context = open_workspace(questions->mini);
    questions->packages = sp_why_packages_open(questions->context, edition, &error);
    assert_no_error(error);
    questions->places = list_figures(questions->packages);
    questions->whys = g_new0(SpWhy *, questions->packages->len);
    *state = questions;
    return 0;
}

static int tear_down(void **state)
{
    Questions *questions = *state;
    for (guint i = 0; i < questions->packages->len; i++) {
        sp_why_free(questions->whys[i]);
    }
    g_free(questions->whys);
    g_array_unref(questions->places);
    g_ptr_array_unref(questions->packages);
    sp_context_free(questions->context);
    mini_free(questions->mini);
    g_free(questions);
    return 0;
}

/* Whether a figure leads to bytes, and all that is followed on the way. */
static gboolean is_walked(Questions *questions, const Place *place)
{
    g_autoptr(GError) error = NULL;
    const SpWhyOptions options = {.reader = {TRUE, TRUE}};
    SpWhy **why = &questions->whys[place->package];
    if (*why == NULL) {
        *why = sp_why_new(questions->context, questions->packages->pdata[place->package], &options);
    }
    g_autoptr(SpCell) cell = sp_why_cell_of(
        place->table, sp_table_column(place->table, place->column)->name, place->row);
    g_autoptr(SpWhyAnswer) answer = sp_why_walk(*why, cell, place->row, &error);
    assert_no_error(error);
    questions->n_steps += answer->steps->len;
    return dead_ends(answer) == 0;
}

static void a_thousand_random_published_cells_lead_to_bytes(void **state)
{
    Questions *questions = *state;
    const SpRandom random = sp_random_seed(SEED);
    guint n_dead = 0;
    questions->n_steps = 0;
    for (guint i = 0; i < N_CELLS; i++) {
        const guint64 number = sp_random_below(random, i, questions->places->len);
        n_dead += !is_walked(questions, &g_array_index(questions->places, Place, number));
    }
    print_message("%d cells of %u, %" G_GSIZE_FORMAT " steps, %u dead ends\n", N_CELLS,
                  questions->places->len, questions->n_steps, n_dead);
    assert_int_equal(n_dead, 0);
    assert_true(questions->n_steps > (gsize)3 * N_CELLS);
}

/* A random cell is mostly of the large tables. */
static void every_measure_of_every_table_leads_to_bytes(void **state)
{
    Questions *questions = *state;
    g_autoptr(GHashTable) asked = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint n_dead = 0;
    for (guint i = 0; i < questions->places->len; i++) {
        const Place *place = &g_array_index(questions->places, Place, i);
        const SpReal real = sp_table_real(place->table, place->row, place->column);
        g_autofree char *name = g_strdup_printf("%s %s", sp_table_name(place->table),
                                                sp_table_column(place->table, place->column)->name);
        if (real.status == SP_PRESENT && g_hash_table_add(asked, g_steal_pointer(&name))) {
            n_dead += !is_walked(questions, place);
        }
    }
    print_message("%u measures, %u dead ends\n", g_hash_table_size(asked), n_dead);
    assert_int_equal(n_dead, 0);
    assert_true(g_hash_table_size(asked) > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thousand_random_published_cells_lead_to_bytes),
        cmocka_unit_test(every_measure_of_every_table_leads_to_bytes),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
