/**
 * A layout: how one source file looks and what its columns become. Data, one INI file in
 * config/layouts; described for people in docs/adding-a-source.md. Sections and keys that are not
 * named here, or that do not go with the column's role, are errors.
 *
 *   [file]                  tabular sources only
 *   encoding = UTF-8        or ISO-8859-1; a byte order mark is skipped
 *   delimiter = ,           one character, or tab, space, semicolon, comma
 *   decimal = .             or a comma
 *   thousands = space       or . , ' if numbers hold one of them between thousands (default: none)
 *   header_rows = 1         rows before the data (1-100); the last one names the columns
 *   [table]
 *   name = folkemengde      the table that comes out
 *   division = 2024-01-01   the regional division the codes stand for, when it is not that of the
 *                           row's own period
 *   provisional_from = 2025 a period: numbers of rows whose period (ours) sorts at or after this
 *                           text get the flag provisional. Needs a column of role period
 *   other_columns = ignore  or error (default): source columns that the layout does not name
 *   [missing]               texts that stand instead of a number, and their status: zero,
 *   ..  = missing           below_unit, not_applicable, pending, missing or suppressed. The key
 *   empty = missing         "empty" stands for the empty field (default missing). SSB's standard
 *                           signs hold when no text but "empty" is named
 *   [column SOURCE-NAME]
 *   as = region             our name, [a-z][a-z0-9_]*; default: the source's name
 *   role = region           region | period | age | code | text | measure | contents | value |
 *                           ignore; always given
 *   form = {}-01-01         the source's code put in the place of {} (after `map`); {+1} adds one
 *                           to a whole number
 *   map = kjonn             code list config/codes/kjonn.csv (from,to); a code that is not in it
 *                           is a finding
 *   classification = kjonn  code list of the result
 *   key = yes               part of the key (region, period, age, code: default yes; text: no)
 *   unit = persons          measures only, with additive = yes|no (default no) and minimum = 0 (a
 *                           smaller value is an error)
 *   sign = SOURCE-COLUMN    measure and value: column that holds a status sign when the number is
 *                           empty; it counts as named
 *   [constant NAME]         a code column that the file does not have: value, classification. It
 *                           is part of the key
 *   [measure CODE]          with roles contents and value (one column each, always both): what
 *                           that code's value becomes: as, unit, additive, minimum
 *
 *   [exception NAME]        the rows of one region that stand for another in some periods, as the
 *                           source's notes tell: region, stands_for (codes of ours), from and to
 *                           (days, both in, of the period's own day), division (the day that
 *                           stands_for is of)
 *
 * `form`, `map` and `classification` go with region, period, age, code and text. The column of role
 * contents is a key; the column of role value is named "value".
 */
#ifndef SP_CORE_LAYOUT_H
#define SP_CORE_LAYOUT_H

#include "core/number.h"
#include "core/period.h"
#include "core/real.h"

typedef enum {
    SP_ROLE_REGION,
    SP_ROLE_PERIOD,
    SP_ROLE_AGE,
    SP_ROLE_CODE,
    SP_ROLE_TEXT,
    SP_ROLE_MEASURE,
    SP_ROLE_CONTENTS, /* names the measure whose figure stands in the column of role value */
    SP_ROLE_VALUE,
    SP_ROLE_IGNORE,
} SpRole;

typedef struct {
    char *source; /* the source's name; for a constant its value, for a [measure] its code */
    char *name;   /* ours */
    SpRole role;
    char *form;           /* NULL: the code itself */
    char *map;            /* NULL: none */
    char *classification; /* NULL: none */
    gboolean is_key;
    char *unit;
    gboolean is_additive;
    gboolean has_minimum;
    double minimum;
    char *sign; /* source column with the status sign, NULL if none */
} SpLayoutColumn;

/* Rows that say `region` from one day to another and mean `stands_for`, a kommune of `division`. */
typedef struct {
    char *region;
    char *stands_for;
    char *division;
    SpDay from;
    SpDay to;
} SpLayoutException;

typedef struct {
    char *name; /* of the layout, for messages */
    char *encoding;
    char delimiter;
    SpNumberForm number;
    guint header_rows;
    char *table;
    char *division;         /* NULL: that of the row's period */
    char *provisional_from; /* NULL: nothing is provisional by its period */
    gboolean ignores_other_columns;
    GPtrArray *columns;    /* SpLayoutColumn*, as in the file */
    GPtrArray *constants;  /* SpLayoutColumn*, role SP_ROLE_CODE */
    GPtrArray *measures;   /* SpLayoutColumn*, of [measure CODE] */
    GPtrArray *exceptions; /* SpLayoutException* */
    GHashTable *missing;   /* text -> GUINT_TO_POINTER(SpStatus), the empty field not among them */
    SpStatus empty;        /* of the empty field */
} SpLayout;

/** The name of the table column that holds the figures of role value. */
#define SP_LAYOUT_VALUE "value"

/** Reads a layout from the text of its INI file. SP_ERROR_CONFIG names file, section and key, and
 * what is allowed. */
SpLayout *sp_layout_parse(const char *name, const char *text, GError **error);
void sp_layout_free(SpLayout *layout);

/**
 * The status that a text [size] stands for, blanks around it aside; the empty text always stands
 * for one. FALSE (`status` untouched) when neither the layout nor, if it names no text, SSB's
 * standard signs list it.
 */
gboolean sp_layout_find_missing(const SpLayout *layout, const char *text, gsize size,
                                SpStatus *status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpLayout, sp_layout_free)

#endif
