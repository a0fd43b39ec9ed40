/**
 * From degrees to a flat map of Germany, and to the part of it that is shown.
 *
 * The projection is the one of Germany's surveyors for maps of the whole country: Lambert's
 * conformal conic with the parallels 48°40′ and 53°40′. On a sphere it is off by less than 0.2 %,
 * which is less than a pixel. Source: EPSG:4839; Snyder, Map Projections (USGS 1395), 15.
 *
 * @module
 */

/** Kilometres from 10°30′ E, 51° N; x to the east, y to the south. */
export interface Spot {
  x: number
  y: number
}

/** A rectangle of the map, in kilometres. */
export interface View {
  x: number
  y: number
  width: number
  height: number
}

const RADIUS_KM = 6371
const radians = (degrees: number) => (degrees * Math.PI) / 180
const [SOUTH, NORTH] = [radians(48 + 40 / 60), radians(53 + 40 / 60)]
const [ORIGIN_LONGITUDE, ORIGIN_LATITUDE] = [radians(10.5), radians(51)]

const steepness = (latitude: number) => Math.tan(Math.PI / 4 + latitude / 2)
const CONE =
  Math.log(Math.cos(SOUTH) / Math.cos(NORTH)) / Math.log(steepness(NORTH) / steepness(SOUTH))
const SCALE = (Math.cos(SOUTH) * steepness(SOUTH) ** CONE) / CONE
const radiusAt = (latitude: number) => (RADIUS_KM * SCALE) / steepness(latitude) ** CONE
const ORIGIN_RADIUS = radiusAt(ORIGIN_LATITUDE)

/** @param longitude degrees, @param latitude degrees, both of WGS 84 */
export function project(longitude: number, latitude: number): Spot {
  const radius = radiusAt(radians(latitude))
  const angle = CONE * (radians(longitude) - ORIGIN_LONGITUDE)
  return { x: radius * Math.sin(angle), y: radius * Math.cos(angle) - ORIGIN_RADIUS }
}

/** Wider than Germany: a place outside was written down wrongly. */
const BOUNDS = { west: 5.5, east: 15.5, south: 47, north: 55.3 }

/**
 * @param latitude digits with a dot, @param longitude likewise
 * @returns null for what is no place in Germany
 */
export function spotOf(latitude: string | null, longitude: string | null): Spot | null {
  const [north, east] = [Number(latitude ?? Number.NaN), Number(longitude ?? Number.NaN)]
  const { west, east: most, south, north: highest } = BOUNDS
  const inside = east >= west && east <= most && north >= south && north <= highest
  return inside ? project(east, north) : null
}

/** All of Germany with a narrow margin. */
export const GERMANY: View = { x: -345, y: -470, width: 690, height: 900 }
/** A single station is shown with so much around it. */
const SMALLEST_KM = 90
/** No view is narrower. */
export const NEAREST_KM = 4
const MARGIN = 0.12

/** @returns the smallest view of the form of {@link GERMANY} with all spots in it; all for none */
export function viewOf(spots: readonly Spot[]): View {
  if (spots.length === 0) return GERMANY
  const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)]
  const [left, right] = [least(xs), -least(xs.map((x) => -x))]
  const [top, bottom] = [least(ys), -least(ys.map((y) => -y))]
  const form = GERMANY.width / GERMANY.height
  const needed = Math.max(right - left, (bottom - top) * form, SMALLEST_KM) * (1 + 2 * MARGIN)
  const width = Math.min(needed, GERMANY.width)
  // What needs nearly all of it gets all of it.
  if (width > 0.8 * GERMANY.width) return GERMANY
  return within(around({ x: (left + right) / 2, y: (top + bottom) / 2 }, width))
}

function least(numbers: readonly number[]): number {
  return numbers.reduce((low, next) => Math.min(low, next), Infinity)
}

function around({ x, y }: Spot, width: number): View {
  const height = (width * GERMANY.height) / GERMANY.width
  return { x: x - width / 2, y: y - height / 2, width, height }
}

/** @param factor below 1 comes nearer */
export function zoomed(view: View, factor: number, on?: Spot): View {
  const middle = on ?? { x: view.x + view.width / 2, y: view.y + view.height / 2 }
  const width = Math.min(Math.max(view.width * factor, NEAREST_KM), GERMANY.width)
  return within(around(middle, width))
}

export function moved(view: View, dx: number, dy: number): View {
  return within({ ...view, x: view.x + dx, y: view.y + dy })
}

/** No view leaves the country. */
function within(view: View): View {
  const { x, y, width, height } = GERMANY
  const between = (value: number, low: number, high: number) =>
    Math.min(Math.max(value, low), Math.max(low, high))
  return {
    ...view,
    x: between(view.x, x, x + width - view.width),
    y: between(view.y, y, y + height - view.height),
  }
}

/** @returns a round length that takes up to a third of the view, in kilometres */
export function scaleBar({ width }: View): number {
  const most = width / 3
  const power = 10 ** Math.floor(Math.log10(most))
  return ([5, 2, 1].find((step) => step * power <= most) ?? 1) * power
}
