/* Which sentences have a place on page one, and in what order; slips in the rules. */
#include "tests/transforms/headline/world.h"

/* A table of rules whose columns are those of the file: of each rule id, relevance, certainty and
 * place; all tell of the same grants. */
static SpTable *rules_of(gsize n, const char *const rules[][4])
{
    SpTable *table = world_rules("tilskudd");
    for (gsize i = 0; i < n; i++) {
        const gsize row = i == 0 ? 0 : sp_table_add_row(table);
        for (gsize k = 0; k < sp_table_n_columns(table); k++) {
            g_autofree char *code = g_strdup(sp_table_code(table, 0, k));
            sp_table_set_code(table, row, k, code);
        }
        sp_table_set_code(table, row, sp_table_find(table, "regel"), rules[i][0]);
        sp_table_set_code(table, row, sp_table_find(table, "relevans"), rules[i][1]);
        sp_table_set_code(table, row, sp_table_find(table, "sikkerhet"), rules[i][2]);
        sp_table_set_code(table, row, sp_table_find(table, "plass"), rules[i][3]);
    }
    return table;
}

static World grants_world(SpTable *rules)
{
    World world = world_new("11", "tilskudd");
    sp_table_free(world.rules);
    world.rules = rules;
    world.headline.rules = rules;
    world_add(&world, TABLE("tilskudd",
                            "region:key mottaker:key tiltak:key period:key beloep:sum "
                            "deltakere_grunnutdanning:sum deltakere_videreutdanning:sum "
                            "deltakere_etterutdanning:sum",
                            "11 kommune alle 2025 250000 30 20 10"));
    return world;
}

static void assert_order(const World *world, const char *wanted)
{
    g_autoptr(GString) found = g_string_new(NULL);
    for (gsize row = 0; row < sp_table_n_rows(world->sentences); row++) {
        g_string_append_printf(found, "%s%s", row > 0 ? " " : "",
                               sp_rows_code(world->sentences, row, "regel"));
    }
    assert_string_equal(found->str, wanted);
}

static void sentences_stand_by_relevance_times_certainty_the_last_one_last(void **state)
{
    static const char *const rules[][4] = {{"a", "0.5", "0.9", ""},
                                           {"b", "0.9", "0.9", ""},
                                           {"sist", "1", "1", "sist"},
                                           {"c", "0.9", "0.5", ""},
                                           {"d", "0.5", "0.9", ""}};
    (void)state;
    g_auto(World) world = grants_world(rules_of(G_N_ELEMENTS(rules), rules));
    world_tell(&world);
    assert_order(&world, "b a c d sist");
    assert_string_equal(world_code(&world, "plass"), "01");
    assert_string_equal(world_code(&world, "viss"), "trolig");
    assert_near(sp_rows_real(world.sentences, 0, "relevans").value, 0.9, 0.0);
}

static void ten_have_a_place_and_those_that_always_have_one_keep_it(void **state)
{
    static const char *const rules[][4] = {{"alltid", "0.1", "0.1", "alltid"},
                                           {"sist", "0", "0", "sist"},
                                           {"a", "0.9", "1", ""},
                                           {"b", "0.8", "1", ""},
                                           {"c", "0.7", "1", ""},
                                           {"d", "0.6", "1", ""},
                                           {"e", "0.5", "1", ""},
                                           {"f", "0.4", "1", ""},
                                           {"g", "0.3", "1", ""},
                                           {"h", "0.25", "1", ""},
                                           {"i", "0.2", "1", ""},
                                           {"j", "0.15", "1", ""}};
    (void)state;
    g_auto(World) world = grants_world(rules_of(G_N_ELEMENTS(rules), rules));
    assert_int_equal(world_tell(&world), SP_PAGE_ONE_MOST);
    assert_order(&world, "a b c d e f g h alltid sist");
}

static void certainty_has_a_word(void **state)
{
    static const char *const rules[][4] = {
        {"a", "1", "1", ""}, {"b", "1", "0.95", ""}, {"c", "1", "0.8", ""}, {"d", "1", "0.79", ""}};
    static const char *const words[] = {"fakta", "sikkert", "trolig", "usikkert"};
    (void)state;
    g_auto(World) world = grants_world(rules_of(G_N_ELEMENTS(rules), rules));
    world_tell(&world);
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        assert_string_equal(sp_rows_code(world.sentences, i, "viss"), words[i]);
    }
}

static void an_edition_without_tables_has_no_sentence(void **state)
{
    (void)state;
    g_auto(World) world = world_new("11", NULL);
    assert_int_equal(world_tell(&world), 0);
}

static void assert_refused(const char *rule, const char *column, const char *code, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_auto(World) world = world_new("11", rule);
    sp_table_set_code(world.rules, 0, sp_table_find(world.rules, column), code);
    assert_false(sp_page_one_sentences(&world.headline, &world.sentences, &world.figures, &error));
    assert_error(error, SP_ERROR_CONFIG, part);
    assert_error(error, SP_ERROR_CONFIG, rule);
}

static void slips_in_a_rule_are_told_with_its_id(void **state)
{
    (void)state;
    assert_refused("reform", "mekanisme", "gjett", "no mechanism \"gjett\"");
    assert_refused("reform", "relevans", "2", "relevans is \"2\"");
    assert_refused("reform", "relevans", "", "relevans is empty");
    assert_refused("reform", "plass", "midt", "plass is \"midt\"");
    assert_refused("reform", "terskler", "", "terskler lacks maaneder=NUMBER");
    assert_refused("reform", "terskler", "maaneder", "threshold \"maaneder\"");
    assert_refused("reform", "maal", "teller", "maal lacks what svar needs");
    assert_refused("reform", "koder", "", "koder lacks what svar needs");
    assert_refused("sykepleiere", "nivaa", "", "nivaa lacks what mangel needs");
}

/* The rules that ship: each id once, all fit their mechanisms. */
static void rules_that_ship_are_whole(void **state)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    (void)state;
    g_auto(World) world = world_new("0", NULL);
    for (gsize row = 0; row < sp_table_n_rows(world.rules); row++) {
        assert_true(g_hash_table_add(seen, (gpointer)sp_rows_code(world.rules, row, "regel")));
    }
    world_tell(&world);
    assert_true(sp_table_n_rows(world.rules) >= 12);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sentences_stand_by_relevance_times_certainty_the_last_one_last),
        cmocka_unit_test(ten_have_a_place_and_those_that_always_have_one_keep_it),
        cmocka_unit_test(certainty_has_a_word),
        cmocka_unit_test(an_edition_without_tables_has_no_sentence),
        cmocka_unit_test(slips_in_a_rule_are_told_with_its_id),
        cmocka_unit_test(rules_that_ship_are_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
