import type { SampleLogin } from '../types.js';

export const SAMPLES: readonly SampleLogin[] = [
  {
    name: 'admin',
    persona: 'admin',
    userinfo: {
      kind: 'User',
      apiVersion: 'user.openshift.io/v1',
      metadata: {
        name: 'ada',
        uid: 'f0000000-0000-4000-8000-000000000001',
        resourceVersion: '1',
        creationTimestamp: '2026-01-01T00:00:00Z',
      },
      fullName: 'Ada Adler',
      identities: ['ldap:ada'],
      groups: ['grafana-admins'],
    },
  },
  {
    name: 'user',
    persona: 'user',
    userinfo: {
      kind: 'User',
      apiVersion: 'user.openshift.io/v1',
      metadata: {
        name: 'ben',
        uid: 'f0000000-0000-4000-8000-000000000001',
        resourceVersion: '1',
        creationTimestamp: '2026-01-01T00:00:00Z',
      },
      fullName: 'Ben Berg',
      identities: ['ldap:ben'],
      groups: ['dev'],
    },
  },
  {
    name: 'groups null',
    persona: 'no-groups',
    userinfo: {
      kind: 'User',
      apiVersion: 'user.openshift.io/v1',
      metadata: {
        name: 'noa',
        uid: 'f0000000-0000-4000-8000-000000000001',
        resourceVersion: '1',
        creationTimestamp: '2026-01-01T00:00:00Z',
      },
      fullName: null,
      identities: ['ldap:noa'],
      groups: null,
    },
  },
  {
    name: 'without email_attribute_path',
    persona: 'trap',
    userinfo: {
      kind: 'User',
      apiVersion: 'user.openshift.io/v1',
      metadata: {
        name: 'ada',
        uid: 'f0000000-0000-4000-8000-000000000001',
        resourceVersion: '1',
        creationTimestamp: '2026-01-01T00:00:00Z',
      },
      fullName: 'Ada Adler',
      identities: ['ldap:ada'],
      groups: ['grafana-admins'],
    },
    http: {
      'https://api.ocp.example.com:6443/apis/user.openshift.io/v1/users/~/emails': {
        status: 404,
        body: {
          kind: 'Status',
          apiVersion: 'v1',
          metadata: {},
          status: 'Failure',
          message: 'users "emails" not found',
          reason: 'NotFound',
          code: 404,
        },
      },
    },
    settings: { email_attribute_path: '' },
    note: 'login aborts',
  },
];
