/* A made-up KPR file of 20 000 claims of 3 000 persons, held against an independent count at every
 * margin; 5030 Klæbu was merged since, 1850 Tysfjord divided. */
#include "tests/extractors/recount.h"
#include "tests/seed.h"
#include "tests/transforms/normalise/facts.h"

enum { N_PERSONS = 3000, N_CLAIMS = 20000, N_KOMMUNER = 6, N_KINDS = 6 };

static const struct {
    const char *code;
    const char *targets[2];
    const char *fylke;
} kommuner[N_KOMMUNER] = {{"0301", {"0301"}, "03"}, {"0101", {"3101"}, "31"},
                          {"5001", {"5001"}, "50"}, {"5030", {"5001"}, "50"},
                          {"1805", {"1806"}, "18"}, {"1850", {"1806/", "1875/"}, "18"}};
static const struct {
    const char *practice;
    const char *group; /* NULL: none */
    const char *tariffs;
    const char *type; /* NULL: left out */
} kinds[N_KINDS] = {
    {"FALE", "fastlege", "2dd 2ad", "konsultasjon"}, {"FALE", "fastlege", "1bd", "enkel_kontakt"},
    {"LEVA", "legevakt", "1ad 2fk", "konsultasjon"}, {"FY", NULL, "A1a", "behandling"},
    {"FATU", "fastlege", "2cd", "uten_kontakttype"}, {"FALE", "fastlege", "9zz", NULL}};
static const struct {
    const char *code;
    int first;
    int last;
} bands[] = {{"000-005", 0, 5},   {"006-015", 6, 15},  {"016-044", 16, 44},
             {"045-066", 45, 66}, {"067-079", 67, 79}, {"080-105", 80, 120}};

typedef struct {
    int person;
    int kommune;
    int provider;
    int kind;
    int refund; /* øre */
    int share;
} Claim;

typedef struct {
    int born[N_PERSONS];
    int sex[N_PERSONS];
    int home[N_PERSONS];
    Claim claims[N_CLAIMS];
    guint64 n_wrong;
    char *csv;
    char *xml;
    SpRegions *regions;
    guint64 seed;
} File;

static void write_claim(File *file, GString *csv, GString *xml, const Claim *claim)
{
    int person = claim->person;
    int day = seed_next(&file->seed, 28) + 1;
    const char *home = kommuner[claim->kommune].code;
    const char *provider = kommuner[claim->provider].code;
    g_string_append_printf(csv, "2019-03-%02d;person-%04d;%s;%s;%d;%d;%s;%s;A01;%d,%02d;%d,%02d\n",
                           day, person, home, provider, file->born[person], file->sex[person],
                           kinds[claim->kind].practice, kinds[claim->kind].tariffs,
                           claim->refund / 100, claim->refund % 100, claim->share / 100,
                           claim->share % 100);
    g_string_append_printf(
        xml,
        "<regning dato=\"2019-03-%02d\" pasient=\"person-%04d\" kommune=\"%s\" "
        "behandler_kommune=\"%s\" foedselsaar=\"%d\" kjonn=\"%d\" praksistype=\"%s\" "
        "takster=\"%s\" diagnose=\"A01\" refusjon=\"%d.%02d\" egenandel=\"%d.%02d\"/>\n",
        day, person, home, provider, file->born[person], file->sex[person],
        kinds[claim->kind].practice, kinds[claim->kind].tariffs, claim->refund / 100,
        claim->refund % 100, claim->share / 100, claim->share % 100);
}

static int setup(void **state)
{
    File *file = g_new0(File, 1);
    file->seed = 9;
    file->regions = small_regions();
    for (int i = 0; i < N_PERSONS; i++) {
        file->born[i] = 1905 + seed_next(&file->seed, 115);
        file->sex[i] = 1 + seed_next(&file->seed, 2);
        file->home[i] = seed_next(&file->seed, N_KOMMUNER);
    }
    g_autoptr(GString) csv =
        g_string_new("dato;pasient;kommune;behandler_kommune;foedselsaar;kjonn;praksistype;takster;"
                     "diagnose;refusjon;egenandel\n");
    g_autoptr(GString) xml = g_string_new("<kpr>\n");
    for (int i = 0; i < N_CLAIMS; i++) {
        Claim *claim = &file->claims[i];
        claim->person = seed_next(&file->seed, N_PERSONS);
        /* Some move within the year. */
        claim->kommune = seed_next(&file->seed, 10) > 0 ? file->home[claim->person]
                                                        : seed_next(&file->seed, N_KOMMUNER);
        claim->provider = seed_next(&file->seed, N_KOMMUNER);
        claim->kind =
            seed_next(&file->seed, 50) == 0 ? N_KINDS - 1 : seed_next(&file->seed, N_KINDS - 1);
        claim->refund = seed_next(&file->seed, 100000);
        claim->share = seed_next(&file->seed, 30000);
        file->n_wrong += kinds[claim->kind].type == NULL ? 1 : 0;
        write_claim(file, csv, xml, claim);
    }
    g_string_append(xml, "</kpr>\n");
    file->csv = g_strdup(csv->str);
    file->xml = g_strdup(xml->str);
    *state = file;
    return 0;
}

static int teardown(void **state)
{
    File *file = *state;
    sp_regions_free(file->regions);
    g_free(file->csv);
    g_free(file->xml);
    g_free(file);
    return 0;
}

static RecountCodes regions_of(int kommune)
{
    RecountCodes all = {{NULL}};
    gsize n = 0;
    for (gsize i = 0; i < 2 && kommuner[kommune].targets[i] != NULL; i++) {
        all.codes[n++] = kommuner[kommune].targets[i];
    }
    all.codes[n++] = kommuner[kommune].fylke;
    all.codes[n] = "0";
    return all;
}

static RecountCodes ages_of(const File *file, int person)
{
    int age = 2019 - file->born[person];
    for (gsize i = 0; i < G_N_ELEMENTS(bands); i++) {
        if (bands[i].first <= age && age <= bands[i].last) {
            return (RecountCodes){{bands[i].code, "000-105"}};
        }
    }
    fail_msg("no band");
    return (RecountCodes){{NULL}};
}

static void check(const File *file, const char *layout, const char *text, gboolean is_provider)
{
    const RecountForm form = {
        .dimensions = {"region", "kontakttype", "praksistype", "alder", "kjonn"},
        .persons = "personer",
        .rows = "kontakter",
        .amounts = {"refusjon_kr", "egenandel_kr"},
        .scale = 100};
    guint64 n_left_out = 0;
    g_autoptr(SpTable) table =
        recount_table("kpr", layout, "aar = 2019\n", file->regions, text, &n_left_out);
    g_autoptr(Recount) recount = recount_new(N_PERSONS, 5);
    for (int i = 0; i < N_CLAIMS; i++) {
        const Claim *claim = &file->claims[i];
        if (kinds[claim->kind].type == NULL) {
            continue;
        }
        const RecountCodes codes[] = {
            regions_of(is_provider ? claim->provider : claim->kommune),
            (RecountCodes){{kinds[claim->kind].type, "tot"}},
            (RecountCodes){{kinds[claim->kind].practice, "tot", kinds[claim->kind].group}},
            ages_of(file, claim->person),
            (RecountCodes){{file->sex[claim->person] == 1 ? "1" : "2", "0"}}};
        recount_add(recount, codes, (gsize)claim->person, (gint64[]){claim->refund, claim->share});
    }
    recount_check(recount, table, &form);
    assert_int_equal(n_left_out, file->n_wrong);
    assert_true(file->n_wrong > 100);
}

static void claims_by_the_patients_kommune(void **state)
{
    const File *file = *state;
    check(file, "kpr_kontakter", file->csv, FALSE);
}

static void claims_by_the_providers_kommune(void **state)
{
    const File *file = *state;
    check(file, "kpr_kontakter_behandler", file->csv, TRUE);
}

static void claims_from_xml_are_the_same(void **state)
{
    const File *file = *state;
    check(file, "kpr_kontakter", file->xml, FALSE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(claims_by_the_patients_kommune),
        cmocka_unit_test(claims_by_the_providers_kommune),
        cmocka_unit_test(claims_from_xml_are_the_same),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
