/* Calls of libcurl. */
#include "core/io/curl.h"

enum {
    CONNECT_TIMEOUT_S = 20,
    /* Who sends nothing for so long has died; PxWeb may think for half a minute before the first
       byte. */
    SILENT_S = 120
};

void sp_curl_start(void)
{
    static gsize is_started = 0;
    if (g_once_init_enter(&is_started)) {
        curl_global_init(CURL_GLOBAL_DEFAULT);
        g_once_init_leave(&is_started, 1);
    }
}

gboolean sp_curl_is_loopback(const char *host)
{
    return g_strcmp0(host, "localhost") == 0 || g_strcmp0(host, "127.0.0.1") == 0 ||
           g_strcmp0(host, "::1") == 0;
}

CURL *sp_curl_new(const char *url, const char *schemes, const char *ca_file,
                  char message[CURL_ERROR_SIZE])
{
    sp_curl_start();
    CURL *curl = curl_easy_init();
    g_autoptr(GUri) uri = g_uri_parse(url, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
    CURLcode failed = curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, schemes);
    failed |= curl_easy_setopt(curl, CURLOPT_URL, url);
    failed |= curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    failed |= curl_easy_setopt(curl, CURLOPT_USERAGENT, "statpakke/0.1 (+nightly batch)");
    failed |= curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_TIMEOUT_S);
    failed |= curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
    failed |= curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, (long)SILENT_S);
    failed |= curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, message);
    if (ca_file != NULL) {
        failed |= curl_easy_setopt(curl, CURLOPT_CAINFO, ca_file);
        failed |= curl_easy_setopt(curl, CURLOPT_CAPATH, NULL); /* the system's */
    }
    if (uri != NULL && sp_curl_is_loopback(g_uri_get_host(uri))) {
        failed |= curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
    }
    g_assert(curl != NULL && failed == CURLE_OK); /* only without memory */
    return curl;
}

gboolean sp_curl_may_pass(CURLcode result, long status)
{
    switch ((int)result) {
    case CURLE_OK:
        return status == 429 || status == 502 || status == 503 || status == 504;
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_SEND_FAIL_REWIND:
    case CURLE_RECV_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_BAD_CONTENT_ENCODING: /* what a cut gzip body looks like */
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_SSH: /* a connection that was lost, among much else */
        return TRUE;
    default:
        return FALSE;
    }
}

const char *sp_curl_words(CURLcode result, const char *message)
{
    return message[0] != '\0' ? message : curl_easy_strerror(result);
}

SpErrorCode sp_curl_code(CURLcode result)
{
    switch ((int)result) {
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_URL_MALFORMAT:
    case CURLE_SSL_CACERT_BADFILE:
        return SP_ERROR_CONFIG;
    case CURLE_LOGIN_DENIED:
        return SP_ERROR_PERMISSION;
    case CURLE_FAILED_INIT:
    case CURLE_BAD_FUNCTION_ARGUMENT:
        return SP_ERROR_BUG;
    default:
        return SP_ERROR_UNAVAILABLE;
    }
}

const char *sp_curl_remedy(CURLcode result)
{
    switch ((int)result) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
    case CURLE_OPERATION_TIMEDOUT:
        return "; is the network up, and the address right?";
    case CURLE_PEER_FAILED_VERIFICATION:
        return "; its certificate is not one that ca_file, or the system where none is set, trusts";
    default:
        return "";
    }
}
