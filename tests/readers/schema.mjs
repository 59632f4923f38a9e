// Holds a JSON document against a JSON Schema: node schema.mjs SCHEMA DOCUMENT
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { readFileSync } from "node:fs";

const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const [schema, document] = process.argv.slice(2);
const ajv = new Ajv.default({ allErrors: true, strict: true, strictRequired: false });
addFormats.default(ajv);
const validate = ajv.compile(read(schema));
if (!validate(read(document))) {
  for (const fault of validate.errors.slice(0, 10)) {
    console.error(`${document}: ${fault.instancePath} ${fault.message}`);
  }
  process.exit(1);
}
