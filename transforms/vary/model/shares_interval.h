/**
 * The interval of the unexplained share, from those of its parts: docs/methods/variation.md#shares.
 */
#ifndef SP_TRANSFORMS_VARY_MODEL_SHARES_INTERVAL_H
#define SP_TRANSFORMS_VARY_MODEL_SHARES_INTERVAL_H

#include "transforms/vary/limits/interval.h"

/** Variances between areas, on one scale. */
typedef struct {
    double unexplained;
    double unexplained_low, unexplained_high; /* 95 %; the upper one may be infinite */
    double explained;                         /* by need and constraint, >= 0 */
    double explained_error;                   /* standard error */
    double chance;                            /* of a typical area; taken as known */
} SpShareParts;

/** unexplained / (unexplained + explained + chance), 95 %, within 0-1: the distances that each part
 * gives by itself, squared and added (MOVER: Zou & Donner, Stat Med 2008;27:1693-702). Missing
 * where the parts are nothing together. */
SpInterval sp_shares_interval(const SpShareParts *parts);

#endif
