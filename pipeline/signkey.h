/** The key that editions are signed with: a file outside the workspace, in minisign's form. */
#ifndef SP_PIPELINE_SIGNKEY_H
#define SP_PIPELINE_SIGNKEY_H

#include "core/io/minisign.h"
#include "pipeline/stage.h"

/** The setting that names it: a path, relative to the file that sets it; unset: the workspace's own
 * path with ".sign.key" after it; "none": nothing is signed. The public part lies beside it, with
 * ".pub" after the name. */
#define SP_SIGNKEY_SETTING "signature.key_file"

/** Public parts of keys that were changed for others, parted by commas or blanks: what they signed
 * is still ours. */
#define SP_SIGNKEY_OLD_SETTING "signature.old_public_keys"

/** Makes key and public part if there are none; of a key that is there, the public part. */
gboolean sp_signkey_make(const SpContext *context, GError **error);

/**
 * Reads it; *signer is NULL when nothing is signed: by the setting, and in trials, which are
 * nobody's word. From then on the process leaves no core dump. SP_ERROR_NO_INPUT names the setting
 * and the remedy; SP_ERROR_CONFIG when the public part beside it is of another key.
 */
gboolean sp_signkey_read(const SpContext *context, SpSigner **signer, GError **error);

/** The public part, from its file if that is there, so that whoever may only look can check;
 * *is_signed as above, and `key` then unspecified. */
gboolean sp_signkey_public(const SpContext *context, SpPublicKey *key, gboolean *is_signed,
                           GError **error);

/** Declares the public part as an input of a unit whose result is signed: other packages follow
 * from another key. The secret part is in no key and no manifest. */
gboolean sp_signkey_need(SpUnit *unit, GError **error);

/** The public part as text, which is published with what it checks; *text (g_free) is NULL when
 * nothing is signed. */
gboolean sp_signkey_text(const SpContext *context, char **text, GError **error);

/** Whether a folder bears our signature, by the key of today or one before it, or need not bear
 * one. SP_ERROR_DATA, SP_ERROR_NO_INPUT; SP_ERROR_CONFIG for an old key that is none. */
gboolean sp_signkey_check(const SpContext *context, const char *folder, GError **error);

#endif
