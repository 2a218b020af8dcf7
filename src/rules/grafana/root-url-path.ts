import { ownRootUrl } from './root-url-default.js';
import type { GrafanaRule } from './subject.js';
import { cite, given, providersInUse, redirectUri, rootUrl } from './support.js';
import { urlParts } from './urls.js';

export const rootUrlPath: GrafanaRule = {
  id: 'root-url-path',
  code: 'W03',
  severity: 'warning',
  summary: 'root_url and serve_from_sub_path do not agree about a path',
  docs: {
    why: 'With a path in root_url and serve_from_sub_path off, Grafana answers without the path: the way back from the identity provider is a 404 unless the proxy in front removes the path. The state cookie is bound to the path, so a proxy that adds one loses it ("missing saved state").',
    bad: '[server]\nroot_url = https://acme.com/grafana/\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    good: '[server]\nroot_url = https://acme.com/grafana/\nserve_from_sub_path = true\n[auth.generic_oauth]\nenabled = true\nclient_id = grafana\n',
    references: ['Grafana manual: configuration, root_url and serve_from_sub_path'],
  },
  versions: '>=6.3',
  check(subject, report) {
    const provider = providersInUse(subject)[0];
    const parts = urlParts(rootUrl(subject));
    if (!provider || !parts) return;
    const path = parts.path.replace(/\/+$/, '');
    const sub = subject.flag('server', 'serve_from_sub_path') === true;
    if (path !== '' && !sub)
      report({
        ...subject.inSetting('server', 'root_url', parts.pathPart.at, path.length),
        message: `root_url of [server] has the path ${cite(path)}, but serve_from_sub_path is not true`,
        consequence: `Grafana itself does not answer below ${path}: ${cite(redirectUri(subject, provider), 120)} is a 404 unless the proxy in front removes ${path} from what it passes on`,
        help: 'write serve_from_sub_path = true, or let the proxy remove the path (then this is right as it is)',
        suggestions: ['serve_from_sub_path = true'],
      });
    if (path === '' && sub && ownRootUrl(subject) && given(subject, 'server', 'serve_from_sub_path'))
      report({
        ...subject.atSetting('server', 'serve_from_sub_path'),
        message: `serve_from_sub_path is true, but root_url has no path: ${cite(rootUrl(subject))}`,
        consequence:
          'Grafana answers at the root only; if people open it below a path, the way back from the identity provider lacks it, and the state cookie is bound to another path',
        help: 'add the path to root_url, or delete serve_from_sub_path',
        related: [subject.related('root_url', subject.atSetting('server', 'root_url'))],
      });
  },
};
