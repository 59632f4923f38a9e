/** A cube in the other forms in which PxWebApi gives it, both in ISO-8859-1. What JSON-stat is:
 * cube.h. */
#ifndef SP_SIMULATE_CUBE_FORMS_H
#define SP_SIMULATE_CUBE_FORMS_H

#include "pipeline/simulate/cube.h"
#include "pipeline/simulate/output.h"

/** The PX file format: keywords, then the figures, last dimension fastest. Contents and time must
 * be the last dimensions, as they stand in its heading. */
void sp_sim_cube_put_px(const SpSimCube *cube, SpSimOutput *output);
/** CSV with codes and one figure a row (UseCodes, all variables in the stub): the header of the
 * figures is the table's title. It does not tell when the table was changed. */
void sp_sim_cube_put_csv(const SpSimCube *cube, SpSimOutput *output);

#endif
