/* The configuration that the stage reads, as tables. */
#include "claims.h"

#include "tests/transforms/project/demand/config.h"

SpTables *claims_config(void)
{
    SpTables *config = sp_tables_new();
    for (const SpProjectFile *file = sp_project_files; file->path != NULL; file++) {
        if ((file->uses & SP_FILE_OF_SCENARIO) != 0) {
            sp_tables_add(config, config_file(file->table));
        }
    }
    return config;
}
