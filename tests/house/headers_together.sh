#!/bin/sh
# usage: headers_together.sh CC SOURCE: whoever writes one table of two modules includes both, so no two headers of a room (of transforms: of one of its rooms) may define one name twice.
set -eu
cc=$1 source=$2
cd "$source"
flags="-std=c17 -D_GNU_SOURCE -I. $(pkg-config --cflags glib-2.0 libxml-2.0 jansson)"
for room in core extractors transforms/* outputs pipeline; do
    [ -d "$room" ] || continue
    find "$room" -name '*.h' | LC_ALL=C sort | sed 's/.*/#include "&"/' |
        # shellcheck disable=SC2086
        $cc $flags -fsyntax-only -x c - || { echo "two headers of $room cannot be included together" >&2; exit 1; }
done
