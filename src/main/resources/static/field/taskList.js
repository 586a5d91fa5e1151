import { element, icon, screen } from "./elements.js";
import { approximatePosition, metresBetween } from "./geography.js";
import { connection } from "./sync.js";
import { words } from "./words.js";
import { isCapturing, isUnsent, operationsOf, progress, steps, tasksOf } from "./work.js";

const ORDER = ["attention", "todo", "offered", "waiting"];

/** A task in a word, and which group of the list it belongs to. */
export function standing(task, done) {
  if (done.conflicts.length > 0) {
    return { group: "attention", text: words.states.conflict };
  }
  if (done.submission && (isUnsent(done.submission) || task.state === "CAPTURING")) {
    const text = isUnsent(done.submission) ? words.states.submitting : words.states.SUBMITTED;
    return { group: "waiting", text };
  }
  if (done.reply?.kind === "DECLINE") {
    return { group: "waiting", text: words.states.declining };
  }
  if (task.state === "CAPTURING" && !task.mine) {
    return { group: "waiting", text: words.states.taken(task.engineer) };
  }
  if (isCapturing(task, done)) {
    if (done.execution) {
      return { group: "todo", text: words.states.begun };
    }
    if (done.reply) {
      return { group: "todo", text: words.states.accepting };
    }
    return task.round > 1
      ? { group: "todo", text: words.states.asked(task.round) }
      : { group: "todo", text: words.states.CAPTURING };
  }
  return { group: task.state === "OFFERED" ? "offered" : "waiting", text: words.states[task.state] };
}

export async function taskList(login) {
  const [tasks, operations, here] = await Promise.all([
    tasksOf(login.username),
    operationsOf(login.username),
    approximatePosition(),
  ]);
  const entries = tasks
    .map((task) => ({ task, done: progress(task, operations) }))
    .map((entry) => ({ ...entry, standing: standing(entry.task, entry.done) }))
    .sort(
      (one, other) =>
        ORDER.indexOf(one.standing.group) - ORDER.indexOf(other.standing.group) ||
        one.task.visitUntil.localeCompare(other.task.visitUntil),
    );
  const view = screen(
    words.tasks.title,
    null,
    login.problem && element("p.notice.wrong", words.deviceProblem(login.problem)),
    entries.length === 0 && element("p.empty", login.synchronisedAt ? words.tasks.none : words.tasks.noneYet),
    element("ul", entries.map((entry) => element("li", card(entry, here)))),
  );
  return { ...view, lively: true };
}

function card({ task, done, standing: { group, text } }, here) {
  const late = Date.parse(task.visitUntil) < Date.now();
  const early = Date.parse(task.visitFrom) > Date.now();
  const window = late
    ? words.tasks.late(task.visitUntil)
    : `${early ? `${words.tasks.from(task.visitFrom)} ` : ""}${words.tasks.until(task.visitUntil)}`;
  const reachable = task.requirements.offline || connection.state !== "offline";
  return element(
    `a.card.${group}`,
    { href: `#/tasks/${task.id}` },
    element(
      "span.cardTop",
      element("strong", task.site.name),
      here && element("span.distance", words.distance(metresBetween(here, task.site))),
    ),
    element("span.soft", `${task.site.code} · ${task.project.name}`),
    element(
      "span.cardState",
      element(`span.pill.${group}`, text),
      group !== "waiting" && element(late ? "span.late" : "span", window),
    ),
    group !== "waiting" &&
      element("span.soft", reachable ? words.tasks.asked(steps(task, done.evidence)) : words.tasks.needsNetwork),
    icon("forward"),
  );
}
