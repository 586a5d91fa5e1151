import { element, icon, screen } from "./elements.js";
import { approximatePosition, metresBetween } from "./geography.js";
import { connection } from "./sync.js";
import { words } from "./words.js";
import { isCapturing, isUnsent, operationsOf, progress, steps, tasksOf } from "./work.js";

const ORDER = ["attention", "todo", "offered", "waiting"];

/** Which group of the list a task belongs to, and how it stands in a word. */
export function standing(task, done) {
  if (done.conflicts.length > 0) {
    return ["attention", words.states.conflict];
  }
  if (done.submission && (isUnsent(done.submission) || task.state === "CAPTURING")) {
    return ["waiting", isUnsent(done.submission) ? words.states.submitting : words.states.SUBMITTED];
  }
  if (done.reply?.kind === "DECLINE") {
    return ["waiting", words.states.declining];
  }
  if (task.state === "CAPTURING" && !task.mine) {
    return ["waiting", words.states.taken(task.engineer)];
  }
  if (isCapturing(task, done)) {
    if (done.execution) {
      return ["todo", words.states.begun];
    }
    if (done.reply) {
      return ["todo", words.states.accepting];
    }
    return ["todo", task.round > 1 ? words.states.asked(task.round) : words.states.CAPTURING];
  }
  return [task.state === "OFFERED" ? "offered" : "waiting", words.states[task.state]];
}

export async function taskList(login) {
  const [tasks, operations, here] = await Promise.all([
    tasksOf(login.username),
    operationsOf(login.username),
    approximatePosition(),
  ]);
  const entries = tasks
    .map((task) => {
      const done = progress(task, operations);
      const [group, text] = standing(task, done);
      return { task, done, group, text };
    })
    .sort(
      (one, other) =>
        ORDER.indexOf(one.group) - ORDER.indexOf(other.group) ||
        one.task.visitUntil.localeCompare(other.task.visitUntil),
    );
  const none = login.synchronisedAt && connection.state !== "offline" ? words.tasks.none : words.tasks.noneYet;
  const view = screen(
    words.tasks.title,
    null,
    login.problem && element("p.notice.wrong", words.deviceProblem(login.problem)),
    entries.length === 0 && element("p.empty", none),
    element("ul", entries.map((entry) => element("li", card(entry, here)))),
  );
  return { ...view, lively: true };
}

function card({ task, done, group, text }, here) {
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
