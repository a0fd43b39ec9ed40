import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  ID_LEVELS,
  METER_STATES,
  PAYLOAD_MEMBERS,
  READING_MEMBERS,
} from '../../src/main/engine/formats/ocmf/tables.ts'
import { BSM_STATES } from '../../src/main/engine/formats/bsm/events.ts'
import { STATUS_BITS } from '../../src/main/engine/formats/alfen/layout.ts'
import { TIME_DEVIATIONS } from '../../src/main/engine/formats/ocmf/time.ts'
import { alfen as alfenDe } from '../../src/shared/i18n/de/alfen.ts'
import { invoice as invoiceDe } from '../../src/shared/i18n/de/invoice.ts'
import { edl as edlDe } from '../../src/shared/i18n/de/edl.ts'
import { findings as findingsDe } from '../../src/shared/i18n/de/findings.ts'
import { mennekes as mennekesDe } from '../../src/shared/i18n/de/mennekes.ts'
import { ocmf as ocmfDe } from '../../src/shared/i18n/de/ocmf.ts'
import { carrier as carrierDe, carrierWords } from '../../src/shared/i18n/de/carrier.ts'
import { pcdf as pcdfDe } from '../../src/shared/i18n/de/pcdf.ts'
import { record as recordDe } from '../../src/shared/i18n/de/record.ts'
import { sealed as sealedDe } from '../../src/shared/i18n/de/sealed.ts'
import { ui as uiDe } from '../../src/shared/i18n/de/ui.ts'
import { words as wordsDe } from '../../src/shared/i18n/de/words.ts'
import { words as wordsEn } from '../../src/shared/i18n/en/words.ts'
import {
  LANGUAGES,
  type UiKey,
  rawText,
  sentence,
  text,
  wordFor,
} from '../../src/shared/i18n/index.ts'
import { MATCH_REASONS } from '../../src/shared/model/invoice.ts'
import { STORE_REASONS } from '../../src/main/key-store/trouble.ts'
import { CELL_PROBLEMS, REGISTER_REFUSALS, ROW_PROBLEMS } from '../../src/shared/model/register.ts'
import { READ_PLACES } from '../../src/shared/model/stored-key.ts'
import { FINDINGS, type FindingCode, finding, rowOf } from '../../src/shared/model/finding.ts'

const CODES = Object.keys(FINDINGS) as FindingCode[]
const UI_KEYS = Object.keys(uiDe) as UiKey[]

function names(template: string): string[] {
  return [...template.matchAll(/\{[@#]?(\w+)\}/g)].map(([, name = '']) => name)
}

const unique = (values: Iterable<string>) => [...new Set(values)].toSorted()

describe('every text is there', () => {
  test('each finding has its sentence in one list, in both languages', () => {
    const listed = [
      findingsDe,
      recordDe,
      carrierDe,
      invoiceDe,
      ocmfDe,
      edlDe,
      alfenDe,
      mennekesDe,
      pcdfDe,
      sealedDe,
    ].flatMap((list) => Object.keys(list))
    expect(listed.toSorted()).toEqual(CODES.toSorted())
    for (const code of CODES) {
      for (const language of LANGUAGES) expect(rawText(language, code).trim()).not.toBe('')
    }
  })

  test.each(LANGUAGES)('in %s no two findings say the same sentence', (language) => {
    const codes = Map.groupBy(CODES, (code) => rawText(language, code))
    const doubled = [...codes.values()].filter((same) => same.length > 1)
    expect(doubled).toEqual([])
  })

  test.each(LANGUAGES)(
    'in %s a sentence begins with a capital and ends with a stop',
    (language) => {
      const strange = CODES.map((code) => rawText(language, code)).filter(
        (words) => !/^(?:\p{Lu}|„|“|\{)/u.test(words) || !/[.}]$/.test(words),
      )
      expect(strange).toEqual([])
    },
  )

  test('texts hold no typewriter quotes, no double blanks and no blanks at their ends', () => {
    const all = [...CODES, ...UI_KEYS].flatMap((key) => LANGUAGES.map((l) => rawText(l, key)))
    expect(all.filter((words) => /"| {2}|^\s|\s$/.test(words))).toEqual([])
  })

  test('German and English are two languages', () => {
    const long = [...CODES, ...UI_KEYS].filter((key) => rawText('de', key).split(' ').length > 4)
    expect(long.filter((key) => rawText('de', key) === rawText('en', key))).toEqual([])
  })
})

describe('names in braces', () => {
  test.each(CODES)('%s uses the same names in German and English, and only its own', (code) => {
    const [german, english] = [names(rawText('de', code)), names(rawText('en', code))]
    expect(unique(german)).toEqual(unique(english))
    for (const name of german) expect(rowOf(code).params).toContain(name)
  })

  test.each(UI_KEYS)('%s uses the same names in both languages', (key) => {
    expect(unique(names(rawText('de', key)))).toEqual(unique(names(rawText('en', key))))
  })

  test('braces hold nothing else', () => {
    for (const key of [...CODES, ...UI_KEYS]) {
      for (const language of LANGUAGES) {
        expect(rawText(language, key).replace(/\{[@#]?\w+\}/g, '')).not.toMatch(/[{}]/)
      }
    }
  })

  test.each(CODES.filter((code) => rowOf(code).general !== undefined))(
    'the general words of %s ask for nothing that it does not have',
    (code) => {
      const { general, params } = rowOf(code)
      const wanted = names(rawText('de', general as FindingCode))
      expect(params).toEqual(expect.arrayContaining(wanted))
    },
  )
})

describe('putting in', () => {
  test('a value takes the place of its name, and is not read as a text again', () => {
    const found = finding('SIG-ALG-UNKNOWN', 'x', { algorithm: '{algorithm} $& $1 {@found}' })
    expect(sentence('en', found)).toBe(
      'The signature method “{algorithm} $& $1 {@found}” is unknown.',
    )
  })

  test('a name without a value stays empty', () => {
    expect(text('en', 'SIG-OK')).toBe('Signature valid ().')
  })

  test('a value with a word is shown as the word, another one as it is', () => {
    const said = (found: string) => text('de', 'LAW-STATUS', { found })
    expect(said('ocmf.M')).toBe(`Der Zähler meldet: ${wordsDe['ocmf.M']}.`)
    expect(said('ocmf.Q')).toBe('Der Zähler meldet: Q.')
    expect(said('weird')).toBe('Der Zähler meldet: weird.')
  })

  test('no value of a record is taken for something that JavaScript knows', () => {
    for (const name of Object.getOwnPropertyNames(Object.prototype)) {
      expect(wordFor('en', name)).toBe(name)
      expect(wordFor('de', `ocmf.${name}`)).toBe(name)
    }
  })
})

/** What `{@…}` of a finding may stand for. */
const WORDS_OF: Partial<Record<FindingCode, readonly string[]>> = {
  'LAW-STATUS': [
    ...[...METER_STATES].map((state) => `ocmf.${state}`),
    ...BSM_STATES,
    ...alfenWords('fault'),
    'edl.good',
    'edl.fault',
  ],
  'ALFEN-STATUS': alfenWords('fault', 'clock', 'warning'),
  'ALFEN-ROLE': ['begin', 'middle', 'end'],
  'LAW-ID-LEVEL': idLevels(),
  'LAW-LOSS': ['loss.compensated', 'loss.stated'],
  'KEY-STATION': [...READ_PLACES.map((place) => `place.${place}`), 'place.unknown', 'date.unknown'],
  'KEY-REGISTER': ['date.unknown'],
  'KEY-STORE': STORE_REASONS.map((reason) => `store.${reason}`),
  'IN-NOFILE': ['missing', 'forbidden', 'folder', 'special', 'read-error', 'no-folder-input'],
  'IN-ARCHIVE': Object.keys(carrierWords).filter((word) => word.startsWith('archive.')),
  'IN-TOOBIG': Object.keys(carrierWords).filter((word) => word.startsWith('limit.')),
  'INV-OK': MATCH_REASONS.map((reason) => `match.${reason}`),
  'INV-READING': ['begin', 'end'],
  'INV-TIME': ['begin', 'end'],
  'INV-SUM': ['sum.lines', 'sum.gross'],
  'OCMF-111': [...Object.values(PAYLOAD_MEMBERS), ...Object.values(READING_MEMBERS)],
  'OCMF-205': idLevels(),
  'OCMF-407': TIME_DEVIATIONS,
  'OCMF-440': [...METER_STATES].map((state) => `ocmf.${state}`),
  'OCMF-441': [...METER_STATES].map((state) => `ocmf.${state}`),
  'OCMF-457': ['tx.A', 'tx.P'],
  'OCMF-835': ['begin', 'middle', 'end'],
}
/** Words that are shown outside findings: clock states in the report, why a key is none. */
const CLOCKS = ['synchronised', 'informative', 'relative', 'unsynchronised', 'unknown']
const NO_KEYS = ['not-on-curve', 'unsupported-curve', 'explicit-parameters', 'private-key']
/** Why a line of a list of keys was not taken. */
const NOT_IMPORTED = ['format', 'empty', 'field', 'fingerprint', 'signature'].map(
  (why) => `import.${why}`,
)
const REGISTER = [
  ...REGISTER_REFUSALS.map((why) => `register.${why}`),
  ...[...CELL_PROBLEMS, ...ROW_PROBLEMS].map((why) => `cell.${why}`),
]
const SHOWN = [...CLOCKS, ...NO_KEYS, ...NOT_IMPORTED, 'ambiguous', 'too-long', 'several-keys']

function alfenWords(...effects: string[]): string[] {
  return STATUS_BITS.filter(({ effect }) => effects.includes(effect)).map(
    ({ name }) => `alfen.${name}`,
  )
}

function idLevels(): string[] {
  return Object.entries(ID_LEVELS).flatMap(([name, kind]) => (kind === 'error' ? [name] : []))
}

describe('words for values', () => {
  test('German and English have words for the same values', () => {
    expect(Object.keys(wordsEn).toSorted()).toEqual(Object.keys(wordsDe).toSorted())
  })

  test('every finding that shows a word has words for all it can show', () => {
    const asking = CODES.filter((code) => /\{@/.test(rawText('en', code) + rawText('de', code)))
    expect(asking.toSorted()).toEqual(Object.keys(WORDS_OF).toSorted())
    for (const value of Object.values(WORDS_OF).flat()) {
      expect(Object.keys(wordsDe)).toContain(value)
    }
  })

  test('no word is without use', () => {
    const used = new Set([...Object.values(WORDS_OF).flat(), ...SHOWN, ...REGISTER])
    expect(REGISTER.filter((word) => !Object.hasOwn(wordsDe, word))).toEqual([])
    expect(Object.keys(wordsDe).filter((word) => !used.has(word))).toEqual([])
  })

  test('every reason, loss and end that has a word is named by the program', () => {
    const named = [
      ...(WORDS_OF['IN-NOFILE'] ?? []),
      ...(WORDS_OF['LAW-LOSS'] ?? []),
      ...SHOWN,
    ].filter((word) => !sources().includes(`'${word}'`))
    expect(named).toEqual([])
  })
})

/** All of `src` except the texts. */
function sources(): string {
  const root = join(import.meta.dirname, '../../src')
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('i18n'))
    .map((name) => readFileSync(join(root, name), 'utf8'))
    .join('\n')
}
