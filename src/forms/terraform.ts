/**
 * Terraform's resource `grafana_sso_settings`, in HCL and in JSON: what is stored in Grafana's database when it is applied.
 * Source: forms §7, golden cases of the provider.
 */
import { type HclAttribute, type HclBlock, type HclBody, type HclValue, parseHcl } from '../document/hcl.js';
import type { IniDocument } from '../document/types.js';
import { findOption } from '../settings/catalog.js';
import { defaultsOf } from '../settings/defaults.js';
import { versionProfile } from '../settings/versions.js';
import { LineMap, type Span } from '../text/source.js';
import { snakeCase } from './sso-names.js';
import { isMask, StoredSection } from './stored.js';
import { readTerraformJson } from './terraform-json.js';
import { BOOLEANS, DEMANDED, REFUSED, SCHEMA } from './terraform-schema.js';
import { isLiteralText, valueText } from './terraform-value.js';
import { type Traced, tracedFrom } from './traced.js';
import type { FormNote, FormReader } from './types.js';

/** `terraform`. */
export const readTerraform: FormReader = async (file) => {
  const lines = new LineMap(file.text);
  const isJson = /^\s*\{/.test(file.text) || file.path.endsWith('.json');
  const { blocks, problems } = isJson ? readTerraformJson(file) : await parseHcl(file);
  const notes: FormNote[] = problems.slice(0, 1).map((span) => ({
    kind: 'form-refused',
    span,
    severity: 'error',
    message: `this is no ${isJson ? 'JSON' : 'HCL'} that Terraform reads`,
    consequence: 'Terraform refuses the file, and nothing is stored',
    stops: 'terraform',
  }));
  const documents: IniDocument[] = [];
  for (const block of blocks) {
    if (block.type !== 'resource' || block.labels[0] !== 'grafana_sso_settings') continue;
    const section = new SsoResource(block).read();
    if (!section) continue;
    documents.push(section.document(file, lines));
    notes.push(...section.notes);
  }
  return { form: 'terraform', file, lines, documents, variables: [], notes };
};

/** Settings of these providers are of another kind. */
const OTHER_KINDS = new Set(['saml', 'ldap']);

class SsoResource {
  constructor(private readonly block: HclBlock) {}

  read(): StoredSection | undefined {
    const named = this.block.attributes.find((attribute) => attribute.name === 'provider_name');
    const provider = named?.value.kind === 'text' ? valueText(named.value)?.text : undefined;
    const settings = this.block.blocks.find((block) => block.type === 'oauth2_settings');
    if (!settings || (provider !== undefined && OTHER_KINDS.has(provider))) return undefined;
    return new OAuthSettings(provider ?? 'generic_oauth', settings).read();
  }
}

class OAuthSettings {
  readonly #section: StoredSection;
  readonly #given = new Map<string, HclAttribute>();

  constructor(
    private readonly provider: string,
    private readonly block: HclBody & { readonly typeSpan: Span },
  ) {
    this.#section = new StoredSection(`auth.${provider}`, block.typeSpan);
  }

  read(): StoredSection {
    const { attributes } = this.block;
    for (const attribute of attributes) {
      if (attribute.name === 'custom') continue;
      if (!SCHEMA.has(attribute.name)) this.#unknown(attribute);
      else if (attribute.value.kind !== 'null') this.#attribute(attribute);
    }
    this.#implied();
    for (const attribute of attributes) if (attribute.name === 'custom') this.#custom(attribute.value);
    this.#demands();
    return this.#section;
  }

  #attribute(attribute: HclAttribute): void {
    const { name, nameSpan, value } = attribute;
    this.#given.set(name, attribute);
    if (value.kind === 'list' || value.kind === 'object') {
      this.#refuse('form-type', value.span, name, {
        message: `${name} is a ${value.kind === 'list' ? 'list' : 'map'}, where the schema has a text`,
        help: value.kind === 'list' ? 'write jsonencode([…]), or the items in one text' : 'write it as one text',
      });
      return;
    }
    const text = valueText(value);
    if (!text) return;
    if (BOOLEANS.has(name) && isLiteralText(text) && !/^(?:true|false)$/.test(text.text)) {
      this.#refuse('form-type', value.span, name, {
        message: `${name} is no boolean`,
        help: 'write true or false, without quotes',
      });
      return;
    }
    this.#add(name, nameSpan, text, value.span);
    if (name === 'client_secret' && value.kind === 'text' && isLiteralText(text) && !text.text.includes('$__'))
      this.#note('form-readable-secret', value.span, name, {
        severity: 'warning',
        message: 'the secret is written in the code',
        consequence: 'whoever reads the repository can act as Grafana towards the provider',
        help: 'take it from a variable marked sensitive: client_secret = var.oauth_client_secret',
      });
  }

  #add(name: string, nameSpan: Span, text: Traced, span: Span): void {
    this.#section.add(name, nameSpan, text, span);
    if (isMask(text.text))
      this.#note('form-mask', span, name, {
        severity: 'error',
        message: `the asterisks are the mask the API shows in place of ${name}`,
        consequence: 'they are no secret: where none is stored yet, the provider answers invalid_client',
        help: 'give the secret itself, as a sensitive variable',
      });
  }

  #unknown({ name, nameSpan }: HclAttribute): void {
    const known = findOption(this.#section.section, snakeCase(name)) !== undefined;
    this.#refuse('form-unknown-name', nameSpan, name, {
      message: `the schema of the Terraform provider has no attribute ${name}`,
      help: known ? `write it into custom: custom = { ${snakeCase(name)} = "…" }` : 'check its spelling',
      root: true,
    });
  }

  #custom(value: HclValue): void {
    if (value.kind !== 'object') return;
    for (const { name, nameSpan, value: given } of value.entries) {
      const key = snakeCase(name);
      if (SCHEMA.has(key)) {
        this.#refuse('form-unknown-name', nameSpan, key, {
          message: `${name} stands in custom, and is an attribute of its own`,
          help: 'move it out of custom',
          root: true,
        });
        continue;
      }
      const text = valueText(given);
      if (text) this.#add(key, nameSpan, text, given.span);
    }
  }

  /** Every attribute is sent: texts left out as empty, booleans as false, `enabled` as true. */
  #implied(): void {
    const { section } = this.#section;
    const { typeSpan } = this.block;
    const changed: string[] = [];
    const standards = defaultsOf(versionProfile()!).keys(section);
    for (const name of SCHEMA) {
      if (this.#given.has(name) || name.endsWith('_url') || name === 'client_id') continue;
      const option = findOption(section, name);
      if (!option || option.unread) continue;
      const value = name === 'enabled' ? 'true' : BOOLEANS.has(name) ? 'false' : '';
      this.#section.add(name, typeSpan, tracedFrom(value, undefined), typeSpan, true);
      const standard = standards?.get(name)?.value ?? '';
      if (name !== 'enabled' && standard !== '' && standard !== value) changed.push(name);
    }
    if (changed.length === 0) return;
    this.#note('form-omitted', typeSpan, undefined, {
      severity: 'warning',
      message: `${list(changed)} ${changed.length === 1 ? 'is' : 'are'} left out, and sent as empty or false`,
      consequence: 'Grafana then uses neither its default nor the value of grafana.ini',
      help: 'write out each attribute whose default is not empty or false',
    });
  }

  #demands(): void {
    const { provider } = this;
    const missing = (DEMANDED[provider] ?? []).filter((name) => name.endsWith('_url') && !this.#given.has(name));
    const urls = (DEMANDED[provider] ?? []).filter((name) => name.endsWith('_url'));
    if (missing.length > 0)
      this.#refuse(
        'form-refused',
        this.block.typeSpan,
        missing[0]!,
        {
          message: `the Terraform provider demands ${list(missing)} for ${provider}`,
          help: `add ${missing.length === 1 ? 'it' : 'them'}`,
        },
        // With none of them the resource is a part of something that is put together elsewhere.
        missing.length < urls.length,
      );
    for (const name of REFUSED[provider] ?? []) {
      const attribute = this.#given.get(name);
      if (attribute)
        this.#refuse('form-refused', attribute.nameSpan, name, {
          message: `the Terraform provider refuses ${name} for ${provider}`,
          help: 'remove it',
        });
    }
    const mapping = this.#given.get('org_mapping');
    const path = this.#given.get('org_attribute_path');
    const either = mapping ?? path;
    if (REFUSED[provider] === undefined && either && !(mapping && path))
      this.#refuse('form-refused', either.nameSpan, either.name, {
        message: 'the Terraform provider wants org_mapping and org_attribute_path both or none',
        help: `add ${mapping ? 'org_attribute_path' : 'org_mapping'}`,
      });
  }

  #refuse(
    kind: FormNote['kind'],
    span: Span,
    option: string,
    said: Pick<FormNote, 'message' | 'help' | 'root'>,
    stops = true,
  ): void {
    this.#note(kind, span, option, {
      severity: 'error',
      consequence: 'terraform apply ends with an error, and nothing is stored',
      ...said,
      ...(stops ? { stops: 'terraform' } : {}),
    });
  }

  #note(
    kind: FormNote['kind'],
    span: Span,
    option: string | undefined,
    rest: Omit<FormNote, 'kind' | 'span' | 'section' | 'option'>,
  ): void {
    const { section } = this.#section;
    this.#section.notes.push({ kind, span, section, ...(option === undefined ? {} : { option }), ...rest });
  }
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
