/* What a kommune is expected to lack of each profession. */
#include "outputs/html/fillers.h"

#include "core/period.h"
#include "outputs/html/section.h"

#include <math.h>
#include <string.h>

enum { STEP_YEARS = 5, MAX_YEARS = 3 };

/* A profession, and the table's rows of the years that are told. */
typedef struct {
    guint32 code;
    double need; /* of the package's whole region in the first year */
    gsize rows[MAX_YEARS];
    gboolean is_there[MAX_YEARS];
} Profession;

/* The table `framskriving_gap`. */
typedef struct {
    const SpTable *table;
    const SpGrid *grid;
    const GArray *rows;
    gsize profession;
    gsize period;
    gsize gap;
    gsize low;           /* SP_NO_COLUMN without intervals */
    gsize high;          /* the same */
    gsize chance;        /* the same */
    GPtrArray *years;    /* char*, borrowed: periods that are told */
    GArray *professions; /* Profession, those that most work in first */
} Shortage;

static const Profession *profession_at(const Shortage *shortage, guint i)
{
    return &g_array_index(shortage->professions, Profession, i);
}

/* ---- what is told ---- */

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

static guint place_of(const GPtrArray *years, const char *year)
{
    guint i = 0;
    while (i < years->len && strcmp(g_ptr_array_index(years, i), year) != 0) {
        i++;
    }
    return i;
}

/* Round years after the base, the first few: planning ends before the projection does. */
static GPtrArray *years_of(const Shortage *shortage)
{
    GPtrArray *years = g_ptr_array_new();
    for (guint i = 1; i < shortage->rows->len && years->len < MAX_YEARS; i++) {
        const char *code = sp_table_code(shortage->table, g_array_index(shortage->rows, gsize, i),
                                         shortage->period);
        SpPeriod period;
        if (sp_period_parse(code, &period) && sp_day_year(period.first) % STEP_YEARS == 0 &&
            place_of(years, code) == years->len) {
            g_ptr_array_add(years, (gpointer)code);
        }
    }
    return years;
}

/* Rows of a profession lie together. */
static Profession *profession_of(GArray *professions, guint32 code)
{
    if (professions->len == 0 ||
        g_array_index(professions, Profession, professions->len - 1).code != code) {
        const Profession profession = {.code = code};
        g_array_append_val(professions, profession);
    }
    return &g_array_index(professions, Profession, professions->len - 1);
}

static GArray *professions_of(const Shortage *shortage)
{
    const guint32 *codes = sp_table_code_numbers_const(shortage->table, shortage->profession);
    GArray *professions = g_array_new(FALSE, FALSE, sizeof(Profession));
    for (guint i = 0; i < shortage->rows->len; i++) {
        const gsize row = g_array_index(shortage->rows, gsize, i);
        Profession *profession = profession_of(professions, codes[row]);
        const char *year = sp_table_code(shortage->table, row, shortage->period);
        const guint place = place_of(shortage->years, year);
        if (place < shortage->years->len) {
            profession->rows[place] = row;
            profession->is_there[place] = TRUE;
        }
    }
    return professions;
}

/* Of the first row of each profession: the year before the projection. */
static void add_needs(const SpPage *page, const Shortage *shortage)
{
    const gsize need = sp_table_find(shortage->table, "etterspoersel");
    const guint32 *codes = sp_table_code_numbers_const(shortage->table, shortage->profession);
    const gsize place = sp_site_table(page->site, sp_table_name(shortage->table));
    const GArray *rows = sp_site_rows(page->site, place, page->site->package->region);
    guint32 last = G_MAXUINT32;
    for (guint i = 0; rows != NULL && need != SP_NO_COLUMN && i < rows->len; i++) {
        const gsize row = g_array_index(rows, gsize, i);
        const SpReal real = sp_table_real(shortage->table, row, need);
        for (guint j = 0; codes[row] != last && j < shortage->professions->len; j++) {
            Profession *profession = &g_array_index(shortage->professions, Profession, j);
            if (profession->code == codes[row]) {
                profession->need = sp_real_is_number(real) ? real.value : 0.0;
            }
        }
        last = codes[row];
    }
}

static gint by_need(gconstpointer a, gconstpointer b)
{
    const Profession *first = a;
    const Profession *second = b;
    if (first->need != second->need) {
        return first->need > second->need ? -1 : 1;
    }
    return (first->code > second->code) - (first->code < second->code);
}

/* A profession that is needed nowhere and cannot be lacked has no line. */
static gboolean has_figure(const Shortage *shortage, const Profession *profession)
{
    for (guint i = 0; i < shortage->years->len; i++) {
        if (profession->is_there[i] &&
            sp_table_real(shortage->table, profession->rows[i], shortage->gap).status !=
                SP_NOT_APPLICABLE) {
            return TRUE;
        }
    }
    return FALSE;
}

static void drop_empty(Shortage *shortage)
{
    for (guint i = shortage->professions->len; i-- > 0;) {
        if (!has_figure(shortage, profession_at(shortage, i))) {
            g_array_remove_index(shortage->professions, i);
        }
    }
}

/* ---- the table ---- */

static guint8 flags_of_year(const Shortage *shortage, gsize column, guint year)
{
    gsize n = 0;
    g_autofree SpReal *reals = g_new0(SpReal, (gsize)shortage->professions->len + 1);
    for (guint i = 0; i < shortage->professions->len; i++) {
        const Profession *profession = profession_at(shortage, i);
        if (profession->is_there[year]) {
            reals[n++] = sp_table_real(shortage->table, profession->rows[year], column);
        }
    }
    return sp_lay_common_flags(reals, n);
}

static void add_head(const SpPage *page, xmlNode *table, const Shortage *shortage)
{
    xmlNode *line = sp_element_add(sp_element_add(table, "thead", NULL), "tr", NULL);
    (void)sp_lay_heading(line, shortage->grid->headings[shortage->profession], FALSE);
    for (guint i = 0; i < shortage->years->len; i++) {
        g_autofree char *year =
            sp_words_code(page->voice->words, sp_table_column(shortage->table, shortage->period),
                          g_ptr_array_index(shortage->years, i));
        sp_lay_flags(sp_lay_heading(line, year, TRUE), flags_of_year(shortage, shortage->gap, i));
        if (shortage->chance != SP_NO_COLUMN) {
            sp_lay_flags(sp_lay_heading(line, sp_page_text(page, "page.shortage_chance"), TRUE),
                         flags_of_year(shortage, shortage->chance, i));
        }
    }
}

/* "12,3 (5,1 til 20,4)". */
static void add_interval(const SpPage *page, xmlNode *line, const Shortage *shortage, gsize row,
                         guint8 common)
{
    char gap[SP_FIGURE_SIZE];
    char low[SP_FIGURE_SIZE];
    char high[SP_FIGURE_SIZE];
    const SpUnits *units = sp_words_units(page->voice->words);
    SpFigureForm form = sp_units_form(units, sp_units_of(units, shortage->table, shortage->gap));
    SpReal real = sp_table_real(shortage->table, row, shortage->gap);
    const guint flags = real.flags & (guint)~common;
    sp_words_figure(real, form, gap);
    if (shortage->low == SP_NO_COLUMN || shortage->high == SP_NO_COLUMN ||
        real.status != SP_PRESENT) {
        sp_lay_flags(sp_element_add(line, "td", gap), flags);
        return;
    }
    sp_words_figure(sp_table_real(shortage->table, row, shortage->low), form, low);
    sp_words_figure(sp_table_real(shortage->table, row, shortage->high), form, high);
    g_autofree char *text =
        g_strdup_printf("%s (%s %s %s)", gap, low, sp_page_text(page, "page.to"), high);
    sp_lay_flags(sp_element_add(line, "td", text), flags);
}

static void add_chance(const SpPage *page, xmlNode *line, const Shortage *shortage, gsize row,
                       guint8 common)
{
    const SpUnits *units = sp_words_units(page->voice->words);
    SpReal real = sp_table_real(shortage->table, row, shortage->chance);
    real.flags &= (guint8)~common;
    sp_lay_figure(line, real,
                  sp_units_form(units, sp_units_of(units, shortage->table, shortage->chance)));
}

static void add_profession(const SpPage *page, xmlNode *body, const Shortage *shortage,
                           const Profession *profession)
{
    xmlNode *line = sp_element_add(body, "tr", NULL);
    sp_lay_name(line, shortage->grid->labels[shortage->profession][profession->code]);
    for (guint i = 0; i < shortage->years->len; i++) {
        if (profession->is_there[i]) {
            add_interval(page, line, shortage, profession->rows[i],
                         flags_of_year(shortage, shortage->gap, i));
        } else {
            sp_element_add(line, "td", NULL);
        }
        if (shortage->chance != SP_NO_COLUMN && profession->is_there[i]) {
            add_chance(page, line, shortage, profession->rows[i],
                       flags_of_year(shortage, shortage->chance, i));
        } else if (shortage->chance != SP_NO_COLUMN) {
            sp_element_add(line, "td", NULL);
        }
    }
}

/* A figure that is read as 0: "0,0", nothing, or what cannot occur. */
static gboolean reads_as_nothing(const Shortage *shortage, gsize row, gsize column,
                                 SpFigureForm form)
{
    const SpReal real = column != SP_NO_COLUMN ? sp_table_real(shortage->table, row, column)
                                               : sp_real_none(SP_NOT_APPLICABLE);
    return real.status == SP_NOT_APPLICABLE ||
           (sp_real_is_number(real) &&
            fabs(real.value) < 0.5 * pow(10.0, -(double)sp_words_decimals(real.value, form)));
}

/* Lacked in no year that is told, nor left over, as far as the page's decimals tell. */
static gboolean is_nothing(const SpPage *page, const Shortage *shortage,
                           const Profession *profession)
{
    const SpUnits *units = sp_words_units(page->voice->words);
    const SpFigureForm form =
        sp_units_form(units, sp_units_of(units, shortage->table, shortage->gap));
    const gsize columns[] = {shortage->gap, shortage->low, shortage->high};
    for (guint i = 0; i < shortage->years->len * G_N_ELEMENTS(columns); i++) {
        const guint year = i / G_N_ELEMENTS(columns);
        if (profession->is_there[year] &&
            !reads_as_nothing(shortage, profession->rows[year], columns[i % G_N_ELEMENTS(columns)],
                              form)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* The professions that are lacked or not, one table; none where there are none. */
static void add_table(const SpPage *page, xmlNode *node, const Shortage *shortage,
                      const char *caption, gboolean of_nothing)
{
    xmlNode *body = NULL;
    for (guint i = 0; i < shortage->professions->len; i++) {
        const Profession *profession = profession_at(shortage, i);
        if (is_nothing(page, shortage, profession) != of_nothing) {
            continue;
        }
        if (body == NULL) {
            xmlNode *table = sp_lay_frame(node, page->voice->words, caption);
            sp_lay_set_origin(table, shortage->table);
            add_head(page, table, shortage);
            body = sp_element_add(table, "tbody", NULL);
        }
        add_profession(page, body, shortage, profession);
    }
}

/* Folded away: many lines that say nothing hide the few that do. */
static void add_others(const SpPage *page, xmlNode *node, const Shortage *shortage)
{
    const char *title = sp_page_text(page, "page.shortage_others");
    xmlNode *details = sp_element_add(node, "details", NULL);
    xmlNode *summary = sp_element_add(details, "summary", title);
    add_table(page, details, shortage, title, TRUE);
    if (summary->next == NULL) {
        sp_page_drop(details);
    }
}

static void add_section(SpPage *page, xmlNode *node, const Shortage *shortage)
{
    const char *title = sp_page_text(page, "page.shortage");
    (void)sp_lay_section(node, "mangel", title);
    sp_element_add(node, "p", sp_page_text(page, "page.shortage_note"));
    add_table(page, node, shortage, title, FALSE);
    add_others(page, node, shortage);
    sp_section_explain(page, node, sp_site_table(page->site, sp_table_name(shortage->table)));
}

void sp_fill_shortage(SpPage *page, xmlNode *node)
{
    Shortage shortage;
    if (!find_shortage(page, &shortage)) {
        sp_page_drop(node);
        return;
    }
    g_autoptr(GPtrArray) years = years_of(&shortage);
    shortage.years = years;
    g_autoptr(GArray) professions = professions_of(&shortage);
    shortage.professions = professions;
    add_needs(page, &shortage);
    drop_empty(&shortage);
    g_array_sort(professions, by_need);
    add_section(page, node, &shortage);
}
