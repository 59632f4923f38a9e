/**
 * A workbook by libxlsxwriter, row by row in constant memory: the few kinds of cells and looks that
 * a package has. The only header, with the files of this folder, that knows the library. The first
 * failure is kept and told by sp_book_close.
 *
 * Sheets are filled from the top down and, within a row, from the left: earlier rows are on disk
 * already.
 */
#ifndef SP_OUTPUTS_XLSX_BOOK_H
#define SP_OUTPUTS_XLSX_BOOK_H

#include "outputs/xlsx/formats.h"

typedef struct SpBook SpBook;

/**
 * Starts a workbook at `path`, a name that is not taken. `folder` holds the library's temporary
 * files (removed as they are opened). SP_ERROR_CANT_CREATE, SP_ERROR_IO.
 */
SpBook *sp_book_new(const SpWords *words, const char *path, const char *folder, GError **error);
/** A sheet for print on A4 with the notices above and `title` below each page. `name` is made fit
 * for a sheet (at most 31 characters, no []:*?/\, unique); the name it got is *given, g_free;
 * `given` may be NULL. */
lxw_worksheet *sp_book_add_sheet(SpBook *book, const char *name, const char *title, char **given);

/** Text, never a formula, whatever it begins with; cut at Excel's 32 767 characters. */
void sp_book_put_text(SpBook *book, lxw_worksheet *sheet, gsize row, gsize column, const char *text,
                      SpLook look);
/** A figure as it is shown: a number in its unit's form (zero stands as 0 and is shown as "-"),
 * else SSB's sign as text. Its flags are shown behind it. */
typedef struct {
    SpReal real;
    SpFigureForm form;
    gboolean has_flags; /* others of the sheet have some */
} SpShownFigure;

void sp_book_put_figure(SpBook *book, lxw_worksheet *sheet, gsize row, gsize column,
                        SpShownFigure figure);
/** A text over as many of the first columns, of these widths [n], as make a good line; the row is
 * made high enough. */
void sp_book_put_wide(SpBook *book, lxw_worksheet *sheet, gsize row, const double widths[], gsize n,
                      const char *text);
/** Makes a row high enough for some lines; before the next row is begun. */
void sp_book_set_lines(SpBook *book, lxw_worksheet *sheet, gsize row, guint n);
/** The same number by a formula: `formula` begins with '=', and has this value. */
void sp_book_put_formula(SpBook *book, lxw_worksheet *sheet, gsize row, gsize column,
                         const char *formula, SpShownFigure figure);
/** An empty cell that people fill in; and the rule for those of a column, from row `first` to
 * `last`: a number from 0, told in the package's words. */
void sp_book_put_blank(SpBook *book, lxw_worksheet *sheet, gsize row, gsize column);
void sp_book_set_counts(SpBook *book, lxw_worksheet *sheet, gsize column, gsize first, gsize last);
/** Nothing but those can be changed, until the sheet is unlocked, which takes no password. Filters
 * and widths can. */
void sp_book_lock(lxw_worksheet *sheet);
/** A link to a row of a sheet, by the name it got: sp_book_target. */
void sp_book_put_link(SpBook *book, lxw_worksheet *sheet, gsize row, gsize column,
                      const char *target, const char *text);
char *sp_book_target(const char *sheet, gsize row); /* g_free */
/** A chart to be filled; and its place, with the text that stands for it. */
lxw_chart *sp_book_add_chart(SpBook *book, lxw_chart_type type);
void sp_book_put_chart(SpBook *book, lxw_worksheet *sheet, gsize row, lxw_chart *chart,
                       const char *alt);
/** Leaves of a sheet the first column in print, with a page break above each of the rows
 * (guint32). */
void sp_book_set_pages(SpBook *book, lxw_worksheet *sheet, const GArray *rows, gsize last);
/** Widths of the columns [n] in characters. A sheet too wide for a page is printed on several, the
 * first `n_fixed` columns on each. */
void sp_book_set_widths(SpBook *book, lxw_worksheet *sheet, const double widths[], gsize n,
                        gsize n_fixed);
/** The rows from `header` to `last` as a table: filter, header frozen with the first `n_fixed`
 * columns and repeated in print. */
void sp_book_set_table(SpBook *book, lxw_worksheet *sheet, gsize header, gsize last,
                       gsize n_columns, gsize n_fixed);

/** What outputs/xlsx/sheet_rows.h, which writes cells itself, needs of a book: the format of a
 * look, and of a figure; of a day or a year that is shown as Excel counts them, with its number,
 * NULL of a code that is neither (`is_after`: behind figures); the height of a row of some lines;
 * and a failure to be kept. */
lxw_format *sp_book_look(const SpBook *book, SpLook look);
lxw_format *sp_book_figure_format(const SpBook *book, SpShownFigure figure);
lxw_format *sp_book_time(const SpBook *book, const char *code, gboolean is_after, double *value);
double sp_book_height(guint n_lines);
void sp_book_note(SpBook *book, lxw_error failure);

/** Writes and frees; it is synced with its folder. FALSE if anything since sp_book_new failed. */
gboolean sp_book_close(SpBook *book, GError **error);
/** Frees without a word, for the error path; what is at the path is then worth nothing. */
void sp_book_abandon(SpBook *book);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpBook, sp_book_abandon)

#endif
