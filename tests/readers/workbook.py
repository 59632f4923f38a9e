"""A package's tables as its workbook should have them, from its CSV files alone."""
import csv
import datetime
import json
import re

FIRST_LINE = 5  # rows of a sheet count from 1: title, note, notices, header, then the lines


class Table:
    """One table: keys, attributes and measures by name, and its rows as dictionaries."""

    def __init__(self, folder, resource):
        fields = resource["schema"]["fields"]
        self.name = resource["name"]
        self.path = resource["path"]
        self.keys = resource["schema"].get("primaryKey", [])
        self.keys = [self.keys] if isinstance(self.keys, str) else self.keys
        self.period = next((f["title"] for f in fields if f["name"] == "period"), None)
        self.measures = [f["name"] for f in fields if f.get("sp:kind") == "measure"]
        self.texts = [f["name"] for f in fields if f.get("sp:kind") == "code" and not f.get("sp:classification")]
        self.titles = {f["title"]: f["name"] for f in fields if f.get("sp:kind") == "measure"}
        self.units = {f["name"]: f.get("sp:unit") for f in fields}
        with open(f"{folder}/{self.path}", encoding="utf-8", newline="") as file:
            self.rows = list(csv.DictReader(file))


def tables(folder):
    with open(f"{folder}/datapackage.json", encoding="utf-8") as file:
        package = json.load(file)
    return {t.path: t for t in (Table(folder, r) for r in package["resources"])}


def sheets(book):
    """Path of the data file -> sheet, by the links of the contents."""
    contents = book.worksheets[0]
    found = {}
    for row in contents.iter_rows(min_row=1):
        link = row[0].hyperlink
        path = row[2].value if len(row) > 2 else None
        if link is not None and isinstance(path, str) and path.startswith("data/"):
            sheet = link.location.rsplit("!", 1)[0].strip("'")
            found[path] = book[sheet]
    return found


def word(period):
    """A period as people read it in Norwegian."""
    day = r"(\d{4})-(\d{2})-(\d{2})"
    if re.fullmatch(f"{day}--{day}", period):
        return "–".join(map(word, period.split("--")))
    if found := re.fullmatch(day, period):
        return f"{int(found[3])}.{int(found[2])}.{found[1]}"
    if found := re.fullmatch(r"(\d{4})([HK])(\d)", period):
        return f"{found[3]}. {'halvår' if found[2] == 'H' else 'kvartal'} {found[1]}"
    return re.sub(r"^(\d{4})-(\d{4})$", r"\1–\2", period)


def shown(value):
    """What a cell shows of a period: a day is a date to Excel, and a year a number."""
    if isinstance(value, datetime.datetime):
        return f"{value.day}.{value.month}.{value.year}"
    return "" if value is None else str(value)


ANSWERS = {"reform": "andel"}  # table -> the measure that of a kommune is its answer, and stands alone


def told(table, row):
    is_kommune = re.fullmatch(r"\d{4}", row.get("region", "")) is not None
    return [ANSWERS[table.name]] if is_kommune and table.name in ANSWERS else table.measures


def lines(table, header, found):
    """The figures of each line: (measure, CSV row) for each place, None where the table has no row; and the CSV row the line begins with.

    `header` and the rows `found` are the sheet's, which may leave out years.
    """
    if table.period is None:
        return [([(m, row) for m in table.measures], row) for row in table.rows]
    if table.period in header:
        kept = {shown(row[header.index(table.period)]) for row in found}
        rows = [row for row in table.rows if word(row["period"]) in kept]
        return [([(m, row) for m in table.measures], row) for row in rows]
    periods = sorted({row["period"] for row in table.rows})
    across = [p for p in periods if word(p) in header] or periods
    keys = [k for k in table.keys if k != "period"]
    groups = {}
    for row in table.rows:
        groups.setdefault(tuple(row[k] for k in keys), {})[row["period"]] = row
    return [([(m, group[p]) if p in group else None for p in across], first)
            for group in groups.values() for first in [next(iter(group.values()))] for m in told(table, first)]
