// Runs once in every context, before any workflow code. `host` is the one door to the outside and never leaves this
// closure. Intrinsics are captured here, because workflow code may replace them later. Returns what Java calls.
(function (host, limits, inspector, describe, createConsole) {
  'use strict';
  const { JSON, Object, Promise, Reflect, Error, Map, Set, TypeError, Proxy, isNaN } = globalThis;
  const { min } = globalThis.Math;
  const { parse, stringify } = JSON;
  const { apply } = Reflect;
  const { freeze, defineProperty, getOwnPropertyNames } = Object;
  const call = (method, receiver, ...args) => apply(method, receiver, args);
  const mapGet = Map.prototype.get, mapSet = Map.prototype.set, mapDelete = Map.prototype.delete;
  const mapClear = Map.prototype.clear;
  const then = Promise.prototype.then;
  const PromiseConstructor = Promise, ErrorConstructor = Error;

  // Numbers of the operations, as in HostBridge.java.
  const LOG = 0, CALL = 1, TIMER = 2, CLEAR = 3, DONE = 4, FAIL = 5, RANDOM = 6;

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
  const expose = (name, value) =>
    defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true });

  // What few workflows use is built when it is first looked at; making a context is on the way of an execution.
  const lazy = (names, build) => {
    for (const name of names) {
      defineProperty(globalThis, name, {
        get: () => {
          build();
          return globalThis[name];
        },
        set: (value) => expose(name, value),
        enumerable: false, configurable: true,
      });
    }
  };

  // ---- errors --------------------------------------------------------------------------------------------------
  const namedError = (name, message) => {
    const error = new ErrorConstructor(message);
    defineProperty(error, 'name', { value: name, writable: true, enumerable: false, configurable: true });
    return error;
  };
  const fail = (reason) => {
    const { name, message, stack, details } = describe(reason);
    host(FAIL, name, message, stack, details);
  };

  // ---- console -------------------------------------------------------------------------------------------------
  const { console, reset: resetConsole } = createConsole(inspector, (level, line) => host(LOG, level, line), limits);
  expose('console', console);

  // ---- timers --------------------------------------------------------------------------------------------------
  const timers = new Map();
  let lastTimer = 0;
  const setTimer = (callback, delay, args, repeat) => {
    if (typeof callback !== 'function') throw new TypeError('the callback of a timer must be a function');
    let milliseconds = +delay;
    if (isNaN(milliseconds) || milliseconds < (repeat ? 1 : 0)) milliseconds = repeat ? 1 : 0;
    milliseconds = min(milliseconds, 2147483647);
    if (timers.size >= limits.pendingTimers) {
      throw namedError('LimitError', `more than ${limits.pendingTimers} timers are pending`);
    }
    const id = ++lastTimer;
    call(mapSet, timers, id, { callback, args, milliseconds, repeat });
    host(TIMER, id, milliseconds);
    return id;
  };
  const clearTimer = (id) => {
    if (call(mapDelete, timers, id)) host(CLEAR, id);
  };
  expose('setTimeout', (callback, delay, ...args) => setTimer(callback, delay, args, false));
  expose('setInterval', (callback, delay, ...args) => setTimer(callback, delay, args, true));
  expose('clearTimeout', clearTimer);
  expose('clearInterval', clearTimer);
  const settled = PromiseConstructor.resolve();
  expose('queueMicrotask', (callback) => {
    if (typeof callback !== 'function') throw new TypeError('the callback of queueMicrotask must be a function');
    call(then, call(then, settled, () => callback()), undefined, uncaught);
  });
  const uncaught = (reason) => console.error('Uncaught', reason);
  const fire = (id) => {
    const timer = call(mapGet, timers, id);
    if (timer === undefined) return;
    if (timer.repeat) host(TIMER, id, timer.milliseconds);
    else call(mapDelete, timers, id);
    try {
      apply(timer.callback, undefined, timer.args);
    } catch (problem) {
      // As in other runtimes, what a timer throws ends the program.
      fail(problem);
    }
  };

  // ---- services of the host --------------------------------------------------------------------------------------
  const calls = new Map();
  let lastCall = 0;
  const ask = (operation, scope, key, value, ttl) => new PromiseConstructor((resolve, reject) => {
    if (calls.size >= limits.pendingHostCalls) {
      throw namedError('LimitError', `more than ${limits.pendingHostCalls} calls are pending`);
    }
    const id = ++lastCall;
    call(mapSet, calls, id, { resolve, reject });
    host(CALL, id, operation, scope, key, value, ttl);
  });
  const settle = (id, ok, name, payload) => {
    const pending = call(mapGet, calls, id);
    if (pending === undefined) return;
    call(mapDelete, calls, id);
    if (!ok) pending.reject(namedError(name, payload));
    else pending.resolve(payload === null ? undefined : parse(payload));
  };

  const scopeOf = (options) => {
    const scope = options?.scope ?? 'ORG';
    if (scope !== 'ORG' && scope !== 'INVOCATION') throw new TypeError('scope must be "ORG" or "INVOCATION"');
    return scope;
  };
  const keyOf = (key) => {
    if (typeof key !== 'string' || key.length === 0 || key.length > 1024) {
      throw new TypeError('key must be a string of 1 to 1024 characters');
    }
    return key;
  };
  const ttlOf = (options) => {
    const ttl = options?.ttl;
    if (ttl === undefined || ttl === null) return -1;
    if (typeof ttl !== 'number' || !(ttl > 0) || ttl > 3155760000) {
      throw new TypeError('ttl must be a number of seconds greater than 0');
    }
    return ttl * 1000;
  };
  const state = freeze({
    get: async (key, options) => ask('get', scopeOf(options), keyOf(key), null, -1),
    set: async (key, value, options) => {
      const json = stringify(value);
      if (json === undefined) throw new TypeError('value must be JSON: ' + typeof value + ' is not');
      return ask('set', scopeOf(options), keyOf(key), json, ttlOf(options));
    },
    delete: async (key, options) => ask('delete', scopeOf(options), keyOf(key), null, -1),
  });
  const unavailable = (name) => async () => {
    throw namedError('NotAvailableError', `${name} is not available in this version`);
  };
  const connector = new Proxy(freeze({}), {
    get: (target, app) => typeof app !== 'string' ? undefined : new Proxy(freeze({}), {
      get: (inner, action) =>
        typeof action !== 'string' || action === 'then' ? undefined : unavailable(`fastn.connector.${app}.${action}`),
    }),
  });
  defineProperty(globalThis, 'fastn', {
    value: freeze({
      state,
      secrets: freeze({ get: unavailable('fastn.secrets.get') }),
      db: freeze({ query: unavailable('fastn.db.query') }),
      connector,
    }),
    writable: false, enumerable: true, configurable: false,
  });
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
    if (json === undefined) json = 'null';
    if (json.length > limits.outputBytes) {
      fail(namedError('LimitError', `the result is larger than ${limits.outputBytes} bytes`));
    } else {
      host(DONE, json);
    }
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
    let promise;
    try {
      promise = new PromiseConstructor((resolve) => resolve(handler(ctx)));
    } catch (problem) {
      fail(problem);
      return;
    }
    call(then, promise, finish, fail);
  };
  const reset = () => {
    call(mapClear, timers);
    call(mapClear, calls);
    resetConsole();
  };
  const pending = () => timers.size + calls.size;

  return { start, settle, fire, fail, reset, pending, random, expose, lazy, namedError, teach: inspector.teach };
})
