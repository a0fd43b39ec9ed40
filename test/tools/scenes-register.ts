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
]
