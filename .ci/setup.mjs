// Makes a fresh machine ready to run and to work on Partwork: packages, a Redis server, dist/. Silent and quick when there
// is nothing to do. Runs before anything is installed, so it is plain JavaScript. `--browser` asks for Chromium as well.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { lockFingerprint, readStamp, ROOT, sourceFingerprint, writeStamp } from './stamps.mjs';
import { installation, isThere } from './system-packages.mjs';

/** Exit code of a program that lacks something outside of it (sysexits.h, EX_UNAVAILABLE). */
const UNAVAILABLE = 69;
const OLDEST_NODE = '20.19';
const LINES_OF_LOG = 15;
const BROWSERS = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
/** The one command of ours that a Redis elsewhere is enough for: tests and the demo start their own. */
const MAY_USE_ANOTHER_REDIS = process.env.npm_lifecycle_event === 'partwork';

checkNode();
if (!usesAnotherRedis()) provide('redis', 'a Redis server', ['redis-server', 'valkey-server']);
if (process.argv.includes('--browser')) provide('chromium', 'Chromium', BROWSERS);
installPackages();
build();

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE.split('.').map(Number);
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  say(`This is Node ${process.versions.node}, and ${OLDEST_NODE} or newer is needed.`);
  say('Get one from https://nodejs.org/en/download, or with your version manager (`nvm install 22`).');
  process.exit(UNAVAILABLE);
}

function installPackages() {
  const wanted = lockFingerprint();
  if (readStamp('installed') === wanted) return;
  if (!isInstalled()) {
    // Building needs the packages for development, whatever NODE_ENV says.
    const options = ['--include=dev', '--no-audit', '--no-fund'];
    const failure = run('Installing the npm packages (npm ci)', ['npm', 'ci', ...options]);
    if (failure) {
      // `npm ci` refuses a lock file without the packages of other systems, as npm writes it behind a registry that lacks them.
      if (!failure.log.includes('Missing:')) giveUp(failure);
      mustRun('The lock file is not complete; asking npm install instead', [
        'npm',
        'install',
        '--no-save',
        ...options,
      ]);
    }
  }
  writeStamp('installed', wanted);
}

/** Has somebody run `npm install` by hand? npm notes what it put into node_modules. */
function isInstalled() {
  const note = join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(note)) return false;
  const installed = packagesIn(note);
  return Object.entries(packagesIn(join(ROOT, 'package-lock.json'))).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

function packagesIn(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

function usesAnotherRedis() {
  const dotenv = join(ROOT, '.env');
  const settings = existsSync(dotenv) ? readFileSync(dotenv, 'utf8') : '';
  return MAY_USE_ANOTHER_REDIS && (Boolean(process.env.REDIS_URL) || /^\s*REDIS_URL=\S/m.test(settings));
}

function provide(thing, title, programs) {
  if (programs.some(isThere)) return;
  const { manager, typed, command } = installation(thing);
  const failure = command && run(`Installing ${title} with ${manager}`, command);
  if (failure) show(failure);
  if (programs.some(isThere)) return;

  say(`Partwork needs ${title}, and neither ${programs[0]} nor ${programs[1]} is on PATH.`);
  if (command && !failure) say(`${manager} says it has installed one: add the folder it is in to PATH.`);
  else if (typed) say(`Run this, then try again:\n\n    ${typed}\n`);
  else say('Install one with the package manager of your system, then try again.');
  if (thing === 'redis' && MAY_USE_ANOTHER_REDIS) say('Or set REDIS_URL to a Redis you have.');
  process.exit(UNAVAILABLE);
}

function build() {
  if (existsSync(join(ROOT, 'dist')) && readStamp('built') === sourceFingerprint()) return;
  mustRun('Building dist/', [process.execPath, join(ROOT, '.ci/build.mjs')]);
}

/** Runs a tool, silently; ends this program when it fails. */
function mustRun(title, command) {
  const failure = run(title, command);
  if (failure) giveUp(failure);
}

/** What went wrong, with all the tool said; undefined when nothing did. */
function run(title, [program, ...args]) {
  say(`${title} …`);
  const file = join(mkdtempSync(join(tmpdir(), 'partwork-setup-')), 'log');
  const log = openSync(file, 'w');
  const { status, signal, error } = spawnSync(program, args, { cwd: ROOT, stdio: ['ignore', log, log] });
  closeSync(log);
  if (status === 0) {
    rmSync(dirname(file), { recursive: true });
    return undefined;
  }
  const reason = error ? error.message : signal ? `ended by ${signal}` : `exit code ${status}`;
  return {
    message: `${title}: failed (${reason}).`,
    file,
    log: readFileSync(file, 'utf8').trimEnd() || '(nothing)',
  };
}

function giveUp(failure) {
  show(failure);
  process.exit(1);
}

/** Tools give their reason at the beginning or at the end of what they say. */
function show({ message, file, log }) {
  const lines = log.split('\n');
  const cut = lines.length - 2 * LINES_OF_LOG;
  if (cut > 0) lines.splice(LINES_OF_LOG, cut, `(… ${cut} lines more in ${file})`);
  say(`${message} It said:\n${lines.map((line) => `    ${line}`).join('\n')}\n`);
}

/** Standard output belongs to the program that is started after this. */
function say(text) {
  process.stderr.write(`${text}\n`);
}
