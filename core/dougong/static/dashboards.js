// Arranging a dashboard: by mouse, by keyboard, each act taken back by Undo; loaded for that only.
"use strict";

const place = $("[data-arranging]"), form = $("#arrange"), done = [];
const cardsNow = () => $$("[data-card]", place), nameOf = card => card.dataset.title;
function say(text, facts) {
  $("#dash-said").textContent = Object.entries(facts).reduce((said, [name, value]) => said.replace(`{${name}}`, value), text);
}
// What an act changed is put back by the function that it leaves here.
function remember(back) {
  done.push(back);
  $("[data-undo]").disabled = false;
  dirty = true;
}
function undo() {
  const back = done.pop();
  if (!back) return;
  back();
  $("[data-undo]").disabled = !done.length;
  say(form.dataset.taken, {});
}
on("click", "[data-undo]", undo);
document.addEventListener("keydown", event => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !event.target.closest("input,textarea")) { event.preventDefault(); undo(); }
});
const inOrder = order => () => order.forEach(card => place.append(card));
function told(card) {
  const all = cardsNow();
  say(form.dataset.moved, { what: nameOf(card), at: all.indexOf(card) + 1, all: all.length });
}

// ---- moving: beside, or to the row above or below ----
function neighbour(card, way) {
  const all = cardsNow(), at = all.indexOf(card);
  if (way === "left") return [all[at - 1], "before"];
  if (way === "right") return [all[at + 1], "after"];
  const here = card.getBoundingClientRect(), up = way === "up";
  const beyond = all.filter(other => { const box = other.getBoundingClientRect(); return up ? box.top < here.top - 4 : box.top > here.top + 4; });
  const row = up ? Math.max(...beyond.map(o => o.getBoundingClientRect().top)) : Math.min(...beyond.map(o => o.getBoundingClientRect().top));
  const inRow = beyond.filter(other => Math.abs(other.getBoundingClientRect().top - row) < 4);
  const far = other => Math.abs(other.getBoundingClientRect().left - here.left);
  return [inRow.sort((a, b) => far(a) - far(b))[0], up ? "before" : "after"];
}
on("click", "[data-move]", (_event, button) => {
  const card = button.closest("[data-card]"), [other, side] = neighbour(card, button.dataset.move), order = cardsNow();
  if (!other) { told(card); return; }
  other[side](card);
  remember(inOrder(order));
  button.focus();
  card.scrollIntoView({ block: "nearest" });
  told(card);
});

// ---- width ----
function widen(card, width) {
  const input = $("[data-width]", card);
  card.classList.replace(`w${input.value}`, `w${width}`);
  input.value = width;
  $$("[data-size]", card).forEach(button => { button.disabled = Number(button.dataset.size) < 0 ? width <= 2 : width >= 12; });
  say(form.dataset.wide, { what: nameOf(card), n: width });
}
on("click", "[data-size]", (_event, button) => {
  const card = button.closest("[data-card]"), before = Number($("[data-width]", card).value);
  widen(card, Math.min(12, Math.max(2, before + Number(button.dataset.size))));
  remember(() => widen(card, before));
});

// ---- removing, naming ----
on("click", "[data-remove]", (_event, button) => {
  const card = button.closest("[data-card]"), order = cardsNow(), next = order[order.indexOf(card) + 1] ?? order[order.indexOf(card) - 1];
  card.remove();
  remember(inOrder(order));
  ($("[data-remove]", next ?? form) ?? $("#dash-name")).focus();
  say(form.dataset.gone, { what: nameOf(card) });
});
on("focusin", "#arrange input, #arrange select", (_event, input) => { input.dataset.was ??= input.value; });
on("change", "#arrange input, #arrange select", (_event, input) => {
  const before = input.dataset.was ?? "";
  input.dataset.was = input.value;
  remember(() => { input.value = input.dataset.was = before; });
});

// ---- by mouse ----
let order = [];
if (window.Sortable) new Sortable(place, {
  handle: "[data-handle]", animation: 120,
  onStart: () => { order = cardsNow(); },
  onEnd: event => { if (event.oldIndex !== event.newIndex) { remember(inOrder(order)); told(event.item); } },
});

// What is sent is kept; what is refused stays as it was arranged.
on("submit", "#arrange", () => { dirty = false; });
document.addEventListener("htmx:after:request", event => {
  if (event.detail?.ctx?.response?.raw?.status >= 400) dirty = true;
});
