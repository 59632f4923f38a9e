/** Where each person of a file was last: the one thing that needs all her elements. For
 * extractors/iplos alone. */
#ifndef SP_EXTRACTORS_IPLOS_RESIDENCE_H
#define SP_EXTRACTORS_IPLOS_RESIDENCE_H

#include "extractors/iplos/person.h"

/** A person by her last element; texts longer than they can be valid are empty. */
typedef struct {
    char kommune[5];
    char bydel[3];
    char born[5];
    char sex[2];
    char household[2];
    gboolean is_running; /* any service of any element on 31 December */
    const char *need;    /* composite */
    SpDay to;            /* the last day of a service in the year, and the first of that one */
    SpDay from;
    guint64 number; /* of the element */
} IplosResident;

typedef struct IplosResidence IplosResidence;

IplosResidence *iplos_residence_new(void);
void iplos_residence_free(IplosResidence *residence);

/**
 * A person with services. The last element is that with the latest last day in the year (still
 * running: 31 December), then the latest first day, then the later in the file; one whose kommune
 * is not four digits is not valid and counts only when there is no other.
 */
void iplos_residence_add(IplosResidence *residence, const IplosPerson *person);

/** Persons so far. */
gsize iplos_residence_size(const IplosResidence *residence);
/** Person `i` in the order of her first element, and her key. Borrowed. */
const IplosResident *iplos_residence_at(const IplosResidence *residence, gsize i, const char **key);

#endif
