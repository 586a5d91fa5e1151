import { words } from "./words.js";

/** What the views are built of. */

const SVG = "http://www.w3.org/2000/svg";

/** Drawn on a field of 24 by 24. */
const ICONS = {
  tasks: "M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01",
  unsent: "M12 16V5M7 10l5-5 5 5M5 19h14",
  account: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M4 20c1-4 4-5.5 8-5.5s7 1.5 8 5.5",
  back: "M15 5l-7 7 7 7",
  forward: "M9 5l7 7-7 7",
  done: "M5 13l4.5 4.5L19 7",
  gps: "M12 21s-7-6-7-11.5a7 7 0 0 1 14 0C19 15 12 21 12 21M12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5",
  photos: "M4 8h3.5l1.5-2.5h6L16.5 8H20v11H4zM12 16.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7",
  serials: "M4 6v12M7.5 6v12M10 6v12M13.5 6v12M17 6v12M20 6v12",
  checklist: "M4 6l1.5 1.5L8 5M4 12l1.5 1.5L8 11M4 18l1.5 1.5L8 17M12 6h8M12 12h8M12 18h8",
  signature: "M4 18c4-9 6-12 8-12s0 9-2 9 1-4 4-4-1 4 2 4 2-1 4-1M4 21h16",
  directions: "M4 12L20 4l-8 16-2-6z",
  attention: "M12 4l9.5 16h-19zM12 10v4.5M12 17.5h.01",
};

/**
 * An element such as `p.soft`, with properties if an object comes next, and children. Properties that begin with `on`
 * are listeners; those that are false or missing are left out, as are such children.
 */
export function element(name, ...parts) {
  const [tag, ...classes] = name.split(".");
  const made = document.createElement(tag);
  if (classes.length > 0) {
    made.className = classes.join(" ");
  }
  const properties = parts[0]?.constructor === Object ? parts.shift() : {};
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) {
      made.addEventListener(key.slice(2), value);
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(key, value === true ? "" : value);
    }
  }
  made.append(...parts.flat().filter((part) => part || part === 0));
  return made;
}

/** What somebody should not overlook: `good`, `sent`, `again` or `wrong`. */
export function notice(kind, ...children) {
  const symbol = { good: "done", sent: "unsent" }[kind] ?? "attention";
  return element(`div.notice.${kind}`, icon(symbol), element("div", ...children));
}

/** Shows something else in `parent`; the focus stays where it was, or close to it. */
export function replace(parent, ...children) {
  const controls = () => [...parent.querySelectorAll("a, button, input")];
  const focused = controls().indexOf(document.activeElement);
  parent.replaceChildren(...children);
  if (focused >= 0) {
    const next = controls()[focused] ?? controls().at(-1) ?? document.querySelector("h1");
    next.focus({ preventScroll: true });
  }
}

export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  drawing.append(path);
  return drawing;
}

/** A button that cannot be pressed twice while what it does is under way. */
export function button(text, onPress, properties = {}) {
  const made = element("button", { type: "button", ...properties }, text);
  made.onclick = async () => {
    made.disabled = true;
    try {
      await onPress();
    } finally {
      made.disabled = false;
    }
  };
  return made;
}

export function field(label, input) {
  return element("label.field", element("span", label), input);
}

/** A view; one below the first level has a way back. */
export function screen(title, backTo, ...children) {
  const back = backTo && element("a.back", { href: backTo, "aria-label": words.back }, icon("back"));
  const heading = element("div.heading", back, element("h1", { tabindex: "-1" }, title));
  return { title, node: element("section", heading, ...children) };
}

/** Shows another view in the place of this one, or the same one anew. */
export function go(address) {
  if (location.hash === address) {
    dispatchEvent(new Event("hashchange"));
  } else {
    location.replace(address);
  }
}

/** Says something to everybody, read out by screen readers. */
export function announce(text) {
  const announcer = document.getElementById("announcer");
  announcer.textContent = text;
  announcer.classList.add("shown");
  clearTimeout(announce.timer);
  announce.timer = setTimeout(() => announcer.classList.remove("shown"), 4000);
}

/** Tells of something that should not have happened. */
export function tell(failure) {
  announce(failure.name === "QuotaExceededError" ? words.storageFull : words.broken(failure.message));
}

/** Asks before something that cannot be undone. */
export function ask(title, text, yes, style = "button.danger") {
  return new Promise((resolve) => {
    const dialog = element(
      "dialog",
      { "aria-labelledby": "dialog-title", onclose: () => (dialog.remove(), resolve(dialog.returnValue === "yes")) },
      element(
        "form",
        { method: "dialog" },
        element("h2", { id: "dialog-title" }, title),
        text && element("p", text),
        element(style, { value: "yes" }, yes),
        element("button", { value: "no", class: "plain", autofocus: true }, words.cancel),
      ),
    );
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Shows a picture that is kept on the phone for as long as it is on the page. */
export function picture(blob, description) {
  const address = URL.createObjectURL(blob);
  const release = () => URL.revokeObjectURL(address);
  return element("img", { alt: description, src: address, onload: release, onerror: release });
}
