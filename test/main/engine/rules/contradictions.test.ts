import { describe, expect, test } from 'vitest'
import { zip } from '../../../tools/archives.ts'
import { allFindings, verify, wholeSession, xmlWith } from '../../../tools/small-inputs.ts'

const GENUINE = xmlWith([wholeSession()])
const ALTERED = xmlWith([wholeSession().replace('110.50', '119.50')])

async function contradictions(...inputs: (string | Uint8Array)[]) {
  const named = inputs.map((content, index) => ({ name: `${index}`, content }))
  const found = allFindings(await verify(named))
  return found.filter(({ code }) => code === 'IN-MULTI').map(({ params }) => params['other'])
}

describe('values of one session', () => {
  test('that one archive states differently are told with both', async () => {
    const both = zip({ 'a.xml': GENUINE, 'b.xml': ALTERED })
    expect(await contradictions(both)).toEqual(['119.50 kWh', '110.50 kWh'])
  })

  test('that are the same twice are no contradiction', async () => {
    expect(await contradictions(zip({ 'a.xml': GENUINE, 'b.xml': GENUINE }))).toEqual([])
  })

  test('beside each other in one plain file are judged by the rules of their format', async () => {
    const both = xmlWith([wholeSession(), wholeSession().replace('110.50', '119.50')])
    expect(await contradictions(both)).toEqual([])
  })

  test('of different files are judged by their signatures alone', async () => {
    expect(await contradictions(GENUINE, ALTERED)).toEqual([])
  })
})
