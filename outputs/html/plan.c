/*
 * The plan sheet: a line a profession, with the årsverk that are known, and room for what only the
 * kommune itself knows. Professions that no national source counts stand there too.
 */
#include "outputs/html/fillers.h"

#include "outputs/html/section.h"

#include <string.h>

static const char staff_name[] = "aarsverk";
static const char whole[] = "tot";

/* Texts of what is to be filled in. */
static const char *const blanks[] = {"page.plan_positions", "page.plan_vacant", "page.plan_formal",
                                     "page.plan_real", "page.plan_measures"};

typedef struct {
    SpPage *page;
    const SpGrid *grid;
    const GArray *rows;
    gsize profession;
} Plan;

/* The newest row of the profession at `from`: rows of one follow each other by period. */
static gsize newest_of(const Plan *plan, guint from)
{
    const guint32 *numbers = sp_table_code_numbers_const(plan->grid->table, plan->profession);
    gsize newest = g_array_index(plan->rows, gsize, from);
    for (guint i = from + 1; i < plan->rows->len; i++) {
        gsize row = g_array_index(plan->rows, gsize, i);
        if (numbers[row] != numbers[newest]) {
            break;
        }
        newest = row;
    }
    return newest;
}

static void add_blank(const SpPage *page, xmlNode *line, const char *profession, const char *text)
{
    g_autofree char *label = g_strdup_printf("%s, %s", profession, sp_page_text(page, text));
    xmlNode *cell = sp_element_add(line, "td", NULL);
    xmlNode *input = sp_element_add(cell, "input", NULL);
    sp_element_set(cell, "class", "t");
    sp_element_set(input, "type", "text");
    sp_element_set(input, "aria-label", label);
}

static void add_line(const Plan *plan, xmlNode *body, guint from)
{
    const SpGrid *grid = plan->grid;
    gsize row = newest_of(plan, from);
    gsize measure = g_array_index(grid->measures, gsize, 0);
    guint32 number = sp_table_code_numbers_const(grid->table, plan->profession)[row];
    const char *profession = grid->labels[plan->profession][number];
    xmlNode *line = sp_element_add(body, "tr", NULL);
    sp_lay_name(line, profession);
    sp_lay_figure(line, sp_table_real(grid->table, row, measure), grid->forms[0]);
    for (gsize i = 0; i < G_N_ELEMENTS(blanks); i++) {
        add_blank(plan->page, line, profession, blanks[i]);
    }
}

static void add_head(const Plan *plan, xmlNode *table)
{
    const SpGrid *grid = plan->grid;
    xmlNode *line = sp_element_add(sp_element_add(table, "thead", NULL), "tr", NULL);
    (void)sp_lay_heading(line, grid->headings[plan->profession], FALSE);
    (void)sp_lay_heading(line, grid->headings[g_array_index(grid->measures, gsize, 0)], TRUE);
    for (gsize i = 0; i < G_N_ELEMENTS(blanks); i++) {
        (void)sp_lay_heading(line, sp_page_text(plan->page, blanks[i]), FALSE);
    }
}

static void add_lines(const Plan *plan, xmlNode *body)
{
    const SpTable *table = plan->grid->table;
    const guint32 *numbers = sp_table_code_numbers_const(table, plan->profession);
    for (guint i = 0; i < plan->rows->len; i++) {
        gsize row = g_array_index(plan->rows, gsize, i);
        gboolean is_first =
            i == 0 || numbers[row] != numbers[g_array_index(plan->rows, gsize, i - 1)];
        if (is_first && strcmp(sp_table_code(table, row, plan->profession), whole) != 0) {
            add_line(plan, body, i);
        }
    }
}

void sp_fill_plan(SpPage *page, xmlNode *node)
{
    gsize place = sp_site_table(page->site, staff_name);
    const GArray *rows =
        place != SP_NO_COLUMN ? sp_site_rows(page->site, place, page->region) : NULL;
    gsize profession = place != SP_NO_COLUMN
                           ? sp_table_find(sp_tables_at(page->site->package->tables, place), "yrke")
                           : SP_NO_COLUMN;
    if (rows == NULL || rows->len == 0 || profession == SP_NO_COLUMN) {
        sp_page_drop(node);
        return;
    }
    const Plan plan = {.page = page,
                       .grid = sp_site_grid(page->site, page->voice, place, FALSE),
                       .rows = rows,
                       .profession = profession};
    const char *title = sp_page_text(page, "page.plan");
    sp_element_set(node, "id", "planark");
    sp_element_set(node, "aria-labelledby", "planark-tittel");
    sp_element_set(sp_element_add(node, "h2", title), "id", "planark-tittel");
    sp_element_add(node, "p", sp_page_text(page, "page.plan_note"));
    xmlNode *table = sp_lay_frame(node, page->voice->words, title);
    sp_lay_set_origin(table, plan.grid->table);
    sp_element_set(table, "class", "plan");
    add_head(&plan, table);
    add_lines(&plan, sp_element_add(table, "tbody", NULL));
}
