/* What stands in two places of config is the same in both: the code lists that sources are read by,
 * against the links of professions, services and functions. */
#include "tests/transforms/normalise/facts.h"
#include "tests/transforms/vary/csvtable.h"

#include "transforms/normalise/links.h"

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

#define GROUPS "codes/iplos_tjenestegruppe.csv"
#define FUNCTIONS "codes/kostra_funksjon.csv"

/* Every service that a row may have is in one group, and no other is. */
static void services_have_one_group(void **state)
{
    (void)state;
    g_autoptr(SpTable) services = config_file("codes/iplos_tjeneste.csv");
    g_autoptr(SpTable) groups = config_file(GROUPS);
    for (gsize row = 0; row < sp_table_n_rows(services); row++) {
        (void)row_of(groups, "from", cell(services, row, "to"));
    }
    for (gsize row = 0; row < sp_table_n_rows(groups); row++) {
        const char *code = cell(groups, row, "from");
        (void)row_of(services, "to", code);
        assert_int_equal(row_of(groups, "from", code), row);
    }
}

/* The row of a code list holds in a year. */
static gboolean holds(const SpTable *table, gsize row, int year)
{
    const char *from = cell(table, row, "fra");
    const char *to = cell(table, row, "til");
    return (*from == '\0' || year >= (int)g_ascii_strtoll(from, NULL, 10)) &&
           (*to == '\0' || year <= (int)g_ascii_strtoll(to, NULL, 10));
}

/* 254 gave way to 257 and 258 in 2024: a service that is booked somewhere is so in all years that
 * IPLOS is read for. */
static void services_are_booked_on_a_function_in_every_year(void **state)
{
    (void)state;
    g_autoptr(SpTable) groups = config_file(GROUPS);
    g_autoptr(SpTable) functions = config_file(FUNCTIONS);
    guint n_booked = 0;
    for (gsize row = 0; row < sp_table_n_rows(groups); row++) {
        g_auto(GStrv) of = g_strsplit(cell(groups, row, "funksjoner"), "+", -1);
        n_booked += of[0] != NULL ? 1 : 0;
        for (int year = 2017; of[0] != NULL && year <= 2026; year++) {
            guint n = 0;
            for (char **function = of; *function != NULL; function++) {
                n += holds(functions, row_of(functions, "from", *function), year) ? 1 : 0;
            }
            if (n == 0) {
                fail_msg("service %s is on no function in %d", cell(groups, row, "from"), year);
            }
        }
    }
    assert_true(n_booked >= 20);
}

/* The projection's services are made of functions too: none of IPLOS' services falls between them,
 * nor into two. */
static void every_function_of_a_service_is_of_one_projected_service(void **state)
{
    (void)state;
    g_autoptr(SpTable) groups = config_file(GROUPS);
    g_autoptr(SpTable) projected = config_file("framskriving/tjenester.csv");
    for (gsize row = 0; row < sp_table_n_rows(groups); row++) {
        g_auto(GStrv) of = g_strsplit(cell(groups, row, "funksjoner"), "+", -1);
        for (char **function = of; *function != NULL; function++) {
            guint n = 0;
            for (gsize other = 0; other < sp_table_n_rows(projected); other++) {
                g_auto(GStrv) own = g_strsplit(cell(projected, other, "funksjoner"), "+", -1);
                n += g_strv_contains((const char *const *)own, *function) ? 1 : 0;
            }
            assert_int_equal(n, 1);
        }
    }
}

static gboolean is_in_area(const SpTable *areas, const char *function, const char *area)
{
    for (gsize row = 0; row < sp_table_n_rows(areas); row++) {
        if (strcmp(cell(areas, row, "from"), function) == 0 &&
            strcmp(cell(areas, row, "to"), area) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* An area of accounts goes on over the change of functions in 2024. */
static void an_area_with_254_has_what_came_in_its_place(void **state)
{
    (void)state;
    g_autoptr(SpTable) areas = config_file("codes/kostra_delomraade.csv");
    guint n = 0;
    for (gsize row = 0; row < sp_table_n_rows(areas); row++) {
        const char *area = cell(areas, row, "to");
        gboolean is_home = is_in_area(areas, "254", area);
        assert_int_equal(is_in_area(areas, "257", area), is_home);
        assert_int_equal(is_in_area(areas, "258", area), is_home);
        n += is_home ? 1 : 0;
    }
    assert_true(n > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(occupations_become_the_profession_that_they_are_linked_to),
        cmocka_unit_test(educations_are_professions_that_they_are_linked_to),
        cmocka_unit_test(services_have_one_group),
        cmocka_unit_test(services_are_booked_on_a_function_in_every_year),
        cmocka_unit_test(every_function_of_a_service_is_of_one_projected_service),
        cmocka_unit_test(an_area_with_254_has_what_came_in_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
