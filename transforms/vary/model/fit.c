/* The words of SpFit. */
#include "transforms/vary/model/fit.h"

static const char *const words[] = {
    [SP_FIT_GOOD] = "good",           [SP_FIT_TOO_FEW] = "too_few",
    [SP_FIT_COLLINEAR] = "collinear", [SP_FIT_ALL_ZERO] = "all_zero",
    [SP_FIT_SEPARATED] = "separated", [SP_FIT_NO_CONVERGENCE] = "no_convergence"};

const char *sp_fit_word(SpFit fit)
{
    return words[fit];
}
