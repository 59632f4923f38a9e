/*
 * node report.mjs PACKAGE SCREENSHOTS [TYPE ...]: walks the report of a package as its readers do, from its folder (file://), and fails with every fault it met.
 * Every type of page (or those named) is seen wide and narrow by axe (WCAG 2.1 A and AA), without JavaScript, by keyboard and on paper.
 */
import { launch } from './browser.mjs';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [folder, shots] = process.argv.slice(2, 4).map((name) => path.resolve(name));
const types = process.argv.slice(4);
const here = path.dirname(fileURLToPath(import.meta.url));
const axe = readFileSync(path.join(here, 'node_modules/axe-core/axe.min.js'), 'utf8');
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'];
const maxFirstView = 1.5 * 1024 * 1024;
const faults = [];
let checks = 0;

function check(isRight, what) {
  checks += 1;
  if (!isRight) { faults.push(what); }
}

/* Type of page -> file: the first of each folder, and a kommune in another language if there is one. */
function pages() {
  const found = { forside: 'index.html', definisjoner: 'definisjoner.html' };
  for (const name of readdirSync(path.join(folder, 'tema')).sort()) { found[`tema-${path.parse(name).name}`] = `tema/${name}`; }
  const kommuner = readdirSync(path.join(folder, 'kommune')).sort();
  if (kommuner.length > 0) { found.kommune = `kommune/${kommuner[0]}`; }
  for (const language of ['nb', 'nn']) {
    const first = kommuner.find((name) => readFileSync(path.join(folder, 'kommune', name), 'utf8').includes(`<html lang="${language}">`));
    if (first) { found[`kommune-${language}`] = `kommune/${first}`; }
  }
  return Object.entries(found).filter(([type]) => types.length === 0 || types.includes(type));
}

const url = (file) => pathToFileURL(path.join(folder, file)).href;

/* A page that is watched: an error, or a wish for anything outside the package, is a fault. */
async function open(browser, file, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 }, ...options });
  const page = await context.newPage();
  page.on('pageerror', (error) => check(false, `${file}: ${error.message}`));
  page.on('console', (message) => check(message.type() !== 'error', `${file}: ${message.text()}`));
  page.on('requestfailed', (request) => check(false, `${file}: ${request.url()} failed`));
  page.on('request', (request) => check(request.url().startsWith(pathToFileURL(folder).href) || request.url().startsWith('data:'),
    `${file} asks for ${request.url()}`));
  await page.goto(url(file));
  return page;
}

/* Lines of a table are alike, and axe looks at every cell: the first of each stand for the others. */
async function shorten(page) {
  await page.evaluate(() => {
    for (const body of document.querySelectorAll('tbody')) {
      for (const row of [...body.rows].slice(12)) { row.remove(); }
    }
  });
}

async function isAccessible(page, what) {
  await shorten(page);
  await page.evaluate(axe);
  const found = await page.evaluate((only) => window.axe.run({ runOnly: only, preload: false }), rules);
  check(found.passes.length > 10, `${what}: axe saw hardly anything`);
  for (const fault of found.violations) {
    check(false, `${what}: ${fault.id} (${fault.nodes.length}), ${fault.nodes[0].target}: ${fault.help}`);
  }
}

async function seeWideAndNarrow(browser, name, file) {
  for (const width of [1200, 320]) {
    const page = await open(browser, file, { viewport: { width, height: 900 } });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    check(wide <= width, `${file}: ${wide} wide on a screen of ${width}`);
    await page.screenshot({ path: path.join(shots, `${name}-${width}.png`), fullPage: width === 1200 && name === 'forside' });
    await isAccessible(page, `${file} at ${width}`);
    await page.context().close();
  }
}

/* All that is told is there without JavaScript: tables, and a drawing of each figure. */
async function seeWithoutScripts(browser, file) {
  const page = await open(browser, file, { javaScriptEnabled: false });
  const drawn = await page.locator('.drawing').count();
  const shown = await page.locator('.drawing > svg:visible').count();
  check(drawn === shown, `${file}: ${shown} of ${drawn} figures are drawn without JavaScript`);
  check(await page.locator('table').count() > 0 || file.startsWith('tema/om'), `${file}: no table without JavaScript`);
  check(await page.locator('.tools').count() === 0, `${file}: tools that need JavaScript stand there without it`);
  await page.context().close();
}

/* With it each figure answers, and keeps a table below. */
async function seeFigures(browser, file) {
  const page = await open(browser, file);
  const drawn = await page.locator('.drawing').count();
  check(await page.locator('.drawing .live svg').count() === drawn, `${file}: not every figure became one that answers`);
  check(await page.locator('figure.chart details table').count() === drawn, `${file}: a figure has no table`);
  await page.context().close();
  return drawn;
}

/* Tab reaches what can be used, in order, and where one is, is seen. */
async function walk(browser) {
  const page = await open(browser, 'index.html');
  const seen = [];
  for (let i = 0; i < 60; i += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const node = document.activeElement;
      const style = getComputedStyle(node);
      return { name: node.tagName, text: node.textContent.trim().slice(0, 40), outline: style.outlineStyle !== 'none' || node.className === 'skip' };
    });
    seen.push(at);
    check(at.name !== 'BODY' || i > 20, 'the keyboard leaves the page at once');
  }
  check(seen[0].text.startsWith('Gå til innhaldet') || seen[0].text.startsWith('Gå til innholdet'), `the first stop is "${seen[0].text}", want the way past the menu`);
  for (const stop of seen.filter((one) => one.name !== 'BODY')) {
    check(stop.outline, `one does not see that "${stop.text}" has the focus`);
  }
  await page.context().close();
}

/* The list of kommuner is sorted and searched by keyboard alone. */
async function sortAndSearch(browser) {
  const page = await open(browser, 'index.html');
  const first = () => page.locator('table.sortable tbody tr:visible th').first().textContent();
  const heads = page.locator('table.sortable thead button');
  const before = await first();
  const n = await page.locator('table.sortable tbody tr:visible').count();
  await heads.first().focus();
  await page.keyboard.press('Enter');
  check(await page.locator('table.sortable th[aria-sort="ascending"]').count() === 1, 'a sorted column does not say so');
  await page.keyboard.press('Enter');
  const last = await first();
  const names = await page.locator('table.sortable tbody tr th').allTextContents();
  check(last === [...names].sort((a, b) => b.localeCompare(a, 'nb'))[0], `sorted downwards "${last}" stands first`);
  await heads.nth(1).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  const figures = (await page.locator('table.sortable tbody tr td:first-of-type').allTextContents()).map((text) => Number(text.replace(/[^0-9,]/g, '').replace(',', '.')));
  check(figures.every((figure, i) => i === 0 || figures[i - 1] >= figure), 'figures are not sorted by size');
  await page.locator('.tools input').first().fill(before.slice(0, 4));
  const left = await page.locator('table.sortable tbody tr:visible').count();
  check(left >= 1 && left < n, `the search leaves ${left} of ${n} lines`);
  await page.context().close();
}

/* Page one and the barometer are two pages of A4. */
async function print(browser) {
  const page = await open(browser, 'index.html');
  const bytes = await page.pdf({ path: path.join(shots, 'forside.pdf'), format: 'A4', preferCSSPageSize: true });
  const n = bytes.toString('latin1').match(/\/Type\s*\/Page[^s]/g).length;
  check(n === 2, `page one and barometer take ${n} pages of paper, want 2`);
  await page.context().close();
}

/* So are they in the package's own print, with every key sentence of the page. Blanks and hyphens at the end of a line are the reader's own; of an indicator on
   two lines the second comes after the next column. */
const bare = (text) => text.replace(/[\s-]+/g, '');
async function readPrint(browser) {
  const file = path.join(folder, 'kort-fortalt.pdf');
  const info = execFileSync('pdfinfo', [file], { encoding: 'utf8' });
  const text = execFileSync('pdftotext', ['-enc', 'UTF-8', file, '-'], { encoding: 'utf8' });
  check(/Pages: +2\n/.test(info) && info.includes('(A4)') && /Tagged: +yes/.test(info), `kort-fortalt.pdf is not two tagged pages of A4:\n${info}`);
  const page = await open(browser, 'index.html');
  const told = [...await page.locator('#kort li').allTextContents(), ...(await page.locator('#barometer tbody th').allTextContents()).map((name) => name.slice(0, 24))];
  check(told.length > 10, 'the page tells nothing that could be printed');
  for (const one of told) {
    check(bare(text).includes(bare(one)), `kort-fortalt.pdf does not say "${one}"`);
  }
  await page.context().close();
}

/* A reader finds a kommune, its expected shortage of nurses with interval, and whom it is compared with. */
async function find(browser) {
  const page = await open(browser, 'index.html');
  const link = page.locator('table.sortable tbody th a').first();
  const name = await link.textContent();
  await link.click();
  check((await page.locator('h1').textContent()) === name, `the link to ${name} leads elsewhere`);
  const line = page.locator('#mangel tbody tr', { hasText: /^(Sykepleier|Sjukepleiar)/ });
  check(/\d.* \(.*\d til .*\d.*\)/.test(await line.first().textContent()), `${name}: no shortage of nurses with its interval`);
  check(/\S, \S/.test(await page.locator('.facts dd').last().textContent()), `${name}: nobody to compare with`);
  await page.context().close();
}

/* On a desk the barometer of a kommune is not cut; on a phone the shortage of 2035 is seen with its interval. */
async function fit(browser) {
  const [first] = readdirSync(path.join(folder, 'kommune')).sort();
  const wide = await open(browser, `kommune/${first}`);
  const [seen, whole] = await wide.locator('#barometer .frame').evaluate((frame) => [frame.clientWidth, frame.scrollWidth]);
  check(whole <= seen, `${first}: the barometer is ${whole} wide in ${seen}`);
  await wide.context().close();
  const narrow = await open(browser, `kommune/${first}`, { viewport: { width: 320, height: 900 } });
  const box = await narrow.locator('#mangel .frame').first().locator('thead th', { hasText: '2035' }).first().boundingBox();
  check(box.x + box.width <= 320, `${first}: 2035 ends at ${Math.round(box.x + box.width)} on a phone of 320`);
  await narrow.context().close();
}

/* Each kommune's page is in the form of Norwegian that it has decided on. */
function speak() {
  const rows = readFileSync(path.join(folder, 'data/spraakvedtak.csv'), 'utf8').trim().split('\n').slice(1).map((line) => line.split(','));
  const decided = rows.filter(([, form]) => form === 'nb' || form === 'nn');
  check(decided.length > 0, 'no kommune has decided on a form of Norwegian');
  for (const [code, form] of decided) {
    check(readFileSync(path.join(folder, 'kommune', `${code}.html`), 'utf8').includes(`<html lang="${form}">`), `the page of ${code} is not in ${form}`);
  }
}

function weigh() {
  const bytes = ['index.html', ...readdirSync(path.join(folder, 'assets')).filter((name) => /\.(js|css)$/.test(name)).map((name) => `assets/${name}`)]
    .reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);
  check(bytes <= maxFirstView, `the first view is ${bytes} bytes, at most ${maxFirstView} are right`);
  return bytes;
}

mkdirSync(shots, { recursive: true });
const browser = await launch();
let figures = 0;
try {
  for (const [name, file] of pages()) {
    await seeWideAndNarrow(browser, name, file);
    await seeWithoutScripts(browser, file);
    figures += await seeFigures(browser, file);
  }
  check(figures > 0, 'no page has a figure');
  await walk(browser);
  await sortAndSearch(browser);
  await print(browser);
  await readPrint(browser);
  await find(browser);
  await fit(browser);
} finally {
  await browser.close();
}
speak();
const bytes = weigh();
console.log(`${path.basename(folder)}: ${checks} checks, ${figures} figures, first view ${bytes} bytes, ${faults.length} faults`);
for (const fault of [...new Set(faults)]) { console.error(fault); }
process.exit(faults.length > 0 ? 1 : 0);
