"""openpyxl reads every cell of the workbook, and each figure is that of the CSV: value, zero, sign, flags: read_openpyxl.py FOLDER"""
import sys

import openpyxl

import workbook

NUMBERS = {"", "-", "0"}
faults = []
counted = 0


def fault(sheet, cell, text):
    faults.append(f"{sheet.title}!{cell.coordinate}: {text}")


def look(sheet, cell, figure):
    """One figure: a number shows zero as a dash and its flags behind; else the sign is a text."""
    global counted
    if figure is None:
        if cell.value is not None:
            fault(sheet, cell, f"{cell.value!r} where the table has no row")
        return
    measure, row = figure
    status, flags = row[f"{measure}_status"], row[f"{measure}_flags"]
    counted += 1
    if status not in NUMBERS:
        if cell.value != status or cell.data_type != "s":
            fault(sheet, cell, f"{cell.value!r}, want the sign {status!r}")
        return
    value = float(row[measure]) if row[measure] != "" else 0.0
    if cell.data_type != "n" or float(cell.value) != value:
        fault(sheet, cell, f"{cell.value!r}, want {value!r}")
    parts = cell.number_format.split(";")
    if flags and f'" {flags}"' not in parts[0]:
        fault(sheet, cell, f"format {cell.number_format!r} lacks the flags {flags}")
    is_answer = parts[0].startswith("[=1]")
    if status == "-" and not parts[2].startswith('"-"') and not is_answer:
        fault(sheet, cell, "zero does not show as a dash")
    if status == "0" and parts[2].startswith('"-"'):
        fault(sheet, cell, "less than half a unit shows as nothing")


def read(sheet, table):
    header = [cell.value for cell in sheet[workbook.FIRST_LINE - 1]]
    found = list(sheet.iter_rows(min_row=workbook.FIRST_LINE))
    wanted = workbook.lines(table, header, [[cell.value for cell in row] for row in found])
    if len(found) != len(wanted):
        faults.append(f"{sheet.title}: {len(found)} lines, want {len(wanted)}")
        return
    # Headings of figures are set to the right.
    first = next(i for i, cell in enumerate(sheet[workbook.FIRST_LINE - 1]) if cell.alignment.horizontal == "right")
    for cells, (figures, row) in zip(found, wanted):
        region = [c.value for c in cells if c.value == row.get("region")]
        if "region" in row and not region:
            fault(sheet, cells[0], f"no region {row['region']}")
        for place, figure in enumerate(figures):
            look(sheet, cells[first + place], figure)


def check_plan(folder, book):
    """The plan sheet has the newest row of each kommune and profession, and behind it cells that are empty, open and waited for."""
    sheet = book["Planark"]
    rules = [rule for rule in sheet.data_validations.dataValidation]
    newest = {}
    for row in workbook.tables(folder)["data/aarsverk.csv"].rows:
        if row["region"].startswith("50") and len(row["region"]) == 4 and row["yrke"] != "tot":
            newest[row["region"], row["yrke"]] = row
    found = list(sheet.iter_rows(min_row=workbook.FIRST_LINE))
    if not newest or len(found) != len(newest):
        faults.append(f"{sheet.title}: {len(found)} lines, want {len(newest)}")
    for cells, row in zip(found, newest.values()):
        look(sheet, cells[2], ("aarsverk", row))
        for cell in cells[3:]:
            if cell.value is not None or cell.protection.locked:
                fault(sheet, cell, "is not empty and open")
        for cell in cells[3:7]:
            if not any(cell.coordinate in rule.sqref for rule in rules):
                fault(sheet, cell, "takes anything")
    if not sheet.protection.sheet or len(found[0]) != 8:
        faults.append(f"{sheet.title}: is not locked, or lacks fields")


def check_package(folder):
    path = f"{folder}/statistikkpakke.xlsx"
    book = openpyxl.load_workbook(path)
    tables = workbook.tables(folder)
    for name, sheet in workbook.sheets(book).items():
        if tables[name].measures:
            read(sheet, tables[name])
    check_plan(folder, book)
    for sheet in book.worksheets:
        formulas = [c.coordinate for row in sheet.iter_rows() for c in row if c.data_type == "f"]
        if formulas and sheet.title != "Figurer":
            faults.append(f"{sheet.title}: formulas in {formulas[:3]}")
    charts = sum(len(sheet._charts) for sheet in book.worksheets)
    print(f"{len(book.worksheets)} sheets, {counted} figures, {charts} charts")
    if counted == 0 or charts == 0:
        faults.append("nothing was compared")


check_package(sys.argv[1])
if faults:
    sys.exit("\n".join([f"{len(faults)} differences"] + faults[:20]))
