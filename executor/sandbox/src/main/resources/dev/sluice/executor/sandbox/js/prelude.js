// Runs once in every context, before any workflow code. `host` is the one door to the outside and never leaves this
// closure; what it allows is decided behind it, and the limits here are for messages. Intrinsics come from
// primordials.js, because workflow code may replace them later. Returns what Java calls.
(function (host, limits, primordials, inspector, describe, createConsole) {
  'use strict';
  const {
    Error: ErrorConstructor, Map, Promise: PromiseConstructor, Proxy, Set, TypeError, apply, define, defineAccessor,
    defineConstant, freeze, getOwnPropertyNames, getPrototypeOf, isNaN, mapClear, mapDelete, mapGet, mapSet, min, parse,
    promisePrototype, stringify,
  } = primordials;

  // Numbers of the operations, as in HostBridge.java.
  const LOG = 0, CALL = 1, TIMER = 2, CLEAR = 3, DONE = 4, FAIL = 5, RANDOM = 6;
  // What CALL and TIMER answer where one more is not allowed; else the number of the call or timer.
  const REFUSED = 0;

  // ---- what is there at all ------------------------------------------------------------------------------------
  const keep = new Set(('Object Function Array String Date Number Boolean RegExp Math JSON NaN Infinity undefined isNaN ' +
    'isFinite parseFloat parseInt encodeURI encodeURIComponent decodeURI decodeURIComponent eval escape unescape Error ' +
    'EvalError RangeError ReferenceError SyntaxError TypeError URIError AggregateError SuppressedError ArrayBuffer ' +
    'Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float16Array Float32Array ' +
    'Float64Array BigInt64Array BigUint64Array DataView BigInt Map Set WeakMap WeakSet WeakRef Symbol Reflect Proxy ' +
    'Promise Iterator globalThis TextEncoder TextDecoder Intl').split(' '));
  for (const name of getOwnPropertyNames(globalThis)) {
    if (!keep.has(name)) delete globalThis[name];
  }
  const expose = (name, value) => define(globalThis, name, value, false);

  // What few workflows use is built when it is first looked at; making a context is on the way of an execution.
  const lazy = (names, build) => {
    let built;
    for (const name of names) {
      defineAccessor(globalThis, name, () => (built ??= build())[name], (value) => { expose(name, value); });
    }
  };

  // ---- errors --------------------------------------------------------------------------------------------------
  const namedError = (name, message) => {
    const error = new ErrorConstructor(message);
    define(error, 'name', name, false);
    return error;
  };
  const fail = (reason) => {
    const { name, message, stack, details } = describe(reason);
    host(FAIL, name, message, stack, details);
  };

  // ---- console -------------------------------------------------------------------------------------------------
  const { console, reset: resetConsole } = createConsole(primordials, inspector, (level, line) => host(LOG, level, line), limits);
  const { error: printError } = console;
  expose('console', console);

  // ---- timers --------------------------------------------------------------------------------------------------
  const timers = new Map();
  const setTimer = (callback, delay, args, repeat) => {
    if (typeof callback !== 'function') throw new TypeError('the callback of a timer must be a function');
    let milliseconds = +delay;
    if (isNaN(milliseconds) || milliseconds < (repeat ? 1 : 0)) milliseconds = repeat ? 1 : 0;
    const id = host(TIMER, min(milliseconds, 2147483647), repeat);
    if (id === REFUSED) throw namedError('LimitError', `more than ${limits.pendingTimers} timers are pending`);
    mapSet(timers, id, { callback, args, repeat });
    return id;
  };
  const clearTimer = (id) => {
    if (mapDelete(timers, id)) host(CLEAR, id);
  };
  expose('setTimeout', (callback, delay, ...args) => setTimer(callback, delay, args, false));
  expose('setInterval', (callback, delay, ...args) => setTimer(callback, delay, args, true));
  expose('clearTimeout', clearTimer);
  expose('clearInterval', clearTimer);
  const uncaught = (reason) => printError('Uncaught', reason);
  const microtask = async (callback) => {
    await undefined;
    try {
      callback();
    } catch (problem) {
      uncaught(problem);
    }
  };
  expose('queueMicrotask', (callback) => {
    if (typeof callback !== 'function') throw new TypeError('the callback of queueMicrotask must be a function');
    microtask(callback);
  });
  const fire = (id) => {
    const timer = mapGet(timers, id);
    if (timer === undefined) return;
    if (!timer.repeat) mapDelete(timers, id);
    try {
      apply(timer.callback, undefined, timer.args);
    } catch (problem) {
      // As in other runtimes, what a timer throws ends the program.
      fail(problem);
    }
  };

  // ---- services of the host --------------------------------------------------------------------------------------
  const calls = new Map();
  /** A promise of the answer. `request` checks the arguments; what it throws rejects. */
  const ask = (request) => new PromiseConstructor((resolve, reject) => {
    const id = request();
    if (id === REFUSED) throw namedError('LimitError', `more than ${limits.pendingHostCalls} calls are pending`);
    mapSet(calls, id, { resolve, reject });
  });
  const settle = (id, ok, name, payload) => {
    const pending = mapGet(calls, id);
    if (pending === undefined) return;
    mapDelete(calls, id);
    if (!ok) pending.reject(namedError(name, payload));
    else pending.resolve(payload === null ? undefined : parse(payload));
  };

  const scopeOf = (options) => {
    const scope = options?.scope ?? 'ORG';
    if (scope !== 'ORG' && scope !== 'INVOCATION') throw new TypeError('scope must be "ORG" or "INVOCATION"');
    return scope;
  };
  const keyOf = (key) => {
    if (typeof key !== 'string' || key.length === 0 || key.length > 512) {
      throw new TypeError('key must be a string of 1 to 512 characters');
    }
    return key;
  };
  const ttlOf = (options) => {
    const ttl = options?.ttl;
    if (ttl === undefined || ttl === null) return null;
    if (typeof ttl !== 'number' || !(ttl > 0) || ttl > 3155760000) {
      throw new TypeError('ttl must be a number of seconds greater than 0');
    }
    return ttl * 1000;
  };
  const state = freeze({
    get: (key, options) => ask(() => host(CALL, 'get', scopeOf(options), keyOf(key))),
    set: (key, value, options) => ask(() => {
      const json = stringify(value);
      if (json === undefined) throw new TypeError('value must be JSON: ' + typeof value + ' is not');
      return host(CALL, 'set', scopeOf(options), keyOf(key), json, ttlOf(options));
    }),
    delete: (key, options) => ask(() => host(CALL, 'delete', scopeOf(options), keyOf(key))),
  });
  const unavailable = (name) => async () => {
    throw namedError('NotAvailableError', `${name} is not available in this version`);
  };
  const connector = new Proxy(freeze({}), {
    __proto__: null,
    get: (target, app) => typeof app !== 'string' ? undefined : new Proxy(freeze({}), {
      __proto__: null,
      get: (inner, action) =>
        typeof action !== 'string' || action === 'then' ? undefined : unavailable(`fastn.connector.${app}.${action}`),
    }),
  });
  defineConstant(globalThis, 'fastn', freeze({
    state,
    secrets: freeze({ get: unavailable('fastn.secrets.get') }),
    db: freeze({ query: unavailable('fastn.db.query') }),
    connector,
  }));
  expose('fetch', unavailable('fetch'));
  const random = (bytes) => host(RANDOM, bytes);

  // ---- the run -------------------------------------------------------------------------------------------------
  const finish = (value) => {
    let json;
    try {
      json = stringify(value);
    } catch (problem) {
      fail(problem);
      return;
    }
    host(DONE, json === undefined ? 'null' : json);
  };
  // `await` looks nothing up but a promise's constructor, unlike its method then.
  const ownConstructor = (value) => {
    if (value !== null && typeof value === 'object' && getPrototypeOf(value) === promisePrototype) {
      define(value, 'constructor', PromiseConstructor, false);
    }
    return value;
  };
  const run = async (handler, ctx) => {
    let value;
    try {
      value = await ownConstructor(handler(ctx));
    } catch (problem) {
      fail(problem);
      return;
    }
    finish(value);
  };
  const start = (handler, meta, body) => {
    if (typeof handler !== 'function') {
      fail(new TypeError('a workflow must export a function: export default async function (ctx) { … }'));
      return;
    }
    const ctx = parse(meta);
    try {
      ctx.input = parse(body);
    } catch {
      ctx.input = body;
    }
    run(handler, ctx);
  };
  const reset = () => {
    mapClear(timers);
    mapClear(calls);
    resetConsole();
  };

  return { __proto__: null, start, settle, fire, fail, reset, random, expose, lazy, namedError, teach: inspector.teach };
})
