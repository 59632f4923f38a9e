/** Person-level layouts, fed row by row: what the tests of persons*.c share. */
#ifndef SP_TESTS_TRANSFORMS_NORMALISE_PERSONS_H
#define SP_TESTS_TRANSFORMS_NORMALISE_PERSONS_H

#include "tests/transforms/normalise/facts.h"

#include "transforms/normalise/persons.h"

typedef struct {
    SpRegions *regions;
    SpQuality *quality;
    SpTables *maps;
    SpTable *bands;
    SpLayout *layout;
    SpPersons *persons;
    SpPersonsKeys *keys;
    GError *error;
} Fixture;

static inline int setup(void **state)
{
    Fixture *fixture = g_new0(Fixture, 1);
    fixture->regions = small_regions();
    fixture->quality = sp_quality_new();
    fixture->keys = sp_persons_keys_new();
    fixture->maps = sp_tables_new();
    sp_tables_add(fixture->maps,
                  TABLE("stilling", "from:key to:attribute fra:attribute til:attribute",
                        "7174 sykepleier _ _", "7517 fagarbeider _ _", "7728 fagarbeider 2024 _",
                        "6190 assistent _ 2023", "9430 leder _ _", "0000 tot _ _"));
    sp_tables_add(fixture->maps, TABLE("utdanning", "from:key to:attribute", "sykepleier hoeyskole",
                                       "fagarbeider fagutdanning"));
    fixture->bands =
        TABLE("aldersgruppe", "liste:key kode:key fra:attribute til:attribute",
              "andre 000-105 000 105", "ansatte 015-054 015 054", "ansatte 055-075 055 075");
    *state = fixture;
    return 0;
}

static inline int teardown(void **state)
{
    Fixture *fixture = *state;
    sp_persons_free(fixture->persons);
    sp_persons_keys_free(fixture->keys);
    sp_layout_free(fixture->layout);
    sp_regions_free(fixture->regions);
    sp_quality_free(fixture->quality);
    sp_tables_free(fixture->maps);
    sp_table_free(fixture->bands);
    g_clear_error(&fixture->error);
    g_free(fixture);
    return 0;
}

static inline gboolean try_new(Fixture *fixture, const char *layout)
{
    fixture->layout = sp_layout_parse("pai", layout, &fixture->error);
    assert_no_error(fixture->error);
    const SpPersonsInput input = {.layout = fixture->layout,
                                  .origin = "pai/stillinger",
                                  .maps = fixture->maps,
                                  .bands = fixture->bands,
                                  .regions = fixture->regions,
                                  .target = TARGET,
                                  .quality = fixture->quality,
                                  .keys = fixture->keys};
    fixture->persons = sp_persons_new(&input, &fixture->error);
    return fixture->persons != NULL;
}

static inline gboolean try_begin(Fixture *fixture, const char *header)
{
    SpSink *sink = sp_persons_sink(fixture->persons);
    g_auto(GStrv) names = g_strsplit(header, " ", -1);
    return sink->begin(sink, (const char *const *)names, g_strv_length(names), &fixture->error);
}

static inline void start(Fixture *fixture, const char *layout, const char *header)
{
    (void)try_new(fixture, layout);
    assert_no_error(fixture->error);
    (void)try_begin(fixture, header);
    assert_no_error(fixture->error);
}

/* A row is its fields with a blank between them, "_" for an empty one. */
static inline gboolean try_row(Fixture *fixture, guint64 number, const char *text)
{
    SpSink *sink = sp_persons_sink(fixture->persons);
    g_auto(GStrv) texts = g_strsplit(text, " ", -1);
    SpField fields[8];
    gsize n = g_strv_length(texts);
    assert_in_range(n, 1, G_N_ELEMENTS(fields));
    for (gsize i = 0; i < n; i++) {
        gboolean is_empty = strcmp(texts[i], "_") == 0;
        fields[i] = (SpField){texts[i], is_empty ? 0 : strlen(texts[i])};
    }
    return sink->row(sink, number, fields, n, &fixture->error);
}

static inline void feed(Fixture *fixture, gsize n, const char *const rows[])
{
    for (gsize i = 0; i < n; i++) {
        (void)try_row(fixture, i + 2, rows[i]);
        assert_no_error(fixture->error);
    }
}
#define FEED(fixture, ...)                                                                         \
    feed(fixture, G_N_ELEMENTS(((const char *const[]){__VA_ARGS__})),                              \
         (const char *const[]){__VA_ARGS__})

static inline SpTable *table_with(Fixture *fixture, const SpTable *weights)
{
    SpTable *table = sp_persons_table(fixture->persons, weights, &fixture->error);
    assert_no_error(fixture->error);
    return table;
}

#define PERSON_TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

#endif
