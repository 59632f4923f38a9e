/* The workspace of the StatBank's tests, and how its facts are asked. */
#include "tests/pipeline/statbank.h"

#include "core/io/files.h"
#include "core/io/tablefiles.h"
#include "core/real.h"
#include "core/regions.h"

#include <sys/wait.h>

static const char *const datasets[] = {
    "ssb/befolkningsendring",
    "ssb/framskriving_2026",
    "ssb/framskriving_2024",
    "ssb/aarsverk_utdanning",
    "ssb/aarsverk_utdanning_eldre",
    "ssb/kompetanse",
    "ssb/aarsverk_yrke",
    "ssb/aarsverk_lege_fysioterapeut",
    "ssb/brukere_tjeneste",
    "ssb/brukere_grunnlag",
    "ssb/brukere_fylke",
    "ssb/plasser",
    "ssb/kostra_noekkeltall",
    "ssb/tjenestetimer",
    "ssb/arbeidstid",
    "ssb/helsepersonell_eldre",
    "tabular/helsepersonell",
    "tabular/inntekt",
    "tabular/sykefravaer",
    "kostra/regnskap",
    "kostra/regnskap_kvartal",
};

/* One line of an accounts file; `amount` in 1 000 kroner. g_free. */
#define RECORD(form, year, quarter, region, class, function, art, amount)                          \
    "%-2s%-4s%-1s%-6s%18s%-1s%-4s%-3s%9s", form, year, quarter, region, "", class, function, art,  \
        amount

FakeUpstream *fake;
char *workspace;
static char *folder;

static char now[] = "--now=2026-03-31T12:00:00Z";

void statbank_set_day(const char *day)
{
    assert_true(fake_upstream_set_clock(fake, day));
    g_snprintf(now, sizeof now, "--now=%sT12:00:00Z", day);
}

char *statbank_run(const char *program, int wanted, const char *option, const char *value)
{
    g_autofree char *path = g_build_filename(g_getenv("SP_BIN"), program, NULL);
    const char *arguments[] = {path, "--workspace", workspace, now, option, value, NULL};
    char *err = NULL;
    int status = 0;
    assert_true(g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL,
                             &err, &status, NULL));
    if (!WIFEXITED(status) || WEXITSTATUS(status) != wanted) {
        fail_msg("%s: status %d, want %d: ...%s", program, WEXITSTATUS(status), wanted,
                 err + MAX(0, (gssize)strlen(err) - 700));
    }
    return err;
}

void statbank_run_well(const char *program, const char *option, const char *value)
{
    g_free(statbank_run(program, 0, option, value));
}

void statbank_deliver(const char *text, const char *first, const char *second, const char *name)
{
    g_autofree char *below = g_build_filename(workspace, first, second, NULL);
    g_autofree char *path = g_build_filename(below, name, NULL);
    assert_int_equal(g_mkdir_with_parents(below, 0700), 0);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

void statbank_record(GString *text, const char *year, const char *quarter, const char *region,
                     const char *function, const char *amount)
{
    g_string_append_printf(text, RECORD("0A", year, quarter, region, "1", function, "010", amount));
    g_string_append_c(text, '\n');
}

static void deliver(void)
{
    g_autoptr(GString) yearly = g_string_new(NULL);
    statbank_record(yearly, "2023", "", "030100", "254", "1000");
    statbank_record(yearly, "2023", "", "030100", "253", "400");
    statbank_record(yearly, "2023", "", "030100", "202", "7000");
    statbank_record(yearly, "2023", "", "030100", "222", "30");
    statbank_record(yearly, "2024", "", "030101", "257", "300");
    statbank_record(yearly, "2024", "", "030102", "257", "200");
    statbank_record(yearly, "2024", "", "030101", "258", "700");
    statbank_record(yearly, "2023", "", "150700", "254", "500");
    statbank_record(yearly, "2024", "", "460100", "253", "-12");
    g_string_truncate(yearly, yearly->len - 1); /* the last record may lack its end */
    g_autoptr(GString) quarterly = g_string_new(NULL);
    statbank_record(quarterly, "2024", "3", "110300", "253", "90");
    statbank_record(quarterly, "2024", "3", "110300", "254", "80");
    statbank_deliver(yearly->str, "inbox", "kostra", "regnskap-aar-2024.txt");
    statbank_deliver(quarterly->str, "inbox", "kostra", "regnskap-kvartal-2024.txt");
    statbank_deliver("kommune;profesjon;sektor;alder;kjonn;aar;sysselsatte;aarsverk\n"
                     "0301;sykepleier;kommune;20-24;2;2024;12;10,5\n"
                     "0301;sykepleier;utenfor_helse;20-24;2;2024;:;:\n",
                     "inbox", "tabular", "helsepersonell-2024.csv");
    statbank_deliver(
        "kommune;aar;median_inntekt_etter_skatt;lavinntekt_pct\n0301;2024;600000;11,5\n", "inbox",
        "tabular", "inntekt-2024.csv");
    statbank_deliver(
        "kommune;naering;kjonn;kvartal;avtalte_dagsverk;tapte_dagsverk_lege;sykefravaer_lege_pct\n"
        "0301;86-88;0;2024K2;1000;83;8,3\n",
        "inbox", "tabular", "sykefravaer-2024K2.csv");
}

/* The demo's datasets that no fake plays, groups of kommuner first, with their files where they
 * lie. */
static void append_demo(GString *text)
{
    g_autofree char *demo = NULL;
    assert_true(g_file_get_contents(SP_SOURCE_FOLDER "/config/demo.conf", &demo, NULL, NULL));
    const char *from = strstr(demo, "[tabular/kostragrupper]");
    assert_non_null(from);
    g_auto(GStrv) parts = g_strsplit(from, "url = demo/", -1);
    g_autofree char *whole = g_strjoinv("url = " SP_SOURCE_FOLDER "/config/demo/", parts);
    g_string_append(text, whole);
    g_string_append_c(text, '\n');
}

static char *configuration(void)
{
    g_autoptr(GString) text = g_string_new("[fetch]\ndatasets = klass/kommuner, klass/endringer, "
                                           "tabular/kostragrupper, ssb/folkemengde, "
                                           "tabular/doedelighet, tabular/fruktbarhet, "
                                           "tabular/brukere, tabular/aarsverk");
    for (gsize i = 0; i < G_N_ELEMENTS(datasets); i++) {
        g_string_append_printf(text, ", %s", datasets[i]);
    }
    g_autofree char *host = fake_upstream_address(fake, FAKE_SSB2);
    g_autofree char *klass = fake_upstream_address(fake, FAKE_KLASS);
    g_string_append_printf(text,
                           "\n[klass/kommuner]\nhost = %s\n[klass/endringer]\nhost = %s\n"
                           "[ssb/folkemengde]\nhost = %s\n"
                           "[normalise]\nregion_groups = tabular/kostragrupper\n"
                           "[project]\nhorizon = 2030\n",
                           klass, klass, host);
    append_demo(text);
    for (gsize i = 0; i < G_N_ELEMENTS(datasets); i++) {
        if (g_str_has_prefix(datasets[i], "ssb/")) {
            g_string_append_printf(text, "[%s]\nhost = %s\n", datasets[i], host);
        }
        if (g_str_has_prefix(datasets[i], "ssb/framskriving")) {
            /* The whole is asked for in parts; here a part of it. */
            g_string_append(text, "query = Region=* Kjonn=1,2 Alder=080,105+ Framskriv=* "
                                  "ContentsCode=Personer Tid=2026,2030\n");
        }
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

int statbank_set_up(void **state)
{
    (void)state;
    fake = fake_start();
    fake_upstream_set_rate2(fake, 0, 60);
    folder = g_dir_make_tmp("statpakke-statbank-XXXXXX", NULL);
    workspace = g_build_filename(folder, "workspace", NULL);
    g_autofree char *conf = g_build_filename(folder, "test.conf", NULL);
    g_autofree char *text = configuration();
    assert_true(g_file_set_contents(conf, text, -1, NULL));
    statbank_run_well("statpakke-init", "--config", conf);
    deliver();
    statbank_run_well("statpakke-fetch", NULL, NULL);
    statbank_run_well("statpakke-normalise", NULL, NULL);
    return 0;
}

int statbank_tear_down(void **state)
{
    (void)state;
    fake_upstream_stop(fake);
    (void)sp_folder_remove(folder, NULL);
    g_free(folder);
    g_free(workspace);
    return 0;
}

/* The facts of a dataset. */
SpTables *statbank_facts(const char *dataset)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *link =
        g_build_filename(workspace, "stages", "normalise", dataset, "latest", NULL);
    g_autofree char *key = sp_link_read(link);
    if (key == NULL) {
        fail_msg("%s was not made", dataset);
    }
    g_autofree char *made = g_build_filename(workspace, "stages", "normalise", dataset, key, NULL);
    SpTables *tables = sp_tables_read(made, NULL, &error);
    assert_no_error(error);
    return tables;
}

/* "yrke=sykepleier period=2024": whether a row has all these codes. */
gboolean statbank_is_of(const SpTable *table, gsize row, const char *codes)
{
    g_auto(GStrv) pairs = g_strsplit(codes, " ", -1);
    for (char **pair = pairs; *pair != NULL; pair++) {
        g_auto(GStrv) parts = g_strsplit(*pair, "=", 2);
        gsize column = sp_table_find(table, parts[0]);
        assert_true(column != SP_NO_COLUMN);
        if (strcmp(sp_table_code(table, row, column), parts[1]) != 0) {
            return FALSE;
        }
    }
    return TRUE;
}

gsize statbank_measure(const SpTable *table, const char *measure)
{
    gsize column = sp_table_find(table, measure);
    if (column == SP_NO_COLUMN) {
        fail_msg("table %s has no %s", sp_table_name(table), measure);
    }
    return column;
}

/* The one figure with these codes. */
SpReal statbank_figure(const SpTable *table, const char *measure, const char *codes)
{
    gsize column = statbank_measure(table, measure);
    SpReal found = sp_real_none(SP_MISSING);
    gsize n = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (statbank_is_of(table, row, codes)) {
            found = sp_table_real(table, row, column);
            n++;
        }
    }
    if (n != 1) {
        fail_msg("%zu rows of %s with %s", n, sp_table_name(table), codes);
    }
    return found;
}

/* Sum over the kommuner with these codes. */
double statbank_sum(const SpTable *table, const char *measure, const char *codes)
{
    gsize column = statbank_measure(table, measure);
    gsize region = sp_table_find(table, "region");
    double sum = 0;
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        gboolean is_kommune =
            sp_region_kind(sp_table_code(table, row, region)) == SP_REGION_KOMMUNE;
        sum += is_kommune && statbank_is_of(table, row, codes)
                   ? sp_table_real(table, row, column).value
                   : 0;
    }
    return sum;
}

/* Sum of all figures that the fake answers with, signs left out. */
double statbank_answered(const char *query)
{
    g_autofree char *path = g_strconcat(FAKE_SSB2 "tables/", query, NULL);
    g_autoptr(json_t) json = get_json(fake, path);
    const json_t *values = json_object_get(json, "value");
    double sum = 0;
    assert_true(json_array_size(values) > 0);
    for (gsize i = 0; i < json_array_size(values); i++) {
        sum += value_at(json, i);
    }
    return sum;
}
