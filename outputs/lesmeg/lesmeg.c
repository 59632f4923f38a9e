/*
 * LESMEG.txt: what a package is, in its language, for who opens the folder first: notices, what
 * lies where and for whom, how to check it, what signs and flags mean, where the figures are from
 * and under which licence. The last format: it tells of the files that the others have written.
 */
#include "outputs/output.h"

#include "core/io/files.h"
#include "outputs/credits.h"
#include "outputs/forklaring.h"
#include "outputs/lesmeg/wrap.h"
#include "outputs/words.h"

#include <string.h>

static const char file_name[] = "LESMEG.txt";
static const char *const config_keys[] = {"package.licences"};

/* What may lie in a package, in the order in which people need it. */
static const struct {
    const char *path;
    const char *text;
} places[] = {
    {"index.html", "lesmeg.page"},
    {SP_PRINTED_FILE, "lesmeg.printed"},
    {"tema", "lesmeg.themes"},
    {"kommune", "lesmeg.kommuner"},
    {"definisjoner.html", "lesmeg.definitions"},
    {"endringer.html", "lesmeg.changes"},
    {"assets", "lesmeg.assets"},
    {"statistikkpakke.xlsx", "lesmeg.workbook"},
    {"excel-csv", "lesmeg.excelcsv"},
    {"data", "lesmeg.data"},
    {"datapackage.json", "lesmeg.descriptor"},
    {"statistikkpakke.sqlite", "lesmeg.sqlite"},
    {"jsonstat", "lesmeg.jsonstat"},
    {"dcat.ttl", "lesmeg.dcat"},
};

/* Formats that lack some of the tables. */
static const struct {
    const char *folder;
    const char *ending;
    const char *text;
} partial[] = {
    {"excel-csv", "-excel.csv", "lesmeg.not_excelcsv"},
    {"jsonstat", ".json", "lesmeg.not_jsonstat"},
};

typedef struct {
    const SpWords *words;
    const char *folder;
    GString *text;
} Letter;

static const char *word(const Letter *letter, const char *id)
{
    return sp_words_text(letter->words, id);
}

static void add(const Letter *letter, const char *text)
{
    sp_wrap_append(letter->text, "", "", text);
}

static void add_item(const Letter *letter, const char *item, const char *text)
{
    g_autofree char *both = g_strdup_printf("%s: %s", item, text);
    sp_wrap_append(letter->text, "- ", "  ", both);
}

/* An address stands alone: broken, it would be none. */
static void add_address(const Letter *letter, const char *address)
{
    g_autofree char *clean = sp_words_clean(address);
    g_strdelimit(clean, " \t\r\n", '_');
    g_string_append_printf(letter->text, "  %s\n", clean);
}

static void begin_section(const Letter *letter, const char *id)
{
    const char *heading = word(letter, id);
    g_autofree char *line = g_strnfill((gsize)g_utf8_strlen(heading, -1), '-');
    g_string_append_printf(letter->text, "\n%s\n%s\n", heading, line);
}

/* Notices stand above all else. */
static void add_top(const Letter *letter)
{
    const SpPackage *package = sp_words_package(letter->words);
    g_autofree char *title =
        g_strdup_printf("%s: %s", word(letter, "page.package"), package->title);
    g_autofree char *edition = sp_words_edition(letter->words);
    for (gsize i = 0; package->notices[i] != NULL; i++) {
        add(letter, word(letter, package->notices[i]));
    }
    g_string_append(letter->text, package->notices[0] != NULL ? "\n" : "");
    add(letter, title);
    add(letter, edition);
    g_string_append(letter->text, "\n");
    add(letter, word(letter, "lesmeg.about"));
}

static gboolean exists(const Letter *letter, const char *path)
{
    g_autofree char *full = g_build_filename(letter->folder, path, NULL);
    return g_file_test(full, G_FILE_TEST_EXISTS);
}

static void add_places(const Letter *letter)
{
    begin_section(letter, "lesmeg.where");
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        if (exists(letter, places[i].path)) {
            add_item(letter, places[i].path, word(letter, places[i].text));
        }
    }
}

/* The tables that a format does not have, "a, b"; "" when it has all. g_free. */
static char *missing_in(const Letter *letter, const char *folder, const char *ending)
{
    const SpTables *tables = sp_words_package(letter->words)->tables;
    g_autoptr(GString) names = g_string_new(NULL);
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        const char *name = sp_table_name(sp_tables_at(tables, i));
        g_autofree char *path = g_strconcat(folder, G_DIR_SEPARATOR_S, name, ending, NULL);
        if (!exists(letter, path)) {
            g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", name);
        }
    }
    return g_string_free(g_steal_pointer(&names), FALSE);
}

static void add_tables(const Letter *letter)
{
    const SpTables *tables = sp_words_package(letter->words)->tables;
    begin_section(letter, "lesmeg.tables");
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        const SpTable *table = sp_tables_at(tables, i);
        add_item(letter, sp_table_name(table), sp_words_table(letter->words, table));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(partial); i++) {
        g_autofree char *names = missing_in(letter, partial[i].folder, partial[i].ending);
        if (exists(letter, partial[i].folder) && names[0] != '\0') {
            g_autofree char *both = g_strdup_printf("%s %s.", word(letter, partial[i].text), names);
            g_string_append(letter->text, "\n");
            add(letter, both);
        }
    }
}

static void add_check(const Letter *letter)
{
    begin_section(letter, "lesmeg.check");
    add(letter, word(letter, "lesmeg.check_sums"));
    g_string_append(letter->text, "\n  sha256sum -c SHA256SUMS\n\n");
    add(letter, word(letter, "lesmeg.check_signature"));
    g_string_append(letter->text, "\n  minisign -Vm SHA256SUMS -p statpakke.pub\n");
}

static void add_marks(const Letter *letter, const char *heading,
                      gboolean (*next)(gsize i, SpLegend *mark))
{
    SpLegend mark;
    add(letter, word(letter, heading));
    for (gsize i = 0; next(i, &mark); i++) {
        g_autofree char *first = g_strdup_printf("  %-4s", mark.mark);
        sp_wrap_append(letter->text, first, "      ", word(letter, mark.text));
    }
}

static void add_sources(const Letter *letter)
{
    g_autoptr(GArray) sources = sp_credits_sources(sp_words_package(letter->words), NULL);
    begin_section(letter, "lesmeg.sources");
    add(letter, word(letter, "lesmeg.sources_note"));
    for (guint i = 0; i < sources->len; i++) {
        const SpSource *is = &g_array_index(sources, SpSource, i);
        g_autofree char *text = g_strdup_printf("%s%s%s%s%s", is->title, *is->licence ? ". " : "",
                                                is->licence, *is->updated ? ", " : "", is->updated);
        add_item(letter, is->publisher, text);
        if (is->page[0] != '\0') {
            add_address(letter, is->page);
        }
    }
}

static gboolean add_licences(const Letter *letter, const SpSettings *settings, GError **error)
{
    g_autoptr(GArray) licences = sp_credits_licences(letter->words, settings, error);
    begin_section(letter, "lesmeg.licence");
    add(letter, word(letter, "lesmeg.licence_note"));
    for (guint i = 0; licences != NULL && i < licences->len; i++) {
        const SpLicence *is = &g_array_index(licences, SpLicence, i);
        add_item(letter, is->name, is->title);
        add_address(letter, is->page);
    }
    return licences != NULL;
}

static gboolean write_package(const SpPackage *package, const SpSettings *settings,
                              const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, file_name, NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(SpWords) words = sp_words_new(package, error);
    const Letter letter = {.words = words, .folder = folder, .text = text};
    if (words == NULL) {
        return FALSE;
    }
    add_top(&letter);
    add_places(&letter);
    add_check(&letter);
    begin_section(&letter, "lesmeg.marks");
    add_marks(&letter, "lesmeg.signs", sp_forklaring_sign);
    g_string_append(text, "\n");
    add_marks(&letter, "lesmeg.flags", sp_forklaring_flag);
    add_tables(&letter);
    add_sources(&letter);
    return add_licences(&letter, settings, error) &&
           sp_file_make(path, text->str, text->len, SP_MODE_PUBLIC_FILE, error);
}

const SpOutput sp_output_lesmeg = {
    .name = "lesmeg",
    .summary = "What the package is, in its language: LESMEG.txt",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .write = write_package,
};
