/* Services from their tables. */
#include "transforms/project/demand/services.h"

#include "core/error.h"
#include "core/number.h"
#include "transforms/project/use.h"

#include <string.h>

enum { ID, AREA, DRIVER, TABLE, MEASURE, ELDERLY, AGES, HEALTH, FAMILIES, HOSTED, N_COLUMNS };
static const char *const names[N_COLUMNS] = {"tjeneste",      "omraade",  "driver", "tabell",
                                             "maal",          "maal_80p", "alder",  "sunn_aldring",
                                             "familieomsorg", "vertsord"};

static gboolean row_error(const SpTable *table, gsize row, const char *what, GError **error)
{
    return sp_error_set(error, SP_ERROR_DATA, "%s: row %" G_GSIZE_FORMAT ": %s",
                        sp_table_name(table), row + 1, what);
}

/* "000-020:1" into weights of both sexes. */
static gboolean read_ages(const char *text, SpService *service)
{
    gsize size = strlen(text);
    if (size < 9 || text[3] != '-' || text[7] != ':') {
        return FALSE;
    }
    char first[4] = {text[0], text[1], text[2], '\0'};
    char last[4] = {text[4], text[5], text[6], '\0'};
    gint32 from = sp_age_of_code(first, SP_N_AGES), to = sp_age_of_code(last, SP_N_AGES);
    double weight;
    if (from < 0 || to < from || !sp_number_parse(text + 8, size - 8, sp_number_plain, &weight) ||
        weight < 0.0) {
        return FALSE;
    }
    for (gint32 age = from; age <= to; age++) {
        service->use[SP_MEN][age] = service->use[SP_WOMEN][age] = weight;
    }
    return TRUE;
}

static gboolean read_weights(const char *text, SpService *service)
{
    g_auto(GStrv) parts = g_strsplit(text, "+", -1);
    for (gsize i = 0; parts[i] != NULL; i++) {
        if (!read_ages(parts[i], service)) {
            return FALSE;
        }
    }
    return parts[0] != NULL;
}

static gboolean read_yes(const char *text, gboolean *is_yes)
{
    *is_yes = strcmp(text, "ja") == 0;
    return *is_yes || strcmp(text, "nei") == 0;
}

typedef struct {
    const SpTable *table; /* `tjenester` */
    gsize columns[N_COLUMNS];
    const GArray *uses; /* SpUse */
} Input;

/* Use by age of those who use the service, where it is known. */
static gboolean find_use(const GArray *uses, SpService *service)
{
    for (guint i = 0; i < uses->len; i++) {
        const SpUse *use = &g_array_index(uses, SpUse, i);
        if (strcmp(use->tjeneste, service->id) == 0) {
            memcpy(service->use, use->use, sizeof service->use);
            return TRUE;
        }
    }
    return FALSE;
}

/* `has_use` FALSE: the service is to be left out. */
static gboolean read_row(const Input *input, gsize row, SpService *service, gboolean *has_use,
                         GError **error)
{
    const SpTable *table = input->table;
    const char *text[N_COLUMNS];
    for (gsize i = 0; i < N_COLUMNS; i++) {
        text[i] = sp_table_code(table, row, input->columns[i]);
    }
    *service = (SpService){.id = text[ID],
                           .area = text[AREA],
                           .table = text[TABLE],
                           .measure = text[MEASURE],
                           .elderly = text[ELDERLY],
                           .hosted = text[HOSTED]};
    *has_use = TRUE;
    if (*text[ID] == '\0' || *text[AREA] == '\0') {
        return row_error(table, row, "tjeneste or omraade is empty; name both", error);
    }
    if (!read_yes(text[HEALTH], &service->is_health) ||
        !read_yes(text[FAMILIES], &service->has_families)) {
        return row_error(table, row, "sunn_aldring and familieomsorg are ja or nei", error);
    }
    if (strcmp(text[DRIVER], "personer") == 0) {
        return read_weights(text[AGES], service) ||
               row_error(table, row, "alder is not a list like 000-020:1+021-066:0.5", error);
    }
    if (strcmp(text[DRIVER], "foedte") == 0) {
        service->is_births = TRUE;
        service->use[SP_MEN][0] = service->use[SP_WOMEN][0] = 1.0;
        return TRUE;
    }
    if (strcmp(text[DRIVER], "brukere") != 0) {
        return row_error(table, row, "driver is neither brukere, personer nor foedte", error);
    }
    *has_use = find_use(input->uses, service);
    return TRUE;
}

static gint compare_services(gconstpointer a, gconstpointer b)
{
    return strcmp(((const SpService *)a)->id, ((const SpService *)b)->id);
}

GArray *sp_services_new(const SpTable *services, const SpTable *use, GError **error)
{
    Input input = {.table = services};
    if (!sp_table_need_all(services, names, N_COLUMNS, SP_COLUMN_CODE, input.columns, error)) {
        return NULL;
    }
    g_autoptr(GArray) uses = sp_use_new(use, error);
    if (uses == NULL) {
        return NULL;
    }
    input.uses = uses;
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(SpService));
    for (gsize row = 0; row < sp_table_n_rows(services); row++) {
        SpService service;
        gboolean has_use;
        if (!read_row(&input, row, &service, &has_use, error)) {
            return NULL;
        }
        if (sp_services_find(found, service.id) < found->len) {
            row_error(services, row, "the service stands in an earlier row too; keep one", error);
            return NULL;
        }
        if (has_use) {
            g_array_append_val(found, service);
        }
    }
    if (found->len == 0) {
        sp_error_set(error, SP_ERROR_DATA, "%s: no service with use by age; name one that %s has",
                     sp_table_name(services), sp_table_name(use));
        return NULL;
    }
    g_array_sort(found, compare_services);
    return g_steal_pointer(&found);
}

guint sp_services_find(const GArray *services, const char *id)
{
    guint i = 0;
    while (i < services->len && strcmp(g_array_index(services, SpService, i).id, id) != 0) {
        i++;
    }
    return i;
}
