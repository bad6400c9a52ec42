// A full form in a dialog: a frame of our own page, so that lines, rules and drafts work as they do alone.
"use strict";

function openMaker(address, done, left) {
  const words = $("#maker-words").dataset, dialog = document.createElement("dialog"), frame = document.createElement("iframe"), close = document.createElement("button");
  dialog.className = "maker";
  dialog.setAttribute("aria-label", words.make);
  frame.title = words.make;
  Object.assign(close, { type: "button", className: "btn btn-icon btn-ghost-secondary", innerHTML: "<span aria-hidden='true'>×</span>", ariaLabel: words.close, onclick: () => dialog.close() });
  frame.addEventListener("load", () => {
    const inner = frame.contentDocument, made = inner?.querySelector("[data-made]");
    if (made) { dialog.close(); done(made.dataset); return; }
    inner?.querySelector("#doc input:not([type=hidden]),#doc select")?.focus();
    // Escape closes the dialog from within too, unless something in it is open.
    frame.contentWindow.addEventListener("keydown", key => { if (key.key === "Escape" && !inner.querySelector("dialog[open], details.drop[open], .options:not([hidden])")) dialog.close(); });
  });
  dialog.addEventListener("close", () => { dialog.remove(); left?.(); });
  frame.src = address;
  dialog.append(close, frame);
  document.body.append(dialog);
  dialog.showModal();
}
