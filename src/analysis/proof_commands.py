"""The commands that prove a report: that it is as it was made, from what it was made, and who signed it."""

from pathlib import Path

import click

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
WRONG, ELSEWHERE = 1, 3


@click.command()
@click.argument("report")
@click.option("--rebuild", is_flag=True, help="Make the report again, in a place of its own, and compare every byte.")
@click.option("--signers", type=FILE, help="A file of allowed signers (see ssh-keygen): one of them must have signed.")
@click.option("--signer", help="Who of them, by the name in that file.")
def verify(report: str, rebuild: bool, signers: Path | None, signer: str | None) -> None:
    """Check that a report is as it was made. Asks nobody: everything is in its folder, and here.

    REPORT is a folder that `ipreport build` made, or its name in reports/, such as REGION-YEAR. Its manifest.json holds
    the sha256 of every file, and of all data, chapters, code, words, templates, fonts and the lock file that it was
    made from. Names each file that was altered, is missing, or does not belong there; then what is otherwise here.

    \b
    Exit codes:
      0  whole, and made from what stands here; with --rebuild: whole, and the same bytes come out again
      1  a file is altered, missing or extra, the manifest is refused, the signature does not hold, or the report made
         again differs
      2  wrong usage
      3  whole, but made from other data, by other code, under another lock file, or with other libraries
    """
    from analysis.verifying import folder_named, verdict

    if signer and not signers:
        raise click.UsageError("--signer needs --signers, the file that has their key.")
    found = verdict(folder_named(report))
    files = len(found.manifest.files)
    wrong = list(found.wrong)
    editions = [each for making in found.manifest.makings for each in making.editions]
    click.echo(f"{found.folder}: {files} files in {', '.join([*editions, *found.manifest.unknown])}")
    click.echo("Not as it was made:" if wrong else "Whole: every file is as it was made, and none was added.")
    _listed(wrong)
    click.echo("Otherwise here:" if found.elsewhere else "Made from the data, code, lock file and libraries here.")
    _listed(found.elsewhere)
    _signature(found.folder, signers, signer)
    if rebuild:
        again = _differences(found.folder, found.manifest)
        click.echo("Made again, it differs:" if again else "Made again, every byte is the same.")
        _listed(again)
        wrong += again
    if wrong or (found.elsewhere and not rebuild):
        raise click.exceptions.Exit(WRONG if wrong else ELSEWHERE)


@click.command()
@click.argument("report")
@click.option("--key", type=FILE, required=True, help="A private key of SSH, or the public one if an agent has it.")
def sign(report: str, key: Path) -> None:
    """Sign a report: the signature is put beside its manifest, and holds for every file.

    REPORT is as for `ipreport verify`, and must be whole. Needs ssh-keygen (OpenSSH).
    """
    from analysis import signing
    from analysis.verifying import folder_named, verdict

    folder = folder_named(report)
    if wrong := verdict(folder).wrong:
        raise signing.BadSignature(f"{folder} is not as it was made, and was not signed: {'; '.join(wrong[:3])}")
    click.echo(f"Signed: {signing.sign(folder, key)}")


@click.command()
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write into this file instead.")
def sbom(output: Path | None) -> None:
    """Print the bill of materials of this software: CycloneDX JSON, from the lock file, the same for everybody.

    Every package that is pinned, with its hashes and with who asks for it. `make audit` asks for known vulnerabilities.
    """
    from importlib.metadata import version

    from analysis.errors import OutputError
    from analysis.paths import ROOT
    from analysis.sbom import bill_of_materials

    text = bill_of_materials(ROOT, version("ipreport"))
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        output.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        raise OutputError(f"cannot write {output}: {error.strerror}; choose another file with --output") from error
    click.echo(f"Written: {output}")


def _signature(folder: Path, signers: Path | None, name: str | None) -> None:
    """Say who signed. Raises BadSignature if somebody should have and did not."""
    from analysis import signing
    from analysis.manifest import SIGNATURE

    if signers:
        click.echo(f"Signed by {signing.signer(folder, signers, name)}.")
    elif (folder / SIGNATURE).exists():
        click.echo("Signed; whose signature it is was not checked: give --signers.")


def _differences(folder: Path, manifest) -> list[str]:
    """What differs in the report made again, with a bar meanwhile."""
    from tqdm import tqdm

    from analysis.rebuilding import differences, rebuilding_steps

    with tqdm(total=rebuilding_steps(manifest), unit="step", leave=False, dynamic_ncols=True) as bar:
        return differences(folder, manifest, lambda step: bar.update())


def _listed(lines) -> None:
    for line in lines:
        click.echo(f"  {line}")
