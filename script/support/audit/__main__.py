"""`script/audit lighthouse|html`: what two tools of the Node world think of the pages of the built product.

`lighthouse` judges Today, Week and Shopping by the mobile profile, the median of three runs each, signed in; it fails
below 95 for performance, 100 for accessibility, 95 for best practices. `html` holds every page that pictures are taken
of to html-validate, and tells what it finds in a coach's admin apart, because that markup is the admin theme's.
Versions are those of `package-lock.json`; the packages go to `var/audit`, or to the folder that `AUDIT_DIR` names.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from script.support.audit.html import audit_html
from script.support.audit.lighthouse import audit_lighthouse
from script.support.audit.site import built_site
from script.support.console import end_on_terminate, fail, say
from script.support.e2e import BROWSERS, find_browser
from script.support.environment import ROOT, ensure_environment

HERE = Path(__file__).resolve().parent
OLDEST_NODE = (20, 19)
INSTALL_SECONDS = 600
# Registries of other tools are none of npm's business; what a lock file says is what is installed.
NPM_ARGUMENTS = ("ci", "--ignore-scripts", "--no-audit", "--no-fund")


def find_node() -> str:
    """The path of a Node that is recent enough; ends the process with a clear sentence without one."""
    node, npm = shutil.which("node"), shutil.which("npm")
    wanted = ".".join(map(str, OLDEST_NODE))
    if node is None or npm is None:
        fail(f"script/audit needs Node {wanted} or newer with npm on PATH; {'node' if node is None else 'npm'} is not.")
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    found = tuple(int(part) for part in said.lstrip("v").split(".")[:2] if part.isdigit())
    if found < OLDEST_NODE:
        fail(f"script/audit needs Node {wanted} or newer; {node} is {said or 'of no version that it tells'}.")
    return node


def ensure_tools() -> Path:
    """The folder with the tools of the lock file, installed where they are not there yet."""
    folder = Path(os.environ.get("AUDIT_DIR") or ROOT / "var" / "audit")
    names = ("package.json", "package-lock.json")
    digest = hashlib.sha256(b"".join((HERE / name).read_bytes() for name in names)).hexdigest()
    stamp = folder / ".installed"
    if not (stamp.exists() and stamp.read_text() == digest):
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            shutil.copy(HERE / name, folder / name)
        say("installing the tools of package-lock.json …")
        done = subprocess.run(
            ["npm", *NPM_ARGUMENTS],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=INSTALL_SECONDS,
        )
        if done.returncode != 0:
            fail(f"{done.stderr.strip()}\nathleat: npm could not install the tools (see above).")
        stamp.write_text(digest)
    # Node looks for packages beside the program that wants them, so the programs go there too.
    for program in HERE.glob("*.mjs"):
        shutil.copy(program, folder / program.name)
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="script/audit", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("tool", choices=["lighthouse", "html"])
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="pages, by their names in pages.py")
    parser.add_argument("--runs", type=int, default=3, help="of Lighthouse for each page")
    options = parser.parse_args()
    end_on_terminate()
    node = find_node()
    browser = find_browser(os.environ)
    if options.tool == "lighthouse" and browser is None:
        fail(f"no Chromium was found (CHROMIUM, {', '.join(BROWSERS)}); set CHROMIUM to the path of one.")
    python = ensure_environment()
    tools = ensure_tools()
    folder = Path(tempfile.mkdtemp(prefix="athleat-audit-"))
    try:
        with built_site(python, folder) as port:
            if options.tool == "html":
                faults = audit_html(node, tools, folder, port, only=options.only)
            else:
                faults = audit_lighthouse(node, tools, port, str(browser), only=options.only, runs=options.runs)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if faults:
        fail("\n".join([f"{len(faults)} of these are not as they should be:", *(f"  {fault}" for fault in faults)]))
    sys.exit(0)


if __name__ == "__main__":
    main()
