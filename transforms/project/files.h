/** The configuration that projections read, as tables. */
#ifndef SP_TRANSFORMS_PROJECT_FILES_H
#define SP_TRANSFORMS_PROJECT_FILES_H

#include <glib.h>

/** Who reads a file; or-ed. */
typedef enum { SP_FILE_OF_SCENARIO = 1, SP_FILE_OF_BACKTEST = 2 } SpProjectUse;

/** A file of config/, the table that transforms read it as, and its measures (parted by blanks; all
 * other columns are codes). */
typedef struct {
    const char *path, *table, *measures;
    guint uses;
} SpProjectFile;

/** All of them; ends with a NULL path. */
extern const SpProjectFile sp_project_files[];

#endif
