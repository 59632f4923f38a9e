"""Prints what the benchmark found; fails when a bar is missed.

    compare.py NUMPY ONE TWO WITHOUT      JSON of model.py run, and of bench_draws on 1 and 2 threads, and on 1 without quantiles
"""
import json
import sys

RATIO, STRETCH, PEAK_MIB = 0.2, 0.1, 1024
# Of quantiles that both draw by chance: three standard errors of the widest.
DIFFERENCES = {"need": 0.04, "supply": 0.03, "small_need": 0.1, "small_supply": 0.1}
numpy, one, two, without = (json.load(open(path)) for path in sys.argv[1:5])

print(f"NumPy        {numpy['seconds']:7.1f} s  CPU {numpy['cpu']:7.1f} s  without quantiles {numpy['cpu_without']:6.1f} s  {numpy['peak_mib']:.0f} MiB")
print(f"one thread   {one['seconds']:7.1f} s  CPU {one['cpu']:7.1f} s  without quantiles {without['cpu']:6.1f} s  {one['peak_mib']:.0f} MiB")
print(f"two threads  {two['seconds']:7.1f} s  CPU {two['cpu']:7.1f} s  {'':26}  {two['peak_mib']:.0f} MiB")
ratio = one["cpu"] / numpy["cpu"]
print(f"CPU, one thread over NumPy: {ratio:.3f} with quantiles, {without['cpu'] / numpy['cpu_without']:.3f} without (bar {RATIO}, stretch {STRETCH})")
print(f"wall, two threads over NumPy: {two['seconds'] / numpy['seconds']:.3f} (what else runs on the machine counts)")
faults = []
for name, most in DIFFERENCES.items():
    differences = [c / n - 1 for c, n in zip(one[name], numpy[name])]
    place = "a small kommune" if name.startswith("small") else "the country"
    print(f"{name.split('_')[-1]} of the largest profession in {place} in the last year, p10 p50 p90, over NumPy's: " + ", ".join(f"{100 * d:+.1f} %" for d in differences))
    if max(map(abs, differences)) > most:
        faults.append(f"{name} differs by more than {100 * most:.0f} %")
if ratio > RATIO:
    faults.append(f"ratio above {RATIO}")
if max(one["peak_mib"], two["peak_mib"]) > PEAK_MIB:
    faults.append(f"more than {PEAK_MIB} MiB")
if one["need"] != two["need"] or one["supply"] != two["supply"]:
    faults.append("one and two threads differ")
if faults:
    sys.exit("bench: " + "; ".join(faults))
