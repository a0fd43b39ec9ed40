/** The shipped samples: current, and what their tool says they are. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { hostEngines } from '../src/main/host-deps.ts'
import { KEY_KINDS } from '../src/shared/model/key.ts'
import { VERDICT_STATES } from '../src/shared/model/verdict-state.ts'
import { SAMPLES, SAMPLE_FOLDER, sampleFiles, writtenSamples } from './tools/make-samples.ts'
import { runVector } from './tools/vector-job.ts'

const engines = hostEngines(true)
const contentOf = (path: string) => readFileSync(new URL(path, SAMPLE_FOLDER))

describe('the samples', () => {
  test('are what their tool makes', () => {
    const made = sampleFiles()
    expect(writtenSamples()).toEqual([...made.keys()].toSorted())
    const stale = [...made].filter(([path, content]) => !contentOf(path).equals(content))
    expect(stale.map(([path]) => path)).toEqual([])
  })

  test.each(SAMPLES.map((sample) => [Object.keys(sample.files).join(' + '), sample] as const))(
    '%s',
    async (_name, { files, key, expect: states, energy, invoice }) => {
      const inputs = Object.keys(files).map((name) => ({
        name,
        bytes: new Uint8Array(contentOf(name)),
      }))
      const { inputs: rows, sessions } = await runVector(
        {
          comment: '',
          expect: states,
          inputs: null,
          findings: [],
          notFindings: [],
          signature: null,
          energy: null,
          duration: null,
          usable: null,
          expectTrust: null,
          keys: key === undefined ? [] : [contentOf(key.file).toString()],
          trust: key?.trust ?? 'K2',
          published: [],
          files: inputs,
        },
        engines,
      )
      const got = sessions.map(({ verdict }) => verdict.state)
      expect(got.length === 0 ? rows.map(({ state }) => state) : got).toEqual(states)
      const bills = sessions.map((session) => session.invoice?.status ?? null)
      expect(bills).toEqual(invoice ?? sessions.map(() => null))
      const energies = sessions.map((session) => session.energy)
      expect(
        energies.map((quantity) =>
          quantity === null ? null : `${quantity.value} ${quantity.unit}`,
        ),
      ).toEqual(energy)
    },
  )

  test('show every state of the verdict and every kind of key', () => {
    const states = new Set(SAMPLES.flatMap((sample) => sample.expect))
    expect(VERDICT_STATES.filter((state) => !states.has(state))).toEqual([])
    const paths = SAMPLES.flatMap((sample) => Object.keys(sample.files))
    expect(KEY_KINDS.filter((kind) => !paths.includes(`curves/${kind}.xml`))).toEqual([])
  })
})
