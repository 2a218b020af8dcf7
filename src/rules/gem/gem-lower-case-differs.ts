import { goLower } from '../../gem/lower.js';
import { payload } from './example.js';
import type { GemRule } from './subject.js';
import { CLAIM, cite, piecePlace } from './subject.js';

export const gemLowerCaseDiffers: GemRule = {
  id: 'gem-lower-case-differs',
  code: 'G25',
  severity: 'warning',
  summary: 'A name is put in lower case otherwise than JavaScript does',
  docs: {
    why: 'Go lower-cases letter by letter. JavaScript and other tools turn İ into two letters and a final Σ into ς: they predict another name than GEM looks up.',
    bad: payload(['id_token_claims:', '  gem_policy: ΟΔΟΣ'], { access_policy_regex: '^(.+)$' }),
    good: payload(['id_token_claims:', '  gem_policy: team-a'], { access_policy_regex: '^(.+)$' }),
    references: ['Go: strings.ToLower', 'Unicode: SpecialCasing'],
  },
  check(subject, report) {
    const compiled = subject.expression?.compiled;
    const tell = (name: string, place: object) => {
      const lower = goLower(name);
      if (lower === name.toLowerCase()) return;
      report({
        ...place,
        option: CLAIM,
        message: `${cite(name)} becomes ${cite(lower)} in GEM, and ${cite(name.toLowerCase())} in most other tools`,
        consequence: 'a policy created under the other spelling is never found',
        help: 'keep policy names to a-z, 0-9, - and _',
      });
    };
    for (const { values, piece } of subject.policyValues())
      for (const value of values) {
        const name = compiled?.ok ? compiled.pattern.match(value).value : undefined;
        if (name !== undefined) tell(name, piecePlace(piece, subject.config.value(CLAIM)));
      }
    for (const piece of subject.evidence.policies)
      for (const name of piece.value.keys()) tell(name, piecePlace(piece, name));
  },
};
