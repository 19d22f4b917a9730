// Opens cards in place, lets the contents follow, and makes downloads from the page itself.
// Without this script every link still leads where it says.
"use strict";
(() => {
  const dialog = document.getElementById("card-dialog");
  const place = dialog && {
    title: dialog.querySelector("h2"), body: dialog.querySelector(".body"),
    previous: dialog.querySelector(".previous"), permalink: dialog.querySelector(".permalink"),
  };
  const trail = [];

  const cardOf = (link) => {
    const found = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return found && found.matches(".cards > section, .group > p, .ranked > [id]") ? found : null;
  };

  // A publication is written once, at the end; in an open card it stands beside the words taken from it.
  const spellOut = (link) => {
    const entry = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!entry) return;
    const whole = document.createElement("span");
    whole.append(...entry.cloneNode(true).childNodes);
    link.replaceWith(whole);
  };

  const show = (card) => {
    const copy = card.cloneNode(true);
    // In a list of places the title is what stands before the colon.
    const title = copy.querySelector("h3, b") || copy.firstChild.splitText(copy.textContent.search(/[:：]/) + 1).previousSibling;
    const [group, list] = [card.closest(".group"), card.closest(".ranked")];
    const named = title.textContent.replace(/[:：]$/, "");
    place.title.textContent = group ? `${group.querySelector("h4").textContent}, ${named}`
      : list ? list.dataset.title.replace("{}", named) : named;
    title.remove();
    for (const each of copy.querySelectorAll("[id]")) each.removeAttribute("id");
    for (const link of copy.querySelectorAll('a[href^="#s-"]')) spellOut(link);
    const command = document.createElement("p");
    command.className = "command";
    command.append(place.body.dataset.recompute, Object.assign(document.createElement("code"), {
      textContent: `ipreport show ${card.id} ${place.body.dataset.edition}`,
    }));
    place.body.replaceChildren(...copy.childNodes, command);
    place.body.classList.toggle("in-short", Boolean(group || list));
    place.permalink.hash = card.id;
    place.previous.hidden = trail.length < 2;
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
    place.title.focus();
  };

  if (dialog) {
    document.addEventListener("click", (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const link = event.target.closest('a[href^="#"]');
      if (!link || link === place.permalink) {
        if (link || event.target === dialog) dialog.close();
        return;
      }
      const card = cardOf(link);
      if (!card) {
        if (dialog.open) dialog.close();
        return;
      }
      event.preventDefault();
      if (trail.at(-1) !== card) trail.push(card);
      show(card);
    });
    dialog.querySelector(".close").addEventListener("click", () => dialog.close());
    place.previous.addEventListener("click", () => { trail.pop(); show(trail.at(-1)); });
    dialog.addEventListener("close", () => { trail.length = 0; });
  }

  const entries = new Map([...document.querySelectorAll("#contents a")].map((link) => [link.hash.slice(1), link]));
  const headings = [...document.querySelectorAll("main h2, main h3")].filter((each) => entries.has(each.id));
  let current = null;
  let waiting = false;
  const follow = () => {
    waiting = false;
    const passed = headings.filter((each) => each.getBoundingClientRect().top < innerHeight / 3);
    const link = entries.get((passed.at(-1) || headings[0] || {}).id);
    if (!link || link === current) return;
    if (current) current.removeAttribute("aria-current");
    link.setAttribute("aria-current", "location");
    current = link;
    const list = document.getElementById("contents");
    const [seen, frame] = [link.getBoundingClientRect(), list.getBoundingClientRect()];
    if (seen.top < frame.top + 40) list.scrollTop -= frame.top + 40 - seen.top;
    else if (seen.bottom > frame.bottom - 40) list.scrollTop += seen.bottom - frame.bottom + 40;
  };
  addEventListener("scroll", () => { if (!waiting) { waiting = true; requestAnimationFrame(follow); } }, { passive: true });
  follow();

  // A sheet reads a cell that begins like this as a formula, unless it is a plain number; see `cells.guarded`.
  const cell = (text) => {
    const computes = /^'*\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) && !/^-?[0-9]+(\.[0-9]+)?$/.test(text);
    const safe = computes ? `'${text}` : text;
    return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  const csv = (table) => [...table.rows].map((row) => [...row.cells].map((each) => cell(each.textContent)).join(",") + "\n").join("");
  const drawing = (svg) => {
    const copy = svg.cloneNode(true);
    const { fontFamily, strokeLinejoin } = getComputedStyle(svg);
    Object.assign(copy.style, { fontFamily, strokeLinejoin });
    const [, , width, height] = svg.getAttribute("viewBox").split(" ");
    copy.setAttribute("width", `${width}pt`);
    copy.setAttribute("height", `${height}pt`);
    return new XMLSerializer().serializeToString(copy);
  };
  for (const link of document.querySelectorAll("figure a[download]")) {
    link.addEventListener("click", () => {
      const chart = link.closest("figure");
      const asked = link.getAttribute("href");
      const text = asked.endsWith(".csv") ? csv(chart.querySelector("table")) : drawing(chart.querySelector("svg"));
      const type = asked.endsWith(".csv") ? "text/csv" : "image/svg+xml";
      const address = URL.createObjectURL(new Blob([text], { type }));
      link.href = address;
      link.download = asked.split("/").at(-1);
      setTimeout(() => { link.href = asked; URL.revokeObjectURL(address); }, 1000);
    });
  }

  // Beside the report the contents are open, and are said to be; a link to the contents opens them anywhere.
  const contents = document.querySelector("#contents details");
  const wide = matchMedia("(min-width: 70rem)");
  const unfold = () => { contents.open = wide.matches; };
  wide.addEventListener("change", unfold);
  unfold();
  document.querySelector(".up").addEventListener("click", () => { contents.open = true; });
  contents.addEventListener("click", (event) => { if (!wide.matches && event.target.closest("a")) contents.open = false; });

  // On paper everything is open.
  addEventListener("beforeprint", () => { for (const each of document.querySelectorAll("details")) each.open = true; });
})();
