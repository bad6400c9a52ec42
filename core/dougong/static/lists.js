// What only lists need: suggestions of the search box, dialogs of the server, folding of groups.
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
  const now = $("#q");
  if (!answer.ok || now?.value.trim() !== text || document.activeElement !== now) return;
  const list = suggestions();
  list.innerHTML = await answer.text();
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

// ---- a dialog that the server draws ----
async function openDialog(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  const text = await answer.text();
  if (!answer.ok) { $("#toasts").insertAdjacentHTML("beforeend", text); return; }
  const dialog = $("#ask");
  dialog.innerHTML = text;
  dialog.showModal();
  htmx.process(dialog);
  $("select, input:not([type=hidden])", dialog)?.focus();
}
on("click", "[data-dialog]", (event, button) => { event.preventDefault(); openDialog(button.dataset.dialog); });

// ---- a button that does something and leads on ----
on("click", "[data-post]", async (_event, button) => {
  const answer = await post(button.dataset.post, {});
  if (answer.ok) location.href = answer.headers.get("HX-Redirect") || location.href;
  else $("#toasts").insertAdjacentHTML("beforeend", await answer.text());
});

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
