import { describe, expect, test } from 'vitest'
import { readTextBill } from '../../../../src/main/engine/invoice/text-bill.ts'
import { compare } from '../../../../src/shared/decimal.ts'
import type { ClaimedTime, InvoiceClaim } from '../../../../src/shared/model/invoice.ts'
import { type Bill, type TrueSession, billCorpus } from '../../../tools/bill-corpus.ts'
import { decimal } from '../../../tools/results.ts'
import { stopwatch } from '../../../tools/stopwatch.ts'

const ORIGIN = [{ step: 'file' as const, name: 'bill.txt' }]
const read = (text: string) => readTextBill(text, ORIGIN)

interface Score {
  found: number
  /** Printed, and not found. */
  missing: string[]
  /** Said, and not so. */
  wrong: string[]
}

function score({ layout, text, sessions }: Bill): Score {
  const { claims } = read(text)
  const result: Score = { found: 0, missing: [], wrong: [] }
  const said = (place: string, got: string | null, wanted: string | null, same: boolean) => {
    if (wanted !== null && got !== null && same) result.found++
    else if (got !== null) result.wrong.push(`${layout}, ${place}: ${got} for ${wanted}`)
    else if (wanted !== null) result.missing.push(`${layout}, ${place}: ${wanted}`)
  }
  for (let n = 0; n < Math.max(claims.length, sessions.length); n++) {
    const [claim, truth] = [claims[n], sessions[n]]
    const reading = (name: 'energy' | 'beginReading' | 'endReading') => {
      const [got, wanted] = [claim?.[name]?.value ?? null, truth?.[name] ?? null]
      const same = got !== null && wanted !== null && compare(got, decimal(wanted)) === 0
      said(`${n}.${name}`, got, wanted, same)
    }
    reading('energy')
    reading('beginReading')
    reading('endReading')
    for (const name of ['begin', 'end'] as const) {
      const [got, wanted] = [claim?.[name] ?? null, truth?.[name] ?? null]
      said(`${n}.${name}`, got?.text ?? null, wanted, isMoment(got, wanted))
    }
    for (const name of ['evse', 'session'] as const) {
      const [got, wanted] = [nameOf(claim, name), truth?.[name] ?? null]
      said(`${n}.${name}`, got, wanted, got === wanted)
    }
  }
  return result
}

const nameOf = (claim: InvoiceClaim | undefined, name: keyof TrueSession & ('evse' | 'session')) =>
  claim?.[name] ?? null
const isMoment = (got: ClaimedTime | null, wanted: string | null) =>
  wanted !== null && got?.epochMs === Date.parse(wanted)

describe('a corpus of invented bills', () => {
  const corpus = billCorpus()
  const scores = corpus.map(score)

  test('has at least 60 bills in at least 12 layouts', () => {
    expect(corpus.length).toBeGreaterThanOrEqual(60)
    expect(new Set(corpus.map(({ layout }) => layout)).size).toBeGreaterThanOrEqual(12)
  })

  test('is read without a single wrong value', () => {
    expect(scores.flatMap(({ wrong }) => wrong)).toEqual([])
  })

  test('gives at least 95 of 100 energies, times and names', () => {
    const found = scores.reduce((sum, one) => sum + one.found, 0)
    const missing = scores.flatMap((one) => one.missing)
    expect(found / (found + missing.length)).toBeGreaterThanOrEqual(0.95)
  })
})

describe('what is not sure is not said', () => {
  const BILL = 'Rechnung\nBetrag 12,00 €\n'
  const energies = (text: string) => read(BILL + text).claims.map(({ energy }) => energy?.value)

  test.each([
    ['two energies beside each other', 'Strom 12,34 kWh, dazu 56,78 kWh'],
    ['an allowance', 'Inklusive 50 kWh im Monat'],
    ['the battery', 'Akkukapazität 77,4 kWh'],
    ['what a car uses', '17,5 kWh/100 km'],
    ['a price', '0,49 €/kWh'],
    ['more than a car can take', '12.345 kWh'],
    ['power', 'Ladeleistung 22 kW'],
    ['a number in a word', 'Modell X12kWh'],
    ['less than nothing', '-12,30 kWh'],
  ])('%s', (_, text) => {
    expect(energies(text)).toEqual([])
  })

  test('three digits behind a sign are decimals or thousands only where the bill shows which', () => {
    expect(energies('Energie 12,345 kWh')).toEqual(['12.345'])
    const open = read('Invoice\nAmount 12 EUR\nEnergy 12.345 kWh')
    expect(open.claims).toEqual([])
    expect(open.findings.map(({ code }) => code)).toEqual(['INV-NOTFOUND'])
  })

  test('a day and a month that could be each other, in dollars', () => {
    const [claim] = read('Invoice\nStart 03/04/2025 10:00 AM\nEnergy 12.34 kWh\nTotal $5.00').claims
    expect(claim?.energy?.value).toBe('12.34')
    expect(claim?.begin).toBeNull()
  })

  test('two beginnings, an end before the beginning, a day that does not exist', () => {
    const times = (text: string) => {
      const [claim] = read(`${BILL}Energie 12,34 kWh\n${text}`).claims
      return [claim?.begin?.text, claim?.end?.text]
    }
    expect(times('Beginn 01.03.2025 10:00\nBeginn 02.03.2025 10:00')).toEqual([
      undefined,
      undefined,
    ])
    expect(times('Beginn 02.03.2025 10:00\nEnde 01.03.2025 10:00')).toEqual([undefined, undefined])
    expect(times('Beginn 31.02.2025 10:00\nEnde 32.03.2025 11:00')).toEqual([undefined, undefined])
  })

  test('the hour that summer time leaves out does not exist; the one it has twice is marked', () => {
    const begin = (time: string) =>
      read(`${BILL}Energie 12,34 kWh\nBeginn ${time}`).claims[0]?.begin
    expect(begin('30.03.2025 02:30')).toBeNull()
    expect(begin('26.10.2025 02:30')).toMatchObject({
      epochMs: Date.parse('2025-10-26T00:30:00Z'),
      offsetMin: 120,
      twice: true,
    })
    expect(begin('26.10.2025 03:30')).toMatchObject({ offsetMin: 60, twice: false })
  })

  test('numbers of the bill itself are none of the session', () => {
    const [claim] = read(
      'Rechnung\nRechnungsnummer: RE-1\nRechnungsdatum 05.05.2025 12:00\nIBAN DE12 3456 7890 1234 5678 90\nEnergie 1,5 kWh\n5,00 €',
    ).claims
    expect(claim).toMatchObject({ invoice: 'RE-1', begin: null, evse: null, session: null })
  })
})

describe('hostile text', () => {
  test.each([
    ['a long line of digits', '1'.repeat(500_000)],
    ['many numbers', '1.234.567,89 '.repeat(40_000)],
    ['many half dates', '01.01.20 '.repeat(50_000)],
    ['many lines of energy', '12,34 kWh 5 €\n'.repeat(20_000)],
    ['many charge points', 'DE*ABC*E1*'.repeat(50_000)],
    ['labels without end', 'Zählerstand Beginn: '.repeat(30_000)],
    ['blanks', `Rechnung kWh €${' '.repeat(500_000)}x`],
    ['times without end', '10:00–10:00'.repeat(50_000)],
    ['heads of tables', 'Datum  Beginn  Ende  kWh\n'.repeat(20_000)],
  ])('%s is read in linear time', (_, text) => {
    const seconds = stopwatch()
    read(`Rechnung 1 kWh €\n${text}`)
    expect(seconds()).toBeLessThan(4)
  })
})
