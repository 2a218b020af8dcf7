/** What reading a values file needs at hand, and texts that pass through `tpl`. */
import type { Piece } from '../../document/placed-ini.js';
import type { Span } from '../../text/source.js';
import type { FormBuilder } from '../builder.js';
import type { FormFacts } from '../types.js';
import type { MapValue, ScalarValue } from '../values.js';
import type { ChartProfile } from './chart.js';
import { renderTemplate, type TemplateContext } from './template.js';

export interface HelmContext {
  readonly builder: FormBuilder;
  readonly facts: FormFacts;
  readonly chart: ChartProfile;
  /** The values of the Grafana chart: where `grafana.ini` and `env` stand. */
  readonly values: MapValue;
  readonly templates: TemplateContext;
}

export interface TextWithPlace {
  readonly text: string;
  readonly piece: Piece;
}

/** What becomes of a text; notes what a template does to it. */
export function templated(
  { builder, templates }: Pick<HelmContext, 'builder' | 'templates'>,
  { text, piece, span }: { readonly text: string; readonly piece: Piece; readonly span: Span },
  what: string,
  setting: { readonly section?: string; readonly option?: string } = {},
): TextWithPlace {
  const rendered = renderTemplate(text, templates);
  if (rendered.error) {
    builder.note({
      kind: 'form-refused',
      span,
      ...setting,
      severity: 'error',
      stops: 'render',
      message: `${what} is no template Helm can read: ${rendered.error.message}`,
      consequence: 'helm gives up, and nothing is installed or changed',
      help: 'braces that are meant as they are need {{ `{{` }} in place of {{',
    });
    return { text, piece: unknownPiece(piece) };
  }
  for (const missing of rendered.missing)
    builder.note({
      kind: 'form-template',
      span,
      ...setting,
      severity: 'warning',
      message: `${what} names ${missing.name}, which this file does not set`,
      consequence: missing.stops
        ? 'without another values file that sets what it looks into, helm gives up'
        : `without another values file that sets it, ${missing.name} comes out empty, without a word`,
      help: `set ${missing.name.replace(/^\.Values\./, '')}, or write the value itself`,
    });
  if (!rendered.sources) return { text, piece: rendered.unknown ? unknownPiece(piece) : piece };
  const { sources } = rendered;
  return {
    text: rendered.text,
    piece: {
      span: piece.span,
      get characters() {
        const { characters } = piece;
        return characters && sources.map((at) => (at < 0 ? undefined : characters[at]));
      },
      ...(rendered.unknown ? { unknown: true } : {}),
    },
  };
}

/** A text that is only known while it runs keeps what is written. */
export function templatedScalar(
  context: Pick<HelmContext, 'builder' | 'templates'>,
  value: ScalarValue,
  text: string,
  what: string,
  setting: { readonly section?: string; readonly option?: string } = {},
): TextWithPlace {
  if (value.value.type !== 'string') return { text, piece: value.piece };
  return templated(context, { text, piece: value.piece, span: value.span }, what, setting);
}

function unknownPiece(piece: Piece): Piece {
  return {
    span: piece.span,
    unknown: true,
    get characters() {
      return piece.characters;
    },
  };
}
