/* Where each table of a package comes from, as its descriptor tells. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/io/json.h"

#define PAGE "https://example.org/"

static const char *const datasets[] = {
    "klass/kommuner",      "klass/endringer", "klass/kostragrupper",
    "klass/sentralitet",   "ssb/folkemengde", "tabular/doedelighet",
    "tabular/fruktbarhet", "tabular/brukere", "tabular/aarsverk"};

/* A night in which each dataset has a page of its own to be known by. */
static int night(void **state)
{
    Mini *mini = mini_new();
    for (gsize i = 0; i < G_N_ELEMENTS(datasets); i++) {
        g_autofree char *line = g_strdup_printf("page = " PAGE "%s", datasets[i]);
        mini_set(mini, datasets[i], line);
    }
    g_auto(Result) result = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_string_equal(result.err, "");
    assert_int_equal(result.status, 0);
    *state = mini;
    return 0;
}

static int day(void **state)
{
    mini_free(*state);
    return 0;
}

static json_t *descriptor(const Mini *mini, const char *package)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path =
        g_build_filename(mini->workspace, "current", package, "datapackage.json", NULL);
    json_t *read = sp_json_read(path, 1 << 24, &error);
    assert_no_error(error);
    return read;
}

/* The datasets that a table of the country's package names, with a blank behind each. */
static char *named(const Mini *mini, const char *table)
{
    g_autoptr(json_t) package = descriptor(mini, "nasjonal");
    g_autoptr(GString) text = g_string_new(NULL);
    const json_t *resource = NULL, *source = NULL;
    gsize i = 0, k = 0;
    json_array_foreach(json_object_get(package, "resources"), i, resource)
    {
        const char *name = json_string_value(json_object_get(resource, "name"));
        json_array_foreach(json_object_get(resource, "sources"), k, source)
        {
            const char *path = json_string_value(json_object_get(source, "path"));
            if (strcmp(name, table) == 0) {
                assert_true(g_str_has_prefix(path, PAGE));
                g_string_append_printf(text, "%s ", path + strlen(PAGE));
            }
        }
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* All but those which the package writes of itself. */
static void every_table_of_figures_names_a_source_of_the_package(void **state)
{
    static const char *const packages[] = {"nasjonal", "fylke-11-rogaland"};
    static const char *const own[] = {"endringer", "grunnlag", "kilder", "forklaring", NULL};
    for (gsize p = 0; p < G_N_ELEMENTS(packages); p++) {
        g_autoptr(json_t) package = descriptor(*state, packages[p]);
        const json_t *all = json_object_get(package, "sources");
        const json_t *resource = NULL, *source = NULL, *known = NULL;
        gsize i = 0, k = 0, s = 0;
        assert_int_equal(json_array_size(all), G_N_ELEMENTS(datasets));
        assert_true(json_array_size(json_object_get(package, "resources")) > 2);
        json_array_foreach(json_object_get(package, "resources"), i, resource)
        {
            const char *name = json_string_value(json_object_get(resource, "name"));
            const json_t *sources = json_object_get(resource, "sources");
            if ((json_array_size(sources) == 0) != g_strv_contains(own, name)) {
                fail_msg("%s: %s names %zu", packages[p], name, json_array_size(sources));
            }
            json_array_foreach(sources, k, source)
            {
                gsize n_found = 0;
                json_array_foreach(all, s, known)
                {
                    n_found += (gsize)json_equal(source, known);
                }
                assert_int_equal(n_found, 1);
            }
        }
    }
}

/* Facts are of the datasets that made them; what is projected or compared is of all whose facts
 * were read for it, and no dataset is behind a back-test that it does not read. */
static void tables_name_the_datasets_they_are_made_from(void **state)
{
    /* In byte order, as `kilder` has them. */
    static const char of_all[] = "ssb/folkemengde tabular/aarsverk tabular/brukere "
                                 "tabular/doedelighet tabular/fruktbarhet ";
    static const char *const cases[][2] = {
        {"befolkning", "ssb/folkemengde "},
        {"brukere", "tabular/brukere "},
        {"framskriving_etterspoersel", of_all},
        {"framskriving_alternativ", of_all},
        {"treffsikkerhet", of_all},
        {"plassering", "ssb/folkemengde tabular/aarsverk tabular/brukere "},
        {"utfordringer", of_all}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *found = named(*state, cases[i][0]);
        if (strcmp(found, cases[i][1]) != 0) {
            fail_msg("%s is of \"%s\", want \"%s\"", cases[i][0], found, cases[i][1]);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_table_of_figures_names_a_source_of_the_package),
        cmocka_unit_test(tables_name_the_datasets_they_are_made_from),
    };
    return cmocka_run_group_tests(tests, night, day);
}
