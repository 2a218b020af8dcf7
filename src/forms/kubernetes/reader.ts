/** Files of YAML that hold Kubernetes objects, Helm values, or both: one reader for all their forms. */
import { entryOf, parseYaml, type YamlDocument, type YamlNode } from '../../document/yaml.js';
import type { SourceFile } from '../../text/source.js';
import { FormBuilder } from '../builder.js';
import { readRelease } from '../helm/values-file.js';
import type { FormFacts, FormId, FormReading } from '../types.js';
import { MapValue, toValue, wholeFile } from '../values.js';

/** Never throws. */
export function readYamlForm(file: SourceFile, facts: FormFacts): FormReading {
  const form = file.form as FormId;
  const builder = new FormBuilder(file, form);
  const yaml = parseYaml(file, { uniqueKeys: false });
  if (noteProblems(builder, yaml)) return builder.reading();
  const placing = wholeFile(file.text);
  for (const root of yaml.roots) {
    const value = toValue(root, placing, 'go-yaml-v2');
    if (!(value instanceof MapValue)) continue;
    if (isObject(root)) continue;
    readRelease(builder, form, facts, { values: value });
  }
  return builder.reading();
}

function isObject(root: YamlNode): boolean {
  return entryOf(root, 'apiVersion') !== undefined && entryOf(root, 'kind') !== undefined;
}

/** Whether the text is no YAML at all. */
function noteProblems(builder: FormBuilder, yaml: YamlDocument): boolean {
  const problem = yaml.problems.find(({ fatal }) => fatal);
  if (!problem) return false;
  if (
    /^\s*\{\{/m.test(builder.file.text) &&
    /^\s*\{\{-?\s*(?:if|range|with|include|define|end|toYaml|template|\$|\/\*)/m.test(builder.file.text)
  ) {
    const at = builder.file.text.search(/\{\{/);
    builder.note({
      kind: 'form-template',
      span: { start: at, end: at + 2 },
      severity: 'info',
      message: 'this is a template of a chart, not a values file',
      consequence: 'what it becomes depends on the values, so nothing in it is checked',
      help: 'check the values file, or what "helm template" prints',
    });
    return true;
  }
  builder.note({
    kind: 'form-refused',
    span: problem.span,
    severity: 'error',
    stops: builder.form.startsWith('helm') ? 'values' : 'kubernetes-api',
    message: `this is no YAML: ${lower(problem.message)}`,
    consequence: builder.form.startsWith('helm') ? 'helm cannot read the values file' : 'kubectl cannot read the file',
    help: 'texts that begin with [ { & * ! | > % @ or a quote, or hold ": " or " #", need quotes around all of them',
  });
  return true;
}

function lower(message: string): string {
  const line = message.split('\n')[0]!.replace(/\.$/, '');
  return /^[A-Z][a-z]/.test(line) ? line[0]!.toLowerCase() + line.slice(1) : line;
}
