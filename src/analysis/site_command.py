"""The command that makes a site of the reports that stand in a folder."""

from pathlib import Path

import click

from analysis import paths


@click.command()
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=paths.REPORTS,
    help="Folder of the reports, and of the site.  [default: reports/]",
)
@click.option("--base-url", default="", help="Address that the site will have, such as https://example.org/reports/.")
def site(output: Path, base_url: str) -> None:
    """Make pages that list and compare the reports in a folder.

    Writes into OUTPUT, in English and Chinese: index.html (every report, search by place and year), compare.html (the
    indicators of chosen regions side by side), feed.xml (editions and revisions), short addresses REGION/ and
    REGION/YEAR.html that lead to reports, citations/ (CFF, BibTeX, GB/T 7714) and cards/ (pictures for where an address
    is shared). With --base-url also sitemap.xml, and addresses in full. The reports themselves stay as they are.

    Everything is made aside and moved into place at the end; the next run takes away what no longer belongs.

    \b
    Exit codes: 0 made, 1 refused, or made without a report that is damaged, 2 wrong usage.
    """
    from tqdm import tqdm

    from analysis.site_files import write_site

    with tqdm(unit="file", leave=False, dynamic_ncols=True) as bar:
        made = write_site(output, base_url, tell=lambda name: bar.update())
    click.echo(f"The site is ready: {output / 'index.html'}")
    click.echo(f"  {len(made.files)} files made, {len(made.removed)} of an earlier run taken away")
    if not base_url:
        click.echo(
            "  No sitemap.xml, and no pictures named for where an address is shared: both need the site's address in "
            "full. Give it with --base-url https://..."
        )
    for problem in made.problems:
        click.echo(f"Left out: {problem}", err=True)
    if made.problems:
        raise click.exceptions.Exit(1)
