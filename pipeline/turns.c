/* Working beside each other, or alone. */
#include "pipeline/turns.h"

void sp_turns_init(SpTurns *turns)
{
    *turns = (SpTurns){.n_working = 0};
    g_mutex_init(&turns->lock);
    g_cond_init(&turns->changed);
}

void sp_turns_clear(SpTurns *turns)
{
    g_mutex_clear(&turns->lock);
    g_cond_clear(&turns->changed);
}

void sp_turns_begin(SpTurns *turns)
{
    g_mutex_lock(&turns->lock);
    /* Whoever waits to be alone would never be, if others went on beginning. */
    while (turns->is_alone || turns->n_waiting > 0) {
        g_cond_wait(&turns->changed, &turns->lock);
    }
    turns->n_working++;
    g_mutex_unlock(&turns->lock);
}

void sp_turns_end(SpTurns *turns)
{
    g_mutex_lock(&turns->lock);
    turns->n_working--;
    g_cond_broadcast(&turns->changed);
    g_mutex_unlock(&turns->lock);
}

void sp_turns_begin_alone(SpTurns *turns)
{
    g_mutex_lock(&turns->lock);
    turns->n_working--;
    turns->n_waiting++;
    g_cond_broadcast(&turns->changed);
    while (turns->is_alone || turns->n_working > 0) {
        g_cond_wait(&turns->changed, &turns->lock);
    }
    turns->n_waiting--;
    turns->is_alone = TRUE;
    g_mutex_unlock(&turns->lock);
}

void sp_turns_end_alone(SpTurns *turns)
{
    g_mutex_lock(&turns->lock);
    turns->is_alone = FALSE;
    turns->n_working++;
    g_cond_broadcast(&turns->changed);
    g_mutex_unlock(&turns->lock);
}
