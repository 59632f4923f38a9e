/* KLASS: the real kommuner and changes, which the simulated country has too, its fylker, and the
 * groups of comparison as correspondences. Each of the service's three forms is used: JSON, CSV
 * (UTF-8, as the program asks for it) and XML. */
#include "pipeline/simulate/output.h"
#include "pipeline/simulate/rows.h"
#include "pipeline/simulate/source.h"

#include <string.h>

static void put_xml(SpSimOutput *output, const char *name, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text, -1);
    sp_sim_put_format(output, "<%s>%s</%s>", name, escaped, name);
}

static void put_fylke(SpSimOutput *output, const char *code, const char *name)
{
    sp_sim_put(output, "<codeItem>");
    put_xml(output, "code", code);
    sp_sim_put(output, "<parentCode/><level>1</level>");
    put_xml(output, "name", name);
    sp_sim_put(output, "<shortName/><presentationName/><validFrom/><validTo/><notes/>"
                       "</codeItem>\n");
}

/* 104: as 131 has its 9999, it has a code for those of whom the fylke is not known (assumed). */
static gboolean write_fylker(const SpSimModel *model, const char *folder, GError **error)
{
    static const char *const columns[] = {"fylke", "navn"};
    g_autofree char *path = g_build_filename(model->options.data_folder, "fylker.csv", NULL);
    g_autoptr(SpSimRows) rows = sp_sim_rows_read(path, columns, G_N_ELEMENTS(columns), error);
    SpSimOutput *output =
        rows != NULL ? sp_sim_output_open(folder, "extracts/klass-104-fylker.xml", FALSE, error)
                     : NULL;
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<codeList>");
    for (gsize row = 0; row < sp_sim_rows_size(rows); row++) {
        const char *code = sp_sim_rows_text(rows, row, 0);
        if (strcmp(code, "0") != 0) {
            put_fylke(output, code, sp_sim_rows_text(rows, row, 1));
        }
    }
    put_fylke(output, "99", "Uoppgitt");
    sp_sim_put(output, "</codeList>\n");
    return sp_sim_output_close(output, error);
}

/* 112 to 131, the kommune groups of KOSTRA. */
static gboolean write_groups(const SpSimModel *model, const char *folder, GError **error)
{
    const SpSimGeography *geography = model->geography;
    SpSimOutput *output =
        sp_sim_output_open(folder, "extracts/klass-112-kostragrupper.csv", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "\"sourceCode\",\"sourceName\",\"sourceShortName\",\"targetCode\","
                       "\"targetName\",\"targetShortName\",\"validFrom\",\"validTo\"\n");
    for (guint k = 0; k < geography->n_kommuner; k++) {
        const SpSimKommune *kommune = &geography->kommuner[k];
        sp_sim_put_format(output, "\"%s\",\"KOSTRA-gruppe %s\",\"\",\"%s\",\"%s\",\"\",,\n",
                          kommune->group, kommune->group + strlen("EKG"), kommune->code,
                          kommune->name);
    }
    return sp_sim_output_close(output, error);
}

/* 128 to 131, the classes of centrality. */
static gboolean write_centrality(const SpSimModel *model, const char *folder, GError **error)
{
    const SpSimGeography *geography = model->geography;
    SpSimOutput *output =
        sp_sim_output_open(folder, "extracts/klass-128-sentralitet.xml", FALSE, error);
    if (output == NULL) {
        return FALSE;
    }
    sp_sim_put(output, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<correspondenceItemList>");
    for (guint k = 0; k < geography->n_kommuner; k++) {
        const SpSimKommune *kommune = &geography->kommuner[k];
        sp_sim_put_format(output,
                          "<correspondenceItem><sourceCode>%u</sourceCode>"
                          "<sourceName>Sentralitet %u</sourceName><sourceShortName/>",
                          kommune->class, kommune->class);
        put_xml(output, "targetCode", kommune->code);
        put_xml(output, "targetName", kommune->name);
        sp_sim_put(output, "<targetShortName/><validFrom/><validTo/></correspondenceItem>\n");
    }
    sp_sim_put(output, "</correspondenceItemList>\n");
    return sp_sim_output_close(output, error);
}

static gboolean write_extracts(const SpSimModel *model, const char *folder, GError **error)
{
    const SpSimGeography *geography = model->geography;
    return sp_sim_write_text(folder, "extracts/klass-131-kommuner.json", geography->klass_codes,
                             error) &&
           sp_sim_write_text(folder, "extracts/klass-131-endringer.json", geography->klass_changes,
                             error) &&
           write_fylker(model, folder, error) && write_groups(model, folder, error) &&
           write_centrality(model, folder, error);
}

const SpSimSource sp_sim_source_regioner = {
    .name = "regioner",
    .summary = "KLASS 131, 104, and 112 and 128 to 131",
    .write = write_extracts,
};
