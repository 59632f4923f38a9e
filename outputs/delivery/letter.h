/**
 * What a recipient is told by mail: that an edition is there and what has changed in it, or that
 * one is withdrawn. Plain text in the recipient's language, worded by the texts "letter." of the
 * catalogue; nothing is computed. Line breaks and control characters in what is filled in become
 * blanks, so that a name cannot pass for a part of the letter.
 */
#ifndef SP_OUTPUTS_DELIVERY_LETTER_H
#define SP_OUTPUTS_DELIVERY_LETTER_H

#include "core/table.h"
#include "core/texts.h"
#include "outputs/feed/feed.h"

/** One package. All borrowed. */
typedef struct {
    const char *title;      /* "Trøndelag" */
    const char *name;       /* "fylke-50-troendelag" */
    const char *previous;   /* the edition that its changes are since; NULL: there was none */
    const SpTable *changes; /* slag, aarsak · antall: counts of cells, slag and aarsak the codes of
                               the table endringer; NULL: none */
    const SpTable *sources; /* its table kilder, of which those are told that are not aktuell; NULL:
                               not told */
    const char *const *provisional; /* tables that have provisional figures; NULL-terminated */
} SpLetterPackage;

/** All borrowed. */
typedef struct {
    const char *language;   /* "nb" or "nn" */
    const char *recipient;  /* "Statsforvalteren i Trøndelag" */
    const char *edition;    /* "2026-02-25-1a2b3c4d" */
    const char *page;       /* where readers find packages; NULL: not told */
    const char *notice;     /* "SYNTETISKE DATA"; NULL: none */
    const char *public_key; /* NULL: the edition is not signed */
    const SpLetterPackage *packages;
    gsize n_packages;               /* at least 1 */
    const SpWithdrawal *withdrawal; /* of an edition that is withdrawn; NULL */
    const char *served;             /* the one that holds instead; NULL: none does */
} SpLetter;

/** One line. g_free. */
char *sp_letter_subject(const SpLetter *letter, const SpTexts *texts);
/** The whole letter, lines end in LF. g_free. */
char *sp_letter_text(const SpLetter *letter, const SpTexts *texts);

#endif
