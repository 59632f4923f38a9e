/** Whether a server is there: a connection is made and closed again, and nothing is asked. */
#ifndef SP_CORE_IO_REACH_H
#define SP_CORE_IO_REACH_H

#include <glib.h>

/** "https://data.ssb.no:443" of a URL: what it is reached by; two URLs of one server have the same.
 * NULL for a URL without a host (file://). g_free. */
char *sp_reach_server(const char *url);

/**
 * Connects to a server; https also shakes hands and looks at the certificate (`ca_file` NULL: by
 * the system's). Through the proxy of the environment, where there is one. SP_ERROR_UNAVAILABLE and
 * others of core/io/curl.h, naming the server, what happened and what to do.
 */
gboolean sp_reach(const char *server, const char *ca_file, GError **error);

#endif
