import { button, element, notice, screen } from "./elements.js";
import { forget } from "./queue.js";
import { connection, synchroniseNow } from "./sync.js";
import { words } from "./words.js";
import { filesOf, isUnsent, operationsOf } from "./work.js";

/** What the server has not answered for, and the answers that somebody has to know of. */
export async function unsentView(login) {
  const [operations, files] = await Promise.all([operationsOf(login.username), filesOf(login.username)]);
  const refused = [
    ...operations.filter(({ state }) => state === "CONFLICT"),
    ...files.filter(({ state }) => state === "REFUSED").map((file) => ({ ...file, next: "CORRECT" })),
  ];
  const waiting = [...operations, ...files].filter(isUnsent);
  const stale = operations.filter(({ state }) => state === "STALE");
  const view = screen(
    words.unsent.title,
    null,
    login.problem && element("p.notice.wrong", words.deviceProblem(login.problem)),
    connection.state === "offline" && element("p.notice", words.unsent.offline),
    waiting.length + refused.length === 0 && notice("good", element("p", words.unsent.none)),
    refused.length > 0 && element("h2", words.unsent.attention),
    grouped(refused).map(attention),
    button(words.unsent.sendNow, synchroniseNow, { disabled: connection.state === "offline" }),
    waiting.length > 0 && element("h2", words.unsentCount(waiting.length)),
    element("ul", [...waiting, ...stale].map((item) => element("li", entry(item)))),
  );
  return { ...view, lively: true };
}

/** What has the same reason at the same site is told once. */
function grouped(items) {
  const groups = new Map();
  for (const item of items) {
    const key = [item.task, item.message, item.next].join("\n");
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()];
}

function attention(items) {
  const [{ about, message, next }] = items;
  const names = [...new Set(items.map(nameOf))].join(", ");
  return notice(
    "wrong",
    element("p.soft", `${about} · ${names}`),
    element("strong", message),
    element("p", words.unsent.next[next]),
    button(words.unsent.understood, () => forget(items), { class: "plain small" }),
  );
}

function entry(item) {
  const percent = item.size && Math.floor((100 * item.received) / item.size);
  const state = item.state === "SENDING" && percent ? words.unsent.sentPart(percent) : words.unsent.states[item.state];
  return element(
    "div.entry",
    element(
      "span",
      element("strong", item.size ? `${nameOf(item)} (${words.unsent.size(item.size)})` : nameOf(item)),
      element("span.soft", item.at ? `${item.about} · ${words.moment(item.at)}` : item.about),
      item.message && element("span.soft", item.message),
    ),
    element(`span.pill.${item.state.toLowerCase()}`, state),
  );
}

function nameOf(item) {
  return item.sequence ? words.unsent.kinds[item.kind] : words.unsent.files[item.kind];
}
