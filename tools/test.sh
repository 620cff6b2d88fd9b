#!/usr/bin/env bash
# Builds everything and runs every test that belongs into CI. Installs what is missing; the last thing printed is the
# test summary, and its exit code is the script's.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tools/packages.sh

ensure_packages "${build_packages[@]}" "${test_packages[@]}"
ensure_npm
fetch_explorer_parts --include=dev
# Debian's Python is the one that sees Debian's python3-* packages, whatever else stands first in PATH.
configure_and_build -DCHOKEPOINT_TESTS=ON -DPython3_EXECUTABLE=/usr/bin/python3

say "Testing"
# The long measurements (label release) are run by hand before a release.
exec ctest --test-dir build/release --output-on-failure -j2 -LE '^release$'
