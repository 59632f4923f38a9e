# bash completion of statpakke and of each statpakke-VERB. It knows no option itself: options, and what kind of value each takes, are read from
# --help of the program that is being typed.

_statpakke_verbs() {
    statpakke --help 2>/dev/null | sed -n 's/^  \([a-z]*\) .*/\1/p'
}

_statpakke_stages() {
    statpakke --help 2>/dev/null | sed -n '/^Stages/,/^$/s/^  \([a-z]*\) .*/\1/p'
}

# The workspace of the line: that of --workspace, or ./workspace.
_statpakke_workspace() {
    local i given=
    for ((i = 1; i < COMP_CWORD; i++)); do
        if [[ ${COMP_WORDS[i]} == -w || ${COMP_WORDS[i]} == --workspace ]]; then
            given=${COMP_WORDS[i + 1]}
            [[ $given == = ]] && given=${COMP_WORDS[i + 2]}
        fi
    done
    given=${given:-workspace}
    echo "${given/#\~/$HOME}"
}

# Units that have a result: stages/STAGE/UNIT/latest, where UNIT is one folder or SOURCE/NAME.
_statpakke_units() {
    local link
    for link in "$1"/stages/*/*/latest "$1"/stages/*/*/*/latest; do
        if [[ -L $link ]]; then
            link=${link#"$1"/stages/*/}
            echo "${link%/latest}"
        fi
    done | sort -u
}

_statpakke_folders() {
    (cd "$1" 2>/dev/null && ls -d -- */ 2>/dev/null | tr -d /)
}

_statpakke_settings() {
    statpakke config show --workspace "$1" 2>/dev/null |
        awk '/^\[/ { section = substr($0, 2, length($0) - 2) } / =/ { print section "." $1 "=" }'
}

# Words for a value, by what --help calls it.
_statpakke_values() {
    local workspace
    workspace=$(_statpakke_workspace)
    case $1 in
    STAGE) _statpakke_stages ;;
    UNIT) _statpakke_units "$workspace" ;;
    EDITION) _statpakke_folders "$workspace/packages" | grep '^[0-9]' ;;
    NAME) _statpakke_folders "$workspace/trials" ;;
    SECTION.KEY*) _statpakke_settings "$workspace" ;;
    FORM) printf '%s\n' text json ;;
    WHEN) printf '%s\n' auto never ;;
    esac
}

_statpakke_reply() {
    local kind=$1 cur=$2
    case $kind in
    *DIR | *FOLDER)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -d -- "$cur")
        ;;
    FILE*)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$cur")
        ;;
    *)
        [[ $kind == SECTION.KEY* ]] && compopt -o nospace 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -W "$(_statpakke_values "$kind")" -- "$cur")
        ;;
    esac
}

# What --help (on stdin) calls the value of an option; nothing of one without.
_statpakke_kind() {
    awk -v option="$1" '/^  -/ {
        sub(/^ +/, "")
        sub(/   *.*/, "")
        n = split($0, names, ", ")
        for (i = 1; i <= n; i++) {
            split(names[i], parts, "=")
            if (parts[1] == option) { sub(/^[^=]*=?/, ""); print; exit }
        }
    }'
}

_statpakke() {
    local cur=${COMP_WORDS[COMP_CWORD]} at=$((COMP_CWORD - 1)) program=${COMP_WORDS[0]##*/} help kind=
    COMPREPLY=()
    if [[ $program == statpakke ]]; then
        if ((COMP_CWORD == 1)); then
            mapfile -t COMPREPLY < <(compgen -W "$(_statpakke_verbs) --help --version" -- "$cur")
            return
        fi
        program=statpakke-${COMP_WORDS[1]}
    fi
    help=$("$program" --help 2>/dev/null) || return
    # "--option=value" is three words to us.
    if [[ $cur == = ]]; then
        cur=
    elif [[ ${COMP_WORDS[at]} == = ]]; then
        ((at--))
    fi
    [[ ${COMP_WORDS[at]} == -* ]] && kind=$(_statpakke_kind "${COMP_WORDS[at]}" <<<"$help")
    if [[ -n $kind ]]; then
        _statpakke_reply "$kind" "$cur"
    elif [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$(sed -n 's/^  \(-., \)\{0,1\}\(--[a-z-]*\).*/\2/p' <<<"$help")" -- "$cur")
    elif [[ $program == statpakke-config ]]; then
        mapfile -t COMPREPLY < <(compgen -W "show check" -- "$cur")
    elif [[ $program == statpakke-withdraw ]]; then
        _statpakke_reply EDITION "$cur"
    else
        _statpakke_reply FILE "$cur"
    fi
}

complete -F _statpakke statpakke
for _statpakke_verb in $(_statpakke_verbs); do
    complete -F _statpakke "statpakke-$_statpakke_verb"
done
unset _statpakke_verb
