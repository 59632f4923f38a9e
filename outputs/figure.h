/**
 * Which figures a package is drawn in, and what each shows, for every format that draws: nothing
 * here knows how a figure is drawn, and nothing is computed: points are figures of the published
 * tables.
 *
 * config/figurer.csv, one row a figure, in the order in which they stand in packages:
 *
 *   id        a word of its own ("shortage_nurses")
 *   kind      pyramid, fan, funnel, dots, series
 *   table     the published table; a package without it, or without a number to show, is drawn
 *             without the figure
 *   packages  all, fylker, country
 *   codes     "yrke=sykepleier": the keys that the kind leaves open
 *   measures  parted by '|', the leading one first; one that the table may lack begins with "?"
 *   x         funnel: where sizes are: a table, its measure and codes: "befolkning innbyggere
 *             kjonn=0 alder=000-105"; of its newest date
 *   note      for maintainers
 */
#ifndef SP_OUTPUTS_FIGURE_H
#define SP_OUTPUTS_FIGURE_H

#include "outputs/words.h"

/**
 * Points and series of each kind ([n] is SpFigure's n):
 *
 *   pyramid  points are ages, of the package's own region; series 0 and 1 are men and women at the
 *            first period of the table, 2 and 3 the same at its last
 *   fan      points are periods, own region; series 0 is what is expected, the rest edges of the
 *            bands in rising order, the outermost two first and last
 *   funnel   points are kommuner by rising size; series 0 is the indicator's value, the rest limits
 *   dots     points are kommuner by code; series 0 is their value, the rest what they are compared
 *            with
 *   series   points are periods, own region; every series stands for itself. A point flagged
 *            SP_FLAG_BREAK_BEFORE is not comparable with those before: no line goes to it
 *
 * A point that is no number (sp_real_is_number) is a gap with its sign, never zero.
 */
typedef enum {
    SP_FIGURE_PYRAMID,
    SP_FIGURE_FAN,
    SP_FIGURE_FUNNEL,
    SP_FIGURE_DOTS,
    SP_FIGURE_SERIES,
    SP_N_FIGURE_KINDS
} SpFigureKind;

typedef struct {
    char *name; /* "5-persentil", "Menn, 1.1.2026" */
    SpFigureForm form;
    SpReal *points; /* [n] as published; not applicable where the table has no row */
} SpFigureSeries;

enum { SP_FIGURE_MAX_SERIES = 9 };

typedef struct {
    char *id;
    SpFigureKind kind;
    const SpTable *table; /* borrowed: of the package */
    char *title;          /* "Underdekning: Sykepleier. Trøndelag" */
    char *alt;            /* how it is read, and the ends or the number of what it shows */
    char *note;           /* signs, flags and breaks of its points; "" if none */
    char *x_title;
    char *y_title;
    gsize n;
    char **labels;     /* [n] of the points; NULL-terminated */
    SpReal *sizes;     /* [n] funnel: place along x, all numbers; else NULL */
    GPtrArray *series; /* SpFigureSeries*, 1 to SP_FIGURE_MAX_SERIES, the first with a number */
} SpFigure;

/** The package's figures (SpFigure*) in order of the catalogue, of those with these ids
 * (NULL-terminated; NULL: all); empty where the package has none. SP_ERROR_CONFIG, naming the
 * figure, for a word that is not one of the above, a column that its table does not have, and a key
 * left open. g_ptr_array_unref. */
GPtrArray *sp_figure_list_new(const SpWords *words, const char *const ids[], GError **error);

/** TRUE where the points are kommuner. */
gboolean sp_figure_is_of_kommuner(SpFigureKind kind);

/** The series at a place. */
const SpFigureSeries *sp_figure_series(const SpFigure *figure, guint place);

#endif
