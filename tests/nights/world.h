/**
 * The world that a month of nights is spent in: SSB's server and a portal's on this machine, files
 * that other sources give, an inbox; and what may happen to them.
 */
#ifndef SP_TESTS_NIGHTS_WORLD_H
#define SP_TESTS_NIGHTS_WORLD_H

#include "tests/peers/peers.h"
#include "tests/pipeline/mini.h"

#include <microhttpd.h>

typedef enum {
    SSB_ANSWERS,
    SSB_IS_DOWN,            /* nobody takes the call */
    SSB_IS_ASKED_TOO_OFTEN, /* 429 to everything */
    SSB_SHOWS_ZEROS,        /* new tables before eight o'clock */
} Mood;

typedef struct {
    Mini *mini;
    Peer *portal; /* takes deliveries; NULL: there is no such server here */
    Mood mood;
    struct MHD_Daemon *ssb;
    guint16 port;
    const char *option; /* of this night alone; NULL: none */
} World;

/** The small country, its population from SSB's server, its packages delivered to the portal. */
World *world_new(void);
void world_free(World *world);

/** SSB's server from now on. */
void world_set_mood(World *world, Mood mood);

/** Runs the night at a time ("2025-03-01T03:00:00Z"). */
Result world_night(World *world, const char *time);
/** The same, killed as soon as a result of a stage is there that was not there before. */
void world_killed_night(World *world, const char *time, const char *stage);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(World, world_free)

#endif
