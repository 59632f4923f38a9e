/** The end of what is given away: after it a folder is not written to. */
#ifndef SP_PIPELINE_SEAL_H
#define SP_PIPELINE_SEAL_H

#include "pipeline/context.h"

/** What a folder is. Texts are borrowed. */
typedef struct {
    const char *edition;
    const char *name; /* of the package; "" for the edition itself */
    guint marks;      /* SpMarks: what is synthetic says so in every file */
} SpSealed;

/** Writes into a folder SHA256SUMS over all its files, and its signature unless nothing is signed
 * (pipeline/signkey.h). A list of names has no place for a notice: of what is synthetic one of the
 * names is it, a file of its own that says nothing else, and it is signed along. */
gboolean sp_seal_write(const SpContext *context, const char *folder, const SpSealed *sealed,
                       GError **error);

#endif
