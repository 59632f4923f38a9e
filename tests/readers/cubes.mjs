// Holds the cubes of a package (jsonstat/NAME.json) against its tables (data/NAME.csv) by the reader that
// others have of JSON-stat:  node cubes.mjs PACKAGE
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import JSONstat from "jsonstat-toolkit";

const MOST_ROWS = 20000; // of a table; of a longer one every n-th row is held against the cube

// RFC 4180: rows of fields.
function parseCsv(text) {
  const rows = [];
  let row = [];
  let field = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') field += text[++i];
      else quoted = false;
    } else if (c === '"') quoted = true;
    else if (c === ",") (row.push(field), (field = ""));
    else if (c === "\n") (row.push(field), rows.push(row), (row = []), (field = ""));
    else field += c;
  }
  return rows;
}

function fail(name, what) {
  console.error(`${name}: ${what}`);
  process.exit(1);
}

// The figures of a cube that have a number, and those that have a sign.
function countOf(cube) {
  const values = Array.isArray(cube.value) ? cube.value : Object.values(cube.value);
  return [values.filter((v) => v !== null).length, Object.keys(cube.status).length];
}

function compareRow(name, dataset, cube, row, at) {
  const keys = cube.id.slice(0, -1);
  const query = Object.fromEntries(keys.map((key) => [key, row[at.get(key)]]));
  for (const measure of dataset.Dimension("ContentsCode").id) {
    const cell = dataset.Data({ ...query, ContentsCode: measure });
    const place = at.get(measure);
    const wanted = row[place] === "" ? null : Number(row[place]);
    const status = row[place + 1] === "" ? null : row[place + 1];
    if (cell === null || (cell.value ?? null) !== wanted || (cell.status ?? null) !== status) {
      fail(name, `${JSON.stringify(query)} ${measure} is ${JSON.stringify(cell)}, want ${wanted} "${status}"`);
    }
  }
}

// Attributes and flags are ours alone: by place of the row, and of the figure.
function compareExtension(name, cube, row, at) {
  const measures = cube.dimension.ContentsCode.category.index;
  let place = 0;
  cube.id.slice(0, -1).forEach((key, i) => {
    place = place * cube.size[i] + cube.dimension[key].category.index.indexOf(row[at.get(key)]);
  });
  const { flags, attributes } = cube.extension;
  measures.forEach((measure, i) => {
    const told = typeof flags === "string" ? flags : (flags[place * measures.length + i] ?? "");
    if (told !== row[at.get(measure) + 2]) fail(name, `place ${place} ${measure} has the flags "${told}"`);
  });
  for (const [key, attribute] of Object.entries(attributes)) {
    const value = attribute.value;
    const told = typeof value === "string" ? value : (value[place] ?? "");
    if (told !== row[at.get(key)]) fail(name, `place ${place} ${key} is "${told}", want "${row[at.get(key)]}"`);
  }
}

function compare(folder, file) {
  const name = file.replace(/\.json$/, "");
  const cube = JSON.parse(readFileSync(join(folder, "jsonstat", file), "utf8"));
  const [header, ...rows] = parseCsv(readFileSync(join(folder, "data", `${name}.csv`), "utf8"));
  const at = new Map(header.map((column, i) => [column, i]));
  const places = cube.dimension.ContentsCode.category.index.map((measure) => at.get(measure));
  const count = (offset) => rows.reduce((n, row) => n + places.filter((p) => row[p + offset] !== "").length, 0);
  const [values, signs] = countOf(cube);
  if (values !== count(0) || signs !== count(1)) {
    fail(name, `${values} numbers and ${signs} signs, want ${count(0)} and ${count(1)}`);
  }
  const dataset = JSONstat(JSON.parse(JSON.stringify(cube))); // the toolkit changes what it is given
  if (dataset.class !== "dataset" || dataset.length !== cube.id.length) fail(name, "is no dataset");
  const step = Math.ceil(rows.length / MOST_ROWS);
  for (let i = 0; i < rows.length; i += step) {
    compareRow(name, dataset, cube, rows[i], at);
    compareExtension(name, cube, rows[i], at);
  }
  return Math.ceil(rows.length / step) * places.length;
}

const folder = process.argv[2];
const files = readdirSync(join(folder, "jsonstat"));
const cells = files.reduce((n, file) => n + compare(folder, file), 0);
if (cells === 0) fail(folder, "has no cubes");
console.log(`${files.length} cubes, ${cells} figures as in data`);
