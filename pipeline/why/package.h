/** The package that is asked: its tables as they were delivered, wherever it lies. */
#ifndef SP_PIPELINE_WHY_PACKAGE_H
#define SP_PIPELINE_WHY_PACKAGE_H

#include "core/cell.h"
#include "pipeline/context.h"

typedef struct {
    char *path;          /* folder or archive */
    char *edition;       /* "2026-02-25-1a2b3c4d" */
    char *name;          /* "fylke-03-oslo" */
    char *region;        /* "03" */
    char *file_table;    /* the table whose file was named; NULL: the whole package was */
    char **names;        /* its tables */
    GHashTable *sources; /* table -> char*: titles of its sources, one a line */
    SpTables *tables;    /* those that were read */
    gboolean is_archive;
} SpWhyPackage;

/**
 * The packages that an argument names: an edition by name (in the workspace's packages/) or folder,
 * the folder or the zip of one package, or a CSV file below a package's folder `data`. GPtrArray of
 * SpWhyPackage*; the caller unrefs. SP_ERROR_NO_INPUT when it is none of these, SP_ERROR_DATA when
 * a descriptor cannot be read.
 */
GPtrArray *sp_why_packages_open(const SpContext *context, const char *argument, GError **error);
void sp_why_package_free(SpWhyPackage *package);

/** A table of it. Borrowed. SP_ERROR_NO_INPUT naming the tables there are; SP_ERROR_DATA as
 * sp_tables_read. */
const SpTable *sp_why_package_table(SpWhyPackage *package, const char *name, GError **error);

/**
 * The cell that a text names, of a table of these packages: "table measure column=code ...", where
 * the table may be left out if a file was named, the measure if the table has only one, and a
 * column of which it has one code. The package's words for a code (table forklaring) do as the
 * code. The first package with such a row is *package; the row in its table is *row. SP_ERROR_USAGE
 * when it is no cell, SP_ERROR_NO_INPUT when there is none, naming what there is. The caller frees.
 */
SpCell *sp_why_find_cell(const GPtrArray *packages, const char *text, SpWhyPackage **package,
                         gsize *row, GError **error);

#endif
