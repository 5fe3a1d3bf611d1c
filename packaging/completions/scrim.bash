# Completion of scrim in bash. The program itself knows its commands, options and their values.
_scrim() {
  # Bash breaks words at colons and the like, `scene:sea` is three: what no blank parts is joined.
  local IFS=$'\n' rest=${COMP_LINE:0:COMP_POINT} words=() word blanks i
  for ((i = 0; i <= COMP_CWORD; i++)); do
    blanks=${rest%%[![:blank:]]*}
    rest=${rest#"$blanks"}
    word=${COMP_WORDS[i]}
    ((i < COMP_CWORD)) || word=$rest
    rest=${rest#"$word"}
    if [[ $i = 0 || $blanks ]]; then words+=("$word"); else words[-1]+=$word; fi
  done
  COMPREPLY=($("$1" complete -- "${words[@]:1}" 2>/dev/null | cut -f 1))
  # It replaces what follows the last break.
  local written=${words[-1]} after
  after=${written##*["$COMP_WORDBREAKS"]}
  COMPREPLY=("${COMPREPLY[@]#"${written%"$after"}"}")
}
complete -o default -F _scrim scrim
