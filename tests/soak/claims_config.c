/* The configuration that the stage reads, as tables. */
#include "claims.h"

#include "core/table_rows.h"
#include "tests/transforms/project/demand/config.h"

/* In a past all staff are in care, and the table of residents tells of labour markets alone: it says
 * nothing of what care has not. */
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
    static const char *const none[] = {NULL}, *const size[] = {"verdi", NULL};
    static const char *const education[] = {
        "aar",   "fullfoering", "tid_0",   "tid_1", "tid_2",     "tid_3", "tid_4",     "tid_5",
        "tid_6", "tid_7",       "kvinner", "alder", "spredning", "minst", "variasjon", NULL};
    static const char *const changes[] = {"andel", "kvinner", "alder", "spredning", "minst", NULL};
    static const char *const exits[] = {"alder_fra", "alder_til", "avgang", "variasjon", NULL};
    static const char *const age[] = {"alder", NULL}, *const rule[] = {"verdi", NULL};
    SpTables *config = sp_tables_new();
    config_add(config);
    leave_residents_out(config);
    sp_tables_add(config, fixture_configured_use());
    sp_tables_add(config, config_table("profesjoner.csv", "profesjoner", none));
    sp_tables_add(config, config_table("framskriving/utdanning.csv", "utdanning", education));
    sp_tables_add(config, config_table("framskriving/overganger.csv", "overganger", changes));
    sp_tables_add(config, config_table("framskriving/avgang.csv", "avgang", exits));
    sp_tables_add(config, config_table("framskriving/pensjonsalder.csv", "pensjonsalder", age));
    sp_tables_add(config, config_table("framskriving/arbeidssted.csv", "arbeidssted", rule));
    sp_tables_add(config, config_table("framskriving/sjokk.csv", "sjokk", size));
    return config;
}
