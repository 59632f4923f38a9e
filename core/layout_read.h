/**
 * The reading of a layout's sections, for layout*.c alone: what a section is while it is read, and
 * the functions that read each kind into the layout. Errors are SP_ERROR_CONFIG and name layout,
 * section and key.
 */
#ifndef SP_CORE_LAYOUT_READ_H
#define SP_CORE_LAYOUT_READ_H

#include "core/layout.h"

/** Longer texts cannot stand for a status: looked up from a buffer of this size, NUL included. */
enum { SP_LAYOUT_SIGN_SIZE = 64 };

/** One section being read: what every message names. */
typedef struct {
    const char *layout;
    GKeyFile *file;
    const char *section;
} SpLayoutReader;

/** Error "layout NAME: [SECTION] KEY is "VALUE", want WANT"; returns FALSE. */
gboolean sp_layout_set_wrong(const SpLayoutReader *reader, const char *key, const char *value,
                             const char *want, GError **error);
/** The value of a key without blanks around it, owned by the caller; NULL if it is not there. */
char *sp_layout_get(const SpLayoutReader *reader, const char *key);
/** Every key of the section must be in `allowed` (blank-separated words). */
gboolean sp_layout_check_keys(const SpLayoutReader *reader, const char *allowed, GError **error);
/** Leaves `value` if the key is not there. */
gboolean sp_layout_read_yes_no(const SpLayoutReader *reader, const char *key, gboolean *value,
                               GError **error);

/** The number of the word among `words`, which NULL ends; leaves `choice` if the key is not
 * there. */
gboolean sp_layout_read_word(const SpLayoutReader *reader, const char *key,
                             const char *const words[], guint *choice, GError **error);
/** A whole number from 1 to `most`; leaves `value` if the key is not there. */
gboolean sp_layout_read_count_of(const SpLayoutReader *reader, const char *key, guint most,
                                 guint *value, GError **error);

/** Any section, by its name. */
gboolean sp_layout_read_section(SpLayout *layout, const SpLayoutReader *reader, GError **error);
/** [column SOURCE], [copy NAME], [spread], [constant NAME] and [measure CODE]
 * (layout_columns.c). */
gboolean sp_layout_read_column(SpLayout *layout, const SpLayoutReader *reader, const char *source,
                               GError **error);
gboolean sp_layout_read_copy(SpLayout *layout, const SpLayoutReader *reader, const char *name,
                             GError **error);
gboolean sp_layout_read_spread(SpLayout *layout, const SpLayoutReader *reader, GError **error);
gboolean sp_layout_read_constant(SpLayout *layout, const SpLayoutReader *reader, const char *name,
                                 GError **error);
gboolean sp_layout_read_measure(SpLayout *layout, const SpLayoutReader *reader, const char *code,
                                GError **error);

/** What only plain layouts have (layout_rows.c): the sections [flags] and [answers], and what no
 * single section can tell of them. */
gboolean sp_layout_read_flags(SpLayout *layout, const SpLayoutReader *reader, GError **error);
gboolean sp_layout_read_answers(SpLayout *layout, const SpLayoutReader *reader, GError **error);
gboolean sp_layout_check_rows(const SpLayout *layout, GError **error);
/** What the file is, and the keys of [file] that are of records and workbooks (layout_sheets.c). */
gboolean sp_layout_read_form(SpLayout *layout, const SpLayoutReader *reader, GError **error);
/** The key `levels` of a column; without it the codes themselves. */
gboolean sp_layout_read_levels(SpLayoutColumn *column, const SpLayoutReader *reader,
                               GError **error);

/** [filter SOURCE] (layout_filter.c). */
gboolean sp_layout_read_filter(SpLayout *layout, const SpLayoutReader *reader, const char *source,
                               GError **error);
void sp_layout_filter_free(SpLayoutFilter *filter);

/** What only person-level layouts have (layout_persons.c): the sections [persons], which is read
 * before all others, and [measure NAME]; the keys of a column; what no single section can tell. */
gboolean sp_layout_read_persons(SpLayout *layout, const SpLayoutReader *reader, GError **error);
/** The [measure NAME] of a person-level layout (layout_counts.c), and what it must agree with. */
gboolean sp_layout_read_count(SpLayout *layout, const SpLayoutReader *reader, const char *name,
                              GError **error);
gboolean sp_layout_check_count(const SpLayout *layout, const SpLayoutCount *count, GError **error);
void sp_layout_count_free(SpLayoutCount *count);
gboolean sp_layout_read_person_column(SpLayoutColumn *column, const SpLayoutReader *reader,
                                      GError **error);
gboolean sp_layout_check_persons(const SpLayout *layout, GError **error);
void sp_layout_persons_free(SpLayoutPersons *persons);
void sp_layout_level_free(SpLayoutLevel *level);
/** A word that names a code list and so a file: nothing that could leave the folder. */
gboolean sp_layout_is_list_name(const char *name);

#endif
