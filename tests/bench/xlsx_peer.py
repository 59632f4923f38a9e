"""The same cells through Python's XlsxWriter: xlsx_peer.py FOLDER OURS prints both, and fails when a bar is missed.

OURS is the JSON of bench_xlsx. Reading the cells is no part of the time; the peer writes row by row too (constant_memory), with our formats,
filter, frozen panes and widths.
"""
import csv
import json
import resource
import sys
import time

import xlsxwriter

RATIO, MIB = 0.4, 32


def cell(text):
    try:
        return float(text)
    except ValueError:
        return text


folder, ours = sys.argv[1], json.load(open(sys.argv[2]))
with open(f"{folder}/cells.csv", encoding="utf-8", newline="") as file:
    rows = [line[:4] + [cell(text) for text in line[4:]] for line in csv.reader(file)]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
begin = time.process_time()
book = xlsxwriter.Workbook(f"{folder}/peer.xlsx", {"constant_memory": True, "tmpdir": folder})
sheet = book.add_worksheet("cells")
plain = book.add_format({"valign": "top"})
figure = book.add_format({"num_format": '#,##0.0;-#,##0.0;"-";@', "align": "right", "valign": "top"})
for n, row in enumerate(rows):
    for place, value in enumerate(row):
        if isinstance(value, float):
            sheet.write_number(n, place, value, figure)
        else:
            sheet.write_string(n, place, value, plain if place < 4 else figure)
sheet.freeze_panes(1, 4)
sheet.autofilter(0, 0, len(rows), len(rows[0]) - 1)
sheet.set_column(0, len(rows[0]) - 1, 12)
book.close()
cpu = time.process_time() - begin
mib = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
ratio = ours["cpu"] / cpu
print(f"{ours['cells']} cells")
print(f"XlsxWriter {xlsxwriter.__version__:8} CPU {cpu:6.1f} s  {mib:6.1f} MiB")
print(f"ours                CPU {ours['cpu']:6.1f} s  {ours['mib']:6.1f} MiB beyond the table")
print(f"CPU, ours over XlsxWriter's: {ratio:.3f} (bar {RATIO})")
faults = []
if ratio > RATIO:
    faults.append(f"ratio above {RATIO}")
if ours["mib"] > MIB:
    faults.append(f"more than {MIB} MiB")
if faults:
    sys.exit("bench-packages: " + "; ".join(faults))
