/* Views. */
#include "outputs/views.h"

#include "core/period.h"

/* What stands between a table x and the names of its codes: @ is the language, # stands before the
 * name of a table. */
#define REGION " JOIN #kode_region r ON r.kode = x.region"
#define PERIOD " JOIN #kode_period p ON p.kode = x.period"
#define YRKE " JOIN #kode_yrke y ON y.kode = x.yrke"
#define WHERE "x.region, r.\"@\" AS regionnavn, "
#define GAP                                                                                        \
    "x.yrke, y.\"@\" AS yrkesnavn, p.aar, x.etterspoersel, x.tilbud, x.gap, x.gap_status, x.p05, " \
    "x.p95 FROM #framskriving_gap x" REGION PERIOD YRKE

static const SpView views[] = {
    {"v_befolkning", "befolkning", "region kjonn alder period innbyggere",
     "SELECT " WHERE "p.aar, x.kjonn, k.\"@\" AS kjoennsnavn, x.alder, a.\"@\" AS aldersnavn, "
     "x.innbyggere, x.innbyggere_status FROM #befolkning x" REGION PERIOD
     " JOIN #kode_kjonn k ON k.kode = x.kjonn JOIN #kode_alder a ON a.kode = x.alder"},
    {"v_aarsverk", "aarsverk", "region yrke period aarsverk",
     "SELECT " WHERE "x.yrke, y.\"@\" AS yrkesnavn, p.aar, x.aarsverk, x.aarsverk_status "
     "FROM #aarsverk x" REGION PERIOD YRKE},
    {"v_mangel", "framskriving_gap", "region yrke period etterspoersel tilbud gap p05 p95",
     "SELECT " WHERE GAP},
    /* The year that is told (sp_told_year). */
    {"v_framskriving_gap_maalaar", "framskriving_gap",
     "region yrke period etterspoersel tilbud gap p05 p95",
     "SELECT " WHERE GAP
     " WHERE p.aar = (SELECT (" G_STRINGIFY(SP_TOLD_YEARS) " + min(q.aar)) / " G_STRINGIFY(
         SP_TOLD_STEP) " * " G_STRINGIFY(SP_TOLD_STEP) " FROM #framskriving_gap z JOIN "
                                                       "#kode_period q ON q.kode = z.period)"},
    {"v_framskriving_behov", "framskriving_behov", "region tjeneste period indeks brukere p05 p95",
     "SELECT " WHERE "x.tjeneste, t.\"@\" AS tjenestenavn, p.aar, x.indeks, x.brukere, "
     "x.brukere_status, x.p05, x.p95 FROM #framskriving_behov x" REGION PERIOD
     " JOIN #kode_tjeneste t ON t.kode = x.tjeneste"},
    {"v_rekrutteringsbehov", "rekrutteringsbehov",
     "region yrke period aarsverk rekruttering_netto p05 p95",
     "SELECT " WHERE "x.yrke, y.\"@\" AS yrkesnavn, p.aar, x.aarsverk, x.rekruttering_netto, "
     "x.rekruttering_netto_status, x.p05, x.p95 FROM #rekrutteringsbehov x" REGION PERIOD YRKE},
    {"v_sammenlikning", "sammenlikning",
     "indikator region period verdi middel_naermeste middel_kostragruppe middel_fylke "
     "middel_landet",
     "SELECT " WHERE "x.indikator, i.\"@\" AS indikatornavn, i.enhet, p.aar, x.verdi, "
     "x.verdi_status, x.middel_naermeste, x.middel_kostragruppe, x.middel_fylke, x.middel_landet "
     "FROM #sammenlikning x" REGION PERIOD " JOIN #indikator i ON i.kode = x.indikator"},
    /* The newest of each kommune. */
    {"v_kommune_noekkeltall", "ressurser",
     "region period aarsverk_helse_omsorg_per_10000 legeaarsverk_per_10000 "
     "aarsverk_helsefaglig_pct netto_driftsutgift_omsorg_pct utgift_helse_omsorg_per_innbygger "
     "hjemmetjenestebrukere_80p_pct institusjonsopphold_80p_pct",
     "SELECT " WHERE "p.aar, x.aarsverk_helse_omsorg_per_10000, x.legeaarsverk_per_10000, "
     "x.aarsverk_helsefaglig_pct, x.netto_driftsutgift_omsorg_pct, "
     "x.utgift_helse_omsorg_per_innbygger, x.hjemmetjenestebrukere_80p_pct, "
     "x.institusjonsopphold_80p_pct FROM #ressurser x" REGION PERIOD
     " WHERE r.slag = 'kommune' AND x.period = (SELECT max(z.period) FROM #ressurser z "
     "WHERE z.region = x.region)"},
};

gsize sp_views_size(void)
{
    return G_N_ELEMENTS(views);
}

const SpView *sp_views_at(gsize i)
{
    return &views[i];
}

char *sp_view_sql(const SpView *view, const char *language, const char *prefix)
{
    g_auto(GStrv) parts = g_strsplit(view->sql, "@", -1);
    g_autofree char *worded = g_strjoinv(language, parts);
    g_auto(GStrv) tables = g_strsplit(worded, "#", -1);
    return g_strjoinv(prefix, tables);
}
