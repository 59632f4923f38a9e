/* config/mottakere.csv. */
#include "pipeline/office.h"

#include "core/error.h"
#include "pipeline/catalogue.h"

#include <string.h>

enum { ID, NAME_NB, NAME_NN, FORM, LANGUAGE, N_COLUMNS };
static const char *const columns[N_COLUMNS] = {"embete", "nb", "nn", "maalform", "spraak"};

void sp_office_free(SpOffice *office)
{
    if (office != NULL) {
        g_free(office->id);
        g_free(office->name);
        g_free(office->language);
        g_free(office);
    }
}

static void free_office(gpointer office)
{
    sp_office_free(office);
}

/* An office that has decided on a form of Norwegian is written to in it; one that is neutral in
 * what was chosen for it. */
static SpOffice *read_row(const SpTable *table, gsize row, const gsize at[], GError **error)
{
    const char *form = sp_table_code(table, row, at[FORM]);
    const char *language = sp_table_code(table, row, at[LANGUAGE]);
    const gboolean is_nn = strcmp(language, "nn") == 0;
    if ((!is_nn && strcmp(language, "nb") != 0) ||
        (strcmp(form, language) != 0 && strcmp(form, "noeytral") != 0)) {
        sp_error_set(error, SP_ERROR_CONFIG,
                     "config/" SP_OFFICE_FILE ": %s: maalform %s with spraak %s: want nb or nn in "
                     "both, or noeytral and the language that was chosen",
                     sp_table_code(table, row, at[ID]), form, language);
        return NULL;
    }
    SpOffice *office = g_new0(SpOffice, 1);
    office->id = g_strdup(sp_table_code(table, row, at[ID]));
    office->name = g_strdup(sp_table_code(table, row, at[is_nn ? NAME_NN : NAME_NB]));
    office->language = g_strdup(language);
    return office;
}

GPtrArray *sp_offices_list(const SpContext *context, GError **error)
{
    g_autofree char *path = sp_context_data_path(context, SP_OFFICE_FILE);
    g_autoptr(SpTable) table = sp_catalogue_read(path, SP_OFFICE_FILE, NULL, error);
    gsize at[N_COLUMNS];
    if (table == NULL || !sp_table_need_all(table, columns, N_COLUMNS, SP_COLUMN_CODE, at, error)) {
        return NULL;
    }
    g_autoptr(GPtrArray) offices = g_ptr_array_new_with_free_func(free_office);
    for (gsize row = 0; row < sp_table_n_rows(table); row++) {
        SpOffice *office = read_row(table, row, at, error);
        if (office == NULL) {
            return NULL;
        }
        g_ptr_array_add(offices, office);
    }
    return g_steal_pointer(&offices);
}

SpOffice *sp_office_find(const SpContext *context, const char *id, GError **error)
{
    g_autoptr(GPtrArray) offices = sp_offices_list(context, error);
    for (guint i = 0; offices != NULL && i < offices->len; i++) {
        if (strcmp(((SpOffice *)offices->pdata[i])->id, id) == 0) {
            return g_ptr_array_steal_index(offices, i);
        }
    }
    if (offices != NULL) {
        sp_error_set(error, SP_ERROR_CONFIG, "config/" SP_OFFICE_FILE " has no embete \"%s\"", id);
    }
    return NULL;
}
