/**
 * A made-up country for supply: four kommuner in three labour-market regions and two fylker, nurses
 * (with special nurses among them), midwives, care workers and assistants, and all tables that
 * supply can use. 1 January 2025 is the base.
 */
#ifndef SP_TESTS_TRANSFORMS_PROJECT_SUPPLY_LAND_H
#define SP_TESTS_TRANSFORMS_PROJECT_SUPPLY_LAND_H

#include "tests/core/rows.h"
#include "tests/transforms/project/fixture.h"

#include "core/quality.h"

enum { LAND_BASE = 2025, LAND_DAYS = 11, LAND_KOMMUNER = 4, LAND_GROUPS = 6 };

static const char *const land_kommuner[LAND_KOMMUNER] = {"1101", "1103", "1108", "4601"};

/* How large each is, of the country. */
static const double land_size[LAND_KOMMUNER] = {0.1, 0.4, 0.2, 0.3};

static inline SpTable *land_regions(gboolean has_markets)
{
    return has_markets
               ? TABLE("region",
                       "region:key slag:attribute fylke:attribute sentralitet:attribute "
                       "arbeidsmarked:attribute",
                       "1101 kommune 11 S4 A1", "1103 kommune 11 S2 A1", "1108 kommune 11 S2 A2",
                       "4601 kommune 46 S1 B1")
               : TABLE("region", "region:key slag:attribute fylke:attribute sentralitet:attribute",
                       "1101 kommune 11 S4", "1103 kommune 11 S2", "1108 kommune 11 S2",
                       "4601 kommune 46 S1");
}

/* 1 000 persons of each sex and age times the size; the last kommune grows by 1 % a year. */
static inline SpTable *land_population(void)
{
    SpTable *table = fixture_folkemengde();
    sp_table_set_name(table, "framskriving_befolkning");
    for (gsize u = 0; u < LAND_KOMMUNER; u++) {
        for (int day = 0; day < LAND_DAYS; day++) {
            for (guint sex = 0; sex < SP_N_SEXES; sex++) {
                for (guint age = 0; age < SP_N_AGES; age++) {
                    double persons = 1000 * land_size[u] * (u == 3 ? 1 + 0.01 * day : 1.0);
                    fixture_add_persons(table, land_kommuner[u], sex, age, LAND_BASE + day,
                                        sp_real(age < 90 ? persons : persons / 10));
                }
            }
        }
    }
    return table;
}

/* Share in work at an age: early and late it is low. */
static inline double land_share(double age)
{
    return age < 62 ? 0.9 : age < 65 ? 0.6 : age < 67 ? 0.3 : 0.05;
}

typedef struct {
    const char *yrke;
    double persons;   /* of a single age 25-61 in the country */
    double municipal; /* of those in work */
    double hours;
} LandProfession;

static const LandProfession land_professions[] = {{"sykepleier", 900, 0.5, 0.85},
                                                  {"spesialsykepleier", 200, 0.2, 0.9},
                                                  {"jordmor", 40, 0.2, 0.8},
                                                  {"helsefagarbeider", 1000, 0.8, 0.7},
                                                  {"uten_helseutdanning", 600, 1.0, 0.5},
                                                  {"lege", 300, 0.3, 1.0}};

static inline void land_add_personnel(SpTable *table, const char *const codes[6], double persons,
                                      double aarsverk)
{
    gsize row = sp_table_add_row(table);
    for (gsize i = 0; i < 6; i++) {
        sp_table_set_code(table, row, i, codes[i]);
    }
    sp_table_set_real(table, row, 6, sp_real(persons));
    sp_table_set_real(table, row, 7, sp_real(aarsverk));
}

static inline SpTable *land_empty_personnel(void)
{
    static const char *const keys[] = {"region", "yrke", "sektor", "alder", "kjonn", "period"};
    static const char *const measures[] = {"sysselsatte", "aarsverk"};
    return fixture_table("helsepersonell", keys, 6, measures, 2);
}

/* The years given, by bands of five years and 60-61, 62-64, 65-66, 67-69, 70-75. */
static inline SpTable *land_personnel(int first, int last)
{
    static const guint starts[] = {20, 25, 30, 35, 40, 45, 50, 55, 60, 62, 65, 67, 70, 76};
    SpTable *table = land_empty_personnel();
    for (int year = first; year <= last; year++) {
        for (gsize i = 0; i < LAND_KOMMUNER * G_N_ELEMENTS(land_professions) * 2; i++) {
            const LandProfession *profession =
                &land_professions[i / 2 % G_N_ELEMENTS(land_professions)];
            gsize u = i / 2 / G_N_ELEMENTS(land_professions);
            for (gsize b = 0; b + 1 < G_N_ELEMENTS(starts); b++) {
                double persons = 0.0, working = 0.0;
                for (guint age = starts[b]; age < starts[b + 1]; age++) {
                    double here = profession->persons * land_size[u] * (i % 2 == 0 ? 0.15 : 0.85) *
                                  (age < 25   ? 0.2
                                   : age < 62 ? 1.0
                                              : 0.9);
                    persons += here;
                    working += here * land_share(age);
                }
                char age[16], period[16];
                g_snprintf(age, sizeof age, "%03u-%03u", starts[b], starts[b + 1] - 1);
                g_snprintf(period, sizeof period, "%d", year);
                const char *codes[6] = {land_kommuner[u],
                                        profession->yrke,
                                        "kommune",
                                        age,
                                        i % 2 == 0 ? "1" : "2",
                                        period};
                double municipal = working * profession->municipal;
                land_add_personnel(table, codes, municipal, municipal * profession->hours);
                codes[2] = "spesialist";
                land_add_personnel(table, codes, working - municipal,
                                   (working - municipal) * profession->hours);
                codes[2] = "ikke_i_arbeid";
                land_add_personnel(table, codes, persons - working, 0.0);
            }
        }
    }
    return table;
}

static inline void land_add_files(SpTables *in)
{
    sp_tables_add(in,
                  TABLE("profesjoner",
                        "profesjon:key helsemod:attribute nivaa:attribute "
                        "finnes_nasjonalt:attribute",
                        "sykepleier sykepleier hoeyskole ja",
                        "spesialsykepleier sykepleier hoeyskole ja", "jordmor jordmor hoeyskole ja",
                        "helsefagarbeider helsefagarbeider videregaaende ja",
                        "uten_helseutdanning _ ingen ja", "lege lege universitet ja",
                        "logoped _ universitet nei", "tot _ _ ja"));
    sp_tables_add(
        in,
        TABLE("utdanning",
              "profesjon:key vei:key tabell:attribute aar:other fullfoering:other tid_0:other "
              "tid_1:other tid_2:other tid_3:other tid_4:other tid_5:other tid_6:other "
              "tid_7:other kvinner:other alder:other spredning:other minst:other variasjon:other",
              "sykepleier bachelor kandidater 3 0.75 6 3 1 - - - - - 0.85 26 5 21 0.04",
              "helsefagarbeider laerling laerlinger - 1 1 - - - - - - - 0.8 21 3 18 0.05",
              "helsefagarbeider voksen laerlinger - 1 1 - - - - - - - 0.9 37 8 23 0.05",
              "lege studium beholdning - 1 1 - - - - - - - 0.6 27 3 24 0.05",
              "lege utland autorisasjon - 0.5 1 - - - - - - - 0.5 31 5 24 0.1",
              "uten_helseutdanning arbeid beholdning - 1 1 - - - - - - - 0.7 23 5 18 0.05"));
    sp_tables_add(in, TABLE("overganger",
                            "fra:key til:key tabell:attribute maal:attribute utvalg:key "
                            "forlater:attribute andel:other kvinner:other alder:other "
                            "spredning:other minst:other variasjon:other",
                            "sykepleier jordmor kandidater fullfoerte "
                            "utdanningstype=videreutdanning ja 1 0.99 34 6 25 0.1",
                            "sykepleier spesialsykepleier kandidater fullfoerte "
                            "utdanningstype=videreutdanning nei 1 0.9 35 7 24 0.1",
                            "uten_helseutdanning helsefagarbeider laerlinger fagbrev "
                            "vei=praksiskandidat ja 0.9 0.9 36 8 23 0.1"));
    sp_tables_add(in, TABLE("avgang",
                            "profesjon:key alder_fra:other alder_til:other avgang:other "
                            "variasjon:other",
                            "* 15 75 0.002 0.1", "helsefagarbeider 18 29 0.01 0.1"));
    sp_tables_add(
        in, TABLE("pensjonsalder", "profesjon:key alder:other", "* 62", "* 67", "sykepleier 65"));
    sp_tables_add(in, TABLE("arbeidssted", "regel:key verdi:other", "pendlerandel 0.1",
                            "innbyggere 0", "egen_region 0.05", "minste_andel 0.005",
                            "pendling_minst 0.5", "pendling_mest 1.5", "yrkesaktiv_fra 20",
                            "yrkesaktiv_til 66", "meldt_andel 0.1", "meldt_aarsverk 20"));
}

static inline void land_add_series(SpTables *in)
{
    sp_tables_add(in, TABLE("kandidater",
                            "region:key laerested:key profesjon:key utdanningstype:key period:key "
                            "opptatte:sum fullfoerte:sum",
                            "11 1 sykepleier nye_personer 2020 1200 ..",
                            "11 1 sykepleier nye_personer 2021 1200 ..",
                            "11 1 sykepleier nye_personer 2022 1200 ..",
                            "11 1 sykepleier nye_personer 2023 1200 900",
                            "11 1 sykepleier nye_personer 2024 1200 900",
                            "46 2 jordmor videreutdanning 2023 .. 40",
                            "46 2 jordmor videreutdanning 2024 .. 40",
                            "46 2 spesialsykepleier videreutdanning 2024 .. 180"));
    sp_tables_add(in, TABLE("laerlinger", "region:key profesjon:key vei:key period:key fagbrev:sum",
                            "0 helsefagarbeider laerling 2022/23 600",
                            "0 helsefagarbeider laerling 2023/24 600",
                            "0 helsefagarbeider praksiskandidat 2023/24 300",
                            "0 helsefagarbeider voksen 2023/24 100",
                            "11 helsefagarbeider laerling 2023/24 350"));
    sp_tables_add(in, TABLE("autorisasjon",
                            "period:key profesjon:key alder:key kjonn:key utdanningsland:key "
                            "region:key autorisasjoner:sum",
                            "2022-12-31 lege 030-034 1 PL 0 1000",
                            "2024-12-31 lege 030-034 1 PL 0 1200",
                            "2024-12-31 lege 030-034 1 NO 0 9000"));
    sp_tables_add(in, TABLE("pendling", "region:key arbeidssted:key period:key sysselsatte:sum",
                            "1101 1101 2024 300", "1101 1103 2024 250", "1103 1103 2024 2000",
                            "1103 1108 2024 200", "1108 1108 2024 900", "1108 1103 2024 300",
                            "4601 4601 2024 1500", "4601 1108 2024 30"));
    sp_tables_add(in,
                  TABLE("framskriving_etterspoersel",
                        "region:key yrke:key period:key aarsverk:sum lovkrav:sum",
                        "1101 sykepleier 2025-01-01 1110 10", "1103 sykepleier 2025-01-01 5600 0",
                        "1108 sykepleier 2025-01-01 2900 0", "4601 sykepleier 2025-01-01 4200 0",
                        "11 sykepleier 2025-01-01 9610 10", "1101 sykepleier 2026-01-01 9999 0"));
}

/** All tables; owned by the caller. */
static inline SpTables *land_new(void)
{
    SpTables *in = sp_tables_new();
    sp_tables_add(in, land_regions(TRUE));
    sp_tables_add(in, land_population());
    sp_tables_add(in, land_personnel(2023, 2024));
    sp_tables_add(in, fixture_smooth_deaths(2000, 2024, 0.015));
    land_add_files(in);
    land_add_series(in);
    return in;
}

/** Takes a table out, and puts another there if it is not NULL. */
static inline void land_replace(SpTables *in, const char *name, SpTable *table)
{
    sp_table_free(sp_tables_steal(in, name));
    if (table != NULL) {
        sp_tables_add(in, table);
    }
}

#endif
