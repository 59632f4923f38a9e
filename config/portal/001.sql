-- Step 1 of the portal's database. Steps run once each, in their order, in the transaction of an import; search_path is the schema. A step that has
-- been in a release is never changed: what changes is a new step.
CREATE TABLE skjema (
    versjon integer PRIMARY KEY,
    innfoert timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE skjema IS 'Versjonene av tabellene her: den høyeste gjelder';

CREATE TABLE utgave (
    utgave text PRIMARY KEY,
    dag date NOT NULL,
    tilstand text NOT NULL CHECK (tilstand IN ('gjeldende', 'erstattet', 'trukket')),
    tall text NOT NULL CHECK (tall IN ('ja', 'fjernes', 'nei')),
    merknad text NOT NULL,
    pakker integer NOT NULL,
    rader bigint NOT NULL,
    grunn text,
    trukket_fra text,
    rettelse_nb text,
    rettelse_nn text,
    lastet_inn timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX utgave_gjeldende ON utgave (tilstand) WHERE tilstand = 'gjeldende';
COMMENT ON TABLE utgave IS 'Alle utgaver som er lastet inn, også trukne og de som ikke lenger har tall her';
COMMENT ON COLUMN utgave.tilstand IS 'gjeldende (høyst én), erstattet eller trukket';
COMMENT ON COLUMN utgave.tall IS 'ja: tallene ligger her; nei: de er fjernet; fjernes: de er på vei ut';
COMMENT ON COLUMN utgave.merknad IS 'Det som må følge alle tall i utgaven, for eksempel at de er syntetiske; tomt når det ikke er noe';
COMMENT ON COLUMN utgave.grunn IS 'Hvorfor utgaven er trukket';
COMMENT ON COLUMN utgave.trukket_fra IS 'Dagen den er trukket fra, når den er oppgitt';
COMMENT ON COLUMN utgave.rettelse_nb IS 'Det lesere bør vite, på bokmål';
COMMENT ON COLUMN utgave.rettelse_nn IS 'Det lesarar bør vite, på nynorsk';

CREATE VIEW current AS
    SELECT utgave, dag, merknad, pakker, rader, lastet_inn FROM utgave WHERE tilstand = 'gjeldende';
COMMENT ON VIEW current IS 'Utgaven som gjelder: en rad, eller ingen når den er trukket og ingen står i stedet';
