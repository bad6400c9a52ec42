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
