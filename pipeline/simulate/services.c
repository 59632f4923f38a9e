/* Services of the simulated kommuner: config/simulate/bruk.csv. */
#include "pipeline/simulate/care.h"

#include "core/error.h"
#include "pipeline/simulate/rows.h"

#include <string.h>

/* In the order of SpSimGroup. */
static const char *const group_names[SP_SIM_N_GROUPS] = {"hjemme",    "institusjon", "bolig",
                                                         "teknologi", "dag",         "stoette"};

static gboolean read_group(const SpSimRows *rows, gsize row, SpSimGroup *group, GError **error)
{
    for (guint i = 0; i < SP_SIM_N_GROUPS; i++) {
        if (strcmp(sp_sim_rows_text(rows, row, 2), group_names[i]) == 0) {
            *group = (SpSimGroup)i;
            return TRUE;
        }
    }
    return sp_sim_rows_wrong(rows, row, 2, "hjemme, institusjon, bolig, teknologi, dag or stoette",
                             error);
}

static gboolean read_service(const SpSimRows *rows, gsize row, SpSimService *service,
                             GError **error)
{
    service->code = g_strdup(sp_sim_rows_text(rows, row, 0));
    service->name = g_strdup(sp_sim_rows_text(rows, row, 1));
    for (guint band = 0; band < SP_SIM_N_BANDS; band++) {
        if (!sp_sim_rows_number(rows, row, 3 + band, (SpSimRange){0, 1}, &service->share[band],
                                error)) {
            return FALSE;
        }
    }
    return read_group(rows, row, &service->group, error) &&
           sp_sim_rows_number(rows, row, 9, (SpSimRange){0, 1}, &service->at_end, error) &&
           sp_sim_rows_number(rows, row, 10, (SpSimRange){0, 168}, &service->hours, error) &&
           sp_sim_rows_number(rows, row, 11, (SpSimRange){0, 10}, &service->aarsverk, error) &&
           sp_sim_rows_number(rows, row, 12, (SpSimRange){-1, 1}, &service->drift, error);
}

gboolean sp_sim_services_read(SpSimServices *services, const char *path, GError **error)
{
    static const char *const columns[] = {"tjeneste", "navn",     "gruppe", "v0",  "v18",
                                          "v50",      "v67",      "v80",    "v90", "ved_slutt",
                                          "timer",    "aarsverk", "drift"};
    g_autoptr(SpSimRows) rows = sp_sim_rows_read(path, columns, G_N_ELEMENTS(columns), error);
    if (rows == NULL) {
        return FALSE;
    }
    if (sp_sim_rows_size(rows) > SP_SIM_MAX_SERVICES) {
        return sp_error_set(error, SP_ERROR_CONFIG, "%s: more than %d services; merge some", path,
                            SP_SIM_MAX_SERVICES);
    }
    services->services = g_new0(SpSimService, sp_sim_rows_size(rows));
    gboolean is_good = TRUE;
    for (gsize row = 0; is_good && row < sp_sim_rows_size(rows); row++) {
        services->n++;
        is_good = read_service(rows, row, &services->services[row], error);
    }
    return is_good;
}

void sp_sim_services_clear(SpSimServices *services)
{
    for (guint i = 0; i < services->n; i++) {
        g_free(services->services[i].code);
        g_free(services->services[i].name);
    }
    g_clear_pointer(&services->services, g_free);
    services->n = 0;
}
