/* Key sentences in words. */
#include "tests/core/rows.h"
#include "tests/outputs/package.h"

#include "outputs/sentences.h"

static const char *cell(const SpTable *table, gsize row, const char *column)
{
    return sp_table_code(table, row, sp_table_find(table, column));
}

static SpTable *sentences_of(const char *rule, const char *variants)
{
    SpTable *table =
        TABLE("noekkelsetninger", "plass:key regel:attribute variant:attribute tekst:attribute",
              "01 _ _ _");
    sp_table_set_code(table, 0, 1, rule);
    sp_table_set_code(table, 0, 2, variants);
    return table;
}

/* A row for each field: its name, its column and code, or its unit and figure. */
static SpTable *figures_of(gsize n, const char *const rows[][4])
{
    SpTable *table = table_of(
        "noekkelsetninger_tall",
        "plass:key felt:key kolonne:attribute kode:attribute enhet:attribute verdi:other", 0, NULL);
    for (gsize i = 0; i < n; i++) {
        const gsize row = sp_table_add_row(table);
        const gboolean is_code = *rows[i][1] != '\0';
        sp_table_set_code(table, row, 0, "01");
        sp_table_set_code(table, row, 1, rows[i][0]);
        sp_table_set_code(table, row, 2, rows[i][1]);
        sp_table_set_code(table, row, is_code ? 3 : 4, rows[i][2]);
        sp_table_set_real(table, row, 5, is_code ? real_of(".") : real_of(rows[i][3]));
    }
    return table;
}

static gboolean write_in(const char *language, SpTable *sentences, SpTable *figures, GError **error)
{
    g_autoptr(SpTestPackage) made = sp_test_package_new(language);
    g_autoptr(SpWords) words = sp_words_new(&made->package, error);
    return words != NULL && sp_sentences_write(words, sentences, figures, error);
}

static void assert_text(const char *language, const char *rule, const char *variants,
                        SpTable *figures, const char *wanted)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) sentences = sentences_of(rule, variants);
    write_in(language, sentences, figures, &error);
    assert_no_error(error);
    assert_string_equal(cell(sentences, 0, "tekst"), wanted);
}

static void a_sentence_has_figures_and_codes_in_words(void **state)
{
    static const char *const rows[][4] = {
        {"region", "region", "50", ""},    {"fra", "period", "2026", ""},
        {"til", "period", "2035", ""},     {"naa", "", "persons", "25424"},
        {"da", "", "persons", "35403.35"}, {"vekst", "", "share", "0.39251"},
        {"p05", "", "share", "-"},         {"p95", "", "share", "0.409"}};
    g_autoptr(SpTable) figures = figures_of(G_N_ELEMENTS(rows), rows);
    (void)state;
    assert_text("nb", "eldre_vekst", "vekst intervall", figures,
                "Fra 2026 til 2035 er tallet på innbyggere 80 år og over i Trøndelag framskrevet "
                "til å øke fra 25\u00a0424 til 35\u00a0403, en vekst på 39,3\u00a0prosent. I 90 av "
                "100 tenkte framtider er endringen mellom 0\u00a0prosent og 40,9\u00a0prosent.");
    assert_text("nn", "eldre_vekst", "vekst", figures,
                "Frå 2026 til 2035 er talet på innbyggjarar 80 år og over i Trøndelag framskrive "
                "til å auke frå 25\u00a0424 til 35\u00a0403, ein vekst på 39,3\u00a0prosent.");
}

static void several_codes_are_a_list_and_tables_have_small_letters(void **state)
{
    static const char *const rows[][4] = {{"tabeller", "tabell", "befolkning reform tilskudd", ""}};
    g_autoptr(SpTable) figures = figures_of(G_N_ELEMENTS(rows), rows);
    (void)state;
    assert_text("nb", "varsomhet", "brudd", figures,
                "De nyeste tallene kan ikke sammenliknes med dem før i tabellene folkemengde etter "
                "kjønn og alder, reformarbeid i kommunene og tilskudd til kompetanse og "
                "innovasjon.");
}

/* Which parts are judged is not known to the template: the parts that no source tells of were named
 * among them. */
static void exposed_parts_are_counted_and_not_named(void **state)
{
    static const char *const rows[][4] = {{"region", "region", "50", ""},
                                          {"antall", "", "kommuner", "3"},
                                          {"av", "", "kommuner", "14"},
                                          {"deler", "", "", "3"}};
    g_autoptr(SpTable) figures = figures_of(G_N_ELEMENTS(rows), rows);
    (void)state;
    assert_text("nb", "saarbare", "antall", figures,
                "Blant 14 små kommuner i Trøndelag er 3 høyt utsatt på minst 3 av delene som er "
                "vurdert.");
    assert_text("nn", "saarbare", "antall", figures,
                "Blant 14 små kommunar i Trøndelag er 3 høgt utsette på minst 3 av delane som er "
                "vurderte.");
}

static void professions_are_many_inside_a_sentence(void **state)
{
    static const char *const rows[][4] = {{"region", "region", "50", ""},
                                          {"aar", "period", "2035", ""},
                                          {"yrke", "yrke", "jordmor", ""},
                                          {"andel", "", "whole share", "0.85"}};
    g_autoptr(SpTable) figures = figures_of(G_N_ELEMENTS(rows), rows);
    (void)state;
    assert_text("nn", "stoerst_mangel", "navn", figures,
                "Den største mangelen i den kommunale helse- og omsorgstenesta i Trøndelag i 2035 "
                "er truleg på jordmødrer. Det er det yrket det manglar mest av, i om lag "
                "85\u00a0prosent av dei tenkte framtidene.");
}

static void assert_refused(const char *rule, const char *variant, const char *part)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTable) sentences = sentences_of(rule, variant);
    g_autoptr(SpTable) figures = figures_of(0, NULL);
    assert_false(write_in("nb", sentences, figures, &error));
    assert_error(error, SP_ERROR_CONFIG, part);
}

static void a_template_that_is_not_there_or_asks_for_more_is_told(void **state)
{
    (void)state;
    assert_refused("reform", "hva", "lacks headline.reform.hva");
    assert_refused("varsomhet", "gammel",
                   "headline.varsomhet.gammel: the rule gives no field "
                   "{kilder}");
}

/* Every template of every rule, in all languages, with fields that the rule declares. */
static void templates_are_there_in_all_languages_and_know_their_fields(void **state)
{
    static const char *const languages[] = {"nb", "nn", "en"};
    g_autoptr(SpTable) rules = sp_test_config_read("noekkelsetninger.csv");
    g_autoptr(SpTable) texts = sp_test_config_read("texts.csv");
    (void)state;
    for (gsize row = 0; row < sp_table_n_rows(rules); row++) {
        g_auto(GStrv) variants = g_strsplit(cell(rules, row, "varianter"), " ", -1);
        g_auto(GStrv) known = g_strsplit(cell(rules, row, "felt"), " ", -1);
        for (gsize i = 0; variants[i] != NULL; i++) {
            g_autofree char *id =
                g_strdup_printf("headline.%s.%s", cell(rules, row, "regel"), variants[i]);
            gsize at = 0;
            while (at < sp_table_n_rows(texts) && strcmp(cell(texts, at, "id"), id) != 0) {
                at++;
            }
            if (at == sp_table_n_rows(texts)) {
                fail_msg("config/texts.csv lacks %s", id);
            }
            for (gsize k = 0; k < G_N_ELEMENTS(languages); k++) {
                const char *text = cell(texts, at, languages[k]);
                g_auto(GStrv) fields = sp_sentences_fields(text);
                if (*text == '\0') {
                    fail_msg("%s has no text in %s", id, languages[k]);
                }
                for (gsize f = 0; fields[f] != NULL; f++) {
                    if (!g_strv_contains((const char *const *)known, fields[f])) {
                        fail_msg("%s (%s) names {%s}", id, languages[k], fields[f]);
                    }
                }
            }
        }
    }
}

/* No template is left behind by its rule, and languages name the same fields. */
static void templates_are_of_a_rule_and_name_the_same_in_all_languages(void **state)
{
    g_autoptr(SpTable) rules = sp_test_config_read("noekkelsetninger.csv");
    g_autoptr(SpTable) texts = sp_test_config_read("texts.csv");
    g_autoptr(GHashTable) variants = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    (void)state;
    for (gsize row = 0; row < sp_table_n_rows(rules); row++) {
        g_auto(GStrv) names = g_strsplit(cell(rules, row, "varianter"), " ", -1);
        for (gsize i = 0; names[i] != NULL; i++) {
            g_hash_table_add(
                variants, g_strdup_printf("headline.%s.%s", cell(rules, row, "regel"), names[i]));
        }
    }
    for (gsize row = 0; row < sp_table_n_rows(texts); row++) {
        g_auto(GStrv) nb = sp_sentences_fields(cell(texts, row, "nb"));
        g_auto(GStrv) nn = sp_sentences_fields(cell(texts, row, "nn"));
        const char *id = cell(texts, row, "id");
        if (g_str_has_prefix(id, "headline.") && nb[0] != NULL) {
            assert_true(g_hash_table_contains(variants, id));
            assert_int_equal(g_strv_length(nb), g_strv_length(nn));
            for (gsize i = 0; nb[i] != NULL; i++) {
                assert_true(g_strv_contains((const char *const *)nn, nb[i]));
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_has_figures_and_codes_in_words),
        cmocka_unit_test(several_codes_are_a_list_and_tables_have_small_letters),
        cmocka_unit_test(exposed_parts_are_counted_and_not_named),
        cmocka_unit_test(professions_are_many_inside_a_sentence),
        cmocka_unit_test(a_template_that_is_not_there_or_asks_for_more_is_told),
        cmocka_unit_test(templates_are_there_in_all_languages_and_know_their_fields),
        cmocka_unit_test(templates_are_of_a_rule_and_name_the_same_in_all_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
