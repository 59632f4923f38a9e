/* Letters to recipients: their words, and what hostile names may not do to them. */
#include "tests/check.h"
#include "tests/outputs/package.h"

#include "outputs/delivery/letter.h"

#define EDITION "2026-02-25-1a2b3c4d"
#define BEFORE "2026-01-25-0a0b0c0d"

/* Counts of an edition's changes. */
static SpTable *changes_new(void)
{
    static const SpColumn columns[] = {{.name = "slag", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                       {.name = "aarsak", .kind = SP_COLUMN_CODE, .is_key = TRUE},
                                       {.name = "antall", .kind = SP_COLUMN_MEASURE}};
    SpTable *table = sp_table_new("endringer", columns, G_N_ELEMENTS(columns));
    const gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, 0, "endret");
    sp_table_set_code(table, row, 1, "kilde");
    sp_table_set_real(table, row, 2, sp_real(12345));
    return table;
}

static SpTable *sources_new(const char *title, const char *state)
{
    static const SpColumn columns[] = {{.name = "tittel", .kind = SP_COLUMN_CODE},
                                       {.name = "tilstand", .kind = SP_COLUMN_CODE}};
    SpTable *table = sp_table_new("kilder", columns, G_N_ELEMENTS(columns));
    const gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, 0, title);
    sp_table_set_code(table, row, 1, state);
    return table;
}

/* Of two packages with the same table of sources. g_free. */
static char *write_letter(const char *language, const char *title, const char *state)
{
    static const char *const provisional[] = {"befolkning", NULL};
    g_autoptr(SpTable) changes = changes_new();
    g_autoptr(SpTable) sources = sources_new(title, state);
    SpTestPackage *package = sp_test_package_new(language);
    const SpLetterPackage packages[] = {{.title = "Vestfold",
                                         .name = "fylke-39-vestfold",
                                         .previous = BEFORE,
                                         .changes = changes,
                                         .sources = sources,
                                         .provisional = provisional},
                                        {.title = "Telemark",
                                         .name = "fylke-40-telemark",
                                         .previous = BEFORE,
                                         .sources = sources,
                                         .provisional = provisional}};
    const SpLetter letter = {.language = language,
                             .recipient = "Statsforvalteren i Vestfold og Telemark",
                             .edition = EDITION,
                             .public_key = "RWabc",
                             .packages = packages,
                             .n_packages = G_N_ELEMENTS(packages)};
    char *text = sp_letter_text(&letter, package->texts);
    sp_test_package_free(package);
    return text;
}

static void a_letter_tells_of_each_package_and_once_of_each_source(void **state)
{
    (void)state;
    g_autofree char *text = write_letter("nb", "En kilde", "forsinket");
    assert_has(text, "er publisert for Vestfold og Telemark.\n");
    assert_has(text, "  Vestfold: siden utgave " BEFORE "\n    Endret: 12 345 (Kilde)\n");
    assert_has(text, "  Telemark: Ingen tall er endret.\n");
    assert_has(text, "  En kilde. Forsinket: ");
    assert_has(text, "Tabeller med foreløpige tall:\n  Folkemengde etter");
    assert_has(text, "  Telemark: fylke-40-telemark\n"); /* a folder, or an archive of that name */
    assert_has(text, "signert med nøkkelen RWabc.");
    assert_null(strstr(strstr(text, "En kilde") + 1, "En kilde"));
    assert_null(strstr(text, "letter."));
    assert_null(strstr(text, "{x}"));
}

static void a_source_that_is_the_newest_is_not_told(void **state)
{
    (void)state;
    g_autofree char *text = write_letter("nn", "En kilde", "aktuell");
    assert_null(strstr(text, "En kilde"));
    assert_has(text, "Ei ny utgåve");
    assert_has(text, "Ingen tal er endra.");
}

static void a_name_cannot_pass_for_a_line(void **state)
{
    (void)state;
    for (gsize i = 0; sp_test_hostile[i] != NULL; i++) {
        g_autofree char *title = g_strconcat(sp_test_hostile[i], "\r\nTil noen andre\n.\n", NULL);
        g_autofree char *text = write_letter("nb", title, "reserve");
        assert_true(g_utf8_validate(text, -1, NULL));
        assert_null(strchr(text, '\r'));
        assert_null(strstr(text, "\nTil noen andre"));
    }
}

static void a_withdrawal_says_why_and_what_holds_instead(void **state)
{
    (void)state;
    const SpLetterPackage package = {.title = "Vestland", .name = "fylke-46-vestland"};
    const SpWithdrawal withdrawal = {
        .reason = "Feil", .correction_nb = "Feil på norsk", .correction_nn = "Rett på norsk"};
    SpTestPackage *with = sp_test_package_new("nn");
    const SpLetter letter = {.language = "nn",
                             .recipient = "Statsforvaltaren i Vestland",
                             .edition = EDITION,
                             .packages = &package,
                             .n_packages = 1,
                             .withdrawal = &withdrawal,
                             .served = BEFORE};
    g_autofree char *text = sp_letter_text(&letter, with->texts);
    g_autofree char *subject = sp_letter_subject(&letter, with->texts);
    assert_string_equal(subject, "Trekt tilbake: statistikkpakke for Vestland (2026-02-25)");
    assert_has(text, "Grunnen er: Feil\n");
    assert_has(text, "Retting: Rett på norsk\n");
    assert_has(text, "I staden gjeld utgåve " BEFORE ".\n");
    sp_test_package_free(with);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_tells_of_each_package_and_once_of_each_source),
        cmocka_unit_test(a_source_that_is_the_newest_is_not_told),
        cmocka_unit_test(a_name_cannot_pass_for_a_line),
        cmocka_unit_test(a_withdrawal_says_why_and_what_holds_instead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
