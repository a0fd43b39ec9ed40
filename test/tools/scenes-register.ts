/**
 * Scenes with the charging register: stations on the map, their pages, editions.
 *
 * @module
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RegisterPlan, writeRegisterCsv } from './make-register.ts'
import type { Scene } from './scenes.ts'
import { keyHex, throwAwayKey } from './sign.ts'
import type { Stage } from './stage.ts'

/** An edition as the Bundesnetzagentur publishes it, with made-up stations. */
function edition(plan: RegisterPlan): { name: string; bytes: Uint8Array } {
  const folder = mkdtempSync(join(tmpdir(), 'eichlicht-edition-'))
  try {
    const name = `Ladesaeulenregister_${plan.date ?? ''}.csv`
    writeRegisterCsv(join(folder, name), plan)
    return { name, bytes: readFileSync(join(folder, name)) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export async function importEdition(stage: Stage, plan: RegisterPlan = {}): Promise<void> {
  const file = edition({ rows: 400, date: '2026-09-01', ...plan })
  await stage.call('importRegister', { file, date: null })
}

/** Bytes in the place of a public key of Ed25519. */
const ISSUER = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'

const NOTHING = {
  meter: null,
  evse: null,
  station: null,
  operator: null,
  label: null,
  note: null,
}

const onTab = (stage: Stage, tab: string) => stage.page.click(`[data-tab="${tab}"]`)

async function searched(stage: Stage, words: string): Promise<void> {
  await importEdition(stage, { date: '2026-08-01' })
  await importEdition(stage)
  await stage.view('keys')
  await stage.page.fill('main input[type="search"]', words)
  await onTab(stage, 'stations')
  await stage.page.waitForSelector('[data-mark]')
}

export const REGISTER_SCENES: readonly Scene[] = [
  {
    name: 'stations-none',
    async play(stage) {
      await stage.view('keys')
      await onTab(stage, 'stations')
    },
  },
  {
    name: 'stations-ask',
    async play(stage) {
      await importEdition(stage)
      await stage.view('keys')
      await onTab(stage, 'stations')
    },
  },
  {
    name: 'keys-in-register',
    async play(stage) {
      await importEdition(stage)
      await stage.view('keys')
      await stage.page.fill('main input[type="search"]', 'kiel')
      await stage.page.getByText(/Im Register gefunden|Found in the register/).waitFor()
    },
  },
  { name: 'stations-found', play: (stage) => searched(stage, 'stadtwerke') },
  { name: 'stations-town', play: (stage) => searched(stage, 'bad säckingen') },
  {
    name: 'station',
    async play(stage) {
      await searched(stage, 'kiel')
      await stage.page.click('li[data-station] button')
      await stage.page.waitForSelector('[data-station-page]')
    },
  },
  {
    name: 'register',
    async play(stage) {
      await importEdition(stage, { date: '2026-08-01' })
      await importEdition(stage)
      await stage.view('keys')
      await onTab(stage, 'register')
      await stage.page.click('details summary')
    },
  },
  {
    name: 'issuers',
    async play(stage) {
      await stage.call('addIssuer', { name: 'Eichamt Musterstadt', text: ISSUER, trust: 'K3' })
      await stage.view('keys')
      await onTab(stage, 'issuers')
      await stage.page.waitForSelector('[data-issuer]')
      await stage.page.click('[data-action="new-issuer-key"]')
      await stage.page.waitForSelector('[data-public-key]')
    },
  },
  {
    name: 'keys-duplicates',
    async play(stage) {
      const key = { text: keyHex(throwAwayKey()), proof: null }
      await stage.call('addKey', { ...key, details: { ...NOTHING, meter: 'MM-4701' } })
      await stage.call('addKey', { ...key, details: { ...NOTHING, operator: 'Albwerk' } })
      const other = keyHex(throwAwayKey('secp256k1'))
      const details = { ...NOTHING, meter: 'MM-4701', operator: 'Stadtwerke' }
      await stage.call('addKey', { text: other, details, proof: null })
      await stage.view('keys')
      await stage.page.check('[name="conflict"]')
      await stage.page.click('tr[data-key]:last-child button')
      await stage.page.waitForSelector('[data-action="merge"]')
    },
  },
]
