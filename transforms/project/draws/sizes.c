/* The table of sizes: one row a number. */
#include "transforms/project/draws/sizes.h"

#include "core/error.h"

#include <stddef.h>
#include <string.h>

typedef struct {
    const char *id;
    gsize offset;
    double least, most;
} Size;

#define SIZE(id, field, least, most)                                                               \
    {                                                                                              \
        id, offsetof(SpShockSizes, field), least, most                                             \
    }

static const Size sizes_known[] = {
    SIZE("behov.felles_omraader", areas_shared, 0, 1),
    SIZE("behov.felles_fylke", fylke_shared, 0, 1),
    SIZE("deltakelse.steg", participation.walk.step, 0, 1),
    SIZE("deltakelse.beholdt", participation.walk.kept, 0, 1),
    SIZE("deltakelse.felles", participation.shared, 0, 1),
    SIZE("tilbud.helning", growth_sd, 0, 0.1),
    SIZE("tilbud.dempning", growth_damping, 0, 1),
    SIZE("avgang.beholdt", exits.walk.kept, 0, 1),
    SIZE("avgang.felles", exits.shared, 0, 1),
    SIZE("kandidater.beholdt", graduates.walk.kept, 0, 1),
    SIZE("kandidater.felles", graduates.shared, 0, 1),
    SIZE("utlandet.steg", foreign.walk.step, 0, 2),
    SIZE("utlandet.beholdt", foreign.walk.kept, 0, 1),
    SIZE("utlandet.felles", foreign.shared, 0, 1),
    SIZE("utlandet.befolkning", foreign_people, 0, 1),
    SIZE("flytting.steg", moves.step, 0, 2),
    SIZE("flytting.beholdt", moves.kept, 0, 1),
    SIZE("sted.arbeidsmarked", market.step, 0, 1),
    SIZE("sted.befolkning", market_people, 0, 1),
    SIZE("sted.fylke", fylke.step, 0, 1),
    SIZE("sted.kommune", kommune.step, 0, 1),
    SIZE("person.blir", staying, 0, 1),
    SIZE("person.aarsverk", aarsverk_per_person, 0.1, 1),
};

enum { N_SIZES = G_N_ELEMENTS(sizes_known) };

static gboolean find(const char *id, gsize *number)
{
    for (*number = 0; *number < N_SIZES; (*number)++) {
        if (strcmp(sizes_known[*number].id, id) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

static gboolean read_row(const char *id, SpReal real, gboolean is_there[N_SIZES],
                         SpShockSizes *sizes, GError **error)
{
    gsize number;
    if (!find(id, &number)) {
        g_set_error(error, SP_ERROR, SP_ERROR_DATA,
                    "sjokk: id \"%s\" is unknown; those known stand in "
                    "docs/methods/uncertainty.md",
                    id);
        return FALSE;
    }
    const Size *size = &sizes_known[number];
    if (is_there[number]) {
        g_set_error(error, SP_ERROR, SP_ERROR_DATA, "sjokk: id \"%s\" stands twice; remove one row",
                    id);
        return FALSE;
    }
    if (!sp_real_is_number(real) || real.value < size->least || real.value > size->most) {
        g_set_error(error, SP_ERROR, SP_ERROR_DATA,
                    "sjokk: id \"%s\": want a number from %g to %g in verdi", id, size->least,
                    size->most);
        return FALSE;
    }
    memcpy((char *)sizes + size->offset, &real.value, sizeof real.value);
    is_there[number] = TRUE;
    return TRUE;
}

gboolean sp_shock_sizes_read(const SpTable *table, SpShockSizes *sizes, GError **error)
{
    gsize id, value;
    gboolean is_there[N_SIZES] = {FALSE};
    *sizes = (SpShockSizes){.market.kept = 1, .fylke.kept = 1, .kommune.kept = 1};
    if (!sp_table_need(table, "id", SP_COLUMN_CODE, &id, error) ||
        !sp_table_need(table, "verdi", SP_COLUMN_MEASURE, &value, error)) {
        return FALSE;
    }
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        if (!read_row(sp_table_code(table, row, id), sp_table_real(table, row, value), is_there,
                      sizes, error)) {
            return FALSE;
        }
    }
    for (gsize i = 0; i < N_SIZES; i++) {
        if (!is_there[i]) {
            g_set_error(error, SP_ERROR, SP_ERROR_DATA,
                        "sjokk: id \"%s\" is not there; add a row with its verdi",
                        sizes_known[i].id);
            return FALSE;
        }
    }
    return TRUE;
}
