/**
 * The keys a user keeps.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import type {
  KeyListing,
  KeyProof,
  KeyReadout,
  KeySuggestionText,
  Signing,
} from '../../shared/api.ts'
import type { CurveId, PublicKeyRef } from '../../shared/model/key.ts'
import {
  type KeyDetails,
  type KeyFilter,
  PHOTO_BYTES,
  type PhotoType,
  type StoredKey,
} from '../../shared/model/stored-key.ts'
import { suggestKey } from '../engine/signature/key-repair.ts'
import { fingerprint, keyText, readPublicKey } from '../engine/signature/public-key.ts'
import type { HostFace } from '../hosts/host-face.ts'
import type { Jobs } from '../jobs.ts'
import { proves } from '../key-proof.ts'
import { csvParts, importKeys, jsonParts } from '../key-store/exchange.ts'
import { signList } from '../key-store/signed-list.ts'
import type { StoreKeeper } from '../key-store/keeper.ts'
import { readOneKey } from '../read-key.ts'
import type { HandlersOf } from './handlers.ts'
import { Refusal } from './refusal.ts'
import { save } from './save.ts'

type KeyMethod =
  | 'keys'
  | 'keyHistory'
  | 'readKey'
  | 'addKey'
  | 'editKey'
  | 'removeKey'
  | 'restoreKey'
  | 'confirmKey'
  | 'importKeys'
  | 'calibrateKey'
  | 'duplicateKeys'
  | 'mergeKeys'
  | 'splitKeys'
  | 'keyPhoto'
  | 'saveKeyPhoto'
  | 'removeKeyPhoto'
  | 'renewStore'
  | 'exportKeys'

export function keyHandlers(
  host: HostFace,
  jobs: Jobs,
  keeper: StoreKeeper,
): HandlersOf<KeyMethod> {
  return {
    keys: ({ search, filter }) => keeper.toRead()?.list(search, filter) ?? NOTHING,
    keyHistory({ id }) {
      const store = keeper.toRead()
      if (store === null) throw new Refusal('no-such-key')
      return store.history(id)
    },
    readKey: ({ text, hint }) => readout(text, hint),
    addKey({ text, details, proof }) {
      const key = readOneKey(text, null, '')
      if ('refused' in key) throw new Refusal('key-unreadable', key.refused)
      const { meter, evse } = key
      const said = { ...details, meter: details.meter ?? meter, evse: details.evse ?? evse }
      return keep(keeper, key, said, proof)
    },
    editKey: ({ id, details }) => keeper.toWrite().edit(id, details),
    removeKey({ id, reason }) {
      keeper.toWrite().remove(id, reason)
      return null
    },
    restoreKey: ({ id }) => keeper.toWrite().restore(id),
    confirmKey({ job, session: id, proof }) {
      const { trust, meter, evse, station, input } = jobs.session(job, id)
      if (trust.key === null) throw new Refusal('no-such-key')
      const details = { meter, evse, station, operator: null, label: null, note: null }
      return keep(keeper, { ...trust.key, origin: input }, details, proof)
    },
    importKeys({ file, issuer }) {
      const sha256 = createHash('sha256').update(file.bytes).digest('hex')
      return importKeys(keeper.toWrite(), file, {
        issuer: issuer?.trim() === '' ? null : issuer,
        sha256,
        readKey: (text, curve) => readOneKey(text, curve, file.name),
      })
    },
    calibrateKey: ({ id, year }) => keeper.toWrite().calibrate(id, year),
    duplicateKeys: () => keeper.toRead()?.duplicates() ?? [],
    mergeKeys: ({ ids }) => keeper.toWrite().merge(ids),
    splitKeys: ({ change }) => keeper.toWrite().split(change),
    keyPhoto({ id }) {
      const photo = keeper.toRead()?.photo(id) ?? null
      if (photo === null) throw new Refusal('no-such-key')
      return { type: photo.type, bytes: photo.bytes }
    },
    saveKeyPhoto({ id, bytes }) {
      const type = photoType(bytes)
      if (type === null) throw new Refusal('no-picture')
      if (bytes.length > PHOTO_BYTES) throw new Refusal('too-large')
      return keeper.toWrite().savePhoto(id, type, bytes)
    },
    removeKeyPhoto({ id }) {
      keeper.toWrite().removePhoto(id)
      return null
    },
    renewStore: () => ({ kept: keeper.renew(new Date()) }),
    exportKeys({ kind, search, filter, sign }) {
      const { type, parts } = LISTS[kind]
      const store = keeper.toRead()
      const chosen =
        search.trim() === '' && isWide(filter) ? store?.all() : store?.chosen(search, filter)
      const list = new TextEncoder().encode([...parts(chosen ?? [])].join(''))
      const bytes = sign === null ? list : signed(list, sign)
      const name = sign === null ? `eichlicht-keys.${kind}` : `eichlicht-keys-signed.${kind}`
      return save(host, name, type, bytes)
    },
  }
}

const NOTHING: KeyListing = {
  keys: [],
  total: 0,
  facets: { source: [], trust: [], curve: [], operator: [], conflict: 0 },
}

function isWide({ source, trust, curve, operator, conflict }: KeyFilter): boolean {
  return [source, trust, curve, operator].every((one) => one === null) && !conflict
}

function signed(list: Uint8Array, { issuer, privateKey }: Signing): Uint8Array {
  try {
    return signList(list, { issuer, signedAt: new Date().toISOString(), privateKey })
  } catch {
    throw new Refusal('key-unreadable')
  }
}

/** What the first bytes of a picture say (JFIF, PNG, WebP); null for what is none of them. */
function photoType(bytes: Uint8Array): PhotoType | null {
  const head = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  return PICTURES.find(([form]) => form.test(head))?.[1] ?? null
}

const PICTURES: readonly [RegExp, PhotoType][] = [
  [/^\xff\xd8\xff/, 'image/jpeg'],
  [/^\x89PNG\r\n/, 'image/png'],
  [/^RIFF[^]{4}WEBP/, 'image/webp'],
]

const LISTS = {
  json: { type: 'application/json', parts: jsonParts },
  csv: { type: 'text/csv', parts: csvParts },
}

function readout(text: string, hint: CurveId | null): KeyReadout {
  const reading = readPublicKey(text, hint === null ? {} : { hint })
  switch (reading.kind) {
    case 'key': {
      const { curve, point } = reading
      const { pointHex, spkiBase64, base32 } = keyText(curve, point)
      const id = fingerprint(curve, point)
      return { kind: 'key', fingerprint: id, curve, pointGroups: pointHex, spkiBase64, base32 }
    }
    case 'ambiguous':
      return { kind: 'ambiguous', curves: reading.candidates.map(({ curve }) => curve) }
    case 'unknown':
      return { kind: 'unknown', reason: reading.reason, suggestion: suggestionFor(text) }
    default:
      return { kind: reading.kind, suggestion: suggestionFor(text) }
  }
}

function suggestionFor(text: string): KeySuggestionText | null {
  const found = suggestKey(text)
  if (found === null) return null
  const { fingerprint: id, curve, text: meant, edits } = found
  return { fingerprint: id, curve, text: meant, edits }
}

/**
 * Keeps a key, as confirmed where the user proves to have read it off the station. What is kept
 * of the same key for the same meter already is filled up, and loses nothing.
 */
function keep(
  keeper: StoreKeeper,
  key: PublicKeyRef,
  details: KeyDetails,
  proof: KeyProof | null,
): StoredKey {
  if (proof !== null && !proves(proof, key)) throw new Refusal('proof-differs')
  const store = keeper.toWrite()
  const confirmed =
    proof === null ? null : { how: proof.how, by: proof.by, where: proof.where, at: proof.on }
  const known = store.entryFor(key.fingerprint, details)
  if (known === null) {
    const { origin, validFrom, validUntil } = key
    return store.add({ key, details, origin, confirmed, validFrom, validUntil })
  }
  const edited = store.edit(known.id, filledUp(known, details))
  return confirmed === null ? edited : store.confirm(known.id, confirmed)
}

function filledUp(known: KeyDetails, details: KeyDetails): KeyDetails {
  return {
    meter: details.meter ?? known.meter,
    evse: details.evse ?? known.evse,
    station: details.station ?? known.station,
    operator: details.operator ?? known.operator,
    label: details.label ?? known.label,
    note: details.note ?? known.note,
  }
}
