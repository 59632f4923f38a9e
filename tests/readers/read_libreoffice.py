"""LibreOffice opens the workbook: each sheet, written by it as CSV, has the cells that openpyxl reads, formulas worked out among them; and it
prints as PDF with its charts: read_libreoffice.py FOLDER"""
import csv
import datetime
import glob
import math
import os
import subprocess
import sys
import tempfile

import openpyxl
from openpyxl.utils.escape import unescape

# Comma, quotes, UTF-8; values as they are and not as shown; every sheet a file of its own.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
SECONDS = 300
faults = []


def convert(path, form, folder):
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(["soffice", profile, "--headless", "--convert-to", form, "--outdir", folder, path],
                   check=True, timeout=SECONDS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def is_same(cell, text):
    value = cell.value
    if value is None:
        return text == ""
    if isinstance(value, datetime.datetime):
        return text == f"{value:%m/%d/%Y}"  # a day as it is, in the form of its own locale
    if isinstance(value, (int, float)):
        try:
            number = float(text[:-1]) / 100 if text.endswith("%") else float(text)
        except ValueError:
            return False
        return math.isclose(number, value, rel_tol=1e-12, abs_tol=1e-12)
    return text == unescape(value)  # openpyxl leaves Excel's escapes as they are


def compare(sheet, path):
    with open(path, encoding="utf-8", newline="") as file:
        found = list(csv.reader(file))
    n = 0
    for row in sheet.iter_rows():
        for cell in row:
            place = found[cell.row - 1] if cell.row <= len(found) else []
            text = place[cell.column - 1] if cell.column <= len(place) else ""
            n += cell.value is not None
            if not is_same(cell, text):
                faults.append(f"{sheet.title}!{cell.coordinate}: LibreOffice has {text!r}, want {cell.value!r}")
    return n


def check_package(path):
    book = openpyxl.load_workbook(path, data_only=True)
    n = 0
    with tempfile.TemporaryDirectory() as folder:
        convert(path, CSV, folder)
        convert(path, "pdf", folder)
        for sheet in book.worksheets:
            name = f"{folder}/statistikkpakke-{sheet.title}.csv"
            if os.path.exists(name):
                n += compare(sheet, name)
            else:
                faults.append(f"{sheet.title}: no sheet in LibreOffice, which has {glob.glob(folder + '/*.csv')}")
        size = os.path.getsize(f"{folder}/statistikkpakke.pdf")
    print(f"{len(book.worksheets)} sheets, {n} cells, a PDF of {size} bytes")


check_package(f"{sys.argv[1]}/statistikkpakke.xlsx")
if faults:
    sys.exit("\n".join([f"{len(faults)} differences"] + faults[:20]))
