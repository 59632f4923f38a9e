#!/bin/sh
# usage: forbidden_arrow.sh CC SOURCE LIBSP_CORE: a transform may link core alone. One that calls core links; one that calls core/io does not.
set -eu
cc=$1 source=$2 core=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
flags="-shared -fPIC -Wl,--no-undefined -I$source $(pkg-config --cflags glib-2.0)"
libraries="$core $(pkg-config --libs glib-2.0 libcrypto) -lm"

cat > "$folder/allowed.c" <<'C'
#include "core/real.h"
SpReal allowed(void);
SpReal allowed(void)
{
    return sp_real(1.0);
}
C
cat > "$folder/forbidden.c" <<'C'
#include "core/io/files.h"
char **forbidden(void);
char **forbidden(void)
{
    return sp_folder_list("/", NULL);
}
C
# shellcheck disable=SC2086
$cc $flags "$folder/allowed.c" $libraries -o "$folder/allowed.so"
# shellcheck disable=SC2086
if $cc $flags "$folder/forbidden.c" $libraries -o "$folder/forbidden.so" 2> "$folder/messages"; then
    echo "a transform that calls core/io has linked" >&2
    exit 1
fi
grep -q 'undefined reference to .sp_folder_list' "$folder/messages"
