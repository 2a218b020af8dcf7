import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Resolution } from '../../src/claims/trace.js';
import { BulkCounter, type BulkRow } from '../../src/report/trace/bulk.js';
import { htmlHead, htmlRow, htmlTail, htmlUnreadable } from '../../src/report/trace/html.js';

/** A result that holds a text everywhere a payload or a configuration can bring one in. */
function rowOf(text: string): BulkRow {
  const resolution: Resolution = {
    formatVersion: 1,
    target: { product: 'grafana', version: '13.0', section: text },
    name: text,
    outcome: 'denied',
    user: { login: text, groups: [text], orgRoles: { [text]: text } },
    denial: { rule: text, message: text, productMessage: text },
    requests: [text],
    trace: [
      {
        field: text,
        source: text,
        option: text,
        expression: text,
        result: { [text]: text },
        status: 'matched',
        note: text,
      },
      { field: text, status: 'error', error: { message: text }, certainty: 'undetermined' },
    ],
    claims: [
      {
        option: text,
        claim: text,
        id_token: true,
        userinfo: false,
        access_token: null,
        read: ['id_token'],
        nearby: [text],
      },
    ],
    certainty: 'undetermined',
  };
  return {
    place: text,
    who: text,
    resolution,
    expectations: [{ path: text, expected: text, actual: text, met: false }],
  };
}

const markup = (html: string) => html.match(/<[^>]*>/g) ?? [];

describe('the page of a dry run', () => {
  it('has the same markup whatever the texts are', () => {
    const plain = markup(htmlRow(rowOf('x'), true) + htmlUnreadable('x', 'x'));
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.constantFrom('</style>', '"><img src=x>', "' onload='", '<!--', '&lt;')),
        (text) => {
          fc.pre(text.trim() !== '');
          expect(markup(htmlRow(rowOf(text), true) + htmlUnreadable(text, text))).toEqual(plain);
        },
      ),
    );
  });

  it('asks for nothing from anywhere', () => {
    const page = htmlHead() + htmlRow(rowOf('https://id.example.com'), false) + htmlTail(undefined);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|url\(|@import|\ssrc=|\shref=/i);
  });

  it('unfolds what is not in order, and ends with the totals', () => {
    const counter = new BulkCounter();
    const bad = rowOf('x');
    const good: BulkRow = {
      ...bad,
      expectations: [{ path: 'outcome', expected: 'denied', actual: 'denied', met: true }],
    };
    for (const row of [bad, good]) counter.add(row);
    expect(htmlRow(bad, true)).toMatch(/^<details class="bad" open>/);
    expect(htmlRow(good, true)).toMatch(/^<details class="ok">/);
    expect(htmlTail(counter.summary())).toContain('2 payloads: 2 denied; 1 of 2 expectations met');
    expect(htmlTail(undefined)).not.toContain('payload');
  });
});
