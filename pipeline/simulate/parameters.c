/* Numbers of the generating model. */
#include "pipeline/simulate/parameters.h"

#include "core/config.h"
#include "core/error.h"
#include "core/io/files.h"

#include <stddef.h>
#include <string.h>

enum { MAX_SIZE = 1024 * 1024 };
static const double LARGEST = 1e9;

typedef struct {
    const char *name;
    gsize offset;
} Field;

static const Field fields[] = {
    {"aar.fra", offsetof(SpSimParameters, aar_fra)},
    {"aar.til", offsetof(SpSimParameters, aar_til)},
    {"aar.iplos", offsetof(SpSimParameters, aar_iplos)},
    {"aar.pai", offsetof(SpSimParameters, aar_pai)},
    {"aar.kpr", offsetof(SpSimParameters, aar_kpr)},
    {"aar.helsepersonell", offsetof(SpSimParameters, aar_helsepersonell)},
    {"folk.folketall", offsetof(SpSimParameters, folk_folketall)},
    {"folk.doed_menn_a", offsetof(SpSimParameters, folk_doed_menn_a)},
    {"folk.doed_menn_b", offsetof(SpSimParameters, folk_doed_menn_b)},
    {"folk.doed_kvinner_a", offsetof(SpSimParameters, folk_doed_kvinner_a)},
    {"folk.doed_kvinner_b", offsetof(SpSimParameters, folk_doed_kvinner_b)},
    {"folk.doed_fall", offsetof(SpSimParameters, folk_doed_fall)},
    {"folk.doed_minst", offsetof(SpSimParameters, folk_doed_minst)},
    {"folk.fruktbarhet", offsetof(SpSimParameters, folk_fruktbarhet)},
    {"folk.fruktbarhet_alder", offsetof(SpSimParameters, folk_fruktbarhet_alder)},
    {"folk.fruktbarhet_spredning", offsetof(SpSimParameters, folk_fruktbarhet_spredning)},
    {"folk.gutter", offsetof(SpSimParameters, folk_gutter)},
    {"folk.flytting_topp", offsetof(SpSimParameters, folk_flytting_topp)},
    {"folk.flytting_gulv", offsetof(SpSimParameters, folk_flytting_gulv)},
    {"folk.flytting_trekk", offsetof(SpSimParameters, folk_flytting_trekk)},
    {"folk.innvandring", offsetof(SpSimParameters, folk_innvandring)},
    {"folk.utvandring", offsetof(SpSimParameters, folk_utvandring)},
    {"folk.flyktninger", offsetof(SpSimParameters, folk_flyktninger)},
    {"folk.alder_utkant", offsetof(SpSimParameters, folk_alder_utkant)},
    {"folk.alder_spredning", offsetof(SpSimParameters, folk_alder_spredning)},
    {"bruk.gulv", offsetof(SpSimParameters, bruk_gulv)},
    {"bruk.stigning", offsetof(SpSimParameters, bruk_stigning)},
    {"bruk.topp", offsetof(SpSimParameters, bruk_topp)},
    {"bruk.midtpunkt", offsetof(SpSimParameters, bruk_midtpunkt)},
    {"bruk.bredde", offsetof(SpSimParameters, bruk_bredde)},
    {"bruk.drift", offsetof(SpSimParameters, bruk_drift)},
    {"bruk.drift_etter", offsetof(SpSimParameters, bruk_drift_etter)},
    {"bruk.regimeskifte", offsetof(SpSimParameters, bruk_regimeskifte)},
    {"bruk.kvinner", offsetof(SpSimParameters, bruk_kvinner)},
    {"bruk.utkant", offsetof(SpSimParameters, bruk_utkant)},
    {"bruk.kommune", offsetof(SpSimParameters, bruk_kommune)},
    {"bruk.fylke", offsetof(SpSimParameters, bruk_fylke)},
    {"bruk.arbeidsmarked", offsetof(SpSimParameters, bruk_arbeidsmarked)},
    {"bruk.helning", offsetof(SpSimParameters, bruk_helning)},
    {"bruk.sjokk_landet", offsetof(SpSimParameters, bruk_sjokk_landet)},
    {"bruk.sjokk_fylke", offsetof(SpSimParameters, bruk_sjokk_fylke)},
    {"bruk.sjokk_arbeidsmarked", offsetof(SpSimParameters, bruk_sjokk_arbeidsmarked)},
    {"bruk.sjokk_kommune", offsetof(SpSimParameters, bruk_sjokk_kommune)},
    {"bruk.avgang", offsetof(SpSimParameters, bruk_avgang)},
    {"bruk.doed_80", offsetof(SpSimParameters, bruk_doed_80)},
    {"bruk.doed_67", offsetof(SpSimParameters, bruk_doed_67)},
    {"bruk.institusjon_kommune", offsetof(SpSimParameters, bruk_institusjon_kommune)},
    {"bruk.kopierte_2019", offsetof(SpSimParameters, bruk_kopierte_2019)},
    {"bruk.ikke_rapportert", offsetof(SpSimParameters, bruk_ikke_rapportert)},
    {"aarsverk.drift", offsetof(SpSimParameters, aarsverk_drift)},
    {"aarsverk.drift_etter", offsetof(SpSimParameters, aarsverk_drift_etter)},
    {"aarsverk.kommune", offsetof(SpSimParameters, aarsverk_kommune)},
    {"aarsverk.fylke", offsetof(SpSimParameters, aarsverk_fylke)},
    {"aarsverk.utkant", offsetof(SpSimParameters, aarsverk_utkant)},
    {"aarsverk.sjokk_landet", offsetof(SpSimParameters, aarsverk_sjokk_landet)},
    {"aarsverk.sjokk_fylke", offsetof(SpSimParameters, aarsverk_sjokk_fylke)},
    {"aarsverk.sjokk_kommune", offsetof(SpSimParameters, aarsverk_sjokk_kommune)},
    {"aarsverk.helsestasjon", offsetof(SpSimParameters, aarsverk_helsestasjon)},
    {"aarsverk.helsestasjon_vekst", offsetof(SpSimParameters, aarsverk_helsestasjon_vekst)},
    {"aarsverk.helse", offsetof(SpSimParameters, aarsverk_helse)},
    {"aarsverk.andre_stillinger", offsetof(SpSimParameters, aarsverk_andre_stillinger)},
    {"aarsverk.profesjon_kommune", offsetof(SpSimParameters, aarsverk_profesjon_kommune)},
    {"aarsverk.bistilling", offsetof(SpSimParameters, aarsverk_bistilling)},
    {"aarsverk.flytter", offsetof(SpSimParameters, aarsverk_flytter)},
    {"aarsverk.bytter", offsetof(SpSimParameters, aarsverk_bytter)},
    {"aarsverk.sjokk_avgang_landet", offsetof(SpSimParameters, aarsverk_sjokk_avgang_landet)},
    {"aarsverk.sjokk_avgang_arbeidsmarked",
     offsetof(SpSimParameters, aarsverk_sjokk_avgang_arbeidsmarked)},
    {"aarsverk.sjokk_avgang_profesjon", offsetof(SpSimParameters, aarsverk_sjokk_avgang_profesjon)},
    {"aarsverk.sjokk_avgang_kommune", offsetof(SpSimParameters, aarsverk_sjokk_avgang_kommune)},
    {"aarsverk.heltid", offsetof(SpSimParameters, aarsverk_heltid)},
    {"aarsverk.heltid_vekst", offsetof(SpSimParameters, aarsverk_heltid_vekst)},
    {"aarsverk.innvandrere", offsetof(SpSimParameters, aarsverk_innvandrere)},
    {"aarsverk.innvandrere_vekst", offsetof(SpSimParameters, aarsverk_innvandrere_vekst)},
    {"pendling.sysselsatte", offsetof(SpSimParameters, pendling_sysselsatte)},
    {"pendling.km", offsetof(SpSimParameters, pendling_km)},
    {"pendling.egen", offsetof(SpSimParameters, pendling_egen)},
    {"pendling.egen_fast", offsetof(SpSimParameters, pendling_egen_fast)},
    {"pendling.region", offsetof(SpSimParameters, pendling_region)},
    {"utdannede.alder_marked", offsetof(SpSimParameters, utdannede_alder_marked)},
    {"kpr.regninger", offsetof(SpSimParameters, kpr_regninger)},
    {"kpr.regninger_vekst", offsetof(SpSimParameters, kpr_regninger_vekst)},
};

/* A key that no field has is a misspelt one, which would otherwise leave the default of nothing. */
static gboolean check_known(const SpConfig *config, const char *path, GError **error)
{
    g_auto(GStrv) sections = sp_config_sections(config);
    for (char **section = sections; *section != NULL; section++) {
        g_auto(GStrv) keys = sp_config_keys(config, *section);
        for (char **key = keys; *key != NULL; key++) {
            g_autofree char *name = g_strdup_printf("%s.%s", *section, *key);
            gsize i = 0;
            while (i < G_N_ELEMENTS(fields) && strcmp(fields[i].name, name) != 0) {
                i++;
            }
            if (i == G_N_ELEMENTS(fields)) {
                return sp_error_set(error, SP_ERROR_CONFIG,
                                    "%s: [%s] %s is no number of the model; correct the name", path,
                                    *section, *key);
            }
        }
    }
    return TRUE;
}

gboolean sp_sim_parameters_read(SpSimParameters *parameters, const char *path, GError **error)
{
    gsize size = 0;
    g_autofree char *text = sp_file_read(path, MAX_SIZE, &size, error);
    g_autoptr(SpConfig) config = sp_config_new();
    if (text == NULL || !sp_config_add(config, path, text, error) ||
        !check_known(config, path, error)) {
        return FALSE;
    }
    const char *names[G_N_ELEMENTS(fields)];
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        names[i] = fields[i].name;
    }
    g_autoptr(SpSettings) settings = sp_settings_new(config, NULL, names, G_N_ELEMENTS(names));
    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        double value = 0;
        if (!sp_settings_double(settings, fields[i].name, -LARGEST, LARGEST, &value, error)) {
            g_prefix_error(error, "%s: ", path);
            return FALSE;
        }
        memcpy((char *)parameters + fields[i].offset, &value, sizeof value);
    }
    return TRUE;
}

const char *sp_sim_parameters_name(gsize i)
{
    return i < G_N_ELEMENTS(fields) ? fields[i].name : NULL;
}

double sp_sim_parameters_value(const SpSimParameters *parameters, gsize i)
{
    double value = 0;
    g_assert(i < G_N_ELEMENTS(fields));
    memcpy(&value, (const char *)parameters + fields[i].offset, sizeof value);
    return value;
}
