/* Columns of person rows. */
#include "transforms/normalise/persons_columns.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

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

struct SpPersonsColumns {
    const SpPersonsInput *input;
    const SpPersonsSpec *spec;
    SpPersonsRegions *regions;
    GArray *all;        /* Column */
    guint region;       /* among them */
    guint32 *codes;     /* [slots] of the present row */
    gint64 *quantities; /* [quantities] of the present row */
    guint32 *no_codes;  /* [slots] of a row that only tells who is there */
    const char *rule;   /* that the present column breaks, NULL if none */
};

gboolean sp_persons_find_field(const SpPersonsInput *input, const char *source,
                               const SpPersonsHeader *header, gsize *field, GError **error)
{
    for (gsize i = 0; i < header->n; i++) {
        if (strcmp(header->names[i], source) == 0) {
            *field = i;
            return TRUE;
        }
    }
    return sp_error_set(error, SP_ERROR_DATA,
                        "%s: column \"%s\" is not among the %" G_GSIZE_FORMAT
                        " of the header; check that the file has its header and separator, then "
                        "amend layout %s",
                        input->origin, source, header->n, input->layout->name);
}

gboolean sp_persons_columns_begin(SpPersonsColumns *columns, const SpPersonsHeader *header,
                                  GError **error)
{
    for (guint i = 0; i < columns->all->len; i++) {
        Column *column = &g_array_index(columns->all, Column, i);
        if (!sp_persons_find_field(columns->input, column->is->source, header, &column->field,
                                   error)) {
            return FALSE;
        }
    }
    return TRUE;
}

/* The rule is NULL when the field is a quantity within its limits, or an empty one that may be:
 * then *is_told is FALSE and the value 0. */
static gint64 read_quantity(SpPersonsColumns *columns, const Column *column, const SpField *field,
                            gboolean *is_told)
{
    gint64 value = 0;
    const SpLayout *layout = columns->input->layout;
    *is_told = field->size > 0 || !column->is->is_optional;
    columns->rule = NULL;
    if (!*is_told || (field->size == 0 && layout->empty == SP_ZERO && column->is->least <= 0 &&
                      column->is->most >= 0)) {
        return 0;
    }
    if (field->size == 0 && layout->empty == SP_ZERO) {
        columns->rule = "quantity_outside";
    } else if (!sp_number_parse_fixed(field->text, field->size, layout->number.decimal,
                                      column->is->decimals, &value)) {
        columns->rule = "not_a_number";
    } else if (value < column->is->least || value > column->is->most) {
        columns->rule = "quantity_outside";
    }
    return value;
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

/* Reads a column of the row; what it says of measures is taken from the mask. */
static gboolean read_column(SpPersonsColumns *columns, Column *column, const SpField fields[],
                            const SpPersonsPeriod *period, SpPersonsRow *row, GError **error)
{
    SpPersonsFound found;
    if (column->codes == NULL) {
        gboolean is_told = TRUE;
        columns->quantities[column->out] =
            read_quantity(columns, column, &fields[column->field], &is_told);
        row->mask &= is_told ? G_MAXUINT32 : ~column->given;
        return TRUE;
    }
    if (!sp_persons_codes_find(column->codes, &fields[column->field], row->period, period, &found,
                               error)) {
        return FALSE;
    }
    columns->rule = found.rule;
    if (columns->rule == NULL && column->out != SP_PERSONS_NONE) {
        columns->codes[column->out] = found.code;
    }
    if (columns->rule == NULL && column->conditions != NULL) {
        row->mask &= mask_of(column, found.code);
    }
    return TRUE;
}

gboolean sp_persons_columns_read(SpPersonsColumns *columns, const SpField fields[],
                                 const SpPersonsPeriod *period, SpPersonsRow *row,
                                 SpPersonsBroken *broken, GError **error)
{
    *broken = (SpPersonsBroken){0};
    row->mask = (guint32)(((guint64)1 << columns->spec->measures.n) - 1);
    row->codes = columns->codes;
    row->quantities = columns->quantities;
    for (guint i = 0; i < columns->all->len; i++) {
        Column *column = &g_array_index(columns->all, Column, i);
        columns->rule = NULL;
        if (!read_column(columns, column, fields, period, row, error)) {
            return FALSE;
        }
        if (columns->rule != NULL) {
            *broken = (SpPersonsBroken){.rule = columns->rule,
                                        .subject = column->subject,
                                        .is_filter = column->is_filtered};
            return TRUE;
        }
    }
    return TRUE;
}

gboolean sp_persons_columns_read_region(SpPersonsColumns *columns, const SpField fields[],
                                        const SpPersonsPeriod *period, SpPersonsRow *row,
                                        GError **error)
{
    Column *column = &g_array_index(columns->all, Column, columns->region);
    SpPersonsFound found;
    if (!sp_persons_codes_find(column->codes, &fields[column->field], row->period, period, &found,
                               error)) {
        return FALSE;
    }
    columns->no_codes[columns->spec->region] = found.rule == NULL ? found.code : SP_PERSONS_NO_CODE;
    row->codes = columns->no_codes;
    row->mask = 0;
    return TRUE;
}

guint32 sp_persons_columns_region_text(const SpPersonsColumns *columns)
{
    return sp_persons_codes_last(g_array_index(columns->all, Column, columns->region).codes);
}

const SpCodes **sp_persons_columns_codes(const SpPersonsColumns *columns)
{
    const SpCodes **codes = g_new0(const SpCodes *, columns->spec->n_slots + 1);
    for (guint i = 0; i < columns->all->len; i++) {
        const Column *column = &g_array_index(columns->all, Column, i);
        if (column->codes != NULL && column->out != SP_PERSONS_NONE) {
            codes[column->out] = sp_persons_codes_dictionary(column->codes);
        }
    }
    return codes;
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

/* The measures that are of rows with some codes of this column alone. */
static gboolean add_conditions(const SpPersonsColumns *columns, Column *column, GError **error)
{
    const SpPersonsMeasures *measures = &columns->spec->measures;
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
                                    columns->input->layout->name, count->name, *code, count->when);
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
static guint32 given_bits(const SpPersonsColumns *columns, const SpLayoutColumn *column)
{
    const SpPersonsMeasures *measures = &columns->spec->measures;
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

static gboolean add_column(SpPersonsColumns *columns, const SpLayoutColumn *is, GError **error)
{
    const SpLayout *layout = columns->input->layout;
    gboolean is_quantity = is->role == SP_ROLE_QUANTITY;
    Column column = {.is = is,
                     .out = is_quantity ? sp_persons_spec_quantity(layout, is->name)
                                        : sp_persons_spec_slot(layout, is),
                     .given = is_quantity ? given_bits(columns, is) : 0,
                     .is_filtered = is_filtered(layout, is),
                     .subject = g_strdup_printf("column %s", is->source)};
    if (!is_quantity) {
        column.codes = sp_persons_codes_new(is, columns->input, columns->regions, error);
    }
    gboolean ok = is_quantity || (column.codes != NULL && add_conditions(columns, &column, error));
    if (is->role == SP_ROLE_REGION) {
        columns->region = columns->all->len;
    }
    g_array_append_val(columns->all, column);
    return ok;
}

static gboolean add_columns(SpPersonsColumns *columns, GError **error)
{
    const SpLayout *layout = columns->input->layout;
    for (guint turn = 0; turn <= 2; turn++) {
        for (guint i = 0; i < layout->columns->len; i++) {
            const SpLayoutColumn *is = layout->columns->pdata[i];
            if (is->role != SP_ROLE_IGNORE && is->role != SP_ROLE_YEAR &&
                turn_of(layout, is) == turn && !add_column(columns, is, error)) {
                return FALSE;
            }
        }
    }
    return TRUE;
}

static gsize count_quantities(const SpLayout *layout)
{
    gsize n = 0;
    for (guint i = 0; i < layout->columns->len; i++) {
        n += ((const SpLayoutColumn *)layout->columns->pdata[i])->role == SP_ROLE_QUANTITY;
    }
    return n;
}

SpPersonsColumns *sp_persons_columns_new(const SpPersonsInput *input, const SpPersonsSpec *spec,
                                         SpPersonsRegions *regions, GError **error)
{
    g_autoptr(SpPersonsColumns) columns = g_new0(SpPersonsColumns, 1);
    columns->input = input;
    columns->spec = spec;
    columns->regions = regions;
    columns->all = g_array_new(FALSE, FALSE, sizeof(Column));
    columns->codes = g_new0(guint32, spec->n_slots + 1);
    columns->no_codes = g_new(guint32, spec->n_slots + 1);
    memset(columns->no_codes, 0xff, (spec->n_slots + 1) * sizeof *columns->no_codes);
    columns->quantities = g_new0(gint64, count_quantities(input->layout) + 1);
    return add_columns(columns, error) ? g_steal_pointer(&columns) : NULL;
}

void sp_persons_columns_free(SpPersonsColumns *columns)
{
    if (columns == NULL) {
        return;
    }
    for (guint i = 0; i < columns->all->len; i++) {
        Column *column = &g_array_index(columns->all, Column, i);
        sp_persons_codes_free(column->codes);
        g_clear_pointer(&column->conditions, g_array_unref);
        g_clear_pointer(&column->masks, g_array_unref);
        g_free(column->subject);
    }
    g_array_unref(columns->all);
    g_free(columns->codes);
    g_free(columns->no_codes);
    g_free(columns->quantities);
    g_free(columns);
}
