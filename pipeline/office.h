/** Who receives packages: the offices of the statsforvalter, and those of the whole country. */
#ifndef SP_PIPELINE_OFFICE_H
#define SP_PIPELINE_OFFICE_H

#include "pipeline/context.h"

#define SP_OFFICE_FILE "mottakere.csv"

/** One row of config/mottakere.csv. Texts are owned. */
typedef struct {
    char *id;       /* "troendelag": as in config/fylker.csv, and [notice/ID] */
    char *name;     /* in its language */
    char *language; /* "nb" or "nn": what it is written to in, and its packages */
} SpOffice;

void sp_office_free(SpOffice *office);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpOffice, sp_office_free)

/** One of them; SP_ERROR_CONFIG when config/mottakere.csv cannot be read, does not have it, or its
 * language is not that of its maalform (noeytral leaves the choice). The caller frees. */
SpOffice *sp_office_find(const SpContext *context, const char *id, GError **error);

/** All, in the order of the file: SpOffice, owned by the array. */
GPtrArray *sp_offices_list(const SpContext *context, GError **error);

#endif
