/* The sink of person rows. */
#include "transforms/normalise/persons.h"

#include "core/error.h"
#include "core/number.h"
#include "transforms/normalise/persons_codes.h"
#include "transforms/normalise/persons_cells.h"
#include "transforms/normalise/persons_spec.h"
#include "transforms/normalise/persons_table.h"
#include "transforms/normalise/recode.h"
#include "transforms/normalise/routes.h"

#include <string.h>

enum { MIN_KEY = 8, MAX_KEY = 64, YEAR_SIZE = 4, MAX_UNKNOWN_COLUMNS = 10 };

/* What `bad_year` stands as in the list of years. */
#define BAD_YEAR G_MAXUINT32

/* A measure that is of rows with some codes of a column alone. */
typedef struct {
    guint32 bit;
    char *const *codes;
} Condition;

/* A column that is read. */
typedef struct {
    const SpLayoutColumn *is;
    gsize field;
    SpPersonsCodes *codes; /* NULL: a quantity */
    gsize out;          /* slot among the row's codes, or number among its quantities; NONE if only
                              checked */
    guint32 given;      /* a quantity: bits of the measures that need it told */
    GArray *conditions; /* Condition; NULL: none */
    GArray *masks;      /* guint32, by number of the code: bits that it lets stand */
    gboolean is_filtered;
    char *subject; /* of findings */
} Column;

struct SpPersons {
    SpSink sink; /* first: a pointer to it is one to this */
    SpPersonsInput input;
    SpPersonsRegions *regions;
    SpPersonsSpec spec;
    SpPersonsRows *rows;
    GArray *columns;    /* Column: those with a filter first, then codes, then quantities */
    guint region;       /* among them */
    guint32 *codes;     /* [slots] of the present row */
    gint64 *quantities; /* [quantities] of the present row */
    guint32 *no_codes;  /* [slots] of a row that only tells who is there */
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
    guint32 all_measures; /* a bit for each */
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
    return (persons->year == NULL ||
            find_field(persons, persons->year->source, names, n, &persons->year_field, error)) &&
           find_field(persons, persons->input.layout->persons->key, names, n, &persons->key_field,
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

/* *rule is NULL when the field is a quantity within its limits, or an empty one that may be: then
 * *is_told is FALSE and the value 0. */
static gint64 read_quantity(const SpPersons *persons, const Column *column, const SpField *field,
                            gboolean *is_told, const char **rule)
{
    gint64 value = 0;
    const SpLayout *layout = persons->input.layout;
    *is_told = field->size > 0 || !column->is->is_optional;
    *rule = NULL;
    if (!*is_told || (field->size == 0 && layout->empty == SP_ZERO && column->is->least <= 0 &&
                      column->is->most >= 0)) {
        return 0;
    }
    if (field->size == 0 && layout->empty == SP_ZERO) {
        *rule = "quantity_outside";
    } else if (!sp_number_parse_fixed(field->text, field->size, layout->number.decimal,
                                      column->is->decimals, &value)) {
        *rule = "not_a_number";
    } else if (value < column->is->least || value > column->is->most) {
        *rule = "quantity_outside";
    }
    return value;
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

/* The bits that a code lets stand, worked out once for each. */
static guint32 mask_of(Column *column, guint32 code)
{
    const SpCodes *dictionary = sp_persons_codes_dictionary(column->codes);
    while (column->masks->len <= code) {
        guint32 mask = G_MAXUINT32;
        const char *text = sp_codes_text(dictionary, column->masks->len);
        for (guint i = 0; i < column->conditions->len; i++) {
            const Condition *condition = &g_array_index(column->conditions, Condition, i);
            if (!g_strv_contains((const char *const *)condition->codes, text)) {
                mask &= ~condition->bit;
            }
        }
        g_array_append_val(column->masks, mask);
    }
    return g_array_index(column->masks, guint32, code);
}

/* Reads a column of the row; what it says of measures is taken from *mask. */
static gboolean check_column(SpPersons *persons, Column *column, const SpField fields[],
                             SpPersonsRow *row, const char **rule, GError **error)
{
    guint32 code = 0;
    if (column->codes == NULL) {
        gboolean is_told = TRUE;
        persons->quantities[column->out] =
            read_quantity(persons, column, &fields[column->field], &is_told, rule);
        row->mask &= is_told ? G_MAXUINT32 : ~column->given;
        return TRUE;
    }
    if (!sp_persons_codes_find(column->codes, &fields[column->field], row->period,
                               &persons->periods[row->period], &code, rule, error)) {
        return FALSE;
    }
    if (*rule == NULL && column->out != SP_PERSONS_NONE) {
        persons->codes[column->out] = code;
    }
    if (*rule == NULL && column->conditions != NULL) {
        row->mask &= mask_of(column, code);
    }
    return TRUE;
}

/* A row that does not count, `broken` being the column that kept it out, still tells who is there. */
static gboolean add_presence(SpPersons *persons, const Column *broken, const SpField fields[],
                             SpPersonsRow *row, GError **error)
{
    const SpField *key = &fields[persons->key_field];
    const char *rule = NULL;
    guint32 region = 0;
    Column *at = &g_array_index(persons->columns, Column, persons->region);
    if (!persons->spec.measures.has_next || check_key(key) != NULL) {
        return TRUE;
    }
    if (!sp_persons_codes_find(at->codes, &fields[at->field], row->period,
                               &persons->periods[row->period], &region, &rule, error)) {
        return FALSE;
    }
    row->purpose =
        rule != NULL || broken->is_filtered ? SP_PERSONS_IN_SECTOR : SP_PERSONS_IN_SERVICE;
    persons->no_codes[persons->spec.region] = rule == NULL ? region : SP_PERSONS_NO_CODE;
    row->codes = persons->no_codes;
    row->mask = 0;
    row->person = sp_persons_keys_add(persons->input.keys, key->text, key->size);
    sp_persons_rows_add(persons->rows, row);
    return TRUE;
}

static gboolean row(SpSink *sink, guint64 number, const SpField fields[], gsize n, GError **error)
{
    SpPersons *persons = (SpPersons *)sink;
    const char *rule = NULL;
    SpPersonsRow row = {.purpose = SP_PERSONS_COUNTED,
                        .mask = persons->all_measures,
                        .codes = persons->codes,
                        .quantities = persons->quantities};
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
    for (guint i = 0; i < persons->columns->len; i++) {
        Column *column = &g_array_index(persons->columns, Column, i);
        if (!check_column(persons, column, fields, &row, &rule, error)) {
            return FALSE;
        }
        if (rule != NULL) {
            leave_out(persons, rule, column->subject, number);
            return add_presence(persons, column, fields, &row, error);
        }
    }
    const SpField *key = &fields[persons->key_field];
    rule = check_key(key);
    if (rule != NULL) {
        leave_out(persons, rule, persons->key_subject, number);
        return TRUE;
    }
    row.person = sp_persons_keys_add(persons->input.keys, key->text, key->size);
    sp_persons_rows_add(persons->rows, &row);
    persons->n_rows++;
    return TRUE;
}

static char *subject_of(const char *source)
{
    return g_strdup_printf("column %s", source);
}

static gboolean is_filtered(const SpLayout *layout, const SpLayoutColumn *column)
{
    for (guint i = 0; i < layout->persons->filters->len; i++) {
        const SpLayoutFilter *filter = layout->persons->filters->pdata[i];
        if (strcmp(filter->column, column->name) == 0) {
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

/* The measures that are of rows with some codes of this column alone. */
static gboolean add_conditions(const SpPersons *persons, Column *column, GError **error)
{
    const SpPersonsMeasures *measures = &persons->spec.measures;
    for (gsize i = 0; i < measures->n; i++) {
        const SpLayoutCount *count = measures->all[i].is;
        if (g_strcmp0(count->when, column->is->name) != 0) {
            continue;
        }
        for (char **code = count->codes; *code != NULL; code++) {
            if (!sp_persons_codes_can_be(column->codes, *code)) {
                return sp_error_set(error, SP_ERROR_CONFIG,
                                    "layout %s: [measure %s] when: no row can have the code \"%s\" "
                                    "in %s; correct it, or its code list",
                                    persons->input.layout->name, count->name, *code, count->when);
            }
        }
        if (column->conditions == NULL) {
            column->conditions = g_array_new(FALSE, FALSE, sizeof(Condition));
            column->masks = g_array_new(FALSE, FALSE, sizeof(guint32));
        }
        const Condition condition = {.bit = (guint32)1 << i, .codes = count->codes};
        g_array_append_val(column->conditions, condition);
    }
    return TRUE;
}

/* Bits of the measures that a row is of only if it tells this quantity. */
static guint32 given_bits(const SpPersons *persons, const SpLayoutColumn *column)
{
    const SpPersonsMeasures *measures = &persons->spec.measures;
    guint32 bits = 0;
    for (gsize i = 0; i < measures->n; i++) {
        const SpLayoutCount *count = measures->all[i].is;
        gboolean is_given = count->given != NULL &&
                            g_strv_contains((const char *const *)count->given, column->name);
        if (is_given || g_strcmp0(count->column, column->name) == 0) {
            bits |= (guint32)1 << i;
        }
    }
    return bits;
}

static gboolean add_column(SpPersons *persons, const SpLayoutColumn *is, GError **error)
{
    const SpLayout *layout = persons->input.layout;
    gboolean is_quantity = is->role == SP_ROLE_QUANTITY;
    Column column = {.is = is,
                     .out = is_quantity ? sp_persons_spec_quantity(layout, is->name)
                                        : sp_persons_spec_slot(layout, is),
                     .given = is_quantity ? given_bits(persons, is) : 0,
                     .is_filtered = is_filtered(layout, is),
                     .subject = subject_of(is->source)};
    if (!is_quantity) {
        column.codes = sp_persons_codes_new(is, &persons->input, persons->regions, error);
    }
    gboolean ok = is_quantity || (column.codes != NULL && add_conditions(persons, &column, error));
    if (is->role == SP_ROLE_REGION) {
        persons->region = persons->columns->len;
    }
    g_array_append_val(persons->columns, column);
    return ok;
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

static gsize count_quantities(const SpLayout *layout)
{
    gsize n = 0;
    for (guint i = 0; i < layout->columns->len; i++) {
        n += ((const SpLayoutColumn *)layout->columns->pdata[i])->role == SP_ROLE_QUANTITY;
    }
    return n;
}

SpPersons *sp_persons_new(const SpPersonsInput *input, GError **error)
{
    g_autoptr(SpPersons) persons = g_new0(SpPersons, 1);
    persons->sink = (SpSink){.begin = begin, .row = row};
    persons->input = *input;
    persons->columns = g_array_new(FALSE, FALSE, sizeof(Column));
    persons->period_texts = g_ptr_array_new_with_free_func(g_free);
    persons->year_texts = sp_codes_new();
    persons->year_periods = g_new0(guint32, SP_PERSONS_MAX_PERIODS);
    persons->key_subject = subject_of(input->layout->persons->key);
    persons->regions = sp_persons_regions_new(&persons->input);
    if (!sp_persons_spec_init(&persons->spec, input, sp_persons_regions_fylker(persons->regions),
                              error) ||
        !add_columns(persons, error)) {
        return NULL;
    }
    add_years(persons);
    gsize n_slots = persons->spec.n_slots;
    persons->rows = sp_persons_rows_new(&persons->spec.measures, n_slots);
    persons->codes = g_new0(guint32, n_slots + 1);
    persons->no_codes = g_new(guint32, n_slots + 1);
    memset(persons->no_codes, 0xff, (n_slots + 1) * sizeof *persons->no_codes);
    persons->quantities = g_new0(gint64, count_quantities(input->layout) + 1);
    persons->all_measures = (guint32)(((guint64)1 << persons->spec.measures.n) - 1);
    return g_steal_pointer(&persons);
}

void sp_persons_free(SpPersons *persons)
{
    if (persons == NULL) {
        return;
    }
    sp_persons_rows_free(persons->rows);
    sp_persons_spec_clear(&persons->spec);
    for (guint i = 0; i < persons->columns->len; i++) {
        Column *column = &g_array_index(persons->columns, Column, i);
        sp_persons_codes_free(column->codes);
        g_clear_pointer(&column->conditions, g_array_unref);
        g_clear_pointer(&column->masks, g_array_unref);
        g_free(column->subject);
    }
    g_array_unref(persons->columns);
    g_ptr_array_unref(persons->period_texts);
    sp_codes_unref(persons->year_texts);
    sp_persons_regions_free(persons->regions);
    g_free(persons->year_periods);
    g_free(persons->codes);
    g_free(persons->no_codes);
    g_free(persons->quantities);
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

/* The cells; what was kept of rows is then let go, since a national table needs the room. */
static gboolean make_cells(SpPersons *persons, SpTable **whole, SpTable **divided, GError **error)
{
    g_autofree const SpCodes **codes = g_new0(const SpCodes *, persons->spec.n_slots + 1);
    for (guint i = 0; i < persons->columns->len; i++) {
        const Column *column = &g_array_index(persons->columns, Column, i);
        if (column->codes != NULL && column->out != SP_PERSONS_NONE) {
            codes[column->out] = sp_persons_codes_dictionary(column->codes);
        }
    }
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
