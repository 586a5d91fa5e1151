import { announce, button, element, field, picture, screen } from "./elements.js";
import { capturing } from "./task.js";
import { words } from "./words.js";
import { capture, evidenceOf, filesOf } from "./work.js";

const PIXELS = { width: 900, height: 450 };
const LINE = 6;

/** A tap leaves one or two, a stroke dozens. */
const FEWEST_POINTS = 8;

export const signatureView = capturing(async (task) => {
  const fix = (await evidenceOf(task, "FIX")).at(-1)?.content;
  const saved = element("div");
  const pad = signaturePad();
  const name = element("input", { autocomplete: "off", autocapitalize: "words", maxlength: 100 });

  async function keep() {
    const signer = name.value.trim();
    if (!signer || pad.isEmpty()) {
      const first = signer ? pad.canvas : name;
      first.focus();
      announce(first === name ? words.signature.nameMissing : words.signature.drawingMissing);
      return;
    }
    const blob = await pad.drawing();
    await capture(
      task,
      "SIGNATURE",
      {
        name: signer,
        file: crypto.randomUUID(),
        ...(fix && { latitude: fix.latitude, longitude: fix.longitude }),
      },
      { kind: "SIGNATURE", blob, preview: blob, name: "signature.png" },
    );
    announce(words.signature.kept);
    pad.clear();
    name.value = "";
    await show();
  }

  async function show() {
    const piece = (await evidenceOf(task, "SIGNATURE")).at(-1);
    if (piece) {
      const file = (await filesOf(task.person)).find((one) => one.id === piece.file);
      const text = words.signature.signedBy(piece.content.name, piece.at);
      saved.replaceChildren(
        element("figure.signed", file && picture(file.preview, text), element("figcaption", text)),
        element("h2", words.signature.replace),
      );
    }
  }

  await show();
  return screen(
    words.steps.signature.title,
    `#/tasks/${task.id}`,
    saved,
    element("p", words.signature.intro),
    field(words.signature.name, name),
    pad.canvas,
    button(words.signature.clear, pad.clear, { class: "plain small" }),
    button(words.signature.keep, keep),
  );
});

function signaturePad() {
  const canvas = element("canvas", {
    ...PIXELS,
    class: "pad",
    tabindex: "0",
    role: "img",
    "aria-label": words.signature.pad,
  });
  const drawing = canvas.getContext("2d");
  drawing.lineWidth = LINE;
  drawing.lineCap = drawing.lineJoin = "round";
  let points;
  let pen = null;

  function clear() {
    drawing.fillStyle = "white";
    drawing.fillRect(0, 0, canvas.width, canvas.height);
    points = 0;
  }

  function move(event) {
    if (event.pointerId === pen) {
      const box = canvas.getBoundingClientRect();
      drawing.lineTo(
        ((event.clientX - box.left) * canvas.width) / box.width,
        ((event.clientY - box.top) * canvas.height) / box.height,
      );
      drawing.stroke();
      points += 1;
    }
  }

  canvas.onpointerdown = (event) => {
    pen = event.pointerId;
    canvas.setPointerCapture(pen);
    drawing.beginPath();
    move(event);
  };
  canvas.onpointermove = move;
  canvas.onpointerup = canvas.onpointercancel = () => (pen = null);
  clear();
  return {
    canvas,
    clear,
    isEmpty: () => points < FEWEST_POINTS,
    drawing: () => new Promise((resolve) => canvas.toBlob(resolve, "image/png")),
  };
}
