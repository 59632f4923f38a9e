/* The catalogues of config/ are complete: what a package may show has words in both languages. */
#include "tests/check.h"
#include "tests/outputs/package.h"

#include "core/io/files.h"
#include "outputs/units.h"

enum { MAX_SHEET_NAME = 31 };

static int open_package(void **state)
{
    *state = sp_test_package_new("nb");
    return 0;
}

static int close_package(void **state)
{
    sp_test_package_free(*state);
    return 0;
}

/* Ids without a text, told together. bokmål and nynorsk are never empty: sp_texts_new refuses them.
 */
static void need(const SpTexts *texts, GString *holes, const char *prefix, const char *name,
                 const char *ending)
{
    g_autofree char *id = g_strconcat(prefix, name, ending, NULL);
    if (!sp_texts_has(texts, id)) {
        g_string_append_printf(holes, " %s", id);
    }
}

static void assert_no_holes(const GString *holes)
{
    if (holes->len > 0) {
        fail_msg("not in config/texts.csv:%s", holes->str);
    }
}

static const char *cell(const SpTable *table, gsize row, const char *column)
{
    gsize number = sp_table_find(table, column);
    assert_true(number != SP_NO_COLUMN);
    return sp_table_code(table, row, number);
}

static void every_published_table_has_title_name_and_note(void **state)
{
    const SpTestPackage *package = *state;
    g_autoptr(GString) holes = g_string_new(NULL);
    for (gsize row = 0; row < sp_table_n_rows(package->catalogue); row++) {
        const char *name = cell(package->catalogue, row, "name");
        need(package->texts, holes, "table.", name, "");
        need(package->texts, holes, "table.", name, ".short");
        need(package->texts, holes, "table.", name, ".note");
    }
    assert_no_holes(holes);
}

static void every_published_column_and_unit_has_words_and_a_form(void **state)
{
    const SpTestPackage *package = *state;
    g_autoptr(GString) holes = g_string_new(NULL);
    g_autoptr(GHashTable) forms = g_hash_table_new(g_str_hash, g_str_equal);
    g_hash_table_add(forms, (gpointer)SP_UNIT_OF_INDICATOR);
    g_hash_table_add(forms, (gpointer)SP_UNIT_OF_INDICATOR_AS_PUBLISHED);
    g_hash_table_add(forms, (gpointer)SP_UNIT_OF_INDICATOR_CHANGE);
    for (gsize row = 0; row < sp_table_n_rows(package->units); row++) {
        g_hash_table_add(forms, (gpointer)cell(package->units, row, "unit"));
        need(package->texts, holes, "unit.", cell(package->units, row, "unit"), "");
    }
    for (gsize row = 0; row < sp_table_n_rows(package->catalogue); row++) {
        g_autofree char *both = g_strjoin("|", cell(package->catalogue, row, "columns"),
                                          cell(package->catalogue, row, "shown"), NULL);
        g_auto(GStrv) columns = g_strsplit(both, "|", -1);
        for (gsize i = 0; columns[i] != NULL; i++) {
            g_auto(GStrv) parts = g_strsplit(columns[i], "=", 2);
            if (parts[0] == NULL) {
                continue; /* nothing is shown in another unit */
            }
            const char *name = parts[0][0] == '?' ? parts[0] + 1 : parts[0];
            need(package->texts, holes, "column.", name, "");
            if (parts[1] != NULL && parts[1][0] != '\0' &&
                !g_hash_table_contains(forms, parts[1])) {
                g_string_append_printf(holes, " (config/units.csv: %s)", parts[1]);
            }
        }
    }
    assert_no_holes(holes);
}

/* Collects ids like "page.contents" that stand in quotes in a file, for the prefixes that have no
 * variable part. */
static void need_ids_of_file(const SpTexts *texts, GString *holes, GHashTable *used,
                             const char *path)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *bytes = sp_file_read(path, 1 << 24, &(gsize){0}, &error);
    g_autoptr(GRegex) regex =
        g_regex_new("\"((?:page|lesmeg|sign|flag|notice)\\.[a-z_]+)\"", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    assert_no_error(error);
    for (g_regex_match(regex, bytes, 0, &match); g_match_info_matches(match);
         g_match_info_next(match, NULL)) {
        char *id = g_match_info_fetch(match, 1);
        need(texts, holes, id, "", "");
        g_hash_table_add(used, id);
    }
}

static void need_ids_of_folder(const SpTexts *texts, GString *holes, GHashTable *used,
                               const char *folder)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, folder, NULL);
    g_auto(GStrv) files = sp_folder_walk(path, &error);
    assert_no_error(error);
    for (gsize i = 0; files[i] != NULL; i++) {
        g_autofree char *file = g_build_filename(path, files[i], NULL);
        if (g_str_has_suffix(file, ".c") || g_str_has_suffix(file, ".xml")) {
            need_ids_of_file(texts, holes, used, file);
        }
    }
}

static void every_text_that_code_or_template_names_is_there(void **state)
{
    const SpTestPackage *package = *state;
    g_autoptr(GString) holes = g_string_new(NULL);
    g_autoptr(GHashTable) used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    need_ids_of_folder(package->texts, holes, used, "outputs");
    need_ids_of_folder(package->texts, holes, used, "pipeline");
    need_ids_of_folder(package->texts, holes, used, "config/html");
    assert_no_holes(holes);
    assert_true(g_hash_table_size(used) > 20); /* the pattern does find ids */
}

static void every_page_text_is_used(void **state)
{
    const SpTestPackage *package = *state;
    g_autoptr(GString) holes = g_string_new(NULL);
    g_autoptr(GString) idle = g_string_new(NULL);
    g_autoptr(GHashTable) used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(SpTable) texts = sp_test_config_read("texts.csv");
    need_ids_of_folder(package->texts, holes, used, "outputs");
    need_ids_of_folder(package->texts, holes, used, "config/html");
    for (gsize row = 0; row < sp_table_n_rows(texts); row++) {
        const char *id = cell(texts, row, "id");
        if ((g_str_has_prefix(id, "page.") || g_str_has_prefix(id, "lesmeg.")) &&
            !g_hash_table_contains(used, id)) {
            g_string_append_printf(idle, " %s", id);
        }
    }
    if (idle->len > 0) {
        fail_msg("nothing shows:%s", idle->str);
    }
}

static void short_names_fit_a_sheet_and_differ(void **state)
{
    static const char *const languages[] = {"nb", "nn", "en"};
    const SpTestPackage *package = *state;
    for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
        g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        for (gsize row = 0; row < sp_table_n_rows(package->catalogue); row++) {
            g_autofree char *id =
                g_strconcat("table.", cell(package->catalogue, row, "name"), ".short", NULL);
            const char *name = sp_texts_find(package->texts, id, languages[i]);
            assert_true(g_utf8_strlen(name, -1) <= MAX_SHEET_NAME);
            assert_null(strpbrk(name, "[]:*?/\\'"));
            assert_true(g_hash_table_add(seen, g_utf8_casefold(name, -1)));
        }
    }
}

static void service_codes_of_config_have_words(void **state)
{
    const SpTestPackage *package = *state;
    g_autoptr(GString) holes = g_string_new(NULL);
    g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, "config", "bruk.csv", NULL);
    if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
        skip();
    }
    g_autoptr(SpTable) uses = sp_test_config_read("bruk.csv");
    for (gsize row = 0; row < sp_table_n_rows(uses); row++) {
        need(package->texts, holes, "code.tjeneste.", cell(uses, row, "tjeneste"), "");
    }
    assert_no_holes(holes);
}

/* Our codes of the lists that person-level tables are counted by. */
static void codes_of_recipients_and_claims_have_words(void **state)
{
    static const struct {
        const char *list;
        const char *prefix;
        const char *column;
    } lists[] = {{"codes/iplos_tjeneste.csv", "code.iplos_tjeneste.", "to"},
                 {"codes/iplos_tjenestegruppe.csv", "code.iplos_tjeneste.", "to"},
                 {"codes/iplos_sykehjem.csv", "code.iplos_tjeneste.", "to"},
                 {"codes/iplos_alle.csv", "code.iplos_tjeneste.", "to"},
                 {"codes/iplos_telling.csv", "code.telling.", "to"},
                 {"codes/kpr_kontakttype.csv", "code.kontakttype.", "from"},
                 {"codes/kpr_praksistype.csv", "code.praksistype.", "to"},
                 {"codes/kpr_praksisgruppe.csv", "code.praksistype.", "to"}};
    const SpTestPackage *package = *state;
    g_autoptr(GString) holes = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(lists); i++) {
        g_autoptr(SpTable) list = sp_test_config_read(lists[i].list);
        assert_true(sp_table_n_rows(list) > 0);
        for (gsize row = 0; row < sp_table_n_rows(list); row++) {
            need(package->texts, holes, lists[i].prefix, cell(list, row, lists[i].column), "");
        }
    }
    assert_no_holes(holes);
}

/* All years, "2008", that stand alone in a text are added to `years`. */
static void collect_years(const char *text, GHashTable *years)
{
    g_autoptr(GRegex) regex = g_regex_new("\\b20[0-9][0-9]\\b", 0, 0, NULL);
    g_autoptr(GMatchInfo) match = NULL;
    for (g_regex_match(regex, text, 0, &match); g_match_info_matches(match);
         g_match_info_next(match, NULL)) {
        g_hash_table_add(years, g_match_info_fetch(match, 0));
    }
}

/* A reader must not take the index of constant use for the reference, and finds the years of the
 * rates in the note. */
static void note_of_demand_says_what_the_figures_are(void **state)
{
    static const struct {
        const char *language;
        const char *scenario;
    } wanted[] = {{"nb", "Indeksen ved konstant bruk er et scenario"},
                  {"nn", "Indeksen ved konstant bruk er eit scenario"},
                  {"en", "index at constant use is a scenario"}};
    const SpTestPackage *package = *state;
    g_autoptr(SpTable) uses = sp_test_config_read("bruk.csv");
    g_autoptr(GHashTable) used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (gsize row = 0; row < sp_table_n_rows(uses); row++) {
        collect_years(cell(uses, row, "kilde"), used);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(wanted); i++) {
        const char *note =
            sp_texts_find(package->texts, "table.framskriving_behov.note", wanted[i].language);
        g_autoptr(GHashTable) told = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        GHashTableIter years;
        gpointer year = NULL;
        assert_non_null(strstr(note, wanted[i].scenario));
        collect_years(note, told);
        assert_true(g_hash_table_size(told) > 0);
        g_hash_table_iter_init(&years, told);
        while (g_hash_table_iter_next(&years, &year, NULL)) {
            if (!g_hash_table_contains(used, year)) {
                fail_msg("the note names %s, of which config/bruk.csv has no rate", (char *)year);
            }
        }
    }
}

/* An adviser has neither our documents nor our settings, and knows a percentile by its heading. */
static void notes_name_nothing_that_a_reader_does_not_have(void **state)
{
    static const char *const words[] = {"docs/", "config/", "p05", "p95"};
    static const char *const languages[] = {"nb", "nn", "en"};
    const SpTestPackage *package = *state;
    for (gsize row = 0; row < sp_table_n_rows(package->catalogue); row++) {
        g_autofree char *id =
            g_strconcat("table.", cell(package->catalogue, row, "name"), ".note", NULL);
        for (gsize i = 0; i < G_N_ELEMENTS(words) * G_N_ELEMENTS(languages); i++) {
            if (strstr(sp_texts_find(package->texts, id, languages[i % 3]), words[i / 3])) {
                fail_msg("%s says %s", id, words[i / 3]);
            }
        }
    }
}

/* Bokmål has two forms of the word; the table's name has one (docs/glossary.md). */
static void to_compare_is_one_word_in_all_texts(void **state)
{
    /* indicators.csv has the words of the proposal that it carries over. */
    static const char *const files[] = {"texts.csv", "brudd.csv", "noekkelsetninger.csv"};
    (void)state;
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        gsize size = 0;
        g_autofree char *path = g_build_filename(SP_SOURCE_FOLDER, "config", files[i], NULL);
        g_autofree char *bytes = sp_file_read(path, 1 << 24, &size, NULL);
        g_autofree char *small = g_utf8_strdown(bytes, (gssize)size);
        assert_null(strstr(small, "sammenlign"));
    }
}

/* Codes of occupations in SSB table 14533. */
static void occupations_of_ssb_have_words(void **state)
{
    static const char *const codes[] = {"tot", "01",  "02",  "03",  "04", "05", "06", "07a",
                                        "07b", "07c", "07d", "07e", "08", "09", "99"};
    const SpTestPackage *package = *state;
    g_autoptr(GString) holes = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(codes); i++) {
        need(package->texts, holes, "code.yrke.", codes[i], "");
    }
    assert_no_holes(holes);
}

/* Tables by service are read by people, and so are tables by profession. */
static void services_and_professions_of_projections_have_words(void **state)
{
    const SpTestPackage *package = *state;
    g_autoptr(GString) holes = g_string_new(NULL);
    g_autoptr(SpTable) services = sp_test_config_read("framskriving/tjenester.csv");
    g_autoptr(SpTable) professions = sp_test_config_read("profesjoner.csv");
    for (gsize row = 0; row < sp_table_n_rows(services); row++) {
        need(package->texts, holes, "code.tjeneste.", cell(services, row, "tjeneste"), "");
    }
    for (gsize row = 0; row < sp_table_n_rows(professions); row++) {
        need(package->texts, holes, "code.profesjon.", cell(professions, row, "profesjon"), "");
    }
    assert_true(sp_table_n_rows(services) > 5);
    assert_no_holes(holes);
}

/* Words that only the other language has: a bokmål text left standing in the nynorsk column, or the
 * reverse. */
static void languages_are_not_mixed(void **state)
{
    /* "augeblikkeleg" is nynorsk: the word, and not its letters. */
    static const char *const not_nn[] = {" ikke",     "ikke ",    "Ikke ",  "fra ",
                                         "kommuner ", "tjeneste", "hjemme", "kvinnelig",
                                         "hver ",     "noen ",    "Kilde",  NULL};
    static const char *const not_nb[] = {"ikkje", "frå ",   "kommunar", "teneste",    "heime",
                                         "kvar ", "nokre ", "Kjelde",   "innbyggjar", NULL};
    g_autoptr(SpTable) texts = sp_test_config_read("texts.csv");
    (void)state;
    for (gsize row = 0; row < sp_table_n_rows(texts); row++) {
        for (gsize i = 0; not_nn[i] != NULL; i++) {
            if (strstr(cell(texts, row, "nn"), not_nn[i]) != NULL) {
                fail_msg("%s: nynorsk has \"%s\"", cell(texts, row, "id"), not_nn[i]);
            }
        }
        for (gsize i = 0; not_nb[i] != NULL; i++) {
            if (strstr(cell(texts, row, "nb"), not_nb[i]) != NULL) {
                fail_msg("%s: bokmål has \"%s\"", cell(texts, row, "id"), not_nb[i]);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_published_table_has_title_name_and_note),
        cmocka_unit_test(every_published_column_and_unit_has_words_and_a_form),
        cmocka_unit_test(every_text_that_code_or_template_names_is_there),
        cmocka_unit_test(every_page_text_is_used),
        cmocka_unit_test(short_names_fit_a_sheet_and_differ),
        cmocka_unit_test(service_codes_of_config_have_words),
        cmocka_unit_test(codes_of_recipients_and_claims_have_words),
        cmocka_unit_test(note_of_demand_says_what_the_figures_are),
        cmocka_unit_test(notes_name_nothing_that_a_reader_does_not_have),
        cmocka_unit_test(to_compare_is_one_word_in_all_texts),
        cmocka_unit_test(occupations_of_ssb_have_words),
        cmocka_unit_test(services_and_professions_of_projections_have_words),
        cmocka_unit_test(languages_are_not_mixed),
    };
    return cmocka_run_group_tests(tests, open_package, close_package);
}
