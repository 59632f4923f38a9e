/* SSB's rounds from a table to arrays. */
#include "transforms/project/population/round.h"

#include "core/error.h"
#include "core/number.h"
#include "core/rollup.h"
#include "transforms/project/population/person_rows.h"

#include <string.h>

enum { CELLS = SP_N_SEXES * SP_N_AGES };
#define MAIN_ALTERNATIVE "MMMM"
#define TABLE "ssb_framskriving_ettaarig"

gboolean sp_round_parse(const char *key, const char *text, SpRoundChoice *choice, GError **error)
{
    *choice = (SpRoundChoice){.alternative = MAIN_ALTERNATIVE};
    const char *rest = text + 3;
    choice->is_used = g_str_has_prefix(text, "ssb");
    gboolean is_read = choice->is_used || g_str_has_prefix(text, "own");
    if (is_read && *rest == ':') {
        gsize size = strcspn(rest + 1, "@");
        is_read = size > 0 && size < SP_ALTERNATIVE_SIZE;
        g_strlcpy(choice->alternative, rest + 1, MIN(size + 1, (gsize)SP_ALTERNATIVE_SIZE));
        rest += 1 + size;
    }
    if (is_read && *rest == '@') {
        gint64 year = 0;
        is_read =
            sp_number_parse_int(rest + 1, strlen(rest + 1), &year) && year >= 1900 && year <= 9999;
        choice->edition = (int)year;
        rest += strlen(rest);
    }
    if (!is_read || *rest != '\0') {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "%s is \"%s\"; write own or ssb, and if need be an alternative and "
                            "the year of a round, as ssb:HHMH@2024",
                            key, text);
    }
    return TRUE;
}

/* The table's rows, and what their codes of alternative, round and day say. */
typedef struct {
    SpPersonRows rows;
    const SpCodes *alternative_codes, *edition_codes;
    const guint32 *alternative, *edition;
    gint32 *years, *editions; /* by code */
} Source;

static void source_clear(Source *source)
{
    sp_person_rows_clear(&source->rows);
    g_free(source->years);
    g_free(source->editions);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Source, source_clear)

static gboolean source_init(Source *source, const SpTable *table, GError **error)
{
    gsize alternative, edition;
    *source = (Source){.years = NULL};
    if (!sp_person_rows_init(&source->rows, table, error) ||
        !sp_table_need(table, "alternativ", SP_COLUMN_CODE, &alternative, error) ||
        !sp_table_need(table, "utgave", SP_COLUMN_CODE, &edition, error)) {
        return FALSE;
    }
    source->alternative_codes = sp_table_codes(table, alternative);
    source->edition_codes = sp_table_codes(table, edition);
    source->alternative = sp_table_code_numbers_const(table, alternative);
    source->edition = sp_table_code_numbers_const(table, edition);
    source->years = sp_years_of_codes(source->rows.period_codes, TRUE);
    source->editions = g_new(gint32, sp_codes_size(source->edition_codes));
    for (guint32 i = 0; i < sp_codes_size(source->edition_codes); i++) {
        const char *text = sp_codes_text(source->edition_codes, i);
        gint64 year;
        gboolean is_year = sp_number_parse_int(text, strlen(text), &year) && year < 10000;
        source->editions[i] = is_year ? (gint32)year : -1;
    }
    return TRUE;
}

/* The round to read: what is newer than the base was not known then. 0 if there is none. */
static int find_edition(const Source *source, const SpRoundChoice *choice, guint32 alternative,
                        int base)
{
    int found = 0;
    for (gsize row = 0; row < sp_table_n_rows(source->rows.table); row++) {
        int edition = source->editions[source->edition[row]];
        if (source->alternative[row] == alternative && edition <= base &&
            (choice->edition == 0 || edition == choice->edition)) {
            found = MAX(found, edition);
        }
    }
    return found;
}

/* "2024, 2026". g_free. */
static char *join(const SpCodes *codes)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    for (guint32 i = 0; i < sp_codes_size(codes); i++) {
        const char *name = sp_codes_text(codes, i);
        if (*name != '\0') {
            g_ptr_array_add(names, (gpointer)name);
        }
    }
    g_ptr_array_sort(names, sp_codes_compare);
    g_ptr_array_add(names, NULL);
    return g_strjoinv(", ", (char **)names->pdata);
}

/* *edition is the round to read. */
static gboolean choose(const Source *source, const SpRoundChoice *choice, int base, int *edition,
                       GError **error)
{
    guint32 alternative;
    if (!sp_codes_find(source->alternative_codes, choice->alternative, &alternative)) {
        g_autofree char *known = join(source->alternative_codes);
        return sp_error_set(error, SP_ERROR_NO_INPUT, TABLE ": no alternative \"%s\"; there are %s",
                            choice->alternative, known);
    }
    if (choice->edition > base) {
        return sp_error_set(error, SP_ERROR_NO_INPUT,
                            TABLE ": the round of %d was not known on 1 January %d; name an older "
                                  "one or a later project.base",
                            choice->edition, base);
    }
    *edition = find_edition(source, choice, alternative, base);
    if (*edition == 0) {
        g_autofree char *known = join(source->edition_codes);
        return sp_error_set(error, SP_ERROR_NO_INPUT,
                            TABLE ": alternative %s has no round %s %d; there are %s",
                            choice->alternative, choice->edition == 0 ? "from before" : "of",
                            choice->edition == 0 ? base + 1 : choice->edition, known);
    }
    return TRUE;
}

static gboolean open_source(Source *source, const SpTables *in, GError **error)
{
    const SpTable *table = sp_tables_find(in, TABLE);
    *source = (Source){.years = NULL};
    if (table == NULL) {
        sp_error_set(error, SP_ERROR_NO_INPUT,
                     "no dataset in use makes " TABLE ", SSB's own projection; add one that does "
                     "(docs/tables.md) to project.inputs_if_fetched and fetch.datasets");
        return FALSE;
    }
    return source_init(source, table, error);
}

gboolean sp_round_check(const SpTables *in, const SpRoundChoice *choice, int base, GError **error)
{
    g_auto(Source) source;
    int edition;
    return open_source(&source, in, error) && choose(&source, choice, base, &edition, error);
}

/* Where the figures of a code of region go: kommuner first, then fylker, then the country; -1 for
 * none. */
static gint32 *slots_of_codes(const SpCodes *codes, const SpHistory *history,
                              const SpPlaces *places)
{
    gint32 *slot = sp_codes_places(codes, history->codes, history->n_regions);
    guint32 number, n_fylker = sp_codes_size(places->fylke_codes);
    for (guint32 i = 0; i < n_fylker; i++) {
        if (sp_codes_find(codes, sp_codes_text(places->fylke_codes, i), &number)) {
            slot[number] = (gint32)(history->n_regions + i);
        }
    }
    if (sp_codes_find(codes, SP_REGION_COUNTRY_CODE, &number)) {
        slot[number] = (gint32)(history->n_regions + n_fylker);
    }
    return slot;
}

static gboolean read_rows(const Source *source, const SpHistory *history, const gint32 slot[],
                          SpRound *round, GError **error)
{
    const SpPersonRows *rows = &source->rows;
    g_autofree guint *n_cells = g_new0(guint, (round->n_regions + round->n_areas) * round->n_days);
    for (gsize row = 0; row < sp_table_n_rows(rows->table); row++) {
        gint32 sex = rows->sexes[rows->sex[row]], age = rows->ages[rows->age[row]];
        gint32 place = slot[rows->region[row]], year = source->years[rows->period[row]];
        gint64 day = (gint64)year - history->base;
        const char *alternative =
            sp_codes_text(source->alternative_codes, source->alternative[row]);
        if (sex < 0 || age < 0 || place < 0 || year < 0 || day <= 0 ||
            day >= (gint64)round->n_days ||
            source->editions[source->edition[row]] != round->edition ||
            strcmp(alternative, round->alternative) != 0 ||
            !sp_real_is_number(rows->persons[row])) {
            continue;
        }
        double persons = rows->persons[row].value;
        if (persons < 0.0) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: row %" G_GSIZE_FORMAT
                                ": less than 0 persons; correct the extract",
                                sp_table_name(rows->table), row + 1);
        }
        gsize at = (gsize)place * round->n_days + (gsize)day;
        gsize first_area = round->n_regions * round->n_days;
        SpPersons *day_of = at < first_area ? &round->persons[at] : &round->areas[at - first_area];
        day_of->count[sex][age] = persons;
        n_cells[at]++;
    }
    for (gsize at = 0; at < round->n_regions * round->n_days; at++) {
        round->has[at] = n_cells[at] == CELLS;
    }
    for (gsize at = 0; at < round->n_areas * round->n_days; at++) {
        round->area_has[at] = n_cells[round->n_regions * round->n_days + at] == CELLS;
    }
    return TRUE;
}

static gboolean has_any_day(const SpRound *round)
{
    for (gsize at = 0; at < round->n_regions * round->n_days; at++) {
        if (round->has[at]) {
            return TRUE;
        }
    }
    return FALSE;
}

SpRound *sp_round_new(const SpTables *in, const SpRoundChoice *choice, const SpHistory *history,
                      const SpPlaces *places, gsize n_days, GError **error)
{
    g_auto(Source) source;
    if (!open_source(&source, in, error)) {
        return NULL;
    }
    g_autoptr(SpRound) round = g_new0(SpRound, 1);
    g_strlcpy(round->alternative, choice->alternative, sizeof round->alternative);
    if (!choose(&source, choice, history->base, &round->edition, error)) {
        return NULL;
    }
    round->n_regions = history->n_regions;
    round->n_days = n_days;
    round->n_areas = sp_codes_size(places->fylke_codes) + 1;
    round->has = g_new0(gboolean, round->n_regions * n_days);
    round->persons = g_new0(SpPersons, round->n_regions * n_days);
    round->area_has = g_new0(gboolean, round->n_areas * n_days);
    round->areas = g_new0(SpPersons, round->n_areas * n_days);
    g_autofree gint32 *slot = slots_of_codes(source.rows.region_codes, history, places);
    if (!read_rows(&source, history, slot, round, error)) {
        return NULL;
    }
    if (n_days > 1 && !has_any_day(round)) {
        sp_error_set(error, SP_ERROR_NO_INPUT,
                     "%s: the round of %d has no whole day after 1 January %d of any kommune; name "
                     "a newer one in project.population, or set it to own",
                     sp_table_name(source.rows.table), round->edition, history->base);
        return NULL;
    }
    return g_steal_pointer(&round);
}

void sp_round_note(const SpRound *round, const SpHistory *history, SpQuality *quality)
{
    if (round->edition != history->base) {
        sp_quality_note(quality, "ssb_older_round", "landet", 0,
                        "SSB's round of %d does not begin at the base %d: the first year's change "
                        "holds what the round missed",
                        round->edition, history->base);
    }
    for (gsize region = 0; region < round->n_regions; region++) {
        gboolean has_any = FALSE;
        for (gsize day = 0; day < round->n_days; day++) {
            has_any = has_any || round->has[region * round->n_days + day];
        }
        if (!has_any && round->n_days > 1) {
            g_autofree char *subject = g_strdup_printf("region %s", history->codes[region]);
            sp_quality_note(quality, "ssb_lacking", subject, 0,
                            "SSB's round of %d has no whole day after the base: our own projection "
                            "stands in",
                            round->edition);
        }
    }
}

void sp_round_free(SpRound *round)
{
    if (round != NULL) {
        g_free(round->has);
        g_free(round->persons);
        g_free(round->area_has);
        g_free(round->areas);
        g_free(round);
    }
}
