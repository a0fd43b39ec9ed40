/** Writes the published schema: `npm run schema`. */
import { writeFileSync } from 'node:fs'
import { publishedSchema } from './result-schema.ts'

export const SCHEMA_FILE = new URL('../../docs/eichlicht-result-1.schema.json', import.meta.url)

export function schemaText(): string {
  return `${JSON.stringify(publishedSchema(), null, 2)}\n`
}

if (import.meta.main) writeFileSync(SCHEMA_FILE, schemaText())
