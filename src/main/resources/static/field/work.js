import { answer, changes, read, write } from "./store.js";
import { words } from "./words.js";

/** What the engineer does, kept on the phone before anything of it is sent. */

/** As the server compares serial numbers. */
export function normal(serialNumber) {
  return serialNumber.trim().toUpperCase();
}

const allOf = (name) => (person) => read([name], (stores) => answer(stores[name].index("person").getAll(person)));

export const tasksOf = allOf("tasks");
export const operationsOf = allOf("operations");
export const filesOf = allOf("files");

export function taskOf(person, id) {
  return read(["tasks"], ({ tasks }) => answer(tasks.get([person, id])));
}

/** How far the engineer is with this round of a task, the operations that are not sent yet included. */
export function progress(task, operations) {
  const all = operations.filter((operation) => operation.task === task.id);
  const own = all.filter(({ state }) => state !== "CONFLICT");
  const start = own.findLast((operation) => operation.kind === "START" && operation.content.round === task.round);
  const visit = own.filter(({ execution }) => start && execution === start.execution);
  const submission = visit.findLast(({ kind }) => kind === "SUBMIT");
  return {
    execution: start?.execution,
    evidence: visit.filter(({ counts }) => counts),
    submission: submission?.refusal ? undefined : submission,
    refusal: submission?.refusal,
    reply: own.findLast((operation) => ["ACCEPT", "DECLINE"].includes(operation.kind) && stillStands(operation, task)),
    conflicts: all.filter(({ state }) => state === "CONFLICT"),
  };
}

/** Whether the task as the phone knows it does not show yet what came of an operation. */
function stillStands(operation, { version }) {
  return isUnsent(operation) || operation.version === version;
}

/** What the server has not answered for yet. */
export async function unsentOf(person) {
  return [...(await operationsOf(person)), ...(await filesOf(person))].filter(isUnsent);
}

/** What counts of one kind of evidence in this round, the oldest first. */
export async function evidenceOf(task, kind) {
  const { evidence } = progress(task, await operationsOf(task.person));
  return evidence.filter((piece) => piece.kind === kind);
}

export function isUnsent(item) {
  return item.state === "WAITING" || item.state === "SENDING";
}

/** Whether evidence may be captured for the task now. */
export function isCapturing(task, { reply, submission }) {
  return !submission && ((task.state === "CAPTURING" && task.mine) || reply?.kind === "ACCEPT");
}

/**
 * The kinds of evidence a task asks for, in the order of the visit, and how far each is. What a reviewer has not asked for
 * again stays as it was in the round before.
 */
export function steps(task, evidence) {
  const asked = task.requirements;
  const of = (kind) => evidence.filter((piece) => piece.kind === kind);
  const fix = of("FIX").at(-1);
  const taken = of("PHOTO").length;
  const answers = Object.fromEntries(of("ANSWER").map((piece) => [piece.content.question, piece.content.value]));
  const found = new Set(of("SERIAL").map((piece) => normal(piece.content.serialNumber ?? "")));
  const pictured = of("SERIAL").filter((piece) => !piece.content.serialNumber).length;
  const missingSerials = task.expectedSerials.filter((item) => !found.has(normal(item.serialNumber))).length;
  const unanswered = asked.checklist.filter((question) => question.required && !answers[question.key]);
  const all = [
    asked.gpsAccuracyMetres && {
      name: "gps",
      done: fix?.content.accuracyMetres <= asked.gpsAccuracyMetres,
      accuracy: fix?.content.accuracyMetres,
      needed: asked.gpsAccuracyMetres,
    },
    {
      name: "photos",
      done: taken >= asked.minimumPhotos,
      taken,
      needed: asked.minimumPhotos,
    },
    (asked.serialVerification || asked.equipmentScan) && {
      name: "serials",
      done: missingSerials <= pictured,
      found: task.expectedSerials.length - missingSerials,
      pictured,
      needed: task.expectedSerials.length,
    },
    asked.checklist.length > 0 && {
      name: "checklist",
      done: unanswered.length === 0,
      answered: Object.keys(answers).length,
      needed: asked.checklist.length,
    },
    asked.signature && { name: "signature", done: of("SIGNATURE").length > 0 },
  ];
  return all.filter((step) => step && (task.askedAgain.length === 0 || task.askedAgain.includes(step.name)));
}

/** Accepts or declines, once, however often somebody presses in however many tabs. */
export function reply(task, kind, content) {
  return record(["operations"], async ({ operations }) => {
    if (!(await standing(task, operations)).reply) {
      operations.add(operation(task, null, kind, content));
    }
  });
}

/** Writes what is to be sent, and tells so. */
async function record(names, work) {
  await write(names, work);
  changes.dispatchEvent(new Event("recorded"));
}

async function standing(task, operations) {
  return progress(task, await answer(operations.index("task").getAll([task.person, task.id])));
}

/**
 * Keeps a piece of evidence with its picture, and leaves out what it replaces. The first of a round begins the visit.
 *
 * @param picture blob, name, preview and kind (PHOTO or SIGNATURE) of the file that `content` names, if any
 */
export function capture(task, kind, content, picture) {
  return record(["operations", "files", "contents"], async ({ operations, files, contents }) => {
    const { execution, evidence } = await open(task, operations);
    for (const replaced of evidence.filter((piece) => subject(piece) === subject({ kind, content }))) {
      operations.put({ ...replaced, counts: false });
    }
    operations.add({ ...operation(task, execution, kind, content), counts: true, file: content.file });
    if (picture) {
      const { blob, ...described } = picture;
      files.add({
        ...described,
        id: content.file,
        person: task.person,
        task: task.id,
        tenant: task.tenantId,
        about: task.site.code,
        size: blob.size,
        received: 0,
        state: "WAITING",
      });
      contents.add({ id: content.file, blob });
    }
  });
}

/** The visit of this round, which begins now if it has not. */
async function begun(task, operations) {
  const before = await standing(task, operations);
  if (before.execution) {
    return before;
  }
  const execution = crypto.randomUUID();
  operations.add(operation(task, execution, "START", { round: task.round }));
  return { ...before, execution };
}

/** As `begun`, unless it has been submitted, perhaps in another tab. */
async function open(task, operations) {
  const visit = await begun(task, operations);
  if (visit.submission) {
    throw new Error(words.submittedAlready);
  }
  return visit;
}

/** What a piece is about; a newer one takes its place. Each photo is about something else. */
function subject({ kind, content: { question, serialNumber, file } }) {
  const about = question ?? (serialNumber ? normal(serialNumber) : kind !== "SIGNATURE" && file);
  return `${kind} ${about}`;
}

/** The engineer does not stand for this piece: it is not announced, and its picture need not be uploaded. */
export function leaveOut(task, piece) {
  return write(["operations", "files", "contents"], async ({ operations, files, contents }) => {
    await open(task, operations);
    operations.put({ ...(await answer(operations.get(piece.sequence))), counts: false });
    if (piece.file) {
      files.delete(piece.file);
      contents.delete(piece.file);
    }
  });
}

/** Announces all that counts; nothing is added afterwards. */
export function submit(task, note) {
  return record(["operations"], async ({ operations }) => {
    const { execution, evidence, submission } = await begun(task, operations);
    if (!submission) {
      const announced = evidence.map((piece) => piece.id);
      operations.add(operation(task, execution, "SUBMIT", { evidence: announced, ...(note && { note }) }));
    }
  });
}

function operation(task, execution, kind, content) {
  return {
    id: crypto.randomUUID(),
    person: task.person,
    task: task.id,
    version: task.version,
    about: task.site.code,
    execution,
    kind,
    at: new Date().toISOString(),
    content,
    state: "WAITING",
  };
}
