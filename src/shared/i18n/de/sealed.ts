/** Befunde zu versiegelten OCMF-Datensätzen, deutsch. */
import type { SealedCode } from '../../model/findings-sealed.ts'

export const sealed: Record<SealedCode, string> = {
  'SEAL-STRUCTURE': 'Das Siegel ist an Stelle {offset} beschädigt.',
  'SEAL-COVERAGE':
    'Dieses Siegelverfahren schützt nur das Ende des Textes zuverlässig: Die ersten {open} von {length} Zeichen ließen sich mit großem Rechenaufwand auch ohne den geheimen Schlüssel ändern.',
  'SEAL-TEXT':
    'Der versiegelte Text hat eine Stelle, an der sich Beliebiges verbergen lässt. Bei diesem Siegelverfahren ließe er sich deshalb auch ohne den geheimen Schlüssel ändern; geprüft ist damit nichts.',
  'SEAL-COMPRESSED':
    'Der versiegelte Text ist gepackt ({found}). Bei mehreren Blöcken beweist dieses Siegelverfahren dann nichts.',
}
