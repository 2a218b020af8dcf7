import { tenantNameProblem, tenantsOf } from '../../gem/credentials.js';
import { payload } from './example.js';
import type { GemRule } from './subject.js';
import { cite, piecePlace } from './subject.js';

export const gemTenantName: GemRule = {
  id: 'gem-tenant-name',
  code: 'G37',
  severity: 'warning',
  summary: 'The tenant cannot have this name',
  docs: {
    why: 'Tenant names are 3 to 64 characters of a-z, 0-9, - and _. A colon breaks both forms of credentials.',
    bad: payload(['headers:', '  Authorization: Bearer Tenant_1:aaa.bbb.ccc']),
    good: payload(['headers:', '  Authorization: Bearer tenant_1:aaa.bbb.ccc']),
    references: ['Enterprise Logs manual: admin API (tenant names)', 'RFC 7617 (a user name holds no colon)'],
  },
  check(subject, report) {
    const tell = (tenant: string, place: object) => {
      const problem = tenantNameProblem(tenant);
      if (problem !== undefined)
        report({
          ...place,
          option: 'tenant',
          message: `the tenant name ${cite(tenant)} ${problem}`,
          consequence: 'the admin API cannot create such a tenant, so the request finds none',
          help: 'use 3 to 64 characters of a-z, 0-9, - and _',
        });
    };
    for (const piece of subject.evidence.credentials)
      for (const tenant of tenantsOf(piece.value.credentials.tenant ?? ''))
        if (tenant !== '' && piece.value.refused === undefined) tell(tenant, piecePlace(piece, 'Authorization'));
    for (const piece of subject.evidence.policies)
      for (const [name, policy] of piece.value)
        for (const [index, tenant] of policy.tenants.entries())
          if (tenant !== '*') tell(tenant, piecePlace(piece, name, 'tenants', String(index)));
  },
};
