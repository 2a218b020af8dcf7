/**
 * What a newcomer would change after seeing a trace: said only where the trace itself shows that something was passed over.
 */
import type { ClaimPresence, Resolution } from './trace.js';

const NAMES: Readonly<Record<string, string>> = {
  id_token: 'the ID token',
  userinfo: 'UserInfo',
  access_token: 'the access token',
};

/** Sentences, most important first; empty where nothing was passed over. */
export function adviceOn(resolution: Resolution): string[] {
  return [...shadowedRole(resolution), ...unreadClaims(resolution)];
}

/** A later source would have given another role: the first one answered although the claim is not in it. */
function shadowedRole({ trace, claims = [] }: Resolution): string[] {
  const steps = trace.filter((step) => step.field === 'role');
  const winner = steps.find((step) => step.status === 'matched' && !step.hypothetical);
  const passedOver = steps.find(
    (step) =>
      step.hypothetical &&
      step.source !== winner?.source &&
      typeof step.result === 'string' &&
      step.result !== winner?.result,
  );
  if (winner?.source === undefined || passedOver?.source === undefined) return [];
  const first = NAMES[winner.source] ?? winner.source;
  const later = NAMES[passedOver.source] ?? passedOver.source;
  const tail = /\|\|\s*('[^']*')\s*$/.exec(winner.expression ?? '')?.[1];
  const drop =
    tail === undefined
      ? ''
      : `, or leave out the last part (|| ${tail}): ${first} then gives nothing, ${later} is asked, and who matches nothing there gets [users] auto_assign_org_role (or is refused, with role_attribute_strict)`;
  const absent = claims.filter(
    (row) =>
      row.option === winner.option && !isIn(row, winner.source!) && isIn(row, passedOver.source!) && row.claim !== '',
  );
  const names = [...new Set(absent.map((row) => `"${row.claim}"`))].join(', ') || 'the claim';
  return [`${first} answered before ${later} was asked: have the provider put ${names} into ${first}${drop}`];
}

function unreadClaims(resolution: Resolution): string[] {
  const advice = new Map<string, string>();
  for (const row of resolution.claims ?? []) {
    const seen = row.read.some((source) => isIn(row, source));
    if (seen || row.access_token !== true) continue;
    advice.set(
      row.claim,
      `"${row.claim}" is in the access token only, which this version does not read: have the provider put it into the ID token or UserInfo`,
    );
  }
  return [...advice.values()];
}

function isIn(row: ClaimPresence, source: string): boolean {
  return (row as unknown as Readonly<Record<string, unknown>>)[source] === true;
}
