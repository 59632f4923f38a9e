/* The configuration that projections read: a row a file. */
#include "transforms/project/files.h"

enum { SCENARIO = SP_FILE_OF_SCENARIO, BACKTEST = SP_FILE_OF_BACKTEST, BOTH = SCENARIO | BACKTEST };

const SpProjectFile sp_project_files[] = {
    {"bruk.csv", "bruk", "bruk", BOTH},
    {"aldersgrupper.csv", "aldersgrupper", "", BOTH},
    {"profesjoner.csv", "profesjoner", "", BOTH},
    {"codes/pai_utdanning.csv", "pai_utdanning", "", SCENARIO},
    {"framskriving/befolkningsbane.csv", "befolkningsbane", "", SCENARIO},
    {"framskriving/tjenester.csv", "tjenester", "", BOTH},
    {"framskriving/struktur.csv", "struktur", "vekt trend trend_til", BOTH},
    {"framskriving/bemanning.csv", "bemanning_kilder", "", BOTH},
    {"framskriving/lovkrav.csv", "lovkrav", "minst", BOTH},
    {"framskriving/utvikling.csv", "utvikling",
     "drift drift_sd steg_sd dempning aldring aldring_sd beholdt", BOTH},
    {"framskriving/utdanning.csv", "utdanning",
     "aar fullfoering tid_0 tid_1 tid_2 tid_3 tid_4 tid_5 tid_6 tid_7 kvinner alder spredning "
     "minst variasjon",
     SCENARIO},
    {"framskriving/overganger.csv", "overganger", "andel kvinner alder spredning minst variasjon",
     SCENARIO},
    {"framskriving/avgang.csv", "avgang", "alder_fra alder_til avgang variasjon", SCENARIO},
    {"framskriving/pensjonsalder.csv", "pensjonsalder", "alder", SCENARIO},
    {"framskriving/arbeidssted.csv", "arbeidssted", "verdi", SCENARIO},
    {"framskriving/sektor.csv", "sektor", "", SCENARIO},
    {"framskriving/kostnad.csv", "kostnad", "vekt", SCENARIO},
    {"framskriving/sjokk.csv", "sjokk", "verdi", SCENARIO},
    {"framskriving/turnover.csv", "turnover", "verdi", SCENARIO},
    {"skjerming.csv", "skjerming", "", SCENARIO},
    {"framskriving/treffsikkerhet.csv", "treffsikkerhet_serier", "", BACKTEST},
    {"framskriving/bruk_tidligere.csv", "bruk_tidligere", "bruk", BACKTEST},
    {NULL, NULL, NULL, 0}};
