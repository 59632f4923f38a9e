/* Certificates of the tests' own, made anew each time: no key lies in the tree. */
#include "tests/upstream/state.h"

#include "core/error.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

enum { DAY_S = 86400 };

static const struct {
    const char *name;
    const char *alternatives;
    long from_s;
    long to_s;
} kinds[] = {
    [FAKE_CERTIFICATE_OWN] = {"127.0.0.1", "IP:127.0.0.1", -DAY_S, DAY_S},
    [FAKE_CERTIFICATE_OTHER_HOST] = {"other.example", "DNS:other.example", -DAY_S, DAY_S},
    [FAKE_CERTIFICATE_EXPIRED] = {"127.0.0.1", "IP:127.0.0.1", -2L * DAY_S, -DAY_S},
};

static gboolean add_extension(X509 *certificate, int id, const char *value)
{
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, id, value);
    gboolean is_added = extension != NULL && X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return is_added;
}

static gboolean fill(X509 *certificate, EVP_PKEY *key, FakeCertificate kind)
{
    X509_NAME *name = X509_get_subject_name(certificate);
    return X509_set_version(certificate, 2) == 1 &&
           ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1) == 1 &&
           X509_gmtime_adj(X509_getm_notBefore(certificate), kinds[kind].from_s) != NULL &&
           X509_gmtime_adj(X509_getm_notAfter(certificate), kinds[kind].to_s) != NULL &&
           X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                      (const unsigned char *)kinds[kind].name, -1, -1, 0) == 1 &&
           X509_set_issuer_name(certificate, name) == 1 && X509_set_pubkey(certificate, key) == 1 &&
           add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE") &&
           add_extension(certificate, NID_subject_alt_name, kinds[kind].alternatives) &&
           X509_sign(certificate, key, EVP_sha256()) > 0;
}

/* g_free. */
static char *text_of(BIO *bio)
{
    char *bytes = NULL;
    long size = BIO_get_mem_data(bio, &bytes);
    return g_strndup(bytes, (gsize)size);
}

gboolean fake_certificate_make(FakeCertificate kind, char **certificate, char **key, GError **error)
{
    EVP_PKEY *pair = EVP_EC_gen("P-256");
    X509 *made = X509_new();
    BIO *first = BIO_new(BIO_s_mem());
    BIO *second = BIO_new(BIO_s_mem());
    gboolean is_made = pair != NULL && made != NULL && first != NULL && second != NULL &&
                       fill(made, pair, kind) && PEM_write_bio_X509(first, made) == 1 &&
                       PEM_write_bio_PrivateKey(second, pair, NULL, NULL, 0, NULL, NULL) == 1;
    if (is_made) {
        *certificate = text_of(first);
        *key = text_of(second);
    } else {
        sp_error_set(error, SP_ERROR_BUG, "libcrypto makes no certificate");
    }
    BIO_free(first);
    BIO_free(second);
    X509_free(made);
    EVP_PKEY_free(pair);
    return is_made;
}
