#!/usr/bin/env bash
# Write the lock files anew: exact versions with hashes, and no index named.
set -euo pipefail
cd "$(dirname "$0")/.."
for name in run dev; do
  uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
    --no-emit-package dougong-core --no-annotate --no-header \
    "requirements/$name.in" -o "requirements/$name.lock"
done
