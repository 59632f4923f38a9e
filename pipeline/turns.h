/** Who of a program's threads work beside each other: all that can, or one alone. */
#ifndef SP_PIPELINE_TURNS_H
#define SP_PIPELINE_TURNS_H

#include <glib.h>

#include <pthread.h>

typedef struct {
    pthread_mutex_t lock; /* of all below; not GMutex, which tsan cannot see */
    pthread_cond_t changed;
    guint n_working; /* beside each other */
    guint n_waiting; /* to be alone */
    gboolean is_alone;
} SpTurns;

void sp_turns_init(SpTurns *turns);
void sp_turns_clear(SpTurns *turns);

/** The caller works beside others from here on: waits while somebody is alone, or waits to be. */
void sp_turns_begin(SpTurns *turns);
void sp_turns_end(SpTurns *turns);

/** One who works (between begin and end, else the program ends) has a while that nobody works
 * beside it: waits until those at work have ended, so it must hold no lock that they need. Several
 * take it one after another. */
void sp_turns_begin_alone(SpTurns *turns);
/** It works beside others again. */
void sp_turns_end_alone(SpTurns *turns);

#endif
