// Opens a data package as version 1 of the standard has it and reads every row of every table by its
// schema: node descriptor.mjs DATAPACKAGE.JSON
import datapackage from "datapackage";
import { dirname } from "node:path";

const [path] = process.argv.slice(2);
const pack = await datapackage.Package.load(path, { basePath: dirname(path), strict: false });
if (!pack.valid) {
  pack.errors.slice(0, 10).forEach((fault) => console.error(`${path}: ${fault.message}`));
  process.exit(1);
}
for (const resource of pack.resources) {
  const rows = await resource.read({ keyed: true });
  console.log(`${resource.name} ${rows.length}`);
}
