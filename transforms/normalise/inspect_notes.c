/* Findings by rule, and where. */
#include "transforms/normalise/inspect_notes.h"

#include <string.h>

static const char *const rules[] = {SP_RULE_NUMBER,  SP_RULE_MINIMUM, SP_RULE_EMPTY,
                                    SP_RULE_CODE,    SP_RULE_KOMMUNE, SP_RULE_PERIOD,
                                    SP_RULE_DOUBLET, SP_RULE_REPEAT,  SP_RULE_SAME};

struct SpNotes {
    GPtrArray *sheets;
    GPtrArray *findings;
};

static void place_free(gpointer data)
{
    SpInspectPlace *place = data;
    g_free(place->sheet);
    g_free(place->column);
    g_free(place->found);
    g_free(place);
}

static void finding_free(gpointer data)
{
    SpInspectFinding *finding = data;
    g_ptr_array_unref(finding->places);
    g_free(finding);
}

static void sheet_free(gpointer data)
{
    SpInspectSheet *sheet = data;
    g_free(sheet->name);
    g_free(sheet);
}

SpNotes *sp_notes_new(void)
{
    SpNotes *notes = g_new0(SpNotes, 1);
    notes->sheets = g_ptr_array_new_with_free_func(sheet_free);
    notes->findings = g_ptr_array_new_with_free_func(finding_free);
    for (gsize i = 0; i < G_N_ELEMENTS(rules); i++) {
        SpInspectFinding *finding = g_new0(SpInspectFinding, 1);
        finding->rule = rules[i];
        finding->places = g_ptr_array_new_with_free_func(place_free);
        g_ptr_array_add(notes->findings, finding);
    }
    return notes;
}

void sp_notes_free(SpNotes *notes)
{
    if (notes != NULL) {
        g_ptr_array_unref(notes->sheets);
        g_ptr_array_unref(notes->findings);
        g_free(notes);
    }
}

void sp_notes_take_sheet(SpNotes *notes, const char *name, gboolean is_read)
{
    SpInspectSheet *sheet = g_new0(SpInspectSheet, 1);
    sheet->name = g_strdup(name);
    sheet->is_read = is_read;
    g_ptr_array_add(notes->sheets, sheet);
}

static SpInspectSheet *present_sheet(const SpNotes *notes)
{
    for (guint i = notes->sheets->len; i > 0; i--) {
        SpInspectSheet *sheet = notes->sheets->pdata[i - 1];
        if (sheet->is_read) {
            return sheet;
        }
    }
    return NULL;
}

void sp_notes_count_row(SpNotes *notes)
{
    SpInspectSheet *sheet = present_sheet(notes);
    if (sheet != NULL) {
        sheet->n_rows++;
    }
}

/* One line of a text, whatever is in it. */
static char *excerpt(const SpField *field)
{
    g_autofree char *valid =
        g_utf8_make_valid(field->text, (gssize)MIN(field->size, (gsize)4 * (SP_INSPECT_TEXT + 1)));
    for (char *c = valid; *c != '\0'; c++) {
        *c = g_ascii_iscntrl(*c) ? ' ' : *c;
    }
    if (g_utf8_strlen(valid, -1) <= SP_INSPECT_TEXT) {
        return g_steal_pointer(&valid);
    }
    g_autofree char *cut = g_utf8_substring(valid, 0, SP_INSPECT_TEXT);
    return g_strconcat(cut, "…", NULL);
}

void sp_notes_add(SpNotes *notes, const char *rule, guint64 row, const char *column,
                  const SpField *field)
{
    for (guint i = 0; i < notes->findings->len; i++) {
        SpInspectFinding *finding = notes->findings->pdata[i];
        if (strcmp(finding->rule, rule) != 0) {
            continue;
        }
        finding->n++;
        if (finding->places->len < SP_INSPECT_PLACES) {
            const SpInspectSheet *sheet = present_sheet(notes);
            SpInspectPlace *place = g_new0(SpInspectPlace, 1);
            place->sheet = g_strdup(sheet != NULL ? sheet->name : NULL);
            place->row = row;
            place->column = g_strdup(column);
            place->found = field != NULL ? excerpt(field) : g_strdup("");
            g_ptr_array_add(finding->places, place);
        }
    }
}

const GPtrArray *sp_notes_sheets(const SpNotes *notes)
{
    return notes->sheets;
}

const GPtrArray *sp_notes_findings(const SpNotes *notes)
{
    return notes->findings;
}
