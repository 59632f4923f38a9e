/**
 * Contact types from tariffs. For extractors/kpr alone. Nothing is allocated once it is made.
 *
 * Lists: kpr_takst (from: tariff, to: contact type or "tillegg", one that gives none; fra, til:
 * first and last year or day), kpr_kontakttype (from: contact type, to: its place in the order of
 * precedence, 1 first).
 */
#ifndef SP_EXTRACTORS_KPR_TARIFFS_H
#define SP_EXTRACTORS_KPR_TARIFFS_H

#include "core/period.h"
#include "core/sink.h"
#include "core/table.h"

typedef struct KprTariffs KprTariffs;

/** `lists` is borrowed. SP_ERROR_CONFIG names list and code. */
KprTariffs *kpr_tariffs_new(const SpTables *lists, GError **error);
void kpr_tariffs_free(KprTariffs *tariffs);

typedef struct {
    const char *type; /* the contact type that comes first; NULL if no tariff gives one. Borrowed */
    guint n;          /* tariffs in the field */
    guint n_unknown;  /* of these, not in the list on that day */
} KprContact;

/** What a field of tariffs, parted by blanks or commas, says on a day. Letters count alike, large
 * or small. */
KprContact kpr_tariffs_read(const KprTariffs *tariffs, const SpField *field, SpDay day);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(KprTariffs, kpr_tariffs_free)

#endif
