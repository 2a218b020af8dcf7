// ../../../tmp/b2.ts
import { createReadStream } from "node:fs";

// src/errors.ts
var EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  remote: 3,
  interrupted: 130
};
var EXIT_CODES = [
  {
    code: EXIT.ok,
    meaning: "the thing checked is in order: no finding at or above --fail-on, login and access allowed, expectation met"
  },
  { code: EXIT.failed, meaning: "it is not: findings, access denied, token invalid, expectation not met" },
  { code: EXIT.usage, meaning: "the question could not be asked: bad usage, unreadable or unparsable input" },
  {
    code: EXIT.remote,
    meaning: "a remote party failed: unreachable, TLS, timeout, protocol error, the identity provider refused"
  },
  { code: EXIT.interrupted, meaning: "interrupted" }
];
var CliError = class extends Error {
  exitCode;
  because;
  hint;
  suggestions;
  constructor(message, exitCode, options = {}) {
    super(message, options.cause === void 0 ? void 0 : { cause: options.cause });
    this.name = new.target.name;
    this.exitCode = exitCode;
    this.because = options.because;
    this.hint = options.hint;
    this.suggestions = options.suggestions ?? [];
  }
};
var UsageError = class extends CliError {
  constructor(message, options) {
    super(message, EXIT.usage, options);
  }
};

// src/settings/catalog.ts
var CLOUD_SECTIONS = ["auth.grafana_com", "auth.grafananet", "auth.metrics-dashboard_com"];
var PROVIDER_SECTIONS = [
  "auth.github",
  "auth.gitlab",
  "auth.google",
  ...CLOUD_SECTIONS,
  "auth.azuread",
  "auth.okta",
  "auth.generic_oauth"
];
var OTHER_SECTIONS = "DEFAULT alerting analytics annotations annotations.api annotations.dashboard aws azure cloud_migration dashboard_previews.crawler dashboards database dataproxy datasources date_formats emails enterprise environment explore expressions external_image_storage external_image_storage.azure_blob external_image_storage.gcs external_image_storage.s3 external_image_storage.webdav feature_management geomap grafana_net grpc_server help live log log.console log.file log.frontend log.syslog metrics metrics.graphite news panels paths plugin.grafana-image-renderer plugins profile public_dashboards query query_history quota rbac remote.alertmanager remote_cache rendering search secretscan secure_socks_datasource_proxy security.encryption service_accounts short_links smtp snapshots sql_datasources storage support_bundles tracing.jaeger tracing.opentelemetry tracing.opentelemetry.jaeger tracing.opentelemetry.otlp unified_alerting unified_alerting.reserved_labels unified_alerting.screenshots unified_alerting.state_history unified_alerting.state_history.annotations unified_alerting.upgrade auth.extended_jwt auth.passwordless auth.scim".split(
  " "
);

// src/text/go-text.ts
function isGoSpace(code) {
  if (code <= 32) return code === 32 || code >= 9 && code <= 13;
  if (code < 133) return false;
  return code === 133 || code === 160 || code === 5760 || code >= 8192 && code <= 8202 || code === 8232 || code === 8233 || code === 8239 || code === 8287 || code === 12288;
}
function skipGoSpace(text, from, to) {
  let at = from;
  while (at < to && isGoSpace(text.charCodeAt(at))) at++;
  return at;
}
function trimGoEnd(text, from, to) {
  let end = to;
  while (end > from && isGoSpace(text.charCodeAt(end - 1))) end--;
  return end;
}
function goTrim(text) {
  const start = skipGoSpace(text, 0, text.length);
  const end = trimGoEnd(text, start, text.length);
  return start === 0 && end === text.length ? text : text.slice(start, end);
}
var ASCII_ONLY = /^[\0-\x7f]*$/;
function goUpper(text) {
  if (ASCII_ONLY.test(text)) return text.toUpperCase();
  let result = "";
  for (const character of text) result += upperOne(character);
  return result;
}
function goLower(text) {
  if (ASCII_ONLY.test(text)) return text.toLowerCase();
  let result = "";
  for (const character of text) result += lowerOne(character);
  return result;
}
function upperOne(character) {
  const code = character.codePointAt(0);
  if (code >= 8064 && code <= 8179) {
    if (code <= 8111 && (code & 8) === 0) return String.fromCodePoint(code + 8);
    if (code === 8115 || code === 8131 || code === 8179) return String.fromCodePoint(code + 9);
  }
  return single(character.toUpperCase(), character);
}
function lowerOne(character) {
  return character === "\u0130" ? "i" : single(character.toLowerCase(), character);
}
function single(mapped, character) {
  return mapped.length === 1 || mapped.length === 2 && mapped.codePointAt(0) > 65535 ? mapped : character;
}
function goQuote(text) {
  let result = '"';
  for (const character of text) {
    const code = character.codePointAt(0);
    const short = SHORT_ESCAPES.get(character);
    if (short !== void 0) result += short;
    else if (code < 32 || code === 127) result += `\\x${code.toString(16).padStart(2, "0")}`;
    else if (PRINTABLE.test(character)) result += character;
    else if (code <= 65535) result += `\\u${code.toString(16).padStart(4, "0")}`;
    else result += `\\U${code.toString(16).padStart(8, "0")}`;
  }
  return `${result}"`;
}
var SHORT_ESCAPES = /* @__PURE__ */ new Map([
  ['"', '\\"'],
  ["\\", "\\\\"],
  ["\x07", "\\a"],
  ["\b", "\\b"],
  ["\f", "\\f"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["	", "\\t"],
  ["\v", "\\v"]
]);
var PRINTABLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

// src/text/source.ts
var LineMap = class {
  #text;
  #starts = [0];
  constructor(text) {
    this.#text = text;
    for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) this.#starts.push(at + 1);
  }
  /** Number of lines; a text ending in LF has an empty last line. */
  get lineCount() {
    return this.#starts.length;
  }
  /** Line and column of an offset; offsets outside the text are moved to its ends. */
  position(offset) {
    const at = Math.max(0, Math.min(offset, this.#text.length));
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = low + high + 1 >> 1;
      if (this.#starts[middle] <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: at - this.#starts[low] + 1 };
  }
  range(span) {
    return { start: this.position(span.start), end: this.position(span.end) };
  }
  /** Offset at which a line (from 1) begins. */
  lineStart(line) {
    return this.#starts[line - 1] ?? this.#text.length;
  }
  /** Text of a line (from 1) without its line break. */
  line(line) {
    const start = this.lineStart(line);
    const next = this.#starts[line];
    let end = next === void 0 ? this.#text.length : next - 1;
    if (end > start && this.#text.charCodeAt(end - 1) === 13) end--;
    return this.#text.slice(start, end);
  }
};

// src/document/ini-problems.ts
var SECRET_KEY = /secret|passw|token|key|cert|salt/i;
var SHOWN = 60;
function unclosedSection(text, start, end) {
  return {
    kind: "unclosed-section",
    productMessage: `unclosed section: ${upToDelimiter(text, start, end)}`,
    message: 'the section header has no closing "]"',
    span: { start, end }
  };
}
function emptySectionName(start, end) {
  return {
    kind: "empty-section-name",
    productMessage: "empty section name",
    message: "the section header has no name",
    span: { start, end }
  };
}
function missingDelimiter(text, start, end, before) {
  const line = before !== void 0 && SECRET_KEY.test(before) ? "\u2026" : shorten(text, start, end);
  return {
    kind: "key-value-delimiter",
    productMessage: `key-value delimiter not found: ${line}`,
    message: 'the line has neither "=" nor ":"',
    span: { start, end }
  };
}
function emptyKey(text, start, end) {
  const quoted = text.charCodeAt(start) !== 61 && text.charCodeAt(start) !== 58;
  return {
    kind: "empty-key",
    productMessage: quoted ? "error creating new key: empty key name" : `empty key name: ${text[start]} \u2026`,
    message: "the line has no key name before its delimiter",
    span: { start, end }
  };
}
function unclosedKeyQuote(text, start, end) {
  return {
    kind: "unclosed-key-quote",
    productMessage: `missing closing key quote: ${upToDelimiter(text, start, end)}`,
    message: "the line begins with a quote that nothing closes",
    span: { start, end }
  };
}
function unclosedValue(quote, key, start, end) {
  return {
    kind: "unclosed-value-quote",
    productMessage: `missing closing key quote from "${quote === "`" ? "`" : '\\"\\"\\"'}\u2026" to "\u2026"`,
    message: `the value of ${JSON.stringify(key)} opens with ${quote} and nothing closes it`,
    span: { start, end }
  };
}
function shorten(text, start, end) {
  return end - start > SHOWN ? `${text.slice(start, start + SHOWN)}\u2026` : text.slice(start, end);
}
function upToDelimiter(text, start, end) {
  const line = shorten(text, start, end);
  const delimiter = line.search(/[=:]/);
  return delimiter === -1 ? line : `${line.slice(0, delimiter + 1)} \u2026`;
}

// src/document/ini.ts
var DEFAULT_SECTION = "DEFAULT";
var DOUBLE = 34;
var HASH = 35;
var SINGLE = 39;
var DASH = 45;
var COLON = 58;
var SEMICOLON = 59;
var EQUALS = 61;
var OPEN_BRACKET = 91;
var BACKSLASH = 92;
var CLOSE_BRACKET = 93;
var BACKTICK = 96;
var MAX_PROBLEMS = 1e3;
function parseIni(source) {
  return new Reader(source).read();
}
var Document = class {
  source;
  sections;
  problems;
  /** Start, end and section number of each comment: most texts are mostly comments, and few callers ask for them. */
  #commentPlaces;
  #comments;
  #lines;
  constructor(source, sections, problems, commentPlaces) {
    this.source = source;
    this.sections = sections;
    this.problems = problems;
    this.#commentPlaces = commentPlaces;
  }
  get lines() {
    this.#lines ??= new LineMap(this.source.text);
    return this.#lines;
  }
  get comments() {
    if (!this.#comments) {
      const found2 = [];
      const places2 = this.#commentPlaces;
      for (let at = 0; at < places2.length; at += 3) {
        const span = { start: places2[at], end: places2[at + 1] };
        const section = this.sections[places2[at + 2]].name;
        found2.push({ span, text: this.source.text.slice(span.start, span.end), section });
      }
      this.#comments = found2;
    }
    return this.#comments;
  }
  range(span) {
    return this.lines.range(span);
  }
};
var Section = class {
  constructor(name, unreached, header) {
    this.name = name;
    this.unreached = unreached;
    if (header) {
      this.headerSpan = header;
      this.nameSpan = { start: header.start + 1, end: header.start + 1 + name.length };
    }
  }
  name;
  unreached;
  entries = [];
  headerSpan;
  nameSpan;
};
var Entry = class {
  constructor(text, section, key, keyStart, keyEnd, delimiterAt, unreached) {
    this.text = text;
    this.section = section;
    this.key = key;
    this.keyStart = keyStart;
    this.keyEnd = keyEnd;
    this.delimiterAt = delimiterAt;
    this.unreached = unreached;
    this.valueStart = delimiterAt + 1;
    this.valueEnd = delimiterAt + 1;
    this.contentStart = delimiterAt + 1;
  }
  text;
  section;
  key;
  keyStart;
  keyEnd;
  delimiterAt;
  unreached;
  value = "";
  quote = "none";
  continued = false;
  valueStart;
  valueEnd;
  /** Where `value` itself begins, inside the quotes. */
  contentStart;
  /** What follows the value on its line up to its last character; empty where nothing does. */
  tailStart = 0;
  tailEnd = 0;
  /** Starts and ends of the stretches a continued value was put together from. */
  pieces;
  get keySpan() {
    return { start: this.keyStart, end: this.keyEnd };
  }
  get delimiter() {
    return { start: this.delimiterAt, end: this.delimiterAt + 1 };
  }
  get valueSpan() {
    return { start: this.valueStart, end: this.valueEnd };
  }
  get comment() {
    return this.tailIsComment ? this.tail : void 0;
  }
  get dropped() {
    return this.tailIsComment ? void 0 : this.tail;
  }
  get segments() {
    const pieces = this.pieces;
    if (!pieces) return [{ at: 0, offset: this.contentStart, length: this.value.length }];
    const found2 = [];
    let at = 0;
    for (let index = 0; index < pieces.length; index += 2) {
      const offset = pieces[index];
      const length = pieces[index + 1] - offset;
      if (length > 0) found2.push({ at, offset, length });
      at += length;
    }
    return found2;
  }
  get tailIsComment() {
    const code = this.text.charCodeAt(this.tailStart);
    return this.tailEnd > this.tailStart && (code === HASH || code === SEMICOLON);
  }
  get tail() {
    if (this.tailEnd <= this.tailStart) return void 0;
    const span = { start: this.tailStart, end: this.tailEnd };
    return { span, text: this.text.slice(span.start, span.end) };
  }
};
var Reader = class {
  constructor(source) {
    this.source = source;
    this.text = source.text;
    this.section = new Section(DEFAULT_SECTION, false);
    this.sections.push(this.section);
  }
  source;
  text;
  sections = [];
  problems = [];
  commentPlaces = [];
  section;
  /** Number the next `-` key gets; starts again at every header. */
  counter = 1;
  /** No closer of this kind stands behind this offset. */
  noCloserFrom = /* @__PURE__ */ new Map();
  at = 0;
  read() {
    const text = this.text;
    const length = text.length;
    this.at = byteOrderMark(text);
    while (this.at < length) {
      const newline = text.indexOf("\n", this.at);
      const end = newline === -1 ? length : newline;
      const start = skipGoSpace(text, this.at, end);
      this.at = newline === -1 ? length : newline + 1;
      if (start === end) continue;
      const code = text.charCodeAt(start);
      if (code === HASH || code === SEMICOLON)
        this.commentPlaces.push(start, trimGoEnd(text, start, end), this.sections.length - 1);
      else if (code === OPEN_BRACKET) this.readHeader(start, end);
      else this.readEntry(start, end, code);
    }
    return new Document(this.source, this.sections, this.problems, this.commentPlaces);
  }
  /** The description is made only where it is kept. */
  stop(describe3) {
    if (this.problems.length < MAX_PROBLEMS) this.problems.push({ ...describe3(), section: this.section.name });
  }
  open(name, header) {
    this.section = new Section(name, this.problems.length > 0, header);
    this.sections.push(this.section);
    this.counter = 1;
  }
  /** The name runs up to the last `]` of the line, blanks included. */
  readHeader(start, end) {
    const text = this.text;
    let close = end - 1;
    while (close > start && text.charCodeAt(close) !== CLOSE_BRACKET) close--;
    if (close === start) {
      const last = trimGoEnd(text, start, end);
      this.stop(() => unclosedSection(text, start, last));
      const name = text.slice(start + 1, last);
      if (name && !/[=:]/.test(name)) this.open(name, { start, end: last });
    } else if (close === start + 1) this.stop(() => emptySectionName(start, close + 1));
    else this.open(text.slice(start + 1, close), { start, end: close + 1 });
  }
  readEntry(start, end, first) {
    const text = this.text;
    let keyStart = start;
    let keyEnd;
    let delimiter = start;
    if (first === DOUBLE || first === BACKTICK) {
      const quote = first === BACKTICK ? "`" : this.hasTripleKeyQuote(start) ? '"""' : '"';
      const close = indexWithin(text, quote, start + quote.length, end);
      if (close === -1) {
        this.stop(() => unclosedKeyQuote(text, start, trimGoEnd(text, start, end)));
        return;
      }
      keyStart = skipGoSpace(text, start + quote.length, close);
      keyEnd = trimGoEnd(text, keyStart, close);
      delimiter = close + quote.length;
    } else keyEnd = -1;
    while (delimiter < end) {
      const code = text.charCodeAt(delimiter);
      if (code === EQUALS || code === COLON) break;
      delimiter++;
    }
    if (delimiter >= end || delimiter === start) {
      const last = trimGoEnd(text, start, end);
      this.stop(() => delimiter === start ? emptyKey(text, start, last) : this.withoutDelimiter(start, last));
      return;
    }
    if (keyEnd === -1) keyEnd = trimGoEnd(text, start, delimiter);
    let key = text.slice(keyStart, keyEnd);
    if (keyEnd - keyStart === 1 && text.charCodeAt(keyStart) === DASH) key = `#${this.counter++}`;
    const entry = new Entry(text, this.section.name, key, keyStart, keyEnd, delimiter, this.problems.length > 0);
    if (!this.readValue(entry, delimiter + 1, end)) return;
    if (key === "") this.stop(() => emptyKey(text, start, trimGoEnd(text, start, end)));
    else this.section.entries.push(entry);
  }
  /** go-ini asks for more than six bytes in the line, its line break included. */
  hasTripleKeyQuote(start) {
    if (!this.text.startsWith('"""', start)) return false;
    const line = this.text.slice(start, Math.min(this.at, start + 7));
    return line.length > 6 || new TextEncoder().encode(line).length > 6;
  }
  withoutDelimiter(start, end) {
    const entries = this.section.entries;
    return missingDelimiter(this.text, start, end, entries[entries.length - 1]?.key);
  }
  /** False where the value is never closed, which stops Grafana. */
  readValue(entry, from, end) {
    const text = this.text;
    const start = skipGoSpace(text, from, end);
    if (start === end) return true;
    entry.valueStart = start;
    entry.contentStart = start;
    const first = text.charCodeAt(start);
    if (first === BACKTICK) return this.readQuoted(entry, "`", start, end);
    if (first === DOUBLE && this.at - start > 3 && text.startsWith('"""', start))
      return this.readQuoted(entry, '"""', start, end);
    const last = trimGoEnd(text, start, end);
    if (text.charCodeAt(last - 1) === BACKSLASH) {
      this.readContinued(entry, start, last - 1);
      return true;
    }
    this.readPlain(entry, start, last);
    return true;
  }
  readPlain(entry, start, last) {
    const text = this.text;
    let cut2 = start;
    while (cut2 < last) {
      const code = text.charCodeAt(cut2);
      if (code === HASH || code === SEMICOLON) break;
      cut2++;
    }
    let end = last;
    if (cut2 < last) {
      entry.tailStart = cut2;
      entry.tailEnd = last;
      end = trimGoEnd(text, start, cut2);
    }
    entry.valueEnd = end;
    const quote = text.charCodeAt(start);
    if ((quote === DOUBLE || quote === SINGLE) && end - start >= 2 && text.charCodeAt(end - 1) === quote && text.indexOf(quote === DOUBLE ? '"' : "'", start + 1) === end - 1) {
      entry.quote = quote === DOUBLE ? "double" : "single";
      entry.contentStart = start + 1;
      entry.value = text.slice(start + 1, end - 1);
    } else entry.value = text.slice(start, end);
  }
  /** Lines are joined with nothing between until one has no backslash at its end, is blank, or the text ends. */
  readContinued(entry, start, end) {
    const text = this.text;
    const pieces = [start, end];
    while (this.at < text.length) {
      const newline = text.indexOf("\n", this.at);
      const lineEnd = newline === -1 ? text.length : newline;
      const from = skipGoSpace(text, this.at, lineEnd);
      const to = trimGoEnd(text, from, lineEnd);
      this.at = newline === -1 ? text.length : newline + 1;
      if (from === to) break;
      const goesOn = text.charCodeAt(to - 1) === BACKSLASH;
      pieces.push(from, goesOn ? to - 1 : to);
      if (!goesOn) break;
    }
    entry.continued = true;
    entry.pieces = pieces;
    entry.valueEnd = pieces[pieces.length - 1];
    if (pieces.length === 2) entry.value = text.slice(start, end);
    else {
      const parts = [];
      for (let index = 0; index < pieces.length; index += 2) parts.push(text.slice(pieces[index], pieces[index + 1]));
      entry.value = parts.join("");
    }
  }
  /** Raw up to the last closer of the opening line, else of the first later line that has one. */
  readQuoted(entry, quote, start, end) {
    const text = this.text;
    const inside = start + quote.length;
    let close = text.lastIndexOf(quote, end - quote.length);
    if (close < inside) {
      const none = this.noCloserFrom.get(quote);
      const found2 = none !== void 0 && this.at >= none ? -1 : text.indexOf(quote, this.at);
      if (found2 === -1) {
        this.noCloserFrom.set(quote, Math.min(none ?? this.at, this.at));
        this.stop(() => unclosedValue(quote, entry.key, start, trimGoEnd(text, start, end)));
        return false;
      }
      const newline = text.indexOf("\n", found2);
      const lineEnd = newline === -1 ? text.length : newline;
      close = text.lastIndexOf(quote, lineEnd - quote.length);
      this.at = newline === -1 ? text.length : newline + 1;
      entry.continued = true;
      entry.tailEnd = trimGoEnd(text, close, lineEnd);
    } else entry.tailEnd = trimGoEnd(text, close, end);
    entry.quote = quote === "`" ? "backtick" : "triple";
    entry.contentStart = inside;
    entry.value = text.slice(inside, close);
    entry.valueEnd = close + quote.length;
    entry.tailStart = skipGoSpace(text, entry.valueEnd, entry.tailEnd);
    return true;
  }
};
function byteOrderMark(text) {
  if (text.charCodeAt(0) === 65279) return 1;
  return text.startsWith("\uFFFD\uFFFD") && text.slice(2, 4).includes("\0") ? 2 : 0;
}
function indexWithin(text, needle, from, to) {
  const first = needle.charCodeAt(0);
  for (let at = from; at + needle.length <= to; at++)
    if (text.charCodeAt(at) === first && (needle.length === 1 || text.startsWith(needle, at))) return at;
  return -1;
}

// src/document/types.ts
function sourceSpan(entry, at, length = 1) {
  let start;
  let end;
  for (const segment of entry.segments) {
    if (start === void 0 && at >= segment.at && at < segment.at + segment.length)
      start = segment.offset + (at - segment.at);
    const last = at + Math.max(length, 1) - 1;
    if (last >= segment.at && last < segment.at + segment.length) end = segment.offset + (last - segment.at) + 1;
  }
  if (start === void 0 && at >= entry.value.length && entry.segments.length > 0) {
    const tail = entry.segments[entry.segments.length - 1];
    return { start: tail.offset + tail.length, end: tail.offset + tail.length };
  }
  return start === void 0 ? void 0 : { start, end: end ?? start + 1 };
}

// src/settings/cell.ts
var Cell = class _Cell {
  constructor(section, key, value, kind) {
    this.section = section;
    this.key = key;
    this.kind = kind;
    this.value = value;
  }
  section;
  key;
  kind;
  value;
  /** `value` before expanders, where they changed it. */
  unexpanded;
  expandedFrom;
  entry;
  document;
  writtenIn;
  variable;
  /** What it replaced. */
  previous;
  /** The same key with another value in its place. */
  replacedBy(value, kind) {
    const next = new _Cell(this.section, this.key, value, kind);
    next.previous = this;
    return next;
  }
  /** The same place, for a configuration of its own: defaults are shared. */
  copy() {
    const copy2 = new _Cell(this.section, this.key, this.value, this.kind);
    copy2.entry = this.entry;
    copy2.document = this.document;
    copy2.previous = this.previous;
    return copy2;
  }
  get origin() {
    const value = this.unexpanded ?? this.value;
    const { kind, entry, document: document2, variable } = this;
    if (!entry || !document2)
      return { origin: kind, value, ...variable !== void 0 && { variable }, ...this.#more() };
    const origin = {
      origin: kind,
      value,
      path: document2.source.path,
      // Most origins are only asked what kind they are of.
      get range() {
        return document2.range(entry.valueSpan);
      },
      entry,
      document: document2
    };
    return this.writtenIn === void 0 && !this.expandedFrom ? origin : Object.assign(origin, this.#more());
  }
  #more() {
    return {
      ...this.writtenIn !== void 0 && { writtenIn: this.writtenIn },
      ...this.expandedFrom && { expandedFrom: this.expandedFrom }
    };
  }
  /** Oldest first. */
  get overrides() {
    const found2 = [];
    for (let cell = this.previous; cell; cell = cell.previous) found2.push(cell.origin);
    return found2.reverse();
  }
};

// src/text/suggest.ts
import { distance } from "fastest-levenshtein";
function closest(typed3, known, limit2 = 3) {
  const wanted = plain(typed3);
  if (wanted.length < 2) return [];
  const found2 = [];
  for (const name of known) {
    if (name === typed3) continue;
    const other = plain(name);
    const most = Math.min(3, Math.floor(Math.max(wanted.length, other.length) / 2));
    if (Math.abs(wanted.length - other.length) > most) continue;
    const edits = distance(wanted, other);
    if (edits <= most) found2.push({ name, edits });
  }
  found2.sort((a, b) => a.edits - b.edits || (a.name < b.name ? -1 : 1));
  const best = found2[0]?.edits ?? 0;
  return found2.filter((entry) => entry.edits <= best + 1).slice(0, limit2).map((entry) => entry.name);
}
function plain(name) {
  return name.toLowerCase().replaceAll("_", "-");
}

// src/settings/env-names.ts
function envPrefix(section) {
  return `GF_${goUpper(section.replace(/[.-]/g, "_"))}_`;
}
function envName(section, key) {
  return envPrefix(section) + envSuffix(key);
}
function envSuffix(key) {
  return goUpper(key.replaceAll(".", "_"));
}

// src/settings/name-tree.ts
var NameTree = class {
  #root = { label: "", name: void 0, next: /* @__PURE__ */ new Map() };
  add(name) {
    let node = this.#root;
    let at = 0;
    while (at < name.length) {
      const child = node.next.get(name[at]);
      if (!child) {
        node.next.set(name[at], { label: name.slice(at), name, next: /* @__PURE__ */ new Map() });
        return;
      }
      const common = commonLength(child.label, name, at);
      if (common < child.label.length) {
        const between = { label: child.label.slice(0, common), name: void 0, next: /* @__PURE__ */ new Map() };
        child.label = child.label.slice(common);
        between.next.set(child.label[0], child);
        node.next.set(name[at], between);
        node = between;
      } else node = child;
      at += common;
    }
    node.name = name;
  }
  /** The names `text` begins with and goes on behind with a dot, shortest first. */
  parentsOf(text) {
    const found2 = [];
    let node = this.#root;
    let at = 0;
    while (at < text.length) {
      const child = node.next.get(text[at]);
      if (!child || !text.startsWith(child.label, at)) break;
      at += child.label.length;
      if (child.name !== void 0 && text[at] === ".") found2.push(child.name);
      node = child;
    }
    return found2;
  }
};
function commonLength(label, text, from) {
  const most = Math.min(label.length, text.length - from);
  let length = 0;
  while (length < most && label.charCodeAt(length) === text.charCodeAt(from + length)) length++;
  return length;
}

// src/settings/sections.ts
var CLOUD_SECTION = "auth.grafana_com";
var LEGACY_CLOUD_SECTION = "auth.grafananet";
var CLOUD_ALIAS = "auth.metrics-dashboard_com";
var MANY_DOTS = 16;
var Sections = class {
  #defaults;
  #own = /* @__PURE__ */ new Map();
  #names;
  #tree;
  constructor(defaults) {
    this.#defaults = defaults;
  }
  keys(section) {
    return this.#own.get(section) ?? this.#defaults.keys(section);
  }
  get(section, key) {
    return this.keys(section)?.get(key);
  }
  /** Sections that are no longer, or never were, the defaults' own, in the order in which they became so. */
  own() {
    return this.#own;
  }
  isOwn(section) {
    return this.#own.has(section);
  }
  /** A section to write to. */
  writable(section) {
    const own = this.#own.get(section);
    if (own) return own;
    const shared = this.#defaults.keys(section);
    const copy2 = new Map(shared);
    this.#own.set(section, copy2);
    if (!shared) {
      this.#names = void 0;
      this.#tree?.add(section);
    }
    return copy2;
  }
  /** Those of the defaults first. */
  names() {
    if (!this.#names) {
      const names = [...this.#defaults.names()];
      for (const name of this.#own.keys()) if (!this.#defaults.keys(name)) names.push(name);
      this.#names = names;
    }
    return this.#names;
  }
  /** Nearest first: `a.b.c` → `a.b`, `a`, those of them that exist. */
  parents(section) {
    if (!section.includes(".")) return NONE;
    const many = section.split(".", MANY_DOTS + 2).length > MANY_DOTS + 1;
    const parents = many ? this.#alongTree(section) : this.#oneByOne(section);
    if (section.startsWith(".") && this.keys(DEFAULT_SECTION)) parents.push(DEFAULT_SECTION);
    return parents;
  }
  #oneByOne(section) {
    const parents = [];
    for (let dot = section.lastIndexOf("."); dot > 0; dot = section.lastIndexOf(".", dot - 1)) {
      const parent = section.slice(0, dot);
      if (this.keys(parent)) parents.push(parent);
    }
    return parents;
  }
  #alongTree(section) {
    if (!this.#tree) {
      this.#tree = new NameTree();
      for (const name of this.names()) this.#tree.add(name);
    }
    return this.#tree.parentsOf(section).reverse();
  }
};
var NONE = [];

// src/settings/ignored.ts
var IMAGE_ONLY = /^GF_(?:INSTALL_PLUGINS|PATHS_(?:CONFIG|HOME)|AWS_.*)$/;
var FILE_SUFFIX = "__FILE";
var MAX_SUGGESTIONS = 3;
function ignoredVariables(env, sections) {
  const given = Object.keys(env).filter((name) => name.startsWith("GF_") && env[name] !== void 0);
  if (given.length === 0) return [];
  const known = /* @__PURE__ */ new Map();
  for (const section of sections.names()) {
    const prefix = envPrefix(section);
    for (const key of sections.keys(section).keys()) known.set(prefix + envSuffix(key), section);
  }
  if (sections.keys(CLOUD_ALIAS))
    for (const key of sections.keys(CLOUD_SECTION)?.keys() ?? []) known.set(envName(CLOUD_ALIAS, key), CLOUD_ALIAS);
  const found2 = [];
  for (const variable of given.sort()) {
    if (known.has(variable)) {
      if (env[variable] === "") found2.push({ variable, reason: "empty", suggestions: [] });
    } else if (!IMAGE_ONLY.test(variable)) {
      const fromFile2 = variable.endsWith(FILE_SUFFIX) && known.has(variable.slice(0, -FILE_SUFFIX.length));
      found2.push(
        fromFile2 ? { variable, reason: "file-suffix", suggestions: [variable.slice(0, -FILE_SUFFIX.length)] } : { variable, reason: "no-such-key", suggestions: suggest(variable, known, sections) }
      );
    }
  }
  return found2;
}
function suggest(variable, known, sections) {
  const found2 = /* @__PURE__ */ new Set();
  for (const section of sections.names()) {
    const prefix = envPrefix(section);
    if (!variable.startsWith(prefix)) continue;
    for (const parent of sections.parents(section)) {
      const name = envPrefix(parent) + variable.slice(prefix.length);
      if (known.has(name)) found2.add(name);
    }
  }
  for (const name of closest(variable, known.keys(), MAX_SUGGESTIONS)) found2.add(name);
  return [...found2].slice(0, MAX_SUGGESTIONS);
}

// src/settings/interpolate.ts
var ROUNDS = 99;
var MAX_GROWTH = 1 << 20;
function interpolate(text, find2) {
  const limit2 = 2 * text.length + MAX_GROWTH;
  let value = text;
  for (let round = 0; round < ROUNDS; round++) {
    const name = firstName(value);
    if (name === void 0) break;
    const found2 = find2(name);
    if (found2 === void 0) break;
    const parts = value.split(`%(${name})s`);
    if (value.length + (parts.length - 1) * found2.length > limit2) return { text: value, complete: false };
    value = parts.join(found2);
  }
  return { text: value, complete: true };
}
function firstName(text) {
  let from = text.indexOf("%(");
  while (from !== -1) {
    const close = text.indexOf(")", from + 2);
    if (close === -1) return void 0;
    if (close > from + 2 && text.charCodeAt(close + 1) === 115) return text.slice(from + 2, close);
    from = text.indexOf("%(", close);
  }
  return void 0;
}

// src/settings/config.ts
var Config = class {
  profile;
  documents;
  files;
  env;
  envGiven;
  #parts;
  /** Rules ask for the same settings again and again. */
  #views = /* @__PURE__ */ new Map();
  #fileView;
  #sections;
  #interpolated;
  #origins;
  #problems;
  #ignored;
  constructor(parts) {
    this.#parts = parts;
    this.profile = parts.profile;
    this.documents = parts.documents;
    this.files = parts.files;
    this.env = parts.env;
    this.envGiven = parts.envGiven;
  }
  get fileView() {
    this.#fileView ??= readTogether(this.documents);
    return this.#fileView;
  }
  get sections() {
    this.#sections ??= this.#table(sharedValues, (cell) => cell.value);
    return this.#sections;
  }
  get interpolated() {
    if (!this.#interpolated) {
      const table = /* @__PURE__ */ Object.create(null);
      for (const section of this.#parts.sections.names())
        for (const cell of this.#withReferences(section)) {
          const { text } = this.#interpolate(cell, cell.value);
          if (text === cell.value) continue;
          table[section] ??= /* @__PURE__ */ Object.create(null);
          table[section][cell.key] = text;
        }
      this.#interpolated = table;
    }
    return this.#interpolated;
  }
  get origins() {
    this.#origins ??= this.#table(sharedOrigins, (cell) => ({ ...cell.origin, overrides: cell.overrides }));
    return this.#origins;
  }
  get problems() {
    this.#problems ??= [...this.#parts.problems, ...this.#tooLarge()];
    return this.#problems;
  }
  get ignored() {
    this.#ignored ??= ignoredVariables(this.env, this.#parts.sections);
    return this.#ignored;
  }
  sectionNames() {
    return this.#parts.sections.names();
  }
  parentsOf(section) {
    return this.#parts.sections.parents(section);
  }
  get(section, key) {
    return this.#setting(this.#parts.sections.get(section, key));
  }
  lookup(section, key) {
    return this.#setting(this.#find(section, key));
  }
  defaultOf(section, key) {
    return this.#parts.defaults.keys(section)?.get(key)?.value;
  }
  *settings(section) {
    const { sections } = this.#parts;
    for (const name of section === void 0 ? sections.names() : [section])
      for (const cell of sections.keys(name)?.values() ?? [])
        yield new SettingView(cell, () => this.#interpolate(cell, cell.value).text);
  }
  *defaults(section) {
    for (const cell of this.#parts.defaults.keys(section)?.values() ?? [])
      yield new SettingView(cell, () => this.#interpolate(cell, cell.value).text);
  }
  interpolate(section, key, text) {
    return this.#interpolateAt(section, this.#parts.sections.get(section, key), text).text;
  }
  /** The public shape, for printing. */
  toJSON() {
    return {
      fileView: this.fileView,
      sections: this.sections,
      interpolated: this.interpolated,
      problems: this.problems
    };
  }
  #setting(cell) {
    if (!cell) return void 0;
    let view = this.#views.get(cell);
    if (!view) {
      view = new SettingView(cell, () => this.#interpolate(cell, cell.value).text);
      this.#views.set(cell, view);
    }
    return view;
  }
  /** Own section, then its parents. */
  #find(section, key) {
    const own = this.#parts.sections.get(section, key);
    if (own) return own;
    for (const parent of this.#parts.sections.parents(section)) {
      const cell = this.#parts.sections.get(parent, key);
      if (cell) return cell;
    }
    return void 0;
  }
  /** The keys of a section whose value holds `%(`. */
  #withReferences(section) {
    const { sections, defaults } = this.#parts;
    if (!sections.isOwn(section)) return defaults.referring.get(section) ?? [];
    return [...sections.keys(section).values()].filter((cell) => cell.value.includes("%("));
  }
  #interpolate(cell, text) {
    return this.#interpolateAt(cell.section, cell, text);
  }
  #interpolateAt(section, self, text) {
    if (!text.includes("%(")) return { text, complete: true };
    return interpolate(text, (name) => {
      const found2 = this.#find(section, name);
      return (found2 && found2 !== self ? found2 : this.#parts.sections.get("DEFAULT", name))?.value;
    });
  }
  #tooLarge() {
    const found2 = [];
    for (const section of this.#parts.sections.own().keys()) {
      for (const cell of this.#withReferences(section)) {
        if (this.#interpolate(cell, cell.value).complete) continue;
        found2.push({
          ...placeOf(cell.origin),
          stage: "expand",
          severity: "error",
          kind: "interpolation-size",
          message: `[${section}] ${cell.key} grows beyond all bounds when its %(name)s are resolved`,
          section,
          option: cell.key
        });
      }
    }
    return found2;
  }
  /** Rows of sections that are the defaults' own are made once for all configurations. */
  #table(shared, read2) {
    const table = /* @__PURE__ */ Object.create(null);
    const { sections } = this.#parts;
    for (const section of sections.names()) {
      const keys = sections.keys(section);
      let row = shared.get(keys);
      if (!row) {
        row = /* @__PURE__ */ Object.create(null);
        for (const [key, cell] of keys) row[key] = read2(cell);
        if (!sections.isOwn(section)) shared.set(keys, Object.freeze(row));
      }
      table[section] = row;
    }
    return table;
  }
};
var sharedValues = /* @__PURE__ */ new WeakMap();
var sharedOrigins = /* @__PURE__ */ new WeakMap();
function placeOf(origin) {
  if (origin.variable !== void 0) return { source: `env:${origin.variable}` };
  return { ...origin.path !== void 0 && { path: origin.path }, ...origin.range && { range: origin.range } };
}
var SettingView = class {
  #cell;
  #interpolate;
  #origin;
  constructor(cell, interpolate2) {
    this.#cell = cell;
    this.#interpolate = interpolate2;
  }
  get section() {
    return this.#cell.section;
  }
  get key() {
    return this.#cell.key;
  }
  get value() {
    return this.#cell.value;
  }
  get interpolated() {
    return this.#cell.value.includes("%(") ? this.#interpolate() : this.#cell.value;
  }
  get origin() {
    this.#origin ??= this.#cell.origin;
    return this.#origin;
  }
  get overrides() {
    return this.#cell.overrides;
  }
};
function readTogether(documents) {
  const table = /* @__PURE__ */ Object.create(null);
  for (const document2 of documents) {
    for (const section of document2.sections) {
      if (section.unreached) break;
      if (!section.headerSpan && section.entries.length === 0) continue;
      let row = table[section.name];
      if (!row) {
        row = /* @__PURE__ */ Object.create(null);
        table[section.name] = row;
      }
      for (const entry of section.entries) {
        if (entry.unreached) break;
        row[entry.key] = entry.value;
      }
    }
  }
  return table;
}

// src/settings/data/grafana-defaults.ts
var GRAFANA_DEFAULTS = String.raw`
[DEFAULT]
app_mode "production"
force_migration 9.4 "false" 11.0 null
instance_name "\u0024{HOSTNAME}"
[alerting]
concurrent_render_limit 9.4 "5" 11.0 null
enabled 9.4 "" 11.0 null
error_or_timeout 9.4 "alerting" 11.0 null
evaluation_timeout_seconds 9.4 "30" 11.0 null
execute_alerts 9.4 "true" 11.0 null
max_annotation_age 9.4 "" 11.0 null
max_annotations_to_keep 9.4 "" 11.0 null
max_attempts 9.4 "3" 11.0 null
min_interval_seconds 9.4 "1" 11.0 null
nodata_or_nullvalues 9.4 "no_data" 11.0 null
notification_timeout_seconds 9.4 "30" 11.0 null
[analytics]
application_insights_connection_string ""
application_insights_endpoint_url ""
check_for_plugin_updates "true"
check_for_updates "true"
feedback_links_enabled "true"
google_analytics_4_id ""
google_analytics_4_send_manual_page_views "false"
google_analytics_ua_id ""
google_tag_manager_id ""
intercom_secret 9.5 ""
reporting_distributor "grafana-labs"
reporting_enabled "true"
rudderstack_config_url ""
rudderstack_data_plane_url ""
rudderstack_integrations_url 10.3 ""
rudderstack_sdk_url ""
rudderstack_write_key ""
[annotations]
cleanupjob_batchsize "100"
tags_length "500"
[annotations.api]
max_age ""
max_annotations_to_keep ""
[annotations.dashboard]
max_age ""
max_annotations_to_keep ""
[auth]
api_key_max_seconds_to_live "-1"
azure_auth_enabled "false"
disable_login "false"
disable_login_form "false"
disable_signout_menu "false"
id_response_header_enabled 10.3 "false"
id_response_header_namespaces 10.3 "user api-key service-account"
id_response_header_prefix 10.3 "X-Grafana"
login_cookie_name "grafana_session"
login_maximum_inactive_lifetime_duration ""
login_maximum_lifetime_duration ""
managed_service_accounts_enabled 11.3 "false"
oauth_allow_insecure_email_lookup 10.1 "false"
oauth_auto_login "false"
oauth_skip_org_role_update_sync 9.4 "false" 11.0 null
oauth_state_cookie_max_age "600"
signout_redirect_url ""
sigv4_auth_enabled "false"
sigv4_verbose_logging "false"
token_rotation_interval_minutes "10"
[auth.anonymous]
device_limit 10.3 ""
enabled "false"
hide_version "false"
org_name "Main Org."
org_role "Viewer"
[auth.azuread]
allow_assign_grafana_admin "false"
allow_sign_up "true"
allowed_domains ""
allowed_groups ""
allowed_organizations 10.1 ""
auth_url "https://login.microsoftonline.com/<tenant-id>/oauth2/v2.0/authorize"
auto_login "false"
client_authentication 12.0 "client_secret_post"
client_id "some_client_id"
client_secret ""
enabled "false"
federated_credential_audience 12.0 ""
force_use_graph_api "false"
icon 9.5 "microsoft"
login_prompt 12.2 ""
managed_identity_client_id 12.0 ""
name 9.4 "Azure AD" 9.5 "Microsoft"
org_mapping 11.2 ""
role_attribute_strict "false"
scopes "openid email profile"
signout_redirect_url 10.3 ""
skip_org_role_sync 10.1 "false"
tls_client_ca 10.1 ""
tls_client_cert 10.1 ""
tls_client_key 10.1 ""
tls_skip_verify_insecure 9.5 "false"
token_url "https://login.microsoftonline.com/<tenant-id>/oauth2/v2.0/token"
use_pkce 10.1 "true"
use_refresh_token 10.1 "true"
workload_identity_token_file 12.1 ""
[auth.basic]
enabled "true"
password_policy 10.4 "false"
[auth.generic_oauth]
allow_assign_grafana_admin "false"
allow_sign_up "true"
allowed_domains ""
allowed_groups 10.1 ""
allowed_organizations ""
api_url ""
auth_style ""
auth_url ""
auto_login "false"
client_id "some_id"
client_secret ""
email_attribute_name "email:primary"
email_attribute_path ""
empty_scopes "false"
enabled "false"
groups_attribute_path ""
icon "signin"
id_token_attribute_name ""
login_attribute_path ""
login_prompt 12.2 ""
name "OAuth"
name_attribute_path ""
org_attribute_path 11.1 ""
org_mapping 11.1 ""
role_attribute_path ""
role_attribute_strict "false"
scopes "user:email"
signout_redirect_url 10.3 ""
skip_org_role_sync "false"
team_ids ""
team_ids_attribute_path ""
teams_url ""
tls_client_ca ""
tls_client_cert ""
tls_client_key ""
tls_skip_verify_insecure "false"
token_url ""
use_pkce "false"
use_refresh_token 10.1 "false"
[auth.github]
allow_assign_grafana_admin "false"
allow_sign_up "true"
allowed_domains ""
allowed_organizations ""
api_url "https://api.github.com/user"
auth_url "https://github.com/login/oauth/authorize"
auto_login "false"
client_id "some_id"
client_secret ""
enabled "false"
icon 9.5 "github"
login_prompt 12.2 ""
name 9.5 "GitHub"
org_mapping 11.1 ""
role_attribute_path ""
role_attribute_strict "false"
scopes "user:email,read:org"
signout_redirect_url 10.3 ""
skip_org_role_sync 10.1 "false"
team_ids ""
tls_client_ca 10.1 ""
tls_client_cert 10.1 ""
tls_client_key 10.1 ""
tls_skip_verify_insecure 9.5 "false"
token_url "https://github.com/login/oauth/access_token"
use_refresh_token 10.1 "false"
[auth.gitlab]
allow_assign_grafana_admin "false"
allow_sign_up "true"
allowed_domains ""
allowed_groups ""
api_url "https://gitlab.com/api/v4"
auth_url "https://gitlab.com/oauth/authorize"
auto_login "false"
client_id "some_id"
client_secret ""
enabled "false"
icon 9.5 "gitlab"
login_prompt 12.2 ""
name 9.5 "GitLab"
org_mapping 11.1 ""
role_attribute_path ""
role_attribute_strict "false"
scopes 9.4 "api" 10.1 "openid email profile"
signout_redirect_url 10.3 ""
skip_org_role_sync "false"
tls_client_ca 10.1 ""
tls_client_cert 10.1 ""
tls_client_key 10.1 ""
tls_skip_verify_insecure 9.5 "false"
token_url "https://gitlab.com/oauth/token"
use_pkce 10.1 "true"
use_refresh_token 10.1 "true"
[auth.google]
allow_assign_grafana_admin 10.2 "false"
allow_sign_up "true"
allowed_domains ""
allowed_groups 10.2 ""
api_url 9.4 "https://www.googleapis.com/oauth2/v1/userinfo" 10.1 "https://openidconnect.googleapis.com/v1/userinfo"
auth_url 9.4 "https://accounts.google.com/o/oauth2/auth" 10.1 "https://accounts.google.com/o/oauth2/v2/auth"
auto_login "false"
client_id "some_client_id"
client_secret ""
enabled "false"
hosted_domain ""
icon 9.5 "google"
login_prompt 12.2 ""
name 9.5 "Google"
org_mapping 11.1 ""
role_attribute_path 10.2 ""
role_attribute_strict 10.2 "false"
scopes 9.4 "https://www.googleapis.com/auth/userinfo.profile https://www.googleapis.com/auth/userinfo.email" 10.1 "openid email profile"
signout_redirect_url 10.3 ""
skip_org_role_sync 9.4 "false" 10.2 "true"
tls_client_ca 10.1 ""
tls_client_cert 10.1 ""
tls_client_key 10.1 ""
tls_skip_verify_insecure 9.5 "false"
token_url 9.4 "https://accounts.google.com/o/oauth2/token" 10.1 "https://oauth2.googleapis.com/token"
use_pkce 10.1 "true"
use_refresh_token 10.1 "true"
validate_hd 11.0 "true"
[auth.grafana_com]
allow_sign_up "true"
allowed_organizations ""
auto_login "false"
client_id "some_id"
client_secret ""
enabled "false"
icon 9.5 "grafana"
name 9.5 "Grafana.com"
scopes "user:email"
skip_org_role_sync "false"
use_refresh_token 10.1 "false"
[auth.grafananet]
allow_sign_up "true"
allowed_organizations ""
client_id "some_id"
client_secret ""
enabled "false"
scopes "user:email"
use_refresh_token 10.1 "false"
[auth.jwt]
allow_assign_grafana_admin "false"
auto_sign_up "false"
cache_ttl "60m"
email_attribute_path 11.1 ""
email_claim ""
enable_login_token "false"
enabled "false"
expect_claims "{}"
groups_attribute_path 10.4 ""
header_name ""
jwk_set_file ""
jwk_set_url ""
key_file ""
key_id 10.2 ""
org_attribute_path 11.5 ""
org_mapping 11.5 ""
role_attribute_path ""
role_attribute_strict "false"
signout_redirect_url 10.3 "" 11.1 null
skip_org_role_sync "false"
url_login "false"
username_attribute_path 11.1 ""
username_claim ""
[auth.ldap]
active_sync_enabled "true"
allow_sign_up "true"
config_file "/etc/grafana/ldap.toml"
enabled "false"
skip_org_role_sync "false"
sync_cron "0 1 * * *"
[auth.okta]
allow_assign_grafana_admin "false"
allow_sign_up "true"
allowed_domains ""
allowed_groups ""
api_url "https://<tenant-id>.okta.com/oauth2/v1/userinfo"
auth_url "https://<tenant-id>.okta.com/oauth2/v1/authorize"
auto_login "false"
client_id "some_id"
client_secret ""
enabled "false"
icon "okta"
login_prompt 12.2 ""
name "Okta"
org_attribute_path 11.1 ""
org_mapping 11.1 ""
role_attribute_path ""
role_attribute_strict "false"
scopes "openid profile email groups"
signout_redirect_url 10.3 ""
skip_org_role_sync "false"
tls_client_ca 10.1 ""
tls_client_cert 10.1 ""
tls_client_key 10.1 ""
tls_skip_verify_insecure 9.5 "false"
token_url "https://<tenant-id>.okta.com/oauth2/v1/token"
use_pkce 10.1 "true"
use_refresh_token 10.1 "false"
[auth.proxy]
auto_sign_up "true"
enable_login_token "false"
enabled "false"
header_name "X-WEBAUTH-USER"
header_property "username"
headers ""
headers_encoded "false"
sync_ttl 9.4 "60" 11.0 "15"
whitelist ""
[aws]
allowed_auth_providers "default,keys,credentials"
assume_role_enabled "true"
external_id 10.1 ""
forward_settings_to_plugins 10.4 "cloudwatch, grafana-athena-datasource, grafana-redshift-datasource, grafana-x-ray-datasource, grafana-timestream-datasource, grafana-iot-sitewise-datasource, grafana-iot-twinmaker-app, grafana-opensearch-datasource, aws-datasource-provisioner, elasticsearch, prometheus"
list_metrics_page_limit "500"
session_duration 10.4 "15m"
[azure]
cloud "AzureCloud"
clouds_config 11.1 ""
forward_settings_to_plugins 10.3 "grafana-azure-monitor-datasource, prometheus, grafana-azure-data-explorer-datasource, mssql"
managed_identity_client_id ""
managed_identity_enabled "false"
user_identity_client_id 10.1 ""
user_identity_client_secret 10.1 ""
user_identity_enabled 10.1 "false"
user_identity_fallback_credentials_enabled 11.0 "true"
user_identity_token_url 10.1 ""
username_assertion 11.1 ""
workload_identity_client_id 10.2 ""
workload_identity_enabled 10.2 "false"
workload_identity_tenant_id 10.2 ""
workload_identity_token_file 10.2 ""
[cloud_migration]
create_access_policy_timeout 11.0 "5s"
delete_access_policy_timeout 11.0 "5s"
domain 11.1 "grafana-dev.net"
fetch_access_policy_timeout 11.0 "5s"
fetch_instance_timeout 11.0 "5s"
gcom_api_token 11.0 ""
is_target 11.0 "false"
[dashboard_previews.crawler]
max_crawl_duration 9.4 "" 10.0 null
rendering_timeout 9.4 "" 10.0 null
scheduler_interval 9.4 "" 10.0 null
thread_count 9.4 "" 10.0 null
[dashboards]
default_home_dashboard_path ""
min_refresh_interval "5s"
versions_to_keep "20"
[database]
ca_cert_path ""
cache_mode "private"
client_cert_path ""
client_key_path ""
conn_max_lifetime "14400"
host "127.0.0.1:3306"
instrument_queries 10.0 "false"
isolation_level ""
locking_attempt_timeout_sec "0"
log_queries ""
max_idle_conn "2"
max_open_conn ""
migration_locking 11.0 "true"
name "grafana"
password ""
path "grafana.db"
query_retries "0"
server_cert_name ""
ssl_mode "disable"
ssl_sni 11.0 ""
transaction_retries "5"
type "sqlite3"
url ""
user "root"
wal "false"
[dataproxy]
dialTimeout "10"
expect_continue_timeout_seconds "1"
idle_conn_timeout_seconds "90"
keep_alive_seconds "30"
logging "false"
max_conns_per_host "0"
max_idle_connections "100"
response_limit "0"
row_limit "1000000"
send_user_header "false"
timeout "30"
tls_handshake_timeout_seconds "10"
user_agent 9.5 ""
[datasources]
concurrent_query_count 10.4 "10"
datasource_limit "5000"
[date_formats]
default_timezone "browser"
full_date "YYYY-MM-DD HH:mm:ss"
interval_day "MM/DD"
interval_hour "MM/DD HH:mm"
interval_minute "HH:mm"
interval_month "YYYY-MM"
interval_second "HH:mm:ss"
interval_year "YYYY"
use_browser_locale "false"
[emails]
content_types "text/html"
templates_pattern "emails/*.html, emails/*.txt"
welcome_email_on_sign_up "false"
[enterprise]
license_path ""
[environment]
local_file_system_available 11.0 "true"
[explore]
enabled "true"
[expressions]
enabled "true"
[external_image_storage]
provider ""
[external_image_storage.azure_blob]
account_key ""
account_name ""
container_name ""
sas_token_expiration_days ""
[external_image_storage.gcs]
bucket ""
enable_signed_urls "false"
key_file ""
path ""
signed_url_expiration ""
[external_image_storage.s3]
access_key ""
bucket ""
bucket_url ""
endpoint ""
path ""
path_style_access ""
region ""
secret_key ""
[external_image_storage.webdav]
password ""
public_url ""
url ""
username ""
[feature_management]
allow_editing 10.2 "false"
hidden_toggles 10.1 ""
read_only_toggles 10.1 ""
update_webhook 10.2 ""
update_webhook_token 10.2 ""
[feature_toggles]
enable ""
[geomap]
default_baselayer_config ""
enable_custom_baselayers "true"
[grafana_com]
api_url "https://grafana.com/api"
sso_api_token 11.1 ""
url "https://grafana.com"
[grafana_net]
url "https://grafana.com"
[grpc_server]
address 10.0 "127.0.0.1:10000"
cert_file 10.0 ""
enable_logging 11.1 "false"
key_file 10.0 ""
max_recv_msg_size 11.1 ""
max_send_msg_size 11.1 ""
network 10.0 "tcp"
use_tls 10.0 "false"
[help]
enabled "true"
[live]
allowed_origins ""
ha_engine ""
ha_engine_address "127.0.0.1:6379"
ha_engine_password 10.2 ""
max_connections "100"
[log]
filters ""
level "info"
mode "console file"
user_facing_default_error 10.1 "please inspect Grafana server log for details"
[log.console]
format "console"
level ""
[log.file]
daily_rotate "true"
format "text"
level ""
log_rotate "true"
max_days "7"
max_lines "1000000"
max_size_shift "28"
[log.frontend]
api_key ""
custom_endpoint ""
enabled "false"
instrumentations_console_enabled "false"
instrumentations_errors_enabled "true"
instrumentations_webvitals_enabled "false"
internal_logger_level 10.4 "0"
log_endpoint_burst_limit "15"
log_endpoint_requests_per_second_limit "3"
provider 9.4 "sentry" 10.1 null
sample_rate 9.4 "1.0" 10.1 null
sentry_dsn 9.4 "" 10.1 null
[log.syslog]
address ""
facility ""
format "text"
level ""
network ""
tag ""
[metrics]
basic_auth_password ""
basic_auth_username ""
disable_total_stats "false"
enabled "true"
interval_seconds "10"
total_stats_collector_interval_seconds 10.2 "1800"
[metrics.graphite]
address ""
prefix "prod.grafana.%(instance_name)s."
[news]
news_feed_enabled 10.1 "true"
[panels]
disable_sanitize_html "false"
enable_alpha "false"
[paths]
data "data"
logs "data/log"
plugins "data/plugins"
provisioning "conf/provisioning"
temp_data_lifetime "24h"
[plugin.grafana-image-renderer]
grpc_host ""
grpc_port ""
rendering_args ""
rendering_chrome_bin ""
rendering_clustering_max_concurrency ""
rendering_clustering_mode ""
rendering_clustering_timeout ""
rendering_dumpio ""
rendering_ignore_https_errors ""
rendering_language ""
rendering_mode ""
rendering_timezone ""
rendering_timing_metrics 10.3 ""
rendering_verbose_logging ""
rendering_viewport_device_scale_factor ""
rendering_viewport_max_device_scale_factor ""
rendering_viewport_max_height ""
rendering_viewport_max_width ""
[plugins]
allow_loading_unsigned_plugins ""
app_tls_skip_verify_insecure "false"
disable_plugins 10.2 ""
enable_alpha "false"
enforce_public_key_download 10.0 "false" 10.1 null
forward_host_env_vars 10.3 ""
hide_angular_deprecation 10.3 ""
install_token 10.3 ""
log_backend_requests "false"
plugin_admin_enabled "true"
plugin_admin_external_manage_enabled "false"
plugin_catalog_hidden_plugins ""
plugin_catalog_url "https://grafana.com/grafana/plugins/"
public_key_retrieval_disabled 10.1 "false"
public_key_retrieval_on_startup 10.1 "false"
[profile]
enabled "true"
[public_dashboards]
enabled 10.3 "true"
[query]
concurrent_query_limit 10.1 ""
[query_history]
enabled "true"
[quota]
alerting_rule_group_rules 10.4 "100"
enabled "false"
global_alert_rule "-1"
global_api_key "-1"
global_correlations 9.5 "-1"
global_dashboard "-1"
global_file "1000"
global_org "-1"
global_session "-1"
global_user "-1"
org_alert_rule "100"
org_api_key "10"
org_dashboard "100"
org_data_source "10"
org_user "10"
user_org "10"
[rbac]
permission_cache "true"
permission_validation_enabled 10.2 "true"
reset_basic_roles "false"
[remote.alertmanager]
enabled 10.2 "false"
password 10.2 ""
sync_interval 10.3 "5m"
tenant 10.2 ""
url 10.2 ""
[remote_cache]
connstr ""
encryption ""
prefix ""
type "database"
[rendering]
callback_url ""
concurrent_render_request_limit "30"
default_image_height 11.0 "500"
default_image_scale 11.0 "1"
default_image_width 11.0 "1000"
render_key_lifetime "5m"
renderer_token "-"
server_url ""
[search]
dashboard_loading_batch_size "200"
full_reindex_interval "5m"
index_update_interval "10s"
[secretscan]
base_url 10.1 "https://secret-scanning.grafana.net"
enabled 10.1 "false"
interval 10.1 "5m"
oncall_url 10.1 ""
revoke 10.1 "true"
[secure_socks_datasource_proxy]
allow_insecure 10.3 "false"
client_cert ""
client_key ""
enabled "false"
proxy_address ""
root_ca_cert ""
server_name ""
show_ui 10.1 "true"
[security]
admin_email "admin@localhost"
admin_password "admin"
admin_user "admin"
allow_embedding "false"
angular_support_enabled 9.4 "true" 11.0 "false"
available_encryption_providers ""
content_security_policy "false"
content_security_policy_report_only "false"
content_security_policy_report_only_template "script-src 'self' 'unsafe-eval' 'unsafe-inline' 'strict-dynamic' \u0024NONCE;object-src 'none';font-src 'self';style-src 'self' 'unsafe-inline' blob:;img-src * data:;base-uri 'self';connect-src 'self' grafana.com ws://\u0024ROOT_PATH wss://\u0024ROOT_PATH;manifest-src 'self';media-src 'none';form-action 'self';"
content_security_policy_template "script-src 'self' 'unsafe-eval' 'unsafe-inline' 'strict-dynamic' \u0024NONCE;object-src 'none';font-src 'self';style-src 'self' 'unsafe-inline' blob:;img-src * data:;base-uri 'self';connect-src 'self' grafana.com ws://\u0024ROOT_PATH wss://\u0024ROOT_PATH;manifest-src 'self';media-src 'none';form-action 'self';"
cookie_samesite "lax"
cookie_secure "false"
csrf_always_check 10.0 "false"
data_source_proxy_whitelist ""
disable_brute_force_login_protection "false"
disable_frontend_sandbox_for_plugins 10.1 "" 10.3 "grafana-incident-app"
disable_gravatar "false"
disable_initial_admin_creation "false"
encryption_provider "secretKey.v1"
secret_key "SW2YcwTIb9zpOOhoPsMm"
strict_transport_security "false"
strict_transport_security_max_age_seconds "86400"
strict_transport_security_preload "false"
strict_transport_security_subdomains "false"
x_content_type_options "true"
x_xss_protection "true"
[security.encryption]
data_keys_cache_cleanup_interval "1m"
data_keys_cache_ttl "15m"
[server]
cdn_url ""
cert_file ""
cert_key ""
certs_watch_interval 11.0 ""
domain "localhost"
enable_gzip "false"
enforce_domain "false"
http_addr ""
http_port "3000"
min_tls_version 10.1 ""
protocol "http"
read_timeout "0"
root_url "%(protocol)s://%(domain)s:%(http_port)s/"
router_logging "false"
serve_from_sub_path "false"
socket "/tmp/grafana.sock"
socket_gid "-1"
socket_mode "0660"
static_root_path "public"
[service_accounts]
token_expiration_day_limit ""
[short_links]
expire_time 11.1 "7"
[smtp]
cert_file ""
ehlo_identity ""
enable_tracing 10.4 "false"
enabled "false"
from_address "admin@grafana.localhost"
from_name "Grafana"
host "localhost:25"
key_file ""
password ""
skip_verify "false"
startTLS_policy ""
user ""
[snapshots]
enabled "true"
external_enabled "true"
external_snapshot_name "Publish to snapshots.raintank.io"
external_snapshot_url "https://snapshots.raintank.io"
public_mode "false"
snapshot_remove_expired "true"
[sql_datasources]
max_conn_lifetime_default 10.0 "14400"
max_idle_conns_default 10.0 "100"
max_open_conns_default 10.0 "100"
[sso_settings]
configurable_providers 10.4 "github gitlab google generic_oauth azuread okta"
reload_interval 10.3 "1m"
[storage]
allow_unsanitized_svg_upload "false"
[support_bundles]
enabled 9.5 "true"
public_keys 9.5 ""
server_admin_only 9.5 "true"
[tracing.jaeger]
address ""
always_included_tag ""
disable_shared_zipkin_spans "false"
sampler_param "1"
sampler_type "const"
sampling_server_url ""
zipkin_propagation "false"
[tracing.opentelemetry]
custom_attributes ""
sampler_param 10.2 ""
sampler_type 10.2 ""
sampling_server_url 10.2 ""
[tracing.opentelemetry.jaeger]
address ""
propagation ""
[tracing.opentelemetry.otlp]
address ""
propagation ""
[unified_alerting]
admin_config_poll_interval "60s"
alertmanager_config_poll_interval "60s"
disable_jitter 10.4 "false"
disabled_orgs ""
enabled ""
evaluation_timeout "30s"
execute_alerts "true"
ha_advertise_address ""
ha_gossip_interval "200ms"
ha_label 10.1 ""
ha_listen_address "0.0.0.0:9094"
ha_peer_timeout "15s"
ha_peers ""
ha_push_pull_interval "60s"
ha_redis_address 10.0 ""
ha_redis_cluster_mode_enabled 11.1 "false"
ha_redis_db 10.0 ""
ha_redis_max_conns 10.2 "5"
ha_redis_password 10.0 ""
ha_redis_peer_name 10.0 ""
ha_redis_prefix 10.0 ""
ha_redis_tls_ca_path 11.1 ""
ha_redis_tls_cert_path 11.1 ""
ha_redis_tls_cipher_suites 11.1 ""
ha_redis_tls_enabled 11.1 "false"
ha_redis_tls_insecure_skip_verify 11.1 ""
ha_redis_tls_key_path 11.1 ""
ha_redis_tls_min_version 11.1 ""
ha_redis_tls_server_name 11.1 ""
ha_redis_username 10.0 ""
max_attempts 9.4 "3" 10.3 "1"
max_state_save_concurrency 10.1 "1"
min_interval "10s"
notification_log_retention 11.1 "5d"
state_periodic_save_interval 10.4 "5m"
[unified_alerting.reserved_labels]
disabled_labels ""
[unified_alerting.screenshots]
capture "false"
capture_timeout "10s"
max_concurrent_screenshots "5"
upload_external_image_storage "false"
[unified_alerting.state_history]
backend 10.0 ""
enabled "true"
loki_basic_auth_password 10.0 ""
loki_basic_auth_username 10.0 ""
loki_max_query_length 11.0 "721h"
loki_remote_read_url 10.0 ""
loki_remote_url 10.0 ""
loki_remote_write_url 10.0 ""
loki_tenant_id 10.0 ""
primary 10.0 ""
secondaries 10.0 ""
[unified_alerting.state_history.annotations]
max_age 11.0 ""
max_annotations_to_keep 11.0 ""
[unified_alerting.upgrade]
clean_upgrade 10.3 "false" 11.0 null
[users]
allow_org_create "false"
allow_sign_up "false"
auto_assign_org "true"
auto_assign_org_id "1"
auto_assign_org_role "Viewer"
default_language "en-US"
default_theme "dark"
editors_can_admin "false"
external_manage_info ""
external_manage_link_name ""
external_manage_link_url ""
hidden_users ""
home_page ""
login_default_org_id 11.0 ""
login_hint 9.4 "email or username" 11.1 ""
password_hint 9.4 "password" 11.1 ""
user_invite_max_lifetime_duration "24h"
verification_email_max_lifetime_duration 11.0 "1h"
verify_email_enabled "false"
viewers_can_edit "false"
`;

// src/settings/versions.ts
var PROFILE_IDS = [
  "9.4",
  "9.5",
  "10.0",
  "10.1",
  "10.2",
  "10.3",
  "10.4",
  "11.0",
  "11.1",
  "11.2",
  "11.3",
  "11.6",
  "13.0"
];
var ORDER = (major, minor) => major * 1e3 + minor;
function versionOrder(text) {
  const match = /^v?(\d{1,3})(?:\.(\d{1,3}))?(?:\.\d+)?(?:[-+].*)?$/.exec(text.trim());
  return match ? ORDER(Number(match[1]), Number(match[2] ?? 0)) : void 0;
}
var NEWEST_VERSION = "13.0";
function versionProfile(text) {
  const asked = text ?? NEWEST_VERSION;
  const order = versionOrder(asked);
  if (order === void 0) return void 0;
  const plain3 = `${Math.floor(order / 1e3)}.${order % 1e3}`;
  let note;
  if (order < ORDER(9, 4)) note = `Grafana ${plain3} is older than anything known here; it is treated as 9.4`;
  if (order > ORDER(13, 0)) note = `Grafana ${plain3} is newer than anything known here; it is treated as 13.0`;
  return {
    id: profileId(order),
    asked: plain3,
    order,
    isDefault: text === void 0,
    ...note === void 0 ? {} : { note },
    dialect: order >= ORDER(11, 3) ? "community" : "classic",
    provider: since(PROVIDER_READING, order),
    otherProvider: since(OTHER_PROVIDER_READING, order),
    assignedRole: since(ASSIGNED_ROLE, order)
  };
}
var PLAIN = {
  interpolation: true,
  parents: true,
  booleans: "ini",
  lists: "words",
  teamIds: "commas",
  environment: []
};
var STRICT = { ...PLAIN, interpolation: false, parents: false, booleans: "strict", teamIds: "list" };
var ENVIRONMENT = ["skip_org_role_sync", "enabled"];
var PROVIDER_READING = [
  [0, PLAIN],
  [ORDER(10, 1), { ...PLAIN, environment: ENVIRONMENT }],
  [ORDER(10, 3), { ...STRICT, environment: ENVIRONMENT }],
  [ORDER(10, 4), STRICT],
  [ORDER(11, 1), { ...PLAIN, interpolation: false, lists: "quoted", teamIds: "list" }]
];
var OTHER_PROVIDER_READING = [
  [0, void 0],
  [ORDER(10, 3), { ...PLAIN, interpolation: false, teamIds: "list" }],
  [ORDER(11, 1), { ...STRICT, lists: "quoted" }],
  [ORDER(12, 0), void 0]
];
var ASSIGNED_ROLE = [
  [0, { values: ["Editor", "Admin", "Viewer"], fallback: "Editor" }],
  [ORDER(10, 1), { values: ["Editor", "Admin", "Viewer"], fallback: "Viewer" }],
  [ORDER(10, 2), { values: ["None", "Editor", "Admin", "Viewer"], fallback: "Viewer" }]
];
function since(table, order) {
  let found2 = table[0][1];
  for (const [from, value] of table) if (from <= order) found2 = value;
  return found2;
}
function profileId(order) {
  if (order >= ORDER(12, 1)) return "13.0";
  if (order >= ORDER(11, 5)) return "11.6";
  let found2 = "9.4";
  for (const id of PROFILE_IDS) if (versionOrder(id) <= order) found2 = id;
  return found2;
}

// src/settings/defaults.ts
var EXPANDABLE_DEFAULTS = ["DEFAULT"];
var Defaults = class {
  #variables;
  #referring;
  /** Variable name → the keys it sets. */
  get variables() {
    if (!this.#variables) {
      const index = /* @__PURE__ */ new Map();
      for (const section of this.names()) {
        const prefix = envPrefix(section);
        for (const cell of this.keys(section).values()) {
          const name = prefix + envSuffix(cell.key);
          const known = index.get(name);
          if (known) known.push(cell);
          else index.set(name, [cell]);
        }
      }
      this.#variables = index;
    }
    return this.#variables;
  }
  /** Section → keys that may refer to others with `%(name)s`. */
  get referring() {
    if (!this.#referring) {
      const found2 = /* @__PURE__ */ new Map();
      for (const section of this.names()) {
        const cells = [...this.keys(section).values()].filter((cell) => cell.value.includes("%("));
        if (cells.length > 0) found2.set(section, cells);
      }
      this.#referring = found2;
    }
    return this.#referring;
  }
};
var GivenDefaults = class extends Defaults {
  constructor(sections) {
    super();
    this.sections = sections;
  }
  sections;
  names() {
    return [...this.sections.keys()];
  }
  keys(section) {
    return this.sections.get(section);
  }
  expandable() {
    return this.names();
  }
};
var VersionDefaults = class extends Defaults {
  constructor(order) {
    super();
    this.order = order;
  }
  order;
  #made = /* @__PURE__ */ new Map();
  #names;
  names() {
    this.#names ??= [...places().keys()].filter((name) => this.keys(name) !== void 0);
    return this.#names;
  }
  keys(section) {
    if (!places().has(section)) return void 0;
    if (this.#made.has(section)) return this.#made.get(section);
    const keys = this.#make(section);
    this.#made.set(section, keys);
    return keys;
  }
  expandable() {
    return EXPANDABLE_DEFAULTS;
  }
  #make(section) {
    const place = places().get(section);
    if (!place) return void 0;
    const keys = /* @__PURE__ */ new Map();
    for (const line of GRAFANA_DEFAULTS.slice(place.start, place.end).split("\n")) {
      const blank = line.indexOf(" ");
      if (blank === -1) continue;
      const key = line.slice(0, blank);
      const value = valueAt(line.slice(blank + 1), this.order);
      if (value !== null) keys.set(key, new Cell(section, key, value, "default"));
    }
    return keys.size > 0 ? keys : void 0;
  }
};
var found;
function places() {
  if (!found) {
    const map = /* @__PURE__ */ new Map();
    for (let at = GRAFANA_DEFAULTS.indexOf("\n["); at !== -1; ) {
      const close = GRAFANA_DEFAULTS.indexOf("]\n", at);
      const next = GRAFANA_DEFAULTS.indexOf("\n[", close);
      map.set(GRAFANA_DEFAULTS.slice(at + 2, close), {
        start: close + 2,
        end: next === -1 ? GRAFANA_DEFAULTS.length : next
      });
      at = next;
    }
    found = map;
  }
  return found;
}
function valueAt(written2, order) {
  if (written2.startsWith('"')) return textOf(written2);
  let value = null;
  for (const [, version, text] of written2.matchAll(/(\d+\.\d+) ("(?:[^"\\]|\\.)*"|null)/g))
    if (versionOrder(version) <= order) value = text === "null" ? null : textOf(text);
  return value;
}
function textOf(json) {
  return json.includes("\\") ? JSON.parse(json) : json.slice(1, -1);
}
var NO_DEFAULTS = new GivenDefaults(/* @__PURE__ */ new Map());
var OLDEST = versionOrder("9.4");
var made = /* @__PURE__ */ new Map();
function defaultsOf(profile) {
  const order = Math.max(profile.order, OLDEST);
  let defaults = made.get(order);
  if (!defaults) {
    defaults = new VersionDefaults(order);
    made.set(order, defaults);
  }
  return defaults;
}
function defaultsFrom(document2) {
  const sections = /* @__PURE__ */ new Map();
  for (const section of document2.sections) {
    let keys = sections.get(section.name);
    if (!keys) {
      keys = /* @__PURE__ */ new Map();
      sections.set(section.name, keys);
    }
    for (const entry of section.entries) {
      const cell = new Cell(section.name, entry.key, entry.value, "default");
      cell.entry = entry;
      cell.document = document2;
      cell.previous = keys.get(entry.key);
      keys.set(entry.key, cell);
    }
  }
  return new GivenDefaults(sections);
}

// src/settings/expand.ts
var MAX_EXPANDED = 1 << 26;
function expandEnvironment(text, find2) {
  return expand(text, (kind) => kind === "" || kind === "__env", find2);
}
function expandFiles(text, find2) {
  return expand(text, (kind) => kind === "__file", find2);
}
function fileExpanders(text) {
  const found2 = [];
  for (const { kind, name, written: written2 } of expanders(text)) if (kind === "__file") found2.push({ path: name, written: written2 });
  return found2;
}
function expand(text, wanted, find2) {
  const replaced = [];
  let length = text.length;
  for (const { at, kind, name, written: written2 } of expanders(text)) {
    const value = wanted(kind) ? find2(name) : void 0;
    if (value === void 0) continue;
    replaced.push({ at, written: written2, value });
    length += value.length - written2.length;
    if (length > MAX_EXPANDED) return { text, used: [], complete: false };
  }
  if (replaced.length === 0) return { text, used: [], complete: true };
  const used = [...new Set(replaced.map((one) => one.written))];
  return { text: inPlace(text, replaced) ?? oneByOne(text, replaced), used, complete: true };
}
function* expanders(text) {
  for (let at = text.indexOf("$"); at !== -1; ) {
    const open = endOfKind(text, at + 1);
    let next = at + 1;
    if (text.charCodeAt(open) === OPEN_BRACE) {
      const close = text.indexOf("}", open + 1);
      if (close === -1) return;
      if (close > open + 1) {
        next = close + 1;
        yield { at, kind: text.slice(at + 1, open), name: text.slice(open + 1, close), written: text.slice(at, next) };
      }
    }
    at = text.indexOf("$", next);
  }
}
var OPEN_BRACE = 123;
var UNDERSCORE = 95;
function endOfKind(text, from) {
  if (text.charCodeAt(from) !== UNDERSCORE || text.charCodeAt(from + 1) !== UNDERSCORE) return from;
  let at = from + 2;
  while (isWord(text.charCodeAt(at))) at++;
  return at > from + 2 ? at : from;
}
function isWord(code) {
  return code >= 48 && code <= 57 || code >= 65 && code <= 90 || code === UNDERSCORE || code >= 97 && code <= 122;
}
function inPlace(text, replaced) {
  const parts = [];
  let from = 0;
  for (const { at, written: written2, value } of replaced) {
    const between = text.slice(from, at);
    if (between.includes("$") || value.includes("$")) return void 0;
    parts.push(between, value);
    from = at + written2.length;
  }
  parts.push(text.slice(from));
  return parts.join("");
}
function oneByOne(text, replaced) {
  let result = text;
  for (const { written: written2, value } of replaced) {
    const at = result.indexOf(written2);
    if (at !== -1) result = result.slice(0, at) + value + result.slice(at + written2.length);
  }
  return result;
}

// src/settings/load.ts
var NO_ENV = Object.freeze(/* @__PURE__ */ Object.create(null));
function loadFiles(files, options = {}) {
  return loadDocuments({ files, documents: files.map(parseIni) }, options);
}
function loadDocuments(input, options = {}) {
  const loader = new Loader(input, options);
  const reading = loader.readFiles();
  return reading ? reading.then(() => loader.finish()) : loader.finish();
}
var Loader = class {
  constructor(input, options) {
    this.input = input;
    this.options = options;
    this.profile = input.profile ?? versionProfile(options.grafanaVersion) ?? versionProfile();
    this.env = options.env ?? NO_ENV;
    this.defaults = this.readDefaults();
    this.sections = new Sections(this.defaults);
    for (const document2 of input.documents) {
      this.reportProblems(document2);
      this.merge(document2);
    }
    this.applyEnvironment();
    this.expandVariables();
  }
  input;
  options;
  profile;
  defaults;
  sections;
  problems = [];
  env;
  /** Cells with a `$__file{…}` after the environment has been expanded. */
  waiting = [];
  /** Path → content, or why there is none. */
  contents = /* @__PURE__ */ new Map();
  readDefaults() {
    const { defaults = true } = this.options;
    if (defaults === false) return NO_DEFAULTS;
    if (defaults === true) return defaultsOf(this.profile);
    const document2 = parseIni(defaults);
    this.reportProblems(document2);
    return defaultsFrom(document2);
  }
  reportProblems(document2) {
    for (const { kind, message, productMessage, span, section } of document2.problems)
      this.problems.push({
        stage: "parse",
        severity: "error",
        kind,
        message,
        productMessage,
        path: document2.source.path,
        range: document2.range(span),
        section
      });
  }
  /**
   * Sections in order of first appearance, `DEFAULT` first; each key's last value, where it is not empty, goes to the first of
   * its section and that section's parents that has the key at that moment, else to its own section.
   */
  merge(document2) {
    for (const [name, { keys, repeated }] of readTogether2(document2)) {
      const parents = this.sections.parents(name);
      let target;
      for (const [key, entry] of keys) {
        if (entry.value === "") continue;
        target ??= this.sections.writable(name);
        const own = target.get(key);
        const parent = own || parents.length === 0 ? void 0 : this.firstWith(parents, key);
        const home = parent === void 0 ? target : this.sections.writable(parent);
        let cell = parent === void 0 ? own : home.get(key);
        const before = repeated?.get(key);
        if (before) {
          for (const line of before) if (line.value !== "") cell = fromFile(document2, line, parent, cell);
        }
        home.set(key, fromFile(document2, entry, parent, cell));
      }
    }
  }
  firstWith(sections, key) {
    for (const section of sections) if (this.sections.keys(section).has(key)) return section;
    return void 0;
  }
  /** Only keys known by now; an empty variable counts as unset. */
  applyEnvironment() {
    const given = /* @__PURE__ */ new Map();
    for (const name of Object.keys(this.env)) {
      const value = name.startsWith("GF_") ? this.env[name] : void 0;
      if (value) given.set(name, value);
    }
    if (given.size === 0) return;
    const known = this.defaults.variables;
    for (const [variable, value] of given)
      for (const { section, key } of known.get(variable) ?? []) this.override(section, key, variable, value);
    for (const [name, keys] of this.sections.own()) {
      const prefix = envPrefix(name);
      const shared = this.defaults.keys(name);
      for (const key of keys.keys()) {
        if (shared?.has(key)) continue;
        const variable = prefix + envSuffix(key);
        const value = given.get(variable);
        if (value !== void 0) this.override(name, key, variable, value);
      }
    }
  }
  override(section, key, variable, value) {
    const keys = this.sections.writable(section);
    const cell = keys.get(key).replacedBy(value, "env");
    cell.variable = variable;
    keys.set(key, cell);
  }
  /** The cells an expander may change, in the order of their sections. */
  expandable() {
    const found2 = [];
    let sections = [...this.sections.own().keys()];
    for (const section of this.defaults.expandable())
      if (!this.sections.isOwn(section)) sections = [section, ...sections];
    for (const section of sections)
      for (const cell of this.sections.keys(section).values()) if (cell.value.includes("$")) found2.push(cell);
    return found2.length > 1 ? this.inOrder(found2) : found2;
  }
  /** The first file that cannot be read stops Grafana, so the order counts. */
  inOrder(cells) {
    if (!cells.some((cell) => cell.value.includes("$__"))) return cells;
    const places2 = new Map(this.sections.names().map((name, index) => [name, index]));
    return cells.sort((a, b) => places2.get(a.section) - places2.get(b.section));
  }
  expandVariables() {
    const find2 = (name) => {
      const value = this.env[name];
      return name === "HOSTNAME" && !value ? this.options.hostname : value ?? "";
    };
    for (const cell of this.expandable()) {
      const expanded = this.change(cell, expandEnvironment(cell.value, find2));
      if (expanded.value.includes("$__file{")) this.waiting.push(expanded);
    }
  }
  change(cell, expansion) {
    if (!expansion.complete) {
      this.problems.push({
        ...placeOf(cell.origin),
        stage: "expand",
        severity: "error",
        kind: "expansion-size",
        message: `[${cell.section}] ${cell.key} grows beyond all bounds when its variables are filled in`,
        section: cell.section,
        option: cell.key
      });
    }
    if (expansion.used.length === 0) return cell;
    let target = cell;
    if (cell.kind === "default") {
      target = cell.copy();
      this.sections.writable(cell.section).set(cell.key, target);
    }
    target.unexpanded ??= target.value;
    target.expandedFrom = [...target.expandedFrom ?? [], ...expansion.used];
    target.value = expansion.text;
    return target;
  }
  /** Asks for every file named; a promise only where an answer is one. */
  readFiles() {
    const { readFile } = this.options;
    if (!readFile) return void 0;
    const pending = [];
    for (const cell of this.waiting) {
      for (const { path: path2 } of fileExpanders(cell.value)) {
        if (this.contents.has(path2)) continue;
        const keep = (content) => {
          this.contents.set(path2, { text: typeof content === "string" ? content : decode(content) });
        };
        const fail3 = (error) => {
          this.contents.set(path2, { error });
        };
        try {
          const content = readFile(path2);
          if (isPromise(content)) {
            fail3(void 0);
            pending.push(content.then(keep, fail3));
          } else keep(content);
        } catch (error) {
          fail3(error);
        }
      }
    }
    return pending.length > 0 ? Promise.all(pending).then(() => void 0) : void 0;
  }
  finish() {
    if (this.options.readFile) for (const cell of this.waiting) this.expandFilesOf(cell);
    return new Config({
      profile: this.profile,
      defaults: this.defaults,
      sections: this.sections,
      documents: this.input.documents,
      files: this.input.files,
      problems: this.problems,
      env: this.env,
      envGiven: this.options.env !== void 0
    });
  }
  expandFilesOf(cell) {
    const written2 = cell.value;
    const expansion = expandFiles(written2, (path2) => {
      const content = this.contents.get(path2);
      return content && "text" in content ? goTrim(content.text) : void 0;
    });
    for (const one of fileExpanders(written2)) {
      const content = this.contents.get(one.path);
      if (content && "error" in content) this.problems.push(unreadable(cell, one, content.error));
    }
    this.change(cell, expansion);
  }
};
function fromFile(document2, entry, parent, previous) {
  const cell = new Cell(parent ?? entry.section, entry.key, entry.value, "file");
  cell.entry = entry;
  cell.document = document2;
  cell.previous = previous;
  if (parent !== void 0) cell.writtenIn = entry.section;
  return cell;
}
function readTogether2(document2) {
  const sections = /* @__PURE__ */ new Map();
  for (const { name, entries } of document2.sections) {
    let section = sections.get(name);
    if (!section) {
      section = { keys: /* @__PURE__ */ new Map(), repeated: void 0 };
      sections.set(name, section);
    }
    for (const entry of entries) {
      const known = section.keys.get(entry.key);
      if (known) {
        section.repeated ??= /* @__PURE__ */ new Map();
        const before = section.repeated.get(entry.key);
        if (before) before.push(known);
        else section.repeated.set(entry.key, [known]);
      }
      section.keys.set(entry.key, entry);
    }
  }
  return sections;
}
var SYSTEM_SAYS = {
  ENOENT: (path2) => `stat ${path2}: no such file or directory`,
  EACCES: (path2) => `open ${path2}: permission denied`,
  EISDIR: (path2) => `read ${path2}: is a directory`
};
function unreadable(cell, expander, error) {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const says = Object.hasOwn(SYSTEM_SAYS, code) ? SYSTEM_SAYS[code](expander.path) : void 0;
  const { origin } = cell;
  const at = origin.entry?.value.indexOf(expander.written) ?? -1;
  const span = origin.entry && at !== -1 ? sourceSpan(origin.entry, at, expander.written.length) : void 0;
  return {
    ...placeOf(origin),
    ...span && origin.document && { range: origin.document.range(span) },
    stage: "expand",
    severity: "error",
    kind: "file-expander",
    message: `[${cell.section}] ${cell.key} names the file ${expander.path}, which cannot be read${code ? ` (${code})` : ""}`,
    ...says && {
      productMessage: `got error while expanding ${cell.section}.${cell.key} with expander 'file': ${says}`
    },
    section: cell.section,
    option: cell.key
  };
}
function isPromise(value) {
  return typeof value.then === "function";
}
function decode(bytes) {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

// src/settings/read.ts
var TRUE = /* @__PURE__ */ new Set(["1", "t", "T", "true", "TRUE", "True", "YES", "yes", "Yes", "y", "ON", "on", "On"]);
var FALSE = /* @__PURE__ */ new Set(["0", "f", "F", "false", "FALSE", "False", "NO", "no", "No", "n", "OFF", "off", "Off"]);
var STRICT_TRUE = /* @__PURE__ */ new Set(["1", "t", "T", "TRUE", "true", "True"]);
var STRICT_FALSE = /* @__PURE__ */ new Set(["0", "f", "F", "FALSE", "false", "False", ""]);
function readBoolean(text) {
  if (TRUE.has(text)) return true;
  return FALSE.has(text) ? false : void 0;
}
function readStrictBoolean(text) {
  if (STRICT_TRUE.has(text)) return true;
  return STRICT_FALSE.has(text) ? false : void 0;
}
var INTEGER = /^[+-]?(?:0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])+|0|[1-9](?:_?[0-9])*)$/;
var INT64_MAX = 2n ** 63n - 1n;
function readInteger(text) {
  if (!INTEGER.test(text)) return void 0;
  const negative = text.startsWith("-");
  const digits = text.replace(/^[+-]/, "").replaceAll("_", "").replace(/^0(?=[0-7])/, "0o");
  const value = negative ? -BigInt(digits) : BigInt(digits);
  return value > INT64_MAX || value < -INT64_MAX - 1n ? void 0 : Number(value);
}
function readList(text, lists) {
  if (goTrim(text).startsWith("[")) return readJsonList(text);
  return { items: lists === "quoted" ? quotedItems(text) : words(text) };
}
function readJsonList(text) {
  const broken = { items: [], error: `incorrect format: ${text}` };
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return broken;
  }
  if (!Array.isArray(value) || !value.every((item) => item === null || typeof item === "string")) return broken;
  return { items: value.map((item) => wellFormed(item ?? "")) };
}
function wellFormed(text) {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\uFFFD");
}
function words(text) {
  const items = [];
  let start = 0;
  for (let at = 0; at <= text.length; at++) {
    if (at < text.length && text[at] !== "," && !isGoSpace(text.charCodeAt(at))) continue;
    if (at > start) items.push(text.slice(start, at));
    start = at + 1;
  }
  return items;
}
function quotedItems(text) {
  return (text.match(/"[^"]+"|[^,\t\n\v\f\r ]+/g) ?? []).map((item) => item.replace(/^"+/, "").replace(/"+$/, ""));
}
function readCommaList(text) {
  const items = [];
  let item = "";
  let escaped = false;
  for (const character of text) {
    if (escaped) {
      item += character === "," || character === "\\" ? character : `\\${character}`;
      escaped = false;
    } else if (character === "\\") escaped = true;
    else if (character === ",") {
      items.push(goTrim(item));
      item = "";
    } else item += character;
  }
  if (item !== "") items.push(goTrim(item));
  return items;
}
function readTeamIds(text, reading) {
  return reading.teamIds === "commas" ? { items: readCommaList(text) } : readList(text, reading.lists);
}

// src/settings/toggles.ts
function hasToggle(config, name) {
  const own = config.get("feature_toggles", name);
  if (own) return readStrictBoolean(own.value);
  const list = config.get("feature_toggles", "enable")?.interpolated ?? "";
  return readList(list, config.profile.provider.lists).items.includes(name) ? true : void 0;
}

// src/settings/provider.ts
var PROVIDER_BOOLEANS = [
  "allow_assign_grafana_admin",
  "allow_sign_up",
  "auto_login",
  "empty_scopes",
  "enabled",
  "role_attribute_strict",
  "skip_org_role_sync",
  "tls_skip_verify_insecure",
  "use_pkce",
  "use_refresh_token"
];
function readProvider(config, section) {
  const reading = providerReading(config);
  return new Provider(section, config.profile, reading, new SectionTexts(config, section, reading));
}
function providerFromTexts(options, section, profile) {
  const texts = options instanceof Map ? options : new Map(Object.entries(options));
  return new Provider(section, profile, profile.provider, new TableTexts(texts));
}
function providerReading(config) {
  const { profile } = config;
  if (!profile.otherProvider) return profile.provider;
  const toggle = hasToggle(config, "ssoSettingsApi");
  const strict = profile.provider.booleans === "strict";
  return toggle === void 0 || toggle !== strict ? profile.provider : profile.otherProvider;
}
function cloudSection(config) {
  if (readProvider(config, CLOUD_SECTION).enabled) return CLOUD_SECTION;
  if (readProvider(config, LEGACY_CLOUD_SECTION).enabled) return LEGACY_CLOUD_SECTION;
  return isWritten(config, CLOUD_ALIAS) && !isWritten(config, CLOUD_SECTION) ? CLOUD_ALIAS : CLOUD_SECTION;
}
function isWritten(config, section) {
  for (const setting of config.settings(section)) if (setting.origin.origin !== "default") return true;
  return false;
}
function isCloudSection(section) {
  return section === CLOUD_SECTION || section === LEGACY_CLOUD_SECTION || section === CLOUD_ALIAS;
}
var Provider = class {
  constructor(section, profile, reading, texts) {
    this.section = section;
    this.profile = profile;
    this.reading = reading;
    this.texts = texts;
    this.product = isCloudSection(section) ? "grafana-cloud" : "grafana";
    this.notCreated = reading.booleans === "strict" ? this.unreadableBoolean() : void 0;
  }
  section;
  profile;
  reading;
  texts;
  product;
  notCreated;
  #options;
  get options() {
    if (!this.#options) {
      const options = /* @__PURE__ */ new Map();
      for (const key of this.texts.keys()) options.set(key, this.text(key));
      this.#options = options;
    }
    return this.#options;
  }
  get created() {
    return this.notCreated === void 0;
  }
  get enabled() {
    return this.created && this.flag("enabled");
  }
  setting(key) {
    return this.texts.setting(key);
  }
  text(key) {
    return (this.reading.interpolation ? this.texts.interpolated(key) : this.texts.raw(key)) ?? "";
  }
  flag(key, fallback = false) {
    if (this.reading.booleans === "strict") return readStrictBoolean(this.texts.raw(key) ?? "") ?? false;
    return readBoolean(this.texts.interpolated(key) ?? "") ?? fallback;
  }
  list(key) {
    return readList(this.text(key), this.reading.lists);
  }
  teamIds() {
    return readTeamIds(this.text("team_ids"), this.reading);
  }
  unreadableBoolean() {
    for (const option of PROVIDER_BOOLEANS) {
      const value = this.texts.raw(option);
      if (value === void 0 || readStrictBoolean(value) !== void 0) continue;
      return {
        option,
        value,
        message: `Grafana ${this.profile.asked} does not create the provider: it cannot read ${option} = ${value}`,
        productMessage: "Failed to create OAuthInfo for provider"
      };
    }
    return void 0;
  }
};
var TableTexts = class {
  constructor(texts) {
    this.texts = texts;
  }
  texts;
  raw(key) {
    return this.texts.get(key);
  }
  interpolated(key) {
    const text = this.texts.get(key);
    if (!text?.includes("%(")) return text;
    return interpolate(text, (name) => name === key ? void 0 : this.texts.get(name)).text;
  }
  setting() {
    return void 0;
  }
  keys() {
    return this.texts.keys();
  }
};
var SectionTexts = class {
  constructor(config, section, reading) {
    this.config = config;
    this.section = section;
    this.reading = reading;
  }
  config;
  section;
  reading;
  raw(key) {
    return this.setting(key)?.value;
  }
  interpolated(key) {
    return this.setting(key)?.interpolated;
  }
  setting(key) {
    const { config, section, reading } = this;
    if (reading.environment.includes(key)) {
      const found2 = this.fromVariable(key, (text) => text);
      if (found2) return found2;
    }
    const own = config.get(section, key);
    if (own) return own;
    if (section === CLOUD_ALIAS) {
      const standard = config.defaultOf(CLOUD_SECTION, key);
      if (standard !== void 0)
        return this.fromVariable(key, (text) => expandEnvironment(text, (name) => config.env[name] ?? "").text) ?? this.view(new Cell(section, key, standard, "default"));
    }
    return reading.parents ? config.lookup(section, key) : void 0;
  }
  *keys() {
    const { config, section } = this;
    const seen = /* @__PURE__ */ new Set();
    for (const one of config.settings(section)) seen.add(one.key);
    if (section === CLOUD_ALIAS) for (const one of config.defaults(CLOUD_SECTION)) seen.add(one.key);
    if (this.reading.parents)
      for (const parent of config.parentsOf(section)) for (const one of config.settings(parent)) seen.add(one.key);
    for (const key of this.reading.environment) if (this.setting(key)) seen.add(key);
    yield* seen;
  }
  fromVariable(key, expand2) {
    const variable = envName(this.section, key);
    const text = this.config.env[variable];
    if (!text) return void 0;
    const cell = new Cell(this.section, key, expand2(text), "env");
    cell.variable = variable;
    return this.view(cell);
  }
  view(cell) {
    return new SettingView(cell, () => this.config.interpolate(this.section, cell.key, cell.value));
  }
};
function readServer(config) {
  const text = (section, key) => config.lookup(section, key)?.interpolated ?? "";
  const role = text("users", "auto_assign_org_role");
  const { values, fallback } = config.profile.assignedRole;
  return {
    auto_assign_org_role: values.includes(role) ? role : fallback,
    auto_assign_org: readBoolean(text("users", "auto_assign_org")) ?? true,
    auto_assign_org_id: readInteger(text("users", "auto_assign_org_id")) ?? 1,
    oauth_skip_org_role_update_sync: readBoolean(text("auth", "oauth_skip_org_role_update_sync")) ?? false,
    grafana_com_url: text("grafana_com", "url") || text("grafana_net", "url") || "https://grafana.com"
  };
}

// src/text/go-json.ts
var MAX_JSON_DEPTH = 1e4;
var NEEDS_CARE = /\d[eE]\+?\d{3}|\d{200}|\\u[dD][89a-fA-F]|\p{Surrogate}/u;
function decodeGoJson(text, outOfRange = null) {
  if (!NEEDS_CARE.test(text) && (text.length <= MAX_JSON_DEPTH || nesting(text) <= MAX_JSON_DEPTH)) {
    try {
      return { value: JSON.parse(text) };
    } catch {
    }
  }
  return new GoJsonReader(text, outOfRange).read();
}
function setOwn(target, key, value) {
  if (key === "__proto__")
    Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}
function nesting(text) {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === 34) {
      for (at++; at < text.length && text.charCodeAt(at) !== 34; at++) if (text.charCodeAt(at) === 92) at++;
    } else if (unit === 91 || unit === 123) {
      if (++depth > deepest) deepest = depth;
    } else if (unit === 93 || unit === 125) depth--;
  }
  return deepest;
}
var Problem = class {
  constructor(message, offset) {
    this.message = message;
    this.offset = offset;
  }
  message;
  offset;
};
var ESCAPES = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "	"
};
var GoJsonReader = class {
  constructor(text, outOfRange) {
    this.text = text;
    this.outOfRange = outOfRange;
  }
  text;
  outOfRange;
  #at = 0;
  #overflow;
  read() {
    try {
      const value = this.#document();
      if (this.#overflow === void 0) return { value };
      return { error: { message: this.#overflow.message, offset: this.#overflow.offset, partial: { value } } };
    } catch (problem) {
      if (problem instanceof Problem) return { error: { message: problem.message, offset: problem.offset } };
      throw problem;
    }
  }
  #document() {
    const stack = [];
    let value;
    for (; ; ) {
      this.#blanks();
      const char = this.text[this.#at];
      if (char === "[" || char === "{") {
        if (stack.length === MAX_JSON_DEPTH) throw new Problem("exceeded max depth", this.#at);
        this.#at++;
        const open = { container: char === "[" ? [] : {}, key: "" };
        this.#blanks();
        if (this.text[this.#at] === (char === "[" ? "]" : "}")) {
          this.#at++;
          value = open.container;
        } else {
          stack.push(open);
          if (char === "{") this.#key(open);
          continue;
        }
      } else value = this.#scalar(char);
      for (; ; ) {
        const open = stack[stack.length - 1];
        if (open === void 0) {
          this.#blanks();
          if (this.#at < this.text.length) throw this.#unexpected("after top-level value");
          return value;
        }
        const isArray = Array.isArray(open.container);
        if (isArray) open.container.push(value);
        else setOwn(open.container, open.key, value);
        this.#blanks();
        const next = this.text[this.#at];
        if (next === ",") {
          this.#at++;
          if (!isArray) this.#key(open);
          break;
        }
        if (next !== (isArray ? "]" : "}"))
          throw this.#unexpected(isArray ? "after array element" : "after object key:value pair");
        this.#at++;
        value = open.container;
        stack.pop();
      }
    }
  }
  #key(open) {
    this.#blanks();
    if (this.text[this.#at] !== '"') throw this.#unexpected("looking for beginning of object key string");
    open.key = this.#string();
    this.#blanks();
    if (this.text[this.#at] !== ":") throw this.#unexpected("after object key");
    this.#at++;
  }
  #scalar(char) {
    switch (char) {
      case '"':
        return this.#string();
      case "t":
        return this.#word("true", true);
      case "f":
        return this.#word("false", false);
      case "n":
        return this.#word("null", null);
      default:
        if (char === "-" || char !== void 0 && char >= "0" && char <= "9") return this.#number();
        throw this.#unexpected("looking for beginning of value");
    }
  }
  #word(word, value) {
    for (let n2 = 1; n2 < word.length; n2++) {
      this.#at++;
      if (this.text[this.#at] !== word[n2])
        throw this.#unexpected(
          `in literal ${word} (expecting '${word[n2]}')`,
          /* blankAtEnd */
          true
        );
    }
    this.#at++;
    return value;
  }
  #number() {
    const start = this.#at;
    if (this.text[this.#at] === "-") this.#at++;
    if (this.text[this.#at] === "0") this.#at++;
    else this.#digits("in numeric literal");
    if (this.text[this.#at] === ".") {
      this.#at++;
      this.#digits("after decimal point in numeric literal");
    }
    if (this.text[this.#at] === "e" || this.text[this.#at] === "E") {
      this.#at++;
      if (this.text[this.#at] === "+" || this.text[this.#at] === "-") this.#at++;
      this.#digits("in exponent of numeric literal");
    }
    const written2 = this.text.slice(start, this.#at);
    const value = Number(written2);
    if (Number.isFinite(value)) return value;
    this.#overflow ??= new Problem(`json: cannot unmarshal number ${written2} into Go value of type float64`, start);
    return this.outOfRange;
  }
  #digits(where) {
    const start = this.#at;
    while (isDigit(this.text.charCodeAt(this.#at))) this.#at++;
    if (this.#at === start) throw this.#unexpected(where, true);
  }
  #string() {
    let result = "";
    let start = ++this.#at;
    for (; ; ) {
      const unit = this.text.charCodeAt(this.#at);
      if (Number.isNaN(unit)) throw new Problem("unexpected end of JSON input", this.text.length);
      if (unit < 32) throw this.#unexpected("in string literal");
      if (unit === 34) {
        result += this.text.slice(start, this.#at++);
        return wellFormed2(result);
      }
      if (unit !== 92) {
        this.#at++;
        continue;
      }
      result += this.text.slice(start, this.#at++);
      const char = this.text[this.#at] ?? "";
      if (char === "u") {
        result += String.fromCharCode(this.#hex());
      } else {
        const plain3 = Object.hasOwn(ESCAPES, char) ? ESCAPES[char] : void 0;
        if (plain3 === void 0) throw this.#unexpected("in string escape code", true);
        result += plain3;
        this.#at++;
      }
      start = this.#at;
    }
  }
  #hex() {
    let value = 0;
    this.#at++;
    for (let n2 = 0; n2 < 4; n2++, this.#at++) {
      const digit = Number.parseInt(this.text[this.#at] ?? "", 16);
      if (Number.isNaN(digit)) throw this.#unexpected("in \\u hexadecimal character escape", true);
      value = value * 16 + digit;
    }
    return value;
  }
  #blanks() {
    for (; ; ) {
      const unit = this.text.charCodeAt(this.#at);
      if (unit !== 32 && unit !== 10 && unit !== 13 && unit !== 9) return;
      this.#at++;
    }
  }
  /** Inside a token Go looks at a blank behind the end of the text; elsewhere it speaks of the end. */
  #unexpected(where, blankAtEnd = false) {
    if (this.#at >= this.text.length && !blankAtEnd)
      return new Problem("unexpected end of JSON input", this.text.length);
    return new Problem(`invalid character ${quoteByte(this.text, this.#at)} ${where}`, this.#at);
  }
};
function isDigit(unit) {
  return unit >= 48 && unit <= 57;
}
function wellFormed2(text) {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}
function quoteByte(text, at) {
  if (at >= text.length) return "' '";
  const char = String.fromCodePoint(text.codePointAt(at));
  if (char === "'") return "'\\''";
  if (char === '"') return `'"'`;
  const byte = new TextEncoder().encode(char)[0];
  const special = {
    7: "\\a",
    8: "\\b",
    9: "\\t",
    10: "\\n",
    11: "\\v",
    12: "\\f",
    13: "\\r",
    92: "\\\\"
  };
  const named = special[byte];
  if (named !== void 0) return `'${named}'`;
  if (byte < 32 || byte === 127) return `'\\x${byte.toString(16).padStart(2, "0")}'`;
  if (byte >= 128 && byte <= 160 || byte === 173) return `'\\u00${byte.toString(16)}'`;
  return `'${String.fromCharCode(byte)}'`;
}

// src/text/json-tree.ts
var JsonSyntaxError = class extends Error {
  offset;
  constructor(message, offset) {
    super(message);
    this.name = "JsonSyntaxError";
    this.offset = offset;
  }
};
var MAX_DEPTH = 1e4;
function parseJsonTree(text) {
  return new Reader2(text).document();
}
var Reader2 = class {
  #text;
  #at = 0;
  constructor(text) {
    this.#text = text;
  }
  document() {
    const stack = [];
    let key;
    this.#blanks();
    while (true) {
      let done;
      const start = this.#at;
      const character = this.#text[start];
      if (character === "{" || character === "[") {
        if (stack.length >= MAX_DEPTH) throw new JsonSyntaxError("exceeded max depth", start);
        const node = character === "{" ? { kind: "object", start, end: start, members: [] } : { kind: "array", start, end: start, items: [] };
        this.#at++;
        this.#blanks();
        if (stack.length > 0 || key !== void 0) attach(stack[stack.length - 1], key, node);
        if (this.#text[this.#at] === (character === "{" ? "}" : "]")) {
          node.end = ++this.#at;
          done = node;
        } else {
          stack.push(node);
          key = node.kind === "object" ? this.#key("looking for beginning of object key string") : void 0;
          continue;
        }
      } else {
        done = this.#scalar();
        if (stack.length > 0) attach(stack[stack.length - 1], key, done);
      }
      while (true) {
        this.#blanks();
        const parent = stack[stack.length - 1];
        if (parent === void 0) {
          if (this.#at < this.#text.length) this.#unexpected("after top-level value");
          return done;
        }
        const next = this.#text[this.#at];
        if (next === ",") {
          this.#at++;
          this.#blanks();
          key = parent.kind === "object" ? this.#key("looking for beginning of object key string") : void 0;
          break;
        }
        if (next !== (parent.kind === "object" ? "}" : "]"))
          this.#unexpected(parent.kind === "object" ? "after object key:value pair" : "after array element");
        parent.end = ++this.#at;
        stack.pop();
        done = parent;
      }
    }
  }
  #key(context) {
    const keyStart = this.#at;
    if (this.#text[this.#at] !== '"') this.#unexpected(context);
    const key = this.#string();
    this.#blanks();
    if (this.#text[this.#at] !== ":") this.#unexpected("after object key");
    this.#at++;
    this.#blanks();
    return { key, keyStart };
  }
  #scalar() {
    const start = this.#at;
    const character = this.#text[start];
    switch (character) {
      case '"': {
        const value = this.#string();
        return { kind: "string", start, end: this.#at, value };
      }
      case "t":
        this.#literal("true");
        return { kind: "boolean", start, end: this.#at, value: true };
      case "f":
        this.#literal("false");
        return { kind: "boolean", start, end: this.#at, value: false };
      case "n":
        this.#literal("null");
        return { kind: "null", start, end: this.#at };
      default:
        if (character !== "-" && !isDigit2(character)) this.#unexpected("looking for beginning of value");
        this.#number();
        return { kind: "number", start, end: this.#at, text: this.#text.slice(start, this.#at) };
    }
  }
  #literal(word) {
    for (const letter of word) {
      if (this.#text[this.#at] !== letter) this.#unexpected(`in literal ${word} (expecting '${letter}')`, true);
      this.#at++;
    }
  }
  #number() {
    if (this.#text[this.#at] === "-") this.#at++;
    if (this.#text[this.#at] === "0") this.#at++;
    else this.#digits("in numeric literal");
    if (this.#text[this.#at] === ".") {
      this.#at++;
      this.#digits("after decimal point in numeric literal");
    }
    if (this.#text[this.#at] === "e" || this.#text[this.#at] === "E") {
      this.#at++;
      if (this.#text[this.#at] === "+" || this.#text[this.#at] === "-") this.#at++;
      this.#digits("in exponent of numeric literal");
    }
  }
  #digits(context) {
    if (!isDigit2(this.#text[this.#at])) this.#unexpected(context, true);
    while (isDigit2(this.#text[this.#at])) this.#at++;
  }
  /** A string, its opening quote being here. Lone surrogates become U+FFFD, as they do in Go's UTF-8. */
  #string() {
    const text = this.#text;
    let at = this.#at + 1;
    let from = at;
    let result = "";
    while (true) {
      const code = text.charCodeAt(at);
      if (code === 34) {
        result += text.slice(from, at);
        this.#at = at + 1;
        return wellFormed2(result);
      }
      if (code === 92) {
        result += text.slice(from, at);
        this.#at = at + 1;
        result += this.#escape();
        at = this.#at;
        from = at;
      } else if (code < 32 || Number.isNaN(code)) {
        this.#at = at;
        this.#unexpected("in string literal");
      } else at++;
    }
  }
  #escape() {
    const letter = this.#text[this.#at];
    const short = letter === void 0 ? void 0 : ESCAPES2[letter];
    if (short !== void 0) {
      this.#at++;
      return short;
    }
    if (letter !== "u") this.#unexpected("in string escape code", true);
    this.#at++;
    for (let count2 = 0; count2 < 4; count2++) {
      const digit = this.#text[this.#at];
      if (digit === void 0 || !/[0-9A-Fa-f]/.test(digit))
        this.#unexpected("in \\u hexadecimal character escape", true);
      this.#at++;
    }
    return String.fromCharCode(Number.parseInt(this.#text.slice(this.#at - 4, this.#at), 16));
  }
  #blanks() {
    while (true) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.#at++;
    }
  }
  /** `inToken`: there Go looks at a blank behind the end of the text; elsewhere it speaks of the end. */
  #unexpected(context, inToken = false) {
    if (this.#at >= this.#text.length && !inToken) throw new JsonSyntaxError("unexpected end of JSON input", this.#at);
    throw new JsonSyntaxError(`invalid character ${quoteByte(this.#text, this.#at)} ${context}`, this.#at);
  }
};
function attach(parent, key, value) {
  if (parent.kind === "object") parent.members.push({ key: key.key, keyStart: key.keyStart, value });
  else parent.items.push(value);
}
var ESCAPES2 = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "	"
};
function isDigit2(character) {
  return character !== void 0 && character >= "0" && character <= "9";
}

// src/claims/body.ts
var Body = class {
  /**
   * The decoded document where it is known that Go decodes the text to this very value and that no key which fills a struct
   * field stands in it twice or in another case; else undefined.
   */
  plain = void 0;
  /** The tree with every duplicate. Throws JsonSyntaxError. */
  tree() {
    return parseJsonTree(this.text);
  }
  /** The whole document for attribute paths. */
  document() {
    const decoded = decodeGoJson(this.text);
    return decoded.error === void 0 ? { ok: true, value: decoded.value } : { ok: false, error: decoded.error.message };
  }
};
var TextBody = class extends Body {
  constructor(text) {
    super();
    this.text = text;
  }
  text;
};
var ValueBody = class extends Body {
  constructor(value) {
    super();
    this.value = value;
  }
  value;
  #text;
  get text() {
    this.#text ??= writeJson(this.value);
    return this.#text;
  }
};
var PlainBody = class extends Body {
  #write;
  plain;
  constructor(value, write2) {
    super();
    this.plain = { value };
    this.#write = write2;
  }
  get text() {
    return this.#write();
  }
  document() {
    return { ok: true, value: this.plain.value };
  }
};
function writeJson(value) {
  let huge = false;
  const text = JSON.stringify(value, (_key, item) => {
    if (item === Number.POSITIVE_INFINITY || item === Number.NEGATIVE_INFINITY) huge = true;
    return typeof item === "bigint" ? item.toString() : item;
  });
  if (text === void 0) return "";
  return huge ? writeHuge(value) : text;
}
var HUGE = "huge";
function writeHuge(value) {
  const text = JSON.stringify(value, (_key, item) => {
    if (item === Number.POSITIVE_INFINITY) return HUGE;
    if (item === Number.NEGATIVE_INFINITY) return `-${HUGE}`;
    return typeof item === "bigint" ? item.toString() : item;
  });
  return text.replace(/"(-?)\\u0001huge\\u0001"/g, "$11e999");
}

// src/claims/envelope.ts
function isTable(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Body);
}
function bodyOf(value) {
  if (value instanceof Body) return value;
  return typeof value === "string" ? new TextBody(value) : new ValueBody(value);
}
function isAnswer(value) {
  return isTable(value) && typeof value["status"] === "number" && Object.keys(value).every((key) => key === "status" || key === "body");
}
function answer(value) {
  if (!isAnswer(value)) return { status: 200, body: bodyOf(value) };
  return { status: value.status, body: value.body === void 0 ? NO_BODY : bodyOf(value.body) };
}
var NO_BODY = new TextBody("");
function httpAnswer(url, value) {
  if (!isTable(value))
    throw new UsageError(`the payload's http["${url}"] is no answer`, {
      hint: 'write { "status": 200, "body": \u2026 } or { "error": "text" }'
    });
  if (typeof value["error"] === "string") return { error: value["error"] };
  const status = value["status"] ?? 200;
  if (typeof status !== "number") throw new UsageError(`the payload's http["${url}"].status is no number`);
  return { status, body: value["body"] === void 0 ? NO_BODY : bodyOf(value["body"]) };
}
function recordedAnswers(envelope2) {
  let http;
  if (envelope2.http !== void 0 && envelope2.http !== null) {
    if (!isTable(envelope2.http)) throw new UsageError(`the payload's "http" is no object of URL \u2192 answer`);
    http = new Map(Object.entries(envelope2.http).map(([url, value]) => [url, httpAnswer(url, value)]));
  }
  const one = (key) => envelope2[key] === void 0 ? void 0 : answer(envelope2[key]);
  return { http, userinfo: one("userinfo"), emails: one("emails"), teams: one("teams"), orgs: one("orgs") };
}
function recordedToken(envelope2, attribute2) {
  const { token } = envelope2;
  if (token !== void 0 && token !== null && !isTable(token))
    throw new UsageError(`the payload's "token" is no object`, {
      hint: 'it is the answer of the token endpoint: { "access_token": "\u2026", "id_token": "\u2026" }'
    });
  const table = token ?? {};
  const accessToken = Object.hasOwn(table, "access_token") ? table["access_token"] : envelope2.access_token;
  let idToken;
  if (Object.hasOwn(table, attribute2)) idToken = table[attribute2];
  else if (attribute2 === "access_token") idToken = envelope2.access_token ?? envelope2.id_token;
  else idToken = envelope2.id_token;
  const absent = idToken === void 0 || idToken === null;
  return {
    idToken: absent ? void 0 : idToken,
    claims: absent && envelope2.id_token_claims !== void 0 ? bodyOf(envelope2.id_token_claims) : void 0,
    accessToken: typeof accessToken === "string" ? accessToken : ""
  };
}
function knownOrgs(envelope2) {
  const { organizations } = envelope2;
  if (organizations === void 0 || organizations === null) return organizations;
  const wrong = () => new UsageError(`the payload's "organizations" is no object of name \u2192 id`, {
    hint: 'write { "Main Org.": 1 }, or null where Grafana cannot list them'
  });
  if (!isTable(organizations)) throw wrong();
  if (Object.values(organizations).some((id) => !Number.isSafeInteger(id))) throw wrong();
  return organizations;
}

// src/text/go-format.ts
var MAX_NUMBER = 1e6;
function formatWithoutArguments(format) {
  if (!format.includes("%")) return format;
  let result = "";
  let at = 0;
  while (at < format.length) {
    const percent = format.indexOf("%", at);
    if (percent === -1) return result + format.slice(at);
    result += format.slice(at, percent);
    const verb = readVerb(format, percent + 1);
    result += verb.text;
    at = verb.end;
  }
  return result;
}
function readVerb(format, start) {
  let at = start;
  let text = "";
  let afterIndex = false;
  let badIndex = false;
  const index = () => {
    afterIndex = false;
    if (format[at] !== "[") return;
    badIndex = true;
    const close = format.indexOf("]", at + 1);
    if (close === -1 || format.length - at < 3) {
      at += 1;
      return;
    }
    afterIndex = number(format.slice(at + 1, close)) !== void 0;
    at = close + 1;
  };
  const digits = () => {
    const from = at;
    while (at < format.length && format[at] >= "0" && format[at] <= "9") {
      if (Number(format.slice(from, at)) > MAX_NUMBER) {
        at = format.length;
        return false;
      }
      at++;
    }
    return at > from;
  };
  while (at < format.length && "#0+- ".includes(format[at])) at++;
  index();
  if (format[at] === "*") {
    at++;
    text += "%!(BADWIDTH)";
    afterIndex = false;
  } else if (digits() && afterIndex) badIndex = true;
  if (format[at] === ".") {
    at++;
    if (afterIndex) badIndex = true;
    index();
    if (format[at] === "*") {
      at++;
      text += "%!(BADPREC)";
      afterIndex = false;
    } else digits();
  }
  if (!afterIndex) index();
  if (at >= format.length) return { text: `${text}%!(NOVERB)`, end: format.length };
  const verb = String.fromCodePoint(format.codePointAt(at));
  const end = at + verb.length;
  if (verb === "%") return { text: `${text}%`, end };
  return { text: `${text}%!${verb}(${badIndex ? "BADINDEX" : "MISSING"})`, end };
}
function number(text) {
  return /^\d+$/.test(text) && Math.floor(Number(text) / 10) <= MAX_NUMBER ? Number(text) : void 0;
}

// src/text/go-url.ts
var UrlError = class extends Error {
};
function requestUrl(text) {
  let parsed;
  try {
    parsed = parse(text);
  } catch (error) {
    if (error instanceof UrlError) return { ok: false, error: `parse ${JSON.stringify(text)}: ${error.message}` };
    throw error;
  }
  const written2 = write(parsed);
  if (parsed.scheme !== "http" && parsed.scheme !== "https")
    return {
      ok: false,
      error: `Get ${JSON.stringify(written2)}: unsupported protocol scheme ${JSON.stringify(parsed.scheme)}`
    };
  if (parsed.host === "") return { ok: false, error: `Get ${JSON.stringify(written2)}: http: no Host in request URL` };
  return { ok: true, url: written2 };
}
function parse(text) {
  const hash = text.indexOf("#");
  const main = hash === -1 ? text : text.slice(0, hash);
  const fragment = hash === -1 ? "" : text.slice(hash + 1);
  const parts = { scheme: "", opaque: "", user: void 0, host: "", path: "", query: "", fragment: "" };
  if (/[\x00-\x1f\x7f]/.test(main)) throw new UrlError("net/url: invalid control character in URL");
  let rest2 = main;
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*)?:/.exec(main);
  if (scheme) {
    if (scheme[1] === void 0) throw new UrlError("missing protocol scheme");
    parts.scheme = scheme[1].toLowerCase();
    rest2 = main.slice(scheme[0].length);
  }
  const mark = rest2.indexOf("?");
  if (mark !== -1) {
    parts.query = rest2.slice(mark);
    rest2 = rest2.slice(0, mark);
  }
  if (!rest2.startsWith("/")) {
    if (parts.scheme !== "") {
      parts.opaque = rest2;
      rest2 = "";
    } else if (rest2.split("/")[0].includes(":")) throw new UrlError("first path segment in URL cannot contain colon");
  }
  if (rest2.startsWith("//") && (parts.scheme !== "" || !rest2.startsWith("///"))) {
    const slash = rest2.indexOf("/", 2);
    const authority = slash === -1 ? rest2.slice(2) : rest2.slice(2, slash);
    rest2 = slash === -1 ? "" : rest2.slice(slash);
    const at = authority.lastIndexOf("@");
    if (at !== -1) parts.user = userinfo(authority.slice(0, at));
    parts.host = host(authority.slice(at + 1));
  }
  parts.path = path(rest2);
  if (fragment !== "") parts.fragment = `#${normalize(fragment, FRAGMENT_SAFE)}`;
  return parts;
}
function write(parts) {
  let result = parts.scheme === "" ? "" : `${parts.scheme}:`;
  if (parts.opaque !== "") return result + parts.opaque + parts.query + parts.fragment;
  if ((parts.scheme !== "" || parts.host !== "" || parts.user !== void 0) && (parts.host !== "" || parts.user !== void 0)) {
    result += `//${parts.user === void 0 ? "" : `${parts.user}@`}${parts.host}`;
  }
  return result + parts.path + parts.query + parts.fragment;
}
var PATH_SAFE = /[A-Za-z0-9\-_.~$&+,/:;=@]/;
var USER_SAFE = /[A-Za-z0-9\-_.~$&+,;=]/;
var FRAGMENT_SAFE = /[A-Za-z0-9\-_.~$&+,/:;=?@!()*]/;
var VALID_WRITTEN = /^(?:[A-Za-z0-9\-_.~$&+,/:;=?@!'()*[\]]|%[0-9A-Fa-f]{2})*$/;
function path(text) {
  checkEscapes(text);
  if (!text.includes("?") && VALID_WRITTEN.test(text)) return text;
  return encodeBytes(decodeEscapes(text), PATH_SAFE);
}
function normalize(text, safe) {
  checkEscapes(text);
  return VALID_WRITTEN.test(text) ? text : encodeBytes(decodeEscapes(text), safe);
}
function userinfo(text) {
  if (!/^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/.test(text)) throw new UrlError("net/url: invalid userinfo");
  checkEscapes(text);
  const colon = text.indexOf(":");
  const names = colon === -1 ? [text] : [text.slice(0, colon), text.slice(colon + 1)];
  return names.map((name) => encodeBytes(decodeEscapes(name), USER_SAFE)).join(":");
}
function host(text) {
  const portAt = text.startsWith("[") ? text.lastIndexOf("]") + 1 : text.lastIndexOf(":");
  if (text.startsWith("[") && portAt === 0) throw new UrlError("missing ']' in host");
  const port = portAt === -1 ? "" : text.slice(portAt);
  if (port !== "" && !/^:\d*$/.test(port)) throw new UrlError(`invalid port ${JSON.stringify(port)} after host`);
  const name = port === "" ? text : text.slice(0, text.length - port.length);
  for (const match of name.matchAll(/%(.{0,2})/gs)) {
    if (!/^[0-9A-Fa-f]{2}$/.test(match[1]) || /^[0-7]/.test(match[1]) && match[1] !== "25")
      throw new UrlError(`invalid URL escape ${JSON.stringify(match[0])}`);
  }
  const bad = /[^A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"%\x80-\u{10ffff}]/u.exec(name);
  if (bad) throw new UrlError(`invalid character ${JSON.stringify(bad[0])} in host name`);
  const written2 = encodeBytes(decodeEscapes(name), /[A-Za-z0-9\-_.~!$&'()*+,;=:[\]<>"]/);
  return written2 + (port === ":" ? "" : port);
}
function checkEscapes(text) {
  const bad = /%(?![0-9A-Fa-f]{2}).{0,2}/su.exec(text);
  if (bad) throw new UrlError(`invalid URL escape ${JSON.stringify(bad[0])}`);
}
function decodeEscapes(text) {
  const bytes = [];
  const source = Buffer.from(text, "utf8");
  for (let at = 0; at < source.length; at++) {
    if (source[at] === 37) {
      bytes.push(Number.parseInt(source.toString("latin1", at + 1, at + 3), 16));
      at += 2;
    } else bytes.push(source[at]);
  }
  return Buffer.from(bytes);
}
function encodeBytes(bytes, safe) {
  let result = "";
  for (const byte of bytes) {
    const character = String.fromCharCode(byte);
    result += safe.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return result;
}

// src/claims/exchange.ts
function address(text) {
  return { text, url: requestUrl(text) };
}
function unknownAddress(name) {
  return { text: name, url: { ok: true, url: name } };
}
function derivedAddress(text, sprintf) {
  return address(sprintf ? formatWithoutArguments(text) : text);
}
var NOT_FOUND = { status: 404, body: new TextBody("404 page not found") };
var Exchange = class {
  requests = [];
  #recorded;
  #sprintf;
  /** `sprintf`: texts of error answers pass through Sprintf in this version. */
  constructor(recorded, sprintf) {
    this.#recorded = recorded;
    this.#sprintf = sprintf;
  }
  get(endpoint, target) {
    if (!target.url.ok) return { ok: false, error: target.url.error };
    const { url } = target.url;
    this.requests.push(url);
    const { http } = this.#recorded;
    const recorded = http?.get(url) ?? http?.get(target.text) ?? this.#recorded[endpoint];
    const answer3 = recorded ?? NOT_FOUND;
    if ("error" in answer3) return { ok: false, url, error: `Get ${goQuote(url)}: ${answer3.error}` };
    if (answer3.status < 300) return { ok: true, url, status: answer3.status, body: answer3.body };
    const { text } = answer3.body;
    return {
      ok: false,
      url,
      status: answer3.status,
      error: this.#sprintf ? formatWithoutArguments(text) : text,
      ...recorded === void 0 ? { unrecorded: true } : {}
    };
  }
};

// src/expression/ast.ts
function nameHeld(node) {
  switch (node.kind) {
    case "field":
    case "variable":
      return node.name;
    case "literal":
      return typeof node.value === "string" ? node.value : void 0;
    case "call":
      return node.callee;
    default:
      return void 0;
  }
}
function* walk(node) {
  const stack = [node];
  for (let next = stack.pop(); next !== void 0; next = stack.pop()) {
    yield next;
    for (let n2 = next.children.length - 1; n2 >= 0; n2--) stack.push(next.children[n2]);
  }
}
function sameNode(a, b) {
  return shape(a) === shape(b);
}
function shape(node) {
  return JSON.stringify(node, (key, value) => {
    if (key === "span" || key === "quoted" || key === "raw") return void 0;
    return typeof value === "bigint" ? String(value) : value;
  });
}

// src/expression/dialect.ts
var CLASSIC = {
  name: "classic",
  extendedGrammar: false,
  backslashEscape: false,
  callAnyNode: true,
  thirdColonEndsSlice: true,
  nullEndsSubexpression: false,
  multiSelectOfNullIsNull: true,
  wildcardStartsWithNulls: true,
  stringSlices: false,
  uncheckedVariadics: true,
  averageOfNothingIsNaN: true,
  referenceIsObject: true,
  referencesCompare: true,
  tokenPrefix: "t",
  invalidType: "Invalid type for",
  typeList: "[]jmespath.jpType"
};
var COMMUNITY = {
  name: "community",
  extendedGrammar: true,
  backslashEscape: true,
  callAnyNode: false,
  thirdColonEndsSlice: false,
  nullEndsSubexpression: true,
  multiSelectOfNullIsNull: false,
  wildcardStartsWithNulls: false,
  stringSlices: true,
  uncheckedVariadics: false,
  averageOfNothingIsNaN: false,
  referenceIsObject: false,
  referencesCompare: false,
  tokenPrefix: "TOK",
  invalidType: "invalid type for",
  typeList: "[]functions.JpType"
};
function dialectOf(name) {
  return name === "classic" ? CLASSIC : COMMUNITY;
}

// src/expression/problem.ts
var ExpressionProblem = class {
  constructor(error) {
    this.error = error;
  }
  error;
};
function fail(offset, message, productMessage) {
  throw new ExpressionProblem(productMessage === void 0 ? { message, offset } : { message, offset, productMessage });
}
function panic(offset, message, productMessage) {
  throw new ExpressionProblem({ message, offset, panic: true, productMessage });
}
function limit(offset, message) {
  throw new ExpressionProblem({ message, offset, limit: true });
}
function explain(problem) {
  if (problem instanceof ExpressionProblem) return problem.error;
  if (problem instanceof RangeError)
    return { message: "the expression or the document is nested too deeply", limit: true };
  throw problem;
}
function isOrdinary(problem) {
  return problem instanceof ExpressionProblem && problem.error.panic === void 0 && problem.error.limit === void 0;
}

// src/expression/evaluation.ts
var MAX_WORK = 1e7;
var MAX_TEXT = 16777216;
var Evaluation = class _Evaluation {
  constructor(root, scope, budget) {
    this.root = root;
    this.scope = scope;
    this.#budget = budget ?? { left: MAX_WORK };
  }
  root;
  scope;
  #budget;
  /** The same evaluation with one more variable in sight. */
  with(scope) {
    return new _Evaluation(this.root, scope, this.#budget);
  }
  /** Counts what a step produces. */
  spend(amount, offset) {
    this.#budget.left -= amount;
    if (this.#budget.left < 0) limit(offset, "the expression produces more data than this tool holds in memory");
  }
  /** Counts a text that is about to be made. */
  spendText(length, offset) {
    if (length > MAX_TEXT) limit(offset, `the result would be longer than ${MAX_TEXT} characters`);
    this.spend(length, offset);
  }
};

// src/expression/functions-community.ts
var STRING = ["string"];
var NUMBER = ["number"];
var ARRAY = ["array"];
var only = "community";
var typed = (run) => run;
var COMMUNITY_FUNCTIONS = {
  find_first: {
    only,
    parameters: [STRING, STRING, NUMBER, NUMBER],
    required: 2,
    run: typed((args, call) => find(args, call, "first"))
  },
  find_last: {
    only,
    parameters: [STRING, STRING, NUMBER, NUMBER],
    required: 2,
    run: typed((args, call) => find(args, call, "last"))
  },
  from_items: { only, parameters: [["array[array]"]], run: typed(fromItems) },
  group_by: { only, parameters: [ARRAY, ["expref"]], run: typed(groupBy) },
  items: {
    only,
    parameters: [["object"]],
    randomOrder: true,
    run: typed(([object]) => Object.entries(object))
  },
  lower: { only, parameters: [STRING], run: typed(([text]) => mapCase(text, lowerCase)) },
  pad_left: {
    only,
    parameters: [STRING, NUMBER, STRING],
    required: 2,
    run: typed((args, call) => pad(args, call, "left"))
  },
  pad_right: {
    only,
    parameters: [STRING, NUMBER, STRING],
    required: 2,
    run: typed((args, call) => pad(args, call, "right"))
  },
  replace: {
    only,
    parameters: [STRING, STRING, STRING, NUMBER],
    required: 3,
    run: typed(replace)
  },
  split: { only, parameters: [STRING, STRING, NUMBER], required: 2, run: typed(split) },
  trim: {
    only,
    parameters: [STRING, STRING],
    required: 1,
    run: typed((args) => trim(args, true, true))
  },
  trim_left: {
    only,
    parameters: [STRING, STRING],
    required: 1,
    run: typed((args) => trim(args, true, false))
  },
  trim_right: {
    only,
    parameters: [STRING, STRING],
    required: 1,
    run: typed((args) => trim(args, false, true))
  },
  upper: { only, parameters: [STRING], run: typed(([text]) => mapCase(text, upperCase)) },
  zip: { only, parameters: [ARRAY, ARRAY], variadic: true, run: typed(zip) }
};
function integer(value, argument, call) {
  if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 63) return value;
  return fail(call.at, `${call.name}() needs an integer as its ${argument}`);
}
function count(value, argument, call) {
  if (Number.isInteger(value) && value >= 0 && value < 2 ** 63) return value;
  return fail(
    call.at,
    `${call.name}() needs an integer of 0 or more as its ${argument}`,
    `invalid value, the function '${call.name}' expects its '${argument}' argument to be a an integer value greater than or equal to zero.`
  );
}
function find([text, part, start, end], call, which) {
  if (text === "" || part === "") return null;
  const bytes = new TextEncoder().encode(text);
  const wanted = new TextEncoder().encode(part);
  const from = start === void 0 ? 0 : Math.max(0, integer(start, "start", call));
  const to = end === void 0 ? bytes.length : Math.min(integer(end, "end", call), bytes.length);
  if (to < 0)
    panic(call.at, `${call.name}() ends before the text begins`, `runtime error: slice bounds out of range [:${to}]`);
  if (from > to)
    panic(call.at, `${call.name}() starts behind its end`, `runtime error: slice bounds out of range [${from}:${to}]`);
  const last = to - wanted.length;
  const matches = (at) => wanted.every((byte, n2) => bytes[at + n2] === byte);
  if (which === "first") {
    for (let at = from; at <= last; at++) if (matches(at)) return at;
  } else {
    for (let at = last; at >= from; at--) if (matches(at)) return at;
  }
  return null;
}
function fromItems([items], call) {
  const result = {};
  for (const item of items) {
    const [key, value] = item;
    if (item.length !== 2 || typeof key !== "string")
      return fail(
        call.at,
        "from_items() needs pairs of a string and a value",
        "invalid value, each array must contain two elements, a pair of string and value"
      );
    setOwn(result, key, value);
  }
  return result;
}
function groupBy([list, reference], call) {
  if (list.length === 0) return null;
  call.evaluation.spend(list.length, call.at);
  const groups = /* @__PURE__ */ new Map();
  for (const item of list) {
    const key = reference(item);
    if (typeof key !== "string")
      return fail(
        call.at,
        "group_by() needs a string from its expression for every element",
        "invalid type, the expression must evaluate to a string"
      );
    const group = groups.get(key);
    if (group === void 0) groups.set(key, [item]);
    else group.push(item);
  }
  const result = {};
  for (const [key, group] of groups) setOwn(result, key, group);
  return result;
}
function pad([text, width, padding2 = " "], call, side) {
  const wanted = count(width, "width", call);
  if (byteLength(padding2) > 1)
    fail(
      call.at,
      `${call.name}() pads with a single byte, not with \u201C${padding2}\u201D`,
      `invalid value, the function '${call.name}' expects its 'pad' argument to be a string of length 1`
    );
  const missing3 = wanted - byteLength(text);
  if (missing3 <= 0 || padding2 === "") return text;
  call.evaluation.spendText(missing3, call.at);
  return side === "left" ? padding2.repeat(missing3) + text : text + padding2.repeat(missing3);
}
function byteLength(text) {
  return new TextEncoder().encode(text).length;
}
function replace([text, old, by, times], call) {
  const most = times === void 0 ? Number.POSITIVE_INFINITY : count(times, "count", call);
  const pieces = old === "" ? Array.from(text) : text.split(old);
  const places2 = Math.min(most, old === "" ? pieces.length + 1 : pieces.length - 1);
  call.evaluation.spendText(text.length + places2 * by.length, call.at);
  let result = "";
  pieces.forEach((piece, n2) => {
    if (old === "") result += (n2 < places2 ? by : "") + piece;
    else result += piece + (n2 < places2 ? by : n2 < pieces.length - 1 ? old : "");
  });
  return old === "" && places2 > pieces.length ? result + by : result;
}
function split([text, separator, times], call) {
  const most = times === void 0 ? Number.POSITIVE_INFINITY : count(times, "count", call);
  if (text === "") return [];
  const parts = separator === "" ? Array.from(text) : text.split(separator);
  call.evaluation.spend(parts.length, call.at);
  if (parts.length <= most + 1) return parts;
  return [...parts.slice(0, most), parts.slice(most).join(separator)];
}
var SPACE = /[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u;
function trim([text, characters = ""], left, right) {
  const set = new Set(characters);
  const drop = (char) => characters === "" ? SPACE.test(char) : set.has(char);
  const chars = Array.from(text);
  let start = 0;
  let end = chars.length;
  if (left) while (start < end && drop(chars[start])) start++;
  if (right) while (end > start && drop(chars[end - 1])) end--;
  return chars.slice(start, end).join("");
}
function zip(lists, call) {
  const length = Math.min(...lists.map((list) => list.length));
  call.evaluation.spend(length * lists.length, call.at);
  return Array.from({ length }, (_, n2) => lists.map((list) => list[n2] ?? null));
}
function mapCase(text, map) {
  return Array.from(text, map).join("");
}
function lowerCase(char) {
  const lower = char.toLowerCase();
  if (oneCodePoint(lower)) return lower;
  return char === "\u0130" ? "i" : char;
}
function upperCase(char) {
  const upper = char.toUpperCase();
  return oneCodePoint(upper) ? upper : TITLE_AS_UPPER.get(char) ?? char;
}
function oneCodePoint(text) {
  return text.length === String.fromCodePoint(text.codePointAt(0)).length;
}
var TITLE_AS_UPPER = new Map(
  [
    ...[8064, 8080, 8096].flatMap(
      (first) => Array.from({ length: 8 }, (_, n2) => [first + n2, first + n2 + 8])
    ),
    [8115, 8124],
    [8131, 8140],
    [8179, 8188]
  ].map(([lower, upper]) => [String.fromCodePoint(lower), String.fromCodePoint(upper)])
);

// src/expression/numbers.ts
var DECIMAL = /^[+-]?(?:[0-9_]*\.?[0-9_]*)(?:[eE][+-]?[0-9][0-9_]*)?$/;
var HEXADECIMAL = /^([+-]?)0[xX]([0-9a-fA-F_]*)(?:\.([0-9a-fA-F_]*))?[pP]([+-]?[0-9][0-9_]*)$/;
var SPECIAL = /^(?:([+-]?)inf(?:inity)?|nan)$/i;
function parseGoFloat(text) {
  const special = SPECIAL.exec(text);
  if (special !== null) {
    if (/^nan$/i.test(text)) return Number.NaN;
    return special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  if (text.includes("_") && !underscoresSeparateDigits(text)) return void 0;
  const plain3 = text.replaceAll("_", "");
  const hexadecimal = HEXADECIMAL.exec(plain3);
  if (hexadecimal !== null) return hexadecimalFloat(hexadecimal);
  const mantissa = /^[+-]?([0-9]*\.?[0-9]*)/.exec(plain3)[1];
  if (!DECIMAL.test(plain3) || !/[0-9]/.test(mantissa)) return void 0;
  const value = Number(plain3);
  return Number.isFinite(value) ? value : void 0;
}
function underscoresSeparateDigits(text) {
  const unsigned = text.replace(/^[+-]/, "");
  const prefix = /^0[box]/i.exec(unsigned)?.[0] ?? "";
  const digit = /x/i.test(prefix) ? /[0-9a-f]/i : /[0-9]/;
  const rest2 = prefix === "" ? unsigned : `0${unsigned.slice(2)}`;
  for (let at = rest2.indexOf("_"); at !== -1; at = rest2.indexOf("_", at + 1)) {
    if (!digit.test(rest2[at - 1] ?? "") || !digit.test(rest2[at + 1] ?? "")) return false;
  }
  return true;
}
function hexadecimalFloat(match) {
  const [, sign, whole = "", fraction = "", exponentText = "0"] = match;
  if (whole.length + fraction.length === 0) return void 0;
  let mantissa = BigInt(`0x${whole}${fraction}`);
  let exponent = Math.max(-1e6, Math.min(1e6, Number(exponentText))) - 4 * fraction.length;
  const negative = sign === "-";
  if (mantissa === 0n) return negative ? -0 : 0;
  const bits = mantissa.toString(2).length;
  const surplus = Math.max(bits - 64, 0);
  const lost = mantissa & (1n << BigInt(surplus)) - 1n;
  mantissa >>= BigInt(surplus);
  exponent += surplus;
  if (lost !== 0n) mantissa |= 1n;
  const top = mantissa.toString(2).length + exponent;
  const keep = Math.min(53, 53 + (top + 1021));
  if (keep < 0) return negative ? -0 : 0;
  const drop = BigInt(Math.max(mantissa.toString(2).length - keep, 0));
  const half = drop > 0n ? 1n << drop - 1n : 0n;
  const rest2 = mantissa & (1n << drop) - 1n;
  let rounded = mantissa >> drop;
  if (rest2 > half || rest2 === half && drop > 0n && (rounded & 1n) === 1n) rounded += 1n;
  const value = Number(rounded) * 2 ** Math.floor((exponent + Number(drop)) / 2) * 2 ** Math.ceil((exponent + Number(drop)) / 2);
  if (!Number.isFinite(value)) return void 0;
  return negative ? -value : value;
}

// src/expression/values.ts
function typeOf(value) {
  switch (typeof value) {
    case "string":
      return "string";
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? "array" : "object";
    case "function":
      return isReference(value) ? "expref" : "null";
    default:
      return "null";
  }
}
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function isReference(value) {
  return typeof value === "function" && "node" in value;
}
function member(value, name) {
  if (!isObject(value) || !Object.hasOwn(value, name)) return null;
  return value[name] ?? null;
}
function isTrue(value) {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") return value.length > 0;
  if (typeof value === "number") return true;
  if (typeof value !== "object") return isReference(value);
  if (value === null) return false;
  if (Array.isArray(value)) return value.length > 0;
  for (const key in value) if (Object.hasOwn(value, key)) return true;
  return false;
}
function equal(a, b, sameReference) {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) {
    if (isReference(a) && isReference(b)) return sameReference(a, b);
    return a === b || (a ?? null) === (b ?? null);
  }
  if (a === b) return true;
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let n2 = 0; n2 < a.length; n2++) if (!equal(a[n2], b[n2], sameReference)) return false;
    return true;
  }
  if (Array.isArray(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys)
    if (!Object.hasOwn(b, key) || !equal(a[key], b[key], sameReference)) return false;
  return true;
}
function compareText(a, b) {
  const length = Math.min(a.length, b.length);
  for (let n2 = 0; n2 < length; n2++) {
    const left = a.charCodeAt(n2);
    const right = b.charCodeAt(n2);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}
function rank(unit) {
  return unit >= 55296 && unit <= 57343 ? unit + 65536 : unit;
}
function numberText(value) {
  return Object.is(value, -0) ? "-0" : String(value);
}
var ESCAPED = /["\\<>&\u0000-\u001f\u2028\u2029]|\p{Surrogate}/gu;
function escapeCharacter(char) {
  switch (char) {
    case '"':
      return '\\"';
    case "\\":
      return "\\\\";
    case "\n":
      return "\\n";
    case "\r":
      return "\\r";
    case "	":
      return "\\t";
    default: {
      const unit = char.charCodeAt(0);
      return unit >= 55296 && unit <= 57343 ? "\\ufffd" : `\\u${unit.toString(16).padStart(4, "0")}`;
    }
  }
}
function jsonText(value, options) {
  const write2 = (item) => {
    switch (typeOf(item)) {
      case "string": {
        const text = `"${item.replace(ESCAPED, escapeCharacter)}"`;
        options.spend(text.length);
        return text;
      }
      case "number": {
        if (!Number.isFinite(item)) return options.refuse(`unsupported value: ${goNotFinite(item)}`);
        return numberText(item);
      }
      case "array": {
        const items = item.map(write2);
        options.spend(items.length + 2);
        return `[${items.join(",")}]`;
      }
      case "object": {
        const object = item;
        const members = Object.keys(object).sort(compareText).map((key) => `${write2(key)}:${write2(object[key])}`);
        options.spend(members.length + 2);
        return `{${members.join(",")}}`;
      }
      case "expref":
        return options.reference ?? options.refuse("unsupported type: func(interface {}) (interface {}, error)");
      default:
        return String(item ?? null);
    }
  };
  return write2(value);
}
function goNotFinite(value) {
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "+Inf" : "-Inf";
}

// src/expression/functions.ts
var ANY = ["any"];
var NUMBER2 = ["number"];
var STRING2 = ["string"];
var ARRAY2 = ["array"];
var OBJECT = ["object"];
var EXPREF = ["expref"];
var NUMBERS = ["array[number]"];
var COMPARABLE = ["array[number]", "array[string]"];
var typed2 = (run) => run;
var SHARED_FUNCTIONS = {
  abs: { parameters: [NUMBER2], run: typed2(([x]) => Math.abs(x)) },
  avg: {
    parameters: [NUMBERS],
    run: typed2(([list], { dialect }) => {
      if (list.length === 0) return dialect.averageOfNothingIsNaN ? Number.NaN : null;
      return total(list) / list.length;
    })
  },
  ceil: { parameters: [NUMBER2], run: typed2(([x]) => Math.ceil(x)) },
  contains: {
    parameters: [["array", "string"], ANY],
    run: typed2(([where, what], call) => contains(where, what, call))
  },
  ends_with: { parameters: [STRING2, STRING2], run: typed2(([text, end]) => text.endsWith(end)) },
  floor: { parameters: [NUMBER2], run: typed2(([x]) => Math.floor(x)) },
  join: { parameters: [STRING2, ["array[string]"]], run: typed2(join) },
  keys: { parameters: [OBJECT], randomOrder: true, run: typed2(([object]) => Object.keys(object)) },
  length: {
    parameters: [["string", "array", "object"]],
    run: typed2(([value]) => size(value))
  },
  map: {
    parameters: [EXPREF, ARRAY2],
    run: typed2(([reference, list], { evaluation, at }) => {
      evaluation.spend(list.length, at);
      return list.map((element) => reference(element));
    })
  },
  max: { parameters: [COMPARABLE], run: typed2(([list]) => extreme(list, 1)) },
  max_by: { parameters: [ARRAY2, EXPREF], run: typed2((args, call) => extremeBy(args, call, 1)) },
  merge: { parameters: [OBJECT], variadic: true, run: typed2(merge) },
  min: { parameters: [COMPARABLE], run: typed2(([list]) => extreme(list, -1)) },
  min_by: {
    parameters: [ARRAY2, EXPREF],
    run: typed2((args, call) => extremeBy(args, call, -1))
  },
  not_null: {
    parameters: [ANY],
    variadic: true,
    run: typed2((args) => args.find((arg) => arg !== null) ?? null)
  },
  reverse: { parameters: [["array", "string"]], run: typed2(reverse) },
  sort: { parameters: [["array[string]", "array[number]"]], run: typed2(sort) },
  sort_by: { parameters: [ARRAY2, EXPREF], run: typed2(sortBy) },
  starts_with: {
    parameters: [STRING2, STRING2],
    run: typed2(([text, start]) => text.startsWith(start))
  },
  sum: { parameters: [NUMBERS], run: typed2(([list]) => total(list)) },
  to_array: { parameters: [ANY], run: typed2(([value]) => Array.isArray(value) ? value : [value]) },
  to_number: { parameters: [ANY], run: typed2(toNumber) },
  to_string: { parameters: [ANY], run: typed2(toText) },
  type: {
    parameters: [ANY],
    run: typed2(([value], { at }) => {
      const type = typeOf(value);
      return type === "expref" ? fail(at, "type() has no name for an expression reference", "unknown type") : type;
    })
  },
  values: { parameters: [OBJECT], randomOrder: true, run: typed2(([object]) => Object.values(object)) }
};
var FUNCTIONS = { ...SHARED_FUNCTIONS, ...COMMUNITY_FUNCTIONS };
function functionNamed(name) {
  return Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : void 0;
}
function compileCall(node, compiler2) {
  const { dialect } = compiler2;
  const at = node.span.start;
  const name = node.callee;
  const args = node.children.map((child) => compiler2.compile(child));
  if (name === void 0)
    return (value, evaluation) => {
      for (const arg of args) arg(value, evaluation);
      return panic(
        at,
        "what stands before \u201C(\u201D is no function name",
        "interface conversion: interface {} is nil, not string"
      );
    };
  const definition = functionNamed(name);
  if (definition === void 0 || definition.only !== void 0 && definition.only !== dialect.name)
    return (value, evaluation) => {
      for (const arg of args) arg(value, evaluation);
      const since3 = definition === void 0 ? "" : " before Grafana 11.3";
      return fail(at, `there is no function ${name}()${since3}`, `unknown function: ${name}`);
    };
  if (compiler2.fuse && name === "contains" && args.length === 2) return compileContains(node, compiler2);
  const check = checker(name, definition, dialect, at);
  const { run } = definition;
  return (value, evaluation) => {
    const given = args.map((arg) => arg(value, evaluation) ?? null);
    check(given);
    return run(given, { name, at, dialect, evaluation });
  };
}
function compileContains(node, compiler2) {
  const { dialect } = compiler2;
  const at = node.span.start;
  const check = checker("contains", FUNCTIONS.contains, dialect, at);
  const [first, second] = node.children;
  const copied = first.kind === "projection" && first.children[1].kind === "identity" && first.children[0].kind !== "flatten" && first.children[0].kind !== "indexExpression";
  const where = compiler2.compile(copied ? first.children[0] : first);
  const what = compiler2.compile(second);
  return (value, evaluation) => {
    let searched = where(value, evaluation);
    if (copied && !Array.isArray(searched)) searched = null;
    const wanted = what(value, evaluation);
    if (Array.isArray(searched)) {
      if (typeof wanted === "string" || typeof wanted === "number" || typeof wanted === "boolean")
        return searched.indexOf(wanted) !== -1;
      if (copied && (wanted ?? null) === null) return false;
    } else if (typeof searched !== "string") check([searched ?? null, wanted ?? null]);
    return contains(searched, wanted ?? null, { name: "contains", at, dialect, evaluation });
  };
}
function fits(value, type) {
  switch (type) {
    case "any":
      return true;
    case "array[number]":
      return Array.isArray(value) && value.every((element) => typeof element === "number");
    case "array[string]":
      return Array.isArray(value) && value.every((element) => typeof element === "string");
    case "array[array]":
      return Array.isArray(value) && value.every((element) => Array.isArray(element));
    default:
      return typeOf(value) === type;
  }
}
var TYPE_NAMES = {
  any: "a value",
  number: "a number",
  string: "a string",
  array: "an array",
  object: "an object",
  "array[number]": "an array of numbers",
  "array[string]": "an array of strings",
  "array[array]": "an array of arrays",
  expref: "an expression reference (&\u2026)"
};
function kindName(value) {
  const type = typeOf(value);
  switch (type) {
    case "null":
      return "null";
    case "array":
      return value.length === 0 ? "an empty array" : `an array of ${value.length}`;
    case "object":
    case "expref":
      return `an ${type === "object" ? "object" : "expression reference"}`;
    default:
      return `a ${type}`;
  }
}
var ORDINALS = ["first", "second", "third", "fourth"];
function checker(name, definition, dialect, at) {
  const { parameters, variadic = false } = definition;
  const least = definition.required ?? parameters.length;
  const most = variadic ? Number.POSITIVE_INFINITY : parameters.length;
  const wanted = most === least ? `${least}` : most === Number.POSITIVE_INFINITY ? `at least ${least}` : `${least} to ${most}`;
  const noun = wanted === "1" || wanted === "at least 1" ? "argument" : "arguments";
  const wrongType = (n2, count2, value) => {
    const types = parameters[Math.min(n2, parameters.length - 1)];
    const which = count2 === 1 ? "its argument" : `its ${ORDINALS[n2] ?? `${n2 + 1}th`} argument`;
    const message = `${name}() needs ${types.map((type) => TYPE_NAMES[type]).join(" or ")} as ${which}, not ${kindName(value)}`;
    const shown = value === null ? "<nil>" : typeof value === "boolean" ? String(value) : void 0;
    if (shown === void 0) return new ExpressionProblem({ message, offset: at });
    const list = types.map((type) => `"${type}"`).join(", ");
    const productMessage = `${dialect.invalidType}: ${shown}, expected: ${dialect.typeList}{${list}}`;
    return new ExpressionProblem({ message, offset: at, productMessage });
  };
  const nulls = [];
  return (args) => {
    if (args.length < least || args.length > most)
      fail(
        at,
        `${name}() takes ${wanted} ${noun}, not ${args.length}`,
        dialect.name === "classic" ? variadic ? "Invalid arity." : "incorrect number of args" : void 0
      );
    if (variadic && dialect.uncheckedVariadics) return;
    for (let n2 = 0; n2 < args.length; n2++) {
      const value = args[n2];
      if (parameters[Math.min(n2, parameters.length - 1)].some((type) => fits(value, type))) continue;
      if (value !== null) throw wrongType(n2, args.length, value);
      nulls[n2] ??= wrongType(n2, args.length, null);
      throw nulls[n2];
    }
  };
}
function contains(where, what, call) {
  if (typeof where === "string") return typeof what === "string" && where.includes(what);
  const type = typeOf(what);
  if (type !== "array" && type !== "object" && type !== "expref")
    return where.some((element) => (element ?? null) === what);
  for (const element of where) {
    if (typeOf(element) !== type) continue;
    const goType2 = { array: "[]interface {}", object: "map[string]interface {}", expref: "jmespath.expRef" }[type];
    panic(
      call.at,
      `contains() compares ${type === "object" ? "two objects" : type === "array" ? "two arrays" : "two expression references"}`,
      `runtime error: comparing uncomparable type ${goType2}`
    );
  }
  return false;
}
function size(value) {
  if (typeof value === "string") {
    let count2 = 0;
    for (const _ of value) count2++;
    return count2;
  }
  return Array.isArray(value) ? value.length : Object.keys(value).length;
}
function total(list) {
  let result = 0;
  for (const number2 of list) result += number2;
  return result;
}
function compare(a, b) {
  if (typeof a === "string" && typeof b === "string") return compareText(a, b);
  return a < b ? -1 : a > b ? 1 : 0;
}
function extreme(list, sign) {
  let best = list[0] ?? null;
  for (const item of list) if (compare(item, best) * sign > 0) best = item;
  return best;
}
var NOT_SORTABLE = "invalid type, must be number of string";
function extremeBy([list, reference], call, sign) {
  if (list.length < 2) return list[0] ?? null;
  let best = list[0];
  let bestKey = reference(best);
  const type = typeof bestKey;
  if (type !== "number" && type !== "string")
    return fail(
      call.at,
      `${call.name}() needs a number or a string from its expression, not ${kindName(bestKey)}`,
      NOT_SORTABLE
    );
  for (const item of list.slice(1)) {
    const key = reference(item);
    if (typeof key !== type)
      fail(
        call.at,
        `${call.name}() needs a ${type} from its expression for every element, not ${kindName(key)}`,
        `invalid type, must be ${type}`
      );
    if (compare(key, bestKey) * sign > 0) {
      best = item;
      bestKey = key;
    }
  }
  return best;
}
function sortBy([list, reference], call) {
  if (list.length < 2) return list;
  call.evaluation.spend(list.length, call.at);
  const first = reference(list[0]);
  const type = typeof first;
  if (type !== "number" && type !== "string")
    return fail(
      call.at,
      `sort_by() needs a number or a string from its expression, not ${kindName(first)}`,
      NOT_SORTABLE
    );
  const entries = list.map((item) => ({ item, key: keyOrUndefined(reference, item) }));
  if (entries.some(({ key }) => typeof key !== type))
    fail(call.at, `sort_by() needs a ${type} from its expression for every element`, "error in sort_by comparison");
  entries.sort((a, b) => compare(a.key, b.key));
  entries.forEach(({ item }, n2) => {
    list[n2] = item;
  });
  return list;
}
function keyOrUndefined(reference, item) {
  try {
    return reference(item);
  } catch (problem) {
    if (isOrdinary(problem)) return void 0;
    throw problem;
  }
}
function sort([list], { evaluation, at }) {
  evaluation.spend(list.length, at);
  return [...list].sort((a, b) => Number(Number.isNaN(b)) - Number(Number.isNaN(a)) || compare(a, b));
}
function reverse([value], { evaluation, at }) {
  evaluation.spend(value.length, at);
  return typeof value === "string" ? Array.from(value).reverse().join("") : [...value].reverse();
}
function join([glue, list], { evaluation, at }) {
  evaluation.spendText(
    list.reduce((length, text) => length + text.length + glue.length, 0),
    at
  );
  return list.join(glue);
}
function merge(objects, { at }) {
  const result = {};
  for (const object of objects) {
    if (!isObject(object)) {
      const goType2 = {
        null: "nil",
        string: "string",
        number: "float64",
        boolean: "bool",
        array: "[]interface {}",
        expref: "jmespath.expRef"
      };
      panic(
        at,
        `merge() needs objects, not ${kindName(object)}`,
        `interface conversion: interface {} is ${goType2[typeOf(object)]}, not map[string]interface {}`
      );
    }
    for (const [key, value] of Object.entries(object)) setOwn(result, key, value);
  }
  return result;
}
function toNumber([value], { at }) {
  if (typeof value === "number") return value;
  if (typeof value === "string") return parseGoFloat(value) ?? null;
  return isReference(value) ? fail(at, "to_number() cannot read an expression reference", "unknown type") : null;
}
function toText([value], { evaluation, at, dialect }) {
  if (typeof value === "string") return value;
  return jsonText(value, {
    reference: dialect.referenceIsObject ? "{}" : void 0,
    spend: (length) => evaluation.spendText(length, at),
    refuse: (what) => fail(at, "to_string() cannot write this value as JSON", `json: ${what}`)
  });
}

// src/expression/scanner.ts
var SINGLE2 = {
  ".": "Dot",
  "*": "Star",
  ",": "Comma",
  ":": "Colon",
  "{": "Lbrace",
  "}": "Rbrace",
  "]": "Rbracket",
  "(": "Lparen",
  ")": "Rparen",
  "@": "Current"
};
var SINGLE_EXTENDED = {
  "+": "Plus",
  "%": "Modulo",
  "\u2212": "Minus",
  "\xD7": "Multiply",
  "\xF7": "Divide"
};
var DOUBLE2 = {
  "|": ["|", "Or", "Pipe"],
  "&": ["&", "And", "Expref"],
  "!": ["=", "NE", "Not"],
  "<": ["=", "LTE", "LT"],
  ">": ["=", "GTE", "GT"]
};
var IDENTIFIER = /[A-Za-z_][A-Za-z0-9_]*/y;
var VARIABLE = /\$[A-Za-z0-9_]*/y;
var NUMBER3 = /-?[0-9]+/y;
function scan(text, dialect) {
  const tokens = [];
  let at = 0;
  const push = (type, value, end) => {
    tokens.push({ type, text: value, start: at, end });
    at = end;
  };
  const match = (pattern) => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const char = text[at];
    if (char === " " || char === "	" || char === "\r" || char === "\n") {
      at++;
      continue;
    }
    if (char >= "a" && char <= "z" || char >= "A" && char <= "Z" || char === "_") {
      const name = match(IDENTIFIER);
      push("UnquotedIdentifier", name, at + name.length);
      continue;
    }
    if (char >= "0" && char <= "9" || char === "-") {
      const number2 = match(NUMBER3);
      if (number2 !== void 0) {
        push("Number", number2, at + number2.length);
        continue;
      }
    }
    const double = DOUBLE2[char];
    const single2 = SINGLE2[char] ?? (dialect.extendedGrammar ? SINGLE_EXTENDED[char] : void 0);
    if (single2 !== void 0) push(single2, char, at + 1);
    else if (double !== void 0) {
      if (text[at + 1] === double[0]) push(double[1], char + double[0], at + 2);
      else push(double[2], char, at + 1);
    } else if (char === "=") {
      if (text[at + 1] === "=") push("EQ", "==", at + 2);
      else push(dialect.extendedGrammar ? "Assign" : "Unknown", "=", at + 1);
    } else if (char === "[") {
      const next = text[at + 1];
      if (next === "?") push("Filter", "[?", at + 2);
      else if (next === "]") push("Flatten", "[]", at + 2);
      else push("Lbracket", "[", at + 1);
    } else if (char === "'") {
      const raw = rawString(text, at, dialect);
      push("StringLiteral", raw.value, raw.end);
    } else if (char === "`") {
      const end = delimited(text, at, "`");
      push("JSONLiteral", text.slice(at + 1, end - 1).replaceAll("\\`", "`"), end);
    } else if (char === '"') {
      const end = delimited(text, at, '"');
      push("QuotedIdentifier", quotedName(text, at, end), end);
    } else if (char === "-") {
      push(dialect.extendedGrammar ? "Minus" : "Number", "-", at + 1);
    } else if (dialect.extendedGrammar && char === "/") {
      if (text[at + 1] === "/") push("Div", "//", at + 2);
      else push("Divide", "/", at + 1);
    } else if (dialect.extendedGrammar && char === "$") {
      const variable = match(VARIABLE);
      push(variable === "$" ? "Root" : "Varref", variable, at + variable.length);
    } else throw unknownCharacter(text, at);
  }
  tokens.push({ type: "EOF", text: "", start: text.length, end: text.length });
  return tokens;
}
function delimited(text, at, quote) {
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === "\\") end++;
    else if (text[end] === quote) return end + 1;
  }
  throw unclosed(at, quote);
}
function rawString(text, at, dialect) {
  let value = "";
  let copied = at + 1;
  for (let end = at + 1; end < text.length; end++) {
    const char = text[end];
    if (char === "'") return { value: value + text.slice(copied, end), end: end + 1 };
    if (char !== "\\") continue;
    const next = text[end + 1];
    if (next === "'" || next === "\\" && dialect.backslashEscape) {
      value += text.slice(copied, end) + next;
      copied = end + 2;
      end++;
    }
  }
  throw unclosed(at, "'");
}
function quotedName(text, at, end) {
  const decoded = decodeGoJson(text.slice(at, end));
  if (decoded.error === void 0) return decoded.value;
  throw new ExpressionProblem({
    message: `the name in double quotes is not a JSON string: ${decoded.error.message}`,
    offset: at,
    productMessage: decoded.error.message
  });
}
function unclosed(at, quote) {
  return new ExpressionProblem({
    message: `the ${quote} that opens here is never closed`,
    offset: at,
    productMessage: `SyntaxError: Unclosed delimiter: ${quote}`
  });
}
function unknownCharacter(text, at) {
  const code = text.codePointAt(at);
  const char = String.fromCodePoint(code);
  const escaped = code < 32 || code > 126 ? code > 65535 ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}` : char;
  return new ExpressionProblem({
    message: `the character ${code < 32 || code === 127 ? escaped : `\u201C${char}\u201D`} has no meaning in an expression`,
    offset: at,
    productMessage: `SyntaxError: Unknown char: '${escaped}'`
  });
}

// src/expression/parser.ts
var MAX_EXPRESSION_DEPTH = 500;
var MAX_TREE_DEPTH = 2e3;
var BINDING = {
  Assign: 1,
  Pipe: 1,
  Or: 2,
  And: 3,
  EQ: 5,
  NE: 5,
  LT: 5,
  LTE: 5,
  GT: 5,
  GTE: 5,
  Plus: 6,
  Minus: 6,
  Divide: 7,
  Div: 7,
  Modulo: 7,
  Multiply: 7,
  Flatten: 9,
  Star: 20,
  Filter: 21,
  Dot: 40,
  Not: 45,
  Lbrace: 50,
  Lbracket: 55,
  Lparen: 60
};
var PROJECTION_STOP = 10;
var COMPARATORS = {
  EQ: "==",
  NE: "!=",
  LT: "<",
  LTE: "<=",
  GT: ">",
  GTE: ">="
};
var ARITHMETIC = {
  Plus: "+",
  Minus: "-",
  Star: "*",
  Multiply: "*",
  Divide: "/",
  Div: "//",
  Modulo: "%"
};
function describe(token) {
  if (token.type === "EOF") return "the end of the expression";
  if (token.type === "StringLiteral") return `the text '${token.text}'`;
  if (token.type === "QuotedIdentifier") return `the name "${token.text}"`;
  if (token.type === "JSONLiteral") return `the literal \`${token.text}\``;
  if (token.type === "UnquotedIdentifier") return `the name ${token.text}`;
  if (token.type === "Number") return `the number ${token.text}`;
  return `\u201C${token.text}\u201D`;
}
function parse2(text, dialect) {
  return new Parser(text, dialect).parse();
}
var Parser = class {
  constructor(text, dialect) {
    this.dialect = dialect;
    this.#tokens = scan(text, dialect);
  }
  dialect;
  #tokens;
  #at = 0;
  #depth = 0;
  parse() {
    const node = this.#expression(0);
    if (this.#current.type !== "EOF")
      throw this.#syntax(
        this.#current,
        `${describe(this.#current)} does not continue what stands before it`,
        `Unexpected token at the end of the expression: ${this.#named(this.#current)}`
      );
    checkDepth(node);
    return node;
  }
  get #current() {
    return this.#tokens[this.#at];
  }
  /** End of the last token taken. */
  get #end() {
    return this.#at === 0 ? 0 : this.#tokens[this.#at - 1].end;
  }
  #take() {
    return this.#tokens[this.#at++];
  }
  #named(token) {
    return this.dialect.tokenPrefix + token.type;
  }
  #syntax(token, message, productMessage) {
    return new ExpressionProblem({ message, offset: token.start, productMessage: `SyntaxError: ${productMessage}` });
  }
  #match(type, wanted) {
    if (this.#current.type === type) return this.#take();
    throw this.#syntax(
      this.#current,
      `${wanted} expected, not ${describe(this.#current)}`,
      `Expected ${this.dialect.tokenPrefix}${type}, received: ${this.#named(this.#current)}`
    );
  }
  #span(start) {
    return { start, end: Math.max(start, this.#end) };
  }
  #plain(kind, start, children = []) {
    return { kind, span: this.#span(start), children };
  }
  #identity(at = this.#end) {
    return { kind: "identity", span: { start: at, end: at }, children: [] };
  }
  #expression(power) {
    const start = this.#current.start;
    if (++this.#depth > MAX_EXPRESSION_DEPTH)
      limit(
        start,
        `the expression is nested deeper than ${MAX_EXPRESSION_DEPTH} levels, which this tool does not evaluate`
      );
    let left = this.#prefix(this.#take());
    for (let next = this.#current; power < (BINDING[next.type] ?? 0); next = this.#current) {
      this.#at++;
      left = this.#infix(next, left, start);
    }
    this.#depth--;
    return left;
  }
  /** What begins with `token`. */
  #prefix(token) {
    const start = token.start;
    switch (token.type) {
      case "JSONLiteral": {
        const decoded = decodeGoJson(token.text);
        if (decoded.error !== void 0)
          throw new ExpressionProblem({
            message: `what stands in backticks is not JSON: ${decoded.error.message}`,
            offset: start,
            productMessage: decoded.error.message
          });
        return { kind: "literal", value: decoded.value, raw: false, span: this.#span(start), children: [] };
      }
      case "StringLiteral":
        return { kind: "literal", value: token.text, raw: true, span: this.#span(start), children: [] };
      case "UnquotedIdentifier":
        if (this.dialect.extendedGrammar && token.text === "let" && this.#current.type === "Varref")
          return this.#let(start);
        return { kind: "field", name: token.text, quoted: false, span: this.#span(start), children: [] };
      case "QuotedIdentifier":
        if (this.#current.type === "Lparen")
          throw this.#syntax(
            token,
            `a function name stands without quotes, not as "${token.text}"`,
            "Can't have quoted identifier as function name."
          );
        return { kind: "field", name: token.text, quoted: true, span: this.#span(start), children: [] };
      case "Varref":
        return { kind: "variable", name: token.text, span: this.#span(start), children: [] };
      case "Root":
        return this.#plain("root", start);
      case "Current":
        return this.#plain("current", start);
      case "Star": {
        const left = this.#identity(start);
        const right = this.#current.type === "Rbracket" ? this.#identity() : this.#projected("Star");
        return this.#plain("objectProjection", start, [left, right]);
      }
      case "Filter":
        return this.#filter(this.#identity(start), start);
      case "Lbrace":
        return this.#multiSelectHash(start);
      case "Flatten": {
        const list = this.#plain("flatten", start, [this.#identity(start)]);
        return this.#plain("projection", start, [list, this.#projected("Flatten")]);
      }
      case "Lbracket":
        return this.#leadingBracket(start);
      case "Expref":
        return this.#plain("reference", start, [this.#expression(0)]);
      case "Not":
        return this.#plain("not", start, [this.#expression(BINDING.Not)]);
      case "Plus":
      case "Minus": {
        const operand = this.#expression(BINDING[token.type]);
        const operator = token.type === "Plus" ? "+" : "-";
        return { kind: "sign", operator, span: this.#span(start), children: [operand] };
      }
      case "Lparen": {
        const inner = this.#expression(0);
        this.#match("Rparen", "the closing \u201C)\u201D");
        return inner;
      }
      case "EOF":
        throw this.#syntax(token, "the expression ends where a value is needed", "Incomplete expression");
      default:
        throw this.#syntax(
          token,
          `${describe(token)} stands where a value is needed`,
          `Invalid token: ${this.#named(token)}`
        );
    }
  }
  /** What `token` makes of the value on its left, which begins at `start`. */
  #infix(token, left, start) {
    const comparator = COMPARATORS[token.type];
    if (comparator !== void 0) {
      const children = [left, this.#expression(BINDING[token.type])];
      return { kind: "comparison", operator: comparator, span: this.#span(start), children };
    }
    const arithmetic = this.dialect.extendedGrammar ? ARITHMETIC[token.type] : void 0;
    if (arithmetic !== void 0) {
      const children = [left, this.#expression(BINDING[token.type])];
      return { kind: "arithmetic", operator: arithmetic, span: this.#span(start), children };
    }
    switch (token.type) {
      case "Dot": {
        if (this.#current.type === "Star") {
          this.#at++;
          const right2 = this.#projected("Dot");
          return this.#plain("objectProjection", start, [left, right2]);
        }
        const right = this.#dotted(BINDING.Dot);
        return this.#plain("subexpression", start, [left, right]);
      }
      case "Pipe":
        return this.#binary("pipe", left, start, "Pipe");
      case "Or":
        return this.#binary("or", left, start, "Or");
      case "And":
        return this.#binary("and", left, start, "And");
      case "Assign":
        return this.#binary("binding", left, start, "Assign");
      case "Lparen":
        return this.#call(token, left, start);
      case "Filter":
        return this.#filter(left, start);
      case "Flatten": {
        const list = this.#plain("flatten", start, [left]);
        const right = this.#projected("Flatten");
        return this.#plain("projection", start, [list, right]);
      }
      case "Lbracket": {
        const type = this.#current.type;
        if (type === "Number" || type === "Colon") return this.#indexed(left, this.#insideBrackets(token.start), start);
        this.#match("Star", "\u201C*\u201D, a number or a slice");
        this.#match("Rbracket", "the closing \u201C]\u201D");
        const right = this.#projected("Star");
        return this.#plain("projection", start, [left, right]);
      }
      default:
        throw this.#syntax(
          token,
          `${describe(token)} cannot follow what stands before it`,
          `Unexpected token: ${this.#named(token)}`
        );
    }
  }
  #binary(kind, left, start, type) {
    const right = this.#expression(BINDING[type]);
    return this.#plain(kind, start, [left, right]);
  }
  /** Commas between arguments are optional; names and counts are looked at only when the call runs. */
  #call(paren, left, start) {
    if (left.kind !== "field" && !this.dialect.callAnyNode)
      throw this.#syntax(paren, "only a function name can stand before \u201C(\u201D", "Invalid node as function name.");
    const children = [];
    while (this.#current.type !== "Rparen") {
      children.push(this.#expression(0));
      if (this.#current.type === "Comma") this.#at++;
    }
    this.#at++;
    return { kind: "call", callee: nameHeld(left), span: this.#span(start), children };
  }
  /** A `[` where a value is needed. */
  #leadingBracket(start) {
    const type = this.#current.type;
    if (type === "Number" || type === "Colon") {
      let inside;
      try {
        inside = this.#insideBrackets(start);
      } catch (problem) {
        if (problem instanceof ExpressionProblem) return this.#plain("empty", start);
        throw problem;
      }
      return this.#indexed(this.#identity(start), inside, start);
    }
    if (type === "Star" && this.#tokens[this.#at + 1]?.type === "Rbracket") {
      this.#at += 2;
      const left = this.#identity(start);
      return this.#plain("projection", start, [left, this.#projected("Star")]);
    }
    return this.#multiSelectList(start);
  }
  /** `n]` or `start:stop:step]`, the opening bracket at `start` being taken. */
  #insideBrackets(start) {
    if (this.#current.type !== "Colon" && this.#tokens[this.#at + 1]?.type !== "Colon") {
      const index = Number(this.#integer());
      this.#match("Rbracket", "the closing \u201C]\u201D");
      return { kind: "index", index, span: this.#span(start), children: [] };
    }
    const parts = [void 0, void 0, void 0];
    let part = 0;
    while (this.#current.type !== "Rbracket" && part < 3) {
      if (this.#current.type === "Colon") {
        if (++part === 3 && !this.dialect.thirdColonEndsSlice)
          throw this.#syntax(this.#current, "a slice has at most two colons", "Too many colons in slice expression");
        this.#at++;
      } else if (this.#current.type === "Number") parts[part] = this.#integer();
      else
        throw this.#syntax(
          this.#current,
          `a slice holds numbers and colons, not ${describe(this.#current)}`,
          `Expected ${this.dialect.tokenPrefix}Colon or ${this.dialect.tokenPrefix}Number, received: ${this.#named(this.#current)}`
        );
    }
    this.#match("Rbracket", "the closing \u201C]\u201D");
    return { kind: "slice", parts, span: this.#span(start), children: [] };
  }
  /** A number that fits into 64 bits; not taken where it does not. */
  #integer() {
    const token = this.#current;
    const value = token.text === "-" ? void 0 : BigInt(token.text);
    if (value !== void 0 && BigInt.asIntN(64, value) === value) {
      this.#at++;
      return value;
    }
    throw new ExpressionProblem({
      message: value === void 0 ? "a number expected after \u201C-\u201D" : `the number ${token.text} does not fit into 64 bits`,
      offset: token.start,
      productMessage: `strconv.Atoi: parsing "${token.text}": ${value === void 0 ? "invalid syntax" : "value out of range"}`
    });
  }
  #indexed(left, inside, start) {
    const indexed = this.#plain("indexExpression", start, [left, inside]);
    return inside.kind === "index" ? indexed : this.#plain("projection", start, [indexed, this.#projected("Star")]);
  }
  #filter(left, start) {
    const condition = this.#expression(0);
    this.#match("Rbracket", "the closing \u201C]\u201D of the filter");
    const right = this.#current.type === "Flatten" ? this.#identity() : this.#projected("Filter");
    return this.#plain("filterProjection", start, [left, right, condition]);
  }
  /** What is taken of each element of a projection that `type` began. */
  #projected(type) {
    const next = this.#current;
    if ((BINDING[next.type] ?? 0) < PROJECTION_STOP) return this.#identity();
    if (next.type === "Lbracket" || next.type === "Filter") return this.#expression(BINDING[type]);
    if (next.type === "Dot") {
      this.#at++;
      return this.#dotted(BINDING[type]);
    }
    throw this.#syntax(next, `${describe(next)} cannot follow a projection`, "Error");
  }
  /** What stands on the right of a dot. */
  #dotted(power) {
    const next = this.#current;
    switch (next.type) {
      case "QuotedIdentifier":
      case "UnquotedIdentifier":
      case "Star":
        return this.#expression(power);
      case "Lbracket":
        this.#at++;
        return this.#multiSelectList(next.start);
      case "Lbrace":
        this.#at++;
        return this.#multiSelectHash(next.start);
      default:
        throw this.#syntax(
          next,
          `a name, \u201C[\u201D or \u201C{\u201D expected after the dot, not ${describe(next)}`,
          "Expected identifier, lbracket, or lbrace"
        );
    }
  }
  #multiSelectList(start) {
    const children = [this.#expression(0)];
    while (this.#current.type !== "Rbracket") {
      this.#match("Comma", "\u201C,\u201D or the closing \u201C]\u201D");
      children.push(this.#expression(0));
    }
    this.#at++;
    return this.#plain("multiSelectList", start, children);
  }
  /** Commas between the members are optional. */
  #multiSelectHash(start) {
    const keys = [];
    const children = [];
    for (; ; ) {
      const key = this.#current;
      if (key.type !== "UnquotedIdentifier" && key.type !== "QuotedIdentifier")
        throw this.#syntax(
          key,
          `a name for a member expected, not ${describe(key)}`,
          "Expected tQuotedIdentifier or tUnquotedIdentifier"
        );
      this.#at++;
      keys.push({ name: key.text, span: { start: key.start, end: key.end } });
      this.#match("Colon", "\u201C:\u201D");
      children.push(this.#expression(0));
      if (this.#current.type === "Comma") this.#at++;
      else if (this.#current.type === "Rbrace") {
        this.#at++;
        return { kind: "multiSelectHash", keys, span: this.#span(start), children };
      }
    }
  }
  /** Everything up to the word `in` is a binding, whatever it looks like; the commas between them are optional. */
  #let(start) {
    const children = [];
    for (; ; ) {
      children.push(this.#expression(0));
      if (this.#current.type === "Comma") this.#at++;
      if (this.#current.type === "UnquotedIdentifier" && this.#current.text === "in") break;
    }
    this.#at++;
    children.push(this.#expression(0));
    return this.#plain("let", start, children);
  }
};
var CHAINED = /* @__PURE__ */ new Set(["or", "and", "pipe"]);
function chain(node) {
  if (!CHAINED.has(node.kind)) return [node];
  const operands = [];
  let left = node;
  for (; left.kind === node.kind; left = left.children[0]) operands.push(left.children[1]);
  operands.push(left);
  return operands.reverse();
}
function checkDepth(root) {
  const stack = [[root, 1]];
  for (let next = stack.pop(); next !== void 0; next = stack.pop()) {
    const [node, depth] = next;
    if (depth > MAX_TREE_DEPTH)
      limit(
        node.span.start,
        `the expression is nested deeper than ${MAX_TREE_DEPTH} levels, which this tool does not evaluate`
      );
    const operands = chain(node);
    for (const child of operands.length > 1 ? operands : node.children) stack.push([child, depth + 1]);
  }
}

// src/expression/evaluator.ts
var PROTOTYPE_NAMES = new Set(Object.getOwnPropertyNames(Object.prototype));
function compileNode(node, compiler2) {
  const { dialect } = compiler2;
  const at = node.span.start;
  switch (node.kind) {
    case "field":
      return compileField(node.name);
    case "literal": {
      const { value } = node;
      return () => value;
    }
    case "identity":
    case "current":
      return (value) => value;
    case "root":
      return (_, evaluation) => evaluation.root;
    case "variable":
      return compileVariable(node.name, at);
    case "empty":
      return () => fail(at, "the brackets that begin here were never read to their end", "Unknown AST node: ASTEmpty");
    case "binding":
      return () => fail(at, "a single \u201C=\u201D compares nothing; write \u201C==\u201D", "Unknown AST node: ASTBinding");
    case "call":
      return compileCall(node, compiler2);
    case "index": {
      const { index } = node;
      return (value) => {
        if (!Array.isArray(value)) return null;
        return value[index < 0 ? index + value.length : index] ?? null;
      };
    }
    case "slice":
      return compileSlice(node, dialect);
    case "subexpression":
    case "indexExpression":
      return compileStep(node, compiler2);
    case "or":
    case "and":
      return compileLogic(node, compiler2);
    case "pipe": {
      const steps = chain(node).map((step) => compiler2.compile(step));
      return (value, evaluation) => {
        let result = value;
        for (const step of steps) result = step(result, evaluation);
        return result;
      };
    }
    case "not": {
      const operand = compiler2.compile(node.children[0]);
      return (value, evaluation) => !isTrue(operand(value, evaluation));
    }
    case "reference": {
      const body2 = compiler2.compile(node.children[0]);
      const target = node.children[0];
      return (_, evaluation) => Object.assign((value) => body2(value, evaluation), { node: target });
    }
    case "comparison":
      return compileComparison(node.operator, node.children, compiler2);
    case "arithmetic":
      return compileArithmetic(node.operator, node.children, compiler2);
    case "sign": {
      const operand = compiler2.compile(node.children[0]);
      const factor = node.operator === "-" ? -1 : 1;
      return (value, evaluation) => {
        const number2 = operand(value, evaluation);
        return typeof number2 === "number" ? number2 * factor : null;
      };
    }
    case "multiSelectList": {
      const members = node.children.map((child) => compiler2.compile(child));
      return (value, evaluation) => {
        if (dialect.multiSelectOfNullIsNull && value === null) return null;
        return members.map((item) => item(value, evaluation));
      };
    }
    case "multiSelectHash": {
      const members = node.children.map((child) => compiler2.compile(child));
      return (value, evaluation) => {
        if (dialect.multiSelectOfNullIsNull && value === null) return null;
        const result = {};
        members.forEach((item, n2) => {
          setOwn(result, node.keys[n2].name, item(value, evaluation));
        });
        return result;
      };
    }
    case "flatten":
      return compileFlatten(node, compiler2);
    case "projection":
      return compileProjection(node, compiler2);
    case "objectProjection":
      return compileObjectProjection(node, compiler2);
    case "filterProjection":
      return compileFilter(node, compiler2);
    case "let":
      return compileLet(node, compiler2);
  }
}
function compileField(name) {
  if (PROTOTYPE_NAMES.has(name)) return (value) => member(value, name);
  return (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
    return value[name] ?? null;
  };
}
function compileVariable(name, at) {
  return (_, evaluation) => {
    for (let scope = evaluation.scope; scope !== void 0; scope = scope.outer)
      if (scope.name === name) return scope.value;
    return fail(at, `the variable ${name} is not defined`, `variable not defined: ${name}`);
  };
}
function compileStep(node, compiler2) {
  const left = compiler2.compile(node.children[0]);
  const right = compiler2.compile(node.children[1]);
  if (node.kind === "subexpression" && compiler2.dialect.nullEndsSubexpression)
    return (value, evaluation) => {
      const inner = left(value, evaluation);
      return inner === null ? null : right(inner, evaluation);
    };
  return (value, evaluation) => right(left(value, evaluation), evaluation);
}
function compileLogic(node, compiler2) {
  const operands = chain(node).map((operand) => compiler2.compile(operand));
  const stopAt = node.kind === "or";
  if (operands.length === 2) {
    const [first, second] = operands;
    return (value, evaluation) => {
      const result = first(value, evaluation);
      return isTrue(result) === stopAt ? result : second(value, evaluation);
    };
  }
  const last = operands.pop();
  return (value, evaluation) => {
    for (const operand of operands) {
      const result = operand(value, evaluation);
      if (isTrue(result) === stopAt) return result;
    }
    return last(value, evaluation);
  };
}
function compileComparison(operator, children, compiler2) {
  const left = compiler2.compile(children[0]);
  const right = compiler2.compile(children[1]);
  const sameReference = (a, b) => compiler2.dialect.referencesCompare && sameNode(a.node, b.node);
  if (operator === "==")
    return (value, evaluation) => equal(left(value, evaluation), right(value, evaluation), sameReference);
  if (operator === "!=")
    return (value, evaluation) => !equal(left(value, evaluation), right(value, evaluation), sameReference);
  const holds2 = ORDER2[operator];
  return (value, evaluation) => {
    const a = left(value, evaluation);
    const b = right(value, evaluation);
    return typeof a === "number" && typeof b === "number" ? holds2(a, b) : null;
  };
}
var ORDER2 = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b
};
var OPERATIONS = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "//": (a, b) => Math.floor(a / b),
  "%": (a, b) => a % b
};
function compileArithmetic(operator, children, compiler2) {
  const left = compiler2.compile(children[0]);
  const right = compiler2.compile(children[1]);
  const operation = OPERATIONS[operator];
  return (value, evaluation) => {
    const a = left(value, evaluation);
    const b = right(value, evaluation);
    return typeof a === "number" && typeof b === "number" ? operation(a, b) : null;
  };
}
function swallowing(inner) {
  return (value, evaluation) => {
    try {
      return inner(value, evaluation);
    } catch (problem) {
      if (isOrdinary(problem)) return null;
      throw problem;
    }
  };
}
function compileFlatten(node, compiler2) {
  const list = swallowing(compiler2.compile(node.children[0]));
  const at = node.span.start;
  return (value, evaluation) => {
    const outer = list(value, evaluation);
    if (!Array.isArray(outer)) return null;
    const result = [];
    for (const element of outer) {
      if (Array.isArray(element)) {
        evaluation.spend(element.length, at);
        for (const inner of element) result.push(inner);
      } else result.push(element);
    }
    evaluation.spend(outer.length, at);
    return result;
  };
}
function project(list, take, evaluation) {
  const result = [];
  for (const element of list) {
    const taken = take(element, evaluation);
    if (taken !== null && taken !== void 0) result.push(taken);
  }
  return result;
}
function compileProjection(node, compiler2) {
  const [left, right] = node.children;
  const list = compiler2.compile(left);
  const take = compiler2.compile(right);
  const at = node.span.start;
  const sliced = left.kind === "indexExpression" && left.children[1].kind === "slice";
  const keepText = compiler2.dialect.stringSlices && sliced;
  return (value, evaluation) => {
    const elements = list(value, evaluation);
    if (!Array.isArray(elements)) return keepText && typeof elements === "string" ? elements : null;
    evaluation.spend(elements.length, at);
    return project(elements, take, evaluation);
  };
}
function compileObjectProjection(node, compiler2) {
  const object = swallowing(compiler2.compile(node.children[0]));
  const take = compiler2.compile(node.children[1]);
  const at = node.span.start;
  const nullsFirst = compiler2.dialect.wildcardStartsWithNulls;
  return (value, evaluation) => {
    const source = object(value, evaluation);
    if (!isObject(source)) return null;
    const members = Object.values(source);
    evaluation.spend(members.length, at);
    const nulls = nullsFirst ? project(new Array(members.length).fill(null), take, evaluation) : [];
    return nulls.concat(project(members, take, evaluation));
  };
}
function compileFilter(node, compiler2) {
  const list = swallowing(compiler2.compile(node.children[0]));
  const take = compiler2.compile(node.children[1]);
  const condition = compiler2.compile(node.children[2]);
  const at = node.span.start;
  return (value, evaluation) => {
    const elements = list(value, evaluation);
    if (!Array.isArray(elements)) return null;
    evaluation.spend(elements.length, at);
    return project(
      elements,
      (element) => isTrue(condition(element, evaluation)) ? take(element, evaluation) : null,
      evaluation
    );
  };
}
var MAX_INT64 = 2n ** 63n - 1n;
function bound(part) {
  if (part === void 0) return void 0;
  const reach = 2n ** 52n;
  return Number(part > reach ? reach : part < -reach ? -reach : part);
}
function compileSlice(node, dialect) {
  const at = node.span.start;
  const start = bound(node.parts[0]);
  const stop = bound(node.parts[1]);
  const step = bound(node.parts[2]) ?? 1;
  const room = MAX_INT64 - (node.parts[2] ?? 1n);
  const lastSafe = room < 2n ** 52n ? Number(room) : Number.POSITIVE_INFINITY;
  const cap = (index, length) => {
    if (index < 0) return index + length >= 0 ? index + length : step < 0 ? -1 : 0;
    return index < length ? index : step < 0 ? length - 1 : length;
  };
  const slice = (list, evaluation) => {
    const length = list.length;
    const from = start === void 0 ? step < 0 ? length - 1 : 0 : cap(start, length);
    const to = stop === void 0 ? step < 0 ? -1 : length : cap(stop, length);
    const result = [];
    for (let n2 = from; step > 0 ? n2 < to : n2 > to; n2 += step) {
      result.push(list[n2]);
      if (n2 > lastSafe) panic(at, "the step of this slice is too large", "runtime error: index out of range");
    }
    evaluation.spend(result.length, at);
    return result;
  };
  return (value, evaluation) => {
    if (typeof value === "string" && dialect.stringSlices)
      return step === 0 ? null : slice(Array.from(value), evaluation).join("");
    if (!Array.isArray(value)) return null;
    if (step === 0)
      return fail(
        at,
        "the step of a slice cannot be 0",
        `${dialect.name === "classic" ? "I" : "i"}nvalid slice, step cannot be 0`
      );
    return slice(value, evaluation);
  };
}
function compileLet(node, compiler2) {
  const written2 = node.children.slice(0, -1);
  const body2 = compiler2.compile(node.children[node.children.length - 1]);
  const bindings = written2.map((binding) => {
    const at = binding.span.start;
    const [target, source] = binding.children;
    if (source === void 0) {
      const length = binding.children.length;
      return () => panic(
        at,
        "a binding of \u201Clet\u201D has the form $name = value",
        `runtime error: index out of range [1] with length ${length}`
      );
    }
    const name = binding.kind === "multiSelectHash" ? binding.keys[0].name : nameHeld(target);
    const evaluate = compiler2.compile(source);
    return (value, evaluation) => {
      const bound2 = evaluate(value, evaluation);
      if (name === void 0)
        return panic(
          at,
          "a binding of \u201Clet\u201D has the form $name = value",
          "interface conversion: interface {} is nil, not string"
        );
      return { name, value: bound2 };
    };
  });
  return (value, evaluation) => {
    let scope = evaluation.scope;
    for (const binding of bindings) scope = { ...binding(value, evaluation), outer: scope };
    return body2(value, evaluation.with(scope));
  };
}

// src/expression/trace.ts
var MAX_TRACED_RESULTS = 20;
var Recorder = class {
  constructor(source, dialect, shown) {
    this.source = source;
    this.dialect = dialect;
    this.shown = shown;
  }
  source;
  dialect;
  shown;
  fuse = false;
  #records = /* @__PURE__ */ new Map();
  compile(node) {
    const inner = compileNode(node, this);
    const record = { results: [], evaluations: 0 };
    this.#records.set(node, record);
    const note = (result) => {
      record.evaluations++;
      if (record.results.length < MAX_TRACED_RESULTS) record.results.push(result);
    };
    return (value, evaluation) => {
      try {
        const result = inner(value, evaluation);
        note({ value: this.shown(result) });
        return result;
      } catch (problem) {
        note({ error: explain(problem) });
        throw problem;
      }
    };
  }
  /** The tree with what was noted. */
  traced(node) {
    const operands = chain(node);
    return {
      ...this.untraced(node),
      results: this.#records.get(node)?.results ?? [],
      evaluations: this.#records.get(node)?.evaluations ?? 0,
      children: (operands.length > 1 ? operands : node.children).filter(({ span }) => span.end > span.start).sort((a, b) => a.span.start - b.span.start).map((child) => this.traced(child))
    };
  }
  /** A node of which nothing is known. */
  untraced({ kind, span }) {
    const text = this.source.slice(span.start, span.end);
    return { kind, span, text, results: [], evaluations: 0, children: [] };
  }
};

// src/expression/compile.ts
function compile(source, dialect) {
  try {
    return new Expression(source, dialect, parse2(source, dialectOf(dialect)));
  } catch (problem) {
    return { error: explain(problem) };
  }
}
var Expression = class {
  constructor(source, dialect, tree) {
    this.source = source;
    this.dialect = dialect;
    this.tree = tree;
    let changesDocument = false;
    let nondeterministic = false;
    let holdsReferences = false;
    for (const node of walk(tree)) {
      if (node.kind === "reference") holdsReferences = true;
      if (node.kind === "objectProjection") nondeterministic = true;
      if (node.kind !== "call" || node.callee === void 0) continue;
      if (node.callee === "sort_by") changesDocument = true;
      if (functionNamed(node.callee)?.randomOrder) nondeterministic = true;
    }
    this.nondeterministic = nondeterministic;
    this.#holdsReferences = holdsReferences;
    this.#evaluator = changesDocument ? void 0 : compiler(dialect).compile(tree);
  }
  source;
  dialect;
  tree;
  nondeterministic;
  #evaluator;
  #holdsReferences;
  evaluate(document2) {
    try {
      if (this.#evaluator !== void 0) return this.#run(this.#evaluator, document2);
      return this.#run(compiler(this.dialect).compile(withOwnLiterals(this.tree)), copy(document2));
    } catch (problem) {
      return { error: explain(problem) };
    }
  }
  trace(document2) {
    const recorder = new Recorder(this.source, dialectOf(this.dialect), (value) => this.#shown(value));
    try {
      const fresh = this.#evaluator === void 0;
      const tree = fresh ? withOwnLiterals(this.tree) : this.tree;
      const evaluator = recorder.compile(tree);
      let result;
      try {
        result = this.#run(evaluator, fresh ? copy(document2) : document2);
      } catch (problem) {
        result = { error: explain(problem) };
      }
      return { result, root: recorder.traced(tree) };
    } catch (problem) {
      return { result: { error: explain(problem) }, root: recorder.untraced(this.tree) };
    }
  }
  #run(evaluator, document2) {
    const root = document2 ?? null;
    return { value: this.#shown(evaluator(root, new Evaluation(root))) };
  }
  #shown(value) {
    return this.#holdsReferences ? withoutReferences(value ?? null, this.dialect) : value ?? null;
  }
};
function compiler(name) {
  const result = {
    dialect: dialectOf(name),
    fuse: true,
    compile: (node) => compileNode(node, result)
  };
  return result;
}
function copy(value) {
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== "object" || value === null) return value;
  const result = {};
  for (const [key, item] of Object.entries(value)) setOwn(result, key, copy(item));
  return result;
}
function withOwnLiterals(node) {
  if (node.kind === "literal") return { ...node, value: copy(node.value) };
  return { ...node, children: node.children.map(withOwnLiterals) };
}
function withoutReferences(value, dialect) {
  if (isReference(value)) return dialect === "classic" ? {} : null;
  if (Array.isArray(value)) return value.map((item) => withoutReferences(item, dialect));
  if (typeof value !== "object" || value === null) return value;
  const result = {};
  for (const [key, item] of Object.entries(value)) setOwn(result, key, withoutReferences(item, dialect));
  return result;
}

// src/claims/attribute-path.ts
var ExpressionPanic = class {
  constructor(option, expression, error) {
    this.option = option;
    this.expression = expression;
    this.error = error;
  }
  option;
  expression;
  error;
};
var AttributePath = class {
  constructor(option, expression, dialect) {
    this.option = option;
    this.expression = expression;
    const compiled = compile(expression, dialect);
    if ("evaluate" in compiled) this.compiled = compiled;
    else this.#syntaxError = { ok: false, error: compiled.error };
    this.random = this.compiled?.nondeterministic === true && dependsOnOrder(this.compiled.tree);
  }
  option;
  expression;
  compiled;
  /** What it gives can differ from login to login: it takes one of several members of an object, which have no order in Go. */
  random;
  #syntaxError;
  /** The result on a document. Throws ExpressionPanic where the product's library would panic. */
  evaluate(document2) {
    const result = this.quietly(document2);
    if (!result.ok && result.error.panic) throw new ExpressionPanic(this.option, this.expression, result.error);
    return result;
  }
  /** The same, a panic being an error like any other: for what the product does not evaluate. */
  quietly(document2) {
    if (!document2.ok) return { ok: false, error: { message: document2.error } };
    if (this.compiled === void 0) return this.#syntaxError;
    const result = this.compiled.evaluate(document2.value);
    return result.error === void 0 ? { ok: true, value: result.value } : { ok: false, error: result.error };
  }
};
var ORDERLY = /* @__PURE__ */ new Set([
  "join",
  "to_string",
  "reverse",
  "zip",
  "from_items",
  "max_by",
  "min_by",
  "group_by",
  "sort_by"
]);
function dependsOnOrder(tree) {
  for (const node of walk(tree))
    if (node.kind === "index" || node.kind === "slice" || node.kind === "comparison" || node.kind === "call" && node.callee !== void 0 && ORDERLY.has(node.callee))
      return true;
  return false;
}
function asText(result) {
  return result.ok && typeof result.value === "string" ? result.value : "";
}
function asTexts(result) {
  if (!result.ok || !Array.isArray(result.value)) return [];
  return result.value.filter((item) => typeof item === "string");
}

// src/claims/go-struct.ts
var STRING3 = { type: "string" };
var BOOL = { type: "bool" };
var INT = { type: "int" };
var JsonTypeError = class extends Error {
  /** What stood there: `number`, `array`, … */
  found;
  /** Path of the field, empty for the document itself. */
  field;
  wanted;
  constructor(found2, field, owner, wanted) {
    super(
      field === "" ? `json: cannot unmarshal ${found2} into Go value of type ${wanted}` : `json: cannot unmarshal ${found2} into Go struct field ${owner}.${field} of type ${wanted}`
    );
    this.name = "JsonTypeError";
    this.found = found2;
    this.field = field;
    this.wanted = wanted;
  }
};
function decodeShape(node, shape2) {
  return fill(node, shape2, zero(shape2), { path: "", owner: "" });
}
function zero(shape2) {
  switch (shape2.type) {
    case "string":
      return "";
    case "bool":
      return false;
    case "int":
      return "0";
    case "struct":
      return Object.fromEntries(Object.entries(shape2.fields).map(([name, field]) => [name, zero(field)]));
    default:
      return null;
  }
}
function fill(node, shape2, current, place) {
  if (node.kind === "null") return shape2.type === "list" || shape2.type === "map" ? null : current;
  switch (shape2.type) {
    case "string":
      if (node.kind === "string") return node.value;
      break;
    case "bool":
      if (node.kind === "boolean") return node.value;
      break;
    case "int":
      if (node.kind === "number") return integer2(node.text, place);
      break;
    case "list":
      if (node.kind === "array") {
        const before = Array.isArray(current) ? current : [];
        return node.items.map((item, index) => fill(item, shape2.item, before[index] ?? zero(shape2.item), place));
      }
      break;
    case "map":
      if (node.kind === "object") {
        const map = current instanceof Map ? current : /* @__PURE__ */ new Map();
        for (const member2 of node.members)
          map.set(member2.key, fill(member2.value, shape2.value, zero(shape2.value), place));
        return map;
      }
      break;
    case "struct":
      if (node.kind === "object") {
        const value = current;
        for (const member2 of node.members) {
          const field = fieldOf(shape2.fields, member2.key);
          if (field === void 0) continue;
          const path2 = place.path === "" ? field : `${place.path}.${field}`;
          value[field] = fill(member2.value, shape2.fields[field], value[field], { path: path2, owner: shape2.name });
        }
        return value;
      }
      break;
  }
  throw new JsonTypeError(node.kind === "boolean" ? "bool" : node.kind, place.path, place.owner, typeName(shape2));
}
var MAX_INT = 2n ** 63n - 1n;
var MIN_INT = -(2n ** 63n);
function integer2(text, place) {
  if (/^-?\d+$/.test(text)) {
    const value = BigInt(text);
    if (value >= MIN_INT && value <= MAX_INT) return value.toString();
  }
  throw new JsonTypeError(`number ${text}`, place.path, place.owner, "int");
}
function fieldOf(fields, key) {
  if (Object.hasOwn(fields, key)) return key;
  const folded = foldKey(key);
  return Object.hasOwn(fields, folded) ? folded : void 0;
}
function foldKey(key) {
  return key.replace(
    /[A-Z\u017f\u212a]/g,
    (letter) => letter === "\u017F" ? "s" : letter === "\u212A" ? "k" : letter.toLowerCase()
  );
}
function typeName(shape2) {
  switch (shape2.type) {
    case "list":
      return `[]${typeName(shape2.item)}`;
    case "map":
      return `map[string]${typeName(shape2.value)}`;
    case "struct":
      return shape2.name === "" ? "struct" : shape2.name;
    default:
      return shape2.type;
  }
}

// src/claims/documents.ts
var USER_STRINGS = ["name", "display_name", "login", "username", "email", "upn"];
var USER_FIELDS = {
  ...Object.fromEntries(USER_STRINGS.map((name) => [name, STRING3])),
  attributes: { type: "map", value: { type: "list", item: STRING3 } }
};
var USER = { type: "struct", name: "UserInfoJson", fields: USER_FIELDS };
var USER_WITH_SUB = { type: "struct", name: "UserInfoJson", fields: { sub: STRING3, ...USER_FIELDS } };
function read(body2, shape2) {
  try {
    return { ok: true, value: decodeShape(body2.tree(), shape2) };
  } catch (error) {
    if (error instanceof JsonSyntaxError) return { ok: false, refusal: { error: error.message } };
    if (error instanceof JsonTypeError)
      return {
        ok: false,
        refusal: { error: error.message, type: { field: error.field, found: error.found, wanted: error.wanted } }
      };
    throw error;
  }
}
function readUser(body2, sub) {
  if (body2.plain !== void 0) {
    const fields = plainUser(body2.plain.value, sub);
    if (fields !== void 0) return { ok: true, value: fields };
  }
  const result = read(body2, sub ? USER_WITH_SUB : USER);
  if (result.ok && !sub) result.value["sub"] = "";
  return result;
}
function plainUser(value, sub) {
  if (value === null) return NO_FIELDS;
  if (typeof value !== "object" || Array.isArray(value)) return void 0;
  const { sub: id, name, display_name, login, username, email, upn, attributes } = value;
  if (attributes !== void 0 && attributes !== null) return void 0;
  const fields = {
    sub: sub ? id ?? "" : "",
    name: name ?? "",
    display_name: display_name ?? "",
    login: login ?? "",
    username: username ?? "",
    email: email ?? "",
    upn: upn ?? "",
    attributes: null
  };
  return typeof fields.sub === "string" && typeof fields.name === "string" && typeof fields.display_name === "string" && typeof fields.login === "string" && typeof fields.username === "string" && typeof fields.email === "string" && typeof fields.upn === "string" ? fields : void 0;
}
var NO_FIELDS = {
  sub: "",
  name: "",
  display_name: "",
  login: "",
  username: "",
  email: "",
  upn: "",
  attributes: null
};
var EMAIL_RECORDS = {
  type: "list",
  item: {
    type: "struct",
    name: "Record",
    fields: { email: STRING3, primary: BOOL, is_primary: BOOL, verified: BOOL, is_confirmed: BOOL }
  }
};
var EMAIL_PAGE = { type: "struct", name: "", fields: { values: EMAIL_RECORDS } };
function readEmails(body2) {
  const list = read(body2, EMAIL_RECORDS);
  if (list.ok) return { ok: true, value: list.value ?? [] };
  const page = read(body2, EMAIL_PAGE);
  return page.ok ? { ok: true, value: page.value.values ?? [] } : page;
}
var TEAMS = { type: "list", item: { type: "struct", name: "Record", fields: { id: INT } } };
function readTeamIds2(body2) {
  const teams2 = read(body2, TEAMS);
  return teams2.ok ? { ok: true, value: (teams2.value ?? []).map((team) => team.id) } : teams2;
}
var ORGS = { type: "list", item: { type: "struct", name: "Record", fields: { login: STRING3 } } };
function readOrgLogins(body2) {
  const orgs = read(body2, ORGS);
  return orgs.ok ? { ok: true, value: (orgs.value ?? []).map((org) => org.login) } : orgs;
}
var COM_USER = {
  type: "struct",
  name: "",
  fields: {
    id: INT,
    name: STRING3,
    username: STRING3,
    email: STRING3,
    role: STRING3,
    orgs: { type: "list", item: { type: "struct", name: "OrgRecord", fields: { login: STRING3 } } }
  }
};
function readComUser(body2) {
  if (body2.plain !== void 0) {
    const user = plainComUser(body2.plain.value);
    if (user !== void 0 && !/[:\s]-?\d+[.eE]/.test(body2.text)) return { ok: true, value: user };
  }
  return read(body2, COM_USER);
}
function plainComUser(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return void 0;
  const { id, name = "", username = "", email = "", role = "", orgs = null } = value;
  if (!Number.isSafeInteger(id) || Object.is(id, -0)) return void 0;
  if (typeof name !== "string" || typeof username !== "string" || typeof email !== "string" || typeof role !== "string")
    return void 0;
  return orgs === null ? { id: String(id), name, username, email, role, orgs } : void 0;
}

// src/claims/jwt.ts
import { inflateSync } from "node:zlib";

// src/text/utf8.ts
var FATAL = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
function decodeUtf8(bytes) {
  try {
    return FATAL.decode(bytes);
  } catch {
    return decodeBroken(bytes);
  }
}
function decodeBroken(bytes) {
  let result = "";
  let at = 0;
  while (at < bytes.length) {
    const size2 = sequenceLength(bytes, at);
    result += size2 === 0 ? "\uFFFD" : FATAL.decode(bytes.subarray(at, at + size2));
    at += Math.max(size2, 1);
  }
  return result;
}
function sequenceLength(bytes, at) {
  const first = bytes[at];
  if (first < 128) return 1;
  const size2 = first >= 240 ? 4 : first >= 224 ? 3 : 2;
  if (first < 194 || first > 244 || at + size2 > bytes.length) return 0;
  const low = first === 224 ? 160 : first === 240 ? 144 : 128;
  const high = first === 237 ? 159 : first === 244 ? 143 : 191;
  if (bytes[at + 1] < low || bytes[at + 1] > high) return 0;
  for (let next = at + 2; next < at + size2; next++) if ((bytes[next] & 192) !== 128) return 0;
  return size2;
}

// src/claims/jwt.ts
var THREE_PARTS = /^([-_a-zA-Z0-9=]+)\.([-_a-zA-Z0-9=]+)\.([-_a-zA-Z0-9=]+)$/;
var MAX_INFLATED = 256 * 1024 * 1024;
function jwtPayload(token) {
  const parts = THREE_PARTS.exec(token);
  if (!parts) return { ok: false, reason: describeForm(token) };
  const [, first, second] = parts;
  const header = rawBase64Url(first);
  if (header === void 0) return { ok: false, reason: `its header is no unpadded base64url${padding(first)}` };
  const payload = rawBase64Url(second);
  if (payload === void 0) return { ok: false, reason: `its payload is no unpadded base64url${padding(second)}` };
  const problem = header.toString("latin1") === PLAIN_HEADER ? void 0 : headerProblem(header);
  if (problem?.reason !== void 0) return { ok: false, reason: problem.reason };
  if (!problem?.compressed) return { ok: true, text: decodeUtf8(payload) };
  try {
    return { ok: true, text: decodeUtf8(inflateSync(payload, { maxOutputLength: MAX_INFLATED })) };
  } catch (error) {
    return {
      ok: false,
      reason: `its header says "zip": "DEF" and the payload cannot be inflated as zlib (${error.message}); raw deflate is not read`
    };
  }
}
var PLAIN_HEADER = '{"alg":"RS256","typ":"JWT"}';
function headerProblem(header) {
  let node;
  try {
    node = parseJsonTree(decodeUtf8(header));
  } catch (error) {
    if (error instanceof JsonSyntaxError)
      return { reason: `its header is not JSON: ${error.message}`, compressed: false };
    throw error;
  }
  if (node.kind === "null") return { compressed: false };
  if (node.kind !== "object") return { reason: `its header is JSON, but no object (${node.kind})`, compressed: false };
  const huge = findHugeNumber(node);
  if (huge !== void 0) return { reason: `its header holds a number out of range (${huge})`, compressed: false };
  const zip2 = node.members.findLast((member2) => member2.key === "zip")?.value;
  if (zip2 === void 0) return { compressed: false };
  if (zip2.kind === "string" && zip2.value === "DEF") return { compressed: true };
  const written2 = zip2.kind === "string" ? `"${zip2.value}"` : zip2.kind;
  return { reason: `its header has "zip": ${written2}; only "DEF" is known`, compressed: false };
}
function findHugeNumber(node) {
  const todo = [node];
  for (let next = todo.pop(); next !== void 0; next = todo.pop()) {
    if (next.kind === "number" && !Number.isFinite(Number(next.text))) return next.text;
    if (next.kind === "array") todo.push(...next.items);
    if (next.kind === "object") for (const member2 of next.members) todo.push(member2.value);
  }
  return void 0;
}
function rawBase64Url(text) {
  if (text.length % 4 === 1 || text.includes("=")) return void 0;
  return Buffer.from(text, "base64url");
}
function padding(part) {
  return part.includes("=") ? ' (it is padded with "=")' : "";
}
function describeForm(token) {
  if (token === "") return "it is empty";
  if (token !== token.trim()) return "it has white space around it";
  if (/^bearer /i.test(token)) return 'it begins with "Bearer "';
  const parts = token.split(".");
  if (parts.length === 5) return "it has five parts: an encrypted token (JWE) cannot be read";
  if (parts.length !== 3) return `it has ${parts.length} ${parts.length === 1 ? "part" : "parts"}, a JWT has three`;
  if (parts[2] === "") return "its signature part is empty";
  if (parts.some((part) => part === "")) return "one of its parts is empty";
  return "it holds characters that are not base64url";
}

// src/claims/profile.ts
var FIRST = {
  sub: false,
  nonStringToken: "panic",
  accessToken: false,
  roles: ["Viewer", "Editor", "Admin"],
  roleFlow: "keep",
  skipOrgRoleSync: false,
  globalSkip: "not-computed",
  emailsWithoutApiUrl: true,
  sprintf: true,
  allowedGroups: false,
  orgMapping: null,
  comRoleFlow: "keep",
  comGlobalSkip: true,
  noSync: "empty",
  comNoSync: "empty",
  texts: {
    strict: "Integration requires a valid org role assigned in idP. Assigned role: {role}",
    team: "user not a member of one of the required teams",
    organization: "user not a member of one of the required organizations",
    group: "user not a member of one of the required groups",
    comOrganization: "user not a member of one of the required organizations",
    emailMissing: "login provider didn't return an email address",
    emailDomain: "required email domain not fulfilled",
    signUpDisabled: "system administrator has disabled signup"
  }
};
var CHANGES = {
  "10.0": { sub: true },
  "10.1": {
    nonStringToken: "ignored",
    roles: ["None", "Viewer", "Editor", "Admin"],
    roleFlow: "default",
    skipOrgRoleSync: true,
    globalSkip: "dropped",
    allowedGroups: true,
    texts: {
      strict: "[oauth.role_attribute_strict_violation] idP did not return a role attribute",
      comOrganization: "User is not a member of one of the required organizations. Please contact identity provider administrator.",
      emailMissing: "[auth.oauth.email.missing] required attribute email was not provided",
      emailDomain: "[auth.oauth.email.not-allowed] provided email is not allowed",
      signUpDisabled: "Sign up is disabled"
    }
  },
  "11.0": { globalSkip: "ignored", comGlobalSkip: false },
  "11.1": {
    roleFlow: "mapper",
    orgMapping: { escapes: false },
    noSync: "null",
    texts: {
      strict: "[oauth.role_attribute_strict_violation] could not evaluate any valid roles using IdP provided data"
    }
  },
  "11.2": {
    orgMapping: { escapes: true },
    emailsWithoutApiUrl: false,
    comRoleFlow: "mapper",
    comNoSync: "null"
  },
  "11.6": {
    sprintf: false,
    texts: {
      team: "User not a member of one of the required teams",
      organization: "User not a member of one of the required organizations"
    }
  },
  "13.0": { accessToken: true }
};
var PROFILES = build();
function build() {
  const profiles = /* @__PURE__ */ new Map();
  let current = FIRST;
  for (const id of PROFILE_IDS) {
    const change = CHANGES[id] ?? {};
    current = { ...current, ...change, texts: { ...current.texts, ...change.texts } };
    profiles.set(id, current);
  }
  return profiles;
}
function claimsProfile(id) {
  return PROFILES.get(id);
}
function since2(holds2) {
  return PROFILE_IDS.find((id) => holds2(claimsProfile(id)));
}

// src/claims/tracer.ts
var Tracer = class {
  steps = [];
  add(step) {
    this.steps.push(step);
  }
  /** The evaluation of a path. `status` is found from the result where it is not given. */
  path(step, path2, result) {
    const { status, ...rest2 } = step;
    this.steps.push({
      ...rest2,
      option: path2.option,
      expression: path2.expression,
      ...result.ok ? { result: result.value } : { error: errorOf(result.error) },
      status: status ?? (result.ok ? "empty" : "error"),
      ...path2.random && {
        note: [step.note, RANDOM].filter(Boolean).join("; "),
        certainty: "undetermined"
      }
    });
  }
};
var RANDOM = "the result follows the order of an object, which Grafana takes at random: it can differ from login to login";
function errorOf(error) {
  return {
    message: error.message,
    ...error.offset !== void 0 && { offset: error.offset },
    ...error.panic && { panic: true }
  };
}
var SOURCE_NAMES = {
  id_token: "the ID token",
  userinfo: "UserInfo",
  access_token: "the access token"
};
function show(value) {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 120 ? `${text.slice(0, 117)}\u2026` : text;
}
function kindOf(value) {
  if (value === null || value === void 0) return "null";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

// src/claims/sources.ts
var SourceDocument = class {
  constructor(name, fields, body2) {
    this.name = name;
    this.fields = fields;
    this.#body = body2;
  }
  name;
  fields;
  #body;
  #document;
  /** The whole document, for attribute paths. */
  get document() {
    this.#document ??= this.#body.document();
    return this.#document;
  }
};
var TokenPanic = class {
  constructor(found2) {
    this.found = found2;
  }
  found;
};
var NO_DOCUMENTS = /* @__PURE__ */ new Map();
function readSources(inputs, exchange, trace) {
  const documents = trace ? /* @__PURE__ */ new Map() : NO_DOCUMENTS;
  const readable = [];
  const take = (name, found2) => {
    if (found2 === void 0) return;
    if (trace) documents.set(name, found2.body);
    if (found2.note === void 0) return;
    const source = readDocument(name, found2.body, inputs.profile, trace, found2.note);
    if (source) readable.push(source);
  };
  take("id_token", findIdToken(inputs, trace));
  take("userinfo", findUserinfo(inputs, exchange, trace));
  take("access_token", findAccessToken(inputs, trace));
  return { readable, documents };
}
function findIdToken(inputs, trace) {
  const { token, profile, attribute: attribute2 } = inputs;
  const option = attribute2 === "id_token" ? {} : { option: "id_token_attribute_name" };
  if (token.idToken === void 0) {
    if (token.claims !== void 0) return { body: token.claims, note: "claims given in place of a token" };
    trace?.add({
      field: "source",
      source: "id_token",
      ...option,
      status: "empty",
      note: `the token answer has no "${attribute2}"${attribute2 === "id_token" ? '; without the scope "openid" providers send none' : ""}`
    });
    return void 0;
  }
  if (typeof token.idToken !== "string") {
    if (profile.nonStringToken === "panic") throw new TokenPanic(token.idToken);
    trace?.add({
      field: "source",
      source: "id_token",
      ...option,
      status: "ignored",
      note: `"${attribute2}" of the token answer is no text (${show(token.idToken)})`
    });
    return void 0;
  }
  const payload = jwtPayload(token.idToken);
  if (!payload.ok) {
    trace?.add({
      field: "source",
      source: "id_token",
      ...option,
      status: "ignored",
      note: `"${attribute2}" is no token Grafana can read: ${payload.reason}`
    });
    return void 0;
  }
  return { body: new TextBody(payload.text), note: "its signature, expiry and audience are not looked at here" };
}
function findUserinfo(inputs, exchange, trace) {
  if (inputs.apiUrl === void 0) {
    trace?.add({
      field: "source",
      source: "userinfo",
      option: "api_url",
      status: "skipped",
      note: inputs.userinfoRecorded ? "api_url is unset: Grafana asks for no UserInfo, the answer in the payload is not used" : "api_url is unset: Grafana asks for no UserInfo"
    });
    return void 0;
  }
  const answer3 = exchange.get("userinfo", inputs.apiUrl);
  if (!answer3.ok) {
    trace?.add({
      field: "source",
      source: "userinfo",
      option: "api_url",
      status: "error",
      note: failedRequest(answer3, "Grafana only logs this (at debug level) and goes on without UserInfo")
    });
    return void 0;
  }
  return { body: answer3.body, note: `answer of ${answer3.url}` };
}
function findAccessToken(inputs, trace) {
  const { accessToken } = inputs.token;
  if (accessToken === "") return void 0;
  const looked = inputs.profile.accessToken;
  const step = { field: "source", source: "access_token" };
  if (!looked) {
    if (trace === void 0) return void 0;
    trace.add({
      ...step,
      status: "skipped",
      note: "this version does not look into the access token (12.1 and later do)"
    });
  }
  const payload = jwtPayload(accessToken);
  if (!payload.ok) {
    if (looked) trace?.add({ ...step, status: "ignored", note: `the access token is no JWT: ${payload.reason}` });
    return void 0;
  }
  return {
    body: new TextBody(payload.text),
    note: looked ? "the third source, where the others gave nothing" : void 0
  };
}
function readDocument(name, body2, profile, trace, note) {
  const fields = readUser(body2, profile.sub);
  if (!fields.ok) {
    trace?.add({
      field: "source",
      source: name,
      status: "ignored",
      note: droppedSource(name, fields.refusal, profile)
    });
    return void 0;
  }
  const source = new SourceDocument(name, fields.value, body2);
  if (trace) {
    const { document: document2 } = source;
    trace.add({
      field: "source",
      source: name,
      status: "matched",
      ...document2.ok ? { result: claimNames(document2.value) } : {},
      note: document2.ok ? note : `${note}; no attribute path can be evaluated on it: ${document2.error}`
    });
  }
  return source;
}
function claimNames(value) {
  return typeof value === "object" && value !== null ? Object.keys(value) : null;
}
function droppedSource(name, refusal, profile) {
  const whole = `all of ${SOURCE_NAMES[name]} is dropped, and the login goes on without it`;
  if (refusal.type === void 0) return `not readable as JSON (${refusal.error}): ${whole}`;
  if (refusal.type.field === "") return `an object is needed, this is ${article(refusal.type.found)}: ${whole}`;
  const wanted = refusal.type.wanted === "string" ? "a text" : "an object of lists of texts";
  const versions = refusal.type.field === "sub" ? `; ${since2((one) => one.sub)} and later read "sub", earlier versions do not` : "";
  const found2 = refusal.type.field === "attributes" && refusal.type.wanted !== "map[string][]string" ? "holds" : "is";
  return `"${refusal.type.field}" ${found2} ${article(refusal.type.found)} where Grafana needs ${wanted}: ${whole}${profile.sub ? versions : ""}`;
}
function article(found2) {
  const word = found2.startsWith("number") ? "number" : found2;
  return /^[aeiou]/.test(word) ? `an ${word}` : `a ${word}`;
}
function failedRequest(answer3, consequence) {
  if (answer3.url === void 0) return `the request cannot be sent (${answer3.error}); ${consequence}`;
  if (answer3.unrecorded) return `the payload holds no answer of ${answer3.url}, so it counts as 404; ${consequence}`;
  if (answer3.status === void 0) return `${answer3.error}; ${consequence}`;
  return `${answer3.url} answered ${answer3.status}${answer3.error === "" ? "" : ` ${show(answer3.error)}`}; ${consequence}`;
}

// src/claims/gates.ts
var EmailsFailure = class {
  /** In the product's words. */
  constructor(message) {
    this.message = message;
  }
  message;
};
function fetchEmail(setup, exchange, trace) {
  const step = { field: "email", source: "emails", option: "api_url", expression: setup.emailsUrl.text };
  const answer3 = exchange.get("emails", setup.emailsUrl);
  if (!answer3.ok) {
    trace?.add({
      ...step,
      status: "error",
      note: failedRequest(answer3, "no source has an e-mail address, and this ends the login")
    });
    throw new EmailsFailure(`Error getting email address: ${answer3.error}`);
  }
  const emails = readEmails(answer3.body);
  if (!emails.ok) {
    trace?.add({
      ...step,
      status: "error",
      note: `its answer is neither a list of addresses nor an object with "values" (${emails.refusal.error}); this ends the login`
    });
    throw new EmailsFailure(`Error decoding email addresses response: ${emails.refusal.error}`);
  }
  const primary = emails.value.find((record) => record.primary || record.is_primary);
  trace?.add({
    ...step,
    ...primary && { result: primary.email },
    status: primary === void 0 || primary.email === "" ? "empty" : "matched",
    note: primary === void 0 ? `none of its ${emails.value.length} addresses is marked as primary (whether one is verified does not matter)` : "the first address marked as primary, verified or not"
  });
  return primary?.email ?? "";
}
function checkTeams(setup, exchange, trace) {
  const { items } = setup.teamIds;
  const step = { field: "access", option: "team_ids" };
  if (items.length === 0) {
    if (trace && setup.options.text("team_ids") !== "") trace.add({ ...step, ...openGate(setup.teamIds) });
    return { allowed: true, found: [] };
  }
  const found2 = setup.teamsUrl === void 0 ? oldTeams(setup, exchange, trace) : teams(setup, exchange, trace);
  const allowed = items.some((item) => found2.includes(item));
  trace?.add({
    ...step,
    result: found2,
    status: allowed ? "matched" : "empty",
    note: compare2(items, found2, "team", allowed)
  });
  return { allowed, found: found2 };
}
function teams(setup, exchange, trace) {
  const path2 = setup.paths.teams;
  const step = { field: "teams", source: "teams" };
  if (path2 === void 0) {
    trace?.add({
      ...step,
      option: "team_ids_attribute_path",
      status: "skipped",
      note: "teams_url is set and team_ids_attribute_path is not: Grafana asks nothing, nobody is in any team"
    });
    return [];
  }
  const answer3 = exchange.get("teams", setup.teamsUrl);
  if (!answer3.ok) {
    trace?.add({
      ...step,
      option: "teams_url",
      status: "error",
      note: failedRequest(answer3, "the person counts as being in no team")
    });
    return [];
  }
  const result = path2.evaluate(answer3.body.document());
  const found2 = asTexts(result);
  const list = result.ok && Array.isArray(result.value) ? result.value : void 0;
  trace?.path(
    {
      ...step,
      ...found2.length > 0 && { status: "matched" },
      note: !result.ok ? "counts as no teams" : list === void 0 ? "the result is no list and counts as no teams" : list.length > found2.length ? "elements that are no texts are left out; numbers need to_string()" : `answer of ${answer3.url}`
    },
    path2,
    result
  );
  return found2;
}
function oldTeams(setup, exchange, trace) {
  const step = { field: "teams", source: "teams", option: "api_url", expression: setup.oldTeamsUrl.text };
  const answer3 = exchange.get("teams", setup.oldTeamsUrl);
  if (!answer3.ok) {
    trace?.add({
      ...step,
      status: "error",
      note: failedRequest(
        answer3,
        "the person counts as being in no team (teams_url is unset, so this is where teams come from)"
      )
    });
    return [];
  }
  const ids = readTeamIds2(answer3.body);
  if (!ids.ok) {
    trace?.add({
      ...step,
      status: "error",
      note: `its answer is no list of objects with a whole number "id" (${ids.refusal.error}); counts as no teams`
    });
    return [];
  }
  trace?.add({
    ...step,
    result: ids.value,
    status: ids.value.length > 0 ? "matched" : "empty",
    ...setup.paths.teams && { note: "team_ids_attribute_path has no effect without teams_url" }
  });
  return ids.value;
}
function checkOrganizations(setup, exchange, trace) {
  const { items } = setup.allowedOrganizations;
  const step = { field: "access", option: "allowed_organizations" };
  if (items.length === 0) {
    if (trace && setup.options.text("allowed_organizations") !== "")
      trace.add({ ...step, ...openGate(setup.allowedOrganizations) });
    return { allowed: true, found: [] };
  }
  const answer3 = exchange.get("orgs", setup.orgsUrl);
  const logins = answer3.ok ? readOrgLogins(answer3.body) : void 0;
  const found2 = logins?.ok ? logins.value : [];
  const allowed = items.some((item) => found2.includes(item));
  if (trace) {
    const asked = { field: "organizations", source: "orgs", option: "api_url", expression: setup.orgsUrl.text };
    if (!answer3.ok)
      trace.add({
        ...asked,
        status: "error",
        note: failedRequest(answer3, "the person counts as being in no organization")
      });
    else if (!logins.ok)
      trace.add({
        ...asked,
        status: "error",
        note: `its answer is no list of objects with a text "login" (${logins.refusal.error}); counts as no organizations`
      });
    else trace.add({ ...asked, result: found2, status: found2.length > 0 ? "matched" : "empty" });
    trace.add({
      ...step,
      result: found2,
      status: allowed ? "matched" : "empty",
      note: compare2(items, found2, "organization", allowed)
    });
  }
  return { allowed, found: found2 };
}
function checkGroups(setup, groups, trace) {
  const { items } = setup.allowedGroups;
  const step = { field: "access", option: "allowed_groups" };
  if (!setup.profile.allowedGroups) {
    if (trace && items.length > 0)
      trace.add({
        ...step,
        status: "ignored",
        note: "this version does not read allowed_groups for generic OAuth (10.1 and later do): nobody is kept out"
      });
    return true;
  }
  if (items.length === 0) {
    if (trace && setup.options.text("allowed_groups") !== "") trace.add({ ...step, ...openGate(setup.allowedGroups) });
    return true;
  }
  const allowed = items.some((item) => groups.includes(item));
  trace?.add({
    ...step,
    result: groups,
    status: allowed ? "matched" : "empty",
    note: setup.paths.groups === void 0 ? "groups_attribute_path is unset, so nobody is in any group" : compare2(items, groups, "group", allowed)
  });
  return allowed;
}
function checkDomains(domains, email, text, trace) {
  const step = { field: "access", option: "allowed_domains" };
  if (domains.items.length === 0) {
    if (trace && text !== "") trace.add({ ...step, ...openGate(domains) });
    return true;
  }
  const lowered = goLower(email);
  const match = domains.items.find((domain) => lowered.endsWith(goLower(`@${domain}`)));
  trace?.add({
    ...step,
    result: email,
    status: match === void 0 ? "empty" : "matched",
    note: match === void 0 ? `${show(email)} ends in none of ${domains.items.map((domain) => show(`@${domain}`)).join(", ")}; subdomains and wildcards do not count` : `ends in ${show(`@${match}`)}`
  });
  return match !== void 0;
}
function openGate(list) {
  return {
    status: "ignored",
    note: list.error === void 0 ? "the list is empty: no restriction" : `the list is broken (${list.error}) and therefore empty: no restriction, everybody gets in`
  };
}
function compare2(wanted, found2, what, allowed) {
  const list = (items) => items.map(show).join(", ");
  if (allowed) return `in ${list(wanted.filter((item) => found2.includes(item)))}`;
  const close = wanted.flatMap(
    (item) => found2.filter((other) => goLower(other.trim()) === goLower(item.trim())).map((other) => `${show(other)} is not ${show(item)}`)
  );
  const seen = found2.length === 0 ? `the person is in no ${what}` : `the person is in ${list(found2)}`;
  return `needed: one of ${list(wanted)}; ${seen}${close.length > 0 ? ` (${close.join("; ")}: case and blanks count)` : ""}`;
}

// src/text/go-title.ts
var ASCII_WORD = /^[A-Za-z0-9_]*$/;
function goTitle(text) {
  if (ASCII_WORD.test(text)) return asciiWord(text);
  const characters = [...text];
  let result = "";
  let inWord = false;
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at];
    if (CASED.test(character)) {
      if (!inWord) result += titleOf(character);
      else result += character === "\u03A3" ? lowerSigma(characters, at) : character.toLowerCase();
      inWord = true;
    } else {
      result += character;
      if (isBreak(character)) inWord = false;
    }
    if (isMiddle(character) && at + 1 < characters.length && isMiddle(characters[at + 1])) inWord = false;
  }
  return result;
}
function asciiWord(text) {
  const first = text.search(/[A-Za-z]/);
  if (first === -1) return text;
  return text.slice(0, first) + text.charAt(first).toUpperCase() + text.slice(first + 1).toLowerCase();
}
var CASED = /\p{Cased}/u;
var IGNORABLE = /\p{Case_Ignorable}/u;
var MIDDLE = new Set("'.:\xB7\u0387\u055F\u05F4\u2018\u2019\u2024\u2027\uFE13\uFE52\uFE55\uFF07\uFF0E\uFF1A");
var LETTER = /[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Cf}\u02c2-\u02d7\u02de\u02df\u02e5-\u02ff\u055a-\u055c\u055e\u058a\u05f3\u066b\u200c\u202f\ua708-\ua716\ua720\ua721\ua789\ua78a\uab5b]/u;
var NO_LETTER = /[\p{Ideographic}\u200b\u3031-\u3035\u30fc\uff70]|(?=\p{L})[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Tai_Le}\p{sc=New_Tai_Lue}\p{sc=Tai_Tham}\p{sc=Tai_Viet}\p{sc=Ahom}]/u;
function isMiddle(character) {
  return MIDDLE.has(character);
}
function isBreak(character) {
  return !isMiddle(character) && (!LETTER.test(character) || NO_LETTER.test(character));
}
function lowerSigma(characters, at) {
  let next = at + 1;
  while (next < characters.length && IGNORABLE.test(characters[next])) next++;
  return next < characters.length && CASED.test(characters[next]) ? "\u03C3" : "\u03C2";
}
var TITLE = new Map([
  ...["\u01C4\u01C5\u01C6", "\u01C7\u01C8\u01C9", "\u01CA\u01CB\u01CC", "\u01F1\u01F2\u01F3"].flatMap((group) => [...group].map((one) => [one, [...group][1]])),
  ["\u0149", "\u02BCN"],
  ["\u1FB2", "\u1FBA\u0345"],
  ["\u1FB3", "\u1FBC"],
  ["\u1FB4", "\u0386\u0345"],
  ["\u1FB7", "\u0391\u0342\u0345"],
  ["\u1FBC", "\u1FBC"],
  ["\u1FC2", "\u1FCA\u0345"],
  ["\u1FC3", "\u1FCC"],
  ["\u1FC4", "\u0389\u0345"],
  ["\u1FC7", "\u0397\u0342\u0345"],
  ["\u1FCC", "\u1FCC"],
  ["\u1FF2", "\u1FFA\u0345"],
  ["\u1FF3", "\u1FFC"],
  ["\u1FF4", "\u038F\u0345"],
  ["\u1FF7", "\u03A9\u0342\u0345"],
  ["\u1FFC", "\u1FFC"]
]);
function titleOf(character) {
  const special = TITLE.get(character);
  if (special !== void 0) return special;
  const code = character.codePointAt(0);
  if (code >= 4304 && code <= 4351) return character;
  if (code >= 8064 && code <= 8111) return String.fromCodePoint(code | 8);
  const [first, ...rest2] = character.toUpperCase();
  return first + rest2.join("").toLowerCase();
}

// src/claims/roles.ts
function readRole(text) {
  if (text.length === 12 && text.toLowerCase() === "grafanaadmin") return { role: "Admin", grafanaAdmin: true };
  return { role: COMMON.get(text) ?? goTitle(text), grafanaAdmin: false };
}
var COMMON = new Map(
  ["None", "Viewer", "Editor", "Admin"].flatMap((role) => [
    [role, role],
    [role.toLowerCase(), role]
  ])
);
function isRole(profile, role) {
  return profile.roles.includes(role);
}
var ORDER3 = ["None", "Viewer", "Editor", "Admin"];
function higherRole(left, right) {
  return ORDER3.indexOf(left) >= ORDER3.indexOf(right) ? left : right;
}
var NO_GROUPS = { ok: true, value: { groups: [] } };
function searchRole(evaluate, document2) {
  const first = evaluate(document2);
  const text = asText(first);
  if (text !== "") return { text, first };
  const second = evaluate(NO_GROUPS);
  return { text: asText(second), first, second };
}

// src/claims/org-mapping.ts
var ALL_ORGS = "-1";
function readOrgMapping(list, profile, orgs, strict) {
  const entries = [];
  const roles3 = /* @__PURE__ */ new Map();
  if (profile.orgMapping === null) return { entries, roles: roles3, voided: void 0 };
  for (const text of list) {
    const entry = readEntry(text, profile, orgs);
    entries.push(entry);
    if (strict && entry.problem !== void 0) return { entries, roles: /* @__PURE__ */ new Map(), voided: entry };
    if (entry.org === void 0) continue;
    let target = roles3.get(entry.external);
    if (target === void 0) {
      target = /* @__PURE__ */ new Map();
      roles3.set(entry.external, target);
    }
    target.set(entry.org, entry.role);
  }
  return { entries, roles: roles3, voided: void 0 };
}
function readEntry(text, profile, orgs) {
  const parts = profile.orgMapping.escapes ? splitEscaped(text) : text.split(":");
  const [external, organization, role] = parts;
  if (organization === void 0 || parts.length > 3)
    return {
      text,
      external,
      problem: `has ${parts.length} ${parts.length === 1 ? "part" : "parts"}; external:organization:role has two or three`
    };
  const org = orgId(organization, orgs);
  if (org === void 0)
    return {
      text,
      external,
      problem: `organization ${JSON.stringify(organization)} is not known`,
      ...orgs === void 0 ? { unknownState: true } : {}
    };
  if (role !== void 0 && isRole(profile, role)) return { text, external, org, role };
  const problem = role === void 0 ? "names no role" : `${JSON.stringify(role)} is no role (exact spelling: ${profile.roles.join(", ")})`;
  return { text, external, org, role: "Viewer", problem };
}
function splitEscaped(text) {
  const parts = [];
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== ":" || text[at - 1] === "\\") continue;
    parts.push(text.slice(from, at).replaceAll("\\:", ":"));
    from = at + 1;
  }
  parts.push(text.slice(from));
  return parts;
}
var MAX_ID = 2n ** 63n - 1n;
function orgId(text, orgs) {
  if (text === "*") return ALL_ORGS;
  if (/^[+-]?\d+$/.test(text)) {
    const id = BigInt(text.replace(/^\+/, ""));
    if (id <= MAX_ID && id >= -MAX_ID - 1n) return id.toString();
  }
  if (orgs === null || orgs === void 0 || !Object.hasOwn(orgs, text)) return void 0;
  return String(orgs[text]);
}
function mapOrgRoles(mapping, externals, role, strict, home, orgs) {
  const roles3 = /* @__PURE__ */ new Map();
  for (const external of [...externals, "*"])
    for (const [org, mapped] of mapping.roles.get(external) ?? [])
      roles3.set(org, higherRole(mapped, roles3.get(org) ?? ""));
  const everywhere = roles3.get(ALL_ORGS);
  let unknownState = false;
  if (everywhere !== void 0) {
    if (orgs === null) return { roles: null, fallback: false };
    unknownState = orgs === void 0;
    roles3.delete(ALL_ORGS);
    for (const id of Object.values(orgs ?? {})) {
      const org = String(id);
      roles3.set(org, higherRole(everywhere, roles3.get(org) ?? ""));
    }
  }
  if (roles3.size === 0) {
    if (role !== "") roles3.set(home.id, role);
    else if (!strict) roles3.set(home.id, home.role);
    return { roles: roles3, fallback: true, unknownState };
  }
  if (role !== "") for (const [org, mapped] of roles3) roles3.set(org, higherRole(role, mapped));
  return { roles: roles3, fallback: false, unknownState };
}

// src/claims/mapping-trace.ts
function written(org, role) {
  return {
    field: "orgRoles",
    result: { [org]: role },
    status: "matched",
    note: `${role} in organization ${org}; memberships in organizations that are not named here are removed`
  };
}
var STEP = { field: "orgRoles", option: "org_mapping" };
function traceMapping(setup, mapping, mapped, person, trace) {
  const { home, orgMapping } = setup;
  if (orgMapping.error !== void 0)
    trace.add({ ...STEP, status: "ignored", note: `the list is broken (${orgMapping.error}) and therefore empty` });
  for (const entry of mapping.entries)
    trace.add({
      ...STEP,
      expression: entry.text,
      ...describe2(entry, mapping, person.orgs),
      ...entry.unknownState && { certainty: "undetermined" }
    });
  if (mapped.roles === null) {
    const note = "Grafana cannot list its organizations: memberships stay as they are, the login goes on";
    trace.add({ ...STEP, status: "error", note });
    return;
  }
  if (mapped.unknownState) {
    const note = 'an entry for all organizations applies; which there are is not known here ("organizations" of the payload)';
    trace.add({ ...STEP, status: "empty", note, certainty: "undetermined" });
  }
  if (mapped.roles.size === 0) return;
  if (mapped.fallback && person.role === "") {
    const why = mapping.entries.length > 0 ? "no role found and no entry of org_mapping applies" : "no role found";
    trace.add({
      field: "role",
      option: "auto_assign_org_role",
      result: home.role,
      status: "default",
      note: `${why}: ${home.role === "" ? "an empty role" : home.role} in organization ${home.id} at every login, whatever role the person was given in Grafana`
    });
    return;
  }
  for (const [org, role] of mapped.roles) {
    const step = written(org, role);
    const raised = !mapped.fallback && role === person.role;
    trace.add(raised ? { ...step, note: `${step.note} (${RAISED})` } : step);
  }
}
var RAISED = "the role of role_attribute_path counts in mapped organizations where it is higher";
function describe2(entry, mapping, externals) {
  if (mapping.voided === entry)
    return { status: "ignored", note: `${entry.problem}; with role_attribute_strict this voids the whole org_mapping` };
  if (mapping.voided !== void 0) return { status: "ignored", note: "void, because of a bad entry in strict mode" };
  if (entry.org === void 0) {
    const hint = entry.unknownState ? '; give "organizations" (name \u2192 id) with the payload to have it looked up' : "";
    return { status: "ignored", note: `${entry.problem}: skipped${hint}` };
  }
  if (entry.external !== "*" && !externals.includes(entry.external))
    return { status: "empty", note: `the person is not in ${show(entry.external)}` };
  const why = entry.external === "*" ? "holds for everybody" : `the person is in ${show(entry.external)}`;
  return {
    status: "matched",
    result: `${entry.role} in ${entry.org === ALL_ORGS ? "every organization" : `organization ${entry.org}`}`,
    note: entry.problem === void 0 ? why : `${why}; ${entry.problem}, so Viewer`
  };
}

// src/claims/presence.ts
function claimPresence(paths, documents, read2) {
  const values = /* @__PURE__ */ new Map();
  for (const [name, body2] of documents) {
    const document2 = body2.document();
    if (document2.ok) values.set(name, document2.value);
  }
  const found2 = [];
  for (const path2 of paths) {
    if (path2?.compiled === void 0) continue;
    for (const claim2 of claimsOf(path2.compiled.tree)) {
      const where = (name) => values.has(name) ? holds(values.get(name), claim2) : null;
      const row = { id_token: where("id_token"), userinfo: where("userinfo"), access_token: where("access_token") };
      const anywhere = row.id_token || row.userinfo || row.access_token;
      found2.push({
        option: path2.option,
        claim: claim2.map(writeName).join("."),
        ...row,
        read: read2,
        nearby: anywhere ? [] : nearby(claim2, [...values.values()])
      });
    }
  }
  return found2;
}
function claimsOf(tree) {
  const found2 = /* @__PURE__ */ new Map();
  const use = (node, context) => {
    const path2 = follow(node, context);
    if (path2 !== void 0 && path2.length > 0) found2.set(JSON.stringify(path2), path2);
  };
  const follow = (node, context) => {
    const [first, second, third] = node.children;
    switch (node.kind) {
      case "field":
        return context && [...context, node.name];
      case "identity":
      case "current":
      case "index":
      case "slice":
        return context;
      case "root":
        return [];
      case "subexpression":
      case "indexExpression":
      case "projection":
      case "objectProjection":
      case "pipe":
        return follow(second, follow(first, context));
      case "flatten":
        return follow(first, context);
      case "filterProjection": {
        const list = follow(first, context);
        use(third, list);
        return follow(second, list);
      }
      case "reference":
        return void 0;
      default:
        for (const child of node.children) use(child, context);
        return void 0;
    }
  };
  use(tree, []);
  return [...found2.values()];
}
function missingClaims(path2, document2) {
  if (path2.compiled === void 0) return [];
  return claimsOf(path2.compiled.tree).filter((claim2) => !holds(document2, claim2)).map((claim2) => ({ claim: claim2.map(writeName).join("."), nearby: nearby(claim2, [document2]) }));
}
function isObject2(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
function holds(value, path2) {
  if (Array.isArray(value)) return path2.length > 0 && value.some((item) => holds(item, path2));
  if (path2.length === 0) return value !== null && value !== void 0;
  const [name, ...rest2] = path2;
  if (!isObject2(value) || !Object.hasOwn(value, name)) return false;
  return rest2.length === 0 ? value[name] !== null : holds(value[name], rest2);
}
var DEEPEST = 4;
function nearby(claim2, documents) {
  const same = documents.flatMap((document2) => leaves(document2, claim2[claim2.length - 1]));
  const found2 = same.length > 0 ? same : documents.flatMap((document2) => alike(claim2, document2));
  return [...new Set(found2.map((path2) => path2.map(writeName).join(".")))].slice(0, 5);
}
function alike(claim2, document2) {
  let level = document2;
  const done = [];
  for (const name of claim2) {
    if (!isObject2(level)) return [];
    if (!Object.hasOwn(level, name)) return closest(name, Object.keys(level)).map((other) => [...done, other]);
    done.push(name);
    level = level[name];
  }
  return [];
}
function leaves(value, name, depth = 0) {
  if (!isObject2(value) || depth >= DEEPEST) return [];
  const found2 = [];
  for (const [key, item] of Object.entries(value)) {
    if (key === name && item !== null) found2.push([key]);
    for (const path2 of leaves(item, name, depth + 1)) found2.push([key, ...path2]);
  }
  return found2;
}
function writeName(name) {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : JSON.stringify(name);
}

// src/claims/person-trace.ts
var PersonTrace = class {
  #setup;
  #trace;
  /** Source that settled a field. */
  #settledBy = /* @__PURE__ */ new Map();
  constructor(setup, trace) {
    this.#setup = setup;
    this.#trace = trace;
  }
  id(source, sub, settled) {
    if (!settled) this.#claim("id", source, "sub", { value: sub });
    else if (sub !== "")
      this.#trace.add({ ...this.#passedOver("id", source, show(sub)), expression: "sub", result: sub });
  }
  /** One place that was looked at: a claim's value, or a path's result. */
  text(field, source, step, found2) {
    if (step.path === void 0) {
      this.#claim(field, source, step.claim, found2, step.option);
      return;
    }
    const result = found2;
    const matched = asText(result) !== "";
    if (matched) this.#settledBy.set(field, source);
    const outcome = matched ? { status: "matched" } : noText(step.path, result, source);
    this.#trace.path({ field, source: source.name, ...outcome }, step.path, result);
  }
  /** A path that comes behind what won, in the same source. */
  textHidden(field, source, winner, value) {
    const steps = this.#setup.textSteps[field];
    for (const { path: path2 } of steps.slice(steps.indexOf(winner) + 1)) {
      if (path2 === void 0) continue;
      const result = path2.quietly(source.document);
      const text = asText(result);
      if (text === "" || text === value) continue;
      const first = winner.path === void 0 ? `the claim ${winner.claim}` : winner.path.option;
      const note = `not evaluated: ${first} comes first; it would have given ${show(text)}`;
      this.#trace.path({ field, source: source.name, status: "skipped", hypothetical: true, note }, path2, result);
    }
  }
  /** What a source would have said, had no earlier one. */
  textPassedOver(field, source) {
    for (const step of this.#setup.textSteps[field]) {
      const claim2 = step.path === void 0 ? step.read(source.fields) : void 0;
      const result = step.path?.quietly(source.document);
      const value = claim2 === void 0 ? asText(result) : claim2.value;
      if (value === "" && !claim2?.final) continue;
      if (value === "") return;
      const passed = this.#passedOver(field, source, show(value));
      if (step.path !== void 0) this.#trace.path(passed, step.path, result);
      else
        this.#trace.add({
          ...passed,
          ...step.option !== void 0 && { option: step.option },
          expression: step.claim,
          result: value
        });
      return;
    }
  }
  role(path2, source, search, found2) {
    const step = { field: "role", source: source.name };
    if (path2.compiled === void 0) {
      const note = "the expression does not parse: it gives nothing on any source, and Grafana says nothing about it";
      this.#trace.path({ ...step, note }, path2, search.first);
      return;
    }
    const verdict = found2 === void 0 ? void 0 : this.#roleVerdict(search.text, found2);
    if (verdict?.settles) this.#settledBy.set("role", source);
    if (search.second === void 0) {
      this.#trace.path({ ...step, status: verdict.status, note: verdict.note }, path2, search.first);
      return;
    }
    this.#trace.path({ ...step, ...noText(path2, search.first, source) }, path2, search.first);
    const again = verdict ? `no text on ${SOURCE_NAMES[source.name]}, so Grafana evaluates it again on {"groups":[]}: ${verdict.note}` : 'evaluated again on {"groups":[]}, as Grafana does: no text either';
    const status = verdict?.status ?? (search.second.ok ? "empty" : "error");
    this.#trace.path({ ...step, status, note: again }, path2, search.second);
  }
  rolePassedOver(path2, source) {
    const search = searchRole((document2) => path2.quietly(document2), source.document);
    const role = search.text === "" ? void 0 : readRole(search.text).role;
    const said = role === void 0 ? "no role" : isRole(this.#setup.profile, role) ? role : `${show(role)}, which is no role`;
    const result = search.text !== "" && search.second !== void 0 ? search.second : search.first;
    this.#trace.path(this.#passedOver("role", source, said), path2, result);
  }
  list(field, path2, source, result, texts) {
    if (texts.length > 0) this.#settledBy.set(field, source);
    const note = listNote(field, path2, source, result, texts);
    const step = { field, source: source.name, ...note !== void 0 && { note } };
    this.#trace.path(texts.length > 0 ? { ...step, status: "matched" } : step, path2, result);
  }
  listPassedOver(field, path2, source) {
    const result = path2.quietly(source.document);
    const texts = asTexts(result);
    if (texts.length > 0) this.#trace.path(this.#passedOver(field, source, show(texts)), path2, result);
  }
  #claim(field, source, claim2, { value, note }, option) {
    if (value !== "") this.#settledBy.set(field, source);
    this.#trace.add({
      field,
      source: source.name,
      ...option !== void 0 && { option },
      expression: claim2,
      ...value !== "" && { result: value },
      status: value === "" ? "empty" : "matched",
      ...note !== void 0 && { note }
    });
  }
  #roleVerdict(text, { role }) {
    const { profile, assignsAdmin } = this.#setup;
    const keep = profile.roleFlow === "keep";
    if (!isRole(profile, role)) {
      const read2 = text === role ? `${show(text)} is` : `${show(text)} is read as ${show(role)}, which is`;
      const what = `${read2} no role (${profile.roles.join(", ")})`;
      const next = keep ? "this version keeps the text and asks no other source" : "the next source is asked";
      return { status: "ignored", note: `${what}; ${next}`, settles: keep };
    }
    const admin = role === "Admin" && text.length !== role.length;
    const note = !admin ? text === role ? "a valid role" : `${show(text)} is read as ${role}` : assignsAdmin ? "GrafanaAdmin: the role Admin, and server administrator" : "GrafanaAdmin: the role Admin; not server administrator, since allow_assign_grafana_admin is off";
    return { status: "matched", note, settles: true };
  }
  /** "decided by the ID token; UserInfo would have given Admin" */
  #passedOver(field, source, said) {
    const winner = SOURCE_NAMES[this.#settledBy.get(field)?.name ?? ""] ?? "an earlier source";
    return {
      field,
      source: source.name,
      status: "skipped",
      hypothetical: true,
      note: `decided by ${winner}; ${SOURCE_NAMES[source.name]} would have given ${said}`
    };
  }
};
function noText(path2, result, source) {
  const lacks = missing(path2, source);
  if (!result.ok) return { status: "error", note: `an error counts as nothing, Grafana goes on${lacks}` };
  if (result.value === null) return { status: "empty", note: `nothing there${lacks}` };
  if (result.value === "") return { status: "empty", note: "an empty text counts as nothing" };
  return { status: "empty", note: `${kindOf(result.value)} is no text and counts as nothing${lacks}` };
}
function listNote(field, path2, source, result, texts) {
  if (!result.ok)
    return field === "orgs" ? "an error of org_attribute_path ends the login" : `counts as no groups, Grafana only logs it${missing(path2, source)}`;
  if (result.value === null) return `nothing there${missing(path2, source)}`;
  if (!Array.isArray(result.value)) return `${kindOf(result.value)} is no list and counts as nothing`;
  const dropped = result.value.length - texts.length;
  if (dropped > 0) return `${dropped} of ${result.value.length} elements are no texts and are left out`;
  return texts.length === 0 ? "an empty list: the next source is asked" : void 0;
}
function missing(path2, source) {
  if (!source.document.ok) return "";
  const lacking = missingClaims(path2, source.document.value);
  if (lacking.length === 0) return "";
  const names = lacking.map(
    ({ claim: claim2, nearby: nearby2 }) => nearby2.length === 0 ? claim2 : `${claim2} (there is ${nearby2.join(", ")})`
  );
  return `; ${SOURCE_NAMES[source.name]} has no ${names.join(", no ")}`;
}

// src/claims/person.ts
var OrgPathFailure = class {
  constructor(result) {
    this.result = result;
  }
  result;
};
var Person = class {
  id = "";
  name = "";
  login = "";
  email = "";
  /** Through 10.0 perhaps a text that is no role. */
  role = "";
  /** A source gave the role; false also where the default takes its place. */
  roleFound = false;
  grafanaAdmin = null;
  groups = [];
  /** External organizations, for `org_mapping`. */
  orgs = [];
  #setup;
  #trace;
  constructor(setup, trace) {
    this.#setup = setup;
    this.#trace = trace && new PersonTrace(setup, trace);
  }
  /** Takes what is still missing from a source. Throws ExpressionPanic, OrgPathFailure. */
  take(source) {
    if (this.#setup.profile.sub) this.#id(source);
    this.#text("name", source);
    this.#text("login", source);
    this.#text("email", source);
    if (this.#setup.computesRole) this.#role(source);
    if (this.#setup.readsOrgs) this.#list("orgs", this.#setup.paths.orgs, source);
    this.#list("groups", this.#setup.paths.groups, source);
  }
  #id(source) {
    const { sub } = source.fields;
    this.#trace?.id(source, sub, this.id !== "");
    if (this.id === "") this.id = sub;
  }
  /** Name, login, e-mail: some fields and a path, in an order of their own. */
  #text(field, source) {
    if (this[field] !== "") {
      this.#trace?.textPassedOver(field, source);
      return;
    }
    for (const step of this.#setup.textSteps[field]) {
      const claim2 = step.path === void 0 ? step.read(source.fields) : void 0;
      const result = step.path?.evaluate(source.document);
      const value = claim2 === void 0 ? asText(result) : claim2.value;
      this.#trace?.text(field, source, step, claim2 ?? result);
      if (value === "" && !claim2?.final) continue;
      this[field] = value;
      this.#trace?.textHidden(field, source, step, value);
      return;
    }
  }
  #role(source) {
    const { profile, paths, strict, assignsAdmin } = this.#setup;
    const path2 = paths.role;
    if (this.role !== "") {
      if (path2) this.#trace?.rolePassedOver(path2, source);
      return;
    }
    const keep = profile.roleFlow === "keep";
    if (path2 === void 0) {
      if (!keep && !strict && assignsAdmin) this.grafanaAdmin = false;
      return;
    }
    const search = searchRole((document2) => path2.evaluate(document2), source.document);
    const found2 = search.text === "" ? void 0 : readRole(search.text);
    if (found2 !== void 0 && (keep || isRole(profile, found2.role))) {
      this.role = found2.role;
      this.roleFound = true;
      if (assignsAdmin) this.grafanaAdmin = found2.grafanaAdmin;
    } else if (found2 === void 0 && !keep && !strict && assignsAdmin) this.grafanaAdmin = false;
    this.#trace?.role(path2, source, search, found2);
  }
  #list(field, path2, source) {
    if (path2 === void 0) return;
    if (this[field].length > 0) {
      this.#trace?.listPassedOver(field, path2, source);
      return;
    }
    const result = path2.evaluate(source.document);
    this[field] = asTexts(result);
    this.#trace?.list(field, path2, source, result, this[field]);
    if (!result.ok && field === "orgs") throw new OrgPathFailure(result);
  }
};

// src/claims/refusal.ts
var Refusal = class {
  constructor(outcome, denial, undetermined = false) {
    this.outcome = outcome;
    this.denial = denial;
    this.undetermined = undetermined;
  }
  outcome;
  denial;
  undetermined;
};
function refuse(rule, message, productMessage, undetermined = false) {
  throw new Refusal("denied", { rule, message, productMessage }, undetermined);
}
function explain2(problem, attribute2) {
  if (problem instanceof Refusal) return problem;
  if (problem instanceof EmailsFailure)
    return new Refusal("error", {
      rule: "emails",
      message: "no source has an e-mail address, and the request for one failed",
      productMessage: problem.message
    });
  if (problem instanceof OrgPathFailure) {
    const { error } = problem.result;
    return new Refusal("error", {
      rule: "org_attribute_path",
      message: `org_attribute_path cannot be evaluated, which ends the login: ${error.message}`,
      productMessage: error.productMessage ?? null
    });
  }
  if (problem instanceof TokenPanic)
    return new Refusal("error", {
      rule: "id_token_attribute_name",
      message: `"${attribute2}" of the token answer is ${kindOf(problem.found)}, no text: this version breaks down on it (HTTP 500)`,
      productMessage: `interface conversion: interface {} is ${goType(problem.found)}, not string`
    });
  if (problem instanceof ExpressionPanic)
    return new Refusal("error", {
      rule: "expression",
      message: `${problem.option} makes Grafana's expression library break down (HTTP 500): ${problem.error.message}`,
      productMessage: problem.error.productMessage ?? null
    });
  throw problem;
}
function goType(value) {
  if (Array.isArray(value)) return "[]interface {}";
  if (typeof value === "number") return "float64";
  return typeof value === "boolean" ? "bool" : "map[string]interface {}";
}

// src/claims/org-roles.ts
function organizationRoles(setup, person, orgs, trace) {
  if (trace && setup.profile.orgMapping === null) traceUnreadMapping(setup, trace);
  switch (setup.profile.roleFlow) {
    case "keep":
      return { roles: keepRole(setup, person, trace), undetermined: false };
    case "default":
      return { roles: defaultRole(setup, person, trace), undetermined: false };
    case "mapper":
      return mapRoles(setup, person, orgs, trace);
  }
}
function keepRole(setup, person, trace) {
  const { profile, server, strict, home } = setup;
  const valid = isRole(profile, person.role);
  if (trace) traceKeptSwitches(setup, trace);
  if (strict && !valid) {
    const text = profile.texts.strict.replace("{role}", person.role === "" ? '" "' : person.role);
    const message = person.role === "" ? "no role was found" : `${show(person.role)} is no role`;
    refuseRole(message, text);
  }
  if (valid && !server.oauth_skip_org_role_update_sync) {
    trace?.add(written(home.id, person.role));
    return /* @__PURE__ */ new Map([[home.id, person.role]]);
  }
  if (trace && setup.computesRole)
    trace.add({
      field: "role",
      status: "default",
      note: `no role to synchronize: a member keeps the role there is, at the first login Grafana gives auto_assign_org_role (${server.auto_assign_org_role || "unset"}) in organization ${home.id}`
    });
  return /* @__PURE__ */ new Map();
}
function defaultRole(setup, person, trace) {
  const { profile, server, strict, home, skipsRoleSync } = setup;
  if (skipsRoleSync) {
    trace?.add(SKIPPED);
    return /* @__PURE__ */ new Map();
  }
  if (person.role === "") {
    if (strict) refuseRole("no source gave a valid role", profile.texts.strict);
    person.role = home.role || "Viewer";
    trace?.add({
      field: "role",
      option: "auto_assign_org_role",
      result: person.role,
      status: "default",
      note: `no role found: ${person.role} at every login, whatever role the person was given in Grafana`
    });
  }
  if (profile.globalSkip === "dropped" && server.oauth_skip_org_role_update_sync) {
    person.grafanaAdmin = null;
    trace?.add({
      field: "role",
      option: "oauth_skip_org_role_update_sync",
      status: "skipped",
      note: "[auth] oauth_skip_org_role_update_sync is on: memberships and server administrator stay as they are"
    });
    return /* @__PURE__ */ new Map();
  }
  if (trace && server.oauth_skip_org_role_update_sync) trace.add(NO_GLOBAL_SKIP);
  if (isRole(profile, person.role)) {
    trace?.add(written(home.id, person.role));
    return /* @__PURE__ */ new Map([[home.id, person.role]]);
  }
  trace?.add({
    field: "role",
    option: "auto_assign_org_role",
    result: person.role,
    status: "ignored",
    note: `${show(person.role)} is no role: memberships stay as they are`
  });
  return /* @__PURE__ */ new Map();
}
function mapRoles(setup, person, orgs, trace) {
  const { profile, strict, home, skipsRoleSync, server } = setup;
  if (trace && server.oauth_skip_org_role_update_sync) trace.add(NO_GLOBAL_SKIP);
  if (skipsRoleSync) {
    trace?.add(SKIPPED);
    return { roles: null, undetermined: false };
  }
  const mapping = readOrgMapping(setup.orgMapping.items, profile, orgs, strict);
  const mapped = mapOrgRoles(mapping, person.orgs, person.role, strict, home, orgs);
  if (trace) traceMapping(setup, mapping, mapped, person, trace);
  const undetermined = mapped.unknownState === true || mapping.entries.some((entry) => entry.unknownState);
  if (strict && (mapped.roles === null || mapped.roles.size === 0))
    refuseRole(
      setup.orgMapping.items.length === 0 ? "no source gave a valid role" : "neither role_attribute_path nor org_mapping gave a role",
      profile.texts.strict,
      undetermined
    );
  return { roles: mapped.roles, undetermined };
}
function refuseRole(message, productMessage, undetermined = false) {
  refuse("role_attribute_strict", `role_attribute_strict is on and ${message}`, productMessage, undetermined);
}
function traceKeptSwitches(setup, trace) {
  if (!setup.computesRole)
    trace.add({
      field: "role",
      option: "oauth_skip_org_role_update_sync",
      status: "skipped",
      note: "[auth] oauth_skip_org_role_update_sync is on: neither role nor server administrator is looked for, memberships stay as they are"
    });
  if (setup.options.flag("skip_org_role_sync"))
    trace.add({
      field: "role",
      option: "skip_org_role_sync",
      status: "ignored",
      note: "has no effect at login in this version (10.1 and later honour it)"
    });
}
function traceUnreadMapping(setup, trace) {
  for (const option of ["org_mapping", "org_attribute_path"])
    if (setup.options.text(option) !== "")
      trace.add({
        field: "orgRoles",
        option,
        status: "ignored",
        note: "this version does not read it (11.1 and later do)"
      });
}
var SKIPPED = {
  field: "role",
  option: "skip_org_role_sync",
  status: "skipped",
  note: "skip_org_role_sync is on: neither role nor server administrator nor organizations are looked for, strict mode does not apply; memberships stay as they are, a new user gets auto_assign_org_role"
};
var NO_GLOBAL_SKIP = {
  field: "role",
  option: "oauth_skip_org_role_update_sync",
  status: "ignored",
  note: "[auth] oauth_skip_org_role_update_sync has no effect from 11.0 on; the option of this provider is skip_org_role_sync"
};

// src/claims/generic-oauth.ts
function resolveGenericOAuth(setup, envelope2, traced) {
  return new GenericLogin(setup, envelope2, traced).run();
}
var GenericLogin = class {
  #setup;
  #envelope;
  #trace;
  #exchange;
  #orgs;
  #sources = NO_SOURCES;
  #undetermined = false;
  constructor(setup, envelope2, traced) {
    this.#setup = setup;
    this.#envelope = envelope2;
    this.#trace = traced ? new Tracer() : void 0;
    this.#exchange = new Exchange(recordedAnswers(envelope2), setup.profile.sprintf);
    this.#orgs = knownOrgs(envelope2);
  }
  run() {
    try {
      return this.#login();
    } catch (problem) {
      const refusal = explain2(problem, this.#setup.tokenAttribute);
      this.#undetermined ||= refusal.undetermined;
      this.#trace?.add({ field: "access", status: "error", note: refusal.denial.message });
      return this.#verdict(refusal.outcome, null, refusal.denial);
    }
  }
  #login() {
    const setup = this.#setup;
    this.#requireProvider();
    const token = recordedToken(this.#envelope, setup.tokenAttribute);
    this.#sources = readSources(
      {
        profile: setup.profile,
        token,
        attribute: setup.tokenAttribute,
        apiUrl: setup.apiUrl,
        userinfoRecorded: this.#envelope.userinfo !== void 0
      },
      this.#exchange,
      this.#trace
    );
    const person = new Person(setup, this.#trace);
    for (const source of this.#sources.readable) person.take(source);
    const { roles: orgRoles, undetermined } = organizationRoles(setup, person, this.#orgs, this.#trace);
    this.#undetermined = undetermined;
    if (this.#trace) this.#traceAdmin(person, this.#trace);
    if (person.email === "") this.#askForEmail(person);
    if (person.login === "" && person.email !== "") {
      person.login = person.email;
      this.#trace?.add({
        field: "login",
        result: person.login,
        status: "default",
        note: "no source has a login: the e-mail address is taken"
      });
    }
    const teams2 = checkTeams(setup, this.#exchange, this.#trace);
    if (!teams2.allowed) refuse("team_ids", "the person is in none of the teams of team_ids", setup.profile.texts.team);
    const organizations = checkOrganizations(setup, this.#exchange, this.#trace);
    if (!organizations.allowed)
      refuse(
        "allowed_organizations",
        "the person is in none of the organizations of allowed_organizations",
        setup.profile.texts.organization
      );
    if (!checkGroups(setup, person.groups, this.#trace))
      refuse("allowed_groups", "the person is in none of the groups of allowed_groups", setup.profile.texts.group);
    const home = orgRoles?.get(setup.home.id) ?? "";
    const user = {
      id: person.id,
      login: person.login,
      name: person.name,
      email: person.email,
      role: home,
      mappedRole: person.role,
      grafanaAdmin: person.grafanaAdmin,
      groups: person.groups,
      teams: teams2.found,
      organizations: setup.paths.orgs !== void 0 && setup.readsOrgs ? person.orgs : organizations.found,
      orgRoles: orgRoles === null ? null : Object.fromEntries(orgRoles)
    };
    const denial = this.#checkEmail(person);
    if (denial) {
      this.#trace?.add({ field: "access", status: "error", note: denial.message });
      return this.#verdict("denied", user, denial);
    }
    if (this.#trace) this.#traceEnd(person, this.#trace);
    return this.#verdict("allowed", user, null);
  }
  #requireProvider() {
    const { notCreated } = this.#setup.options;
    if (notCreated)
      throw new Refusal("error", {
        rule: "config",
        message: notCreated.message,
        productMessage: notCreated.productMessage
      });
  }
  #traceAdmin(person, trace) {
    const { assignsAdmin } = this.#setup;
    if (!assignsAdmin) return;
    const { grafanaAdmin } = person;
    trace.add({
      field: "grafanaAdmin",
      option: "allow_assign_grafana_admin",
      result: grafanaAdmin,
      status: grafanaAdmin === null ? "skipped" : "matched",
      note: grafanaAdmin === null ? "whether the person is server administrator stays as it is" : grafanaAdmin ? "the person is server administrator from this login on" : `the person is not server administrator; who was one loses it at this login${person.roleFound ? "" : ", although no role was found"}`
    });
  }
  /* ---- e-mail ---- */
  #askForEmail(person) {
    const setup = this.#setup;
    if (setup.apiUrl === void 0 && !setup.profile.emailsWithoutApiUrl) {
      this.#trace?.add({
        field: "email",
        source: "emails",
        option: "api_url",
        status: "skipped",
        note: "no source has an e-mail address, and api_url is unset"
      });
      return;
    }
    person.email = fetchEmail(setup, this.#exchange, this.#trace);
  }
  #checkEmail(person) {
    const { texts } = this.#setup.profile;
    if (person.email === "")
      return {
        rule: "email",
        message: "no e-mail address was found, and Grafana lets nobody in without one",
        productMessage: texts.emailMissing
      };
    const { allowedDomains, options } = this.#setup;
    if (checkDomains(allowedDomains, person.email, options.text("allowed_domains"), this.#trace)) return void 0;
    return {
      rule: "allowed_domains",
      message: `the domain of ${show(person.email)} is none of allowed_domains`,
      productMessage: texts.emailDomain
    };
  }
  /* ---- the end ---- */
  /** What only the server's database decides. */
  #traceEnd(person, trace) {
    const { profile, server, allowsSignUp } = this.#setup;
    const lookup = server.oauth_allow_insecure_email_lookup;
    const byEmail = lookup === true ? ", then by e-mail address (oauth_allow_insecure_email_lookup)" : "";
    const known = !profile.sub ? "this version has no id of the person and finds users by e-mail address" : person.id !== "" ? `Grafana finds the user by "sub" (${show(person.id)})${byEmail}; a user with the same login or e-mail address from elsewhere makes the first login fail ("User sync failed")` : lookup === true ? 'no source has a "sub": Grafana finds the user by e-mail address' : 'no source has a "sub": the first login creates the user, every later one fails with "User sync failed" unless [auth] oauth_allow_insecure_email_lookup is on';
    trace.add({
      field: "identity",
      ...person.id !== "" && { result: person.id },
      status: person.id === "" ? "empty" : "matched",
      note: known
    });
    if (!allowsSignUp)
      trace.add({
        field: "access",
        option: "allow_sign_up",
        result: false,
        status: "default",
        note: `a person Grafana does not know yet is refused: "${profile.texts.signUpDisabled}"; whether this one is known only Grafana's database says`,
        certainty: "undetermined"
      });
  }
  #presence() {
    const { paths, profile } = this.#setup;
    const { role, groups, orgs, login, name, email } = paths;
    const read2 = profile.accessToken ? THREE_SOURCES : TWO_SOURCES;
    return claimPresence([role, groups, orgs, login, name, email], this.#sources.documents, read2);
  }
  #verdict(outcome, user, denial) {
    return {
      outcome,
      user,
      denial,
      requests: this.#exchange.requests,
      steps: this.#trace?.steps ?? [],
      ...this.#trace && { claims: this.#presence() },
      undetermined: this.#undetermined
    };
  }
};
var NO_SOURCES = { readable: [], documents: /* @__PURE__ */ new Map() };
var TWO_SOURCES = ["id_token", "userinfo"];
var THREE_SOURCES = ["id_token", "userinfo", "access_token"];

// src/claims/server.ts
var DEFAULT_SERVER = {
  auto_assign_org: true,
  auto_assign_org_id: 1,
  auto_assign_org_role: "Viewer",
  oauth_skip_org_role_update_sync: false,
  grafana_com_url: "https://grafana.com",
  oauth_allow_insecure_email_lookup: void 0
};
function emailLookup(config) {
  return readBoolean(config.lookup("auth", "oauth_allow_insecure_email_lookup")?.interpolated ?? "") ?? false;
}
function overrideServer(base, server) {
  if (server === void 0) return base;
  const flag = (key, fallback) => {
    const value = server[key];
    return typeof value === "boolean" ? value : readBoolean(String(value)) ?? fallback;
  };
  const text = (key, fallback) => {
    const value = server[key];
    return typeof value === "string" ? value : fallback;
  };
  return {
    auto_assign_org: flag("auto_assign_org", base.auto_assign_org),
    auto_assign_org_id: readInteger(String(server["auto_assign_org_id"])) ?? base.auto_assign_org_id,
    auto_assign_org_role: text("auto_assign_org_role", base.auto_assign_org_role),
    oauth_skip_org_role_update_sync: flag("oauth_skip_org_role_update_sync", base.oauth_skip_org_role_update_sync),
    oauth_allow_insecure_email_lookup: flag(
      "oauth_allow_insecure_email_lookup",
      base.oauth_allow_insecure_email_lookup
    ),
    grafana_com_url: text("grafana_com_url", base.grafana_com_url)
  };
}
function homeOrg(server) {
  return server.auto_assign_org && server.auto_assign_org_id > 0 ? String(server.auto_assign_org_id) : "1";
}

// src/text/encoded-word.ts
function decodeEncodedWord(word) {
  if (word.length < 8 || !word.startsWith("=?") || !word.endsWith("?=") || word.split("?").length !== 5)
    return { kind: "plain" };
  const [charset, encoding, text] = word.slice(2, -2).split("?");
  if (charset === "") return { kind: "plain" };
  const bytes = /^[bB]$/.test(encoding) ? base64(text) : /^[qQ]$/.test(encoding) ? quotedPrintable(text) : void 0;
  if (bytes === void 0) return { kind: "plain" };
  switch (charset.toLowerCase()) {
    case "utf-8":
      return { kind: "text", text: bytes.toString("utf8") };
    case "iso-8859-1":
      return { kind: "text", text: bytes.toString("latin1") };
    case "us-ascii":
      return { kind: "text", text: bytes.toString("latin1").replace(/[\x80-\xff]/g, "\uFFFD") };
    default:
      return { kind: "unknown-charset", charset: charset.toLowerCase() };
  }
}
function base64(text) {
  const compact = text.replace(/[\r\n]/g, "");
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return void 0;
  return Buffer.from(compact, "base64");
}
function quotedPrintable(text) {
  const bytes = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "_") bytes.push(32);
    else if (character === "=") {
      const hex = text.slice(at + 1, at + 3);
      if (!/^[0-9A-Fa-f]{2}$/.test(hex)) return void 0;
      bytes.push(Number.parseInt(hex, 16));
      at += 2;
    } else if (/[\x20-\x7e\t\r\n]/.test(character)) bytes.push(character.charCodeAt(0));
    else return void 0;
  }
  return Buffer.from(bytes);
}

// src/text/go-mail.ts
function parseMailAddress(text) {
  try {
    return { ok: true, address: new AddressReader(text).single() };
  } catch (error) {
    if (error instanceof AddressError) return { ok: false, error: `mail: ${error.message}` };
    throw error;
  }
}
var AddressError = class extends Error {
};
var fail2 = (message) => {
  throw new AddressError(message);
};
var BAD_COMMENT = "misformatted parenthetical comment";
var SPECIALS = "()[];@\\,";
function isVisible(code) {
  return code >= 33 && code <= 126 || code >= 128;
}
function isAtomCharacter(character, permissive) {
  if (character === ".") return true;
  if (SPECIALS.includes(character)) return permissive;
  if (character === "<" || character === ">" || character === '"' || character === ":") return false;
  return isVisible(character.codePointAt(0));
}
var AddressReader = class {
  #text;
  #at = 0;
  constructor(text) {
    this.#text = text;
  }
  single() {
    const found2 = this.#address(true);
    if (!this.#skipComments()) fail2(BAD_COMMENT);
    if (!this.#ended()) fail2(`expected single address, got ${JSON.stringify(this.#text.slice(this.#at))}`);
    if (found2.length === 0) fail2("empty group");
    if (found2.length > 1) fail2("group with multiple addresses");
    return found2[0];
  }
  /** A mailbox, or (only at the top) a group with all its members. */
  #address(groupAllowed) {
    this.#skipBlanks();
    if (this.#ended()) fail2("no address");
    const start = this.#at;
    let bare;
    try {
      bare = this.#addressSpec();
    } catch (error) {
      if (!(error instanceof AddressError)) throw error;
      this.#at = start;
    }
    if (bare !== void 0) {
      this.#skipBlanks();
      if (this.#peek() === "(") this.#nameInComment();
      return [bare];
    }
    const name = this.#peek() === "<" ? "" : this.#phrase();
    this.#skipBlanks();
    if (groupAllowed && this.#take(":")) return this.#groupMembers();
    if (!this.#take("<")) {
      const plain3 = [...name].every((character) => isAtomCharacter(character, false));
      fail2(plain3 ? "missing '@' or angle-addr" : "no angle-addr");
    }
    const address2 = this.#addressSpec();
    if (!this.#take(">")) fail2("unclosed angle-addr");
    return [address2];
  }
  #groupMembers() {
    const members = [];
    this.#skipBlanks();
    let more = !this.#take(";");
    while (more) {
      members.push(...this.#address(false));
      if (!this.#skipComments()) fail2(BAD_COMMENT);
      more = !this.#take(";");
      if (more && !this.#take(",")) fail2("expected comma");
    }
    if (!this.#skipComments()) fail2(BAD_COMMENT);
    return members;
  }
  #addressSpec() {
    this.#skipBlanks();
    if (this.#ended()) fail2("no addr-spec");
    let local;
    if (this.#peek() === '"') {
      local = this.#quotedString();
      if (local === "") fail2("empty quoted string in addr-spec");
    } else local = this.#atom(false);
    if (!this.#take("@")) fail2("missing @ in addr-spec");
    this.#skipBlanks();
    if (this.#ended()) fail2("no domain in addr-spec");
    return `${local}@${this.#atom(false)}`;
  }
  /**
   * Words up to something that is no word; one word is enough, what stops them is then no error. Brackets are characters of
   * words here, not comments.
   */
  #phrase() {
    const words2 = [];
    let afterEncoded = false;
    while (true) {
      this.#skipBlanks();
      if (this.#ended()) break;
      let word;
      let encoded = false;
      try {
        if (this.#peek() === '"') word = this.#quotedString();
        else {
          const decoded = this.#decode(this.#atom(true));
          word = decoded.text;
          encoded = decoded.encoded;
        }
      } catch (error) {
        if (!(error instanceof AddressError)) throw error;
        if (words2.length === 0) fail2(`missing word in phrase: ${prefixed(error.message)}`);
        break;
      }
      if (encoded && afterEncoded) words2[words2.length - 1] += word;
      else words2.push(word);
      afterEncoded = encoded;
    }
    return words2.join(" ");
  }
  #decode(word) {
    const decoded = decodeEncodedWord(word);
    if (decoded.kind === "unknown-charset") return fail2(`${CHARSET}${JSON.stringify(decoded.charset)}`);
    return decoded.kind === "text" ? { text: decoded.text, encoded: true } : { text: word, encoded: false };
  }
  #quotedString() {
    let result = "";
    let at = this.#at + 1;
    let escaped = false;
    while (true) {
      const code = this.#text.codePointAt(at);
      if (code === void 0) return fail2("unclosed quoted-string");
      const character = String.fromCodePoint(code);
      const blank = character === " " || character === "	";
      at += character.length;
      if (escaped) {
        if (!blank && !isVisible(code)) fail2(`bad character in quoted-string: ${JSON.stringify(character)}`);
        result += character;
        escaped = false;
      } else if (character === '"') break;
      else if (character === "\\") escaped = true;
      else if (blank || isVisible(code)) result += character;
      else fail2(`bad character in quoted-string: ${JSON.stringify(character)}`);
    }
    this.#at = at;
    return result;
  }
  /** A dot-atom. `permissive` as in display names: special characters and dots anywhere. */
  #atom(permissive) {
    const start = this.#at;
    let at = start;
    while (at < this.#text.length) {
      const character = String.fromCodePoint(this.#text.codePointAt(at));
      if (!isAtomCharacter(character, permissive)) break;
      at += character.length;
    }
    if (at === start) fail2("invalid string");
    const atom = this.#text.slice(start, at);
    this.#at = at;
    if (!permissive) {
      if (atom.startsWith(".")) fail2("leading dot in atom");
      if (atom.includes("..")) fail2("double dot in atom");
      if (atom.endsWith(".")) fail2("trailing dot in atom");
    }
    return atom;
  }
  /** `ada@example.com (Ada)`: the name does not matter here, but an encoded word in it may be refused. */
  #nameInComment() {
    const comment = this.#comment() ?? fail2(BAD_COMMENT);
    for (const word of comment.split(/[ \t]+/)) if (word !== "") this.#decode(word);
  }
  /** The comment that starts here, without its brackets; undefined where it is never closed. */
  #comment() {
    let depth = 1;
    let result = "";
    this.#at++;
    while (!this.#ended() && depth > 0) {
      const character = this.#text[this.#at];
      if (character === "\\" && this.#at + 1 < this.#text.length) this.#at++;
      else if (character === "(") depth++;
      else if (character === ")") depth--;
      if (depth > 0) result += this.#text[this.#at];
      this.#at++;
    }
    return depth === 0 ? result : void 0;
  }
  /** Blanks and comments; false where a comment is never closed. */
  #skipComments() {
    this.#skipBlanks();
    while (this.#peek() === "(") {
      if (this.#comment() === void 0) return false;
      this.#skipBlanks();
    }
    return true;
  }
  #skipBlanks() {
    while (this.#text[this.#at] === " " || this.#text[this.#at] === "	") this.#at++;
  }
  #peek() {
    return this.#text[this.#at];
  }
  #take(character) {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }
  #ended() {
    return this.#at >= this.#text.length;
  }
};
var CHARSET = "charset not supported: ";
function prefixed(message) {
  return message.startsWith(CHARSET) ? message : `mail: ${message}`;
}

// src/claims/text-steps.ts
var EMPTY = { value: "" };
function claim(name) {
  return { claim: name, read: (fields) => fields[name] === "" ? EMPTY : { value: fields[name] } };
}
function attribute(name) {
  return {
    claim: `attributes[${JSON.stringify(name)}]`,
    option: "email_attribute_name",
    read(fields) {
      const list = fields.attributes?.get(name);
      if (list === void 0 || list === null || list.length === 0) return EMPTY;
      if (list[0] !== "") return { value: list[0], final: true };
      return {
        value: "",
        final: true,
        note: "its first entry is empty: that is taken, and what comes after it is not tried"
      };
    }
  };
}
var UPN = {
  claim: "upn",
  read({ upn }) {
    if (upn === "") return EMPTY;
    const parsed = parseMailAddress(upn);
    return parsed.ok ? { value: parsed.address } : { value: "", note: `${show(upn)} is no e-mail address (${parsed.error})` };
  }
};
function textSteps(paths, emailAttributeName) {
  const path2 = (field) => paths[field] === void 0 ? [] : [{ path: paths[field] }];
  return {
    name: [...path2("name"), claim("name"), claim("display_name")],
    login: [claim("login"), ...path2("login"), claim("username")],
    email: [claim("email"), ...path2("email"), attribute(emailAttributeName), UPN]
  };
}

// src/claims/generic-setup.ts
function genericSetup({ options, server, assumeApiUrl }) {
  const version = options.profile;
  const profile = claimsProfile(version.id);
  const path2 = (option) => {
    const text = options.text(option);
    return text === "" ? void 0 : new AttributePath(option, text, version.dialect);
  };
  const paths = {
    name: path2("name_attribute_path"),
    login: path2("login_attribute_path"),
    email: path2("email_attribute_path"),
    role: path2("role_attribute_path"),
    groups: path2("groups_attribute_path"),
    orgs: path2("org_attribute_path"),
    teams: path2("team_ids_attribute_path")
  };
  const apiUrl = options.text("api_url");
  const teamsUrl = options.text("teams_url");
  const assumed = apiUrl === "" && assumeApiUrl;
  const behind = (suffix) => assumed ? unknownAddress(`<api_url>${suffix}`) : derivedAddress(apiUrl + suffix, profile.sprintf);
  const skips = options.flag("skip_org_role_sync") && profile.skipOrgRoleSync;
  return {
    version,
    profile,
    options,
    server,
    tokenAttribute: options.text("id_token_attribute_name") || "id_token",
    paths,
    textSteps: textSteps(paths, options.text("email_attribute_name")),
    apiUrl: assumed ? unknownAddress("<api_url>") : apiUrl === "" ? void 0 : address(apiUrl),
    emailsUrl: behind("/emails"),
    teamsUrl: teamsUrl === "" ? void 0 : derivedAddress(teamsUrl, profile.sprintf),
    oldTeamsUrl: behind("/teams"),
    orgsUrl: behind("/orgs"),
    strict: options.flag("role_attribute_strict"),
    skipsRoleSync: skips,
    computesRole: !skips && !(profile.globalSkip === "not-computed" && server.oauth_skip_org_role_update_sync),
    readsOrgs: profile.orgMapping !== null && !skips,
    assignsAdmin: options.flag("allow_assign_grafana_admin"),
    allowsSignUp: options.flag("allow_sign_up"),
    teamIds: options.teamIds(),
    allowedOrganizations: options.list("allowed_organizations"),
    allowedGroups: options.list("allowed_groups"),
    allowedDomains: options.list("allowed_domains"),
    orgMapping: options.list("org_mapping"),
    home: { id: homeOrg(server), role: server.auto_assign_org_role }
  };
}

// src/claims/grafana-com.ts
function comSetup(options, server) {
  return {
    profile: claimsProfile(options.profile.id),
    options,
    server,
    userUrl: address(`${server.grafana_com_url}/api/oauth2/user`),
    skipsRoleSync: options.flag("skip_org_role_sync"),
    allowedOrganizations: options.list("allowed_organizations"),
    home: { id: homeOrg(server), role: server.auto_assign_org_role }
  };
}
var IGNORED = [
  "api_url",
  "role_attribute_path",
  "role_attribute_strict",
  "allow_assign_grafana_admin",
  "login_attribute_path",
  "name_attribute_path",
  "email_attribute_path",
  "email_attribute_name",
  "groups_attribute_path",
  "allowed_groups",
  "allowed_domains",
  "team_ids",
  "org_mapping",
  "org_attribute_path"
];
function resolveGrafanaCom(setup, envelope2, traced) {
  const trace = traced ? new Tracer() : void 0;
  const exchange = new Exchange(recordedAnswers(envelope2), false);
  const end = (outcome, user2, denial) => {
    if (denial) trace?.add({ field: "access", status: "error", note: denial.message });
    return { outcome, user: user2, denial, requests: exchange.requests, steps: trace?.steps ?? [] };
  };
  const { profile, options } = setup;
  if (options.notCreated) {
    const { message, productMessage } = options.notCreated;
    return end("error", null, { rule: "config", message, productMessage });
  }
  for (const option of IGNORED)
    if (trace && options.setting(option)?.origin.origin !== "default" && options.text(option) !== "")
      trace.add({ field: "source", option, status: "ignored", note: "has no effect on a login through grafana.com" });
  const answer3 = exchange.get("userinfo", setup.userUrl);
  if (!answer3.ok) {
    trace?.add({ field: "source", source: "userinfo", status: "error", note: failedRequest(answer3, "the login ends") });
    return end("error", null, {
      rule: "userinfo",
      message: "the request for the user document failed",
      productMessage: `Error getting user info: ${answer3.error}`
    });
  }
  const read2 = readComUser(answer3.body);
  if (!read2.ok) {
    const { error, type } = read2.refusal;
    trace?.add({
      field: "source",
      source: "userinfo",
      status: "error",
      note: type === void 0 || type.field === "" ? `the user document is no JSON object (${error})` : `"${type.field}" of the user document has a wrong type (${error})`
    });
    return end("error", null, {
      rule: "userinfo",
      message: "the user document cannot be read",
      productMessage: `Error getting user info: ${error}`
    });
  }
  const found2 = read2.value;
  if (trace) traceFields(trace, found2, answer3.url);
  const { orgRoles, mappedRole } = roles(setup, found2.role, trace);
  const logins = (found2.orgs ?? []).map((org) => org.login);
  if (!isMember(setup, logins, trace))
    return end("denied", null, {
      rule: "allowed_organizations",
      message: "the person is in none of the organizations of allowed_organizations",
      productMessage: profile.texts.comOrganization
    });
  const user = {
    id: found2.id,
    login: found2.username,
    name: found2.name,
    email: found2.email,
    role: orgRoles?.[setup.home.id] ?? "",
    mappedRole,
    grafanaAdmin: null,
    groups: [],
    teams: [],
    organizations: logins,
    orgRoles
  };
  if (found2.email === "")
    return end("denied", user, {
      rule: "email",
      message: "the user document has no e-mail address, and Grafana lets nobody in without one",
      productMessage: profile.texts.emailMissing
    });
  if (trace && !options.flag("allow_sign_up"))
    trace.add({
      field: "access",
      option: "allow_sign_up",
      result: false,
      status: "default",
      note: `a person Grafana does not know yet is refused: "${profile.texts.signUpDisabled}"; whether this one is known only Grafana's database says`,
      certainty: "undetermined"
    });
  return end("allowed", user, null);
}
function roles(setup, role, trace) {
  const { profile, server, home } = setup;
  const step = { field: "role", source: "userinfo", expression: "role", ...role !== "" && { result: role } };
  if (setup.skipsRoleSync) {
    trace?.add({
      ...step,
      option: "skip_org_role_sync",
      status: "skipped",
      note: "skip_org_role_sync is on: the role is not used, memberships stay as they are"
    });
    return { orgRoles: profile.comNoSync === "null" ? null : {}, mappedRole: "" };
  }
  const valid = isRole(profile, role);
  const mapper = profile.comRoleFlow === "mapper";
  const mappedRole = mapper ? "" : role;
  const unknown = role === "" ? "no role" : `${show(role)} is no role (exactly ${profile.roles.join(", ")}; nothing is title-cased here)`;
  if (server.oauth_skip_org_role_update_sync && profile.comGlobalSkip) {
    trace?.add({
      ...step,
      option: "oauth_skip_org_role_update_sync",
      status: "skipped",
      note: "[auth] oauth_skip_org_role_update_sync is on: memberships stay as they are"
    });
    return { orgRoles: {}, mappedRole };
  }
  if (valid) {
    trace?.add({
      ...step,
      status: "matched",
      note: `${role} in organization ${home.id}; memberships in other organizations are removed`
    });
    return { orgRoles: { [home.id]: role }, mappedRole };
  }
  if (!mapper) {
    trace?.add({
      ...step,
      status: role === "" ? "empty" : "ignored",
      note: `${unknown}: a member keeps the role there is, at the first login Grafana gives auto_assign_org_role (${server.auto_assign_org_role || "unset"})`
    });
    return { orgRoles: {}, mappedRole };
  }
  trace?.add({ ...step, status: role === "" ? "empty" : "ignored", note: unknown });
  trace?.add({
    field: "role",
    option: "auto_assign_org_role",
    result: home.role,
    status: "default",
    note: `${home.role === "" ? "an empty role" : home.role} in organization ${home.id} at every login, whatever role the person was given in Grafana`
  });
  return { orgRoles: { [home.id]: home.role }, mappedRole };
}
function isMember(setup, logins, trace) {
  const { items, error } = setup.allowedOrganizations;
  const step = { field: "access", option: "allowed_organizations" };
  if (items.length === 0) {
    if (error !== void 0)
      trace?.add({
        ...step,
        status: "ignored",
        note: `the list is broken (${error}) and therefore empty: no restriction, everybody gets in`
      });
    return true;
  }
  const match = items.find((item) => logins.includes(item));
  trace?.add({
    ...step,
    result: logins,
    status: match === void 0 ? "empty" : "matched",
    note: match === void 0 ? `needed: one of ${items.map(show).join(", ")}; the person is in ${logins.length === 0 ? "none" : logins.map(show).join(", ")} (compared with "login" of "orgs", the slug, case counts)` : `in ${show(match)}`
  });
  return match !== void 0;
}
function traceFields(trace, user, url) {
  trace.add({ field: "source", source: "userinfo", status: "matched", note: `answer of ${url}; the only source` });
  for (const [field, claim2, value] of [
    ["id", "id", user.id],
    ["name", "name", user.name],
    ["login", "username", user.username],
    ["email", "email", user.email]
  ])
    trace.add({
      field,
      source: "userinfo",
      expression: claim2,
      ...value !== "" && { result: value },
      status: value === "" ? "empty" : "matched"
    });
}

// src/claims/overrides.ts
function withFlags(base, flags) {
  const given = providerFromTexts(new Map(Object.entries(flags)), base.section, base.profile);
  const pick = (key) => Object.hasOwn(flags, key) ? given : base;
  const notCreated = given.notCreated ?? (base.notCreated && Object.hasOwn(flags, base.notCreated.option) ? void 0 : base.notCreated);
  return {
    section: base.section,
    product: base.product,
    profile: base.profile,
    reading: base.reading,
    get options() {
      return new Map([...base.options, ...given.options]);
    },
    created: notCreated === void 0,
    notCreated,
    get enabled() {
      return notCreated === void 0 && pick("enabled").flag("enabled");
    },
    setting: (key) => pick(key).setting(key),
    text: (key) => pick(key).text(key),
    flag: (key, fallback) => pick(key).flag(key, fallback),
    list: (key) => pick(key).list(key),
    teamIds: () => pick("team_ids").teamIds()
  };
}
function withVersion(config, profile) {
  return new Proxy(config, {
    get(target, key) {
      if (key === "profile") return profile;
      const value = Reflect.get(target, key, target);
      return typeof value === "function" ? value.bind(target) : value;
    }
  });
}

// src/claims/verdict.ts
function resolution(target, name, verdict) {
  const { outcome, user, denial, requests, steps, claims } = verdict;
  const result = typeof name === "string" ? { formatVersion: 1, target: { ...target }, name, outcome, user, denial, requests, trace: steps } : { formatVersion: 1, target: { ...target }, outcome, user, denial, requests, trace: steps };
  if (claims !== void 0) result.claims = claims;
  if (verdict.undetermined) result.certainty = "undetermined";
  return result;
}

// src/claims/prepare.ts
async function prepareLogin(product, options = {}) {
  const version = options.version === void 0 ? void 0 : versionOf(options.version);
  let config = options.config;
  if (config === void 0 && options.files !== void 0 && options.files.length > 0)
    config = await loadFiles(options.files, {
      ...options.env && { env: options.env },
      ...options.readFile && { readFile: options.readFile },
      ...options.hostname !== void 0 && { hostname: options.hostname },
      ...version && { grafanaVersion: version.asked }
    });
  else if (config !== void 0 && version !== void 0 && config.profile.id !== version.id)
    config = withVersion(config, version);
  return new LoginResolver(product, options, config, version ?? config?.profile ?? versionProfile());
}
function versionOf(text) {
  const version = versionProfile(text);
  if (version === void 0)
    throw new UsageError(`"${text}" is no version of Grafana`, { hint: `write it as ${NEWEST_VERSION}` });
  return version;
}
var KEPT = 64;
var LoginResolver = class {
  #product;
  #options;
  #version;
  #base;
  #standard;
  #own = /* @__PURE__ */ new Map();
  constructor(product, options, config, version) {
    this.#product = product;
    this.#options = options;
    this.#version = version;
    if (config !== void 0) this.#base = this.#fromConfig(config);
  }
  /** The provider's options without those of an envelope; for commands that show them. */
  get provider() {
    return this.#base?.provider;
  }
  /** What Grafana makes of one payload. Throws UsageError where the envelope is none. */
  resolve(envelope2, options = {}) {
    if (!isTable(envelope2))
      throw new UsageError("the payload is no object", {
        hint: "give claims, a token or an envelope as a JSON object"
      });
    const traced = options.trace ?? true;
    const own = envelope2.settings !== void 0 && envelope2.settings !== null;
    if (!own && this.#base?.problem)
      return resolution(
        this.#target(this.#base.provider.section),
        envelope2.name,
        notStarted(this.#base.problem, traced)
      );
    const setup = this.#setup(envelope2, own);
    const verdict = setup.kind === "generic" ? resolveGenericOAuth(setup.setup, envelope2, traced) : resolveGrafanaCom(setup.setup, envelope2, traced);
    return resolution(setup.target, envelope2.name, verdict);
  }
  #target(section) {
    return { product: this.#product, version: this.#version.asked, section };
  }
  #setup(envelope2, own) {
    const changed = own || envelope2.server !== void 0 && envelope2.server !== null;
    if (!changed) {
      this.#standard ??= this.#build(void 0, void 0);
      return this.#standard;
    }
    const settings = own ? settingsOf(envelope2.settings) : void 0;
    const server = serverOf(envelope2.server);
    const key = JSON.stringify([settings && [...settings], server]);
    let setup = this.#own.get(key);
    if (setup === void 0) {
      setup = this.#build(settings, server);
      if (this.#own.size >= KEPT) this.#own.delete(this.#own.keys().next().value);
      this.#own.set(key, setup);
    }
    return setup;
  }
  #build(settings, server) {
    const { flags } = this.#options;
    const base = this.#base ?? (settings === void 0 ? this.#fromFlags() : void 0);
    let provider = settings === void 0 ? base.provider : providerFromTexts(settings, this.#section(), this.#version);
    if (settings !== void 0 && flags !== void 0) provider = withFlags(provider, flags);
    const whole = overrideServer(base?.server ?? DEFAULT_SERVER, server);
    const target = this.#target(provider.section);
    if (this.#product === "grafana-cloud") return { kind: "com", target, setup: comSetup(provider, whole) };
    const assumeApiUrl = settings === void 0 && base.assumeApiUrl;
    return { kind: "generic", target, setup: genericSetup({ options: provider, server: whole, assumeApiUrl }) };
  }
  #section() {
    return this.#base?.provider.section ?? (this.#product === "grafana" ? "auth.generic_oauth" : CLOUD_SECTION);
  }
  /** No configuration: the defaults of the version, and the flags. */
  #fromFlags() {
    const config = loadFiles([], { grafanaVersion: this.#version.asked });
    const section = this.#product === "grafana" ? "auth.generic_oauth" : CLOUD_SECTION;
    const provider = readProvider(config, section);
    return {
      provider: this.#options.flags === void 0 ? provider : withFlags(provider, this.#options.flags),
      server: { ...readServer(config), oauth_allow_insecure_email_lookup: void 0 },
      assumeApiUrl: this.#options.flags?.["api_url"] === void 0,
      problem: void 0
    };
  }
  #fromConfig(config) {
    const section = chooseSection(this.#product, config, this.#options.section);
    const provider = readProvider(config, section);
    const { flags } = this.#options;
    return {
      provider: flags === void 0 ? provider : withFlags(provider, flags),
      server: { ...readServer(config), oauth_allow_insecure_email_lookup: emailLookup(config) },
      assumeApiUrl: false,
      problem: config.problems[0]
    };
  }
};
function notStarted(problem, traced) {
  const place = problem.path === void 0 ? "" : `${problem.path}${problem.range ? `:${problem.range.start.line}` : ""}: `;
  const message = `Grafana does not start: ${place}${problem.message}`;
  return {
    outcome: "error",
    user: null,
    denial: { rule: "config", message, productMessage: problem.productMessage ?? null },
    requests: [],
    steps: traced ? [{ field: "source", status: "error", note: message }] : []
  };
}
function chooseSection(product, config, asked) {
  const written2 = PROVIDER_SECTIONS.filter((section2) => isConfigured(config, section2));
  const list = (sections) => sections.map((section2) => `[${section2}]`).join(", ");
  const belongs = (section2) => product === "grafana" ? section2 === "auth.generic_oauth" : isCloudSection(section2);
  if (asked !== void 0) {
    const section2 = asked.startsWith("auth.") ? asked : `auth.${asked}`;
    if (!belongs(section2))
      throw new UsageError(
        section2 === "auth.generic_oauth" || isCloudSection(section2) ? `[${section2}] is not a section of product "${product}"` : `there are no dry runs for [${section2}]`,
        {
          hint: "dry runs exist for [auth.generic_oauth] (product grafana) and [auth.grafana_com] (product grafana-cloud)"
        }
      );
    if (!isConfigured(config, section2)) throw missing2(section2, written2, list);
    return section2;
  }
  const enabled = written2.filter((section2) => readProvider(config, section2).enabled);
  if (enabled.length > 1)
    throw new UsageError(`${enabled.length} providers are enabled: ${list(enabled)}`, {
      hint: `choose one with --section, for example --section ${enabled.find(belongs) ?? enabled[0]}`
    });
  const section = product === "grafana" ? "auth.generic_oauth" : cloudSection(config);
  if (!isConfigured(config, section)) throw missing2(section, written2, list);
  return section;
}
function missing2(section, written2, list) {
  const other = written2.find(isCloudSection) ?? written2.find((one) => one === "auth.generic_oauth");
  return new UsageError(`the configuration has no section [${section}]`, {
    because: written2.length === 0 ? "it configures no login provider" : `it has ${list(written2)}`,
    ...other && { hint: `for [${other}] use --product ${isCloudSection(other) ? "grafana-cloud" : "grafana"}` }
  });
}
function isConfigured(config, section) {
  return config.fileView[section] !== void 0 || isWritten(config, section);
}
function settingsOf(settings) {
  if (!isTable(settings))
    throw new UsageError(`the payload's "settings" is no object of option \u2192 text`, {
      hint: 'write { "role_attribute_path": "role" }'
    });
  const texts = /* @__PURE__ */ new Map();
  for (const [option, value] of Object.entries(settings)) {
    if (value === null || value === void 0) continue;
    if (typeof value === "object")
      throw new UsageError(`settings.${option} of the payload is no text`, {
        hint: "write the value as it stands behind the = in the file"
      });
    texts.set(option, String(value));
  }
  return texts;
}
function serverOf(server) {
  if (server === void 0 || server === null) return void 0;
  if (!isTable(server))
    throw new UsageError(`the payload's "server" is no object`, {
      hint: 'write { "auto_assign_org_role": "Viewer" }'
    });
  return server;
}

// src/claims/payload.ts
var PayloadError = class extends Error {
  offset;
  hint;
  constructor(message, offset, hint) {
    super(message);
    this.name = "PayloadError";
    this.offset = offset;
    this.hint = hint;
  }
};
var DOCUMENTS = /* @__PURE__ */ new Set(["id_token_claims", "userinfo", "emails", "teams", "orgs"]);
var CERTAIN = /* @__PURE__ */ new Set(["id_token", "id_token_claims", "token", "userinfo", "http", "settings", "request", "headers"]);
var POSSIBLE = /* @__PURE__ */ new Set([
  ...CERTAIN,
  "access_token",
  "emails",
  "teams",
  "orgs",
  "name",
  "expect",
  "product",
  "config",
  "server",
  "organizations",
  "section",
  "state",
  "policies",
  "provider",
  "key",
  "now",
  "formatVersion",
  "kind",
  "recordedAt",
  "exchanges"
]);
var TOKEN = /^(?:[a-z0-9-_|]+:)?[-_A-Za-z0-9=]+\.[-_A-Za-z0-9=]*\.[-_A-Za-z0-9=]*(?:\.[-_A-Za-z0-9=]*){0,2}$/;
function readPayload(text, bare = "userinfo") {
  const start = text.charCodeAt(0) === 65279 ? 1 : 0;
  const content = (start === 0 ? text : text.slice(1)).trim();
  if (content === "") throw new PayloadError("the payload is empty", 0, "it is a claims object, a JWT, or an envelope");
  if (content.startsWith("{")) return readObject(text.slice(start), start, bare);
  if (TOKEN.test(content)) return { id_token: content };
  if (content.startsWith('"')) {
    const node2 = parse3(text.slice(start), start);
    if (node2.kind === "string" && TOKEN.test(node2.value)) return { id_token: node2.value };
    throw new PayloadError("the payload is a text, and no JWT", start);
  }
  if (content.startsWith("[")) {
    throw new PayloadError(
      "the payload is a list",
      text.indexOf("["),
      "for many payloads write one a line and pass --jsonl"
    );
  }
  if (content.startsWith("ey")) {
    const parts = content.split(".").length;
    throw new PayloadError(
      "the payload looks like a JWT and is none",
      start,
      `it has ${parts} ${parts === 1 ? "part" : "parts"}, a JWT has three; was it cut?`
    );
  }
  const node = parse3(text.slice(start), start);
  throw new PayloadError(`the payload is a ${node.kind}, not an object`, start);
}
function readObject(text, shift, bare) {
  const value = quickly(text);
  if (value !== void 0) {
    if (!isEnvelope(value)) return bareEnvelope(bare, documentBody(text, value));
    if (isPlainJson(text, value, true)) return plainEnvelope(text, value);
  }
  const node = parse3(text, shift);
  if (node.kind !== "object") throw new PayloadError("the payload is no object", shift);
  if (!isEnvelope(Object.fromEntries(node.members.map((member2) => [member2.key, true]))))
    return bareEnvelope(bare, new TextBody(text));
  return envelope(node.members, text);
}
function bareEnvelope(bare, body2) {
  if (bare === "userinfo") return { userinfo: body2 };
  if (bare === "id_token") return { id_token_claims: body2 };
  const header = Buffer.from('{"alg":"none"}').toString("base64url");
  return { access_token: `${header}.${Buffer.from(body2.text).toString("base64url")}.c2FtcGxl` };
}
function isEnvelope(value) {
  let possible = true;
  let onlyName = true;
  for (const key in value) {
    if (!POSSIBLE.has(key)) possible = false;
    else if (CERTAIN.has(key)) return true;
    else if (key !== "name") onlyName = false;
  }
  return possible && !onlyName;
}
function envelope(members, text) {
  const result = {};
  for (const { key, value } of members) {
    if (DOCUMENTS.has(key)) result[key] = document(value, text);
    else if (key === "http" && value.kind === "object") {
      const answers = /* @__PURE__ */ Object.create(null);
      for (const member2 of value.members) answers[member2.key] = answer2(member2.value, text);
      result[key] = answers;
    } else result[key] = plain2(value, text);
  }
  return result;
}
function plainEnvelope(text, value) {
  const body2 = (path2, found2) => typeof found2 === "string" ? found2 : new PlainBody(found2, () => cut(text, path2));
  const result = { ...value };
  for (const key of DOCUMENTS) {
    const found2 = value[key];
    if (found2 === void 0) continue;
    result[key] = isAnswer(found2) ? found2.body === void 0 ? found2 : { status: found2.status, body: body2([key, "body"], found2.body) } : body2([key], found2);
  }
  if (isTable(value["http"])) {
    const answers = /* @__PURE__ */ Object.create(null);
    for (const [url, found2] of Object.entries(value["http"]))
      answers[url] = isTable(found2) && found2["body"] !== void 0 ? { ...found2, body: body2(["http", url, "body"], found2["body"]) } : found2;
    result["http"] = answers;
  }
  return result;
}
function cut(text, path2) {
  let node = parseJsonTree(text);
  for (const key of path2)
    if (node.kind === "object") node = node.members.findLast((member2) => member2.key === key).value;
  return text.slice(node.start, node.end);
}
function document(node, text) {
  if (node.kind === "string") return node.value;
  const isAnswer2 = node.kind === "object" && node.members.some(({ key, value }) => key === "status" && value.kind === "number") && node.members.every(({ key }) => key === "status" || key === "body");
  return isAnswer2 ? answer2(node, text) : body(node, text);
}
function answer2(node, text) {
  if (node.kind !== "object") return plain2(node, text);
  const result = {};
  for (const { key, value } of node.members) {
    result[key] = key === "body" ? value.kind === "string" ? value.value : body(value, text) : plain2(value, text);
  }
  return result;
}
function body(node, text) {
  const own = text.slice(node.start, node.end);
  const value = quickly(own);
  return value === void 0 ? new TextBody(own) : documentBody(own, value);
}
function plain2(node, text) {
  return JSON.parse(text.slice(node.start, node.end));
}
function parse3(text, shift) {
  try {
    return parseJsonTree(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    throw new PayloadError(`not valid JSON: ${error.message}`, error.offset + shift);
  }
}
function quickly(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : void 0;
  } catch {
    return void 0;
  }
}
function documentBody(text, value) {
  return isPlainJson(text, value) ? new PlainBody(value, () => text) : new TextBody(text);
}
var SHALLOW = 2e4;
var SURROGATE = /[\ud800-\udfff]/;
var SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;
function isPlainJson(text, root, deep = false) {
  if (text.length > SHALLOW || SURROGATE.test(text)) return false;
  if (text.includes("\\u") && SURROGATE_ESCAPE.test(text)) return false;
  return writtenKeys(text) === keysOf(root, true, deep);
}
function writtenKeys(text) {
  let count2 = 0;
  for (let at = text.indexOf(":"); at !== -1; at = text.indexOf(":", at + 1)) {
    const before = text.charCodeAt(at - 1);
    if (before <= 32) return Number.NaN;
    if (before !== 34) continue;
    let slashes = 0;
    while (text.charCodeAt(at - 2 - slashes) === 92) slashes++;
    if (slashes % 2 === 0) count2++;
  }
  return count2;
}
function keysOf(value, top, deep) {
  if (typeof value === "number") return Number.isFinite(value) ? 0 : Number.NaN;
  if (typeof value !== "object" || value === null) return 0;
  let count2 = 0;
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item !== "string") count2 += keysOf(item, false, deep);
    return count2;
  }
  for (const key in value) {
    if ((top || deep) && isVariant(key)) return Number.NaN;
    const item = value[key];
    count2 += typeof item === "string" ? 1 : 1 + keysOf(item, false, deep);
  }
  return count2;
}
var FIELDS = /* @__PURE__ */ new Set([
  "attributes",
  "display_name",
  "email",
  "id",
  "login",
  "name",
  "orgs",
  "role",
  "sub",
  "upn",
  "username"
]);
var variants = /* @__PURE__ */ new Map();
var MOST_VARIANTS = 1e4;
function isVariant(key) {
  let variant = variants.get(key);
  if (variant === void 0) {
    variant = !FIELDS.has(key) && FIELDS.has(foldKey(key));
    if (variants.size < MOST_VARIANTS) variants.set(key, variant);
  }
  return variant;
}

// ../../../tmp/b2.ts
var mode = process.argv[2];
var ini = `[auth.generic_oauth]
enabled = true
api_url = https://id.example.com/userinfo
login_attribute_path = preferred_username
name_attribute_path = name
groups_attribute_path = groups
role_attribute_path = contains(groups[*], 'admins0') && 'Admin' || contains(groups[*], 'developers1') && 'Editor' || 'Viewer'
allowed_groups = everyone0 everyone1 everyone2 admins0 developers0
allowed_domains = example.com
`;
var r = await prepareLogin("grafana", { files: [{ path: "grafana.ini", text: ini }] });
var n = 0;
var roles2 = {};
var c0 = process.cpuUsage();
var t0 = performance.now();
var rest = "";
for await (const chunk of createReadStream("/tmp/users.jsonl", { encoding: "utf8", highWaterMark: 1 << 18 })) {
  const text = rest + chunk;
  let from = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", from)) {
    const line = text.slice(from, at);
    from = at + 1;
    if (mode === "parse") {
      if (JSON.parse(line).email) n++;
    } else {
      const v = r.resolve(readPayload(line), { trace: false });
      const k = v.outcome + v.user?.role;
      roles2[k] = (roles2[k] ?? 0) + 1;
      n++;
    }
  }
  rest = text.slice(from);
}
var c = process.cpuUsage(c0);
console.log(mode, n, `wall ${((performance.now() - t0) / n * 1e3).toFixed(2)}us cpu(user) ${(c.user / n).toFixed(2)}us rss ${(process.memoryUsage().rss / 1e6).toFixed(0)}MB`, JSON.stringify(roles2));
