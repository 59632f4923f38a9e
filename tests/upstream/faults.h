/**
 * What goes wrong with one answer, told in words: "503 times=2", "delay=200 cut", "zeros=.".
 *
 *   NNN            this status with an apology (429 and 503 in the words of the source) instead
 *
 *   retry-after=S  the header beside a 429 or 503; without it there is none
 *
 *   delay=MS       the answer waits
 *
 *   cut            the body breaks off half-way, though its whole length was promised
 *
 *   empty          200 and no body
 *
 *   html           200 and a proxy's page
 *
 *   px             200 and PX, whatever format was asked for
 *
 *   charset        the bytes are in the other encoding than the header says (UTF-8, ISO-8859-1)
 *
 *   bom            a byte order mark before the body
 *
 *   gzip           the body is packed, and the header says so
 *
 *   redirect=TO    307 to the same call; TO is http, https (FakeUpstream's TLS side), file or loop
 *
 *   updated-back=D `updated` of a table is D days earlier than it was (no D: 365)
 *
 *   zeros=SIGN     05:00-08:00 in Oslo a table's newest period is all 0, or "." (no SIGN: 0)
 *
 *   vanish=CODE    the code is in no variable and no code list any more
 *
 *   grow           a table has one more dimension, Opphold, that may not be left out
 *
 *   missing-400    v2 answers 400 to an unknown table, though its body says 404 (seen 2026-04-25)
 *
 *   repeat         a page of Udir begins with the row that the page before ended with
 *
 *   lose           a page of Udir is an empty list
 *
 *   drift          Udir tells one page less than there are, at every other call
 *
 *   times=N        all this only for the first N requests (no times: until cleared)
 */
#ifndef SP_TESTS_UPSTREAM_FAULTS_H
#define SP_TESTS_UPSTREAM_FAULTS_H

#include <glib.h>

typedef struct {
    gint64 status; /* 0: none */
    gint64 retry_after_s;
    gint64 delay_ms;
    gint64 updated_back_days;
    gint64 times; /* 0: always */
    gint64 cut, empty, html, px, charset, bom, gzip, grow, missing_400, repeat, lose, drift;
    char *redirect;
    char *zeros; /* the sign */
    char *vanish;
} FakeFaults;

/** Adds the words of `text`, blank- or comma-separated, to `faults` (which begins as all zero).
 * SP_ERROR_USAGE names a word that is none of the above. */
gboolean fake_faults_parse(FakeFaults *faults, const char *text, GError **error);
void fake_faults_clear(FakeFaults *faults);

#endif
