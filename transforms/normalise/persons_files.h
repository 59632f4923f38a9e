/**
 * Which file brought the rows of which kommune and period, so that two senders of the same ones are
 * told: their rows are added, and whoever stands in both counts twice in sums. For persons*.c
 * alone.
 */
#ifndef SP_TRANSFORMS_NORMALISE_PERSONS_FILES_H
#define SP_TRANSFORMS_NORMALISE_PERSONS_FILES_H

#include "transforms/normalise/persons_codes.h"

typedef struct SpPersonsFiles SpPersonsFiles;

SpPersonsFiles *sp_persons_files_new(void);
void sp_persons_files_free(SpPersonsFiles *files);

/** The rows from now on are of this file. The name is copied. */
void sp_persons_files_next(SpPersonsFiles *files, const char *origin);

/** A row counts. `text` is the number of its kommune's text in the source (dense, from 0), `period`
 * that of its period. Returns the name of a file before this one that has such rows, the first time
 * that this file has; else NULL. Borrowed. */
const char *sp_persons_files_add(SpPersonsFiles *files, guint32 text, guint32 period);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpPersonsFiles, sp_persons_files_free)

#endif
