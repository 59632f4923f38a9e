/*
 * The report: index.html, one self-contained page. The template (config/html/index.xml) is
 * well-formed XML; an element with text="ID" gets that text, one with fill="NAME" is filled by the
 * function of that name below.
 */
#include "outputs/output.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/xml.h"
#include "outputs/forklaring.h"
#include "outputs/html/section.h"
#include "outputs/html/summary.h"
#include "outputs/html/unwanted.h"
#include "outputs/show.h"
#include "outputs/unwanted.h"

#include <string.h>

enum {
    MAX_TEMPLATE_SIZE = 4 * 1024 * 1024,
    MAX_ROWS = 100000,
    MAX_DETAILS = 1048576,
    MAX_BYTES = 256 * 1024 * 1024
};

static const char template_name[] = "index.xml";
static const char page_name[] = "index.html";
static const char book_name[] = "statistikkpakke.xlsx";
static const char descriptor_name[] = "datapackage.json";
static const char *const config_keys[] = {"package.html_max_rows", "package.html_max_details",
                                          "package.html_max_kommuner", "package.html_max_bytes",
                                          "package.xlsx_max_rows"};

typedef struct {
    const SpWords *words;
    const SpOverview *overview;
    const SpTable *unwanted; /* NULL: the package does not tell */
    const char *folder;      /* that the page is written into */
    const SpShow *shows;     /* by table of the package */
    const SpShow *sheets;    /* the same: how the workbook shows it */
    SpPageLimits limits;
} Page;

static void drop(xmlNode *node)
{
    xmlUnlinkNode(node);
    xmlFreeNode(node);
}

static void fill_language(Page *page, xmlNode *node)
{
    sp_element_set(node, "lang", sp_words_package(page->words)->language);
}

static void fill_title(Page *page, xmlNode *node)
{
    g_autofree char *title = g_strdup_printf("%s: %s", sp_words_text(page->words, "page.package"),
                                             sp_words_package(page->words)->title);
    sp_element_text(node, title);
}

static void fill_edition(Page *page, xmlNode *node)
{
    g_autofree char *text = sp_words_edition(page->words);
    sp_element_text(node, text);
}

/* Links to what lies beside the page, as far as it does. */
static void fill_files(Page *page, xmlNode *node)
{
    static const struct {
        const char *name;
        const char *text;
    } files[] = {{book_name, "page.workbook"}, {descriptor_name, "page.descriptor"}};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(page->folder, files[i].name, NULL);
        g_autofree char *text =
            g_strdup_printf("%s (%s)", sp_words_text(page->words, files[i].text), files[i].name);
        if (!g_file_test(path, G_FILE_TEST_EXISTS)) {
            continue;
        }
        if (node->children != NULL) {
            sp_element_text(node, " · ");
        }
        sp_element_link(node, files[i].name, text);
    }
    if (node->children == NULL) {
        drop(node);
    }
}

static void fill_overview(Page *page, xmlNode *node)
{
    if (page->overview->lines->len > 0) {
        sp_summary_fill(node, page->words, page->overview);
    } else {
        drop(node);
    }
}

static void fill_unwanted(Page *page, xmlNode *node)
{
    if (page->unwanted != NULL) {
        sp_unwanted_fill(node, page->words, page->unwanted);
    } else {
        drop(node);
    }
}

static void fill_notices(Page *page, xmlNode *node)
{
    const SpPackage *package = sp_words_package(page->words);
    for (gsize i = 0; package->notices[i] != NULL; i++) {
        sp_element_add(node, "p", sp_words_text(page->words, package->notices[i]));
    }
    if (package->notices[0] == NULL) {
        drop(node);
    }
}

/* A table without rows has a line in the contents, which says so, and nothing else. */
static gboolean has_section(const Page *page, gsize i)
{
    const SpTable *table = sp_tables_at(sp_words_package(page->words)->tables, i);
    return page->shows[i] != SP_SHOW_NO && sp_table_n_rows(table) > 0;
}

static void fill_contents(Page *page, xmlNode *node)
{
    const SpPackage *package = sp_words_package(page->words);
    if (page->unwanted != NULL) {
        sp_element_link(sp_element_add(node, "li", NULL), "#" SP_UNWANTED_ANCHOR,
                        sp_words_text(page->words, "page.unwanted"));
    }
    for (gsize i = 0; i < sp_tables_size(package->tables); i++) {
        const SpTable *table = sp_tables_at(package->tables, i);
        const char *title = sp_words_table(page->words, table);
        g_autofree char *anchor = sp_section_anchor(table);
        g_autofree char *target = g_strconcat("#", anchor, NULL);
        g_autofree char *path = sp_words_data_path(table);
        xmlNode *item = sp_element_add(node, "li", NULL);
        if (has_section(page, i)) {
            sp_element_link(item, target, title);
            continue;
        }
        sp_element_text(item, title);
        sp_element_text(item, ". ");
        if (sp_table_n_rows(table) == 0) {
            sp_element_text(item, sp_words_text(page->words, "page.no_rows"));
        } else {
            gboolean is_in_book = page->sheets[i] != SP_SHOW_NO;
            sp_element_text(
                item, sp_words_text(page->words, is_in_book ? "page.in_book" : "page.only_csv"));
            sp_element_text(item, " ");
            sp_element_link(item, path, path);
        }
    }
}

/* Those that the catalogue says are first have of what the page can bear before the others. */
static void fill_tables(Page *page, xmlNode *node)
{
    const SpTables *tables = sp_words_package(page->words)->tables;
    g_autofree xmlNode **sections = g_new0(xmlNode *, sp_tables_size(tables) + 1);
    for (gsize i = 0; i < sp_tables_size(tables); i++) {
        if (page->shows[i] == SP_SHOW_YES && has_section(page, i)) {
            sections[i] = sp_element_add(node, "section", NULL);
        }
    }
    for (gsize turn = 0; turn < 2; turn++) {
        for (gsize i = 0; i < sp_tables_size(tables); i++) {
            const SpTable *table = sp_tables_at(tables, i);
            gboolean is_first =
                sp_show_is_first(sp_words_package(page->words)->catalogue, table, "html");
            if (sections[i] != NULL && is_first == (turn == 0)) {
                sp_section_fill(sections[i], page->words, table, &page->limits);
                sp_xml_freeze(sections[i]);
            }
        }
    }
}

/* Tables of definitions; the explanation of signs is there also when the package does not publish
 * it as a table. */
static void fill_definitions(Page *page, xmlNode *node)
{
    const SpPackage *package = sp_words_package(page->words);
    SpPageLimits all = {.max_rows = MAX_ROWS};
    g_autoptr(SpTable) explanation = sp_forklaring_new(page->words);
    if (sp_tables_find(package->tables, sp_table_name(explanation)) == NULL) {
        sp_section_fill(sp_element_add(node, "section", NULL), page->words, explanation, &all);
    }
    for (gsize i = 0; i < sp_tables_size(package->tables); i++) {
        if (page->shows[i] == SP_SHOW_DEFINITIONS && has_section(page, i)) {
            sp_section_fill(sp_element_add(node, "section", NULL), page->words,
                            sp_tables_at(package->tables, i), &all);
        }
    }
}

static const struct {
    const char *name;
    void (*fill)(Page *page, xmlNode *node); /* may free the node */
} fillers[] = {
    {"language", fill_language},       {"title", fill_title},       {"edition", fill_edition},
    {"notices", fill_notices},         {"files", fill_files},       {"overview", fill_overview},
    {"unwanted", fill_unwanted},       {"contents", fill_contents}, {"tables", fill_tables},
    {"definitions", fill_definitions},
};

static char *take_attribute(xmlNode *node, const char *name)
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)name);
    char *taken = g_strdup((const char *)value);
    xmlFree(value);
    xmlUnsetProp(node, (const xmlChar *)name);
    return taken;
}

static gboolean fill_node(Page *page, xmlNode *node, const char *name, GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(fillers); i++) {
        if (strcmp(fillers[i].name, name) == 0) {
            fillers[i].fill(page, node);
            return TRUE;
        }
        g_string_append_printf(names, " %s", fillers[i].name);
    }
    return sp_error_set(error, SP_ERROR_CONFIG, "row %ld: fill=\"%s\" is none of%s",
                        xmlGetLineNo(node), name, names->str);
}

/* Children first: what a filler adds is finished, and is not looked at again. */
static gboolean fill_tree(Page *page, xmlNode *node, GError **error)
{
    for (xmlNode *child = node->children, *next = NULL; child != NULL; child = next) {
        next = child->next;
        if (child->type == XML_ELEMENT_NODE && !fill_tree(page, child, error)) {
            return FALSE;
        }
    }
    g_autofree char *text = take_attribute(node, "text");
    g_autofree char *fill = take_attribute(node, "fill");
    if (text != NULL && !sp_texts_has(sp_words_package(page->words)->texts, text)) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "row %ld: text=\"%s\" is not in the catalogue of texts",
                            xmlGetLineNo(node), text);
    }
    if (text != NULL) {
        sp_element_text(node, sp_words_text(page->words, text));
    }
    return fill == NULL || fill_node(page, node, fill, error);
}

static gboolean read_limits(const SpSettings *settings, SpPageLimits *limits, gint64 *max_sheet,
                            GError **error)
{
    gint64 max_rows = 0;
    gint64 max_details = 0;
    gint64 max_kommuner = 0;
    gint64 max_bytes = 0;
    if (!sp_settings_int(settings, "package.html_max_rows", 1, MAX_ROWS, &max_rows, error) ||
        !sp_settings_int(settings, "package.html_max_details", 0, MAX_DETAILS, &max_details,
                         error) ||
        !sp_settings_int(settings, "package.html_max_kommuner", 0, MAX_DETAILS, &max_kommuner,
                         error) ||
        !sp_settings_int(settings, "package.html_max_bytes", 0, MAX_BYTES, &max_bytes, error) ||
        !sp_settings_int(settings, "package.xlsx_max_rows", 1, MAX_DETAILS, max_sheet, error)) {
        return FALSE;
    }
    *limits = (SpPageLimits){.max_rows = (gsize)max_rows,
                             .max_kommuner = (gsize)max_kommuner,
                             .max_details = (gsize)max_details,
                             .max_bytes = (gsize)max_bytes};
    return TRUE;
}

static gboolean read_shows(const SpWords *words, gint64 max_sheet, SpShow shows[], SpShow sheets[],
                           GError **error)
{
    const SpPackage *package = sp_words_package(words);
    for (gsize i = 0; i < sp_tables_size(package->tables); i++) {
        const SpTable *table = sp_tables_at(package->tables, i);
        if (!sp_show_find(package->catalogue, table, "html", &shows[i], error) ||
            !sp_grid_find_sheet(words, table, max_sheet, &sheets[i], error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean write_page(const SpPackage *package, const SpSettings *settings, const char *folder,
                           GError **error)
{
    g_autoptr(SpWords) words = sp_words_new(package, error);
    g_autoptr(SpOverview) overview = words != NULL ? sp_overview_new(words, error) : NULL;
    g_autoptr(SpTable) unwanted = words != NULL ? sp_unwanted_new(words) : NULL;
    Page page = {.words = words, .overview = overview, .unwanted = unwanted, .folder = folder};
    g_autofree SpShow *shows = g_new0(SpShow, sp_tables_size(package->tables) + 1);
    g_autofree SpShow *sheets = g_new0(SpShow, sp_tables_size(package->tables) + 1);
    gint64 max_sheet = 0;
    gsize size = 0;
    if (overview == NULL || !read_limits(settings, &page.limits, &max_sheet, error) ||
        !read_shows(words, max_sheet, shows, sheets, error)) {
        return FALSE;
    }
    page.shows = shows;
    page.sheets = sheets;
    g_autofree char *origin = g_build_filename(package->template_folder, template_name, NULL);
    g_autofree char *bytes = sp_file_read(origin, MAX_TEMPLATE_SIZE, &size, error);
    g_autoptr(xmlDoc) doc = bytes != NULL ? sp_xml_parse(bytes, size, origin, error) : NULL;
    if (doc == NULL) {
        return FALSE;
    }
    if (!fill_tree(&page, xmlDocGetRootElement(doc), error)) {
        g_prefix_error(error, "%s: ", origin);
        return FALSE;
    }
    g_autofree char *text = sp_xml_format(doc, TRUE, error);
    g_autofree char *path = g_build_filename(folder, page_name, NULL);
    return text != NULL && sp_file_write(path, text, strlen(text), SP_MODE_PUBLIC_FILE, error);
}

const SpOutput sp_output_html = {
    .name = "html",
    .summary = "report for people: index.html, self-contained",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .write = write_page,
};
