/**
 * Files that hold a secret: a key, a login, a password. One rule for all: a regular file that is
 * its owner's alone (mode 0600 or stricter); or "systemd:NAME", the credential that systemd
 * hands the service (LoadCredential= of its unit), to whose mode systemd sees.
 */
#ifndef SP_CORE_IO_SECRET_H
#define SP_CORE_IO_SECRET_H

#include <glib.h>

/** The name of a credential of systemd; NULL where a secret is a path. Borrowed. */
const char *sp_secret_credential(const char *secret);
/** The path of a secret. g_free. SP_ERROR_CONFIG when systemd gives this process no credentials. */
char *sp_secret_locate(const char *secret, GError **error);

/** Opens one for reading and tells its size, as sp_file_open does. Its descriptor, which the caller
 * closes; -1 with error: those of sp_file_open and sp_secret_locate, and SP_ERROR_CONFIG when
 * others may use it. */
int sp_secret_open(const char *secret, gsize *size, GError **error);
/** Its path, when it could be opened: for libraries that read it themselves. g_free. */
char *sp_secret_check(const char *secret, GError **error);

/** Wipes a text and frees it; NULL is fine. */
void sp_secret_free(char *text);

#endif
