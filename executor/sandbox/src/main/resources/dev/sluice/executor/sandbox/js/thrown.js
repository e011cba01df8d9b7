// What is kept of what a workflow throws: name, message and stack, and as JSON all that an error carries besides, which
// is its own fields, its causes and the errors it gathers. Bounded, and written by hand: what a tenant may change
// (`toJSON`, iteration) has no part in it. See inspect.js for the rules.
(function (primordials, inspector) {
  'use strict';
  const { intrinsics, uncurry } = primordials;
  const { inspect, text, field, nameOf, isError, kindOf, primitive, cut } = inspector;
  const { Reflect, Object, Array, Number, JSON, String } = intrinsics;
  const { apply, ownKeys, getOwnPropertyDescriptor: own } = Reflect;
  const { hasOwn, is } = Object;
  const { isArray } = Array;
  const { isFinite } = Number;
  const { stringify } = JSON;
  const slice = uncurry(String.prototype.slice), indexOf = uncurry(String.prototype.indexOf);
  const startsWith = uncurry(String.prototype.startsWith), trim = uncurry(String.prototype.trim);
  const wellFormed = uncurry(String.prototype.toWellFormed);

  const NAME = 200, MESSAGE = 8000, STACK = 16000;
  const ALL = 32000, VALUE = 2000, LEVELS = 10, ENTRIES = 50, FILE = 'workflow.js:';

  const put = (job, json) => {
    job.left -= json.length;
    return json;
  };
  const string = (job, value, most) => put(job, stringify(cut(value, most)));
  const full = (job, count) => job.left <= 0 || count >= ENTRIES;
  const left = (keys, at) => `... ${keys.length - at} more`;

  /** Any value. */
  const json = (job, value, up) => {
    if (job.left <= 0) return '"…"';
    if (typeof value === 'string') return string(job, value, VALUE);
    if (value === null || typeof value === 'boolean') return put(job, `${value}`);
    if (typeof value === 'number' && isFinite(value) && !is(value, -0)) return put(job, `${value}`);
    if (typeof value !== 'object') return string(job, inspect(value, VALUE), VALUE);
    try {
      return object(job, value, up);
    } catch {
      return string(job, inspect(value, VALUE), VALUE);
    }
  };
  const object = (job, value, up) => {
    let levels = 0;
    for (let at = up; at !== null; at = at.up, levels++) if (at.value === value) return put(job, '"[Circular]"');
    if (levels >= LEVELS) return put(job, `"[deeper than ${LEVELS} levels]"`);
    const here = { __proto__: null, value, up };
    if (isError(value)) return error(job, value, here);
    if (isArray(value)) return array(job, value, here);
    if (kindOf(value).show !== undefined) return string(job, inspect(value, VALUE), VALUE);
    return `{${fields(job, value, here, false, '')}}`;
  };
  const array = (job, value, here) => {
    const length = own(value, 'length').value;
    let items = '';
    for (let i = 0; i < length; i++) {
      const separator = i === 0 ? '' : ',';
      if (full(job, i)) return `[${items}${separator}"... ${length - i} more"]`;
      items += separator + property(job, own(value, i), here);
    }
    return `[${items}]`;
  };
  const property = (job, found, here) => {
    if (found === undefined) return 'null';
    return hasOwn(found, 'value') ? json(job, found.value, here) : put(job, '"[Getter]"');
  };
  /** Enumerable fields as members of a JSON object; of an error, without those that have a place of their own. */
  const fields = (job, value, here, ofError, members) => {
    const keys = ownKeys(value);
    let count = 0;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (ofError && (key === 'name' || key === 'message' || key === 'stack' || key === 'cause' || key === 'errors')) continue;
      const found = own(value, key);
      if (found === undefined || !found.enumerable) continue;
      const separator = members === '' ? '' : ',';
      if (full(job, count++)) return `${members}${separator}"...":"${left(keys, i)}"`;
      members += `${separator}${string(job, typeof key === 'symbol' ? primitive(key) : key, NAME)}:${property(job, found, here)}`;
    }
    return members;
  };
  /** All that an error carries besides its name, its message and its stack. */
  const besides = (job, value, here, members) => {
    let result = fields(job, value, here, true, members);
    const cause = own(value, 'cause'), errors = own(value, 'errors');
    if (cause !== undefined) result += `${result === '' ? '' : ','}"cause":${property(job, cause, here)}`;
    if (errors !== undefined) result += `${result === '' ? '' : ','}"errors":${property(job, errors, here)}`;
    return result;
  };
  const error = (job, value, here) => {
    const stack = frames(field(value, 'stack') ?? '');
    const members = `"name":${string(job, nameOf(value) ?? 'Error', NAME)},"message":${string(job, messageOf(value), VALUE)}` +
      (stack === '' ? '' : `,"stack":${string(job, stack, VALUE)}`);
    return `{${besides(job, value, here, members)}}`;
  };
  /** The lines of a stack that are in the workflow's own file. */
  const frames = (stack) => {
    let result = '';
    for (let from = 0; from < stack.length && result.length < VALUE;) {
      const newline = indexOf(stack, '\n', from);
      const end = newline < 0 ? stack.length : newline;
      const line = trim(slice(stack, from, end));
      if (startsWith(line, 'at ') && indexOf(line, FILE) >= 0) result += (result === '' ? '' : '\n') + '    ' + line;
      from = end + 1;
    }
    return result;
  };
  const messageOf = (value) => {
    const message = field(value, 'message');
    if (message !== undefined) return message;
    const found = isError(value) ? own(value, 'message') : undefined;
    return inspect(found !== undefined && hasOwn(found, 'value') ? found.value : value, MESSAGE);
  };

  /** What the host is told. `details` is the members of a JSON object, or nothing. */
  const describe = (reason) => {
    if (reason === null || typeof reason !== 'object') {
      return { __proto__: null, name: 'Error', message: text(reason, MESSAGE), stack: '', details: '' };
    }
    const job = { __proto__: null, left: ALL };
    let details = '';
    try {
      details = besides(job, reason, { __proto__: null, value: reason, up: null }, '');
    } catch {
      // A Proxy that refuses: there is nothing to be had of it.
    }
    return {
      __proto__: null,
      name: wellFormed(cut(nameOf(reason) ?? 'Error', NAME)),
      message: wellFormed(cut(safely(() => messageOf(reason)), MESSAGE)),
      stack: wellFormed(cut(field(reason, 'stack') ?? '', STACK)),
      details: details === '' ? '' : `{${details}}`,
    };
  };
  const safely = (ask) => {
    try {
      return ask();
    } catch {
      return '[cannot be shown]';
    }
  };

  return describe;
})
