/* The keys of a scenario and what each may be. */
#include "transforms/project/scenario_keys.h"

#include "core/error.h"
#include "core/number.h"

#include <string.h>

typedef struct Key Key;

/* What a reader is given: a key, its text in a file, and where the value goes. */
typedef struct {
    const Key *key;
    const char *text;
    const SpTable *words; /* `befolkningsbane`; NULL: none */
    void *value;          /* in the scenario, of the type that the reader names */
} Line;

typedef gboolean (*Read)(const Line *line, GError **error);

/* What a key that acts beside another alone needs of it. */
typedef struct {
    gboolean (*is_met)(const SpScenario *scenario);
    const char *text;
} Need;

struct Key {
    const char *section, *name;
    Read read;
    gsize at; /* of what it sets, in SpScenario */
    double least, most;
    const char *const *words; /* of a choice, as its enum goes; NULL-terminated */
    const Need *need;         /* NULL: it acts by itself */
};

/* ---- values ---- */

/* Two habits from elsewhere are named. */
static gboolean refuse(const Line *line, const char *allowed, GError **error)
{
    const char *hint = strpbrk(line->text, "#;") != NULL ? " (a comment is a line of its own)"
                       : g_regex_match_simple("[0-9],[0-9]", line->text, 0, 0)
                           ? " (the decimal sign is a point)"
                           : "";
    return sp_error_set(error, SP_ERROR_CONFIG, "%s is \"%s\"; write %s%s", line->key->name,
                        line->text, allowed, hint);
}

/* The text is a number between the key's limits. */
static gboolean parse_number(const Line *line, const char *text, double *value)
{
    double read;
    gboolean is_allowed = sp_number_parse(text, strlen(text), sp_number_plain, &read) &&
                          read >= line->key->least && read <= line->key->most;
    if (is_allowed) {
        *value = read;
    }
    return is_allowed;
}

static gboolean refuse_number(const Line *line, const char *words, GError **error)
{
    g_autofree char *allowed =
        g_strdup_printf("%sa number from %g to %g", words, line->key->least, line->key->most);
    return refuse(line, allowed, error);
}

/* The place of the text among words. */
static gboolean choose(const Line *line, const char *const words[], guint *which, GError **error)
{
    for (guint i = 0; words[i] != NULL; i++) {
        if (strcmp(line->text, words[i]) == 0) {
            *which = i;
            return TRUE;
        }
    }
    g_autofree char *allowed = g_strjoinv(", ", (char **)(gpointer)words);
    return refuse(line, allowed, error);
}

/* ---- readers ---- */

/* A gboolean. */
static gboolean read_yes(const Line *line, GError **error)
{
    static const char *const words[] = {"no", "yes", NULL};
    guint which = 0;
    gboolean is_read = choose(line, words, &which, error);
    *(gboolean *)line->value = which == 1;
    return is_read;
}

/* An enum, which is as large as an int where nothing in it is negative or huge. */
static gboolean read_choice(const Line *line, GError **error)
{
    guint which = 0;
    gboolean is_read = choose(line, line->key->words, &which, error);
    memcpy(line->value, &which, sizeof which);
    return is_read;
}

/* A double. */
static gboolean read_number(const Line *line, GError **error)
{
    return parse_number(line, line->text, line->value) || refuse_number(line, "", error);
}

/* A guint. */
static gboolean read_whole(const Line *line, GError **error)
{
    double number = 0;
    if (!parse_number(line, line->text, &number)) {
        return refuse_number(line, "", error);
    }
    guint whole = (guint)number;
    *(guint *)line->value = whole;
    return (double)whole == number || refuse(line, "a whole number", error);
}

/* A SpSize. */
static gboolean read_size(const Line *line, GError **error)
{
    SpSize *size = line->value;
    *size = (SpSize){.kind = SP_SIZE_NUMBER};
    if (strcmp(line->text, "estimated") == 0 || strcmp(line->text, "none") == 0) {
        size->kind = line->text[0] == 'e' ? SP_SIZE_ESTIMATED : SP_SIZE_NONE;
        return TRUE;
    }
    return parse_number(line, line->text, &size->number) ||
           refuse_number(line, "estimated, none or ", error);
}

/* A double: a factor on what was so recently. */
static gboolean read_factor(const Line *line, GError **error)
{
    double *factor = line->value;
    if (strcmp(line->text, "none") == 0 || strcmp(line->text, "recent") == 0) {
        *factor = line->text[0] == 'n' ? 0.0 : 1.0;
        return TRUE;
    }
    return parse_number(line, line->text, factor) || refuse_number(line, "none, recent or ", error);
}

/* The same, or as many as the scenario's people. */
static gboolean read_foreign(const Line *line, GError **error)
{
    double *factor = line->value;
    if (strcmp(line->text, "population") == 0) {
        *factor = SP_FOREIGN_AS_PEOPLE;
        return TRUE;
    }
    return read_factor(line, error);
}

/* A SpInflowFactor: "1.1" or "1.1, 2028". */
static gboolean read_inflow(const Line *line, GError **error)
{
    SpInflowFactor *inflow = line->value;
    g_auto(GStrv) parts = g_strsplit(line->text, ",", -1);
    guint n = g_strv_length(parts);
    gint64 year = 0;
    for (guint i = 0; i < n; i++) {
        g_strstrip(parts[i]);
    }
    if (n < 1 || n > 2 || !parse_number(line, parts[0], &inflow->factor) ||
        (n == 2 &&
         (!sp_number_parse_int(parts[1], strlen(parts[1]), &year) || year < 1900 || year > 2150))) {
        g_autofree char *allowed =
            g_strdup_printf("a factor from %g to %g, or a factor and the first year: 1.1, 2028",
                            line->key->least, line->key->most);
        return refuse(line, allowed, error);
    }
    inflow->from = (int)year;
    return TRUE;
}

/* The path that a word stands for; the text itself where it is no word of this key. The words there
 * are, are added to `known`. */
static const char *path_of(const Line *line, GString *known)
{
    for (gsize row = 0; line->words != NULL && row < sp_table_n_rows(line->words); row++) {
        const char *key = sp_table_code(line->words, row, sp_table_find(line->words, "stoerrelse"));
        const char *word = sp_table_code(line->words, row, sp_table_find(line->words, "ord"));
        if (strcmp(key, line->key->name) != 0) {
            continue;
        }
        if (strcmp(word, line->text) == 0) {
            return sp_table_code(line->words, row, sp_table_find(line->words, "bane"));
        }
        g_string_append_printf(known, ", %s", word);
    }
    return line->text;
}

/* A SpPath. */
static gboolean read_path(const Line *line, GError **error)
{
    g_autoptr(GString) known = g_string_new(NULL);
    const char *text = path_of(line, known);
    if (sp_path_parse(line->key->name, text, line->key->most, line->value, error)) {
        return TRUE;
    }
    if (known->len > 0 && error != NULL) {
        g_autofree char *told = g_strdup((*error)->message);
        g_clear_error(error);
        sp_error_set(error, SP_ERROR_CONFIG, "%s; or one of the words%s", told, known->str + 1);
    }
    return FALSE;
}

/* A SpRoundChoice. */
static gboolean read_round(const Line *line, GError **error)
{
    return sp_round_parse(line->key->name, line->text, line->value, error);
}

/* ---- keys ---- */

/* Where a member is, which must have the size of what its reader writes: an enum of another size
 * does not compile. */
#define AT(member, type)                                                                           \
    (offsetof(SpScenario, member) +                                                                \
     0 * sizeof(char[sizeof(((SpScenario *)NULL)->member) == sizeof(type) ? 1 : -1]))
#define NUMBER(member, from, to)                                                                   \
    .read = read_number, .at = AT(member, double), .least = (from), .most = (to)
#define SIZE(member, from, to)                                                                     \
    .read = read_size, .at = AT(member, SpSize), .least = (from), .most = (to)
#define CHOICE(member, ...)                                                                        \
    .read = read_choice, .at = AT(member, guint), .words = (const char *const[])                   \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }
/* A factor beyond 3 is a percentage. */
#define PATH(member) .read = read_path, .at = AT(population.member, SpPath), .most = 3.0

static gboolean has_families(const SpScenario *scenario)
{
    return scenario->demand.family_care == SP_FAMILY_CARE_CONSTANT;
}

static gboolean has_healthier(const SpScenario *scenario)
{
    return scenario->demand.healthy_ageing != SP_HEALTHY_AGEING_NONE ||
           scenario->demand.old_use_fall > 0.0;
}

static const Need families = {has_families, "family_care = constant"};
static const Need healthier = {has_healthier, "healthy_ageing or old_use_fall is given"};

static const Key keys[] = {
    {"scenario", "draws", .read = read_yes, .at = AT(has_draws, gboolean)},
    {"scenario", "population", .read = read_yes, .at = AT(keeps_population, gboolean)},
    {"population", "fertility", PATH(fertility)},
    {"population", "mortality", PATH(mortality)},
    {"population", "mortality_fall", NUMBER(population.mortality_fall, 0.0, 5.0)},
    {"population", "foreign_migration", PATH(migration.foreign)},
    {"population", "domestic_migration", PATH(migration.domestic)},
    {"population", "source", .read = read_round, .at = AT(population.round, SpRoundChoice)},
    {"demand", "use_drift", SIZE(demand.use_drift, -0.2, 0.2)},
    {"demand", "intensity_drift", SIZE(demand.intensity_drift, -0.2, 0.2)},
    {"demand", "drift_damping", SIZE(demand.drift_damping, 0.0, 1.0)},
    {"demand", "ageing", SIZE(demand.ageing, 0.0, 1.0)},
    {"demand", "healthy_ageing",
     CHOICE(demand.healthy_ageing, "none", "equal_mortality", "life_expectancy")},
    {"demand", "healthy_ageing_from", .read = read_whole,
     .at = AT(demand.healthy_ageing_from, guint), .least = 67, .most = 100, .need = &healthier},
    {"demand", "family_care", CHOICE(demand.family_care, "none", "constant")},
    {"demand", "family_care_aarsverk", NUMBER(demand.family_care_aarsverk, 0.0, 1e6),
     .need = &families},
    {"demand", "formal_care_aarsverk", NUMBER(demand.formal_care_aarsverk, 0.0, 1e6),
     .need = &families},
    {"demand", "old_use_fall", NUMBER(demand.old_use_fall, 0.0, 0.1)},
    {"demand", "convergence", NUMBER(demand.convergence, 0.0, 1.0)},
    {"demand", "standard_growth", NUMBER(demand.standard_growth, -0.1, 0.1)},
    {"demand", "composition", CHOICE(demand.composition, "estimated", "constant", "trend")},
    {"demand", "law_floor", NUMBER(demand.law_floor, 0.0, 5.0)},
    {"supply", "profile", CHOICE(supply.profile, "spline", "poly5")},
    {"supply", "inflow", .read = read_inflow, .at = AT(supply.inflow, SpInflowFactor),
     .most = 10.0},
    {"supply", "capacity", CHOICE(supply.capacity, "constant", "population")},
    {"supply", "foreign", .read = read_foreign, .at = AT(supply.foreign, double), .most = 10.0},
    {"supply", "further_education", .read = read_factor, .at = AT(supply.further_education, double),
     .most = 10.0},
    {"supply", "exit_delay_years", NUMBER(supply.exit_delay_years, 0.0, 10.0)},
    {"supply", "work_60p", NUMBER(supply.work_60p, 0.0, 2.0)},
    {"supply", "internal_moves", .read = read_yes, .at = AT(supply.internal_moves, gboolean)},
    {"balance", "base", CHOICE(balance.base, "balanced", "observed")},
    {"balance", "base_gap", CHOICE(balance.base_gap, "none", "nav", "vacancy")},
};

/* "a, b, c": the keys of a section; "" when there is no such section. */
static char *keys_of(const char *section)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (strcmp(keys[i].section, section) == 0) {
            g_string_append_printf(text, "%s%s", text->len > 0 ? ", " : "", keys[i].name);
        }
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* "[a], [b]": the sections there are. */
static char *sections(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (i == 0 || strcmp(keys[i].section, keys[i - 1].section) != 0) {
            g_string_append_printf(text, "%s[%s]", i > 0 ? ", " : "", keys[i].section);
        }
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static const Key *find(const char *section, const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (strcmp(keys[i].section, section) == 0 && strcmp(keys[i].name, name) == 0) {
            return &keys[i];
        }
    }
    return NULL;
}

const char *sp_scenario_key_needs(const SpScenario *scenario, const char *section, const char *name)
{
    const Key *key = find(section, name);
    return key == NULL || key->need == NULL || key->need->is_met(scenario) ? NULL : key->need->text;
}

gboolean sp_scenario_set(SpScenario *scenario, const char *section, const char *name,
                         const char *text, const SpTable *words, GError **error)
{
    const Key *key = find(section, name);
    if (key != NULL) {
        const Line line = {key, text, words, (char *)scenario + key->at};
        return key->read(&line, error);
    }
    g_autofree char *known = keys_of(section);
    if (*known == '\0') {
        g_autofree char *all = sections();
        return sp_error_set(error, SP_ERROR_CONFIG, "there is no section [%s]; the sections are %s",
                            section, all);
    }
    return sp_error_set(error, SP_ERROR_CONFIG, "section [%s] has no key \"%s\"; its keys are %s",
                        section, name, known);
}
