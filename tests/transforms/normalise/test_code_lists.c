/* What stands in two places of config is the same in both: the code lists that sources are read by,
 * against the links of professions, services and functions. */
#include "tests/transforms/normalise/facts.h"
#include "tests/transforms/vary/csvtable.h"

#include "transforms/normalise/links.h"
#include "transforms/normalise/services.h"

static SpTable *config_file(const char *name)
{
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, "config", name, NULL);
    return csvtable_read(path, name, ',');
}

static const char *cell(const SpTable *table, gsize row, const char *column)
{
    return sp_table_code(table, row, sp_table_find(table, column));
}

static gboolean has(GPtrArray *texts, const char *text)
{
    return g_ptr_array_find_with_equal_func(texts, text, g_str_equal, NULL);
}

/* The row of a table with a text in a column; fails without one. */
static gsize row_of(const SpTable *table, const char *column, const char *text)
{
    gsize row = 0;
    while (row < sp_table_n_rows(table) && strcmp(cell(table, row, column), text) != 0) {
        row++;
    }
    if (row == sp_table_n_rows(table)) {
        fail_msg("%s: no row with %s = %s", sp_table_name(table), column, text);
    }
    return row;
}

/* The professions that a code is linked to by what was seen, and is more than "none of ours". */
static GPtrArray *seen_professions(const SpTable *links, const char *classification,
                                   const char *code)
{
    GPtrArray *found = g_ptr_array_new();
    for (gsize row = 0; row < sp_table_n_rows(links); row++) {
        if (strcmp(cell(links, row, "klassifikasjon"), classification) == 0 &&
            strcmp(cell(links, row, "kode"), code) == 0 &&
            strcmp(cell(links, row, "grunnlag"), "sett") == 0 &&
            strcmp(cell(links, row, "profesjon"), "annet") != 0) {
            g_ptr_array_add(found, (gpointer)cell(links, row, "profesjon"));
        }
    }
    return found;
}

/* An occupation that is seen to be one profession has its id, any other keeps SSB's code. */
static void occupations_become_the_profession_that_they_are_linked_to(void **state)
{
    (void)state;
    g_autoptr(SpTable) links = config_file("profesjon_lenker.csv");
    g_autoptr(SpTable) codes = config_file("codes/yrke.csv");
    guint n_professions = 0;
    for (gsize row = 0; row < sp_table_n_rows(codes); row++) {
        const char *code = cell(codes, row, "from");
        const char *is = cell(codes, row, "to");
        g_autoptr(GPtrArray) of = seen_professions(links, "aarsverk_14533", code);
        const char *wanted = of->len == 1 ? of->pdata[0] : code;
        if (strcmp(is, wanted) != 0) {
            fail_msg("config/codes/yrke.csv: %s is %s, by the links %s", code, is, wanted);
        }
        n_professions += of->len == 1 ? 1 : 0;
    }
    assert_true(n_professions >= 7);
}

/* Education groups go by their names, since the sources' own ids are assumed. */
static guint count_educations(const SpTable *links, const char *file)
{
    g_autoptr(SpTable) codes = config_file(file);
    guint n = 0;
    for (gsize row = 0; row < sp_table_n_rows(codes); row++) {
        const char *name = cell(codes, row, "navn");
        g_autoptr(GPtrArray) of = sp_links_professions(links, "utdanningsgruppe", name);
        if (of->len > 0 && !has(of, cell(codes, row, "to"))) {
            fail_msg("%s: %s is %s, which no link says", file, name, cell(codes, row, "to"));
        }
        n += of->len > 0 ? 1 : 0;
    }
    return n;
}

static void educations_are_professions_that_they_are_linked_to(void **state)
{
    (void)state;
    g_autoptr(SpTable) links = config_file("profesjon_lenker.csv");
    assert_true(count_educations(links, "codes/hesospers.csv") >= 15);
    assert_true(count_educations(links, "codes/utdanning_kostra.csv") >= 14);
}

/* IPLOS writes 01 what the links write 1. */
static const char *plain(const char *code)
{
    return code + (code[0] == '0' ? 1 : 0);
}

static int last_year(const SpTable *services, gsize row)
{
    const char *to = cell(services, row, "til");
    return *to == '\0' ? 2024 : (int)g_ascii_strtoll(to, NULL, 10);
}

static void services_have_one_group(void **state)
{
    (void)state;
    g_autoptr(SpTable) services = config_file("tjenester.csv");
    g_autoptr(SpTable) groups = config_file("codes/iplos_tjenestegruppe.csv");
    for (gsize row = 0; row < sp_table_n_rows(groups); row++) {
        const char *code = plain(cell(groups, row, "from"));
        gsize at = row_of(services, "kode", code);
        const char *group = sp_services_group(services, code, last_year(services, at));
        if (g_strcmp0(group, cell(groups, row, "to")) != 0) {
            fail_msg("service %s is %s in tjenester.csv and %s in iplos_tjenestegruppe.csv", code,
                     group, cell(groups, row, "to"));
        }
    }
    for (gsize row = 0; row < sp_table_n_rows(services); row++) {
        g_autofree char *code =
            g_strdup_printf("%02d", (int)g_ascii_strtoll(cell(services, row, "kode"), NULL, 10));
        (void)row_of(groups, "from", code);
    }
}

/* A service that ended or began did so in both. */
static void services_have_the_same_years(void **state)
{
    (void)state;
    g_autoptr(SpTable) services = config_file("tjenester.csv");
    g_autoptr(SpTable) codes = config_file("codes/iplos_tjeneste.csv");
    static const int years[] = {2017, 2018, 2019, 2023, 2024};
    for (gsize row = 0; row < sp_table_n_rows(codes); row++) {
        const char *code = plain(cell(codes, row, "to"));
        const char *from = cell(codes, row, "fra");
        const char *to = cell(codes, row, "til");
        for (gsize i = 0; i < G_N_ELEMENTS(years); i++) {
            gboolean is = (*from == '\0' || years[i] >= (int)g_ascii_strtoll(from, NULL, 10)) &&
                          (*to == '\0' || years[i] <= (int)g_ascii_strtoll(to, NULL, 10));
            if (is != (sp_services_group(services, code, years[i]) != NULL)) {
                fail_msg("service %s in %d: the two files do not agree", code, years[i]);
            }
        }
    }
}

/* Functions have the years of the accounts' own list wherever they stand. */
static void check_functions(const SpTable *table)
{
    g_autoptr(SpTable) functions = config_file("codes/kostra_funksjon.csv");
    guint n = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        const char *function = cell(table, row, "funksjon");
        if (*function == '\0') {
            continue;
        }
        gsize at = row_of(functions, "from", function);
        const char *first = cell(functions, at, "fra");
        const char *last = cell(functions, at, "til");
        n++;
        if (strcmp(function, "256") == 0) {
            continue; /* began before the years that IPLOS is read for */
        }
        assert_string_equal(cell(table, row, "fra"), first);
        assert_string_equal(cell(table, row, "til"), last);
    }
    assert_true(n > 20);
}

static void functions_have_the_same_years(void **state)
{
    (void)state;
    g_autoptr(SpTable) services = config_file("tjenester.csv");
    g_autoptr(SpTable) areas = config_file("tjenesteomraader.csv");
    check_functions(services);
    check_functions(areas);
}

/* Codes that a list puts in a group, at least one. */
static char **codes_of_group(const SpTable *list, const char *group)
{
    g_autoptr(GStrvBuilder) codes = g_strv_builder_new();
    for (gsize row = 0; row < sp_table_n_rows(list); row++) {
        if (strcmp(cell(list, row, "to"), group) == 0) {
            g_strv_builder_add(codes, cell(list, row, "from"));
        }
    }
    char **all = g_strv_builder_end(codes);
    assert_non_null(all[0]);
    return all;
}

/* Sub-services of reports and areas of accounts have two names for the same functions. */
static void areas_are_made_of_the_same_functions(void **state)
{
    (void)state;
    static const char *const names[][2] = {{"alle", "helse_omsorg"},
                                           {"helse", "kommunehelse"},
                                           {"omsorg", "omsorg"},
                                           {"hjemme", "hjemmebasert"}};
    g_autoptr(SpTable) areas = config_file("tjenesteomraader.csv");
    g_autoptr(SpTable) accounts = config_file("codes/kostra_delomraade.csv");
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_auto(GStrv) functions = codes_of_group(accounts, names[i][1]);
        g_autoptr(GPtrArray) before = sp_services_functions(areas, names[i][0], 2023);
        g_autoptr(GPtrArray) after = sp_services_functions(areas, names[i][0], 2024);
        for (char **function = functions; *function != NULL; function++) {
            assert_true(has(before, *function) || has(after, *function));
        }
        for (guint k = 0; k < before->len; k++) {
            assert_true(g_strv_contains((const char *const *)functions, before->pdata[k]));
        }
        for (guint k = 0; k < after->len; k++) {
            assert_true(g_strv_contains((const char *const *)functions, after->pdata[k]));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(occupations_become_the_profession_that_they_are_linked_to),
        cmocka_unit_test(educations_are_professions_that_they_are_linked_to),
        cmocka_unit_test(services_have_one_group),
        cmocka_unit_test(services_have_the_same_years),
        cmocka_unit_test(functions_have_the_same_years),
        cmocka_unit_test(areas_are_made_of_the_same_functions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
