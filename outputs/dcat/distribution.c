/* One distribution: where the bytes are, what they are, how one knows them. */
#include "outputs/dcat/distribution.h"

#include "core/io/files.h"
#include "outputs/credits.h"
#include "outputs/filetype.h"
#include "outputs/words.h"

#include <glib/gstdio.h>

#include <string.h>

static const char media_types[] = "https://www.iana.org/assignments/media-types/";
static const char *const languages[] = {"nb", "nn", "en"};

const char *sp_dcat_find(const SpPackage *package, const char *kind, const char *code)
{
    const SpTable *table = package->vocabulary;
    gsize kinds = sp_table_find(table, "kind");
    gsize codes = sp_table_find(table, "code");
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (strcmp(sp_table_code(table, row, kinds), kind) == 0 &&
            strcmp(sp_table_code(table, row, codes), code) == 0) {
            return sp_table_code(table, row, sp_table_find(table, "uri"));
        }
    }
    return NULL;
}

static const char *ending_of(const char *file)
{
    const char *dot = strrchr(file, '.');
    return dot != NULL ? dot + 1 : "";
}

/* The table whose name a file bears, in whatever format; NULL if none. */
static const char *table_of(const SpPackage *package, const char *file)
{
    g_autofree char *base = g_path_get_basename(file);
    g_autofree char *stem = g_strndup(base, strcspn(base, "."));
    const SpTable *table = sp_tables_find(package->tables, stem);
    return table != NULL ? sp_table_name(table) : NULL;
}

gboolean sp_distribution_is(const SpPackage *package, const char *file)
{
    return strchr(file, '/') == NULL || table_of(package, file) != NULL;
}

char *sp_distribution_name(const char *file)
{
    g_autofree char *escaped = g_uri_escape_string(file, "/", FALSE);
    return g_strconcat("#", escaped, NULL);
}

/* Of a file that is of no table its name is title enough. */
static void put_title(const SpPackage *package, const char *file, SpTurtle *turtle)
{
    const char *table = table_of(package, file);
    g_autofree char *id = g_strconcat("table.", table, NULL);
    if (table == NULL || !sp_texts_has(package->texts, id)) {
        sp_turtle_put_text(turtle, "dct:title", file, NULL);
        return;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
        g_autofree char *title = sp_words_clean(sp_texts_find(package->texts, id, languages[i]));
        sp_turtle_put_text(turtle, "dct:title", title, languages[i]);
    }
}

static void put_type(const SpPackage *package, const char *file, SpTurtle *turtle)
{
    const char *format = sp_dcat_find(package, "file", ending_of(file));
    g_autofree char *uri = g_strconcat(media_types, sp_file_type(package->file_types, file), NULL);
    if (format != NULL) {
        sp_turtle_put(turtle, "dct:format", format);
    }
    sp_turtle_put(turtle, "dcat:mediaType", uri);
}

/* What the sources of a table, or of the whole package, lend their figures by. */
static GArray *terms_of(const SpPackage *package, const char *file)
{
    g_autoptr(GArray) terms = sp_credits_terms(package, table_of(package, file));
    return terms->len > 0 ? g_steal_pointer(&terms) : sp_credits_terms(package, NULL);
}

static const char *licence_of(const SpPackage *package, const GArray *terms)
{
    if (terms->len != 1) {
        return NULL;
    }
    g_autofree char *code = sp_credits_code(g_array_index(terms, SpSource, 0).licence);
    return sp_dcat_find(package, "licence", code);
}

/* A distribution has one licence. Of sources with several, or that lend by agreement, it is told in
 * words who lends how. */
static void put_rights(const SpPackage *package, const char *node, const GArray *terms,
                       SpTurtle *turtle)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < terms->len; i++) {
        const SpSource *is = &g_array_index(terms, SpSource, i);
        g_string_append_printf(text, "%s%s: %s", i > 0 ? "; " : "", is->publisher, is->licence);
    }
    g_autofree char *clean = sp_words_clean(text->str);
    sp_turtle_about(turtle, node);
    sp_turtle_put_name(turtle, "rdf:type", "dct:RightsStatement");
    sp_turtle_put_text(turtle, "rdfs:label", clean, package->language);
}

static gboolean put_bytes(const char *path, const char *node, SpTurtle *turtle, GError **error)
{
    char hex[SP_HASH_SIZE];
    gsize size = 0;
    int fd = sp_file_open(path, &size, error);
    if (fd < 0 || !g_close(fd, error) || !sp_file_hash(path, hex, error)) {
        return FALSE;
    }
    g_autofree char *bytes = g_strdup_printf("%" G_GSIZE_FORMAT, size);
    sp_turtle_put_typed(turtle, "dcat:byteSize", bytes, "xsd:nonNegativeInteger");
    sp_turtle_put(turtle, "spdx:checksum", node);
    sp_turtle_about(turtle, node);
    sp_turtle_put_name(turtle, "rdf:type", "spdx:Checksum");
    sp_turtle_put_name(turtle, "spdx:algorithm", "spdx:checksumAlgorithm_sha256");
    sp_turtle_put_typed(turtle, "spdx:checksumValue", hex, "xsd:hexBinary");
    return TRUE;
}

gboolean sp_distribution_put(const SpDistributions *of, const char *file, SpTurtle *turtle,
                             GError **error)
{
    g_autofree char *name = sp_distribution_name(file);
    g_autofree char *escaped = g_uri_escape_string(file, "/", FALSE);
    g_autofree char *path = g_build_filename(of->folder, file, NULL);
    g_autofree char *sum = g_strconcat(name, "-sha256", NULL);
    sp_turtle_about(turtle, name);
    sp_turtle_put_name(turtle, "rdf:type", "dcat:Distribution");
    put_title(of->package, file, turtle);
    sp_turtle_put(turtle, "dcat:accessURL", escaped);
    sp_turtle_put(turtle, "dcat:downloadURL", escaped);
    put_type(of->package, file, turtle);
    g_autofree char *rights = g_strconcat(name, "-rettigheter", NULL);
    g_autoptr(GArray) terms = terms_of(of->package, file);
    const char *licence = licence_of(of->package, terms);
    if (licence != NULL) {
        sp_turtle_put(turtle, "dct:license", licence);
    } else if (terms->len > 0) {
        sp_turtle_put(turtle, "dct:rights", rights);
    }
    if (!put_bytes(path, sum, turtle, error)) {
        return FALSE;
    }
    if (licence == NULL && terms->len > 0) {
        put_rights(of->package, rights, terms, turtle);
    }
    return TRUE;
}
