import { optionsNamed } from '../../settings/catalog.js';
import { isPlaceholder } from './samples.js';
import { isSecretKey } from './show.js';
import type { GrafanaRule } from './subject.js';

const COMMENTED = /^[#;\s]*([A-Za-z0-9_.]+)\s*[=:]\s*(\S+)\s*$/;

export const commentedSecret: GrafanaRule = {
  id: 'commented-secret',
  code: 'S18',
  severity: 'info',
  summary: 'a commented-out line holds what looks like a live secret',
  docs: {
    why: 'A comment is copied, committed and pasted into issues like the rest of the file. A secret that was replaced but never revoked still opens the provider to whoever reads it.',
    bad: '[auth.generic_oauth]\n;client_secret = 9f2b71c0a54d4e1f8b6a3c7d\nclient_secret = $__file{/run/secrets/oauth}\n',
    good: '[auth.generic_oauth]\n;client_secret = some_secret\nclient_secret = $__file{/run/secrets/oauth}\n',
    references: ['OWASP: secrets management'],
  },
  check(subject, report) {
    for (const { comment, document } of subject.comments()) {
      if (comment.text.length > 4096) continue;
      const match = COMMENTED.exec(comment.text);
      if (!match || !isSecretKey(match[1]!) || !looksLive(match[1]!, match[2]!)) continue;
      const start = comment.span.start + comment.text.lastIndexOf(match[2]!);
      report({
        ...subject.at(document, { start, end: start + match[2]!.length }),
        section: comment.section,
        option: match[1]!,
        message: `this commented-out ${match[1]} looks like a live secret`,
        consequence: 'whoever reads the file has it',
        help: 'delete the line, and revoke the secret at the provider if it was ever used',
      });
    }
  },
};

/** Long enough, mixed enough, and neither a sample nor a reference to a file or variable. */
function looksLive(key: string, text: string): boolean {
  const value = text.replace(/^["'`]+|["'`]+$/g, '');
  if (value.length < 16 || !/\d/.test(value) || !/[A-Za-z]/.test(value) || /[${}<>/]/.test(value)) return false;
  if (isPlaceholder(value)) return false;
  return !optionsNamed(key).some((option) => option.default === value);
}
