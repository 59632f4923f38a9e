/** What the attack finds, as text, so that a test shows all of it. */
#ifndef SP_TESTS_TRANSFORMS_AUDIT_ATTACKED_H
#define SP_TESTS_TRANSFORMS_AUDIT_ATTACKED_H

#include "tests/core/rows.h"

#include "transforms/audit/attack.h"

/** A table of codes; without rows if the text is "". */
static inline SpTable *codes_of(const char *name, const char *columns, const char *text)
{
    g_auto(GStrv) rows = g_strsplit(text, "\n", -1);
    const gsize n = text[0] == '\0' ? 0 : g_strv_length(rows);
    return table_of(name, columns, n, (const char *const *)rows);
}

/** The same table with a unit for a measure: persons may be counted in several parts. */
static inline SpTable *with_unit(SpTable *table, const char *measure, const char *unit)
{
    SpTable *made = sp_table_new(sp_table_name(table), NULL, 0);
    for (gsize i = 0; i < sp_table_n_columns(table); i++) {
        SpColumn column = *sp_table_column(table, i);
        column.unit = strcmp(column.name, measure) == 0 ? unit : column.unit;
        sp_table_add_column(made, &column);
    }
    sp_table_add_rows(made, sp_table_n_rows(table));
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        for (gsize i = 0; i < sp_table_n_columns(table); i++) {
            if (sp_table_column(table, i)->kind == SP_COLUMN_CODE) {
                sp_table_set_code(made, row, i, sp_table_code(table, row, i));
            } else {
                sp_table_set_real(made, row, i, sp_table_real(table, row, i));
            }
        }
    }
    sp_table_free(table);
    return made;
}

typedef struct {
    const char *sammenheng; /* "tabell kolonne hel del personer", a row a line; NULL: not known */
    const char *avledet;    /* "tabell maal teller nevner" */
    const char *samme;      /* "tabell med" */
    const char *samlet;     /* "tabell maal" */
    const SpTables *before; /* NULL: no earlier edition; borrowed */
} Knowledge;

/** Attacks with the least width 4. The tables are the caller's no more. */
static inline SpAttack *attack_on(SpTables *tables, const Knowledge *known, guint64 most_work)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(SpTables) owned = tables;
    g_autoptr(SpTable) sammenheng =
        known->sammenheng == NULL
            ? NULL
            : codes_of("sammenheng", "tabell:key kolonne:key hel:key del:key personer:attribute",
                       known->sammenheng);
    g_autoptr(SpTable) avledet =
        codes_of("avledet", "tabell:key maal:key teller:attribute nevner:attribute",
                 known->avledet != NULL ? known->avledet : "");
    g_autoptr(SpTable) samme =
        codes_of("samme", "tabell:key med:key", known->samme != NULL ? known->samme : "");
    g_autoptr(SpTable) samlet =
        codes_of("samlet", "tabell:key maal:key", known->samlet != NULL ? known->samlet : "");
    const SpAttackKnowledge knowledge = {.sammenheng = sammenheng,
                                         .avledet = avledet,
                                         .samlet = samlet,
                                         .before = known->before,
                                         .samme = samme};
    const SpAttackOptions options = {
        .least_width = 4.0, .n_named = G_MAXUINT, .most_work = most_work, .n_near = G_MAXUINT};
    SpAttack *attack = sp_attack_new(owned, &knowledge, &options, &error);
    assert_no_error(error);
    assert_non_null(attack);
    return attack;
}

static inline SpTables *tables_of(SpTable *one, SpTable *other)
{
    SpTables *tables = sp_tables_new();
    sp_tables_add(tables, one);
    if (other != NULL) {
        sp_tables_add(tables, other);
    }
    return tables;
}

static inline gint compare_lines(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/** "derived CELL", "narrow LOWER-UPPER CELL", "not_attacked CELL": a line each, in byte order. */
static inline char *found_by(SpAttack *attack)
{
    g_autoptr(SpAttack) owned = attack;
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < owned->findings->len; i++) {
        const SpAttackFinding *finding = owned->findings->pdata[i];
        g_autofree char *width = finding->kind == SP_ATTACK_NARROW
                                     ? g_strdup_printf("%g-%g ", finding->lower, finding->upper)
                                     : g_strdup("");
        g_ptr_array_add(lines, g_strdup_printf("%s %s%s", sp_attack_kind_name(finding->kind), width,
                                               finding->cell));
    }
    g_ptr_array_sort(lines, compare_lines);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

enum { ENOUGH_WORK = 1000000 };

/** Fails unless the attack finds just these lines. */
static inline void check_found(SpTables *tables, Knowledge known, const char *wanted)
{
    g_autofree char *found = found_by(attack_on(tables, &known, ENOUGH_WORK));
    assert_string_equal(found, wanted);
}

#endif
