// The way back into the list one came from, and the documents around this one in it.
"use strict";

const cameFrom = base => { try { return sessionStorage.getItem(`list:${base}`); } catch { return null; } };
let leaves = "";
function drawWay() {
  const crumb = $("[data-crumb]"), query = crumb && cameFrom(crumb.dataset.crumb), place = $("#pager");
  if (query) crumb.href = crumb.dataset.crumb + query;
  const way = hop.get();
  if (crumb && way && !$("[data-hop]") && `${location.pathname}/`.startsWith(`${way.to}/`)) {
    const back = Object.assign(document.createElement("a"), { href: way.from, textContent: way.title });
    back.dataset.hop = "";
    crumb.before(back, " › ");
  }
  if (place && leaves && !place.firstChild) place.innerHTML = leaves;
}
async function askPager() {
  const place = $("#pager"), query = place && cameFrom($("[data-crumb]").dataset.crumb);
  if (typeof query !== "string") return;
  const answer = await fetch(place.dataset.pager + query, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return;
  leaves = await answer.text();
  drawWay();
}
document.addEventListener("keydown", event => {
  if (!event.altKey || event.ctrlKey || !["PageUp", "PageDown"].includes(event.key)) return;
  const leaf = $(event.key === "PageUp" ? "#pager [data-leaf=prev]" : "#pager [data-leaf=next]");
  if (leaf) { event.preventDefault(); leaf.click(); }
});
// The form is drawn anew while one types; the pager is put back.
document.addEventListener("htmx:after:swap", drawWay);
drawWay();
askPager();
