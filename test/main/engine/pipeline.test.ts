import { afterEach, describe, expect, test, vi } from 'vitest'
import { DecodeError, SyntaxProblem } from '../../../src/main/engine/codec/decode-error.ts'
import { FORMATS_BY_ID } from '../../../src/main/engine/formats/index.ts'
import { conclude, readFile, unreadInput } from '../../../src/main/engine/pipeline.ts'
import { SESSION_RULES } from '../../../src/main/engine/rules/index.ts'
import * as job from '../../../src/main/engine/rules/job.ts'
import type { SessionRule } from '../../../src/main/engine/rules/rule.ts'
import { digest } from '../../../src/main/host-deps.ts'
import { looseFinding } from '../../../src/shared/model/finding.ts'
import { KEY_KINDS } from '../../../src/shared/model/key.ts'
import { keyHex, ocmf, throwAwayKey } from '../../tools/sign.ts'
import {
  NOW,
  POLICY,
  allFindings,
  codes,
  deps,
  givenKey,
  payload,
  readOne,
  readingOf,
  states,
  twoRecords,
  verify,
  wholeSession,
  xmlWith,
} from '../../tools/small-inputs.ts'

const KEY = throwAwayKey()

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a session', () => {
  test('over whose signature two engines disagree is not checked, and says so', async () => {
    const given = deps({ given: givenKey(KEY, 'K4') })
    const { reference } = given.engines
    const fast = { ...reference, name: 'other', verify: () => false }
    const bytes = new TextEncoder().encode(wholeSession({ key: KEY }))
    const engines = { reference, fast, both: true }
    const file = await readFile({ name: 'input', bytes }, { ...given, engines })
    const { sessions, ...rest } = conclude([file], { policy: POLICY, now: NOW, digest })
    expect(sessions.map(({ verdict }) => verdict.state)).toEqual(['NOT_CHECKED'])
    expect(codes({ sessions, ...rest })).toContain('SIG-ENGINES')
  })

  test('with its key in the same file is valid, and the key unconfirmed', async () => {
    const result = await verify([xmlWith([wholeSession()])])
    expect(states(result)).toEqual(['VALID_KEY_UNCONFIRMED'])
    expect(result.sessions).toMatchObject([
      {
        energy: { value: '10.50', unit: 'kWh' },
        durationS: '3600',
        meter: 'METER-1',
        station: 'GW-1',
        trust: { level: 'K1' },
        verdict: { signature: 'valid', complete: true, energyUsable: true, timeUsable: true },
      },
    ])
  })

  test.each([
    ['K1', 'VALID_KEY_UNCONFIRMED'],
    ['K2', 'VALID_KEY_UNCONFIRMED'],
    ['K3', 'VERIFIED'],
    ['K4', 'VERIFIED'],
  ] as const)('under a key of trust %s that the user gives is %s', async (trust, state) => {
    const result = await verify([wholeSession()], { given: givenKey(KEY, trust) })
    expect(states(result)).toEqual([state])
  })

  test('is not verified by a register where the key has to be read off the station', async () => {
    const policy = { ...POLICY, requiredTrust: 'K4' } as const
    const result = await verify([wholeSession()], { given: givenKey(KEY, 'K3'), policy })
    expect(states(result)).toEqual(['VALID_KEY_UNCONFIRMED'])
  })

  test('in two files, with the key in a third, is one session of both', async () => {
    const [begin, end] = twoRecords()
    const result = await verify([begin, keyHex(KEY), end])
    expect(states(result)).toEqual(['VALID_KEY_UNCONFIRMED', null, 'VALID_KEY_UNCONFIRMED'])
    expect(result.sessions).toMatchObject([{ energy: { value: '10.50' }, trust: { level: 'K2' } }])
    expect(result.inputs[0]?.sessions).toEqual(result.inputs[2]?.sessions)
    expect(codes(result)).toContain('IN-KEYS')
  })

  test('whose digit was changed is invalid, and its readings are shown all the same', async () => {
    const record = wholeSession().replace('110.50', '110.51')
    const result = await verify([xmlWith([record])])
    expect(states(result)).toEqual(['SIGNATURE_INVALID'])
    expect(result.sessions).toMatchObject([
      { energy: { value: '10.51' }, verdict: { signature: 'invalid', energyUsable: false } },
    ])
  })

  test('without any key is not checked', async () => {
    const result = await verify([wholeSession()])
    expect(states(result)).toEqual(['NOT_CHECKED'])
    expect(codes(result)).toContain('KEY-NONE')
  })
})

describe('one input and the others', () => {
  const bad = ['', 'nonsense', '<!DOCTYPE a><a/>', '{"a":', 'OCMF|{', '\u0000\u0001']

  test('every input has its row, in the order in which it came', async () => {
    const inputs = [...bad, xmlWith([wholeSession()]), ...bad]
    const result = await verify(inputs)
    expect(result.inputs.map(({ name }) => name)).toEqual(
      inputs.map((_, index) => `input-${index + 1}`),
    )
    const unreadable = bad.map(() => 'UNREADABLE')
    expect(states(result)).toEqual([...unreadable, 'VALID_KEY_UNCONFIRMED', ...unreadable])
  })

  test('what stands beside it changes nothing for a session', async () => {
    const good = { name: 'good', content: xmlWith([wholeSession()]) }
    const [alone] = (await verify([good])).sessions
    const forged = wholeSession().replace('110.50', '999.99')
    const others = [...bad, xmlWith([forged]), keyHex(throwAwayKey('secp256r1', 'other'))]
    const among = await verify([...others, good])
    const same = among.sessions.find(({ input }) => input === 'good')
    expect(same).toEqual(alone)
  })

  test('one record in two files is one session of both, which says so', async () => {
    const file = xmlWith([wholeSession()])
    const result = await verify([file, file])
    expect(result.sessions.length).toBe(1)
    expect(result.inputs.map(({ sessions }) => sessions.length)).toEqual([1, 1])
    expect(codes(result)).toContain('OCMF-017')
  })

  test('one input named twice has two rows', async () => {
    const file = { name: 'same', content: xmlWith([wholeSession()]) }
    expect(states(await verify([file, file]))).toEqual([
      'VALID_KEY_UNCONFIRMED',
      'VALID_KEY_UNCONFIRMED',
    ])
  })
})

describe('engines are ready for every key that is asked', () => {
  test.each(KEY_KINDS)('a key of kind %s that only the record itself holds', async (curve) => {
    const key = throwAwayKey(curve)
    const record = ocmf(payload([readingOf('B', 0, '1.00'), readingOf('E', 9, '2.00')]), {
      key,
      fourth: keyHex(key),
    })
    const result = await verify([record])
    expect(codes(result)).not.toContain('ENGINE-INTERNAL')
    expect(states(result)).toEqual(['VALID_KEY_UNCONFIRMED'])
    const changed = await verify([record.replace('2.00', '3.00')])
    expect(states(changed)).toEqual(['SIGNATURE_INVALID'])
  })
})

describe('a fault of ours', () => {
  const fault = () => {
    throw new TypeError('cannot read properties of undefined')
  }

  test('in a format costs the record one finding, and nothing is said about it', async () => {
    vi.spyOn(FORMATS_BY_ID.ocmf, 'decode').mockImplementationOnce(fault)
    const result = await verify([xmlWith([wholeSession(), wholeSession({ number: 2 })])])
    expect(states(result)).toEqual(['NOT_CHECKED'])
    const internal = allFindings(result).filter(({ code }) => code === 'ENGINE-INTERNAL')
    expect(internal.map(({ params }) => params)).toEqual([
      { detail: 'TypeError: cannot read properties of undefined' },
    ])
    expect(result.sessions.map(({ verdict }) => verdict.state).toSorted()).toEqual([
      'NOT_CHECKED',
      'VALID_KEY_UNCONFIRMED',
    ])
  })

  test('in the checks after the verification costs the input one finding', async () => {
    vi.spyOn(FORMATS_BY_ID.ocmf, 'check').mockImplementationOnce(fault)
    const result = await verify([xmlWith([wholeSession()]), xmlWith([wholeSession({ number: 2 })])])
    expect(states(result)).toEqual(['NOT_CHECKED', 'VALID_KEY_UNCONFIRMED'])
  })

  test('in a rule costs its session one finding, and stops no other session', async () => {
    const rules = SESSION_RULES as SessionRule[]
    rules.push((session) => (session.group.members[0]?.inputs[0] === 'input-1' ? fault() : []))
    const inputs = [wholeSession(), wholeSession({ number: 2 })].map((text) => xmlWith([text]))
    const result = await verify(inputs).finally(() => rules.pop())
    expect(states(result)).toEqual(['NOT_CHECKED', 'VALID_KEY_UNCONFIRMED'])
    expect(result.sessions[0]).toMatchObject({
      energy: { value: '10.50' },
      verdict: { signature: 'valid', reasons: [{ code: 'ENGINE-INTERNAL' }] },
    })
  })

  test('in a rule over all sessions leaves none of them better than not checked', async () => {
    vi.spyOn(job, 'checkJob').mockImplementationOnce(fault)
    const inputs = [wholeSession(), wholeSession({ number: 2 })].map((text) => xmlWith([text]))
    expect(states(await verify(inputs))).toEqual(['NOT_CHECKED', 'NOT_CHECKED'])
  })

  test('in words says nothing of the input', async () => {
    const long = () => {
      throw new Error('x'.repeat(5000))
    }
    vi.spyOn(FORMATS_BY_ID.ocmf, 'decode').mockImplementationOnce(long)
    const { records } = await readOne(wholeSession())
    const detail = records[0]?.findings[0]?.params['detail'] ?? ''
    expect(detail.length).toBe(200)
  })

  test('that is no Error at all is one too', async () => {
    const nothing: unknown = Object.create(null)
    const rejected = vi.fn<() => never>().mockImplementation(() => {
      throw nothing as Error
    })
    vi.spyOn(FORMATS_BY_ID.ocmf, 'decode').mockImplementationOnce(rejected)
    const { records } = await readOne(wholeSession())
    expect(records[0]?.findings[0]?.params).toEqual({ detail: 'unknown' })
  })
})

describe('what a format throws', () => {
  test.each([
    ['its own finding', new DecodeError(looseFinding('IN-NO-READING', {})), 'IN-NO-READING'],
    ['a problem of a codec', new SyntaxProblem('odd', 7), 'IN-RECORD'],
  ])('as %s is the finding of an unreadable record', async (_, error, code) => {
    vi.spyOn(FORMATS_BY_ID.ocmf, 'decode').mockImplementationOnce(() => {
      throw error
    })
    const result = await verify([wholeSession()])
    expect(states(result)).toEqual(['UNREADABLE'])
    expect(codes(result)).toEqual([code])
  })
})

describe('an input that never reached the engine', () => {
  test('has its row with the reason', () => {
    const file = unreadInput('gone', looseFinding('IN-NOFILE', { reason: 'missing' }))
    const result = conclude([file], { policy: POLICY, now: NOW, digest })
    expect(result.inputs).toEqual([
      {
        name: 'gone',
        claims: 0,
        sha256: null,
        bytes: null,
        state: 'UNREADABLE',
        findings: [expect.objectContaining({ code: 'IN-NOFILE', at: 'gone' })],
        sessions: [],
        keys: 0,
      },
    ])
  })
})

describe('profiles', () => {
  test.each(['auditor', 'strict'] as const)(
    '%s weighs findings, never a state',
    async (profile) => {
      const record = ocmf(payload([readingOf('B', 0, '1.0'), readingOf('E', 9, '2.0')], { FV: 1 }))
      const inputs = [xmlWith([record])]
      const driver = await verify(inputs)
      const other = await verify(inputs, { policy: { ...POLICY, profile } })
      expect(states(other)).toEqual(states(driver))
      expect(other.sessions.map(({ verdict }) => verdict)).toEqual(
        driver.sessions.map(({ verdict }) => verdict),
      )
      const weight = (result: typeof driver) =>
        allFindings(result).find(({ code }) => code === 'OCMF-102')?.severity
      expect(weight(driver)).toBe('info')
      expect(weight(other)).toBe(profile === 'strict' ? 'error' : 'warning')
    },
  )
})
