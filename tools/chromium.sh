#!/usr/bin/env bash
# The browser that the browser stories need: the system's Chromium, installed where it is missing.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
  if command -v "$name" >/dev/null; then echo "browser: $(command -v "$name")"; exit 0; fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "browser: installing Debian's chromium and a Chinese font"
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium fonts-wqy-microhei >/dev/null
  command -v chromium; exit 0
fi
echo "browser: no Chromium found; install the package 'chromium' to run the browser stories" >&2
exit 1
