/**
 * A server of this process's own on 127.0.0.1 that answers with the bytes it is given, whatever
 * they are. It is the proxy of the environment too, so that nothing that is asked for, wherever a
 * redirect points, leads out of the process.
 */
#ifndef SP_TESTS_FUZZ_SERVER_H
#define SP_TESTS_FUZZ_SERVER_H

#include <glib.h>

/** The next calls are answered by the parts of `data` (fuzz_parts) one after the other, the last
 * one again and again; forgets what was asked before. The first call starts the server. */
void fuzz_server_answers(const guint8 *data, gsize size);

/** Heads of all requests since, one after the other. g_free. */
char *fuzz_server_asked(void);

#endif
