/** What the families of generalised linear models differ in, one area at a time. */
#ifndef SP_TRANSFORMS_VARY_MODEL_FAMILY_H
#define SP_TRANSFORMS_VARY_MODEL_FAMILY_H

#include "transforms/vary/model/glm.h"

/** An area's predictor: eta on the scale of the link, offset included. */
typedef struct {
    double mean;     /* mu, persons */
    double slope;    /* d mu / d eta */
    double variance; /* of the count */
} SpFamilyPoint;

SpFamilyPoint sp_family_point(const SpGlmData *data, double alpha, gsize i, double eta);
/** A first eta from the count itself, moved off 0 and off the whole. */
double sp_family_start(const SpGlmData *data, gsize i);
/** The area's part of the deviance. */
double sp_family_deviance(const SpGlmData *data, double alpha, gsize i, double mean);
/** Its part of the log-likelihood. */
double sp_family_log_likelihood(const SpGlmData *data, double alpha, gsize i, double mean);

#endif
