/**
 * The setting `inbox`: how the files of a dataset are named, and which of them are one delivery.
 *
 * `*` stands for any text and `?` for one byte. A place `{NAME}` stands for a run of letters and
 * digits as long as it can be ({aar}: exactly four digits), and tells deliveries apart: two files
 * whose names agree in every place are versions of one delivery, the last by name in byte order
 * being in use. Files that differ in a place all count. Without places all files are versions of
 * one. A name fits with .gz or .zst after it too.
 */
#ifndef SP_PIPELINE_INBOX_PATTERN_H
#define SP_PIPELINE_INBOX_PATTERN_H

#include <glib.h>

/** The place that holds the data year. */
#define SP_INBOX_YEAR "aar"
/** For messages that show a pattern. */
#define SP_INBOX_PATTERN_HELP                                                                      \
    "* is any text, {" SP_INBOX_YEAR "} a year, any other {NAME} letters and digits"

typedef struct SpInboxPattern SpInboxPattern;

/** SP_ERROR_CONFIG when a brace is not closed, or a place has no name, another than of small
 * letters, or one that stands twice, and when there are more than six stars and places. */
SpInboxPattern *sp_inbox_pattern_new(const char *text, GError **error);
void sp_inbox_pattern_free(SpInboxPattern *pattern);

/** TRUE if it tells deliveries apart. */
gboolean sp_inbox_pattern_has_places(const SpInboxPattern *pattern);
/** As it stands in the settings. Borrowed. */
const char *sp_inbox_pattern_text(const SpInboxPattern *pattern);

/** The delivery that a file is of: the texts of the places in their order with '-' between ("2024",
 * "2024-nord"), "" without places; NULL if the name does not fit. g_free. */
char *sp_inbox_pattern_part(const SpInboxPattern *pattern, const char *name);

/** Whether a name is one that programs give a file for a while: of an upload that has not ended
 * (NAME.part, NAME.filepart, .NAME of rsync), or beside a file that is open (~$NAME). */
gboolean sp_inbox_name_is_passing(const char *name);

/**
 * Deliveries that one would expect beside those there are: with a place {aar}, every other text
 * that came with a year should come with the next one too, and there should be no year between two.
 * `parts` as above, NULL-terminated. Sorted, NULL-terminated; g_strfreev. Empty without that place.
 */
char **sp_inbox_pattern_missing(const SpInboxPattern *pattern, const char *const *parts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpInboxPattern, sp_inbox_pattern_free)

#endif
