# Sourced by quickstart.sh and test.sh: the Debian 12 packages this project stands on, and how they come in.
# shellcheck shell=bash disable=SC2034

build_packages=(
  g++ cmake ninja-build pkgconf
  libsqlitecpp-dev libsqlite3-dev rapidjson-dev libboost-graph-dev libcli11-dev libfmt-dev libutf8proc-dev libxxhash-dev
  libexpat1-dev libminizip-dev zlib1g-dev lowdown
)

# Beside the test framework: peers that answers and files are compared with (networkx, igraph, lxml, jsonschema, openpyxl, dot, rsvg-convert),
# and a browser with a font that has Chinese, for the explorer's page.
test_packages=(
  libgtest-dev libgmock-dev
  python3 python3-networkx python3-scipy python3-igraph python3-lxml python3-jsonschema python3-openpyxl graphviz librsvg2-bin sqlite3
  chromium fonts-wqy-microhei
)

# ensure_npm: node and npm, from Debian unless the machine has them from elsewhere. Where they cannot be had (in the
# subshell, so that it ends nothing else) everything but the explorer's page is still built.
ensure_npm() {
  if ! { command -v node && command -v npm; } >/dev/null; then
    (ensure_packages nodejs npm) || say "Going on without npm"
  fi
}

# fetch_explorer_parts [NPM ARGUMENT...]: Cytoscape.js for the explorer's page, and for tests what reads exports and
# drives the browser, as tools/explorer/package-lock.json names and hashes them. Only `view` needs them, so a machine
# without the npm registry still gets everything else.
fetch_explorer_parts() {
  local stamp=tools/explorer/node_modules/.complete wanted log
  wanted="$* $(cksum <tools/explorer/package-lock.json)"
  [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ] || return 0
  command -v npm >/dev/null || { say "No npm: built without the explorer's page"; return 0; }
  say "Fetching the explorer's parts"
  log=$(mktemp)
  if npm ci --prefix tools/explorer --ignore-scripts --no-audit --no-fund "$@" >"$log" 2>&1; then
    printf '%s' "$wanted" >"$stamp"
  else
    tail -n 5 "$log" >&2
    say "npm could not fetch them: built without the explorer's page"
  fi
  rm -f "$log"
}

say() { printf '%s\n' "== $*" >&2; }

# missing_packages NAME...: those of the names that dpkg does not know as installed, one a line.
missing_packages() {
  local name
  for name in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || printf '%s\n' "$name"
  done
}

# ensure_packages NAME...: installs what is missing and nothing else. Exits 2, naming the packages, where it cannot.
ensure_packages() {
  if ! command -v dpkg-query >/dev/null; then
    say "This is no Debian system, so nothing is installed. Needed (Debian's names): $*"
    return 0
  fi
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -gt 0 ] || return 0

  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    # Without a terminal nobody can type a password, so sudo must do without one.
    if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
      as_root=(sudo)
    else
      refuse_packages "Neither root nor sudo is at hand" "${missing[@]}"
    fi
  fi
  say "Installing ${missing[*]}"
  local log
  log=$(mktemp)
  # A stale package list may still do, so a failed update alone stops nothing.
  "${as_root[@]}" apt-get update >"$log" 2>&1 || true
  if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y --no-install-recommends "${missing[@]}" >>"$log" 2>&1; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    refuse_packages "apt-get could not install them" "${missing[@]}"
  fi
  rm -f "$log"
}

# refuse_packages REASON NAME...
refuse_packages() {
  local reason=$1
  shift
  printf '%s. Missing packages: %s\nAs root: apt-get install --no-install-recommends %s\n' "$reason" "$*" "$*" >&2
  exit 2
}

# configure_and_build [CMAKE ARGUMENT...]: the release preset into build/release. What CMake and the compiler say is
# shown when they fail; on a terminal Ninja keeps its one line of progress.
configure_and_build() {
  local launcher='' log quiet=()
  launcher=$(command -v ccache || true)
  log=$(mktemp)
  say "Configuring build/release"
  if ! cmake --preset release -DCMAKE_CXX_COMPILER_LAUNCHER="$launcher" "$@" >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
  [ -t 1 ] || quiet=(-- --quiet)
  say "Building (a first build takes some minutes)"
  cmake --build build/release --parallel "$(nproc)" "${quiet[@]}" >&2
}
