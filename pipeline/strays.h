/**
 * Files in inbox/ that no dataset takes: a name that is not spelled as `inbox` says, a folder of no
 * source, a dataset that is not in use. Nobody would else ever hear of them, and they may be about
 * persons.
 */
#ifndef SP_PIPELINE_STRAYS_H
#define SP_PIPELINE_STRAYS_H

#include "pipeline/context.h"

typedef struct {
    char *path; /* "inbox/pai/PAI-2024.csv", made printable */
    char *text; /* what is wrong and what to do */
} SpStray;

/** SpStray*, by folder and name in byte order; files whose names begin with a dot are on their way
 * and not among them. g_ptr_array_unref. Errors as sp_datasets_list. */
GPtrArray *sp_strays_find(const SpContext *context, GError **error);

#endif
