/*
 * Figures of a page: fill="figures" figures="ID ID" draws those of config/figurer.csv, of the
 * page's own region. A theme's sections draw those of their tables (outputs/html/section.h).
 */
#include "outputs/html/fillers.h"

#include "outputs/html/chart.h"

#include <string.h>

void sp_fill_figures_of(SpPage *page, xmlNode *node, const SpTable *table)
{
    for (guint i = 0; i < page->site->figures->len; i++) {
        const SpFigure *figure = g_ptr_array_index(page->site->figures, i);
        if (figure->table == table) {
            sp_chart_add(node, page->voice->words, figure);
            page->has_charts = TRUE;
        }
    }
}

static void add_all(SpPage *page, xmlNode *node, const SpWords *words, const char *const ids[])
{
    /* The catalogue was read for the package already: what could be wrong with it has been told. */
    g_autoptr(GPtrArray) figures = sp_figure_list_new(words, ids, NULL);
    for (guint i = 0; figures != NULL && i < figures->len; i++) {
        sp_chart_add(node, words, g_ptr_array_index(figures, i));
        page->has_charts = TRUE;
    }
}

void sp_fill_figures(SpPage *page, xmlNode *node)
{
    g_autofree char *text = sp_page_take(node, "figures");
    g_auto(GStrv) ids = g_strsplit(text != NULL ? text : "", " ", -1);
    if (page->kommune == NULL) {
        add_all(page, node, page->voice->words, (const char *const *)ids);
    } else {
        /* Figures are of the package's own region, which is then the kommune. */
        SpPackage package = page->voice->package;
        package.region = page->kommune->code;
        package.title = page->voice->overview->names[page->kommune->place];
        g_autoptr(SpWords) words = sp_words_new(&package, NULL);
        if (words != NULL) {
            add_all(page, node, words, (const char *const *)ids);
        }
    }
    if (node->children == NULL) {
        sp_page_drop(node);
    }
}
