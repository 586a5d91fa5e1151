import { announce, element, field, screen } from "./elements.js";
import { capturing } from "./task.js";
import { words } from "./words.js";
import { capture, evidenceOf, leaveOut } from "./work.js";

export const checklistView = capturing(async (task) => {
  const given = Object.fromEntries(
    (await evidenceOf(task, "ANSWER")).map(({ content }) => [content.question, content.value]),
  );

  async function keep(question, value) {
    if (value === (given[question.key] ?? "")) {
      return;
    }
    given[question.key] = value;
    if (value) {
      await capture(task, "ANSWER", { question: question.key, value });
    } else {
      const answers = await evidenceOf(task, "ANSWER");
      await leaveOut(task, answers.find(({ content }) => content.question === question.key));
    }
    announce(value ? words.checklist.kept : words.removed);
  }

  const questions = task.requirements.checklist.map((question) => asked(question, given[question.key], keep));
  return screen(
    words.steps.checklist.title,
    `#/tasks/${task.id}`,
    element("form", { onsubmit: (event) => event.preventDefault() }, questions),
  );
});

function asked(question, value, keep) {
  const label = question.required ? question.question : `${question.question} (${words.checklist.optional})`;
  switch (question.kind) {
    case "YES_NO":
      return choices(question, label, [["yes", words.checklist.yes], ["no", words.checklist.no]], value, keep);
    case "CHOICE":
      return choices(question, label, question.choices.map((choice) => [choice, choice]), value, keep);
    case "NUMBER":
      return number(question, label, value, keep);
    default:
      return text(question, label, value, keep);
  }
}

function choices(question, label, offered, value, keep) {
  return element(
    "fieldset",
    element("legend", label),
    element(
      "div.choices",
      offered.map(([choice, shown]) =>
        element(
          "label.choice",
          element("input", {
            type: "radio",
            name: question.key,
            value: choice,
            checked: choice === value,
            onchange: () => keep(question, choice),
          }),
          element("span", shown),
        ),
      ),
    ),
  );
}

function number(question, label, value, keep) {
  const input = element("input", {
    inputmode: "decimal",
    autocomplete: "off",
    value,
    onchange: () => {
      const entered = input.value.trim().replace(",", ".");
      const wrong = entered !== "" && !/^-?\d+(\.\d+)?$/.test(entered);
      input.setAttribute("aria-invalid", wrong);
      if (wrong) {
        announce(words.checklist.number);
      } else {
        keep(question, entered);
      }
    },
  });
  return field(label, input);
}

function text(question, label, value, keep) {
  const input = element(
    "textarea",
    { rows: 2, maxlength: 1000, onchange: () => keep(question, input.value.trim()) },
    value ?? "",
  );
  return field(label, input);
}
