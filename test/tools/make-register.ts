/**
 * Writes charging registers as the Bundesnetzagentur published them, of every known layout, from
 * invented stations with throw-away keys, and says what must come out of them.
 *
 *     node test/tools/make-register.ts <file.csv|file.xlsx> [layout] [rows] [date]
 *
 * Source of the layouts: the editions since April 2017.
 *
 * @module
 */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { crc32, deflateRawSync } from 'node:zlib'
import { normalizeZ } from '@noble/curves/abstract/curve.js'
import { toBase32 } from '../../src/main/engine/codec/base32.ts'
import { toBase64 } from '../../src/main/engine/codec/base64.ts'
import type { EcCurveId } from '../../src/main/engine/signature/curves.ts'
import { compressPoint } from '../../src/main/engine/signature/key-bytes.ts'
import { pointsOf } from '../../src/main/engine/signature/noble-ecdsa.ts'
import { fingerprint, spki } from '../../src/main/engine/signature/public-key.ts'
import { toHex } from '../../src/shared/hex.ts'
import type { CellProblem } from '../../src/shared/model/register.ts'
import { throwAwayKey } from './sign.ts'

export interface RegisterPlan {
  layout?: LayoutName
  rows?: number
  /** ISO date of the edition. */
  date?: string
  /** Another seed gives other stations. */
  seed?: number
  /** Of 100 rows so many have keys, and of 100 key cells so many are damaged. */
  keyed?: number
  damaged?: number
}

/** What must come out. */
export interface RegisterTruth {
  rows: number
  keyCells: number
  usable: number
  evses: number
  byForm: Record<string, number>
  byCurve: Record<string, number>
  byReason: Record<string, number>
  /** Of the first key cells: where each key stands. */
  samples: { fingerprint: string; row: number; number: string; place: string; evse: string }[]
}

interface Layout {
  /** Lines above the header; `date` is put in. */
  above: (date: string, sheet: boolean) => string[][]
  general: readonly (readonly [header: string, value: (station: Station) => string])[]
  slot: (n: number) => readonly (readonly [header: string, value: (point: Point) => string])[]
  slots: number
}

interface Station {
  number: string
  operator: string
  street: string
  house: string
  postcode: string
  place: string
  district: string
  state: string
  latitude: string
  longitude: string
  commissioned: string
  points: Point[]
}

interface Point {
  connector: string
  power: string
  evse: string
  key: string
}

type Column<T> = readonly [header: string, value: (of: T) => string]

const german = (iso: string) => iso.split('-').toReversed().join('.')
const serial = (iso: string) =>
  String(Math.round(Date.parse(`${iso}T00:00:00Z`) / 86_400_000) + 25_569)

const ADDRESS: Column<Station>[] = [
  ['Straße', (s) => s.street],
  ['Hausnummer', (s) => s.house],
  ['Adresszusatz', () => ''],
  ['Postleitzahl', (s) => s.postcode],
  ['Ort', (s) => s.place],
]
const WHERE: Column<Station>[] = [
  ['Breitengrad', (s) => s.latitude],
  ['Längengrad', (s) => s.longitude],
]
const OLD: Column<Station>[] = [
  ['Betreiber', (s) => s.operator],
  ['Adresse', (s) => `${s.street} ${s.house}`],
  ['Postleitzahl Ort', (s) => `${s.postcode} ${s.place}`],
]
const OLD_WHERE: Column<Station>[] = [
  ['Längengrad [DG]', (s) => s.longitude],
  ['Breitengrad [DG]', (s) => s.latitude],
]
const OLD_MORE: Column<Station>[] = [
  ['Inbetriebnahmedatum', (s) => german(s.commissioned)],
  ['Anschlussleistung [kW]', () => '22'],
]
const OLD_KIND: Column<Station>[] = [
  ['Art der Ladeeinrichtung', () => 'Normalladeeinrichtung'],
  ['Anzahl Ladepunkte', (s) => String(s.points.length)],
]
const COMMISSIONED: Column<Station> = ['Inbetriebnahmedatum', (s) => german(s.commissioned)]

const oldAbove = (group: boolean) => (date: string, sheet: boolean) => [
  ['Liste der Ladesäulen'],
  [sheet ? serial(date) : `Stand: ${german(date)}`],
  [''],
  ...(group ? [['']] : []),
  ['Allgemeine Informationen', '', '', '1. Ladepunkt'],
]
const NOTICE = [
  ['Ladesäulenregister Bundesnetzagentur'],
  [''],
  ['Hinweis: '],
  ['Die Liste beinhaltet die Ladeeinrichtungen aller Betreiberinnen und Betreiber; "gemeldet".'],
  ['Angezeigt werden Ladeeinrichtungen, die veröffentlicht werden dürfen.'],
  ['Die Angaben stammen von den Betreibern.'],
  [''],
]
const newAbove = (date: string) => [
  ...NOTICE,
  [`Letzte Aktualisierung vom: ${german(date)}`],
  [''],
  ['Allgemeine Informationen', ...Array.from({ length: 22 }, () => ''), '1. Ladepunkt'],
]
const plug = (header: string): Column<Point> => [header, (p) => p.connector]
const power = (header: string): Column<Point> => [header, (p) => p.power]
const key = (header: string): Column<Point> => [header, (p) => p.key]
const evse = (header: string): Column<Point> => [header, (p) => p.evse]

export const LAYOUTS = {
  '2017-04': {
    above: oldAbove(false),
    general: [
      ['Betreiber', (s) => s.operator],
      ['Standort', (s) => `${s.street} ${s.house}, ${s.postcode} ${s.place}`],
      ...OLD_WHERE,
      ...OLD_KIND,
    ],
    slot: (n) => [plug(n === 4 ? 'Steckertypen 4#' : `Steckertypen ${n}`), power(`P${n} [kW]`)],
    slots: 4,
  },
  '2017-05': {
    above: oldAbove(false),
    general: [...OLD, ...OLD_WHERE, ...OLD_KIND],
    slot: (n) => [plug(`Steckertypen ${n}`), power(`P${n} [kW]`)],
    slots: 4,
  },
  '2018': {
    above: oldAbove(false),
    general: [...OLD, ...OLD_WHERE, ...OLD_MORE, ...OLD_KIND],
    slot: (n) => [plug(`Steckertypen ${n}`), power(`P${n} [kW]`)],
    slots: 4,
  },
  '2019-01': {
    above: oldAbove(true),
    general: [...OLD, ...OLD_WHERE, ...OLD_MORE, ...OLD_KIND],
    slot: (n) => [plug(`Steckertypen ${n}`), power(`P${n} [kW]`), key(`Public Key (${n})`)],
    slots: 4,
  },
  '2019-04': {
    above: oldAbove(true),
    general: [...OLD, ...OLD_WHERE, ...OLD_MORE, ...OLD_KIND],
    slot: (n) =>
      n === 5
        ? [key('Public Key5')]
        : [plug(`Steckertypen${n}`), power(`P${n} [kW]`), key(`Public Key${n}`)],
    slots: 5,
  },
  '2019-07': {
    above: oldAbove(true),
    general: [...OLD, ['Bundesland', (s) => s.state], ...OLD_WHERE, ...OLD_MORE, ...OLD_KIND],
    slot: (n) => [plug(`Steckertypen${n}`), power(`P${n} [kW]`), key(`Public Key${n}`)],
    slots: 4,
  },
  '2022': {
    above: newAbove,
    general: [
      ['Betreiber', (s) => s.operator],
      ...ADDRESS,
      ['Bundesland', (s) => s.state],
      ['Kreis/kreisfreie Stadt', (s) => s.district],
      ...WHERE,
      COMMISSIONED,
      ['Nennleistung Ladeeinrichtung [kW]', () => '22'],
      ['Art der Ladeeinrichung', () => 'Normalladeeinrichtung'],
      ['Anzahl Ladepunkte', (s) => String(s.points.length)],
    ],
    slot: (n) => [plug(`Steckertypen${n}`), power(`P${n} [kW]`), key(`Public Key${n}`)],
    slots: 4,
  },
  '2025': { above: newAbove, general: current(), slot: threes, slots: 6 },
  '2026': { above: newAbove, general: current(), slot: fours, slots: 6 },
} as const satisfies Record<string, Layout>
export type LayoutName = keyof typeof LAYOUTS

function current(): Column<Station>[] {
  return [
    ['Ladeeinrichtungs-ID', (s) => s.number],
    ['Betreiber', (s) => s.operator],
    ['Anzeigename (Karte)', (s) => s.operator],
    ['Status', () => 'In Betrieb'],
    ['Art der Ladeeinrichtung', () => 'Normalladeeinrichtung'],
    ['Anzahl Ladepunkte', (s) => String(s.points.length)],
    ['Nennleistung Ladeeinrichtung [kW]', () => '22'],
    COMMISSIONED,
    ...ADDRESS,
    ['Kreis/kreisfreie Stadt', (s) => s.district],
    ['Bundesland', (s) => s.state],
    ...WHERE,
    ['Standortbezeichnung', () => ''],
    ['Informationen zum Parkraum', () => 'Keine Beschränkung'],
    ['Bezahlsysteme', () => 'RFID-Karte;Onlinezahlungsverfahren'],
    ['Öffnungszeiten', () => '247'],
    ['Öffnungszeiten: Wochentage', () => ''],
    ['Öffnungszeiten: Tageszeiten', () => ''],
  ]
}

function threes(n: number): Column<Point>[] {
  return [plug(`Steckertypen${n}`), power(`Nennleistung Stecker${n}`), key(`Public Key${n}`)]
}

function fours(n: number): Column<Point>[] {
  const [connector, kilowatts, publicKey] = threes(n) as [
    Column<Point>,
    Column<Point>,
    Column<Point>,
  ]
  return [connector, kilowatts, evse(`EVSE-ID${n}`), publicKey]
}

/** Small and good enough: Numerical Recipes, section 7.1. */
function random(seed: number) {
  let state = seed >>> 0
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Distinct points at the cost of one addition each: a throw-away key, and on in steps of G. */
function* pointsFrom(curve: EcCurveId, seed: number): Generator<Uint8Array> {
  const Points = pointsOf(curve)
  let point = Points.fromBytes(throwAwayKey(curve, `register ${seed}`).point)
  for (;;) {
    const batch: (typeof point)[] = []
    for (let i = 0; i < 512; i++) {
      batch.push(point)
      point = point.add(Points.BASE)
    }
    for (const normal of normalizeZ(Points, batch)) yield normal.toBytes(false)
  }
}

const upper = (bytes: Uint8Array) => toHex(bytes).toUpperCase()
const grouped = (text: string, separator: string, size = 4) =>
  text.match(new RegExp(`.{1,${size}}`, 'g'))?.join(separator) ?? ''
/** Only b and d are small on a display of seven segments. */
const segments = (text: string) => text.toUpperCase().replaceAll('B', 'b').replaceAll('D', 'd')
const lines = (text: string) => grouped(grouped(text, ' '), '\n', 30).replace(/ \n/g, '\n')

/** How keys are printed, the more frequent ones several times. */
export const PRINTS: { form: string; curve: EcCurveId; print: (point: Uint8Array) => string }[] = [
  { form: 'spki-hex', curve: 'secp256r1', print: (p) => upper(spki('secp256r1', p)) },
  { form: 'spki-hex', curve: 'secp256r1', print: (p) => `${toHex(spki('secp256r1', p))}\n` },
  { form: 'spki-hex', curve: 'secp256r1', print: (p) => lines(upper(spki('secp256r1', p))) },
  { form: 'spki-hex', curve: 'secp256k1', print: (p) => upper(spki('secp256k1', p)) },
  { form: 'spki-hex', curve: 'secp192r1', print: (p) => upper(spki('secp192r1', p)) },
  { form: 'xy-hex', curve: 'secp192r1', print: (p) => upper(p.subarray(1)) },
  {
    form: 'xy-hex',
    curve: 'secp192r1',
    print: (p) => segments(grouped(toHex(p.subarray(1)), ' ')),
  },
  { form: 'xy-hex', curve: 'secp192r1', print: (p) => lines(toHex(p.subarray(1))) },
  {
    form: 'xy-hex',
    curve: 'secp192r1',
    print: (p) => grouped(segments(toHex(p.subarray(1))), ';'),
  },
  { form: 'raw04-hex', curve: 'secp256r1', print: upper },
  { form: 'xy-base64', curve: 'secp192r1', print: (p) => `${toBase64(p.subarray(1))}\n` },
  { form: 'spki-base64', curve: 'secp256r1', print: (p) => toBase64(spki('secp256r1', p)) },
  { form: 'compressed-base32', curve: 'secp192r1', print: (p) => toBase32(compressPoint(p)) },
  {
    form: 'compressed-base32',
    curve: 'secp192r1',
    print: (p) => ` ${grouped(toBase32(compressPoint(p)), ' ')}`,
  },
]

/** Damage as it was found, and why each cell is no key. */
export const DAMAGES: { reason: CellProblem; damage: (point: Uint8Array) => string }[] = [
  { reason: 'not-on-curve', damage: (p) => flipped(upper(p.subarray(1)), 17) },
  { reason: 'not-on-curve', damage: (p) => flipped(upper(spki('secp192r1', p)), 80) },
  { reason: 'damaged', damage: (p) => upper(p.subarray(1)).replace(/^(.{67})./, '$1g') },
  { reason: 'length', damage: (p) => upper(p.subarray(1)).slice(0, 92) },
  { reason: 'no-key', damage: () => '1HAG1000376166' },
  { reason: 'no-key', damage: () => 'BG 5529-3' },
]

function flipped(hex: string, at: number): string {
  const digit = (Number.parseInt(hex[at] ?? '0', 16) ^ 1).toString(16).toUpperCase()
  return hex.slice(0, at) + digit + hex.slice(at + 1)
}

const TOWNS = [
  ['72535', 'Heroldstatt', 'Landkreis Alb-Donau-Kreis', 'Baden-Württemberg', 48.44, 9.66],
  ['79713', 'Bad Säckingen', 'Landkreis Waldshut', 'Baden-Württemberg', 47.55, 7.95],
  ['44867', 'Bochum', 'Kreisfreie Stadt Bochum', 'Nordrhein-Westfalen', 51.46, 7.15],
  ['95444', 'Bayreuth', 'Kreisfreie Stadt Bayreuth', 'Bayern', 49.95, 11.58],
  ['24103', 'Kiel', 'Kreisfreie Stadt Kiel', 'Schleswig-Holstein', 54.32, 10.13],
  ['01067', 'Dresden', 'Kreisfreie Stadt Dresden', 'Sachsen', 51.05, 13.74],
  ['18055', 'Rostock', 'Kreisfreie Stadt Rostock', 'Mecklenburg-Vorpommern', 54.09, 12.13],
  ['66111', 'Saarbrücken', 'Regionalverband Saarbrücken', 'Saarland', 49.23, 6.99],
] as const
const STREETS = [
  'Am Berg',
  'Hauptstraße',
  'Bahnhofstraße',
  'Große Gasse',
  'Industriering',
  'Zum Wasserwerk',
]
const OPERATORS = ['Stadtwerke Süd GmbH', 'Ladenetz Nord AG', 'Energie & Co. KG ', 'Möwe Mobil eG']

function* stations(plan: Required<RegisterPlan>, truth: RegisterTruth): Generator<Station> {
  const next = random(plan.seed)
  const { slots, slot } = LAYOUTS[plan.layout] as Layout
  const named = slot(1).map(([header]) => header)
  const hasKeys = named.some((header) => header.startsWith('Public'))
  const hasEvses = named.some((header) => header.startsWith('EVSE'))
  const sources = new Map<EcCurveId, Generator<Uint8Array>>()
  const point = (curve: EcCurveId) => {
    const source = sources.get(curve) ?? pointsFrom(curve, plan.seed)
    sources.set(curve, source)
    return source.next().value as Uint8Array
  }
  const count = (counts: Record<string, number>, name: string) => {
    counts[name] = (counts[name] ?? 0) + 1
  }
  for (let i = 0; i < plan.rows; i++) {
    const [postcode, place, district, state, lat, lon] = TOWNS[next(TOWNS.length)] ?? TOWNS[0]
    const keyed = hasKeys && next(100) < plan.keyed
    const number = String(1_000_000 + i)
    const points = Array.from({ length: 1 + next(Math.min(2, slots)) }, (_, n): Point => {
      // A third of the register names charge points, some over two lines.
      const id = hasEvses && i % 3 === 0 ? `DE*TST*E${number}*${n + 1}` : ''
      if (id !== '') truth.evses++
      return { connector: 'AC Typ 2 Steckdose', power: '22', evse: id, key: '' }
    })
    for (const one of keyed ? points : []) {
      truth.keyCells++
      if (next(100) < plan.damaged) {
        const { reason, damage } = DAMAGES[next(DAMAGES.length)] ?? DAMAGES[0]!
        one.key = damage(point('secp192r1'))
        count(truth.byReason, reason)
        continue
      }
      const { form, curve, print } = PRINTS[next(PRINTS.length)] ?? PRINTS[0]!
      const made = point(curve)
      one.key = print(made)
      truth.usable++
      count(truth.byForm, form)
      count(truth.byCurve, curve)
      if (truth.samples.length < 2000) {
        const row = truth.rows
        truth.samples.push({
          fingerprint: fingerprint(curve, made),
          row,
          number,
          place,
          evse: one.evse,
        })
      }
    }
    truth.rows++
    yield {
      number,
      operator: OPERATORS[next(OPERATORS.length)] ?? '',
      street: STREETS[next(STREETS.length)] ?? '',
      house: String(1 + next(200)),
      postcode,
      place,
      district,
      state,
      latitude: (lat + next(1000) / 10_000).toFixed(6).replace('.', ','),
      longitude: (lon + next(1000) / 10_000).toFixed(6).replace('.', ','),
      commissioned: `20${10 + next(16)}-${String(1 + next(12)).padStart(2, '0')}-11`,
      points,
    }
  }
}

/** Rows of cells, the first ones above the header. */
function* tableOf(plan: Required<RegisterPlan>, truth: RegisterTruth, sheet: boolean) {
  const layout: Layout = LAYOUTS[plan.layout]
  const numbers = Array.from({ length: layout.slots }, (_, i) => i + 1)
  const header = [
    ...layout.general.map(([name]) => name),
    ...numbers.flatMap((n) => layout.slot(n).map(([name]) => name)),
  ]
  for (const above of layout.above(plan.date, sheet)) yield padded(above, header.length)
  yield header
  for (const station of stations(plan, truth)) {
    yield [
      ...layout.general.map(([, value]) => value(station)),
      ...numbers.flatMap((n) =>
        layout.slot(n).map(([, value]) => {
          const point = station.points[n - 1]
          return point === undefined ? '' : value(point)
        }),
      ),
    ]
  }
}

function padded(cells: readonly string[], length: number): string[] {
  return [...cells, ...Array.from({ length: length - cells.length }, () => '')]
}

export interface CsvStyle {
  delimiter?: ';' | ',' | '\t'
  encoding?: 'utf-8-bom' | 'utf-8' | 'latin-1'
  lineEnd?: '\r\n' | '\n'
}

const nothing = (): RegisterTruth => ({
  rows: 0,
  keyCells: 0,
  usable: 0,
  evses: 0,
  byForm: {},
  byCurve: {},
  byReason: {},
  samples: [],
})

const whole = (plan: RegisterPlan): Required<RegisterPlan> => ({
  layout: '2026',
  rows: 1000,
  date: '2026-09-01',
  seed: 1,
  keyed: 30,
  damaged: 5,
  ...plan,
})

export function writeRegisterCsv(
  path: string,
  plan: RegisterPlan = {},
  { delimiter = ';', encoding = 'utf-8-bom', lineEnd = '\r\n' }: CsvStyle = {},
): RegisterTruth {
  const truth = nothing()
  const file = openSync(path, 'w')
  const write = (text: string) =>
    writeSync(file, Buffer.from(text, encoding === 'latin-1' ? 'latin1' : 'utf8'))
  if (encoding === 'utf-8-bom') write('\ufeff')
  const special = new RegExp(`[${delimiter}"\\n\\r]`)
  let part = ''
  for (const cells of tableOf(whole(plan), truth, false)) {
    const quoted = cells.map((cell) =>
      special.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell,
    )
    part += `${quoted.join(delimiter)}${lineEnd}`
    if (part.length > 1 << 20) {
      write(part)
      part = ''
    }
  }
  write(part)
  closeSync(file)
  return truth
}

export function writeRegisterXlsx(path: string, plan: RegisterPlan = {}): RegisterTruth {
  const truth = nothing()
  const texts = new Map<string, number>()
  const rows: string[] = []
  for (const [index, cells] of [...tableOf(whole(plan), truth, true)].entries()) {
    rows.push(sheetRow(index + 1, cells, texts))
  }
  writeFileSync(path, workbook(rows, [...texts.keys()]))
  return truth
}

function sheetRow(number: number, cells: readonly string[], texts: Map<string, number>): string {
  const written = cells.map((cell, column) => {
    if (cell === '') return ''
    const place = `${columnName(column)}${number}`
    const date = /^(\d\d)\.(\d\d)\.(\d{4})$/.exec(cell)
    if (date !== null)
      return `<c r="${place}" s="1"><v>${serial(`${date[3]}-${date[2]}-${date[1]}`)}</v></c>`
    if (/^[1-9]\d{0,8}$/.test(cell)) return `<c r="${place}"><v>${cell}</v></c>`
    const known = texts.get(cell) ?? texts.size
    texts.set(cell, known)
    return `<c r="${place}" t="s"><v>${known}</v></c>`
  })
  return `<row r="${number}">${written.join('')}</row>`
}

function columnName(column: number): string {
  const last = String.fromCodePoint(65 + (column % 26))
  return column < 26 ? last : columnName(Math.floor(column / 26) - 1) + last
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

export interface WorkbookParts {
  relations?: string
  sheet?: string
  shared?: string
}

export function workbook(
  rows: readonly string[],
  texts: readonly string[],
  over: WorkbookParts = {},
): Uint8Array {
  const shared = texts.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`)
  return zip({
    'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets><sheet name="Ladesäulenregister" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>${over.relations ?? ''}</Relationships>`,
    'xl/sharedStrings.xml': over.shared ?? `${HEAD}<sst xmlns="${MAIN}">${shared.join('')}</sst>`,
    'xl/worksheets/sheet1.xml':
      over.sheet ??
      `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${rows.join('')}</sheetData></worksheet>`,
  })
}

/** @param parts names and contents, deflated in this order */
export function zip(parts: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const locals: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const [name, content] of Object.entries(parts)) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const title = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(title.length, 22)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    locals.push(Buffer.from('PK\u0003\u0004', 'latin1'), common, title, packed)
    directory.push(Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, place, title)
    offset += 30 + title.length + packed.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006', 'latin1')
  const count = Object.keys(parts).length
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, central, end])
}

if (import.meta.main) {
  const [path, layout = '2026', rows = '1000', date = '2026-09-01'] = process.argv.slice(2)
  if (path === undefined)
    throw new Error('node test/tools/make-register.ts <file> [layout] [rows] [date]')
  const plan = { layout: layout as LayoutName, rows: Number(rows), date }
  const truth = path.endsWith('.xlsx')
    ? writeRegisterXlsx(path, plan)
    : writeRegisterCsv(path, plan)
  console.log(JSON.stringify({ ...truth, samples: truth.samples.slice(0, 3) }, null, 1))
}
