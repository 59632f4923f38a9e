/**
 * Signatures of what is given away: FOLDER/SHA256SUMS has SHA256SUMS.minisig beside it, in
 * minisign's form (core/io/minisign.h), so that whoever has the public key can tell with
 * `minisign -Vm SHA256SUMS -P KEY` and `sha256sum -c SHA256SUMS` that a folder, or a zip of it, is
 * whole and ours. What is signed along tells the edition and the file, so that the signature of one
 * package does not pass for that of another; there is no time in it.
 */
#ifndef SP_OUTPUTS_SIGNATURE_SIGNATURE_H
#define SP_OUTPUTS_SIGNATURE_SIGNATURE_H

#include "core/io/minisign.h"
#include "core/io/tree.h"

#define SP_SIGNATURE_ENDING ".minisig"

/** What is signed along. Borrowed. */
typedef struct {
    const char *edition;
    const char *folder; /* of the edition: "nasjonal"; "" for its own */
    const char *notice; /* that must stand in every file; NULL: none */
} SpSignature;

/** The text of a signature of `text`, a file ("SHA256SUMS") of a folder. g_free. */
char *sp_signature_of(const SpSigner *signer, const SpSignature *of, const char *file,
                      const char *text);

/** Signs the SHA256SUMS of a folder. Mode 0644. Errors of core/io/files. */
gboolean sp_signature_write(const SpSigner *signer, const char *folder, const SpSignature *of,
                            GError **error);

/** What a signature says that it is of. */
typedef struct {
    char *edition; /* "" where it does not say */
    char *folder;  /* the package; "" for the whole edition */
} SpSignatureTold;

void sp_signature_told_clear(SpSignatureTold *told);

/** Holds the SHA256SUMS of a folder or an archive against its signature; the sums themselves are
 * not looked at. `told` (may be NULL) gets what was signed along. SP_ERROR_NO_INPUT without the one
 * or the other, SP_ERROR_DATA when they do not fit each other and the key. */
gboolean sp_signature_check(const SpPublicKey *key, const SpTree *tree, SpSignatureTold *told,
                            GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpSignatureTold, sp_signature_told_clear)

#endif
