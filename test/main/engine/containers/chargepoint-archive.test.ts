/** ChargePoint hands out the receipt and its signature as two files of one archive. */
import { describe, expect, test } from 'vitest'
import { bzip2, tar, zip } from '../../../tools/archives.ts'
import {
  CHARGEPOINT_KEY,
  RECEIPT,
  receiptSignature,
  receiptText,
} from '../../../tools/sign-chargepoint.ts'
import { pem } from '../../../tools/sign.ts'
import { verify } from '../../../tools/small-inputs.ts'

const TEXT = receiptText(RECEIPT)
const SIGN = receiptSignature(TEXT)

async function check(files: Record<string, string | Uint8Array>) {
  const archive = tar(Object.entries(files).map(([name, content]) => ({ name, content })))
  const delivery = zip({ 'payload.tar.bz2': bzip2(archive), 'key.pem': pem(CHARGEPOINT_KEY) })
  const { inputs, sessions } = await verify([{ name: 'a.zip', content: delivery }])
  return {
    signatures: sessions.flatMap(({ records }) => records.map(({ signature }) => signature.status)),
    rows: Object.fromEntries(
      inputs.map(({ name, state, findings }) => [
        name.split(' › ').at(-1),
        [state, ...findings.map(({ code }) => code)],
      ]),
    ),
  }
}

describe('a receipt in an archive', () => {
  test('is checked with the signature beside it', async () => {
    const { signatures, rows } = await check({ secrrct: TEXT, 'secrrct.sign': SIGN })
    expect(signatures).toEqual(['valid'])
    expect(rows['secrrct.sign']).toEqual([null, 'IN-DETACHED'])
  })

  test('that was altered does not fit it', async () => {
    const altered = TEXT.replace('85.71', '86.71')
    const { signatures } = await check({ secrrct: altered, 'secrrct.sign': SIGN })
    expect(signatures).toEqual(['invalid'])
  })

  test('may stand in another folder than the signature: what fits belongs to it', async () => {
    const { signatures } = await check({ 'a/secrrct': TEXT, 'b/secrrct.sign': SIGN })
    expect(signatures).toEqual(['valid'])
  })

  test('without a signature is unsigned, and a signature alone is no reading', async () => {
    expect((await check({ secrrct: TEXT })).signatures).toEqual(['unchecked'])
    const { rows } = await check({ 'secrrct.sign': SIGN })
    expect(rows['secrrct.sign']).toEqual([null, 'IN-SIGNATURE'])
  })
})
