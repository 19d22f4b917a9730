"""Signatures over a report's manifest, by the real ssh-keygen: whose they are, and what they hold for."""

import shutil
import subprocess

import pytest
from click.testing import CliRunner
from sealed import sealed

from analysis import signing
from analysis.command import main
from analysis.manifest import MANIFEST, SIGNATURE
from analysis.signing import BadSignature, sign, signer

needs_ssh_keygen = pytest.mark.skipif(
    not shutil.which("ssh-keygen"), reason="ssh-keygen is not here (on Debian: apt install openssh-client)"
)


@pytest.fixture
def folder(tmp_path):
    """A report in two languages."""
    return sealed(tmp_path / "330200-2021")


@pytest.fixture
def keys(tmp_path):
    """The keys of an office and of a stranger, and the file of allowed signers, which has the office's."""
    for name in ("office", "stranger"):
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", tmp_path / name], check=True, timeout=60
        )
    public = (tmp_path / "office.pub").read_text(encoding="utf-8")
    signers = tmp_path / "allowed_signers"
    signers.write_text(f'office@example.org namespaces="ipreport" {public}', encoding="utf-8")
    return tmp_path / "office", tmp_path / "stranger", signers


def run(*arguments) -> tuple[int, str]:
    """The exit code and what was said."""
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    return result.exit_code, result.output


@needs_ssh_keygen
@pytest.mark.fault(78)
def test_signed_report_is_verified_by_name(folder, keys):
    """Whoever has the office's key verifies report and signer; the signature is no extra file."""
    office, _, signers = keys

    assert (0, f"Signed: {folder / SIGNATURE}\n") == run("sign", folder, "--key", office)
    code, said = run("verify", folder, "--signers", signers)
    assert (0, True) == (code, said.endswith("Signed by office@example.org.\n"))
    assert (0, said) == run("verify", folder, "--signers", signers, "--signer", "office@example.org")
    code, said = run("verify", folder)
    assert (0, True) == (code, said.endswith("Signed; whose signature it is was not checked: give --signers.\n"))


@needs_ssh_keygen
@pytest.mark.fault(78)
def test_signature_holds_for_every_byte_of_the_manifest(folder, keys):
    """The file and its sha256 changed together, so that they fit: the signature no longer does."""
    office, _, signers = keys
    sign(folder, office)
    text = (folder / MANIFEST).read_text(encoding="utf-8")
    digest = text.partition('"sha256": "')[2][:64]
    (folder / MANIFEST).write_text(text.replace(digest, digest[::-1]), encoding="utf-8")

    for name in (None, "office@example.org"):
        with pytest.raises(BadSignature, match=r"no signature of office@example.org over this manifest"):
            signer(folder, signers, name)


@needs_ssh_keygen
def test_signature_of_somebody_else_is_none(folder, keys):
    """A stranger's key, a name that nobody has, no signature, something that is none, a signature for other things."""
    office, stranger, signers = keys

    with pytest.raises(BadSignature, match=r"has no manifest\.json\.sig; `ipreport sign` makes one"):
        signer(folder, signers)
    sign(folder, stranger)
    with pytest.raises(BadSignature, match="is the signature of nobody in"):
        signer(folder, signers)
    with pytest.raises(BadSignature, match=r"no signature of office@example.org"):
        signer(folder, signers, "office@example.org")
    sign(folder, office)
    with pytest.raises(BadSignature, match=r"no signature of mayor@example.org"):
        signer(folder, signers, "mayor@example.org")
    (folder / SIGNATURE).write_text("x", encoding="utf-8")
    with pytest.raises(BadSignature, match="is the signature of nobody in"):
        signer(folder, signers)
    (folder / SIGNATURE).unlink()
    subprocess.run(
        ["ssh-keygen", "-q", "-Y", "sign", "-f", office, "-n", "mail", folder / MANIFEST], check=True, timeout=60
    )
    with pytest.raises(BadSignature, match=r"no signature of office@example.org"):
        signer(folder, signers)


@needs_ssh_keygen
def test_what_is_altered_is_not_signed(folder, keys):
    """Nobody puts a name under a report that is not as it was made; nor with a key that is none."""
    (folder / "en/index.html").write_text("99.80%", encoding="utf-8")
    code, said = run("sign", folder, "--key", keys[0])

    assert 1 == code
    assert "is not as it was made, and was not signed: altered: en/index.html has 6 bytes" in said
    assert not (folder / SIGNATURE).exists()
    with pytest.raises(BadSignature, match="cannot sign with"):
        sign(folder, folder / MANIFEST)


@needs_ssh_keygen
@pytest.mark.fault(15)
def test_signature_that_is_a_link_or_huge_is_none(folder, keys, tmp_path):
    """It is not even given to ssh-keygen, be it a good one."""
    sign(folder, keys[0])
    good = (folder / SIGNATURE).rename(tmp_path / "good")
    (folder / SIGNATURE).symlink_to(good)
    with pytest.raises(BadSignature, match="has no"):
        signer(folder, keys[2])

    (folder / SIGNATURE).unlink()
    (folder / SIGNATURE).write_bytes(good.read_bytes() + b"\n" * signing.MOST_BYTES)
    with pytest.raises(BadSignature, match="has no"):
        signer(folder, keys[2])


def test_without_ssh_keygen_it_says_so(folder, tmp_path, monkeypatch):
    """Which command is missing, and what it comes with."""
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(BadSignature, match=r"ssh-keygen was not found; it comes with OpenSSH .*openssh-client"):
        sign(folder, tmp_path / "key")
