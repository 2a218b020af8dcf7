/** The rules about Dashboard JWT login, in the order they run. */
import { dashboardAttributeDropped } from './dashboard-attribute-dropped.js';
import { dashboardBoolean } from './dashboard-boolean.js';
import { dashboardClaimPath } from './dashboard-claim-path.js';
import { dashboardClaimSpelling } from './dashboard-claim-spelling.js';
import { dashboardClaimTwice } from './dashboard-claim-twice.js';
import { dashboardClock } from './dashboard-clock.js';
import { dashboardExpectsCode } from './dashboard-expects-code.js';
import { dashboardGroupNames } from './dashboard-group-names.js';
import { dashboardGroupsText } from './dashboard-groups-text.js';
import { dashboardLivesShorter } from './dashboard-lives-shorter.js';
import { dashboardLockOut } from './dashboard-lock-out.js';
import { dashboardMappingAdministrators } from './dashboard-mapping-administrators.js';
import { dashboardMappingAllUsers } from './dashboard-mapping-all-users.js';
import { dashboardMappingsForm } from './dashboard-mappings-form.js';
import { dashboardMappingsIdle } from './dashboard-mappings-idle.js';
import { dashboardMilliseconds } from './dashboard-milliseconds.js';
import { dashboardNotEnabled } from './dashboard-not-enabled.js';
import { dashboardNothingFound } from './dashboard-nothing-found.js';
import { dashboardProvisioning } from './dashboard-provisioning.js';
import { dashboardReturnToElsewhere } from './dashboard-return-to-elsewhere.js';
import { dashboardReturnToEncoding } from './dashboard-return-to-encoding.js';
import { dashboardSamlFirst } from './dashboard-saml-first.js';
import { dashboardSecretBlanks } from './dashboard-secret-blanks.js';
import { dashboardSecretDecoded } from './dashboard-secret-decoded.js';
import { dashboardSecretForm } from './dashboard-secret-form.js';
import { dashboardSecretGuessable } from './dashboard-secret-guessable.js';
import { dashboardSecretMissing } from './dashboard-secret-missing.js';
import { dashboardSecretReused } from './dashboard-secret-reused.js';
import { dashboardSecretShort } from './dashboard-secret-short.js';
import { dashboardSiteUrl } from './dashboard-site-url.js';
import { dashboardSyntax } from './dashboard-syntax.js';
import { dashboardTokenAlgorithm } from './dashboard-token-algorithm.js';
import { dashboardTokenForever } from './dashboard-token-forever.js';
import { dashboardUnknownSetting } from './dashboard-unknown-setting.js';
import { dashboardUriFragment } from './dashboard-uri-fragment.js';
import { dashboardUriIsDashboard } from './dashboard-uri-is-dashboard.js';
import { dashboardUriMissing } from './dashboard-uri-missing.js';
import { dashboardUriNoScheme } from './dashboard-uri-no-scheme.js';
import { dashboardUriPlainHttp } from './dashboard-uri-plain-http.js';
import { dashboardUriReturnTo } from './dashboard-uri-return-to.js';
import type { DashboardRule } from './subject.js';

export const dashboardRules: readonly DashboardRule[] = [
  dashboardSyntax,
  dashboardNothingFound,
  dashboardUnknownSetting,
  dashboardBoolean,
  dashboardSecretMissing,
  dashboardUriMissing,
  dashboardNotEnabled,
  dashboardUriNoScheme,
  dashboardUriPlainHttp,
  dashboardUriFragment,
  dashboardUriIsDashboard,
  dashboardUriReturnTo,
  dashboardSecretBlanks,
  dashboardSecretGuessable,
  dashboardSecretShort,
  dashboardSecretForm,
  dashboardSecretReused,
  dashboardSiteUrl,
  dashboardMappingsForm,
  dashboardMappingAllUsers,
  dashboardMappingAdministrators,
  dashboardGroupNames,
  dashboardMappingsIdle,
  dashboardClaimTwice,
  dashboardClaimPath,
  dashboardClaimSpelling,
  dashboardLockOut,
  dashboardSamlFirst,
  dashboardProvisioning,
  dashboardExpectsCode,
  dashboardSecretDecoded,
  dashboardTokenAlgorithm,
  dashboardTokenForever,
  dashboardMilliseconds,
  dashboardLivesShorter,
  dashboardClock,
  dashboardGroupsText,
  dashboardAttributeDropped,
  dashboardReturnToElsewhere,
  dashboardReturnToEncoding,
];
