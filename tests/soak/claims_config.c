/* The configuration that the stage reads, as tables. */
#include "claims.h"

#include "core/table_rows.h"
#include "tests/transforms/project/demand/config.h"

/* In a past all staff are in care, and the table of residents tells of labour markets alone: it
 * says nothing of what care has not. */
static void leave_residents_out(SpTables *config)
{
    static const char *const no_other_area = "";
    SpTable *sources = sp_tables_steal(config, "bemanning_kilder");
    sp_tables_add(config, sp_table_filter_codes(sources, sp_table_find(sources, "fratrekk"),
                                                &no_other_area, 1));
    sp_table_free(sources);
}

SpTables *claims_config(void)
{
    SpTables *config = sp_tables_new();
    for (const SpProjectFile *file = sp_project_files; file->path != NULL; file++) {
        if ((file->uses & SP_FILE_OF_SCENARIO) != 0) {
            sp_tables_add(config, config_file(file->table));
        }
    }
    leave_residents_out(config);
    return config;
}
