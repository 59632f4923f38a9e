/** Numbers for Prometheus: the text format of its collectors (version 0.0.4). */
#ifndef SP_PIPELINE_NIGHT_EXPOSITION_H
#define SP_PIPELINE_NIGHT_EXPOSITION_H

#include <glib.h>

typedef struct SpExposition SpExposition;

SpExposition *sp_exposition_new(void);
void sp_exposition_free(SpExposition *exposition);

/** A gauge begins: its samples follow. One of no sample is left out of the text. `name` is told
 * with "statpakke_" before it; `help` is one line. */
void sp_exposition_begin(SpExposition *exposition, const char *name, const char *help);
/** A sample of the gauge begun last; `label` NULL: it is the only one. The label's value may be any
 * text. */
void sp_exposition_add(SpExposition *exposition, const char *label, const char *value,
                       double number);

/** The whole text, LF at its end. g_free. */
char *sp_exposition_text(const SpExposition *exposition);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpExposition, sp_exposition_free)

#endif
