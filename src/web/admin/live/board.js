// Keeps the page up to date: takes what the server sends of it, says when nothing comes, and how old the numbers are then. Without it the
// page reloads by itself.

const RETRY_MS = [1_000, 2_000, 4_000, 8_000];
const CROWDED_MS = 30_000;
/** The server says something at least every ten seconds. */
const SILENT_MS = 25_000;

const status = document.getElementById('live-status');
const words = status.querySelector('.live-words');
const age = status.querySelector('.live-age');
const clock = new Intl.DateTimeFormat(status.dataset.locale === 'en' ? 'en-GB' : status.dataset.locale, {
  timeStyle: 'medium',
  hourCycle: 'h23',
  timeZone: status.dataset.timezone,
});
const zone = age.textContent.slice(age.textContent.indexOf('(')).trim();
const asOf = age.textContent.slice(0, age.textContent.search(/\d/)).trim();

let stream;
let silence;
let retry;
let fails = 0;

function say(state) {
  if (status.dataset.state === state) return;
  status.dataset.state = state;
  words.textContent = status.dataset[state];
  if (state === 'over') words.append(' ', signInLink());
}

function signInLink() {
  const link = document.createElement('a');
  link.href = location.href;
  link.textContent = status.dataset.signIn;
  return link;
}

function isCurrent() {
  say('live');
  age.textContent = `${asOf} ${clock.format(Date.now())} ${zone}`;
}

const take = {
  parts(data) {
    for (const [id, html] of Object.entries(JSON.parse(data))) put(id, html);
    isCurrent();
  },
  same: isCurrent,
  away: () => say('away'),
  gone: () => finish('gone'),
  over: () => finish('over'),
};

// What is open stays open, what has the focus keeps it, and what somebody has selected is not taken from under their hands.
function put(id, html) {
  const place = document.getElementById(id);
  if (place === null) return;
  const selection = getSelection();
  if (!selection.isCollapsed && selection.containsNode(place, true)) return void late.set(id, html);
  const open = [...place.querySelectorAll('details[open]')].map((details) => details.id);
  const focused = place.contains(document.activeElement) ? pathTo(document.activeElement, place) : undefined;
  place.innerHTML = html;
  for (const details of open) document.getElementById(details)?.setAttribute('open', '');
  if (focused !== undefined) at(focused, place)?.focus({ preventScroll: true });
}

const late = new Map();
document.addEventListener('selectionchange', () => {
  if (!getSelection().isCollapsed) return;
  const waiting = [...late];
  late.clear();
  for (const [id, html] of waiting) put(id, html);
});

const pathTo = (element, place) =>
  element === place
    ? []
    : [...pathTo(element.parentElement, place), [...element.parentElement.children].indexOf(element)];
const at = (path, place) => path.reduce((element, index) => element?.children[index], place);

async function connect() {
  clearTimeout(retry);
  if (document.hidden || stream !== undefined) return;
  const own = (stream = new AbortController());
  if (status.dataset.state !== 'away') say('joining');
  try {
    heard(own);
    const answer = await fetch(status.dataset.stream, {
      headers: { Accept: 'text/event-stream' },
      signal: own.signal,
      redirect: 'error',
    });
    if (answer.ok) await read(answer.body, own);
    else refused(answer.status);
  } catch {
    // The server is gone, or the line: what comes after is the same.
  }
  if (stream !== own) return;
  stream = undefined;
  clearTimeout(silence);
  if (isFinished()) return;
  if (!['away', 'crowded'].includes(status.dataset.state)) say('lost');
  retry = setTimeout(
    () => void connect(),
    status.dataset.state === 'crowded' ? CROWDED_MS : RETRY_MS[Math.min(fails, RETRY_MS.length - 1)],
  );
  fails += 1;
}

function refused(code) {
  if (code === 401) finish('over');
  else if (code === 404) finish('gone');
  else if (code === 429) say('crowded');
  else if (code === 503) say('away');
}

async function read(body, own) {
  const decoder = new TextDecoder();
  let text = '';
  for (const reader = body.getReader(); ;) {
    const { value, done } = await reader.read();
    if (done || stream !== own) return;
    heard(own);
    text += decoder.decode(value, { stream: true });
    const events = text.split('\n\n');
    text = events.pop();
    for (const event of events) hear(event);
  }
}

function hear(event) {
  const fields = Object.fromEntries(event.split('\n').map((line) => line.split(/: ?(.*)/s, 2)));
  if (fields.event === undefined) return;
  fails = 0;
  take[fields.event]?.(fields.data ?? '');
}

function heard(own) {
  clearTimeout(silence);
  silence = setTimeout(() => own.abort(), SILENT_MS);
}

const isFinished = () => ['over', 'gone'].includes(status.dataset.state);

function finish(state) {
  say(state);
  leave();
}

function leave() {
  clearTimeout(retry);
  clearTimeout(silence);
  stream?.abort();
  stream = undefined;
}

// Nobody looks: nobody need work for it.
document.addEventListener('visibilitychange', () => {
  if (document.hidden) leave();
  else if (!isFinished()) void connect();
});
addEventListener('pagehide', leave);
addEventListener('pageshow', () => !isFinished() && void connect());
