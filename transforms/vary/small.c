/* Where small kommuner are exposed, part by part (config/smaa_kommuner.csv). */
#include "transforms/vary/profiles.h"

#include "core/error.h"
#include "core/table_rows.h"
#include "transforms/vary/country.h"
#include "transforms/vary/key_columns.h"
#include "transforms/vary/lineage.h"

#include <string.h>

#define NAME "smaa_kommuner"
#define SUPPLY "framskriving_tilbud"
#define INHABITANTS "pop_inhabitants"
#define TOGETHER "samlet"
#define ALL "tot"
#define SIZE_KEY "vary.small_inhabitants"
#define SHARE_KEY "vary.period_minimum_share"
#define SAMPLES_KEY "vary.samples"

enum { REGION, DEL, YRKE, NIVAA, PERIOD, VERTSKOMMUNE, INNBYGGERE, N_HOEY, N_DELER, N_COLUMNS };
#define KEY(word, of)                                                                              \
    {                                                                                              \
        .name = (word), .kind = SP_COLUMN_CODE, .is_key = TRUE, .classification = (of)             \
    }
#define CODE(word, of)                                                                             \
    {                                                                                              \
        .name = (word), .kind = SP_COLUMN_CODE, .classification = (of)                             \
    }
static const SpColumn columns[N_COLUMNS] = {
    [REGION] = SP_VARY_REGION,
    [DEL] = KEY("del", "del"),
    [YRKE] = KEY("yrke", "yrke"),
    [NIVAA] = CODE("nivaa", "nivaa"),
    [PERIOD] = CODE("period", "period"),
    [VERTSKOMMUNE] = CODE("vertskommune", "region"),
    [INNBYGGERE] = {.name = "innbyggere", .kind = SP_COLUMN_MEASURE, .unit = "persons"},
    [N_HOEY] = {.name = "n_hoey", .kind = SP_COLUMN_MEASURE},
    [N_DELER] = {.name = "n_deler", .kind = SP_COLUMN_MEASURE},
};

/* In order: what is worse compares as more. */
typedef enum { UNKNOWN, NOBODY, LOW, MIDDLE, HIGH } Level;
static const char *const level_words[] = {"ukjent", "ingen_i_dag", "lav", "middels", "hoey"};

/* A row of config/smaa_kommuner.csv; texts are borrowed. */
typedef struct {
    const char *id, *yrke, *table, *indicator, *measure;
    gboolean is_under;   /* exposed below the limits, not above */
    gboolean is_sampled; /* its table holds a draw of the persons: who is absent may be there */
    SpReal middle, high;
    /* Where its figures stand; NULL: nowhere. */
    GPtrArray *sheets; /* of the indicator, which own `sheet` */
    const SpSheet *sheet;
    const SpTable *supply;
    SpTableIndex *index;  /* of it, by region, yrke and period */
    char *today, *period; /* of it: the first, and ten years ahead */
} Part;

static void part_free(gpointer data)
{
    Part *part = data;
    g_clear_pointer(&part->sheets, g_ptr_array_unref);
    g_clear_pointer(&part->index, sp_table_index_free);
    g_free(part->today);
    g_free(part->period);
    g_free(part);
}

/* What the law requires at least of a profession; missing where it requires none. */
static SpReal required(const SpTable *law, const char *profession)
{
    const gsize yrke = sp_table_find(law, "profesjon");
    const gsize least = sp_table_find(law, "minst");
    for (gsize row = 0; yrke != SP_NO_COLUMN && least != SP_NO_COLUMN && row < sp_table_n_rows(law);
         row++) {
        if (strcmp(sp_table_code(law, row, yrke), profession) == 0) {
            return sp_table_real(law, row, least);
        }
    }
    return sp_real_none(SP_MISSING);
}

static void find_supply(Part *part, const SpTable *supply)
{
    static const char *const keys[] = {"region", "yrke", "period"};
    gsize numbers[G_N_ELEMENTS(keys)];
    if (supply == NULL ||
        !sp_table_need_all(supply, keys, G_N_ELEMENTS(keys), SP_COLUMN_CODE, numbers, NULL) ||
        sp_table_find(supply, part->measure) == SP_NO_COLUMN) {
        return;
    }
    part->period = sp_profiles_ahead(supply, &part->today);
    part->supply = part->period != NULL ? supply : NULL;
    part->index = sp_table_index_new(supply, numbers, G_N_ELEMENTS(keys));
}

static gboolean check_part(const Part *part, GError **error)
{
    const gboolean has_source = *part->table != '\0';
    const gboolean is_supply = strcmp(part->table, SUPPLY) == 0;
    if (has_source && !is_supply && strcmp(part->table, "indikatorverdi") != 0) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "tabell is \"%s\", want indikatorverdi, " SUPPLY " or nothing",
                            part->table);
    }
    if (has_source && !is_supply && strcmp(part->measure, "teller") != 0 &&
        strcmp(part->measure, "verdi") != 0) {
        return sp_error_set(error, SP_ERROR_CONFIG, "maal is \"%s\", want teller or verdi",
                            part->measure);
    }
    if (has_source && (!sp_real_is_number(part->middle) || !sp_real_is_number(part->high))) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "middels or hoey is not there, and the law requires nothing of "
                            "\"%s\"; give both limits",
                            part->yrke);
    }
    return TRUE;
}

typedef struct {
    double largest;     /* inhabitants of a small kommune at most */
    double share;       /* see sp_country_newest */
    GHashTable *sample; /* tables that hold a draw alone */
} Rules;

static void rules_clear(Rules *rules)
{
    g_clear_pointer(&rules->sample, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Rules, rules_clear)

static gboolean read_rules(const SpSettings *settings, Rules *rules, GError **error)
{
    g_auto(GStrv) names = sp_settings_list(settings, SAMPLES_KEY, error);
    if (names == NULL ||
        !sp_settings_double(settings, SIZE_KEY, 0.0, 1e9, &rules->largest, error) ||
        !sp_settings_double(settings, SHARE_KEY, 0.0, 1.0, &rules->share, error)) {
        return FALSE;
    }
    rules->sample = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (char **name = names; *name != NULL; name++) {
        g_hash_table_add(rules->sample, g_strdup(*name));
    }
    return TRUE;
}

static gboolean is_of_sample(const SpCountry *country, const char *id, GHashTable *sample)
{
    const SpIndicator *indicator = sp_indicators_find(country->indicators, id);
    g_autoptr(GHashTable) tables = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTableIter iter;
    gpointer table = NULL;
    if (indicator != NULL && indicator->teller != NULL) {
        sp_formula_add_tables(indicator->teller, tables);
    }
    g_hash_table_iter_init(&iter, tables);
    while (g_hash_table_iter_next(&iter, &table, NULL)) {
        if (g_hash_table_contains(sample, table)) {
            return TRUE;
        }
    }
    return FALSE;
}

static void find_indicator(Part *part, const SpCountry *country, const Rules *rules)
{
    part->is_sampled = part->is_under && is_of_sample(country, part->indicator, rules->sample);
    part->sheets = sp_country_sheets(country, part->indicator);
    part->sheet = sp_country_newest(part->sheets, rules->share);
}

static GPtrArray *read_parts(const SpTables *in, const SpCountry *country, const Rules *rules,
                             GError **error)
{
    static const char *const names[] = {"del", "yrke", "tabell", "kode", "maal", "side"};
    static const char *const limits[] = {"middels", "hoey"};
    gsize code[G_N_ELEMENTS(names)];
    gsize limit[G_N_ELEMENTS(limits)];
    const SpTable *table = sp_tables_need(in, NAME, error);
    const SpTable *law = table != NULL ? sp_tables_need(in, "lovkrav", error) : NULL;
    if (law == NULL ||
        !sp_table_need_all(table, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, code, error) ||
        !sp_table_need_all(table, limits, G_N_ELEMENTS(limits), SP_COLUMN_MEASURE, limit, error)) {
        return NULL;
    }
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(part_free);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        Part *part = g_new0(Part, 1);
        g_ptr_array_add(parts, part);
        part->id = sp_table_code(table, row, code[0]);
        part->yrke = sp_table_code(table, row, code[1]);
        part->table = sp_table_code(table, row, code[2]);
        part->indicator = sp_table_code(table, row, code[3]);
        part->measure = sp_table_code(table, row, code[4]);
        part->is_under = strcmp(sp_table_code(table, row, code[5]), "under") == 0;
        part->middle = sp_table_real(table, row, limit[0]);
        part->high = sp_table_real(table, row, limit[1]);
        if (!sp_real_is_number(part->high)) {
            part->high = required(law, part->yrke);
        }
        if (!check_part(part, error)) {
            g_prefix_error(error, "config/smaa_kommuner.csv: %s, %s: ", part->id, part->yrke);
            return NULL;
        }
        if (strcmp(part->table, SUPPLY) == 0) {
            find_supply(part, sp_tables_find(in, SUPPLY));
        } else if (*part->table != '\0') {
            find_indicator(part, country, rules);
        }
    }
    return g_steal_pointer(&parts);
}

static void tell_missing(const GPtrArray *parts, SpQuality *quality)
{
    for (guint k = 0; k < parts->len; k++) {
        const Part *part = g_ptr_array_index(parts, k);
        g_autofree char *subject = g_strdup_printf("%s %s", part->id, part->yrke);
        if (part->is_sampled) {
            sp_quality_note(quality, "part_of_sample", subject, 0,
                            "its table is named in " SAMPLES_KEY ": who is not drawn may be there, "
                            "so that the level is ukjent for all small kommuner");
        } else if (part->sheet == NULL && part->supply == NULL) {
            sp_quality_note(quality, "part_without_source", subject, 0,
                            "no table has figures of it; the level is ukjent for all small "
                            "kommuner (config/smaa_kommuner.csv)");
        }
    }
}

/* The chance of a day of the projection. */
static SpReal chance_of(const Part *part, const char *kommune, const char *period)
{
    const char *codes[] = {kommune, part->yrke, period};
    gsize row = 0;
    return sp_table_index_find(part->index, codes, &row)
               ? sp_table_real(part->supply, row, sp_table_find(part->supply, part->measure))
               : sp_real_none(SP_MISSING);
}

/* The kommune's figure, or that of the host it is counted with. */
static SpReal figure_of(const SpCountry *country, const Part *part, gsize i)
{
    const SpSheet *sheet = part->sheet;
    if (part->supply != NULL) {
        return chance_of(part, country->kommune[i], part->period);
    }
    if (sheet == NULL || part->is_sampled) {
        return sp_real_none(SP_MISSING);
    }
    gsize owner = i;
    if (*sheet->host[i] != '\0') {
        sp_country_place(country, sheet->host[i], &owner);
    }
    return strcmp(part->measure, "verdi") == 0 ? sheet->verdi[owner] : sheet->count[owner];
}

static gboolean is_past(const Part *part, double figure, double limit)
{
    return part->is_under ? figure < limit : figure > limit;
}

/* Nobody is left where nobody is: that is told by the part of professions that the law requires. */
static gboolean is_nobody_today(const SpCountry *country, const Part *part, gsize i)
{
    const SpReal chance = part->supply != NULL ? chance_of(part, country->kommune[i], part->today)
                                               : sp_real_none(SP_MISSING);
    return sp_real_is_number(chance) && is_past(part, chance.value, part->high.value);
}

static Level level_of(const SpCountry *country, const Part *part, gsize i)
{
    const SpReal figure = figure_of(country, part, i);
    if (!sp_real_is_number(figure)) {
        return UNKNOWN;
    }
    if (is_nobody_today(country, part, i)) {
        return NOBODY;
    }
    if (is_past(part, figure.value, part->high.value)) {
        return HIGH;
    }
    return is_past(part, figure.value, part->middle.value) ? MIDDLE : LOW;
}

static const char *period_of(const Part *part)
{
    if (part->supply != NULL) {
        return part->period;
    }
    return part->sheet != NULL ? part->sheet->areas->period : "";
}

static void add_row(SpTable *table, const char *kommune, const Part *part, Level level,
                    const char *host)
{
    const gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, REGION, kommune);
    sp_table_set_code(table, row, DEL, part->id);
    sp_table_set_code(table, row, YRKE, part->yrke);
    sp_table_set_code(table, row, NIVAA, level_words[level]);
    sp_table_set_code(table, row, PERIOD, period_of(part));
    sp_table_set_code(table, row, VERTSKOMMUNE, host);
    for (gsize column = INNBYGGERE; column < N_COLUMNS; column++) {
        sp_table_set_real(table, row, column, sp_real_none(SP_NOT_APPLICABLE));
    }
}

/* The parts of one kommune, and how many are exposed: rows of one `del` follow each other. */
static void add_kommune(SpTable *table, const SpCountry *country, const GPtrArray *parts, gsize i,
                        double inhabitants)
{
    gsize n_high = 0;
    gsize n_known = 0;
    Level worst = UNKNOWN;
    for (guint k = 0; k < parts->len; k++) {
        const Part *part = g_ptr_array_index(parts, k);
        const Part *next = k + 1 < parts->len ? g_ptr_array_index(parts, k + 1) : NULL;
        const Level level = level_of(country, part, i);
        add_row(table, country->kommune[i], part, level,
                part->sheet != NULL ? part->sheet->host[i] : "");
        worst = MAX(worst, level);
        if (next == NULL || strcmp(next->id, part->id) != 0) {
            n_high += worst == HIGH ? 1 : 0;
            n_known += worst >= LOW ? 1 : 0;
            worst = UNKNOWN;
        }
    }
    const gsize row = sp_table_add_row(table);
    sp_table_set_code(table, row, REGION, country->kommune[i]);
    sp_table_set_code(table, row, DEL, TOGETHER);
    sp_table_set_code(table, row, YRKE, ALL);
    sp_table_set_real(table, row, INNBYGGERE, sp_real(inhabitants));
    sp_table_set_real(table, row, N_HOEY, sp_real((double)n_high));
    sp_table_set_real(table, row, N_DELER, sp_real((double)n_known));
}

/* Inhabitants of each kommune in the newest period, [n]; -1 where not known. */
static double *inhabitants_of(const SpCountry *country, GError **error)
{
    static const char *const names[] = {"indikator", "region", "period"};
    gsize code[G_N_ELEMENTS(names)];
    gsize teller = 0;
    if (!sp_table_need_all(country->values, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, code,
                           error) ||
        !sp_table_need(country->values, "teller", SP_COLUMN_MEASURE, &teller, error)) {
        return NULL;
    }
    const char *newest = "";
    double *inhabitants = g_new(double, country->n + 1);
    for (gsize i = 0; i < country->n; i++) {
        inhabitants[i] = -1.0;
    }
    for (gsize pass = 0; pass < 2; pass++) {
        for (gsize row = 0; row < sp_table_n_rows(country->values); row++) {
            const char *period = sp_table_code(country->values, row, code[2]);
            const SpReal count = sp_table_real(country->values, row, teller);
            gsize i = 0;
            if (strcmp(sp_table_code(country->values, row, code[0]), INHABITANTS) != 0 ||
                !sp_real_is_number(count)) {
                continue;
            }
            if (pass == 0) {
                newest = strcmp(period, newest) > 0 ? period : newest;
            } else if (strcmp(period, newest) == 0 &&
                       sp_country_place(country, sp_table_code(country->values, row, code[1]),
                                        &i)) {
                inhabitants[i] = count.value;
            }
        }
    }
    return inhabitants;
}

static gboolean run(const SpTables *in, const SpSettings *settings, SpTables *out,
                    SpQuality *quality, GError **error)
{
    g_auto(Rules) rules = {.sample = NULL};
    if (!read_rules(settings, &rules, error)) {
        return FALSE;
    }
    g_autoptr(SpCountry) country = sp_country_new(in, error);
    g_autofree double *inhabitants = country != NULL ? inhabitants_of(country, error) : NULL;
    g_autoptr(GPtrArray) parts =
        inhabitants != NULL ? read_parts(in, country, &rules, error) : NULL;
    if (parts == NULL) {
        return FALSE;
    }
    const SpTable *supply = sp_tables_find(in, SUPPLY);
    g_autoptr(SpTable) table = sp_country_table(country, NAME, columns, N_COLUMNS);
    if (supply != NULL) {
        sp_table_set_marks(table, sp_table_marks(table) | sp_table_marks(supply));
    }
    tell_missing(parts, quality);
    for (gsize i = 0; i < country->n; i++) {
        if (inhabitants[i] >= 0.0 && inhabitants[i] <= rules.largest) {
            add_kommune(table, country, parts, i, inhabitants[i]);
        }
    }
    if (!sp_table_check_unique(table, error)) {
        return FALSE;
    }
    sp_tables_add(out, g_steal_pointer(&table));
    return TRUE;
}

static SpCell *input_of(const char *table, const char *measure, const char *key, const char *code,
                        const char *region)
{
    return sp_cell_with(sp_cell_with(sp_cell_new(table, measure), key, code), "region", region);
}

static gboolean explain(const SpTables *in, const SpSettings *settings, const SpCell *cell,
                        SpExplanation *explanation, GError **error)
{
    const char *region = sp_cell_code(cell, "region");
    const char *part_id = sp_cell_code(cell, "del");
    g_auto(Rules) rules = {.sample = NULL};
    if (strcmp(cell->table, NAME) != 0 || region == NULL || part_id == NULL ||
        strcmp(part_id, TOGETHER) != 0) {
        return sp_lineage_refuse(cell, error);
    }
    if (strcmp(cell->measure, "innbyggere") == 0) {
        g_ptr_array_add(explanation->inputs,
                        input_of("indikatorverdi", "teller", "indikator", INHABITANTS, region));
        explanation->method = g_strdup("the figure itself, docs/methods/variation.md#small");
        explanation->is_injective = TRUE;
        return TRUE;
    }
    if (strcmp(cell->measure, "n_hoey") != 0 && strcmp(cell->measure, "n_deler") != 0) {
        return sp_lineage_refuse(cell, error);
    }
    g_autoptr(SpCountry) country =
        read_rules(settings, &rules, error) ? sp_country_new(in, error) : NULL;
    g_autoptr(GPtrArray) parts = country != NULL ? read_parts(in, country, &rules, error) : NULL;
    for (guint k = 0; parts != NULL && k < parts->len; k++) {
        const Part *part = g_ptr_array_index(parts, k);
        const gboolean is_supply = strcmp(part->table, SUPPLY) == 0;
        if (*part->table != '\0' && !part->is_sampled) {
            g_ptr_array_add(explanation->inputs,
                            input_of(part->table, part->measure, is_supply ? "yrke" : "indikator",
                                     is_supply ? part->yrke : part->indicator, region));
        }
    }
    g_ptr_array_add(explanation->settings, g_strdup(SHARE_KEY));
    g_ptr_array_add(explanation->settings, g_strdup(SAMPLES_KEY));
    explanation->method = g_strdup("parts of level hoey, and parts known, "
                                   "docs/methods/variation.md#small");
    return parts != NULL;
}

static const char *const config_keys[] = {SIZE_KEY, SHARE_KEY, SAMPLES_KEY};

const SpTransform sp_transform_small = {
    .name = "small",
    .summary = "Where small kommuner are exposed",
    .config_keys = config_keys,
    .n_config_keys = G_N_ELEMENTS(config_keys),
    .run = run,
    .explain = explain,
};
