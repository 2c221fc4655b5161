#!/usr/bin/env bash
# What a newcomer types, from a clone to a paper: first result, own config, sweep, one table and two figures in a PDF of two columns.
# No file is edited by hand; the config is the one that the README shows.
#   npm run newcomer                  with `npm ci` in the clone
#   npm run newcomer -- --installed   with the packages of this checkout
#   npm run newcomer -- --keep DIR    in DIR, which stays
set -euo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
installed=false
keep=
while [ $# -gt 0 ]; do
  case $1 in
    --installed) installed=true ;;
    --keep) shift; keep=${1:?--keep needs a folder} ;;
    *) echo "unknown option $1; known: --installed, --keep DIR" >&2; exit 2 ;;
  esac
  shift
done
if [ -n "$keep" ]; then
  if [ -e "$keep" ]; then echo "\"$keep\" exists; nothing is overwritten: name another place" >&2; exit 2; fi
  mkdir -p "$keep"
  work=$(cd "$keep" && pwd)
else
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
fi

begun=$SECONDS
step() { printf '%4d s  %s\n' $((SECONDS - begun)) "$1"; }
quietly() { "$@" > "$work/last.log" 2>&1 || { echo "failed: $*" >&2; tail -20 "$work/last.log" >&2; exit 1; }; }

step 'clone'
git clone -q "$here" "$work/counterrank"
cd "$work/counterrank"
if $installed; then ln -s "$here/node_modules" node_modules; else step 'npm ci'; quietly npm ci --no-audit --no-fund; fi

step 'npm start: the first result'
quietly npm start
counterrank() { node dist/experiments/main.js "$@"; }

step 'own config'
sed -n '/^```yaml/,/^```/p' README.md | sed '1d;$d' > clipping.yaml
quietly counterrank run clipping.yaml seeds=3 --out runs/clipping

step 'sweep'
labels='labels={naive: Naive, skyline: Skyline, "clip 0.05": Clipped IPS, estimated ips: IPS (all pairs)}'
quietly counterrank sweep clipping.yaml simulation.sessions=1e4,1e5,1e6 seeds=5 "$labels" --out runs/clipping-sweep

step 'table and figures'
mkdir paper
counterrank report runs/clipping-sweep --format latex --decimals 3 --caption 'NDCG of what is learnt from position-based clicks' > paper/table.tex
quietly counterrank report runs/clipping-sweep --figures paper/figures
cat > paper/paper.tex <<'TEX'
\documentclass[twocolumn]{article}
\usepackage[a4paper,margin=16mm,columnsep=10mm]{geometry} % columns of 84 mm, as figures are
\usepackage{booktabs,siunitx,graphicx}
\graphicspath{{figures/}}
\makeatletter\setlength{\@fptop}{0pt}\makeatother % what stands by itself in a column begins at its top
\title{Clipping}
\author{A newcomer}
\begin{document}
\maketitle
\section{Results}
Users look at ranks with a probability that falls, and click what they see and like. We compare what is learnt from such clicks as if they
were relevance, from clicks that count by the inverse of a known examination, clipped, and by one that is found in the log itself.
Table~\ref{tab:results} has the means, Figure~\ref{fig:sessions} how they grow with the number of sessions, Figure~\ref{fig:curves} the examination
that was found in a million of them. More sessions do nothing for a method that is biased.
\input{table}
\begin{figure}[t]\centering\includegraphics{ndcg-at-10-by-number-of-sessions-ndcg-at-10.pdf}\caption{NDCG@10 by sessions.}\label{fig:sessions}\end{figure}
\begin{figure}[t]\centering\includegraphics{propensities-ips-all-pairs-sessions-1e6.pdf}\caption{Examination as found in the log, and the truth.}\label{fig:curves}\end{figure}
\end{document}
TEX
cd paper
if ! command -v pdflatex > /dev/null; then
  step 'skipped: pdflatex is not installed; paper/ holds all that it needs'
  exit 0
fi
for package in booktabs siunitx geometry; do
  if ! kpsewhich "$package.sty" > /dev/null; then step "skipped: LaTeX has no package $package; paper/ holds all that it needs"; exit 0; fi
done
step 'pdflatex, twice for the references'
for _ in 1 2; do quietly pdflatex -halt-on-error -interaction=nonstopmode paper.tex; done
faults=$(grep -E '^(Overfull|LaTeX Warning: (Reference|Citation))' paper.log || true)
grep -q 'Output written on paper.pdf (1 page' paper.log || faults="more than a page, of so little: $faults"
if [ -n "$faults" ] || [ ! -s paper.pdf ]; then echo "paper.log: $faults" >&2; exit 1; fi
step "$(wc -c < paper.pdf) bytes of paper.pdf${keep:+ in $work/counterrank/paper}"
