/* The plan sheet, filled from the top down. */
#include "outputs/xlsx/plan_sheet.h"

#include "outputs/forklaring.h"
#include "outputs/plan.h"
#include "outputs/xlsx/cell_text.h"
#include "outputs/xlsx/top.h"

enum { KOMMUNE, PROFESSION, KNOWN, FIRST_BLANK, N_COLUMNS = FIRST_BLANK + SP_PLAN_N_BLANKS };
enum { ROW_HEADER = SP_TOP_ROWS, ROW_FIRST };

static const double widths[N_COLUMNS] = {24, 44, 12, 12, 12, 16, 16, 48};

typedef struct {
    SpBook *book;
    lxw_worksheet *sheet;
    const SpWords *words;
    SpPlan plan;
} Sheet;

static void put_header(const Sheet *to)
{
    const SpTable *table = to->plan.table;
    g_autofree char *profession = sp_words_heading(to->words, table, to->plan.profession);
    g_autofree char *known = sp_words_heading(to->words, table, to->plan.measure);
    const char *headings[N_COLUMNS] = {sp_words_text(to->words, "page.kommune"), profession, known};
    guint n_lines = 1;
    for (gsize i = 0; i < SP_PLAN_N_BLANKS; i++) {
        headings[FIRST_BLANK + i] = sp_words_text(to->words, sp_plan_blanks[i].text);
    }
    for (gsize i = 0; i < N_COLUMNS; i++) {
        n_lines = MAX(n_lines, sp_cell_lines(headings[i], widths[i]));
        sp_book_put_text(to->book, to->sheet, ROW_HEADER, i, headings[i],
                         i == KNOWN        ? SP_LOOK_HEADER_RIGHT
                         : i > FIRST_BLANK ? SP_LOOK_HEADER_AFTER
                                           : SP_LOOK_HEADER);
    }
    sp_book_set_lines(to->book, to->sheet, ROW_HEADER, n_lines);
}

static void put_words(const Sheet *to, gsize row, gsize column, gsize from, gsize line)
{
    const SpColumn *is = sp_table_column(to->plan.table, from);
    g_autofree char *text = sp_words_code(to->words, is, sp_table_code(to->plan.table, line, from));
    sp_book_put_text(to->book, to->sheet, row, column, text, SP_LOOK_WRAPPED);
    if (column == PROFESSION) {
        sp_book_set_lines(to->book, to->sheet, row, sp_cell_lines(text, widths[column]));
    }
}

static void put_line(const Sheet *to, gsize row, gsize line)
{
    const SpPlan *plan = &to->plan;
    const char *unit = sp_units_of(sp_words_units(to->words), plan->table, plan->measure);
    put_words(to, row, KOMMUNE, plan->region, line);
    put_words(to, row, PROFESSION, plan->profession, line);
    sp_book_put_figure(to->book, to->sheet, row, KNOWN,
                       (SpShownFigure){.real = sp_table_real(plan->table, line, plan->measure),
                                       .form = sp_units_form(sp_words_units(to->words), unit),
                                       .has_flags = TRUE});
    for (gsize i = 0; i < SP_PLAN_N_BLANKS; i++) {
        sp_book_put_blank(to->book, to->sheet, row, FIRST_BLANK + i);
    }
}

static void put_lines(const Sheet *to, const GArray *lines)
{
    const gsize last = ROW_HEADER + (gsize)lines->len;
    for (guint i = 0; i < lines->len; i++) {
        put_line(to, ROW_FIRST + (gsize)i, g_array_index(lines, gsize, i));
    }
    for (gsize i = 0; i < SP_PLAN_N_BLANKS; i++) {
        if (sp_plan_blanks[i].is_count) {
            sp_book_set_counts(to->book, to->sheet, FIRST_BLANK + i, ROW_FIRST, last);
        }
    }
    sp_book_set_widths(to->book, to->sheet, widths, N_COLUMNS, 0);
    sp_book_set_table(to->book, to->sheet, ROW_HEADER, last, N_COLUMNS, KNOWN);
    sp_book_lock(to->sheet);
}

char *sp_plan_sheet_add(SpBook *book, const SpWords *words, const char *contents)
{
    const SpPackage *package = sp_words_package(words);
    Sheet to = {.book = book, .words = words};
    char *name = NULL;
    if (!sp_plan_find(package->tables, &to.plan)) {
        return NULL;
    }
    g_autoptr(GArray) lines = sp_plan_lines_of(&to.plan, package->region);
    if (lines->len == 0) {
        return NULL;
    }
    const char *title = sp_words_text(words, "page.plan");
    g_autofree char *legend = sp_forklaring_legend(words, to.plan.table);
    g_autofree char *note =
        g_strjoin("\n", sp_words_text(words, "page.plan_sheet_note"), legend, NULL);
    to.sheet = sp_book_add_sheet(book, title, title, &name);
    sp_top_put(book, to.sheet, words,
               &(SpTop){.title = title,
                        .note = g_strstrip(note),
                        .contents = contents,
                        .widths = widths,
                        .n_columns = N_COLUMNS});
    put_header(&to);
    put_lines(&to, lines);
    return name;
}
