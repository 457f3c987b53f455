# Sourced by the commands of this folder, after ROOT is set. Finds a Python that can run the project and puts its path
# in PYTHON: the project's own virtual environment when it works, else the best interpreter of the machine.

# A Debian Python without its venv package, or one built without SQLite or TLS, installs nothing: such ones are passed over.
CAN_RUN='import sys; assert (3, 11) <= sys.version_info[:2] < (4, 0); import ensurepip, sqlite3, ssl, venv'
IS_RECENT='import sys; assert sys.version_info[:2] >= (3, 11)'

absolute() { # a path given relative to the folder the command was called from
    case "$1" in "" | /*) printf '%s' "$1" ;; *) printf '%s/%s' "$CALLED_FROM" "$1" ;; esac
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        "$PYTHON" -c "$CAN_RUN" 2>/dev/null && return 0
        echo "athleat: PYTHON=$PYTHON is not a Python 3.11 or newer with the venv, sqlite3 and ssl modules." >&2
        return 1
    fi
    if "$VENV/bin/python" -c "$CAN_RUN" 2>/dev/null; then
        PYTHON="$VENV/bin/python"
        return 0
    fi
    incomplete=""
    for version in 3.13 3.12 3.11; do
        candidates="python$version"
        old_ifs=$IFS
        IFS=:
        # `pyenv` leaves a shim on PATH that refuses to run; the interpreters themselves stand beside it.
        for folder in $PATH "${PYENV_ROOT:-${HOME:-/nonexistent}/.pyenv}/shims"; do
            case "$folder" in */shims) ;; *) continue ;; esac
            for found in "${folder%/shims}/versions/$version."*/bin/python3; do
                [ -x "$found" ] && candidates="$candidates:$found"
            done
        done
        for candidate in $candidates; do
            IFS=$old_ifs
            if "$candidate" -c "$CAN_RUN" 2>/dev/null; then
                PYTHON=$candidate
                return 0
            fi
            "$candidate" -c "$IS_RECENT" 2>/dev/null && incomplete=$candidate
            IFS=:
        done
        IFS=$old_ifs
    done
    for candidate in python3 python; do
        if "$candidate" -c "$CAN_RUN" 2>/dev/null; then
            PYTHON=$candidate
            return 0
        fi
        "$candidate" -c "$IS_RECENT" 2>/dev/null && incomplete=$candidate
    done
    if [ -n "$incomplete" ]; then
        echo "athleat: $incomplete is recent enough but lacks the venv, sqlite3 or ssl module." >&2
        echo "athleat: on Debian and Ubuntu 'apt install python3-venv' adds venv; or set PYTHON to another interpreter." >&2
    else
        echo "athleat: Python 3.11 or newer is needed and none was found on PATH; set PYTHON to the one to use." >&2
    fi
    return 1
}

CALLED_FROM=$PWD
VENV=$(absolute "${VENV:-$ROOT/.venv}")
DATA_DIR=$(absolute "${DATA_DIR:-}")
TLS_CERT_PATH=$(absolute "${TLS_CERT_PATH:-}")
TLS_KEY_PATH=$(absolute "${TLS_KEY_PATH:-}")
[ -n "$DATA_DIR" ] && export DATA_DIR || unset DATA_DIR
[ -n "$TLS_CERT_PATH" ] && export TLS_CERT_PATH || unset TLS_CERT_PATH
[ -n "$TLS_KEY_PATH" ] && export TLS_KEY_PATH || unset TLS_KEY_PATH
export VENV
unset PYTHONHOME PYTHONPATH
find_python || exit 1
cd "$ROOT"
