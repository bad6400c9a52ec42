// What stands beside a document: followers, tags, planned next steps, mentions. The server draws; this carries.
"use strict";

// ---- one part of the page is drawn anew; what was open stays open, the focus where it was ----
async function together(address, values) {
  const answer = await post(address, values).catch(() => null);
  const text = answer ? await answer.text() : "";
  if (!answer?.ok) { $("#toasts").insertAdjacentHTML("beforeend", text); return false; }
  redraw(text);
  return true;
}
function redraw(text) {
  const place = $("#together"), open = $$("details[open]", place).map(one => one.id), at = document.activeElement?.id;
  place.outerHTML = text;
  open.forEach(id => { const sheet = document.getElementById(id); if (sheet) sheet.open = true; });
  (document.getElementById(at) || $("#follow") || $("#plan"))?.focus();
}
on("click", "[data-together]", (event, button) => {
  event.preventDefault();
  const { together: address, user, tag } = button.dataset;
  together(address, { ...(user && { user }), ...(tag && { tag }) });
});

// ---- a name is typed, options are offered, one is taken with mouse or keyboard ----
let asking;
const boxOf = input => input.closest(".seek");
const shownOptions = list => $$("[role=option]:not([aria-disabled])", list);
function hideOptions(input, list) {
  list.hidden = true;
  if (input.matches("[role=combobox]")) input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}
async function offer(input, list, address, text, first) {
  const answer = await fetch(`${address}?q=${encodeURIComponent(text)}&list=${encodeURIComponent(list.id)}`, { headers: { "HX-Request": "true" } });
  const options = await answer.text();
  if (!answer.ok || document.activeElement !== input) return;
  list.innerHTML = options;
  list.hidden = !list.children.length;
  if (input.matches("[role=combobox]")) input.setAttribute("aria-expanded", String(!list.hidden));
  if (first) point(input, shownOptions(list)[0], list); else point(input, null, list);
}
function ask(input, wait = 150) {
  const box = boxOf(input), list = $("[role=listbox]", box);
  clearTimeout(asking);
  asking = setTimeout(() => offer(input, list, box.dataset.seek, input.value.trim(), !box.dataset.free), wait);
}
function take(input, option) {
  const box = boxOf(input), { send, as, free, fill } = box.dataset, list = $("[role=listbox]", box);
  clearTimeout(asking);
  hideOptions(input, list);
  if (fill) {
    $("[type=hidden]", box).value = option?.dataset.id ?? "";
    if (option) input.value = option.dataset.text;
  } else if (option) together(send, { [as]: option.dataset.id });
  else if (free && input.value.trim()) together(send, { [free]: input.value.trim() });
}
on("input", ".seek [role=combobox]", (_event, input) => {
  const held = $("[type=hidden]", boxOf(input));
  if (held) held.value = "";
  ask(input);
});
on("focusin", ".seek-tag [role=combobox]", (_event, input) => ask(input, 0));
on("mousedown", ".seek [role=option]", (event, option) => {
  event.preventDefault();
  if (!option.hasAttribute("aria-disabled")) take($("[role=combobox]", boxOf(option)), option);
});
function walk(event, input, list) {
  const all = shownOptions(list), at = all.findIndex(option => option.getAttribute("aria-selected") === "true");
  if (["ArrowDown", "ArrowUp"].includes(event.key) && all.length && !list.hidden) {
    event.preventDefault();
    point(input, all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length], list);
  } else if (event.key === "Escape" && !list.hidden) { event.preventDefault(); event.stopPropagation(); hideOptions(input, list); }
  return all[at];
}
on("keydown", ".seek [role=combobox]", (event, input) => {
  const list = $("[role=listbox]", boxOf(input));
  if (event.key === "ArrowDown" && list.hidden) { event.preventDefault(); ask(input, 0); return; }
  const chosen = walk(event, input, list);
  if (event.key === "Enter") {
    event.preventDefault();
    event.stopImmediatePropagation();
    take(input, list.hidden ? null : chosen);
  }
});
document.addEventListener("focusout", event => {
  if (event.target.matches?.(".seek [role=combobox]")) {
    const input = event.target;
    setTimeout(() => { if (input.isConnected) hideOptions(input, $("[role=listbox]", boxOf(input))); }, 120);
  }
});

// ---- @name in a note ----
const called = area => /(?:^|[^A-Za-z0-9_])@([^@\n]{0,30})$/.exec(area.value.slice(0, area.selectionStart));
const mentionList = () => $("#mention-options");
on("input", "[data-mention]", (_event, area) => {
  clearTimeout(asking);
  const found = called(area);
  if (!found) { hideOptions(area, mentionList()); return; }
  asking = setTimeout(() => offer(area, mentionList(), area.dataset.mention, found[1].trim(), true), 150);
});
function mention(option) {
  const area = $("[data-mention]"), found = called(area), end = area.selectionStart;
  if (found) area.setRangeText(`${option.dataset.text} `, end - found[1].length, end, "end");
  hideOptions(area, mentionList());
  area.focus();
}
on("mousedown", "#mention-options [role=option]", (event, option) => { event.preventDefault(); if (option.dataset.id) mention(option); });
on("keydown", "[data-mention]", (event, area) => {
  const list = mentionList();
  if (list.hidden) return;
  const chosen = walk(event, area, list);
  if (["Enter", "Tab"].includes(event.key) && chosen) { event.preventDefault(); mention(chosen); }
});

// ---- a next step is planned, done or given up in a dialog ----
on("click", "[data-plan]", async (event, button) => {
  event.preventDefault();
  const answer = await fetch(button.dataset.plan, { headers: { "HX-Request": "true" } });
  const text = await answer.text(), dialog = $("#ask");
  if (!answer.ok) { $("#toasts").insertAdjacentHTML("beforeend", text); return; }
  dialog.innerHTML = text;
  dialog.showModal();
  htmx.process(dialog);
  $("[autofocus], input:not([type=hidden]), textarea, select", dialog)?.focus();
});
document.addEventListener("submit", async event => {
  const form = event.target.closest?.("form[data-together-form]");
  if (!form) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, event.submitter)), headers: { "X-CSRF-Token": token(), "HX-Request": "true" } }).catch(() => null);
  const text = answer ? await answer.text() : "";
  if (!answer?.ok) {
    const said = new DOMParser().parseFromString(text, "text/html");
    $(".ask-wrong", form).textContent = (said.querySelector("p") ?? said.body).textContent.trim();
    return;
  }
  $("#ask").close();
  if ($("[data-reload]")) location.reload(); else redraw(text);
}, true);

// ---- what was opened last stands on the home page ----
if ($("[data-visit]")) post($("[data-visit]").dataset.visit, {});
