/* What was known on the base day, as tables by docs/tables.md. Nothing of a later year is
 * written. */
#include "past.h"

#include "transforms/project/supply/stock.h"

#include <string.h>

enum { MOST_CODES = 6, LAST_KNOWN = PAST_YEARS };

static SpTable *table_new(const char *name, const char *const codes[], gsize n_codes,
                          const char *const measures[], gsize n_measures)
{
    SpTable *table = sp_table_new(name, NULL, 0);
    for (gsize i = 0; i < n_codes; i++) {
        sp_table_add_column(table,
                            &(SpColumn){.name = codes[i], .kind = SP_COLUMN_CODE, .is_key = TRUE});
    }
    for (gsize i = 0; i < n_measures; i++) {
        sp_table_add_column(table, &(SpColumn){.name = measures[i], .kind = SP_COLUMN_MEASURE});
    }
    return table;
}

/* A row of codes ended by NULL; its number. */
static gsize add_row(SpTable *table, const char *const codes[])
{
    gsize row = sp_table_add_row(table);
    for (gsize i = 0; codes[i] != NULL; i++) {
        sp_table_set_code(table, row, i, codes[i]);
    }
    return row;
}

/* "045", "2023", "2023-12-31": a number with so many digits at least, and what follows it. */
static const char *format(char text[16], int digits, int number, const char *rest)
{
    g_snprintf(text, 16, "%0*d%s", digits, number, rest);
    return text;
}

static const char *const sexes[SP_N_SEXES] = {"1", "2"};

static SpTable *folkemengde(const Past *past)
{
    static const char *const codes[] = {"region", "kjonn", "alder", "period"};
    static const char *const measures[] = {"innbyggere"};
    SpTable *table = table_new("folkemengde", codes, 4, measures, 1);
    char age[16], period[16];
    sp_table_reserve(table, (gsize)PAST_KOMMUNER * (PAST_YEARS + 1) * SP_N_SEXES * SP_N_AGES);
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        for (guint cell = 0; cell < SP_N_SEXES * SP_N_AGES; cell++) {
            format(age, 3, (int)(cell % SP_N_AGES), "");
            for (int day = 0; day <= LAST_KNOWN; day++) {
                format(period, 4, PAST_FIRST + day, "-01-01");
                gsize row =
                    add_row(table, (const char *[]){past->kommuner[u].code, sexes[cell / SP_N_AGES],
                                                    age, period, NULL});
                const double *persons = past_persons(past, u, (gsize)day, cell / SP_N_AGES);
                sp_table_set_real(table, row, 4, sp_real(persons[cell % SP_N_AGES]));
            }
        }
    }
    return table;
}

static SpTable *region(const Past *past)
{
    static const char *const codes[] = {"region", "slag", "fylke", "sentralitet", "arbeidsmarked"};
    SpTable *table = table_new("region", codes, 5, NULL, 0);
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        const PastKommune *of = &past->kommuner[u];
        add_row(table, (const char *[]){of->code, "kommune", of->fylke, of->centrality,
                                        of->market_code, NULL});
    }
    return table;
}

/* Of five million; few are above 105. */
static double exposure_of(const Past *past, gsize year, guint sex, guint age)
{
    const double *first = &past->exposure[(PAST_DEATH_YEARS - 1) * (gsize)SP_N_SEXES * SP_N_AGES];
    double all = 0.0;
    for (gsize cell = 0; cell < (gsize)SP_N_SEXES * SP_N_AGES; cell++) {
        all += first[cell];
    }
    double persons =
        age < SP_N_AGES ? past->exposure[(year * SP_N_SEXES + sex) * (gsize)SP_N_AGES + age] : 0.0;
    return fmax(persons * 5.3e6 / all, 2.0);
}

/* Rates as the register of five million would count them. */
static SpTable *doedelighet(const Past *past)
{
    static const char *const codes[] = {"kjonn", "alder", "period"};
    static const char *const measures[] = {"middelfolkemengde", "doede", "doedsrate"};
    SpTable *table = table_new("doedelighet", codes, 3, measures, 3);
    Chance chance = chance_of(past->key, "register of deaths");
    char age_text[16], period[16];
    for (int year = 0; year < PAST_DEATH_YEARS; year++) {
        for (guint cell = 0; cell < SP_N_SEXES * SP_N_RATE_AGES; cell++) {
            guint sex = cell / SP_N_RATE_AGES, age = cell % SP_N_RATE_AGES;
            double rate = past->death_rate[(gsize)year * SP_N_SEXES * SP_N_RATE_AGES + cell];
            double exposure = exposure_of(past, (gsize)year, sex, age);
            double deaths = fmin(chance_poisson(&chance, exposure * rate), exposure);
            gsize row = add_row(
                table,
                (const char *[]){sexes[sex], format(age_text, 3, (int)age, ""),
                                 format(period, 4, PAST_BASE - PAST_DEATH_YEARS + year, ""), NULL});
            sp_table_set_real(table, row, 3, sp_real(exposure));
            sp_table_set_real(table, row, 4, sp_real(deaths));
            sp_table_set_real(table, row, 5, sp_real(deaths / exposure));
        }
    }
    return table;
}

static SpTable *fruktbarhet(void)
{
    static const char *const codes[] = {"alder", "period"}, *const measures[] = {
                                                                "fruktbarhetsrate"};
    SpTable *table = table_new("fruktbarhet", codes, 2, measures, 1);
    char age_text[16], period[16];
    for (int year = PAST_FIRST; year < PAST_BASE; year++) {
        for (int age = 20; age < 42; age++) {
            gsize row = add_row(table, (const char *[]){format(age_text, 3, age, ""),
                                                        format(period, 4, year, ""), NULL});
            sp_table_set_real(table, row, 2, sp_real(0.068));
        }
    }
    return table;
}

static SpTable *brukere(const Past *past)
{
    static const char *const codes[] = {"region", "period"};
    static const char *const measures[] = {"hjemmetjenestebrukere", "hjemmetjenestebrukere_80p",
                                           "institusjon", "institusjon_80p"};
    SpTable *table = table_new("brukere", codes, 2, measures, 4);
    char period[16];
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        for (int day = 1; day <= LAST_KNOWN; day++) {
            gsize at = u * PAST_DAYS + (gsize)day;
            format(period, 4, PAST_FIRST + day - 1, "-12-31");
            gsize row = add_row(table, (const char *[]){past->kommuner[u].code, period, NULL});
            for (gsize k = 0; k < PAST_SERVICES; k++) {
                sp_table_set_real(table, row, 2 + 2 * k, sp_real(past->figure[PAST_USERS + k][at]));
                sp_table_set_real(table, row, 3 + 2 * k,
                                  sp_real(past->elderly_users[at * PAST_SERVICES + k]));
            }
        }
    }
    return table;
}

static SpTable *aarsverk(const Past *past)
{
    static const char *const codes[] = {"region", "yrke", "period"}, *const measures[] = {
                                                                         "aarsverk"};
    SpTable *table = table_new("aarsverk_utdanning", codes, 3, measures, 1);
    char period[16];
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        for (gsize i = 0; i < (gsize)PAST_PROFESSIONS * LAST_KNOWN; i++) {
            gsize g = i / LAST_KNOWN, day = i % LAST_KNOWN + 1;
            format(period, 4, PAST_FIRST + (int)day - 1, "");
            gsize row = add_row(
                table, (const char *[]){past->kommuner[u].code, past_professions[g], period, NULL});
            sp_table_set_real(table, row, 3,
                              sp_real(past->figure[PAST_NEED + g][u * PAST_DAYS + day]));
        }
    }
    return table;
}

/* ---- personnel ---- */

static const guint band_from[] = {15, 20, 25, 30, 35, 40, 45, 50, 55, 60, 62, 65, 67, 70, 76};
enum { N_BANDS = G_N_ELEMENTS(band_from) - 1, SECTORS = 3 };

/* One market, profession and band on a day: persons in the municipal sector, elsewhere at work, not
 * at work; the municipal share is what kommuner employ of those who live there. */
static void add_band(const Past *past, SpTable *table, gsize market, gsize day, gsize cell,
                     double municipal)
{
    static const char *const sectors[SECTORS] = {"kommune", "spesialist", "ikke_i_arbeid"};
    gsize g = cell / ((gsize)N_BANDS * 2), sex = cell / N_BANDS % 2, band = cell % N_BANDS;
    const double *stock =
        &past->stock[((market * PAST_DAYS + day) * PAST_PROFESSIONS + g) * SP_N_STOCK +
                     sex * SP_N_WORK_AGES];
    double all = 0.0, working = 0.0;
    char age_text[16], period[16];
    for (guint age = band_from[band]; age < band_from[band + 1]; age++) {
        all += stock[age - SP_FIRST_WORK_AGE];
        working += stock[age - SP_FIRST_WORK_AGE] * past_in_work(age);
    }
    const double persons[SECTORS] = {working * municipal, working * (1.0 - municipal),
                                     all - working};
    double each = past_aarsverk(g) * past->work_factor[day * PAST_PROFESSIONS + g];
    g_snprintf(age_text, sizeof age_text, "%03u-%03u", band_from[band], band_from[band + 1] - 1);
    format(period, 4, PAST_FIRST + (int)day - 1, "");
    for (gsize sector = 0; sector < SECTORS && all > 0.0; sector++) {
        const char *home = past->kommuner[past->market_home[market]].code;
        gsize row = add_row(table, (const char *[]){home, past_professions[g], sectors[sector],
                                                    age_text, sexes[sex], period, NULL});
        sp_table_set_real(table, row, 6, sp_real(persons[sector]));
        sp_table_set_real(table, row, 7,
                          sp_real(sector + 1 < SECTORS ? persons[sector] * each : 0.0));
    }
}

/* Municipal årsverk of those who live in a market over all årsverk of theirs. */
static double municipal_share(const Past *past, gsize market, gsize day, gsize g)
{
    double reach[PAST_KOMMUNER], municipal = 0.0, all = 0.0;
    const double *stock =
        &past->stock[((market * PAST_DAYS + day) * PAST_PROFESSIONS + g) * SP_N_STOCK];
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        past_residence(past, u, reach);
        municipal += reach[market] * past->figure[PAST_NEED + g][u * PAST_DAYS + day];
    }
    for (gsize i = 0; i < SP_N_STOCK; i++) {
        all += stock[i] * past_in_work((double)(SP_FIRST_WORK_AGE + i % SP_N_WORK_AGES));
    }
    all *= past_aarsverk(g) * past->work_factor[day * PAST_PROFESSIONS + g];
    return all > 0.0 ? fmin(0.97, municipal / all) : 0.0;
}

static SpTable *helsepersonell(const Past *past)
{
    static const char *const codes[] = {"region", "yrke", "sektor", "alder", "kjonn", "period"};
    static const char *const measures[] = {"sysselsatte", "aarsverk"};
    SpTable *table = table_new("helsepersonell", codes, 6, measures, 2);
    for (gsize market = 0; market < past->n_markets; market++) {
        for (gsize day = LAST_KNOWN - 5; day <= LAST_KNOWN; day++) {
            for (gsize g = 0; g < PAST_PROFESSIONS; g++) {
                double share = municipal_share(past, market, day, g);
                for (gsize cell = 0; cell < (gsize)2 * N_BANDS; cell++) {
                    add_band(past, table, market, day, g * 2 * N_BANDS + cell, share);
                }
            }
        }
    }
    return table;
}

/* ---- ways in ---- */

static SpTable *kandidater(const Past *past)
{
    static const char *const codes[] = {"region", "laerested", "profesjon", "utdanningstype",
                                        "period"};
    static const char *const measures[] = {"opptatte", "fullfoerte"};
    SpTable *table = table_new("kandidater", codes, 5, measures, 2);
    char period[16];
    for (gsize i = 0; i < (gsize)PAST_PROFESSIONS * (PAST_LEAD + PAST_YEARS); i++) {
        gsize g = i / (PAST_LEAD + PAST_YEARS), year = i % (PAST_LEAD + PAST_YEARS);
        gsize at = g * PAST_ROUTE_YEARS + year;
        if (past->admissions[at] > 0.0) {
            format(period, 4, PAST_FIRST - PAST_LEAD + (int)year, "");
            gsize row = add_row(table, (const char *[]){"0", "1", past_professions[g],
                                                        "nye_personer", period, NULL});
            sp_table_set_real(table, row, 5, sp_real(past->admissions[at]));
            sp_table_set_real(table, row, 6, sp_real(past->graduates[at]));
        }
    }
    return table;
}

static SpTable *laerlinger(const Past *past)
{
    static const char *const codes[] = {"region", "profesjon", "vei", "period"};
    static const char *const measures[] = {"fagbrev"};
    static const char *const routes[] = {"laerling", "voksen"};
    SpTable *table = table_new("laerlinger", codes, 4, measures, 1);
    char period[16];
    for (gsize year = PAST_LEAD; year < PAST_LEAD + PAST_YEARS; year++) {
        int ends = PAST_FIRST - PAST_LEAD + (int)year;
        g_snprintf(period, sizeof period, "%d/%02d", ends - 1, ends % 100);
        for (gsize route = 0; route < G_N_ELEMENTS(routes); route++) {
            gsize row = add_row(
                table, (const char *[]){"0", past_professions[1], routes[route], period, NULL});
            double all = past->certificates[PAST_ROUTE_YEARS + year];
            sp_table_set_real(table, row, 4,
                              sp_real(route == 0 ? floor(0.6 * all) : all - floor(0.6 * all)));
        }
    }
    return table;
}

/* Authorisations add up; half of them (utdanning.csv: 0.5 for nurses, 0.7 for care workers) live
 * here. */
static SpTable *autorisasjon(const Past *past)
{
    static const char *const codes[] = {"period", "profesjon",      "alder",
                                        "kjonn",  "utdanningsland", "region"};
    static const char *const measures[] = {"autorisasjoner"};
    SpTable *table = table_new("autorisasjon", codes, 6, measures, 1);
    char period[16];
    for (gsize g = 0; g < PAST_PROFESSIONS; g++) {
        double sum = 1000.0, lives = g == 1 ? 0.7 : 0.5;
        for (gsize year = PAST_LEAD; year < PAST_LEAD + PAST_YEARS; year++) {
            if (past->abroad[g * PAST_ROUTE_YEARS + PAST_LEAD] <= 0.0) {
                break;
            }
            sum += floor(past->abroad[g * PAST_ROUTE_YEARS + year] / lives);
            format(period, 4, PAST_FIRST - PAST_LEAD + (int)year, "-12-31");
            gsize row = add_row(table, (const char *[]){period, past_professions[g], "030-034", "2",
                                                        "SE", "0", NULL});
            sp_table_set_real(table, row, 6, sp_real(sum));
        }
    }
    return table;
}

static SpTable *pendling(const Past *past)
{
    static const char *const codes[] = {"region", "arbeidssted", "period"};
    static const char *const measures[] = {"sysselsatte"};
    SpTable *table = table_new("pendling", codes, 3, measures, 1);
    char period[16];
    double reach[PAST_KOMMUNER];
    format(period, 4, PAST_BASE - 1, "");
    for (gsize u = 0; u < PAST_KOMMUNER; u++) {
        past_residence(past, u, reach);
        for (gsize market = 0; market < past->n_markets; market++) {
            if (reach[market] > 0.0) {
                gsize row =
                    add_row(table, (const char *[]){past->kommuner[past->market_home[market]].code,
                                                    past->kommuner[u].code, period, NULL});
                sp_table_set_real(table, row, 3,
                                  sp_real(floor(0.45 * past->kommuner[u].size * reach[market])));
            }
        }
    }
    return table;
}

void past_add_facts(const Past *past, SpTables *in)
{
    sp_tables_add(in, folkemengde(past));
    sp_tables_add(in, region(past));
    sp_tables_add(in, doedelighet(past));
    sp_tables_add(in, fruktbarhet());
    sp_tables_add(in, brukere(past));
    sp_tables_add(in, aarsverk(past));
    sp_tables_add(in, helsepersonell(past));
    sp_tables_add(in, kandidater(past));
    sp_tables_add(in, laerlinger(past));
    sp_tables_add(in, autorisasjon(past));
    sp_tables_add(in, pendling(past));
}
