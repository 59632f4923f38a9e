/* What demand says of its own cells, on the tables that a night of the small pipeline wrote: the
 * parts it tells sum to the change of the figure since the base. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/io/tablefiles.h"
#include "core/number.h"
#include "pipeline/projectfiles.h"
#include "transforms/project/project.h"

#include <string.h>

typedef struct {
    SpTables *in;   /* what the unit `referanse` reads, and its own population */
    SpTables *made; /* what it wrote */
} Night;

static void add_made(SpTables *into, const Mini *mini, const char *unit, const char *name)
{
    const char *const names[] = {name, NULL};
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_build_filename(mini->workspace, "stages", unit, "latest", NULL);
    g_autoptr(SpTables) tables = sp_tables_read(folder, names, &error);
    assert_no_error(error);
    sp_tables_add(into, sp_tables_steal(tables, name));
}

/* More than a year of users and nurses, so that there is a trend and a level of one's own. */
static void write_care(const Mini *mini)
{
    mini_write(mini, "omsorg.csv",
               "kommunenummer,aar,hjemmetjenestebrukere,hjemmetjenestebrukere_80p,bolig_heldoegn,"
               "institusjon,institusjon_80p,sykepleier_aarsverk_avtalt\n"
               "0301,2022,1500,690,90,410,300,240.5\n0301,2023,1600,700,90,400,300,250.5\n"
               "1103,2022,490,215,40,121,95,78\n1103,2023,500,220,40,120,95,80\n");
}

static int night_read(void **state)
{
    g_autoptr(Mini) mini = mini_new();
    write_care(mini);
    g_auto(Result) result = mini_run(mini, NULL, "statpakke-run", "--until=project", NULL);
    assert_string_equal(result.err, "");
    assert_int_equal(result.status, 0);
    g_autoptr(GError) error = NULL;
    Night *night = g_new(Night, 1);
    *night = (Night){sp_tables_new(), sp_tables_new()};
    add_made(night->in, mini, "normalise/regioner", "region");
    add_made(night->in, mini, "normalise/ssb/folkemengde", "folkemengde");
    add_made(night->in, mini, "normalise/tabular/brukere", "brukere");
    add_made(night->in, mini, "normalise/tabular/aarsverk", "aarsverk");
    add_made(night->in, mini, "project/referanse", "framskriving_befolkning");
    add_made(night->made, mini, "project/referanse", "framskriving_behov");
    add_made(night->made, mini, "project/referanse", "framskriving_etterspoersel");
    const SpContext context = {.data_folder = mini->data};
    assert_true(sp_project_files_read(&context, SP_FILE_OF_SCENARIO, night->in, &error));
    assert_no_error(error);
    *state = night;
    return 0;
}

static int night_free(void **state)
{
    Night *night = *state;
    sp_tables_free(night->in);
    sp_tables_free(night->made);
    g_free(night);
    return 0;
}

/* A figure as it was written; its key with another day. */
static double written(const Night *night, const char *key, const char *day)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strdup_printf("%s period=%s", key, day);
    g_autoptr(SpCell) cell = sp_cell_parse(text, &error);
    assert_no_error(error);
    const SpTable *table = sp_tables_find(night->made, cell->table);
    gsize row = 0;
    sp_cell_find_row(cell, table, &row, &error);
    assert_no_error(error);
    SpReal real = sp_table_real(table, row, sp_table_find(table, cell->measure));
    assert_true(sp_real_is_number(real));
    return real.value;
}

/* The number after the last of a word, "population +1.25". */
static double told(const char *method, const char *word)
{
    g_autofree char *start = g_strconcat(" ", word, " ", NULL);
    const char *at = g_strrstr(method, start);
    if (at == NULL) {
        return 0.0;
    }
    at += strlen(start) + (at[strlen(start)] == '+' ? 1 : 0);
    double value = 0;
    assert_true(sp_number_parse(at, strspn(at, "-.0123456789"), sp_number_plain, &value));
    return value;
}

static double sum_of_parts(const Night *night, const char *key, const char *day)
{
    static const char *const parts[] = {"population", "use", "productivity", "composition"};
    g_autoptr(GError) error = NULL;
    g_autofree char *text = g_strdup_printf("%s period=%s", key, day);
    g_autoptr(SpCell) cell = sp_cell_parse(text, &error);
    g_autoptr(SpExplanation) why = sp_explanation_new();
    assert_no_error(error);
    sp_transform_demand.explain(night->in, NULL, cell, why, &error);
    assert_no_error(error);
    assert_true(why->inputs->len > 0);
    double sum = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        sum += told(why->method, parts[i]);
    }
    return sum;
}

static void assert_parts_sum(const Night *night, const char *key)
{
    double change = written(night, key, "2028-01-01") - written(night, key, "2025-01-01");
    assert_true(change > 0.05 || change < -0.05);
    /* Parts are told with two decimals. */
    assert_near(sum_of_parts(night, key, "2028-01-01"), change, 0.021);
}

static void parts_of_nurses_sum_to_what_the_written_figure_changes(void **state)
{
    assert_parts_sum(*state, "framskriving_etterspoersel aarsverk region=1103 yrke=sykepleier");
    assert_parts_sum(*state, "framskriving_etterspoersel aarsverk region=11 yrke=sykepleier");
    assert_parts_sum(*state, "framskriving_etterspoersel aarsverk region=0 yrke=sykepleier");
    assert_parts_sum(*state,
                     "framskriving_etterspoersel aarsverk_likt_behov region=0301 yrke=sykepleier");
}

static void parts_of_users_sum_to_what_the_written_figure_changes(void **state)
{
    assert_parts_sum(*state, "framskriving_behov brukere region=1103 tjeneste=hjemmetjeneste");
    assert_parts_sum(*state, "framskriving_behov brukere region=0 tjeneste=institusjon");
    assert_parts_sum(*state,
                     "framskriving_behov brukere_likt_behov region=03 tjeneste=hjemmetjeneste");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_of_nurses_sum_to_what_the_written_figure_changes),
        cmocka_unit_test(parts_of_users_sum_to_what_the_written_figure_changes),
    };
    return cmocka_run_group_tests(tests, night_read, night_free);
}
