/** Text of the extracts, written as it comes: numbers without floating point, UTF-8 or
 * ISO-8859-1. */
#ifndef SP_SIMULATE_OUTPUT_H
#define SP_SIMULATE_OUTPUT_H

#include <glib.h>

typedef struct SpSimOutput SpSimOutput;

/** A new file below `folder` (made if need be). Latin-1: letters outside it become '?', as in the
 * sources. */
SpSimOutput *sp_sim_output_open(const char *folder, const char *name, gboolean is_latin1,
                                GError **error);
/** Writes what is left, closes, frees; it is synced with its folder. The first failure of all is
 * told. */
gboolean sp_sim_output_close(SpSimOutput *output, GError **error);

void sp_sim_put(SpSimOutput *output, const char *text);
void sp_sim_put_char(SpSimOutput *output, char c);
/** At least `n_digits` digits, with zeros before (0: as many as it has). */
void sp_sim_put_uint(SpSimOutput *output, guint64 number, guint n_digits);
/** A number given in units of 10^-decimals, all decimals written. */
void sp_sim_put_fixed(SpSimOutput *output, gint64 number, guint decimals, char decimal_sign);
/** A day of a year as 2024-03-01: 0 is 1 January; beyond the year's end its last day. */
void sp_sim_put_day(SpSimOutput *output, guint year, guint day);
/** A field of CSV, quoted when it must be. */
void sp_sim_put_csv(SpSimOutput *output, const char *text, char delimiter);
/** A text as a JSON string. */
void sp_sim_put_json(SpSimOutput *output, const char *text);
void sp_sim_put_format(SpSimOutput *output, const char *format, ...) G_GNUC_PRINTF(2, 3);

/** A whole text as a file. */
gboolean sp_sim_write_text(const char *folder, const char *name, const char *text, GError **error);

#endif
