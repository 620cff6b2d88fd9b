#!/usr/bin/env bash
# From a fresh Debian 12 to a first answer: installs what is missing, builds, asks the curated datasets what a chip
# needs and whose loss alone stops it, and writes the graph as GraphML and as a page for the browser. Runs again in seconds; see tools/test.sh
# for the tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. tools/packages.sh

ensure_packages "${build_packages[@]}"
ensure_npm
fetch_explorer_parts --omit=dev
configure_and_build -DCHOKEPOINT_TESTS=OFF

chokepoint=build/release/bin/chokepoint
say "What the Nvidia H100 needs first:  $chokepoint depends nvidia-h100 --tree --depth 1"
"$chokepoint" depends nvidia-h100 --tree --depth 1
say "Whose loss alone stops it:  $chokepoint chokepoints nvidia-h100 --among firm,country --order 1"
"$chokepoint" chokepoints nvidia-h100 --among firm,country --order 1
"$chokepoint" --quiet depends nvidia-h100 --force -o build/nvidia-h100.graphml
"$chokepoint" --quiet export --force -o build/chokepoint.graphml
page=
if "$chokepoint" --quiet view --force -o build/chokepoint.html; then
  page=$'\nTo open in a browser:\n  build/chokepoint.html        search it, move the date, click nodes for facts and sources\n'
fi

cat <<END

Written for Gephi, yEd or networkx:
  build/chokepoint.graphml     the whole graph
  build/nvidia-h100.graphml    what the H100 depends on
$page
Try next:
  $chokepoint depends nvidia-h100 --tree         # all of it, down to the mirrors of the lithography machine
  $chokepoint whatif --remove tw                 # what is impossible without Taiwan
  $chokepoint concentration                      # which markets hang on few suppliers
  $chokepoint --lang zh search 光刻               # look things up in either language
  $chokepoint --help                             # everything else
END
