import { announce, button, element, notice, screen } from "./elements.js";
import { metresBetween } from "./geography.js";
import { capturing } from "./task.js";
import { words } from "./words.js";
import { capture, evidenceOf } from "./work.js";

const OPTIONS = { enableHighAccuracy: true, maximumAge: 0, timeout: 60_000 };

/** After so long the engineer may have walked on. */
const OUTDATED = 60_000;

/** Watches the position until it is accurate enough, or the engineer takes what there is. */
export const positionView = capturing(async (task) => {
  const needed = task.requirements.gpsAccuracyMetres;
  const live = element("div.live", { hidden: true });
  const saved = element("div");
  const problem = element("p.error", { role: "alert" });
  const start = button(words.gps.start, watch);
  const keepThis = button(words.gps.keep, () => keep(best), { hidden: true, class: "plain" });
  const stop = button(words.gps.stop, end, { hidden: true, class: "plain" });
  let watching = null;
  let best = null;

  function watch() {
    problem.textContent = "";
    best = null;
    live.replaceChildren(element("p", words.gps.searching));
    live.hidden = stop.hidden = false;
    start.hidden = true;
    stop.focus();
    watching = navigator.geolocation.watchPosition(better, failed, OPTIONS);
  }

  function better(position) {
    const isNew = !best || position.timestamp - best.timestamp > OUTDATED;
    if (watching === null || !(isNew || position.coords.accuracy < best.coords.accuracy)) {
      return;
    }
    best = position;
    if (best.coords.accuracy <= needed) {
      keep(best);
      return;
    }
    live.replaceChildren(
      element("p.soft", words.gps.live),
      element("p.figure", words.accuracy(best.coords.accuracy)),
      element("meter", {
        min: 0,
        max: 1,
        value: Math.min(1, needed / best.coords.accuracy),
        "aria-label": words.gps.waiting(needed),
      }),
      element("p", words.gps.waiting(needed)),
    );
    keepThis.hidden = false;
  }

  function failed(failure) {
    const denied = failure.code === failure.PERMISSION_DENIED;
    if (best === null || denied) {
      end();
      problem.textContent = denied ? words.gps.denied : words.gps.unavailable;
    }
  }

  async function keep({ coords: { latitude, longitude, accuracy: accuracyMetres }, timestamp }) {
    end();
    const fixedAt = new Date(timestamp).toISOString();
    await capture(task, "FIX", { latitude, longitude, accuracyMetres, fixedAt, mock: false });
    announce(words.gps.kept(accuracyMetres));
    await show();
  }

  function end() {
    navigator.geolocation.clearWatch(watching);
    watching = null;
    live.hidden = stop.hidden = keepThis.hidden = true;
    start.hidden = false;
    start.focus();
  }

  async function show() {
    const fix = (await evidenceOf(task, "FIX")).at(-1)?.content;
    start.textContent = fix ? words.gps.repeat : words.gps.start;
    if (!fix) {
      return;
    }
    const good = fix.accuracyMetres <= needed;
    start.classList.toggle("plain", good);
    saved.replaceChildren(
      element("h2", words.gps.last),
      notice(
        good ? "good" : "wrong",
        element("p.figure", words.accuracy(fix.accuracyMetres)),
        element("p", good ? words.gps.good : words.gps.poor),
        element("p.soft", words.gps.fixedAt(fix.fixedAt)),
        element("p.soft", words.gps.fromSite(metresBetween(fix, task.site))),
      ),
    );
  }

  await show();
  return {
    ...screen(
      words.steps.gps.title,
      `#/tasks/${task.id}`,
      element("p", words.gps.intro(needed)),
      problem,
      live,
      keepThis,
      stop,
      saved,
      start,
    ),
    close: () => watching !== null && end(),
  };
});
