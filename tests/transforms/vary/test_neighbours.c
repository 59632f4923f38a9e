/* Neighbours of kommuner: the list that ships, held against the borders it was worked out from, and
 * what is wrong with others. */
#include "tests/transforms/vary/csvtable.h"
#include "tests/transforms/vary/variation.h"

#include "core/io/json.h"
#include "transforms/vary/groups.h"
#include "transforms/vary/neighbours.h"

enum { MAX_BORDERS = 64 * 1024 * 1024, KOMMUNER_2024 = 357 };

static SpNeighbours *neighbours_of_list(SpTable *list, SpQuality *quality, GError **error)
{
    g_autoptr(SpTable) owned = list;
    g_autoptr(SpTable) regions = tables_region(kommuner, G_N_ELEMENTS(kommuner));
    g_autoptr(GPtrArray) codes = sp_groups_list_kommuner(regions, error);
    return sp_neighbours_new(owned, codes, quality, error);
}

static void assert_list_refused(const char *const codes[], gsize n, const char *wanted)
{
    static const char *const names[] = {"from", "to"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    SpTable *list = tables_codes("naboer", names, G_N_ELEMENTS(names));
    for (gsize i = 0; i < n; i += 2) {
        TABLES_ADD_INDICATOR(list, codes[i], codes[i + 1]);
    }
    assert_null(neighbours_of_list(list, quality, &error));
    assert_error(error, SP_ERROR_CONFIG, wanted);
}

static void row_that_cannot_be_is_told(void **state)
{
    (void)state;
    static const char *const itself[] = {"1505", "1505"};
    static const char *const one_way[] = {"1505", "1506"};
    static const char *const twice[] = {"1505", "1506", "1506", "1505", "1505", "1506"};
    assert_list_refused(itself, 2, "row 1: 1505,1505 is no neighbour of itself");
    assert_list_refused(one_way, 2, "row 1: 1505,1506 has no row the other way");
    assert_list_refused(twice, 6, "row 3: 1505,1506 stands twice");
}

/* 1507 is of another division: 1511, whose only neighbour it is, has none left. */
static void kommune_without_a_neighbour_in_the_division_is_a_finding(void **state)
{
    (void)state;
    static const char *const codes[] = {"1505", "1506", "1508", "1580", "1511", "1507"};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpNeighbours) made =
        neighbours_of_list(tables_naboer(codes, G_N_ELEMENTS(codes)), quality, &error);
    assert_no_error(error);
    assert_non_null(made);
    assert_int_equal(sp_quality_count(quality, "neighbours_unknown"), 1);
    assert_true(tables_has_finding(quality, "neighbours_unknown", "1511"));
}

/* 1508 is counted with 1506: who borders on the one borders on both. */
static void kommuner_counted_together_have_the_neighbours_of_all(void **state)
{
    (void)state;
    static const char *const codes[] = {"1505", "1506", "1506", "1508", "1508", "1511"};
    static const char *const host[] = {"", "1506", "1506", ""};
    static gsize enters[] = {0, 1, 3};
    g_autoptr(GError) error = NULL;
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpTable) list = tables_naboer(codes, G_N_ELEMENTS(codes));
    g_autoptr(SpTable) regions = tables_region(kommuner, G_N_ELEMENTS(kommuner));
    g_autoptr(GPtrArray) division = sp_groups_list_kommuner(regions, &error);
    g_autoptr(SpNeighbours) made = sp_neighbours_new(list, division, quality, &error);
    assert_no_error(error);
    const SpAreas areas = {.n_rows = 4,
                           .kommune = (const char **)(gpointer)kommuner,
                           .vertskommune = (const char **)(gpointer)host,
                           .n = G_N_ELEMENTS(enters),
                           .row = enters};
    gsize n_links = 0;
    g_autofree SpLink *links = sp_neighbours_links(made, &areas, &n_links);
    static const SpLink wanted[] = {{0, 1}, {1, 0}, {1, 2}, {2, 1}};
    assert_int_equal(n_links, G_N_ELEMENTS(wanted));
    assert_memory_equal(links, wanted, sizeof wanted);
}

/* ---- the list that ships ---- */

/* The kommuner of the borders, as table region. */
static SpTable *division_of(const json_t *borders)
{
    SpTable *regions = tables_region(NULL, 0);
    gsize i = 0;
    const json_t *feature = NULL;
    json_array_foreach(json_object_get(borders, "features"), i, feature)
    {
        const json_t *properties = json_object_get(feature, "properties");
        TABLES_ADD_INDICATOR(
            regions, json_string_value(json_object_get(properties, "kommunenummer")), "kommune");
    }
    return regions;
}

/* Each two of a line's points that follow each other, by text, and whose they are: of two kommuner
 * that share such a stretch of border the pair is put in `pairs`. */
static void add_line(const json_t *line, const char *kommune, GHashTable *stretches,
                     GHashTable *pairs)
{
    for (gsize i = 0; i + 1 < json_array_size(line); i++) {
        g_autofree char *here = json_dumps(json_array_get(line, i), JSON_COMPACT);
        g_autofree char *next = json_dumps(json_array_get(line, i + 1), JSON_COMPACT);
        const gboolean is_ordered = strcmp(here, next) < 0;
        char *stretch = g_strconcat(is_ordered ? here : next, is_ordered ? next : here, NULL);
        const char *other = g_hash_table_lookup(stretches, stretch);
        if (other != NULL && strcmp(other, kommune) != 0) {
            g_hash_table_add(pairs, g_strdup_printf("%s,%s", kommune, other));
            g_hash_table_add(pairs, g_strdup_printf("%s,%s", other, kommune));
        }
        g_hash_table_insert(stretches, stretch, (char *)kommune);
    }
}

/* Lines lie two deep in a Polygon and three in a MultiPolygon. */
static void add_lines(const json_t *part, gsize depth, const char *kommune, GHashTable *stretches,
                      GHashTable *pairs)
{
    for (gsize i = 0; depth > 0 && i < json_array_size(part); i++) {
        add_lines(json_array_get(part, i), depth - 1, kommune, stretches, pairs);
    }
    if (depth == 0) {
        add_line(part, kommune, stretches, pairs);
    }
}

static GHashTable *pairs_of(const json_t *borders)
{
    GHashTable *pairs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) stretches = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    gsize i = 0;
    const json_t *feature = NULL;
    json_array_foreach(json_object_get(borders, "features"), i, feature)
    {
        const json_t *geometry = json_object_get(feature, "geometry");
        const char *type = json_string_value(json_object_get(geometry, "type"));
        const json_t *number =
            json_object_get(json_object_get(feature, "properties"), "kommunenummer");
        add_lines(json_object_get(geometry, "coordinates"), strcmp(type, "Polygon") == 0 ? 1 : 2,
                  json_string_value(number), stretches, pairs);
    }
    return pairs;
}

static json_t *borders_of(const char *folder)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(folder, "kart", "kommuner_2024_S.geojson", NULL);
    json_t *borders = sp_json_read(path, MAX_BORDERS, &error);
    assert_no_error(error);
    return borders;
}

static void list_holds_every_border_on_land_and_no_other(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(json_t) borders = borders_of(folder);
    g_autoptr(GHashTable) pairs = pairs_of(borders);
    g_autoptr(SpTable) list = csvtable_config("naboer.csv", "naboer");
    const gsize basis = sp_table_find(list, "grunnlag");
    gsize n_borders = 0;
    for (gsize row = 0; row < sp_table_n_rows(list); row++) {
        g_autofree char *pair =
            g_strdup_printf("%s,%s", sp_table_code(list, row, 0), sp_table_code(list, row, 1));
        const gboolean is_border = strcmp(sp_table_code(list, row, basis), "grense") == 0;
        n_borders += is_border ? 1 : 0;
        if (g_hash_table_contains(pairs, pair) != is_border) {
            fail_msg("%s: %s", pair, is_border ? "no border on land" : "a border on land");
        }
    }
    assert_int_equal(n_borders, g_hash_table_size(pairs));
}

static void every_kommune_of_2024_has_a_neighbour_in_the_list(void **state)
{
    (void)state;
    g_autofree char *folder = shared_folder();
    SKIP_WITHOUT_SHARED(folder);
    g_autoptr(GError) error = NULL;
    g_autoptr(json_t) borders = borders_of(folder);
    g_autoptr(SpTable) regions = division_of(borders);
    g_autoptr(GPtrArray) codes = sp_groups_list_kommuner(regions, &error);
    g_autoptr(SpTable) list = csvtable_config("naboer.csv", "naboer");
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpNeighbours) made = sp_neighbours_new(list, codes, quality, &error);
    assert_no_error(error);
    assert_non_null(made);
    assert_int_equal(codes->len, KOMMUNER_2024);
    assert_int_equal(sp_quality_count(quality, "neighbours_unknown"), 0);
}

/* As any map shows: Oslo, Lund, Tromsø; Træna, an island, with the nearest kommune alone. */
static void list_has_the_neighbours_that_a_map_shows(void **state)
{
    (void)state;
    static const char *const wanted[][2] = {
        {"0301", "3201 3205 3207 3220 3222 3232 3234 3305"},
        {"1112", "1101 1111 4207 4228"},
        {"5501", "5532 5534 5536 5538"},
        {"1835", "1834"},
    };
    g_autoptr(SpTable) list = csvtable_config("naboer.csv", "naboer");
    for (gsize k = 0; k < G_N_ELEMENTS(wanted); k++) {
        g_autoptr(GString) found = g_string_new(NULL);
        for (gsize row = 0; row < sp_table_n_rows(list); row++) {
            if (strcmp(sp_table_code(list, row, 0), wanted[k][0]) == 0) {
                g_string_append_printf(found, "%s%s", found->len > 0 ? " " : "",
                                       sp_table_code(list, row, 1));
            }
        }
        assert_string_equal(found->str, wanted[k][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row_that_cannot_be_is_told),
        cmocka_unit_test(kommune_without_a_neighbour_in_the_division_is_a_finding),
        cmocka_unit_test(kommuner_counted_together_have_the_neighbours_of_all),
        cmocka_unit_test(list_holds_every_border_on_land_and_no_other),
        cmocka_unit_test(every_kommune_of_2024_has_a_neighbour_in_the_list),
        cmocka_unit_test(list_has_the_neighbours_that_a_map_shows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
