/* minisign's keys and signatures, by libsodium. */
#include "core/io/minisign.h"

#include "core/error.h"
#include "core/io/files.h"

#include <sodium.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MAX_FILE_SIZE = 1024, /* of a key */
    HASH_SIZE = 64,
    SECRET_SIZE = crypto_sign_SECRETKEYBYTES,
    SIGNATURE_SIZE = crypto_sign_BYTES,
    N_LINES = 4,
};

G_STATIC_ASSERT(SP_PUBLIC_KEY_SIZE == crypto_sign_PUBLICKEYBYTES);

static const char untrusted[] = "untrusted comment: ";
static const char trusted[] = "trusted comment: ";
static const char key_algorithm[2] = "Ed";
static const char signature_algorithm[2] = "ED";
static const char no_password[2] = {0, 0};
static const char checksum_algorithm[2] = "B2";

/* What the base64 of each file is: bytes alone, so there is no padding between them. */
typedef struct {
    char algorithm[2];
    char password[2]; /* "Sc": the rest is encrypted */
    char checksum[2];
    unsigned char of_password[32 + 8 + 8]; /* salt, operations and memory: nothing without one */
    unsigned char id[SP_PUBLIC_KEY_ID_SIZE];
    unsigned char secret[SECRET_SIZE]; /* seed and public key */
    unsigned char sum[32];             /* which minisign 0.11 leaves empty without a password */
} SecretForm;

typedef struct {
    char algorithm[2];
    unsigned char id[SP_PUBLIC_KEY_ID_SIZE];
    unsigned char key[SP_PUBLIC_KEY_SIZE];
} PublicForm;

typedef struct {
    char algorithm[2];
    unsigned char id[SP_PUBLIC_KEY_ID_SIZE];
    unsigned char signature[SIGNATURE_SIZE];
} SignatureForm;

G_STATIC_ASSERT(sizeof(SecretForm) == 158 && sizeof(PublicForm) == 42 &&
                sizeof(SignatureForm) == 74);

struct SpSigner {
    unsigned char id[SP_PUBLIC_KEY_ID_SIZE];
    unsigned char secret[SECRET_SIZE];
};

/* A key on its way between file and signer, in locked memory. */
typedef struct {
    char text[MAX_FILE_SIZE + 1];
    SecretForm form;
    unsigned char public_key[SP_PUBLIC_KEY_SIZE];
    unsigned char derived[SECRET_SIZE];
} Secret;

static void *locked_new(gsize size)
{
    int is_ready = sodium_init(); /* may be asked again, from any thread */
    void *memory = sodium_malloc(size);
    /* Without randomness from the kernel, or without memory, the process ends, as g_malloc does. */
    g_assert(is_ready >= 0 && memory != NULL);
    memset(memory, 0, size);
    return memory;
}

static void secret_free(Secret *secret)
{
    sodium_free(secret); /* wipes */
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(Secret, secret_free)

void sp_signer_free(SpSigner *signer)
{
    sodium_free(signer);
}

static char *encode(const void *bytes, gsize size)
{
    char *text = g_malloc(sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_ORIGINAL));
    return sodium_bin2base64(text, sodium_base64_ENCODED_LEN(size, sodium_base64_VARIANT_ORIGINAL),
                             bytes, size, sodium_base64_VARIANT_ORIGINAL);
}

/* TRUE if the text [length] is base64 of just `size` bytes. */
static gboolean decode(const char *text, gsize length, void *bytes, gsize size)
{
    gsize n = 0;
    /* libsodium takes a byte above 127 for a slash. */
    for (gsize i = 0; i < length; i++) {
        if (!g_ascii_isalnum(text[i]) && strchr("+/=", text[i]) == NULL) {
            return FALSE;
        }
    }
    return sodium_base642bin(bytes, size, text, length, NULL, &n, NULL,
                             sodium_base64_VARIANT_ORIGINAL) == 0 &&
           n == size;
}

/* ---- keys ---- */

/* Straight from locked memory: a buffered writer would leave a copy of the key in the heap. */
static gboolean write_secret(const char *path, const Secret *secret, GError **error)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, SP_MODE_OWN_FILE);
    if (fd < 0) {
        return sp_error_set(
            error, errno == EACCES || errno == EROFS ? SP_ERROR_PERMISSION : SP_ERROR_CANT_CREATE,
            "cannot make key %s: %s; a key is never written over another", path, g_strerror(errno));
    }
    gssize size = (gssize)strlen(secret->text);
    gboolean is_written = fchmod(fd, SP_MODE_OWN_FILE) == 0 &&
                          write(fd, secret->text, (gsize)size) == size && fsync(fd) == 0;
    int errnum = errno;
    close(fd);
    if (!is_written) {
        unlink(path);
        return sp_error_set_errno(error, errnum, "cannot write key %s", path);
    }
    return sp_folder_sync_parent(path, error);
}

gboolean sp_signer_create(const char *path, GError **error)
{
    g_autoptr(Secret) secret = locked_new(sizeof(Secret));
    g_autofree char *beside = g_strconcat(path, ".pub", NULL);
    SpPublicKey key;
    if (g_file_test(beside, G_FILE_TEST_EXISTS)) {
        return sp_error_set(error, SP_ERROR_CANT_CREATE,
                            "%s is there and %s is not: find the secret key of it, or move it away",
                            beside, path);
    }
    memcpy(secret->form.algorithm, key_algorithm, sizeof key_algorithm);
    memcpy(secret->form.checksum, checksum_algorithm, sizeof checksum_algorithm);
    randombytes_buf(secret->form.id, sizeof secret->form.id);
    crypto_sign_keypair(key.key, secret->form.secret);
    memcpy(key.id, secret->form.id, sizeof key.id);
    g_strlcpy(secret->text, untrusted, sizeof secret->text);
    gsize n = g_strlcat(secret->text, "minisign secret key of statpakke, without a password\n",
                        sizeof secret->text);
    sodium_bin2base64(secret->text + n, sizeof secret->text - n,
                      (const unsigned char *)&secret->form, sizeof secret->form,
                      sodium_base64_VARIANT_ORIGINAL);
    g_strlcat(secret->text, "\n", sizeof secret->text);
    if (!write_secret(path, secret, error)) {
        return FALSE;
    }
    if (!sp_public_key_write(&key, beside, error)) {
        unlink(path);
        return FALSE;
    }
    return TRUE;
}

static gboolean refuse_key(const char *path, GError **error)
{
    return sp_error_set(error, SP_ERROR_CONFIG,
                        "%s is not a secret key of minisign; make one with statpakke init, or with "
                        "minisign -G -W -s FILE -p FILE.pub",
                        path);
}

static gboolean read_file(int fd, const char *path, Secret *secret, GError **error)
{
    struct stat status;
    if (fstat(fd, &status) != 0) {
        return sp_error_set_errno(error, errno, "cannot read key %s", path);
    }
    if (!S_ISREG(status.st_mode) || status.st_size > MAX_FILE_SIZE) {
        return refuse_key(path, error);
    }
    if ((status.st_mode & 077) != 0) {
        return sp_error_set(error, SP_ERROR_PERMISSION,
                            "key %s has mode %04o, so others may read it; chmod 0600 and consider "
                            "a new key",
                            path, (guint)status.st_mode & 07777);
    }
    gsize n = 0;
    return sp_fd_read(fd, path, secret->text, MAX_FILE_SIZE, &n, error);
}

/* The public half is the seed's own: else every signature would be one that no key fits. */
static gboolean is_whole(Secret *secret)
{
    crypto_sign_seed_keypair(secret->public_key, secret->derived, secret->form.secret);
    return sodium_memcmp(secret->derived, secret->form.secret, SECRET_SIZE) == 0;
}

static gboolean parse_secret(Secret *secret, const char *path, GError **error)
{
    const char *second = strchr(secret->text, '\n');
    if (second == NULL || strncmp(secret->text, untrusted, strlen(untrusted)) != 0 ||
        !decode(second + 1, strcspn(second + 1, "\r\n"), &secret->form, sizeof secret->form) ||
        memcmp(secret->form.algorithm, key_algorithm, sizeof key_algorithm) != 0) {
        return refuse_key(path, error);
    }
    if (memcmp(secret->form.password, no_password, sizeof no_password) != 0) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "key %s is behind a password, and nobody is there at night to type it; "
                            "take it off a copy with minisign -C -W -s FILE, or make a key with "
                            "statpakke init",
                            path);
    }
    return is_whole(secret) || sp_error_set(error, SP_ERROR_CONFIG,
                                            "key %s is damaged; restore it from its copy", path);
}

SpSigner *sp_signer_read(const char *path, GError **error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0) {
        sp_error_set_errno(error, errno, "cannot read key %s", path);
        return NULL;
    }
    g_autoptr(Secret) secret = locked_new(sizeof(Secret));
    gboolean is_read = read_file(fd, path, secret, error) && parse_secret(secret, path, error);
    close(fd);
    if (!is_read) {
        return NULL;
    }
    SpSigner *signer = locked_new(sizeof(SpSigner));
    memcpy(signer->id, secret->form.id, sizeof signer->id);
    memcpy(signer->secret, secret->form.secret, sizeof signer->secret);
    return signer;
}

void sp_signer_public(const SpSigner *signer, SpPublicKey *key)
{
    memcpy(key->id, signer->id, sizeof key->id);
    crypto_sign_ed25519_sk_to_pk(key->key, signer->secret);
}

gboolean sp_public_key_write(const SpPublicKey *key, const char *path, GError **error)
{
    g_autofree char *name = sp_public_key_name(key);
    g_autofree char *line = sp_public_key_format(key);
    g_autofree char *text =
        g_strdup_printf("%sminisign public key %s\n%s\n", untrusted, name, line);
    return sp_file_write(path, text, strlen(text), SP_MODE_PUBLIC_FILE, error);
}

gboolean sp_public_key_parse(const char *text, SpPublicKey *key)
{
    PublicForm form;
    const char *line = text;
    if (g_str_has_prefix(text, untrusted)) {
        const char *second = strchr(text, '\n');
        line = second != NULL ? second + 1 : "";
    }
    gsize length = strcspn(line, "\r\n");
    gsize rest = length + strspn(line + length, "\r\n");
    if (line[rest] != '\0' || !decode(line, length, &form, sizeof form) ||
        memcmp(form.algorithm, key_algorithm, sizeof key_algorithm) != 0) {
        return FALSE;
    }
    memcpy(key->id, form.id, sizeof key->id);
    memcpy(key->key, form.key, sizeof key->key);
    return TRUE;
}

char *sp_public_key_format(const SpPublicKey *key)
{
    PublicForm form;
    memcpy(form.algorithm, key_algorithm, sizeof key_algorithm);
    memcpy(form.id, key->id, sizeof form.id);
    memcpy(form.key, key->key, sizeof form.key);
    return encode(&form, sizeof form);
}

char *sp_public_key_name(const SpPublicKey *key)
{
    GString *name = g_string_new(NULL);
    for (gsize i = sizeof key->id; i > 0; i--) {
        g_string_append_printf(name, "%02X", key->id[i - 1]);
    }
    return g_string_free(name, FALSE);
}

/* ---- signatures ---- */

static void hash_bytes(const void *bytes, gsize size, unsigned char hash[HASH_SIZE])
{
    int failed = crypto_generichash(hash, HASH_SIZE, bytes, size, NULL, 0);
    g_assert(failed == 0);
}

/* The second signature of each file is of the first and the comment. */
static GByteArray *join(const unsigned char signature[SIGNATURE_SIZE], const char *comment)
{
    GByteArray *both = g_byte_array_new();
    g_byte_array_append(both, signature, SIGNATURE_SIZE);
    g_byte_array_append(both, (const guint8 *)comment, (guint)strlen(comment));
    return both;
}

char *sp_signer_sign(const SpSigner *signer, const void *bytes, gsize size, const char *comment)
{
    unsigned char hash[HASH_SIZE];
    unsigned char global[SIGNATURE_SIZE];
    SignatureForm form;
    SpPublicKey key;
    g_assert(strpbrk(comment, "\r\n") == NULL);
    sp_signer_public(signer, &key);
    memcpy(form.algorithm, signature_algorithm, sizeof signature_algorithm);
    memcpy(form.id, signer->id, sizeof form.id);
    hash_bytes(bytes, size, hash);
    crypto_sign_detached(form.signature, NULL, hash, sizeof hash, signer->secret);
    g_autoptr(GByteArray) both = join(form.signature, comment);
    crypto_sign_detached(global, NULL, both->data, both->len, signer->secret);
    g_autofree char *name = sp_public_key_name(&key);
    g_autofree char *first = encode(&form, sizeof form);
    g_autofree char *second = encode(global, sizeof global);
    return g_strdup_printf("%ssignature by key %s\n%s\n%s%s\n%s\n", untrusted, name, first, trusted,
                           comment, second);
}

/* Cut into its lines, which end alike; NULL if they are not those of a signature. g_strfreev. */
static char **split_lines(const char *signature)
{
    g_auto(GStrv) lines = g_strsplit(signature, "\n", N_LINES + 2);
    guint n = g_strv_length(lines);
    for (guint i = 0; i < n; i++) {
        gsize length = strlen(lines[i]);
        if (length > 0 && lines[i][length - 1] == '\r') {
            lines[i][length - 1] = '\0';
        }
    }
    gboolean is_whole = (n == N_LINES || (n == N_LINES + 1 && lines[N_LINES][0] == '\0')) &&
                        g_str_has_prefix(lines[0], untrusted) &&
                        g_str_has_prefix(lines[2], trusted);
    return is_whole ? g_steal_pointer(&lines) : NULL;
}

gboolean sp_signature_verify(const SpPublicKey *key, const SpSigned *what, const char *signature,
                             char **comment, GError **error)
{
    unsigned char hash[HASH_SIZE];
    unsigned char global[SIGNATURE_SIZE];
    SignatureForm form;
    g_auto(GStrv) lines = split_lines(signature);
    if (sodium_init() < 0) { /* may be asked again, from any thread */
        return sp_error_set(error, SP_ERROR_BUG, "libsodium cannot begin");
    }
    if (lines == NULL || !decode(lines[1], strlen(lines[1]), &form, sizeof form) ||
        !decode(lines[3], strlen(lines[3]), global, sizeof global) ||
        memcmp(form.algorithm, signature_algorithm, sizeof signature_algorithm) != 0) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: its signature is none of minisign's prehashed form; fetch both "
                            "again",
                            what->name);
    }
    if (memcmp(form.id, key->id, sizeof key->id) != 0) {
        SpPublicKey other;
        memcpy(other.id, form.id, sizeof other.id);
        g_autofree char *signer = sp_public_key_name(&other);
        g_autofree char *wanted = sp_public_key_name(key);
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: signed by key %s, not by key %s; is it the right public key, or "
                            "somebody else's edition?",
                            what->name, signer, wanted);
    }
    const char *said = lines[2] + strlen(trusted);
    g_autoptr(GByteArray) both = join(form.signature, said);
    hash_bytes(what->bytes, what->size, hash);
    if (crypto_sign_verify_detached(form.signature, hash, sizeof hash, key->key) != 0 ||
        crypto_sign_verify_detached(global, both->data, both->len, key->key) != 0) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "%s: the signature is not of these bytes: they were altered; fetch the "
                            "edition again",
                            what->name);
    }
    if (comment != NULL) {
        *comment = g_strdup(said);
    }
    return TRUE;
}
