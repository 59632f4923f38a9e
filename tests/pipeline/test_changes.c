/* What has changed since the edition before, and why. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/tablefiles.h"

static void must_run(const Mini *mini, const char *program, const char *more)
{
    g_auto(Result) result = mini_run(mini, NULL, program, more, NULL);
    if (result.status != 0) {
        fail_msg("%s: exit %d: %s", program, result.status, result.err);
    }
}

/* A table of a package of the edition that is served. */
static SpTables *read_package(const Mini *mini, const char *package, const char *table)
{
    const char *const names[] = {table, NULL};
    g_autoptr(GError) error = NULL;
    g_autofree char *folder = g_build_filename(mini->workspace, "current", package, NULL);
    SpTables *tables = sp_tables_read(folder, names, &error);
    assert_no_error(error);
    return tables;
}

static const char *code(const SpTable *table, gsize row, const char *column)
{
    const gsize at = sp_table_find(table, column);
    assert_true(at != SP_NO_COLUMN);
    return sp_table_code(table, row, at);
}

/* "noekkel|maal|slag|omfang|aarsak|aarsak_navn" of the rows of a table. g_free. */
static char *list_rows(const SpTable *changes, const char *table)
{
    static const char *const columns[] = {"noekkel", "maal",   "slag",
                                          "omfang",  "aarsak", "aarsak_navn"};
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize row = 0; row < sp_table_n_rows(changes); row++) {
        for (gsize i = 0;
             strcmp(code(changes, row, "tabell"), table) == 0 && i < G_N_ELEMENTS(columns); i++) {
            g_string_append_printf(text, "%s%c", code(changes, row, columns[i]),
                                   i + 1 < G_N_ELEMENTS(columns) ? '|' : '\n');
        }
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static void assert_told(const Mini *mini, const char *package, const char *table,
                        const char *wanted)
{
    g_autoptr(SpTables) tables = read_package(mini, package, "endringer");
    g_autofree char *rows = list_rows(sp_tables_at(tables, 0), table);
    assert_string_equal(rows, wanted);
}

/* Whether all rows of the table have that cause; it has rows. */
static void assert_cause(const Mini *mini, const char *table, const char *cause)
{
    g_autoptr(SpTables) tables = read_package(mini, "nasjonal", "endringer");
    const SpTable *changes = sp_tables_at(tables, 0);
    gsize n = 0;
    for (gsize row = 0; row < sp_table_n_rows(changes); row++) {
        if (strcmp(code(changes, row, "tabell"), table) == 0) {
            g_autofree char *both = g_strdup_printf("%s: %s", code(changes, row, "aarsak"),
                                                    code(changes, row, "aarsak_navn"));
            assert_string_equal(both, cause);
            n++;
        }
    }
    assert_true(n > 0);
}

/* What the basis of the served edition says of a result. g_free. */
static char *find_print(const Mini *mini, const char *result, const char *kind, const char *name)
{
    g_autoptr(SpTables) tables = read_package(mini, "nasjonal", "grunnlag");
    const SpTable *basis = sp_tables_at(tables, 0);
    for (gsize row = 0; row < sp_table_n_rows(basis); row++) {
        if (strcmp(code(basis, row, "resultat"), result) == 0 &&
            strcmp(code(basis, row, "slag"), kind) == 0 &&
            (name == NULL || strcmp(code(basis, row, "navn"), name) == 0)) {
            return g_strdup(code(basis, row, name != NULL ? "avtrykk" : "navn"));
        }
    }
    fail_msg("grunnlag has no %s of %s", kind, result);
    return NULL;
}

/* Name of the edition that the served one is compared with, "" for none. g_free. */
static char *compared_with(const Mini *mini)
{
    return find_print(mini, "", "forrige", NULL);
}

static char *edition_of(const Mini *mini)
{
    g_autofree char *current = mini_current(mini);
    assert_non_null(current);
    return g_path_get_basename(current);
}

static void remove_below(const Mini *mini, const char *relative)
{
    g_autofree char *folder = g_build_filename(mini->workspace, relative, NULL);
    assert_true(sp_folder_remove(folder, NULL));
}

/* The country with a second edition: one more user in Oslo. */
static Mini *with_two_editions(char **first)
{
    Mini *mini = mini_with_edition();
    *first = edition_of(mini);
    mini_replace(mini, "omsorg.csv", "0301,2023,1600,", "0301,2023,1601,");
    must_run(mini, "statpakke-run", NULL);
    return mini;
}

static const char one_more_user[] =
    "region=0301 period=2023-12-31|hjemmetjenestebrukere|endret|celle|kilde|tabular/brukere\n";

static void the_first_edition_has_no_changes_and_says_so(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autoptr(SpTables) tables = read_package(mini, "nasjonal", "endringer");
    g_autofree char *previous = compared_with(mini);
    g_autofree char *descriptor = mini_text(mini, "current/nasjonal/datapackage.json");
    g_autofree char *all = mini_text(mini, "current/endringer.csv");
    assert_int_equal(sp_table_n_rows(sp_tables_at(tables, 0)), 0);
    assert_string_equal(previous, "");
    assert_has(descriptor, "Ingen tidligere utgave hadde andre tall");
    assert_true(g_str_has_prefix(all, "tabell,noekkel,maal,slag,omfang,aarsak,aarsak_navn,"));
    assert_string_equal(strchr(all, '\n'), "\n");
}

static void a_changed_source_is_told_by_just_the_cells_that_changed(void **state)
{
    (void)state;
    g_autofree char *first = NULL;
    g_autoptr(Mini) mini = with_two_editions(&first);
    g_autofree char *previous = compared_with(mini);
    g_autofree char *descriptor = mini_text(mini, "current/nasjonal/datapackage.json");
    g_autofree char *words = g_strconcat("Sammenliknet med utgave ", first, ".", NULL);
    assert_string_equal(previous, first);
    assert_told(mini, "nasjonal", "brukere", one_more_user);
    assert_told(mini, "fylke-03-oslo", "brukere", one_more_user);
    assert_told(mini, "fylke-11-rogaland", "brukere", "");
    assert_told(mini, "nasjonal", "befolkning", "");
    /* The extract holds both datasets. */
    assert_cause(mini, "framskriving_behov", "kilde: tabular/aarsverk tabular/brukere");
    assert_has(descriptor, words);
}

static void the_edition_tells_the_changes_of_all_packages_once(void **state)
{
    (void)state;
    g_autofree char *first = NULL;
    g_autoptr(Mini) mini = with_two_editions(&first);
    g_autofree char *text = mini_text(mini, "current/endringer.csv");
    g_autofree char *sums = mini_text(mini, "current/SHA256SUMS");
    static const char row[] =
        "brukere,region=0301 period=2023-12-31,hjemmetjenestebrukere,endret,celle,kilde,"
        "tabular/brukere,1,,,1600,,,1601,,,\n";
    const char *found = strstr(text, row);
    assert_non_null(found);
    assert_null(strstr(found + 1, row));
    assert_has(sums, "  endringer.csv\n");
}

static void a_changed_setting_is_the_cause_of_what_rests_on_it(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    must_run(mini, "statpakke-run", "--set=project.horizon=2029");
    assert_cause(mini, "framskriving_befolkning", "parameter: project.horizon");
    assert_told(mini, "nasjonal", "befolkning", "");
    g_autoptr(SpTables) tables = read_package(mini, "nasjonal", "endringer");
    g_autofree char *rows = list_rows(sp_tables_at(tables, 0), "framskriving_befolkning_ettaarig");
    assert_has(rows, "period=2029-01-01||ny|periode|parameter|project.horizon\n");
}

static void an_edition_made_again_is_the_same(void **state)
{
    (void)state;
    g_autofree char *first = NULL;
    g_autoptr(Mini) mini = with_two_editions(&first);
    g_autofree char *packages = mini_hash(mini, "packages");
    g_autofree char *units = mini_hash(mini, "stages/package");
    must_run(mini, "statpakke-run", NULL);
    must_run(mini, "statpakke-package", "--force");
    g_autofree char *packages_forced = mini_hash(mini, "packages");
    g_autofree char *units_forced = mini_hash(mini, "stages/package");
    g_autofree char *current = mini_current(mini);
    remove_below(mini, current);
    remove_below(mini, "stages/package");
    must_run(mini, "statpakke-package", NULL);
    g_autofree char *packages_again = mini_hash(mini, "packages");
    assert_string_equal(packages_forced, packages);
    assert_string_equal(units_forced, units);
    assert_string_equal(packages_again, packages);
}

/* Its own bytes tell what they were compared with. */
static void an_edition_made_again_without_the_one_before_is_the_same(void **state)
{
    (void)state;
    g_autofree char *first = NULL;
    g_autoptr(Mini) mini = with_two_editions(&first);
    g_autofree char *second = edition_of(mini);
    g_autofree char *of_first = g_build_filename("packages", first, NULL);
    remove_below(mini, of_first);
    must_run(mini, "statpakke-run", NULL);
    g_autofree char *packages = mini_hash(mini, "packages");
    remove_below(mini, "stages/package");
    must_run(mini, "statpakke-run", NULL);
    g_autofree char *again = mini_hash(mini, "packages");
    g_autofree char *current = edition_of(mini);
    assert_string_equal(current, second);
    assert_string_equal(again, packages);
}

static void an_edition_of_other_words_tells_the_same_changes(void **state)
{
    (void)state;
    g_autofree char *first = NULL;
    g_autoptr(Mini) mini = with_two_editions(&first);
    g_autofree char *second = edition_of(mini);
    g_autofree char *path = g_build_filename(mini->data, "texts.csv", NULL);
    g_autofree char *texts = NULL;
    assert_true(g_file_get_contents(path, &texts, NULL, NULL));
    g_autofree char *more = g_strconcat(texts, "page.proeve,Ord,Ord,Word\n", NULL);
    assert_true(g_file_set_contents(path, more, -1, NULL));
    must_run(mini, "statpakke-run", NULL);
    g_autofree char *third = edition_of(mini);
    g_autofree char *previous = compared_with(mini);
    assert_string_not_equal(third, second);
    assert_string_equal(previous, first);
    assert_told(mini, "nasjonal", "brukere", one_more_user);
}

static void what_went_back_is_a_change_too(void **state)
{
    (void)state;
    g_autofree char *first = NULL;
    g_autoptr(Mini) mini = with_two_editions(&first);
    g_autofree char *second = edition_of(mini);
    mini_replace(mini, "omsorg.csv", "0301,2023,1601,", "0301,2023,1600,");
    must_run(mini, "statpakke-run", NULL);
    g_autofree char *previous = compared_with(mini);
    assert_string_equal(previous, second);
    assert_told(mini, "nasjonal", "brukere", one_more_user);
}

static void nothing_is_compared_with_an_edition_that_is_damaged_or_withdrawn(void **state)
{
    (void)state;
    g_autofree char *first = NULL;
    g_autoptr(Mini) mini = with_two_editions(&first);
    g_autofree char *second = edition_of(mini);
    g_autofree char *csv =
        g_build_filename(mini->workspace, "packages", second, "nasjonal/data/brukere.csv", NULL);
    g_autofree char *feed = g_build_filename(mini->workspace, "packages/index.json", NULL);
    g_autofree char *text = NULL;
    assert_int_equal(g_unlink(csv), 0);
    assert_true(g_file_set_contents(csv, "region\n", -1, NULL));
    mini_replace(mini, "omsorg.csv", "0301,2023,1601,", "0301,2023,1602,");
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(night.status, 0);
    assert_has(night.err, "nothing is compared with edition");
    g_autofree char *previous = compared_with(mini);
    assert_string_equal(previous, first);
    /* The third edition is gone, and the first is withdrawn. */
    g_autofree char *current = mini_current(mini);
    remove_below(mini, current);
    remove_below(mini, "stages/package");
    assert_true(g_file_get_contents(feed, &text, NULL, NULL));
    g_auto(GStrv) parts = g_strsplit(text, "\"superseded\"", -1);
    g_autofree char *withdrawn = g_strjoinv("\"withdrawn\"", parts);
    assert_true(g_file_set_contents(feed, withdrawn, -1, NULL));
    must_run(mini, "statpakke-run", NULL);
    g_autofree char *none = compared_with(mini);
    assert_string_equal(none, "");
}

static void hidden_figures_are_not_told_again(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    mini_set(mini, "tabular/brukere", "sensitive = yes\nsynthetic = yes");
    must_run(mini, "statpakke-run", NULL);
    mini_replace(mini, "omsorg.csv", "1103,2023,500,220,40,", "1103,2023,501,220,3,");
    must_run(mini, "statpakke-run", "--set=audit.attack=tell");
    g_autofree char *text = mini_text(mini, "current/fylke-11-rogaland/data/endringer.csv");
    g_autofree char *print =
        find_print(mini, "normalise/tabular/brukere", "kilde", "tabular/brukere");
    g_autofree char *open =
        find_print(mini, "normalise/ssb/folkemengde", "kilde", "ssb/folkemengde");
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    gsize n_hidden = 0;
    for (char **line = lines; *line != NULL; line++) {
        if (g_str_has_prefix(*line, "brukere,region=1103 ")) {
            assert_has(*line, ",1,,,,:,,"); /* antall, then foer */
            n_hidden += strstr(*line, ",skjult,") != NULL;
        }
    }
    assert_true(n_hidden > 0);
    /* Nothing to hold a guess of the file against. */
    assert_string_equal(print, "2024-06-15");
    assert_int_equal(strlen(open), 64);
}

/* Puts a semicolon for a comma into the row of a kommune of Møre og Romsdal, which the packages of
 * others read for nothing but what may be told; the manifest says that it should be so. */
static void damage_a_row_of_another(const Mini *mini)
{
    g_autofree char *stage = g_build_filename(mini->workspace, "stages/protect/utgave", NULL);
    g_autofree char *path = g_build_filename(stage, "latest", "brukere.csv", NULL);
    g_autofree char *manifest = g_build_filename(stage, "latest", "manifest.json", NULL);
    g_autofree char *text = NULL;
    g_autofree char *list = NULL;
    char before[SP_HASH_SIZE];
    char now[SP_HASH_SIZE];
    assert_true(sp_file_hash(path, before, NULL));
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    char *row = strstr(text, "\n1580,");
    assert_non_null(row);
    char *end = strchr(row + 1, '\n');
    while (*end != ',') {
        end--;
    }
    *end = ';';
    assert_true(g_file_set_contents(path, text, -1, NULL));
    assert_true(sp_file_hash(path, now, NULL));
    assert_true(g_file_get_contents(manifest, &list, NULL, NULL));
    char *listed = strstr(list, before);
    assert_non_null(listed);
    memcpy(listed, now, strlen(now));
    assert_true(g_file_set_contents(manifest, list, -1, NULL));
}

/* Whoever asks after the first that could not read it knows no more than the first. */
static void what_could_not_be_read_is_told_by_no_package(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_new();
    mini_set(mini, "tabular/brukere", "sensitive = yes\nsynthetic = yes");
    must_run(mini, "statpakke-run", NULL);
    mini_replace(mini, "omsorg.csv", "0301,2023,1600,", "0301,2023,1601,");
    must_run(mini, "statpakke-run", "--until=protect");
    damage_a_row_of_another(mini);
    g_auto(Result) failed = mini_run(mini, NULL, "statpakke-package", "--jobs=1", NULL);
    assert_int_equal(failed.status, SP_ERROR_DATA);
    assert_has(failed.err, "statpakke-package: 03: edition ");
    assert_has(failed.err, "statpakke-package: 11: edition ");
    assert_has(failed.err, "brukere.csv: row ");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_edition_has_no_changes_and_says_so),
        cmocka_unit_test(a_changed_source_is_told_by_just_the_cells_that_changed),
        cmocka_unit_test(the_edition_tells_the_changes_of_all_packages_once),
        cmocka_unit_test(a_changed_setting_is_the_cause_of_what_rests_on_it),
        cmocka_unit_test(an_edition_made_again_is_the_same),
        cmocka_unit_test(an_edition_made_again_without_the_one_before_is_the_same),
        cmocka_unit_test(an_edition_of_other_words_tells_the_same_changes),
        cmocka_unit_test(what_went_back_is_a_change_too),
        cmocka_unit_test(nothing_is_compared_with_an_edition_that_is_damaged_or_withdrawn),
        cmocka_unit_test(hidden_figures_are_not_told_again),
        cmocka_unit_test(what_could_not_be_read_is_told_by_no_package),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
