import { answer, read, write } from "./store.js";
import { Refused, call } from "./session.js";
import { filesOf, isUnsent } from "./work.js";

/** Sends what waits on the phone. Nothing is forgotten before the server has answered for it. */

const BATCH = 100;

/** A file beyond so many bytes is sent in pieces of that size: a lost connection costs one piece at most. */
const PIECE = 256 * 1024;

const STATES = { APPLIED: "SENT", DUPLICATE: "SENT", STALE: "STALE" };

/** What is wrong with a file itself: to send it again would be refused again. */
const UNFIT = [400, 413, 415, 422];

/**
 * Sends the operations of a person in the order in which they were made.
 *
 * @return the ids of the tasks that the server advises to ask for
 */
export async function sendOperations({ username, device }) {
  const outdated = new Set();
  const asked = new Set();
  for (let batch = await take(username); batch.length > 0; batch = await take(username)) {
    const told = ({ id, task, execution, kind, at, content }) => ({ id, task, execution, kind, at, content });
    const response = await call(username, "/sync/operations", {
      method: "POST",
      json: { device, sentAt: new Date().toISOString(), operations: batch.map(told) },
    });
    const { results } = await response.json();
    await settle(results, asked);
    for (const { operation, next, outcome } of results) {
      if (next === "FETCH_TASK" || outcome === "CONFLICT") {
        outdated.add(batch.find((sent) => sent.id === operation)?.task);
      }
    }
  }
  return outdated;
}

function take(person) {
  return write(["operations"], async ({ operations }) => {
    const own = await answer(operations.index("person").getAll(person));
    const batch = own.filter(isUnsent).slice(0, BATCH);
    batch.forEach((operation) => operations.put({ ...operation, state: "SENDING" }));
    return batch;
  });
}

/** @param asked what the server has asked for again in this run, which it gets once */
function settle(results, asked) {
  return write(["operations", "files", "contents"], async ({ operations, files, contents }) => {
    for (const { operation: id, outcome, reason, message, next, missing } of results) {
      const sent = await answer(operations.index("id").get(id));
      operations.put({ ...sent, state: reason ? "CONFLICT" : STATES[outcome], reason, message, next });
      if (next === "CORRECT") {
        await takeBack(operations, sent, message);
      }
      for (const lost of (missing ?? []).filter((one) => !asked.has(one))) {
        asked.add(lost);
        const again = await answer(operations.index("id").get(lost));
        if (again?.state === "SENT") {
          operations.put({ ...again, state: "WAITING" });
        }
        const file = await answer(files.get(lost));
        if (file && (await answer(contents.getKey(lost)))) {
          files.put({ ...file, state: "WAITING" });
        }
      }
    }
  });
}

/**
 * Uploads the pictures of a person. One that the server cannot take does not hold up the others, and what is captured
 * meanwhile goes first.
 *
 * @return whether any has arrived
 */
export async function uploadFiles({ username }) {
  const waiting = (await filesOf(username)).filter(isUnsent);
  let failure;
  let arrived = false;
  for (const file of waiting) {
    const content = await read(["contents"], ({ contents }) => answer(contents.get(file.id)));
    if (!content) {
      continue;
    }
    try {
      await change(file.id, { state: "SENDING" });
      await (file.size > PIECE ? uploadInPieces : upload)(username, file, content.blob);
      await stored(file.id);
      arrived = true;
    } catch (refusal) {
      const unfit = UNFIT.includes(refusal.status) && refusal.field !== "tenant";
      if (unfit) {
        await leaveOutPicture(file, refusal.message);
      }
      await change(file.id, { state: unfit ? "REFUSED" : "WAITING", message: refusal.message });
      if (!(refusal instanceof Refused || refusal.cause)) {
        throw refusal;
      }
      failure ??= unfit ? undefined : refusal;
    }
    const { pending } = await navigator.locks.query();
    if (pending.some(({ name }) => name === "synchronisation")) {
      break;
    }
  }
  if (failure) {
    throw failure;
  }
  return arrived;
}

/** What has no picture is no evidence. */
function leaveOutPicture({ id, person, task }, refusal) {
  return write(["operations"], async ({ operations }) => {
    for (const piece of await answer(operations.index("task").getAll([person, task]))) {
      if (piece.file === id && piece.counts) {
        operations.put({ ...piece, counts: false });
        await takeBack(operations, piece, refusal);
      }
    }
  });
}

/** A submission that names what cannot count is taken back, so that another can follow. */
async function takeBack(operations, { id, person, task }, refusal) {
  for (const operation of await answer(operations.index("task").getAll([person, task]))) {
    if (operation.content.evidence?.includes(id)) {
      operations.put({ ...operation, refusal });
    }
  }
}

function upload(username, file, blob) {
  const body = new FormData();
  body.append("id", file.id);
  body.append("kind", file.kind);
  body.append("tenant", file.tenant);
  body.append("file", blob, file.name);
  return call(username, "/files", { method: "POST", body });
}

/** As the tus protocol does, asking the server how far it is after each interruption. */
async function uploadInPieces(username, file, blob) {
  const { id, kind, tenant, name } = file;
  const sha256 = hexadecimal(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  const start = await call(username, "/file-uploads", {
    method: "POST",
    json: { id, kind, tenant, name, size: blob.size, sha256 },
  });
  let { received } = await start.json();
  while (received < blob.size) {
    const piece = await call(username, `/file-uploads/${id}`, {
      method: "PATCH",
      body: blob.slice(received, received + PIECE),
      headers: { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(received) },
    });
    received = Number(piece.headers.get("Upload-Offset"));
    await change(id, { received });
  }
}

function hexadecimal(buffer) {
  return Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function change(id, changes) {
  return write(["files"], async ({ files }) => {
    const file = await answer(files.get(id));
    if (file) {
      files.put({ ...file, ...changes });
    }
  });
}

/** The server has it: only the small preview stays. */
function stored(id) {
  return write(["files", "contents"], async ({ files, contents }) => {
    const file = await answer(files.get(id));
    if (file) {
      files.put({ ...file, state: "SENT", message: undefined });
    }
    contents.delete(id);
  });
}

/** Takes answers that their person has read off the phone; the server keeps what was sent. */
export function forget(items) {
  return write(["operations", "files", "contents"], ({ operations, files, contents }) => {
    for (const { sequence, id } of items) {
      if (sequence) {
        operations.delete(sequence);
      } else {
        files.delete(id);
        contents.delete(id);
      }
    }
  });
}
