/* The plan sheet of a kommune's page: outputs/plan.h with fields to fill in and print. */
#include "outputs/html/fillers.h"

#include "outputs/html/section.h"
#include "outputs/plan.h"

static void add_blank(const SpPage *page, xmlNode *line, const char *profession, const char *text)
{
    g_autofree char *label = g_strdup_printf("%s, %s", profession, sp_page_text(page, text));
    xmlNode *cell = sp_element_add(line, "td", NULL);
    xmlNode *input = sp_element_add(cell, "input", NULL);
    sp_element_set(cell, "class", "t");
    sp_element_set(input, "type", "text");
    sp_element_set(input, "aria-label", label);
}

static void add_line(const SpPage *page, const SpGrid *grid, const SpPlan *plan, xmlNode *body,
                     gsize row)
{
    guint32 number = sp_table_code_numbers_const(plan->table, plan->profession)[row];
    const char *profession = grid->labels[plan->profession][number];
    xmlNode *line = sp_element_add(body, "tr", NULL);
    sp_lay_name(line, profession);
    sp_lay_figure(line, sp_table_real(plan->table, row, plan->measure), grid->forms[0]);
    for (gsize i = 0; i < SP_PLAN_N_BLANKS; i++) {
        add_blank(page, line, profession, sp_plan_blanks[i].text);
    }
}

static void add_head(const SpPage *page, const SpGrid *grid, const SpPlan *plan, xmlNode *table)
{
    xmlNode *line = sp_element_add(sp_element_add(table, "thead", NULL), "tr", NULL);
    (void)sp_lay_heading(line, grid->headings[plan->profession], FALSE);
    (void)sp_lay_heading(line, grid->headings[plan->measure], TRUE);
    for (gsize i = 0; i < SP_PLAN_N_BLANKS; i++) {
        (void)sp_lay_heading(line, sp_page_text(page, sp_plan_blanks[i].text), FALSE);
    }
}

void sp_fill_plan(SpPage *page, xmlNode *node)
{
    SpPlan plan;
    const GArray *rows = NULL;
    gsize place = SP_NO_COLUMN;
    if (sp_plan_find(page->site->package->tables, &plan)) {
        place = sp_site_table(page->site, sp_table_name(plan.table));
        rows = sp_site_rows(page->site, place, page->region);
    }
    if (rows == NULL || rows->len == 0) {
        sp_page_drop(node);
        return;
    }
    g_autoptr(GArray) lines = sp_plan_lines(&plan, rows);
    const SpGrid *grid = sp_site_grid(page->site, page->voice, place, FALSE);
    const char *title = sp_page_text(page, "page.plan");
    (void)sp_lay_section(node, "planark", title);
    sp_element_add(node, "p", sp_page_text(page, "page.plan_note"));
    xmlNode *table = sp_lay_frame(node, page->voice->words, title);
    sp_lay_set_origin(table, plan.table);
    sp_element_set(table, "class", "plan");
    add_head(page, grid, &plan, table);
    xmlNode *body = sp_element_add(table, "tbody", NULL);
    for (guint i = 0; i < lines->len; i++) {
        add_line(page, grid, &plan, body, g_array_index(lines, gsize, i));
    }
}
