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
