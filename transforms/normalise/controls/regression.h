/**
 * The editing control OutlierRegression: units far from a straight line through the others.
 *
 * Source: Statistics Norway's R package Kostra 1.3.3 (OutlierRegression, LmImpute);
 * docs/methods/controls.md. Arrays are [n] in the same order of units; one call is one stratum.
 */
#ifndef SP_TRANSFORMS_NORMALISE_CONTROLS_REGRESSION_H
#define SP_TRANSFORMS_NORMALISE_CONTROLS_REGRESSION_H

#include "core/real.h"

typedef enum {
    SP_LINE_ORDINARY,      /* y = a + b x */
    SP_LINE_RATIO,         /* y = b x, weights 1/x */
    SP_LINE_NO_CONSTANT,   /* y = b x */
    SP_LINE_MEAN,          /* y = a */
    SP_LINE_RATIO_CONSTANT /* y = a + b x, weights 1/x */
} SpLineKind;

/** "ordinary", "ratio", "noconstant", "mean", "ratioconstant"; FALSE for any other text. */
gboolean sp_line_kind_find(const char *text, SpLineKind *kind);

typedef struct {
    SpLineKind kind;
    double limit_model;   /* a studentised residual beyond this leaves the model; 4.5 */
    double limit_outlier; /* at or beyond this the unit is an outlier; 2.5 */
} SpLineForm;

typedef struct {
    gsize n;       /* units with numbers x and y, with weights 1/x also x > 0 */
    gsize n_model; /* of them in the model at last */
    double constant;
    double slope;
    double sigma; /* residual standard deviation of the model */
} SpLine;

/** What the control says of one unit. */
typedef struct {
    gboolean is_compared;
    gboolean is_in_model;
    gboolean is_outlier;
    double
        residual; /* externally studentised; of a unit outside the model that of its prediction */
    double left_out; /* y minus what the line through the others gives */
    double leverage; /* 0 outside the model */
    double expected; /* by the line without any outlier */
} SpLineUnit;

/**
 * Fits, leaves out the units beyond `limit_model`, and again, at most ten fits in all or until the
 * same units stay. FALSE when there are too few units for the line and a residual (parameters + 2),
 * or they lie so that there is no line, or all lie on it; `units` are then not compared.
 */
gboolean sp_control_regression(gsize n, const SpReal x[], const SpReal y[], const SpLineForm *form,
                               SpLine *line, SpLineUnit units[]);

#endif
