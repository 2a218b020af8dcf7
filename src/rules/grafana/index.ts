/**
 * The rules about Grafana configurations, in the order they run: reading problems come first, so that what follows from them
 * is shown with them.
 */
import { colonKey } from './colon-key.js';
import { commentedSecret } from './commented-secret.js';
import { conflictingDuplicate } from './conflicting-duplicate.js';
import { credentialsViaPost } from './credentials-via-post.js';
import { crlfOrTabsMixed } from './crlf-or-tabs-mixed.js';
import { duplicateKey } from './duplicate-key.js';
import { duplicateSection } from './duplicate-section.js';
import { envEmpty } from './env-empty.js';
import { envKeyTooNew } from './env-key-too-new.js';
import { envNoTarget } from './env-no-target.js';
import { envQuotes } from './env-quotes.js';
import { envShadowsFile } from './env-shadows-file.js';
import { expanderFileMissing } from './expander-file-missing.js';
import { expanderForm } from './expander-form.js';
import { expanderUnsetOrAccident } from './expander-unset-or-accident.js';
import { expiryToggle } from './expiry-toggle.js';
import { fileReadableSecret } from './file-readable-secret.js';
import { globalSkipSync } from './global-skip-sync.js';
import { helmYamlShape } from './helm-yaml-shape.js';
import { interpolation } from './interpolation.js';
import { jwtExpectedClaims } from './jwt-expected-claims.js';
import { keyBeforeSection } from './key-before-section.js';
import { keyOfOtherProvider } from './key-of-other-provider.js';
import { knownMisspelling } from './known-misspelling.js';
import { leadingBacktick } from './leading-backtick.js';
import { legacySection } from './legacy-section.js';
import { lifetimeDays } from './lifetime-days.js';
import { lineWithoutDelimiter } from './line-without-delimiter.js';
import { loneLiteralUnquoted } from './lone-literal-unquoted.js';
import { markdownLeftover } from './markdown-leftover.js';
import { missingSub } from './missing-sub.js';
import { notInVersion } from './not-in-version.js';
import { oauthAutoLogin } from './oauth-auto-login.js';
import { parentLeak } from './parent-leak.js';
import { proxyLdapSyncTtl } from './proxy-ldap-sync-ttl.js';
import { quotedIdentifierStripped } from './quoted-identifier-stripped.js';
import { quotesDoNotProtect } from './quotes-do-not-protect.js';
import { rebrandedSection } from './rebranded-section.js';
import { sectionPadding } from './section-padding.js';
import { smartQuotes } from './smart-quotes.js';
import type { GrafanaRule } from './subject.js';
import { trailingBackslash } from './trailing-backslash.js';
import { truncatedSecret } from './truncated-secret.js';
import { truncatedValue } from './truncated-value.js';
import { unclosedMultiline } from './unclosed-multiline.js';
import { unclosedSection } from './unclosed-section.js';
import { unknownAuthSection } from './unknown-auth-section.js';
import { unknownKey } from './unknown-key.js';
import { upgrade101Roles } from './upgrade-10-1-roles.js';
import { wrongCase } from './wrong-case.js';

/** How the file is read. */
const syntax: readonly GrafanaRule[] = [
  truncatedValue,
  truncatedSecret,
  quotesDoNotProtect,
  loneLiteralUnquoted,
  quotedIdentifierStripped,
  leadingBacktick,
  unclosedMultiline,
  lineWithoutDelimiter,
  trailingBackslash,
  unclosedSection,
  duplicateKey,
  conflictingDuplicate,
  duplicateSection,
  sectionPadding,
  keyBeforeSection,
  colonKey,
  interpolation,
  commentedSecret,
  markdownLeftover,
  smartQuotes,
  crlfOrTabsMixed,
  fileReadableSecret,
];

/** Names of sections and keys. */
const names: readonly GrafanaRule[] = [
  helmYamlShape,
  unknownKey,
  knownMisspelling,
  wrongCase,
  unknownAuthSection,
  rebrandedSection,
  legacySection,
  keyOfOtherProvider,
  parentLeak,
  notInVersion,
];

/** Environment variables and expanders. */
const environment: readonly GrafanaRule[] = [
  envNoTarget,
  envKeyTooNew,
  envShadowsFile,
  envQuotes,
  envEmpty,
  expanderFileMissing,
  expanderUnsetOrAccident,
  expanderForm,
];

/** What a version no longer does, or does anew. */
const deprecated: readonly GrafanaRule[] = [
  oauthAutoLogin,
  globalSkipSync,
  expiryToggle,
  credentialsViaPost,
  lifetimeDays,
  jwtExpectedClaims,
  proxyLdapSyncTtl,
  missingSub,
  upgrade101Roles,
];

export const grafanaRules: readonly GrafanaRule[] = [...syntax, ...names, ...environment, ...deprecated];
