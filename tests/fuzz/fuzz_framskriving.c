/* Any text as one of the files that configure projections: the name of its table, then its CSV. The
 * others are as the project has them. */
#include "pipeline/catalogue.h"
#include "tests/fuzz/guard.h"
#include "tests/fuzz/parts.h"
#include "transforms/project/backtest/series.h"
#include "transforms/project/balance/age_use.h"
#include "transforms/project/demand/growth.h"
#include "transforms/project/demand/structure.h"
#include "transforms/project/draws/sizes.h"
#include "transforms/project/files.h"
#include "transforms/project/scenario.h"
#include "transforms/project/supply/education.h"
#include "transforms/project/use.h"

#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size);

static SpTable *parse(const SpProjectFile *file, const char *bytes, gsize size, GError **error)
{
    g_auto(GStrv) measures = g_strsplit(file->measures, " ", -1);
    return sp_catalogue_parse(file->path, bytes, size, file->table, (const char *const *)measures,
                              error);
}

/* A table of the professions whose people are counted: all. */
static SpTable *personnel(const SpTable *professions)
{
    const SpColumn column = {.name = "yrke", .kind = SP_COLUMN_CODE};
    SpTable *table = sp_table_new("helsepersonell", NULL, 0);
    gsize from = sp_table_find(professions, "profesjon");
    sp_table_add_column(table, &column);
    for (gsize row = 0; row < sp_table_n_rows(professions); row++) {
        sp_table_set_code(table, sp_table_add_row(table), 0, sp_table_code(professions, row, from));
    }
    return table;
}

/* The configuration as it is. */
static SpTables *read_all(void)
{
    SpTables *all = sp_tables_new();
    for (const SpProjectFile *file = sp_project_files; file->path != NULL; file++) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = fuzz_config_file(file->path);
        SpTable *table = parse(file, text, strlen(text), &error);
        FUZZ_CLAIM(table != NULL);
        sp_tables_add(all, table);
    }
    sp_tables_add(all, personnel(sp_tables_find(all, "profesjoner")));
    return all;
}

/* ---- readers ---- */

static gboolean is_share(double value)
{
    return value >= 0.0 && value <= 1.0;
}

static gboolean read_education(const SpTables *in, GError **error)
{
    g_autoptr(SpQuality) quality = sp_quality_new();
    g_autoptr(SpEducation) education = sp_education_new(in, quality, error);
    for (guint i = 0; education != NULL && i < education->routes->len; i++) {
        const SpRoute *route = &g_array_index(education->routes, SpRoute, i);
        FUZZ_CLAIM(route->profession < education->n && is_share(route->timing.completion));
        for (gsize a = 0; a < SP_N_WORK_AGES; a++) {
            FUZZ_CLAIM(is_share(route->arrivals.weight[a]));
        }
    }
    return education != NULL;
}

static gboolean read_growth(const SpTables *in, GError **error)
{
    g_autoptr(GArray) growth = sp_growth_new(sp_tables_find(in, "utvikling"), error);
    FUZZ_CLAIM(growth == NULL || sp_growth_find(growth, "bruk", "?") != NULL);
    return growth != NULL;
}

static gboolean read_structure(const SpTables *in, GError **error)
{
    g_autoptr(GArray) services =
        sp_services_new(sp_tables_find(in, "tjenester"), sp_tables_find(in, "bruk"), error);
    g_autoptr(SpStructure) structure =
        services == NULL
            ? NULL
            : sp_structure_new(sp_tables_find(in, "struktur"), sp_tables_find(in, "lovkrav"), NULL,
                               services, 2025, error);
    for (gsize i = 0; structure != NULL && i < structure->n_services * structure->n_professions;
         i++) {
        FUZZ_CLAIM(is_share(structure->weight[i]) && isfinite(structure->trend[i]));
    }
    return structure != NULL;
}

static gboolean read_age_use(const SpTables *in, GError **error)
{
    g_autoptr(SpAgeUse) use = sp_age_use_new(sp_tables_find(in, "kostnad"), error);
    FUZZ_CLAIM(use == NULL || use->n_functions > 0);
    return use != NULL;
}

static gboolean read_sizes(const SpTables *in, GError **error)
{
    SpShockSizes sizes;
    gboolean is_read = sp_shock_sizes_read(sp_tables_find(in, "sjokk"), &sizes, error);
    FUZZ_CLAIM(!is_read || (is_share(sizes.staying) && sizes.aarsverk_per_person > 0.0));
    return is_read;
}

static gboolean read_words(const SpTables *in, GError **error)
{
    SpScenario scenario;
    g_autoptr(SpTable) table =
        sp_scenario_table("fuzz.ini", "[population]\nfertility = low\n", error);
    sp_scenario_init(&scenario, NULL);
    return sp_scenario_apply(table, sp_tables_find(in, "befolkningsbane"), &scenario, error);
}

static gboolean read_series(const SpTables *in, GError **error)
{
    g_auto(SpAgeBands) bands = {.bands = NULL};
    if (!sp_age_bands_init(&bands, sp_tables_find(in, "aldersgrupper"), "treffsikkerhet", error)) {
        return FALSE;
    }
    g_autoptr(GArray) series =
        sp_series_new(sp_tables_find(in, "treffsikkerhet_serier"), in, &bands, error);
    return series != NULL;
}

static const struct {
    const char *table;
    gboolean (*read)(const SpTables *in, GError **error);
} readers[] = {
    {"profesjoner", read_education},
    {"utdanning", read_education},
    {"overganger", read_education},
    {"avgang", read_education},
    {"pensjonsalder", read_education},
    {"utvikling", read_growth},
    {"tjenester", read_structure},
    {"struktur", read_structure},
    {"lovkrav", read_structure},
    {"bruk", read_structure},
    {"kostnad", read_age_use},
    {"sjokk", read_sizes},
    {"befolkningsbane", read_words},
    {"aldersgrupper", read_series},
    {"treffsikkerhet_serier", read_series},
};

static gboolean is_part(const SpField *part, const char *text)
{
    return part->size == strlen(text) && memcmp(part->text, text, part->size) == 0;
}

static const SpProjectFile *find_file(const char *table)
{
    const SpProjectFile *file = sp_project_files;
    while (strcmp(file->table, table) != 0) {
        file++;
    }
    return file;
}

/* The configuration with one table in another's place. */
static SpTables *with(SpTables *all, SpTable *table)
{
    SpTables *in = sp_tables_new();
    for (gsize i = 0; i < sp_tables_size(all); i++) {
        SpTable *other = sp_tables_at(all, i);
        if (strcmp(sp_table_name(other), sp_table_name(table)) != 0) {
            sp_tables_add(in, sp_table_share(other));
        }
    }
    sp_tables_add(in, table);
    return in;
}

int LLVMFuzzerTestOneInput(const guint8 *data, gsize size)
{
    static SpTables *all;
    SpField parts[2];
    gsize which = 0;
    if (all == NULL) {
        gsl_set_error_handler_off();
        all = read_all();
    }
    fuzz_parts(data, size, parts, G_N_ELEMENTS(parts));
    while (which < G_N_ELEMENTS(readers) && !is_part(&parts[0], readers[which].table)) {
        which++;
    }
    if (which == G_N_ELEMENTS(readers)) {
        return 0;
    }
    g_autoptr(GError) error = NULL;
    SpTable *table = parse(find_file(readers[which].table), parts[1].text, parts[1].size, &error);
    fuzz_check_outcome(table != NULL, &error);
    if (table != NULL) {
        g_autoptr(SpTables) in = with(all, table);
        gboolean is_read = readers[which].read(in, &error);
        fuzz_check_outcome(is_read, &error);
    }
    return 0;
}
