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

checkNode();
installPackages();
if (!usesAnotherRedis()) provide('redis', 'a Redis server', ['redis-server', 'valkey-server']);
if (process.argv.includes('--browser')) {
  const apps = [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ];
  provide('chromium', 'Chromium', [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    ...apps,
  ]);
}
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

/** A given Redis serves the program, but the tests start and kill servers of their own. */
function usesAnotherRedis() {
  if (process.env.npm_lifecycle_event !== 'partwork') return false;
  const dotenv = join(ROOT, '.env');
  return (
    Boolean(process.env.REDIS_URL) ||
    (existsSync(dotenv) && /^\s*REDIS_URL=\S/m.test(readFileSync(dotenv, 'utf8')))
  );
}

function provide(thing, title, programs) {
  if (programs.some(isThere)) return;
  const { manager, typed, command } = installation(thing);
  if (command !== undefined) mustRun(`Installing ${title} (${manager})`, command, UNAVAILABLE);
  if (programs.some(isThere)) return;

  say(`Partwork needs ${title} (${programs.slice(0, 2).join(' or ')}), and there is none on PATH.`);
  if (command !== undefined)
    say(`${manager} said it has installed one; it may have put it into a folder that is not on PATH.`);
  else if (typed !== undefined) say(`Run this, then try again:\n\n    ${typed}\n`);
  else say('Install one with the package manager of your system, then try again.');
  if (thing === 'redis') say('Or set REDIS_URL to a Redis you have.');
  process.exit(UNAVAILABLE);
}

function build() {
  if (existsSync(join(ROOT, 'dist')) && readStamp('built') === sourceFingerprint()) return;
  mustRun('Building dist/', [process.execPath, join(ROOT, '.ci/build.mjs')]);
}

/** Runs a tool, silently; ends this program with `exitCode` when it fails. */
function mustRun(title, command, exitCode = 1) {
  const failure = run(title, command);
  if (failure) giveUp(failure, exitCode);
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
  return { message: `${title}: failed (${reason}).`, file, log: readFileSync(file, 'utf8').trimEnd() };
}

/** Tools give their reason at the beginning or at the end. */
function giveUp({ message, file, log }, exitCode = 1) {
  const lines = log.split('\n');
  const cut = lines.length - 2 * LINES_OF_LOG;
  if (cut > 0) lines.splice(LINES_OF_LOG, cut, `(… ${cut} lines more in ${file})`);
  say(lines.join('\n'));
  say(`${message} What it said is above.`);
  process.exit(exitCode);
}

/** Standard output belongs to the program that is started after this. */
function say(text) {
  process.stderr.write(`${text}\n`);
}
