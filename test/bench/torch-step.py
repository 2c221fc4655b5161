"""The training step of mlp-step.ts in PyTorch on one thread, as its users write it: prints the median milliseconds, and the version."""

import sys
import time

import torch

lists, documents, features, *hidden = map(int, sys.argv[1:])
torch.set_num_threads(1)
torch.manual_seed(0)
x = torch.rand(lists * documents, features) - 0.5
weights = torch.where(torch.rand(lists, documents) < 0.3, torch.rand(lists, documents), torch.zeros(lists, documents))
sizes = [features, *hidden]
layers = [layer for i, o in zip(sizes, hidden) for layer in (torch.nn.Linear(i, o), torch.nn.ELU())]
network = torch.nn.Sequential(*layers, torch.nn.Linear(sizes[-1], 1))
optimiser = torch.optim.Adam(network.parameters(), lr=0.001, betas=(0.9, 0.999), eps=1e-7)


def step():
    optimiser.zero_grad()
    scores = network(x).view(lists, documents)
    loss = -(weights * torch.log_softmax(scores, 1)).sum()
    loss.backward()
    optimiser.step()
    return loss.item()


times = []
for _ in range(25):
    start = time.perf_counter()
    step()
    times.append(time.perf_counter() - start)
print(1000 * sorted(times[5:])[10], torch.__version__)
