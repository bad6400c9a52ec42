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
  const shown = $("#draft-state");
  if (!shown) return;
  shown.hidden = false;
  $("span", shown).textContent = texts().kept.replace("0", new Date().toLocaleTimeString(html.lang, { hour: "2-digit", minute: "2-digit" }));
}
function dropDraft(key = place) { try { localStorage.removeItem(key); } catch { /* nothing is kept here */ } }

let keeping;
function keepSoon() { clearTimeout(keeping); keeping = setTimeout(keepDraft, 300); }
document.addEventListener("input", event => { if (event.target.closest("#doc[data-derive]")) keepSoon(); });
document.addEventListener("change", event => { if (event.target.closest("#doc[data-derive]")) keepSoon(); });
// A round trip fills in what follows from the entries, and adds or removes lines: kept too.
document.addEventListener("htmx:after:swap", () => { if (dirty && form()) keepSoon(); });

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
on("click", "[data-to]", (event, link) => {
  const field = document.getElementById(link.dataset.to);
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.scrollIntoView({ block: "center" });
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
