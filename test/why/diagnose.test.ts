import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Diagnoser } from '../../src/why/diagnose.js';
import { readLoginUrl } from '../../src/why/login-url.js';
import { ProviderErrors } from '../../src/why/providers.js';
import { readRecord, shapeOf } from '../../src/why/record.js';
import { redactText } from '../../src/why/redact.js';
import type { WhyConfig } from '../../src/why/types.js';

function configOf(texts: Readonly<Record<string, string>>, redirectUri?: string): WhyConfig {
  return {
    product: 'grafana',
    section: 'auth.generic_oauth',
    order: 13_000,
    text: (option) => texts[option] ?? '',
    flag: (option) => texts[option] === 'true',
    server: (section, key) => texts[`${section}.${key}`] ?? '',
    place: (option) => (texts[option] === undefined ? undefined : 'grafana.ini:1'),
    redirectUri,
    provider: undefined,
  };
}

const diagnose = (texts: readonly string[], config?: WhyConfig) => {
  const diagnoser = new Diagnoser({ config });
  texts.forEach((text, at) => {
    diagnoser.add(text, at + 1);
  });
  return diagnoser;
};

describe('a log', () => {
  const line = (login: string, error: string, time = '12:00:00.1') =>
    `t=2026-01-31T${time}Z level=error msg=failed error="${error}" login=${login}`;

  it('tells each trouble once, with how often, first where, and for whom', () => {
    const found = diagnose([
      line('eve', 'required email domain not fulfilled'),
      line('bob', 'user not a member of one of the required groups', '12:00:01.2'),
      line('eve', 'user not a member of one of the required groups', '12:00:02.3'),
      line('eve', 'user not a member of one of the required groups', '12:00:03.4'),
    ]).result();
    expect(found.map(({ id, count, line: first, users }) => [id, count, first, users])).toEqual([
      ['not-in-groups', 3, 2, ['bob', 'eve']],
      ['domain-not-allowed', 1, 1, ['eve']],
    ]);
  });

  it('counts bad lines about logins that nothing is known of', () => {
    const diagnoser = diagnose([
      line('eve', 'oauth frobnicator stuck'),
      'level=info msg="oauth fine" a=b',
      'level=error msg=disk a=b',
    ]);
    expect([diagnoser.unknownCount, diagnoser.result()]).toEqual([1, []]);
  });

  it('prefers what is special to what may be anything', () => {
    const [first, ...rest] = diagnose([
      'msg="login.OAuthLogin(NewTransportWithCode)" error="x509: certificate signed by unknown authority"',
    ]).result();
    expect([first?.id, rest]).toEqual(['certificate', []]);
  });

  it('finds people in JSON records too', () => {
    expect(readRecord('{"level":"error","msg":"x","uname":"eve"}')).toMatchObject({
      user: 'eve',
      structured: true,
      bad: true,
    });
    expect(readRecord('level=info msg="a b" uname= userId=0').user).toBeUndefined();
  });
});

it('records of one shape differ in times, addresses, ids and people, not in codes', () => {
  const [a, b] = ['eve', 'bob'].map((who, at) =>
    shapeOf(
      `t=2026-01-31T12:00:0${at}.1Z level=error remote_addr=10.0.0.${at} uname=${who} duration=1${at}ms traceID=0123456789abcdef${at}`,
    ),
  );
  expect(a).toBe(b);
  expect(shapeOf('AADSTS50011: no')).not.toBe(shapeOf('AADSTS50105: no'));
  expect(shapeOf('status=404')).not.toBe(shapeOf('status=200'));
});

describe('with a configuration', () => {
  const causes = (text: string, texts: Readonly<Record<string, string>>, redirectUri?: string) =>
    diagnose([text], configOf(texts, redirectUri))
      .result()[0]!
      .causes.map(({ verdict }) => verdict?.verdict ?? 'open');

  it('what holds comes first, what is unlikely last', () => {
    expect(
      causes('user not a member of one of the required groups', {
        allowed_groups: 'a',
        groups_attribute_path: 'groups',
      }),
    ).toEqual(['open', 'open', 'open', 'unlikely', 'unlikely']);
    expect(
      causes('user not a member of one of the required groups', { allowed_groups: 'Software Engineers' }).slice(0, 2),
    ).toEqual(['holds', 'holds']);
  });

  it.each([
    ['code_challenge is required', { use_pkce: 'false' }, 'use_pkce is off'],
    ['invalid_grant', { auth_style: '' }, 'auth_style is AutoDetect'],
    ['invalid_client', { client_secret: '"p' }, 'client_secret has a quote at one end'],
    ['Post "": unsupported protocol scheme ""', {}, 'token_url is not set'],
    ['required email domain not fulfilled', { allowed_domains: '@example.com' }, 'allowed_domains = @example.com'],
    ['login.OAuthLogin(missing saved state)', { 'security.cookie_samesite': 'strict' }, 'cookie_samesite is strict'],
    ['user already exists', {}, 'oauth_allow_insecure_email_lookup of [auth] is off'],
    [
      'SyntaxError: Invalid token: tColon',
      { groups_attribute_path: 'cognito:groups' },
      'groups_attribute_path has a colon outside quotes',
    ],
    ['Invalid auth configuration setting', { allowed_groups: "['a']" }, "allowed_groups = ['a']"],
  ])('%s', (text, texts, because) => {
    const [first] = diagnose([text], configOf(texts)).result()[0]!.causes;
    expect(first?.verdict?.verdict).toBe('holds');
    expect(first?.verdict?.because).toContain(because);
  });

  it('a text of another product is known all the same', () => {
    expect(diagnose(['Token is older than max-age (180)'], configOf({})).result()[0]?.id).toBe('dashboard-token-time');
  });
});

describe('an address', () => {
  const problems = (url: string, config?: WhyConfig) =>
    readLoginUrl(url, config)
      ?.parts.filter(({ problem }) => problem)
      .map(({ name, note }) => `${name}: ${note}`);
  const request = (more: string) =>
    `https://id.example.com/authorize?client_id=grafana&response_type=code&state=0123456789${more}`;
  const redirect = '&redirect_uri=https%3A%2F%2Fgrafana.example.com%2Flogin%2Fgeneric_oauth';

  it('of a good request has nothing wrong', () => {
    expect(problems(request(`${redirect}&scope=openid+email`))).toEqual([]);
  });

  it('is compared with root_url', () => {
    const config = configOf({}, 'https://other.example.com/login/generic_oauth');
    expect(problems(request(`${redirect}&scope=openid`), config)).toEqual([
      'redirect_uri: the configuration gives https://other.example.com/login/generic_oauth',
    ]);
  });

  it('names references that were not filled in, and parameters given twice', () => {
    const url = `https://id.example.com/a?client_id=%24__file%7B%2Frun%2Fid%7D&client_id=x&response_type=code&state=0123456789&scope=openid${redirect}`;
    expect(problems(url)).toEqual([
      'client_id: a reference that was not filled in',
      'client_id: a second time: many providers refuse that; auth_url has it already',
    ]);
  });

  it('of a callback is searched for the error, never for the code', () => {
    const url = readLoginUrl(
      'https://grafana.example.com/login/generic_oauth?code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj',
      undefined,
    )!;
    expect(url.kind).toBe('callback');
    expect(JSON.stringify(url)).not.toMatch(/Splxl|af0if/);
  });

  it.each([
    ['/', true],
    ['/dashboard/1', true],
    ['https://dash.example.com/x', true],
    ['//evil.example.com', false],
    ['https://evil.example.com/', false],
    ['/a b', false],
    ['/\\evil.example.com', false],
  ])('of a Dashboard login: return_to %s', (to, good) => {
    const url = `https://dash.example.com/auth/sso?jwt=a.b.c&return_to=${encodeURIComponent(to)}`;
    expect(problems(url)?.length === 0).toBe(good);
  });

  it('is none where it is none', () => {
    for (const text of ['', 'hello', 'ftp://a', 'https://a b', 'login.OAuthLogin(x)'])
      expect(readLoginUrl(text, undefined)).toBeUndefined();
  });
});

describe('secrets', () => {
  const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlc2lnbmF0dXJl';
  it.each([
    `error="oauth" token=${jwt}`,
    `GET /login/generic_oauth?code=Splxl0BeZQQYbYS6&state=Splxl0BeZQQYbYS6 500`,
    'Authorization: Bearer Splxl0BeZQQYbYS6',
    'authorization=Basic Splxl0BeZQQYbYS6==',
    'Cookie: grafana_session=Splxl0BeZQQYbYS6; a=b',
    '{"client_secret":"Splxl0BeZQQYbYS6"}',
    'client_secret = Splxl0BeZQQYbYS6',
    'https://id/token?client_secret=Splxl0BeZQQYbYS6',
    'redirect=https%3A%2F%2Fa%3Fcode%3DSplxl0BeZQQYbYS6',
  ])('%s', (text) => {
    expect(redactText(text)).not.toMatch(/Splxl0|c2lnbmF0/);
  });

  it('are in no result, whatever stands around them', async () => {
    const providers = await ProviderErrors.load();
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const diagnoser = new Diagnoser({ providers });
        diagnoser.add(`${before} invalid_client ${jwt} ${after}`);
        expect(JSON.stringify([diagnoser.result(), diagnoser.unknown])).not.toContain('c2lnbmF0dXJl');
      }),
    );
  });
});

it('takes any text', async () => {
  const providers = await ProviderErrors.load();
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true })), (text) => {
      const diagnoser = new Diagnoser({ providers, config: configOf({}) });
      diagnoser.add(text);
      diagnoser.result();
      readLoginUrl(text, configOf({}));
    }),
  );
});

it('takes a very long line in time', () => {
  const diagnoser = new Diagnoser();
  diagnoser.add(`contains(${'groups[*],contains('.repeat(20_000)} redirect_uri`);
  diagnoser.add(`a=${'"\\'.repeat(50_000)}`);
  expect(diagnoser.records).toBe(2);
}, 5000);
