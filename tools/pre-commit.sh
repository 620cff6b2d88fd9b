#!/usr/bin/env bash
# What a commit must pass: format, white space, sorted datasets, and the fast tests of a built tree.
# Install once with: ln -s ../../tools/pre-commit.sh .git/hooks/pre-commit
# Without arguments it looks at what is staged; with --all at every tracked file.
set -euo pipefail
cd "$(git rev-parse --show-toplevel)"

if [ "${1:-}" = --all ]; then
  mapfile -t files < <(git ls-files)
else
  mapfile -t files < <(git diff --cached --name-only --diff-filter=ACMR)
fi
[ "${#files[@]}" -gt 0 ] || exit 0
failed=0
fail() {
  printf '%s\n' "$*" >&2
  failed=1
}

mapfile -t sources < <(printf '%s\n' "${files[@]}" | grep -E '\.(cpp|hpp)$' || true)
if [ "${#sources[@]}" -gt 0 ]; then
  if command -v clang-format >/dev/null; then
    clang-format --dry-run --Werror "${sources[@]}" || fail "Not formatted; run: clang-format -i FILE"
  else
    printf 'clang-format is not installed: formatting is not checked\n' >&2
  fi
fi

# Golden answers and hostile inputs are kept as they are, byte by byte.
mapfile -t texts < <(printf '%s\n' "${files[@]}" | grep -Ev '^tests/(golden|fuzz/corpus)/' || true)
if [ "${#texts[@]}" -gt 0 ]; then
  grep -nIE '[[:blank:]]+$' -- "${texts[@]}" && fail "White space at line ends"
  grep -nIP '^\t' -- "${texts[@]}" && fail "Tabs at line starts"
fi

mapfile -t datasets < <(printf '%s\n' "${files[@]}" | grep -E '^data/curated/.*\.json$' || true)
if [ "${#datasets[@]}" -gt 0 ]; then
  python3 tools/sort_dataset.py --check "${datasets[@]}" || fail "Datasets are not in order"
fi

for build in build/dev build/release; do
  [ -f "$build/CTestTestfile.cmake" ] || continue
  ctest --test-dir "$build" -L 'unit|layering' -j2 --output-on-failure --quiet || fail "Tests failed in $build"
  break
done
exit "$failed"
