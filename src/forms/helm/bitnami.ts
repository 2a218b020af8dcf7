/** Values of Bitnami's chart, which has no map of sections. Source: forms, "Bitnami". */
import type { FormBuilder } from '../builder.js';
import { Environment, readEnvList } from '../kubernetes/environment.js';
import type { FormFacts } from '../types.js';
import { fieldAt, type MapValue } from '../values.js';
import { templated } from './context.js';

export function readBitnami(builder: FormBuilder, values: MapValue, facts: FormFacts): void {
  const map = values.field('grafana.ini') ?? fieldAt(values, 'grafana', 'grafana.ini');
  if (map)
    builder.note({
      kind: 'form-wrong-place',
      span: map.keySpan,
      severity: 'error',
      message: "grafana.ini is a key of another chart: Bitnami's knows no map of sections",
      consequence: 'the chart ignores it without a word, and Grafana runs with its defaults',
      help: 'use grafana.extraEnvVars, or config.useGrafanaIniFile with a ConfigMap that has the key grafana.ini',
    });
  const outside = values.field('extraEnvVars');
  if (outside?.value.kind === 'list' && outside.value.items.length > 0)
    builder.note({
      kind: 'form-wrong-place',
      span: outside.keySpan,
      severity: 'error',
      message: 'extraEnvVars stands at the top; the chart looks for it below grafana',
      consequence: 'its variables never reach Grafana',
      help: 'write grafana: with extraEnvVars: below it',
    });
  // What the chart's own values have is not listed, so nothing of `.Values` counts as missing.
  const templates = { values, chartValues: everything, release: facts.release };
  readEnvList(builder, new Environment(builder), fieldAt(values, 'grafana', 'extraEnvVars'), {
    render: (text, piece, span, what) => templated({ builder, templates }, { text, piece, span }, what),
  });
}

const everything: ReadonlySet<string> = new (class extends Set<string> {
  override has(): boolean {
    return true;
  }
})();
