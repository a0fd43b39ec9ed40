/**
 * Invented bills in German and English, in many layouts, each with what it says: the truth that the
 * reading of text is held to. The same call gives the same bills for ever.
 *
 * @module
 */
export interface TrueSession {
  /** kWh, as the finest of all prints of it. */
  energy: string
  /** ISO 8601 with offset; null where the layout does not print it. */
  begin: string | null
  end: string | null
  evse: string | null
  session: string | null
  beginReading: string | null
  endReading: string | null
}

export interface Bill {
  layout: string
  text: string
  sessions: TrueSession[]
}

/** Numbers that look random (mulberry32). */
function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d_2b_79_f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

interface Charge {
  /** Milliseconds since 1970. */
  from: number
  to: number
  /** Wh. */
  begin: number
  energy: number
  evse: string
  session: string
  meter: string
  card: string
  /** Cent for a kWh. */
  price: number
}

const CPOS = ['EIL', 'ABC', 'X1Z', 'M3N']

function charges(count: number, next: () => number): Charge[] {
  const day = 86_400_000
  let at = Date.UTC(2025, Math.floor(next() * 11), 1 + Math.floor(next() * 20), 5)
  const meter = `1EMH00${String(Math.floor(next() * 9e7) + 1e7)}`
  const card = `DE-EIL-C${String(Math.floor(next() * 9e7) + 1e7)}-${Math.floor(next() * 10)}`
  let register = Math.floor(next() * 9e7) + 1e6
  const price = 39 + Math.floor(next() * 40)
  return Array.from({ length: count }, () => {
    at += Math.floor(next() * 12 * 3600) * 1000
    const to = at + (600 + Math.floor(next() * 3 * 3600)) * 1000
    const energy = 2000 + Math.floor(next() * 70_000)
    const cpo = CPOS[Math.floor(next() * CPOS.length)] ?? 'EIL'
    const charge: Charge = {
      from: at,
      to,
      begin: register,
      energy,
      evse: `DE*${cpo}*E${String(Math.floor(next() * 9e5) + 1e5)}*${1 + Math.floor(next() * 2)}`,
      session: `TX-${Math.floor(next() * 9e8) + 1e8}`,
      meter,
      card,
      price,
    }
    register += energy + Math.floor(next() * 1e5)
    at = to + day / 2 + Math.floor(next() * day)
    return charge
  })
}

/** The clock in Germany; no bill of the corpus lies within a day of a change. */
function local(ms: number) {
  const guess = new Date(ms)
  const [month, day] = [guess.getUTCMonth(), guess.getUTCDate()]
  const summer =
    month > 2 && month < 9 ? true : month === 2 ? day > 30 : month === 9 ? day < 26 : false
  const offset = summer ? 2 : 1
  const shown = new Date(ms + offset * 3_600_000)
  const two = (value: number) => String(value).padStart(2, '0')
  const [y, m, d] = [shown.getUTCFullYear(), two(shown.getUTCMonth() + 1), two(shown.getUTCDate())]
  const [hour, min, s] = [
    shown.getUTCHours(),
    two(shown.getUTCMinutes()),
    two(shown.getUTCSeconds()),
  ]
  return {
    de: `${d}.${m}.${y}`,
    short: `${d}.${m}.${String(y).slice(2)}`,
    iso: `${y}-${m}-${d}`,
    uk: `${d}/${m}/${y}`,
    us: `${ENGLISH[shown.getUTCMonth()]} ${shown.getUTCDate()}, ${y}`,
    words: `${shown.getUTCDate()}. ${GERMAN[shown.getUTCMonth()]} ${y}`,
    hm: `${two(hour)}:${min}`,
    hms: `${two(hour)}:${min}:${s}`,
    ampm: `${hour % 12 === 0 ? 12 : hour % 12}:${min} ${hour < 12 ? 'AM' : 'PM'}`,
    offset: `+0${offset}:00`,
    truth: (seconds: boolean) =>
      `${y}-${m}-${d}T${two(hour)}:${min}:${seconds ? s : '00'}+0${offset}:00`,
  }
}

const GERMAN =
  'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' ')
const ENGLISH =
  'January February March April May June July August September October November December'.split(' ')

/** Digits of Wh as kWh with so many decimals, rounded half up. */
function kWh(wh: number, places: number): string {
  const unit = 10 ** (3 - places)
  const rounded = Math.floor(wh / unit + 0.5)
  const digits = String(rounded).padStart(places + 1, '0')
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`
}

function cents(value: number): string {
  const digits = String(Math.round(value)).padStart(3, '0')
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`
}

const de = (value: string) => grouped(value, '.').replace(/\.(?=\d+$)/, ',')
const en = (value: string) => grouped(value, ',')
function grouped(value: string, sign: string): string {
  const [whole = '', fraction] = value.split('.')
  const parts = whole.replace(/(\d)(?=(?:\d{3})+$)/g, `$1${sign}`)
  return fraction === undefined ? parts : `${parts}.${fraction}`
}
const swiss = (value: string) => grouped(value, '’')
const paid = ({ energy, price }: Charge, places: number) =>
  cents(Number(kWh(energy, places)) * price)

interface Shown {
  places: number
  seconds?: boolean
  times?: 'none' | 'begin' | 'both'
  evse?: boolean
  session?: boolean
  readings?: boolean
}

function truth(charge: Charge, shown: Shown): TrueSession {
  const { places, seconds = false, times = 'both', evse = true, session = false } = shown
  const [from, to] = [local(charge.from), local(charge.to)]
  return {
    energy: kWh(charge.energy, places),
    begin: times === 'none' ? null : from.truth(seconds),
    end: times === 'both' ? to.truth(seconds) : null,
    evse: evse ? charge.evse : null,
    session: session ? charge.session : null,
    beginReading: shown.readings === true ? kWh(charge.begin, 3) : null,
    endReading: shown.readings === true ? kWh(charge.begin + charge.energy, 3) : null,
  }
}

const SELLER =
  'Stadtwerke Musterstadt GmbH\nAm Alten Markt 1, 12345 Musterstadt\nUSt-IdNr. DE123456789 · Tel. 0123 / 456 789-0'
const FOOT =
  'IBAN DE12 3456 7890 1234 5678 90 · BIC MUSTDEFFXXX\nVielen Dank, dass Sie mit 100 % Ökostrom laden.'

interface Layout {
  name: string
  most: number
  shown: Shown
  write: (charges: Charge[], number: string) => string
}

const total = (all: Charge[], places: number) =>
  cents(all.reduce((sum, charge) => sum + Math.round(Number(paid(charge, places)) * 100), 0))
const netOf = (gross: string) => cents(Math.round((Number(gross) * 100) / 1.19))
const vatOf = (gross: string) =>
  cents(Math.round(Number(gross) * 100) - Math.round(Number(netOf(gross)) * 100))

const LAYOUTS: readonly Layout[] = [
  {
    name: 'key and value, German',
    most: 1,
    shown: { places: 3, seconds: true, session: true, readings: true },
    write: ([c], number) => {
      if (c === undefined) return ''
      const [from, to] = [local(c.from), local(c.to)]
      const gross = paid(c, 3)
      return [
        SELLER,
        '',
        'RECHNUNG',
        `Rechnungsnummer: ${number}`,
        `Rechnungsdatum: ${to.de}`,
        `Kartennummer: ${c.card}`,
        '',
        'Ihr Ladevorgang',
        `Ladepunkt: ${c.evse}`,
        `Vorgangs-ID: ${c.session}`,
        `Ladebeginn: ${from.de} ${from.hms}`,
        `Ladeende: ${to.de} ${to.hms}`,
        `Zählernummer: ${c.meter}`,
        `Zählerstand Beginn: ${de(kWh(c.begin, 3))} kWh`,
        `Zählerstand Ende: ${de(kWh(c.begin + c.energy, 3))} kWh`,
        `Geladene Energie: ${de(kWh(c.energy, 3))} kWh`,
        `Arbeitspreis (brutto): ${de(cents(c.price))} €/kWh`,
        '',
        `Netto ${de(netOf(gross))} €`,
        `19 % MwSt. ${de(vatOf(gross))} €`,
        `Rechnungsbetrag ${de(gross)} €`,
        FOOT,
      ].join('\n')
    },
  },
  {
    name: 'key and value, English',
    most: 1,
    shown: { places: 2, session: true },
    write: ([c], number) => {
      if (c === undefined) return ''
      const [from, to] = [local(c.from), local(c.to)]
      return [
        'Sample Charging Ltd, 1 Example Road',
        'Receipt',
        `Invoice number: ${number}`,
        `Date of issue: ${to.iso}`,
        `Transaction ID: ${c.session}`,
        `Charge point: ${c.evse}`,
        `Started: ${from.iso} ${from.hm}`,
        `Ended: ${to.iso} ${to.hm}`,
        `Energy: ${en(kWh(c.energy, 2))} kWh`,
        `Price: EUR ${cents(c.price)} / kWh`,
        `Total: EUR ${en(paid(c, 2))}`,
        'Battery capacity of your vehicle: 77 kWh',
      ].join('\n')
    },
  },
  {
    name: 'table, German',
    most: 8,
    shown: { places: 2 },
    write: (all, number) =>
      [
        SELLER,
        `Rechnung Nr. ${number}`,
        '',
        'Pos.  Datum       Ladepunkt            Beginn   Ende     Menge [kWh]   Preis    Betrag',
        ...all.map((c, n) =>
          [
            `${n + 1}`,
            local(c.from).de,
            c.evse,
            local(c.from).hm,
            local(c.to).hm,
            de(kWh(c.energy, 2)),
            `${de(cents(c.price))} €/kWh`,
            `${de(paid(c, 2))} €`,
          ].join('   '),
        ),
        `Summe   ${de(
          kWh(
            all.reduce((s, c) => s + Math.round(Number(kWh(c.energy, 2)) * 1000), 0),
            2,
          ),
        )} kWh   ${de(total(all, 2))} €`,
        FOOT,
      ].join('\n'),
  },
  {
    name: 'table, English, ISO times',
    most: 9,
    shown: { places: 3, seconds: true, session: true },
    write: (all, number) =>
      [
        'Sample Charging Ltd',
        `Invoice no.: ${number}`,
        'Session\tStart\tEnd\tCharge point\tEnergy\tAmount',
        ...all.map((c) => {
          const [from, to] = [local(c.from), local(c.to)]
          return [
            c.session,
            `${from.iso}T${from.hms}${from.offset}`,
            `${to.iso}T${to.hms}${to.offset}`,
            c.evse,
            `${en(kWh(c.energy, 3))} kWh`,
            `${en(paid(c, 3))} EUR`,
          ].join('\t')
        }),
        `Total amount due\t${en(total(all, 3))} EUR`,
      ].join('\n'),
  },
  {
    name: 'a sentence, German',
    most: 1,
    shown: { places: 3 },
    write: ([c], number) => {
      if (c === undefined) return ''
      const [from, to] = [local(c.from), local(c.to)]
      return [
        `Quittung, Beleg-Nr. ${number}`,
        `Sie haben am ${from.de} von ${from.hm} bis ${to.hm} Uhr ${de(kWh(c.energy, 3))} kWh an ${c.evse} geladen.`,
        `Preis: ${c.price} ct/kWh. Betrag: ${de(paid(c, 3))} €. Inklusivmenge im Tarif: 50 kWh.`,
      ].join('\n')
    },
  },
  {
    name: 'numbered blocks, German',
    most: 6,
    shown: { places: 2, session: true },
    write: (all, number) =>
      [
        `Sammelrechnung ${number}`,
        ...all.flatMap((c, n) => {
          const [from, to] = [local(c.from), local(c.to)]
          return [
            `${n + 1}. Ladevorgang`,
            `  Transaktions-ID: ${c.session}`,
            `  EVSE-ID: ${c.evse}`,
            `  Beginn: ${from.words}, ${from.hm} Uhr`,
            `  Ende: ${to.words}, ${to.hm} Uhr`,
            `  ${de(kWh(c.energy, 2))} kWh x ${de(cents(c.price))} €/kWh = ${de(paid(c, 2))} €`,
          ]
        }),
        `Gesamtbetrag: ${de(total(all, 2))} €`,
      ].join('\n'),
  },
  {
    name: 'labels above their values',
    most: 1,
    shown: { places: 2, session: true },
    write: ([c], number) => {
      if (c === undefined) return ''
      const [from, to] = [local(c.from), local(c.to)]
      return [
        'Ladebeleg',
        'Rechnungsnummer',
        number,
        'Vorgangsnummer',
        c.session,
        'Ladebeginn',
        `${from.de}, ${from.hm} Uhr`,
        'Ladeende',
        `${to.de}, ${to.hm} Uhr`,
        'Geladene Energie',
        `${de(kWh(c.energy, 2))} kWh`,
        'Ladepunkt',
        c.evse,
        'Preis',
        `${de(cents(c.price))} € pro kWh`,
        'Gesamtbetrag',
        `${de(paid(c, 2))} €`,
      ].join('\n')
    },
  },
  {
    name: 'table with blocking fees and a monthly fee',
    most: 5,
    shown: { places: 1, session: true },
    write: (all, number) =>
      [
        SELLER,
        `Rechnungsnummer ${number}`,
        'Grundgebühr Monat 4,99 €',
        'Vorgang | Beginn | Ende | Ladepunkt | Energie | Betrag',
        ...all.flatMap((c, n) => {
          const [from, to] = [local(c.from), local(c.to)]
          const row = [
            c.session,
            `${from.short} ${from.hm}`,
            `${to.short} ${to.hm}`,
            c.evse,
            `${de(kWh(c.energy, 1))} kWh`,
            `${de(paid(c, 1))} €`,
          ].join(' | ')
          return n % 2 === 0 ? [row] : [row, '  Blockiergebühr 12 min x 0,10 €/min 1,20 €']
        }),
        'Zwischensumme 99,99 €',
      ].join('\n'),
  },
  {
    name: 'English, twelve-hour clock',
    most: 1,
    shown: { places: 2 },
    write: ([c], number) => {
      if (c === undefined) return ''
      const [from, to] = [local(c.from), local(c.to)]
      return [
        'Charging receipt',
        `Receipt number: ${number}`,
        `EVSE ${c.evse}`,
        `Start time: ${from.us} ${from.ampm}`,
        `End time: ${to.us} ${to.ampm}`,
        `You charged ${en(kWh(c.energy, 2))} kWh at €${cents(c.price)}/kWh`,
        `Amount due: €${en(paid(c, 2))}`,
      ].join('\n')
    },
  },
  {
    name: 'two columns beside each other',
    most: 1,
    shown: { places: 3, readings: true },
    write: ([c], number) => {
      if (c === undefined) return ''
      const [from, to] = [local(c.from), local(c.to)]
      return [
        `Rechnung ${number}`,
        `Ladestart  ${from.de} ${from.hm}     Ladeende  ${to.de} ${to.hm}`,
        `Anfangsstand  ${de(kWh(c.begin, 3))} kWh     Endstand  ${de(kWh(c.begin + c.energy, 3))} kWh`,
        `Verbrauch  ${de(kWh(c.energy, 3))} kWh     Ladepunkt  ${c.evse}`,
        `Preis  ${de(cents(c.price))} EUR/kWh     Betrag  ${de(paid(c, 3))} EUR`,
      ].join('\n')
    },
  },
  {
    name: 'Swiss francs',
    most: 4,
    shown: { places: 2 },
    write: (all, number) =>
      [
        `Abrechnung ${number}`,
        'Datum; Beginn; Ende; Station; Energie; Betrag',
        ...all.map((c) =>
          [
            local(c.from).de,
            local(c.from).hm,
            local(c.to).hm,
            c.evse,
            `${swiss(kWh(c.energy, 2))} kWh`,
            `CHF ${swiss(paid(c, 2))}`,
          ].join('; '),
        ),
      ].join('\n'),
  },
  {
    name: 'rows that go on below',
    most: 7,
    shown: { places: 3, session: true, readings: true },
    write: (all, number) =>
      [
        `Invoice #${number}`,
        ...all.flatMap((c) => {
          const [from, to] = [local(c.from), local(c.to)]
          return [
            `${from.uk} ${from.hm} – ${to.hm}   AC charging   ${en(kWh(c.energy, 3))} kWh   ${en(paid(c, 3))} EUR`,
            `  Charge point ${c.evse}, transaction no. ${c.session}`,
            `  Meter reading start ${kWh(c.begin, 3)} kWh, end ${kWh(c.begin + c.energy, 3)} kWh`,
          ]
        }),
        `Total: ${en(total(all, 3))} EUR`,
      ].join('\n'),
  },
  {
    name: 'readings from and to',
    most: 1,
    shown: { places: 3, times: 'begin', evse: false, readings: true },
    write: ([c], number) => {
      if (c === undefined) return ''
      const from = local(c.from)
      return [
        SELLER,
        `Rechnungs-Nr. ${number}`,
        `Start: ${from.de} ${from.hm}`,
        `Zählerstand von-bis: ${de(kWh(c.begin, 3))} kWh - ${de(kWh(c.begin + c.energy, 3))} kWh`,
        `Ladestrom ${de(kWh(c.energy, 3))} kWh`,
        `Summe ${de(paid(c, 3))} €`,
      ].join('\n')
    },
  },
  {
    name: 'energy alone',
    most: 1,
    shown: { places: 2, times: 'none', evse: false },
    write: ([c], number) => {
      if (c === undefined) return ''
      return [
        SELLER,
        `Rechnungsnummer ${number} vom ${local(c.to).de}`,
        `Ladestrom DC   ${de(kWh(c.energy, 2))} kWh   ${de(cents(c.price))} €/kWh   ${de(paid(c, 2))} €`,
        'Verbrauch Ihres Fahrzeugs: 17,5 kWh/100 km',
      ].join('\n')
    },
  },
]

const ROUNDS = 8

/** @returns bills of all layouts, each several times with other numbers */
export function billCorpus(): Bill[] {
  return LAYOUTS.flatMap(({ name, most, shown, write }, index) =>
    Array.from({ length: ROUNDS }, (_, round): Bill => {
      const next = random(index * 1000 + round)
      const all = charges(1 + Math.floor(next() * most), next)
      const number = `RE-2025-${String(10_000 + index * 100 + round)}`
      return { layout: name, text: write(all, number), sessions: all.map((c) => truth(c, shown)) }
    }),
  )
}
