"""The model of the benchmark in NumPy, and the inputs of both programs.

    model.py inputs FOLDER KOMMUNER DRAWS     writes the inputs as raw doubles and their sizes
    model.py run FOLDER                       draws them; the time of the quantiles is told apart

The supply is the plain one: every cohort of every draw grows older by a year, 60 ages x 2 sexes, arrays draws x ages.
The rest follows transforms/project/draws. Single precision, as in C; one thread.
"""
import json
import os
import resource
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np

AGES, SEXES, DAYS, PROFESSIONS, SERVICES, AREAS, BANDS = 60, 2, 26, 20, 6, 3, 12
FYLKER, GROUPS = 15, 24  # KOSTRA groups and centrality classes
QUANTILES = [0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95]
SIZES = dict(slope=0.0035, step=0.01, areas_shared=0.5,
             staff_sd=0.12, share_sd=0.15, yearly=0.01, share_slope=0.003, share_step=0.005, count=0.02, fylke_shared=0.15, participation=(0.006, 0.9, 0.5), exits=(0.2, 0.8, 0.5),
             graduates=(0.1, 0.8, 0.3), foreign=(0.25, 0.8, 0.7), fylke=0.004, kommune=0.015, per_person=0.7, band_step=0.01)
F = np.float32


def inputs(folder, kommuner, draws):
    rng = np.random.default_rng(1)
    size = rng.lognormal(0.0, 1.0, kommuner)
    scale = rng.lognormal(2.0, 1.2, PROFESSIONS)
    age = np.arange(AGES)
    shape = np.exp(-(((age - 28) / 18.0) ** 2))
    base = size[:, None, None, None] * scale[None, :, None, None] * (np.array([0.2, 0.8])[None, None, :, None] * shape / shape.sum())
    young = np.where((age > 7) & (age < 16), 1 / 8.0, 0.0)
    graduates = 0.035 * base.sum(axis=(2, 3))[:, :, None, None] * np.array([0.2, 0.8])[None, None, :, None] * young
    foreign = 0.1 * graduates
    quits = np.vstack([0.002 + 0.0002 * np.exp(age / 12.0)] * SEXES)
    hours = np.clip(0.9 - ((age - 25) / 55.0) ** 2, 0.05, None)[None, None, :] * np.linspace(0.8, 1.1, PROFESSIONS)[:, None, None] * np.ones((1, SEXES, 1))
    people = size[:, None, None] * 300 * np.ones((1, DAYS, BANDS)) * (1 + 0.015 * np.arange(DAYS))[None, :, None]
    band_need = np.exp(np.linspace(-6, 0, BANDS))[None, :] * rng.uniform(0.5, 1.5, (SERVICES, BANDS))
    supply0 = (base * hours[None]).sum(axis=(2, 3))
    split = rng.dirichlet(np.ones(SERVICES), PROFESSIONS).T
    need = supply0[:, None, :, None] * split[None, :, :, None] * (1.015 ** np.arange(DAYS))
    os.makedirs(folder, exist_ok=True)
    for name, values in dict(base=base, graduates=graduates, foreign=foreign, quits=quits, hours=hours, people=people, band_need=band_need, need=need).items():
        np.ascontiguousarray(values, dtype=np.float64).tofile(os.path.join(folder, name + ".bin"))
    with open(os.path.join(folder, "sizes.txt"), "w") as out:
        out.write(f"{kommuner} {draws} {np.argsort(size)[kommuner // 4]}\n")  # and a small one, to compare


def read(folder):
    kommuner, draws, small = map(int, open(os.path.join(folder, "sizes.txt")).read().split())
    shapes = dict(base=(kommuner, PROFESSIONS, SEXES, AGES), graduates=(kommuner, PROFESSIONS, SEXES, AGES), foreign=(kommuner, PROFESSIONS, SEXES, AGES),
                  quits=(SEXES, AGES), hours=(PROFESSIONS, SEXES, AGES), people=(kommuner, DAYS, BANDS), band_need=(SERVICES, BANDS),
                  need=(kommuner, SERVICES, PROFESSIONS, DAYS))
    return kommuner, draws, small, {name: np.fromfile(os.path.join(folder, name + ".bin")).reshape(shape).astype(F) for name, shape in shapes.items()}


class Draws:
    def __init__(self, draws):
        self.rng, self.n = np.random.default_rng(2), draws

    def normal(self, *shape):
        return self.rng.standard_normal(shape + (self.n,), dtype=F)

    def walk(self, step, kept):
        """[DAYS][draws], 0 on the base day."""
        x = np.zeros((DAYS, self.n), F)
        for t in range(1, DAYS):
            x[t] = F(kept) * x[t - 1] + F(step) * self.normal()
        return x

    def level(self, sd, common):
        """A local level with standard deviation sd[t], mean 1; `common` is the fylke's part."""
        shared = SIZES["fylke_shared"]
        steps = np.sqrt(np.maximum(sd**2 - np.concatenate([[0.0], sd[:-1]]) ** 2, 0))
        own = self.normal(DAYS)
        z = F(np.sqrt(1 - shared)) * own + F(np.sqrt(shared)) * common
        z[0] = own[0]  # what is not known of the base is the kommune's own
        x = np.cumsum(z * steps.astype(F)[:, None], axis=0, dtype=F)
        return np.exp(x - (sd**2 / 2).astype(F)[:, None])


def lognormal(x, variance):
    """Factors of mean 1 from standard normal x, of this variance over the square of the mean."""
    log_variance = np.log1p(variance).astype(F)[:, None]
    return np.exp(np.sqrt(log_variance) * x - log_variance / 2)


def around(sd, kept):
    return sd * np.sqrt(1 - kept**2)


def run(folder):
    kommuner, n, small, of = read(folder)
    began, began_cpu, draw, spent = time.time(), time.process_time(), Draws(n), [0.0, 0.0]
    t = np.arange(DAYS)
    s = SIZES
    # What the country shares.
    alike, own = F(np.sqrt(s["areas_shared"])), F(np.sqrt(1 - s["areas_shared"]))

    def drifts(ids, slope_sd, step_sd):
        """[ids][DAYS][draws] factors: slopes and steps that ids have partly in common."""
        slope, step, out = draw.normal(), draw.normal(DAYS), np.empty((ids, DAYS, n), F)
        for i in range(ids):
            z = own * draw.normal(DAYS) + alike * step
            z[0] = 0
            out[i] = np.exp(F(slope_sd) * t[:, None].astype(F) * (own * draw.normal() + alike * slope) + F(step_sd) * np.cumsum(z, axis=0, dtype=F))
        return out

    drift = drifts(AREAS, s["slope"], s["step"])
    shares = drifts(PROFESSIONS * AREAS, s["share_slope"], s["share_step"]).reshape(PROFESSIONS, AREAS, DAYS, n)
    common = {name: draw.walk(1, s[name][1]) for name in ("participation", "exits", "graduates", "foreign")}

    def logs(name, step):
        return draw.walk(step * np.sqrt(1 - s[name][2]), s[name][1]) + F(step * np.sqrt(s[name][2])) * common[name]

    national = []
    for g in range(PROFESSIONS):
        national.append((np.exp(logs("participation", s["participation"][0])), np.exp(logs("exits", around(*s["exits"][:2]))),
                         np.exp(logs("graduates", around(*s["graduates"][:2]))), np.exp(logs("foreign", s["foreign"][0]))))
    fylke_place = [draw.walk(s["fylke"], 1) for _ in range(FYLKER)]
    fylke_staff = draw.normal(FYLKER, AREAS, DAYS)
    fylke_share = draw.normal(FYLKER, PROFESSIONS, AREAS, DAYS)
    yearly = s["yearly"] * t
    staff_change = (s["staff_sd"] + yearly) ** 2 - s["staff_sd"] ** 2
    of_areas = np.stack([of["need"][:, area::AREAS].sum(axis=1) for area in range(AREAS)])  # area, kommune, profession, day
    whole = of_areas.sum(axis=(0, 1))
    national_need = [sum((of_areas[area, :, g].sum(axis=0) / whole[g])[:, None] * drift[area] * shares[g, area] for area in range(AREAS)) for g in range(PROFESSIONS)]
    squares = (of_areas**2).sum(axis=0) / of_areas.sum(axis=0) ** 2  # of areas' shares of a kommune's need
    place_variance = (s["kommune"] ** 2 + s["fylke"] ** 2) * t
    counts = np.zeros((FYLKER + GROUPS + 1, 2, 2, PROFESSIONS, DAYS))  # of need and supply: levels, variances of counts
    regions = [np.zeros((PROFESSIONS, 2, DAYS, n), F) for _ in range(FYLKER + GROUPS + 1)]
    short, of_small = np.zeros((PROFESSIONS, DAYS)), {}
    figures = np.zeros((kommuner, PROFESSIONS, 3, DAYS, len(QUANTILES) + 1), F)
    quits = of["quits"].reshape(-1)

    def summarise(x):
        before, before_cpu = time.time(), time.process_time()
        quantiles = np.quantile(x, QUANTILES, axis=1).T
        spent[0] += time.time() - before
        spent[1] += time.process_time() - before_cpu
        return np.concatenate([quantiles, x.mean(axis=1)[:, None]], axis=1)

    for u in range(kommuner):
        fylke = u * FYLKER // kommuner
        z = draw.normal(BANDS, DAYS)
        z[:, 0] = 0
        people = of["people"][u].T[:, :, None] * np.exp(np.cumsum(F(s["band_step"]) * z, axis=1, dtype=F))
        load = np.empty((SERVICES, DAYS, n), F)
        for k in range(SERVICES):
            expected = of["people"][u] @ of["band_need"][k]
            load[k] = np.tensordot(of["band_need"][k], people, axes=1) / expected[:, None] * drift[k % AREAS]
        for area in range(AREAS):
            load[area::AREAS] *= draw.level(s["staff_sd"] + yearly, fylke_staff[fylke, area])
        place = np.exp(draw.walk(s["kommune"], 1) + fylke_place[fylke] - (place_variance / 2).astype(F)[:, None])
        for g in range(PROFESSIONS):
            participation, exits, graduates, foreign = national[g]
            need = np.zeros((DAYS, n), F)
            for area in range(AREAS):
                part = np.zeros((DAYS, n), F)
                for k in range(area, SERVICES, AREAS):
                    part += of["need"][u, k, g][:, None] * load[k]
                need += part * draw.level(s["share_sd"] + 0 * yearly, fylke_share[fylke, g, area]) * shares[g, area]
            first = of_areas[:, u, g, 0].sum()
            # What is not known of the base, and what has changed since beside the country, is the same on both sides.
            base = need[0] / first
            change = need / base / of_areas[:, u, g].sum(axis=0)[:, None] / national_need[g]
            # Cohorts of every draw.
            stock = np.repeat(of["base"][u, g].reshape(1, -1), n, axis=0)
            next_stock = np.empty_like(stock)
            weights = of["hours"][g].reshape(-1)
            new, abroad = of["graduates"][u, g].reshape(-1), of["foreign"][u, g].reshape(-1)
            supply = np.empty((DAYS, n), F)
            supply[0] = stock @ weights
            for day in range(1, DAYS):
                stays = stock * (1 - quits[None, :] * exits[day][:, None])
                next_stock[:, 1:] = stays[:, :-1]
                next_stock[:, 0] = 0
                next_stock[:, AGES] = 0
                next_stock += new[None, :] * graduates[day][:, None] + abroad[None, :] * foreign[day][:, None]
                stock, next_stock = next_stock, stock
                supply[day] = stock @ weights
            followed = np.sqrt(np.maximum(1 - place_variance / np.maximum(squares[u, g] * staff_change, 1e-12), 0)).astype(F)
            supply *= participation * place * base * (1 + followed[:, None] * (change - 1))
            count = s["count"] * squares[u, g]
            gap = need - supply
            is_short = gap > np.maximum(F(0.05) * need, base)
            short[g] += is_short.mean(axis=1)
            count[0] = 0
            for measure, x in enumerate((need, supply)):
                told = x * lognormal(draw.normal(DAYS), count)
                figures[u, g, measure] = summarise(np.where(told < F(s["per_person"] / 2), F(0), told))
            figures[u, g, 2] = summarise(gap)
            if u == small:
                of_small[g] = need[-1], supply[-1]
            for region in (fylke, FYLKER + u % 17, FYLKER + 17 + u % 7, FYLKER + GROUPS):
                regions[region][g, 0] += need
                regions[region][g, 1] += supply
                for side, (level, variance) in enumerate(((of_areas[:, u, g].sum(axis=0), count), (supply.mean(axis=1), count))):
                    counts[region, side, 0, g] += level
                    counts[region, side, 1, g] += level**2 * variance
    for region, (told, of_counts) in enumerate(zip(regions, counts)):
        for g in range(PROFESSIONS):
            for side in range(2):
                variance = of_counts[side, 1, g] / np.maximum(of_counts[side, 0, g], 1e-12) ** 2
                summarise(told[g, side] * lognormal(draw.normal(DAYS), variance))
            summarise(told[g, 0] - told[g, 1])
    seconds, cpu = time.time() - began, time.process_time() - began_cpu
    country = regions[-1]
    q = lambda x: [float(v) for v in np.quantile(x, [0.1, 0.5, 0.9])]
    biggest = int(np.argmax(country[:, 1, 0].mean(axis=1)))
    print(json.dumps(dict(seconds=seconds, cpu=cpu, seconds_without=seconds - spent[0], cpu_without=cpu - spent[1], peak_mib=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
                          profession=biggest, need=q(country[biggest, 0, -1]), supply=q(country[biggest, 1, -1]),
                          small_need=q(of_small[biggest][0]), small_supply=q(of_small[biggest][1]))))


if __name__ == "__main__":
    if sys.argv[1] == "inputs":
        inputs(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        run(sys.argv[2])
