/** The small country (mini.h) with a panel of kommuner by hand, which two layouts read at once. */
#ifndef SP_TESTS_PIPELINE_PANEL_H
#define SP_TESTS_PIPELINE_PANEL_H

#include "tests/pipeline/mini.h"

#define HEADER                                                                                     \
    "kommunenummer,aar,hjemmetjenestebrukere,hjemmetjenestebrukere_80p,bolig_heldoegn,"            \
    "institusjon,institusjon_80p,sykepleier_aarsverk_avtalt\n"
#define YEAR_2022 HEADER "0301,2022,1500,600,80,390,290,240\n1103,2022,480,210,40,120,95,75\n"
#define YEAR_2023 HEADER "0301,2023,1600,700,90,400,300,250.5\n1103,2023,500,220,41,121,96,80\n"

/** With `inbox = pattern`. */
Mini *panel_country(const char *pattern);
/** Puts a file into the inbox. */
void panel_deliver(const Mini *mini, const char *name, const char *text);
/** A file of what normalise made of it, which must be there. g_free. */
char *panel_facts(const Mini *mini, const char *file);

#endif
