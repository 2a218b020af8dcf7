/**
 * The rules about Grafana configurations, in the order they run: reading problems come first, so that what follows from them
 * is shown with them.
 */

import { apiUrlSuffix } from './api-url-suffix.js';
import { assignAdminWithoutRole } from './assign-admin-without-role.js';
import { authStyleUnknown } from './auth-style-unknown.js';
import { autoLoginLottery } from './auto-login-lottery.js';
import { backtickLiteralInvalid } from './backtick-literal-invalid.js';
import { boolFallbackFlip } from './bool-fallback-flip.js';
import { boolNonstandard } from './bool-nonstandard.js';
import { boolTypo } from './bool-typo.js';
import { booleanAsString } from './boolean-as-string.js';
import { clientAuthStyle } from './client-auth-style.js';
import { colonKey } from './colon-key.js';
import { commentedSecret } from './commented-secret.js';
import { conflictingDuplicate } from './conflicting-duplicate.js';
import { cookieSecureHttp } from './cookie-secure-http.js';
import { credentialsViaPost } from './credentials-via-post.js';
import { crlfOrTabsMixed } from './crlf-or-tabs-mixed.js';
import { defaultGithubScope } from './default-github-scope.js';
import { defaultSecretKey } from './default-secret-key.js';
import { discoveryMismatch } from './discovery-mismatch.js';
import { domainFormat } from './domain-format.js';
import { domainGateNoAddress } from './domain-gate-no-address.js';
import { duplicateKey } from './duplicate-key.js';
import { duplicateListItem } from './duplicate-list-item.js';
import { duplicateSection } from './duplicate-section.js';
import { emptyOverride } from './empty-override.js';
import { emptyScopesConflict } from './empty-scopes-conflict.js';
import { endpointSlash } from './endpoint-slash.js';
import { entraV1Endpoint } from './entra-v1-endpoint.js';
import { envEmpty } from './env-empty.js';
import { envKeyTooNew } from './env-key-too-new.js';
import { envNoTarget } from './env-no-target.js';
import { envQuotes } from './env-quotes.js';
import { envShadowsFile } from './env-shadows-file.js';
import { everyTenant } from './every-tenant.js';
import { expanderFileMissing } from './expander-file-missing.js';
import { expanderForm } from './expander-form.js';
import { expanderUnsetOrAccident } from './expander-unset-or-accident.js';
import { expiryToggle } from './expiry-toggle.js';
import { fileReadableSecret } from './file-readable-secret.js';
import { formBoolean } from './form-boolean.js';
import { formDuplicate } from './form-duplicate.js';
import { formFileSuffix } from './form-file-suffix.js';
import { formList } from './form-list.js';
import { formMask } from './form-mask.js';
import { formMultiLine } from './form-multi-line.js';
import { formNestedSection } from './form-nested-section.js';
import { formNull } from './form-null.js';
import { formNumber } from './form-number.js';
import { formOmitted } from './form-omitted.js';
import { formOverridden } from './form-overridden.js';
import { formQuotes } from './form-quotes.js';
import { formReadableSecret } from './form-readable-secret.js';
import { formRefused } from './form-refused.js';
import { formStoredExpander } from './form-stored-expander.js';
import { formSwallowedVariable } from './form-swallowed-variable.js';
import { formTemplate } from './form-template.js';
import { formType } from './form-type.js';
import { formUnknownName } from './form-unknown-name.js';
import { formUnmountedFile } from './form-unmounted-file.js';
import { formWrongPlace } from './form-wrong-place.js';
import { gitlabApiUrl } from './gitlab-api-url.js';
import { globalSkipSync } from './global-skip-sync.js';
import { grafanaAdminInert } from './grafana-admin-inert.js';
import { grafanaComOpen } from './grafana-com-open.js';
import { groupsGateIgnored } from './groups-gate-ignored.js';
import { groupsGateWithoutPath } from './groups-gate-without-path.js';
import { groupsOverage } from './groups-overage.js';
import { groupsTailShadowing } from './groups-tail-shadowing.js';
import { helmYamlShape } from './helm-yaml-shape.js';
import { httpEndpoint } from './http-endpoint.js';
import { idTokenUnverified } from './id-token-unverified.js';
import { ignoredDomainGate } from './ignored-domain-gate.js';
import { insecureEmailLookup } from './insecure-email-lookup.js';
import { interpolation } from './interpolation.js';
import { invalidUrl } from './invalid-url.js';
import { itemWithBlank } from './item-with-blank.js';
import { jmespathSyntax } from './jmespath-syntax.js';
import { jsonListTooOld } from './json-list-too-old.js';
import { jwtExpectedClaims } from './jwt-expected-claims.js';
import { keyBeforeSection } from './key-before-section.js';
import { keyOfOtherProvider } from './key-of-other-provider.js';
import { knownMisspelling } from './known-misspelling.js';
import { leadingBacktick } from './leading-backtick.js';
import { legacySection } from './legacy-section.js';
import { lifetimeDays } from './lifetime-days.js';
import { lineWithoutDelimiter } from './line-without-delimiter.js';
import { lockOut } from './lock-out.js';
import { loginPromptValue } from './login-prompt-value.js';
import { logoutParameters } from './logout-parameters.js';
import { loneLiteralUnquoted } from './lone-literal-unquoted.js';
import { malformedJsonList } from './malformed-json-list.js';
import { markdownLeftover } from './markdown-leftover.js';
import { missingApiUrl } from './missing-api-url.js';
import { missingClientId } from './missing-client-id.js';
import { missingClientSecret } from './missing-client-secret.js';
import { missingEndpoint } from './missing-endpoint.js';
import { missingSub } from './missing-sub.js';
import { mixedHosts } from './mixed-hosts.js';
import { noEmailScope } from './no-email-scope.js';
import { noOpenid } from './no-openid.js';
import { noRoleSyncPlan } from './no-role-sync-plan.js';
import { notInVersion } from './not-in-version.js';
import { nullContains } from './null-contains.js';
import { oauthAutoLogin } from './oauth-auto-login.js';
import { offlineWithoutRefresh } from './offline-without-refresh.js';
import { oktaAdminHost } from './okta-admin-host.js';
import { oneGroupIsText } from './one-group-is-text.js';
import { openSignUp } from './open-sign-up.js';
import { orgMappingEntry } from './org-mapping-entry.js';
import { orgMappingWithoutPath } from './org-mapping-without-path.js';
import { orgsGateNonGithub } from './orgs-gate-non-github.js';
import { parentLeak } from './parent-leak.js';
import { pkceDemanded } from './pkce-demanded.js';
import { pkceOff } from './pkce-off.js';
import { placeholder } from './placeholder.js';
import { proxyLdapSyncTtl } from './proxy-ldap-sync-ttl.js';
import { publishedClaimNames } from './published-claim-names.js';
import { quotedIdentifierStripped } from './quoted-identifier-stripped.js';
import { quotedItemsTooOld } from './quoted-items-too-old.js';
import { quotesDoNotProtect } from './quotes-do-not-protect.js';
import { quotingMistake } from './quoting-mistake.js';
import { rebrandedSection } from './rebranded-section.js';
import { refreshWithoutOffline } from './refresh-without-offline.js';
import { roleLiteralAsField } from './role-literal-as-field.js';
import { roleNameInvalid } from './role-name-invalid.js';
import { roleNeverValid } from './role-never-valid.js';
import { roleNotString } from './role-not-string.js';
import { rootUrlDefault } from './root-url-default.js';
import { rootUrlDomain } from './root-url-domain.js';
import { rootUrlHttp } from './root-url-http.js';
import { rootUrlPath } from './root-url-path.js';
import { samesiteNoneInsecure } from './samesite-none-insecure.js';
import { samesiteStrict } from './samesite-strict.js';
import { scopeUnknownThere } from './scope-unknown-there.js';
import { sectionPadding } from './section-padding.js';
import { signUpOffFirstUser } from './sign-up-off-first-user.js';
import { singleQuoteItems } from './single-quote-items.js';
import { singleQuotedItem } from './single-quoted-item.js';
import { skipVsAssign } from './skip-vs-assign.js';
import { skipVsRolePath } from './skip-vs-role-path.js';
import { smartQuotes } from './smart-quotes.js';
import { storedSettingsVersion } from './stored-settings-version.js';
import { strictWithTail } from './strict-with-tail.js';
import { strictWithoutPath } from './strict-without-path.js';
import { subdomainExpectation } from './subdomain-expectation.js';
import type { GrafanaRule } from './subject.js';
import { substringMatch } from './substring-match.js';
import { swappedEndpoints } from './swapped-endpoints.js';
import { tailBeforeUserinfo } from './tail-before-userinfo.js';
import { tailNeverReached } from './tail-never-reached.js';
import { teamGateIncomplete } from './team-gate-incomplete.js';
import { teamGateLegacy } from './team-gate-legacy.js';
import { teamIdsNumber } from './team-ids-number.js';
import { teamIdsSeparator } from './team-ids-separator.js';
import { teamsUrlUnused } from './teams-url-unused.js';
import { tlsFile } from './tls-file.js';
import { tlsPair } from './tls-pair.js';
import { tlsSkipVerify } from './tls-skip-verify.js';
import { trailingBackslash } from './trailing-backslash.js';
import { truncatedSecret } from './truncated-secret.js';
import { truncatedValue } from './truncated-value.js';
import { twoAutoLogins } from './two-auto-logins.js';
import { unclosedMultiline } from './unclosed-multiline.js';
import { unclosedSection } from './unclosed-section.js';
import { unknownAuthSection } from './unknown-auth-section.js';
import { unknownKey } from './unknown-key.js';
import { unreachableBranch } from './unreachable-branch.js';
import { upgrade101Roles } from './upgrade-10-1-roles.js';
import { urlFragment } from './url-fragment.js';
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

/** What values mean to Grafana. */
const values: readonly GrafanaRule[] = [
  boolTypo,
  boolFallbackFlip,
  boolNonstandard,
  emptyOverride,
  placeholder,
  authStyleUnknown,
  malformedJsonList,
  jsonListTooOld,
  itemWithBlank,
  singleQuotedItem,
  singleQuoteItems,
  quotedItemsTooOld,
  loginPromptValue,
  roleNameInvalid,
];

/** Required settings and addresses. */
const required: readonly GrafanaRule[] = [
  missingClientId,
  missingClientSecret,
  missingEndpoint,
  missingApiUrl,
  httpEndpoint,
  invalidUrl,
  urlFragment,
  apiUrlSuffix,
  swappedEndpoints,
  mixedHosts,
  discoveryMismatch,
  tlsPair,
  tlsFile,
];

/** Scopes, tokens, PKCE and TLS. */
const tokens: readonly GrafanaRule[] = [
  defaultGithubScope,
  noOpenid,
  noEmailScope,
  refreshWithoutOffline,
  offlineWithoutRefresh,
  emptyScopesConflict,
  pkceOff,
  tlsSkipVerify,
  idTokenUnverified,
];

/** Who may enter. */
const access: readonly GrafanaRule[] = [
  groupsGateWithoutPath,
  groupsGateIgnored,
  teamGateIncomplete,
  teamGateLegacy,
  teamsUrlUnused,
  orgsGateNonGithub,
  openSignUp,
  domainFormat,
  subdomainExpectation,
  duplicateListItem,
  ignoredDomainGate,
  grafanaComOpen,
  teamIdsSeparator,
  signUpOffFirstUser,
];

/** Expressions, roles and organizations. */
const mapping: readonly GrafanaRule[] = [
  jmespathSyntax,
  roleNeverValid,
  roleLiteralAsField,
  backtickLiteralInvalid,
  roleNotString,
  groupsTailShadowing,
  nullContains,
  substringMatch,
  booleanAsString,
  grafanaAdminInert,
  assignAdminWithoutRole,
  skipVsAssign,
  skipVsRolePath,
  strictWithoutPath,
  strictWithTail,
  noRoleSyncPlan,
  orgMappingEntry,
  orgMappingWithoutPath,
  quotingMistake,
  unreachableBranch,
];

/** What is particular to the identity provider behind the addresses. */
const particular: readonly GrafanaRule[] = [
  tailBeforeUserinfo,
  tailNeverReached,
  oneGroupIsText,
  clientAuthStyle,
  scopeUnknownThere,
  endpointSlash,
  everyTenant,
  groupsOverage,
  logoutParameters,
  pkceDemanded,
  domainGateNoAddress,
  publishedClaimNames,
  teamIdsNumber,
  entraV1Endpoint,
  oktaAdminHost,
  gitlabApiUrl,
];

/** What holds across sections. */
const across: readonly GrafanaRule[] = [
  rootUrlDefault,
  rootUrlHttp,
  rootUrlPath,
  rootUrlDomain,
  cookieSecureHttp,
  samesiteStrict,
  samesiteNoneInsecure,
  twoAutoLogins,
  autoLoginLottery,
  lockOut,
  defaultSecretKey,
  insecureEmailLookup,
];

/** What other forms do to the text before Grafana reads it. */
const forms: readonly GrafanaRule[] = [
  formRefused,
  formNumber,
  formBoolean,
  formList,
  formNestedSection,
  formMultiLine,
  formQuotes,
  formTemplate,
  formNull,
  formWrongPlace,
  formType,
  formOverridden,
  formReadableSecret,
  formDuplicate,
  formUnmountedFile,
  formUnknownName,
  formFileSuffix,
  formSwallowedVariable,
  formStoredExpander,
  formOmitted,
  formMask,
  storedSettingsVersion,
];

/** Those about what a provider section holds. */
export const providerRules: readonly GrafanaRule[] = [
  ...values,
  ...required,
  ...tokens,
  ...access,
  ...mapping,
  ...particular,
];

export const grafanaRules: readonly GrafanaRule[] = [
  ...forms,
  ...syntax,
  ...names,
  ...environment,
  ...providerRules,
  ...across,
  ...deprecated,
];
