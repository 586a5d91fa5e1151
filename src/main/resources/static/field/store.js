/** What the phone keeps. Whatever belongs to a person carries their username, so that nobody sends another's work. */

const STORES = {
  settings: { keyPath: "key" },
  logins: { keyPath: "username" },
  tasks: { keyPath: ["person", "id"], indexes: { person: "person" } },
  operations: {
    keyPath: "sequence",
    autoIncrement: true,
    indexes: { id: "id", person: "person", task: ["person", "task"] },
  },
  files: { keyPath: "id", indexes: { person: "person" } },
  contents: { keyPath: "id" },
};

const channel = new BroadcastChannel("field");
channel.onmessage = tellChange;

/** Tells of what was written, by this page, another one or the worker, and of work that this page has recorded. */
export const changes = new EventTarget();

let opening;

export function tellChange() {
  changes.dispatchEvent(new Event("change"));
}

export function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Lets `work` read the named stores; it may wait for nothing but them. */
export function read(names, work) {
  return transact("readonly", names, work);
}

/** As `read`, and all that `work` writes is on the disk when this is over, or nothing of it. */
export async function write(names, work) {
  const result = await transact("readwrite", names, work);
  tellChange();
  channel.postMessage("change");
  return result;
}

async function transact(mode, names, work) {
  const transaction = (await database()).transaction(names, mode, { durability: "strict" });
  const finished = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new Error("The transaction was given up"));
  });
  finished.catch(() => {});
  let result;
  try {
    result = await work(Object.fromEntries(names.map((name) => [name, transaction.objectStore(name)])));
  } catch (failure) {
    if (!transaction.error) {
      transaction.abort();
    }
    throw failure;
  }
  await finished;
  return result;
}

function database() {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("fieldwright", 1);
    request.onupgradeneeded = () => create(request.result);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const opened = request.result;
      opened.onversionchange = () => opened.close();
      opened.onclose = () => (opening = undefined);
      resolve(opened);
    };
  });
  return opening;
}

function create(database) {
  for (const [name, { indexes = {}, ...options }] of Object.entries(STORES)) {
    const store = database.createObjectStore(name, options);
    for (const [index, path] of Object.entries(indexes)) {
      store.createIndex(index, path, { unique: index === "id" });
    }
  }
}
