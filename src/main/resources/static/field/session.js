import { answer, read, write } from "./store.js";

/** Who is signed in on this phone, and the tokens that prove it. */

const API = "/api/v1";

/** An access token that expires sooner than this, in milliseconds, is not used any more. */
const MARGIN = 60_000;

/** After so many milliseconds a network is given up on. */
const PATIENCE = 120_000;

/** The password is needed again. */
export class SignInNeeded extends Error {}

/** There is no network, or the server cannot answer now, its status being the cause: it is worth trying again later. */
export class Unreachable extends Error {}

/** The server says no, with a problem (RFC 9457). */
export class Refused extends Error {
  constructor(status, problem) {
    const errors = problem.errors?.map(({ field, reason }) => `${field}: ${reason}`).join("; ");
    super(errors ?? problem.detail ?? problem.title ?? `HTTP ${status}`);
    this.status = status;
    this.field = problem.errors?.[0]?.field;
  }
}

export async function signIn(entered, password) {
  const response = await send("/login", { method: "POST", json: { username: entered, password } });
  const tokens = await response.json();
  const { username, name } = await (await send("/me", { token: tokens.accessToken })).json();
  await write(["logins", "settings"], async ({ logins, settings }) => {
    const before = await answer(logins.get(username));
    logins.put({ device: crypto.randomUUID(), ...before, username, name, ...lasting(tokens) });
    settings.put({ key: "person", value: username });
  });
}

/** Forgets the tokens and the tasks; what was captured and not sent stays until its person signs in again. */
export async function signOut() {
  const { username } = await currentLogin();
  if (navigator.onLine) {
    await call(username, "/logout", { method: "POST" }).catch(() => {});
  }
  await write(["logins", "settings", "tasks"], async ({ logins, settings, tasks }) => {
    const { device, name } = await answer(logins.get(username));
    logins.put({ username, device, name });
    settings.delete("person");
    for (const key of await answer(tasks.index("person").getAllKeys(username))) {
      tasks.delete(key);
    }
  });
}

/** The login of whoever uses the phone now, even if the tokens have expired; nothing when nobody does. */
export function currentLogin() {
  return read(["settings", "logins"], async ({ settings, logins }) => {
    const person = await answer(settings.get("person"));
    return person && answer(logins.get(person.value));
  });
}

export function changeLogin(username, changes) {
  return write(["logins"], async ({ logins }) => {
    logins.put({ ...(await answer(logins.get(username))), ...changes });
  });
}

/** Whether work can be sent without asking for the password, as far as the phone knows. */
export function isSignedIn(login) {
  return Boolean(login.refreshToken);
}

/** Asks the server as `username`. */
export async function call(username, path, request = {}) {
  const token = await accessToken(username);
  try {
    return await send(path, { ...request, token });
  } catch (failure) {
    if (failure.status !== 401) {
      throw failure;
    }
    return send(path, { ...request, token: await accessToken(username, token) });
  }
}

/**
 * A refresh token works once: whoever comes with it again is taken for a thief, and its person has to sign in anew. So
 * one page or worker at a time exchanges it, and the next finds what was given in return.
 */
function accessToken(username, rejected) {
  return navigator.locks.request(`tokens of ${username}`, async () => {
    const login = await read(["logins"], ({ logins }) => answer(logins.get(username)));
    if (login.accessToken && login.accessToken !== rejected && login.usableUntil - MARGIN > Date.now()) {
      return login.accessToken;
    }
    if (!isSignedIn(login)) {
      throw new SignInNeeded();
    }
    try {
      const response = await send("/login/refresh", { method: "POST", json: { refreshToken: login.refreshToken } });
      const tokens = lasting(await response.json());
      await changeLogin(username, tokens);
      return tokens.accessToken;
    } catch (failure) {
      if (failure.status === 401) {
        await changeLogin(username, { accessToken: null, refreshToken: null });
        throw new SignInNeeded();
      }
      throw failure.status === 409 ? new Unreachable(failure.message) : failure;
    }
  });
}

function lasting({ accessToken, expiresIn, refreshToken }) {
  return { accessToken, usableUntil: Date.now() + 1000 * expiresIn, refreshToken };
}

async function send(path, { method = "GET", json, body, headers = {}, token }) {
  const response = await fetch(API + path, {
    method,
    body: json ? JSON.stringify(json) : body,
    headers: {
      ...headers,
      ...(json && { "Content-Type": "application/json" }),
      ...(token && { Authorization: `Bearer ${token}` }),
    },
    cache: "no-store",
    credentials: "omit",
    signal: AbortSignal.timeout(PATIENCE),
  }).catch((failure) => {
    throw new Unreachable(failure.message);
  });
  if (response.ok) {
    return response;
  }
  const problem = await response.json().catch(() => ({}));
  if (response.status >= 500) {
    throw new Unreachable(problem.detail ?? `HTTP ${response.status}`, { cause: response.status });
  }
  throw new Refused(response.status, problem);
}
