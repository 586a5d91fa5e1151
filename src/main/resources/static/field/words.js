/** All that the page says, in one place for those who translate it. */

const LANGUAGE = "en";

const time = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
const today = new Intl.DateTimeFormat(LANGUAGE, time);
const anyDay = new Intl.DateTimeFormat(LANGUAGE, { weekday: "short", day: "numeric", month: "short", ...time });

const count = (number, one, more) => `${number} ${number === 1 ? one : more}`;
const list = (texts) => texts.join(", ");

export const words = {
  product: "Field tasks",
  back: "Back",
  cancel: "Cancel",
  remove: "Remove",
  removed: "Removed.",
  submittedAlready: "This visit has been submitted already.",
  broken: (message) => `Something went wrong on this phone: ${message}`,
  storageFull: "This phone has no room left. Free some space and try again; nothing that was saved before is lost.",

  moment(time) {
    const moment = new Date(time);
    return (moment.toDateString() === new Date().toDateString() ? today : anyDay).format(moment);
  },
  distance: (metres) =>
    metres < 1000 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1000).toFixed(metres < 20_000 ? 1 : 0)} km`,
  accuracy: (metres) => `±${metres < 10 ? metres.toFixed(1) : Math.round(metres)} m`,

  connection: {
    idle: "Online",
    busy: "Synchronising…",
    offline: "Offline",
    retrying: "No connection, trying again",
    refused: "The server refuses this phone",
    signInNeeded: "Password needed",
  },
  synchronisedAt: (time) => `last synchronised ${words.moment(time)}`,
  neverSynchronised: "not synchronised yet",
  deviceProblem: (message) => `The server says: ${message}`,

  signIn: {
    title: "Sign in",
    again: "Enter your password to send your work",
    againWhy: "Your login has expired. You can go on working without it; nothing is lost.",
    intro: "Sign in once while you have a network. After that you can work without one.",
    username: "Username",
    password: "Password",
    submit: "Sign in",
    offline: "You are offline. Signing in needs a network.",
    unreachable: "The server cannot be reached. Try again in a moment.",
    waiting: (names) => `Unsent work of ${list(names)} is kept on this phone and is sent when they sign in.`,
  },

  tabs: { tasks: "My tasks", unsent: "Unsent", account: "Account" },
  unsentCount: (number) => count(number, "piece of work not sent yet", "pieces of work not sent yet"),

  tasks: {
    title: "My tasks",
    none: "There is nothing to do for you now.",
    noneYet: "Your tasks appear here once this phone has synchronised.",
    until: (time) => `until ${words.moment(time)}`,
    from: (time) => `from ${words.moment(time)}`,
    late: (time) => `was due ${words.moment(time)}`,
    asked: (steps) => list(steps.map((step) => words.asks[step.name](step.needed))),
    needsNetwork: "This task may be worked on only with a network.",
  },

  asks: {
    gps: (needed) => `position ${words.accuracy(needed)}`,
    photos: (needed) => count(needed, "photo", "photos"),
    serials: (needed) => count(needed, "serial number", "serial numbers"),
    checklist: (needed) => count(needed, "question", "questions"),
    signature: () => "signature",
  },

  states: {
    OFFERED: "Offered to your team",
    CAPTURING: "To do",
    SUBMITTED: "Being checked",
    IN_REVIEW: "In review",
    ESCALATED: "With the project manager",
    AWAITING_CLIENT: "With the client",
    asked: (round) => `Asked again, round ${round}`,
    begun: "In progress",
    taken: (name) => `Accepted by ${name}`,
    accepting: "Accepted, not sent yet",
    declining: "Declined, not sent yet",
    submitting: "Submitted, not sent yet",
    conflict: "Needs attention",
  },

  task: {
    gone: "This task is not yours any more, or needs a network.",
    unsentStays: "What you have not sent is under “Unsent”.",
    visit: "Visit",
    window: (from, until) => `${words.moment(from)} – ${words.moment(until)}`,
    directions: "Directions",
    contact: "Contact",
    key: "Key",
    hazards: "Hazards",
    protectiveEquipment: "Wear",
    position: "Position",
    remark: "Remark",
    again: (round) => `Asked again (round ${round})`,
    againItems: (names) => `Wanted again: ${list(names)}. What is not named stays as it is.`,
    accept: "Accept",
    decline: "Decline",
    declineTitle: "Why does your team not go?",
    declineSubmit: "Decline the task",
    accepted: "Accepted. You can begin.",
    declined: "Declined.",
    evidence: "Evidence",
    submit: "Check and submit",
    submitted: (time) => `Submitted ${words.moment(time)}.`,
    submittedNotSent: (number) =>
      `It is sent as soon as there is a network; ${count(number, "piece waits", "pieces wait")}.`,
    submittedSent: "Submitted and sent.",
  },

  steps: {
    gps: {
      title: "Position",
      state: ({ accuracy, needed }) =>
        `${accuracy ? words.accuracy(accuracy) : "not taken yet"}, needed ${words.accuracy(needed)}`,
    },
    photos: { title: "Photos", state: ({ taken, needed }) => `${taken} of at least ${needed}` },
    serials: {
      title: "Serial numbers",
      state: ({ found, needed, pictured }) =>
        `${found} of ${needed} found${pictured ? `, ${count(pictured, "label photo", "label photos")}` : ""}`,
    },
    checklist: { title: "Checklist", state: ({ answered, needed }) => `${answered} of ${needed} answered` },
    signature: { title: "Signature", state: ({ done }) => (done ? "signed" : "not signed yet") },
  },
  stepDone: "done",
  stepOpen: "open",

  gps: {
    intro: (needed) => `Stand at the site under open sky. Needed: ${words.accuracy(needed)} or better.`,
    start: "Take position",
    repeat: "Take position again",
    stop: "Stop",
    keep: "Keep this one",
    searching: "Searching for satellites…",
    live: "Accuracy now",
    waiting: (needed) => `Waiting for ${words.accuracy(needed)} or better.`,
    kept: (metres) => `Position saved on this phone, ${words.accuracy(metres)}.`,
    last: "Saved position",
    fixedAt: (time) => `taken ${words.moment(time)}`,
    good: "Accurate enough",
    poor: "Less accurate than needed; it will be looked at by a reviewer. Try again if you can.",
    fromSite: (metres) => `${words.distance(metres)} from the site`,
    denied: "This page may not use your position. Allow it in the settings of the browser, then try again.",
    unavailable: "No position was found. Go outside, away from walls and metal, and try again.",
  },

  photos: {
    intro: (needed) => `At least ${count(needed, "different photo", "different photos")}.`,
    take: "Take a photo",
    kept: (number) => `Photo ${number} saved on this phone.`,
    name: (number) => `Photo ${number}`,
    removeTitle: "Remove this photo?",
    removed: "Photo removed.",
    unfit: "This is no JPEG or PNG picture. Set the camera to save JPEG (“most compatible”).",
    tooLarge: "This picture is larger than 25 MB or 50 megapixels. Choose a smaller size in the camera.",
    unreadable: "This picture cannot be read. Take it again.",
  },

  serials: {
    intro: "Tick off what is there. Also enter what is there and not on the list.",
    toScan: "Numbers that are not read from the label are checked by a reviewer.",
    expected: "Expected",
    unexpected: "Also found",
    none: "No equipment is expected here.",
    label: "Serial number",
    add: "Add",
    added: (serial) => `${serial} saved on this phone.`,
    scan: "Scan a barcode",
    scanning: "Hold the barcode in front of the camera.",
    noCamera: "This page may not use the camera. Allow it in the settings of the browser, or type the number.",
    photo: "Photo of the label",
    photos: "Label photos",
    photoHint: "The server reads the number from a barcode or QR code on the photo.",
    photoName: (number) => `Label ${number}`,
    removeTitle: (serial) => `Remove ${serial}?`,
  },

  checklist: {
    yes: "Yes",
    no: "No",
    optional: "optional",
    number: "Enter a number.",
    kept: "Answer saved on this phone.",
  },

  signature: {
    intro: "Somebody at the site signs here with a finger.",
    name: "Name of who signs",
    pad: "Signature field, draw with a finger or the mouse",
    clear: "Clear",
    keep: "Save signature",
    nameMissing: "Enter the name of who signs.",
    drawingMissing: "The field is empty. Sign in it first.",
    kept: "Signature saved on this phone.",
    signedBy: (name, time) => `Signed by ${name}, ${words.moment(time)}`,
    replace: "Sign again",
  },

  submit: {
    title: "Submit",
    complete: "Everything that was asked for is there.",
    nothing: "Capture something first.",
    missingTitle: "Still missing",
    missing: {
      gps: (step) =>
        step.accuracy
          ? `The position is accurate to ${words.accuracy(step.accuracy)}; ${words.accuracy(step.needed)} is needed`
          : "The position has not been taken",
      photos: (step) => count(step.needed - step.taken, "more photo", "more photos"),
      serials: (step) => count(step.needed - step.found - step.pictured, "serial number", "serial numbers"),
      checklist: () => "Required questions are not answered",
      signature: () => "Nobody has signed",
    },
    note: "Note for the reviewer",
    noteWhy: "Why is it missing?",
    submit: "Submit",
    submitAnyway: "Submit all the same",
    final: "After that nothing can be added or changed.",
    done: "Submitted. It is sent as soon as there is a network.",
  },

  unsent: {
    title: "Unsent work",
    none: "Everything has been sent.",
    sendNow: "Send now",
    offline: "You are offline. Your work is safe on this phone.",
    attention: "Needs attention",
    understood: "Understood, remove from this list",
    kinds: {
      ACCEPT: "Acceptance",
      DECLINE: "Refusal",
      START: "Begin of the visit",
      FIX: "Position",
      PHOTO: "Photo (details)",
      SERIAL: "Serial number",
      ANSWER: "Answer",
      SIGNATURE: "Signature (details)",
      SUBMIT: "Submission",
    },
    files: { PHOTO: "Photo", SIGNATURE: "Signature" },
    size: (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`),
    states: {
      WAITING: "waiting",
      SENDING: "sending",
      SENT: "sent",
      STALE: "not needed any more",
      CONFLICT: "conflict",
      REFUSED: "refused",
    },
    sentPart: (percent) => `sending, ${percent} %`,
    next: {
      NONE: "There is nothing for you to do.",
      FETCH_TASK: "The task has changed. Look at it again under “My tasks”.",
      SEND_EVIDENCE: "The missing evidence is sent again by itself.",
      UPLOAD_FILE: "The missing picture is uploaded by itself.",
      CORRECT: "Capture it again and submit again, or submit without it.",
      WAIT_FOR_SUPERVISOR: "It is kept. A supervisor decides what becomes of it; you need not do anything.",
      STOP: "Stop working on this task and ask your coordinator.",
      ADOPTED: "A supervisor has looked at it and taken it up.",
      SET_ASIDE: "A supervisor has looked at it: it stays on record and does not count.",
    },
  },

  account: {
    title: "Account",
    person: "Signed in as",
    device: "This phone",
    install: "Tip: choose “Add to home screen” in the menu of the browser; this page then opens like an app.",
    noWorker: "This browser cannot open the page without a network. Keep it open while you are in the field.",
    signOut: "Sign out",
    signOutTitle: "Sign out with unsent work?",
    signOutUnsent: (number) =>
      `${words.unsentCount(number)}. It stays on this phone and is sent when you sign in here again.`,
    signOutSubmit: "Sign out all the same",
  },
};
