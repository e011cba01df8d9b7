// Replaces every property of every intrinsic that can be reached from globalThis and from syntax, accessors included,
// adds setters and strange members to the prototypes everything inherits from, and then uses the sandbox's own
// functions, which must answer as ever. What it needs itself it saves first; afterwards it uses nothing but syntax.
const { apply, ownKeys, getOwnPropertyDescriptor, defineProperty, getPrototypeOf } = Reflect;
const { Set, Promise, Object, Uint8Array, Int8Array, Date, Map, RegExp, Error } = globalThis;
const { setPrototypeOf } = Object, { isArray } = Array;
const setHas = Set.prototype.has, setAdd = Set.prototype.add;

const strange = {
  __proto__: null,
  throwing: () => { throw 'vandal'; },
  zero: () => 0,
  huge: () => 2147483647,
  self: function () { return this; },
  endless: () => { for (;;); },
};

const everywhere = [getPrototypeOf({}), getPrototypeOf([]), getPrototypeOf(function () {}), getPrototypeOf(Object('')), getPrototypeOf(Object(0))];
const members = ['then', 'toJSON', 'get', 'set', 'value', 'writable', 'enumerable', 'configurable', 'has', 'scope', 'ttl',
  'callback', 'args', 'repeat', 'resolve', 'reject', 'input', 'length', 'name', 'message', 'stack', 'cause', 'next', 'done',
  Symbol.iterator, Symbol.asyncIterator, Symbol.toPrimitive, Symbol.hasInstance, Symbol.match, Symbol.replace, Symbol.split,
  Symbol.search, Symbol.species, Symbol.isConcatSpreadable, Symbol.toStringTag, Symbol.unscopables];

const roots = () => [
  globalThis, '', 0, 0n, true, Symbol.iterator, function () {}, () => {}, async () => {}, function* () {}, async function* () {},
  (function* () {})(), (async function* () {})(), [][Symbol.iterator](), ''[Symbol.iterator](), new Map().entries(),
  new Set().entries(), /x/g[Symbol.matchAll]('x'), (async () => {})(), Int8Array, new Error('x'), class {}, Iterator.from([]),
  (function () { return arguments; })(),
];

const vandalize = (act, ours) => {
  const seen = new Set(), queue = setPrototypeOf([], null), kept = setPrototypeOf([], null);
  const add = (value) => {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return;
    if (apply(setHas, seen, [value]) || apply(setHas, ours, [value])) return;
    apply(setAdd, seen, [value]);
    queue[queue.length] = value;
  };
  const first = roots();
  for (let i = 0; i < first.length; i++) {
    add(first[i]);
    if (typeof first[i] !== 'object' && typeof first[i] !== 'function') add(getPrototypeOf(Object(first[i])));
  }
  // First everything is found, then everything is replaced.
  for (let i = 0; i < queue.length; i++) {
    add(getPrototypeOf(queue[i]));
    const keys = ownKeys(queue[i]);
    for (let k = 0; k < keys.length; k++) {
      const found = getOwnPropertyDescriptor(queue[i], keys[k]);
      // The getters of the sandbox's own lazy globals are not to be called yet, and are not intrinsics.
      if ('value' in found) add(found.value);
      else if (queue[i] !== globalThis) { add(found.get); add(found.set); }
      kept[kept.length] = { __proto__: null, target: queue[i], key: keys[k], found };
    }
  }
  let replaced = 0;
  for (let i = 0; i < kept.length; i++) {
    const { target, key, found } = kept[i];
    // The length of an array takes numbers only, and would ask a function for one.
    if (apply(setHas, ours, [target]) || (key === 'length' && isArray(target))) continue;
    const done = found.configurable
      ? defineProperty(target, key, 'value' in found && i % 2 === 0
        ? { __proto__: null, value: act, writable: true, configurable: true }
        : { __proto__: null, get: act, set: act, configurable: true })
      : found.writable && defineProperty(target, key, { __proto__: null, value: act });
    if (done) replaced++;
  }
  for (let i = 0; i < everywhere.length; i++) {
    for (let k = 0; k < members.length; k++) {
      defineProperty(everywhere[i], members[k], { __proto__: null, get: act, set: act, configurable: true });
    }
    for (let k = 0; k < 40; k++) {
      defineProperty(everywhere[i], k, { __proto__: null, get: act, set: act, configurable: true });
    }
  }
  return replaced;
};

export default async function (ctx) {
  const act = strange[ctx.input.kind], early = ctx.input.early;
  const { setTimeout, setInterval, clearInterval, queueMicrotask, fastn, console } = globalThis;
  const names = ['URL', 'URLSearchParams', 'structuredClone', 'atob', 'btoa', 'crypto'];
  const web = { __proto__: null };
  const ours = new Set([setTimeout, setInterval, clearInterval, globalThis.clearTimeout, queueMicrotask, fastn, console, globalThis.fetch]);
  for (const name of names) {
    if (early) web[name] = globalThis[name];
    else web[name] = getOwnPropertyDescriptor(globalThis, name).get;
  }
  if (early) for (const name of names) ours.add(web[name]);
  const date = new Date(86400000), map = new Map([[1, 'one']]), pattern = /a+/giu, fault = new RangeError('far');
  const bytes = new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]), random = new Int8Array(4), view = new Uint8Array(bytes.buffer, 2, 3);
  fault.name = 'RangeError';
  const getTime = Date.prototype.getTime, mapGet = Map.prototype.get, exec = RegExp.prototype.exec;
  // A promise of the sandbox, awaited in a way that the vandal leaves whole.
  const whole = (promise) => {
    defineProperty(promise, 'constructor', { __proto__: null, value: Promise });
    return promise;
  };

  const replaced = vandalize(act, ours);

  let problems = replaced > 1000 ? '' : `only ${replaced} properties were replaced; `;
  const check = (what, actual, expected) => {
    if (actual !== expected) problems += what + ': ' + (typeof actual === 'object' ? 'an object' : typeof actual) + '; ';
  };
  if (!early) for (let i = 0; i < 6; i++) web[names[i]] = apply(web[names[i]], undefined, []);
  const { URL, URLSearchParams, structuredClone, atob, btoa, crypto } = web;

  check('state.get of nothing', await whole(fastn.state.get('k', null)), undefined);
  check('state.set', await whole(fastn.state.set('k', 'stored', { __proto__: null, ttl: 60 })), undefined);
  check('state.get', await whole(fastn.state.get('k', null)), 'stored');
  check('state.delete', await whole(fastn.state.delete('k', null)), true);
  let refused;
  try { await whole(fastn.state.get('refuse', null)); } catch (e) { refused = e; }
  check('refused', refused.message, 'no more of that');

  let refusals = 0, asked = 0;
  for (; asked < 1000; asked++) {
    const late = async () => { try { await whole(fastn.state.get('hang', null)); } catch (e) { refusals++; } };
    late();
  }
  await undefined; await undefined; await undefined;
  check('calls refused', refusals, asked - ctx.input.calls);
  let timersRefused = 0;
  const held = setPrototypeOf([], null);
  for (let i = 0; i < 1000; i++) {
    try { held[held.length] = setTimeout(() => {}, 1e6); } catch (e) { timersRefused++; }
  }
  check('timers refused', timersRefused, 1000 - ctx.input.timers);
  for (let i = 0; i < held.length; i++) clearInterval(held[i]);

  let order = '';
  queueMicrotask(() => { order += 'micro '; });
  await undefined;
  await whole(new Promise((resolve) => { setTimeout((a, b) => { order += a + b; resolve(); }, 1, 'ti', 'mer'); }));
  check('order', order, 'micro timer');
  let ticks = 0;
  await whole(new Promise((resolve) => { const id = setInterval(() => { if (++ticks === 3) { clearInterval(id); resolve(); } }, 1); }));
  check('ticks', ticks, 3);

  check('btoa', btoa('h\xe4llo'), 'aORsbG8=');
  check('atob', atob(' aORs\nbG8='), 'h\xe4llo');
  const uuid = crypto.randomUUID();
  check('uuid', uuid.length === 36 && uuid[14] === '4' && uuid[8] + uuid[13] + uuid[18] + uuid[23] === '----', true);
  check('random', crypto.getRandomValues(random), random);
  check('random bytes', random[0] !== 0 || random[1] !== 0 || random[2] !== 0 || random[3] !== 0, true);

  const url = new URL('../b c?x=1&y=%20z#h', 'https://u:p@Example.com:8443/a/c/d');
  check('href', url.href, 'https://u:p@example.com:8443/a/b%20c?x=1&y=%20z#h');
  check('origin', url.origin, 'https://example.com:8443');
  url.searchParams.append('k', 'v w');
  url.host = 'other.example:443';
  check('changed', url.toString(), 'https://u:p@other.example/a/b%20c?x=1&y=+z&k=v+w#h');
  check('can parse', URL.canParse('nonsense'), false);
  const params = new URLSearchParams('b=2&a=1&b=3');
  params.sort();
  params.set('b', '4');
  params.delete('a');
  check('params', params.toString() + params.get('b') + params.getAll('b')[0] + params.has('a') + params.size, 'b=444false1');
  const each = setPrototypeOf([], null);
  params.forEach((value, name) => { each[each.length] = name + value; });
  check('each', each[0], 'b4');

  const graph = { __proto__: null, date, map, pattern, fault, bytes, view, list: [1, 'two'] };
  graph.self = graph;
  const copy = structuredClone(graph);
  check('copy', copy !== graph && copy.self === copy && copy.list[0] === 1 && copy.list[1] === 'two', true);
  check('date', apply(getTime, copy.date, []), 86400000);
  check('map', apply(mapGet, copy.map, [1]), 'one');
  check('pattern', apply(exec, copy.pattern, ['bAAa'])[0], 'AAa');
  check('fault', copy.fault !== fault && copy.fault.message, 'far');
  check('bytes', copy.bytes !== bytes && copy.bytes[7] === 8 && copy.view[0] === 3 && copy.view[2] === 5, true);

  console.log('still here');
  return problems === '' ? 'whole' : problems;
}
