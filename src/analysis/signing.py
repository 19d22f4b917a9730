"""Signatures over the manifest of a report, by the ssh-keygen that OpenSSH brings: no key and no cipher is ours.

The manifest has the sha256 of every file, so that a signature over it holds for the whole report.
"""

import os
import shutil
import subprocess
from pathlib import Path

from analysis.errors import AnalysisError, OutputError
from analysis.manifest import MANIFEST, SIGNATURE
from analysis.shelf import locked

NAMESPACE = "ipreport"
"""What a signature is good for: one made for something else, such as a mail, is none here."""
MOST_BYTES = 100_000
PATIENCE = 60


class BadSignature(AnalysisError):
    """A report cannot be signed, or is not signed by whom it should be."""


def sign(folder: Path, key: Path) -> Path:
    """Sign the manifest in a folder with a private key of SSH, and put the signature beside it. Raises BadSignature."""
    signature = _said(["-Y", "sign", "-f", str(key), "-n", NAMESPACE], folder, f"cannot sign with {key}")
    try:
        with locked(folder.resolve().parent):
            aside = folder / f".{SIGNATURE}"
            aside.write_bytes(signature)
            aside.replace(folder / SIGNATURE)
    except OSError as error:
        raise OutputError(f"cannot write {folder / SIGNATURE}: {error.strerror}") from error
    return folder / SIGNATURE


def signer(folder: Path, signers: Path, name: str | None = None) -> str:
    """Who of those in a file of allowed signers signed the manifest in a folder; with ``name``, only they will do.

    Raises BadSignature if nobody of them did, or if there is no signature.
    """
    signature = folder / SIGNATURE
    if signature.is_symlink() or not signature.is_file() or signature.stat().st_size > MOST_BYTES:
        raise BadSignature(f"{folder} has no {SIGNATURE}; `ipreport sign` makes one")
    given = ["-f", str(signers), "-s", str(signature)]
    why = f"{signature} is the signature of nobody in {signers}"
    names = [name] if name else _said(["-Y", "find-principals", *given], folder, why).decode().splitlines()
    for each in names:
        wrong = f"{signature} is no signature of {each} over this manifest"
        _said(["-Y", "verify", *given, "-I", each, "-n", NAMESPACE], folder, wrong)
        return each
    raise BadSignature(why)


def _said(arguments: list[str], folder: Path, why: str) -> bytes:
    """What ssh-keygen answers to some arguments and the manifest. Raises BadSignature with ``why`` and what it said."""
    if not (program := shutil.which("ssh-keygen")):
        raise BadSignature(
            "the command ssh-keygen was not found; it comes with OpenSSH (on Debian: `apt install openssh-client`)"
        )
    with os.fdopen(os.open(folder / MANIFEST, os.O_RDONLY | os.O_NOFOLLOW), "rb") as manifest:
        try:
            ran = subprocess.run([program, *arguments], stdin=manifest, capture_output=True, timeout=PATIENCE)
        except subprocess.TimeoutExpired as error:
            raise BadSignature(f"{why}: ssh-keygen did not answer within {PATIENCE} seconds") from error
    if ran.returncode:
        lines = (ran.stderr or ran.stdout).decode("utf-8", "replace").strip().splitlines()
        raise BadSignature(f"{why}: {lines[-1] if lines else 'ssh-keygen gave no reason'}")
    return ran.stdout
