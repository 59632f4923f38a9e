/**
 * SSB's controls of an accounts file (statisticsnorway/kostra-kontrollprogram), record by record,
 * as a sink in front of another one.
 *
 *   002  fields: what is required is there, and numbers are numbers
 *   003  skjema is one of those expected       004  aargang is the one expected, if one is
 *   005  kvartal is blank in a yearly file and 1-4 in a quarterly one
 *   009  kontoklasse is one of those expected  014  belop is a whole number, and holds no tab
 *
 * 000 and 001 (no file, record length) are extractors/fixed; 010 and 012 (functions and arter of
 * the year) are code lists with years; 015 (duplicates are summed) is the layout's repeats = sum.
 * What 007 and 008 ask of orgnr and foretaksnr in which form was not found: here they are nine
 * digits or blank.
 */
#ifndef SP_EXTRACTORS_KOSTRA_CONTROLS_H
#define SP_EXTRACTORS_KOSTRA_CONTROLS_H

#include "core/config.h"
#include "core/sink.h"

typedef struct SpKostraControls SpKostraControls;

/**
 * Settings: `skjema` and `kontoklasse` (lists; default 0A, and 0 and 1), `aargang` (default: any),
 * `periode` (aar, default, or kvartal). SP_ERROR_CONFIG for other values. `origin` and `to` are
 * borrowed.
 */
SpKostraControls *sp_kostra_controls_new(const SpSettings *settings, const char *origin, SpSink *to,
                                         GError **error);
void sp_kostra_controls_free(SpKostraControls *controls);

/** Takes the ten fields of a record under SSB's names (others pass), and hands them on with one
 * more: `periode`, "2024" or "2024K3". Records that break a control are not handed on. */
SpSink *sp_kostra_controls_sink(SpKostraControls *controls);

/** SP_ERROR_DATA when a record broke a control: the first ones by line and control, and how
 * many. */
gboolean sp_kostra_controls_close(const SpKostraControls *controls, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpKostraControls, sp_kostra_controls_free)

#endif
