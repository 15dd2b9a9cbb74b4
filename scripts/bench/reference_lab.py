"""The reference model (reference_lab.lua) in NumPy: each month's arithmetic on arrays of
samples, in pieces that stay in the cache, then a summary of all 362 outputs.

    python3 reference_lab.py SAMPLES

Prints the time of evaluation alone, and a few figures that show that it is the same model."""

import sys
import time

import numpy as np

MONTHS = 120
LEAD = 18  # months from the order of a gigawatt to its delivery
PIECE = 4096
SERIES = ("revenue", "cash", "own")


def assumptions(random, n):
    def lognormal(mu, sigma):
        return np.exp(mu + sigma * random.standard_normal(n))

    def uniform(low, high):
        return random.uniform(low, high, n)

    return {
        "growth0": lognormal(0, 0.3),
        "growth_decay": uniform(0.5, 0.8),
        "price_decline": uniform(0.2, 0.6),
        "cost_gw": lognormal(2.6, 0.08),
        "efficiency_gain": uniform(0.2, 0.7),
        "conversion": uniform(0.03, 0.08),
        "arpu": lognormal(5.3, 0.2),
        "ent_growth": uniform(0.3, 0.9),
        "api0": lognormal(2.0, 0.3),
        "catchup_lag": uniform(6, 12),
        "pool": lognormal(5.3, 0.4),
        "edge0": uniform(0.01, 0.06),
        "volatility": uniform(0.02, 0.08),
        "rnd_share": uniform(0.3, 0.6),
        "power": uniform(0.04, 0.1),
        "multiple": lognormal(2.7, 0.4),
        "churn": uniform(0.02, 0.06),
        "cac": uniform(0.05, 0.2),
        "build": uniform(35, 60),
        "adopt": uniform(0.05, 0.3),
    }


def simulate(random, n, store):
    """Ten years of n samples; the series are written to store[name][month]."""
    a = assumptions(random, n)
    price_kept = (1 - a["price_decline"]) ** (1 / 12)
    compute_kept = (1 - a["efficiency_gain"]) ** (1 / 12)
    growth_kept = a["growth_decay"] ** (1 / 12)
    ent_gain = (1 + a["ent_growth"]) ** (1 / 12) - 1

    users, ent, api = 1.0, 12.0, a["api0"]
    capacity, cash, own = 1.5, 30.0, 1.0
    growth, price, compute = 0.03 * a["growth0"], 1.0, 1.0
    npv, least_cash = 0.0, np.full(n, 1e9)
    orders = [0.1] * LEAD

    for month in range(MONTHS):
        e_users, e_price, e_rnd = (random.standard_normal(n) for _ in range(3))
        # demand
        growth = growth * growth_kept
        swing = a["volatility"] * e_users
        users = np.minimum(users * np.exp(growth - 0.1 * a["churn"] + swing), 6)
        price = price * price_kept * np.exp(0.5 * a["volatility"] * e_price)
        compute = compute * compute_kept
        subscriptions = users * a["conversion"] * a["arpu"]
        ent = ent * (1 + ent_gain * np.exp(-0.02 * month)) * np.exp(0.3 * swing)
        api = api * np.exp(1.5 * growth) * price / (price + 0.02)
        demand = (0.15 * users + 0.02 * ent + 0.05 * api) * compute
        # what capacity allows
        capacity = 0.985 * capacity + orders[month]
        served = np.minimum(demand, capacity * (1 - 0.5 * a["rnd_share"]))
        revenue = (subscriptions + ent + api * price) * (served / np.maximum(demand, 1e-6))
        serving = served * a["cost_gw"] * (1 + 0.5 * a["power"])
        research = np.maximum(capacity - served, 0) * a["cost_gw"] * np.exp(0.02 * e_rnd)
        # the capability used in-house
        firms = 1 + np.maximum(0, month - a["catchup_lag"]) * a["adopt"]
        internal = a["pool"] * a["edge0"] / (firms * firms) * min(1, month / 24)
        # money
        overhead = 0.12 * revenue + 0.1 * a["cac"] * subscriptions
        profit = (revenue + internal - serving - research - overhead) / 12
        ordered = np.maximum(0.25 * (demand - capacity), 0) * np.where(cash > 5, 1, 0.3)
        orders.append(ordered)
        capex = 0.2 * ordered * a["build"]
        cash = cash + profit - capex
        raised = np.where(cash < 4, 20 + 0.05 * revenue, 0)
        own = own * (1 - raised / (revenue * a["multiple"] + raised + 1))
        cash = cash + raised
        npv = npv + (profit - capex) * 1.1 ** (-month / 12)
        least_cash = np.minimum(least_cash, cash)
        store["revenue"][month], store["cash"][month], store["own"][month] = revenue, cash, own
    store["npv"][0], store["min_cash"][0] = npv, least_cash


def evaluate(samples):
    columns = {name: np.empty((MONTHS, samples)) for name in SERIES}
    columns.update({name: np.empty((1, samples)) for name in ("npv", "min_cash")})
    for first in range(0, samples, PIECE):
        last = min(first + PIECE, samples)
        random = np.random.Generator(np.random.Philox(key=first))
        simulate(random, last - first, {name: c[:, first:last] for name, c in columns.items()})
    return columns


def summary(values):
    """What Moat reports of an output."""
    ends = (values.mean(), values.std(ddof=1), values.min(), values.max())
    return (*ends, *np.quantile(values, (0.05, 0.25, 0.5, 0.75, 0.95)))


def main():
    samples = int(sys.argv[1])
    start = time.perf_counter()
    columns = evaluate(samples)
    each = (time.perf_counter() - start) / samples / MONTHS * 1e9
    print(f"numpy: {each:.1f} ns/sample-period")
    for name, rows in columns.items():
        figures = [summary(row) for row in rows]
        mean, sd, low, high, p5, p25, p50, p75, p95 = figures[-1]
        print(f"{name:8} mean {mean:.6g} p5 {p5:.6g} p50 {p50:.6g} p95 {p95:.6g}")


main()
