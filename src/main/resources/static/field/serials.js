import { announce, ask, button, element, field, replace, screen } from "./elements.js";
import { cameraButton, previews } from "./photos.js";
import { capturing } from "./task.js";
import { words } from "./words.js";
import { capture, evidenceOf, leaveOut, normal } from "./work.js";

const BETWEEN_LOOKS = 200;

/** As the server takes it. */
const LONGEST_SERIAL = 200;

export const serialsView = capturing(async (task) => {
  const lists = element("div");
  const typed = element("input", {
    autocapitalize: "characters",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: 100,
    enterkeyhint: "done",
  });
  const form = element(
    "form",
    {
      class: "inline",
      onsubmit: async (event) => {
        event.preventDefault();
        if (typed.value.trim()) {
          await keep(typed.value.trim(), "TYPED");
          typed.value = "";
          typed.focus();
        }
      },
    },
    field(words.serials.label, typed),
    element("button", words.serials.add),
  );
  const scanner = "BarcodeDetector" in window && scanning((serial) => keep(serial, "SCANNED"));

  async function keep(serialNumber, method) {
    await capture(task, "SERIAL", { serialNumber, method });
    announce(words.serials.added(serialNumber));
    await show();
  }

  async function keepPhoto(photo) {
    await capture(task, "SERIAL", { method: "PHOTO", file: crypto.randomUUID() }, photo);
    await show();
  }

  async function leave(piece) {
    if (await ask(words.serials.removeTitle(piece.content.serialNumber), null, words.remove)) {
      await leaveOut(task, piece);
      announce(words.removed);
    }
    await show();
  }

  async function show() {
    const pieces = await evidenceOf(task, "SERIAL");
    const numbered = new Map(
      pieces
        .filter((piece) => piece.content.serialNumber)
        .map((piece) => [normal(piece.content.serialNumber), piece]),
    );
    const expected = task.expectedSerials;
    const others = [...numbered].filter(
      ([serial]) => !expected.some((item) => normal(item.serialNumber) === serial),
    );
    const pictured = pieces.filter((piece) => !piece.content.serialNumber);
    const found = [
      element("h2", words.serials.expected),
      expected.length === 0 && element("p.empty", words.serials.none),
      ticks(expected.map((item) => tick(item, numbered.get(normal(item.serialNumber))))),
      others.length > 0 && element("h2", words.serials.unexpected),
      ticks(others.map(([serialNumber, piece]) => tick({ serialNumber }, piece))),
      pictured.length > 0 && element("h2", words.serials.photos),
      await previews(task, pictured, words.serials.photoName, show),
    ];
    replace(lists, element("div", found));
  }

  function ticks(all) {
    return element("ul", all.map((one) => element("li", one)));
  }

  function tick({ serialNumber, manufacturer, model }, piece) {
    const box = element("input", {
      type: "checkbox",
      onchange: () => (piece ? leave(piece) : keep(serialNumber, "TICKED")),
    });
    box.checked = Boolean(piece);
    return element(
      "label.tick",
      box,
      element(
        "span",
        element("strong", serialNumber),
        element("span.soft", [manufacturer, model].filter(Boolean).join(" ")),
      ),
    );
  }

  await show();
  return {
    ...screen(
      words.steps.serials.title,
      `#/tasks/${task.id}`,
      element("p", words.serials.intro),
      task.requirements.equipmentScan && element("p.hint", words.serials.toScan),
      form,
      scanner && scanner.node,
      cameraButton(words.serials.photo, keepPhoto, "label.button.plain"),
      element("p.hint", words.serials.photoHint),
      lists,
    ),
    close: () => scanner && scanner.close(),
  };
});

/** Looks through the camera until it sees a code. */
function scanning(found) {
  const video = element("video", { playsinline: true, muted: true });
  const viewfinder = element(
    "div",
    { hidden: true },
    video,
    element("p", words.serials.scanning),
    button(words.cancel, close, { class: "plain" }),
  );
  const start = button(words.serials.scan, open, { class: "plain" });
  let stream;

  async function open() {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      announce(words.serials.noCamera);
      return;
    }
    video.srcObject = stream;
    viewfinder.hidden = false;
    start.hidden = true;
    await video.play();
    look(new BarcodeDetector());
  }

  async function look(detector) {
    if (!stream) {
      return;
    }
    const [code] = await detector.detect(video).catch(() => []);
    const serial = code?.rawValue.trim();
    if (stream && serial && serial.length <= LONGEST_SERIAL) {
      close();
      navigator.vibrate?.(100);
      await found(serial);
    } else {
      setTimeout(look, BETWEEN_LOOKS, detector);
    }
  }

  function close() {
    stream?.getTracks().forEach((track) => track.stop());
    stream = undefined;
    viewfinder.hidden = true;
    start.hidden = false;
  }

  return { node: element("div.scanner", start, viewfinder), close };
}
