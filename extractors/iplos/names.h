/** What elements and attributes of an IPLOS file are called: config/codes/iplos_element.csv. For
 * extractors/iplos alone. */
#ifndef SP_EXTRACTORS_IPLOS_NAMES_H
#define SP_EXTRACTORS_IPLOS_NAMES_H

#include "extractors/iplos/person.h"

typedef enum {
    IPLOS_IS_FILE,
    IPLOS_IS_PERSON,
    IPLOS_IS_NEED,
    IPLOS_IS_INFORMAL,
    IPLOS_IS_SERVICE,
    IPLOS_IS_GROUP,   /* only holds others together */
    IPLOS_IS_IGNORED, /* with all that is in it */
    IPLOS_IS_FIELD,   /* its text is a field of the element that it is in */
} IplosKind;

typedef struct {
    IplosKind kind;
    IplosField field; /* of IPLOS_IS_FIELD and of attributes */
} IplosName;

typedef struct IplosNames IplosNames;

/**
 * From the list: `from` is ELEMENT, ELEMENT/@ATTRIBUTE or ELEMENT/ELEMENT (one whose text is a
 * field), `to` what it is. SP_ERROR_CONFIG when the list is not there or a word of `to` is unknown.
 */
IplosNames *iplos_names_new(const SpTables *lists, GError **error);
void iplos_names_free(IplosNames *names);

/** NULL when the list does not have it. */
const IplosName *iplos_names_element(const IplosNames *names, const char *name);
const IplosName *iplos_names_attribute(const IplosNames *names, const char *element,
                                       const char *attribute);
const IplosName *iplos_names_child(const IplosNames *names, const char *element, const char *child);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(IplosNames, iplos_names_free)

#endif
