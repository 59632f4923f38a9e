/**
 * A process that is cut off from the network. What it reads may have come from anybody, and the
 * libraries that read it are large: whatever they are led to do, it stays in this machine.
 */
#ifndef SP_PIPELINE_NETWORK_H
#define SP_PIPELINE_NETWORK_H

#include "pipeline/log.h"

/**
 * From here on this process, all its threads and whatever it starts can open no socket but those
 * between processes of this machine (AF_UNIX): EPERM, and the same for io_uring, which opens them
 * past the filter. No way leads back. Sockets that are open stay so. Nothing it starts gains rights
 * by its file (PR_SET_NO_NEW_PRIVS).
 *
 * FALSE where the kernel does not allow it, with the cause in *why (g_free); all is then as before.
 */
gboolean sp_network_close(char **why);

/** Whether it would be closed here, tried out in a process of its own. *why as above. */
gboolean sp_network_can_close(char **why);

/** Tells that programs which need no network have one all the same, and why. */
void sp_network_tell(const SpLog *log, const char *why);

#endif
