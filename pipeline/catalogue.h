/** Small CSV files of the project's configuration data as tables: texts, published tables,
 * indicators, offices, use of services. */
#ifndef SP_PIPELINE_CATALOGUE_H
#define SP_PIPELINE_CATALOGUE_H

#include "core/table.h"
#include "core/texts.h"

/**
 * Reads a UTF-8 comma CSV with one header row: every column a code column, except those named in
 * `measures` (NULL-terminated; NULL if none), whose fields are plain numbers or empty (missing).
 * Row order is kept. SP_ERROR_CONFIG naming file and row (of an encoding that is wrong the line),
 * also when it is no CSV; SP_ERROR_NO_INPUT when it is not there.
 */
SpTable *sp_catalogue_read(const char *path, const char *name, const char *const *measures,
                           GError **error);

/** The same of bytes [size] in memory; `origin` names the file in messages. */
SpTable *sp_catalogue_parse(const char *origin, const char *bytes, gsize size, const char *name,
                            const char *const *measures, GError **error);

/** A catalogue of texts (id, nb, nn, en) from such a file. SP_ERROR_CONFIG as above and as
 * sp_texts_new. The caller frees. */
SpTexts *sp_catalogue_texts(const char *path, GError **error);

#endif
