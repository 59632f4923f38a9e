/* Two editions, cell by cell. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/io/files.h"

static Result diff(const Mini *mini, const char *one, const char *other, const char *option)
{
    return mini_run(mini, NULL, "statpakke-diff", option != NULL ? option : "--format=text", one,
                    other, NULL);
}

/* One figure of one kommune is another; *first is the edition before. */
static Mini *corrected(char **first)
{
    Mini *mini = mini_with_edition();
    g_autofree char *current = mini_current(mini);
    *first = g_path_get_basename(current);
    mini_replace(mini, "omsorg.csv", "1103,2023,500,220,40,120,95,80",
                 "1103,2023,500,220,40,120,95,84");
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(night.status, 0);
    return mini;
}

static void a_corrected_figure_is_told_with_the_source_that_moved_it(void **state)
{
    (void)state;
    g_autofree char *first = NULL;
    g_autoptr(Mini) mini = corrected(&first);
    g_auto(Result) told = diff(mini, NULL, NULL, NULL);
    assert_int_equal(told.status, 0);
    assert_has(told.out,
               "aarsverk_sykepleier region=0 period=2023  sykepleier_aarsverk  366.75 -> 370.75  "
               "endret  kilde: tabular/aarsverk");
    assert_null(strstr(told.out, "ukjent"));
    assert_null(strstr(told.out, "program")); /* nothing else moved */
}

/* The other way round, by name, by path, and each with itself. */
static void any_two_are_compared_in_either_order(void **state)
{
    (void)state;
    g_autofree char *first = NULL;
    g_autoptr(Mini) mini = corrected(&first);
    g_autofree char *current = mini_current(mini);
    g_autofree char *now = g_build_filename(mini->workspace, current, NULL);
    g_auto(Result) back = diff(mini, now, first, NULL);
    g_auto(Result) same = diff(mini, now, now, NULL);
    g_auto(Result) one = diff(mini, first, NULL, NULL);
    g_auto(Result) none = diff(mini, NULL, NULL, NULL);
    assert_has(back.out, "sykepleier_aarsverk  370.75 -> 366.75  endret");
    assert_string_equal(same.out, "0 cells differ\n");
    assert_string_equal(one.out, none.out);
}

static void packages_and_their_zips_tell_the_same(void **state)
{
    (void)state;
    g_autofree char *first = NULL;
    g_autoptr(Mini) mini = corrected(&first);
    g_autofree char *current = mini_current(mini);
    g_autofree char *folder =
        g_build_filename(mini->workspace, "packages", first, "nasjonal", NULL);
    g_autofree char *zip = g_strconcat(folder, ".zip", NULL);
    g_autofree char *now = g_build_filename(mini->workspace, current, "nasjonal", NULL);
    g_autofree char *now_zip = g_strconcat(now, ".zip", NULL);
    g_auto(Result) folders = diff(mini, folder, now, "--format=csv");
    g_auto(Result) zips = diff(mini, zip, now_zip, "--format=csv");
    g_auto(Result) mixed = diff(mini, folder, now_zip, "--table=aarsverk_sykepleier");
    assert_int_equal(folders.status, 0);
    assert_has(folders.out, "tabell,noekkel,maal,slag,omfang,aarsak,aarsak_navn,antall,foer,naa,"
                            "pakke\n");
    assert_has(folders.out, "aarsverk_sykepleier,region=0 period=2023,sykepleier_aarsverk,endret,"
                            "celle,kilde,tabular/aarsverk,1,366.75,370.75,");
    assert_int_equal(strlen(zips.out), strlen(folders.out));
    assert_has(mixed.out, "aarsverk_sykepleier ");
    assert_null(strstr(mixed.out, "variasjon_"));
}

/* The least of what is told one by one; the others are counted. */
static void a_flood_is_counted(void **state)
{
    (void)state;
    g_autofree char *first = NULL;
    g_autoptr(Mini) mini = corrected(&first);
    g_auto(Result) none = diff(mini, NULL, NULL, "--max=0");
    g_auto(Result) all = diff(mini, NULL, NULL, "--max=1000000");
    g_auto(GStrv) few = g_strsplit(none.out, "\n", -1);
    g_auto(GStrv) many = g_strsplit(all.out, "\n", -1);
    assert_null(strstr(none.out, " -> "));
    assert_has(none.out, "resten: ");
    assert_null(strstr(all.out, "resten"));
    assert_true(g_strv_length(few) < g_strv_length(many));
}

/* A figure that was shown before and is hidden now is not shown once more. */
static void what_is_hidden_now_is_not_told_from_before(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_auto(Result) trial =
        mini_run(mini, NULL, "statpakke-run", "--as=prov", "--set=tabular/brukere.sensitive=yes",
                 "--set=protect.threshold=500", NULL);
    g_auto(Result) told =
        mini_run(mini, NULL, "statpakke-diff", "--as=prov", "--max=1000000", NULL);
    assert_int_equal(trial.status, 0);
    assert_int_equal(told.status, 0);
    g_auto(GStrv) lines = g_strsplit(told.out, "\n", -1);
    guint n_hidden = 0;
    for (char **line = lines; *line != NULL; line++) {
        if (strstr(*line, "  skjult  ") != NULL) {
            assert_false(g_regex_match_simple("[0-9] -> :", *line, 0, 0));
            n_hidden++;
        }
    }
    assert_true(n_hidden > 0);
}

static void what_cannot_be_compared_is_refused(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *current = mini_current(mini);
    g_autofree char *edition = g_build_filename(mini->workspace, current, NULL);
    g_autofree char *package = g_build_filename(edition, "nasjonal", NULL);
    g_auto(Result) first = diff(mini, NULL, NULL, NULL);
    g_auto(Result) mixed = diff(mini, edition, package, NULL);
    g_auto(Result) gone = diff(mini, "/nowhere", edition, NULL);
    assert_int_equal(first.status, 66);
    assert_has(first.err, "no edition was published before");
    assert_int_equal(mixed.status, 64);
    assert_int_equal(gone.status, 66);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_corrected_figure_is_told_with_the_source_that_moved_it),
        cmocka_unit_test(any_two_are_compared_in_either_order),
        cmocka_unit_test(packages_and_their_zips_tell_the_same),
        cmocka_unit_test(a_flood_is_counted),
        cmocka_unit_test(what_is_hidden_now_is_not_told_from_before),
        cmocka_unit_test(what_cannot_be_compared_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
