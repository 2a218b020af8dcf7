import type { SampleLogin } from '../types.js';

export const SAMPLES: readonly SampleLogin[] = [
  {
    name: 'admin by login, private e-mail, in team',
    persona: 'admin',
    userinfo: {
      login: 'octo-ada',
      id: 1,
      node_id: 'U_x',
      avatar_url: 'https://avatars.githubusercontent.com/u/1',
      type: 'User',
      site_admin: false,
      name: 'Ada Adler',
      company: null,
      email: null,
      created_at: '2015-01-01T00:00:00Z',
    },
    http: {
      'https://api.github.com/user/emails': {
        status: 200,
        body: [
          { email: 'old@example.net', primary: false, verified: true, visibility: null },
          { email: 'ada@example.com', primary: true, verified: true, visibility: 'private' },
        ],
      },
      'https://api.github.com/user/teams': {
        status: 200,
        body: [{ id: 1001, slug: 'grafana', organization: { login: 'acme', id: 9 } }],
      },
    },
    settings: {
      team_ids: '1001',
      teams_url: 'https://api.github.com/user/teams',
      team_ids_attribute_path: '[*].id.to_string(@)',
    },
  },
  {
    name: 'user, public e-mail',
    persona: 'user',
    userinfo: {
      login: 'octo-ben',
      id: 2,
      node_id: 'U_x',
      avatar_url: 'https://avatars.githubusercontent.com/u/1',
      type: 'User',
      site_admin: false,
      name: 'Ben Berg',
      company: null,
      email: 'ben@example.com',
      created_at: '2015-01-01T00:00:00Z',
    },
    http: {
      'https://api.github.com/user/teams': {
        status: 200,
        body: [{ id: 1001, slug: 'grafana', organization: { login: 'acme', id: 9 } }],
      },
    },
  },
  {
    name: 'not in the team',
    persona: 'no-groups',
    userinfo: {
      login: 'octo-noa',
      id: 3,
      node_id: 'U_x',
      avatar_url: 'https://avatars.githubusercontent.com/u/1',
      type: 'User',
      site_admin: false,
      name: null,
      company: null,
      email: null,
      created_at: '2015-01-01T00:00:00Z',
    },
    http: {
      'https://api.github.com/user/emails': {
        status: 200,
        body: [
          { email: 'old@example.net', primary: false, verified: true, visibility: null },
          { email: 'noa@example.com', primary: true, verified: false, visibility: 'private' },
        ],
      },
      'https://api.github.com/user/teams': { status: 200, body: [] },
    },
    settings: {
      team_ids: '1001',
      teams_url: 'https://api.github.com/user/teams',
      team_ids_attribute_path: '[*].id.to_string(@)',
    },
    note: 'denied; and note the unverified primary address is accepted otherwise',
  },
  {
    name: 'numeric team ids without to_string',
    persona: 'trap',
    userinfo: {
      login: 'octo-ada',
      id: 1,
      node_id: 'U_x',
      avatar_url: 'https://avatars.githubusercontent.com/u/1',
      type: 'User',
      site_admin: false,
      name: 'Ada Adler',
      company: null,
      email: 'ada@example.com',
      created_at: '2015-01-01T00:00:00Z',
    },
    http: {
      'https://api.github.com/user/teams': {
        status: 200,
        body: [{ id: 1001, slug: 'grafana', organization: { login: 'acme', id: 9 } }],
      },
    },
    settings: { team_ids: '1001', teams_url: 'https://api.github.com/user/teams', team_ids_attribute_path: '[*].id' },
    note: 'numbers are not strings: denied',
  },
];
