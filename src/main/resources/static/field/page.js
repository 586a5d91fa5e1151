import { accountView, signInView } from "./account.js";
import { checklistView } from "./checklist.js";
import { element, icon, replace, tell } from "./elements.js";
import { photosView } from "./photos.js";
import { positionView } from "./position.js";
import { serialsView } from "./serials.js";
import { currentLogin } from "./session.js";
import { signatureView } from "./signature.js";
import { changes } from "./store.js";
import { connection, dropTasksForOnline, keepSynchronised } from "./sync.js";
import { declineView, submitView, taskView } from "./task.js";
import { taskList } from "./taskList.js";
import { unsentView } from "./unsent.js";
import { words } from "./words.js";
import { unsentOf } from "./work.js";

/** Shows one view at a time, as the address says, with the state of the connection above and the tabs below. */

const VIEWS = { "#/unsent": unsentView, "#/account": accountView, "#/signIn": signInView };

const VIEWS_OF_TASK = {
  decline: declineView,
  gps: positionView,
  photos: photosView,
  serials: serialsView,
  checklist: checklistView,
  signature: signatureView,
  submit: submitView,
};

const TABS = { tasks: "#/", unsent: "#/unsent", account: "#/account" };

const main = document.getElementById("view");
let shown = {};
let turn = 0;
let drawn = Promise.resolve();

/** Shows what the address says, once what is being shown is there. */
function show({ again = false } = {}) {
  const mine = again ? turn : ++turn;
  const next = drawn.then(() => draw(mine, again));
  drawn = next.catch(() => {});
  return next;
}

/** What has not changed stays as it is, lest a finger that is on it misses. */
async function draw(mine, again) {
  const login = await currentLogin();
  const view = await made(login);
  await frame(login);
  if (mine !== turn || (again && shown.node?.isEqualNode(view.node))) {
    return;
  }
  const { scrollY } = window;
  shown.close?.();
  shown = { ...view, person: login?.username };
  document.title = `${view.title} · ${words.product}`;
  replace(main, view.node);
  window.scrollTo(0, again ? scrollY : 0);
  if (!again) {
    main.querySelector("h1").focus({ preventScroll: true });
  }
}

function made(login) {
  if (!login) {
    return signInView();
  }
  const [, id, name] = /^#\/tasks\/([^/]+)(?:\/(\w+))?$/.exec(location.hash) ?? [];
  const view = id ? (name ? VIEWS_OF_TASK[name] : taskView) : VIEWS[location.hash];
  return (view ?? taskList)(login, id);
}

/** What surrounds the views. */
async function frame(login) {
  const bar = document.getElementById("connection");
  const tabs = document.getElementById("tabs");
  tabs.hidden = bar.hidden = !login;
  if (!login) {
    return;
  }
  const unsent = (await unsentOf(login.username)).length;
  const state = connection.state;
  const synchronised = login.synchronisedAt ? words.synchronisedAt(login.synchronisedAt) : words.neverSynchronised;
  bar.className = state;
  renew(
    bar,
    element("span.dot"),
    element("strong", words.connection[state]),
    state === "signInNeeded"
      ? element("a", { href: "#/signIn" }, words.signIn.submit)
      : element("span", synchronised),
  );
  renew(
    tabs,
    ...Object.entries(TABS).map(([name, address]) =>
      element(
        "a",
        { href: address, "aria-current": isAt(address) ? "page" : null },
        icon(name),
        element("span", words.tabs[name]),
        name === "unsent" &&
          unsent > 0 &&
          element("span.badge", { "aria-label": words.unsentCount(unsent) }, unsent),
      ),
    ),
  );
}

function renew(parent, ...children) {
  const fresh = parent.cloneNode();
  fresh.append(...children);
  if (!fresh.isEqualNode(parent)) {
    replace(parent, ...fresh.childNodes);
  }
}

function isAt(address) {
  return address === (Object.values(TABS).includes(location.hash) ? location.hash : "#/");
}

let pending;

/** Many changes in a row are shown once. */
function changed() {
  pending ??= setTimeout(async () => {
    pending = undefined;
    const login = await currentLogin();
    await (shown.lively || shown.person !== login?.username ? show({ again: true }) : frame(login));
  }, 100);
}

/** Fields are saved when they are left, and a phone may end a page that is not in front. */
function keepTyped() {
  if (document.visibilityState === "hidden") {
    const { activeElement } = document;
    activeElement.blur();
    activeElement.focus({ preventScroll: true });
  }
}

async function start() {
  addEventListener("hashchange", () => show());
  addEventListener("unhandledrejection", ({ reason }) => tell(reason));
  changes.addEventListener("change", changed);
  connection.addEventListener("change", changed);
  document.addEventListener("visibilitychange", keepTyped);
  navigator.serviceWorker
    ?.register("/field/service-worker.js", { scope: "/field", type: "module", updateViaCache: "none" })
    .catch(() => {});
  await dropTasksForOnline();
  await show();
  await keepSynchronised();
}

start();
