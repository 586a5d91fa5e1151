import { announce, ask, element, picture, replace, screen, tell } from "./elements.js";
import { capturing } from "./task.js";
import { words } from "./words.js";
import { capture, evidenceOf, filesOf, leaveOut } from "./work.js";

const TYPES = ["image/jpeg", "image/png"];
const LARGEST_BYTES = 25 * 1024 * 1024;
const MOST_PIXELS = 50_000_000;
const PREVIEW_PIXELS = 200;

/** A photo that the server will take, with a small preview; the bytes stay as the camera wrote them. */
export async function prepared(file) {
  if (!TYPES.includes(file.type)) {
    throw new UnfitPicture(words.photos.unfit);
  }
  const blob = new Blob([await file.arrayBuffer()], { type: file.type });
  const bitmap = await createImageBitmap(blob).catch(() => {
    throw new UnfitPicture(words.photos.unreadable);
  });
  const { width, height } = bitmap;
  if (blob.size > LARGEST_BYTES || width * height > MOST_PIXELS) {
    bitmap.close();
    throw new UnfitPicture(words.photos.tooLarge);
  }
  const scale = Math.min(1, PREVIEW_PIXELS / Math.max(width, height));
  const canvas = element("canvas", { width: Math.ceil(width * scale), height: Math.ceil(height * scale) });
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const preview = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.7));
  return { kind: "PHOTO", blob, preview, name: file.name };
}

/** Says why a picture is not kept. */
class UnfitPicture extends Error {}

/** A large button that opens the camera and hands each photo to `keep`. */
export function cameraButton(text, keep, style = "label.button") {
  const input = element("input", {
    type: "file",
    accept: "image/*",
    capture: "environment",
    class: "unseen",
    onchange: async () => {
      const [file] = input.files;
      try {
        if (file) {
          await keep(await prepared(file));
        }
      } catch (failure) {
        failure instanceof UnfitPicture ? announce(failure.message) : tell(failure);
      } finally {
        input.value = "";
      }
    },
  });
  return element(style, text, input);
}

/** The small pictures of some evidence, each with a button that leaves it out. */
export async function previews(task, pieces, name, onRemoved) {
  const files = await filesOf(task.person);
  return element(
    "ul.pictures",
    pieces.map((piece, index) => {
      const file = files.find(({ id }) => id === piece.file);
      const remove = async () => {
        if (await ask(words.photos.removeTitle, null, words.remove)) {
          await leaveOut(task, piece);
          announce(words.photos.removed);
          await onRemoved();
        }
      };
      return element(
        "li",
        file && picture(file.preview, name(index + 1)),
        element(
          "button.plain.small",
          { type: "button", onclick: remove, "aria-label": `${words.remove}: ${name(index + 1)}` },
          words.remove,
        ),
      );
    }),
  );
}

export const photosView = capturing(async (task) => {
  const needed = task.requirements.minimumPhotos;
  const tally = element("p.figure");
  const gallery = element("div");

  async function show() {
    const pieces = await evidenceOf(task, "PHOTO");
    tally.textContent = words.steps.photos.state({ taken: pieces.length, needed });
    tally.classList.toggle("enough", pieces.length >= needed);
    replace(gallery, await previews(task, pieces, words.photos.name, show));
    return pieces.length;
  }

  async function keep(photo) {
    await capture(task, "PHOTO", { file: crypto.randomUUID() }, photo);
    announce(words.photos.kept(await show()));
  }

  await show();
  return screen(
    words.steps.photos.title,
    `#/tasks/${task.id}`,
    element("p", words.photos.intro(needed)),
    tally,
    cameraButton(words.photos.take, keep),
    gallery,
  );
});
