// Follows what is saved, and the keyboard. Without it every link of the page is still a link.

const REGIONS = ['list', 'settings', 'head', 'bar', 'stage'];
const shown = new Map(REGIONS.map((name) => [name, regionOf(document, name).innerHTML]));
const status = document.getElementById('status');
const observed = new ResizeObserver((entries) => {
  for (const { target } of entries) fit(target.ownerDocument.defaultView?.frameElement);
});
let latest = 0;
/** Where the writer is going, until the page is there. */
let wanted;
let isLost = false;
let revision = document.body.dataset.revision;

/** Shows the page of an address in the place of this one, keeping whatever is the same. */
async function show(address, { isNew = false } = {}) {
  const request = ++latest;
  const response = await fetch(address);
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (request !== latest) return;
  if (isNew) history.pushState(null, '', response.url);
  wanted = undefined;
  revision = page.body.dataset.revision;
  document.title = page.title;
  say('');
  for (const name of REGIONS) exchange(name, regionOf(page, name));
  if (isNew) scrollTo(0, 0);
  document.querySelector('aside [aria-current]')?.scrollIntoView({ block: 'nearest' });
}

function exchange(name, fresh) {
  if (fresh.innerHTML === shown.get(name)) return;
  shown.set(name, fresh.innerHTML);
  const region = regionOf(document, name);
  const [frame, coming] = [region, fresh].map((one) => one.querySelector('iframe'));
  if (frame && coming) return exchangeFrame(region, coming);

  const focused = region.contains(document.activeElement) ? placeOf(document.activeElement) : undefined;
  region.replaceChildren(...fresh.childNodes);
  if (focused) region.querySelector(focused)?.focus();
  if (coming) settle(region.querySelector('iframe'));
}

/** The mail that is shown stays until the next one is ready, so that nothing flickers and nothing scrolls. */
function exchangeFrame(region, coming) {
  for (const late of region.querySelectorAll('.coming')) late.remove();
  const [frame] = region.querySelectorAll('iframe');
  const next = document.importNode(coming, true);
  next.classList.add('coming');
  next.addEventListener(
    'load',
    () => {
      fit(next);
      frame.remove();
      next.classList.remove('coming');
    },
    { once: true },
  );
  region.append(next);
  settle(next);
}

function settle(frame) {
  const ready = () => {
    const mail = frame.contentDocument;
    if (!mail?.documentElement) return;
    mail.addEventListener('keydown', press);
    mail.addEventListener('click', stay);
    observed.observe(mail.documentElement);
    fit(frame);
  };
  frame.addEventListener('load', ready);
  if (frame.contentDocument?.readyState === 'complete') ready();
}

/** As tall as the mail in it, so that the page scrolls and not the frame. */
function fit(frame) {
  const height = frame?.contentDocument?.documentElement?.getBoundingClientRect().height;
  const border = frame ? frame.offsetHeight - frame.clientHeight : 0;
  if (height > 0) frame.style.height = `${Math.ceil(height) + border}px`;
}

/** A link in a mail is told, not followed. */
function stay(event) {
  const link = event.target.closest('a[href]');
  if (!link || link.getAttribute('href').startsWith('#')) return;
  event.preventDefault();
  say(`This link leads to ${link.href}`);
}

function follow(event) {
  const link = event.target.closest('a[href^="/"]');
  const isPlain = !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey && event.button === 0;
  if (!link || !isPlain) return;
  event.preventDefault();
  open(link.href);
}

const keys = document.getElementById('keys');
function press(event) {
  const isTyping = /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping) return;
  if (keys.getAttribute('aria-pressed') !== 'true') return;
  const link = document.querySelector(`main a[data-key~="${CSS.escape(event.key)}"]`);
  if (!link) return;
  event.preventDefault();
  open(link.href);
}

function open(address) {
  wanted = address;
  show(address, { isNew: true }).catch(() => location.assign(address));
}

function follows() {
  const changes = new EventSource('/changes');
  changes.addEventListener('message', ({ data }) => {
    const isBack = isLost;
    isLost = false;
    // A change must not take the writer back from where they are going.
    if (isBack || data !== revision)
      show(wanted ?? location.href, { isNew: wanted !== undefined }).catch(lost);
  });
  changes.addEventListener('error', lost);
}

function lost() {
  isLost = true;
  say('The preview does not answer. Is `partwork preview` still running?');
}

function say(words) {
  if (status.textContent !== words) status.textContent = words;
}

function regionOf(page, name) {
  return page.querySelector(`[data-region="${name}"]`);
}

/** How to find what has the focus in the markup that comes. */
function placeOf(element) {
  const href = element.getAttribute('href');
  const label = element.closest('nav')?.getAttribute('aria-label');
  if (href === null || !label) return undefined;
  return `nav[aria-label="${label}"] a[href="${CSS.escape(href)}"]`;
}

document.addEventListener('click', follow);
document.addEventListener('keydown', press);
addEventListener('popstate', () => {
  show(location.href).catch(lost);
});
keys.addEventListener('click', () => {
  const isOn = keys.getAttribute('aria-pressed') !== 'true';
  keys.setAttribute('aria-pressed', String(isOn));
  localStorage.setItem('keys', isOn ? 'on' : 'off');
});
if (localStorage.getItem('keys') === 'off') keys.setAttribute('aria-pressed', 'false');
const frame = document.querySelector('iframe');
if (frame) settle(frame);
document.querySelector('aside [aria-current]')?.scrollIntoView({ block: 'nearest' });
follows();
