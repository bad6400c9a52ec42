// Tells where somebody checks in: only where the company asks, and only if the person lets the browser.
const PATIENCE = 8000;

document.addEventListener("submit", event => {
  const form = event.target.closest("form[data-where]");
  if (!form || form.dataset.where === "told" || !navigator.geolocation) return;
  event.preventDefault();
  const send = () => {
    if (form.dataset.where === "told") return;
    form.dataset.where = "told";
    form.requestSubmit();
  };
  // Whoever leaves the browser's question unanswered checks in all the same.
  setTimeout(send, 2 * PATIENCE);
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    form.elements.latitude.value = coords.latitude.toFixed(6);
    form.elements.longitude.value = coords.longitude.toFixed(6);
    form.elements.accuracy.value = Math.round(coords.accuracy);
    send();
  }, send, { enableHighAccuracy: true, maximumAge: PATIENCE, timeout: PATIENCE });
});
