// Makes the page feel like a chat: it sends without reloading and lets new messages arrive by themselves.
// Without it everything still works, a page at a time; nothing is decided here.

const EVERY = 5000; // how often the page asks whether something new was said
const ARRIVING = 400; // for so long a new question takes no press: it may come under a finger already moving
const chat = document.querySelector("[data-chat]");
const scroller = chat.querySelector(".scroller");
const log = chat.querySelector(".log");
const pending = chat.querySelector(".pending");
const typing = chat.querySelector(".typing");
const alertLine = chat.querySelector(".alert");
const composer = chat.querySelector(".composer"); // not there for somebody who was forgotten
const box = composer?.elements.text;
const fold = document.querySelector(".fold");

let underWay = 0; // sends that have not been answered yet
let queue = Promise.resolve(); // they go out one after another, in the order they were made

const newest = () => Number(log.querySelector(".message:last-of-type")?.dataset.seq ?? 0);
const atEnd = () => Math.abs(scroller.scrollTop) < 80;

function since() {
  const open = [...log.querySelectorAll('[data-state="open"]')];
  return new URLSearchParams({ after: newest(), open: open.slice(-60).map((it) => it.dataset.answers).join() });
}

function freshKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
}

// A page that comes back from the browser's memory, or from a copied tab, must not reuse keys that were spent.
addEventListener("pageshow", () => {
  for (const key of document.querySelectorAll('input[name="key"]')) key.value = freshKey();
});

// ---- Taking in what the server sends back -------------------------------------------------------------

function takeIn(html) {
  const sent = new DOMParser().parseFromString(html, "text/html");
  for (const now of sent.querySelectorAll("[data-seen] > [data-answers]")) {
    const then = log.querySelector(`[data-answers="${Number(now.dataset.answers)}"]`);
    // Only where something changed: a half-filled form must not lose what was typed into it.
    if (then && then.dataset.state !== now.dataset.state) then.replaceWith(document.adoptNode(now));
  }
  for (const now of sent.querySelectorAll("[data-parts] > [data-part]")) {
    for (const then of document.querySelectorAll("body [data-part]")) {
      if (then.dataset.part !== now.dataset.part || then.innerHTML === now.innerHTML) continue;
      then.replaceChildren(...[...now.childNodes].map((node) => document.importNode(node, true)));
    }
  }
  // Forgotten, as was wished: what this page still shows must go as well.
  if (sent.querySelector("[data-gone]") && log.childElementCount) location.reload();
  const arrived = [];
  for (const now of [...sent.querySelectorAll("[data-newer] > *")]) {
    if (now.matches(".message")) {
      // Two requests may have crossed; a message is shown once.
      if (Number(now.dataset.seq) <= newest()) continue;
      joinUp(now);
      arrived.push(now);
    } else if (now.dataset.dayLine === log.querySelector(".message:last-of-type")?.dataset.day) {
      continue; // that day has begun already
    } else if (Number(now.nextElementSibling?.dataset.seq) <= newest()) {
      continue;
    }
    log.append(document.adoptNode(now));
  }
  return arrived;
}

function joinUp(message) {
  const before = log.lastElementChild;
  message.classList.toggle("follows", Boolean(before) && before.dataset.group === message.dataset.group);
  message.classList.add("arriving");
  setTimeout(() => message.classList.remove("arriving"), ARRIVING);
}

function showNewest(arrived) {
  const height = arrived.reduce((sum, it) => sum + it.offsetHeight, 0);
  // More than fits (three weeks at once): begin reading at its beginning.
  if (height > scroller.clientHeight) arrived[0].scrollIntoView({ block: "start" });
  else {
    scroller.scrollTop = 0;
    // Where hardly any height is left the page scrolls, not the chat.
    arrived.at(-1)?.scrollIntoView({ block: "nearest" });
  }
}

function moveFocus(arrived) {
  const asking = arrived.filter((it) => it.querySelector('[data-state="open"]')).at(-1);
  if (!box) return;
  const first = asking?.querySelector('[data-state="open"] :is(select, button, input:not([type="hidden"]))') ?? box;
  // Not into a box on phones, where that would throw up the keyboard.
  if (first.matches("button, select") || matchMedia("(pointer: fine)").matches) first.focus({ preventScroll: true });
}

// ---- Sending ------------------------------------------------------------------------------------------

async function post(url, fields) {
  const answer = await fetch(`${url}?${since()}`, {
    method: "POST",
    headers: { "X-Fragment": "1" },
    body: fields,
    signal: AbortSignal.timeout(60000),
  });
  if (answer.ok) return answer.text();
  leaveIfNobody(answer);
  throw Object.assign(new Error(), { kind: await answer.text() });
}

// Started over in another window: whose page this is, is nobody any more, and what it shows must go.
function leaveIfNobody(answer) {
  if (answer.status === 404) location.replace("/");
}

function waitingSign() {
  typing.hidden = underWay === 0;
  scroller.setAttribute("aria-busy", String(underWay > 0));
}

function send(form, button) {
  const kind = form.dataset.send;
  const fields = new URLSearchParams(new FormData(form));
  if (button?.name) fields.set(button.name, button.value);
  let preview = null;
  if (kind === "say" || kind === "wrong") {
    if (!fields.get("text").trim()) return;
    preview = foretaste(fields.get("text"));
    // The box is free at once; the next line typed is a submit of its own.
    form.elements.key.value = freshKey();
    if (kind === "say") form.reset();
  } else {
    if (form.dataset.sent) return;
    form.dataset.sent = "yes";
    form.classList.add("sent");
    button?.classList.add("chosen");
  }
  const inQuestion = () => Boolean(form.closest(".answers")) && form.contains(document.activeElement);
  underWay += 1;
  scroller.setAttribute("aria-busy", "true");
  // After a breath, so that a quick answer does not flicker.
  const breath = setTimeout(waitingSign, 120);
  scroller.scrollTop = 0;
  queue = queue.then(async () => {
    try {
      const html = await post(form.action, fields);
      alertLine.textContent = "";
      preview?.remove();
      settle(form, kind, true);
      // Asked now, not when it was sent: meanwhile somebody may have begun to type elsewhere.
      const follow = inQuestion();
      const arrived = takeIn(html);
      if (arrived.length) showNewest(arrived);
      if (follow) moveFocus(arrived);
    } catch (error) {
      preview?.remove();
      settle(form, kind, false);
      giveBack(form, kind, fields);
      alertLine.textContent = error.kind || chat.dataset.failed;
    } finally {
      underWay -= 1;
      clearTimeout(breath);
      waitingSign();
    }
  });
}

function settle(form, kind, done) {
  delete form.dataset.sent;
  form.classList.remove("sent");
  form.querySelector(".chosen")?.classList.remove("chosen");
  if (!done || kind === "say" || kind === "wrong") return;
  form.elements.key.value = freshKey();
  if (form.closest(".fold")) {
    // What the clock brought is in the chat, which the open fold would hide.
    fold.open = false;
    fold.querySelector("summary").focus({ preventScroll: true });
  }
}

function giveBack(form, kind, fields) {
  if (kind !== "say" || box.value) return;
  // With its old key: if it did arrive after all, sending again changes nothing.
  box.value = fields.get("text");
  form.elements.key.value = fields.get("key");
}

function foretaste(text) {
  const line = document.createElement("div");
  line.className = "message manager";
  const bubble = document.createElement("div");
  bubble.className = "text";
  bubble.dir = "auto";
  bubble.textContent = text.trim();
  line.append(bubble);
  pending.insertBefore(line, typing);
  return line;
}

document.addEventListener("submit", (event) => {
  if (!event.target.dataset.send) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

// ---- The keyboard -------------------------------------------------------------------------------------

box?.addEventListener("keydown", (event) => {
  // While a Japanese or Chinese word is being composed, Enter belongs to the composing.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  composer.requestSubmit();
});

log.addEventListener("keydown", (event) => {
  // A key held down answers one question, not the next as well.
  if (event.repeat && event.target.matches("button")) return event.preventDefault();
  // Digits act only while a question's buttons have the focus, so that nobody answers by accident.
  if (event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
  event.target.closest(".presses")?.querySelectorAll(".press")[Number(event.key) - 1]?.click();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !fold.open) return;
  fold.open = false;
  fold.querySelector("summary").focus();
});

// ---- What others do: the coach later, the same chat in another window ----------------------------------

setInterval(async () => {
  if (underWay || document.hidden) return;
  try {
    const answer = await fetch(`${chat.dataset.chat}/new?${since()}`, { headers: { "X-Fragment": "1" } });
    leaveIfNobody(answer);
    if (!answer.ok || underWay) return;
    const followed = atEnd();
    const arrived = takeIn(await answer.text());
    if (alertLine.textContent === chat.dataset.gone) alertLine.textContent = "";
    if (arrived.length && followed) showNewest(arrived);
  } catch {
    alertLine.textContent ||= chat.dataset.gone;
  }
}, EVERY);
