/** The settings that files set, as their text is before expanders and `%(name)s`, for writing them in another form. */
import { findOption } from '../../settings/catalog.js';
import { isGivenElsewhere } from '../../settings/given-elsewhere.js';
import type { EffectiveConfig, Setting } from '../../settings/types.js';
import { isSecretName, secretSpans } from '../../text/redact.js';
import type { Remark, WriteSetting } from './types.js';

export interface CollectOptions {
  /** Secrets stay as they are. */
  readonly showSecrets?: boolean;
  /** Texts that stand for a secret somebody has still to fill in; they need no hiding. */
  readonly isPlaceholder?: (value: string) => boolean;
}

export interface Collected {
  /** In the order of the files; of a key that is set several times what counts. */
  readonly settings: readonly WriteSetting[];
  /** What the files say without setting anything that is known here. */
  readonly left: readonly Remark[];
  /** Keys of files whose value a variable of the same files takes the place of. */
  readonly overridden: readonly { readonly section: string; readonly key: string; readonly variable: string }[];
}

/** Asterisks that the SSO settings API gives in place of a secret. */
const MASK = '*********';
const REFERENCE = /^\$(?:__\w+)?\{[^}]+\}$/;
/** The image's start script puts the file's text into the variable; Grafana itself reads the same file with an expander. */
const FROM_FILE = /^\$__from\{file ([^}]+)\}$/;
const KUBERNETES_SECRET = /^\$__from\{secretKeyRef ([^\s/}]+)\/([^\s/}]+)\}$/;

export function collectSettings(config: EffectiveConfig, options: CollectOptions = {}): Collected {
  const collector = new Collector(config, options);
  return collector.collect();
}

class Collector {
  readonly #config: EffectiveConfig;
  readonly #options: CollectOptions;
  readonly #seen = new Set<string>();
  readonly #settings: WriteSetting[] = [];
  readonly #left: Remark[] = [];
  readonly #overridden: Collected['overridden'][number][] = [];

  constructor(config: EffectiveConfig, options: CollectOptions) {
    this.#config = config;
    this.#options = options;
  }

  collect(): Collected {
    for (const document of this.#config.documents)
      for (const { name, entries, unreached } of document.sections)
        for (const entry of unreached ? [] : entries)
          if (!entry.unreached) this.#fromFile(name, entry.key, document.stored ?? false);
    for (const setting of this.#fromVariables()) this.#add(setting);
    const known: Record<string, string> = {
      'no-such-key': 'Grafana looks at no variable of this name',
      'file-suffix': 'the start script of the container image reads it, not Grafana',
    };
    for (const { variable, reason } of this.#config.ignored)
      if (known[reason] !== undefined) this.#left.push({ section: variable, reason: known[reason] });
    return { settings: this.#settings, left: this.#left, overridden: this.#overridden };
  }

  #fromFile(section: string, key: string, stored: boolean): void {
    const setting = this.#effective(section, key);
    if (setting) {
      if (setting.origin.variable !== undefined && this.#isNew(setting.section, key))
        this.#overridden.push({ section, key, variable: setting.origin.variable });
      this.#add(setting);
    } else if (this.#isNew(section, key)) {
      this.#remember(section, key);
      this.#settings.push({ section, key, value: '', ...(stored ? { stored } : {}) });
    }
  }

  /** What became of a line: its own key, or that of a parent section Grafana put it into; undefined where it changed nothing. */
  #effective(section: string, key: string): Setting | undefined {
    const own = this.#config.get(section, key);
    if (own && own.origin.origin !== 'default') return own;
    for (const parent of this.#config.parentsOf(section)) {
      const found = this.#config.get(parent, key);
      if (found && [found.origin, ...found.overrides].some((one) => one.writtenIn === section)) return found;
    }
    return undefined;
  }

  /** Settings whose value a variable gives, in the order in which the files have the variables. */
  #fromVariables(): readonly Setting[] {
    const order = new Map<string, number>();
    for (const { variables } of this.#config.readings)
      for (const { name } of variables) if (!order.has(name)) order.set(name, order.size);
    const found = [...this.#config.settings()].filter((setting) => setting.origin.origin === 'env');
    const place = (setting: Setting) => order.get(setting.origin.variable ?? '') ?? order.size;
    return found.sort((a, b) => place(a) - place(b));
  }

  #add({ section: home, key, origin }: Setting): void {
    if (!this.#isNew(home, key)) return;
    this.#remember(home, key);
    const section = origin.writtenIn ?? home;
    const setting = {
      section,
      key,
      value: origin.value.replace(FROM_FILE, '$$__file{$1}'),
      ...(section === home ? {} : { home }),
      ...(origin.origin === 'stored' ? { stored: true } : {}),
    };
    const unknown = setting.value === origin.value && isGivenElsewhere(origin);
    const from = KUBERNETES_SECRET.exec(origin.value);
    if (from) this.#settings.push({ ...setting, hidden: true, from: { secret: from[1]!, key: from[2]! } });
    else if (this.#hides(setting, unknown)) this.#settings.push({ ...setting, hidden: true });
    else if (unknown) this.#left.push({ section, key, reason: 'its value is known to the running system only' });
    else this.#settings.push(setting);
  }

  #hides({ section, key, value }: WriteSetting, unknown: boolean): boolean {
    const option = findOption(section, key);
    const secret = option?.secret === true || isSecretName(key);
    if (value === MASK || (secret && unknown)) return true;
    if (this.#options.showSecrets || value === '' || REFERENCE.test(value) || this.#options.isPlaceholder?.(value))
      return false;
    if (secret) return !/^(?:true|false|\d{0,4})$/i.test(value);
    // An address with a password, a private key, a token.
    return option?.type !== 'jmespath' && secretSpans(value).some(({ start }) => value[start] !== '$');
  }

  #isNew(section: string, key: string): boolean {
    return !this.#seen.has(JSON.stringify([section, key]));
  }

  #remember(section: string, key: string): void {
    this.#seen.add(JSON.stringify([section, key]));
  }
}
