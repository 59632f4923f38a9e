/**
 * What every format is: one folder, one line in registry.def. A format writes protected tables and
 * texts of the catalogue into a package's folder. Outputs format and never compute.
 */
#ifndef SP_OUTPUTS_OUTPUT_H
#define SP_OUTPUTS_OUTPUT_H

#include "core/config.h"
#include "core/table.h"
#include "core/texts.h"

/** Version of a package's form: fields are added, never renamed or removed, within a major version
 * (config/schemas/statistikkpakke-1.schema.json). */
#define SP_PACKAGE_VERSION "1.0"

/** What lies in a package when its first page is printed (outputs/pdf): others link to it and list
 * it. */
#define SP_PRINTED_FILE "kort-fortalt.pdf"

/** The browser that prints it. */
typedef struct {
    char *program; /* its path */
    char *version; /* in its own words */
    guint seconds; /* that it may take */
} SpBrowser;

/** One package: a fylke or the country. All borrowed. */
typedef struct {
    const char *name;     /* "fylke-50-troendelag", "nasjonal": also the folder's name */
    const char *region;   /* "50", "0" */
    const char *title;    /* "Trøndelag", in the package's language */
    const char *language; /* "nb" or "nn" */
    const char *edition;  /* "2026-02-25-1a2b3c4d": its date is the only time of ours in any file */
    const char *previous; /* the edition that the table `endringer` tells the changes since; NULL if
                             there is none */
    SpTables
        *tables; /* as published, in the order of the catalogue, each in key order (writing to disk
                    sorts them in place); each has texts "table.NAME", "column.NAME", "unit.UNIT" */
    const SpTable *regions;    /* table `region`: codes, names, kinds */
    const SpTable *origins;    /* tabell, kilde: the rows of the table `kilder` that each table is
                                  of; NULL: not known */
    const SpTable *catalogue;  /* config/tables.csv, all columns codes: outputs/show.h */
    const SpTable *units;      /* config/units.csv, all columns codes: outputs/units.h */
    const SpTable *indicators; /* config/indicators.csv, all columns codes: id, name_nb, name_nn,
                                  unit and per are read; NULL if none */
    const SpTable
        *figures; /* config/figurer.csv, all columns codes: outputs/figure.h; NULL if none */
    const SpTable *breaks; /* config/brudd.csv, all columns codes: outputs/breaks.h; NULL if none */
    const SpTable *borders;    /* config/kart/kommuner.csv: kommune, sti; NULL if none */
    const SpTable *file_types; /* config/filtyper.csv, all columns codes: ending, media_type */
    const SpTable *vocabulary; /* config/dcat.csv, all columns codes: kind, code, uri */
    const SpTexts *texts;
    const char *public_key;      /* it is signed with (core/io/minisign.h); NULL: it is not */
    const char *template_folder; /* the report's templates; read when a page is written */
    const SpBrowser *browser;    /* prints the first page; NULL: it is not printed */
    const char *const *assets;   /* files of the report's folder of assets, NULL-terminated */
    const char *const
        *notices; /* text ids that must stand in every file: "notice.ikke_for_publisering",
                     "notice.syntetisk"; NULL-terminated */
} SpPackage;

typedef struct {
    const char *name;
    const char *summary;
    const char *const *config_keys;
    gsize n_config_keys;
    gboolean has_own_setting; /* which asks for it, and not package.formats: it looks itself whether
                                 there is anything to write */
    /**
     * Writes the format's files into an existing folder; files have mode 0644.
     * SP_ERROR_CANT_CREATE, SP_ERROR_IO; SP_ERROR_CONFIG for a setting, a template or a catalogue
     * that cannot be used.
     */
    gboolean (*write)(const SpPackage *package, const SpSettings *settings, const char *folder,
                      GError **error);
} SpOutput;

/** The registry, in its order: [sp_outputs_size], static. */
gsize sp_outputs_size(void);
const SpOutput *sp_outputs_at(gsize i);

#endif
