/** A made-up country of three fylker, its published tables, and the rules that ship: what page one
 * says of them. */
#ifndef SP_TESTS_TRANSFORMS_HEADLINE_WORLD_H
#define SP_TESTS_TRANSFORMS_HEADLINE_WORLD_H

#include "core/regions.h"
#include "core/table_rows.h"
#include "tests/core/rows.h"
#include "tests/transforms/vary/csvtable.h"

#include "transforms/headline/headline.h"
#include "transforms/headline/rows.h"

typedef struct {
    SpPageOne headline;
    SpTables *tables; /* the edition's and the package's own */
    SpTable *regions, *indicators, *rules, *barometer;
    SpTable *sentences, *figures; /* after world_tell */
} World;

static inline SpTable *world_rules(const char *only)
{
    g_autoptr(SpTable) all = csvtable_config("noekkelsetninger.csv", "noekkelsetninger.csv");
    const gsize column = sp_table_find(all, "regel");
    return only == NULL ? sp_table_copy(all) : sp_table_filter_codes(all, column, &only, 1);
}

/** A package of `region` with one rule (NULL: all) and without tables. */
static inline World world_new(const char *region, const char *rule)
{
    World world = {.tables = sp_tables_new()};
    world.regions =
        TABLE("region", "region:key slag:attribute", "0 landet", "03 fylke", "0301 kommune",
              "11 fylke", "1101 kommune", "1102 kommune", "1103 kommune", "1104 kommune",
              "1105 kommune", "46 fylke", "4601 kommune", "4602 kommune");
    world.indicators = csvtable_config("indicators.csv", "indicators.csv");
    world.rules = world_rules(rule);
    world.barometer = csvtable_config("barometer.csv", "barometer.csv");
    world.headline = (SpPageOne){.region = region,
                                 .day = 20261123,
                                 .edition = world.tables,
                                 .own = world.tables,
                                 .regions = world.regions,
                                 .indicators = world.indicators,
                                 .rules = world.rules,
                                 .barometer = world.barometer,
                                 .least_members = 3};
    return world;
}

static inline void world_clear(World *world)
{
    sp_tables_free(world->tables);
    sp_table_free(world->regions);
    sp_table_free(world->indicators);
    sp_table_free(world->rules);
    sp_table_free(world->barometer);
    sp_table_free(world->sentences);
    sp_table_free(world->figures);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(World, world_clear)

static inline void world_add(World *world, SpTable *table)
{
    sp_tables_add(world->tables, table);
}

/** The rows of the edition that page one says it reads: of a table of which it does not need all
 * kommuner those of the package's own, and all that are of no kommune. */
static inline SpTables *world_read(const World *world)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GArray) reads = sp_page_one_reads(world->rules, &error);
    SpTables *tables = sp_tables_new();
    assert_no_error(error);
    for (guint i = 0; i < reads->len; i++) {
        const SpPageOneReads *one = &g_array_index(reads, SpPageOneReads, i);
        const SpTable *table = sp_tables_find(world->tables, one->table);
        g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(gsize));
        for (gsize row = 0; table != NULL && row < sp_table_n_rows(table); row++) {
            const char *code = sp_rows_code(table, row, "region");
            if (one->has_all || sp_region_kind(code) != SP_REGION_KOMMUNE ||
                g_str_has_prefix(code, world->headline.region)) {
                g_array_append_val(rows, row);
            }
        }
        if (table != NULL) {
            sp_tables_add(tables, sp_table_copy_rows(
                                      table, NULL, (const gsize *)(gpointer)rows->data, rows->len));
        }
    }
    return tables;
}

static inline void world_assert_same(const SpTable *a, const SpTable *b)
{
    g_autofree char *first = text_of_table(a);
    g_autofree char *second = text_of_table(b);
    assert_string_equal(first, second);
}

/** How many sentences there are. A field that its rule does not declare fails the test, and so does
 * a sentence that is another where the edition has only what page one says it reads. */
static inline gsize world_tell(World *world)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) read = world_read(world);
    g_autoptr(SpTable) sentences = NULL;
    g_autoptr(SpTable) figures = NULL;
    SpPageOne enough = world->headline;
    enough.edition = read;
    g_clear_pointer(&world->sentences, sp_table_free);
    g_clear_pointer(&world->figures, sp_table_free);
    sp_page_one_sentences(&world->headline, &world->sentences, &world->figures, &error);
    assert_no_error(error);
    sp_page_one_sentences(&enough, &sentences, &figures, &error);
    assert_no_error(error);
    world_assert_same(sentences, world->sentences);
    world_assert_same(figures, world->figures);
    for (gsize row = 0; row < sp_table_n_rows(world->figures); row++) {
        const gsize told =
            sp_rows_of_id(world->sentences, "plass", sp_rows_code(world->figures, row, "plass"));
        const gsize rule =
            sp_rows_of_id(world->rules, "regel", sp_rows_code(world->sentences, told, "regel"));
        g_auto(GStrv) known = g_strsplit(sp_rows_code(world->rules, rule, "felt"), " ", -1);
        if (!g_strv_contains((const char *const *)known,
                             sp_rows_code(world->figures, row, "felt"))) {
            fail_msg("field %s is not declared", sp_rows_code(world->figures, row, "felt"));
        }
    }
    return sp_table_n_rows(world->sentences);
}

/** A cell of the first sentence. */
static inline const char *world_code(const World *world, const char *column)
{
    return sp_rows_code(world->sentences, 0, column);
}

/** A field of the first sentence: its figure (a missing one fails), or its code. */
static inline double world_figure(const World *world, const char *field)
{
    const SpReal real = sp_rows_real(
        world->figures, sp_rows_find(world->figures, "plass=01 felt=%s", field), "verdi");
    if (!sp_real_is_number(real)) {
        fail_msg("no figure %s", field);
    }
    return real.value;
}

static inline const char *world_word(const World *world, const char *field)
{
    return sp_rows_code(world->figures, sp_rows_find(world->figures, "plass=01 felt=%s", field),
                        "kode");
}

#endif
