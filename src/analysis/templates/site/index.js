"use strict";
// The list is whole without this script; it only hides what the reader does not look for.
const form = document.getElementById("search");
const place = document.getElementById("place");
const year = document.getElementById("year");
const spare = (text) => text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
const filter = () => {
  const sought = spare(place.value);
  let found = 0;
  for (const level of document.querySelectorAll(".level")) {
    for (const block of level.querySelectorAll(".place")) {
      const named = block.dataset.search.split(" ").some((name) => name.includes(sought));
      for (const entry of block.querySelectorAll("[data-year]")) {
        entry.hidden = !named || (year.value !== "" && year.value !== entry.dataset.year);
        found += !entry.hidden;
      }
      block.hidden = !block.querySelector("[data-year]:not([hidden])");
    }
    level.hidden = !level.querySelector(".place:not([hidden])");
  }
  document.getElementById("found").textContent = found;
  document.getElementById("none").hidden = found > 0;
};
if (form) {
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("pageshow", filter);
  filter();
}
