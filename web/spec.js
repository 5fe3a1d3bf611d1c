// Specs as they are written: kind[:argument][?key=value[&key=value]], and what the tables say of them.

const escape = (text) =>
  text.replace(/[,?&%\x00-\x1f\x7f]/g,
    (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0'));
const unescape = (text) =>
  text.replace(/%([0-9a-fA-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));

export function parse(text) {
  const [head, query = ''] = text.split('?');
  const colon = head.indexOf(':');
  const spec = {
    kind: colon < 0 ? head : head.slice(0, colon),
    argument: colon < 0 ? '' : unescape(head.slice(colon + 1)),
    options: new Map(),
  };
  for (const pair of query.split('&').filter(Boolean)) {
    const [key, ...value] = pair.split('=');
    spec.options.set(key, unescape(value.join('=')));
  }
  return spec;
}

export function print({ kind, argument, options }) {
  const query = [...options].map(([key, value]) => `${key}=${escape(value)}`).join('&');
  return kind + (argument ? ':' + escape(argument) : '') + (query ? '?' + query : '');
}

/// The background chain with its background in front, whatever was left out.
export function completed(chain, kinds) {
  if (chain.length === 0) return ['room', 'blur'];
  const known = kinds.backgrounds.some((kind) => kind.name === parse(chain[0]).kind);
  return known ? [...chain] : ['room', ...chain];
}

/// What people call the backgrounds that they added, by id.
export const uploadNames = new Map();

/// What people read on a chip.
export function title(spec) {
  if (spec.kind === 'upload') return uploadNames.get(spec.argument) ?? 'Your own';
  const name = spec.kind[0].toUpperCase() + spec.kind.slice(1);
  if (!spec.argument) return name;
  const short = spec.argument.split('/').pop();
  return `${name}: ${short.length > 22 ? short.slice(0, 21) + '…' : short}`;
}
