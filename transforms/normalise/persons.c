/* The sink of person rows. */
#include "transforms/normalise/persons.h"

#include "core/error.h"
#include "core/number.h"
#include "transforms/normalise/persons_codes.h"
#include "transforms/normalise/persons_spec.h"
#include "transforms/normalise/persons_table.h"
#include "transforms/normalise/recode.h"
#include "transforms/normalise/routes.h"

#include <string.h>

enum { MIN_KEY = 8, MAX_KEY = 64, YEAR_SIZE = 4, MAX_UNKNOWN_COLUMNS = 10 };

/* What `bad_year` stands as in the list of years. */
#define BAD_YEAR G_MAXUINT32

/* A column that is read: its codes, or none for a quantity or a constant. */
typedef struct {
    const SpLayoutColumn *is;
    gsize field;
    SpPersonsCodes *codes; /* NULL: a quantity */
    gsize out;             /* field of the engine's row; SP_NO_COLUMN if only checked */
    char *subject;         /* of findings */
} Column;

struct SpPersons {
    SpSink sink; /* first: a pointer to it is one to this */
    SpPersonsInput input;
    SpPersonsRegions *regions;
    SpPersonsSpec spec;
    SpAggregate *aggregate;
    GArray *columns;  /* Column: those with a filter first, then codes, then quantities */
    GPtrArray *names; /* char*, of the engine's row */
    SpField *out;     /* [names] */
    gsize n_fields;
    gsize key_field;
    char *key_subject;
    /* Data years: one constant, or those of a column. */
    const SpLayoutColumn *year; /* NULL: constant */
    gsize year_field;
    gsize year_out;
    char *year_subject;
    SpCodes *year_texts;
    guint32 *year_periods; /* [MAX years] number in `periods`, BAD_YEAR */
    GPtrArray *period_texts;
    SpPersonsPeriod periods[SP_PERSONS_MAX_PERIODS];
    guint n_periods;
    guint64 n_rows;
    guint64 n_left_out;
};

static gboolean find_field(const SpPersons *persons, const char *source, const char *const names[],
                           gsize n, gsize *field, GError **error)
{
    for (gsize i = 0; i < n; i++) {
        if (strcmp(names[i], source) == 0) {
            *field = i;
            return TRUE;
        }
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: column \"%s\" is not among the %" G_GSIZE_FORMAT
                        " of the header; check that the file has its header and separator, then "
                        "amend layout %s",
                        persons->input.origin, source, n, persons->input.layout->name);
}

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
    persons->n_fields = n;
    for (guint i = 0; i < persons->columns->len; i++) {
        Column *column = &g_array_index(persons->columns, Column, i);
        if (!find_field(persons, column->is->source, names, n, &column->field, error)) {
            return FALSE;
        }
    }
    SpSink *engine = sp_aggregate_sink(persons->aggregate);
    return (persons->year == NULL ||
            find_field(persons, persons->year->source, names, n, &persons->year_field, error)) &&
           find_field(persons, persons->input.layout->persons->key, names, n, &persons->key_field,
                      error) &&
           check_others(persons, names, n, error) &&
           engine->begin(engine, (const char *const *)persons->names->pdata, persons->names->len,
                         error);
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

/* NULL when the field is a quantity within its limits. */
static const char *check_quantity(const SpPersons *persons, const Column *column, SpField *field)
{
    gint64 value = 0;
    if (field->size == 0 && persons->input.layout->empty == SP_ZERO) {
        *field = (SpField){.text = "0", .size = 1};
    }
    if (!sp_number_parse_fixed(field->text, field->size, persons->input.layout->number.decimal,
                               column->is->decimals, &value)) {
        return "not_a_number";
    }
    return value < column->is->least || value > column->is->most ? "quantity_outside" : NULL;
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
    sp_quality_note(persons->input.quality, rule, subject, number,
                    "rows left out; the first stands in row %" G_GUINT64_FORMAT, number);
}

static gboolean check_column(SpPersons *persons, Column *column, const SpField fields[],
                             guint32 period, const char **rule, GError **error)
{
    SpField found = fields[column->field];
    if (column->codes == NULL) {
        *rule = check_quantity(persons, column, &found);
    } else if (!sp_persons_codes_find(column->codes, &fields[column->field], period,
                                      &persons->periods[period], &found, rule, error)) {
        return FALSE;
    }
    if (column->out != SP_NO_COLUMN) {
        persons->out[column->out] = found;
    }
    return TRUE;
}

static gboolean row(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    SpPersons *persons = (SpPersons *)sink;
    guint32 period = 0;
    const char *rule = NULL;
    if (n != persons->n_fields) {
        leave_out(persons, "field_count", persons->input.layout->table, number);
        return TRUE;
    }
    if (!find_period(persons, fields, &period, error)) {
        return FALSE;
    }
    if (period == BAD_YEAR) {
        leave_out(persons, "bad_year", persons->year_subject, number);
        return TRUE;
    }
    for (guint i = 0; i < persons->columns->len; i++) {
        Column *column = &g_array_index(persons->columns, Column, i);
        if (!check_column(persons, column, fields, period, &rule, error)) {
            return FALSE;
        }
        if (rule != NULL) {
            leave_out(persons, rule, column->subject, number);
            return TRUE;
        }
    }
    rule = check_key(&fields[persons->key_field]);
    if (rule != NULL) {
        leave_out(persons, rule, persons->key_subject, number);
        return TRUE;
    }
    if (persons->year != NULL) {
        const char *text = persons->periods[period].text;
        persons->out[persons->year_out] = (SpField){.text = text, .size = strlen(text)};
    }
    persons->out[persons->names->len - 1] = fields[persons->key_field];
    persons->n_rows++;
    SpSink *engine = sp_aggregate_sink(persons->aggregate);
    return engine->row(engine, number, persons->out, persons->names->len, error);
}

static char *subject_of(const char *source)
{
    return g_strdup_printf("column %s", source);
}

static gsize add_name(SpPersons *persons, const char *name)
{
    g_ptr_array_add(persons->names, (gpointer)name);
    return persons->names->len - 1;
}

static gboolean is_filtered(const SpLayout *layout, const SpLayoutColumn *column)
{
    for (guint i = 0; i < layout->filters->len; i++) {
        const SpLayoutFilter *filter = layout->filters->pdata[i];
        if (strcmp(filter->source, column->source) == 0) {
            return TRUE;
        }
    }
    return FALSE;
}

/* The order in which rows are asked: a row that is no concern of the table breaks no rule. */
static guint turn_of(const SpLayout *layout, const SpLayoutColumn *column)
{
    return column->role == SP_ROLE_QUANTITY ? 2 : is_filtered(layout, column) ? 0 : 1;
}

static gboolean add_column(SpPersons *persons, const SpLayoutColumn *is, GError **error)
{
    Column column = {.is = is, .out = SP_NO_COLUMN, .subject = subject_of(is->source)};
    gboolean is_quantity = is->role == SP_ROLE_QUANTITY;
    if (is_quantity || is->is_key) {
        column.out = add_name(persons, is->name);
    }
    if (!is_quantity) {
        column.codes = sp_persons_codes_new(is, &persons->input, persons->regions, error);
    }
    g_array_append_val(persons->columns, column);
    return is_quantity || column.codes != NULL;
}

static gboolean add_columns(SpPersons *persons, GError **error)
{
    const SpLayout *layout = persons->input.layout;
    for (guint turn = 0; turn <= 2; turn++) {
        for (guint i = 0; i < layout->columns->len; i++) {
            const SpLayoutColumn *is = layout->columns->pdata[i];
            if (is->role != SP_ROLE_IGNORE && is->role != SP_ROLE_YEAR &&
                turn_of(layout, is) == turn && !add_column(persons, is, error)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

static void add_constants(SpPersons *persons)
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
        (void)add_name(persons, constant->name);
    }
    persons->year = sp_layout_find_role(layout, SP_ROLE_YEAR);
    if (persons->year != NULL) {
        persons->year_subject = subject_of(persons->year->source);
        persons->year_out = add_name(persons, persons->year->name);
    }
    (void)add_name(persons, SP_PERSONS_KEY); /* the last one */
    persons->out = g_new0(SpField, persons->names->len);
    for (guint i = 0; i < layout->constants->len; i++) {
        const SpLayoutColumn *constant = layout->constants->pdata[i];
        for (guint k = 0; k < persons->names->len; k++) {
            if (persons->names->pdata[k] == constant->name) {
                persons->out[k] =
                    (SpField){.text = constant->source, .size = strlen(constant->source)};
            }
        }
    }
}

SpPersons *sp_persons_new(const SpPersonsInput *input, GError **error)
{
    g_autoptr(SpPersons) persons = g_new0(SpPersons, 1);
    persons->sink = (SpSink){.begin = begin, .row = row};
    persons->input = *input;
    persons->columns = g_array_new(FALSE, FALSE, sizeof(Column));
    persons->names = g_ptr_array_new();
    persons->period_texts = g_ptr_array_new_with_free_func(g_free);
    persons->year_texts = sp_codes_new();
    persons->year_periods = g_new0(guint32, SP_PERSONS_MAX_PERIODS);
    persons->key_subject = subject_of(input->layout->persons->key);
    persons->regions = sp_persons_regions_new(&persons->input);
    if (!add_columns(persons, error)) {
        return NULL;
    }
    add_constants(persons);
    if (!sp_persons_spec_init(&persons->spec, input, sp_persons_regions_fylker(persons->regions),
                              error)) {
        return NULL;
    }
    persons->aggregate = sp_aggregate_new(&persons->spec.spec, input->quality, error);
    return persons->aggregate != NULL ? g_steal_pointer(&persons) : NULL;
}

void sp_persons_free(SpPersons *persons)
{
    if (persons == NULL) {
        return;
    }
    sp_aggregate_free(persons->aggregate);
    sp_persons_spec_clear(&persons->spec);
    for (guint i = 0; i < persons->columns->len; i++) {
        Column *column = &g_array_index(persons->columns, Column, i);
        sp_persons_codes_free(column->codes);
        g_free(column->subject);
    }
    g_array_unref(persons->columns);
    g_ptr_array_unref(persons->names);
    g_ptr_array_unref(persons->period_texts);
    sp_codes_unref(persons->year_texts);
    sp_persons_regions_free(persons->regions);
    g_free(persons->year_periods);
    g_free(persons->out);
    g_free(persons->key_subject);
    g_free(persons->year_subject);
    g_free(persons);
}

SpSink *sp_persons_sink(SpPersons *persons)
{
    return &persons->sink;
}

void sp_persons_next_file(SpPersons *persons, const char *origin)
{
    persons->input.origin = origin;
}

guint64 sp_persons_n_rows(const SpPersons *persons)
{
    return persons->n_rows;
}

guint64 sp_persons_n_left_out(const SpPersons *persons)
{
    return persons->n_left_out;
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
    g_autoptr(SpTable) counted = sp_aggregate_table(persons->aggregate, error);
    return counted == NULL
               ? NULL
               : sp_persons_restate(counted, &persons->input,
                                    sp_persons_regions_broken(persons->regions), weights, error);
}
