/* Tables of figures. */
#include "outputs/sqlite/data.h"

#include "core/error.h"
#include "core/io/tablefiles.h"
#include "core/number.h"
#include "outputs/sqlite/codes.h"

#include <string.h>

enum { N_FLAGS = 256, N_STATUSES = SP_SUPPRESSED + 1, NOTHING = -1 };

typedef struct {
    int place;            /* of its first value in the statement, from 1 */
    const SpReal *reals;  /* of a measure */
    int status, flags;    /* as bound last */
    const SpCodes *codes; /* else */
    const guint32 *numbers;
    gint64 number; /* as bound last */
} Output;

/* Flags as text, by their bits. */
typedef struct {
    char text[N_FLAGS][SP_FLAGS_TEXT_SIZE];
} Letters;

static void append_key(GString *sql, const SpTable *table)
{
    gsize n = 0;
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const SpColumn *column = sp_table_column(table, i);
        if (column->kind == SP_COLUMN_CODE && column->is_key) {
            g_string_append_printf(sql, "%s\"%s\"", n++ > 0 ? ", " : ", PRIMARY KEY (",
                                   column->name);
        }
    }
    g_string_append(sql, n > 0 ? ")) STRICT, WITHOUT ROWID" : ") STRICT");
}

static gboolean make_table(SpBase *base, const SpTable *table, GError **error)
{
    g_autoptr(GString) sql = g_string_new(NULL);
    g_string_append_printf(sql, "CREATE TABLE \"%s\" (", sp_table_name(table));
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        const char *name = sp_table_column(table, i)->name;
        g_autofree char *codes = sp_base_code_table(table, i);
        g_string_append(sql, i > 0 ? ", " : "");
        if (sp_table_column(table, i)->kind == SP_COLUMN_MEASURE) {
            g_string_append_printf(sql,
                                   "\"%s\" REAL, \"%s" SP_TABLES_STATUS_SUFFIX
                                   "\" TEXT NOT NULL, \"%s" SP_TABLES_FLAGS_SUFFIX
                                   "\" TEXT NOT NULL",
                                   name, name, name);
        } else if (codes != NULL) {
            g_string_append_printf(sql, "\"%s\" TEXT NOT NULL REFERENCES \"%s\" (kode)", name,
                                   codes);
        } else {
            g_string_append_printf(sql, "\"%s\" TEXT NOT NULL", name);
        }
    }
    append_key(sql, table);
    return sp_database_run(base->database, sql->str, error);
}

static Output *outputs_new(const SpTable *table, int *n_places)
{
    const gsize n = sp_table_n_columns(table);
    Output *outputs = g_new0(Output, n + 1);
    int place = 1;
    for (gsize i = 0; i < n; i++) {
        const gboolean is_measure = sp_table_column(table, i)->kind == SP_COLUMN_MEASURE;
        outputs[i] =
            (Output){.place = place, .status = NOTHING, .flags = NOTHING, .number = NOTHING};
        if (is_measure) {
            outputs[i].reals = sp_table_reals_const(table, i);
        } else {
            outputs[i].codes = sp_table_codes(table, i);
            outputs[i].numbers = sp_table_code_numbers_const(table, i);
        }
        place += is_measure ? 3 : 1;
    }
    *n_places = place - 1;
    return outputs;
}

/* What stays as it was in the row before is bound already. */
static void bind_real(SpStatement *insert, Output *output, SpReal real, const Letters *letters)
{
    if (real.status == SP_PRESENT) {
        sp_statement_bind_double(insert, output->place, sp_number_round(real.value));
    } else if (sp_real_is_number(real)) {
        sp_statement_bind_double(insert, output->place, 0.0);
    } else if (real.status != output->status) {
        sp_statement_bind_text(insert, output->place, NULL);
    }
    if (real.status != output->status) {
        const char *sign = sp_status_sign((SpStatus)real.status);
        sp_statement_bind_borrowed(insert, output->place + 1, sign, strlen(sign));
        output->status = real.status;
    }
    if (real.flags != output->flags) {
        const char *text = letters->text[real.flags];
        sp_statement_bind_borrowed(insert, output->place + 2, text, strlen(text));
        output->flags = real.flags;
    }
}

static void bind_code(SpStatement *insert, Output *output, guint32 number)
{
    if (output->number != (gint64)number) {
        const char *text = sp_codes_text(output->codes, number);
        sp_statement_bind_borrowed(insert, output->place, text, strlen(text));
        output->number = (gint64)number;
    }
}

static gboolean put_rows(const SpTable *table, SpStatement *insert, Output outputs[],
                         const Letters *letters, GError **error)
{
    const gsize n = sp_table_n_columns(table);
    gboolean ok = TRUE;
    for (gsize row = 0; row < sp_table_n_rows(table) && ok; row++) {
        for (gsize i = 0; i < n; i++) {
            Output *output = &outputs[i];
            if (output->reals != NULL) {
                bind_real(insert, output, output->reals[row], letters);
            } else {
                bind_code(insert, output, output->numbers[row]);
            }
        }
        ok = sp_statement_run(insert, error);
    }
    return ok;
}

static gboolean put_index(SpBase *base, const SpTable *table, GError **error)
{
    const gsize region = sp_table_find(table, "region");
    if (region == SP_NO_COLUMN || region == 0) {
        return TRUE;
    }
    g_autofree char *sql = g_strdup_printf("CREATE INDEX \"%s_region\" ON \"%s\" (region)",
                                           sp_table_name(table), sp_table_name(table));
    return sp_database_run(base->database, sql, error);
}

gboolean sp_base_put_data(SpBase *base, const SpTable *table, GError **error)
{
    int n_places = 0;
    g_autofree Output *outputs = outputs_new(table, &n_places);
    g_autofree Letters *letters = g_new0(Letters, 1);
    for (guint i = 0; i < N_FLAGS; i++) {
        sp_flags_format(i, letters->text[i]);
    }
    if (!make_table(base, table, error)) {
        return FALSE;
    }
    g_autoptr(SpStatement) insert =
        sp_base_insert(base, sp_table_name(table), (gsize)n_places, error);
    return insert != NULL && put_rows(table, insert, outputs, letters, error) &&
           put_index(base, table, error);
}
