/* A sentence before it is worded. */
#include "transforms/headline/fact.h"

#include "core/period.h"
#include "transforms/headline/rows.h"

static void free_field(gpointer data)
{
    SpFactField *field = data;
    g_free(field->name);
    g_free(field->column);
    g_free(field->code);
    g_free(field->unit);
    g_free(field);
}

SpFact *sp_fact_new(const SpTable *table, gsize row)
{
    SpFact *fact = g_new0(SpFact, 1);
    fact->variants = g_string_new(NULL);
    fact->fields = g_ptr_array_new_with_free_func(free_field);
    fact->table = g_strdup(table != NULL ? sp_table_name(table) : "");
    fact->row = row != SP_NO_COLUMN ? sp_rows_name(table, row) : g_strdup("");
    fact->certainty = 1.0;
    return fact;
}

void sp_fact_free(SpFact *fact)
{
    if (fact == NULL) {
        return;
    }
    g_string_free(fact->variants, TRUE);
    g_ptr_array_unref(fact->fields);
    g_free(fact->table);
    g_free(fact->row);
    g_free(fact);
}

void sp_fact_say(SpFact *fact, const char *variant)
{
    g_string_append_printf(fact->variants, "%s%s", fact->variants->len > 0 ? " " : "", variant);
}

static void add(SpFact *fact, SpFactField field)
{
    g_ptr_array_add(fact->fields, g_memdup2(&field, sizeof field));
}

void sp_fact_code(SpFact *fact, const char *name, const char *column, const char *code)
{
    add(fact, (SpFactField){.name = g_strdup(name),
                            .column = g_strdup(column),
                            .code = g_strdup(code),
                            .unit = g_strdup(""),
                            .value = sp_real_none(SP_NOT_APPLICABLE)});
}

void sp_fact_number(SpFact *fact, const char *name, SpReal value, const char *unit)
{
    add(fact, (SpFactField){.name = g_strdup(name),
                            .column = g_strdup(""),
                            .code = g_strdup(""),
                            .unit = g_strdup(unit),
                            .value = value});
}

void sp_fact_year(SpFact *fact, const char *name, const char *period)
{
    SpPeriod parsed;
    const gboolean is_period = sp_period_parse(period, &parsed);
    g_autofree char *year =
        is_period ? g_strdup_printf("%d", sp_day_year(parsed.last)) : g_strdup(period);
    sp_fact_code(fact, name, "period", year);
}
