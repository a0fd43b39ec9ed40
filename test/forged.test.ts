/**
 * Whoever forges a record signs it with a key of his own. Such a record never gets better than
 * VALID_KEY_UNCONFIRMED, in any format; where the meter or charge point is known, it is told.
 */
import { describe, expect, test } from 'vitest'
import { ALL_FORMATS } from '../src/main/engine/formats/index.ts'
import { LIMITS } from '../src/main/engine/limits.ts'
import { conclude, readFile } from '../src/main/engine/pipeline.ts'
import type { KeyBook } from '../src/main/engine/types.ts'
import { asset } from '../src/main/assets.ts'
import { digest, hostEngines } from '../src/main/host-deps.ts'
import type { VerdictState } from '../src/shared/model/verdict-state.ts'
import { publicKey } from './tools/results.ts'
import { throwAwayKey } from './tools/sign.ts'
import { allFindings, givenKey } from './tools/small-inputs.ts'
import { NOW, vectorsOf } from './tools/vector-job.ts'
import type { Vector } from './tools/vector-file.ts'

const engines = hostEngines(false)
const [GENUINE = publicKey()] = givenKey(throwAwayKey('secp256r1', 'genuine'), 'K3')

const NOBODY: KeyBook = { given: [], offered: [], publishedFor: () => [], find: () => [] }
/** Knows another key for whatever meter or charge point it is asked. */
const EVERYWHERE: KeyBook = {
  ...NOBODY,
  publishedFor: ({ meter, evse }) => [{ ...GENUINE, source: 'register', trust: 'K3', meter, evse }],
}

/** As the owner of the keys of our vectors: to everybody else he is a forger. */
async function check({ files }: Vector, keys: KeyBook) {
  const deps = { keys, engines, digest, now: NOW, asset, limits: LIMITS, evidence: false }
  const read = await Promise.all(files.map((file) => readFile(file, deps)))
  const policy = { requiredTrust: 'K3', profile: 'driver' } as const
  return conclude(read, { policy, now: NOW, digest })
}

const better: VerdictState = 'VERIFIED'

describe.each(ALL_FORMATS.map(({ id }) => id))('%s', (id) => {
  const vectors = vectorsOf(id)

  test('no record is confirmed by what came with it', { timeout: 120_000 }, async () => {
    for (const { name, vector } of vectors) {
      const { sessions } = await check(vector, NOBODY)
      const green = sessions.filter(({ verdict }) => verdict.state === better)
      expect([name, green.length]).toEqual([name, 0])
    }
  })

  test(
    'where the meter or charge point is known, the conflict is loud',
    { timeout: 120_000 },
    async () => {
      for (const { name, vector } of vectors) {
        const { sessions, ...rest } = await check(vector, EVERYWHERE)
        const quiet = sessions.filter(
          ({ verdict, meter, evse }) =>
            (verdict.state === better || verdict.state === 'VALID_KEY_UNCONFIRMED') &&
            (meter !== null || evse !== null),
        )
        const told = allFindings({ sessions: quiet, ...rest }).filter(
          ({ code }) => code === 'KEY-CONFLICT' || code === 'KEY-MISMATCH',
        )
        expect([name, quiet.length > 0 && told.length === 0]).toEqual([name, false])
      }
    },
  )
})
