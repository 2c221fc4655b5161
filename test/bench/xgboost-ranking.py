"""Scores of XGBoost's rankers for trees-ranking.ts: reads features, labels and sizes of queries of training and held-out parts as float32 and int32, prints its version."""

import json
import sys

import numpy
import xgboost

folder, rounds, leaves = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
rules = {"max_leaves": leaves, "max_depth": 0, "grow_policy": "lossguide", "max_bin": 255, "eta": 0.1, "lambda": 1, "min_child_weight": 1}
for fold in json.load(open(f"{folder}/folds.json")):

    def part(name):
        x = numpy.fromfile(f"{folder}/{fold['name']}-{name}-x", "<f4").reshape(-1, fold["features"])
        data = xgboost.DMatrix(x, numpy.fromfile(f"{folder}/{fold['name']}-{name}-y", "<f4"))
        data.set_group(numpy.fromfile(f"{folder}/{fold['name']}-{name}-q", "<i4"))
        return data

    train, held = part("train"), part("held")
    for objective in ("rank:ndcg", "rank:pairwise"):
        told = {"tree_method": "hist", "nthread": 1, "objective": objective, "seed": 1, **rules}
        booster = xgboost.train(told, train, rounds)
        booster.predict(held).astype("<f4").tofile(f"{folder}/{fold['name']}-{objective}")
print(xgboost.__version__)
