/** What a table says of itself before it is asked: title, time of change, variables and codes. */
#ifndef SP_EXTRACTORS_SSB_METADATA_H
#define SP_EXTRACTORS_SSB_METADATA_H

#include <glib.h>

typedef struct {
    char *name;
    GPtrArray *codes; /* char*, in the order of the table */
    gboolean may_be_left_out;
    gboolean is_time;
} SpSsbDimension;

typedef struct {
    char *title;
    char *updated;         /* NULL: not told (v1), or no time */
    GPtrArray *dimensions; /* SpSsbDimension* */
} SpSsbMetadata;

/** The metadata of v1 ({"title","variables"}) or v2 (JSON-stat 2.0 without figures), known by what
 * they are. SP_ERROR_DATA naming `origin`: neither of them, no variable, a variable without codes
 * or name, or one that comes twice. */
SpSsbMetadata *sp_ssb_metadata_parse(const char *bytes, gsize size, const char *origin,
                                     GError **error);
void sp_ssb_metadata_free(SpSsbMetadata *metadata);

/** NULL when there is none of that name, case ignored. */
const SpSsbDimension *sp_ssb_metadata_find(const SpSsbMetadata *metadata, const char *name);

/** The codes of an answer to /codeLists/ID (v2): char*, unref. SP_ERROR_DATA as above. */
GPtrArray *sp_ssb_codelist_parse(const char *bytes, gsize size, const char *origin, GError **error);

/**
 * Whether the title holds every word of `expect` (blank-separated, case ignored): that it is the
 * table that is meant. A wrong but valid number gives figures of something else (12880 was taken
 * for population once, and its sum was 0). SP_ERROR_DATA names title and word.
 */
gboolean sp_ssb_expect(const char *title, const char *expect, const char *origin, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpSsbMetadata, sp_ssb_metadata_free)

#endif
