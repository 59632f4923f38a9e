/* The parts, read and judged. */
#include "transforms/vary/small_parts.h"

#include "core/error.h"
#include "transforms/vary/profiles.h"

#include <string.h>

static void part_free(gpointer data)
{
    SpSmallPart *part = data;
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

static void find_supply(SpSmallPart *part, const SpTable *supply)
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

static gboolean check_part(const SpSmallPart *part, GError **error)
{
    const gboolean has_source = *part->table != '\0';
    const gboolean is_supply = strcmp(part->table, SP_SMALL_SUPPLY) == 0;
    if (has_source && !is_supply && strcmp(part->table, "indikatorverdi") != 0) {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "tabell is \"%s\", want indikatorverdi, " SP_SMALL_SUPPLY " or nothing",
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

gboolean sp_small_rules_read(const SpSettings *settings, SpSmallRules *rules, GError **error)
{
    return sp_settings_double(settings, SP_SMALL_SIZE_KEY, 0.0, 1e9, &rules->largest, error) &&
           sp_settings_double(settings, SP_SMALL_SHARE_KEY, 0.0, 1.0, &rules->share, error);
}

static void find_indicator(SpSmallPart *part, const SpCountry *country, const SpSmallRules *rules)
{
    part->sheets = sp_country_sheets(country, part->indicator);
    part->sheet = sp_country_newest(part->sheets, rules->share);
    part->is_sampled = part->is_under && part->sheet != NULL && part->sheet->areas->is_sample;
}

GPtrArray *sp_small_parts_read(const SpTables *in, const SpCountry *country,
                               const SpSmallRules *rules, GError **error)
{
    static const char *const names[] = {"del", "yrke", "tabell", "kode", "maal", "side"};
    static const char *const limits[] = {"middels", "hoey"};
    gsize code[G_N_ELEMENTS(names)];
    gsize limit[G_N_ELEMENTS(limits)];
    const SpTable *table = sp_tables_need(in, SP_SMALL_PARTS, error);
    const SpTable *law = table != NULL ? sp_tables_need(in, "lovkrav", error) : NULL;
    if (law == NULL ||
        !sp_table_need_all(table, names, G_N_ELEMENTS(names), SP_COLUMN_CODE, code, error) ||
        !sp_table_need_all(table, limits, G_N_ELEMENTS(limits), SP_COLUMN_MEASURE, limit, error)) {
        return NULL;
    }
    g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func(part_free);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        SpSmallPart *part = g_new0(SpSmallPart, 1);
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
        if (strcmp(part->table, SP_SMALL_SUPPLY) == 0) {
            find_supply(part, sp_tables_find(in, SP_SMALL_SUPPLY));
        } else if (*part->table != '\0') {
            find_indicator(part, country, rules);
        }
    }
    return g_steal_pointer(&parts);
}

/* The chance of a day of the projection. */
static SpReal chance_of(const SpSmallPart *part, const char *kommune, const char *period)
{
    const char *codes[] = {kommune, part->yrke, period};
    gsize row = 0;
    return sp_table_index_find(part->index, codes, &row)
               ? sp_table_real(part->supply, row, sp_table_find(part->supply, part->measure))
               : sp_real_none(SP_MISSING);
}

/* The kommune's figure, or that of the host it is counted with. */
static SpReal figure_of(const SpCountry *country, const SpSmallPart *part, gsize i)
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

static gboolean is_past(const SpSmallPart *part, double figure, double limit)
{
    return part->is_under ? figure < limit : figure > limit;
}

/* Nobody is left where nobody is, more likely than not: a register without them is no need without
 * them, so that nothing is graver. */
static gboolean is_nobody_today(const SpCountry *country, const SpSmallPart *part, gsize i)
{
    const SpReal chance = part->supply != NULL ? chance_of(part, country->kommune[i], part->today)
                                               : sp_real_none(SP_MISSING);
    return sp_real_is_number(chance) && chance.value > 0.5 &&
           is_past(part, chance.value, part->high.value);
}

SpSmallLevel sp_small_level(const SpCountry *country, const SpSmallPart *part, gsize i)
{
    const SpReal figure = figure_of(country, part, i);
    if (!sp_real_is_number(figure)) {
        return SP_SMALL_UNKNOWN;
    }
    if (is_nobody_today(country, part, i)) {
        return SP_SMALL_NOBODY;
    }
    if (is_past(part, figure.value, part->high.value)) {
        return SP_SMALL_HIGH;
    }
    return is_past(part, figure.value, part->middle.value) ? SP_SMALL_MIDDLE : SP_SMALL_LOW;
}

const char *sp_small_period(const SpSmallPart *part)
{
    if (part->supply != NULL) {
        return part->period;
    }
    return part->sheet != NULL ? part->sheet->areas->period : "";
}
