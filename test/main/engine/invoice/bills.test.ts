import { describe, expect, test } from 'vitest'
import { compareBills } from '../../../../src/main/engine/invoice/bills.ts'
import { csvRows } from '../../../../src/main/report/csv.ts'
import { resultDocument } from '../../../../src/main/report/document.ts'
import { pdfReport } from '../../../../src/main/report/pdf/report.ts'
import { textReport } from '../../../../src/main/report/text.ts'
import { software } from '../../../../src/main/software.ts'
import type { Decimal } from '../../../../src/shared/decimal.ts'
import {
  type ClaimedTime,
  type InvoiceClaim,
  emptyClaim,
} from '../../../../src/shared/model/invoice.ts'
import type { Session } from '../../../../src/shared/model/session.ts'
import {
  begin,
  decimal,
  end,
  input,
  quantity,
  record,
  session,
  signature,
  time,
  verdict,
} from '../../../tools/results.ts'
import { stopwatch } from '../../../tools/stopwatch.ts'

const SOFTWARE = software()

/** The session of these tests: 100.00 to 110.50 kWh, 8 to 9 o'clock UTC on 1 March 2026. */
const SESSION = session({ transaction: 'TX-4711' })

function claim(over: Partial<InvoiceClaim> = {}): InvoiceClaim {
  const empty = emptyClaim('cii', 'bill', [{ step: 'file', name: 'bill.xml' }])
  return { ...empty, invoice: 'RE-1', energy: quantity('10.50'), begin: at(0), ...over }
}

/** So many seconds behind the signed beginning. */
function at(seconds: number, over: Partial<ClaimedTime> = {}): ClaimedTime {
  const { epochMs, offsetMin, text } = time(seconds)
  return { text, epochMs, offsetMin, precision: 'second', assumed: false, twice: false, ...over }
}

function compare(claims: InvoiceClaim[], sessions: Session[] = [SESSION]) {
  const placed = claims.map((one) => ({ input: one.origin[0]?.name ?? '', claim: one }))
  const { sessions: billed, unmatched } = compareBills(sessions, placed)
  const invoices = billed.map(({ invoice }) => invoice)
  const [invoice] = invoices
  const codes = (invoice?.findings ?? []).map(({ code, severity }) => `${code}/${severity}`)
  return { billed, unmatched, invoices, status: invoice?.status, codes, bill: invoice?.bills[0] }
}

const priced = (q: string, price: string, amount: string, over: object = {}) => ({
  what: 'energy' as const,
  quantity: decimal(q),
  unit: 'kWh',
  unitPrice: decimal(price),
  base: null,
  amount: decimal(amount),
  ...over,
})

describe('energy', () => {
  test.each([
    ['10.50', 'matches', 'INV-OK/info'],
    ['10.5', 'matches', 'INV-OK/info'],
    ['11', 'matches', 'INV-OK/info'],
    ['10', 'matches', 'INV-OK/info'],
    ['10.51', 'differs', 'INV-ENERGY/error'],
    ['10.49', 'differs', 'INV-ENERGY/error'],
    ['12', 'differs', 'INV-ENERGY/error'],
  ])('%s kWh beside 10.50 signed: %s', (billed, status, code) => {
    const { codes, ...rest } = compare([claim({ source: 'text', energy: quantity(billed) })])
    expect(rest.status).toBe(status)
    expect(codes).toContain(code)
  })

  test('both readings rounded first, cut off and rounded up are told as rounding', () => {
    const fine = session({
      begin: begin({ quantity: quantity('100.449') }),
      end: end({ quantity: quantity('110.95') }),
      energy: quantity('10.501'),
    })
    const codes = (kWh: string) =>
      compare([claim({ source: 'text', energy: quantity(kWh) })], [fine]).codes
    // 110.95 and 100.449 are 111.0 and 100.4
    expect(codes('10.6')).toContain('INV-ROUND/info')
    expect(codes('10.50')).toContain('INV-OK/info')
    const half = session({ energy: quantity('10.509') })
    const cut = compare([claim({ source: 'text', energy: quantity('10.50') })], [half])
    expect(cut.codes).toContain('INV-ROUND/info')
    const up = session({ energy: quantity('10.501') })
    const raised = compare([claim({ source: 'text', energy: quantity('10.51') })], [up])
    expect(raised.codes).toContain('INV-ROUND/warning')
    expect(raised.status).toBe('matches')
  })

  test('zeros of a program are no digits, and a unit is converted exactly', () => {
    expect(compare([claim({ energy: quantity('10.5000') })]).status).toBe('matches')
    expect(compare([claim({ energy: quantity('10500', 'Wh') })]).status).toBe('matches')
    expect(compare([claim({ energy: quantity('10501', 'Wh') })]).codes).toContain(
      'INV-ENERGY/error',
    )
  })

  test('a step of the tariff explains up to one step more, and never less', () => {
    const step = '1' as Decimal
    expect(compare([claim({ energy: quantity('11.00'), step })]).codes).toContain('INV-STEP/info')
    expect(compare([claim({ energy: quantity('11.50'), step })]).codes).toContain(
      'INV-ENERGY/error',
    )
    expect(compare([claim({ energy: quantity('10.00'), step })]).codes).toContain(
      'INV-ENERGY/error',
    )
  })

  test('the value of a register that must not be billed is named', () => {
    const mains = [
      begin({ registerText: '1-0:2.8.0', quantity: quantity('200.00') }),
      end({ registerText: '1-0:2.8.0', quantity: quantity('210.90') }),
    ]
    const two = session({ records: [record({ readings: [begin(), end(), ...mains] })] })
    const { codes, bill } = compare([claim({ energy: quantity('10.90') })], [two])
    expect(codes).toContain('INV-REGISTER/warning')
    expect(bill?.rows[0]?.outcome).toBe('differs')
  })

  test('values whose signature does not fit never make a match', () => {
    const forged = session({
      records: [record({ signature: signature({ status: 'invalid' }) })],
      verdict: verdict({ state: 'SIGNATURE_INVALID', signature: 'invalid' }),
    })
    const { status, codes, billed } = compare([claim()], [forged])
    expect(status).toBe('open')
    expect(codes).toContain('INV-UNRELIABLE/warning')
    expect(billed[0]?.verdict.invoice).toBe('none')
    expect(billed[0]?.verdict.state).toBe('SIGNATURE_INVALID')
  })

  test('a bill that differs leaves the verdict on the signature as it is', () => {
    const { billed } = compare([claim({ energy: quantity('12.00') })])
    expect(billed[0]?.verdict).toEqual({ ...SESSION.verdict, invoice: 'differs' })
    expect(billed[0]?.findings).toEqual(SESSION.findings)
  })
})

describe('readings, times, names', () => {
  test('printed readings are those that were signed, as far as they are printed', () => {
    const readings = { beginReading: quantity('100.0'), endReading: quantity('110.5') }
    expect(compare([claim(readings)]).bill?.rows.map(({ outcome }) => outcome)).toEqual([
      'same',
      'same',
      'same',
      'same',
    ])
    const wrong = compare([claim({ ...readings, endReading: quantity('112.5') })])
    expect(wrong.codes).toContain('INV-READING/error')
    expect(wrong.status).toBe('differs')
  })

  test.each([
    [60, []],
    [300, ['INV-TIME/info']],
    [2000, ['INV-TIME/warning']],
  ])('a beginning %i seconds later', (seconds, expected) => {
    const { codes, status } = compare([claim({ begin: at(seconds) })])
    expect(codes.filter((code) => code.startsWith('INV-TIME'))).toEqual(expected)
    expect(status).toBe('matches')
  })

  test('in the hour that summer time has twice, the nearer moment counts', () => {
    const { codes } = compare([claim({ begin: at(-3600, { twice: true }) })])
    expect(codes.filter((code) => code.startsWith('INV-TIME'))).toEqual([])
  })

  test('of a date alone, the day is compared', () => {
    const day = at(-8 * 3600, { precision: 'day' })
    expect(compare([claim({ begin: day })]).bill?.rows[1]).toMatchObject({ outcome: 'same' })
  })

  test('a duration much longer than measured is told, and so is time billed by a bad clock', () => {
    const long = compare([claim({ durationS: decimal('7200') })])
    expect(long.codes).toContain('INV-DURATION/warning')
    const informative = session({ verdict: verdict({ timeUsable: false }) })
    const prices = [priced('60', '0.10', '6.00', { what: 'blocking', unit: 'min' })]
    expect(compare([claim({ prices })], [informative]).codes).toContain('INV-CLOCK/warning')
  })

  test('another meter contradicts, another charge point is told; short forms are the same', () => {
    const named = session({
      transaction: 'TX-4711',
      records: [
        record({
          meter: { serial: '1EMH0012345678', vendor: null, model: null },
          evse: 'DE*AB1*E1',
        }),
      ],
    })
    const codes = (over: Partial<InvoiceClaim>) =>
      compare([claim({ session: 'TX-4711', ...over })], [named]).codes
    expect(codes({ meter: '12345678' })).toContain('INV-OK/info')
    expect(codes({ meter: '87654321' })).toContain('INV-METER/error')
    expect(codes({ evse: 'DEAB1E1' })).toContain('INV-OK/info')
    expect(codes({ evse: 'DE*AB1*E2' })).toContain('INV-EVSE/warning')
  })
})

describe('amounts', () => {
  test.each([
    ['10.50', '0.49', '5.15', 'same', null],
    ['10.50', '0.49', '5.14', 'same', null],
    ['10.50', '0.49', '5.19', 'rounded', 'INV-PRICE/info'],
    ['10.50', '0.49', '6.15', 'differs', 'INV-PRICE/error'],
    // with 19 % on top
    ['10.50', '0.49', '6.12', 'same', null],
  ])('%s kWh at %s are %s: %s', (q, price, amount, outcome, code) => {
    const vatRate = amount === '6.12' ? decimal('19') : null
    const { bill, codes } = compare([claim({ prices: [priced(q, price, amount)], vatRate })])
    expect(bill?.amounts[0]?.outcome).toBe(outcome)
    expect(codes.find((one) => one.startsWith('INV-PRICE')) ?? null).toBe(code)
  })

  test('a price for a hundred is divided by a hundred', () => {
    const prices = [priced('10.50', '49', '5.15', { base: decimal('100') })]
    expect(compare([claim({ prices })]).bill?.amounts[0]).toMatchObject({ outcome: 'same' })
    const zero = [priced('10.50', '49', '5.15', { base: decimal('0') })]
    expect(compare([claim({ prices: zero })]).bill?.amounts).toEqual([])
  })

  test('tax and sum are computed anew', () => {
    const sums = { net: decimal('10.00'), vatRate: decimal('19') }
    const right = compare([claim({ ...sums, vat: decimal('1.90'), gross: decimal('11.90') })])
    expect(right.bill?.amounts.map(({ outcome }) => outcome)).toEqual(['same', 'same'])
    const tax = compare([claim({ ...sums, vat: decimal('2.90'), gross: decimal('12.90') })])
    expect(tax.codes).toContain('INV-VAT/error')
    const sum = compare([claim({ ...sums, vat: decimal('1.90'), gross: decimal('12.90') })])
    expect(sum.codes).toContain('INV-SUM/error')
  })
})

describe('every report shows it', () => {
  const { billed, unmatched } = compare([
    claim({
      energy: quantity('12.00'),
      currency: 'EUR',
      prices: [priced('12.00', '0.49', '5.88')],
      seller: 'Stadtwerke \u202eEvil',
    }),
    claim({ energy: quantity('77.7'), begin: at(900_000) }),
  ])
  const policy = { requiredTrust: 'K3', profile: 'driver' } as const
  const result = { policy, inputs: [input()], sessions: billed, unmatched }

  test('text, with a table of billed, signed and difference', () => {
    const shown = textReport(result, 'en')
    expect(shown).toContain('✗ Invoice differs')
    expect(shown).toMatch(/✗ Energy +12\.00\u00a0kWh +10\.50\u00a0kWh +\+1\.50\u00a0kWh/)
    expect(shown).toContain('5.88\u00a0EUR')
    expect(shown).toContain('[INV-ENERGY]')
    expect(shown).not.toContain('\u202e')
    expect(textReport(result, 'de')).toContain('12,00 kWh, gemessen sind 10,50 kWh')
  })

  test('JSON, with every value of it, and CSV', () => {
    const document = resultDocument(result, SOFTWARE)
    expect(document.sessions[0]?.invoice).toMatchObject({
      status: 'differs',
      bills: [{ energy: { value: '12.00', unit: 'kWh' }, matched_by: ['time', 'day'] }],
    })
    expect(document.unmatched_bills).toHaveLength(1)
    expect(csvRows(result)[0]).toContain('"12.00","differs","INV-ENERGY"')
  })

  test('PDF, on many pages where there is much of it', async () => {
    const [first] = billed
    const bills = Array.from({ length: 9 }, () => first?.invoice?.bills[0]).filter((b) => b != null)
    const many = { ...first!, invoice: { ...first!.invoice!, bills } }
    for (const sessions of [billed, [many], Array.from({ length: 40 }, () => many)]) {
      const bytes = await pdfReport({
        result: { ...result, sessions },
        sessions,
        software: SOFTWARE,
        integrity: 'intact',
        checkedAt: '2026-06-01T00:00:00.000Z',
        languages: ['de', 'en'],
        originals: [],
      })
      expect(new TextDecoder('latin1').decode(bytes.subarray(0, 5))).toBe('%PDF-')
    }
  })
})

describe('which session a claim speaks of', () => {
  const at9 = session({
    id: 'at 9',
    transaction: 'B-0002',
    begin: begin({ time: time(3600) }),
    end: end({ time: time(7200), quantity: quantity('130.25') }),
    energy: quantity('30.25'),
    records: [record({ readings: [] })],
  })

  test('a common number beats time and energy', () => {
    const { invoices } = compare([claim({ session: 'B-0002' })], [SESSION, at9])
    expect(invoices.map((invoice) => invoice?.bills.length)).toEqual([0, 1])
    expect(invoices[1]?.status).toBe('differs')
    expect(invoices[0]).toMatchObject({
      status: 'not-billed',
      findings: [{ code: 'INV-UNREFERENCED', severity: 'info' }],
    })
  })

  test('a record inside the charge detail record belongs to it, whatever it says', () => {
    const origin = (path: string) => [
      { step: 'file' as const, name: 'cdrs.json' },
      { step: 'json' as const, name: path },
    ]
    const inside = session({
      records: [record({ origin: origin('$.data[1].signed_data.signed_values[0].signed_data') })],
    })
    const cdr = { ...claim({ energy: quantity('99.00'), begin: null }), source: 'ocpi' as const }
    const claims = ['$.data[1]', '$.data[10]'].map((path) => ({ ...cdr, origin: origin(path) }))
    const { invoices, unmatched } = compare(claims, [inside, at9])
    expect(invoices[0]?.bills[0]?.by).toContain('carrier')
    expect(invoices[0]?.status).toBe('differs')
    expect(unmatched.map(({ claim: left }) => left.origin[1]?.name)).toEqual(['$.data[10]'])
  })

  test('lines of a bill part the sessions among them', () => {
    const second = claim({ energy: quantity('30.25'), begin: at(3600) })
    const { invoices, unmatched } = compare([second, claim()], [SESSION, at9])
    expect(invoices.map((invoice) => invoice?.status)).toEqual(['matches', 'matches'])
    expect(unmatched).toEqual([])
  })

  test('one bill and one session belong together unless something speaks against it', () => {
    const bare = claim({ begin: null, energy: quantity('12.00') })
    expect(compare([bare]).codes).toContain('INV-ENERGY/error')
    const nextDay = compare([claim({ begin: at(2 * 86_400), energy: quantity('12.00') })])
    expect(nextDay.status).toBe('not-billed')
    expect(nextDay.unmatched[0]?.findings.map(({ code }) => code)).toContain('INV-NORECORD')
  })

  test('what was billed twice is told: on two bills, or in two lines', () => {
    const other = { ...claim({ invoice: 'RE-2' }), origin: [{ step: 'file' as const, name: 'b' }] }
    expect(compare([claim(), other]).codes).toContain('INV-TWICE/error')
    const line = claim({ session: 'TX-4711' })
    expect(compare([line, { ...line, gross: decimal('1') }]).codes).toContain('INV-TWICE/error')
  })

  test('no double: an invoice as XML and as text, a copy of it, its CDR, its cancellation', () => {
    const place = (name: string) => [{ step: 'file' as const, name }]
    const text = { ...claim({ source: 'text' }), origin: place('bill.pdf') }
    const copy = { ...claim(), origin: place('copy of bill.xml') }
    const cdr = { ...claim({ source: 'ocpi', kind: 'cdr', invoice: 'CDR9' }), origin: place('c') }
    const { status, codes } = compare([claim(), text, copy, cdr])
    expect(status).toBe('matches')
    expect(codes).toContain('INV-TEXT/info')
    const credit = claim({ kind: 'credit', invoice: 'RE-2', energy: quantity('-10.50') })
    const again = claim({ invoice: 'RE-3' })
    const cancelled = compare([claim(), credit, again])
    expect(cancelled.codes).toContain('INV-CREDIT/info')
    expect(cancelled.codes).not.toContain('INV-TWICE/error')
  })

  test('thousands of lines and sessions take no time', () => {
    const many = Array.from({ length: 5000 }, (_, n) =>
      session({
        id: `s${n}`,
        transaction: null,
        begin: begin({ time: time(n * 7200) }),
        end: end({ time: time(n * 7200 + 3600) }),
      }),
    )
    const claims = many.map((_, n) => claim({ begin: at(n * 7200), session: `L-${n}` }))
    const seconds = stopwatch()
    const { invoices } = compare(claims, many)
    expect(invoices.every((invoice) => invoice?.status === 'matches')).toBe(true)
    expect(seconds()).toBeLessThan(5)
  })
})
