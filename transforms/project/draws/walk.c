/* Walks of shocks: what is known of them without drawing. */
#include "transforms/project/draws/walk.h"

#include <math.h>

double sp_walk_sd(SpWalk walk, gsize years)
{
    double square = walk.kept * walk.kept;
    if (square >= 1.0) {
        return walk.step * sqrt((double)years);
    }
    return walk.step * sqrt((1 - pow(square, (double)years)) / (1 - square));
}

SpWalk sp_walk_around(double sd, double kept)
{
    return (SpWalk){.step = sd * sqrt(MAX(1 - kept * kept, 0.0)), .kept = kept};
}

SpWalk sp_walk_between(double before, double after)
{
    if (after >= before) {
        return (SpWalk){.step = sqrt(after * after - before * before), .kept = 1};
    }
    return (SpWalk){.step = 0, .kept = after / before};
}
