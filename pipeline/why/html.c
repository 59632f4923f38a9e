/* The answer as a small page: no script, no network, a section a step. */
#include "core/io/xml.h"
#include "pipeline/why/step.h"

#include <string.h>

static const char style[] =
    "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "section{border-left:.25rem solid #25638a;margin:0 0 1.5rem;padding:0 0 0 1rem}"
    "section:target{background:#eef5f9}h2{font-size:1rem;margin:0;overflow-wrap:anywhere}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;margin:0}"
    "dt{color:#555}dd{margin:0;overflow-wrap:anywhere}ul{margin:0}";

static xmlNode *add(xmlNode *parent, const char *name, const char *text)
{
    return xmlNewTextChild(parent, NULL, BAD_CAST name, text != NULL ? BAD_CAST text : NULL);
}

static void add_pair(xmlNode *list, const char *name, const char *value)
{
    if (value != NULL) {
        add(list, "dt", name);
        add(list, "dd", value);
    }
}

static void add_figure(xmlNode *list, const SpWhyFigure *figure)
{
    g_autofree char *text =
        figure->value != NULL && *figure->value == '\0'
            ? g_strdup(figure->key)
            : g_strdup_printf("%s = %s", figure->key,
                              figure->value != NULL ? figure->value : "not for this reader");
    if (figure->number == 0) {
        add(list, "li", text);
        return;
    }
    g_autofree char *target = g_strdup_printf("#s%u", figure->number);
    xmlNode *link = add(add(list, "li", NULL), "a", text);
    xmlNewProp(link, BAD_CAST "href", BAD_CAST target);
}

static void add_input(xmlNode *section, const SpWhyInput *input)
{
    g_autoptr(GString) title = g_string_new("from ");
    g_string_append(title, input->cell);
    if (g_strcmp0(input->cell, input->where) != 0) {
        g_string_append_printf(title, " in %s", input->where);
    }
    if (input->n > 1) {
        g_string_append_printf(title, ", %" G_GSIZE_FORMAT " figures", input->n);
    }
    add(section, "p", title->str);
    xmlNode *list = input->figures->len > 0 ? add(section, "ul", NULL) : NULL;
    for (guint i = 0; i < input->figures->len; i++) {
        add_figure(list, input->figures->pdata[i]);
    }
    if (input->note != NULL) {
        add(section, "p", input->note);
    }
}

static void add_step(xmlNode *body, const SpWhyStep *step)
{
    g_autofree char *id = g_strdup_printf("s%u", step->number);
    g_autofree char *title =
        g_strdup_printf("[%u] %s", step->number, step->cell != NULL ? step->cell : step->where);
    xmlNode *section = add(body, "section", NULL);
    xmlNewProp(section, BAD_CAST "id", BAD_CAST id);
    add(section, "h2", title);
    xmlNode *list = add(section, "dl", NULL);
    if (step->cell != NULL) {
        g_autofree char *value =
            g_strdup_printf("%s%s%s", step->value != NULL ? step->value : "not for this reader",
                            step->unit != NULL ? " " : "", step->unit != NULL ? step->unit : "");
        add_pair(list, "figure", value);
        add_pair(list, step->kind == SP_WHY_PUBLISHED ? "published in" : "made by", step->where);
    }
    add_pair(list, "how", step->method);
    for (guint i = 0; i < step->settings->len; i++) {
        add_pair(list, "setting", step->settings->pdata[i]);
    }
    for (guint i = 0; i + 1 < step->facts->len; i += 2) {
        add_pair(list, step->facts->pdata[i], step->facts->pdata[i + 1]);
    }
    for (guint i = 0; i < step->notes->len; i++) {
        add_pair(list, "note", step->notes->pdata[i]);
    }
    for (guint i = 0; i < step->inputs->len; i++) {
        add_input(section, step->inputs->pdata[i]);
    }
}

char *sp_why_html(const SpWhyAnswer *answer, GError **error)
{
    g_autoptr(xmlDoc) doc = xmlNewDoc(BAD_CAST "1.0");
    xmlNode *html = xmlNewNode(NULL, BAD_CAST "html");
    g_autofree char *origin = g_strdup_printf("%s, edition %s", answer->package, answer->edition);
    xmlDocSetRootElement(doc, html);
    xmlNewProp(html, BAD_CAST "lang", BAD_CAST "en");
    xmlNode *head = add(html, "head", NULL);
    xmlNewProp(add(head, "meta", NULL), BAD_CAST "charset", BAD_CAST "utf-8");
    add(head, "title", answer->asked);
    add(head, "style", style);
    xmlNode *body = add(html, "body", NULL);
    add(body, "h1", answer->asked);
    add(body, "p", origin);
    for (guint i = 0; i < answer->steps->len; i++) {
        add_step(body, answer->steps->pdata[i]);
    }
    return sp_xml_format(doc, TRUE, error);
}
