/* Views. */
#include "outputs/views.h"

#include "core/period.h"

/* What stands between a table x and the names of its codes: @ is the language, # stands before the
 * name of a table. At $ stand the columns that a base adds to every view; what a view was given
 * later stands behind them, so that a base that has the view can put it at the end. */
#define REGION " JOIN #kode_region r ON r.kode = x.region"
#define PERIOD " JOIN #kode_period p ON p.kode = x.period"
#define YRKE " JOIN #kode_yrke y ON y.kode = x.yrke"
#define WHERE "x.region, r.\"@\" AS regionnavn, "
#define GAP                                                                                        \
    "x.yrke, y.\"@\" AS yrkesnavn, p.aar, x.etterspoersel, x.tilbud, x.gap, x.gap_status, x.p05, " \
    "x.p95$, x.sannsynlighet_mangel, x.sannsynlighet_mangel_status, x.etterspoersel_status, "      \
    "x.tilbud_status, x.p05_status, x.p95_status FROM #framskriving_gap x" REGION PERIOD YRKE
#define GAP_COLUMNS "region yrke period etterspoersel tilbud gap p05 p95 sannsynlighet_mangel"

static const SpView views[] = {
    {"v_befolkning", "befolkning", "region kjonn alder period innbyggere",
     "SELECT " WHERE "p.aar, x.kjonn, k.\"@\" AS kjoennsnavn, x.alder, a.\"@\" AS aldersnavn, "
     "x.innbyggere, x.innbyggere_status$ FROM #befolkning x" REGION PERIOD
     " JOIN #kode_kjonn k ON k.kode = x.kjonn JOIN #kode_alder a ON a.kode = x.alder"},
    {"v_aarsverk", "aarsverk", "region yrke period aarsverk",
     "SELECT " WHERE "x.yrke, y.\"@\" AS yrkesnavn, p.aar, x.aarsverk, x.aarsverk_status$ "
     "FROM #aarsverk x" REGION PERIOD YRKE},
    {"v_mangel", "framskriving_gap", GAP_COLUMNS, "SELECT " WHERE GAP},
    /* The year that is told (sp_told_year). */
    {"v_framskriving_gap_maalaar", "framskriving_gap", GAP_COLUMNS,
     "SELECT " WHERE GAP
     " WHERE p.aar = (SELECT (" G_STRINGIFY(SP_TOLD_YEARS) " + min(q.aar)) / " G_STRINGIFY(
         SP_TOLD_STEP) " * " G_STRINGIFY(SP_TOLD_STEP) " FROM #framskriving_gap z JOIN "
                                                       "#kode_period q ON q.kode = z.period)"},
    {"v_framskriving_behov", "framskriving_behov", "region tjeneste period indeks brukere p05 p95",
     "SELECT " WHERE "x.tjeneste, t.\"@\" AS tjenestenavn, p.aar, x.indeks, x.brukere, "
     "x.brukere_status, x.p05, x.p95$, x.indeks_status, x.p05_status, x.p95_status "
     "FROM #framskriving_behov x" REGION PERIOD " JOIN #kode_tjeneste t ON t.kode = x.tjeneste"},
    {"v_rekrutteringsbehov", "rekrutteringsbehov",
     "region yrke period aarsverk rekruttering_netto p05 p95",
     "SELECT " WHERE "x.yrke, y.\"@\" AS yrkesnavn, p.aar, x.aarsverk, x.rekruttering_netto, "
     "x.rekruttering_netto_status, x.p05, x.p95$, x.aarsverk_status, x.p05_status, x.p95_status "
     "FROM #rekrutteringsbehov x" REGION PERIOD YRKE},
    {"v_sammenlikning", "sammenlikning",
     "indikator region period verdi middel_naermeste middel_kostragruppe middel_fylke "
     "middel_landet",
     "SELECT " WHERE "x.indikator, i.\"@\" AS indikatornavn, i.enhet, p.aar, x.verdi, "
     "x.verdi_status, x.middel_naermeste, x.middel_kostragruppe, x.middel_fylke, "
     "x.middel_landet$, x.middel_naermeste_status, x.middel_kostragruppe_status, "
     "x.middel_fylke_status, x.middel_landet_status FROM #sammenlikning x" REGION PERIOD
     " JOIN #indikator i ON i.kode = x.indikator"},
    /* The newest of each kommune. */
    {"v_kommune_noekkeltall", "ressurser",
     "region period aarsverk_helse_omsorg_per_10000 legeaarsverk_per_10000 "
     "aarsverk_helsefaglig_pct netto_driftsutgift_omsorg_pct utgift_helse_omsorg_per_innbygger "
     "hjemmetjenestebrukere_80p_pct institusjonsopphold_80p_pct",
     "SELECT " WHERE "p.aar, x.aarsverk_helse_omsorg_per_10000, x.legeaarsverk_per_10000, "
     "x.aarsverk_helsefaglig_pct, x.netto_driftsutgift_omsorg_pct, "
     "x.utgift_helse_omsorg_per_innbygger, x.hjemmetjenestebrukere_80p_pct, "
     "x.institusjonsopphold_80p_pct$, x.aarsverk_helse_omsorg_per_10000_status, "
     "x.legeaarsverk_per_10000_status, x.aarsverk_helsefaglig_pct_status, "
     "x.netto_driftsutgift_omsorg_pct_status, x.utgift_helse_omsorg_per_innbygger_status, "
     "x.hjemmetjenestebrukere_80p_pct_status, x.institusjonsopphold_80p_pct_status "
     "FROM #ressurser x" REGION PERIOD
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

static char *put_for(const char *sql, const char *mark, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(sql, mark, -1);
    return g_strjoinv(text, parts);
}

char *sp_view_sql(const SpView *view, const SpViewWords *words)
{
    g_autofree char *worded = put_for(view->sql, "@", words->language);
    g_autofree char *named = put_for(worded, "#", words->prefix);
    return put_for(named, "$", words->columns);
}
