/**
 * The hours before figures come: SSB updates its tables at 05:00 and publishes at 08:00, and
 * figures that are to be revised show as 0 or a dot in between. A table fetched then is held
 * against the newest snapshot.
 */
#ifndef SP_EXTRACTORS_SSB_UNSETTLED_H
#define SP_EXTRACTORS_SSB_UNSETTLED_H

#include "core/config.h"
#include "extractors/extractor.h"

/** Settings that sp_ssb_check_settled reads, both of the section [fetch]: hours "05:00-08:15" on
 * Oslo's clock (the end not included; empty: never), and a share from 0 to 1. */
#define SP_SSB_UNSETTLED_KEYS "fetch.unsettled_hours", "fetch.max_vanished_share"

/**
 * What became of the figures of an earlier answer: of the cells that both have and where the
 * earlier one has a number other than 0, those where the later one has 0 or no number.
 */
typedef struct {
    guint64 n_figures;
    guint64 n_vanished;
} SpSsbVanished;

/** SP_ERROR_DATA when one of the two cannot be read. CSV with several columns of figures is not
 * compared: it has no figures then. */
gboolean sp_ssb_count_vanished(GBytes *earlier, GBytes *later, SpSsbVanished *vanished,
                               GError **error);

/** TRUE outside those hours, without a newest snapshot, and when no larger share vanished than
 * allowed; else SP_ERROR_TRY_LATER that tells the share. SP_ERROR_CONFIG: hours or share of another
 * form. */
gboolean sp_ssb_check_settled(const SpSettings *settings, const SpFetchContext *context,
                              const SpFetched *fetched, GError **error);

#endif
