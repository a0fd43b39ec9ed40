import { describe, expect, test } from 'vitest'
import { assemble, difference, spanOf } from '../../../../src/main/engine/sessions/assemble.ts'
import { sessionOf } from '../../../../src/main/engine/sessions/session.ts'
import type { MeterReading, RegisterKind } from '../../../../src/shared/model/reading.ts'
import type { RecordResult } from '../../../../src/shared/model/record.ts'
import { looseFinding } from '../../../../src/shared/model/finding.ts'
import {
  begin,
  decimal,
  end,
  publicKey,
  quantity,
  reading,
  record,
  signature,
  time,
} from '../../../tools/results.ts'

function group(...records: RecordResult[]) {
  const members = records.map((one) => {
    const claims = new Map([['a', one.claimed.transaction]])
    return { record: one, inputs: ['a'], transactions: [], claims }
  })
  return { members, sharesTransaction: false }
}
const of = (...readings: MeterReading[]) => assemble(group(record({ readings })))

/** Begin and end of a register. */
function span(kind: RegisterKind, name: string, from: string, to: string): MeterReading[] {
  const common = { kind, registerText: name, register: name }
  return [
    begin({ ...common, quantity: quantity(from) }),
    end({ ...common, quantity: quantity(to) }),
  ]
}

describe('the duration of a session', () => {
  const operating = (seconds: number, clock: number) =>
    time(clock, { offsetMin: null, operatingS: decimal(String(seconds)) })

  test('is that of the seconds of operation, whatever the clock did', () => {
    const [from, to] = [operating(500, 0), operating(2300, 5400)]
    expect(of(begin({ time: from }), end({ time: to })).durationS).toBe('1800')
    expect(of(begin({ time: time(0) }), end({ time: to })).durationS).toBe('5400')
  })
})

describe('the register a bill rests on', () => {
  const ORDER = [
    'device-transaction',
    'device-total',
    'mains-transaction',
    'mains-total',
    'total',
  ] as const

  test.each(ORDER.map((kind, index) => [kind, index] as const))(
    '%s comes before all that are less exact',
    (kind, index) => {
      const readings = ORDER.slice(index)
        .toReversed()
        .flatMap((other, place) => span(other, other, '0.00', `${place + 1}.00`))
      const { begin: from, end: to, energy } = of(...readings)
      expect([from?.kind, to?.kind]).toEqual([kind, kind])
      expect(energy?.value).toBe(`${ORDER.length - index}.00`)
    },
  )

  test('a lesser register that is complete comes before a better one that is not', () => {
    const [from] = span('device-total', 'B1', '1.00', '2.00')
    const session = of(
      ...(from === undefined ? [] : [from]),
      ...span('total', '1.8', '5.00', '7.00'),
    )
    expect(session.energy?.value).toBe('2.00')
  })

  test('of none that is complete the best one shows what it has', () => {
    const [from] = span('device-total', 'B1', '1.00', '2.00')
    const [, to] = span('total', '1.8', '5.00', '7.00')
    const session = of(...[from, to].flatMap((one) => one ?? []))
    expect(session).toMatchObject({ begin: { kind: 'device-total' }, end: null, energy: null })
  })

  test('two registers of one kind do not mix', () => {
    const session = of(
      begin({ registerText: '1-0:1.8.0', quantity: quantity('1.00') }),
      end({ registerText: '1-0:1.8.1', register: '1-0:1.8.1*255', quantity: quantity('9.00') }),
    )
    expect(session.energy).toBeNull()
  })

  test('two spellings of one code are one register where that fills a gap', () => {
    const session = of(
      begin({ registerText: '1-0:1.8.0', quantity: quantity('1.00') }),
      end({ registerText: '1-b:1.8.e', quantity: quantity('9.00') }),
    )
    expect(session.energy?.value).toBe('8.00')
  })

  test('registers that count something else give no energy', () => {
    const readings = span('other', '1-0:1.9.0', '0.00', '5.00')
    expect(of(...readings)).toMatchObject({ begin: null, end: null, energy: null, durationS: null })
  })

  test('readings without a value are no begin and no end', () => {
    expect(of(begin({ quantity: null }), end())).toMatchObject({ begin: null, energy: null })
  })
})

describe('energy fed back', () => {
  const out = span('export-total', '2.8', '3.00', '4.00')

  test('stands beside that taken out and is never netted', () => {
    const session = of(...span('total', '1.8', '1.00', '9.00'), ...out)
    expect(session.energy?.value).toBe('8.00')
    expect(session.export?.energy?.value).toBe('1.00')
    expect(session.exportOnly).toBe(false)
  })

  test('alone is the energy of the session, and that is told', () => {
    const session = of(...out)
    expect(session).toMatchObject({ exportOnly: true, export: null, energy: { value: '1.00' } })
  })
})

describe('begin and end', () => {
  test('are the first begin and the last end', () => {
    const session = of(
      begin({ quantity: quantity('1.00') }),
      begin({ quantity: quantity('2.00') }),
      end({ quantity: quantity('3.00') }),
      end({ quantity: quantity('4.00') }),
    )
    expect(session.energy?.value).toBe('3.00')
  })

  test('alone give no energy', () => {
    expect(spanOf([begin()])).toMatchObject({ end: null, energy: null })
    expect(spanOf([end()])).toMatchObject({ begin: null, energy: null })
    expect(spanOf([reading({ role: 'intermediate' })])).toEqual({
      begin: null,
      end: null,
      energy: null,
    })
  })

  test('of several records are found in the order of the session', () => {
    const session = assemble(group(record({ readings: [begin()] }), record({ readings: [end()] })))
    expect(session).toMatchObject({ energy: { value: '10.50' }, durationS: '3600' })
  })
})

describe('the difference', () => {
  test.each([
    ['80.77', 'kWh', '80.97', 'kWh', '0.20', 'kWh'],
    ['1500', 'Wh', '1750', 'Wh', '250', 'Wh'],
    ['1500', 'Wh', '1.750', 'kWh', '0.250', 'kWh'],
    ['1', 'MWh', '1000.5', 'kWh', '0.5', 'kWh'],
    ['2.00', 'kWh', '1.00', 'kWh', '-1.00', 'kWh'],
    ['36', 'Ws', '72', 'Ws', '36', 'Ws'],
  ] as const)('from %s %s to %s %s is %s %s', (from, unit, to, other, value, shown) => {
    expect(difference(quantity(from, unit), quantity(to, other))).toMatchObject({
      value,
      unit: shown,
    })
  })

  test.each([
    ['a unit nobody knows', quantity('1', 'unknown', 'x'), quantity('2', 'unknown', 'x')],
    ['seconds', quantity('1', 's'), quantity('2', 's')],
    ['energy and ohms', quantity('1', 'kWh'), quantity('2', 'Ohm')],
    ['a number of Ws that is no decimal of kWh', quantity('1', 'Ws'), quantity('1', 'kWh')],
  ])('with %s is none', (_, from, to) => {
    expect(difference(from, to)).toBeNull()
  })
})

describe('the duration', () => {
  const lasting = (milliseconds: number) =>
    of(begin(), end({ time: time(milliseconds / 1000) })).durationS

  test('is in seconds, with milliseconds only where there are some', () => {
    expect(lasting(3_600_000)).toBe('3600')
    expect(lasting(1500)).toBe('1.500')
    expect(lasting(0)).toBe('0')
    expect(lasting(-1)).toBe('-0.001')
  })

  test('is none where a time is missing or cannot be read', () => {
    expect(of(begin(), end({ time: null })).durationS).toBeNull()
    expect(of(begin({ time: time(0, { epochMs: null }) }), end()).durationS).toBeNull()
    expect(of(begin()).durationS).toBeNull()
  })
})

describe('the session as results show it', () => {
  const policy = { requiredTrust: 'K3', profile: 'driver' } as const

  test('takes identities from the first record that states them', () => {
    const silent = record({
      readings: [begin()],
      meter: { serial: null, vendor: null, model: null },
      gateway: { serial: null, model: null },
      user: null,
    })
    const telling = record({
      readings: [end()],
      meter: { serial: 'M', vendor: null, model: null },
      gateway: { serial: 'G', model: null },
      user: 'U',
      evse: 'E',
      claimed: { transaction: 'T', role: null },
    })
    const result = sessionOf(assemble(group(silent, telling)), 'id', [], policy)
    expect(result).toMatchObject({
      meter: 'M',
      station: 'G',
      user: 'U',
      evse: 'E',
      transaction: 'T',
    })
    expect(result.input).toBe('a')
  })

  test('names the gateway where the meter has no number', () => {
    const one = record({
      meter: { serial: null, vendor: null, model: null },
      gateway: { serial: 'G', model: null },
    })
    expect(sessionOf(assemble(group(one)), 'id', [], policy)).toMatchObject({
      meter: 'G',
      station: 'G',
    })
  })

  test('a signed transaction number comes before one of the file', () => {
    const one = record({ transaction: 'signed', claimed: { transaction: 'file', role: null } })
    expect(sessionOf(assemble(group(one)), 'id', [], policy).transaction).toBe('signed')
  })

  test('counts findings of the session and of its records', () => {
    const key = publicKey({ trust: 'K3', source: 'register' })
    const one = record({ signature: signature({ key }) })
    const loose = [looseFinding('SES-NO-END', {})]
    const result = sessionOf(assemble(group(one)), 'id', loose, policy)
    expect(result.findings.map(({ code, at }) => [code, at])).toEqual([
      ['KEY-REGISTER', 'id'],
      ['SES-NO-END', 'id'],
    ])
    expect(result.verdict.state).toBe('INCOMPLETE')
    expect(sessionOf(assemble(group(one)), 'id', [], policy).verdict.state).toBe('VERIFIED')
  })
})
