/** What of an edition goes to a target: files with size and sum, from the edition's SHA256SUMS. */
#ifndef SP_PIPELINE_PARCEL_H
#define SP_PIPELINE_PARCEL_H

#include "core/io/json.h"
#include "pipeline/target.h"

/** One file. `path` is relative to the edition's folder. */
typedef struct {
    char *path;
    gint64 size;
    char sha256[SP_HASH_SIZE];
} SpParcelFile;

/** All owned. */
typedef struct {
    char *edition;
    char *folder;            /* where its files are */
    GPtrArray *files;        /* SpParcelFile, as they are sent: in the order
 of SHA256SUMS, then its signature and itself */
    GPtrArray *names;        /* of its packages: "fylke-50-troendelag" */
    gint64 size;             /* bytes of all */
    char hash[SP_HASH_SIZE]; /* of what it holds, by content */
} SpParcel;

/**
 * Of the packages that the feed tells of and a target wants their folders, their archives or both;
 * what belongs to the edition as a whole (SHA256SUMS and its signature, endringer.csv) where all of
 * it goes: a list of files that are not there would say that they are missing. Each package has its
 * own SHA256SUMS.
 * SP_ERROR_NO_INPUT when the edition is not there.
 */
SpParcel *sp_parcel_new(const SpContext *context, const SpDeliveryTarget *target,
                        const json_t *feed, const char *edition, GError **error);
void sp_parcel_free(SpParcel *parcel);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpParcel, sp_parcel_free)

#endif
