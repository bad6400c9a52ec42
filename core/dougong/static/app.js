// Behaviour shared by all pages. The server draws and decides; this only carries events.
"use strict";

const $ = (css, root = document) => root.querySelector(css);
const $$ = (css, root = document) => [...root.querySelectorAll(css)];
const html = document.documentElement;
const keep = (name, value) => { document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax`; };
const token = () => $("meta[name=csrf-token]")?.content || "";

function on(type, css, act) {
  document.addEventListener(type, event => {
    const found = event.target.closest?.(css);
    if (found) act(event, found);
  });
}

function post(url, values) {
  return fetch(url, { method: "POST", body: new URLSearchParams(values), headers: { "X-CSRF-Token": token(), "HX-Request": "true" } });
}

// Every request that htmx makes carries the token against forgery; a search says only what is said.
document.addEventListener("htmx:config:request", event => {
  const request = event.detail?.ctx?.request;
  if (!request) return;
  request.headers["X-CSRF-Token"] = token();
  if (request.method === "GET" && request.body instanceof FormData) {
    const all = [...request.body];
    for (const [name] of all) request.body.delete(name);
    for (const [name, value] of all) if (value !== "" && !name.startsWith("_")) request.body.append(name, value);
  }
});

// ---- the frame: theme, language, menu, sheets ----
on("click", "[data-theme-switch]", () => {
  html.dataset.bsTheme = html.dataset.bsTheme === "dark" ? "light" : "dark";
  keep("theme", html.dataset.bsTheme);
});
on("click", "[data-dense-switch]", (_event, button) => {
  const dense = html.toggleAttribute("data-dense");
  button.setAttribute("aria-pressed", String(dense));
  keep("dense", dense ? "1" : "0");
});
on("click", "[data-language]", (_event, button) => { keep("language", button.dataset.language); location.reload(); });
on("click", "[data-rail]", () => {
  const open = $(".shell").classList.toggle("menu-open");
  (open ? $(".rail-close") : $(".rail-open"))?.focus();
});
// A heading is open as it was left; before anything was chosen only the one where one is.
on("click", ".rail-group", () => setTimeout(() => keep("closed", $$("[data-part]:not([open])").map(part => part.dataset.part).join("."))));
// Drafts are the person's: who signs out leaves none behind for the next.
on("submit", "form[action='/logout']", () => Object.keys(localStorage).filter(key => key.startsWith("draft:")).forEach(key => localStorage.removeItem(key)));
on("click", "button[data-back]", () => history.back());
on("click", "[data-close]", (_event, button) => button.closest(".toast-card")?.remove());
on("click", "[data-print]", () => print());
// The address of a document, or of a list as it is narrowed now, to be sent to somebody.
on("click", "[data-copy]", async (_event, button) => {
  const address = new URL(button.dataset.copy || location.href, location.href).href;
  try { await navigator.clipboard.writeText(address); } catch {
    // Without a safe connection a browser copies only what is selected.
    const text = Object.assign(document.createElement("textarea"), { value: address });
    document.body.append(text);
    text.select();
    document.execCommand("copy");
    text.remove();
  }
  const sheet = button.closest("details");
  if (sheet) sheet.open = false;
  toast(button.dataset.copied);
});
// Keys are shown while Alt is held, and all of them on a sheet after a question mark.
const showKeys = on => document.body.classList.toggle("alt", on);
addEventListener("keyup", event => { if (event.key === "Alt") showKeys(false); });
addEventListener("blur", () => showKeys(false));
async function openKeys() {
  const at = encodeURIComponent(document.body.dataset.tours || "");
  const answer = await fetch(`/shortcuts?at=${at}`, { headers: { "HX-Request": "true" } });
  if (!answer.ok) return;
  $("#ask").innerHTML = await answer.text();
  $("#ask").showModal();
}
on("click", "[data-keys]", openKeys);
// A picture travels with its form as data: a file of its own would need a place of its own.
const keepPicture = (box, data) => {
  $("input[type=hidden]", box).value = data;
  const shown = $("img", box) || box.insertBefore(document.createElement("img"), $("input[type=file]", box));
  shown.alt = "";
  if (data) shown.src = data; else shown.remove();
};
on("change", "[data-picture]", (_event, input) => {
  const file = input.files[0], reader = new FileReader();
  reader.onload = () => keepPicture(input.closest(".picture"), reader.result);
  if (file) reader.readAsDataURL(file);
});
on("click", "[data-no-picture]", (_event, button) => { keepPicture(button.closest(".picture"), ""); button.remove(); });
// From one document to another, or to the list of those that name it: the way back is kept.
const hop = {
  get() { try { return JSON.parse(sessionStorage.getItem("hop")); } catch { return null; } },
  set(value) { try { if (value) sessionStorage.setItem("hop", JSON.stringify(value)); else sessionStorage.removeItem("hop"); } catch { /* without a store there is no way back */ } },
};
on("click", "a[href^='/']", (event, link) => {
  if (link.target || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const to = link.pathname, kept = hop.get(), crumb = $("[data-crumb]");
  if (link.matches(".tabs a, [data-leaf], [data-crumb]") || (kept && location.pathname === kept.to && to.startsWith(`${kept.to}/`))) return;
  const leaves = crumb && link.closest("main") && !link.matches(".crumbs a");
  hop.set(leaves ? { to, from: location.pathname, title: $("h1").firstChild.textContent.trim() } : null);
});

// A sheet that would leave the window opens to the other side.
const turnSheets = () => $$("details.drop[open] > .sheet:not(.sheet-end)").forEach(sheet => { if (sheet.getBoundingClientRect().right > html.clientWidth) sheet.classList.add("sheet-end"); });
document.addEventListener("toggle", turnSheets, true);
document.addEventListener("htmx:after:swap", turnSheets);
document.addEventListener("click", event => {
  $$("details.drop[open]").forEach(sheet => { if (!sheet.contains(event.target)) sheet.open = false; });
  const shell = $(".shell.menu-open");
  if (shell && event.target === shell) shell.classList.remove("menu-open");
});
document.addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  const sheet = event.target.closest?.("details.drop[open]");
  if (sheet) { sheet.open = false; $("summary", sheet).focus(); }
  $(".shell")?.classList.remove("menu-open");
});

// ---- what is wrong: a summary leads to the field, and the first one has the focus when the page comes ----
on("click", "[data-to]", (event, link) => {
  const field = document.getElementById(link.dataset.to);
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.scrollIntoView({ block: "center" });
});
$("main [aria-invalid=true]")?.focus();

function toast(text, bad = false) {
  // A message that stands there already is not said again.
  if (bad && $$("#toasts .toast-bad").some(card => card.textContent === text)) return;
  const card = document.createElement("div");
  card.className = `toast-card ${bad ? "toast-bad" : "toast-good"}`;
  card.textContent = text;
  $("#toasts").append(card);
  if (!bad) setTimeout(() => card.remove(), 5000);
}

// ---- favourites: asked for when the star is opened, with what this page is ----
function redrawFavourites(text) { $("#favourites-sheet").innerHTML = text; }
document.addEventListener("toggle", async event => {
  if (event.target.id !== "favourites" || !event.target.open) return;
  const here = new URLSearchParams({ here: location.pathname + location.search, here_title: $("h1")?.textContent.trim() || document.title });
  const answer = await fetch(`/core/favourites?${here}`, { headers: { "HX-Request": "true" } });
  if (answer.ok) redrawFavourites(await answer.text());
}, true);
on("submit", "[data-favourite]", async (event, form) => {
  event.preventDefault();
  const answer = await post("/core/favourites", Object.fromEntries(new FormData(form))), text = await answer.text();
  if (answer.ok) { redrawFavourites(text); ($("#favourite-here") ?? $("#favourites summary")).focus(); } else $("#toasts").insertAdjacentHTML("beforeend", text);
});

// ---- the palette ----
const palette = $("#palette");
let seeking, listed = null, hurried = false;
const takeOption = () => $("#palette-list [aria-selected=true]")?.click();
async function seek() {
  const input = $("input", palette), text = input.value;
  const answer = await fetch(`/palette?q=${encodeURIComponent(text)}`, { headers: { "HX-Request": "true" } });
  const options = await answer.text();
  if (!answer.ok || input.value !== text) return;
  const list = $("#palette-list");
  list.innerHTML = options;
  offerHere(text.trim().toLowerCase(), list);
  point(input, $$("[role=option]", list)[0], list);
  listed = text;
  if (hurried) { hurried = false; takeOption(); }
}
// What this page can do is found too: its buttons, the company, language and colours; the one that is chosen is pressed.
const HERE = ".head .btn-list :is(a, button), .rail-home a, .top :is([data-theme-switch], .sheet button, .sheet a)";
let pressable = [];
function offerHere(wanted, list) {
  const named = button => (button.textContent.trim() || button.getAttribute("aria-label") || "").replace(/\s+/g, " ");
  pressable = wanted ? $$(HERE).filter(b => !b.disabled && named(b).toLowerCase().includes(wanted)).slice(0, 6) : [];
  if (!pressable.length) return;
  $(".palette-none", list)?.remove();
  const group = document.createElement("div"), title = document.createElement("div");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", palette.dataset.here);
  title.className = "palette-title";
  title.setAttribute("aria-hidden", "true");
  title.textContent = palette.dataset.here;
  group.append(title, ...pressable.map((button, at) => {
    const option = document.createElement("button"), words = document.createElement("span"), picture = $(".icon", button)?.cloneNode(true);
    Object.assign(option, { type: "button", id: `h-${at}`, tabIndex: -1 });
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.press = at;
    words.textContent = named(button);
    option.append(...(picture ? [picture] : []), words);
    return option;
  }));
  list.prepend(group);
}
on("click", "#palette [data-press]", (_event, option) => { palette.close(); pressable[option.dataset.press].click(); });
function openPalette(text = "") {
  if (!palette || palette.open) return;
  $("#palette-list").replaceChildren();
  listed = null;
  hurried = false;
  palette.showModal();
  $("input", palette).value = text;
  seek();
}
on("click", "[data-palette]", () => openPalette());
on("input", "#palette input", () => { hurried = false; clearTimeout(seeking); seeking = setTimeout(seek, 120); });
// Who is quicker than the answer means what they have typed, not what stood there before.
on("submit", "#palette form", (event, form) => { event.preventDefault(); if (listed === $("input", form).value) takeOption(); else hurried = true; });
on("keydown", "#palette input", (event, input) => {
  const all = $$("#palette-list [role=option]"), at = all.findIndex(o => o.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    point(input, all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length], $("#palette-list"));
  }
});
on("click", "#palette", (event, dialog) => { if (event.target === dialog) dialog.close(); });

// ---- a scanner types faster than people do, and ends with Enter: it is heard without a field that has the focus ----
let scanned = "", lastSign = 0;
document.addEventListener("keydown", event => {
  if (event.target.closest?.("input,textarea,select,dialog[open],[contenteditable]") || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.timeStamp - lastSign > 250) scanned = "";
  lastSign = event.timeStamp;
  if (event.key.length === 1) { scanned += event.key; return; }
  if (event.key !== "Enter" || scanned.length < 3) return;
  const code = scanned, box = $("#q");
  scanned = "";
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!document.dispatchEvent(new CustomEvent("dougong:scan", { detail: code, cancelable: true }))) return;
  if (!box) { openPalette(code); return; }
  box.value = code;
  box.focus();
  box.dispatchEvent(new Event("input", { bubbles: true }));
}, true);

// One option of a list is pointed at; screen readers hear of it.
function point(input, option, list) {
  $$("[role=option]", list).forEach(other => other.setAttribute("aria-selected", other === option));
  if (option?.id) input.setAttribute("aria-activedescendant", option.id); else input.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
}

// ---- lists: selection ----
function countSelected() {
  const bar = $(".bulkbar");
  if (!bar) return;
  const chosen = $$("#bulk [name=id]:checked").length;
  bar.hidden = !chosen;
  $("[data-count]", bar).textContent = chosen;
}
on("change", "[data-all]", (_event, box) => { $$("#bulk [name=id]").forEach(other => { other.checked = box.checked; }); });
on("change", "#bulk", countSelected);
document.addEventListener("reset", () => setTimeout(countSelected));
// What was marked because nothing was chosen is not wrong any more once something is.
on("change", "select.is-invalid", (_event, choice) => {
  if (choice.value === "?") return;
  choice.classList.remove("is-invalid");
  choice.removeAttribute("aria-invalid");
});
// Before the form itself hears of the change.
document.addEventListener("change", event => {
  const sheet = event.target.closest?.("[data-columns]");
  if (sheet) $("[name=columns]", sheet.closest("form")).value = $$("input:checked", sheet).map(i => i.value).join(",");
}, true);
on("click", "[data-all-filters]", (_event, button) => {
  const bar = button.closest(".bar"), first = $(".extra", bar);
  bar.classList.add("every");
  (first?.matches("details") ? $("summary", first) : $("input", first))?.focus();
});
on("click", "[data-go]", (_event, button) => { location.href = button.dataset.go; });

// ---- forms: what was entered is asked after before it is left, and sent once ----
let dirty = false, making = 0;
addEventListener("beforeunload", event => { if (dirty) event.preventDefault(); });
// While the answer to a form is on its way it is not sent a second time; where it leads elsewhere, not at all.
let underWay = new WeakSet();
document.addEventListener("submit", event => {
  if (!underWay.has(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
document.addEventListener("htmx:before:request", event => {
  const { sourceElement, request } = event.detail.ctx;
  if (sourceElement.matches("form") && request.method !== "GET") underWay.add(sourceElement);
});
document.addEventListener("htmx:finally:request", event => {
  const { sourceElement, response } = event.detail.ctx;
  if (!response?.headers.get("HX-Redirect")) underWay.delete(sourceElement);
});
// A page that is come back to is as it was left, but nothing of it is under way.
addEventListener("pageshow", () => { underWay = new WeakSet(); });
on("submit", "#doc", () => { dirty = false; });
document.addEventListener("htmx:after:request", event => {
  const status = event.detail?.ctx?.response?.raw?.status;
  if (status >= 400 && $("#doc")?.contains(event.target)) dirty = true;
});

document.addEventListener("keydown", event => {
  const command = event.ctrlKey || event.metaKey, key = event.key.toLowerCase();
  if (event.key === "Alt" && !event.repeat) showKeys(true);
  if (event.key === "?" && !event.target.closest("input,textarea,select,dialog[open]")) { event.preventDefault(); openKeys(); }
  if (command && key === "k") { event.preventDefault(); openPalette(); }
  if (command && key === "s" && $("#save")) { event.preventDefault(); $("#save").click(); }
  if (event.altKey && key === "n" && $("#new")) { event.preventDefault(); $("#new").click(); }
  if (key === "/" && !event.target.closest("input,textarea,select,dialog") && $("#q")) { event.preventDefault(); $("#q").focus(); }
});

// ---- link fields: search as you type, choose with the keyboard, create on the fly ----
let looking;
on("input", ".link [role=combobox]", (_event, input) => {
  const box = input.closest(".link"), list = $("[role=listbox]", box);
  $("[type=hidden]", box).value = "";
  clearTimeout(looking);
  looking = setTimeout(async () => {
    const text = input.value;
    const make = input.form?.id === "doc" ? `&make=1&begin=${encodeURIComponent(box.dataset.begin ?? "")}` : "";
    const answer = await fetch(`${box.dataset.link}?q=${encodeURIComponent(text)}&list=${encodeURIComponent(list.id)}${make}`, { headers: { "HX-Request": "true" } });
    // An answer that is not read to its end would stay open.
    const options = await answer.text();
    if (input.value !== text || !answer.ok || document.activeElement !== input || $("[type=hidden]", box).value) return;
    list.innerHTML = options;
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    point(input, $("[role=option]:not([aria-disabled])", list), list);
  }, 150);
});
function shut(input) {
  $("[role=listbox]", input.closest(".link")).hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}
async function choose(input, option) {
  const box = input.closest(".link");
  let { id, text } = option.dataset;
  if (option.dataset.full) { shut(input); document.dispatchEvent(new CustomEvent("dougong:make", { detail: { input, address: option.dataset.full } })); return; }
  if (option.dataset.quick) {
    making += 1;
    const answer = await post(option.dataset.quick, { text }).catch(() => null);
    making -= 1;
    if (!answer?.ok) { if (answer) $("#toasts").insertAdjacentHTML("beforeend", await answer.text()); return; }
    const made = await answer.json();
    id = made.id;
    text = made.label;
  }
  if (id) settle(input, id, text);
}
function settle(input, id, text) {
  $("[type=hidden]", input.closest(".link")).value = id;
  input.value = text;
  shut(input);
  if (input.form?.id === "doc") { dirty = true; round(); } else if (!input.closest("[data-still]")) input.form?.requestSubmit();
}
on("mousedown", ".link [role=option]", (event, option) => {
  event.preventDefault();
  choose($("[role=combobox]", option.closest(".link")), option);
});
on("keydown", ".link [role=combobox]", (event, input) => {
  const list = $("[role=listbox]", input.closest(".link")), all = $$("[role=option]:not([aria-disabled])", list);
  const at = all.findIndex(option => option.getAttribute("aria-selected") === "true"), chosen = $("[type=hidden]", input.closest(".link")).value;
  if (event.key === "Enter" && event.altKey) {
    // The document that is named opens beside the form, which stays as it is.
    event.preventDefault();
    event.stopImmediatePropagation();
    if (chosen) open(`${input.closest(".link").dataset.link.replace(/\/options$/, "")}/${chosen}`, "_blank", "noopener");
  } else if (event.key === "Enter" && list.hidden && !chosen && input.value && input.form?.id === "doc" && !input.closest("[data-lines]")) {
    // A scanner ends its code with Enter: the code is looked up, the form is not sent.
    event.preventDefault();
    clearTimeout(looking);
    dirty = true;
    round();
  } else if (event.key === "ArrowDown" && list.hidden) { event.preventDefault(); input.dispatchEvent(new Event("input", { bubbles: true })); }
  else if (["ArrowDown", "ArrowUp"].includes(event.key) && all.length) {
    event.preventDefault();
    point(input, all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length], list);
  } else if (event.key === "Enter" && !list.hidden && all[at]) {
    event.preventDefault();
    event.stopImmediatePropagation();
    choose(input, all[at]);
  } else if (event.key === "Escape" && !list.hidden) { event.stopPropagation(); shut(input); }
});
document.addEventListener("focusout", event => {
  const input = event.target;
  if (!input.matches?.(".link [role=combobox]")) return;
  setTimeout(() => {
    if (!input.isConnected) return;
    shut(input);
    const empty = !$("[type=hidden]", input.closest(".link")).value;
    if (input.form?.id === "doc" && input.value !== input.defaultValue && empty) { dirty = true; round(); }
  }, 120);
});

// ---- a step that asks or warns first ----
on("click", "[data-ask]", (event, button) => {
  event.preventDefault();
  event.stopPropagation();
  const dialog = $("#ask"), content = document.getElementById(button.dataset.ask);
  dialog.replaceChildren(content.content.cloneNode(true));
  dialog.showModal();
  const bulk = button.closest("#bulk");
  if (bulk) $$("[name=id]:checked", bulk).forEach(box => {
    const hidden = document.createElement("input");
    Object.assign(hidden, { type: "hidden", name: "id", value: box.value });
    $("form", dialog).append(hidden);
  });
  htmx.process(dialog);
});
on("click", "#ask [data-cancel]", () => $("#ask").close());
// The dialog stays until the step is taken; what refuses it is said inside, beside what was typed.
on("submit", "#ask form", (_event, form) => { dirty = false; if (form.querySelector("[name=id]")) setTimeout(() => $("#ask").close()); });
document.addEventListener("htmx:before:swap", event => {
  const ctx = event.detail?.ctx, place = $("#ask[open] .ask-wrong");
  if (!place || !(ctx?.response?.raw?.status >= 400)) return;
  event.preventDefault();
  const answer = new DOMParser().parseFromString(ctx.text ?? "", "text/html");
  place.textContent = (answer.querySelector("p") ?? answer.body).textContent.trim();
  place.scrollIntoView({ block: "nearest" });
});

// ---- a dialog that the server draws; with data-here it hears how the list is narrowed now ----
async function openDialog(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  const text = await answer.text();
  if (!answer.ok) { $("#toasts").insertAdjacentHTML("beforeend", text); return; }
  const dialog = $("#ask");
  dialog.innerHTML = text;
  if (!dialog.open) dialog.showModal();
  fitKind(dialog);
  htmx.process(dialog);
  $("select, input:not([type=hidden])", dialog)?.focus();
}
on("click", "[data-dialog]", async (event, button) => {
  event.preventDefault();
  const here = "here" in button.dataset ? `&query=${encodeURIComponent(location.search.slice(1))}` : "";
  button.closest("details.drop")?.removeAttribute("open");
  await openDialog(button.dataset.dialog + here);
  if ("chosen" in button.dataset) chosenIntoDialog();
});
document.addEventListener("dougong:done", () => $("#ask").close());
// What a card is made of depends on how it is shown; a new dashboard needs a name.
function fitKind(dialog) {
  const kind = $("[name=kind]:checked", dialog)?.value;
  $$("[data-for]", dialog).forEach(part => { part.hidden = !part.dataset.for.split(" ").includes(kind); });
}
on("change", "#ask [name=kind]", (_event, input) => fitKind(input.closest("dialog")));
on("change", "#ask [data-choose-new]", (_event, select) => { $("[data-new]", select.form).hidden = select.value !== ""; });

// ---- a button that does something and leads on ----
on("click", "[data-post]", async (_event, button) => {
  const answer = await post(button.dataset.post, {});
  if (answer.ok) location.href = answer.headers.get("HX-Redirect") || location.href;
  else $("#toasts").insertAdjacentHTML("beforeend", await answer.text());
});

// ---- boards and lines by mouse ----
async function moveCard(card) {
  const answer = await post(`${location.pathname}/${card.dataset.id}/move`, { lane: card.parentElement.dataset.lane });
  if (answer.ok) return;
  $("#toasts").insertAdjacentHTML("beforeend", await answer.text());
  htmx.ajax("GET", location.href, { target: "#list", swap: "outerMorph", source: "#list" });
}
on("click", "[data-next]", (_event, button) => {
  const card = button.closest("li"), next = card.closest("section").nextElementSibling;
  if (!next) return;
  $("ul", next).prepend(card);
  moveCard(card);
  button.focus();
});
function makeSortable() {
  if (!window.Sortable) return;
  $$("[data-lane]:not([data-ready])").forEach(lane => {
    lane.dataset.ready = "1";
    new Sortable(lane, { group: "board", animation: 120, filter: "button", preventOnFilter: false, onEnd: e => { if (e.from !== e.to) moveCard(e.item); } });
  });
  $$("[data-lines] tbody:not([data-ready])").forEach(body => {
    body.dataset.ready = "1";
    new Sortable(body, { handle: "[data-drag]", animation: 120, onEnd: () => { dirty = true; } });
  });
}

// ---- cards: those in view ask for their figures at once, the others one by one while the browser rests ----
const rest = window.requestIdleCallback ?? (act => setTimeout(act, 50));
async function fill(card) {
  const address = card.dataset.figure;
  delete card.dataset.figure;
  const answer = await fetch(address, { headers: { "HX-Request": "true" } }), text = await answer.text();
  const away = answer.headers.get("HX-Redirect");
  if (away) location.href = away;
  else if (answer.ok) card.innerHTML = text;
  else $("#toasts").insertAdjacentHTML("beforeend", text);
}
const inView = new IntersectionObserver(all => all.filter(one => one.isIntersecting && one.target.dataset.figure).forEach(one => fill(one.target)));
$$("[data-figure]").forEach(card => inView.observe(card));
const fillOthers = () => rest(async () => {
  const card = $("[data-figure]");
  if (!card) return;
  await fill(card);
  fillOthers();
});
addEventListener("load", fillOthers);

// ---- charts: what a part stands for is told beside it; arrows go from part to part ----
const tip = document.body.appendChild(Object.assign(document.createElement("div"), { className: "tip", popover: "manual", ariaHidden: "true" }));
function tell(part) {
  tip.textContent = part.closest("[data-tip]").dataset.tip;
  tip.showPopover();
  const marks = $$("rect:not(.column,.room), path, circle:not(.room)", part).map(mark => mark.getBoundingClientRect());
  const at = marks.reduce((high, mark) => (mark.top < high.top ? mark : high), marks[0] ?? part.getBoundingClientRect()), box = tip.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.left + at.width / 2 - box.width / 2), html.clientWidth - box.width - 8);
  Object.assign(tip.style, { left: `${left}px`, top: `${Math.max(8, at.top - box.height - 8)}px` });
}
const hideTip = () => tip.hidePopover();
on("pointerover", "[data-tip]", (_event, part) => tell(part));
on("focusin", "[data-piece]", (_event, part) => tell(part));
for (const type of ["pointerout", "focusout"]) on(type, "[data-tip]", hideTip);
document.addEventListener("scroll", hideTip, { capture: true, passive: true });
on("keydown", "[data-piece]", (event, part) => {
  const all = $$("[data-piece]", part.closest("[data-chart]")), at = all.indexOf(part);
  const to = { ArrowRight: all[at + 1], ArrowDown: all[at + 1], ArrowLeft: all[at - 1], ArrowUp: all[at - 1], Home: all[0], End: all.at(-1) }[event.key];
  if (!to) return;
  event.preventDefault();
  all.forEach(other => { other.tabIndex = other === to ? 0 : -1; });
  to.focus();
});

// ---- after a bulk step: the list is drawn anew ----
document.addEventListener("dougong:refresh", () => {
  if ($("#list")) htmx.ajax("GET", location.href, { target: "#list", swap: "outerMorph", source: "#list" });
});

// A long menu shows where one is.
$(".rail [aria-current]")?.scrollIntoView({ block: "nearest" });

// ---- after every swap ----
document.addEventListener("htmx:after:swap", () => { makeSortable(); countSelected(); });
makeSortable();
const saved = $("[data-saved]");
// What was asked for before it was saved is asked now.
if (saved?.dataset.askNext) $(`[data-ask="ask-${saved.dataset.askNext}"]:not(:disabled)`)?.click();
if (saved) history.replaceState(null, "", location.pathname);
