/** What all calls of libcurl have in common: how they are set up, and what their ends mean. For the
 * files of core/io that call it. */
#ifndef SP_CORE_IO_CURL_H
#define SP_CORE_IO_CURL_H

#include "core/error.h"

#include <curl/curl.h>

/** Before anything of libcurl's but a call. */
void sp_curl_start(void);

/**
 * A call of `url` that speaks one of `schemes` ("http,https") and nothing else; curl_easy_cleanup.
 * Trusts `ca_file` in the place of the system's certificates (NULL: those). A proxy of the
 * environment is used, but never to this machine, for it would be another one. Ends when nobody is
 * there for 20 s, or less than 1 KiB a second comes and goes for two minutes. `message` is told
 * what libcurl has to say of the end, and outlives the call.
 */
CURL *sp_curl_new(const char *url, const char *schemes, const char *ca_file,
                  char message[CURL_ERROR_SIZE]);

/** Whether a host is this machine by its name or number: what need not be encrypted. */
gboolean sp_curl_is_loopback(const char *host);

/** Whether another call may end otherwise: nobody answered, a connection was lost, or (`status` of
 * HTTP; 0: none) the server is busy or ill. */
gboolean sp_curl_may_pass(CURLcode result, long status);

/** The end of a call in words, in our codes, and what somebody may do about it ("; is …?", or
 * ""). */
const char *sp_curl_words(CURLcode result, const char *message);
SpErrorCode sp_curl_code(CURLcode result);
const char *sp_curl_remedy(CURLcode result);

#endif
