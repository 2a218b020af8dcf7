/** The rules about Grafana Enterprise Metrics, in the order they run. */
import { gemAdfsSwitch } from './gem-adfs-switch.js';
import { gemAlgorithmNotListed } from './gem-algorithm-not-listed.js';
import { gemAudienceMissing } from './gem-audience-missing.js';
import { gemAuthTypeUnknown } from './gem-auth-type-unknown.js';
import { gemBasicSwapped } from './gem-basic-swapped.js';
import { gemBearerWithoutTenant } from './gem-bearer-without-tenant.js';
import { gemCacheTooLong } from './gem-cache-too-long.js';
import { gemCacheTtlName } from './gem-cache-ttl-name.js';
import { gemCapitalsNotMatched } from './gem-capitals-not-matched.js';
import { gemClaimMissing } from './gem-claim-missing.js';
import { gemClaimPath } from './gem-claim-path.js';
import { gemDefaultPolicy } from './gem-default-policy.js';
import { gemFirstGroupWrong } from './gem-first-group-wrong.js';
import { gemGroupCanBeEmpty } from './gem-group-can-be-empty.js';
import { gemIssuerDiffers } from './gem-issuer-differs.js';
import { gemIssuerIsDiscovery } from './gem-issuer-is-discovery.js';
import { gemIssuerIsJwks } from './gem-issuer-is-jwks.js';
import { gemIssuerMissing } from './gem-issuer-missing.js';
import { gemIssuerNoUrl } from './gem-issuer-no-url.js';
import { gemIssuerPlainHttp } from './gem-issuer-plain-http.js';
import { gemIssuerSlash } from './gem-issuer-slash.js';
import { gemKeySpelling } from './gem-key-spelling.js';
import { gemListLosesRights } from './gem-list-loses-rights.js';
import { gemListsTooOld } from './gem-lists-too-old.js';
import { gemLowerCaseDiffers } from './gem-lower-case-differs.js';
import { gemNamedGroupForm } from './gem-named-group-form.js';
import { gemNoCaptureGroup } from './gem-no-capture-group.js';
import { gemNothingFound } from './gem-nothing-found.js';
import { gemOidcUrlKey } from './gem-oidc-url-key.js';
import { gemOpenClaim } from './gem-open-claim.js';
import { gemOverrideToken } from './gem-override-token.js';
import { gemPolicyCapitals } from './gem-policy-capitals.js';
import { gemRegexMissing } from './gem-regex-missing.js';
import { gemRegexNotAnchored } from './gem-regex-not-anchored.js';
import { gemRegexNotRe2 } from './gem-regex-not-re2.js';
import { gemRepeatCount } from './gem-repeat-count.js';
import { gemSettingTooNew } from './gem-setting-too-new.js';
import { gemTenantName } from './gem-tenant-name.js';
import { gemTokenAlgorithm } from './gem-token-algorithm.js';
import { gemTokenNotSignedJwt } from './gem-token-not-signed-jwt.js';
import { gemTokenTooLarge } from './gem-token-too-large.js';
import { gemTrustsHeader } from './gem-trusts-header.js';
import { gemUnknownSetting } from './gem-unknown-setting.js';
import { gemValuesDifferByCase } from './gem-values-differ-by-case.js';
import { gemWrongType } from './gem-wrong-type.js';
import { gemYamlSyntax } from './gem-yaml-syntax.js';
import type { GemRule } from './subject.js';

export const gemRules: readonly GemRule[] = [
  gemYamlSyntax,
  gemNothingFound,
  gemKeySpelling,
  gemCacheTtlName,
  gemOidcUrlKey,
  gemUnknownSetting,
  gemSettingTooNew,
  gemWrongType,
  gemAuthTypeUnknown,
  gemTrustsHeader,
  gemIssuerMissing,
  gemIssuerNoUrl,
  gemIssuerIsDiscovery,
  gemIssuerIsJwks,
  gemIssuerSlash,
  gemIssuerPlainHttp,
  gemIssuerDiffers,
  gemClaimMissing,
  gemRegexMissing,
  gemClaimPath,
  gemNamedGroupForm,
  gemRepeatCount,
  gemRegexNotRe2,
  gemNoCaptureGroup,
  gemFirstGroupWrong,
  gemRegexNotAnchored,
  gemGroupCanBeEmpty,
  gemCapitalsNotMatched,
  gemOpenClaim,
  gemAudienceMissing,
  gemDefaultPolicy,
  gemAdfsSwitch,
  gemOverrideToken,
  gemCacheTooLong,
  gemPolicyCapitals,
  gemValuesDifferByCase,
  gemLowerCaseDiffers,
  gemListLosesRights,
  gemListsTooOld,
  gemBearerWithoutTenant,
  gemBasicSwapped,
  gemTokenNotSignedJwt,
  gemTokenAlgorithm,
  gemAlgorithmNotListed,
  gemTenantName,
  gemTokenTooLarge,
];
