/**
 * Who sent what in a log: stations, connectors, transactions, and the keys that hold for them.
 *
 * A station sends its key once for a transaction, once for a connector, or tells it when asked for
 * its configuration. Such a key holds where it was sent for, and nowhere else: to records of other
 * places it is one to try. Nothing of this is signed. Why: docs/decisions/0013.
 * Source: OCPP 1.6 and 2.0.1; OCA application note "Signed meter values", v1.0, 3.2.
 *
 * @module
 */
import type { PublicKeyRef } from '../../../../shared/model/key.ts'
import type { KeyOffer, Opened, SignedRecord } from '../../types.ts'

/** Where in the world of a log something was said; null where it does not tell. */
export interface Spot {
  station: string | null
  /** Number of the EVSE, or of the connector where the version knows no EVSE. */
  connector: string | null
  transaction: string | null
}

/** A charging process as its begin was told: its number comes with the answer. */
interface Charging {
  station: string | null
  connector: string | null
  transaction: string | null
}

interface PlacedRecord {
  record: SignedRecord
  spot: Spot
  /** What ran at that connector when the record was sent. */
  charging: Charging | null
}

interface PlacedKey {
  key: PublicKeyRef
  spot: Spot
}

/** What a log of any length may make us remember of it. */
const MOST_REMEMBERED = 50_000
/** So many keys of other places are tried. */
const MOST_TRIED = 64
/** An answer that has not come after so many messages never will. */
const MOST_WAITING = 1_000

const LOGS = new WeakMap<Opened, StationLog>()

export function stationLog(opened: Opened): StationLog {
  const log = LOGS.get(opened) ?? new StationLog(opened)
  LOGS.set(opened, log)
  return log
}

/** Says which keys hold for which records, now that all of the log is known. */
export function settleKeys(opened: Opened): void {
  LOGS.get(opened)?.settle()
}

export class StationLog {
  private readonly opened: Opened
  private readonly records = new Map<SignedRecord, PlacedRecord>()
  private readonly keys = new Map<string, PlacedKey>()
  private readonly told = new WeakSet<KeyOffer>()
  /** Begun and not answered yet, by the id of the call. */
  private readonly waiting = new Map<string, Charging>()
  /** By station and connector. */
  private readonly running = new Map<string, Charging>()
  /** Connectors by station and transaction: the last message of one does not name it. */
  private readonly connectors = new Map<string, string>()

  constructor(opened: Opened) {
    this.opened = opened
  }

  /** An answer is awaited that gives a charging process its number. */
  get waits(): boolean {
    return this.waiting.size > 0
  }

  /** The call that begins a transaction in OCPP 1.6, which names the connector and no number. */
  began(id: string, station: string | null, connector: string | null): void {
    const charging = { station, connector, transaction: null }
    remember(this.waiting, nameOf(station, id), charging, MOST_WAITING)
    remember(this.running, nameOf(station, connector), charging, MOST_REMEMBERED)
  }

  /** The answer to it, which names the number and no connector. */
  answered(id: string, station: string | null, transaction: string | null): void {
    const name = [nameOf(station, id), nameOf(null, id)].find((one) => this.waiting.has(one))
    const charging = name === undefined ? undefined : this.waiting.get(name)
    if (name === undefined || charging === undefined || transaction === null) return
    this.waiting.delete(name)
    charging.transaction = transaction
    this.isAt({ ...charging, transaction })
  }

  ended(station: string | null, transaction: string): void {
    const connector = this.connectors.get(nameOf(station, transaction)) ?? null
    const name = nameOf(station, connector)
    if (this.running.get(name)?.transaction === transaction) this.running.delete(name)
  }

  private isAt({ station, connector, transaction }: Spot): void {
    if (connector === null || transaction === null) return
    remember(this.connectors, nameOf(station, transaction), connector, MOST_REMEMBERED)
  }

  /** @param spot where they were sent; a record that was placed before keeps its place */
  place(records: readonly SignedRecord[], spot: Spot): void {
    this.isAt(spot)
    const charging = this.running.get(nameOf(spot.station, spot.connector)) ?? null
    for (const record of records) {
      if (!this.records.has(record)) this.records.set(record, { record, spot, charging })
    }
  }

  /** Keys that were sent without a record. */
  tell(offers: readonly KeyOffer[], spot: Spot): void {
    for (const offer of offers) {
      this.told.add(offer)
      if (this.note(offer.keys, spot) || offer.keys.length === 0) this.opened.keys.push(offer)
    }
  }

  /** Of keys that were found without a look at who sent them: nothing but the station is known. */
  found(offer: KeyOffer, station: string | null): void {
    if (!this.told.has(offer))
      this.note(offer.keys, { station, connector: null, transaction: null })
  }

  /** @returns whether one of them is new there */
  private note(keys: readonly PublicKeyRef[], spot: Spot): boolean {
    let isNew = false
    for (const key of keys) {
      const name = [spot.station ?? '', spot.connector ?? '', key.fingerprint].join('\n')
      if (this.keys.has(name) || this.keys.size >= MOST_REMEMBERED) continue
      this.keys.set(name, { key, spot })
      isNew = true
    }
    return isNew
  }

  settle(): void {
    const sent = new Map<string, Sent>()
    for (const placed of this.records.values()) {
      placed.spot = this.whole(placed)
      const { record, spot } = placed
      record.hints = { ...record.hints, transaction: record.hints.transaction ?? spot.transaction }
      const keys = record.keys.flatMap((offer) => offer.keys)
      if (keys.length === 0) continue
      this.note(keys, spot)
      const name = nameOf(spot.station, spot.transaction)
      const differs = sent.has(name) && sent.get(name)?.first !== keys[0]?.fingerprint
      sent.set(name, { offers: differs ? [] : record.keys, first: keys[0]?.fingerprint })
    }
    if (this.keys.size === 0) return
    const keys = [...this.keys.values()]
    const places = [...keys, ...this.records.values()]
    const named = new Set(places.flatMap(({ spot: { station } }) => station ?? [])).size
    const known = new Map<string, OwnKeys>()
    for (const { record, spot } of this.records.values()) {
      const sure = spot.transaction !== null && (spot.station !== null || named === 0)
      if (record.keys.length === 0 && sure) {
        record.keys = sent.get(nameOf(spot.station, spot.transaction))?.offers ?? []
      }
      const name = nameOf(spot.station, spot.connector)
      record.own = known.get(name) ?? keysFor(spot, keys, named)
      known.set(name, record.own)
    }
  }

  /** With what other messages tell: the number of a transaction, or its connector. */
  private whole({ spot, charging }: PlacedRecord): Spot {
    const transaction = spot.transaction ?? charging?.transaction ?? null
    const known = this.connectors.get(nameOf(spot.station, transaction)) ?? null
    return { ...spot, transaction, connector: spot.connector ?? known }
  }
}

/** Keys that came with the records of one transaction; none where they differ. */
interface Sent {
  offers: KeyOffer[]
  first: string | undefined
}

type OwnKeys = NonNullable<SignedRecord['own']>
type Relation = 'same' | 'open' | 'other'

function relation(one: string | null, other: string | null): Relation {
  if (one === null || other === null) return 'open'
  return one === other ? 'same' : 'other'
}

/** @param named so many stations are named in the log */
function keysFor(spot: Spot, keys: readonly PlacedKey[], named: number): OwnKeys {
  const seen = keys.map((placed) => {
    const station = relation(placed.spot.station, spot.station)
    return {
      key: placed.key,
      // A log that names one station at most is taken to be of that one.
      station: station === 'open' && named <= 1 ? 'same' : station,
      connector: relation(placed.spot.connector, spot.connector),
    }
  })
  const here = seen.filter(({ station }) => station === 'same')
  const exact = here.filter(({ connector }) => connector === 'same')
  const open = here.filter(({ connector }) => connector === 'open')
  // Nobody says which connector: the only key of a station is that of any.
  const found = exact.length > 0 ? exact : countOf(here) === 1 ? open : []
  // Two meters at one place were exchanged, unless the log is of two stations and does not say so.
  const meant = countOf(found) > 1 && named === 0 ? [] : found
  const chosen = new Set(meant.map(({ key }) => key.fingerprint))
  const nearest = [...here, ...seen.filter(({ station }) => station === 'open'), ...seen]
  const others = nearest.filter(({ key }) => !chosen.has(key.fingerprint))
  return { meant: distinct(meant), trial: distinct(others).slice(0, MOST_TRIED) }
}

function distinct(keys: readonly { key: PublicKeyRef }[]): PublicKeyRef[] {
  return [...new Map(keys.map(({ key }) => [key.fingerprint, key])).values()]
}

function countOf(keys: readonly { key: PublicKeyRef }[]): number {
  return new Set(keys.map(({ key }) => key.fingerprint)).size
}

function nameOf(station: string | null, what: string | null): string {
  return `${station ?? ''}\n${what ?? ''}`
}

/** The oldest are forgotten where there are too many. */
function remember<T>(map: Map<string, T>, name: string, value: T, most: number): void {
  map.delete(name)
  if (map.size >= most) {
    const [oldest] = map.keys()
    if (oldest !== undefined) map.delete(oldest)
  }
  map.set(name, value)
}
