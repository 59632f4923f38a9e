"""Prints what the benchmark of the measures of variation found; fails when a bar is missed.

    compare_vary.py OURS [R]      lines `name,value` of bench_vary and of vary.R; without R's, only our own bars are judged
"""
import sys

GLM_S, ALL_S, ALL_UNITS, RATIO, CORES = 0.005, 20.0, 1300, 20.0, 2


def read(path):
    with open(path) as lines:
        return {name: float(value) for name, value in (line.strip().split(",") for line in lines)}


ours = read(sys.argv[1])
faults = []
per_unit = ours["processor"] / ours["units"]
of_all = per_unit * ALL_UNITS / CORES
print(f"GLM, 8 covariates, 357 areas: {1000 * ours['glm']:.3f} ms (bar {1000 * GLM_S:.0f})")
print(f"headline measure with interval: {1000 * ours['headline']:.2f} ms; four shares, 4 + 4 covariates, 10 folds: {1000 * ours['shares']:.1f} ms")
print(f"1 000 bootstrap replicates of 8 measures: {1000 * ours['bootstrap']:.2f} ms")
print(f"who stands out among kommuner, with limits: {1000 * ours['among']:.2f} ms")
print(f"{ours['units']:.0f} indicators x periods, two threads: {ours['processor']:.1f} s of processor, {ours['wall']:.1f} s of wall (what else runs on the machine counts)")
print(f"130 indicators x 10 periods on {CORES} cores: {of_all:.1f} s (bar {ALL_S:.0f})")
if ours["glm"] > GLM_S:
    faults.append(f"a GLM takes more than {1000 * GLM_S:.0f} ms")
if of_all > ALL_S:
    faults.append(f"all indicators take more than {ALL_S:.0f} s")
if len(sys.argv) > 2:
    peer = read(sys.argv[2])
    for name in ("glm", "bootstrap", "headline"):
        if name in peer:
            print(f"R over ours, {name}: {peer[name] / ours[name]:.0f} times ({1000 * peer[name]:.1f} ms)")
    if peer["bootstrap"] < RATIO * ours["bootstrap"]:
        faults.append(f"the measures are less than {RATIO:.0f} times as fast as R's")
    if abs(peer["slope"] - ours["slope"]) > 1e-6:
        faults.append("R's glm has another coefficient")
    for name in ("scv_low", "scv_high"):
        if abs(peer[name] / ours[name] - 1) > 0.1:  # other random numbers
            faults.append(f"{name} differs from R's by more than 10 %")
    if "sd" in peer and abs(peer["sd"] / ours["sd"] - 1) > 1e-3:
        faults.append("lme4 has another standard deviation")
if faults:
    sys.exit("bench: " + "; ".join(faults))
