// Files dropped onto the page are sent as if they had been chosen.
"use strict";

const zone = $("#drop-zone");
if (zone) {
  const holds = event => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", event => { if (holds(event)) { event.preventDefault(); zone.classList.add("over"); } });
  document.addEventListener("dragleave", event => { if (!event.relatedTarget) zone.classList.remove("over"); });
  document.addEventListener("drop", event => {
    if (!holds(event)) return;
    event.preventDefault();
    zone.classList.remove("over");
    $("#files").files = event.dataTransfer.files;
    zone.requestSubmit();
  });
  $("#files").addEventListener("change", () => zone.requestSubmit());
}

// ---- the rows of an import that have mistakes, as a file: the one that was chosen goes along ----
on("click", "[data-mistakes]", async (_event, button) => {
  const answer = await fetch(button.dataset.mistakes, { method: "POST", body: new FormData($("#import")), headers: { "X-CSRF-Token": token(), "HX-Request": "true" } });
  if (!answer.ok) { $("#toasts").insertAdjacentHTML("beforeend", await answer.text()); return; }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"))?.[1] ?? "mistakes.xlsx";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
});

// ---- the pages of a file: a strip that a finger pushes; keys and buttons turn it by one ----
const strip = $("#preview");
if (strip) {
  const leaves = $$("img", strip), turners = $$("[data-turn]"), said = $("[data-of]");
  const here = () => Math.round(Math.abs(strip.scrollLeft) / strip.clientWidth);
  const tell = () => {
    for (const one of turners) one.disabled = !leaves[here() + Number(one.dataset.turn)];
    const text = said.dataset.of.replace("{page}", here() + 1);
    if (said.textContent !== text) said.textContent = text;
  };
  const show = at => strip.scrollTo({ left: Math.max(0, Math.min(at, leaves.length - 1)) * strip.clientWidth });
  const keys = { ArrowLeft: () => here() - 1, ArrowRight: () => here() + 1, Home: () => 0, End: () => leaves.length - 1 };
  if (said) {
    for (const one of turners) one.addEventListener("click", () => show(here() + Number(one.dataset.turn)));
    strip.addEventListener("scroll", tell, { passive: true });
    document.addEventListener("keydown", event => {
      if (!keys[event.key] || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (event.target.closest("input, select, textarea, dialog, [role=listbox], [contenteditable]")) return;
      event.preventDefault();
      show(keys[event.key]());
    });
  }
}
