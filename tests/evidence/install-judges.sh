#!/bin/sh
# Brings the two programs that judge our archives into FOLDER: py-wacz in an environment of its own
# (it brings some 60 packages, so it is none of ours), and the files of ReplayWeb.page (AGPL, 2 MB).
# Then: JEHONA_JUDGES=FOLDER python -m pytest tests/evidence
set -e
[ -n "$1" ] || { echo "usage: $0 FOLDER"; exit 2; }
mkdir -p "$1/replaywebpage"
cd "$1"
python3 -m venv venv
venv/bin/pip install --quiet wacz==0.6.0
npm pack --silent replaywebpage@2.5.3
tar xzf replaywebpage-2.5.3.tgz -C replaywebpage --strip-components 1
rm replaywebpage-2.5.3.tgz
