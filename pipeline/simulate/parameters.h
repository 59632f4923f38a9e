/** Numbers of the generating model: config/simulate/modell.ini, every key a field. What each means
 * stands there. */
#ifndef SP_SIMULATE_PARAMETERS_H
#define SP_SIMULATE_PARAMETERS_H

#include <glib.h>

typedef struct {
    /* [aar] */
    double aar_fra;
    double aar_til;
    double aar_iplos;
    double aar_pai;
    double aar_kpr;
    double aar_helsepersonell;
    /* [folk] */
    double folk_folketall;
    double folk_doed_menn_a;
    double folk_doed_menn_b;
    double folk_doed_kvinner_a;
    double folk_doed_kvinner_b;
    double folk_doed_fall;
    double folk_doed_minst;
    double folk_fruktbarhet;
    double folk_fruktbarhet_alder;
    double folk_fruktbarhet_spredning;
    double folk_gutter;
    double folk_flytting_topp;
    double folk_flytting_gulv;
    double folk_flytting_trekk;
    double folk_innvandring;
    double folk_utvandring;
    double folk_flyktninger;
    double folk_alder_utkant;
    double folk_alder_spredning;
    /* [bruk] */
    double bruk_gulv;
    double bruk_stigning;
    double bruk_topp;
    double bruk_midtpunkt;
    double bruk_bredde;
    double bruk_drift;
    double bruk_drift_etter;
    double bruk_regimeskifte;
    double bruk_kvinner;
    double bruk_utkant;
    double bruk_kommune;
    double bruk_fylke;
    double bruk_arbeidsmarked;
    double bruk_helning;
    double bruk_sjokk_landet;
    double bruk_sjokk_fylke;
    double bruk_sjokk_arbeidsmarked;
    double bruk_sjokk_kommune;
    double bruk_avgang;
    double bruk_doed_80;
    double bruk_doed_67;
    double bruk_institusjon_kommune;
    double bruk_kopierte_2019;
    double bruk_ikke_rapportert;
    /* [aarsverk] */
    double aarsverk_drift;
    double aarsverk_drift_etter;
    double aarsverk_kommune;
    double aarsverk_fylke;
    double aarsverk_utkant;
    double aarsverk_sjokk_landet;
    double aarsverk_sjokk_fylke;
    double aarsverk_sjokk_kommune;
    double aarsverk_helsestasjon;
    double aarsverk_helsestasjon_vekst;
    double aarsverk_helse;
    double aarsverk_andre_stillinger;
    double aarsverk_profesjon_kommune;
    double aarsverk_bistilling;
    double aarsverk_flytter;
    double aarsverk_bytter;
    double aarsverk_sjokk_avgang_landet;
    double aarsverk_sjokk_avgang_arbeidsmarked;
    double aarsverk_sjokk_avgang_profesjon;
    double aarsverk_sjokk_avgang_kommune;
    double aarsverk_heltid;
    double aarsverk_heltid_vekst;
    double aarsverk_innvandrere;
    double aarsverk_innvandrere_vekst;
    /* [pendling] */
    double pendling_sysselsatte;
    double pendling_km;
    double pendling_egen;
    double pendling_egen_fast;
    double pendling_region;
    /* [utdannede] */
    double utdannede_alder_marked;
    /* [kpr] */
    double kpr_regninger;
    double kpr_regninger_vekst;
} SpSimParameters;

/** Reads the file. SP_ERROR_CONFIG names a key that is not there, is not known or is no number. */
gboolean sp_sim_parameters_read(SpSimParameters *parameters, const char *path, GError **error);

/** The fields by name, for truth.json: NULL after the last. */
const char *sp_sim_parameters_name(gsize i);
double sp_sim_parameters_value(const SpSimParameters *parameters, gsize i);

#endif
