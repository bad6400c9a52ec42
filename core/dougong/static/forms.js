// What only forms need: a draft of what was typed, kept in this browser until it is saved.
"use strict";

const place = `draft:${document.body.dataset.user}:${location.pathname}`;
const OLDEST = 7 * 86400e3;
const form = () => $("#doc[data-derive]");
const texts = () => $("#form-words")?.dataset ?? {};

function readDraft(key = place) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    if (draft && Date.now() - draft.at < OLDEST) return draft;
  } catch { /* a browser that keeps nothing, or something else under this name */ }
  return null;
}
function keepDraft() {
  if (!form()) return;
  const values = [...new FormData(form())].filter(([name, value]) => typeof value === "string" && !["csrf_token", "_once"].includes(name));
  try { localStorage.setItem(place, JSON.stringify({ at: Date.now(), values })); } catch { return; }
  told = texts().kept.replace("0", new Date().toLocaleTimeString(html.lang, { hour: "2-digit", minute: "2-digit" }));
  tellKept();
}
// It goes on being said while the form goes round.
let told = "";
function tellKept() {
  const shown = $("#draft-state");
  if (!shown || !told) return;
  shown.hidden = false;
  $("span", shown).textContent = told;
}
function dropDraft(key = place) { try { localStorage.removeItem(key); } catch { /* nothing is kept here */ } }

let keeping;
function keepSoon() { clearTimeout(keeping); keeping = setTimeout(keepDraft, 300); }
document.addEventListener("input", event => { if (event.target.closest("#doc[data-derive]")) keepSoon(); });
document.addEventListener("change", event => { if (event.target.closest("#doc[data-derive]")) keepSoon(); });
// A round trip fills in what follows from the entries, and adds or removes lines: kept too.
document.addEventListener("htmx:after:swap", () => { if (form()) tellKept(); if (dirty && form()) keepSoon(); });

// ---- the form goes round when a field changes; nothing is computed here ----
// One round trip at a time. What is entered while its answer is on its way stays as it was entered.
let timer, again = false, trip = null, asked = null, resting = null, before = null, offered = null, went = new Map(), kept = new Map();
const orders = [];
const ticks = control => ["checkbox", "radio"].includes(control.type);
const state = control => (ticks(control) ? control.checked : control.value);
const controls = () => [...form().elements].filter(one => /^[^_]/.test(one.name) && one.type !== "file" && !one.closest("[data-outside]"));

// ``values`` say what is to be done with the lines: such a round trip is never left out or given up.
function round(values, after) {
  clearTimeout(timer);
  if (values) orders.push({ values, after }); else again = true;
  if (!trip) goRound();
}
async function goRound() {
  const doc = form();
  if (!doc || underWay.has(doc)) return;
  const order = orders.shift() ?? (again ? {} : null);
  if (!order) { if (asked && !making) saveHeld(); return; }
  const mine = trip = { order };
  again = false;
  went = new Map(controls().map(control => [control, state(control)]));
  await htmx.ajax("POST", doc.dataset.derive, { source: "#trip", target: "#doc", swap: "outerMorph", values: order.values, headers: { "HX-Target": "doc" } });
  if (trip !== mine) return;
  trip = null;
  if (mine.lost) {
    // The network is away: what was to be done is done first when the form goes again.
    if (order.values) orders.unshift(order);
    asked = null;
    return;
  }
  order.after?.();
  goRound();
}
document.addEventListener("htmx:before:request", event => { if (event.target.id === "trip") trip.stop = event.detail.ctx.request.abort; });
document.addEventListener("htmx:error", event => { if (event.target.id === "trip" && trip) trip.lost = true; });
on("change", "#doc[data-derive]", event => {
  if (event.target.closest("[data-outside]")) return;
  // Leaving a field that the answer of a save shows as it is asks nothing new: its messages would go.
  if (!trip && !underWay.has(form()) && event.target.type !== "hidden" && state(event.target) === answered(event.target)) return;
  dirty = true;
  // A choice between two versions is not an entry yet: its button takes it.
  if (/^[^_]/.test(event.target.name) && !event.target.closest(".link")) { clearTimeout(timer); timer = setTimeout(round, 60); }
});
document.addEventListener("htmx:before:swap", event => {
  if (!form()?.contains(event.target)) return;
  kept = new Map(controls().filter(one => went.has(one) && state(one) !== went.get(one)).map(one => [one, state(one)]));
  const input = document.activeElement, list = input?.matches(".link [aria-expanded=true]") ? $("[role=listbox]", input.closest(".link")) : null;
  offered = list && { input, list, options: [...list.childNodes], at: input.getAttribute("aria-activedescendant") };
});
document.addEventListener("htmx:after:swap", event => {
  if (!form()?.contains(event.target)) return;
  for (const control of controls()) {
    // Otherwise a field says what the answer says, whoever touched it before.
    const entry = kept.has(control) ? kept.get(control) : answered(control);
    if (state(control) === entry) continue;
    if (control === document.activeElement && !kept.has(control)) { resting = [control, state(control)]; continue; }
    if (ticks(control)) control.checked = entry; else control.value = entry;
  }
  kept = new Map(); went = new Map();
  // What is being chosen from stays open.
  if (!offered?.input.isConnected) return;
  const { input, list, options, at } = offered;
  list.replaceChildren(...options);
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
  if (at) input.setAttribute("aria-activedescendant", at);
});
// Nothing changes under the cursor; a code that was found shows the name it stands for once it is left.
document.addEventListener("focusout", event => {
  const [control, entry] = resting ?? [];
  if (control !== event.target) return;
  resting = null;
  if (state(control) === entry && !ticks(control)) control.value = answered(control);
});
function answered(control) {
  if (ticks(control)) return control.defaultChecked;
  if (control.matches("select")) return ($$("option", control).find(option => option.defaultSelected) ?? control.options[0])?.value ?? "";
  return control.type === "hidden" ? control.value : control.defaultValue;
}

// ---- saving: no answer that is still on its way undoes it, and nothing that was asked for is left out ----
function saveHeld() {
  const { name, value } = asked;
  asked = null;
  form().requestSubmit(name ? $(`#doc [type=submit][name="${name}"][value="${value}"]`) : $("#save"));
}
document.addEventListener("submit", event => {
  const doc = event.target;
  if (doc !== form() || event.defaultPrevented) return;
  clearTimeout(timer);
  again = false;
  if (orders.length || trip?.order.values || making) {
    event.preventDefault();
    event.stopImmediatePropagation();
    asked = { name: event.submitter?.name, value: event.submitter?.value };
    if (!trip && !making) goRound();
    return;
  }
  trip?.stop?.();
  trip = null;
  went = new Map();
  before = document.activeElement;
  // Nothing can be entered until the answer is there: it would be lost with the page that is left.
  setTimeout(() => {
    if (!underWay.has(doc)) return;
    doc.inert = true;
    doc.setAttribute("aria-busy", "true");
  });
}, true);
// A step that asks something first takes what was entered along: it is saved, then asked.
document.addEventListener("click", event => {
  const button = event.target.closest?.("#doc[data-derive] [data-ask]");
  if (!button || button.dataset.ask === "ask-delete" || !dirty) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  $("#doc [name=_ask]")?.remove();
  form().append(Object.assign(document.createElement("input"), { type: "hidden", name: "_ask", value: button.dataset.ask.slice(4) }));
  form().requestSubmit($("#save"));
}, true);
function release() {
  $("#doc [name=_ask]")?.remove();
  const doc = form();
  if (!doc?.inert) return;
  doc.inert = false;
  doc.removeAttribute("aria-busy");
  clearTimeout(timer);
  again = false;
  before?.focus({ preventScroll: true });
}
document.addEventListener("htmx:after:request", event => { if (event.target === form() && !event.detail.ctx.response.headers.get("HX-Redirect")) release(); });
document.addEventListener("htmx:error", event => { if (event.target === form()) release(); });
addEventListener("pageshow", release);

// ---- lines: added, removed, pasted, put in order ----
on("click", "#doc [name=_do]", (event, button) => {
  event.preventDefault();
  event.stopPropagation();
  dirty = true;
  const [verb, name] = button.value.split(":");
  round({ _do: button.value }, () => {
    const last = $(`[data-lines="${name}"] tbody tr:last-child`);
    if (verb === "add" && last) $("input:not([type=hidden]),select", last)?.focus();
    else $(`[name=_do][value="add:${name}"]`)?.focus();
  });
});
on("keydown", "[data-lines] tr", (event, line) => {
  if (event.key !== "Enter" || event.defaultPrevented || event.target.matches("button,textarea,a") || $(".options:not([hidden])", line)) return;
  event.preventDefault();
  $(`[name=_do][value="add:${line.closest("table").dataset.lines}"]`)?.click();
});
on("paste", "[data-lines] input", (event, input) => {
  const text = event.clipboardData.getData("text");
  if (!/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  const [name, , part] = input.name.split(".");
  dirty = true;
  round({ _do: `paste:${name}:${part}`, _paste: text });
});
// A scanned code is a line of its own, with the thing that has it.
document.addEventListener("dougong:scan", event => {
  const lines = $("#doc[data-derive] [data-scan]");
  if (!lines) return;
  event.preventDefault();
  dirty = true;
  round({ _do: `paste:${lines.dataset.lines}:${lines.dataset.scan}`, _paste: event.detail });
});
// A line is moved by mouse, or by an arrow key on its handle.
on("keydown", "[data-drag]", (event, handle) => {
  if (!["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const row = handle.closest("tr"), other = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return;
  if (event.key === "ArrowUp") other.before(row); else other.after(row);
  handle.focus();
  dirty = true;
});

// ---- taking a draft up again ----
async function takeUp() {
  const draft = readDraft();
  if (!draft || !form()) return;
  const body = new URLSearchParams(draft.values);
  const answer = await fetch(form().dataset.derive, { method: "POST", body, headers: { "X-CSRF-Token": token(), "HX-Request": "true", "HX-Target": "doc" } }).catch(() => null);
  if (!answer?.ok) { toast(texts().away, true); return; }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#doc");
  form().replaceWith(fresh);
  // The version that was changed: what somebody saved since is shown beside it when it is saved.
  const version = draft.values.find(([name]) => name === "version");
  if (version && $("[name=version]", fresh)) $("[name=version]", fresh).value = version[1];
  htmx.process(fresh);
  makeSortable();
  $("#draft").hidden = true;
  dirty = true;
  keepDraft();
  $("input:not([type=hidden]),select,textarea", fresh)?.focus();
}
function offerDraft() {
  const draft = readDraft(), banner = $("#draft");
  if (!draft || !banner || !form() || $(".alert-danger,.alert-warning", form())) return;
  $("strong", banner).textContent = texts().found.replace("0", new Date(draft.at).toLocaleString(html.lang, { dateStyle: "medium", timeStyle: "short" }));
  banner.hidden = false;
}
on("click", "[data-draft=take]", takeUp);
on("click", "[data-draft=drop]", () => { dropDraft(); $("#draft").hidden = true; });
// Undo leads back to what is saved; until the page is left the draft can still be brought back.
on("click", "[data-draft=undo]", () => {
  clearTimeout(keeping);
  keepDraft();
  dirty = false;
  location.reload();
});

// ---- after saving, and when the network is away ----
if ($("[data-saved]")) { dropDraft(); dropDraft(place.replace(/\/[^/]+$/, "/new")); }
else offerDraft();
document.addEventListener("htmx:error", event => {
  if (!event.target.closest?.("#doc")) return;
  dirty = true;
  keepDraft();
  toast(texts().away, true);
});

// ---- what is wrong: the summary leads to the field, and the first one has the focus ----
let sent = false;
document.addEventListener("submit", event => { if (event.target.id === "doc") sent = true; }, true);
document.addEventListener("htmx:after:swap", () => {
  if (!sent) return;
  sent = false;
  const wrong = $("#doc [aria-invalid=true]");
  if (!$("#doc .alert-danger, #doc .alert-warning")) return;
  scrollTo(0, 0);
  wrong?.focus({ preventScroll: true });
  wrong?.scrollIntoView({ block: "nearest" });
});

// ---- a new document for a link field, entered in its own full form; the form around it stays as it is ----
document.addEventListener("dougong:make", event => {
  const { input, address } = event.detail, field = input.id;
  openMaker(address, made => {
    dropDraft(`draft:${document.body.dataset.user}:${address.split("?")[0]}`);
    const here = document.getElementById(field);
    if (here) settle(here, made.id, made.text);
  }, () => document.getElementById(field)?.focus());
});
// In such a dialog every way that leads elsewhere opens beside it.
if (document.body.classList.contains("inside")) on("click", "a[href]:not([target])", (_event, link) => { link.target = "_blank"; link.rel = "noopener"; });
