/**
 * A night to be disturbed: a small country whose first edition is served and whose population is
 * new, so that every stage has something to make; and what must be true whatever goes wrong in it.
 */
#ifndef SP_TESTS_FAULTS_NIGHT_H
#define SP_TESTS_FAULTS_NIGHT_H

#include "tests/faults/inject.h"

typedef struct Night Night;

/** Makes the country, its first edition, and, in a copy, what the undisturbed night makes of it. */
Night *night_new(void);
void night_free(Night *night);

/** How many calls of these kinds the undisturbed night has. */
guint night_n_calls(Night *night, unsigned calls);

/**
 * Runs the night with a disturbance, then without, and asserts: what is served is whole, and is the
 * old edition or the new one; the next run ends well; then editions, feed and history are to the
 * byte those of the undisturbed night, and nothing unfinished is left. TRUE if the disturbance was
 * met.
 */
gboolean night_survives(Night *night, const Inject *inject);

/**
 * Kills the night, which works side by side, at a moment of the clock that `random` chooses, and up
 * to two more times the runs that are to heal it; asserts the same after each kill and after the
 * run that is left alone. How many kills came before the end.
 */
guint night_survives_kills(Night *night, GRand *random);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Night, night_free)

#endif
