/* The registry of fillers. */
#include "outputs/html/fillers.h"

static const SpFiller fillers[] = {
    {"language", sp_fill_language},
    {"title", sp_fill_title},
    {"heading", sp_fill_heading},
    {"edition", sp_fill_edition},
    {"notices", sp_fill_notices},
    {"files", sp_fill_files},
    {"navigation", sp_fill_navigation},
    {"signs", sp_fill_signs},
    {"sections", sp_fill_sections},
    {"charts", sp_fill_charts},
    {"overview", sp_fill_overview},
    {"kommuner", sp_fill_kommuner},
    {"map", sp_fill_map},
    {"unwanted", sp_fill_unwanted},
    {"sentences", sp_fill_sentences},
    {"barometer", sp_fill_barometer},
    {"figures", sp_fill_figures},
    {"contents", sp_fill_contents},
    {"theme", sp_fill_theme},
    {"definitions", sp_fill_definitions},
    {"changes", sp_fill_changes},
    {"indicators", sp_fill_indicators},
    {"facts", sp_fill_facts},
    {"table", sp_fill_table},
    {"shortage", sp_fill_shortage},
    {"all", sp_fill_all},
    {"plan", sp_fill_plan},
};

gsize sp_fillers_size(void)
{
    return G_N_ELEMENTS(fillers);
}

const SpFiller *sp_fillers_at(gsize i)
{
    g_assert(i < G_N_ELEMENTS(fillers));
    return &fillers[i];
}
