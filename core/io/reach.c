/* Connections that are closed again. */
#include "core/io/reach.h"

#include "core/io/curl.h"

enum { TIMEOUT_S = 10 };

static char *part_of(CURLU *url, CURLUPart part, unsigned flags)
{
    char *text = NULL;
    if (curl_url_get(url, part, &text, flags) != CURLUE_OK) {
        return NULL;
    }
    char *copy = g_strdup(text);
    curl_free(text);
    return copy;
}

char *sp_reach_server(const char *url)
{
    CURLU *parsed = curl_url();
    char *server = NULL;
    if (curl_url_set(parsed, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK) {
        g_autofree char *scheme = part_of(parsed, CURLUPART_SCHEME, 0);
        g_autofree char *host = part_of(parsed, CURLUPART_HOST, 0);
        g_autofree char *port = part_of(parsed, CURLUPART_PORT, CURLU_DEFAULT_PORT);
        /* All but https are reached by their port alone. */
        if (host != NULL && *host != '\0' && port != NULL) {
            server = g_strdup_printf(
                "%s://%s:%s", g_strcmp0(scheme, "https") == 0 ? "https" : "http", host, port);
        }
    }
    curl_url_cleanup(parsed);
    return server;
}

gboolean sp_reach(const char *server, const char *ca_file, GError **error)
{
    char message[CURL_ERROR_SIZE] = "";
    sp_curl_start();
    CURL *call = sp_curl_new(server, "http,https", ca_file, message);
    curl_easy_setopt(call, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(call, CURLOPT_CONNECTTIMEOUT, (long)TIMEOUT_S);
    curl_easy_setopt(call, CURLOPT_TIMEOUT, (long)TIMEOUT_S);
    const CURLcode result = curl_easy_perform(call);
    gboolean is_there = result == CURLE_OK;
    if (!is_there) {
        sp_error_set(error, sp_curl_code(result), "%s: %s%s", server,
                     sp_curl_words(result, message), sp_curl_remedy(result));
    }
    curl_easy_cleanup(call);
    return is_there;
}
