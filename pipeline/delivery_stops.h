/**
 * Why a delivery could not be read, in the sender's language: our messages are for operators, in
 * English, and name settings and layouts that a sender has never seen.
 */
#ifndef SP_PIPELINE_DELIVERY_STOPS_H
#define SP_PIPELINE_DELIVERY_STOPS_H

#include <glib.h>

typedef struct SpDeliveryStops SpDeliveryStops;

/**
 * Reads config/rapport_stans.csv: regular expressions for our messages, and the sentence for each,
 * in which \1 stands for what the first pair of parentheses caught. SP_ERROR_CONFIG naming the row
 * when an expression or a sentence is not well formed.
 */
SpDeliveryStops *sp_delivery_stops_read(const char *path, GError **error);
void sp_delivery_stops_free(SpDeliveryStops *stops);

/** The sentence of the first expression that fits; NULL if none does. g_free. */
char *sp_delivery_stops_say(const SpDeliveryStops *stops, const char *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpDeliveryStops, sp_delivery_stops_free)

#endif
