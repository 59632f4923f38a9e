/* Addresses that tell more than where. */
#include "pipeline/guard/plain_secrets.h"

#include "core/error.h"

#include <string.h>

#define SCHEME_END "://"

/* What stands before `colon` is http or https. */
static gboolean is_http(const char *text, const char *colon)
{
    const char *start = colon;
    while (start > text && g_ascii_isalpha(start[-1])) {
        start--;
    }
    g_autofree char *scheme = g_ascii_strdown(start, colon - start);
    return strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0;
}

/* The last @ before the path parts the host from what precedes it, as libcurl reads it. */
static gboolean holds_secret(const char *text)
{
    for (const char *at = strstr(text, SCHEME_END); at != NULL; at = strstr(at + 1, SCHEME_END)) {
        const char *authority = at + strlen(SCHEME_END);
        const gsize size = strcspn(authority, "/?#\\ \t,;");
        const char *host = g_strrstr_len(authority, (gssize)size, "@");
        if (host != NULL &&
            (is_http(text, at) || memchr(authority, ':', (gsize)(host - authority)) != NULL)) {
            return TRUE;
        }
    }
    return FALSE;
}

gboolean sp_plain_secrets_check(const SpConfig *config, GError **error)
{
    g_auto(GStrv) sections = sp_config_sections(config);
    for (char **section = sections; *section != NULL; section++) {
        g_auto(GStrv) keys = sp_config_keys(config, *section);
        for (char **key = keys; *key != NULL; key++) {
            if (holds_secret(sp_config_value(config, *section, *key))) {
                g_autofree char *place = sp_config_place(config, *section, *key);
                return sp_error_set(
                    error, SP_ERROR_CONFIG,
                    "%s: [%s] %s holds an address with a user or password, which settings must "
                    "not; take it out and change it, for it has been seen; put what is needed into "
                    "a file of mode 0600 that a setting names (login_file; token_file, where the "
                    "source has one)",
                    place, *section, *key);
            }
        }
    }
    return TRUE;
}
