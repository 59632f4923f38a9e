/* Working beside each other, or alone. */
#include "pipeline/turns.h"

void sp_turns_init(SpTurns *turns)
{
    *turns = (SpTurns){.n_working = 0};
    pthread_mutex_init(&turns->lock, NULL);
    pthread_cond_init(&turns->changed, NULL);
}

void sp_turns_clear(SpTurns *turns)
{
    pthread_mutex_destroy(&turns->lock);
    pthread_cond_destroy(&turns->changed);
}

void sp_turns_begin(SpTurns *turns)
{
    pthread_mutex_lock(&turns->lock);
    /* Whoever waits to be alone would never be, if others went on beginning. */
    while (turns->is_alone || turns->n_waiting > 0) {
        pthread_cond_wait(&turns->changed, &turns->lock);
    }
    turns->n_working++;
    pthread_mutex_unlock(&turns->lock);
}

void sp_turns_end(SpTurns *turns)
{
    pthread_mutex_lock(&turns->lock);
    g_assert(turns->n_working > 0);
    turns->n_working--;
    pthread_cond_broadcast(&turns->changed);
    pthread_mutex_unlock(&turns->lock);
}

void sp_turns_begin_alone(SpTurns *turns)
{
    pthread_mutex_lock(&turns->lock);
    g_assert(turns->n_working > 0);
    turns->n_working--;
    turns->n_waiting++;
    pthread_cond_broadcast(&turns->changed);
    while (turns->is_alone || turns->n_working > 0) {
        pthread_cond_wait(&turns->changed, &turns->lock);
    }
    turns->n_waiting--;
    turns->is_alone = TRUE;
    pthread_mutex_unlock(&turns->lock);
}

void sp_turns_end_alone(SpTurns *turns)
{
    pthread_mutex_lock(&turns->lock);
    turns->is_alone = FALSE;
    turns->n_working++;
    pthread_cond_broadcast(&turns->changed);
    pthread_mutex_unlock(&turns->lock);
}
