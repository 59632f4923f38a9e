/*
 * dcat.ttl: the package as a dataset of DCAT-AP-NO, for catalogues such as data.norge.no. Its URIs
 * are relative to where it lies, which the package does not know; words of vocabularies are data
 * (config/dcat.csv).
 */
#include "outputs/credits.h"
#include "outputs/dcat/distribution.h"
#include "outputs/words.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/period.h"

#include <string.h>

#define FILE_NAME "dcat.ttl"
#define DATASET "#datasett"

static const SpPrefix prefixes[] = {
    {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
    {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
    {"xsd", "http://www.w3.org/2001/XMLSchema#"},
    {"dcat", "http://www.w3.org/ns/dcat#"},
    {"dct", "http://purl.org/dc/terms/"},
    {"foaf", "http://xmlns.com/foaf/0.1/"},
    {"vcard", "http://www.w3.org/2006/vcard/ns#"},
    {"spdx", "http://spdx.org/rdf/terms#"},
};

enum { NAME, URI, CONTACT_NAME, CONTACT_EMAIL, N_TEXTS };
static const char *const config_keys[] = {
    [NAME] = "publisher.name",
    [URI] = "publisher.uri",
    [CONTACT_NAME] = "publisher.contact_name",
    [CONTACT_EMAIL] = "publisher.contact_email",
};

static const char *const languages[] = {"nb", "nn", "en"};

/* All that the record says is read before it is written. */
typedef struct {
    const SpPackage *package;
    const SpWords *words;
    const char *texts[N_TEXTS];
    SpTurtle *turtle;
} Record;

static void put_all_languages(const Record *record, const char *predicate, const char *id,
                              const char *more)
{
    for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
        g_autofree char *text =
            g_strconcat(sp_texts_find(record->package->texts, id, languages[i]), more, NULL);
        g_autofree char *clean = sp_words_clean(text);
        sp_turtle_put_text(record->turtle, predicate, clean, languages[i]);
    }
}

static void put_word(const Record *record, const char *predicate, const char *kind,
                     const char *code)
{
    const char *uri = sp_dcat_find(record->package, kind, code);
    if (uri != NULL) {
        sp_turtle_put(record->turtle, predicate, uri);
    }
}

static gboolean is_restricted(const SpPackage *package)
{
    return g_strv_contains(package->notices, "notice.ikke_for_publisering");
}

/* ---- the time that the figures are of ---- */

typedef struct {
    SpDay first, last; /* 0: no figure has a period */
} Span;

static void extend(Span *span, const char *code)
{
    SpPeriod period;
    if (!sp_period_parse(code, &period)) {
        return;
    }
    span->first = span->first == 0 ? period.first : MIN(span->first, period.first);
    span->last = MAX(span->last, period.last);
}

/* Codes that a dictionary has and no row are of other packages. */
static void add_column(const SpTable *table, gsize column, Span *span)
{
    g_autofree gboolean *is_seen =
        g_new0(gboolean, (gsize)sp_codes_size(sp_table_codes(table, column)) + 1);
    const guint32 *numbers = sp_table_code_numbers_const(table, column);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (!is_seen[numbers[row]]) {
            is_seen[numbers[row]] = TRUE;
            extend(span, sp_table_code(table, row, column));
        }
    }
}

static void put_temporal(const Record *record)
{
    Span span = {0, 0};
    char first[SP_DAY_SIZE], last[SP_DAY_SIZE];
    for (gsize i = 0; i < sp_tables_size(record->package->tables); i++) {
        const SpTable *table = sp_tables_at(record->package->tables, i);
        for (gsize column = 0; column < sp_table_n_columns(table); column++) {
            if (sp_words_is_period(sp_table_column(table, column))) {
                add_column(table, column, &span);
            }
        }
    }
    if (span.first == 0) {
        return;
    }
    sp_turtle_put(record->turtle, "dct:temporal", "_:tid");
    sp_turtle_about(record->turtle, "_:tid");
    sp_turtle_put_name(record->turtle, "rdf:type", "dct:PeriodOfTime");
    sp_turtle_put_typed(record->turtle, "dcat:startDate", sp_day_format(span.first, first),
                        "xsd:date");
    sp_turtle_put_typed(record->turtle, "dcat:endDate", sp_day_format(span.last, last), "xsd:date");
    sp_turtle_about(record->turtle, DATASET);
}

/* ---- the dataset ---- */

static void put_dataset(const Record *record)
{
    SpTurtle *turtle = record->turtle;
    const SpPackage *package = record->package;
    const char *day = sp_words_edition_day(record->words);
    g_autofree char *title = g_strconcat(": ", package->title, NULL);
    sp_turtle_about(turtle, DATASET);
    sp_turtle_put_name(turtle, "rdf:type", "dcat:Dataset");
    sp_turtle_put_text(turtle, "dct:identifier", package->name, NULL);
    put_all_languages(record, "dct:title", "page.package", title);
    for (gsize i = 0; package->notices[i] != NULL; i++) {
        put_all_languages(record, "dct:description", package->notices[i], NULL);
    }
    put_all_languages(record, "dct:description", "page.about", NULL);
    sp_turtle_put_text(turtle, "dcat:version", package->edition, NULL);
    sp_turtle_put_typed(turtle, "dct:issued", day, "xsd:date");
    sp_turtle_put_typed(turtle, "dct:modified", day, "xsd:date");
    put_word(record, "dct:language", "language", package->language);
    put_word(record, "dcat:theme", "theme", "health");
    put_word(record, "dct:accessRights", "access",
             is_restricted(package) ? "restricted" : "public");
    put_word(record, "dct:accrualPeriodicity", "frequency", "irregular");
    sp_turtle_put(turtle, "dct:publisher", record->texts[URI]);
    sp_turtle_put(turtle, "dcat:contactPoint", "_:kontakt");
    sp_turtle_put(turtle, "dct:spatial", "_:sted");
    put_temporal(record);
}

static void put_people(const Record *record)
{
    SpTurtle *turtle = record->turtle;
    g_autofree char *address = g_strconcat("mailto:", record->texts[CONTACT_EMAIL], NULL);
    sp_turtle_about(turtle, record->texts[URI]);
    sp_turtle_put_name(turtle, "rdf:type", "foaf:Agent");
    sp_turtle_put_text(turtle, "foaf:name", record->texts[NAME], "nb");
    sp_turtle_about(turtle, "_:kontakt");
    sp_turtle_put_name(turtle, "rdf:type", "vcard:Organization");
    sp_turtle_put_text(turtle, "vcard:fn", record->texts[CONTACT_NAME], "nb");
    sp_turtle_put(turtle, "vcard:hasEmail", address);
}

/* The area's own URI stands beside its number and name, where config/dcat.csv has one. */
static void put_place(const Record *record)
{
    const char *uri = sp_dcat_find(record->package, "area", record->package->region);
    sp_turtle_about(record->turtle, "_:sted");
    sp_turtle_put_name(record->turtle, "rdf:type", "dct:Location");
    sp_turtle_put_text(record->turtle, "dct:identifier", record->package->region, NULL);
    sp_turtle_put_text(record->turtle, "rdfs:label", record->package->title, "nb");
    if (uri != NULL) {
        sp_turtle_put(record->turtle, "rdfs:seeAlso", uri);
        sp_turtle_about(record->turtle, DATASET);
        sp_turtle_put(record->turtle, "dct:spatial", uri);
    }
}

static char *source_node(guint i)
{
    return g_strdup_printf("_:kilde%u", i + 1);
}

/* Publisher, title and day of each source in words, and its page. */
static void put_sources(const Record *record)
{
    g_autoptr(GArray) all = sp_credits_sources(record->package, NULL);
    sp_turtle_about(record->turtle, DATASET);
    for (guint i = 0; i < all->len; i++) {
        g_autofree char *node = source_node(i);
        sp_turtle_put(record->turtle, "dct:provenance", node);
    }
    for (guint i = 0; i < all->len; i++) {
        const SpSource *is = &g_array_index(all, SpSource, i);
        g_autofree char *node = source_node(i);
        g_autofree char *text =
            g_strdup_printf("%s: %s (%s)", is->publisher, is->title, is->updated);
        g_autofree char *clean = sp_words_clean(text);
        sp_turtle_about(record->turtle, node);
        sp_turtle_put_name(record->turtle, "rdf:type", "dct:ProvenanceStatement");
        sp_turtle_put_text(record->turtle, "rdfs:label", clean, record->package->language);
        if (sp_turtle_is_uri(is->page)) {
            sp_turtle_put(record->turtle, "rdfs:seeAlso", is->page);
        }
    }
}

static gboolean put_distributions(const Record *record, const char *folder, GError **error)
{
    g_auto(GStrv) files = sp_folder_walk(folder, error);
    const SpDistributions of = {record->package, folder};
    sp_turtle_about(record->turtle, DATASET);
    for (char **file = files; file != NULL && *file != NULL; file++) {
        g_autofree char *name = sp_distribution_name(*file);
        if (sp_distribution_is(record->package, *file)) {
            sp_turtle_put(record->turtle, "dcat:distribution", name);
        }
    }
    for (char **file = files; file != NULL && *file != NULL; file++) {
        if (sp_distribution_is(record->package, *file) &&
            !sp_distribution_put(&of, *file, record->turtle, error)) {
            return FALSE;
        }
    }
    return files != NULL;
}

static gboolean read_texts(const SpSettings *settings, Record *record, GError **error)
{
    for (gsize i = 0; i < N_TEXTS; i++) {
        record->texts[i] = sp_settings_text(settings, config_keys[i], error);
        if (record->texts[i] == NULL) {
            return FALSE;
        }
    }
    g_autofree char *address = g_strconcat("mailto:", record->texts[CONTACT_EMAIL], NULL);
    if (!sp_turtle_is_uri(record->texts[URI]) || !sp_turtle_is_uri(address)) {
        return sp_error_set(
            error, SP_ERROR_CONFIG,
            "publisher.uri \"%s\" or publisher.contact_email \"%s\" cannot stand in " FILE_NAME
            "; want a URI like https://example.no/x, and an address",
            record->texts[URI], record->texts[CONTACT_EMAIL]);
    }
    return TRUE;
}

static gboolean write_record(const SpPackage *package, const SpSettings *settings,
                             const char *folder, GError **error)
{
    g_autoptr(SpWords) words = sp_words_new(package, error);
    g_autofree char *path = g_build_filename(folder, FILE_NAME, NULL);
    Record record = {.package = package, .words = words};
    if (words == NULL || !read_texts(settings, &record, error)) {
        return FALSE;
    }
    g_autoptr(SpTurtle) turtle = sp_turtle_new(prefixes, G_N_ELEMENTS(prefixes));
    record.turtle = turtle;
    put_dataset(&record);
    put_people(&record);
    put_place(&record);
    put_sources(&record);
    if (!put_distributions(&record, folder, error)) {
        return FALSE;
    }
    g_autofree char *text = sp_turtle_finish(g_steal_pointer(&turtle), error);
    return text != NULL && sp_file_make(path, text, strlen(text), SP_MODE_PUBLIC_FILE, error);
}

const SpOutput sp_output_dcat = {
    .name = "dcat",
    .summary = "DCAT-AP-NO record for catalogues: " FILE_NAME,
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .write = write_record,
};
