/* What is told of one kommune. */
#include "outputs/html/fillers.h"

#include "core/number.h"
#include "core/period.h"
#include "outputs/html/section.h"

#include <string.h>

/* ---- facts ---- */

static void add_fact(xmlNode *list, const char *name, const char *text)
{
    if (text != NULL && text[0] != '\0') {
        sp_element_add(list, "dt", name);
        sp_element_add(list, "dd", text);
    }
}

static const SpColumn region_column = {
    .name = "region", .kind = SP_COLUMN_CODE, .classification = "kommune"};

/* The words of what the table of regions says of a kommune in a column. g_free. */
static char *find_attribute(const SpPage *page, const char *name)
{
    const SpTable *regions = page->voice->package.regions;
    gsize region = sp_table_find(regions, "region");
    gsize column = sp_table_find(regions, name);
    for (gsize row = 0; column != SP_NO_COLUMN && row < sp_table_n_rows(regions); row++) {
        const char *code = sp_table_code(regions, row, column);
        if (code[0] != '\0' && strcmp(sp_table_code(regions, row, region), page->region) == 0) {
            return sp_words_code(page->voice->words, &region_column, code);
        }
    }
    return NULL;
}

/* Names of the kommuner that it is compared with. g_free. */
static char *comparators_of(const SpPage *page)
{
    const SpTable *table = sp_tables_find(page->voice->package.tables, "sammenlikningskommuner");
    gsize kind = table != NULL ? sp_table_find(table, "slag") : SP_NO_COLUMN;
    gsize other = table != NULL ? sp_table_find(table, "mot") : SP_NO_COLUMN;
    gsize place = table != NULL ? sp_site_table(page->site, sp_table_name(table)) : 0;
    const GArray *rows = kind != SP_NO_COLUMN && other != SP_NO_COLUMN
                             ? sp_site_rows(page->site, place, page->region)
                             : NULL;
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; rows != NULL && i < rows->len; i++) {
        gsize row = g_array_index(rows, gsize, i);
        if (strcmp(sp_table_code(table, row, kind), "naermeste") == 0) {
            g_autofree char *name =
                sp_words_code(page->voice->words, &region_column, sp_table_code(table, row, other));
            g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", name);
        }
    }
    return g_string_free(g_steal_pointer(&names), FALSE);
}

void sp_fill_facts(SpPage *page, xmlNode *node)
{
    g_autofree char *group = find_attribute(page, "kostragruppe");
    g_autofree char *centrality = find_attribute(page, "sentralitet");
    g_autofree char *comparators = comparators_of(page);
    add_fact(node, sp_page_text(page, "page.kommunenummer"), page->region);
    add_fact(node, sp_page_text(page, "page.kostragruppe"), group);
    add_fact(node, sp_page_text(page, "page.sentralitet"), centrality);
    add_fact(node, sp_page_text(page, "page.compared_with"), comparators);
}

/* ---- tables ---- */

static void add_explanation(const SpPage *page, xmlNode *node, gsize table)
{
    const SpTheme *theme = sp_site_theme(page->site, table);
    const SpTable *of = sp_tables_at(page->site->package->tables, table);
    if (theme != NULL && page->site->shows[table] == SP_SHOW_YES) {
        g_autofree char *anchor = sp_section_anchor(of);
        g_autofree char *target = g_strconcat(theme->file, "#", anchor, NULL);
        xmlNode *ways = sp_element_add(node, "p", NULL);
        sp_element_set(ways, "class", "ways");
        sp_page_link(page, ways, target, sp_page_text(page, "page.what_it_means"));
    }
}

static gboolean add_table(SpPage *page, xmlNode *node, gsize table, gboolean has_note)
{
    const GArray *rows = sp_site_rows(page->site, table, page->region);
    const SpGrid *grid = sp_site_grid(page->site, page->voice, table, FALSE);
    if (rows == NULL || rows->len == 0) {
        return FALSE;
    }
    g_autofree char *caption = sp_section_caption(grid);
    const char *note =
        sp_words_find(page->voice->words, "table.", sp_table_name(grid->table), ".note");
    page->is_told[table] = TRUE;
    if (has_note && note != NULL) {
        sp_element_add(node, "p", note);
    }
    if (sp_grid_count(grid, rows) > page->site->max_rows) {
        sp_element_add(node, "p", sp_page_text(page, "page.too_long"));
        sp_section_add_ways(page, node, grid->table);
        return TRUE;
    }
    if (sp_section_add_rows(node, grid, rows, caption, grid->region)) {
        sp_element_add(node, "p", sp_page_text(page, "page.some_periods"));
    }
    add_explanation(page, node, table);
    return TRUE;
}

void sp_fill_table(SpPage *page, xmlNode *node)
{
    g_autofree char *name = sp_page_take(node, "table");
    gsize table = name != NULL ? sp_site_table(page->site, name) : SP_NO_COLUMN;
    g_autofree char *id = g_strdup_printf("%s-tittel", name != NULL ? name : "");
    if (table == SP_NO_COLUMN || sp_site_rows(page->site, table, page->region) == NULL) {
        sp_page_drop(node);
        return;
    }
    const SpTable *of = sp_tables_at(page->site->package->tables, table);
    xmlNode *heading = sp_element_add(node, "h2", sp_words_table(page->voice->words, of));
    sp_element_set(heading, "id", id);
    sp_element_set(node, "aria-labelledby", id);
    (void)add_table(page, node, table, TRUE);
}

void sp_fill_all(SpPage *page, xmlNode *node)
{
    for (guint i = 0; i < page->site->themes->len; i++) {
        const SpTheme *theme = g_ptr_array_index(page->site->themes, i);
        const char *title = sp_words_find(page->voice->words, "theme.", theme->id, "");
        xmlNode *heading = sp_element_add(node, "h3", title != NULL ? title : theme->id);
        gboolean has_some = FALSE;
        for (guint j = 0; j < theme->tables->len; j++) {
            gsize table = g_array_index(theme->tables, gsize, j);
            const SpTable *of = sp_tables_at(page->site->package->tables, table);
            if (page->site->shows[table] != SP_SHOW_YES || page->is_told[table]) {
                continue;
            }
            xmlNode *details = sp_element_add(node, "details", NULL);
            sp_element_add(details, "summary", sp_words_table(page->voice->words, of));
            if (add_table(page, details, table, FALSE)) {
                has_some = TRUE;
            } else {
                sp_page_drop(details);
            }
        }
        if (!has_some) {
            sp_page_drop(heading);
        }
    }
    sp_xml_freeze(node);
}

/* ---- shortage ---- */

enum { STEP_YEARS = 5, MAX_YEARS = 3 };

/* The table `framskriving_gap`, and what is told of a row. */
typedef struct {
    const SpTable *table;
    const SpGrid *grid;
    const GArray *rows;
    gsize profession;
    gsize period;
    gsize gap;
    gsize low;        /* SP_NO_COLUMN without intervals */
    gsize high;       /* the same */
    gsize chance;     /* the same */
    GPtrArray *years; /* char*, borrowed: periods that are told */
} Shortage;

/* Round years after the base, the first few: planning ends before the projection does. */
static GPtrArray *years_of(const Shortage *shortage)
{
    GPtrArray *years = g_ptr_array_new();
    for (guint i = 0; i < shortage->rows->len && years->len < MAX_YEARS; i++) {
        const char *code = sp_table_code(shortage->table, g_array_index(shortage->rows, gsize, i),
                                         shortage->period);
        SpPeriod period;
        gboolean is_told =
            sp_period_parse(code, &period) && sp_day_year(period.first) % STEP_YEARS == 0;
        for (guint j = 0; is_told && j < years->len; j++) {
            is_told = strcmp(g_ptr_array_index(years, j), code) != 0;
        }
        if (is_told && i > 0) {
            g_ptr_array_add(years, (gpointer)code);
        }
    }
    return years;
}

static gboolean find_shortage(SpPage *page, Shortage *shortage)
{
    gsize place = sp_site_table(page->site, "framskriving_gap");
    if (place == SP_NO_COLUMN) {
        return FALSE;
    }
    const SpTable *table = sp_tables_at(page->site->package->tables, place);
    *shortage = (Shortage){.table = table,
                           .grid = sp_site_grid(page->site, page->voice, place, FALSE),
                           .rows = sp_site_rows(page->site, place, page->region),
                           .profession = sp_table_find(table, "yrke"),
                           .period = sp_table_find(table, "period"),
                           .gap = sp_table_find(table, "gap"),
                           .low = sp_table_find(table, "p05"),
                           .high = sp_table_find(table, "p95"),
                           .chance = sp_table_find(table, "sannsynlighet_mangel")};
    return shortage->rows != NULL && shortage->rows->len > 0 &&
           shortage->profession != SP_NO_COLUMN && shortage->period != SP_NO_COLUMN &&
           shortage->gap != SP_NO_COLUMN;
}

static void add_shortage_head(const SpPage *page, xmlNode *table, const Shortage *shortage)
{
    xmlNode *line = sp_element_add(sp_element_add(table, "thead", NULL), "tr", NULL);
    (void)sp_lay_heading(line, shortage->grid->headings[shortage->profession], FALSE);
    for (guint i = 0; i < shortage->years->len; i++) {
        g_autofree char *year =
            sp_words_code(page->voice->words, sp_table_column(shortage->table, shortage->period),
                          g_ptr_array_index(shortage->years, i));
        (void)sp_lay_heading(line, year, TRUE);
        if (shortage->chance != SP_NO_COLUMN) {
            (void)sp_lay_heading(line, sp_page_text(page, "page.shortage_chance"), TRUE);
        }
    }
}

/* "12,3 (5,1 til 20,4)". */
static void add_interval(const SpPage *page, xmlNode *line, const Shortage *shortage, gsize row)
{
    char gap[SP_FIGURE_SIZE];
    char low[SP_FIGURE_SIZE];
    char high[SP_FIGURE_SIZE];
    const SpUnits *units = sp_words_units(page->voice->words);
    SpFigureForm form = sp_units_form(units, sp_units_of(units, shortage->table, shortage->gap));
    SpReal real = sp_table_real(shortage->table, row, shortage->gap);
    sp_words_figure(real, form, gap);
    if (shortage->low == SP_NO_COLUMN || shortage->high == SP_NO_COLUMN ||
        real.status != SP_PRESENT) {
        sp_element_add(line, "td", gap);
        return;
    }
    sp_words_figure(sp_table_real(shortage->table, row, shortage->low), form, low);
    sp_words_figure(sp_table_real(shortage->table, row, shortage->high), form, high);
    g_autofree char *text =
        g_strdup_printf("%s (%s %s %s)", gap, low, sp_page_text(page, "page.to"), high);
    sp_element_add(line, "td", text);
}

static void add_chance(const SpPage *page, xmlNode *line, const Shortage *shortage, gsize row)
{
    const SpUnits *units = sp_words_units(page->voice->words);
    if (shortage->chance != SP_NO_COLUMN) {
        sp_lay_figure(line, sp_table_real(shortage->table, row, shortage->chance),
                      sp_units_form(units, sp_units_of(units, shortage->table, shortage->chance)));
    }
}

static gboolean find_row(const Shortage *shortage, guint from, const char *year, gsize *row)
{
    const guint32 *professions = sp_table_code_numbers_const(shortage->table, shortage->profession);
    guint32 wanted = professions[g_array_index(shortage->rows, gsize, from)];
    for (guint i = from; i < shortage->rows->len; i++) {
        *row = g_array_index(shortage->rows, gsize, i);
        if (professions[*row] == wanted &&
            strcmp(sp_table_code(shortage->table, *row, shortage->period), year) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* A profession that is needed nowhere and cannot be lacked has no line. */
static gboolean has_figure(const Shortage *shortage, guint from)
{
    for (guint i = 0; i < shortage->years->len; i++) {
        gsize row = 0;
        if (find_row(shortage, from, g_ptr_array_index(shortage->years, i), &row) &&
            sp_table_real(shortage->table, row, shortage->gap).status != SP_NOT_APPLICABLE) {
            return TRUE;
        }
    }
    return FALSE;
}

static void add_profession(const SpPage *page, xmlNode *body, const Shortage *shortage, guint from)
{
    gsize first = g_array_index(shortage->rows, gsize, from);
    xmlNode *line = sp_element_add(body, "tr", NULL);
    sp_lay_name(line, shortage->grid->labels[shortage->profession][sp_table_code_numbers_const(
                          shortage->table, shortage->profession)[first]]);
    for (guint i = 0; i < shortage->years->len; i++) {
        gsize row = 0;
        if (find_row(shortage, from, g_ptr_array_index(shortage->years, i), &row)) {
            add_interval(page, line, shortage, row);
            add_chance(page, line, shortage, row);
        } else {
            sp_element_add(line, "td", NULL);
            if (shortage->chance != SP_NO_COLUMN) {
                sp_element_add(line, "td", NULL);
            }
        }
    }
}

void sp_fill_shortage(SpPage *page, xmlNode *node)
{
    Shortage shortage;
    if (!find_shortage(page, &shortage)) {
        sp_page_drop(node);
        return;
    }
    const char *title = sp_page_text(page, "page.shortage");
    g_autoptr(GPtrArray) years = years_of(&shortage);
    shortage.years = years;
    sp_element_set(node, "id", "mangel");
    sp_element_set(node, "aria-labelledby", "mangel-tittel");
    sp_element_set(sp_element_add(node, "h2", title), "id", "mangel-tittel");
    sp_element_add(node, "p", sp_page_text(page, "page.shortage_note"));
    xmlNode *table = sp_lay_frame(node, page->voice->words, title);
    sp_lay_set_origin(table, shortage.table);
    add_shortage_head(page, table, &shortage);
    xmlNode *body = sp_element_add(table, "tbody", NULL);
    guint32 last = G_MAXUINT32;
    for (guint i = 0; i < shortage.rows->len; i++) {
        gsize row = g_array_index(shortage.rows, gsize, i);
        guint32 profession = sp_table_code_numbers_const(shortage.table, shortage.profession)[row];
        if (profession != last && has_figure(&shortage, i)) {
            add_profession(page, body, &shortage, i);
        }
        last = profession;
    }
    add_explanation(page, node, sp_site_table(page->site, sp_table_name(shortage.table)));
}
