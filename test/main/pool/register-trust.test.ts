/** What the charging register in the store does to a result. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { conclude } from '../../../src/main/engine/pipeline.ts'
import { digest, hostEngines } from '../../../src/main/host-deps.ts'
import { importRegister } from '../../../src/main/key-store/register-import.ts'
import { readInput } from '../../../src/main/pool/read-input.ts'
import { textReport } from '../../../src/main/report/text.ts'
import { type ThrowAwayKey, keyHex, throwAwayKey } from '../../tools/sign.ts'
import { POLICY, allFindings, wholeSession, xmlWith } from '../../tools/small-inputs.ts'
import { NOW, emptyFolder, now } from '../key-store/keys.ts'

const KEY = throwAwayKey()
const OTHER = throwAwayKey('secp256r1', 'other')
/** The charge point that the records of these tests name. */
const EVSE = 'DE*ABC*E1*1'

let folder = ''
beforeEach(() => {
  folder = emptyFolder()
  return () => rmSync(folder, { recursive: true })
})
const store = () => join(folder, 'keys.sqlite')

type Listed = [evse: string, ...keys: ThrowAwayKey[]]

async function register(listed: readonly Listed[], date = '01.09.2026'): Promise<void> {
  const file = join(folder, `${date}.csv`)
  const rows = listed.map(([evse, ...keys], index) => {
    const cell = keys.map(keyHex).join('\n\n')
    return `${index + 1};Stadtwerke;Am Berg ${index + 1};72535;Heroldstatt;${evse};"${cell}"\r\n`
  })
  writeFileSync(
    file,
    `Ladesäulenregister;;;;;;\r\nStand: ${date};;;;;;\r\nLadeeinrichtungs-ID;Betreiber;Straße;Postleitzahl;Ort;EVSE-ID1;Public Key1\r\n${rows.join('')}`,
  )
  await importRegister(store(), file, { now })
}

async function check(content: string) {
  const source = { kind: 'bytes', name: 'input', bytes: new TextEncoder().encode(content) } as const
  const settings = { given: [], store: store(), both: false, evidence: false, lines: null }
  const task = { source, settings: { ...settings, now: NOW.getTime() }, offered: [] }
  const read = await readInput(task, hostEngines(false))
  const result = conclude([read], { policy: POLICY, now: NOW.getTime(), digest })
  const [session] = result.sessions
  return {
    result,
    state: session?.verdict.state,
    trust: session?.trust.level,
    words: session?.trust.key?.register,
    codes: allFindings(result).map(({ code }) => code),
  }
}

const signedBy = (key: ThrowAwayKey, over = {}) => xmlWith([wholeSession({ key, over })], key)
const NO_PLACE = { CT: undefined, CI: undefined }

describe('a key that the register lists', () => {
  test.each<[string, Listed[], object]>([
    ['for the charge point of the record', [[EVSE, KEY]], {}],
    ['for the same charge point in another spelling', [['DEABCE11', KEY]], {}],
    ['without naming a charge point', [['', KEY]], {}],
    ['with something else in the place of a charge point', [['1 Ladepunkt', KEY]], {}],
    ['for a charge point, where the record names none', [[EVSE, KEY]], NO_PLACE],
    ['for a connector of the charge point', [['DEABCE112', KEY]], {}],
  ])('%s is confirmed', async (_, listed, over) => {
    await register(listed)
    const { state, trust, words, codes } = await check(signedBy(KEY, over))
    expect([state, trust]).toEqual(['VERIFIED', 'K3'])
    expect(codes).toContain('KEY-REGISTER')
    expect(words).toMatchObject({
      edition: '2026-09-01',
      operator: 'Stadtwerke',
      street: 'Am Berg 1',
      place: 'Heroldstatt',
      number: '1',
      row: 4,
      others: 0,
    })
  })

  test('is shown with the station in the words of the register, said to be not signed', async () => {
    await register([[EVSE, KEY]])
    const { result } = await check(signedBy(KEY))
    expect(textReport(result, 'en').replace(/\s+/g, ' ')).toContain(
      'Stadtwerke, Am Berg 1, 72535 Heroldstatt, 1 (as the charging register of 1 September 2026 says, not signed)',
    )
    expect(textReport(result, 'de')).toContain('Stand 2026-09-01')
  })

  test('confirms a record that brings no key at all', async () => {
    await register([[EVSE, KEY]])
    expect((await check(wholeSession({ key: KEY }))).state).toBe('VERIFIED')
  })

  test('only for another charge point confirms nothing, loudly', async () => {
    await register([['DE*ABC*E999*1', KEY]])
    const { state, trust, codes } = await check(signedBy(KEY))
    expect([state, trust]).toEqual(['VALID_KEY_UNCONFIRMED', 'K1'])
    expect(codes).toContain('KEY-OTHER-METER')
  })

  test('at several points, and several at one point, is said', async () => {
    await register([
      ['', KEY, OTHER],
      ['', KEY],
    ])
    const { state, codes, words } = await check(signedBy(KEY))
    expect(state).toBe('VERIFIED')
    expect(codes).toEqual(expect.arrayContaining(['KEY-REGISTER-PLACES', 'KEY-REGISTER-KEYS']))
    expect(words?.others).toBe(1)
  })

  test('of which one belongs to the charge point is confirmed there, and the others are told', async () => {
    await register([
      [EVSE, KEY],
      ['DE*ABC*E999*1', KEY],
    ])
    const { state } = await check(signedBy(KEY))
    expect(state).toBe('VERIFIED')
  })

  test('in an older edition only is not confirmed, and the date is told', async () => {
    await register([[EVSE, KEY]], '01.02.2025')
    await register([['', OTHER]], '01.09.2026')
    const { state, trust, codes } = await check(signedBy(KEY))
    expect([state, trust]).toEqual(['VALID_KEY_UNCONFIRMED', 'K2'])
    expect(codes).toContain('KEY-REGISTER-OLD')
  })
})

describe("a forged record with the forger's own key", () => {
  test('gets no better than unconfirmed where nothing is known of its meter', async () => {
    await register([['DE*ABC*E999*1', KEY]])
    const { state, trust } = await check(signedBy(OTHER))
    expect([state, trust]).toEqual(['VALID_KEY_UNCONFIRMED', 'K1'])
  })

  test('is a loud conflict where the register knows the charge point', async () => {
    await register([[EVSE, KEY]])
    const { state, codes } = await check(signedBy(OTHER))
    expect(state).toBe('SIGNATURE_INVALID')
    expect(codes).toContain('KEY-MISMATCH')
  })

  test('is no better for naming no charge point', async () => {
    await register([[EVSE, KEY]])
    expect((await check(signedBy(OTHER, NO_PLACE))).state).toBe('VALID_KEY_UNCONFIRMED')
  })

  test('is no better for a key that is registered elsewhere', async () => {
    await register([
      [EVSE, KEY],
      ['DE*ABC*E999*1', OTHER],
    ])
    const { state, codes } = await check(signedBy(OTHER))
    expect(state).toBe('SIGNATURE_INVALID')
    expect(codes).toContain('KEY-OTHER-METER')
  })
})
