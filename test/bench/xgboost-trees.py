"""Boosted trees of trees.ts in XGBoost (hist, one thread): reads features and targets as float32, prints seconds of processor time, the mean squared error, and the version."""

import sys
import time

import numpy
import xgboost

path, rows, features, rounds, leaves = sys.argv[1], *map(int, sys.argv[2:])
values = numpy.fromfile(path, "<f4")
x, y = values[: rows * features].reshape(rows, features), values[rows * features :]
rules = {"max_leaves": leaves, "max_depth": 0, "grow_policy": "lossguide", "max_bin": 255, "eta": 0.1, "lambda": 1, "min_child_weight": 20}
start = time.process_time()
data = xgboost.DMatrix(x, y)
booster = xgboost.train({"tree_method": "hist", "nthread": 1, "base_score": 0, **rules}, data, rounds)
spent = time.process_time() - start
print(spent, numpy.mean((booster.predict(data) - y) ** 2), xgboost.__version__)
