/**
 * Which station a message of a log is from: nobody signs that, and every logger writes it its own way.
 *
 * A wrong guess would hold the key of one station against the record of another. So a name is taken
 * only where it is labelled, or where the text before a message leaves exactly one candidate.
 *
 * @module
 */
import { type JsonObject } from '../../codec/json.ts'

const MEMBERS: ReadonlySet<string> = new Set([
  'chargepoint',
  'chargepointid',
  'chargepointidentity',
  'chargebox',
  'chargeboxid',
  'chargeboxidentity',
  'chargingstation',
  'chargingstationid',
  'charger',
  'chargerid',
  'station',
  'stationid',
  'stationidentity',
  'cp',
  'cpid',
  'cpidentity',
  'clientid',
  'identity',
  'ocppid',
  'ocppidentity',
])
const LONGEST = 64

/** @returns the station that an object around a message names; null where it names none */
export function stationMember({ members }: JsonObject): string | null {
  for (const { name, value } of members) {
    if (value.kind !== 'string' || value.value === '' || value.value.length > LONGEST) continue
    if (MEMBERS.has(name.replace(/[_-]/g, '').toLowerCase())) return value.value
  }
  return null
}

/** `cp=CP_1`, `chargePointId: "CP_1"`, `station CP_1` */
const LABELLED =
  /\b(?:charge[ _-]?(?:point|box|r)|charging[ _-]?station|station|cp|client)[ _-]?(?:id|identity|name)?\s*[=:]\s*["']?([\w.*-]{2,64})(?![\w.*-])/i
/** `wss://backend.example/ocpp/CP_1` */
const ADDRESS = /\bwss?:\/\/[^\s"'<>]+\/([\w.*~%-]{2,64})(?=[\s"'?\])>,;]|$)/i

/** Times, numbers, levels, ids of messages, threads and places in programs. */
const NO_NAME =
  /^(?:[\d.,:+TZ/-]+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{16,}|.*\.(?:py|js|ts|go|java|kt|cs|cpp|rs):?\d*|.*(?:thread|exec|worker|pool|nio|task|goroutine|conn)[\w-]*\d+|ocpp(?:-?j)?[\d.]*|utf-?8|v\d+[\d.]*)$/i

/**
 * @param prefix what stands before a message in its line
 * @returns null where no name stands out
 */
export function stationInPrefix(prefix: string): string | null {
  const labelled = LABELLED.exec(prefix) ?? ADDRESS.exec(prefix)
  if (labelled?.[1] !== undefined) return labelled[1]
  const words = prefix.split(/[\s[\](){}<>|"'=,;]+|:(?=\s|$|[a-z_])|(?<=[A-Za-z_]):/i)
  const names = words.filter(
    (word) =>
      word.length >= 2 && /[A-Za-z]/.test(word) && /[\d_*]/.test(word) && !NO_NAME.test(word),
  )
  const [name, ...others] = new Set(names)
  return name === undefined || others.length > 0 || name.length > LONGEST ? null : name
}
