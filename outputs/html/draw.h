/**
 * Drawing in SVG: places on scales, lines, areas, marks and words. Coordinates are those of the
 * drawing, x to the right and y down, written with one decimal. Looks are classes of stil.css.
 */
#ifndef SP_OUTPUTS_HTML_DRAW_H
#define SP_OUTPUTS_HTML_DRAW_H

#include "outputs/html/lay.h"

/** From values to places, straight or by their logarithm; `step` parts it at round values. */
typedef struct {
    double low;
    double high;
    double step;
    gboolean is_log;
    double from; /* place of `low` */
    double to;   /* of `high` */
} SpScale;

/** A scale with room for values from `low` to `high`, whose ends are round; about `n_steps` steps.
 * By logarithm where `is_log`; then `low` is above 0, and its steps are powers of ten. */
void sp_scale_init(SpScale *scale, double low, double high, guint n_steps, gboolean is_log);
double sp_scale_place(const SpScale *scale, double value);
/** The round values of a scale, rising: GArray of double; g_array_unref. */
GArray *sp_scale_ticks(const SpScale *scale);

/** An empty drawing with what it is called and what it shows, for those who do not see it. */
xmlNode *sp_draw_new(xmlNode *parent, double width, double height, const char *alt);
void sp_draw_line(xmlNode *svg, double x1, double y1, double x2, double y2, const char *look);
void sp_draw_text(xmlNode *svg, double x, double y, const char *look, const char *text);
/** A path whose points were added with sp_path_add; nothing without points. */
void sp_draw_path(xmlNode *svg, const GString *path, const char *look);
/** Adds a point: a line from the last one, unless it is the first or `is_start`. */
void sp_path_add(GString *path, double x, double y, gboolean is_start);
/** Joins the last point with the first that was started. */
void sp_path_close(GString *path);

/** An item of a key: a small drawing, 28 by 14, and what it stands for. Returns the drawing. */
xmlNode *sp_draw_swatch(xmlNode *list, const char *text);

/** Marks of series, told apart by form and not by colour alone; more than these begin anew. */
enum { SP_N_MARKS = 5 };
/** A mark of series `form` at a place; `told` (may be NULL) is what it says when pointed at. */
void sp_draw_mark(xmlNode *svg, guint form, double x, double y, const char *look, const char *told);

#endif
