/* The record for catalogues: what DCAT-AP-NO asks for, and texts that would break it. */
#include "tests/check.h"
#include "tests/outputs/package.h"

#include "core/io/files.h"

#include <glib/gstdio.h>

#include <sys/wait.h>
#include <time.h>

extern const SpOutput sp_output_dcat;
extern const SpOutput sp_output_datapackage;

/* The record of a package whose data are there. g_free. */
static char *record_of(const SpPackage *package)
{
    g_autoptr(GError) error = NULL;
    char *folder = sp_test_write(&sp_output_datapackage, package, NULL);
    char *own = sp_test_write(&sp_output_dcat, package, NULL);
    g_autofree char *from = g_build_filename(own, "dcat.ttl", NULL);
    assert_int_equal(g_unlink(from), 0);
    g_autoptr(SpConfig) config = sp_test_config(NULL);
    g_autoptr(SpSettings) settings = sp_settings_new(config, "package", sp_output_dcat.config_keys,
                                                     sp_output_dcat.n_config_keys);
    assert_true(sp_output_dcat.write(package, settings, folder, &error));
    assert_no_error(error);
    char *text = sp_test_file(folder, "dcat.ttl", NULL);
    sp_test_folder_remove(own);
    sp_test_folder_remove(folder);
    return text;
}

static void all_that_the_profile_requires_is_told(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) made = sp_test_package_new("nn");
    made->package.notices += 2; /* none */
    g_autofree char *text = record_of(&made->package);
    static const char *const parts[] = {
        "<#datasett>\n\trdf:type dcat:Dataset ;",
        "dct:title \"Statistikkpakke for helse- og omsorgstjenesten: Trøndelag\"@nb",
        "\"Statistikkpakke for helse- og omsorgstenesta: Trøndelag\"@nn",
        "dct:description \"",
        "dct:publisher <https://data.example.no/prove>",
        "<https://data.example.no/prove>\n\trdf:type foaf:Agent ;\n\tfoaf:name \"Prøveetaten\"@nb",
        "dcat:contactPoint _:kontakt",
        "vcard:hasEmail <mailto:post@example.no>",
        "dcat:theme <http://publications.europa.eu/resource/authority/data-theme/HEAL>",
        "dct:spatial _:sted",
        "dct:identifier \"50\"",
        "dcat:startDate \"",
        "dcat:endDate \"",
        "dct:language <http://publications.europa.eu/resource/authority/language/NNO>",
        "dct:accessRights <http://publications.europa.eu/resource/authority/access-right/PUBLIC>",
        "dct:modified \"2026-02-25\"^^xsd:date",
        "dcat:distribution <#data/aarsverk.csv> ,\n\t\t<#data/befolkning.csv>",
        "dcat:downloadURL <data/befolkning.csv>",
        "dct:format <http://publications.europa.eu/resource/authority/file-type/CSV>",
        "dcat:mediaType <https://www.iana.org/assignments/media-types/text/csv>",
        "dct:license <http://publications.europa.eu/resource/authority/licence/CC_BY_4_0>",
        "dcat:byteSize \"",
        "spdx:algorithm spdx:checksumAlgorithm_sha256",
        "rdf:type dct:ProvenanceStatement"};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        assert_has(text, parts[i]);
    }
}

/* Sets what a source (by its place in `kilder`) lends its figures by. */
static void set_terms(SpTestPackage *made, gsize source, const char *terms)
{
    SpTable *sources = sp_tables_find(made->tables, "kilder");
    sp_table_set_code(sources, source, sp_table_find(sources, "lisens"), terms);
}

/* The first source is the one of befolkning; of aarsverk no source is known. */
static void what_is_lent_by_agreement_has_no_open_licence(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) made = sp_test_package_new("nb");
    set_terms(made, 0, "Etter avtale med KS");
    g_autofree char *text = record_of(&made->package);
    const char *one = strstr(text, "<#data/befolkning.csv>\n\trdf:type");
    const char *all = strstr(text, "<#data/aarsverk.csv>\n\trdf:type");
    assert_true(one != NULL && all != NULL && all < one);
    assert_null(strstr(text, "dct:license"));
    assert_has(text, "dct:rights <#data/befolkning.csv-rettigheter>");
    assert_has(text, "rdfs:label \"SSB: Etter avtale med KS\"@nb");
    assert_has(text, "rdfs:label \"SSB: Etter avtale med KS; SSB: CC BY 4.0\"@nb");
    assert_has(text, "rdf:type dct:RightsStatement");
}

static void the_checksum_is_that_of_the_file(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) made = sp_test_package_new("nb");
    char *folder = sp_test_write(&sp_output_datapackage, &made->package, NULL);
    char hex[SP_HASH_SIZE];
    g_autofree char *path = g_build_filename(folder, "data", "befolkning.csv", NULL);
    g_autofree char *text = record_of(&made->package);
    assert_true(sp_file_hash(path, hex, NULL));
    g_autofree char *wanted = g_strdup_printf("spdx:checksumValue \"%s\"^^xsd:hexBinary", hex);
    assert_has(text, wanted);
    sp_test_folder_remove(folder);
}

static void what_is_not_for_publishing_is_not_public(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) made = sp_test_package_new("nb");
    g_autofree char *text = record_of(&made->package);
    assert_has(text, "access-right/NON_PUBLIC>");
    assert_has(text, "SYNTETISKE DATA");
}

static void same_package_same_bytes_in_any_time_zone(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) made = sp_test_package_new("nb");
    g_autofree char *one = record_of(&made->package);
    assert_true(g_setenv("TZ", "America/St_Johns", TRUE));
    tzset();
    g_autofree char *two = record_of(&made->package);
    assert_true(g_setenv("TZ", "UTC", TRUE));
    tzset();
    assert_string_equal(one, two);
}

static void a_publisher_without_a_uri_is_a_config_error(void **state)
{
    (void)state;
    g_autoptr(SpTestPackage) made = sp_test_package_new("nb");
    g_autoptr(GError) error =
        sp_test_write_fails(&sp_output_dcat, &made->package, "publisher.uri=www.example.no");
    assert_error(error, SP_ERROR_CONFIG, "publisher.uri");
}

/* Among the sources stand hostile titles and pages. */
static void rapper_reads_the_record(void **state)
{
    (void)state;
    g_autofree char *program = g_find_program_in_path("rapper");
    if (program == NULL) {
        fprintf(stderr, "SKIPPED %s: no rapper here, so nobody else has read the record\n",
                __func__);
        return;
    }
    g_autoptr(SpTestPackage) made = sp_test_package_new("nb");
    g_autofree char *text = record_of(&made->package);
    g_autofree char *folder = g_dir_make_tmp("sp-dcat-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "dcat.ttl", NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
    const char *const arguments[] = {"rapper", "-q", "-i", "turtle", "-o", "ntriples", path, NULL};
    g_autofree char *out = NULL;
    g_autofree char *err = NULL;
    int status = 0;
    assert_true(g_spawn_sync(NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &out,
                             &err, &status, NULL));
    assert_string_equal(err, "");
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_has(out, "<http://www.w3.org/ns/dcat#Dataset>");
    assert_true(sp_folder_remove(folder, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_that_the_profile_requires_is_told),
        cmocka_unit_test(what_is_lent_by_agreement_has_no_open_licence),
        cmocka_unit_test(the_checksum_is_that_of_the_file),
        cmocka_unit_test(what_is_not_for_publishing_is_not_public),
        cmocka_unit_test(same_package_same_bytes_in_any_time_zone),
        cmocka_unit_test(a_publisher_without_a_uri_is_a_config_error),
        cmocka_unit_test(rapper_reads_the_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
