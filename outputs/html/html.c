/*
 * The report: index.html, one self-contained page. The template (config/html/index.xml) is
 * well-formed XML; an element with text="ID" gets that text, one with fill="NAME" is filled by the
 * function of that name below.
 */
#include "outputs/output.h"

#include "core/error.h"
#include "core/io/files.h"
#include "core/io/xml.h"
#include "outputs/show.h"
#include "outputs/forklaring.h"
#include "outputs/html/section.h"

#include <string.h>

enum { MAX_TEMPLATE_SIZE = 4 * 1024 * 1024, MAX_ROWS = 100000, MAX_DETAILS = 1000000 };

static const char template_name[] = "index.xml";
static const char page_name[] = "index.html";
static const char *const config_keys[] = {"package.html_max_rows", "package.html_max_details"};

typedef struct {
    const SpWords *words;
    const SpShow *shows; /* by table of the package */
    SpPageLimits limits;
} Page;

static void set_text(xmlNode *node, const char *text)
{
    g_autofree char *clean = sp_words_clean(text);
    xmlAddChild(node, xmlNewDocText(node->doc, (const xmlChar *)clean));
}

static void fill_language(const Page *page, xmlNode *node)
{
    sp_element_set(node, "lang", sp_words_package(page->words)->language);
}

static void fill_title(const Page *page, xmlNode *node)
{
    g_autofree char *title = g_strdup_printf("%s: %s", sp_words_text(page->words, "page.package"),
                                             sp_words_package(page->words)->title);
    set_text(node, title);
}

static void fill_edition(const Page *page, xmlNode *node)
{
    g_autofree char *text = g_strdup_printf("%s: %s", sp_words_text(page->words, "page.edition"),
                                            sp_words_package(page->words)->edition);
    set_text(node, text);
}

static void fill_notices(const Page *page, xmlNode *node)
{
    const SpPackage *package = sp_words_package(page->words);
    for (gsize i = 0; package->notices[i] != NULL; i++) {
        sp_element_add(node, "p", sp_words_text(page->words, package->notices[i]));
    }
    if (package->notices[0] == NULL) {
        xmlUnlinkNode(node);
        xmlFreeNode(node);
    }
}

static void fill_contents(const Page *page, xmlNode *node)
{
    const SpPackage *package = sp_words_package(page->words);
    for (gsize i = 0; i < sp_tables_size(package->tables); i++) {
        const SpTable *table = sp_tables_at(package->tables, i);
        const char *title = sp_words_table(page->words, table);
        g_autofree char *anchor = sp_section_anchor(table);
        g_autofree char *target = g_strconcat("#", anchor, NULL);
        g_autofree char *path = sp_words_data_path(table);
        xmlNode *item = sp_element_add(node, "li", NULL);
        if (page->shows[i] == SP_SHOW_NO) {
            set_text(item, title);
            set_text(item, ". ");
            set_text(item, sp_words_text(page->words, "page.only_csv"));
            set_text(item, " ");
            sp_element_set(sp_element_add(item, "a", path), "href", path);
        } else {
            sp_element_set(sp_element_add(item, "a", title), "href", target);
        }
    }
}

static void fill_tables(const Page *page, xmlNode *node)
{
    const SpPackage *package = sp_words_package(page->words);
    for (gsize i = 0; i < sp_tables_size(package->tables); i++) {
        if (page->shows[i] == SP_SHOW_YES) {
            sp_section_add(node, page->words, sp_tables_at(package->tables, i), page->limits);
        }
    }
}

/* Tables of definitions; the explanation of signs is there also when the package does not publish
 * it as a table. */
static void fill_definitions(const Page *page, xmlNode *node)
{
    const SpPackage *package = sp_words_package(page->words);
    const SpPageLimits all = {.max_rows = MAX_ROWS, .max_details = 0};
    g_autoptr(SpTable) explanation = sp_forklaring_new(page->words);
    if (sp_tables_find(package->tables, sp_table_name(explanation)) == NULL) {
        sp_section_add(node, page->words, explanation, all);
    }
    for (gsize i = 0; i < sp_tables_size(package->tables); i++) {
        if (page->shows[i] == SP_SHOW_DEFINITIONS) {
            sp_section_add(node, page->words, sp_tables_at(package->tables, i), all);
        }
    }
}

static const struct {
    const char *name;
    void (*fill)(const Page *page, xmlNode *node); /* may free the node */
} fillers[] = {
    {"language", fill_language},       {"title", fill_title},       {"edition", fill_edition},
    {"notices", fill_notices},         {"contents", fill_contents}, {"tables", fill_tables},
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

static gboolean fill_node(const Page *page, xmlNode *node, const char *name, GError **error)
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
static gboolean fill_tree(const Page *page, xmlNode *node, GError **error)
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
        set_text(node, sp_words_text(page->words, text));
    }
    return fill == NULL || fill_node(page, node, fill, error);
}

static gboolean read_page(const SpWords *words, const SpSettings *settings, SpPageLimits *limits,
                          SpShow **shows, GError **error)
{
    const SpPackage *package = sp_words_package(words);
    gint64 max_rows = 0;
    gint64 max_details = 0;
    if (!sp_settings_int(settings, "package.html_max_rows", 1, MAX_ROWS, &max_rows, error) ||
        !sp_settings_int(settings, "package.html_max_details", 0, MAX_DETAILS, &max_details,
                         error)) {
        return FALSE;
    }
    limits->max_rows = (gsize)max_rows;
    limits->max_details = (gsize)max_details;
    *shows = g_new0(SpShow, sp_tables_size(package->tables) + 1);
    for (gsize i = 0; i < sp_tables_size(package->tables); i++) {
        if (!sp_show_find(package->catalogue, sp_tables_at(package->tables, i), "html",
                          &(*shows)[i], error)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean write_page(const SpPackage *package, const SpSettings *settings, const char *folder,
                           GError **error)
{
    g_autoptr(SpWords) words = sp_words_new(package, error);
    Page page = {.words = words};
    g_autofree SpShow *shows = NULL;
    gsize size = 0;
    if (words == NULL || !read_page(words, settings, &page.limits, &shows, error)) {
        return FALSE;
    }
    page.shows = shows;
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
