/* What the recipient is told of a package. */
#include "tests/check.h"
#include "tests/outputs/package.h"

#include "core/io/files.h"

extern const SpOutput sp_output_lesmeg;

/* A package in all its formats, and its LESMEG.txt. */
typedef struct {
    SpTestPackage *package;
    char *folder;
    char *text;
} State;

static State *write_all(const char *language)
{
    State *made = g_new0(State, 1);
    made->package = sp_test_package_new(language);
    made->folder = g_dir_make_tmp("sp-outputs-XXXXXX", NULL);
    for (gsize i = 0; i < sp_outputs_size(); i++) {
        const SpOutput *output = sp_outputs_at(i);
        g_autoptr(GError) error = NULL;
        g_autoptr(SpConfig) config = sp_test_config(NULL);
        g_autoptr(SpSettings) settings =
            sp_settings_new(config, "package", output->config_keys, output->n_config_keys);
        assert_true(output->write(&made->package->package, settings, made->folder, &error));
        assert_no_error(error);
    }
    made->text = sp_test_file(made->folder, "LESMEG.txt", NULL);
    return made;
}

static void free_state(State *made)
{
    sp_test_folder_remove(made->folder);
    sp_test_package_free(made->package);
    g_free(made->text);
    g_free(made);
}

static int write_once(void **state)
{
    *state = write_all("nb");
    return 0;
}

static int clean(void **state)
{
    free_state(*state);
    return 0;
}

static void notices_stand_above_all_else(void **state)
{
    const State *made = *state;
    assert_true(g_str_has_prefix(made->text,
                                 "SYNTETISKE DATA\nIkke for publisering\n\nStatistikkpakke for "
                                 "helse- og omsorgstjenesten: Trøndelag\nUtgave 25.2.2026 "
                                 "(2026-02-25-1a2b3c4d)\n\n"));
}

static void it_is_plain_text_of_short_lines(void **state)
{
    const State *made = *state;
    g_auto(GStrv) lines = g_strsplit(made->text, "\n", -1);
    assert_true(g_utf8_validate(made->text, -1, NULL));
    assert_null(strchr(made->text, '\r'));
    assert_null(strchr(made->text, '\t'));
    for (gsize i = 0; lines[i] != NULL; i++) {
        assert_true(g_utf8_strlen(lines[i], -1) <= 80);
        assert_false(g_str_has_suffix(lines[i], " "));
    }
}

static void every_file_and_folder_of_the_package_is_told_of(void **state)
{
    const State *made = *state;
    g_auto(GStrv) names = sp_folder_list(made->folder, NULL);
    for (gsize i = 0; names[i] != NULL; i++) {
        g_autofree char *item = g_strdup_printf("\n- %s: ", names[i]);
        if (strcmp(names[i], "LESMEG.txt") != 0) {
            assert_has(made->text, item);
        }
    }
}

static void a_file_that_is_not_there_is_not_told_of(void **state)
{
    const State *made = *state;
    char *folder = sp_test_write(&sp_output_lesmeg, &made->package->package, NULL);
    g_autofree char *text = sp_test_file(folder, "LESMEG.txt", NULL);
    assert_null(strstr(text, "- jsonstat:"));
    assert_null(strstr(text, "index.html"));
    sp_test_folder_remove(folder);
}

static void the_check_of_sums_and_signature_is_told(void **state)
{
    const State *made = *state;
    assert_has(made->text, "\n  sha256sum -c SHA256SUMS\n");
    assert_has(made->text, "\n  minisign -Vm SHA256SUMS -p statpakke.pub\n");
}

static void signs_and_flags_are_explained(void **state)
{
    const State *made = *state;
    assert_has(made->text, "\n  :   Tall kan ikke offentliggjøres\n");
    assert_has(made->text, "\n  ... Oppgave mangler foreløpig\n");
    assert_has(made->text, "\n  m   Beregnet med en modell, ikke talt\n");
}

static void tables_that_a_format_lacks_are_named(void **state)
{
    const State *made = *state;
    g_autofree char *joined = g_strdelimit(g_strdup(made->text), "\n", ' ');
    assert_has(joined, "ikke har rader: framskriving_befolkning_ettaarig.");
    assert_has(joined, "ville stått tom: kilder.");
    assert_has(joined, "- befolkning: Folkemengde etter kjønn og alder");
}

static void sources_have_publisher_licence_and_address(void **state)
{
    const State *made = *state;
    assert_has(made->text, "\n- SSB: <script>alert(\"1\")</script>. CC BY 4.0, 2026-02-25\n"
                           "  https://www.ssb.no/\n");
    assert_has(made->text, "\n  https://creativecommons.org/licenses/by/4.0/deed.no\n");
}

static void it_is_in_the_language_of_the_package(void **state)
{
    (void)state;
    State *made = write_all("nn");
    assert_has(made->text, "Ikkje for publisering");
    assert_has(made->text, "\nKva ligg kvar\n-------------\n");
    assert_null(strstr(made->text, " ikke "));
    free_state(made);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(notices_stand_above_all_else),
        cmocka_unit_test(it_is_plain_text_of_short_lines),
        cmocka_unit_test(every_file_and_folder_of_the_package_is_told_of),
        cmocka_unit_test(a_file_that_is_not_there_is_not_told_of),
        cmocka_unit_test(the_check_of_sums_and_signature_is_told),
        cmocka_unit_test(signs_and_flags_are_explained),
        cmocka_unit_test(tables_that_a_format_lacks_are_named),
        cmocka_unit_test(sources_have_publisher_licence_and_address),
        cmocka_unit_test(it_is_in_the_language_of_the_package),
    };
    return cmocka_run_group_tests(tests, write_once, clean);
}
