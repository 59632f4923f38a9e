/** The configuration files that a package is written with: texts and catalogues, the report's
 * templates, and what lies in its folder of assets. */
#ifndef SP_PIPELINE_PACKAGE_FILES_H
#define SP_PIPELINE_PACKAGE_FILES_H

#include "pipeline/stage.h"

/** The setting that sp_package_files_need reads. */
#define SP_PACKAGE_FILES_KEY "package.charts"

/** Owned. Tables as outputs/output.h has them. */
typedef struct {
    SpTexts *texts;
    SpTable *catalogue;  /* tables.csv */
    SpTable *units;      /* units.csv */
    SpTable *indicators; /* indicators.csv */
    SpTable *breaks;     /* brudd.csv */
    SpTable *borders;    /* kart/kommuner.csv */
    SpTable *figures;    /* figurer.csv */
    SpTable *file_types; /* filtyper.csv */
    SpTable *vocabulary; /* dcat.csv */
    SpTable *sources;    /* `kilder` (pipeline/sources.h) */
    char *templates;     /* the folder that they are in */
    const char **assets; /* paths (borrowed from the unit), NULL-terminated */
} SpPackageFiles;

/** Declares them as inputs of a unit; of what draws figures what the build has made. */
gboolean sp_package_files_need(SpUnit *unit, GError **error);

/** Reads those that the unit has declared, and sources that it declared by sp_sources_need.
 * SP_ERROR_CONFIG naming file and row. After an error clear as well. */
gboolean sp_package_files_read(SpUnit *unit, SpPackageFiles *files, GError **error);
void sp_package_files_clear(SpPackageFiles *files);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(SpPackageFiles, sp_package_files_clear)

#endif
