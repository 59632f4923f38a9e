/* The keys of a scenario and what each may be. */
#include "transforms/project/scenario_keys.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

static const double most_path = 3.0; /* a factor beyond this is a percentage */

/* ---- values ---- */

/* What a setter is given: one line of a file. */
typedef struct {
    const char *key;
    const char *text;
    const SpTable *words; /* NULL: none */
} Line;

static gboolean refuse(const Line *line, const char *allowed, GError **error)
{
    return sp_error_set(error, SP_ERROR_CONFIG, "%s is \"%s\"; write %s", line->key, line->text,
                        allowed);
}

/* The place of the text among words [n]; `allowed` names them. */
static gboolean choose(const Line *line, const char *const words[], guint n, guint *which,
                       GError **error)
{
    g_autoptr(GString) allowed = g_string_new(NULL);
    for (guint i = 0; i < n; i++) {
        if (strcmp(line->text, words[i]) == 0) {
            *which = i;
            return TRUE;
        }
        g_string_append_printf(allowed, "%s%s", i > 0 ? ", " : "", words[i]);
    }
    return refuse(line, allowed->str, error);
}

static gboolean read_yes(const Line *line, gboolean *value, GError **error)
{
    static const char *const words[] = {"no", "yes"};
    guint which = 0;
    if (!choose(line, words, G_N_ELEMENTS(words), &which, error)) {
        return FALSE;
    }
    *value = which == 1;
    return TRUE;
}

static gboolean read_number(const Line *line, double least, double most, double *value,
                            GError **error)
{
    double read;
    if (sp_number_parse(line->text, strlen(line->text), sp_number_plain, &read) && read >= least &&
        read <= most) {
        *value = read;
        return TRUE;
    }
    g_autofree char *allowed = g_strdup_printf("a number from %g to %g", least, most);
    return refuse(line, allowed, error);
}

static gboolean read_size(const Line *line, double least, double most, SpSize *size, GError **error)
{
    if (strcmp(line->text, "estimated") == 0 || strcmp(line->text, "none") == 0) {
        gboolean is_estimated = line->text[0] == 'e';
        *size = (SpSize){.kind = is_estimated ? SP_SIZE_ESTIMATED : SP_SIZE_NONE};
        return TRUE;
    }
    double read;
    if (sp_number_parse(line->text, strlen(line->text), sp_number_plain, &read) && read >= least &&
        read <= most) {
        *size = (SpSize){.kind = SP_SIZE_NUMBER, .number = read};
        return TRUE;
    }
    g_autofree char *allowed =
        g_strdup_printf("estimated, none or a number from %g to %g", least, most);
    return refuse(line, allowed, error);
}

/* The path that a word stands for; the text itself where it is no word of this key. The words there
 * are, are added to `known`. */
static const char *path_of(const Line *line, GString *known)
{
    for (gsize row = 0; line->words != NULL && row < sp_table_n_rows(line->words); row++) {
        const char *key = sp_table_code(line->words, row, sp_table_find(line->words, "stoerrelse"));
        const char *word = sp_table_code(line->words, row, sp_table_find(line->words, "ord"));
        if (strcmp(key, line->key) != 0) {
            continue;
        }
        if (strcmp(word, line->text) == 0) {
            return sp_table_code(line->words, row, sp_table_find(line->words, "bane"));
        }
        g_string_append_printf(known, ", %s", word);
    }
    return line->text;
}

static gboolean read_path(const Line *line, SpPath *path, GError **error)
{
    g_autoptr(GString) known = g_string_new(NULL);
    const char *text = path_of(line, known);
    if (sp_path_parse(line->key, text, most_path, path, error)) {
        return TRUE;
    }
    if (known->len > 0 && error != NULL) {
        g_autofree char *told = g_strdup((*error)->message);
        g_clear_error(error);
        sp_error_set(error, SP_ERROR_CONFIG, "%s; or one of the words%s", told, known->str + 1);
    }
    return FALSE;
}

/* ---- keys of each section ---- */

typedef gboolean (*Set)(SpScenario *scenario, const Line *line, GError **error);

static gboolean set_title(SpScenario *scenario, const Line *line, GError **error)
{
    (void)scenario;
    return *line->text != '\0' || refuse(line, "some words", error);
}

static gboolean set_draws(SpScenario *scenario, const Line *line, GError **error)
{
    return read_yes(line, &scenario->has_draws, error);
}

static gboolean set_keeps_population(SpScenario *scenario, const Line *line, GError **error)
{
    return read_yes(line, &scenario->keeps_population, error);
}

static gboolean set_fertility(SpScenario *scenario, const Line *line, GError **error)
{
    return read_path(line, &scenario->population.fertility, error);
}

static gboolean set_mortality(SpScenario *scenario, const Line *line, GError **error)
{
    return read_path(line, &scenario->population.mortality, error);
}

static gboolean set_mortality_fall(SpScenario *scenario, const Line *line, GError **error)
{
    return read_number(line, 0.0, 5.0, &scenario->population.mortality_fall, error);
}

static gboolean set_foreign(SpScenario *scenario, const Line *line, GError **error)
{
    return read_path(line, &scenario->population.migration.foreign, error);
}

static gboolean set_domestic(SpScenario *scenario, const Line *line, GError **error)
{
    return read_path(line, &scenario->population.migration.domestic, error);
}

static gboolean set_source(SpScenario *scenario, const Line *line, GError **error)
{
    return sp_round_parse(line->key, line->text, &scenario->population.round, error);
}

static gboolean set_use_drift(SpScenario *scenario, const Line *line, GError **error)
{
    return read_size(line, -0.2, 0.2, &scenario->demand.use_drift, error);
}

static gboolean set_intensity_drift(SpScenario *scenario, const Line *line, GError **error)
{
    return read_size(line, -0.2, 0.2, &scenario->demand.intensity_drift, error);
}

static gboolean set_drift_damping(SpScenario *scenario, const Line *line, GError **error)
{
    return read_size(line, 0.0, 1.0, &scenario->demand.drift_damping, error);
}

static gboolean set_ageing(SpScenario *scenario, const Line *line, GError **error)
{
    return read_size(line, 0.0, 1.0, &scenario->demand.ageing, error);
}

static gboolean set_healthy_ageing(SpScenario *scenario, const Line *line, GError **error)
{
    static const char *const words[] = {"none", "equal_mortality", "life_expectancy"};
    guint which = 0;
    if (!choose(line, words, G_N_ELEMENTS(words), &which, error)) {
        return FALSE;
    }
    scenario->demand.healthy_ageing = (SpHealthyAgeing)which;
    return TRUE;
}

static gboolean set_healthy_from(SpScenario *scenario, const Line *line, GError **error)
{
    double age = 0;
    if (!read_number(line, 67.0, 100.0, &age, error)) {
        return FALSE;
    }
    scenario->demand.healthy_ageing_from = (guint)age;
    return (double)scenario->demand.healthy_ageing_from == age ||
           refuse(line, "a whole number of years", error);
}

static gboolean set_family_care(SpScenario *scenario, const Line *line, GError **error)
{
    static const char *const words[] = {"none", "constant", "proportional"};
    guint which = 0;
    if (!choose(line, words, G_N_ELEMENTS(words), &which, error)) {
        return FALSE;
    }
    scenario->demand.family_care = (SpFamilyCare)which;
    return TRUE;
}

static gboolean set_family_aarsverk(SpScenario *scenario, const Line *line, GError **error)
{
    return read_number(line, 0.0, 1e6, &scenario->demand.family_care_aarsverk, error);
}

static gboolean set_formal_aarsverk(SpScenario *scenario, const Line *line, GError **error)
{
    return read_number(line, 0.0, 1e6, &scenario->demand.formal_care_aarsverk, error);
}

static gboolean set_old_use_fall(SpScenario *scenario, const Line *line, GError **error)
{
    return read_number(line, 0.0, 0.1, &scenario->demand.old_use_fall, error);
}

static gboolean set_convergence(SpScenario *scenario, const Line *line, GError **error)
{
    return read_number(line, 0.0, 1.0, &scenario->demand.convergence, error);
}

static gboolean set_standard_growth(SpScenario *scenario, const Line *line, GError **error)
{
    return read_number(line, -0.1, 0.1, &scenario->demand.standard_growth, error);
}

static gboolean set_composition(SpScenario *scenario, const Line *line, GError **error)
{
    static const char *const words[] = {"constant", "trend"};
    guint which = 0;
    if (!choose(line, words, G_N_ELEMENTS(words), &which, error)) {
        return FALSE;
    }
    scenario->demand.composition = (SpComposition)which;
    return TRUE;
}

static gboolean set_base(SpScenario *scenario, const Line *line, GError **error)
{
    static const char *const words[] = {"balanced", "observed"};
    guint which = 0;
    if (!choose(line, words, G_N_ELEMENTS(words), &which, error)) {
        return FALSE;
    }
    scenario->balance.base = (SpBaseBalance)which;
    return TRUE;
}

static gboolean set_base_gap(SpScenario *scenario, const Line *line, GError **error)
{
    static const char *const words[] = {"none", "nav", "vacancy"};
    guint which = 0;
    if (!choose(line, words, G_N_ELEMENTS(words), &which, error)) {
        return FALSE;
    }
    scenario->balance.base_gap = (SpBaseGap)which;
    return TRUE;
}

typedef struct {
    const char *section, *key;
    Set set;
} Key;

#define SUPPLY "supply" /* its keys stand with its options */

static const Key keys[] = {
    {"scenario", "title", set_title},
    {"scenario", "draws", set_draws},
    {"scenario", "population", set_keeps_population},
    {"population", "fertility", set_fertility},
    {"population", "mortality", set_mortality},
    {"population", "mortality_fall", set_mortality_fall},
    {"population", "foreign_migration", set_foreign},
    {"population", "domestic_migration", set_domestic},
    {"population", "source", set_source},
    {"demand", "use_drift", set_use_drift},
    {"demand", "intensity_drift", set_intensity_drift},
    {"demand", "drift_damping", set_drift_damping},
    {"demand", "ageing", set_ageing},
    {"demand", "healthy_ageing", set_healthy_ageing},
    {"demand", "healthy_ageing_from", set_healthy_from},
    {"demand", "family_care", set_family_care},
    {"demand", "family_care_aarsverk", set_family_aarsverk},
    {"demand", "formal_care_aarsverk", set_formal_aarsverk},
    {"demand", "old_use_fall", set_old_use_fall},
    {"demand", "convergence", set_convergence},
    {"demand", "standard_growth", set_standard_growth},
    {"demand", "composition", set_composition},
    {"balance", "base", set_base},
    {"balance", "base_gap", set_base_gap},
};

/* "a, b, c": the keys of a section; "" when there is no such section. */
static char *keys_of(const char *section)
{
    if (strcmp(section, SUPPLY) == 0) {
        return g_strjoinv(", ", (char **)(gpointer)sp_supply_option_keys);
    }
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (strcmp(keys[i].section, section) == 0) {
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", keys[i].key);
        }
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

gboolean sp_scenario_set(SpScenario *scenario, const char *section, const char *key,
                         const char *text, const SpTable *words, GError **error)
{
    const Line line = {.key = key, .text = text, .words = words};
    g_autofree char *known = keys_of(section);
    if (*known == '\0') {
        return sp_error_set(error, SP_ERROR_CONFIG,
                            "there is no section [%s]; the sections are [scenario], [population], "
                            "[demand], [supply], [balance]",
                            section);
    }
    if (strcmp(section, SUPPLY) == 0 && g_strv_contains(sp_supply_option_keys, key)) {
        return sp_supply_option_set(&scenario->supply, key, text, error);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (strcmp(keys[i].section, section) == 0 && strcmp(keys[i].key, key) == 0) {
            return keys[i].set(scenario, &line, error);
        }
    }
    return sp_error_set(error, SP_ERROR_CONFIG, "section [%s] has no key \"%s\"; its keys are %s",
                        section, key, known);
}
