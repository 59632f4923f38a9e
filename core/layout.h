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
 *   form = auto             csv, fixed, xlsx, xls, or auto (default): CSV or a workbook, as the
 *                           bytes are. The keys that follow are of workbooks (core/io/sheets.h),
 *                           those above but decimal and thousands of CSV; a layout may have both
 *   sheet = NAME            the sheet that is read; first (default): the first that is not hidden;
 *                           all: every one that is not hidden
 *   sheet_as = COLUMN       a source column of this name holds the name of the sheet; it must have
 *                           a [column COLUMN]
 *   skip_rows = 0           rows at the top of a sheet that are not looked at (0-1000); the header
 *                           is the first row below that holds every column that is not ignored
 *   until = end             or empty_row: what stands below the first empty row are notes
 *   record = 48             with form = fixed alone: a line is one record of so many characters
 *                           (1-10000), without a header, whose columns stand at their `from` and
 *                           `size`
 *   [table]
 *   name = folkemengde      the table that comes out
 *   division = 2024-01-01   the regional division the codes stand for, when it is not that of the
 *                           row's own period
 *   provisional_from = 2025 a period: numbers of rows whose period (ours) sorts at or after this
 *                           text get the flag provisional. Needs a column of role period
 *   final_from = {+1}-06-01 a day made from the year of the row's period: numbers of a source that
 *                           was last changed before that day get the flag provisional. Needs a
 *                           column of role period
 *   merged = sum            or once, or error (default): rows whose source codes differ and become
 *                           one of ours (by `map`, `cut`, `form` or `code`) are added (all measures
 *                           must then be additive); or must say the same, each figure and
 *                           attribute, and count once (a measure listed under two strategies)
 *   repeats = sum           or once, or error (default): the same for rows that the source itself
 *                           repeats, code by code; a finding tells how many
 *   other_columns = ignore  or error (default): source columns that the layout does not name
 *   may_be_empty = yes      a source without rows is a fact and not a failure
 *   links_until = til       the rows are arrangements between two kommuner (two columns of role
 *                           region), from the period's day until the day in this column (ours, role
 *                           text; empty: still): none may come back to where it began
 *   [missing]               texts that stand instead of a number, and their status: zero,
 *   ..  = missing           below_unit, not_applicable, pending, missing or suppressed. The key
 *   empty = missing         "empty" stands for the empty field (default missing). SSB's standard
 *                           signs hold when no text but "empty" is named
 *   [flags]                 texts of a `sign` column that flag the number beside them: provisional,
 *   ja = carried_over       modelled, carried_over, break_before or stale (case and blanks around
 *                           aside). SSB's * and | hold besides, unless named here or in [missing]
 *   [answers]               each column of role code with key = no is the answer to a question of
 *   questions = reformer    config/reformer.csv, and the table is how many kommuner gave which
 *                           (transforms/normalise/answers.h)
 *   [column SOURCE-NAME]
 *   as = region             our name, [a-z][a-z0-9_]*; default: the source's name
 *   role = region           region | period | age | code | part | text | measure | contents |
 *                           value | spread | ignore; always given. A second column of role region
 *                           is restated like the first, which is named region
 *   role = part             a part of the row's region (bydel) that reports for itself, by `map`;
 *                           an empty field is the region as a whole. Parts are summed to the region
 *                           and are no column of the table (transforms/normalise/parts.h)
 *   form = {}-01-01         the source's code put in the place of {} (after `map`); {+1} adds one
 *                           to a whole number, {04} gives it zeros to four digits (a spreadsheet
 *                           takes 0301 for a number), {1} is the first place of `cut`
 *                           (core/code_form.h)
 *   cut = K-{} *            the code is what stands in the place of {} in a text of this form: here
 *                           after "K-" and up to the first blank ("K-3101 Halden"). A text of
 *                           another form is the code itself. Applied before `map` and `form`.
 *                           Several places ({4}{2}: four characters and two) are put together by
 *                           `form`, go without `map`, and a text of another form is no code
 *   code = 01               role spread: the code that the column's figures are of
 *   levels = kommune, fylke region and code: how the key appears in the table, by the words that
 *                           person-level layouts use below: the codes themselves (self, kommune),
 *                           and sums over the rows that are there beside them. A kommune without a
 *                           row adds nothing; use it where no row means none, and rollup in
 *                           config/tables.csv elsewhere. A group's list may give one code several
 *                           times: groups may overlap
 *   map = kjonn             code list config/codes/kjonn.csv (from,to); a code that is not in it
 *                           is a finding. The list may have columns fra and til, the years that a
 *                           code holds for (empty: all), asked by the year of the row's period
 *   unmapped = keep         or leave_out, or finding (default): a code that is not in `map` is ours
 *                           as it stands; or its rows are no concern of the table, which the
 *                           quality report tells; or it is unknown
 *   from = 8, size = 4      with form = fixed: the first character, from 1, and their number; a
 *                           column without them is one that the source's extractor adds
 *   classification = kjonn  code list of the result
 *   key = yes               part of the key (region, period, age, code: default yes; text: no)
 *   empty = yes             role code: the empty code is one too (default no: its rows are left out
 *                           and noted), such as no old code for what is new
 *   unit = persons          measures only, with additive = yes|no (default no) and minimum = 0 (a
 *                           smaller value is an error; in the source's unit)
 *   multiply_by = 1000      measures only: the source's unit in ours, 1 to 1000000
 *   sign = SOURCE-COLUMN    measure and value: column that holds a status sign when the number is
 *                           empty; it counts as named
 *   [filter SOURCE-NAME]    rows count only if this column of the source, renamed or not, is
 *   equals = 253 254        one of these codes of the source; `not = ...` none of them;
 *                           `is = filled` something, `is = empty` nothing. The others are no
 *                           concern of the table: a finding tells how many
 *   [copy NAME]             a column of the source once more under another name of ours: `of`, its
 *                           name at the source, and the keys of a code column
 *   [spread]                columns of role spread: each becomes a row of its own. `as`, `role`
 *                           (region, period, age or code), form, map, classification: the key that
 *                           holds their codes; measure, unit, additive, minimum: their figure, the
 *                           only one of the layout
 *   [constant NAME]         a code column that the file does not have: value, classification. It
 *                           is part of the key unless `key = no`
 *   [measure CODE]          with roles contents and value (one column each, always both): what
 *                           that code's value becomes: as, unit, additive, minimum, multiply_by
 *
 *   [exception NAME]        the rows of one region that stand for another in some periods, as the
 *                           source's notes tell: region, stands_for (codes of ours), from and to
 *                           (days, both in, of the period's own day), division (the day that
 *                           stands_for is of)
 *
 * `cut`, `form`, `map` and `classification` go with region, period, age, code and text. The column
 * of role contents is a key; the column of role value is named "value".
 *
 * A section [persons] makes the layout person-level: the rows of the source are counted and none of
 * them is kept (transforms/normalise/persons.h). What differs then:
 *
 *   [persons]
 *   key = SOURCE-COLUMN     what tells persons apart: counted, never kept, in no [column]
 *   [column SOURCE-NAME]    roles region, year, birth_year, age, code, quantity and ignore
 *   role = region           kommune codes of the row's year; its name is region
 *   role = year             the data year; with `form` it becomes the period, which is its name.
 *                           One such column, or a [constant period]
 *   role = birth_year       age = data year - year of birth, on 31 December
 *   role = quantity         a fixed-point number with `decimals` (0-9) that is summed exactly;
 *                           minimum and maximum, both allowed values; an empty field is not a
 *                           number unless [missing] says `empty = zero`
 *   optional = yes          quantity: an empty field tells nothing of that quantity, and the row
 *                           counts in all else. A measure of it is missing where no row tells
 *   band = pai              birth_year and age: the list of config/aldersgrupper.csv that the age
 *                           is put in; an age outside all bands is not valid
 *   key = no                a code that is only checked and filtered by
 *   levels = self, all=0    how a key appears in the table: `self` (the code; default), `all=CODE`
 *                           (summed away under that code), `group=LIST` (config/codes/LIST.csv,
 *                           from,to in our codes; a code that is not in it does not count there).
 *                           For a region: kommune (default), fylke, landet. The table has the cross
 *                           product of all keys' levels, each with its own distinct count
 *   [filter SOURCE-NAME]    of a column of role code
 *   [measure NAME]          kind = count | sum | distinct | min | max | ratio; unit; `column`, our
 *                           name of a quantity (sum, min, max); divide_by = 1, 10, 100 or 1000,
 *                           exact
 *   when = yrke lege        only rows whose our code in that code column (role age, birth_year or
 *                           code) is one of those that follow
 *   given = fravaer         only rows that tell the optional quantities of these names of ours
 *   person_sum = prosent    distinct: persons whose sum of that quantity, over those of their rows
 *                           that stand in the cell, is `least` or more (default: any) and less than
 *                           `below` (default: any)
 *   next = counted          about the year that follows, as an interval of the two periods, in rows
 *                           of its own: rows of kommuner that delivered both years. Or distinct
 *                           persons of those: left_kommune (at the end in none of the kommuner they
 *                           were counted in, in rows that the filters let through) or left_sector
 *                           (at the end in no row of the source at all). Needs a column of role
 *                           year whose periods are days
 *   over, under             ratio: names of two other measures; over / under, cell by cell
 *
 * [exception], [flags], [answers], [copy], [spread], form = fixed, provisional_from, final_from,
 * repeats, merged, unmapped and the roles period, part, text, measure, spread, contents and value
 * do not go with [persons].
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
    SP_ROLE_PART,
    SP_ROLE_TEXT,
    SP_ROLE_MEASURE,
    SP_ROLE_CONTENTS, /* names the measure whose figure stands in the column of role value */
    SP_ROLE_VALUE,
    SP_ROLE_YEAR, /* this and the next two with [persons] alone */
    SP_ROLE_BIRTH_YEAR,
    SP_ROLE_QUANTITY,
    SP_ROLE_SPREAD, /* its figures become rows of their own under its code */
    SP_ROLE_IGNORE,
} SpRole;

/** What becomes of a code that is not in the code list of its column. */
typedef enum { SP_UNMAPPED_FINDING, SP_UNMAPPED_KEEP, SP_UNMAPPED_LEAVE_OUT } SpUnmapped;

/** What becomes of rows of one key. */
typedef enum { SP_SAME_ERROR, SP_SAME_SUM, SP_SAME_ONCE } SpSameKey;

/** How a key of a person-level table appears at one of its levels. */
typedef enum {
    SP_LEVEL_SELF, /* the code itself; of a region its kommune */
    SP_LEVEL_ALL,
    SP_LEVEL_GROUP,
    SP_LEVEL_FYLKE,
    SP_LEVEL_COUNTRY,
} SpLevelKind;

typedef struct {
    SpLevelKind kind;
    char *code; /* ALL: the code that stands for all; GROUP: the code list; else NULL */
} SpLayoutLevel;

typedef struct {
    char *source; /* the source's name; for a constant its value, for a [measure] its code */
    char *name;   /* ours */
    SpRole role;
    char *cut;  /* NULL: the text itself */
    char *form; /* NULL: the code itself */
    char *map;  /* NULL: none */
    SpUnmapped unmapped;
    guint from; /* first character from 1 of a fixed column, 0: no place in the record */
    guint size;
    char *classification; /* NULL: none */
    gboolean is_key;
    gboolean may_be_empty; /* a key that may hold the empty code */
    char *unit;
    gboolean is_additive;
    gboolean has_minimum;
    double minimum;
    double factor;      /* what a figure is multiplied by, 0: nothing */
    char *sign;         /* source column with the status sign, NULL if none */
    char *code;         /* role spread: of its figures */
    gboolean is_spread; /* the key or the measure of [spread]: no column of the source */
    GPtrArray *levels;  /* SpLayoutLevel*; NULL: only the codes themselves. With [persons] of every
                          key */
    /* With [persons]: */
    char *band;           /* list of age bands, NULL if none */
    gboolean is_optional; /* of a quantity */
    guint decimals;       /* of a quantity */
    gint64 least;         /* of a quantity, times 10^decimals; both ends allowed */
    gint64 most;
} SpLayoutColumn;

/* Rows that say `region` from one day to another and mean `stands_for`, a kommune of `division`. */
typedef struct {
    char *region;
    char *stands_for;
    char *division;
    SpDay from;
    SpDay to;
} SpLayoutException;

/** What a file is: by its bytes, unless the layout says. */
typedef enum {
    SP_FORM_AUTO,
    SP_FORM_CSV,
    SP_FORM_FIXED,
    SP_FORM_XLSX,
    SP_FORM_XLS,
} SpFileForm;

typedef enum { SP_FILTER_EQUALS, SP_FILTER_NOT, SP_FILTER_FILLED, SP_FILTER_EMPTY } SpFilterKind;

/** Rows that count, by what stands in a column of the source. */
typedef struct {
    char *source;
    SpFilterKind kind;
    char **codes; /* of the source, NULL-terminated */
} SpLayoutFilter;

/** What a measure of a person-level table counts. */
typedef enum {
    SP_COUNT_ROWS,
    SP_COUNT_SUM,      /* exact sum of a quantity */
    SP_COUNT_DISTINCT, /* exact number of distinct persons */
    SP_COUNT_MIN,
    SP_COUNT_MAX,
} SpLayoutCountKind;

/** What a measure of a person-level table says of the year that follows. */
typedef enum {
    SP_NEXT_NONE,         /* nothing: it is about a period by itself */
    SP_NEXT_COUNTED,      /* the base: rows of kommuner that delivered both years */
    SP_NEXT_LEFT_KOMMUNE, /* persons of the base who left the service of the kommune */
    SP_NEXT_LEFT_SECTOR,  /* persons of the base who are in no row of the next year */
} SpLayoutNext;

/** Decimals of `least` and `below`. */
enum { SP_LAYOUT_SUM_DECIMALS = 9 };

/** A measure of a person-level table. */
typedef struct {
    char *name;
    SpLayoutCountKind kind; /* says nothing of a ratio */
    char *column;           /* our name of a quantity; NULL for ROWS and DISTINCT */
    char *unit;
    guint shift;      /* the result is divided by 10^shift */
    char *when;       /* our name of a code column, NULL: all rows */
    char **codes;     /* of `when`, NULL-terminated */
    char **given;     /* our names of optional quantities, NULL-terminated; NULL: all rows */
    char *person_sum; /* our name of a quantity, NULL: none */
    gint64 least;     /* of the sum, times 10^SP_LAYOUT_SUM_DECIMALS */
    gint64 below;
    SpLayoutNext next;
    char *over; /* of a ratio, two names of measures; NULL if it is none */
    char *under;
} SpLayoutCount;

typedef struct {
    char *key;         /* source column that tells persons apart */
    GPtrArray *counts; /* SpLayoutCount* */
} SpLayoutPersons;

typedef struct {
    char *name; /* of the layout, for messages */
    char *encoding;
    char delimiter;
    SpNumberForm number;
    guint header_rows; /* 0 with records */
    guint record;      /* characters of a record, 0 without records */
    SpFileForm form;
    char *sheet; /* NULL: the first that is not hidden */
    gboolean has_all_sheets;
    char *sheet_as; /* NULL: none */
    guint skip_rows;
    gboolean ends_at_empty_row;
    char *table;
    char *division;         /* NULL: that of the row's period */
    char *provisional_from; /* NULL: nothing is provisional by its period */
    char *final_from;       /* NULL, or the form of a day with a place for the period's year */
    SpSameKey merged;
    SpSameKey repeats;
    gboolean ignores_other_columns;
    gboolean may_be_empty;
    char *links_until;     /* NULL: no arrangements */
    char *questions;       /* of [answers]: config/NAME.csv; NULL: none */
    GHashTable *flags;     /* text in small letters -> GUINT_TO_POINTER(SpFlags) */
    GPtrArray *columns;    /* SpLayoutColumn*, as in the file */
    GPtrArray *constants;  /* SpLayoutColumn*, role SP_ROLE_CODE */
    GPtrArray *measures;   /* SpLayoutColumn*, of [measure CODE] */
    GPtrArray *exceptions; /* SpLayoutException* */
    GPtrArray *filters;    /* SpLayoutFilter*: a row passes all */
    GHashTable *missing;   /* text -> GUINT_TO_POINTER(SpStatus), the empty field not among them */
    SpStatus empty;        /* of the empty field */
    SpLayoutPersons *persons; /* NULL: not person-level */
} SpLayout;

/** The name of the table column that holds the figures of role value. */
#define SP_LAYOUT_VALUE "value"

/** The file of age bands among the configuration data: columns liste, kode, fra, til. */
#define SP_LAYOUT_BANDS "aldersgrupper.csv"

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

/** The two read a file in the same way (their [file] says the same but for how numbers are
 * written), so that one pass over it can serve both. */
gboolean sp_layout_reads_like(const SpLayout *a, const SpLayout *b);

/** The column of our name, NULL if there is none. */
const SpLayoutColumn *sp_layout_find(const SpLayout *layout, const char *name);
/** The first column of a role, NULL if there is none. */
const SpLayoutColumn *sp_layout_find_role(const SpLayout *layout, SpRole role);
/** Source columns (char*, borrowed) that a file of the layout cannot do without, each once: the
 * header of a sheet is known by them. `sheet_as` is among them. */
GPtrArray *sp_layout_needed_columns(const SpLayout *layout);
/** The flags of a number whose `sign` column holds this text, 0 if it says nothing. */
guint8 sp_layout_flags_of(const SpLayout *layout, const char *text, gsize size);
/** Rows of the table that a row of the source becomes: one, or one for each column of role
 * spread. */
guint sp_layout_rows_each(const SpLayout *layout);
/** Whether a row with this text [size] in the filter's column counts. Blanks around it are
 * aside. */
gboolean sp_layout_lets_through(const SpLayoutFilter *filter, const char *text, gsize size);
/** Names (char*, borrowed) of all code lists that the layout names, each once. */
GPtrArray *sp_layout_code_lists(const SpLayout *layout);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpLayout, sp_layout_free)

#endif
