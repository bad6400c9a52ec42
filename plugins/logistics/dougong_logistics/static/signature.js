// A signature is drawn with a finger, pen or mouse and sent as the text of an SVG path;
// without this file the typed name is enough. Photos are made smaller before they are sent.
"use strict";

const MOST = 19000;

function sign(box) {
  const canvas = box.querySelector("canvas");
  const input = box.querySelector("input[name=signature]");
  const pen = canvas.getContext("2d");
  if (!pen) return;
  let drawing = false;
  let last = null;
  box.hidden = false;
  canvas.style.touchAction = "none";
  canvas.style.maxWidth = "100%";
  pen.lineWidth = 3;
  pen.lineCap = pen.lineJoin = "round";

  const at = (event) => {
    const edge = canvas.getBoundingClientRect();
    const fit = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
    return [
      fit(((event.clientX - edge.left) * canvas.width) / edge.width, canvas.width),
      fit(((event.clientY - edge.top) * canvas.height) / edge.height, canvas.height),
    ];
  };
  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    pen.strokeStyle = getComputedStyle(canvas).color;
    drawing = true;
    last = at(event);
    input.value += `M${last[0]} ${last[1]}`;
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!drawing || input.value.length > MOST) return;
    const next = at(event);
    if (Math.hypot(next[0] - last[0], next[1] - last[1]) < 3) return;
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...next);
    pen.stroke();
    input.value += `L${next[0]} ${next[1]}`;
    last = next;
  });
  for (const end of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(end, () => { drawing = false; });
  }
  box.querySelector("[data-clear]").addEventListener("click", () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    input.value = "";
  });
}

async function shrink(input) {
  const file = input.files[0];
  if (!file || file.size < 300000 || !window.createImageBitmap) return;
  const picture = await createImageBitmap(file);
  const part = Math.min(1, 1280 / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = picture.width * part;
  canvas.height = picture.height * part;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const small = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.7));
  if (!small) return;
  const list = new DataTransfer();
  list.items.add(new File([small], "photo.jpg", { type: "image/jpeg" }));
  input.files = list.files;
}

for (const box of document.querySelectorAll("[data-signature]")) sign(box);
for (const input of document.querySelectorAll("[data-shrink]")) {
  input.addEventListener("change", () => { shrink(input).catch(() => {}); });
}
