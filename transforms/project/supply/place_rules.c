/* Rules by name. */
#include "transforms/project/supply/place_rules.h"

#include "core/error.h"

#include <stddef.h>
#include <string.h>

#define RULE(id, field, least, most)                                                               \
    {                                                                                              \
        id, offsetof(SpPlaceRules, field), least, most                                             \
    }

static const struct {
    const char *id;
    gsize offset;
    double least, most;
} known[] = {
    RULE("pendlerandel", commuting, 0.01, 1),  RULE("innbyggere", inhabitants, 0, 1e7),
    RULE("egen_region", own_region, 0, 1),     RULE("minste_andel", least_share, 0, 1),
    RULE("pendling_minst", thin_share, 0, 1),  RULE("pendling_mest", most_share, 1, 1e3),
    RULE("yrkesaktiv_fra", work_from, 0, 105), RULE("yrkesaktiv_til", work_to, 0, 105),
    RULE("meldt_andel", told_share, 0, 1),     RULE("meldt_aarsverk", told_aarsverk, 0, 1e6),
};

enum { N_RULES = G_N_ELEMENTS(known) };

static gboolean read_row(const char *id, SpReal real, gboolean is_there[N_RULES],
                         SpPlaceRules *rules, GError **error)
{
    gsize i = 0;
    while (i < N_RULES && strcmp(known[i].id, id) != 0) {
        i++;
    }
    if (i == N_RULES || is_there[i]) {
        return sp_error_set(error, SP_ERROR_DATA, "arbeidssted: regel \"%s\" is %s; remove the row",
                            id, i == N_RULES ? "unknown" : "there twice");
    }
    if (!sp_real_is_number(real) || real.value < known[i].least || real.value > known[i].most) {
        return sp_error_set(error, SP_ERROR_DATA,
                            "arbeidssted: regel \"%s\": want a number from %g to %g in verdi", id,
                            known[i].least, known[i].most);
    }
    memcpy((char *)rules + known[i].offset, &real.value, sizeof real.value);
    is_there[i] = TRUE;
    return TRUE;
}

gboolean sp_place_rules_read(const SpTables *in, SpPlaceRules *rules, GError **error)
{
    gsize id, value;
    gboolean is_there[N_RULES] = {FALSE};
    const SpTable *table = sp_tables_need(in, "arbeidssted", error);
    *rules = (SpPlaceRules){0};
    if (table == NULL || !sp_table_need(table, "regel", SP_COLUMN_CODE, &id, error) ||
        !sp_table_need(table, "verdi", SP_COLUMN_MEASURE, &value, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (!read_row(sp_table_code(table, row, id), sp_table_real(table, row, value), is_there,
                      rules, error)) {
            return FALSE;
        }
    }
    for (gsize i = 0; i < N_RULES; i++) {
        if (!is_there[i]) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "arbeidssted: regel \"%s\" is not there; add a row with its verdi",
                                known[i].id);
        }
    }
    if (rules->work_from > rules->work_to) {
        return sp_error_set(
            error, SP_ERROR_DATA,
            "arbeidssted: yrkesaktiv_fra is above yrkesaktiv_til; nobody would be of "
            "working age");
    }
    return TRUE;
}
