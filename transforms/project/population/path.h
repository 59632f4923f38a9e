/** A factor by year, as scenarios write it: "1.1", or "2026:1 2035:1.2 2050:0.9". */
#ifndef SP_TRANSFORMS_PROJECT_POPULATION_PATH_H
#define SP_TRANSFORMS_PROJECT_POPULATION_PATH_H

#include <glib.h>

enum { SP_PATH_POINTS = 16 };

/** Straight lines between the points, level before the first and after the last. */
typedef struct {
    guint n_points; /* 0: 1 in every year */
    int year[SP_PATH_POINTS];
    double factor[SP_PATH_POINTS];
} SpPath;

/** Factors from 0 to `most`; years rising. SP_ERROR_CONFIG names `key`, the text and what it may
 * be; `path` is then unspecified. */
gboolean sp_path_parse(const char *key, const char *text, double most, SpPath *path,
                       GError **error);
double sp_path_at(const SpPath *path, int year);

#endif
