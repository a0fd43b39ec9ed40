/** The charging register in the key store: every layout, every kind of bad file, kills, look-ups. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import Driver from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStoredKeys } from '../../../src/main/key-store/key-book.ts'
import { unusableCsv } from '../../../src/main/key-store/exchange.ts'
import { openStore } from '../../../src/main/key-store/open.ts'
import { RegisterError } from '../../../src/main/key-store/register-file.ts'
import { importRegister } from '../../../src/main/key-store/register-import.ts'
import type { KeyStore } from '../../../src/main/key-store/store.ts'
import type { RegisterReport } from '../../../src/shared/model/register.ts'
import {
  type CsvStyle,
  LAYOUTS,
  type LayoutName,
  type RegisterPlan,
  type RegisterTruth,
  workbook,
  writeRegisterCsv,
  writeRegisterXlsx,
  zip,
} from '../../tools/make-register.ts'
import { keyHex, throwAwayKey } from '../../tools/sign.ts'
import { emptyFolder, now } from './keys.ts'

let folder = ''
beforeEach(() => {
  folder = emptyFolder()
  return () => rmSync(folder, { recursive: true })
})
const opened: KeyStore[] = []
afterEach(() => {
  for (const store of opened.splice(0)) store.close()
})

const at = (name: string) => join(folder, name)
const STORE = () => at('keys.sqlite')
const take = (path: string, date: string | null = null) =>
  importRegister(STORE(), path, { now, date })

function store(): KeyStore {
  const { store: found } = openStore(STORE(), { now })
  if (found === null) throw new Error('no store')
  opened.push(found)
  return found
}

async function refusal(path: string): Promise<string> {
  try {
    await take(path)
    return 'imported'
  } catch (error) {
    if (!(error instanceof RegisterError)) throw error
    return error.message
  }
}

function csv(plan: RegisterPlan = {}, style: CsvStyle = {}): [string, RegisterTruth] {
  const path = at(`${plan.layout ?? '2026'}_${plan.date ?? ''}_${plan.seed ?? 1}.csv`)
  return [path, writeRegisterCsv(path, { rows: 200, ...plan }, style)]
}

function expectTruth(report: RegisterReport, truth: RegisterTruth): void {
  const { rows, keyCells, usable, evses, byForm, byCurve, byReason } = report
  const { samples: _, ...counts } = truth
  expect({ rows, keyCells, usable, evses, byForm, byCurve, byReason }).toEqual(counts)
  expect(report.unusable).toBe(keyCells - usable)
}

const NAMES = Object.keys(LAYOUTS) as LayoutName[]

describe('every edition since 2017', () => {
  test.each(NAMES)('%s as CSV and as XLSX, with the same counts', async (layout) => {
    const plan = { layout, rows: 300, date: '2019-02-08' }
    const truth = writeRegisterCsv(at('a.csv'), plan)
    expectTruth((await take(at('a.csv'))).report, truth)
    const again = writeRegisterXlsx(at('a.xlsx'), plan)
    const { report } = await take(at('a.xlsx'))
    expectTruth(report, again)
    expect(report).toMatchObject({ edition: '2019-02-08', kind: 'xlsx', blank: 0 })
    expect(report.notes).toEqual(truth.keyCells === 0 ? ['no-key-columns'] : [])
  })

  test.each<CsvStyle>([
    { encoding: 'latin-1' },
    { encoding: 'utf-8', lineEnd: '\n' },
    { delimiter: ',' },
    { delimiter: '\t', lineEnd: '\n' },
  ])('is read however it is written: %j', async (style) => {
    const [path, truth] = csv({}, style)
    const { report } = await take(path)
    expectTruth(report, truth)
    expect(store().register.search('Bad Säckingen').hits.length).toBeGreaterThan(0)
    expect(store().register.search('stadtwerke sud').hits.length).toBeGreaterThan(0)
  })
})

describe('editions side by side', () => {
  test('the newest one with keys is used, whatever the order of their import', async () => {
    const [newest] = csv({ date: '2026-09-01' })
    const [older] = csv({ date: '2025-02-01', seed: 2 })
    const [without] = csv({ layout: '2018', date: '2026-10-01', seed: 3 })
    for (const path of [newest, older, without]) await take(path)
    const editions = store().register.editions()
    expect(editions.map(({ date, inUse }) => [date, inUse])).toEqual([
      ['2026-10-01', false],
      ['2026-09-01', true],
      ['2025-02-01', false],
    ])
    expect(
      store()
        .register.search('kiel')
        .hits.every(({ edition }) => edition === '2026-09-01'),
    ).toBe(true)
  })

  test('the same file again changes nothing', async () => {
    const [path] = csv()
    const first = await take(path)
    const size = statSync(STORE()).size
    expect(await take(path)).toEqual({ ...first, kind: 'known' })
    expect(statSync(STORE()).size).toBe(size)
  })

  test('keys that appeared, vanished and changed are counted', async () => {
    const [before] = csv({ date: '2026-08-01' })
    const [path] = csv({ date: '2026-09-01', seed: 2 })
    await take(before)
    const { edition, report } = await take(path)
    const [, old] = store().register.editions()
    expect(store().register.changes(edition)).toMatchObject({
      before: '2026-08-01',
      appeared: report.distinct,
      vanished: old?.report.distinct,
    })
    expect(store().register.changes(old?.id ?? 0)).toBeNull()
  })

  test('a key is traced through the editions', async () => {
    const [path, truth] = csv({ date: '2026-08-01' })
    await take(path)
    writeRegisterCsv(path, { rows: 200, date: '2026-09-01' })
    await take(path)
    const [sample] = truth.samples
    const trace = store().register.trace(sample?.fingerprint ?? '')
    expect(trace.map(({ edition }) => edition)).toEqual(['2026-09-01', '2026-08-01'])
  })
})

describe('look-up', () => {
  test('every key leads to its station, and every station is found by its names', async () => {
    const [path, { samples }] = csv()
    await take(path)
    const { register } = store()
    expect(samples.length).toBeGreaterThan(50)
    for (const { fingerprint, number, place, evse } of samples) {
      const [found] = register.placesOf(fingerprint)
      expect(found).toMatchObject({ number, place, evse: evse === '' ? null : evse })
      const [hit] = register.search(number).hits
      expect(hit?.points.flatMap(({ keys }) => keys.map((key) => key.fingerprint))).toContain(
        fingerprint,
      )
      if (evse === '') continue
      for (const text of [evse, evse.replaceAll('*', ''), evse.toLowerCase(), evse.slice(0, -2)]) {
        expect(register.search(text, 500).hits.map((one) => one.number)).toContain(number)
      }
    }
    const print = samples[0]?.fingerprint ?? ''
    expect(register.search(print).hits).toHaveLength(1)
    expect(register.search(print.slice(7, 23)).hits).toHaveLength(1)
  })

  test('all stations that a search finds have their place, and lead to their page', async () => {
    await take(csv()[0])
    const { register } = store()
    const { places, more } = register.places('kiel')
    const { hits } = register.search('kiel', 9999)
    expect(more).toBe(false)
    expect(places.map(({ id }) => id)).toEqual(hits.map(({ id }) => id))
    for (const { id, latitude, longitude } of places) {
      expect(Number(latitude)).toBeCloseTo(54.3, 0)
      expect(Number(longitude)).toBeCloseTo(10.1, 0)
      expect(register.station(id)).toEqual(hits.find((hit) => hit.id === id))
    }
    expect(register.places('kiel', 3)).toMatchObject({ places: { length: 3 }, more: true })
    expect(register.station(999_999)).toBeNull()
  })

  test('a station is traced through editions by number, else EVSE id, else its own key', async () => {
    const key = (seed: string) => keyHex(throwAwayKey('secp256r1', seed))
    const edition = (day: string, header: string, rows: string[]) => {
      const path = at(`${day}.csv`)
      writeFileSync(path, ['Bundesnetzagentur', header, ...rows].join('\n'))
      return take(path, day)
    }
    await edition('2020-01-01', 'Betreiber;Ort;Public Key1', [
      `A;Kiel;${key('one')}`,
      `B;Kiel;${key('shared')}`,
      `C;Kiel;${key('shared')}`,
    ])
    await edition('2022-01-01', 'Betreiber;Ort;EVSE-ID1;Public Key1', [
      `A;Kiel;DE*ABC*E1;${key('one')}`,
      `B;Kiel;DE*ABC*E2;${key('shared')}`,
    ])
    await edition('2026-01-01', 'Betreiber;Ladeeinrichtungs-ID;Ort;EVSE-ID1;Public Key1', [
      `A;7;Kiel;DEABCE1;${key('new')}`,
      `B;8;Kiel;;${key('shared')}`,
    ])
    await edition('2026-02-01', 'Betreiber;Ladeeinrichtungs-ID;Ort;EVSE-ID1;Public Key1', [
      `A;7;Kiel;;${key('new')}`,
      `B;8;Kiel;;${key('shared')}`,
    ])
    const { register } = store()
    const trace = (words: string) =>
      register.traceOf(register.search(words).hits[0]?.id ?? 0).map(({ edition: day }) => day)
    // By its number; the EVSE id of the edition before is not its own any more.
    expect(trace('7')).toEqual(['2026-02-01', '2026-01-01'])
    const before = register.traceOf(1)
    expect(before.map(({ edition: day }) => day)).toEqual(['2022-01-01', '2020-01-01'])
    // A key that two stations of an edition share says nothing of either of them.
    expect(register.traceOf(2).map(({ edition: day }) => day)).toEqual([
      '2026-02-01',
      '2026-01-01',
      '2022-01-01',
      '2020-01-01',
    ])
    expect(trace('8')).toEqual(['2026-02-01', '2026-01-01'])
    expect(before[0]?.points[0]?.keys[0]?.fingerprint).toBe(
      before[1]?.points[0]?.keys[0]?.fingerprint,
    )
  })

  test('nothing, signs and quotation marks are no question', async () => {
    await take(csv()[0])
    const { register } = store()
    for (const text of ['', ' ', '"', "'", '*', '-', 'NEAR(', 'a AND', '" OR "', '\u0000', '*:x']) {
      expect(() => register.search(text)).not.toThrow()
    }
    expect(register.search('').hits).toEqual([])
  })

  test('unusable cells are given back with row, column and reason', async () => {
    const [path, truth] = csv({ rows: 400, damaged: 30 })
    const { edition } = await take(path)
    const cells = [...store().register.unusable(edition)]
    const counts = Object.fromEntries(
      [...Map.groupBy(cells, ({ reason }) => reason)].map(([reason, same]) => [
        reason,
        same.length,
      ]),
    )
    expect(counts).toEqual(truth.byReason)
    const lines = readFileSync(path, 'utf8').split('\r\n')
    const [first] = cells
    expect(lines.join('\n')).toContain(first?.printed)
    expect(first?.column).toMatch(/^Public Key\d$/)
  })

  test('a list of unusable cells suggests which key is meant, where only one can be', async () => {
    const printed = keyHex(throwAwayKey())
    const point = printed.slice(-130)
    const wrong = `${point.slice(0, 50)}${point[50] === '0' ? '1' : '0'}${point.slice(51)}`
    const path = at('Ladesaeulenregister_2026-09-01.csv')
    const header = 'Ladeeinrichtungs-ID;Betreiber;EVSE-ID1;Public Key1'
    const rows = [`1;Albwerk;DE*ABC*E1;${wrong}`, '2;Albwerk;DE*ABC*E2;keiner']
    writeFileSync(path, ['Ladesäulenregister', header, ...rows, ''].join('\r\n'))
    const { edition } = await take(path)
    const [, first, second] = [...unusableCsv(store().register.unusable(edition))]
    expect(first).toContain(`"${wrong}","1","Albwerk","${point.toLowerCase()}","secp256r1"`)
    expect(second).toContain('"keiner","2","Albwerk","",""')
  })

  test('an edition is deleted with all it says, but for the one in use; it can come again', async () => {
    const [older] = csv({ date: '2026-08-01', seed: 1 })
    const [newer, truth] = csv({ date: '2026-09-01', seed: 2 })
    const { edition: old, report } = await take(older)
    const { edition: used } = await take(newer)
    const kept = store()
    expect(() => kept.removeEdition(used)).toThrow('no-such-key')
    kept.removeEdition(old)
    expect(() => kept.removeEdition(old)).toThrow('no-such-key')
    expect(kept.register.editions().map(({ id }) => id)).toEqual([used])
    expect(kept.register.changes(used)).toBeNull()
    expect([...kept.register.unusable(old)]).toEqual([])
    expect(kept.register.search(truth.samples[0]?.number ?? '').hits).toHaveLength(1)
    const [event] = kept.events()
    expect(event).toMatchObject({ action: 'register-remove' })
    expect(JSON.parse(event?.detail ?? '')).toMatchObject({ edition: '2026-08-01' })
    const db = new Driver(STORE(), { readonly: true })
    const left = ['station', 'point'].map((table) =>
      db
        .prepare(`SELECT count(*) FROM ${table} WHERE ${table === 'station' ? 'edition' : 'station'}
        NOT IN (SELECT id FROM ${table === 'station' ? 'edition' : 'station'})`)
        .pluck()
        .get(),
    )
    expect(left).toEqual([0, 0])
    expect(db.pragma('foreign_key_check')).toEqual([])
    db.close()
    expect(await take(older)).toMatchObject({ kind: 'imported', report: { rows: report.rows } })
  })
})

describe('a bad file is refused with its reason, and the editions before stay', () => {
  const header = 'Betreiber;Ort;EVSE-ID1;Public Key1\r\n'
  const above = 'Ladesäulenregister Bundesnetzagentur;;;\r\nStand: 01.09.2026;;;\r\n'
  const texts: [string, string, string][] = [
    ['an error page', '<!DOCTYPE html><html><title>Fehler</title></html>', 'html'],
    ['another CSV', 'Name;Preis\r\nA;1\r\n', 'not-register'],
    ['a file of many rows that is no register', 'a;b\r\n'.repeat(5000), 'not-register'],
    ['an empty file', '', 'empty'],
    ['a header without rows', above + header, 'empty'],
    [
      'a quotation mark that is never closed',
      `${above}${header}A;B;"C;D\r\nE;F;G;H\r\n`,
      'quote 4',
    ],
    ['no date', `Ladesäulenregister;;;\r\n${header}A;B;C;D\r\n`, 'no-date'],
    ['bytes', 'Betreiber\u0000\u0001', 'not-register'],
    ['an old workbook', '\u00d0\u00cf\u0011\u00e0\u0000', 'not-register'],
  ]
  test.each(texts)('%s', async (_, text, reason) => {
    await take(csv()[0])
    writeFileSync(at('bad.csv'), text, 'latin1')
    expect(await refusal(at('bad.csv'))).toBe(reason)
    expect(store().register.editions()).toHaveLength(1)
    expect(store().register.search('kiel').hits.length).toBeGreaterThan(0)
  })

  test('a file cut off in the middle, CSV and XLSX', async () => {
    const [path] = csv()
    truncateSync(path, statSync(path).size - 20)
    expect(await refusal(path)).toMatch(/^cut-off \d+$/)
    writeRegisterXlsx(at('a.xlsx'), { rows: 200 })
    const whole = readFileSync(at('a.xlsx'))
    for (const part of [0.1, 0.5, 0.99]) {
      writeFileSync(at('a.xlsx'), whole.subarray(0, whole.length * part))
      expect(await refusal(at('a.xlsx'))).toBe('cut-off')
    }
  })

  test('a damaged workbook', async () => {
    writeRegisterXlsx(at('a.xlsx'), { rows: 200 })
    const bytes = readFileSync(at('a.xlsx'))
    const middle = Math.floor(bytes.length / 2)
    bytes[middle] = (bytes[middle] ?? 0) ^ 0xff
    writeFileSync(at('a.xlsx'), bytes)
    expect(await refusal(at('a.xlsx'))).toMatch(/^(?:zip|cut-off|xml)$/)
  })

  test('2 GB', async () => {
    writeFileSync(at('big.csv'), above)
    truncateSync(at('big.csv'), 2 * 1024 ** 3)
    expect(await refusal(at('big.csv'))).toBe('too-large')
  })

  test('a folder, and a file that is not there', async () => {
    expect(await refusal(folder)).toBe('not-found')
    expect(await refusal(at('nowhere'))).toBe('not-found')
  })

  test.each([
    [{ sheet: ' '.repeat(64 * 1024 * 1024) }, 'bomb'],
    [{ shared: ' '.repeat(64 * 1024 * 1024) }, 'bomb'],
    [{ sheet: '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>' }, 'xml'],
    [{ sheet: '<worksheet><row>' }, 'xml'],
    [{ sheet: '<worksheet><row r="1"><c t="s"><v>9</v></c></row></worksheet>' }, 'xml'],
    [{ sheet: '<worksheet><row r="1"><c r="ZZZZ1"><v>9</v></c></row></worksheet>' }, 'xml'],
    [{ sheet: '<worksheet/>' }, 'not-register'],
    [
      {
        relations:
          '<Relationship Id="x" Type="http://x/externalLink" Target="externalLinks/1.xml"/>',
      },
      'external',
    ],
    [
      { relations: '<Relationship Id="x" Type="y" Target="http://x" TargetMode="External"/>' },
      'external',
    ],
  ])('a workbook with %#', async (over, reason) => {
    writeFileSync(at('a.xlsx'), workbook([], [], over))
    expect(await refusal(at('a.xlsx'))).toBe(reason)
  })

  test('a zip that is no workbook', async () => {
    writeFileSync(at('a.xlsx'), zip({ 'readme.txt': 'x' }))
    expect(await refusal(at('a.xlsx'))).toBe('not-register')
  })

  test('what was cancelled leaves nothing behind', async () => {
    await take(csv()[0])
    const [path] = csv({ rows: 3000, seed: 2 })
    const abort = new AbortController()
    const onProgress = () => abort.abort()
    const import_ = importRegister(STORE(), path, { now, signal: abort.signal, onProgress })
    await expect(import_).rejects.toThrow('cancelled')
    expect(store().register.editions()).toHaveLength(1)
  })

  test('a header without columns for keys gives an edition that is never asked for keys', async () => {
    await take(csv({ date: '2026-01-01' })[0])
    writeFileSync(at('x.csv'), `${above}Betreiber;Ort;Steckertypen1\r\nA;B;AC\r\n`)
    expect((await take(at('x.csv'))).report.notes).toEqual(['no-key-columns'])
    expect(
      store()
        .register.editions()
        .map(({ inUse }) => inUse),
    ).toEqual([false, true])
  })

  test('a formula in a cell stays text, and is none in the list of unusable cells', async () => {
    writeFileSync(at('x.csv'), `${above}${header}A;B;;=HYPERLINK("x")\r\n`)
    const { edition, report } = await take(at('x.csv'))
    expect(report.byReason).toEqual({ 'no-key': 1 })
    const [cell] = [...store().register.unusable(edition)]
    expect(cell?.printed).toBe('=HYPERLINK("x")')
  })

  test('a date that the file does not tell can be given', async () => {
    writeFileSync(at('x.csv'), `${header}A;B;;\r\n`)
    expect((await take(at('x.csv'), '2024-05-01')).report).toMatchObject({
      edition: '2024-05-01',
      notes: ['no-preamble'],
    })
  })
})

describe('two at once, a full disk, and kills', () => {
  test('of two imports at once one is done and the other says why it was not, or waits', async () => {
    const [one] = csv({ rows: 2000 })
    const [other] = csv({ rows: 2000, seed: 2, date: '2026-08-01' })
    const settled = await Promise.allSettled([take(one), take(other)])
    const failed = settled.flatMap((result) =>
      result.status === 'rejected' ? [result.reason] : [],
    )
    expect(failed.map((error: { code: string }) => error.code)).toEqual(failed.map(() => 'locked'))
    expect(store().register.editions()).toHaveLength(2 - failed.length)
    expect(failed.length).toBeLessThan(2)
  })

  test('a full disk is told, and the edition before is whole', async () => {
    await take(csv()[0])
    const before = store().register.editions()
    const [path] = csv({ rows: 3000, seed: 2, date: '2026-10-01' })
    const { importInto } = await import('../../../src/main/key-store/register-import.ts')
    const { openForImport } = await import('../../../src/main/key-store/open.ts')
    const db = openForImport(STORE())
    // A file that may not grow is to SQLite as a disk without room.
    db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 20}`)
    await expect(importInto(db, path, { now })).rejects.toMatchObject({ code: 'full' })
    db.close()
    expect(store().register.editions()).toEqual(before)
    expect(store().register.search('kiel').hits.length).toBeGreaterThan(0)
  })

  test(
    'a program killed at twenty points leaves the old edition whole',
    { timeout: 120_000 },
    async () => {
      const [old, truth] = csv({ date: '2026-08-01' })
      await take(old)
      const [path] = csv({ rows: 12_000, seed: 2 })
      const importer = fileURLToPath(new URL('./importer.ts', import.meta.url))
      let kills = 0
      for (let kill = 0; kill < 20; kill++) {
        const child = spawn(process.execPath, [importer, STORE(), path], {
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        const exited = once(child, 'exit')
        // The first word says that rows are being written.
        await Promise.race([once(child.stdout, 'data'), exited])
        await wait(kill * 12)
        if (child.kill('SIGKILL')) kills++
        await exited
        const db = new Driver(STORE())
        expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
        expect(db.pragma('foreign_key_check')).toEqual([])
        db.exec(`INSERT INTO register_words (register_words) VALUES ('integrity-check')`)
        db.close()
        expect(whatIsThere(truth)).toMatch(/^(?:old|new) edition, whole$/)
      }
      expect(kills).toBeGreaterThan(0)
    },
  )
})

/** The edition in use, and whether all of it is there: rows, words and keys. */
function whatIsThere({ samples }: RegisterTruth): string {
  const { register } = store()
  const editions = register.editions()
  const [used] = editions
  if (used === undefined) return 'nothing'
  const words = register.search('kiel', 9999).hits
  const whole = words.length > 0 && words.every(({ edition }) => edition === used.date)
  // The kill may come after the transaction was done: then all of the new one is there.
  if (editions.length === 2) {
    return used.report.rows === 12_000 && whole ? 'new edition, whole' : 'new edition, in parts'
  }
  const found = samples.filter(({ fingerprint }) => register.placesOf(fingerprint).length === 1)
  return found.length === samples.length && whole ? 'old edition, whole' : 'old edition, in parts'
}

test('a store without a register answers like one with an empty one', () => {
  const { register } = store()
  expect([
    register.editions(),
    register.search('x').hits,
    register.placesOf('0'.repeat(64)),
  ]).toEqual([[], [], []])
  expect([...register.unusable(1)]).toEqual([])
  expect(openStoredKeys(STORE()).find('0'.repeat(64))).toEqual([])
})
