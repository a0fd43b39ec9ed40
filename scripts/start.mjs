/**
 * `npm start`: the desktop application where Electron is on this machine or can be fetched, else
 * the same window in the browser, and one line that says why. `npm run start:browser` asks for
 * the browser. Paths behind `--` are opened: `npm start -- invoice.xml`.
 *
 * Builds first where the build is older than the sources.
 */
import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isFresh, root } from './build-state.mjs'
import { electronProgram } from './electron-program.mjs'

const TEXTS = {
  de: {
    build: 'Eichlicht wird gebaut …',
    fetch: 'Electron fehlt und wird einmalig geladen …',
    browser: (why) => `${why} Eichlicht öffnet sich deshalb im Browser, nur auf diesem Rechner.`,
    missing: 'Electron ist hier nicht installiert.',
    unreachable: (why) => `Electron ließ sich nicht laden (${why}).`,
    failed: (why) => `Electron läuft hier nicht (${why}).`,
    timeout: 'Zeit abgelaufen',
  },
  en: {
    build: 'Building Eichlicht …',
    fetch: 'Electron is missing and is fetched, once …',
    browser: (why) => `${why} So Eichlicht opens in your browser, on this computer only.`,
    missing: 'Electron is not installed here.',
    unreachable: (why) => `Electron could not be fetched (${why}).`,
    failed: (why) => `Electron does not run here (${why}).`,
    timeout: 'timed out',
  },
}
const FETCH_MS = 300_000
/** A program that fails within this time has shown no window. */
const START_MS = 10_000
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

const { LC_ALL, LC_MESSAGES, LANG } = process.env
const named = LC_ALL || LC_MESSAGES || LANG || ''
const locale = /^(?:C|POSIX)?(?:\.|$)/.test(named)
  ? Intl.DateTimeFormat().resolvedOptions().locale
  : named
const words = locale.toLowerCase().startsWith('de') ? TEXTS.de : TEXTS.en
const say = (line) => process.stderr.write(`${line}\n`)

const [wanted, ...rest] = process.argv.slice(2)
const inBrowser = wanted === '--browser'
const args = inBrowser ? rest : process.argv.slice(2)

buildIfOld()
if (inBrowser) await startBrowser()
else {
  const why = await startElectron()
  if (why !== null) {
    say(words.browser(why))
    await startBrowser()
  }
}

function buildIfOld() {
  const built = ['out/main/main.mjs', 'out/preload/preload.cjs', 'out/renderer/index.html']
  const sources = ['src', 'assets/fonts', 'package.json', 'package-lock.json', 'vite.config.ts']
  if (isFresh([...built, 'out/browser/main.mjs'], sources)) return
  say(words.build)
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const { status } = spawnSync(process.execPath, [vite, 'build', '--app', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (status !== 0) process.exit(status ?? 1)
}

/** @returns {Promise<string | null>} why it could not be started */
async function startElectron() {
  let program = electronProgram()
  if (program === null) {
    const why = fetchElectron()
    if (why !== null) return why
    program = electronProgram()
    if (program === null) return words.missing
  }
  const startedAt = performance.now()
  const child = spawn(program, [root, ...args], { stdio: 'inherit' })
  const passOn = (signal) => child.kill(signal)
  for (const signal of SIGNALS) process.on(signal, passOn)
  const end = await new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: 1, why: error.message }))
    child.on('exit', (code, signal) => resolve({ code, why: signal ?? `code ${code}`, signal }))
  })
  for (const signal of SIGNALS) process.off(signal, passOn)
  const asked = SIGNALS.includes(end.signal)
  if (end.code === 0 || asked || performance.now() - startedAt > START_MS) {
    process.exit(end.code ?? 0)
  }
  return words.failed(end.why)
}

/** With the package's own installer, which knows the checksums of what it fetches. */
function fetchElectron() {
  if (process.env.EICHLICHT_NO_DOWNLOAD) return words.missing
  say(words.fetch)
  const installer = join(root, 'node_modules/electron/install.js')
  const { status, error, stderr } = spawnSync(process.execPath, [installer], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: FETCH_MS,
  })
  if (status === 0) return null
  return words.unreachable(error?.code === 'ETIMEDOUT' ? words.timeout : reasonIn(stderr))
}

/** The message of the first error, without its place in the code. */
function reasonIn(output) {
  const line = output.split('\n').find((text) => /\b\w*Error\b/.test(text)) ?? ''
  return line.replace(/^.*?\b\w*Error\b[^:]*: */, '').trim() || 'install.js'
}

/** In this process, so that whoever ends it ends the server. */
async function startBrowser() {
  const main = join(root, 'out/browser/main.mjs')
  process.argv = [process.execPath, main, ...args]
  await import(pathToFileURL(main).href)
}
