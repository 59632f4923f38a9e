/** The rows of config/kontroller.csv: which control looks at which figures. */
#ifndef SP_TRANSFORMS_NORMALISE_CONTROLS_RULES_H
#define SP_TRANSFORMS_NORMALISE_CONTROLS_RULES_H

#include "core/table.h"
#include "transforms/normalise/controls/judge.h"

/**
 * One row. Columns of the file:
 *
 *   dataset, table, measure   whose figures
 *   control      hb | thousand | quartile | rank | difference | sums | regression
 *   against      previous (the period before the newest) or another measure of the table
 *   where        rows that count, "kjonn=0 alder=000-105"; empty: all
 *   by           key columns kept apart, parted by +; the others are summed, which only an additive
 *                measure allows
 *   stratum      column of the table `region` (kostragruppe, sentralitet, fylke) that kommuner are
 *                compared within; empty: the country
 *   parameters   "pU=0.5 pA=0.05 pC=20" (hb), "lower=-2.5 upper=2.5" (thousand), "pKL=1.5 pKU=1.5"
 *                (quartile), "n=5" (rank, difference), "model=ratio limit_model=4.5
 *                limit_outlier=2.5" (regression); what is not given has the package's default
 *   limits       "0.02 -": share of the compared kommuner outside that warns and stops; of sums the
 *                relative change of a stratum's sum. Empty for rank and difference, which only list
 */
typedef struct {
    const char *table; /* all texts are borrowed from the file's table */
    const char *measure;
    const char *control;
    const char *against; /* NULL: the period before */
    const char *stratum; /* NULL: none */
    char **where;        /* "column=code", NULL-terminated */
    char **by;           /* columns, NULL-terminated */
    GHashTable *parameters;
    SpLimits limits;
    gboolean has_limits;
    gsize row; /* of the file, from 2, for messages */
} SpControlRule;

void sp_control_rule_free(SpControlRule *rule);

/** The rules of a dataset (SpControlRule*), in the order of the file. SP_ERROR_CONFIG names the row
 * and what is wrong. g_ptr_array_unref. */
GPtrArray *sp_control_rules_of(const SpTable *file, const char *dataset, GError **error);

/** A number among the parameters, or the default. */
double sp_control_parameter(const SpControlRule *rule, const char *name, double fallback);

/** The kommuner of a rule: x1 is the newest period's figure, x2 what it is held against. */
typedef struct {
    gsize n;
    char **cells;   /* [n] "yrke=01", the codes of `by`; "" */
    char **strata;  /* [n] "" without */
    char **regions; /* [n] */
    SpReal *x1;
    SpReal *x2;
    char *period; /* of x1 */
} SpControlUnits;

/**
 * Sorted by cell, stratum and region; a kommune without a figure of one of the two is there with
 * SP_MISSING. NULL without an error when the table has nothing to hold against (one period only).
 * SP_ERROR_CONFIG when the rule asks for a column or a sum that the table does not have.
 */
SpControlUnits *sp_control_units_new(const SpControlRule *rule, const SpTable *facts,
                                     const SpTable *regions, GError **error);
void sp_control_units_free(SpControlUnits *units);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpControlRule, sp_control_rule_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(SpControlUnits, sp_control_units_free)

#endif
