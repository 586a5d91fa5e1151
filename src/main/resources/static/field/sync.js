import { answer, changes, read, write } from "./store.js";
import { Refused, SignInNeeded, call, changeLogin, currentLogin, isSignedIn } from "./session.js";
import { sendOperations, uploadFiles } from "./queue.js";

/** Brings the phone and the server together: sends what waits, then fetches what has changed. */

const PAGE_SIZE = 100;

/** One page or worker at a time does so; one that comes meanwhile does it after that. */
export function synchronise() {
  return navigator.locks.request("synchronisation", async () => {
    const login = await currentLogin();
    if (!login) {
      return;
    }
    try {
      await register(login);
      await fetchTasks(login, await sendOperations(login));
      more = (await uploadFiles(login)) || more;
      await changeLogin(login.username, { synchronisedAt: Date.now(), problem: null });
    } catch (failure) {
      if (failure instanceof Refused) {
        await changeLogin(login.username, { problem: failure.message, registered: false });
      }
      throw failure;
    }
  });
}

async function register({ username, device, registered }) {
  if (!registered) {
    const platform = (navigator.userAgentData?.platform || navigator.platform || "unknown").slice(0, 40);
    await call(username, "/sync/devices", {
      method: "POST",
      json: { id: device, name: `Browser on ${platform}`, platform },
    });
    await changeLogin(username, { registered: true });
  }
}

async function fetchTasks({ username, device, cursor }, outdated) {
  let page;
  let from = cursor;
  do {
    const parameters = new URLSearchParams({ device, size: PAGE_SIZE, ...(from && { cursor: from }) });
    page = await (await call(username, `/sync/tasks?${parameters}`)).json();
    await keep(username, page.tasks);
    await resolve(page.resolved);
    from = page.cursor;
    await changeLogin(username, { cursor: from });
  } while (page.more);
  const known = await read(["tasks"], ({ tasks }) => answer(tasks.index("person").getAllKeys(username)));
  const missing = page.mine.filter((id) => outdated.has(id) || !known.some(([, task]) => task === id));
  for (const id of missing) {
    await keep(username, [await (await call(username, `/sync/tasks/${id}?device=${device}`)).json()]);
  }
  await drop(username, page.mine);
}

/** Unless its person has signed out meanwhile. */
function keep(person, changed) {
  return write(["tasks", "settings"], async ({ tasks, settings }) => {
    if ((await answer(settings.get("person")))?.value === person) {
      changed.forEach((task) => tasks.put({ ...task, person }));
    }
  });
}

/** Supervisors have decided about what was in conflict. */
function resolve(resolved) {
  return write(["operations"], async ({ operations }) => {
    for (const { operation: id, resolution, reason } of resolved) {
      const operation = await answer(operations.index("id").get(id));
      if (operation?.state === "CONFLICT") {
        operations.put({ ...operation, message: reason, next: resolution });
      }
    }
  });
}

/** Forgets tasks that are the person's no more, with what the server has answered for; the rest stays in the queue. */
function drop(person, mine) {
  return write(["tasks", "operations", "files"], async ({ tasks, operations, files }) => {
    for (const key of await answer(tasks.index("person").getAllKeys(person))) {
      if (!mine.includes(key[1])) {
        tasks.delete(key);
      }
    }
    for (const store of [operations, files]) {
      for (const item of await answer(store.index("person").getAll(person))) {
        if (!mine.includes(item.task) && ["SENT", "STALE"].includes(item.state)) {
          store.delete(item[store.keyPath]);
        }
      }
    }
  });
}

/** Tasks that may not be worked on without a network are not kept from one start of the page to the next. */
export async function dropTasksForOnline() {
  await write(["tasks"], async ({ tasks }) => {
    for (const task of await answer(tasks.getAll())) {
      if (!task.requirements.offline) {
        tasks.delete([task.person, task.id]);
      }
    }
  });
}

const SOON = 500;
const REGULARLY = 120_000;
const FIRST_RETRY = 5_000;
const LONGEST_RETRY = 300_000;

/** The state of a page's connection, for display: idle, busy, waiting for a network, or for the password. */
export const connection = Object.assign(new EventTarget(), { state: "idle" });

let timer;
let retry = FIRST_RETRY;

/** Whether there is something new since the last synchronisation began. */
let more = false;

/** Synchronises now, and from now on whenever there is a reason to. */
export function keepSynchronised() {
  changes.addEventListener("recorded", synchroniseSoon);
  addEventListener("online", synchroniseNow);
  addEventListener("offline", () => show("offline"));
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && synchroniseNow());
  return synchroniseNow();
}

/** Something has been recorded, perhaps with more to follow at once. */
async function synchroniseSoon() {
  more = true;
  schedule(SOON);
  const registration = await navigator.serviceWorker?.getRegistration("/field");
  await registration?.sync?.register("unsent-work").catch(() => {});
}

export async function synchroniseNow() {
  clearTimeout(timer);
  more = false;
  const login = await currentLogin();
  if (!login) {
    return show("idle");
  }
  if (!navigator.onLine) {
    return show("offline");
  }
  if (!isSignedIn(login)) {
    return show("signInNeeded");
  }
  show("busy");
  try {
    await synchronise();
    retry = FIRST_RETRY;
    show("idle");
    schedule(more ? SOON : REGULARLY);
  } catch (failure) {
    show(stateAfter(failure));
    schedule(retry * (0.75 + Math.random() / 2));
    retry = Math.min(2 * retry, LONGEST_RETRY);
  }
}

function stateAfter(failure) {
  if (failure instanceof SignInNeeded) {
    return "signInNeeded";
  }
  if (failure instanceof Refused) {
    return "refused";
  }
  return navigator.onLine ? "retrying" : "offline";
}

function schedule(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(synchroniseNow, milliseconds);
}

function show(state) {
  connection.state = state;
  connection.dispatchEvent(new Event("change"));
}
