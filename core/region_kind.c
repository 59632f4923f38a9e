/* Kinds of region codes. */
#include "core/regions.h"

#include <string.h>

static gboolean is_digits(const char *code, gsize n)
{
    return strlen(code) == n && strspn(code, "0123456789") == n;
}

SpRegionKind sp_region_kind(const char *code)
{
    if (is_digits(code, 4)) {
        return strcmp(code, SP_REGION_UNKNOWN) == 0 ? SP_REGION_OTHER : SP_REGION_KOMMUNE;
    }
    if (is_digits(code, 2)) {
        return SP_REGION_FYLKE;
    }
    if (strcmp(code, "0") == 0 || strcmp(code, "0k") == 0) {
        return SP_REGION_COUNTRY;
    }
    if (strcmp(code, "0u") == 0) {
        return SP_REGION_COUNTRY_WITHOUT_OSLO;
    }
    if (g_str_has_prefix(code, "EKG") && is_digits(code + 3, 2)) {
        return SP_REGION_KOSTRA_GROUP;
    }
    return code[0] == 'S' && is_digits(code + 1, 1) && code[1] >= '1' && code[1] <= '6'
               ? SP_REGION_CENTRALITY
               : SP_REGION_OTHER;
}
