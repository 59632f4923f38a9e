/**
 * The rows that a person becomes. For extractors/iplos alone. Their columns are those of
 * docs/profiles/iplos.md: aar, person, kommune, bydel, foedselsaar, kjonn, husstand, bistandsbehov,
 * slag, tjeneste, per_3112, har_timer, timer, har_doegn, doegn, har_uformell, uformell, and a
 * column a need variable of the year.
 *
 * slag is "tjeneste" (one row a service), "person" (one a person element with a service) or
 * "bosted" (one a person of the whole file, after its end, in the kommune where she was last).
 */
#ifndef SP_EXTRACTORS_IPLOS_ROWS_H
#define SP_EXTRACTORS_IPLOS_ROWS_H

#include "extractors/iplos/person.h"

typedef struct IplosRows IplosRows;

/** Tells the sink the columns. `sink` and `year` are borrowed. With `has_residence` the rows
 * "bosted" are made: memory is then about 120 bytes a person. NULL with the sink's error. */
IplosRows *iplos_rows_new(SpSink *sink, const IplosYear *year, gboolean has_residence,
                          GError **error);
void iplos_rows_free(IplosRows *rows);

/** A finished person (iplos_person_finish); one without services makes no row. */
gboolean iplos_rows_add(IplosRows *rows, const IplosPerson *person, GError **error);
/** The file has ended. */
gboolean iplos_rows_end(IplosRows *rows, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(IplosRows, iplos_rows_free)

#endif
