/** The map of Germany: where a place lies on it, whose outline holds it, how marks become one. */
import { array, assert, double, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clustersOf, neighbourOf } from '../../src/renderer/map/clusters.ts'
import { STATE_OUTLINES } from '../../src/renderer/map/outline.ts'
import {
  GERMANY,
  type Spot,
  moved,
  project,
  scaleBar,
  spotOf,
  viewOf,
  zoomed,
} from '../../src/renderer/map/projection.ts'
import { TOWNS } from '../../src/renderer/map/towns.ts'

type Point = readonly [longitude: number, latitude: number]

function pointsOf(ring: string): Point[] {
  const numbers = ring.split(' ').map(Number)
  let [x, y] = [0, 0]
  return Array.from({ length: numbers.length / 2 }, (_, at) => {
    x += numbers[2 * at] ?? 0
    y += numbers[2 * at + 1] ?? 0
    return [x / 1000, y / 1000] as const
  })
}

/** States whose outline holds a point, by the even-odd rule. */
function statesAt([x, y]: Point): string[] {
  const holds = ({ rings }: (typeof STATE_OUTLINES)[number]) => {
    let crossings = 0
    for (const ring of rings) {
      const points = pointsOf(ring)
      for (const [index, [ax, ay]] of points.entries()) {
        const [bx, by] = points[(index + 1) % points.length] ?? [ax, ay]
        if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) crossings++
      }
    }
    return crossings % 2 === 1
  }
  return STATE_OUTLINES.filter(holds).map(({ id }) => id)
}

const CAPITALS: Record<string, string> = {
  BB: 'Potsdam',
  BE: 'Berlin',
  BW: 'Stuttgart',
  BY: 'München',
  HB: 'Bremen',
  HE: 'Wiesbaden',
  HH: 'Hamburg',
  MV: 'Schwerin',
  NI: 'Hannover',
  NW: 'Düsseldorf',
  RP: 'Mainz',
  SH: 'Kiel',
  SL: 'Saarbrücken',
  SN: 'Dresden',
  ST: 'Magdeburg',
  TH: 'Erfurt',
}

describe('the outline', () => {
  test('has the sixteen states', () => {
    expect(STATE_OUTLINES.map(({ id }) => id)).toEqual(Object.keys(CAPITALS))
  })

  test.each(Object.entries(CAPITALS))('of %s holds %s, and no other does', (state, capital) => {
    const town = TOWNS.find(([name]) => name === capital)
    if (town === undefined) throw new Error(capital)
    expect(statesAt([town[1], town[2]])).toEqual([state])
  })

  test('has every town in exactly one state', () => {
    const lost = TOWNS.filter(([, x, y]) => statesAt([x, y]).length !== 1)
    expect(lost.map(([name]) => name)).toEqual([])
  })

  test('lies inside the view of the whole', () => {
    const { x, y, width, height } = GERMANY
    for (const { rings } of STATE_OUTLINES) {
      for (const point of rings.flatMap(pointsOf)) {
        const spot = project(...point)
        expect(spot.x > x && spot.x < x + width && spot.y > y && spot.y < y + height).toBe(true)
      }
    }
  })
})

describe('the projection', () => {
  test('has its origin at 10°30′ E, 51° N, east to the right and south below', () => {
    const { x, y } = project(10.5, 51)
    expect([x, y].map(Math.abs)).toEqual([expect.closeTo(0, 9), expect.closeTo(0, 9)])
    expect(project(11, 51).x).toBeGreaterThan(0)
    expect(project(10.5, 50).y).toBeGreaterThan(0)
  })

  test('keeps distances on its parallels, and 0.2 % elsewhere in Germany', () => {
    const along = (latitude: number) => {
      const [a, b] = [project(10, latitude), project(11, latitude)]
      const true1 = (Math.PI / 180) * 6371 * Math.cos((latitude * Math.PI) / 180)
      return Math.hypot(b.x - a.x, b.y - a.y) / true1
    }
    expect(along(48 + 40 / 60)).toBeCloseTo(1, 4)
    expect(along(53 + 40 / 60)).toBeCloseTo(1, 4)
    for (const latitude of [47.3, 49, 51, 52, 54, 55]) {
      expect(Math.abs(along(latitude) - 1)).toBeLessThan(0.002)
    }
  })

  test('has Hamburg and München 612 km apart', () => {
    const [a, b] = [project(9.993, 53.551), project(11.576, 48.137)]
    expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeCloseTo(612, -1)
  })

  test.each([
    [null, null],
    ['0', '0'],
    ['10.1', '54.3'],
    ['', ''],
    ['Infinity', '9'],
    ['91', '181'],
  ])('draws no station at latitude %s, longitude %s', (latitude, longitude) => {
    expect(spotOf(latitude, longitude)).toBeNull()
  })

  test('draws a station in Germany', () => {
    expect(spotOf('54.3233', '10.1349')).toEqual(project(10.1349, 54.3233))
  })
})

const place = record({
  x: double({ min: -330, max: 330, noNaN: true }),
  y: double({ min: -450, max: 420, noNaN: true }),
})

describe('a view', () => {
  test('of some stations has all of them, and never leaves the country', () => {
    assert(
      property(array(place, { minLength: 1, maxLength: 30 }), (spots) => {
        const view = viewOf(spots)
        expect(view.width / view.height).toBeCloseTo(GERMANY.width / GERMANY.height)
        for (const { x, y } of spots) {
          expect(x).toBeGreaterThanOrEqual(view.x - 1e-6)
          expect(x).toBeLessThanOrEqual(view.x + view.width + 1e-6)
          expect(y).toBeGreaterThanOrEqual(view.y - 1e-6)
          expect(y).toBeLessThanOrEqual(view.y + view.height + 1e-6)
        }
        expect(view.x).toBeGreaterThanOrEqual(GERMANY.x)
        expect(view.y + view.height).toBeLessThanOrEqual(GERMANY.y + GERMANY.height + 1e-6)
      }),
    )
  })

  test('of nothing is all of Germany', () => expect(viewOf([])).toEqual(GERMANY))

  test('stays in the country however it is moved and zoomed', () => {
    const far = moved(zoomed(GERMANY, 0.1), -5000, 5000)
    expect(far.x).toBe(GERMANY.x)
    expect(far.y + far.height).toBeCloseTo(GERMANY.y + GERMANY.height)
    expect(zoomed(far, 1000)).toEqual(GERMANY)
  })

  test.each([
    [690, 200],
    [90, 20],
    [4, 1],
  ])('of %i km has a scale of %i km', (width, km) => {
    expect(scaleBar({ x: 0, y: 0, width, height: 1 })).toBe(km)
  })
})

describe('marks', () => {
  test('stand for every station inside the view exactly once, and keep their distance', () => {
    assert(
      property(array(place, { maxLength: 200 }), (spots) => {
        const clusters = clustersOf(spots, GERMANY, 40)
        const members = clusters.flatMap((cluster) => cluster.members)
        expect(new Set(members)).toEqual(new Set(spots))
        expect(members).toHaveLength(spots.length)
        const firsts = clusters.map(({ members: [first] }) => first as Spot)
        for (const [index, a] of firsts.entries()) {
          for (const b of firsts.slice(index + 1)) {
            expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(40)
          }
        }
      }),
    )
  })

  test('outside the view are not drawn', () => {
    expect(clustersOf([{ x: 9, y: 9 }], { x: 0, y: 0, width: 5, height: 5 }, 1)).toEqual([])
  })

  test('are reached by the arrow keys: each goes to the nearest in its direction', () => {
    const marks = [
      { x: 0, y: 0 },
      { x: 10, y: 2 },
      { x: 30, y: 0 },
      { x: 1, y: 20 },
    ]
    expect(neighbourOf(marks, 0, [1, 0])).toBe(1)
    expect(neighbourOf(marks, 1, [1, 0])).toBe(2)
    expect(neighbourOf(marks, 0, [0, 1])).toBe(3)
    expect(neighbourOf(marks, 0, [-1, 0])).toBeNull()
  })
})
