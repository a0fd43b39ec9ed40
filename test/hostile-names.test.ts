import { describe, expect, test } from 'vitest'
import { ocmf, valuesXml } from './tools/sign.ts'
import { keyHex, throwAwayKey } from './tools/sign.ts'
import { type Members, allFindings, payload, readingOf, verify } from './tools/small-inputs.ts'

/** What every object of JavaScript has; in a record a word like any other. */
const NAMES = Object.getOwnPropertyNames(Object.prototype)
/** Words of the same length that nobody knows: whatever is said of them must be said of the names. */
const unknown = (name: string) => name.replace(/[a-su-zA-DF-Z]/g, 'q').replaceAll('_', 'w')

const PAYLOAD = 'FV GI GS GV PG MV MM MS MF IS IL IF IT ID TT CF LC CT CI RD'.split(' ')
const READING = 'TM TX RV RI RU RT CL EI EF ST'.split(' ')
const SIGNATURE = ['SA', 'SE', 'SM', 'SD']

interface Place {
  name: string
  put: (word: string) => string
}

const KEY = keyHex(throwAwayKey())
const inXml = (data: string) => valuesXml([{ data, keys: [KEY] }])

function record(readings: Members = {}, over: Members = {}): string {
  return payload([readingOf('B', 0, '1.00'), readingOf('E', 9, '2.00', readings)], over)
}

const LOSS = { LN: 'cable', LI: '#1#', LR: '#2#', LU: 'mOhm' }

const PLACES: Place[] = [
  ...PAYLOAD.map((name) => ({ name, put: (word: string) => ocmf(record({}, { [name]: word })) })),
  ...READING.map((name) => ({ name, put: (word: string) => ocmf(record({ [name]: word })) })),
  ...SIGNATURE.map((name) => ({
    name,
    put: (word: string) => ocmf(record(), { section: { [name]: word } }),
  })),
  ...Object.keys(LOSS).map((name) => ({
    name: `LC.${name}`,
    put: (word: string) => ocmf(record({}, { LC: { ...LOSS, [name]: word } })),
  })),
  { name: 'a flag', put: (word) => ocmf(record({}, { IF: [word] })) },
  { name: 'a tariff', put: (word) => ocmf(record({}, { TT: `${word};EUR;1;2` })) },
  {
    name: 'a register unit of Bauer',
    put: (word) => ocmf(record({ XU: word, XI: word, XV: word })),
  },
  ...['', 'RD', 'signature', 'LC'].map((where) => ({
    name: `a name in ${where === '' ? 'the payload' : where}`,
    put: (word: string) => {
      const text = record({}, { LC: LOSS })
      const places: Record<string, [string, string]> = {
        '': ['{"FV"', `{${JSON.stringify(word)}:1,"FV"`],
        RD: ['"RD":[{', `"RD":[{${JSON.stringify(word)}:1,`],
        LC: ['"LC":{', `"LC":{${JSON.stringify(word)}:1,`],
      }
      const [from, to] = places[where] ?? ['', '']
      const section = where === 'signature' ? { [`x${word}`]: 'x' } : {}
      const signed = ocmf(text.replace(from, to), { section })
      return where === 'signature' ? signed.replace(`"x${word}"`, JSON.stringify(word)) : signed
    },
  })),
]

async function outcome(input: string) {
  const result = await verify([input])
  const plain = structuredClone(result)
  const found = allFindings(plain).map(({ code, severity }) => `${code} ${severity}`)
  return {
    states: plain.inputs.map(({ state }) => state),
    found: found.toSorted(),
    readings: plain.sessions.flatMap(({ records }) =>
      records.flatMap(({ readings }) =>
        readings.map(({ role, kind, meterOk, quantity, time }) => [
          role,
          kind,
          meterOk,
          quantity?.unit,
          time?.sync,
        ]),
      ),
    ),
  }
}

describe('a word that every object of JavaScript has', () => {
  test.each(PLACES)('as $name is a word like any other', async ({ put }) => {
    for (const name of NAMES) {
      const said = await outcome(inXml(put(name)))
      expect({ name, ...said }).toEqual({ name, ...(await outcome(inXml(put(unknown(name))))) })
      expect(said.found.join()).not.toContain('ENGINE-INTERNAL')
    }
  })

  test.each(['context', 'transactionId'])('as %s of the file around is one too', async (name) => {
    for (const word of NAMES) {
      const xml = inXml(ocmf(record())).replace('<value>', `<value ${name}="${word}">`)
      const result = structuredClone(await verify([xml]))
      expect(result.sessions[0]?.records[0]?.claimed.role).toBeNull()
      expect(result.inputs[0]?.state).toBe('VALID_KEY_UNCONFIRMED')
    }
  })

  test('as the name of a file or element is one too', async () => {
    for (const word of NAMES) {
      const content = inXml(ocmf(record())).replaceAll('value>', `${word}>`)
      const result = await verify([{ name: word, content }])
      expect(result.inputs).toMatchObject([{ name: word }])
      expect(result.sessions.length).toBe(1)
    }
  })
})
