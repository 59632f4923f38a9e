#!/bin/sh
# The units of systemd: units.sh BUILD-FOLDER. They are what systemd understands, without a warning, and the service is exposed to little: 2.0 of 10 at
# most, by `systemd-analyze security`.
set -eu
build=$1
if ! command -v systemd-analyze >/dev/null; then
    echo "SKIPPED house/units: systemd-analyze is not here (apt-get install systemd), the units are NOT checked" >&2
    exit 77
fi
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
# The programs are not installed; those of the build stand in.
for unit in statpakke.service statpakke.timer; do
    sed "s|^ExecStart=[^ ]*/statpakke |ExecStart=$build/bin/statpakke |" "$build/install/$unit" >"$folder/$unit"
done
grep -q "^ExecStart=$build/bin/statpakke run " "$folder/statpakke.service"
MANPATH=$build/share/man systemd-analyze verify "$folder/statpakke.service" "$folder/statpakke.timer" 2>"$folder/said" || failed=1
# What it says of the machine's own units is none of ours.
if [ -n "${failed-}" ] || grep statpakke "$folder/said"; then
    cat "$folder/said" >&2
    exit 1
fi
systemd-analyze security --no-pager --offline=true --threshold=20 "$folder/statpakke.service" >"$folder/score" || {
    cat "$folder/score" >&2
    exit 1
}
tail -n 1 "$folder/score"
when=$(sed -n 's/^OnCalendar=//p' "$folder/statpakke.timer")
LC_ALL=C systemd-analyze calendar --base-time='2026-07-01 00:00:00 UTC' "$when" | grep -q '01:00:00 UTC' || {
    echo "the night does not begin at three in Oslo" >&2
    exit 1
}
