/* Mail to a real server. */
#include "tests/check.h"
#include "tests/peers/peers.h"

#include "core/io/mail.h"

static const char *const to[] = {"post@example.no", "arkiv@example.no", NULL};
static const SpMail mail = {.from = "statistikk@example.no",
                            .to = to,
                            .subject =
                                "Statistikkpakke for Trøndelag og Østfold, en lang linje som "
                                "ikke får plass på en linje",
                            .text = "Hei på deg\n.\nEn linje til: æøå\n",
                            .id = "2026-02-25-1a2b3c4d.troendelag",
                            .date = 1772008200};

static gboolean is_dead;

/* The text of a letter, out of its base64. g_free. */
static char *decode(const char *letter)
{
    gsize size = 0;
    const char *body = strstr(letter, "\r\n\r\n");
    assert_non_null(body);
    guchar *text = g_base64_decode(body + 4, &size);
    char *ended = g_strndup((const char *)text, size);
    g_free(text);
    return ended;
}

static void a_letter_comes_as_it_was_written(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Peer) peer = peer_mail();
    if (peer == NULL) {
        skip();
    }
    const SpMailServer server = {.server = peer->url, .tries.n = 1};
    assert_true(sp_mail_send(&server, &mail, &is_dead, &error));
    assert_no_error(error);
    assert_true(sp_mail_send(&server, &mail, &is_dead, &error));
    g_autofree char *first = peer_text(peer, "mottak/1.eml");
    g_autofree char *second = peer_text(peer, "mottak/2.eml");
    assert_string_equal(first, second);
    assert_has(first, "X-Envelope: statistikk@example.no -> post@example.no,arkiv@example.no");
    assert_has(first, "Date: Wed, 25 Feb 2026 08:30:00 +0000\r\n");
    assert_has(first, "Message-ID: <2026-02-25-1a2b3c4d.troendelag@example.no>\r\n");
    assert_has(first, "Subject: =?UTF-8?B?");
    assert_has(first, "Content-Type: text/plain; charset=utf-8\r\n");
    g_autofree char *text = decode(first);
    assert_string_equal(text, mail.text);
}

/* RFC 2047, 2: 76 characters of a line that holds encoded words. */
static void no_line_of_a_long_subject_is_too_long(void **state)
{
    (void)state;
    g_autoptr(Peer) peer = peer_mail();
    if (peer == NULL) {
        skip();
    }
    const SpMailServer server = {.server = peer->url, .tries.n = 1};
    SpMail longer = mail;
    longer.subject = "Statistikkpakke for Statsforvalteren i Østfold, Buskerud, Oslo og Akershus, "
                     "utgave 2026-02-25-1a2b3c4d: æøå";
    assert_true(sp_mail_send(&server, &longer, &is_dead, NULL));
    g_autofree char *letter = peer_text(peer, "mottak/1.eml");
    g_auto(GStrv) lines = g_strsplit(letter, "\r\n", -1);
    guint n = 0;
    for (char **line = lines; *line != NULL; line++) {
        if (strstr(*line, "=?UTF-8?B?") != NULL) {
            assert_true(strlen(*line) <= 76);
            n++;
        }
    }
    assert_true(n >= 3);
}

static void a_name_with_line_breaks_makes_no_header(void **state)
{
    (void)state;
    g_autoptr(Peer) peer = peer_mail();
    if (peer == NULL) {
        skip();
    }
    const SpMailServer server = {.server = peer->url, .tries.n = 1};
    SpMail hostile = mail;
    hostile.subject = "Oslo\r\nBcc: alle@example.no\r\n\r\nHei";
    assert_true(sp_mail_send(&server, &hostile, &is_dead, NULL));
    g_autofree char *letter = peer_text(peer, "mottak/1.eml");
    assert_null(strstr(letter, "Bcc"));
    const char *const bad[] = {"post@example.no\r\nBcc: x@example.no", NULL};
    hostile = mail;
    hostile.to = bad;
    g_autoptr(GError) error = NULL;
    assert_false(sp_mail_send(&server, &hostile, &is_dead, &error));
    assert_error(error, SP_ERROR_CONFIG, "is no address to send to");
}

static void a_recipient_who_is_refused_is_told(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Peer) peer = peer_mail();
    if (peer == NULL) {
        skip();
    }
    const char *const unknown[] = {"ukjent@example.no", NULL};
    const SpMailServer server = {.server = peer->url, .tries.n = 1};
    SpMail refused = mail;
    refused.to = unknown;
    assert_false(sp_mail_send(&server, &refused, &is_dead, &error));
    assert_error(error, SP_ERROR_UNAVAILABLE, "550");
    assert_false(is_dead);
}

static void a_server_that_does_not_answer_is_dead(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    const SpMailServer server = {.server = "smtp://127.0.0.1:1", .tries.n = 1};
    assert_false(sp_mail_send(&server, &mail, &is_dead, &error));
    assert_error(error, SP_ERROR_UNAVAILABLE, "is the network up");
    assert_true(is_dead);
}

static void encryption_that_is_wanted_is_demanded(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Peer) peer = peer_mail();
    if (peer == NULL) {
        skip();
    }
    const SpMailServer server = {
        .server = peer->url, .ca_file = "/etc/ssl/certs/ca-certificates.crt", .tries.n = 1};
    assert_false(sp_mail_send(&server, &mail, &is_dead, &error));
    assert_error(error, SP_ERROR_UNAVAILABLE, "offers no TLS");
}

static void an_address_is_a_name_and_a_host(void **state)
{
    (void)state;
    static const char *const good[] = {"post@example.no", "a.b+c@sub.example.no"};
    static const char *const bad[] = {
        "",           "post",          "@example.no", "post@",   "a b@c.no",
        "a@b@c.no",   "<a@b.no>",      "a@b.no\n",    "-a@b.no", "a@-b.no",
        "\"a\"@b.no", "a@b.no,c@d.no", "æ@example.no"};
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        assert_true(sp_mail_is_address(good[i]));
    }
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        assert_false(sp_mail_is_address(bad[i]));
    }
    assert_true(sp_mail_check_server("smtp://localhost:25", NULL));
    assert_true(sp_mail_check_server("smtps://post.example.no", NULL));
    assert_false(sp_mail_check_server("smtp://user:secret@post.example.no", NULL));
    assert_false(sp_mail_check_server("http://post.example.no", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_letter_comes_as_it_was_written),
        cmocka_unit_test(no_line_of_a_long_subject_is_too_long),
        cmocka_unit_test(a_name_with_line_breaks_makes_no_header),
        cmocka_unit_test(a_recipient_who_is_refused_is_told),
        cmocka_unit_test(a_server_that_does_not_answer_is_dead),
        cmocka_unit_test(encryption_that_is_wanted_is_demanded),
        cmocka_unit_test(an_address_is_a_name_and_a_host),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
