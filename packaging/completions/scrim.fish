# Completion of scrim in fish. The program itself knows its commands, options and their values.
function __scrim_complete
    set -l found (scrim complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)
    if set -q found[1]
        printf '%s\n' $found
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c scrim -f -a '(__scrim_complete)'
