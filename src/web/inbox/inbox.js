// Shows mails as they come in, and makes the frame as tall as the mail. Without it the list reloads by itself.

const LOOK_EVERY_MS = 1_000;
const AIMING_MS = 800;
const list = document.getElementById('mails');
const status = document.getElementById('status');
let pointedAt = -AIMING_MS;

async function look() {
  // What somebody is about to press stays where it is.
  if (document.hidden || performance.now() - pointedAt < AIMING_MS) return;
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), 'text/html');
  const latest = list.firstElementChild?.value ?? 0;
  const fresh = [...page.getElementById('mails').children].filter(({ value }) => value > latest);
  if (fresh.length === 0) return;
  status.textContent = `A mail came in: ${fresh[0].querySelector('b').textContent}`;
  list.prepend(...fresh);
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
