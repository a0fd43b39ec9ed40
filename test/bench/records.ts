/** Signed OCMF records of a small fleet, made afresh for each run of the benchmark. */
import { type KeyObject, generateKeyPairSync, sign } from 'node:crypto'

export const CURVES = { secp256r1: 'prime256v1', secp192r1: 'prime192v1' } as const
export type BenchCurve = keyof typeof CURVES

export interface BenchRecord {
  ocmf: string
  payload: Uint8Array
  signature: Uint8Array
  spki: Uint8Array
  publicKey: KeyObject
}

/** @param keys number of stations; records go round among them */
export function makeRecords(curve: BenchCurve, count: number, keys = 4): BenchRecord[] {
  const pairs = Array.from({ length: keys }, () =>
    generateKeyPairSync('ec', { namedCurve: CURVES[curve] }),
  )
  return Array.from({ length: count }, (_, i) => {
    const pair = pairs[i % keys]
    if (pair === undefined) throw new Error('no key')
    const text = payloadText(i, i % keys)
    const payload = new TextEncoder().encode(text)
    const signature = sign('sha256', payload, pair.privateKey)
    const ocmf = `OCMF|${text}|{"SA":"ECDSA-${curve}-SHA256","SD":"${signature.toString('hex')}"}`
    const spki = pair.publicKey.export({ type: 'spki', format: 'der' })
    return { ocmf, payload, signature, spki, publicKey: pair.publicKey }
  })
}

function payloadText(i: number, station: number): string {
  const reading = (time: string, letter: string, value: string) =>
    `{"TM":"2024-03-01T${time},000+0100 S","TX":"${letter}","RV":${value},"RI":"01-00:01.08.00*FF","RU":"kWh","RT":"AC","EF":"","ST":"G"}`
  return (
    `{"FV":"1.4","GI":"Bench","GS":"GW-${station}","GV":"1.0","PG":"T${i + 1}","MV":"Maker",` +
    `"MM":"Model","MS":"M-${station}","MF":"1.0","IS":true,"IL":"VERIFIED",` +
    `"IF":["RFID_PLAIN","OCPP_AUTH"],"IT":"ISO14443","ID":"1F2D3A4F","CT":"EVSEID",` +
    `"CI":"DE*ABC*E${1000 + station}","RD":[${reading('08:00:00', 'B', `${100 + i}.000`)},` +
    `${reading('09:00:00', 'E', `${110 + i}.500`)}]}`
  )
}

/** The container most drivers get. */
export function valuesXml({ ocmf, spki }: BenchRecord, transaction: number): string {
  const data = ocmf.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const key = Buffer.from(spki).toString('hex')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<values><value transactionId="${transaction}"><signedData format="OCMF" encoding="plain">${data}</signedData><publicKey encoding="hex">${key}</publicKey></value></values>`
}
