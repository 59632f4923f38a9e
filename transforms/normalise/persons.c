/* The sink of person rows. */
#include "transforms/normalise/persons.h"

#include "core/error.h"
#include "core/number.h"
#include "transforms/normalise/persons_cells.h"
#include "transforms/normalise/persons_columns.h"
#include "transforms/normalise/persons_files.h"
#include "transforms/normalise/persons_table.h"
#include "transforms/normalise/recode.h"
#include "transforms/normalise/routes.h"

#include <string.h>

enum { MIN_KEY = 8, MAX_KEY = 64, YEAR_SIZE = 4, MAX_UNKNOWN_COLUMNS = 10 };

/* What `bad_year` stands as in the list of years. */
#define BAD_YEAR G_MAXUINT32

struct SpPersons {
    SpSink sink; /* first: a pointer to it is one to this */
    SpPersonsInput input;
    SpPersonsRegions *regions;
    SpPersonsSpec spec;
    SpPersonsRows *rows;
    SpPersonsColumns *columns;
    SpPersonsFiles *files;
    gsize n_fields;
    gsize key_field;
    char *key_subject;
    /* Data years: one constant, or those of a column. */
    const SpLayoutColumn *year; /* NULL: constant */
    gsize year_field;
    char *year_subject;
    SpCodes *year_texts;
    guint32 *year_periods; /* [MAX years] number in `periods`, BAD_YEAR */
    GPtrArray *period_texts;
    SpPersonsPeriod periods[SP_PERSONS_MAX_PERIODS];
    guint n_periods;
    guint32 file_periods; /* a bit each: the file that is read has rows of it */
    SpQuality *of_file;
    guint64 n_rows;
    guint64 n_left_out;
};

static gboolean is_known(const SpLayout *layout, const char *name)
{
    for (guint i = 0; i < layout->columns->len; i++) {
        if (strcmp(((const SpLayoutColumn *)layout->columns->pdata[i])->source, name) == 0) {
            return TRUE;
        }
    }
    return strcmp(layout->persons->key, name) == 0;
}

/* By number alone: a file without its header has a person in the place of names. */
static gboolean check_others(const SpPersons *persons, const char *const names[], gsize n,
                             GError **error)
{
    const SpLayout *layout = persons->input.layout;
    g_autoptr(GString) list = g_string_new(NULL);
    guint n_unknown = 0;
    for (gsize i = 0; i < n && !layout->ignores_other_columns; i++) {
        if (!is_known(layout, names[i]) && n_unknown++ < MAX_UNKNOWN_COLUMNS) {
            g_string_append_printf(list, "%s%" G_GSIZE_FORMAT, list->len > 0 ? ", " : "", i + 1);
        }
    }
    return n_unknown == 0 ||
           sp_error_set(error, SP_ERROR_DATA,
                        "%s: the header has %u columns that layout %s does not name, at place %s; "
                        "add them to it (role = ignore drops one) or set other_columns = ignore in "
                        "its [table]",
                        persons->input.origin, n_unknown, layout->name, list->str);
}

static gboolean begin(SpSink *sink, const char *const names[], gsize n, GError **error)
{
    SpPersons *persons = (SpPersons *)sink;
    const SpPersonsInput *input = &persons->input;
    const SpPersonsHeader header = {.names = names, .n = n};
    persons->n_fields = n;
    return sp_persons_columns_begin(persons->columns, &header, error) &&
           (persons->year == NULL || sp_persons_find_field(input, persons->year->source, &header,
                                                           &persons->year_field, error)) &&
           sp_persons_find_field(input, input->layout->persons->key, &header, &persons->key_field,
                                 error) &&
           check_others(persons, names, n, error);
}

/* A period that was not met before; BAD_YEAR when it is none. */
static guint32 add_period(SpPersons *persons, char *text, int year)
{
    SpPersonsPeriod *period = &persons->periods[persons->n_periods];
    g_ptr_array_add(persons->period_texts, text);
    *period = (SpPersonsPeriod){.text = text, .year = year};
    return sp_route_day(text, &period->day) ? persons->n_periods++ : BAD_YEAR;
}

static guint32 read_year(SpPersons *persons, const char *text)
{
    gint64 year = 0;
    if (strlen(text) != YEAR_SIZE || !sp_number_parse_int(text, YEAR_SIZE, &year)) {
        return BAD_YEAR;
    }
    char *period = sp_recode_text(persons->year, NULL, text, 0);
    return period == NULL ? BAD_YEAR : add_period(persons, period, (int)year);
}

/* The number of the row's period, BAD_YEAR if it has none. */
static gboolean find_period(SpPersons *persons, const SpField fields[], guint32 *number,
                            GError **error)
{
    *number = 0;
    if (persons->year == NULL) {
        return TRUE;
    }
    const SpField *field = &fields[persons->year_field];
    guint32 text = 0;
    *number = BAD_YEAR;
    if (field->size != YEAR_SIZE || memchr(field->text, '\0', field->size) != NULL) {
        return TRUE;
    }
    if (!sp_codes_find_sized(persons->year_texts, field->text, field->size, &text)) {
        text = sp_codes_add_sized(persons->year_texts, field->text, field->size);
        if (text >= SP_PERSONS_MAX_PERIODS) {
            return sp_error_set(error, SP_ERROR_DATA,
                                "%s: column \"%s\" holds more than %d different years; is it the "
                                "data year?",
                                persons->input.origin, persons->year->source,
                                SP_PERSONS_MAX_PERIODS);
        }
        persons->year_periods[text] = read_year(persons, sp_codes_text(persons->year_texts, text));
    }
    *number = persons->year_periods[text];
    return TRUE;
}

static const char *check_key(const SpField *field)
{
    if (field->size == 0) {
        return "missing_person";
    }
    gboolean is_key = field->size >= MIN_KEY && field->size <= MAX_KEY;
    for (gsize i = 0; is_key && i < field->size; i++) {
        char c = field->text[i];
        is_key = g_ascii_isalnum(c) || c == '-' || c == '_';
    }
    return is_key ? NULL : "bad_person";
}

/* Notes the rule and column that kept a row out. */
static void leave_out(SpPersons *persons, const char *rule, const char *subject, guint64 number)
{
    if (strcmp(rule, "outside_filter") == 0) {
        sp_quality_note(persons->input.quality, rule, subject, number,
                        "rows that the table is not about, by the layout's filter");
        return;
    }
    persons->n_rows++;
    persons->n_left_out++;
    if (persons->of_file != NULL) {
        sp_quality_note(persons->of_file, rule, subject, number, "rows left out");
    }
    sp_quality_note(persons->input.quality, rule, subject, number,
                    "rows left out; the first stands in row %" G_GUINT64_FORMAT " of %s", number,
                    persons->input.origin);
}

/* A row that does not count still tells who is there. */
static gboolean add_presence(SpPersons *persons, const SpPersonsBroken *broken,
                             const SpField fields[], SpPersonsRow *row, GError **error)
{
    const SpField *key = &fields[persons->key_field];
    if (!persons->spec.measures.has_next || check_key(key) != NULL) {
        return TRUE;
    }
    if (!sp_persons_columns_read_region(persons->columns, fields, &persons->periods[row->period],
                                        row, error)) {
        return FALSE;
    }
    gboolean is_placed = row->codes[persons->spec.region] != SP_PERSONS_NO_CODE;
    row->purpose = is_placed && !broken->is_filter ? SP_PERSONS_IN_SERVICE : SP_PERSONS_IN_SECTOR;
    row->person = sp_persons_keys_add(persons->input.keys, key->text, key->size);
    sp_persons_rows_add(persons->rows, row);
    return TRUE;
}

/* Two files with rows of one kommune and period: each sender is to know, for both count. Told once
 * a file. */
static void note_other_file(SpPersons *persons, const SpPersonsRow *row, guint64 number)
{
    const char *other = sp_persons_files_add(
        persons->files, sp_persons_columns_region_text(persons->columns), row->period);
    if (other == NULL) {
        return;
    }
    g_autofree const SpCodes **codes = sp_persons_columns_codes(persons->columns);
    gsize slot = persons->spec.region;
    const char *region = sp_codes_text(codes[slot], row->codes[slot]);
    const char *period = persons->periods[row->period].text;
    g_autofree char *subject =
        g_strdup_printf("kommune %s, %s", region + (region[0] == SP_PERSONS_DIVIDED), period);
    if (persons->of_file != NULL) {
        sp_quality_note(persons->of_file, "kommune_in_two_files", subject, number,
                        "rows are in another file too");
    }
    sp_quality_note(persons->input.quality, "kommune_in_two_files", subject, number,
                    "rows stand in %s and in %s, and both count; if one corrects the other, name "
                    "them as one delivery (inbox)",
                    other, persons->input.origin);
}

static gboolean row(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    SpPersons *persons = (SpPersons *)sink;
    SpPersonsRow row = {.purpose = SP_PERSONS_COUNTED};
    SpPersonsBroken broken = {0};
    if (n != persons->n_fields) {
        leave_out(persons, "field_count", persons->input.layout->table, number);
        return TRUE;
    }
    if (!find_period(persons, fields, &row.period, error)) {
        return FALSE;
    }
    if (row.period == BAD_YEAR) {
        leave_out(persons, "bad_year", persons->year_subject, number);
        return TRUE;
    }
    persons->file_periods |= 1U << row.period;
    if (!sp_persons_columns_read(persons->columns, fields, &persons->periods[row.period], &row,
                                 &broken, error)) {
        return FALSE;
    }
    if (broken.rule != NULL) {
        leave_out(persons, broken.rule, broken.subject, number);
        return add_presence(persons, &broken, fields, &row, error);
    }
    const SpField *key = &fields[persons->key_field];
    const char *rule = check_key(key);
    if (rule != NULL) {
        leave_out(persons, rule, persons->key_subject, number);
        return TRUE;
    }
    row.person = sp_persons_keys_add(persons->input.keys, key->text, key->size);
    sp_persons_rows_add(persons->rows, &row);
    persons->n_rows++;
    note_other_file(persons, &row, number);
    return TRUE;
}

static char *subject_of(const char *source)
{
    return g_strdup_printf("column %s", source);
}

/* The data years' column, or the one period that is constant. */
static void add_years(SpPersons *persons)
{
    const SpLayout *layout = persons->input.layout;
    for (guint i = 0; i < layout->constants->len; i++) {
        const SpLayoutColumn *constant = layout->constants->pdata[i];
        if (strcmp(constant->name, "period") == 0) {
            SpPeriod period;
            gboolean is_period = sp_period_parse(constant->source, &period);
            g_assert(is_period); /* core/layout_persons.c */
            (void)add_period(persons, g_strdup(constant->source), sp_day_year(period.last));
        }
    }
    persons->year = sp_layout_find_role(layout, SP_ROLE_YEAR);
    if (persons->year != NULL) {
        persons->year_subject = subject_of(persons->year->source);
    }
}

SpPersons *sp_persons_new(const SpPersonsInput *input, GError **error)
{
    g_autoptr(SpPersons) persons = g_new0(SpPersons, 1);
    persons->sink = (SpSink){.begin = begin, .row = row};
    persons->input = *input;
    persons->period_texts = g_ptr_array_new_with_free_func(g_free);
    persons->year_texts = sp_codes_new();
    persons->files = sp_persons_files_new();
    sp_persons_files_next(persons->files, input->origin);
    persons->year_periods = g_new0(guint32, SP_PERSONS_MAX_PERIODS);
    persons->key_subject = subject_of(input->layout->persons->key);
    persons->regions = sp_persons_regions_new(&persons->input);
    if (!sp_persons_spec_init(&persons->spec, input, sp_persons_regions_fylker(persons->regions),
                              error)) {
        return NULL;
    }
    persons->columns =
        sp_persons_columns_new(&persons->input, &persons->spec, persons->regions, error);
    if (persons->columns == NULL) {
        return NULL;
    }
    add_years(persons);
    persons->rows = sp_persons_rows_new(&persons->spec.measures, persons->spec.n_slots);
    return g_steal_pointer(&persons);
}

void sp_persons_free(SpPersons *persons)
{
    if (persons == NULL) {
        return;
    }
    sp_persons_rows_free(persons->rows);
    sp_persons_spec_clear(&persons->spec);
    sp_persons_columns_free(persons->columns);
    sp_persons_files_free(persons->files);
    g_ptr_array_unref(persons->period_texts);
    sp_codes_unref(persons->year_texts);
    sp_persons_regions_free(persons->regions);
    g_free(persons->year_periods);
    g_free(persons->key_subject);
    g_free(persons->year_subject);
    g_free(persons);
}

SpSink *sp_persons_sink(SpPersons *persons)
{
    return &persons->sink;
}

void sp_persons_next_file(SpPersons *persons, const char *origin, SpQuality *of_file)
{
    persons->input.origin = origin;
    persons->of_file = of_file;
    persons->file_periods = 0;
    sp_persons_files_next(persons->files, origin);
}

GPtrArray *sp_persons_file_periods(const SpPersons *persons)
{
    GPtrArray *periods = g_ptr_array_new();
    for (guint32 i = 0; i < persons->n_periods; i++) {
        if ((persons->file_periods >> i & 1U) != 0) {
            g_ptr_array_add(periods, (gpointer)persons->periods[i].text);
        }
    }
    return periods;
}

guint64 sp_persons_n_rows(const SpPersons *persons)
{
    return persons->n_rows;
}

guint64 sp_persons_n_left_out(const SpPersons *persons)
{
    return persons->n_left_out;
}

/* The cells; what was kept of rows is then let go, since a national table needs the room. */
static gboolean make_cells(SpPersons *persons, SpTable **whole, SpTable **divided, GError **error)
{
    g_autofree const SpCodes **codes = sp_persons_columns_codes(persons->columns);
    const SpPersonsRead read = {.input = &persons->input,
                                .spec = &persons->spec,
                                .regions = persons->regions,
                                .periods = persons->periods,
                                .n_periods = persons->n_periods,
                                .codes = codes,
                                .rows = persons->rows};
    gboolean ok = sp_persons_cells(&read, whole, divided, error);
    g_clear_pointer(&persons->rows, sp_persons_rows_free);
    return ok;
}

SpTable *sp_persons_table(SpPersons *persons, const SpTable *weights, GError **error)
{
    if (persons->n_rows == persons->n_left_out) {
        sp_error_set(error, SP_ERROR_DATA,
                     "%s: none of %" G_GUINT64_FORMAT
                     " rows counts; see kvalitet for the rules, then correct the layout or ask the "
                     "sender",
                     persons->input.origin, persons->n_rows);
        return NULL;
    }
    sp_quality_note(persons->input.quality, "rows_counted", persons->input.layout->table, 0,
                    "%" G_GUINT64_FORMAT " rows counted, %" G_GUINT64_FORMAT " left out",
                    persons->n_rows - persons->n_left_out, persons->n_left_out);
    g_autoptr(SpTable) whole = NULL;
    g_autoptr(SpTable) divided = NULL;
    gboolean ok = make_cells(persons, &whole, &divided, error) &&
                  sp_persons_complete(whole, divided, &persons->input,
                                      sp_persons_regions_broken(persons->regions), weights, error);
    return ok ? g_steal_pointer(&whole) : NULL;
}
