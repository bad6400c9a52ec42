// What only lists need: suggestions of the search box, folding of groups, work on many.
"use strict";

// ---- the search box suggests conditions ----
let suggesting;
const suggestions = () => $("#suggest");
function hush() {
  const list = suggestions(), input = $("#q");
  if (!list) return;
  list.hidden = true;
  list.replaceChildren();
  input?.setAttribute("aria-expanded", "false");
  input?.removeAttribute("aria-activedescendant");
}
async function suggest(input) {
  const text = input.value.trim();
  if (!text) { hush(); return; }
  const asked = new URLSearchParams({ _q: text, _query: location.search.slice(1) });
  const answer = await fetch(`${input.dataset.suggest}?${asked}`, { headers: { "HX-Request": "true" } });
  const options = await answer.text(), now = $("#q");
  if (!answer.ok || now?.value.trim() !== text || document.activeElement !== now) return;
  const list = suggestions();
  list.innerHTML = options;
  list.hidden = !list.children.length;
  now.setAttribute("aria-expanded", String(!list.hidden));
}
on("input", "#q", (_event, input) => { clearTimeout(suggesting); suggesting = setTimeout(() => suggest(input), 200); });
on("keydown", "#q", (event, input) => {
  const list = suggestions(), all = $$("[role=option]", list);
  const at = all.findIndex(option => option.getAttribute("aria-selected") === "true");
  if (event.key === "Escape" && !list.hidden) { event.preventDefault(); hush(); }
  else if (event.key === "Enter" && at >= 0 && !list.hidden) { event.preventDefault(); event.stopPropagation(); all[at].click(); }
  else if (["ArrowDown", "ArrowUp"].includes(event.key) && all.length && !list.hidden) {
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    point(input, all[at < 0 ? (step > 0 ? 0 : all.length - 1) : (at + step + all.length) % all.length], list);
  } else if (event.key === "Backspace" && !input.value) {
    // An empty box takes the last condition away, as an address line of a mail takes its last name.
    const last = $$("[data-facet]").at(-1);
    if (last) last.click();
  }
});
// The list is drawn anew while one types; what is suggested stays.
document.addEventListener("htmx:after:swap", () => {
  if (suggestions() && !suggestions().hidden) $("#q")?.setAttribute("aria-expanded", "true");
});
document.addEventListener("focusout", event => { if (event.target.id === "q") setTimeout(() => { if (document.activeElement?.id !== "q") hush(); }, 200); });

// ---- groups fold ----
on("click", "[data-fold]", (_event, button) => {
  const open = button.getAttribute("aria-expanded") !== "true", at = `${button.closest("tr").dataset.at}.`;
  button.setAttribute("aria-expanded", String(open));
  $$("tr[data-at]", button.closest("tbody")).filter(row => row.dataset.at.startsWith(at)).forEach(row => {
    row.hidden = !open;
    $("[data-fold]", row)?.setAttribute("aria-expanded", String(open));
  });
});

// ---- what is open stays open when the list is drawn anew ----
let opened = [];
document.addEventListener("htmx:before:swap", () => { opened = $$("#list details.drop[open]").map(sheet => sheet.id); });
document.addEventListener("htmx:after:swap", () => {
  opened.forEach(id => { const sheet = document.getElementById(id); if (sheet) sheet.open = true; });
  opened = [];
});

// ---- all that match; long choices go in portions, with progress and an answer for each ----
let every = null;
const PORTION = 100;
const ticked = () => $$("#bulk [name=id]:checked").map(box => box.value);
function offerEvery() {
  const button = $("[data-every]"), boxes = $$("#bulk [name=id]");
  if (!button) return;
  button.hidden = Boolean(every) || !boxes.length || ticked().length < boxes.length;
  if (every) $("[data-count]").textContent = every.length;
}
document.addEventListener("change", event => {
  if (!event.target.closest?.("#bulk")) return;
  every = null;
  setTimeout(offerEvery);
});
document.addEventListener("reset", () => { every = null; setTimeout(offerEvery); });
on("click", "[data-every]", async (_event, button) => {
  const answer = await fetch(button.dataset.every, { headers: { "HX-Request": "true" } });
  if (!answer.ok) { $("#toasts").insertAdjacentHTML("beforeend", await answer.text()); return; }
  const found = await answer.json();
  every = found.keys.map(String);
  if (found.more) toast($("#words").dataset.most, true);
  offerEvery();
});
async function inPortions(address, values, keys) {
  const words = $("#words").dataset, card = document.createElement("div");
  card.className = "toast-card toast-work";
  card.innerHTML = "<div><strong></strong><progress></progress><ul></ul></div><button type='button' class='btn btn-sm'></button>";
  const [head, bar, list, stop] = ["strong", "progress", "ul", "button"].map(css => $(css, card));
  head.textContent = words.working; stop.textContent = words.stop;
  bar.max = keys.length; bar.value = 0; bar.ariaLabel = words.working;
  let stopped = false, done = 0, failed = 0, undo = null;
  stop.onclick = () => { stopped = true; stop.disabled = true; };
  $("#toasts").append(card);
  for (let at = 0; at < keys.length && !stopped; at += PORTION) {
    const body = new URLSearchParams(values);
    keys.slice(at, at + PORTION).forEach(key => body.append("id", key));
    const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRF-Token": token(), "HX-Request": "true", Accept: "application/json" } }).catch(() => null);
    if (!answer?.ok) { card.remove(); $("#toasts").insertAdjacentHTML("beforeend", answer ? await answer.text() : ""); break; }
    const told = await answer.json();
    if (told.undo) undo = { do: told.undo.do, ids: [...(undo?.ids ?? []), ...told.undo.ids], was: { ...undo?.was, ...told.undo.was } };
    done += told.done; failed += told.failed.length; bar.value = at + PORTION;
    told.failed.slice(0, Math.max(0, 50 - list.children.length)).forEach(([key, title, why]) => {
      const line = document.createElement("li"), link = document.createElement("a");
      link.href = `${location.pathname}/${key}`; link.textContent = title;
      line.append(link, words.colon + why);
      list.append(line);
    });
    head.textContent = failed ? words.not.replace(/[01]/g, place => (place === "0" ? done : failed)) : words.done.replace("0", done);
  }
  bar.remove();
  card.classList.add(failed ? "toast-bad" : "toast-good");
  stop.textContent = words.close; stop.disabled = false; stop.onclick = () => card.remove();
  if (undo) {
    const back = stop.cloneNode();
    back.textContent = words.undo;
    back.onclick = () => {
      card.remove();
      inPortions(address, new URLSearchParams({ _do: undo.do, _was: JSON.stringify(undo.was) }), undo.ids.map(String));
    };
    stop.before(back);
  }
  every = null;
  document.dispatchEvent(new CustomEvent("dougong:refresh", { bubbles: true }));
}
document.addEventListener("submit", event => {
  const form = event.target, keys = every ?? ticked();
  const whole = new URL(form.action || location.href, location.href).pathname.endsWith("/bulk");
  if (!whole || !(form.id === "bulk" || form.closest("#ask")) || (!every && keys.length <= PORTION)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const values = new FormData(form, event.submitter);
  values.delete("id");
  $("#ask").close?.();
  inPortions(form.action, values, keys);
}, true);
// A dialog that the server draws knows what was chosen, as the others do.
// Papers of what is ticked open as one file; all that match are printed from a page of their own.
on("click", "[data-print-chosen]", (_event, button) => {
  const ids = ticked().map(key => `id=${encodeURIComponent(key)}`).join("&");
  button.closest("details").open = false;
  if (every) open(button.dataset.printAll, "_blank", "noopener");
  else if (ids) open(`${button.dataset.printChosen}?${ids}`, "_blank", "noopener");
});
document.addEventListener("htmx:after:swap", () => { every = null; offerEvery(); });
on("change", "[data-edit-field]", (_event, select) => openDialog(select.dataset.editField + encodeURIComponent(select.value)).then(chosenIntoDialog));
function chosenIntoDialog() {
  const form = $("#ask form");
  if (!form) return;
  ticked().forEach(value => {
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: "id", value });
    form.append(hidden);
  });
}

// ---- a cell is changed where it stands ----
let editMode = false;
const heads = () => $$("#bulk thead th");
function cellOf(td) {
  const head = heads()[td.cellIndex], key = $("[name=id]", td.closest("tr"))?.value;
  return head?.dataset.edit && key ? `${location.pathname}/${key}/cell/${head.dataset.edit}` : "";
}
function arm() {
  const button = $("[data-edit-mode]");
  button?.setAttribute("aria-pressed", String(editMode));
  button?.classList.toggle("set", editMode);
  $("#list")?.classList.toggle("editing", editMode);
  heads().forEach((head, at) => {
    if (!head.dataset.edit) return;
    $$(`#bulk tbody td:nth-child(${at + 1})`).forEach(td => { if (editMode) td.tabIndex = 0; else td.removeAttribute("tabindex"); });
  });
}
async function openCell(td) {
  const address = cellOf(td);
  if (!address || $("[data-cell]", td)) return;
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  const text = await answer.text();
  if (!answer.ok) { $("#toasts").insertAdjacentHTML("beforeend", text); return; }
  td.dataset.before = td.innerHTML;
  td.innerHTML = text;
  const control = $("input:not([type=hidden]),select,textarea", td);
  control?.focus();
  control?.select?.();
}
function closeCell(td) { td.innerHTML = td.dataset.before; delete td.dataset.before; }
async function saveCell(td, onwards) {
  const row = td.parentElement.rowIndex, column = td.cellIndex, values = new URLSearchParams();
  if (td.dataset.saving) return;
  td.dataset.saving = "1";
  $$("input,select,textarea", td).forEach(control => { if (control.name && (control.type !== "checkbox" || control.checked)) values.append(control.name, control.value); });
  const answer = await fetch(cellOf(td), { method: "POST", body: values, headers: { "X-CSRF-Token": token(), "HX-Request": "true" } }).catch(() => null);
  delete td.dataset.saving;
  if (!answer?.ok) {
    const place = $(".wrong", td), control = $("input:not([type=hidden]),select,textarea", td);
    const text = answer ? await answer.text() : $("#words").dataset.away;
    place.textContent = new DOMParser().parseFromString(text, "text/html").body.textContent.trim();
    control.setAttribute("aria-invalid", "true");
    control.focus();
    return;
  }
  await htmx.ajax("GET", location.href, { target: "#list", swap: "outerMorph", source: "#list" });
  arm();
  const cells = [...($("#bulk table")?.rows[row]?.cells ?? [])], at = cells.findIndex((cell, n) => n > column && heads()[n].dataset.edit);
  if (onwards && at > 0) openCell(cells[at]); else if (editMode) cells[column]?.focus();
}
on("click", "[data-edit-mode]", () => { editMode = !editMode; arm(); });
on("dblclick", "#bulk tbody td", (event, td) => { if (!event.target.closest("a,input,select")) openCell(td); });
on("click", ".editing #bulk tbody td", (event, td) => { if (!event.target.closest("a,input,select,[data-cell]")) openCell(td); });
on("keydown", "#bulk tbody td", (event, td) => {
  if (!$("[data-cell]", td)) {
    if (editMode && ["Enter", "F2"].includes(event.key) && event.target === td) { event.preventDefault(); openCell(td); }
    return;
  }
  if (event.key === "Escape") { event.preventDefault(); closeCell(td); td.focus(); }
  else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) { event.preventDefault(); saveCell(td, event.key === "Tab"); }
});
document.addEventListener("focusout", event => {
  const td = event.target.closest?.("#bulk td:has([data-cell])");
  if (td) setTimeout(() => { if (td.isConnected && $("[data-cell]", td) && !td.contains(document.activeElement)) saveCell(td, false); }, 150);
});
document.addEventListener("htmx:after:swap", arm);

// ---- columns are put in order ----
on("click", "[data-up]", (event, button) => {
  event.preventDefault();
  const line = button.closest("label");
  line.previousElementSibling?.before(line);
  $("input", line).dispatchEvent(new Event("change", { bubbles: true }));
});

// ---- a chart is drawn anew with its list ----

// ---- a document that is opened from here knows the way back, and its neighbours ----
function keepWay() { try { sessionStorage.setItem(`list:${location.pathname}`, location.search); } catch { /* a browser that keeps nothing */ } }
document.addEventListener("htmx:after:swap", () => setTimeout(keepWay));
addEventListener("popstate", () => setTimeout(keepWay));
keepWay();
