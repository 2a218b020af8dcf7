import { jsonListText, readList } from './list-items.js';
import { listOptions } from './list-options.js';
import type { GrafanaRule } from './subject.js';
import { cite, listStyle, replacePart, replaceValue } from './support.js';

export const duplicateListItem: GrafanaRule = {
  id: 'duplicate-list-item',
  code: 'A10',
  severity: 'info',
  summary: 'an item stands twice in a list',
  docs: {
    why: 'The repeated item changes nothing. Often another one was meant.',
    bad: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallowed_domains = acme.com acme.org acme.com\n',
    good: '[auth.generic_oauth]\nenabled = true\nclient_id = grafana\nallowed_domains = acme.com acme.org\n',
    references: ['Grafana manual: configure generic OAuth, list options'],
  },
  check(subject, report) {
    for (const { provider, key, value } of listOptions(subject)) {
      const { items, form } = readList(value, listStyle(subject, provider, key));
      // E-mail domains are compared without regard to case, everything else exactly.
      const name = (text: string) => (key === 'allowed_domains' ? text.toLowerCase() : text);
      for (const [index, item] of items.entries()) {
        const first = items.findIndex((other) => name(other.text) === name(item.text));
        if (first === index || item.text === '') continue;
        const before = items[index - 1]!;
        const gap = { at: before.at + before.length, length: item.at + item.length - before.at - before.length };
        const fix =
          form === 'json'
            ? replaceValue(
                subject,
                provider.section,
                key,
                jsonListText(
                  items
                    .filter((one, at) => items.findIndex((other) => name(other.text) === name(one.text)) === at)
                    .map((one) => one.text),
                ),
                'drop repeated items',
              )
            : replacePart(subject, provider.section, key, gap, '', 'drop the repeated item');
        report({
          ...provider.within(key, item.at, item.length),
          message: `${cite(item.text)} stands twice in ${key}`,
          consequence: 'the second one changes nothing',
          help: 'drop it, or write what was meant',
          related: [subject.related('first here', provider.within(key, items[first]!.at, items[first]!.length))],
          ...(fix ? { fix } : {}),
        });
      }
    }
  },
};
