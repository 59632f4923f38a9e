/* Mail by SMTP. */
#include "core/io/mail.h"

#include "core/error.h"
#include "core/io/curl.h"

#include <string.h>

enum {
    TIMEOUT_S = 300, /* RFC 5321, 4.5.3.2: servers may think that long */
    REFUSED = 400,
    REFUSED_FOR_GOOD = 500,
    MAX_ADDRESS = 254,
    WORD_SIZE = 39 /* bytes of a subject in one encoded word: no line above 76 characters, of which
                      the first has "Subject: " too (RFC 2047, 2) */
};

static GUri *parse(const char *server, GError **error)
{
    g_autoptr(GUri) uri =
        g_uri_parse(server, G_URI_FLAGS_SCHEME_NORMALIZE | G_URI_FLAGS_HAS_PASSWORD, NULL);
    const char *scheme = uri == NULL ? NULL : g_uri_get_scheme(uri);
    const char *path = uri == NULL ? NULL : g_uri_get_path(uri);
    if (path == NULL || (g_strcmp0(scheme, "smtp") != 0 && g_strcmp0(scheme, "smtps") != 0) ||
        g_uri_get_host(uri) == NULL || g_uri_get_host(uri)[0] == '\0' ||
        g_uri_get_userinfo(uri) != NULL || (path[0] != '\0' && strcmp(path, "/") != 0)) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "%s: want smtp://host:port or smtps://host:port; a user and a password stand "
                     "in login_file",
                     strchr(server, '@') == NULL ? server : "the address of the mail server");
        return NULL;
    }
    return g_steal_pointer(&uri);
}

gboolean sp_mail_check_server(const char *server, GError **error)
{
    g_autoptr(GUri) uri = parse(server, error);
    return uri != NULL;
}

gboolean sp_mail_is_address(const char *text)
{
    const char *at = strchr(text, '@');
    if (at == NULL || at == text || strlen(text) > MAX_ADDRESS || at[1] == '\0' ||
        strchr("-.", text[0]) != NULL || strchr("-.", at[1]) != NULL) {
        return FALSE;
    }
    for (const char *c = text; *c != '\0'; c++) {
        const char *others = c < at ? "!#$%&'*+/=?^_`{|}~.-" : ".-";
        if (c != at && !g_ascii_isalnum(*c) && strchr(others, *c) == NULL) {
            return FALSE;
        }
    }
    return TRUE;
}

/* A subject as encoded words (RFC 2047), which hold nothing but their letters: no character is cut
 * in two. g_free. */
static char *encode_subject(const char *subject)
{
    g_autofree char *valid = g_utf8_make_valid(subject, -1);
    GString *text = g_string_new(NULL);
    for (const char *c = valid; *c != '\0';) {
        const char *end = c;
        while (*end != '\0' && g_utf8_next_char(end) - c <= WORD_SIZE) {
            end = g_utf8_next_char(end);
        }
        g_autofree char *word = g_base64_encode((const guchar *)c, (gsize)(end - c));
        g_string_append_printf(text, "%s=?UTF-8?B?%s?=", text->len > 0 ? "\r\n " : "", word);
        c = end;
    }
    return g_string_free(text, FALSE);
}

/* RFC 5322, 3.3; no locale has a say. g_free. */
static char *format_date(gint64 seconds)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(seconds);
    return g_strdup_printf(
        "%s, %02d %s %d %02d:%02d:%02d +0000", days[g_date_time_get_day_of_week(time) - 1],
        g_date_time_get_day_of_month(time), months[g_date_time_get_month(time) - 1],
        g_date_time_get_year(time), g_date_time_get_hour(time), g_date_time_get_minute(time),
        g_date_time_get_second(time));
}

/* What one call of libcurl needs, freed after it. */
typedef struct {
    CURL *curl;
    struct curl_slist *to;
    char *letter;
    gsize size, at; /* bytes of it, and how many are sent */
    char message[CURL_ERROR_SIZE];
} Call;

static void call_clear(Call *call)
{
    curl_easy_cleanup(call->curl);
    curl_slist_free_all(call->to);
    g_free(call->letter);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Call, call_clear)

static size_t give(char *bytes, size_t size, size_t n, void *data)
{
    Call *call = data;
    const gsize taken = MIN(size * n, call->size - call->at);
    memcpy(bytes, call->letter + call->at, taken);
    call->at += taken;
    return taken;
}

/* Not by libcurl's own MIME, whose letters have a boundary that is another each time. A text in
 * base64 passes every server as it is. g_free. */
static char *format_text(const char *text)
{
    static const guint line_size = 76;
    g_autofree char *all = g_base64_encode((const guchar *)text, strlen(text));
    GString *lines = g_string_new(NULL);
    for (gsize at = 0; at < strlen(all); at += line_size) {
        g_string_append_len(lines, all + at, (gssize)MIN(line_size, strlen(all + at)));
        g_string_append(lines, "\r\n");
    }
    return g_string_free(lines, FALSE);
}

static char *format_letter(const SpMail *mail)
{
    g_autofree char *date = format_date(mail->date);
    g_autofree char *subject = encode_subject(mail->subject);
    g_autofree char *to = g_strjoinv(",\r\n ", (char **)mail->to);
    g_autofree char *text = format_text(mail->text);
    return g_strdup_printf("Date: %s\r\nFrom: %s\r\nTo: %s\r\nSubject: %s\r\n"
                           "Message-ID: <%s@%s>\r\nAuto-Submitted: auto-generated\r\n"
                           "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
                           "Content-Transfer-Encoding: base64\r\n\r\n%s",
                           date, mail->from, to, subject, mail->id, strchr(mail->from, '@') + 1,
                           text);
}

static void set_letter(Call *call, const SpMail *mail)
{
    call->letter = format_letter(mail);
    call->size = strlen(call->letter);
    for (const char *const *to = mail->to; *to != NULL; to++) {
        g_autofree char *bracketed = g_strdup_printf("<%s>", *to);
        call->to = curl_slist_append(call->to, bracketed);
    }
}

/* TLS is demanded of every other machine: a password, and who is written to, are nobody's. */
static void set_up(Call *call, const SpMailServer *server, const SpMail *mail, GUri *uri)
{
    const gboolean is_open = sp_curl_is_loopback(g_uri_get_host(uri)) && server->ca_file == NULL;
    g_autofree char *base = g_uri_to_string(uri);
    g_autofree char *from = g_strdup_printf("<%s>", mail->from);
    /* We say that we are the sender's host, not this machine. */
    g_autofree char *url = g_strconcat(base, g_str_has_suffix(base, "/") ? "" : "/",
                                       strchr(mail->from, '@') + 1, NULL);
    CURL *curl = sp_curl_new(url, g_uri_get_scheme(uri), server->ca_file, call->message);
    CURLcode failed =
        curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)(is_open ? CURLUSESSL_NONE : CURLUSESSL_ALL));
    failed |= curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)TIMEOUT_S);
    failed |= curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, 0L); /* it may think that long */
    failed |= curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from);
    failed |= curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, call->to);
    failed |= curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    failed |= curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
    failed |= curl_easy_setopt(curl, CURLOPT_READDATA, call);
    if (server->user != NULL) {
        failed |= curl_easy_setopt(curl, CURLOPT_USERNAME, server->user);
        failed |= curl_easy_setopt(curl, CURLOPT_PASSWORD, server->password);
    }
    g_assert(failed == CURLE_OK); /* only without memory */
    call->curl = curl;
}

/* No answer to what was said last; libcurl ends alike where the answer is no (4xx, 5xx). */
static gboolean is_silent(CURLcode result, long status)
{
    return sp_curl_may_pass(result, 0) && status < REFUSED;
}

/* 4xx of SMTP means later (RFC 5321, 4.2.1): grey lists, full queues. */
static gboolean may_pass(CURLcode result, long status)
{
    return is_silent(result, status) ||
           (result != CURLE_OK && status >= REFUSED && status < REFUSED_FOR_GOOD);
}

static const char *remedy_of(CURLcode result)
{
    return result == CURLE_LOGIN_DENIED
               ? "; the server refuses the login: is what login_file holds right?"
           : result == CURLE_USE_SSL_FAILED
               ? "; it offers no TLS, and nothing is sent without to another machine"
               : sp_curl_remedy(result);
}

static gboolean check(const SpMail *mail, GError **error)
{
    if (!sp_mail_is_address(mail->from)) {
        return sp_error_set(error, SP_ERROR_CONFIG, "\"%s\" is no address to send from",
                            mail->from);
    }
    for (const char *const *to = mail->to; *to != NULL; to++) {
        if (!sp_mail_is_address(*to)) {
            return sp_error_set(error, SP_ERROR_CONFIG, "\"%s\" is no address to send to", *to);
        }
    }
    return TRUE;
}

gboolean sp_mail_send(const SpMailServer *server, const SpMail *mail, gboolean *is_dead,
                      GError **error)
{
    g_autoptr(GUri) uri = parse(server->server, error);
    *is_dead = FALSE;
    if (uri == NULL || !check(mail, error)) {
        return FALSE;
    }
    for (guint n = 1;; n++) {
        g_auto(Call) call = {0};
        long status = 0;
        set_letter(&call, mail);
        set_up(&call, server, mail, uri);
        if (!sp_tries_enter(&server->tries, server->server, error)) {
            return FALSE;
        }
        const CURLcode result = curl_easy_perform(call.curl);
        curl_easy_getinfo(call.curl, CURLINFO_RESPONSE_CODE, &status);
        if (result == CURLE_OK) {
            return TRUE;
        }
        if (!may_pass(result, status) || !sp_tries_has_more(&server->tries, n, 0)) {
            *is_dead = is_silent(result, status);
            return sp_error_set(error, sp_curl_code(result), "%s: %s%s", server->server,
                                sp_curl_words(result, call.message), remedy_of(result));
        }
        if (!sp_tries_wait(&server->tries, server->server, n, 0, FALSE, error)) {
            return FALSE;
        }
    }
}
