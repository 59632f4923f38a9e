/* The overview as a small table. */
#include "outputs/html/summary.h"

#include "outputs/html/section.h"

static void add_head(xmlNode *table, const SpWords *words, const SpOverview *overview)
{
    static const char *const headings[] = {"page.figure", "page.time"};
    xmlNode *line = sp_element_add(sp_element_add(table, "thead", NULL), "tr", NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(headings); i++) {
        (void)sp_lay_heading(line, sp_words_text(words, headings[i]), FALSE);
    }
    for (guint i = 0; i < overview->n_regions; i++) {
        (void)sp_lay_heading(line, overview->regions[i], TRUE);
    }
}

static void add_line(xmlNode *body, const SpOverview *overview, const SpOverviewLine *line)
{
    g_autofree char *anchor = sp_section_anchor(line->table);
    g_autofree char *target = g_strconcat("#", anchor, NULL);
    xmlNode *element = sp_element_add(body, "tr", NULL);
    sp_element_link(sp_lay_name(element, NULL), target, line->label);
    sp_lay_words(element, line->period);
    for (guint i = 0; i < overview->n_regions; i++) {
        if (line->rows[i] == SP_NO_COLUMN) {
            sp_element_add(element, "td", NULL);
        } else {
            sp_lay_figure(element, sp_table_real(line->table, line->rows[i], line->measure),
                          line->form);
        }
    }
}

void sp_summary_fill(xmlNode *section, const SpWords *words, const SpOverview *overview)
{
    const char *title = sp_words_text(words, "page.overview");
    sp_element_set(sp_element_add(section, "h2", title), "id", "noekkeltall-tittel");
    sp_element_set(section, "id", "noekkeltall");
    sp_element_set(section, "aria-labelledby", "noekkeltall-tittel");
    sp_element_add(section, "p", sp_words_text(words, "page.overview_note"));
    g_autofree char *legend = sp_overview_legend(words, overview);
    if (legend[0] != '\0') {
        sp_element_set(sp_element_add(section, "p", legend), "class", "legend");
    }
    xmlNode *table = sp_lay_frame(section, words, title);
    add_head(table, words, overview);
    xmlNode *body = sp_element_add(table, "tbody", NULL);
    for (guint i = 0; i < overview->lines->len; i++) {
        add_line(body, overview, &g_array_index(overview->lines, SpOverviewLine, i));
    }
}
