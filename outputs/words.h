/**
 * How a package words its columns, codes, periods and figures for people, in the package's
 * language. Machine formats write codes and canonical numbers instead. A word that the catalogue of
 * texts does not have is its id or code, so that a hole is seen.
 */
#ifndef SP_OUTPUTS_WORDS_H
#define SP_OUTPUTS_WORDS_H

#include "core/period.h"
#include "outputs/units.h"

typedef struct SpWords SpWords;

/**
 * `package` is borrowed for the life of the words. SP_ERROR_CONFIG as sp_units_new; SP_ERROR_BUG
 * when the edition does not begin with a day.
 */
SpWords *sp_words_new(const SpPackage *package, GError **error);
void sp_words_free(SpWords *words);

/** The text of an id; borrowed from the catalogue. */
const char *sp_words_text(const SpWords *words, const char *id);
/** The text of PREFIX + NAME + SUFFIX ("table.", "befolkning", ".note"); NULL when the catalogue
 * has none. Borrowed. */
const char *sp_words_find(const SpWords *words, const char *prefix, const char *name,
                          const char *suffix);

/** What a reader should know of a table: the text "table.NAME.note", and of `endringer` since which
 * edition. NULL when the catalogue has none. g_free. */
char *sp_words_note(const SpWords *words, const SpTable *table);

/** The first sentences of a note, which say what figures are and what to beware of: two, or all
 * where little is left. `rest` is what follows them, "" where nothing does, borrowed of `note`.
 * g_free. */
char *sp_words_lead(const char *note, const char **rest);

/** The heading of a column of a table: the text "column.NAME.TABLE" where the same name is another
 * figure there, else "column.NAME". g_free. */
char *sp_words_column(const SpWords *words, const SpTable *table, gsize column);
/** The heading of a measure, with the unit it is shown in where config/units.csv wants that:
 * "Innbyggere (personer)", "Forhold til forventet". g_free. */
char *sp_words_heading(const SpWords *words, const SpTable *table, gsize column);

/**
 * A code of a column in words: the text "code.CLASSIFICATION.CODE" (the classification's name
 * without its version) or "code.COLUMN.CODE"; else the name of a region (of an area too) or an
 * indicator, "67–79 år" of an age, "1.1.2024" of a period or a day; the title of a table or a
 * column; "Region: Oslo; Periode: 1.1.2024" of a row; else the code. g_free.
 */
char *sp_words_code(const SpWords *words, const SpColumn *column, const char *code);
/** What a reader should know of a code beyond its name: the text of the same id + ".note"; NULL
 * when the catalogue has none. Borrowed. */
const char *sp_words_code_note(const SpWords *words, const SpColumn *column, const char *code);
/** The words of all codes of a column's dictionary, by number [sp_codes_size]; NULL-terminated,
 * g_strfreev. */
char **sp_words_labels(const SpWords *words, const SpTable *table, gsize column);

/** Kinds of code columns that formats treat each in their way. */
gboolean sp_words_is_region(const SpColumn *column);
gboolean sp_words_is_period(const SpColumn *column);
/** Days that are no periods of figures: when a source was updated. */
gboolean sp_words_is_day(const SpColumn *column);
/** An attribute or key whose codes name rows of a table, "region=0301 period=2024". */
gboolean sp_words_is_row(const SpColumn *column);
gboolean sp_words_is_indicator(const SpColumn *column);
/** An attribute whose codes each name several indicators, with a blank between their ids. */
gboolean sp_words_is_indicator_list(const SpColumn *column);
/** The column that repeats the package's notices in every row, for those who copy rows. */
gboolean sp_words_is_notice(const SpColumn *column);
/** Ages and bands of ages. */
gboolean sp_words_is_age(const SpColumn *column);
/** TRUE when a code is one completed year of age ("067", "105"), not a band. */
gboolean sp_words_is_one_year(const SpColumn *column, const char *code);

/** Units of figures and how they are printed. Borrowed. */
const SpUnits *sp_words_units(const SpWords *words);

/**
 * A figure as people read it: Norwegian number form, "-" for zero, SSB's sign where there is no
 * number. `buffer` has room for SP_FIGURE_SIZE; returns it.
 */
enum { SP_FIGURE_SIZE = 112 };
/** What stands behind the percent sign of percentage points, in all languages of packages. */
#define SP_POINTS "-poeng"
const char *sp_words_figure(SpReal real, SpFigureForm form, char buffer[SP_FIGURE_SIZE]);

/** Decimals that a figure is printed with: those of its form, or as many as a free form gives a
 * number of that size. */
guint sp_words_decimals(double value, SpFigureForm form);

/** A text without characters that XML 1.0 cannot hold (each replaced by U+FFFD); invalid UTF-8
 * likewise. g_free. */
char *sp_words_clean(const char *text);

/** "table.NAME" of a table of the package, and where its full data lie: "data/NAME.csv" (g_free).
 */
const char *sp_words_table(const SpWords *words, const SpTable *table);
char *sp_words_data_path(const SpTable *table);

/** A day for people: "25.2.2026". g_free. */
char *sp_words_day(SpDay day);
/** The day the edition is named by, "2026-02-25". Borrowed. */
const char *sp_words_edition_day(const SpWords *words);
/** The edition for people: "Utgave 25.2.2026 (2026-02-25-1a2b3c4d)". g_free. */
char *sp_words_edition(const SpWords *words);
/** The notices' texts joined by " · ", "" without any. Borrowed. */
const char *sp_words_notices(const SpWords *words);

/** The package itself. Borrowed. */
const SpPackage *sp_words_package(const SpWords *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpWords, sp_words_free)

#endif
