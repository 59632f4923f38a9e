/**
 * How a table lies before a reader: its keys down, its periods across where they can be, its
 * attributes last. The formats for people share it. Nothing is computed: rows, periods and columns
 * are put in order and chosen.
 *
 * Periods go across when they are the last key and there is no attribute, or a table of one measure
 * has some that do not differ from one period to the next. A table of several measures then has a
 * line for each of them. In a workbook a table of indicators keeps its periods down, since each
 * indicator has periods of its own, and so does one of more measures than periods, which is smaller
 * so. A page's table of the newest figures has its measures across and one period a line.
 */
#ifndef SP_OUTPUTS_GRID_H
#define SP_OUTPUTS_GRID_H

#include "outputs/show.h"
#include "outputs/words.h"

#define SP_GRID_ALL G_MAXUINT

typedef enum { SP_GRID_PAGE, SP_GRID_NEWEST, SP_GRID_SHEET } SpGridKind;

/** A table and its columns by their part in the layout. All borrow words and table. */
typedef struct {
    const SpWords *words;
    const SpTable *table;
    SpGridKind kind;
    GArray *keys;       /* gsize: columns whose codes name a line, in order of the table */
    GArray *attributes; /* gsize: other code columns, after the figures; those of a page leave out
                           the column of notices */
    GArray *measures;   /* gsize */
    char ***labels;     /* by column: words of its codes by number, NULL for a measure */
    char **headings;    /* by column */
    gsize region;       /* column, SP_NO_COLUMN if none */
    gsize indicator;    /* the same */
    gsize time;         /* the same: the column of periods */
    SpShowYears years;  /* those that are shown */
    guint answer;       /* place of the measure that of a kommune is its answer, and the only one
                           told of it; SP_GRID_ALL: none */
    const char *answers[2];        /* no and yes in words */
    gboolean is_across;            /* the columns after the keys are periods, not measures */
    gboolean has_measure_lines;    /* across, and each line is of one of several measures */
    SpFigureForm *forms;           /* by place in `measures`, but of figures in the unit of their
                                     row's indicator, which have: */
    const char **indicator_units;  /* ... that unit (outputs/units.h) here, NULL of others, and: */
    SpFigureForm *indicator_forms; /* ... the form of the indicator, by code number of it */
} SpGrid;

/** `words` and `table` are borrowed for the life of the grid. */
void sp_grid_init(SpGrid *grid, const SpWords *words, const SpTable *table, SpGridKind kind);
void sp_grid_clear(SpGrid *grid);

/** All rows of the table of the years that are shown (outputs/show.h), or of each line only the
 * newest where periods cannot go across and `is_newest` wants that. GArray of gsize, in table
 * order. */
GArray *sp_grid_rows(const SpGrid *grid, gboolean is_newest);

/**
 * How the workbook shows a table: as the catalogue says (outputs/show.h), but SP_SHOW_NO of a table
 * without rows, or of more lines than a sheet may have. SP_ERROR_CONFIG as sp_show_find.
 */
gboolean sp_grid_find_sheet(const SpWords *words, const SpTable *table, gint64 max_rows,
                            SpShow *show, GError **error);

/** One line: rows [from, to) of the view's rows, and the place of its measure if it has one. */
typedef struct {
    guint from;
    guint to;
    guint measure;
} SpGridLine;

/** Some rows of a grid as lines. A page leaves out a measure that cannot occur in any of them, and
 * an attribute that is empty in all. */
typedef struct {
    const SpGrid *grid;
    const GArray *rows;         /* gsize, borrowed: rows of the table, in table order */
    GArray *lines;              /* SpGridLine */
    GArray *measures;           /* guint: places in the grid's measures that are shown */
    GArray *attributes;         /* gsize: columns of the grid's attributes that are shown */
    gboolean has_measure_lines; /* lines are of different measures, and each names its own */
    GPtrArray *periods;         /* char*, borrowed: codes of the periods across, in order */
    int *places;                /* by code number of the period: place across, -1 if not shown */
    gboolean is_cut;            /* some periods are not shown */
} SpGridView;

/** A series of more than `max_periods` (0: no limit) shows its ends and every fifth year, and of
 * these the newest. `measure`: the place of the only one that is shown, or SP_GRID_ALL. */
void sp_grid_view_init(SpGridView *view, const SpGrid *grid, const GArray *rows, guint measure,
                       guint max_periods);
void sp_grid_view_clear(SpGridView *view);

/** TRUE of a measure that is shown as an answer in a row; and FALSE of one that is left out of a
 * row because another is its answer. */
gboolean sp_grid_is_answer(const SpGrid *grid, gsize row, guint measure);
gboolean sp_grid_tells(const SpGrid *grid, gsize row, guint measure);

/** FALSE when the measure at that place is not applicable in any of the rows: nothing to show. */
gboolean sp_grid_can_occur(const SpGrid *grid, const GArray *rows, guint measure);

/** Lines that these rows make. */
gsize sp_grid_count(const SpGrid *grid, const GArray *rows);

/** The first row of the table that a line is made of: its keys and attributes. */
gsize sp_grid_row(const SpGridView *view, const SpGridLine *line);
/** The number of figures of each line. */
guint sp_grid_n_figures(const SpGridView *view);
/** The heading of a place: a period or a measure. g_free. */
char *sp_grid_heading(const SpGridView *view, guint place);
/** The figure at a place of a line; FALSE when the table has none. */
gboolean sp_grid_figure(const SpGridView *view, const SpGridLine *line, guint place, SpReal *real,
                        SpFigureForm *form);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpGrid, sp_grid_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpGridView, sp_grid_view_clear)

#endif
