"use strict";
// Everything stands on the page without this script. It shows what is chosen and keeps the choice in the address.
const form = document.getElementById("choose");
const kinds = ["region", "year", "indicator"];
const boxes = (kind) => [...form.querySelectorAll(`input[name="${kind}"]`)];
const chosen = (kind) => boxes(kind).filter((box) => box.checked).map((box) => box.value);
const groups = [...document.querySelectorAll(".indicator")];
const show = () => {
  const [regions, years, indicators] = kinds.map((kind) => new Set(chosen(kind)));
  let found = 0;
  for (const group of groups) {
    const wanted = indicators.size === 0 || indicators.has(group.dataset.indicator);
    let rows = 0;
    for (const row of group.querySelectorAll("tbody tr")) {
      const fits = (regions.size === 0 || regions.has(row.dataset.region)) && (years.size === 0 || years.has(row.dataset.year));
      row.hidden = !fits;
      rows += fits;
    }
    group.hidden = !wanted || rows === 0;
    found += wanted ? rows : 0;
  }
  for (const aspect of document.querySelectorAll(".aspect")) aspect.hidden = !aspect.querySelector(".indicator:not([hidden])");
  for (const kind of kinds) {
    const number = chosen(kind).length;
    form.querySelector(`[data-chosen="${kind}"]`).textContent = number ? `(${number})` : "";
  }
  document.getElementById("found").textContent = found;
  document.getElementById("none").hidden = found > 0;
};
const keep = () => {
  const parts = kinds.map((kind) => [kind, chosen(kind)]).filter(([, values]) => values.length);
  const hash = parts.map(([kind, values]) => `${kind}=${values.join(",")}`).join("&");
  history.replaceState(null, "", hash ? `#${hash}` : location.pathname + location.search);
};
const open = (all) => {
  const visible = groups.filter((group) => !group.hidden);
  for (const group of visible) if (all || visible.length === 1) group.open = true;
};
const read = () => {
  const hash = new URLSearchParams(location.hash.slice(1));
  const target = groups.find((group) => group.id === location.hash.slice(1));
  if (target) target.open = true;
  for (const kind of kinds) {
    const values = new Set((hash.get(kind) || "").split(","));
    for (const box of boxes(kind)) box.checked = values.has(box.value);
  }
  show();
  open(chosen("indicator").length > 0);
};
if (form) {
  form.hidden = false;
  form.addEventListener("change", (event) => {
    show();
    keep();
    open(event.target.name === "indicator");
  });
  form.addEventListener("reset", () => setTimeout(() => { show(); keep(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", read);
  read();
}
