/**
 * A log of a backend as large as wanted: sessions of several stations, each from StartTransaction to
 * StopTransaction with its signed record, and the unsigned values in between that make up most of it.
 *
 * @module
 */
import { type KeyObject, generateKeyPairSync, sign } from 'node:crypto'
import { closeSync, openSync, writeSync } from 'node:fs'

export interface LargeLog {
  sessions: number
  bytes: number
}

export interface LargeLogOptions {
  bytes: number
  /** Unsigned values between begin and end of a session. */
  samples?: number
  stations?: number
  /** How a message stands in its line. */
  line?: (station: string, time: string, message: unknown) => string
}

const asJsonLine = (station: string, time: string, message: unknown) =>
  JSON.stringify({ time, chargePointId: station, message })

/** Text with a prefix, as many loggers write it. */
export const asTextLine = (station: string, time: string, message: unknown) =>
  `${time} INFO  ${station} << ${JSON.stringify(message)}`

/** Writes at least so many bytes, with whole sessions only. */
export function writeLargeLog(path: string, options: LargeLogOptions): LargeLog {
  const { bytes, samples = 160, stations = 40, line = asJsonLine } = options
  const keys = Array.from({ length: stations }, () =>
    generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
  )
  const file = openSync(path, 'w')
  const write = (lines: string[]) => writeSync(file, `${lines.join('\n')}\n`)
  let sessions = 0
  let written = write(
    keys.map(({ publicKey }, i) => line(nameOf(i), timeOf(0), configuration(publicKey))),
  )
  for (; written < bytes; sessions++) {
    const station = sessions % stations
    const key = keys[station]
    if (key === undefined) throw new Error('no key')
    const put = (message: unknown) => line(nameOf(station), timeOf(sessions), message)
    const id = `s${sessions}`
    const number = sessions + 1
    written += write([
      put([2, id, 'StartTransaction', { connectorId: 1, idTag: 'A1', meterStart: 100 }]),
      put([3, id, { transactionId: number, idTagInfo: { status: 'Accepted' } }]),
      ...Array.from({ length: samples }, (_, i) => put(sample(number, i))),
      put([2, `e${sessions}`, 'StopTransaction', stop(number, record(sessions, station, key))]),
      put([3, `e${sessions}`, { idTagInfo: { status: 'Accepted' } }]),
    ])
  }
  closeSync(file)
  return { sessions, bytes: written }
}

const nameOf = (station: number) => `CP_${1000 + station}`
const timeOf = (session: number) =>
  new Date(Date.UTC(2024, 2, 1) + session * 3_600_000).toISOString()

function configuration(key: KeyObject): unknown {
  const value = key.export({ type: 'spki', format: 'der' }).toString('hex')
  return [3, 'c', { configurationKey: [{ key: 'MeterPublicKey1', readonly: true, value }] }]
}

function sample(transaction: number, index: number): unknown {
  const value = (context: string, measurand: string, text: string, unit: string) => ({
    value: text,
    context,
    format: 'Raw',
    measurand,
    location: 'Outlet',
    unit,
  })
  const sampledValue = [
    value('Sample.Periodic', 'Energy.Active.Import.Register', String(100_000 + index * 90), 'Wh'),
    value('Sample.Periodic', 'Power.Active.Import', '11022.4', 'W'),
    ...['L1', 'L2', 'L3'].map((phase) => ({
      ...value('Sample.Periodic', 'Current.Import', '15.97', 'A'),
      phase,
    })),
  ]
  const meterValue = [{ timestamp: '2024-03-01T08:00:00Z', sampledValue }]
  const payload = { connectorId: 1, transactionId: transaction, meterValue }
  return [2, `m${transaction}-${index}`, 'MeterValues', payload]
}

function stop(transactionId: number, signed: string): unknown {
  const signedMeterData = Buffer.from(signed).toString('base64')
  const value = JSON.stringify({ signedMeterData, signingMethod: '', encodingMethod: 'OCMF' })
  const sampledValue = [{ value, format: 'SignedData', context: 'Transaction.End' }]
  const transactionData = [{ timestamp: '2024-03-01T09:00:00Z', sampledValue }]
  return { transactionId, meterStop: 110_500, timestamp: '2024-03-01T09:00:00Z', transactionData }
}

function record(session: number, station: number, { privateKey }: { privateKey: KeyObject }) {
  const begin = Date.UTC(2024, 2, 1) + session * 3_600_000
  // Registers of one station only rise.
  const from = 100.5 + 12 * session
  const reading = (at: number, letter: string, value: number) => ({
    TM: `${new Date(at).toISOString().replace('.', ',').replace('Z', '')}+0000 S`,
    TX: letter,
    RV: value,
    RI: '01-00:01.08.00*FF',
    RU: 'kWh',
    RT: 'AC',
    EF: '',
    ST: 'G',
  })
  const payload = JSON.stringify({
    FV: '1.4',
    GI: 'Bench',
    GS: `GW-${station}`,
    PG: `T${session + 1}`,
    MV: 'Maker',
    MM: 'Model',
    MS: `M-${station}`,
    IS: true,
    IL: 'VERIFIED',
    IF: ['RFID_PLAIN', 'OCPP_AUTH'],
    IT: 'ISO14443',
    ID: '1F2D3A4F',
    CT: 'EVSEID',
    CI: `DE*ABC*E${1000 + station}`,
    RD: [reading(begin, 'B', from), reading(begin + 3_000_000, 'E', from + 10.75)],
  })
  const signature = sign('sha256', Buffer.from(payload), privateKey).toString('hex')
  return `OCMF|${payload}|{"SA":"ECDSA-secp256r1-SHA256","SD":"${signature}"}`
}
