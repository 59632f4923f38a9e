/* Notices by mail: to whom, in which language, once, and not before all is delivered. */
#include "tests/check.h"
#include "tests/peers/peers.h"
#include "tests/pipeline/mini.h"

#include "core/io/files.h"

#define OSLO "oestfold-buskerud-oslo-og-akershus"
#define PASSWORD "hemmelig-7731"
#define WRONG "hemmelig-7732"

/* Two offices with addresses, one of nynorsk; Rogaland has none. */
static void set_notices(const Mini *mini, const Peer *peer, const char *more)
{
    g_autofree char *old = NULL;
    assert_true(g_file_get_contents(mini->conf, &old, NULL, NULL));
    g_autofree char *new = g_strdup_printf(
        "%s[notice]\nserver = %s\nfrom = statistikk@example.no\npage = https://example.no/p\n%s"
        "[notice/" OSLO "]\nto = sfob@example.no\n"
        "[notice/moere-og-romsdal]\nto = sfmr@example.no, arkiv@example.no\n",
        old, peer->url, more);
    assert_true(g_file_set_contents(mini->conf, new, -1, NULL));
}

static char *served(const Mini *mini)
{
    g_autofree char *current = mini_current(mini);
    return g_path_get_basename(current);
}

static guint count_letters(const Peer *peer)
{
    g_auto(GStrv) names = sp_folder_list(peer->root, NULL);
    return g_strv_length(names);
}

/* The letter that has `address` in its envelope, its text decoded. g_free. */
static char *letter_to(const Peer *peer, const char *address, const char *besides)
{
    g_auto(GStrv) names = sp_folder_list(peer->root, NULL);
    for (char **name = names; *name != NULL; name++) {
        g_autofree char *path = g_build_filename("mottak", *name, NULL);
        g_autofree char *all = peer_text(peer, path);
        g_autofree char *envelope = g_strndup(all, strcspn(all, "\r"));
        if (strstr(envelope, address) != NULL && strstr(all, besides) != NULL) {
            gsize size = 0;
            g_autofree guchar *text =
                g_base64_decode(strstr(all, "\r\n\r\n") + strlen("\r\n\r\n"), &size);
            return g_strndup((const char *)text, size);
        }
    }
    fail_msg("no letter to %s with \"%s\"", address, besides);
    return NULL;
}

static void each_office_is_told_once_in_its_language(void **state)
{
    (void)state;
    g_autoptr(Peer) peer = peer_mail();
    if (peer == NULL) {
        skip();
    }
    g_autoptr(Mini) mini = mini_with_edition();
    set_notices(mini, peer, "");
    mini_replace(mini, "omsorg.csv", "0301,2023,1600,", "0301,2023,1601,");
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_string_equal(night.err, "");
    assert_int_equal(night.status, 0);
    assert_int_equal(count_letters(peer), 2);
    g_autofree char *edition = served(mini);
    g_autofree char *nb = letter_to(peer, "sfob@example.no", "");
    g_autofree char *nn = letter_to(peer, "sfmr@example.no,arkiv@example.no", "");
    assert_has(nb, "Til Statsforvalteren i Østfold, Buskerud, Oslo og Akershus\n");
    assert_has(nb, "Endret: ");
    assert_has(nb, "(Kilde)");
    assert_has(nb, "https://example.no/p");
    assert_has(nb, "minisign -Vm SHA256SUMS");
    assert_has(nb, edition);
    assert_has(nn, "Til Statsforvaltaren i Møre og Romsdal\n");
    assert_has(nn, "Ei ny utgåve");
    assert_has(nn, "fylke-15-moere-og-romsdal");
    g_auto(Result) again = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(again.status, 0);
    assert_int_equal(count_letters(peer), 2);
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-status", NULL);
    assert_has(told.out, OSLO "  told of 20");
}

static void a_withdrawal_is_told_to_those_who_were_told_of_the_edition(void **state)
{
    (void)state;
    g_autoptr(Peer) peer = peer_mail();
    if (peer == NULL) {
        skip();
    }
    g_autoptr(Mini) mini = mini_new();
    mini_set(mini, "tabular/brukere", "sensitive = yes\nsynthetic = yes");
    set_notices(mini, peer, "");
    g_auto(Result) early = mini_run(mini, NULL, "statpakke-run", NULL);
    assert_int_equal(early.status, 0);
    g_autofree char *first = served(mini);
    g_auto(Result) dry = mini_run(mini, NULL, "statpakke-withdraw", first, "--reason=Feil",
                                  "--dry-run", "--log=text", NULL);
    assert_has(dry.err, "moere-og-romsdal would be told that edition ");
    assert_int_equal(count_letters(peer), 2);
    g_auto(Result) taken =
        mini_run(mini, NULL, "statpakke-withdraw", first, "--reason=Feil\nBcc: x@example.no",
                 "--from=2025-03-02", "--correction-nb=Oslo er for høyt",
                 "--correction-nn=Oslo er for høgt", NULL);
    assert_string_equal(taken.err, "");
    assert_int_equal(taken.status, 0);
    assert_int_equal(count_letters(peer), 4);
    g_autofree char *id = g_strdup_printf("%s.moere-og-romsdal.trukket@example.no", first);
    g_autofree char *letter = letter_to(peer, "sfmr@example.no", id);
    assert_has(letter, "trekt tilbake");
    assert_has(letter, "Feil Bcc: x@example.no\n");
    assert_has(letter, "Retting: Oslo er for høgt\n");
    assert_has(letter, "Inga anna utgåve gjeld");
    assert_has(letter, "SYNTETISKE DATA");
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-publish", NULL);
    assert_int_equal(night.status, SP_ERROR_DATA);
    assert_int_equal(count_letters(peer), 4);
}

static void nobody_is_told_of_what_is_not_delivered(void **state)
{
    (void)state;
    g_autoptr(Peer) peer = peer_mail();
    if (peer == NULL) {
        skip();
    }
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *target = g_build_filename(mini->folder, "ut", NULL);
    g_autofree char *more = g_strdup_printf(
        "[publish]\ndeliver = ut\n[delivery/ut]\nurl = file://%s\npackages = 15\n", target);
    set_notices(mini, peer, more);
    g_auto(Result) early = mini_run(mini, NULL, "statpakke-publish", NULL);
    assert_int_equal(early.status, SP_ERROR_UNAVAILABLE);
    assert_int_equal(count_letters(peer), 1); /* Oslo's package does not go there */
    assert_int_equal(g_mkdir(target, 0755), 0);
    g_auto(Result) later = mini_run(mini, NULL, "statpakke-publish", NULL);
    assert_int_equal(later.status, 0);
    assert_int_equal(count_letters(peer), 2);
}

static void a_letter_that_fails_is_tried_again(void **state)
{
    (void)state;
    g_autoptr(Peer) peer = peer_mail();
    if (peer == NULL) {
        skip();
    }
    g_autoptr(Mini) mini = mini_with_edition();
    set_notices(mini, peer, "");
    static const char wrong[] = "--set=notice/moere-og-romsdal.to=ukjent@example.no";
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-publish", wrong, NULL);
    assert_int_equal(made.status, SP_ERROR_UNAVAILABLE);
    assert_has(made.err, "[notice/moere-og-romsdal]");
    assert_int_equal(count_letters(peer), 1);
    g_auto(Result) night = mini_run(mini, NULL, "statpakke-run", wrong, NULL);
    assert_int_equal(night.status, 0);
    assert_has(night.err, "published, but not delivered to office moere-og-romsdal (");
    g_auto(Result) told = mini_run(mini, NULL, "statpakke-status", NULL);
    assert_has(told.out, "moere-og-romsdal  not told yet of 20");
    assert_has(told.out, "; it fails since 20");
    g_auto(Result) again = mini_run(mini, NULL, "statpakke-publish", NULL);
    assert_int_equal(again.status, 0);
    assert_int_equal(count_letters(peer), 2);
}

static void a_mail_server_that_does_not_answer_is_asked_once(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    Peer nobody = {.url = (char *)"smtp://127.0.0.1:1"};
    set_notices(mini, &nobody, "");
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-publish", NULL);
    assert_int_equal(made.status, SP_ERROR_UNAVAILABLE);
    assert_has(made.err, "no office is written to before the mail server answers");
    assert_null(strstr(strstr(made.err, "[notice/") + 1, "[notice/"));
}

/* Whether a text stands in any file below a folder. */
static gboolean is_below(const char *folder, const char *text)
{
    gboolean is = FALSE;
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name = dir != NULL ? g_dir_read_name(dir) : NULL; name != NULL && !is;
         name = g_dir_read_name(dir)) {
        gsize size = 0;
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_autofree char *bytes = NULL;
        if (g_file_test(path, G_FILE_TEST_IS_SYMLINK)) {
            continue;
        }
        is = g_file_test(path, G_FILE_TEST_IS_DIR)
                 ? is_below(path, text)
                 : g_file_get_contents(path, &bytes, &size, NULL) &&
                       memmem(bytes, size, text, strlen(text)) != NULL;
    }
    return is;
}

static void a_password_stands_nowhere(void **state)
{
    (void)state;
    g_autoptr(Peer) peer = peer_mail();
    if (peer == NULL) {
        skip();
    }
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *login = g_build_filename(mini->folder, "innlogging", NULL);
    g_autofree char *more = g_strdup_printf("login_file = %s\n", login);
    assert_true(sp_file_write(login, "post:" PASSWORD "\n", 6 + strlen(PASSWORD), 0600, NULL));
    set_notices(mini, peer, more);
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-publish", "--log=text", NULL);
    assert_int_equal(made.status, 0);
    assert_int_equal(count_letters(peer), 2);
    assert_null(strstr(made.err, PASSWORD));
    assert_false(is_below(mini->workspace, PASSWORD));
    assert_true(is_below(mini->folder, PASSWORD)); /* it would be found */
}

static void a_login_that_is_refused_or_open_to_others_sends_nothing(void **state)
{
    (void)state;
    g_autoptr(Peer) peer = peer_mail();
    if (peer == NULL) {
        skip();
    }
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *login = g_build_filename(mini->folder, "innlogging", NULL);
    assert_true(sp_file_write(login, "post:" WRONG "\n", 6 + strlen(WRONG), 0600, NULL));
    g_autofree char *more = g_strdup_printf("login_file = %s\n", login);
    set_notices(mini, peer, more);
    g_auto(Result) made = mini_run(mini, NULL, "statpakke-publish", NULL);
    assert_int_equal(made.status, SP_ERROR_PERMISSION);
    assert_has(made.err, "refuses the login");
    assert_null(strstr(made.err, WRONG));
    assert_false(is_below(mini->workspace, WRONG));
    assert_int_equal(g_chmod(login, 0640), 0);
    g_auto(Result) open = mini_run(mini, NULL, "statpakke-publish", NULL);
    assert_int_equal(open.status, SP_ERROR_CONFIG);
    assert_has(open.err, "set its mode to 0600");
    assert_int_equal(count_letters(peer), 0);
}

static void a_credential_of_systemd_is_a_login(void **state)
{
    (void)state;
    g_autoptr(Peer) peer = peer_mail();
    if (peer == NULL) {
        skip();
    }
    g_autoptr(Mini) mini = mini_with_edition();
    g_autofree char *login = g_build_filename(mini->folder, "innlogging", NULL);
    g_autofree char *folder = g_strconcat("CREDENTIALS_DIRECTORY=", mini->folder, NULL);
    const char *const environment[] = {folder, NULL};
    assert_true(sp_file_write(login, "post:" PASSWORD, 5 + strlen(PASSWORD), 0440, NULL));
    set_notices(mini, peer, "login_file = systemd:innlogging\n");
    g_auto(Result) none = mini_run(mini, NULL, "statpakke-publish", NULL);
    assert_int_equal(none.status, SP_ERROR_CONFIG);
    assert_has(none.err, "no such credential");
    g_auto(Result) made = mini_run(mini, environment, "statpakke-publish", NULL);
    assert_int_equal(made.status, 0);
    assert_int_equal(count_letters(peer), 2);
}

static void an_office_that_there_is_not_is_refused(void **state)
{
    (void)state;
    g_autoptr(Mini) mini = mini_with_edition();
    g_auto(Result) made =
        mini_run(mini, NULL, "statpakke-publish", "--set=notice/finnmark.to=post@example.no", NULL);
    assert_int_equal(made.status, SP_ERROR_CONFIG);
    assert_has(made.err, "finnmark");
    g_auto(Result) address =
        mini_run(mini, NULL, "statpakke-publish",
                 "--set=notice/rogaland.to=post@example.no\r\nBcc:x@example.no", NULL);
    assert_true(address.status == SP_ERROR_CONFIG || address.status == SP_ERROR_USAGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_office_is_told_once_in_its_language),
        cmocka_unit_test(a_withdrawal_is_told_to_those_who_were_told_of_the_edition),
        cmocka_unit_test(nobody_is_told_of_what_is_not_delivered),
        cmocka_unit_test(a_letter_that_fails_is_tried_again),
        cmocka_unit_test(a_mail_server_that_does_not_answer_is_asked_once),
        cmocka_unit_test(a_password_stands_nowhere),
        cmocka_unit_test(a_login_that_is_refused_or_open_to_others_sends_nothing),
        cmocka_unit_test(a_credential_of_systemd_is_a_login),
        cmocka_unit_test(an_office_that_there_is_not_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
