/* Files to real servers: a folder, sshd, lighttpd with WebDAV, and a server of PUT alone. */
#include "tests/check.h"
#include "tests/peers/peers.h"

#include "core/io/files.h"
#include "core/io/upload.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define PASSWORD "hemmelig-7731"

enum { BIG = 3000000, HUGE_SIZE = 60000000, BLOCK = 512, TIMEOUT_S = 20 };

static char *bytes, *file, *empty, *other;
static char hash[SP_HASH_SIZE];

static int set_up(void **state)
{
    (void)state;
    g_autofree char *folder = g_dir_make_tmp("statpakke-upload-XXXXXX", NULL);
    bytes = g_malloc(BIG);
    for (guint i = 0; i < BIG; i++) {
        bytes[i] = (char)(i * 2654435761U >> 24);
    }
    file = g_build_filename(folder, "stor", NULL);
    empty = g_build_filename(folder, "tom", NULL);
    other = g_build_filename(folder, "annen", NULL);
    assert_true(g_file_set_contents(file, bytes, BIG, NULL));
    assert_true(g_file_set_contents(empty, "", 0, NULL));
    assert_true(g_file_set_contents(other, "to", 2, NULL));
    assert_true(sp_file_hash(file, hash, NULL));
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    g_autofree char *folder = g_path_get_dirname(file);
    (void)sp_folder_remove(folder, NULL);
    g_free(bytes);
    g_free(file);
    g_free(empty);
    g_free(other);
    return 0;
}

static SpUpload *open_target(SpUploadTarget target)
{
    g_autoptr(GError) error = NULL;
    target.tries.first_wait_ms = 1;
    SpUpload *upload = sp_upload_open(&target, &error);
    assert_no_error(error);
    return upload;
}

static void assert_same(const char *root, const char *path, const char *want)
{
    char is[SP_HASH_SIZE];
    char should[SP_HASH_SIZE];
    g_autofree char *full = g_build_filename(root, path, NULL);
    assert_true(sp_file_hash(full, is, NULL));
    assert_true(sp_file_hash(want, should, NULL));
    assert_string_equal(is, should);
}

/* What every target can do. */
static void deliver(SpUpload *upload, const char *root, gboolean can_rename)
{
    g_autoptr(GError) error = NULL;
    gboolean is = FALSE;
    assert_true(sp_upload_can_rename(upload, &is, &error));
    assert_int_equal(is, can_rename);
    assert_true(sp_upload_make_folder(upload, "ny", &is, &error));
    assert_int_equal(is, can_rename);
    assert_true(sp_upload_make_folder(upload, "ny", &is, &error));
    assert_false(is);
    assert_true(sp_upload_has(upload, "ny/stor", BIG, hash, &is, &error));
    assert_false(is);
    assert_true(sp_upload_send(upload, file, "ny/stor", &error));
    assert_true(sp_upload_send(upload, empty, "ny/TOM FIL æ.txt", &error));
    assert_true(sp_upload_has(upload, "ny/stor", BIG, hash, &is, &error));
    assert_true(is);
    assert_no_error(error);
    if (can_rename) {
        assert_true(sp_upload_has_folder(upload, "hel", &is, &error));
        assert_false(is);
        assert_true(sp_upload_rename_folder(upload, "ny", "hel", &error));
        assert_true(sp_upload_has_folder(upload, "hel", &is, &error));
        assert_true(is);
        assert_no_error(error);
    }
    assert_same(root, can_rename ? "hel/stor" : "ny/stor", file);
    assert_same(root, can_rename ? "hel/TOM FIL æ.txt" : "ny/TOM FIL æ.txt", empty);
    assert_true(sp_upload_replace(upload, other, "index.json", FALSE, &error));
    assert_true(sp_upload_replace(upload, file, "index.json", FALSE, &error));
    assert_same(root, "index.json", file);
    assert_true(sp_upload_replace(upload, other, "index.json", FALSE, &error));
    assert_no_error(error);
    assert_same(root, "index.json", other);
    if (can_rename) {
        assert_true(sp_upload_make_folder(upload, "hel/dypt", &is, &error));
        assert_true(sp_upload_send(upload, other, "hel/dypt/fil", &error));
        assert_true(sp_upload_remove_folder(upload, "hel", &error));
        assert_true(sp_upload_has_folder(upload, "hel", &is, &error));
        assert_false(is);
        assert_true(sp_upload_remove_folder(upload, "hel", &error));
        assert_no_error(error);
        assert_same(root, "index.json", other);
    }
}

static void a_folder_takes_files_and_gives_them_their_name_at_once(void **state)
{
    (void)state;
    g_autofree char *root = g_dir_make_tmp("statpakke-target-XXXXXX", NULL);
    g_autofree char *url = g_strconcat("file://", root, NULL);
    g_autoptr(SpUpload) upload = open_target((SpUploadTarget){.url = url});
    deliver(upload, root, TRUE);
    assert_true(sp_folder_remove(root, NULL));
}

static void a_file_of_a_folder_is_there_by_its_bytes(void **state)
{
    (void)state;
    gboolean is = TRUE;
    g_autofree char *root = g_dir_make_tmp("statpakke-target-XXXXXX", NULL);
    g_autofree char *url = g_strconcat("file://", root, NULL);
    g_autofree char *path = g_build_filename(root, "stor", NULL);
    g_autoptr(SpUpload) upload = open_target((SpUploadTarget){.url = url});
    bytes[BIG / 2] ^= 1;
    assert_true(g_file_set_contents(path, bytes, BIG, NULL));
    bytes[BIG / 2] ^= 1;
    assert_true(sp_upload_has(upload, "stor", BIG, hash, &is, NULL));
    assert_false(is);
    assert_true(sp_folder_remove(root, NULL));
}

/* A file whose sum is known, and whose bytes then change behind our back, stands for a disk that
 * does not give back what it was given. */
static void what_a_folder_has_is_held_against_what_was_sent(void **state)
{
    (void)state;
    char known[SP_HASH_SIZE];
    g_autoptr(GError) error = NULL;
    g_autofree char *root = g_dir_make_tmp("statpakke-target-XXXXXX", NULL);
    g_autofree char *url = g_strconcat("file://", root, NULL);
    g_autofree char *sent = g_build_filename(root, "sendt", NULL);
    const struct timespec old[] = {{.tv_sec = 1000000000}, {.tv_sec = 1000000000}};
    assert_true(g_file_set_contents_full(sent, "abc", 3, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
    assert_int_equal(utimensat(AT_FDCWD, sent, old, 0), 0);
    assert_true(sp_file_hash(sent, known, NULL));
    const int fd = g_open(sent, O_WRONLY);
    assert_int_equal(write(fd, "xyz", 3), 3);
    assert_true(g_close(fd, NULL));
    assert_int_equal(utimensat(AT_FDCWD, sent, old, 0), 0);
    g_autoptr(SpUpload) upload = open_target((SpUploadTarget){.url = url});
    assert_false(sp_upload_send(upload, sent, "fil", &error));
    assert_error(error, SP_ERROR_UNAVAILABLE, "not what was sent");
    assert_true(sp_folder_remove(root, NULL));
}

static void sftp_takes_files_and_renames_them(void **state)
{
    (void)state;
    g_autoptr(Peer) peer = peer_sftp();
    if (peer == NULL) {
        skip();
    }
    g_autofree char *key = peer_path(peer, "key");
    g_autofree char *known = peer_path(peer, "known_hosts");
    g_autoptr(SpUpload) upload =
        open_target((SpUploadTarget){.url = peer->url, .key_file = key, .known_hosts = known});
    deliver(upload, peer->root, TRUE);
}

/* What is there is a hole in the disk, which nobody fills who goes on after it. */
static void sftp_goes_on_where_a_file_was_cut(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Peer) peer = peer_sftp();
    if (peer == NULL) {
        skip();
    }
    g_autofree char *key = peer_path(peer, "key");
    g_autofree char *known = peer_path(peer, "known_hosts");
    g_autofree char *path = peer_path(peer, "mottak/stor");
    g_autofree char *zeros = peer_path(peer, "nuller");
    GStatBuf is;
    assert_true(g_file_set_contents(zeros, "", 0, NULL) && truncate(zeros, BIG) == 0);
    assert_true(g_file_set_contents(path, "", 0, NULL) && truncate(path, BIG / 3) == 0);
    g_autoptr(SpUpload) upload =
        open_target((SpUploadTarget){.url = peer->url, .key_file = key, .known_hosts = known});
    assert_true(sp_upload_send(upload, zeros, "stor", &error));
    assert_no_error(error);
    assert_same(peer->root, "stor", zeros);
    assert_int_equal(g_stat(path, &is), 0);
    assert_true(is.st_blocks * BLOCK < BIG - BIG / 4);
}

static void sftp_puts_no_feed_after_the_rest_of_another(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Peer) peer = peer_sftp();
    if (peer == NULL) {
        skip();
    }
    g_autofree char *key = peer_path(peer, "key");
    g_autofree char *known = peer_path(peer, "known_hosts");
    g_autofree char *rest = peer_path(peer, "mottak/index.json.ny");
    bytes[0] ^= 1;
    assert_true(g_file_set_contents(rest, bytes, BIG / 3, NULL));
    bytes[0] ^= 1;
    g_autoptr(SpUpload) upload =
        open_target((SpUploadTarget){.url = peer->url, .key_file = key, .known_hosts = known});
    assert_true(sp_upload_replace(upload, file, "index.json", FALSE, &error));
    assert_no_error(error);
    assert_same(peer->root, "index.json", file);
}

/* Waits until a good part of the file is there, and tells how much. */
static gint64 wait_for_part(const Peer *peer)
{
    g_autofree char *path = peer_path(peer, "mottak/stor");
    GStatBuf is = {0};
    for (int i = 0; i < 60000 && (g_stat(path, &is) != 0 || is.st_size < HUGE_SIZE / 4); i++) {
        g_usleep(500);
    }
    return is.st_size;
}

static gpointer cut_midway(gpointer data)
{
    const gint64 size = wait_for_part(data);
    peer_cut(data);
    return GINT_TO_POINTER((int)(size / 1000));
}

static void a_connection_that_is_lost_midway_is_taken_up_again(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Peer) peer = peer_sftp();
    if (peer == NULL) {
        skip();
    }
    g_autofree char *key = peer_path(peer, "key");
    g_autofree char *known = peer_path(peer, "known_hosts");
    g_autofree char *path = peer_path(peer, "stor");
    g_autofree char *huge = g_malloc(HUGE_SIZE);
    for (guint i = 0; i < HUGE_SIZE; i++) {
        huge[i] = bytes[i % BIG];
    }
    assert_true(g_file_set_contents(path, huge, HUGE_SIZE, NULL));
    g_autoptr(SpUpload) upload =
        open_target((SpUploadTarget){.url = peer->url, .key_file = key, .known_hosts = known});
    GThread *thread = g_thread_new("cut", cut_midway, peer);
    const gboolean is_sent = sp_upload_send(upload, path, "stor", &error);
    const int cut_kb = GPOINTER_TO_INT(g_thread_join(thread));
    assert_no_error(error);
    assert_true(is_sent);
    fprintf(stderr, "cut after %d of %d kB\n", cut_kb, HUGE_SIZE / 1000);
    assert_true(cut_kb > 0 && cut_kb < HUGE_SIZE / 1000);
    assert_same(peer->root, "stor", path);
}

static gpointer shrink_midway(gpointer data)
{
    const Peer *peer = data;
    g_autofree char *path = peer_path(peer, "stor");
    (void)wait_for_part(peer);
    return GINT_TO_POINTER(truncate(path, 0));
}

static void a_file_of_ours_that_cannot_be_read_is_not_the_targets_fault(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Peer) peer = peer_sftp();
    if (peer == NULL) {
        skip();
    }
    g_autofree char *key = peer_path(peer, "key");
    g_autofree char *known = peer_path(peer, "known_hosts");
    g_autofree char *path = peer_path(peer, "stor");
    assert_true(g_file_set_contents(path, "", 0, NULL) && truncate(path, 10L * HUGE_SIZE) == 0);
    g_autoptr(SpUpload) upload =
        open_target((SpUploadTarget){.url = peer->url, .key_file = key, .known_hosts = known});
    GThread *thread = g_thread_new("shrink", shrink_midway, peer);
    const gboolean is_sent = sp_upload_send(upload, path, "stor", &error);
    (void)g_thread_join(thread);
    assert_false(is_sent);
    assert_error(error, SP_ERROR_IO, "it has become smaller");
    assert_null(strstr(error->message, "sftp://"));
}

/* Who lets us in and says nothing. */
static void nothing_is_sent_after_the_time_of_a_target(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    struct sockaddr_in is = {.sin_family = AF_INET, .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof is;
    const int silent = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(silent, (struct sockaddr *)&is, size), 0);
    assert_int_equal(listen(silent, 1), 0);
    assert_int_equal(getsockname(silent, (struct sockaddr *)&is, &size), 0);
    g_autofree char *url = g_strdup_printf("http://127.0.0.1:%d", ntohs(is.sin_port));
    g_autoptr(SpUpload) upload = open_target((SpUploadTarget){.url = url, .timeout_s = 1});
    const gint64 began = g_get_monotonic_time();
    assert_false(sp_upload_send(upload, file, "stor", &error));
    assert_error(error, SP_ERROR_UNAVAILABLE, "not all is sent after 1 s (timeout_s)");
    assert_true(g_get_monotonic_time() - began < 10L * G_USEC_PER_SEC);
    g_clear_error(&error);
    assert_false(sp_upload_replace(upload, other, "index.json", FALSE, &error));
    assert_error(error, SP_ERROR_UNAVAILABLE, "not all is sent");
    (void)close(silent);
}

static void an_sftp_server_with_another_host_key_gets_nothing(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Peer) peer = peer_sftp();
    if (peer == NULL) {
        skip();
    }
    g_autofree char *key = peer_path(peer, "key");
    g_autofree char *known = peer_path(peer, "known_hosts");
    g_autofree char *user = peer_text(peer, "key.pub");
    g_autofree char *right = peer_text(peer, "known_hosts");
    g_autofree char *wrong = g_strdup_printf("%.*s %s", (int)strcspn(right, " "), right, user);
    assert_true(g_file_set_contents(known, wrong, -1, NULL));
    g_autoptr(SpUpload) upload =
        open_target((SpUploadTarget){.url = peer->url, .key_file = key, .known_hosts = known});
    assert_false(sp_upload_send(upload, file, "stor", &error));
    assert_error(error, SP_ERROR_UNAVAILABLE, "host key is not the one of known_hosts");
    g_autofree char *there = peer_path(peer, "mottak/stor");
    assert_false(g_file_test(there, G_FILE_TEST_EXISTS));
}

static void a_login_that_is_refused_is_said_so(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) other_error = NULL;
    g_autoptr(Peer) sftp = peer_sftp();
    g_autoptr(Peer) dav = peer_webdav();
    if (sftp == NULL || dav == NULL) {
        skip();
    }
    g_autofree char *known = peer_path(sftp, "known_hosts");
    g_autoptr(SpUpload) first = open_target((SpUploadTarget){
        .url = sftp->url, .user = g_get_user_name(), .password = PASSWORD, .known_hosts = known});
    assert_false(sp_upload_send(first, file, "stor", &error));
    assert_error(error, SP_ERROR_PERMISSION, "refuses the login");
    assert_null(strstr(error->message, PASSWORD));
    g_autoptr(SpUpload) second =
        open_target((SpUploadTarget){.url = dav->url, .user = "post", .password = "hemmelig-7732"});
    assert_false(sp_upload_send(second, file, "stor", &other_error));
    assert_error(other_error, SP_ERROR_PERMISSION, "refuses the login");
    assert_null(strstr(other_error->message, "hemmelig"));
}

static void webdav_takes_files_and_renames_them(void **state)
{
    (void)state;
    g_autoptr(Peer) peer = peer_webdav();
    if (peer == NULL) {
        skip();
    }
    g_autoptr(SpUpload) upload =
        open_target((SpUploadTarget){.url = peer->url, .user = "post", .password = PASSWORD});
    deliver(upload, peer->root, TRUE);
}

static SpUpload *open_tls(const Peer *peer, const char *ca_file)
{
    return open_target((SpUploadTarget){
        .url = peer->url, .user = "post", .password = PASSWORD, .ca_file = ca_file});
}

static void webdav_over_tls_takes_files_when_ca_file_vouches_for_it(void **state)
{
    (void)state;
    g_autoptr(Peer) peer = peer_webdav_tls();
    if (peer == NULL) {
        skip();
    }
    g_autofree char *right = peer_path(peer, "ca.pem");
    g_autoptr(SpUpload) upload = open_tls(peer, right);
    deliver(upload, peer->root, TRUE);
}

/* Neither the password nor a file: the log of the server has no request at all. */
static void a_certificate_that_nobody_vouches_for_gets_nothing(void **state)
{
    (void)state;
    g_autoptr(Peer) peer = peer_webdav_tls();
    if (peer == NULL) {
        skip();
    }
    g_autofree char *other_ca = peer_path(peer, "other.pem");
    g_autofree char *none = peer_path(peer, "none.pem");
    const struct {
        const char *ca_file;
        int code;
        const char *words;
    } cases[] = {{other_ca, SP_ERROR_UNAVAILABLE, "certificate is not one that ca_file"},
                 {NULL, SP_ERROR_UNAVAILABLE, "certificate is not one that ca_file"},
                 {none, SP_ERROR_CONFIG, "none.pem"}};
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(SpUpload) upload = open_tls(peer, cases[i].ca_file);
        assert_false(sp_upload_send(upload, file, "stor", &error));
        assert_error(error, cases[i].code, cases[i].words);
        assert_null(strstr(error->message, PASSWORD));
    }
    g_autofree char *there = peer_path(peer, "mottak/stor");
    assert_false(g_file_test(there, G_FILE_TEST_EXISTS));
    peer_end(peer); /* its log is written then */
    g_autofree char *log = peer_log(peer);
    assert_null(strstr(log, "mottak"));
}

static void a_server_of_put_alone_takes_files_as_they_are(void **state)
{
    (void)state;
    g_autoptr(Peer) peer = peer_put();
    if (peer == NULL) {
        skip();
    }
    g_autoptr(SpUpload) upload = open_target((SpUploadTarget){.url = peer->url});
    deliver(upload, peer->root, FALSE);
}

/* How often the server of PUT took a file, which it has now. */
static guint count_sent(Peer *peer, const char *name)
{
    g_autofree char *line = g_strconcat("took ", name, "\n", NULL);
    g_autofree char *path = g_strconcat("ny/", name, NULL);
    assert_same(peer->root, path, file);
    peer_end(peer); /* its log is written then */
    g_autofree char *log = peer_log(peer);
    g_auto(GStrv) parts = g_strsplit(log, line, -1);
    return g_strv_length(parts) - 1;
}

static void what_a_server_took_without_a_word_is_not_sent_again(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Peer) peer = peer_put();
    if (peer == NULL) {
        skip();
    }
    g_autoptr(SpUpload) upload = open_target((SpUploadTarget){.url = peer->url});
    assert_true(sp_upload_replace(upload, file, "ny/stille", TRUE, &error));
    assert_no_error(error);
    assert_int_equal(count_sent(peer, "stille"), 1);
}

static void what_a_server_dropped_without_a_word_is_sent_again(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Peer) peer = peer_put();
    if (peer == NULL) {
        skip();
    }
    g_autoptr(SpUpload) upload = open_target((SpUploadTarget){.url = peer->url});
    assert_true(sp_upload_send(upload, file, "ny/mistet", &error));
    assert_no_error(error);
    assert_int_equal(count_sent(peer, "mistet"), 2);
}

/* Of a feed the size says nothing: another one may have it. */
static void a_feed_is_sent_again_though_its_size_is_there(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Peer) peer = peer_put();
    if (peer == NULL) {
        skip();
    }
    g_autofree char *folder = g_build_filename(peer->root, "ny", NULL);
    g_autofree char *path = g_build_filename(folder, "mistet", NULL);
    g_autofree char *zeros = g_malloc0(BIG);
    assert_int_equal(g_mkdir(folder, 0755), 0);
    assert_true(g_file_set_contents(path, zeros, BIG, NULL));
    g_autoptr(SpUpload) upload = open_target((SpUploadTarget){.url = peer->url});
    assert_true(sp_upload_replace(upload, file, "ny/mistet", FALSE, &error));
    assert_no_error(error);
    assert_int_equal(count_sent(peer, "mistet"), 2);
}

static void a_server_is_not_waited_for_longer_than_its_target_has(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(Peer) peer = peer_put();
    if (peer == NULL) {
        skip();
    }
    g_autoptr(SpUpload) upload =
        open_target((SpUploadTarget){.url = peer->url, .timeout_s = TIMEOUT_S});
    const gint64 began = g_get_monotonic_time();
    assert_false(sp_upload_send(upload, file, "opptatt", &error));
    assert_error(error, SP_ERROR_UNAVAILABLE, "opptatt: status 503");
    assert_true(g_get_monotonic_time() - began <= (gint64)TIMEOUT_S * G_USEC_PER_SEC);
}

static void nobody_who_answers_is_told_after_all_tries(void **state)
{
    (void)state;
    g_autoptr(GError) error = NULL;
    g_autoptr(SpUpload) upload = open_target((SpUploadTarget){.url = "http://127.0.0.1:1"});
    assert_false(sp_upload_send(upload, file, "stor", &error));
    assert_error(error, SP_ERROR_UNAVAILABLE, "is the network up");
}

static void assert_refused(const char *url, const char *part)
{
    g_autoptr(GError) error = NULL;
    assert_false(sp_upload_check(url, &error));
    assert_error(error, SP_ERROR_CONFIG, part);
    assert_null(strstr(error->message, PASSWORD));
}

static void an_address_that_is_none_of_ours_is_refused_without_its_password(void **state)
{
    (void)state;
    assert_refused("sftp://post:" PASSWORD "@host.example/ut", "login_file");
    assert_refused("https://post:" PASSWORD "@host.example/ut", "login_file");
    assert_refused("ftp://post:" PASSWORD "@host.example/ut", "want file:///folder");
    assert_refused("http://host.example/ut", "unencrypted");
    assert_refused("https:///ut", "want a host");
    assert_refused("file://host.example/ut", "want a host");
    assert_refused("sftp://host.example/ut\nrm *", "want");
    assert_refused("sftp://host.example/ut%20inn", "want a host");
    assert_refused("https://host.example/ut?a=b", "want file:///folder");
    assert_refused("sftp://host.example/~anna/ut", "want a host");
    assert_refused("https://host.example/ut?sig=" PASSWORD, "want file:///folder");
    assert_refused("ut", "want file:///folder");
    assert_true(sp_upload_check("sftp://post@host.example:2222/~/ut", NULL));
    assert_true(sp_upload_check("https://host.example/ut/", NULL));
    assert_true(sp_upload_check("http://127.0.0.1:8080/", NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_takes_files_and_gives_them_their_name_at_once),
        cmocka_unit_test(a_file_of_a_folder_is_there_by_its_bytes),
        cmocka_unit_test(what_a_folder_has_is_held_against_what_was_sent),
        cmocka_unit_test(sftp_takes_files_and_renames_them),
        cmocka_unit_test(sftp_goes_on_where_a_file_was_cut),
        cmocka_unit_test(sftp_puts_no_feed_after_the_rest_of_another),
        cmocka_unit_test(a_connection_that_is_lost_midway_is_taken_up_again),
        cmocka_unit_test(a_file_of_ours_that_cannot_be_read_is_not_the_targets_fault),
        cmocka_unit_test(nothing_is_sent_after_the_time_of_a_target),
        cmocka_unit_test(an_sftp_server_with_another_host_key_gets_nothing),
        cmocka_unit_test(a_login_that_is_refused_is_said_so),
        cmocka_unit_test(webdav_takes_files_and_renames_them),
        cmocka_unit_test(webdav_over_tls_takes_files_when_ca_file_vouches_for_it),
        cmocka_unit_test(a_certificate_that_nobody_vouches_for_gets_nothing),
        cmocka_unit_test(a_server_of_put_alone_takes_files_as_they_are),
        cmocka_unit_test(what_a_server_took_without_a_word_is_not_sent_again),
        cmocka_unit_test(what_a_server_dropped_without_a_word_is_sent_again),
        cmocka_unit_test(a_feed_is_sent_again_though_its_size_is_there),
        cmocka_unit_test(a_server_is_not_waited_for_longer_than_its_target_has),
        cmocka_unit_test(nobody_who_answers_is_told_after_all_tries),
        cmocka_unit_test(an_address_that_is_none_of_ours_is_refused_without_its_password),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
