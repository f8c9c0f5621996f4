#!/usr/bin/env bash
# Installs followd, starts a server for tests and says where it is. PACKAGE, SEED, PORT and ARGUMENTS
# are the action's inputs; the runner ends what a job leaves behind.
set -euo pipefail
folder=${RUNNER_TEMP:?}/followd
mkdir -p "$folder"
npm install --prefix "$folder" --no-audit --no-fund --loglevel=error "$PACKAGE"

# Words of ARGUMENTS are flags, apart from each other.
read -ra words <<< "$ARGUMENTS"
[ -z "$SEED" ] || words+=(--seed "$SEED")
"$folder/node_modules/.bin/followd" dev --port "$PORT" --json "${words[@]}" \
  > "$folder/told.json" 2> "$folder/log" &

for _ in $(seq 150); do
  [ -s "$folder/told.json" ] && break
  kill -0 $! 2> /dev/null || { cat "$folder/log" >&2; exit 1; }
  sleep 0.2
done
node - "$folder/told.json" >> "$GITHUB_OUTPUT" << 'END'
const { url, tokens } = JSON.parse(require("node:fs").readFileSync(process.argv[2], "utf8"));
const { token = "" } = tokens.find(({ username }) => username === "octocat") ?? tokens[0] ?? {};
console.log(`url=${url}\ntoken=${token}`);
END
