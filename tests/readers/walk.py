"""Walks each table of a package through its formats and holds every figure (value, status, flags) against data/: walk.py FOLDER

Read by the standard library of Python alone. The workbook is read_openpyxl.py's.
"""
import csv
import glob
import html.parser
import json
import os
import re
import sqlite3
import sys
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

import workbook

SIGNS = {".", "..", "...", ":", "0"}
faults = []
counted = {}


def fault(file, text):
    faults.append(f"{file}: {text}")


def count(format_name):
    counted[format_name] = counted.get(format_name, 0) + 1


def figure(row, measure):
    """Value (None where there is none), status, flags."""
    text = row[measure]
    return (Decimal(text) if text else None, row[f"{measure}_status"], row[f"{measure}_flags"])


def same(file, place, found, wanted, format_name):
    count(format_name)
    if found != wanted:
        fault(file, f"{place}: {found}, want {wanted}")


def where(table, row):
    return f"{table.name} {' '.join(row[key] for key in table.keys)}"


def attributes(table):
    """Columns that are no figures."""
    hidden = {f"{m}{end}" for m in table.measures for end in ("", "_status", "_flags")}
    return [c for c in table.rows[0] if c not in hidden]


# ---- SQLite


def read_base(folder, tables):
    base = sqlite3.connect(f"file:{folder}/statistikkpakke.sqlite?mode=ro", uri=True)
    base.row_factory = sqlite3.Row
    for table in tables:
        order = ", ".join(f'"{k}"' for k in table.keys) or "1"
        rows = base.execute(f'SELECT * FROM "{table.name}" ORDER BY {order}').fetchall()
        if len(rows) != len(table.rows):
            fault("sqlite", f"{table.name}: {len(rows)} rows, want {len(table.rows)}")
            continue
        for row, wanted in zip(rows, table.rows):
            place = where(table, wanted)
            for column in attributes(table):
                same("sqlite", f"{place} {column}", row[column] or "", wanted[column], "sqlite")
            for measure in table.measures:
                value, status, flags = figure(wanted, measure)
                value = None if value is None else float(value)
                found = (row[measure], row[f"{measure}_status"], row[f"{measure}_flags"])
                same("sqlite", f"{place} {measure}", found, (value, status, flags), "sqlite")


def words(folder):
    """Column -> code -> words, by the lists of the database."""
    base = sqlite3.connect(f"file:{folder}/statistikkpakke.sqlite?mode=ro", uri=True)
    lists = dict(base.execute("SELECT tabell || '.' || kolonne, kodetabell FROM kolonne WHERE kodetabell IS NOT NULL"))
    return {place: dict(base.execute(f'SELECT kode, nb FROM "{name}"')) for place, name in lists.items()}


# ---- JSON-stat


def at(part, place):
    """What JSON-stat says of a place: one word for all, a list, or by number."""
    if isinstance(part, str):
        return part
    return part[place] if isinstance(part, list) else part.get(str(place), "")


def read_cube(path, table):
    with open(path, encoding="utf-8") as file:
        cube = json.load(file)
    values = cube["value"]
    values = values if isinstance(values, dict) else {str(i): v for i, v in enumerate(values)}
    ids, sizes = cube["id"], cube["size"]
    index = [{code: i for i, code in enumerate(cube["dimension"][d]["category"]["index"])} for d in ids]
    seen = set()
    for row in table.rows:
        for measure in table.measures:
            place = 0
            for d, size, codes in zip(ids, sizes, index):
                place = place * size + codes[measure if d == "ContentsCode" else row[d]]
            seen.add(place)
            value = values.get(str(place))
            found = (
                value,
                at(cube.get("status", {}), place),
                at(cube["extension"].get("flags", {}), place),
            )
            wanted, status, flags = figure(row, measure)
            wanted = None if wanted is None else float(wanted)
            same(path, f"{where(table, row)} {measure}", found, (wanted, status, flags), "jsonstat")
    # What the table has no row of has no figure.
    for place, value in values.items():
        if int(place) not in seen and value is not None:
            fault(path, f"{value} at place {place}, of which the table has no row")


# ---- Excel-CSV


CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def unescape(text):
    return text[1:] if re.match(r"'[=+\-@\t\r\n]", text) else text


def is_figure(title, sign, flags):
    """Behind a figure stand its sign and its flags, which bear its name."""
    name = sign.rpartition(",")[0]
    return name != "" and flags.rpartition(",")[0] == name and (title == name or title.startswith(f"{name} ("))


def read_excel(path, table):
    with open(path, encoding="utf-8-sig", newline="") as file:
        header, *rows = list(csv.reader(file, delimiter=";"))
    places = [i for i in range(len(header) - 2) if is_figure(*header[i : i + 3])]
    if len(rows) != len(table.rows) or len(places) != len(table.measures):
        fault(path, f"{len(rows)} rows of {len(places)} figures, want {len(table.rows)} of {len(table.measures)}")
        return
    unit = header.index("Enhet") if "Enhet" in header else None
    for row, wanted in zip(rows, table.rows):
        in_percent = unit is not None and row[unit] == "prosent"
        for i, measure in zip(places, table.measures):
            value, status, flags = figure(wanted, measure)
            found = Decimal(row[i].replace(",", ".")) if row[i] else None
            is_share = table.units[measure] == "share" or (in_percent and not table.units[measure] and found != value)
            if found is not None and is_share:
                found = found.scaleb(-2)
            sign = "-" if found == 0 and status == "-" and row[i + 1] == "" else row[i + 1]
            same(path, f"{where(table, wanted)} {measure}", (found, sign, row[i + 2]), (value, status, flags), "excel-csv")
        texts = {unescape(text) for text in row}
        for column in [] if table.measures else table.texts:
            code = CONTROL.sub("\ufffd", wanted[column])  # which Excel does not open
            if not texts & {code, f"nr. {code}", workbook.word(code)}:
                fault(path, f"{column}: no {code!r} in {row}")
            count("excel-csv")


# ---- pages


class Tables(html.parser.HTMLParser):
    """The tables of a page that say of which published one they are: (name, headings, lines of Cell)."""

    def __init__(self, path):
        super().__init__()
        self.found = []
        self.cell = None
        self.is_in_flags = False
        with open(path, encoding="utf-8") as file:
            self.feed(file.read())

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "table":
            self.found.append((attrs.get("data-tabell"), [], []))
        elif tag == "tr" and self.found:
            self.found[-1][2].append([])
        elif tag in ("th", "td") and self.found and self.found[-1][2]:
            self.cell = Cell(attrs.get("scope", tag), attrs.get("class"))
            self.found[-1][2][-1].append(self.cell)
        elif tag == "sup":
            self.is_in_flags = True

    def handle_endtag(self, tag):
        if tag in ("th", "td"):
            if self.cell is not None and self.cell.kind == "col":
                self.found[-1][1].append(self.cell)
            self.cell = None
        self.is_in_flags = self.is_in_flags and tag != "sup"

    def handle_data(self, data):
        if self.cell is not None and self.is_in_flags:
            self.cell.flags += data
        elif self.cell is not None:
            self.cell.text += data


class Cell:
    """Of a page's table; kind is "row" or "col" over or before others, else "td"."""

    def __init__(self, kind, style):
        self.kind, self.style, self.text, self.flags = kind, style, "", ""


NUMBER = re.compile(r"[-−]?\d[\d\u00a0\u202f]*(?: \d{3})*(?:,\d+)?(?:[\s\u00a0]*%)?")


def numbers(printed):
    """Of "3,4 (1,2 til 5,6)", as (number, is it a percentage): 3.4, 1.2, 5.6."""
    found = []
    for text in NUMBER.findall(printed):
        digits = re.sub(r"[\s%]", "", text).replace("−", "-").replace(",", ".")
        found.append((Decimal(digits), text.endswith("%")))
    return found


def rounds_to(value, number, is_percent):
    value = value.scaleb(2) if is_percent else value
    step = Decimal(1).scaleb(number.as_tuple().exponent)
    return number in (value.quantize(step, ROUND_HALF_EVEN), value.quantize(step, ROUND_HALF_UP))


ANSWERS = {"Ja": 1, "Nei": 0}


def fits(printed, figures):
    """Whether a page's text is one of the figures, or several of them: a sign, or values rounded as they are printed."""
    if printed in SIGNS | {"-", "–"}:
        signs = {"–": "-"}
        return any(status == signs.get(printed, printed) for _, status, _ in figures)
    values = [value for value, _, _ in figures if value is not None]
    if printed in ANSWERS:
        return ANSWERS[printed] in values
    found = numbers(printed)
    return bool(found) and all(any(rounds_to(v, *number) for v in values) for number in found)


class Labelled:
    """A table's rows by the words of their codes."""

    def __init__(self, table, lists):
        self.table, self.rows = table, {}
        columns = attributes(table)
        for i, row in enumerate(table.rows):
            codes = [row[c] for c in columns]
            named = [lists.get(f"{table.name}.{c}", {}).get(row[c], row[c]) for c in columns]
            for text in {*codes, *named, *map(workbook.word, codes)}:
                self.rows.setdefault(text, set()).add(i)

    def find(self, labels):
        """Rows of which every label is a word of one of their codes."""
        if not labels:
            return []
        return [self.table.rows[i] for i in sorted(set.intersection(*(self.rows.get(t, set()) for t in labels)))]


def read_page_table(file, heads, lines, labelled):
    table = labelled.table
    periods = {workbook.word(row["period"]): row["period"] for row in table.rows if "period" in row}
    for cells in lines:
        labels = {cell.text.strip() for cell in cells if cell.kind == "row"}
        named = labels & set(table.titles)
        measures = [table.titles[title] for title in named] or table.measures
        rows = labelled.find(labels - named)
        for over, cell in zip(heads, cells):
            head, flags = over.text.strip(), over.flags + cell.flags
            if not labels or cell.kind != "td" or cell.style is not None:
                continue
            printed = cell.text.strip()
            here = [r for r in rows if head not in periods or r["period"] == periods[head]]
            wanted = [figure(r, m) for r in here for m in measures]
            count("html")
            if (printed or here) and not fits(printed, [w for w in wanted if w[2] == flags]):
                fault(file, f"{table.name}: {printed!r} {flags} at {sorted(labels)}, {head!r}: none of {wanted[:4]}")


def read_pages(folder, tables, lists):
    by_name = {t.name: Labelled(t, lists) for t in tables if t.measures}
    for path in sorted(glob.glob(f"{folder}/**/*.html", recursive=True)):
        for name, heads, lines in Tables(path).found:
            if name in by_name:
                read_page_table(os.path.relpath(path, folder), heads, lines, by_name[name])


def walk(folder):
    tables = list(workbook.tables(folder).values())
    lists = words(folder)
    read_base(folder, [t for t in tables if t.name != "forklaring"])
    for table in tables:
        cube, excel = f"{folder}/jsonstat/{table.name}.json", f"{folder}/excel-csv/{table.name}-excel.csv"
        if os.path.exists(cube):
            read_cube(cube, table)
        if os.path.exists(excel):
            read_excel(excel, table)
    read_pages(folder, tables, lists)
    print(", ".join(f"{name} {n}" for name, n in sorted(counted.items())))
    for name in ("sqlite", "jsonstat", "excel-csv", "html"):
        if counted.get(name, 0) == 0:
            faults.append(f"{name}: nothing was compared")


walk(sys.argv[1])
if faults:
    sys.exit("\n".join([f"{len(faults)} differences"] + faults[:: max(1, len(faults) // 20)]))
