// Tours: offered once, then step by step beside what each step tells of. Enter and the arrows go on, Esc ends.
"use strict";

{
  const { tours: here, tourKeys, user } = document.body.dataset;
  const shelf = `tours:${user}`;
  const known = () => new Set((localStorage.getItem(shelf) || "").split(" "));
  const know = keys => localStorage.setItem(shelf, [...new Set([...known(), ...keys])].join(" ").trim());
  const get = async address => {
    const answer = await fetch(address, { headers: { "HX-Request": "true" } });
    return answer.ok ? (await answer.text()).trim() : "";
  };
  const seen = key => { if (user !== "0") { know([key]); post(`/core/tours/${key}/seen`, {}); } };
  const shows = element => element?.getClientRects().length > 0;

  // What the page marks, else a field of the form, else a table of lines.
  function anchor(name) {
    const quoted = CSS.escape(name);
    return $$(`[data-tour="${quoted}"]`).find(shows)
      || [document.getElementById(`f-${name}`)?.closest(".f"), $(`[data-lines="${quoted}"]`)].find(shows);
  }

  async function offer() {
    if (user === "0" || tourKeys.split(" ").every(key => known().has(key)) || $("dialog[open]")) return;
    const card = await get(`/core/tours?at=${encodeURIComponent(here)}`);
    if (card) $("#toasts").insertAdjacentHTML("beforeend", card);
    else know(tourKeys.split(" "));
  }

  let steps = [], at = 0, mark = null;

  function beside(dialog, target) {
    const box = target.getBoundingClientRect(), own = dialog.getBoundingClientRect(), gap = 12;
    const below = box.bottom + gap, above = box.top - gap - own.height;
    const top = below + own.height < innerHeight ? below : above > 0 ? above : innerHeight;
    dialog.style.top = `${Math.max(gap, Math.min(top, innerHeight - own.height - gap))}px`;
    dialog.style.left = `${Math.max(gap, Math.min(box.left, innerWidth - own.width - gap))}px`;
  }

  function show(to) {
    const dialog = $("#tour"), count = $("[data-count]", dialog), next = $("[data-tour-go='1']", dialog);
    at = to;
    mark?.classList.remove("tour-here");
    steps.forEach((step, n) => { step.hidden = n !== at; });
    mark = anchor(steps[at].dataset.at);
    mark?.classList.add("tour-here");
    mark?.scrollIntoView({ block: mark.offsetHeight > innerHeight / 2 ? "start" : "center", behavior: "instant" });
    count.textContent = count.dataset.count.replace("{at}", at + 1).replace("{all}", steps.length);
    $("[data-tour-go='-1']", dialog).disabled = at === 0;
    if (at === steps.length - 1) next.textContent = next.dataset.finish;
    else next.textContent = next.dataset.onward;
    if (mark) beside(dialog, mark);
  }

  function go(by) {
    if (at + by >= steps.length) $("#tour").close();
    else if (at + by >= 0) show(at + by);
  }

  async function start(key) {
    const before = document.activeElement, text = await get(`/core/tours/${key}`);
    if (!text || $("#tour")) return;
    $("#ask").close();
    $("#tour-offer")?.remove();
    document.body.insertAdjacentHTML("beforeend", text);
    const dialog = $("#tour"), next = $("[data-tour-go='1']", dialog);
    next.dataset.onward = next.textContent;
    dialog.addEventListener("close", () => {
      mark?.classList.remove("tour-here");
      dialog.remove();
      seen(key);
      (before?.isConnected && shows(before) ? before : $("#main")).focus();
    });
    steps = $$("[data-at]", dialog).filter(step => anchor(step.dataset.at) || step.remove());
    dialog.showModal();
    if (steps.length) show(0);
    else { $(".tour-none", dialog).hidden = false; next.textContent = next.dataset.finish; at = 0; }
  }

  on("click", "[data-tour-start]", (_event, button) => start(button.dataset.tourStart));
  on("click", "[data-tour-no]", (_event, button) => { button.closest(".toast-card").remove(); seen(button.dataset.tourNo); });
  on("click", "[data-tour-go]", (_event, button) => go(Number(button.dataset.tourGo)));
  on("click", "[data-tour-end]", () => $("#tour").close());
  on("keydown", "#tour", event => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (by) { event.preventDefault(); go(by); }
  });
  addEventListener("resize", () => { if (mark && $("#tour")) beside($("#tour"), mark); });
  addEventListener("load", offer);
}
