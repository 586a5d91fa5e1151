import { announce, ask, button, element, field, go, icon, notice, screen } from "./elements.js";
import { directionsTo } from "./geography.js";
import { connection } from "./sync.js";
import { standing } from "./taskList.js";
import { words } from "./words.js";
import { isCapturing, operationsOf, progress, reply, steps, submit, taskOf, unsentOf } from "./work.js";

async function opened(login, id) {
  const task = await taskOf(login.username, id);
  return { task, done: task && progress(task, await operationsOf(login.username)) };
}

function gone() {
  return screen(words.task.gone, "#/", element("p", words.task.unsentStays));
}

/** A view on which evidence is captured, as long as the task is open for it. */
export function capturing(view) {
  return async (login, id) => {
    const { task, done } = await opened(login, id);
    return task && isCapturing(task, done) ? view(task, done) : gone();
  };
}

export async function taskView(login, id) {
  const { task, done } = await opened(login, id);
  if (!task) {
    return { ...gone(), lively: true };
  }
  const [group, text] = standing(task, done);
  const unsent = (await unsentOf(login.username)).filter((item) => item.task === id);
  const reachable = task.requirements.offline || connection.state !== "offline";
  const view = screen(
    task.site.name,
    "#/",
    element("p.soft", `${task.site.code} · ${task.project.name}`),
    element("p", element(`span.pill.${group}`, text)),
    ...conflicts(done),
    done.refusal && refused(done.refusal, "CORRECT"),
    reachable ? askedAgain(task) : element("p.notice", words.tasks.needsNetwork),
    reachable && hazards(task.site),
    reachable && actions(task, done),
    submitted(task, done, unsent.length),
    reachable && place(task),
  );
  return { ...view, lively: true };
}

function conflicts({ conflicts }) {
  const told = new Map(conflicts.map(({ message, next }) => [message, next]));
  return [...told].map(([message, next]) => refused(message, next));
}

function refused(message, next) {
  return notice("wrong", element("strong", message), element("p", words.unsent.next[next]));
}

function askedAgain({ round, remark, askedAgain: items, execution }) {
  const again = round > 1;
  if (!remark && !again) {
    return null;
  }
  const named = items.map((item) => words.steps[item]?.title ?? item);
  return notice(
    "again",
    element("strong", again ? words.task.again(round) : words.task.remark),
    element("p.lines", remark),
    again && named.length > 0 && element("p", words.task.againItems(named)),
    again && element("ul.reasons", (execution?.reasons ?? []).map((reason) => element("li", reason))),
  );
}

function actions(task, done) {
  if (isCapturing(task, done)) {
    return element(
      "div",
      element("h2", words.task.evidence),
      element("ul.steps", steps(task, done.evidence).map((step) => element("li", row(task, step)))),
      element("a.button", { href: `#/tasks/${task.id}/submit` }, words.task.submit),
    );
  }
  if (task.state !== "OFFERED" || done.reply || done.conflicts.length > 0) {
    return null;
  }
  return element(
    "div.actions",
    button(words.task.accept, async () => {
      await reply(task, "ACCEPT", {});
      announce(words.task.accepted);
    }),
    element("a.button.plain", { href: `#/tasks/${task.id}/decline` }, words.task.decline),
  );
}

function row(task, step) {
  const { title, state } = words.steps[step.name];
  return link(
    task,
    step,
    element("strong", title),
    element("span.unseen", ` (${step.done ? words.stepDone : words.stepOpen}) `),
    element("span.soft", state(step)),
  );
}

function link(task, { name, done }, ...text) {
  return element(
    done ? "a.step.done" : "a.step",
    { href: `#/tasks/${task.id}/${name}` },
    element("span.stepIcon", icon(done ? "done" : name)),
    element("span.stepText", ...text),
    icon("forward"),
  );
}

function submitted(task, done, unsent) {
  if (!done.submission || (task.state !== "CAPTURING" && unsent === 0)) {
    return null;
  }
  const state = unsent > 0 ? words.task.submittedNotSent(unsent) : words.task.submittedSent;
  return notice("sent", element("strong", words.task.submitted(done.submission.at)), element("p", state));
}

function hazards({ access: { hazards } }) {
  return hazards && notice("wrong", element("strong", words.task.hazards), element("p.lines", hazards));
}

function place({ site, visitFrom, visitUntil }) {
  const { contact, key, protectiveEquipment } = site.access;
  const facts = [
    [words.task.visit, words.task.window(visitFrom, visitUntil)],
    [words.task.contact, contact],
    [words.task.key, key],
    [words.task.protectiveEquipment, protectiveEquipment],
    [words.task.position, `${site.latitude.toFixed(5)}, ${site.longitude.toFixed(5)}`],
  ];
  return element(
    "div.place",
    site.address && element("p.lines", site.address),
    element(
      "a.button.plain", { href: directionsTo(site), rel: "noopener noreferrer" },
      icon("directions"),
      words.task.directions,
    ),
    element(
      "dl",
      facts
        .filter(([, value]) => value)
        .flatMap(([name, value]) => [element("dt", name), element("dd.lines", value)]),
    ),
  );
}

export async function declineView(login, id) {
  const { task } = await opened(login, id);
  if (!task) {
    return gone();
  }
  const reason = element("textarea", { rows: 4, maxlength: 500, required: true });
  const send = () => reply(task, "DECLINE", { reason: reason.value });
  return screen(
    words.task.decline,
    `#/tasks/${id}`,
    form(task, send, words.task.declined, [
      field(words.task.declineTitle, reason),
      element("button.danger", words.task.declineSubmit),
    ]),
  );
}

export const submitView = capturing((task, done) => {
  const missing = steps(task, done.evidence).filter((step) => !step.done);
  const complete = missing.length === 0;
  const note = element("textarea", { rows: 3, maxlength: 1000, required: !complete });
  const send = async () =>
    (await ask(words.submit.title, words.submit.final, words.submit.submit, "button")) &&
    submit(task, note.value);
  return screen(
    words.submit.title,
    `#/tasks/${task.id}`,
    complete ? notice("good", element("p", words.submit.complete)) : element("h2", words.submit.missingTitle),
    element("ul.steps", missing.map((step) => element("li", link(task, step, words.submit.missing[step.name](step))))),
    done.evidence.length === 0
      ? element("p.empty", words.submit.nothing)
      : form(task, send, words.submit.done, [
          field(complete ? words.submit.note : words.submit.noteWhy, note),
          element("button", complete ? words.submit.submit : words.submit.submitAnyway),
        ]),
  );
});

/** Says something final, blanks being nothing, and goes back to the task, unless `send` says that it is not to be. */
function form(task, send, said, fields) {
  const onsubmit = async (event) => {
    event.preventDefault();
    if ((await send()) !== false) {
      announce(said);
      go(`#/tasks/${task.id}`);
    }
  };
  const onchange = ({ target }) => (target.value = target.value.trim());
  return element("form", { onsubmit, onchange }, fields);
}
