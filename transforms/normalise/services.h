/**
 * Municipal services of IPLOS with their group and KOSTRA functions (config/tjenester.csv), and the
 * functions that a sub-service of reports is made of, year by year (config/tjenesteomraader.csv): 254
 * until 2023 is 257 and 258 from 2024, so the sum goes on and the two parts have no past.
 *
 * Source: docs/methods/codes.md; each row of tjenester.csv is marked `sett` or `husket`.
 */
#ifndef SP_TRANSFORMS_NORMALISE_SERVICES_H
#define SP_TRANSFORMS_NORMALISE_SERVICES_H

#include "core/table.h"

/**
 * Checks tjenester.csv (kode, navn, gruppe, funksjon, fra, til, grunnlag, merknad): kode is one to
 * three digits, gruppe given, funksjon three digits or empty, fra and til years or empty, grunnlag
 * sett or husket; no service has two groups in one year. SP_ERROR_CONFIG names the row.
 */
gboolean sp_services_check(const SpTable *services, GError **error);
/** The group of a service code in a year; NULL when no row names it then. Borrowed. */
const char *sp_services_group(const SpTable *services, const char *code, int year);

/** Functions of a sub-service in a year (tjenesteomraader.csv: omraade, funksjon, fra, til), in byte
 * order (char*, borrowed); empty when there is none. g_ptr_array_unref. */
GPtrArray *sp_services_functions(const SpTable *areas, const char *area, int year);

#endif
