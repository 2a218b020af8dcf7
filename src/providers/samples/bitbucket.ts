import type { SampleLogin } from '../types.js';

export const SAMPLES: readonly SampleLogin[] = [
  {
    name: 'workspace owner, admin by username',
    persona: 'admin',
    userinfo: {
      type: 'user',
      uuid: '{00000000-0000-4000-8000-000000000535}',
      account_id: '557058:ada-bb',
      username: 'ada-bb',
      nickname: 'ada-bb',
      display_name: 'Ada Adler',
      account_status: 'active',
      created_on: '2019-01-01T00:00:00Z',
      links: {},
    },
    http: {
      'https://api.bitbucket.org/2.0/user/emails': {
        status: 200,
        body: {
          pagelen: 10,
          size: 2,
          page: 1,
          values: [
            { type: 'email', email: 'alt@example.net', is_primary: false, is_confirmed: true },
            { type: 'email', email: 'ada@example.com', is_primary: true, is_confirmed: true },
          ],
        },
      },
      'https://api.bitbucket.org/2.0/user/permissions/workspaces': {
        status: 200,
        body: {
          pagelen: 10,
          size: 1,
          page: 1,
          values: [
            {
              type: 'workspace_membership',
              permission: 'owner',
              workspace: { type: 'workspace', slug: 'acme', name: 'acme' },
            },
          ],
        },
      },
    },
    settings: {
      team_ids: 'acme',
      teams_url: 'https://api.bitbucket.org/2.0/user/permissions/workspaces',
      team_ids_attribute_path: 'values[*].workspace.slug',
    },
  },
  {
    name: 'member',
    persona: 'user',
    userinfo: {
      type: 'user',
      uuid: '{00000000-0000-4000-8000-000000000550}',
      account_id: '557058:ben-bb',
      username: 'ben-bb',
      nickname: 'ben-bb',
      display_name: 'Ben Berg',
      account_status: 'active',
      created_on: '2019-01-01T00:00:00Z',
      links: {},
    },
    http: {
      'https://api.bitbucket.org/2.0/user/emails': {
        status: 200,
        body: {
          pagelen: 10,
          size: 2,
          page: 1,
          values: [
            { type: 'email', email: 'alt@example.net', is_primary: false, is_confirmed: true },
            { type: 'email', email: 'ben@example.com', is_primary: true, is_confirmed: true },
          ],
        },
      },
      'https://api.bitbucket.org/2.0/user/permissions/workspaces': {
        status: 200,
        body: {
          pagelen: 10,
          size: 2,
          page: 1,
          values: [
            {
              type: 'workspace_membership',
              permission: 'member',
              workspace: { type: 'workspace', slug: 'acme', name: 'acme' },
            },
            {
              type: 'workspace_membership',
              permission: 'owner',
              workspace: { type: 'workspace', slug: 'home', name: 'home' },
            },
          ],
        },
      },
    },
    settings: {
      team_ids: 'acme',
      teams_url: 'https://api.bitbucket.org/2.0/user/permissions/workspaces',
      team_ids_attribute_path: 'values[*].workspace.slug',
    },
  },
  {
    name: 'other workspace only',
    persona: 'no-groups',
    userinfo: {
      type: 'user',
      uuid: '{00000000-0000-4000-8000-000000000559}',
      account_id: '557058:noa-bb',
      username: 'noa-bb',
      nickname: 'noa-bb',
      display_name: 'Noa Nyman',
      account_status: 'active',
      created_on: '2019-01-01T00:00:00Z',
      links: {},
    },
    http: {
      'https://api.bitbucket.org/2.0/user/emails': {
        status: 200,
        body: {
          pagelen: 10,
          size: 2,
          page: 1,
          values: [
            { type: 'email', email: 'alt@example.net', is_primary: false, is_confirmed: true },
            { type: 'email', email: 'noa@example.com', is_primary: true, is_confirmed: true },
          ],
        },
      },
      'https://api.bitbucket.org/2.0/user/permissions/workspaces': {
        status: 200,
        body: {
          pagelen: 10,
          size: 1,
          page: 1,
          values: [
            {
              type: 'workspace_membership',
              permission: 'owner',
              workspace: { type: 'workspace', slug: 'home', name: 'home' },
            },
          ],
        },
      },
    },
    settings: {
      team_ids: 'acme',
      teams_url: 'https://api.bitbucket.org/2.0/user/permissions/workspaces',
      team_ids_attribute_path: 'values[*].workspace.slug',
    },
    note: 'denied',
  },
  {
    name: 'workspaces endpoint gone (410)',
    persona: 'trap',
    userinfo: {
      type: 'user',
      uuid: '{00000000-0000-4000-8000-000000000535}',
      account_id: '557058:ada-bb',
      username: 'ada-bb',
      nickname: 'ada-bb',
      display_name: 'Ada Adler',
      account_status: 'active',
      created_on: '2019-01-01T00:00:00Z',
      links: {},
    },
    http: {
      'https://api.bitbucket.org/2.0/user/emails': {
        status: 200,
        body: {
          pagelen: 10,
          size: 2,
          page: 1,
          values: [
            { type: 'email', email: 'alt@example.net', is_primary: false, is_confirmed: true },
            { type: 'email', email: 'ada@example.com', is_primary: true, is_confirmed: true },
          ],
        },
      },
      'https://api.bitbucket.org/2.0/user/permissions/workspaces': {
        status: 410,
        body: { type: 'error', error: { message: 'This API has been removed' } },
      },
    },
    settings: {
      team_ids: 'acme',
      teams_url: 'https://api.bitbucket.org/2.0/user/permissions/workspaces',
      team_ids_attribute_path: 'values[*].workspace.slug',
    },
    note: 'everybody is denied with the team text',
  },
];
