/* The attack on an edition: what one package hides and another shows. */
#include "tests/check.h"
#include "tests/pipeline/mini.h"

#include "core/io/files.h"
#include "core/io/json.h"
#include "outputs/archive/sums.h"

#include <glib/gstdio.h>

static char *edition_name(const Mini *mini)
{
    g_autofree char *packages = g_build_filename(mini->workspace, "packages", NULL);
    g_auto(GStrv) names = sp_folder_list(packages, NULL);
    for (char **name = names; *name != NULL; name++) {
        if (g_str_has_prefix(*name, "20")) {
            return g_strdup(*name);
        }
    }
    fail_msg("no edition in %s", packages);
    return NULL;
}

/* The edition shares its files with the stage by hard links, which are left as they are. */
static void write_anew(const char *path, const char *text)
{
    assert_int_equal(g_unlink(path), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static void replace_in(const char *path, const char *old, const char *new)
{
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(path, &text, NULL, NULL));
    const char *at = strstr(text, old);
    assert_non_null(at);
    g_autofree char *made =
        g_strdup_printf("%.*s%s%s", (int)(at - text), text, new, at + strlen(old));
    write_anew(path, made);
}

/* Nothing is signed, so that an edition can be altered as one who makes it could. */
static Mini *mini_unsigned(void)
{
    Mini *mini = mini_new();
    g_autofree char *settings = NULL;
    assert_true(g_file_get_contents(mini->conf, &settings, NULL, NULL));
    g_autofree char *unsigned_ones =
        g_strconcat(settings, "\n[signature]\nkey_file = none\n", NULL);
    assert_true(g_file_set_contents(mini->conf, unsigned_ones, -1, NULL));
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(night.status, 0);
    return mini;
}

/* After Rogaland's package has been altered. */
static void sum_anew(const char *edition)
{
    g_autofree char *package = g_build_filename(edition, "fylke-11-rogaland", NULL);
    assert_true(sp_sums_write(package, SP_MODE_PUBLIC_FILE, NULL));
    assert_true(sp_sums_write(edition, SP_MODE_PUBLIC_FILE, NULL));
}

/* Leaves of Rogaland's package the tables alone. */
static void remove_formats(const char *edition)
{
    g_autofree char *package = g_build_filename(edition, "fylke-11-rogaland", NULL);
    g_auto(GStrv) files = sp_folder_walk(package, NULL);
    for (char **file = files; *file != NULL; file++) {
        g_autofree char *path = g_build_filename(package, *file, NULL);
        if (g_str_has_suffix(*file, ".html") || g_str_has_suffix(*file, ".xlsx")) {
            assert_int_equal(g_unlink(path), 0);
        }
    }
    sum_anew(edition);
}

/* Hides Rogaland's first figure in its own package; nasjonal shows it. */
static void hide_in_one_package(const char *edition)
{
    g_autofree char *package = g_build_filename(edition, "fylke-11-rogaland", NULL);
    g_autofree char *csv = g_build_filename(package, "data", "brukere.csv", NULL);
    g_autofree char *descriptor = g_build_filename(package, "datapackage.json", NULL);
    g_autofree char *text = NULL;
    assert_true(g_file_get_contents(csv, &text, NULL, NULL));
    const char *row = strchr(text, '\n') + 1;
    g_auto(GStrv) fields = g_strsplit(row, ",", 4);
    /* region, period, hjemmetjenestebrukere, its status and flags */
    g_autofree char *old = g_strdup_printf("%s,%s,%s,,", fields[0], fields[1], fields[2]);
    g_autofree char *new = g_strdup_printf("%s,%s,,:,", fields[0], fields[1]);
    replace_in(csv, old, new);
    const gsize size = strlen(text);
    g_autofree char *size_before = g_strdup_printf("\"bytes\": %" G_GSIZE_FORMAT, size);
    g_autofree char *size_now =
        g_strdup_printf("\"bytes\": %" G_GSIZE_FORMAT, size - strlen(old) + strlen(new));
    replace_in(descriptor, size_before, size_now);
    sum_anew(edition);
}

/* Makes the table of users one that something is known of. */
static void name_users(const Mini *mini)
{
    g_autofree char *path = g_build_filename(mini->data, "avledet.csv", NULL);
    replace_in(path, "\nalder_og_stabilitet,",
               "\nbrukere,andel,teller,nevner\nalder_og_stabilitet,");
}

static json_t *read_report(const Mini *mini, const char *edition)
{
    g_autofree char *folder = g_build_filename(mini->workspace, "stages", "audit", edition, NULL);
    g_autofree char *path = g_build_filename(folder, "latest", "rapport.json", NULL);
    g_autoptr(GError) error = NULL;
    json_t *report = sp_json_read(path, 1048576, &error);
    assert_no_error(error);
    return report;
}

static json_int_t count(const json_t *report, const char *what)
{
    return json_integer_value(json_object_get(json_object_get(report, "attack"), what));
}

static void an_edition_without_sammenheng_is_attacked_by_ratios_alone(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *edition = edition_name(mini);
    g_autoptr(json_t) report = read_report(mini, edition);
    assert_true(json_is_false(json_object_get(json_object_get(report, "attack"), "sums_known")));
    assert_int_equal(count(report, "derived"), 0);
    assert_true(json_is_true(json_object_get(report, "passed")));
}

static void what_another_package_shows_is_told_or_refused(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_unsigned();
    g_autofree char *name = edition_name(mini);
    g_autofree char *edition = g_build_filename(mini->workspace, "packages", name, NULL);
    hide_in_one_package(edition);
    remove_formats(edition);
    name_users(mini);
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-audit", "--set=audit.attack=tell", NULL);
    assert_int_equal(told.status, 0);
    assert_has(told.err, "brukere hjemmetjenestebrukere region=11");
    assert_has(told.err, "another table or package shows it");
    g_autoptr(json_t) report = read_report(mini, name);
    assert_int_equal(count(report, "derived"), 1);
    assert_int_equal(count(report, "narrow"), 0);
    assert_int_equal(count(report, "not_attacked"), 0);
    const json_t *findings = json_object_get(json_object_get(report, "attack"), "findings");
    assert_int_equal(json_array_size(findings), 1);
    assert_string_equal(json_string_value(json_object_get(json_array_get(findings, 0), "what")),
                        "derived");
    assert_true(json_is_false(json_object_get(report, "passed")));
    g_auto(Result) unpublished = mini_run(mini, NULL, "statpakke-publish", NULL);
    assert_int_equal(unpublished.status, SP_ERROR_DATA);
    assert_has(unpublished.err, "has not passed the audit");
    g_auto(Result) refused = mini_run(mini, NULL, "statpakke-audit", NULL);
    assert_int_equal(refused.status, SP_ERROR_DATA);
    assert_has(refused.err, "brukere hjemmetjenestebrukere region=11");
}

/* Whatever audit.attack says. */
static void what_workbook_and_page_still_show_is_refused(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_unsigned();
    g_autofree char *name = edition_name(mini);
    g_autofree char *edition = g_build_filename(mini->workspace, "packages", name, NULL);
    hide_in_one_package(edition);
    g_auto(Result) refused = mini_run(mini, NULL, "statpakke-audit", NULL);
    assert_int_equal(refused.status, SP_ERROR_DATA);
    assert_has(refused.err, "fylke-11-rogaland");
    assert_has(refused.err, "statistikkpakke.xlsx: brukere: ");
}

static void an_answer_that_is_none_is_refused(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    static const char *const settings[] = {"audit.attack", "audit.editions"};
    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
        g_autofree char *set = g_strdup_printf("--set=%s=maybe", settings[i]);
        g_autofree char *wanted = g_strdup_printf("%s = maybe: want refuse or tell", settings[i]);
        g_auto(Result) audit = mini_run(mini, NULL, "statpakke-audit", set, NULL);
        assert_int_equal(audit.status, SP_ERROR_CONFIG);
        assert_has(audit.err, wanted);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_edition_without_sammenheng_is_attacked_by_ratios_alone),
        cmocka_unit_test(what_another_package_shows_is_told_or_refused),
        cmocka_unit_test(what_workbook_and_page_still_show_is_refused),
        cmocka_unit_test(an_answer_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
