// What boards need: moving along days, opening branches, entering in a lane. Loaded with a board only.
"use strict";

const redraw = () => htmx.ajax("GET", location.href, { target: "#list", swap: "outerMorph", source: "#list" });
const boardNow = () => new URLSearchParams(location.search).get("board");

// ---- moving a document along the days; what was done can be taken back for a while ----
async function shift(id, version, move, stretch, back = false) {
  const answer = await post(`${location.pathname}/${id}/shift`, { board: boardNow(), move, stretch, version });
  if (!answer.ok) toast(new DOMParser().parseFromString(await answer.text(), "text/html").body.textContent.trim(), true);
  await redraw();
  if (answer.ok && !back) undoable($("#view-words").dataset.moved, () => shift(id, "", -move, -stretch, true));
  return answer.ok;
}
function undoable(text, act) {
  const card = document.createElement("div"), word = document.createElement("div"), button = document.createElement("button");
  card.className = "toast-card toast-good";
  word.textContent = text;
  Object.assign(button, { type: "button", className: "btn btn-sm", textContent: $("#view-words").dataset.undo, onclick: () => { card.remove(); act(); } });
  card.append(word, button);
  $("#toasts").append(card);
  setTimeout(() => card.remove(), 8000);
}

// ---- bars ----
let held = null;
const unit = () => Number($("[data-gantt]").dataset.unit);
function show(bar, move, stretch) {
  const body = $(".bar-body", bar), text = $("text", bar), end = $(".bar-end", bar), days = unit();
  for (const part of [body, text, end]) part.dataset.x ??= part.getAttribute("x");
  body.dataset.wide ??= body.getAttribute("width");
  const step = move * days;
  body.setAttribute("x", Number(body.dataset.x) + step);
  text.setAttribute("x", Number(text.dataset.x) + step);
  end.setAttribute("x", Number(end.dataset.x) + step + stretch * days);
  body.setAttribute("width", Math.max(4, Number(body.dataset.wide) + stretch * days));
}
on("pointerdown", "[data-bar]", (event, bar) => {
  if (event.button !== 0) return;
  held = { bar, x: event.clientX, end: event.target.classList.contains("bar-end"), days: 0 };
});
document.addEventListener("pointermove", event => {
  if (!held) return;
  held.days = Math.round((event.clientX - held.x) / unit());
  held.moved ||= Math.abs(event.clientX - held.x) > 4;
  show(held.bar, held.end ? 0 : held.days, held.end ? held.days : 0);
});
document.addEventListener("pointerup", () => {
  if (!held) return;
  const { bar, end, days, moved } = held;
  held = null;
  // The click that follows a drag opens nothing.
  if (moved) addEventListener("click", event => event.preventDefault(), { capture: true, once: true });
  if (!days) return;
  bar.classList.add("going");
  shift(bar.dataset.bar, bar.dataset.version, end ? 0 : days, end ? days : 0);
});
on("dragstart", "[data-bar]", event => event.preventDefault());
// By keyboard: arrows move, with Shift the end; a moment after the last press it is stored.
let keyed = null;
on("keydown", "[data-bar]", (event, bar) => {
  if (!["ArrowLeft", "ArrowRight"].includes(event.key) || event.ctrlKey || event.altKey) return;
  event.preventDefault();
  const step = event.key === "ArrowRight" ? 1 : -1;
  if (keyed?.bar !== bar) keyed = { bar, move: 0, stretch: 0 };
  if (event.shiftKey) keyed.stretch += step; else keyed.move += step;
  show(bar, keyed.move, keyed.stretch);
  clearTimeout(keyed.timer);
  keyed.timer = setTimeout(async () => {
    const { move, stretch } = keyed, id = bar.dataset.bar;
    keyed = null;
    if (move || stretch) await shift(id, bar.dataset.version, move, stretch);
    $(`[data-bar="${id}"]`)?.focus();
  }, 700);
});

// ---- trees: arrows as the pattern for treegrids has them ----
const rowsShown = tree => $$("tbody tr", tree).filter(row => !row.hidden);
function below(row) {
  const level = Number(row.ariaLevel), found = [];
  for (let next = row.nextElementSibling; next && Number(next.ariaLevel) > level; next = next.nextElementSibling) found.push(next);
  return found;
}
async function openBranch(row) {
  row.ariaExpanded = "true";
  const inner = below(row);
  if (inner.length) {
    const closed = [];
    inner.forEach(one => {
      one.hidden = closed.some(level => Number(one.ariaLevel) > level);
      while (closed.length && Number(one.ariaLevel) <= closed.at(-1)) { closed.pop(); one.hidden = closed.some(level => Number(one.ariaLevel) > level); }
      if (!one.hidden && one.ariaExpanded === "false") closed.push(Number(one.ariaLevel));
    });
    return;
  }
  const answer = await fetch(`${row.closest("[data-tree]").dataset.tree}&deep=${encodeURIComponent(row.dataset.key)}&at=${row.ariaLevel}`, { headers: { "HX-Request": "true" } });
  const text = await answer.text();
  if (answer.ok) row.insertAdjacentHTML("afterend", text);
  else { row.ariaExpanded = "false"; $("#toasts").insertAdjacentHTML("beforeend", text); }
}
function closeBranch(row) { row.ariaExpanded = "false"; below(row).forEach(one => { one.hidden = true; }); }
function goTo(row) {
  if (!row) return;
  $$("tbody tr[tabindex='0']", row.closest("table")).forEach(other => { other.tabIndex = -1; });
  row.tabIndex = 0;
  row.focus();
}
on("click", "[data-branch]", (_event, button) => {
  const row = button.closest("tr");
  if (row.ariaExpanded === "true") closeBranch(row); else openBranch(row);
  goTo(row);
});
on("keydown", "[data-tree] tbody tr", async (event, row) => {
  const tree = row.closest("table"), all = rowsShown(tree), at = all.indexOf(row);
  const steps = { ArrowDown: all[at + 1], ArrowUp: all[at - 1], Home: all[0], End: all.at(-1) };
  if (event.key in steps) { event.preventDefault(); goTo(steps[event.key]); }
  else if (event.key === "Enter" && event.target === row) { event.preventDefault(); $("a", row).click(); }
  else if (event.key === "ArrowRight") {
    event.preventDefault();
    if (row.ariaExpanded === "false") await openBranch(row);
    else if (row.ariaExpanded === "true") goTo(below(row)[0]);
  } else if (event.key === "ArrowLeft") {
    event.preventDefault();
    if (row.ariaExpanded === "true") closeBranch(row);
    else goTo(all.slice(0, at).reverse().find(one => Number(one.ariaLevel) < Number(row.ariaLevel)));
  }
});
function enterTree() { const first = $("[data-tree] tbody tr"); if (first && !$("[data-tree] tbody tr[tabindex='0']")) first.tabIndex = 0; }
document.addEventListener("htmx:after:swap", enterTree);
enterTree();

// ---- a calendar's entries go to another day ----
const daysBetween = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 86400e3);
on("dragstart", "[data-entry]", (event, entry) => { event.dataTransfer.setData("text/plain", entry.dataset.entry); event.dataTransfer.effectAllowed = "move"; });
on("dragover", "[data-day]", (event, day) => { event.preventDefault(); day.classList.add("over"); });
on("dragleave", "[data-day]", (_event, day) => day.classList.remove("over"));
on("drop", "[data-day]", (event, day) => {
  event.preventDefault();
  day.classList.remove("over");
  const entry = $(`[data-entry="${CSS.escape(event.dataTransfer.getData("text/plain"))}"]`);
  const days = entry && daysBetween(entry.closest("[data-day]").dataset.day, day.dataset.day);
  if (days) shift(entry.dataset.entry, entry.dataset.version, days, 0);
});
let walked = null;
on("keydown", "[data-entry]", (event, entry) => {
  const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[event.key];
  if (!days || event.ctrlKey || event.altKey) return;
  event.preventDefault();
  walked ??= { id: entry.dataset.entry, version: entry.dataset.version, from: entry.closest("[data-day]").dataset.day, days: 0 };
  walked.days += days;
  const there = new Date(Date.parse(walked.from) + walked.days * 86400e3).toISOString().slice(0, 10), cell = $(`[data-day="${there}"]`);
  if (cell) { cell.append(entry); entry.focus(); }
  clearTimeout(walked.timer);
  walked.timer = setTimeout(async () => {
    const { id, version, days: far } = walked;
    walked = null;
    if (far) await shift(id, version, far, 0); else await redraw();
    $(`[data-entry="${id}"]`)?.focus();
  }, 700);
});

// ---- entering where one looks ----
on("click", "[data-make]", (event, button) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  openMaker(button.dataset.make, redraw);
});
on("submit", "[data-lane-quick]", async (event, form) => {
  event.preventDefault();
  const lane = form.dataset.laneQuick, answer = await post(`${location.pathname}/quick`, { text: form.elements.text.value, lane });
  const said = await answer.text();
  if (!answer.ok) { $("#toasts").insertAdjacentHTML("beforeend", said); return; }
  form.reset();
  await redraw();
  $(`[data-lane-quick="${CSS.escape(lane)}"] input`)?.focus();
});

// ---- lanes fold, and stay so in this browser ----
const foldedKey = `lanes:${location.pathname}`;
const folded = () => { try { return JSON.parse(localStorage.getItem(foldedKey)) ?? []; } catch { return []; } };
function foldLanes() {
  const closed = folded();
  $$("[data-fold-key]").forEach(lane => {
    const shut = closed.includes(lane.dataset.foldKey);
    lane.classList.toggle("folded", shut);
    $("[data-fold-lane]", lane).setAttribute("aria-expanded", String(!shut));
  });
}
on("click", "[data-fold-lane]", (_event, button) => {
  const key = button.closest("[data-fold-key]").dataset.foldKey, closed = folded();
  try { localStorage.setItem(foldedKey, JSON.stringify(closed.includes(key) ? closed.filter(one => one !== key) : [...closed, key])); } catch { /* nothing is kept here */ }
  foldLanes();
});
document.addEventListener("htmx:after:swap", foldLanes);
foldLanes();

// ---- a pivot's fields are dragged to where they belong; the controls say the same by keyboard ----
on("dragstart", "[data-chip]", (event, chip) => event.dataTransfer.setData("text/plain", `${chip.dataset.sort} ${chip.dataset.chip}`));
on("dragover", "[data-zone]", (event, zone) => { event.preventDefault(); zone.classList.add("over"); });
on("dragleave", "[data-zone]", (_event, zone) => zone.classList.remove("over"));
on("drop", "[data-zone]", (event, zone) => {
  event.preventDefault();
  zone.classList.remove("over");
  const [sort, name] = event.dataTransfer.getData("text/plain").split(" "), select = $("select", zone), box = $(`input[value="${CSS.escape(name ?? "")}"]`, zone);
  if (sort === "axis" && select) select.value = name;
  else if (sort === "sum" && box) box.checked = true;
  else return;
  (select ?? box).dispatchEvent(new Event("change", { bubbles: true }));
});
