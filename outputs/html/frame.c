/* What every page has around its own. */
#include "outputs/html/fillers.h"
#include "outputs/forklaring.h"

#include <string.h>

void sp_fill_language(SpPage *page, xmlNode *node)
{
    sp_element_set(node, "lang", page->voice->package.language);
}

/* What the page is about: a kommune, a theme, the package's region. */
static char *subject_of(const SpPage *page)
{
    const SpOverview *overview = page->voice->overview;
    if (page->kommune != NULL) {
        return g_strdup(overview->names[page->kommune->place]);
    }
    if (page->theme != NULL) {
        return g_strdup(sp_page_theme(page, page->theme));
    }
    return g_strdup(page->voice->package.title);
}

void sp_fill_heading(SpPage *page, xmlNode *node)
{
    g_autofree char *subject = subject_of(page);
    sp_element_text(node, subject);
}

void sp_fill_title(SpPage *page, xmlNode *node)
{
    g_autofree char *subject = subject_of(page);
    const char *package = page->voice->package.title;
    gboolean is_inner = strcmp(subject, package) != 0;
    g_autofree char *title =
        g_strdup_printf("%s%s%s: %s", subject, is_inner ? ", " : "", is_inner ? package : "",
                        sp_page_text(page, "page.package"));
    sp_element_text(node, title);
}

void sp_fill_edition(SpPage *page, xmlNode *node)
{
    g_autofree char *text = sp_words_edition(page->voice->words);
    sp_element_text(node, text);
}

void sp_fill_notices(SpPage *page, xmlNode *node)
{
    const SpPackage *package = &page->voice->package;
    for (gsize i = 0; package->notices[i] != NULL; i++) {
        sp_element_add(node, "p", sp_page_text(page, package->notices[i]));
    }
    if (package->notices[0] == NULL) {
        sp_page_drop(node);
    }
}

/* Links to what lies beside the report, as far as it does. */
void sp_fill_files(SpPage *page, xmlNode *node)
{
    static const struct {
        const char *name;
        const char *text;
    } files[] = {{"statistikkpakke.xlsx", "page.workbook"},
                 {SP_PRINTED_FILE, "page.printed"},
                 {"datapackage.json", "page.descriptor"}};
    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(page->folder, files[i].name, NULL);
        g_autofree char *text =
            g_strdup_printf("%s (%s)", sp_page_text(page, files[i].text), files[i].name);
        /* What is printed of the report is there when the report is. */
        gboolean is_to_be =
            page->voice->package.browser != NULL && strcmp(files[i].name, SP_PRINTED_FILE) == 0;
        if (!is_to_be && !g_file_test(path, G_FILE_TEST_EXISTS)) {
            continue;
        }
        if (node->children != NULL) {
            sp_element_text(node, " · ");
        }
        sp_page_link(page, node, files[i].name, text);
    }
    if (node->children == NULL) {
        sp_page_drop(node);
    }
}

static void add_item(const SpPage *page, xmlNode *list, const char *file, const char *text)
{
    xmlNode *link = sp_page_link(page, sp_element_add(list, "li", NULL), file, text);
    if (strcmp(page->file, file) == 0) {
        sp_element_set(link, "aria-current", "page");
    }
}

void sp_fill_navigation(SpPage *page, xmlNode *node)
{
    add_item(page, node, "index.html", page->voice->package.title);
    if (page->site->kommuner->len > 0) {
        add_item(page, node, "index.html#kommuner", sp_page_text(page, "page.find_kommune"));
    }
    for (guint i = 0; i < page->site->themes->len; i++) {
        const SpTheme *theme = g_ptr_array_index(page->site->themes, i);
        add_item(page, node, theme->file, sp_page_theme(page, theme));
    }
    add_item(page, node, "endringer.html", sp_page_text(page, "page.changes"));
    add_item(page, node, "definisjoner.html", sp_page_text(page, "page.definitions"));
}

void sp_fill_signs(SpPage *page, xmlNode *node)
{
    g_autofree char *legend = sp_forklaring_legend_all(page->voice->words);
    sp_element_text(node, legend);
}

/* The element of that class among those beside a node; NULL without. */
static xmlNode *find_beside(const xmlNode *node, const char *class)
{
    for (xmlNode *other = node->parent->children; other != NULL; other = other->next) {
        xmlChar *value =
            other->type == XML_ELEMENT_NODE ? xmlGetProp(other, (const xmlChar *)"class") : NULL;
        const gboolean is_it = g_strcmp0((const char *)value, class) == 0;
        xmlFree(value);
        if (is_it) {
            return other;
        }
    }
    return NULL;
}

static void add_section_item(xmlNode *list, xmlNode *heading)
{
    xmlChar *id = xmlGetProp(heading, (const xmlChar *)"id");
    xmlChar *text = xmlNodeGetContent(heading);
    if (id != NULL) {
        g_autofree char *target = g_strconcat("#", (const char *)id, NULL);
        sp_element_link(sp_element_add(list, "li", NULL), target, (const char *)text);
    }
    xmlFree(id);
    xmlFree(text);
}

void sp_fill_sections(SpPage *page, xmlNode *node)
{
    g_autofree char *below = sp_page_take(node, "below");
    xmlNode *list = sp_element_add(node, "ul", NULL);
    sp_element_set(node, "aria-label", sp_page_text(page, "page.sections"));
    for (xmlNode *section = node->parent->children; section != node; section = section->next) {
        if (xmlStrcmp(section->name, (const xmlChar *)"section") == 0) {
            xmlNode *heading = xmlFirstElementChild(section);
            if (heading != NULL && xmlStrcmp(heading->name, (const xmlChar *)"h2") == 0) {
                add_section_item(list, heading);
            }
        }
    }
    xmlNode *before = find_beside(node, below);
    if (list->children == NULL) {
        sp_page_drop(node);
    } else if (before != NULL) {
        xmlAddNextSibling(before, node);
    }
}

void sp_fill_charts(SpPage *page, xmlNode *node)
{
    gboolean is_there = FALSE;
    for (gsize i = 0; page->voice->package.assets[i] != NULL; i++) {
        is_there = is_there || g_str_has_suffix(page->voice->package.assets[i], "/echarts.js");
    }
    if (!is_there || !page->has_charts) {
        sp_page_drop(node);
    }
}
