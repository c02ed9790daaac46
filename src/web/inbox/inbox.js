// Shows mails as they come in, and makes the frame as tall as the mail. Without it the list reloads by itself.

const LOOK_EVERY_MS = 1_000;
const AIMING_MS = 800;
const list = document.getElementById('mails');
const status = document.getElementById('status');
let pointedAt = -AIMING_MS;
let isLooking = false;

async function look() {
  // What somebody is about to press stays where it is.
  if (isLooking || document.hidden || performance.now() - pointedAt < AIMING_MS) return;
  isLooking = true;
  try {
    const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
    showFresh([...page.getElementById('mails').children]);
  } finally {
    isLooking = false;
  }
}

// Mails that come in at the same moment may be there in another order than their numbers: each goes to its place.
function showFresh(lines) {
  const shown = new Set([...list.children].map(({ value }) => value));
  const fresh = lines.filter(({ value }) => !shown.has(value));
  if (fresh.length === 0) return;
  status.textContent = `A mail came in: ${fresh[0].querySelector('b').textContent}`;
  for (const line of fresh) {
    const older = [...list.children].find(({ value }) => value < line.value);
    list.insertBefore(line, older ?? null);
  }
}

function fit(frame) {
  const mail = frame.contentDocument?.documentElement;
  if (mail) frame.style.height = `${Math.ceil(mail.getBoundingClientRect().height) + 2}px`;
}

for (const frame of document.querySelectorAll('iframe')) {
  const watch = new ResizeObserver(() => fit(frame));
  const ready = () => frame.contentDocument && watch.observe(frame.contentDocument.documentElement);
  frame.addEventListener('load', ready);
  ready();
}
list.addEventListener('pointermove', () => (pointedAt = performance.now()));
// A demo that has ended answers no more; its mails stay on the page.
setInterval(() => void look().catch(() => undefined), LOOK_EVERY_MS);
