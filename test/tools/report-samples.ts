/**
 * Checked inputs for tests of the report: records signed here with a throw-away key.
 *
 * @module
 */
import { type KeyObject, generateKeyPairSync, sign } from 'node:crypto'
import { asset } from '../../src/main/assets.ts'
import { LIMITS } from '../../src/main/engine/limits.ts'
import { conclude, readFile } from '../../src/main/engine/pipeline.ts'
import { readOffers } from '../../src/main/engine/signature/key-offer.ts'
import { keyBook } from '../../src/main/engine/trust/key-book.ts'
import { digest, hostEngines } from '../../src/main/host-deps.ts'
import type { ReportInput } from '../../src/main/report/pdf/report.ts'
import type { TrustLevel } from '../../src/shared/model/key.ts'
import type { Profile } from '../../src/shared/model/profile.ts'

export const CHECKED_AT = '2026-08-24T14:33:10.000Z'
const NOW = Date.parse(CHECKED_AT)

export interface Payload {
  [member: string]: unknown
}

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
export const PUBLIC_KEY = publicKey.export({ type: 'spki', format: 'der' }).toString('hex')

/** A reading of an OCMF record; the value as it is to stand there. */
export function ocmfReading(tx: string, time: string, value: string, over: Payload = {}): Payload {
  const reading = {
    TM: time,
    TX: tx,
    RV: `#${value}#`,
    RI: '1-0:1.8.0',
    RU: 'kWh',
    EF: '',
    ST: 'G',
  }
  return { ...reading, ...over }
}

const BEGIN = ocmfReading('B', '2026-08-24T13:22:04,000+0200 S', '2935.600')
const END = ocmfReading('E', '2026-08-24T14:09:11,000+0200 S', '2957.087')

export function ocmfPayload(over: Payload = {}): string {
  const payload = {
    FV: '1.2',
    GI: 'Wallbox M3',
    GS: 'GW-2231-0004',
    GV: '4.1.2',
    PG: 'T311',
    MV: 'Phoenix Contact',
    MM: 'EEM-350-D-MCB',
    MS: '1EBZ0100000152',
    IS: true,
    IL: 'VERIFIED',
    IF: ['RFID_PLAIN', 'OCPP_RS_TLS'],
    IT: 'ISO14443',
    ID: '1F2D3A4F5506C7',
    CT: 'EVSEID',
    CI: 'DE*MUS*E0042*1',
    RD: [BEGIN, END],
    ...over,
  }
  return JSON.stringify(payload).replace(/"#([^"]*)#"/g, '$1')
}

export function signedRecord(payload: string, key: KeyObject = privateKey): string {
  const signature = sign('sha256', Buffer.from(payload), key).toString('hex')
  return `OCMF|${payload}|{"SA":"ECDSA-secp256r1-SHA256","SD":"${signature}"}`
}

/** @param records with the transaction they are said to belong to */
export function valuesXml(
  records: readonly [id: string, record: string][],
  withKey = true,
): string {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const key = withKey ? `<publicKey encoding="plain">${PUBLIC_KEY}</publicKey>` : ''
  const values = records.map(
    ([id, record]) =>
      `<value transactionId="${id}"><signedData format="OCMF" encoding="plain">${escaped(record)}</signedData>${key}</value>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n<values>${values.join('\n')}</values>\n`
}

export interface Given {
  /** Trust in the key given beside the files; null for none. */
  trust: TrustLevel | null
  profile: Profile
}

/** Reads files as the program does and gives all a report needs. */
export async function checked(
  files: readonly { name: string; text: string | Uint8Array }[],
  over: Partial<Given> = {},
): Promise<ReportInput> {
  const { trust, profile } = { trust: null, profile: 'driver' as const, ...over }
  const place = {
    source: 'register',
    trust: trust ?? 'K3',
    origin: 'Ladesäulenregister 2026-08',
  } as const
  const given = trust === null ? [] : readOffers(PUBLIC_KEY, place).flatMap(({ keys }) => keys)
  const originals = files.map(({ name, text }) => ({
    name,
    bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text,
  }))
  const deps = {
    keys: keyBook(given, []),
    engines: hostEngines(originals.length < 10),
    digest,
    now: NOW,
    limits: LIMITS,
    asset,
    evidence: true,
  }
  const read = []
  for (const original of originals) read.push(await readFile(original, deps))
  const policy = { requiredTrust: 'K3', profile } as const
  const result = conclude(read, { policy, now: NOW, digest })
  return {
    result,
    sessions: result.sessions,
    originals,
    software: {
      name: 'eichlicht',
      version: '0.1.0',
      core: { version: '1.0.0', sha256: 'ab'.repeat(32) },
    },
    integrity: 'intact',
    checkedAt: CHECKED_AT,
    languages: ['de'],
  }
}

/** One sample for each state of the verdict. */
export const STATES = {
  VERIFIED: () => checked([file(signedRecord(ocmfPayload()), false)], { trust: 'K3' }),
  VALID_KEY_UNCONFIRMED: () => checked([file(signedRecord(ocmfPayload()))]),
  SIGNATURE_INVALID: () =>
    checked([file(signedRecord(ocmfPayload()).replace('2957.087', '2958.087'))]),
  INCOMPLETE: () => checked([file(signedRecord(ocmfPayload({ RD: [BEGIN] })))]),
  NOT_LEGALLY_RELEVANT: () =>
    checked([file(signedRecord(ocmfPayload({ RD: [BEGIN, { ...END, EF: 'E' }] })))]),
  NOT_CHECKED: () => checked([file(signedRecord(ocmfPayload()), false)]),
  UNREADABLE: () => checked([{ name: 'beleg.xml', text: '<!DOCTYPE x><values/>' }]),
} as const

function file(record: string, withKey = true) {
  return { name: 'ladedaten.xml', text: valuesXml([['T311', record]], withKey) }
}

/** So many sessions in one file, each a little different. */
export function manySessions(count: number): Promise<ReportInput> {
  const records = Array.from({ length: count }, (_, index): [string, string] => {
    const minute = String(index % 60).padStart(2, '0')
    const hour = String(8 + (Math.floor(index / 60) % 8)).padStart(2, '0')
    const day = String(1 + (Math.floor(index / 480) % 20)).padStart(2, '0')
    const value = `${1000 + index * 12}.${String(index % 1000).padStart(3, '0')}`
    const end = `${1000 + index * 12 + 11}.${String((index * 7) % 1000).padStart(3, '0')}`
    const payload = ocmfPayload({
      PG: `T${index + 1}`,
      ID: `04A2${String(index).padStart(8, '0')}`,
      RD: [
        ocmfReading('B', `2026-08-${day}T${hour}:${minute}:04,000+0200 S`, value),
        ocmfReading('E', `2026-08-${day}T${hour}:${minute}:54,000+0200 S`, end, {
          EF: index % 17 === 5 ? 'E' : '',
        }),
      ],
    })
    const record = signedRecord(payload)
    return [`T${index + 1}`, index % 13 === 4 ? record.replace('.', ',') : record]
  })
  return checked([{ name: 'ladevorgaenge.xml', text: valuesXml(records) }])
}
