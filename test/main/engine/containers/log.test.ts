/** Logs: what is found in them, where it stood, how they are cut, and whose keys hold for what. */
import { describe, expect, test } from 'vitest'
import { toBase64 } from '../../../../src/main/engine/codec/base64.ts'
import { utf8Bytes } from '../../../../src/main/engine/codec/text.ts'
import { type LogLimits, LogReader } from '../../../../src/main/engine/containers/log/read-log.ts'
import { stationInPrefix } from '../../../../src/main/engine/containers/log/station-name.ts'
import { isLog } from '../../../../src/main/engine/containers/message-log.ts'
import type { Opened } from '../../../../src/main/engine/types.ts'
import { keyHex, throwAwayKey } from '../../../tools/sign.ts'
import { readOne, twoRecords, verify, wholeSession } from '../../../tools/small-inputs.ts'

const base64 = (text: string) => toBase64(utf8Bytes(text))
const KEY = throwAwayKey('secp256r1', 'log')
const OTHER = throwAwayKey('secp256r1', 'log, another station')

interface Message {
  record: string
  key?: string
  transaction?: string | number
  connector?: number
  context?: string
}

/** OCPP 1.6: the last message of a transaction, which names no connector. */
const stop = ({ record, key = '', transaction = 7, context = 'Transaction.End' }: Message) => [
  2,
  'stop',
  'StopTransaction',
  {
    transactionId: transaction,
    transactionData: [{ sampledValue: [signedValue(record, key, context)] }],
  },
]

const meterValues = ({ record, connector = 1, context = 'Transaction.Begin' }: Message) => [
  2,
  'values',
  'MeterValues',
  { connectorId: connector, meterValue: [{ sampledValue: [signedValue(record, '', context)] }] },
]

function signedValue(record: string, publicKey: string, context: string) {
  const value = JSON.stringify({
    signedMeterData: base64(record),
    encodingMethod: 'OCMF',
    publicKey,
  })
  return { value, format: 'SignedData', context }
}

const configuration = (key: string, connector = 1) => [
  3,
  'configuration',
  { configurationKey: [{ key: `MeterPublicKey${connector}`, readonly: true, value: key }] },
]

const start = (connector: number, id = 'start') => [
  2,
  id,
  'StartTransaction',
  { connectorId: connector, idTag: 'A', meterStart: 1 },
]
const started = (transaction: number, id = 'start') => [
  3,
  id,
  { transactionId: transaction, idTagInfo: { status: 'Accepted' } },
]

/** Lines of a log: `[station, message]`. */
type Line = readonly [string, unknown]
const inText = (lines: readonly Line[]) =>
  lines
    .map(
      ([station, message]) => `2025-03-14 09:30:05 INFO ${station} << ${JSON.stringify(message)}\n`,
    )
    .join('')
const inJson = (lines: readonly Line[]) =>
  lines
    .map(([chargePointId, message]) => `${JSON.stringify({ chargePointId, message })}\n`)
    .join('')

const read = (log: string): Opened => new LogReader([], 0, null).finish(utf8Bytes(log))

function readInPieces(log: string, size: number, limits: LogLimits | null = null): Opened {
  const bytes = utf8Bytes(log)
  const reader = new LogReader([], 0, limits)
  const buffer = new Uint8Array(size)
  for (let from = 0; from < bytes.length; from += size) {
    const piece = bytes.subarray(from, from + size)
    // As a reader of files does, which has one buffer for all of it.
    buffer.set(piece)
    reader.add(buffer.subarray(0, piece.length))
  }
  return reader.finish()
}

/** What was found, as far as two ways to read can differ in it. */
const essence = ({ records, keys, claims, findings }: Opened) => ({
  records: records.map(({ bytes, origin, hints, keys: own, own: around }) => ({
    text: Buffer.from(bytes).toString(),
    origin,
    hints,
    own: own.flatMap((offer) => offer.keys.map(({ fingerprint }) => fingerprint)),
    meant: around?.meant.map(({ fingerprint }) => fingerprint),
    trial: around?.trial.map(({ fingerprint }) => fingerprint),
  })),
  keys: keys.flatMap((offer) => offer.keys.map(({ fingerprint }) => fingerprint)),
  claims,
  findings,
})

async function signatures(log: string): Promise<string[]> {
  const { records } = await readOne(log)
  return records.map(({ signature }) => signature.status)
}

describe('a log read piece by piece', () => {
  const noise = Array.from({ length: 40 }, (_, i): Line => ['CP_1', [2, `h${i}`, 'Heartbeat', {}]])
  const [begin, end] = twoRecords({ key: KEY })
  const lines: Line[] = [
    ['CP_1', configuration(keyHex(KEY))],
    ...noise,
    ['CP_1', start(1)],
    ['CP_1', started(7)],
    ['CP_1', meterValues({ record: begin })],
    ...noise,
    ['CP_1', stop({ record: end })],
    ['CP_2', stop({ record: wholeSession({ key: OTHER }), key: keyHex(OTHER), transaction: 8 })],
  ]
  const logs: Record<string, string> = {
    'text with prefixes': inText(lines),
    'JSON Lines': inJson(lines),
    'frames over several lines': lines
      .map(([, message]) => `DEBUG got:\n${JSON.stringify(message, null, 2)}\n`)
      .join(''),
    'Windows line ends and letters of two bytes': inText(lines)
      .replaceAll('INFO', 'Öl µ')
      .replaceAll('\n', '\r\n'),
    'records one a line': `x\n${begin}\n\n2025-03-14 ${end} .\nAP;0;3;A\n`,
    'without a last line end': inText(lines).trimEnd(),
    'cut off in a string': inText(lines).slice(0, -200),
  }

  test.each(Object.entries(logs))('%s: gives the same wherever it is cut', (_, log) => {
    const whole = essence(read(log))
    expect(whole.records.length).toBeGreaterThan(1)
    for (const size of [61, 1000, 4096]) expect(essence(readInPieces(log, size))).toEqual(whole)
  })

  test('each record knows its line and its byte', () => {
    const log = inText(lines)
    const [first] = readInPieces(log, 500).records
    const at = log.indexOf('[2,"values"')
    const line = log.slice(0, at).split('\n').length
    expect(first?.origin[0]).toEqual({ step: 'message', name: `line ${line} @${at}` })
  })

  test('beyond the limit of records nothing more is read, and the place is told', () => {
    const many = Array.from({ length: 9 }, (_, i): Line => [
      'CP_1',
      stop({ record: wholeSession({ key: KEY, number: i }) }),
    ])
    const limits = { records: 5, members: 5, memberBytes: 1000 }
    const { records, findings } = readInPieces(inText(many), 100, limits)
    expect(records.length).toBe(5)
    const offset = inText(many.slice(0, 5)).length + inText([['CP_1', 0]]).length - 2
    expect(findings).toEqual([
      expect.objectContaining({ code: 'IN-TOOBIG', params: { limit: '5 records' }, offset }),
    ])
  })

  test('a line without an end is taken apart, and what stands behind it is read', () => {
    const log = `${'x'.repeat(9_000_000)} y\n${inText(lines)}`
    expect(readInPieces(log, 1_000_000).records.length).toBe(3)
  })
})

describe('damage in a log', () => {
  const whole = inText([['CP_1', stop({ record: wholeSession({ key: KEY }), key: keyHex(KEY) })]])
  const found = (log: string) => {
    const { records, findings } = read(log)
    return { records: records.length, codes: findings.map(({ code }) => code) }
  }

  test('a message that its logger cut off is told, and hides nothing behind it', () => {
    const at = whole.indexOf('transactionData')
    const cut = `${whole.slice(0, at + 120)}\n`
    // What is left of their records has a row of its own.
    expect(found(cut.repeat(30) + whole)).toMatchObject({ records: 31 })
    expect(found(cut + whole).codes).toContain('IN-JSON')
    expect(found(whole + cut.trimEnd()).records).toBe(2)
    const early = `${whole.slice(0, at)}\n`
    const { records, codes } = found(early.repeat(30) + whole)
    expect([records, codes.length]).toEqual([1, 20])
  })

  test('a whole value inside a message that was cut off is read', () => {
    expect(found(`${whole.slice(0, -5)}\n${whole}`)).toEqual({ records: 2, codes: ['IN-JSON'] })
  })

  test('a message that is no JSON has its finding, and its record is found', () => {
    const broken = whole.replace('"transactionId":7', '"transactionId":x7')
    expect(found(broken)).toEqual({ records: 1, codes: ['IN-JSON'] })
  })

  test('a flood of damaged messages has a few findings', () => {
    const log = whole.replace('"transactionId":7', '"transactionId":x7').repeat(500)
    expect(found(log).codes.length).toBeLessThanOrEqual(20)
  })

  test.each([
    ['as it is', (record: string) => record],
    ['behind a time', (record: string) => `2025-03-14 09:30:05 signed data: ${record}`],
    ['escaped', (record: string) => `msg="${record.replaceAll('"', '\\"')}"`],
    ['in base64', (record: string) => `data=${base64(record)}, sent`],
    ['over several lines', (record: string) => record.replaceAll(',"', ',\n  "')],
  ])('a record outside of messages is found: %s', (_, wrap) => {
    const log = `${inText([['CP_1', [2, '1', 'Heartbeat', {}]]])}${wrap(wholeSession({ key: KEY }))}\n`
    expect(read(log).records.length).toBe(1)
  })

  test('a value of more than a MiB is none, but what stands in it is looked at', () => {
    const inner = stop({ record: wholeSession({ key: KEY }) })
    const log = `${inText([['CP_1', [2, '1', 'Heartbeat', {}]]])}{"inner":${JSON.stringify(inner)},"filler":[${'[],'.repeat(400_000)}1]}\n`
    expect(found(log)).toEqual({ records: 1, codes: ['IN-TOOBIG'] })
  })
})

describe('keys of a log', () => {
  const [begin, end] = twoRecords({ key: KEY })
  const own = stop({ record: wholeSession({ key: KEY }) })
  const foreign = stop({ record: wholeSession({ key: OTHER, number: 9 }), transaction: 9 })

  test.each([
    ['text', inText],
    ['JSON Lines', inJson],
  ])('of one station never accuse a record of another: %s', async (_, wrap) => {
    const told: Line = ['CP_1', configuration(keyHex(KEY))]
    expect(await signatures(wrap([told, ['CP_1', own], ['CP_2', foreign]]))).toEqual([
      'valid',
      'unchecked',
    ])
    expect(await signatures(wrap([told, ['CP_1', own], ['CP_1', foreign]]))).toEqual([
      'valid',
      'invalid',
    ])
  })

  test('hold in both directions of time', async () => {
    const log = inText([
      ['CP_1', own],
      ['CP_1', configuration(keyHex(KEY))],
    ])
    expect(await signatures(log)).toEqual(['valid'])
  })

  test('that a station sends with one record are no accusation at another station', async () => {
    const first = stop({ record: wholeSession({ key: KEY }), key: keyHex(KEY) })
    const log = (station: string) =>
      inText([
        ['CP_1', first],
        [station, stop({ record: wholeSession({ key: OTHER, number: 9 }), transaction: 9 })],
      ])
    expect(await signatures(log('CP_2'))).toEqual(['valid', 'unchecked'])
  })

  test('of one connector never accuse a record of another', async () => {
    const log = (connector: number) =>
      inText([
        ['CP_1', configuration(keyHex(KEY), 1)],
        ['CP_1', start(connector)],
        ['CP_1', started(9)],
        ['CP_1', foreign],
      ])
    expect(await signatures(log(2))).toEqual(['unchecked'])
    expect(await signatures(log(1))).toEqual(['invalid'])
  })

  test('in a log that names no station: one key is its own, of several none is', async () => {
    const message = (one: unknown) => `>> ${JSON.stringify(one)}\n`
    const first = message(configuration(keyHex(KEY), 1))
    const second = message(configuration(keyHex(throwAwayKey('secp256r1', 'third')), 1))
    expect(await signatures(first + message(foreign))).toEqual(['invalid'])
    expect(await signatures(first + second + message(foreign))).toEqual(['unchecked'])
    expect(await signatures(first + second + message(own))).toEqual(['valid'])
  })

  test('of two meters that were exchanged: either may fit, one of them must', async () => {
    const told: Line[] = [
      ['CP_1', configuration(keyHex(KEY), 1)],
      ['CP_1', configuration(keyHex(OTHER), 1)],
    ]
    const at: Line[] = [
      ['CP_1', start(1)],
      ['CP_1', started(9)],
    ]
    const third = stop({
      record: wholeSession({ key: throwAwayKey('secp256r1', 'third') }),
      transaction: 9,
    })
    expect(await signatures(inText([...told, ...at, ['CP_1', foreign]]))).toEqual(['valid'])
    expect(await signatures(inText([...told, ...at, ['CP_1', third]]))).toEqual(['invalid'])
  })

  test('told in OCPP 2.0.1 hold for their EVSE', async () => {
    const report = (evse: number) => [
      2,
      'r',
      'NotifyReport',
      {
        reportData: [
          {
            component: { name: 'FiscalMetering', evse: { id: evse } },
            variable: { name: 'PublicKey' },
            variableAttribute: [{ value: keyHex(KEY) }],
          },
        ],
      },
    ]
    const event = [
      2,
      'e',
      'TransactionEvent',
      {
        eventType: 'Ended',
        transactionInfo: { transactionId: 'T' },
        evse: { id: 1, connectorId: 2 },
        meterValue: [
          {
            sampledValue: [
              {
                value: 1,
                signedMeterValue: {
                  signedMeterData: base64(wholeSession({ key: OTHER })),
                  encodingMethod: 'OCMF',
                },
              },
            ],
          },
        ],
      },
    ]
    const log = (evse: number) =>
      inText([
        ['CP_1', report(evse)],
        ['CP_1', event],
      ])
    expect(await signatures(log(1))).toEqual(['invalid'])
    expect(await signatures(log(2))).toEqual(['unchecked'])
  })

  test('of a log are offered once, however often a station tells them', async () => {
    const log = inText(
      Array.from({ length: 50 }, () => ['CP_1', configuration(keyHex(KEY))] as const),
    )
    expect((await readOne(log)).keys.length).toBe(1)
  })

  test('a value before the number of its transaction is known belongs to what runs there', async () => {
    const lines = (connector: number): Line[] => [
      ['CP_1', start(1)],
      ['CP_1', meterValues({ record: begin, connector })],
      ['CP_1', started(7)],
      ['CP_1', stop({ record: end, transaction: 7 })],
    ]
    const { records } = await readOne(inText(lines(1)))
    expect(records.map(({ claimed }) => claimed)).toEqual([
      { transaction: '7', role: 'begin' },
      { transaction: '7', role: 'end' },
    ])
    const elsewhere = await readOne(inText(lines(2)))
    expect(elsewhere.records[0]?.claimed.transaction).toBeNull()
    const { sessions } = await verify([inText(lines(1))])
    expect(sessions.map(({ energy }) => energy?.value)).toEqual(['10.50'])
  })
})

describe('the station of a line', () => {
  test.each([
    ['2025-03-14 09:30:04,112 INFO  CP_1 >> ', 'CP_1'],
    ['INFO:ocpp:CP_1: receive message ', 'CP_1'],
    ['[2025-03-14T09:30:04.112Z] [DE*ABC*E123] received: ', 'DE*ABC*E123'],
    ['09:30:04 [http-nio-8080-exec-3] DEBUG chargePointId=box-7 ', 'box-7'],
    ['09:30:04 GET wss://backend.example/ocpp/STATION-0815 <- ', 'STATION-0815'],
    ['Mar 14 09:30:04 cs: station: berlin ', 'berlin'],
    ['2025-03-14 09:30:04,112 INFO  >> ', null],
    ['09:30:04 [main] INFO ocpp1.6 central_system.py:120 b1946ac92492d2347c6235b4d2611184 ', null],
    ['09:30:04 CP_1 to CSMS_2 ', null],
    ['', null],
  ])('%s', (prefix, station) => {
    expect(stationInPrefix(prefix)).toBe(station)
  })
})

describe('what is read as a log although it is large', () => {
  const frame = '2025-03-14 CP_1 [2,"1","Heartbeat",{}]\n'
  test.each([
    ['frames', frame.repeat(3), true],
    ['JSON Lines', '{"a":1}\n{"a":2}\n{"a":3}\n', true],
    ['records', `x\n${wholeSession()}\n`, true],
    ['a byte order mark before frames', `\ufeff${frame.repeat(3)}`, true],
    ['XML with a record', `<values>\n${wholeSession()}\n</values>`, false],
    ['one JSON value', `{\n"a": "OCMF|"\n}`, false],
    ['text', 'line\n'.repeat(10), false],
    ['one line', `x ${wholeSession()}`, false],
    ['an archive', `PK\u0003\u0004 ${frame.repeat(3)}`, false],
    ['a PDF', `%PDF-1.7\n${frame.repeat(3)}`, false],
  ])('%s: %s', (_, text, expected) => {
    expect(isLog(utf8Bytes(text))).toBe(expected)
  })
})
