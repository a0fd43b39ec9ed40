/** One record in every envelope of backends and roaming platforms. */
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { hostEngines } from '../../../../src/main/host-deps.ts'
import { toHex } from '../../../../src/shared/hex.ts'
import { type Carried, ENVELOPES, KEY_FORMS } from '../../../tools/envelopes.ts'
import { ocmf, spkiOf, throwAwayKey } from '../../../tools/sign.ts'
import { runVector } from '../../../tools/vector-job.ts'
import { LATER, payload } from '../../../tools/vectors/base.ts'
import { stopwatch } from '../../../tools/stopwatch.ts'

const engines = hostEngines(true)

async function verify(content: string, name = 'log.json') {
  return runVector(
    {
      comment: '',
      expect: [],
      inputs: null,
      findings: [],
      notFindings: [],
      signature: null,
      energy: null,
      duration: null,
      usable: null,
      expectTrust: null,
      keys: [],
      trust: 'K2',
      published: [],
      files: [{ name, bytes: new TextEncoder().encode(content) }],
    },
    engines,
  )
}

const KEY = throwAwayKey('secp256r1', 'envelopes')
const OWN: Carried = {
  record: ocmf(payload(), { key: KEY }),
  key: toHex(spkiOf(KEY)),
  transaction: '2025031409000001',
}

describe.each(Object.entries(ENVELOPES))('%s', (_, wrap) => {
  test('gives the record, verified with the key in it', async () => {
    const { sessions } = await verify(wrap(OWN))
    expect(sessions.map(({ verdict }) => verdict.state)).toEqual(['VALID_KEY_UNCONFIRMED'])
    expect(sessions[0]?.energy?.value).toBe('11.110')
  })
})

test.each(Object.entries(KEY_FORMS))('a public key as %s', async (_, form) => {
  const message = { signedMeterData: OWN.record, encodingMethod: 'OCMF', publicKey: form(OWN.key) }
  const { sessions } = await verify(JSON.stringify(message))
  expect(sessions.map(({ verdict }) => verdict.state)).toEqual(['VALID_KEY_UNCONFIRMED'])
})

test('transaction and role of a message are hints of its record', async () => {
  const { sessions } = await verify(ENVELOPES['OCPP 2.0.1, frame']?.(OWN) ?? '')
  expect(sessions[0]?.records[0]?.claimed).toEqual({ transaction: OWN.transaction, role: 'end' })
})

test('a key that a station sends once holds for its transaction and its connector', async () => {
  const other = ocmf(payload({ PG: 'T12', RD: LATER.RD }), { key: KEY })
  const event = (record: string, transaction: string, publicKey: string) =>
    JSON.stringify([
      2,
      transaction,
      'TransactionEvent',
      {
        transactionInfo: { transactionId: transaction },
        evse: { id: 1, connectorId: 1 },
        meterValue: [
          {
            sampledValue: [{ value: 1, signedMeterValue: { signedMeterData: record, publicKey } }],
          },
        ],
      },
    ])
  const log = [event(OWN.record, 'A', OWN.key), event(other, 'B', '')].join('\n')
  const { sessions } = await verify(log)
  expect(sessions.map(({ verdict }) => verdict.state)).toEqual([
    'VALID_KEY_UNCONFIRMED',
    'VALID_KEY_UNCONFIRMED',
  ])
  // Another point may have another meter: nothing is said about a signature that the key does not fit.
  const foreign = ocmf(payload({ PG: 'T12', RD: LATER.RD }), {
    key: throwAwayKey('secp256r1', 'x'),
  })
  const signatures = async (place: string) => {
    const apart = [event(OWN.record, 'A', OWN.key), event(foreign, 'B', '')].join('\n')
    const result = await verify(apart.replace(/"id":1(?=[^\n]*$)/, place))
    return result.sessions.map(({ verdict }) => verdict.signature).toSorted()
  }
  expect(await signatures('"id":2')).toEqual(['unchecked', 'valid'])
  expect(await signatures('"id":1')).toEqual(['invalid', 'valid'])
})

test('a CDR is a bill of the record inside it', async () => {
  const right = await verify(ENVELOPES['OCPI, a CDR alone']?.(OWN) ?? '')
  expect(right.sessions[0]?.invoice).toMatchObject({ status: 'matches' })
  expect(right.sessions[0]?.invoice?.bills[0]?.by[0]).toBe('carrier')
  const more = (ENVELOPES['OICP, a CDR alone']?.(OWN) ?? '').replace('11.11', '12.11')
  const wrong = await verify(more)
  expect(wrong.sessions[0]?.invoice?.status).toBe('differs')
  expect(wrong.sessions[0]?.verdict.state).toBe('VALID_KEY_UNCONFIRMED')
})

test('a step of the tariff and a price are taken from the CDR', async () => {
  const cdr = JSON.parse(ENVELOPES['OCPI, a CDR alone']?.(OWN) ?? '{}')
  const component = { type: 'ENERGY', price: 0.4, step_size: 1000 }
  const tariffs = [{ elements: [{ price_components: [component] }] }]
  const priced = { ...cdr, total_energy: 12, tariffs, total_energy_cost: { excl_vat: 4.8 } }
  const { sessions } = await verify(JSON.stringify(priced))
  const invoice = sessions[0]?.invoice
  expect(invoice?.findings.map(({ code }) => code)).toContain('INV-STEP')
  expect(invoice?.bills[0]?.amounts[0]).toMatchObject({ computed: '4.80', outcome: 'same' })
})

test('a CDR whose signed value is of an unknown kind has its row with the name of it', async () => {
  const cdr = JSON.parse(ENVELOPES['OCPI, a CDR alone']?.(OWN) ?? '{}')
  const signed_values = [{ nature: 'End', signed_data: 'no record at all, whatever it is called' }]
  const { inputs } = await verify(
    JSON.stringify({ ...cdr, signed_data: { encoding_method: 'GraphDefined', signed_values } }),
  )
  expect(inputs[0]?.findings).toContainEqual(
    expect.objectContaining({ code: 'IN-FORMAT', params: { format: 'GraphDefined' } }),
  )
})

describe('hostile logs', () => {
  test.each([
    ['frames that never end', 'x [2,"1",{"signed'.repeat(60_000)],
    ['brackets', `x [2,"1",${'['.repeat(500_000)}`],
    ['quotes', `x [2,"1",{"${"'".repeat(500_000)}`],
    ['a dump that never ends', `x [2, '1', {${"'a': <B: '".repeat(50_000)}`],
    ['a million empty frames', 'x [2,"1","Heartbeat",{}]\n'.repeat(1_000_000)],
  ])('%s', async (_, log) => {
    const seconds = stopwatch()
    const { sessions } = await verify(log, 'log.txt')
    expect(sessions).toEqual([])
    expect(seconds()).toBeLessThan(5)
  })

  test('100 MB of log are refused by their size, and the reason is told', async () => {
    const { inputs } = await verify(`x [2,"1","Heartbeat",{}]\n`.repeat(4_000_000), 'log.txt')
    expect(inputs[0]?.findings[0]?.code).toBe('IN-TOOBIG')
  })
})

/** A record of a real station, as quoted in the field's documentation, where that is at hand. */
const QUOTED = new URL('../../../../../shared/formats/interfaces.md', import.meta.url)

describe.skipIf(!existsSync(QUOTED))('a record of a real station', () => {
  const quoted = existsSync(QUOTED) ? readFileSync(QUOTED, 'utf8') : ''
  const record = /`(OCMF\|\{[^`]*"GI":"KEBA_KCP30"[^`]*)`/.exec(quoted)?.[1] ?? ''
  const key = (/key `\{"UK":"([0-9A-F]+)"\}`/.exec(quoted)?.[1] ?? '').toLowerCase()
  const transaction = /transactionId `(\d+)`/.exec(quoted)?.[1] ?? ''

  test.each(Object.entries(ENVELOPES))('verifies in: %s', async (_, wrap) => {
    const { sessions } = await verify(wrap({ record, key, transaction }))
    expect(sessions.map(({ verdict }) => verdict.signature)).toEqual(['valid'])
    expect(sessions[0]?.energy?.value).toBe('19.7187')
  })
})
