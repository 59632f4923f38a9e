/* Templates and what fills them. */
#include "outputs/html/page.h"

#include "core/error.h"
#include "core/io/files.h"
#include "outputs/html/fillers.h"

#include <string.h>

enum { MAX_TEMPLATE_SIZE = 4 * 1024 * 1024 };

static const char frame_name[] = "ramme.xml";
static const char main_filler[] = "main";

char *sp_page_take(xmlNode *node, const char *attribute)
{
    xmlChar *value = xmlGetProp(node, (const xmlChar *)attribute);
    char *taken = g_strdup((const char *)value);
    xmlFree(value);
    xmlUnsetProp(node, (const xmlChar *)attribute);
    return taken;
}

xmlNode *sp_page_link(const SpPage *page, xmlNode *parent, const char *target, const char *text)
{
    g_autofree char *address = g_strconcat(page->root, target, NULL);
    return sp_element_link(parent, address, text);
}

const char *sp_page_text(const SpPage *page, const char *id)
{
    return sp_words_text(page->voice->words, id);
}

const char *sp_page_theme(const SpPage *page, const SpTheme *theme)
{
    const char *title = sp_words_find(page->voice->words, "theme.", theme->id, "");
    return title != NULL ? title : theme->id;
}

void sp_page_drop(xmlNode *node)
{
    xmlUnlinkNode(node);
    xmlFreeNode(node);
}

static gboolean fill_node(SpPage *page, xmlNode *node, const char *name, GError **error)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (gsize i = 0; i < sp_fillers_size(); i++) {
        const SpFiller *filler = sp_fillers_at(i);
        if (strcmp(filler->name, name) == 0) {
            filler->fill(page, node);
            return TRUE;
        }
        g_string_append_printf(names, " %s", filler->name);
    }
    return sp_error_set(error, SP_ERROR_CONFIG, "row %ld: fill=\"%s\" is none of%s",
                        xmlGetLineNo(node), name, names->str);
}

/* An address of a template is one of the package's folder. */
static void set_root(const SpPage *page, xmlNode *node, const char *attribute)
{
    g_autofree char *address = sp_page_take(node, attribute);
    if (address != NULL) {
        g_autofree char *whole = g_strconcat(address[0] == '#' ? "" : page->root, address, NULL);
        sp_element_set(node, attribute, whole);
    }
}

/* A text whose id has no text yet is a fault of the template. */
static gboolean set_text(const SpPage *page, xmlNode *node, GError **error)
{
    static const char *const kinds[] = {"text", "label"};
    for (gsize i = 0; i < G_N_ELEMENTS(kinds); i++) {
        g_autofree char *id = sp_page_take(node, kinds[i]);
        if (id == NULL) {
            continue;
        }
        if (!sp_texts_has(page->voice->package.texts, id)) {
            return sp_error_set(error, SP_ERROR_CONFIG,
                                "row %ld: %s=\"%s\" is not in the catalogue of texts",
                                xmlGetLineNo(node), kinds[i], id);
        }
        if (i == 0) {
            sp_element_text(node, sp_page_text(page, id));
        } else {
            sp_element_set(node, "aria-label", sp_page_text(page, id));
        }
    }
    return TRUE;
}

/* Children first: what a filler adds is finished, and is not looked at again; nor is `done`. */
static gboolean fill_tree(SpPage *page, xmlNode *node, const xmlNode *done, GError **error)
{
    for (xmlNode *child = node->children, *next = NULL; child != NULL; child = next) {
        next = child->next;
        if (child->type == XML_ELEMENT_NODE && child != done &&
            !fill_tree(page, child, done, error)) {
            return FALSE;
        }
    }
    set_root(page, node, "href");
    set_root(page, node, "src");
    if (!set_text(page, node, error)) {
        return FALSE;
    }
    g_autofree char *fill = sp_page_take(node, "fill");
    return fill == NULL || fill_node(page, node, fill, error);
}

static xmlNode *find_main(xmlNode *node)
{
    xmlNode *found = NULL;
    for (xmlNode *child = node->children; child != NULL && found == NULL; child = child->next) {
        if (child->type == XML_ELEMENT_NODE) {
            xmlChar *fill = xmlGetProp(child, (const xmlChar *)"fill");
            gboolean is_main = fill != NULL && strcmp((const char *)fill, main_filler) == 0;
            xmlFree(fill);
            found = is_main ? child : find_main(child);
        }
    }
    return found;
}

static xmlDoc *read_template(const SpPage *page, const char *name, char **origin, GError **error)
{
    gsize size = 0;
    *origin = g_build_filename(page->voice->package.template_folder, name, NULL);
    g_autofree char *bytes = sp_file_read(*origin, MAX_TEMPLATE_SIZE, &size, error);
    return bytes != NULL ? sp_xml_parse(bytes, size, *origin, error) : NULL;
}

/* Each is filled by itself, so that a fault is told by its file and row. */
static gboolean fill_both(SpPage *page, xmlDoc *frame, const char *frame_origin,
                          const xmlDoc *content, const char *origin, GError **error)
{
    xmlNode *place = find_main(xmlDocGetRootElement(frame));
    if (place == NULL) {
        return sp_error_set(error, SP_ERROR_CONFIG, "%s: no element has fill=\"%s\"", frame_origin,
                            main_filler);
    }
    xmlUnsetProp(place, (const xmlChar *)"fill");
    /* A copy: nodes of one document may not be moved into another's dictionary of names. */
    xmlNode *nodes = xmlDocCopyNodeList(frame, xmlDocGetRootElement(content)->children);
    xmlAddChildList(place, nodes);
    if (!fill_tree(page, place, NULL, error)) {
        g_prefix_error(error, "%s: ", origin);
        return FALSE;
    }
    if (!fill_tree(page, xmlDocGetRootElement(frame), place, error)) {
        g_prefix_error(error, "%s: ", frame_origin);
        return FALSE;
    }
    return TRUE;
}

gboolean sp_page_write(SpPage *page, const char *template, GError **error)
{
    g_autofree char *frame_origin = NULL;
    g_autofree char *origin = NULL;
    g_autofree char *name = g_strconcat(template, ".xml", NULL);
    g_autoptr(xmlDoc) frame = read_template(page, frame_name, &frame_origin, error);
    g_autoptr(xmlDoc) content = frame != NULL ? read_template(page, name, &origin, error) : NULL;
    if (content == NULL || !fill_both(page, frame, frame_origin, content, origin, error)) {
        return FALSE;
    }
    g_autofree char *text = sp_xml_format(frame, TRUE, error);
    g_autofree char *path = g_build_filename(page->folder, page->file, NULL);
    return text != NULL && sp_file_make(path, text, strlen(text), SP_MODE_PUBLIC_FILE, error);
}
