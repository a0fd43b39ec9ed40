/**
 * Which session a claim speaks of, and why.
 *
 * The document that carries the record and a common number are the best reasons, the energy alone
 * is the weakest. A claim of a bill takes one session, and no two claims of one bill take the same,
 * unless the evidence leaves no other choice: then that session was billed twice.
 * Source: formats documentation of bills, F.5 no. 1.
 *
 * @module
 */
import {
  type Decimal,
  compare,
  decimals,
  magnitude,
  shift,
  subtract,
} from '../../../shared/decimal.ts'
import { comparable } from '../../../shared/identity.ts'
import {
  type InvoiceClaim,
  MATCH_REASONS,
  type MatchReason,
} from '../../../shared/model/invoice.ts'
import { type Quantity, toKWh } from '../../../shared/model/reading.ts'
import type { Origin } from '../../../shared/model/record.ts'
import type { Session } from '../../../shared/model/session.ts'
import { isSameName, meterNames, secondsBetween } from './compare.ts'

export interface PlacedClaim {
  /** Name of the input it was read from. */
  input: string
  claim: InvoiceClaim
}

export interface Matched extends PlacedClaim {
  /** null: it speaks of no session. */
  session: Session | null
  by: MatchReason[]
}

/** @returns the claims in their order, each with its session */
export function matchClaims(
  claims: readonly PlacedClaim[],
  sessions: readonly Session[],
): Matched[] {
  const index = new SessionIndex(sessions)
  const lone = claims.length === 1 && sessions.length === 1
  const pairs = claims
    .flatMap((placed) =>
      index.candidates(placed.claim).flatMap((s) => pairOf(placed, s, lone) ?? []),
    )
    .toSorted((a, b) => a.tier - b.tier || b.by.length - a.by.length || a.seconds - b.seconds)
  const taken = new Map<PlacedClaim, Pair>()
  const busy = new Set<string>()
  for (const pair of pairs) {
    const key = `${documentOf(pair.placed)} ${pair.session.id}`
    if (taken.has(pair.placed) || (takesAlone(pair.placed.claim) && busy.has(key))) continue
    taken.set(pair.placed, pair)
    if (takesAlone(pair.placed.claim)) busy.add(key)
  }
  for (const pair of pairs) {
    if (pair.tier <= STRONG && !taken.has(pair.placed)) taken.set(pair.placed, pair)
  }
  return claims.map((placed) => {
    const pair = taken.get(placed)
    return { ...placed, session: pair?.session ?? null, by: pair?.by ?? [] }
  })
}

/** Claims of one document part the sessions among them. */
function documentOf({ input, claim }: PlacedClaim): string {
  return `${input} ${claim.source} ${claim.invoice ?? ''}`
}

/** What takes back, and a fee without energy, stands beside the claim of the energy. */
export function takesAlone({ kind, energy }: InvoiceClaim): boolean {
  return kind !== 'credit' && energy !== null
}

interface Pair {
  placed: PlacedClaim
  session: Session
  by: MatchReason[]
  tier: number
  /** Between the two beginnings. */
  seconds: number
}

type Evidence = Record<MatchReason, boolean>

/** Evidence that is enough, strongest first. */
const TIERS: readonly ((e: Evidence) => boolean)[] = [
  ({ carrier }) => carrier,
  ({ id }) => id,
  ({ readings }) => readings,
  ({ evse, meter, time }) => (evse || meter) && time,
  ({ time, energy }) => time && energy,
  // From here on it is no proof that something was billed twice.
  ({ evse, meter, day, energy }) => (evse || meter) && day && energy,
  ({ day, energy }) => day && energy,
  ({ time }) => time,
  ({ evse, meter, energy }) => (evse || meter) && energy,
  ({ evse, meter, day }) => (evse || meter) && day,
  ({ energy }) => energy,
  ({ only }) => only,
]
const STRONG = 4

function pairOf(placed: PlacedClaim, facts: Facts, lone: boolean): Pair | null {
  const { claim } = placed
  const { session } = facts
  const seconds = distance(claim, session)
  const carrier = facts.places.has(pathOf(claim.origin)) && isCdr(claim)
  const id = idForms(claim).some((form) => facts.ids.has(form))
  // Most pairs end here: another day.
  if (!carrier && !id && seconds !== null && Math.abs(seconds) > DAY_S) return null
  const evidence: Evidence = { ...evidenceOf(claim, facts, seconds), carrier, id, only: lone }
  const tier = TIERS.findIndex((holds) => holds(evidence))
  if (tier < 0 || (tier > WHATEVER_NAMES && namesDiffer(claim, facts))) return null
  const by = MATCH_REASONS.filter((reason) => evidence[reason])
  return { placed, session, by, tier, seconds: Math.abs(seconds ?? FAR) }
}

const FAR = Number.MAX_SAFE_INTEGER
const DAY_S = 86_400

/** A charge point or meter of another name speaks against all weaker evidence. */
const WHATEVER_NAMES = 3

function namesDiffer({ meter, evse }: InvoiceClaim, { meters, evses }: Facts): boolean {
  const differs = (name: string | null, signed: readonly string[]) =>
    name !== null && signed.length > 0 && !named(name, signed)
  return differs(meter, meters) || differs(evse, evses)
}

/** Seconds between the beginnings, or the ends; null where one of them is not stated. */
function distance({ begin, end }: InvoiceClaim, session: Session): number | null {
  const pairs = [
    [begin, session.begin?.time],
    [end, session.end?.time],
  ] as const
  for (const [billed, signed] of pairs) {
    if (billed === null || signed == null) continue
    const seconds = secondsBetween(billed, signed)
    if (seconds !== null) return seconds
  }
  return null
}

/** A session may begin before charging does. */
const TIME_S = 900

function evidenceOf(claim: InvoiceClaim, facts: Facts, seconds: number | null) {
  const near = seconds !== null && Math.abs(seconds) <= TIME_S
  const dated = (claim.begin ?? claim.end)?.precision === 'day'
  return {
    evse: named(claim.evse, facts.evses),
    meter: named(claim.meter, facts.meters),
    readings: readingsFit(claim, facts),
    time: !dated && (near || overlaps(claim, facts.session)),
    energy: energyFits(claim, facts),
    day: seconds !== null && Math.abs(seconds) < DAY_S,
  }
}

function named(name: string | null, signed: readonly string[]): boolean {
  return name !== null && signed.some((other) => isSameName(name, other))
}

/** Shorter numbers are counters that many stations use. */
const SHORTEST_ID = 4

function idForms(claim: InvoiceClaim): string[] {
  return [claim.session, claim.transaction].flatMap(idForm)
}

function idForm(id: string | null): string[] {
  const plain = comparable(id)
  return plain.length < SHORTEST_ID ? [] : [plain]
}

/** Both intervals share more than half of the shorter one. */
function overlaps({ begin, end }: InvoiceClaim, session: Session): boolean {
  const [from, to] = [begin?.epochMs, end?.epochMs]
  const [since, until] = [session.begin?.time?.epochMs, session.end?.time?.epochMs]
  if (from == null || to == null || since == null || until == null) return false
  const common = Math.min(to, until) - Math.max(from, since)
  return common > 0 && common * 2 >= Math.min(to - from, until - since)
}

function energyFits({ energy, kind }: InvoiceClaim, { kWh }: Facts): boolean {
  const stated = energy === null ? null : toKWh(energy)
  if (stated === null || kWh === null) return false
  return isWithinDigit(kind === 'credit' ? magnitude(stated) : stated, kWh)
}

/** Less than one unit of the last digit: rounded or cut off. */
function isWithinDigit(stated: Decimal, signed: Decimal): boolean {
  const unit = shift('1' as Decimal, -Math.min(decimals(stated), 3))
  return compare(magnitude(subtract(stated, signed)), unit) < 0
}

/** Readings that say something: a new transaction register begins at 0 everywhere. */
const LEAST_DIGITS = 4

function readingsFit({ beginReading, endReading }: InvoiceClaim, { begin, end }: Facts): boolean {
  const stated = [beginReading, endReading].filter((reading) => reading !== null)
  const long = stated.some(({ value }) => value.replace(/^[-0.]+|\./g, '').length >= LEAST_DIGITS)
  return long && isReading(beginReading, begin) && isReading(endReading, end)
}

function isReading(stated: Quantity | null, signed: Decimal | null): boolean {
  if (stated === null) return true
  const value = toKWh(stated)
  return value !== null && signed !== null && isWithinDigit(value, signed)
}

/** What of a session is asked for again and again. */
interface Facts {
  session: Session
  ids: ReadonlySet<string>
  meters: readonly string[]
  evses: readonly string[]
  /** All places in the inputs that hold one of its records. */
  places: ReadonlySet<string>
  kWh: Decimal | null
  begin: Decimal | null
  end: Decimal | null
}

function factsOf(session: Session): Facts {
  const { transaction, records, energy, begin, end } = session
  const ids = [transaction, ...records.flatMap((r) => [r.transaction, r.claimed.transaction])]
  const inKWh = (quantity: Quantity | null | undefined) =>
    quantity == null ? null : toKWh(quantity)
  return {
    session,
    ids: new Set(ids.flatMap(idForm)),
    meters: [...new Set(meterNames(session))],
    evses: [...new Set(records.flatMap(({ evse }) => evse ?? []))],
    places: new Set(records.flatMap(({ origin }) => ancestors(origin))),
    kWh: inKWh(energy),
    begin: inKWh(begin?.quantity),
    end: inKWh(end?.quantity),
  }
}

/** Of these the record stands inside the very object that the claim was read from. */
function isCdr({ source }: InvoiceClaim): boolean {
  return source === 'ocpi' || source === 'oicp'
}

function pathOf(origin: readonly Origin[]): string {
  return origin.map(({ name }) => name).join('\n')
}

/** All places that hold a record: `$.data[0].signed_data` stands in `$.data[0]` and in `$`. */
function ancestors(origin: readonly Origin[]): string[] {
  const paths: string[] = []
  for (let length = 1; length <= origin.length; length++) {
    const steps = origin.slice(0, length)
    const before = steps
      .slice(0, -1)
      .map(({ name }) => `${name}\n`)
      .join('')
    const last = steps.at(-1)?.name ?? ''
    paths.push(before + last)
    for (const { index } of last.matchAll(/[.[]/g)) paths.push(before + last.slice(0, index))
  }
  return paths
}

/** So many pairs are looked at where nothing narrows them down. */
const MOST_PAIRS = 2_000_000

/** Finds sessions that a claim may speak of, without looking at all of them for each claim. */
class SessionIndex {
  private readonly all: readonly Facts[]
  private readonly byKey = new Map<string, Facts[]>()
  private left = MOST_PAIRS

  constructor(sessions: readonly Session[]) {
    this.all = sessions.map(factsOf)
    for (const facts of this.all) for (const key of keysOf(facts)) this.add(key, facts)
  }

  candidates(claim: InvoiceClaim): Facts[] {
    const day = dayOf((claim.begin ?? claim.end)?.epochMs)
    const days = day === null ? [] : [day - 1, day, day + 1, 'none']
    const keys = [
      ...(isCdr(claim) ? [`at ${pathOf(claim.origin)}`] : []),
      ...idForms(claim).map((id) => `id ${id}`),
      ...days.map((name) => `day ${name}`),
    ]
    const found = new Set(keys.flatMap((key) => this.byKey.get(key) ?? []))
    if (day === null) for (const facts of this.all) found.add(facts)
    const some = [...found].slice(0, Math.max(0, this.left))
    this.left -= some.length
    return some
  }

  private add(key: string, facts: Facts): void {
    const known = this.byKey.get(key)
    if (known === undefined) this.byKey.set(key, [facts])
    else if (known.at(-1) !== facts) known.push(facts)
  }
}

function keysOf({ session, ids, places }: Facts): string[] {
  const day = dayOf((session.begin ?? session.end)?.time?.epochMs)
  return [
    ...Array.from(places, (path) => `at ${path}`),
    ...Array.from(ids, (id) => `id ${id}`),
    `day ${day ?? 'none'}`,
  ]
}

function dayOf(epochMs: number | null | undefined): number | null {
  return epochMs == null ? null : Math.floor(epochMs / 86_400_000)
}
