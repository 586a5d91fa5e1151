import { ask, button, element, field, go, screen } from "./elements.js";
import { answer, read } from "./store.js";
import { isSignedIn, signIn, signOut } from "./session.js";
import { synchroniseNow } from "./sync.js";
import { words } from "./words.js";
import { isUnsent, unsentOf } from "./work.js";

/** Asks who somebody is, or only for the password of `login`. */
export async function signInView(login) {
  const others = login ? [] : await peopleWithUnsentWork();
  const username = element("input", {
    name: "username",
    autocomplete: "username",
    autocapitalize: "none",
    spellcheck: "false",
    required: true,
    value: login?.username,
    readonly: Boolean(login),
  });
  const password = element("input", {
    name: "password",
    type: "password",
    autocomplete: "current-password",
    required: true,
  });
  const problem = element("p.error", { role: "alert" });
  const submit = element("button", words.signIn.submit);
  const form = element(
    "form",
    {
      onsubmit: async (event) => {
        event.preventDefault();
        problem.textContent = "";
        submit.disabled = true;
        try {
          await signIn(username.value.trim(), password.value);
          navigator.storage?.persist?.();
          if (!login || location.hash === "#/signIn") {
            go("#/");
          }
          await synchroniseNow();
        } catch (failure) {
          problem.textContent = failure.status
            ? failure.message
            : navigator.onLine
              ? words.signIn.unreachable
              : words.signIn.offline;
        } finally {
          submit.disabled = false;
        }
      },
    },
    field(words.signIn.username, username),
    field(words.signIn.password, password),
    problem,
    submit,
  );
  return screen(
    login ? words.signIn.again : words.signIn.title,
    login && "#/",
    element("p", login ? words.signIn.againWhy : words.signIn.intro),
    others.length > 0 && element("p.notice", words.signIn.waiting(others)),
    form,
  );
}

function peopleWithUnsentWork() {
  return read(["operations", "files"], async ({ operations, files }) => {
    const all = [...(await answer(operations.getAll())), ...(await answer(files.getAll()))];
    return [...new Set(all.filter(isUnsent).map(({ person }) => person))];
  });
}

export async function accountView(login) {
  const leave = async () => {
    const unsent = (await unsentOf(login.username)).length;
    if (
      unsent === 0 ||
      (await ask(words.account.signOutTitle, words.account.signOutUnsent(unsent), words.account.signOutSubmit))
    ) {
      await signOut();
      go("#/");
    }
  };
  const worker = await navigator.serviceWorker?.getRegistration("/field");
  const view = screen(
    words.account.title,
    null,
    element(
      "dl",
      element("dt", words.account.person),
      element("dd", `${login.name} (${login.username})`),
      element("dt", words.account.device),
      element("dd.code", login.device),
    ),
    element("p.hint", worker ? words.account.install : words.account.noWorker),
    !isSignedIn(login) && element("a.button", { href: "#/signIn" }, words.signIn.submit),
    button(words.account.signOut, leave, { class: "plain" }),
  );
  return { ...view, lively: true };
}
