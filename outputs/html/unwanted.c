/* Who stands out on the unfavourable side, as a table of lines. */
#include "outputs/html/unwanted.h"

#include "outputs/forklaring.h"

static GArray *rows_of(const SpTable *table)
{
    GArray *rows = g_array_new(FALSE, FALSE, sizeof(gsize));
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        g_array_append_val(rows, row);
    }
    return rows;
}

static void add_lines(xmlNode *section, const SpWords *words, const SpTable *unwanted)
{
    g_auto(SpGrid) grid;
    g_auto(SpGridView) view;
    g_autoptr(GArray) rows = rows_of(unwanted);
    g_autofree char *legend = sp_forklaring_legend(words, unwanted);
    sp_grid_init(&grid, words, unwanted, SP_GRID_PAGE);
    sp_grid_view_init(&view, &grid, rows, SP_GRID_ALL, 0);
    if (legend != NULL && legend[0] != '\0') {
        sp_element_set(sp_element_add(section, "p", legend), "class", "legend");
    }
    sp_lay_table(section, &view, sp_words_text(words, "page.unwanted"), SP_NO_COLUMN);
}

void sp_unwanted_fill(xmlNode *section, const SpWords *words, const SpTable *unwanted)
{
    static const char heading_id[] = SP_UNWANTED_ANCHOR "-tittel";
    sp_element_set(section, "id", SP_UNWANTED_ANCHOR);
    sp_element_set(section, "aria-labelledby", heading_id);
    sp_element_set(sp_element_add(section, "h2", sp_words_text(words, "page.unwanted")), "id",
                   heading_id);
    sp_element_add(section, "p", sp_words_text(words, "page.unwanted_note"));
    if (sp_table_n_rows(unwanted) > 0) {
        add_lines(section, words, unwanted);
    } else {
        sp_element_add(section, "p", sp_words_text(words, "page.unwanted_none"));
    }
    g_autofree char *path = sp_words_data_path(unwanted);
    g_autofree char *link =
        g_strdup_printf("%s (%s)", sp_words_text(words, "page.all_figures"), path);
    xmlNode *ways = sp_element_add(section, "p", NULL);
    sp_element_set(ways, "class", "ways");
    sp_element_link(ways, path, link);
}
