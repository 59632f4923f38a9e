#!/bin/bash
# The completion of bash: completion.bash BIN SOURCES. Each check types a line and holds what is offered against what should be.
set -u
export PATH=$1:$PATH
# shellcheck source=/dev/null
source "$2/cmake/install/completion.bash"
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
workspace=$folder/w
mkdir -p "$workspace/packages/2026-01-31-0123abcd" "$workspace/packages/schemas" "$workspace/trials/prov" \
    "$workspace/stages/normalise/ssb/folkemengde" "$workspace/stages/package/50" "$workspace/stages/package/unfinished"
ln -s key "$workspace/stages/normalise/ssb/folkemengde/latest"
ln -s key "$workspace/stages/package/50/latest"
failed=0

# offers LINE WORD...: at the end of LINE (cut at blanks and at =, as bash does) just these words are offered.
offers() {
    local line=$1
    shift
    line=${line//=/ = }
    read -ra COMP_WORDS <<<"$line"
    [[ $line == *' ' && $line != *'= ' ]] && COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    _statpakke
    local told="${COMPREPLY[*]-}" wanted="$*"
    if [[ $told != "$wanted" ]]; then
        echo "\"$line\": offered \"$told\", want \"$wanted\"" >&2
        failed=1
    fi
}

offers "statpakke nor" normalise
offers "statpakke --ver" --version
offers "statpakke run --unt" --until
offers "statpakke-run --unt" --until
offers "statpakke run --until p" project protect package publish
offers "statpakke run --until=pu" publish
offers "statpakke status --for"
offers "statpakke run --log " text json
offers "statpakke run --log=j" json
offers "statpakke run -w $workspace --unit " 50 ssb/folkemengde
offers "statpakke run --workspace=$workspace --unit=ssb" ssb/folkemengde
offers "statpakke run -w $workspace --as " prov
offers "statpakke withdraw --workspace $workspace 2026" 2026-01-31-0123abcd
offers "statpakke config " show check
offers "statpakke run --set project.horiz" project.horizon=
offers "statpakke run --workspace $folder/" "$workspace"
offers "statpakke verify $workspace/packages/sch" "$workspace/packages/schemas"
offers "statpakke nothing --w"
for verb in $(statpakke --help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
    complete -p "statpakke-$verb" >/dev/null || failed=1
done
exit $failed
