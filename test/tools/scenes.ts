/**
 * Every screen and state of the window, for pictures and for checks of accessibility.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import type { FileBytes, JobResult, ResultRow } from '../../src/shared/api.ts'
import type { Decimal } from '../../src/shared/decimal.ts'
import type { KeyDetails, StoredKey } from '../../src/shared/model/stored-key.ts'
import { VERDICT_STATES, type VerdictState } from '../../src/shared/model/verdict-state.ts'
import { encryptedPdf } from './pdf-files.ts'
import { pixels, png, qrCode } from './pictures.ts'
import { REGISTER_SCENES } from './scenes-register.ts'
import { type Stage, sample } from './stage.ts'

export interface Scene {
  name: string
  /** Before the window opens. */
  before?: (stage: Stage) => void
  play: (stage: Stage) => Promise<void>
}

const STATION_KEY = readFileSync(
  new URL('../../assets/samples/01-verified-station-key.pem', import.meta.url),
  'utf8',
)
const NO_DETAILS: KeyDetails = {
  meter: null,
  evse: null,
  station: null,
  operator: null,
  label: null,
  note: null,
}
const PROOF = {
  how: 'typed',
  text: STATION_KEY,
  where: 'station-label',
  by: 'A. Beispiel',
  on: '2026-08-24',
} as const

/** The key of the sample station, read off it by the user. */
async function confirmStation(stage: Stage): Promise<StoredKey> {
  const details = {
    ...NO_DETAILS,
    meter: 'MM-4701',
    evse: 'DE*EIL*E4701*1',
    station: 'Marktplatz 4, Musterstadt',
    operator: 'Stadtwerke Musterstadt',
    label: 'Säule am Marktplatz',
  }
  return stage.call('addKey', { text: STATION_KEY, details, proof: PROOF })
}

async function severalKeys(stage: Stage): Promise<void> {
  const names = [
    ['secp192r1', 'Autohof Nord, Punkt 3', 'Ladenetz Nord'],
    ['brainpoolP256r1', 'Tiefgarage Stadthalle', 'Stadtwerke Musterstadt'],
    ['secp384r1', 'Hotel Seeblick', null],
    ['secp256k1', 'Supermarkt Lindenallee', 'Ladenetz Nord'],
  ] as const
  for (const [index, [curve, label, operator]] of names.entries()) {
    const bytes = sample(`curves/${curve}.xml`).bytes
    const key = /<publicKey[^>]*>([^<]+)/.exec(new TextDecoder().decode(bytes))?.[1] ?? ''
    const details = { ...NO_DETAILS, meter: `MM-48${index + 11}`, label, operator }
    await stage.call('addKey', { text: key, details, proof: null })
  }
  await confirmStation(stage)
}

async function conflict(stage: Stage): Promise<void> {
  await confirmStation(stage)
  const bytes = sample('curves/secp256r1.xml').bytes
  const key = /<publicKey[^>]*>([^<]+)/.exec(new TextDecoder().decode(bytes))?.[1] ?? ''
  const details = { ...NO_DETAILS, meter: 'MM-4701', label: 'Aus der Rechnung vom August' }
  await stage.call('addKey', { text: key, details, proof: null })
}

const click = (page: Page, selector: string) => page.click(selector)
const tab = (stage: Stage, name: string) => click(stage.page, `[data-tab="${name}"]`)

/** A mix as an auditor has it. */
const MIX = [
  '01-verified.xml',
  '02-key-unconfirmed.xml',
  '03-tampered.xml',
  '04-incomplete.xml',
  '05-not-billable.xml',
  '06-no-key.ocmf',
  '07-unreadable.xml',
  '09-several-sessions.xml',
  '10-umlauts-and-long-decimals.json',
  'curves/secp192r1.xml',
  'curves/brainpoolP256r1.xml',
  'curves/secp384r1.xml',
]

const SHARES: readonly [VerdictState, number][] = [
  ['VERIFIED', 9511],
  ['VALID_KEY_UNCONFIRMED', 288],
  ['INCOMPLETE', 121],
  ['NOT_LEGALLY_RELEVANT', 44],
  ['NOT_CHECKED', 22],
  ['SIGNATURE_INVALID', 3],
  ['UNREADABLE', 11],
]

/** So many results as one run would give them. */
export function manyResults(): JobResult {
  const counts = Object.fromEntries(VERDICT_STATES.map((state) => [state, 0])) as Record<
    VerdictState,
    number
  >
  const rows: ResultRow[] = SHARES.flatMap(([state, count]) => {
    counts[state] = count
    return Array.from({ length: count }, (_, index) => manyRow(state, index))
  })
  return {
    job: 'many',
    label: 'August 2026',
    checkedAt: '2026-08-24T14:33:10.000Z',
    policy: { requiredTrust: 'K3', profile: 'driver' },
    inputs: rows.map(({ input, state }) => ({
      name: input,
      sha256: '00'.repeat(32),
      bytes: 1100,
      state,
      findings: [],
      sessions: [],
      keys: 0,
      claims: 0,
    })),
    rows,
    counts,
    records: { read: 19_989, paired: 19_746, single: 232, unreadable: 11 },
    seconds: 6.2,
    unmatched: [],
  }
}

function manyRow(state: VerdictState, index: number): ResultRow {
  const readable = state !== 'UNREADABLE'
  const time = Date.UTC(2026, 7, 1, 6) + ((index * 7919) % 44_640) * 60_000
  const energy = `${(index * 37) % 60}.${String((index * 7919) % 1000).padStart(3, '0')}` as Decimal
  return {
    id: `${state}-${index}`,
    session: `${state}-${index}`,
    copyOf: null,
    locked: false,
    input: `2026-08/ladevorgang-${String(100_000 + index * 13)}-${state.length}.xml`,
    state,
    neutral: null,
    invoice: null,
    time: readable ? time : null,
    timeText: readable ? new Date(time).toISOString() : null,
    offsetMin: readable ? 120 : null,
    meter: readable ? `MM-${4700 + (index % 87)}` : null,
    energy: readable && state !== 'INCOMPLETE' ? energy : null,
    trust: state === 'VERIFIED' ? 'K3' : readable ? 'K1' : 'K0',
    format: readable ? 'ocmf' : '',
    errors: state === 'SIGNATURE_INVALID' ? 1 : 0,
    warnings: index % 9 === 0 ? 1 : 0,
  }
}

async function many(stage: Stage): Promise<void> {
  stage.play('finishJob', manyResults)
  await stage.check('01-verified.xml')
}

async function drag(page: Page): Promise<void> {
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(new File(['x'], 'ladedaten.xml'))
    window.dispatchEvent(new DragEvent('dragenter', { dataTransfer, bubbles: true }))
  })
}

/** A camera before a grey wall. */
async function seeGrey(page: Page): Promise<void> {
  await page.evaluate(() => {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: 1280, height: 720 })
    const paper = canvas.getContext('2d')
    const draw = () => {
      if (paper === null) return
      paper.fillStyle = '#8a8a8a'
      paper.fillRect(0, 0, 1280, 720)
    }
    setInterval(draw, 100)
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(10)
  })
}

const VERDICTS: readonly [string, string][] = [
  ['unconfirmed', '02-key-unconfirmed.xml'],
  ['invalid', '03-tampered.xml'],
  ['incomplete', '04-incomplete.xml'],
  ['not-billable', '05-not-billable.xml'],
  ['not-checked', '06-no-key.ocmf'],
  ['unreadable', '07-unreadable.xml'],
]

/** What was billed, beside what was signed. */
const BILLS: readonly [string, ...string[]][] = [
  ['matches', 'bills/cii/data.xml', 'bills/cii/factur-x.xml'],
  ['differs', 'bills/text/data.xml', 'bills/text/invoice.txt'],
  [
    'list',
    ...['text/data.xml', 'text/invoice.txt', 'ocpi-cdr.json'].map((path) => `bills/${path}`),
  ],
]

/** Records whose bytes are no text, or look unlike OCMF. */
const FORMATS: readonly [string, string][] = [
  ['alfen', 'formats/alfen.xml'],
  ['mennekes', 'formats/mennekes.xml'],
  ['pcdf', 'formats/pcdf.pcdf'],
  ['sealed', 'formats/ocmf-sealed.xml'],
  ['mail', 'carriers/mail.eml'],
]

async function openFirst(stage: Stage, path: string): Promise<void> {
  await stage.check(path)
  const row = stage.page.locator('[role="row"][data-state]').first()
  if ((await row.count()) > 0) await row.click()
  await stage.page.waitForSelector('#verdict')
}

const LOCKED: FileBytes = {
  name: 'rechnung-2026-08.pdf',
  bytes: encryptedPdf('geheim', sample('02-key-unconfirmed.xml').bytes),
}

/** The key of a result as it would be printed: digits in fours. */
async function printedKey(): Promise<string> {
  const text = new TextDecoder().decode(sample('02-key-unconfirmed.xml').bytes)
  return (/<publicKey[^>]*>([^<]+)/.exec(text)?.[1] ?? '').replace(/(.{4})/g, '$1 ').trim()
}

async function confirming(stage: Stage, mode: 'groups' | 'typed' | 'scanned'): Promise<string> {
  await stage.check('02-key-unconfirmed.xml')
  await click(stage.page, '[data-action="confirm-key"]')
  await click(stage.page, `input[value="${mode}"]`)
  return printedKey()
}

const withPoint = (printed: string) => {
  const digits = printed.replace(/\s/g, '')
  return digits.slice(digits.indexOf('420004') + 4)
}

export const SCENES: readonly Scene[] = [
  { name: 'start', play: async () => {} },
  {
    name: 'start-read-only',
    before: (stage) => stage.about({ store: 'read-only' }),
    play: async () => {},
  },
  {
    name: 'start-from-sources',
    before: (stage) => stage.about({ files: 'cannot-be-checked' }),
    play: async () => {},
  },
  { name: 'start-dragging', play: (stage) => drag(stage.page) },
  { name: 'start-paste', play: (stage) => click(stage.page, '[data-action="paste"]') },
  {
    name: 'start-camera',
    async play(stage) {
      await seeGrey(stage.page)
      await click(stage.page, '[data-action="camera"]')
      const seen = () => (document.querySelector('video')?.videoWidth ?? 0) > 0
      await stage.page.waitForFunction(seen)
    },
  },
  {
    name: 'start-no-camera',
    async play(stage) {
      await click(stage.page, '[data-action="camera"]')
      await stage.page.waitForSelector('dialog [data-camera="none"]')
    },
  },
  {
    name: 'busy',
    async play(stage) {
      const job = 'busy'
      stage.play('startJob', () => ({ job }))
      stage.play('addFiles', () => ({ inputs: 10_412 }))
      stage.play('finishJob', () => new Promise(() => {}))
      await stage.give(['01-verified.xml'])
      await stage.page.waitForSelector('progress')
      stage.tell('progress', { job, step: 'checking', done: 4120, total: 10_412 })
      await stage.page.waitForSelector('progress[value="4120"]')
    },
  },
  {
    name: 'result-verified',
    async play(stage) {
      await confirmStation(stage)
      await stage.check('01-verified.xml')
    },
  },
  ...VERDICTS.map(([name, file]) => ({
    name: `result-${name}`,
    play: (stage: Stage) => stage.check(file),
  })),
  {
    name: 'result-invalid-known-key',
    async play(stage) {
      await confirmStation(stage)
      const { name, bytes } = sample('01-verified.xml')
      const text = new TextDecoder().decode(bytes).replace('18221.092', '18231.092')
      await stage.check({ name, bytes: new TextEncoder().encode(text) })
    },
  },
  { name: 'result-long', play: (stage) => stage.check('10-umlauts-and-long-decimals.json') },
  {
    name: 'result-explained',
    async play(stage) {
      await stage.check('02-key-unconfirmed.xml')
      for (const line of ['signature', 'key', 'complete', 'legal']) {
        await click(stage.page, `[data-check="${line}"] > summary`)
      }
    },
  },
  {
    name: 'result-save-menu',
    async play(stage) {
      await stage.check('02-key-unconfirmed.xml')
      await click(stage.page, '[aria-haspopup="menu"]')
    },
  },
  {
    name: 'result-data',
    async play(stage) {
      await stage.check('02-key-unconfirmed.xml')
      await tab(stage, 'data')
    },
  },
  {
    name: 'result-proof',
    async play(stage) {
      await stage.check('02-key-unconfirmed.xml')
      await tab(stage, 'proof')
      await stage.page.waitForSelector('[data-forms="ready"]')
    },
  },
  {
    name: 'result-proof-field',
    async play(stage) {
      await stage.check('02-key-unconfirmed.xml')
      await tab(stage, 'proof')
      await stage.page.hover('[data-field="RD[0].RV"] >> nth=0')
    },
  },
  ...BILLS.map(([name, ...paths]) => ({
    name: `bill-${name}`,
    async play(stage: Stage) {
      await stage.check(...paths)
      await stage.page.waitForSelector('#invoice, [role="grid"]')
    },
  })),
  ...FORMATS.flatMap(([name, path]) => [
    {
      name: `format-${name}`,
      async play(stage: Stage) {
        await openFirst(stage, path)
      },
    },
    {
      name: `format-${name}-proof`,
      async play(stage: Stage) {
        await openFirst(stage, path)
        await tab(stage, 'proof')
      },
    },
  ]),
  {
    name: 'keys-only',
    play: (stage) => stage.check('01-verified-station-key.pem'),
  },
  {
    name: 'list',
    async play(stage) {
      await confirmStation(stage)
      await stage.check(...MIX)
    },
  },
  {
    name: 'list-filtered',
    async play(stage) {
      await confirmStation(stage)
      await stage.check(...MIX)
      await click(stage.page, '[data-filter="SIGNATURE_INVALID"]')
    },
  },
  {
    name: 'list-none',
    async play(stage) {
      await stage.check(...MIX)
      await stage.page.fill('main input[type="search"]', 'gibt es nicht')
    },
  },
  { name: 'list-many', play: many },
  {
    name: 'list-many-scrolled',
    async play(stage) {
      await many(stage)
      await stage.page.focus('[role="grid"]')
      for (let i = 0; i < 3; i++) await stage.page.keyboard.press('PageDown')
    },
  },
  {
    name: 'list-session',
    async play(stage) {
      await stage.check(...MIX)
      await click(stage.page, '[role="row"][data-state="SIGNATURE_INVALID"]')
      await stage.page.waitForSelector('#verdict')
    },
  },
  {
    name: 'list-unreadable',
    async play(stage) {
      await stage.check(...MIX)
      await click(stage.page, '[role="row"][data-state="UNREADABLE"]')
      await stage.page.waitForSelector('#verdict')
    },
  },
  {
    name: 'list-locked',
    play: (stage) => stage.check(...MIX.slice(0, 3), LOCKED),
  },
  { name: 'result-locked', play: (stage) => stage.check(LOCKED) },
  {
    name: 'unlock-wrong',
    async play(stage) {
      await stage.check(LOCKED)
      await click(stage.page, '[data-action="unlock"]')
      await stage.page.fill('dialog input[type="text"]', 'guess')
      await click(stage.page, 'dialog [data-action="open"]')
      await stage.page.waitForSelector('dialog [role="alert"] span')
    },
  },
  {
    name: 'confirm-groups',
    async play(stage) {
      await confirming(stage, 'groups')
    },
  },
  {
    name: 'confirm-groups-equal',
    async play(stage) {
      const point = withPoint(await confirming(stage, 'groups'))
      await stage.page.fill('[data-end="first"]', point.slice(0, 32))
      await stage.page.fill('[data-end="last"]', point.slice(-32))
      await stage.page.fill('input[autocomplete="name"]', 'A. Beispiel')
    },
  },
  {
    name: 'confirm-groups-differ',
    async play(stage) {
      const point = withPoint(await confirming(stage, 'groups'))
      await stage.page.fill('[data-end="first"]', point.slice(0, 32))
      await stage.page.fill('[data-end="last"]', `${point.slice(-32, -6)}00ff00`)
    },
  },
  {
    name: 'confirm-typed',
    async play(stage) {
      const point = withPoint(await confirming(stage, 'typed'))
      await stage.page.fill('dialog textarea', point.slice(0, 42))
    },
  },
  {
    name: 'confirm-typed-equal',
    async play(stage) {
      await stage.page.fill('dialog textarea', withPoint(await confirming(stage, 'typed')))
      await stage.page.fill('input[autocomplete="name"]', 'A. Beispiel')
    },
  },
  {
    name: 'confirm-typed-differ',
    async play(stage) {
      const point = withPoint(await confirming(stage, 'typed'))
      const typed = `${point.slice(0, 33)}O${point.slice(34, 84)}ff${point.slice(86)}`
      await stage.page.fill('dialog textarea', typed)
    },
  },
  {
    name: 'confirm-photo',
    async play(stage) {
      const printed = await confirming(stage, 'scanned')
      const picture = png(pixels(await qrCode(printed.replace(/\s/g, '')), 4))
      await stage.page.setInputFiles('[data-input="key-file"]', {
        name: 'foto.png',
        mimeType: 'image/png',
        buffer: Buffer.from(picture),
      })
      await stage.page.waitForSelector('[data-scanned="same"]')
    },
  },
  {
    name: 'confirmed',
    async play(stage) {
      await stage.page.fill('dialog textarea', withPoint(await confirming(stage, 'typed')))
      await stage.page.fill('input[autocomplete="name"]', 'A. Beispiel')
      await click(stage.page, 'dialog [data-action="confirm"]')
      await stage.page.waitForSelector('[data-state="VERIFIED"]')
    },
  },
  { name: 'keys-empty', play: (stage) => stage.view('keys') },
  {
    name: 'keys',
    async play(stage) {
      await severalKeys(stage)
      await stage.view('keys')
      await stage.page.waitForSelector('tr[data-key]')
    },
  },
  {
    name: 'keys-open',
    async play(stage) {
      await severalKeys(stage)
      await stage.view('keys')
      await click(stage.page, 'tr[data-key] button')
      await stage.page.waitForSelector('aside')
    },
  },
  {
    name: 'keys-edit',
    async play(stage) {
      await severalKeys(stage)
      await stage.view('keys')
      await click(stage.page, 'tr[data-key] button')
      await click(stage.page, '[data-action="edit"]')
    },
  },
  {
    name: 'keys-conflict',
    async play(stage) {
      await conflict(stage)
      await stage.view('keys')
      await click(stage.page, 'tr[data-key] button')
      await stage.page.waitForSelector('aside')
    },
  },
  {
    name: 'keys-none-found',
    async play(stage) {
      await severalKeys(stage)
      await stage.view('keys')
      await stage.page.fill('main input[type="search"]', 'gibt es nicht')
      await stage.page.waitForSelector('tr[data-key]', { state: 'detached' })
    },
  },
  {
    name: 'keys-read-only',
    before: (stage) => stage.about({ store: 'damaged' }),
    async play(stage) {
      await severalKeys(stage)
      await stage.view('keys')
      await stage.page.waitForSelector('tr[data-key]')
    },
  },
  {
    name: 'keys-add',
    async play(stage) {
      await stage.view('keys')
      await click(stage.page, '[data-action="add-key"]')
    },
  },
  {
    name: 'keys-add-valid',
    async play(stage) {
      await stage.view('keys')
      await click(stage.page, '[data-action="add-key"]')
      await stage.page.fill('dialog textarea', STATION_KEY)
      await click(stage.page, 'dialog input[type="checkbox"]')
      await stage.page.waitForSelector('dialog [data-readout="key"]')
    },
  },
  {
    name: 'keys-add-wrong',
    async play(stage) {
      await stage.view('keys')
      await click(stage.page, '[data-action="add-key"]')
      const point = withPoint(await printedKey())
      await stage.page.fill('dialog textarea', `${point.slice(0, 60)}0${point.slice(61)}`)
      await stage.page.waitForSelector('dialog [data-readout]')
    },
  },
  {
    name: 'keys-removed',
    async play(stage) {
      await severalKeys(stage)
      await stage.view('keys')
      await click(stage.page, 'tr[data-key] button')
      await click(stage.page, '[data-action="remove"]')
      await stage.page.waitForSelector('[data-toast]')
    },
  },
  ...REGISTER_SCENES,
  { name: 'runs-empty', play: (stage) => stage.view('runs') },
  {
    name: 'runs',
    async play(stage) {
      await confirmStation(stage)
      await stage.check('02-key-unconfirmed.xml')
      await click(stage.page, '[data-action="new"]')
      await stage.check(...MIX)
      await stage.view('runs')
      await stage.page.waitForSelector('main li.card')
    },
  },
  { name: 'reports-empty', play: (stage) => stage.view('reports') },
  {
    name: 'reports',
    async play(stage) {
      await stage.check('02-key-unconfirmed.xml')
      await stage.view('reports')
    },
  },
  {
    name: 'reports-saved',
    async play(stage) {
      const sha256 = '3f9a1c21'.repeat(8)
      const saved = { kind: 'saved', name: 'eichlicht-8.pdf', sha256 } as const
      const path = '/home/beispiel/Dokumente/Prüfbericht 02-key-unconfirmed.pdf'
      stage.play('saveReport', () => ({ ...saved, path }))
      await stage.check('02-key-unconfirmed.xml')
      await stage.view('reports')
      await click(stage.page, '[data-save="pdf"]')
      await stage.page.waitForSelector('[data-toast]')
    },
  },
  {
    name: 'report-busy',
    async play(stage) {
      let job = ''
      stage.play('saveReport', (input) => {
        ;({ job } = input)
        return new Promise(() => {})
      })
      await stage.check('02-key-unconfirmed.xml')
      await click(stage.page, '[aria-haspopup="menu"]')
      await click(stage.page, '[role="menuitem"] >> nth=0')
      await stage.page.waitForSelector('[data-saving] progress')
      stage.tell('report', { job, done: 42, total: 100 })
      await stage.page.waitForSelector('[data-saving] progress[value="42"]')
    },
  },
  { name: 'settings', play: (stage) => stage.view('settings') },
  {
    name: 'settings-self-check-failed',
    before: (stage) => stage.about({ files: 'modified', failedMethods: ['secp192r1'] }),
    play: (stage) => stage.view('settings'),
  },
  { name: 'help', play: (stage) => stage.view('help') },
  {
    name: 'error',
    async play(stage) {
      stage.refuse('saveReport', 'not-saved')
      await stage.check('02-key-unconfirmed.xml')
      await click(stage.page, '[aria-haspopup="menu"]')
      await click(stage.page, '[role="menuitem"] >> nth=0')
      await stage.page.waitForSelector('[data-toast="bad"]')
    },
  },
  {
    name: 'error-too-large',
    async play(stage) {
      stage.refuse('addFiles', 'too-large')
      await stage.give(['02-key-unconfirmed.xml'])
      await stage.page.waitForSelector('[data-toast="bad"]')
    },
  },
]

/** Some files whatever they hold, for drops of many. */
export function files(count: number): FileBytes[] {
  const { bytes } = sample('02-key-unconfirmed.xml')
  return Array.from({ length: count }, (_, index) => ({ name: `${index}.xml`, bytes }))
}
