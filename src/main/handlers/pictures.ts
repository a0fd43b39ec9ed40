/**
 * Pictures that are looked at for a key or a record: photos, and what a camera shows.
 *
 * They are decoded by the workers that read inputs, never in the window and never here.
 *
 * @module
 */
import type { SeenKey, Sight } from '../../shared/api.ts'
import { fromHex } from '../../shared/hex.ts'
import type { PublicKeyRef } from '../../shared/model/key.ts'
import { sizeOf } from '../engine/containers/image/size.ts'
import { type FileResult, withMembers } from '../engine/pipeline.ts'
import { keyText } from '../engine/signature/public-key.ts'
import type { HostFace } from '../hosts/host-face.ts'
import type { Pool } from '../pool/pool.ts'
import type { JobSettings } from '../pool/protocol.ts'
import type { HandlersOf } from './handlers.ts'

export function pictureHandlers(host: HostFace, pool: Pool): HandlersOf<'lookAt' | 'showCamera'> {
  return {
    async lookAt({ name, bytes }) {
      const source = { kind: 'bytes', name, bytes } as const
      const read = await pool.run({ source, settings: settings(), offered: [] })
      const files = read.kind === 'result' ? withMembers([read.result]) : []
      return sightOf(files, sizeOf(bytes) !== null)
    },
    showCamera({ open }) {
      host.showCamera(open)
      return null
    },
  }
}

/** Nobody asks here whether a signature fits. */
function settings(): JobSettings {
  return { given: [], store: null, both: false, evidence: false, now: Date.now(), lines: null }
}

function sightOf(files: readonly FileResult[], picture: boolean): Sight {
  const keys = new Map<string, SeenKey>()
  for (const key of files.flatMap((file) => file.keys)) {
    const seen = seenKey(key)
    if (seen !== null && !keys.has(seen.fingerprint)) keys.set(seen.fingerprint, seen)
  }
  const findings = files.flatMap((file) => file.findings)
  // That a code holds a link says more than that it holds no data.
  const reason =
    findings.find(({ code }) => code === 'IN-URL') ??
    findings.find(({ severity }) => severity !== 'info')
  return {
    picture,
    keys: [...keys.values()],
    records: files.reduce((sum, { records }) => sum + records.length, 0),
    why: reason === undefined ? null : { code: reason.code, params: { ...reason.params } },
  }
}

function seenKey({ fingerprint, curve, point, meter, evse }: PublicKeyRef): SeenKey | null {
  const bytes = fromHex(point)
  if (bytes === null) return null
  const { spkiBase64, pointHex } = keyText(curve, bytes)
  return { fingerprint, curve, text: spkiBase64, pointGroups: pointHex, meter, evse }
}
