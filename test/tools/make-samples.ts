/**
 * Writes `assets/samples/`: small realistic files, one for each verdict and more, signed with
 * throw-away keys. Run: `npm run samples`.
 *
 * What each must give stands here by hand; `test/samples.test.ts` holds it.
 *
 * @module
 */
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { utf8Bytes } from '../../src/main/engine/codec/text.ts'
import type { SigningKind } from '../../src/shared/model/key.ts'
import { KEY_KINDS } from '../../src/shared/model/key.ts'
import type { VerdictState } from '../../src/shared/model/verdict-state.ts'
import {
  type Json,
  type OcmfOptions,
  type ThrowAwayKey,
  json,
  keyHex,
  literal,
  ocmf,
  pem,
  throwAwayKey,
  valuesXml,
} from './sign.ts'
import { CARRIER_SAMPLES } from './samples/carriers.ts'
import { BILL_SAMPLES } from './samples/bills.ts'
import { FORMAT_SAMPLES } from './samples/formats.ts'
import type { Sample } from './samples/sample.ts'

export const SAMPLE_FOLDER = new URL('../../assets/samples/', import.meta.url)

type Members = Record<string, Json | undefined>

/** One charging station of a maker that does not exist. */
function station(number: number, curve: SigningKind = 'secp256r1') {
  const serial = `MM-${String(4700 + number)}`
  const key = throwAwayKey(curve, `sample station ${number}`)
  const identity: Members = {
    FV: '1.4',
    GI: 'Mustermann Ladetechnik Gateway 2',
    GS: `GW-${serial}`,
    GV: '2.4.1',
    MV: 'Mustermann Messtechnik',
    MM: 'DZ 40',
    MS: serial,
    MF: '1.8',
    CT: 'EVSEID',
    CI: `DE*EIL*E${String(4700 + number)}*1`,
  }
  const user: Members = {
    IS: true,
    IL: 'TRUSTED',
    IF: ['RFID_PLAIN', 'OCPP_RS_TLS'],
    IT: 'ISO14443',
    ID: '04A1B2C3D4E5F6',
  }
  const record = (members: Members, options: OcmfOptions = {}) =>
    ocmf(json({ ...identity, ...user, ...members }), { key, ...options })
  return { key, record }
}

function reading(letter: string, time: string, value: string, more: Members = {}): Members {
  return {
    TM: time,
    TX: letter,
    RV: literal(value),
    RI: '1-0:1.8.0',
    RU: 'kWh',
    RT: 'AC',
    EF: '',
    ST: 'G',
    ...more,
  }
}

/** A session of that station in one record. */
function session(
  from: string,
  to: string,
  begin: string,
  end: string,
  more: Members = {},
): Members {
  return { PG: 'T812', RD: [reading('B', from, begin), reading('E', to, end)], ...more }
}

function xml(data: string, key: ThrowAwayKey, transaction: string): string {
  return valuesXml([{ data, keys: [keyHex(key)], transaction, format: 'OCMF' }])
}

const CONFIRMED = station(1)
const UNCONFIRMED = station(2)
const TAMPERED = station(3)
const INCOMPLETE = station(4)
const NOT_BILLABLE = station(5)
const NO_KEY = station(6)
const TWO_FILES = station(8)
const SEVERAL = station(9)
const UMLAUTS = station(10)

const verified = session(
  '2025-08-24T14:02:11,000+0200 S',
  '2025-08-24T15:31:48,000+0200 S',
  '18204.735',
  '18221.092',
)
const genuine = session(
  '2025-09-03T07:45:02,000+0200 S',
  '2025-09-03T09:10:57,000+0200 S',
  '6120.480',
  '6135.910',
)

/** A session of a kind of key, to see that every curve is known. */
function curveSample(curve: SigningKind, index: number): Sample {
  const { key, record } = station(100 + index, curve)
  const data = record(
    session(
      '2025-10-05T10:00:00,000+0200 S',
      '2025-10-05T11:00:00,000+0200 S',
      '100.000',
      '107.400',
    ),
  )
  return {
    files: { [`curves/${curve}.xml`]: xml(data, key, String(100 + index)) },
    expect: ['VALID_KEY_UNCONFIRMED'],
    energy: ['7.400 kWh'],
    german: `Signaturverfahren ${curve}`,
    english: `signature method ${curve}`,
  }
}

const MAIN: readonly Sample[] = [
  {
    files: {
      '01-verified.xml': valuesXml([
        { data: CONFIRMED.record(verified), transaction: '1001', format: 'OCMF' },
      ]),
    },
    key: { file: '01-verified-station-key.pem', trust: 'K4' },
    beside: { '01-verified-station-key.pem': pem(CONFIRMED.key) },
    expect: ['VERIFIED'],
    energy: ['16.357 kWh'],
    german: 'Alles in Ordnung; den Schlüssel haben Sie an der Ladesäule abgelesen.',
    english: 'All is well; you read the key off the station.',
  },
  {
    files: {
      '02-key-unconfirmed.xml': xml(
        UNCONFIRMED.record(
          session(
            '2025-08-13T12:03:15,000+0200 I',
            '2025-08-13T12:48:36,000+0200 R',
            '259.612',
            '267.904',
          ),
          { method: null },
        ),
        UNCONFIRMED.key,
        '1002',
      ),
    },
    expect: ['VALID_KEY_UNCONFIRMED'],
    energy: ['8.292 kWh'],
    german: 'Unverändert, aber der Schlüssel kam nur mit den Daten. Der häufigste Fall.',
    english: 'Unchanged, but the key only came with the data. The most common case.',
  },
  {
    files: {
      '03-tampered.xml': xml(
        TAMPERED.record(genuine).replace('6135.910', '6139.910'),
        TAMPERED.key,
        '1003',
      ),
    },
    expect: ['SIGNATURE_INVALID'],
    energy: ['19.430 kWh'],
    german: 'Der Endwert wurde nach der Signatur um 4 kWh erhöht.',
    english: 'The end value was raised by 4 kWh after signing.',
  },
  {
    files: {
      '04-incomplete.xml': xml(
        INCOMPLETE.record({
          PG: 'T77',
          RD: [reading('B', '2025-07-01T18:20:00,000+0200 S', '40211.300')],
        }),
        INCOMPLETE.key,
        '1004',
      ),
    },
    expect: ['INCOMPLETE'],
    energy: [null],
    german: 'Nur der Anfang eines Ladevorgangs; das Ende fehlt.',
    english: 'Only the beginning of a session; the end is missing.',
  },
  {
    files: {
      '05-not-billable.xml': xml(
        NOT_BILLABLE.record({
          PG: 'T5',
          RD: [
            reading('B', '2025-06-11T08:00:00,000+0200 S', '990.100'),
            reading('A', '2025-06-11T08:41:09,000+0200 S', '993.700', { ST: 'E', EF: 'E' }),
          ],
        }),
        NOT_BILLABLE.key,
        '1005',
      ),
    },
    expect: ['NOT_LEGALLY_RELEVANT'],
    energy: ['3.600 kWh'],
    german: 'Der Zähler selbst meldet einen Fehler: Dieser Wert darf nicht abgerechnet werden.',
    english: 'The meter itself reports an error: this value must not be billed.',
  },
  {
    files: {
      '06-no-key.ocmf': `${NO_KEY.record(
        session(
          '2025-05-20T20:15:30,000+0200 S',
          '2025-05-20T22:00:00,000+0200 S',
          '77.210',
          '95.860',
        ),
      )}\n`,
    },
    expect: ['NOT_CHECKED'],
    energy: ['18.650 kWh'],
    german: 'Ein Datensatz ohne Schlüssel: Niemand kann sagen, ob die Signatur passt.',
    english: 'A record without key: nobody can tell whether the signature fits.',
  },
  {
    files: {
      '07-unreadable.xml': xml(CONFIRMED.record(verified), CONFIRMED.key, '1007').slice(0, 61),
    },
    expect: ['UNREADABLE'],
    energy: [],
    german: 'Eine Datei, die beim Herunterladen abgebrochen ist.',
    english: 'A file whose download broke off.',
  },
  {
    files: {
      '08-two-files/begin.ocmf': `${TWO_FILES.record({
        PG: 'T3301',
        RD: [reading('B', '2025-04-02T06:58:40,000+0200 S', '3310.040')],
      })}\n`,
      '08-two-files/end.ocmf': `${TWO_FILES.record({
        PG: 'T3302',
        RD: [reading('R', '2025-04-02T08:12:05,000+0200 S', '3321.950')],
      })}\n`,
      '08-two-files/key.pem': pem(TWO_FILES.key),
    },
    expect: ['VALID_KEY_UNCONFIRMED'],
    energy: ['11.910 kWh'],
    german: 'Anfang, Ende und Schlüssel in drei Dateien.',
    english: 'Begin, end and key in three files.',
  },
  {
    files: { '09-several-sessions.xml': severalSessions() },
    expect: ['VALID_KEY_UNCONFIRMED', 'VALID_KEY_UNCONFIRMED', 'INCOMPLETE'],
    energy: ['11.250 kWh', '0.75 kWh', null],
    german: 'Drei Ladevorgänge einer Säule in einer Datei; der dritte läuft noch.',
    english: 'Three sessions of one station in one file; the third is still running.',
  },
  {
    files: { '10-umlauts-and-long-decimals.json': umlauts() },
    expect: ['VALID_KEY_UNCONFIRMED'],
    energy: ['7.00000000000000000002 kWh'],
    german: 'Umlaute und mehr Stellen, als binäre Zahlen fassen; die Energie bleibt exakt.',
    english: 'Umlauts, and more digits than binary numbers hold; the energy stays exact.',
  },
]

function severalSessions(): string {
  const { key, record } = SEVERAL
  const part = (number: number, letter: string, time: string, value: string, decimals = '') =>
    record({
      PG: `T${number}`,
      RD: [reading(letter, `2025-03-09T${time}:00,000+0100 S`, `${value}${decimals}`)],
    })
  const value = (data: string, transaction: string, end: boolean) => ({
    data,
    transaction,
    keys: [keyHex(key)],
    context: end ? 'Transaction.End' : 'Transaction.Begin',
  })
  return valuesXml([
    value(part(51, 'B', '08:00', '501.000'), '4711', false),
    value(part(52, 'E', '09:30', '512.250'), '4711', true),
    value(part(53, 'B', '10:05', '512.25'), '4712', false),
    value(part(54, 'L', '10:20', '513.00'), '4712', true),
    value(part(55, 'B', '17:40', '513.00'), '4713', false),
  ])
}

function umlauts(): string {
  const { key, record } = UMLAUTS
  const signed = record({
    ...session(
      '2025-02-28T23:30:00,000+0100 S',
      '2025-03-01T00:15:00,000+0100 S',
      '1234567890123456.00000000000000000001',
      '1234567890123463.00000000000000000003',
    ),
    GI: 'Größte Überlandwerke Öhringen – Gateway',
    IT: 'LOCAL',
    ID: 'Gästekarte Nr. 7, Fräulein Ångström',
    TT: 'Ökostrom: 0,49 €/kWh',
  })
  return `${JSON.stringify(
    { station: 'Öhringen, Bäckerei Weiß', signedMeterData: signed, publicKey: keyHex(key) },
    null,
    2,
  )}\n`
}

export const SAMPLES: readonly Sample[] = [
  ...MAIN,
  ...FORMAT_SAMPLES,
  ...CARRIER_SAMPLES,
  ...BILL_SAMPLES,
  ...KEY_KINDS.map(curveSample),
]

const STATES: Record<VerdictState, [german: string, english: string]> = {
  VERIFIED: ['Geprüft und bestätigt', 'Verified'],
  VALID_KEY_UNCONFIRMED: ['Schlüssel noch nicht bestätigt', 'Key not confirmed yet'],
  SIGNATURE_INVALID: ['Daten passen nicht zur Signatur', 'Data do not match the signature'],
  INCOMPLETE: ['Unvollständig', 'Incomplete'],
  NOT_LEGALLY_RELEVANT: ['Nicht abrechenbar', 'Not usable for billing'],
  NOT_CHECKED: ['Nicht prüfbar', 'Could not be checked'],
  UNREADABLE: ['Nicht lesbar', 'Cannot be read'],
}

function readme(): string {
  const table = (language: 0 | 1, [file, result, shows]: readonly string[]) => [
    `| ${file} | ${result} | ${shows} |`,
    '| --- | --- | --- |',
    ...[...MAIN, ...FORMAT_SAMPLES, ...CARRIER_SAMPLES, ...BILL_SAMPLES].map((sample) => {
      const names = Object.keys(sample.files)
      const place = names.length === 1 ? names[0] : names[0]?.replace(/[^/]*$/, '')
      const states = [...new Set(sample.expect)].map((state) => STATES[state][language])
      const what = language === 0 ? sample.german : sample.english
      return `| \`${place}\` | ${states.join(', ')} | ${what} |`
    }),
  ]
  const withKey =
    'npm run --silent eichlicht -- verify assets/samples/01-verified.xml --key assets/samples/01-verified-station-key.pem --key-trust K4'
  const folder =
    'npm run --silent eichlicht -- verify assets/samples/08-two-files/begin.ocmf assets/samples/08-two-files/end.ocmf assets/samples/08-two-files/key.pem'
  return [
    '# Beispiele · Samples',
    '',
    'Alle Dateien sind erfunden und mit Wegwerfschlüsseln signiert (`npm run samples`).',
    '',
    ...table(0, ['Datei', 'Ergebnis', 'zeigt']),
    `| \`curves/\` | ${STATES.VALID_KEY_UNCONFIRMED[0]} | Je ein Ladevorgang für jedes Signaturverfahren, das Eichlicht kennt. |`,
    '',
    'Mit dem Schlüssel, den Sie an der Säule abgelesen haben, und Anfang und Ende aus zwei Dateien:',
    '',
    '```',
    withKey,
    folder,
    '```',
    '',
    'All files are invented and signed with throw-away keys (`npm run samples`).',
    '',
    ...table(1, ['file', 'result', 'shows']),
    `| \`curves/\` | ${STATES.VALID_KEY_UNCONFIRMED[1]} | One session for each signature method that Eichlicht knows. |`,
    '',
    'With the key that you read off the station, and begin and end from two files: the commands above.',
    '',
  ].join('\n')
}

/** @returns contents by path in the folder */
export function sampleFiles(): Map<string, Uint8Array> {
  const files = new Map([['README.md', utf8Bytes(readme())]])
  for (const sample of SAMPLES) {
    for (const [path, content] of Object.entries({ ...sample.files, ...sample.beside })) {
      if (files.has(path)) throw new Error(`two samples write ${path}`)
      files.set(path, typeof content === 'string' ? utf8Bytes(content) : content)
    }
  }
  return files
}

/** @returns paths of all files that are in the folder */
export function writtenSamples(): string[] {
  return readdirSync(SAMPLE_FOLDER, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => statSync(new URL(path, SAMPLE_FOLDER)).isFile())
    .toSorted()
}

function write(): void {
  rmSync(SAMPLE_FOLDER, { recursive: true, force: true })
  for (const [path, content] of sampleFiles()) {
    const file = new URL(path, SAMPLE_FOLDER)
    mkdirSync(new URL('.', file), { recursive: true })
    writeFileSync(file, content)
  }
}

if (import.meta.main) write()
