/* DBH as sources.md, section 11 has it: tables by POST, 204 without a body when nothing is found.
 */
#include "tests/upstream/dbh_filter.h"
#include "tests/upstream/formats.h"
#include "tests/upstream/lists.h"
#include "tests/upstream/world.h"

#include <jansson.h>
#include <string.h>

enum { MAX_VARIABLES = 8, ROUNDED_TO = 3, MOST = 60 };

typedef struct {
    char *name;
    char *text; /* name of the column with its texts, or NULL */
    GPtrArray *values;
    gboolean is_number;
    gboolean is_shown; /* grouped by, or listed */
} Variable;

typedef struct {
    GKeyFile *file;
    char *section;
    char *measure;
    gboolean is_math;
    Variable variables[MAX_VARIABLES];
    guint n;
    gboolean has_token;
    gboolean has_texts;
    gint64 limit; /* rows; 0: all */
} Table;

static void table_clear(Table *table)
{
    for (guint i = 0; i < table->n; i++) {
        g_free(table->variables[i].name);
        g_free(table->variables[i].text);
        g_ptr_array_unref(table->variables[i].values);
    }
    g_free(table->section);
    g_free(table->measure);
    if (table->file != NULL) {
        g_key_file_unref(table->file);
    }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Table, table_clear)

static gboolean open_table(const char *folder, gint64 id, Table *table)
{
    table->file = fake_list_open(folder, "dbh.ini");
    table->section = g_strdup_printf("table %" G_GINT64_FORMAT, id);
    if (table->file == NULL || !g_key_file_has_group(table->file, table->section)) {
        return FALSE;
    }
    g_autofree char *names = g_key_file_get_string(table->file, table->section, "variables", NULL);
    /* DBH-F's variables have blanks in their names; then they are parted by bars. */
    g_auto(GStrv) list = g_strsplit(names, strchr(names, '|') != NULL ? "|" : " ", -1);
    table->measure = g_key_file_get_string(table->file, table->section, "measure", NULL);
    table->is_math = g_key_file_get_integer(table->file, table->section, "math", NULL) == 1;
    for (char **name = list; *name != NULL && table->n < MAX_VARIABLES; name++) {
        g_autofree char *section = g_strdup_printf("variable %s", *name);
        table->variables[table->n++] =
            (Variable){.name = g_strdup(*name),
                       .text = g_key_file_get_string(table->file, section, "text", NULL),
                       .values = fake_list_read(table->file, section, "values"),
                       .is_number = g_key_file_has_key(table->file, section, "number", NULL)};
    }
    return TRUE;
}

/* Tables with sums want groupBy, the others variabler, and never both. Shown are those of the list;
 * FALSE for a name the table does not have. */
static gboolean choose(Table *table, const json_t *body)
{
    const json_t *group_by = json_object_get(body, "groupBy");
    const json_t *listed = json_object_get(body, "variabler");
    const json_t *names = table->is_math ? group_by : listed;
    if ((table->is_math ? listed : group_by) != NULL || (table->is_math && names == NULL)) {
        return FALSE;
    }
    for (gsize i = 0; i < json_array_size(names); i++) {
        gboolean is_known = FALSE;
        for (guint j = 0; j < table->n; j++) {
            gboolean is_it = g_strcmp0(json_string_value(json_array_get(names, i)),
                                       table->variables[j].name) == 0;
            table->variables[j].is_shown = table->variables[j].is_shown || is_it;
            is_known = is_known || is_it;
        }
        if (!is_known) {
            return FALSE;
        }
    }
    for (guint j = 0; names == NULL && j < table->n; j++) {
        table->variables[j].is_shown = TRUE;
    }
    return TRUE;
}

typedef struct {
    guint at[MAX_VARIABLES];
    gint64 sum;
} Group;

static gboolean next(const Table *table, guint at[])
{
    for (guint i = table->n; i-- > 0;) {
        if (++at[i] < table->variables[i].values->len) {
            return TRUE;
        }
        at[i] = 0;
    }
    return FALSE;
}

/* Walks all combinations; those that pass are summed by what is shown. Group, in order. */
static GArray *make_groups(const Table *table, const json_t *filters)
{
    GArray *groups = g_array_new(FALSE, TRUE, sizeof(Group));
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint at[MAX_VARIABLES] = {0};
    do {
        g_autoptr(GString) key = g_string_new(NULL);
        guint64 hash = fake_seed(table->section);
        gboolean is_in = TRUE;
        for (guint i = 0; i < table->n; i++) {
            const Variable *variable = &table->variables[i];
            const char *code = fake_list_part(variable->values, at[i], 0);
            hash = fake_mix(hash, fake_seed(code));
            is_in = is_in && strcmp(code, "0000") != 0 &&
                    fake_dbh_passes(filters, variable->name, variable->values, at[i]);
            g_string_append_printf(key, "%u ", variable->is_shown ? at[i] : 0);
        }
        if (!is_in) {
            continue;
        }
        gpointer place = NULL;
        if (!g_hash_table_lookup_extended(known, key->str, NULL, &place)) {
            Group group = {.sum = 0};
            memcpy(group.at, at, sizeof at);
            place = GUINT_TO_POINTER(groups->len);
            g_array_append_val(groups, group);
            g_hash_table_insert(known, g_strdup(key->str), place);
        }
        g_array_index(groups, Group, GPOINTER_TO_UINT(place)).sum +=
            (gint64)(fake_share(hash) * MOST);
    } while (next(table, at));
    return groups;
}

/* Without a token figures are rounded to the nearest 3. */
static gint64 figure_of(const Table *table, const Group *group)
{
    return table->has_token ? group->sum : (group->sum + 1) / ROUNDED_TO * ROUNDED_TO;
}

static void put_json(const Table *table, const Group *group, GString *out)
{
    g_string_append_c(out, '{');
    for (guint i = 0; i < table->n; i++) {
        const Variable *variable = &table->variables[i];
        if (!variable->is_shown) {
            continue;
        }
        const char *quote = variable->is_number ? "" : "\"";
        g_string_append_printf(out, "\"%s\":%s%s%s,", variable->name, quote,
                               fake_list_part(variable->values, group->at[i], 0), quote);
        if (variable->text != NULL && table->has_texts) {
            g_string_append_printf(out, "\"%s\":\"%s\",", variable->text,
                                   fake_list_part(variable->values, group->at[i], 1));
        }
    }
    g_string_append_printf(out, "\"%s\":\"%" G_GINT64_FORMAT "\"}", table->measure,
                           figure_of(table, group));
}

/* The header when `group` is NULL. */
static void put_csv(const Table *table, const Group *group, char separator, GString *out)
{
    for (guint i = 0; i < table->n; i++) {
        const Variable *variable = &table->variables[i];
        if (variable->is_shown) {
            const char *code =
                group == NULL ? variable->name : fake_list_part(variable->values, group->at[i], 0);
            g_string_append_printf(out, "\"%s\"%c", code, separator);
        }
    }
    if (group == NULL) {
        g_string_append_printf(out, "\"%s\"\n", table->measure);
    } else {
        g_string_append_printf(out, "%" G_GINT64_FORMAT "\n", figure_of(table, group));
    }
}

static void send(const Table *table, const GArray *groups, gboolean is_csv, char separator,
                 FakeAnswer *answer)
{
    guint n = table->limit > 0 ? (guint)MIN(table->limit, groups->len) : groups->len;
    if (n == 0) {
        fake_answer_set(answer, 204, NULL, "");
        return;
    }
    fake_answer_set(answer, 200, is_csv ? "text/csv; charset=utf-8" : FAKE_JSON, is_csv ? "" : "[");
    if (is_csv) {
        put_csv(table, NULL, separator, answer->body);
    }
    for (guint i = 0; i < n; i++) {
        const Group *group = &g_array_index(groups, Group, i);
        if (is_csv) {
            put_csv(table, group, separator, answer->body);
        } else {
            g_string_append(answer->body, i > 0 ? "," : "");
            put_json(table, group, answer->body);
        }
    }
    g_string_append(answer->body, is_csv ? "" : "]");
}

static gboolean is_yes(const json_t *body, const char *key)
{
    return g_strcmp0(json_string_value(json_object_get(body, key)), "J") == 0;
}

static void answer_table(const FakeWorld *world, const FakeRequest *request, gboolean is_csv,
                         FakeAnswer *answer)
{
    json_t *body = json_loadb(request->body->str, request->body->len, 0, NULL);
    const json_t *filters = json_object_get(body, "filter");
    g_auto(Table) table = {.has_token = fake_request_header(request, "authorization") != NULL,
                           .has_texts = is_yes(body, "kodetekst")};
    table.limit = fake_list_number(json_string_value(json_object_get(body, "begrensning")), 0);
    gint64 id = json_integer_value(json_object_get(body, "tabell_id"));
    if (open_table(world->folder, id, &table) && choose(&table, body) &&
        fake_dbh_filters_are_right(filters)) {
        g_autoptr(GArray) groups = make_groups(&table, filters);
        send(&table, groups, is_csv, ';', answer);
    } else {
        fake_answer_set(answer, 400, FAKE_JSON, "{\"message\":\"Ugyldig forespørsel\"}");
    }
    json_decref(body);
}

/* Bulk files: 001 the tables, 002 their variables, or a table whole. */
static void answer_bulk(const FakeWorld *world, const FakeRequest *request, FakeAnswer *answer)
{
    gint64 id = fake_list_number(fake_request_query(request, "rptNr"), 0);
    g_autoptr(GKeyFile) file = fake_list_open(world->folder, "dbh.ini");
    g_auto(GStrv) sections = file != NULL ? g_key_file_get_groups(file, NULL) : NULL;
    g_auto(Table) table = {.has_texts = FALSE};
    if (id == 1 || id == 2) {
        fake_answer_set(answer, 200, "text/csv; charset=utf-8",
                        id == 1 ? "tabell_id,tabellnavn\n" : "tabell_id,variabler\n");
        for (char **section = sections; section != NULL && *section != NULL; section++) {
            g_autofree char *text =
                g_key_file_get_string(file, *section, id == 1 ? "name" : "variables", NULL);
            if (text != NULL && g_str_has_prefix(*section, "table ")) {
                g_string_append_printf(answer->body, "%s,\"%s\"\n", *section + strlen("table "),
                                       text);
            }
        }
    } else if (open_table(world->folder, id, &table)) {
        for (guint i = 0; i < table.n; i++) {
            table.variables[i].is_shown = TRUE;
        }
        g_autoptr(GArray) groups = make_groups(&table, NULL);
        send(&table, groups, TRUE, ',', answer);
    } else {
        fake_answer_set(answer, 404, NULL, "");
    }
}

void fake_dbh(FakeWorld *world, const FakeRequest *request, const char *rest, FakeAnswer *answer)
{
    gboolean is_post = strcmp(request->method, "POST") == 0;
    if (is_post && strcmp(rest, "Tabeller/hentJSONTabellData") == 0) {
        answer_table(world, request, FALSE, answer);
    } else if (is_post && strcmp(rest, "Tabeller/hentCSVTabellData") == 0) {
        answer_table(world, request, TRUE, answer);
    } else if (strcmp(rest, "Tabeller/bulk-csv") == 0) {
        answer_bulk(world, request, answer);
    } else {
        fake_answer_set(answer, 404, NULL, "");
    }
}
