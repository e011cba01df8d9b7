// What a log line, an error message and an error's details show of a value. Runs before any workflow code and captures
// what it uses of the intrinsics, because workflow code may replace them later. It calls no getter and no method of a
// value but for the name and the message of an error, and everything it makes is bounded: what is left out leaves a mark.
//
// No code here may find a tenant's property by accident. So: no regular expressions, no iteration and no spreading;
// records have no prototype; lists are strings, captured Maps, or chains of records.
(function (primordials) {
  'use strict';
  const { intrinsics, uncurry, getter } = primordials;
  const { Reflect, Object, Function, Array, String, Number, Boolean, Symbol, BigInt, Error, RegExp, Date, Math, JSON } = intrinsics;
  const { Map, Set, WeakMap, WeakSet, WeakRef, Promise, ArrayBuffer, DataView, Uint8Array, parseInt, parseFloat } = intrinsics;
  const { apply, ownKeys, getOwnPropertyDescriptor: own, getPrototypeOf: prototypeOf } = Reflect;
  const { hasOwn } = Object;
  const { isArray } = Array;
  const { min, max, trunc } = Math;
  const { isNaN } = Number;
  const { stringify } = JSON;
  const { toStringTag } = Symbol;
  const slice = uncurry(String.prototype.slice), indexOf = uncurry(String.prototype.indexOf);
  const codeAt = uncurry(String.prototype.charCodeAt), wellFormed = uncurry(String.prototype.toWellFormed);
  const startsWith = uncurry(String.prototype.startsWith);
  const hexOf = uncurry(Number.prototype.toString), sourceOf = uncurry(Function.prototype.toString);
  const isoOf = uncurry(Date.prototype.toISOString), timeOf = uncurry(Date.prototype.getTime);
  const mapGet = uncurry(Map.prototype.get), mapSet = uncurry(Map.prototype.set);
  const mapSize = getter(Map.prototype, 'size'), setSize = getter(Set.prototype, 'size');
  const mapEntries = uncurry(Map.prototype.entries), setValues = uncurry(Set.prototype.values);
  const mapNext = uncurry(prototypeOf(new Map().entries()).next), setNext = uncurry(prototypeOf(new Set().values()).next);
  const TypedArrayPrototype = prototypeOf(Uint8Array.prototype);
  const typedName = getter(TypedArrayPrototype, toStringTag), typedLength = getter(TypedArrayPrototype, 'length');
  const bufferLength = getter(ArrayBuffer.prototype, 'byteLength');
  const viewLength = getter(DataView.prototype, 'byteLength'), viewOffset = getter(DataView.prototype, 'byteOffset');
  const regExpSource = getter(RegExp.prototype, 'source');
  const hasIndices = getter(RegExp.prototype, 'hasIndices'), isGlobal = getter(RegExp.prototype, 'global');
  const ignoresCase = getter(RegExp.prototype, 'ignoreCase'), multiline = getter(RegExp.prototype, 'multiline');
  const dotAll = getter(RegExp.prototype, 'dotAll'), unicode = getter(RegExp.prototype, 'unicode');
  const unicodeSets = getter(RegExp.prototype, 'unicodeSets'), sticky = getter(RegExp.prototype, 'sticky');
  const numberIn = uncurry(Number.prototype.valueOf), stringIn = uncurry(String.prototype.valueOf);
  const booleanIn = uncurry(Boolean.prototype.valueOf), bigintIn = uncurry(BigInt.prototype.valueOf);
  const symbolIn = uncurry(Symbol.prototype.valueOf);
  const viewBuffer = getter(DataView.prototype, 'buffer');
  const ObjectPrototype = Object.prototype, ArrayPrototype = Array.prototype, ErrorPrototype = Error.prototype;
  const GeneratorPrototype = prototypeOf(function* () {}), AsyncGeneratorPrototype = prototypeOf(async function* () {});
  const AsyncFunctionPrototype = prototypeOf(async () => undefined);

  const LEVELS = 10, ENTRIES = 500, TEXT = 10000, BYTES = 64, CHAIN = 100, INDEXED = 10000;

  // ---- strings -------------------------------------------------------------------------------------------------
  const cut = (text, most) => (text.length > most ? slice(text, 0, most) + '…' : text);
  const plural = (count, noun) => `${count} more ${noun}${count === 1 ? '' : noun === 'entr' ? 'ies' : 's'}`;
  /** Puts a text on the job's account. */
  const emit = (job, text) => {
    job.left -= text.length;
    return text;
  };
  const escaped = (code, quote) => {
    if (code === 10) return '\\n';
    if (code === 13) return '\\r';
    if (code === 9) return '\\t';
    if (code === 92) return '\\\\';
    if (code === quote) return quote === 39 ? "\\'" : '\\"';
    if (code < 16) return '\\x0' + hexOf(code, 16);
    if (code < 32 || code === 127) return '\\x' + hexOf(code, 16);
    return undefined;
  };
  const quoted = (text) => {
    const shown = text.length > TEXT ? slice(text, 0, TEXT) : text;
    const quote = indexOf(shown, "'") >= 0 && indexOf(shown, '"') < 0 ? 34 : 39;
    const mark = quote === 34 ? '"' : "'";
    let result = mark, from = 0;
    for (let i = 0; i < shown.length; i++) {
      const code = codeAt(shown, i);
      if (code > 92 && code !== 127 || code > 39 && code < 92) continue;
      const instead = escaped(code, quote);
      if (instead === undefined) continue;
      result += slice(shown, from, i) + instead;
      from = i + 1;
    }
    result += slice(shown, from) + mark;
    return shown.length === text.length ? result : `${result}... ${plural(text.length - shown.length, 'character')}`;
  };
  const isName = (text) => {
    if (text.length === 0 || text.length > 100) return false;
    for (let i = 0; i < text.length; i++) {
      const code = codeAt(text, i);
      const letter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 36;
      if (!letter && (i === 0 || code < 48 || code > 57)) return false;
    }
    return true;
  };
  const symbolText = (symbol) => cut(String(symbol), 200);
  const primitive = (value) => {
    if (typeof value === 'symbol') return symbolText(value);
    if (typeof value === 'bigint') return `${value}n`;
    return value === 0 && 1 / value < 0 ? '-0' : `${value}`;
  };

  // ---- what a value is, asked of nobody that could lie expensively ----------------------------------------------
  /** A data property of the value itself. */
  const ownData = (value, name) => {
    const found = own(value, name);
    return found !== undefined && hasOwn(found, 'value') ? found.value : undefined;
  };
  /** A property that is a string, even where a getter makes it; for what was thrown, whose name is worth that. */
  const field = (value, name) => {
    try {
      const found = value[name];
      return typeof found === 'string' ? found : undefined;
    } catch {
      return undefined;
    }
  };
  /** Name of the class and the intrinsic that it comes from, if any. */
  const kindOf = (value) => {
    const kind = { __proto__: null, name: undefined, show: undefined, tag: undefined, bare: false };
    let at = prototypeOf(value);
    kind.bare = at === null;
    const ownTag = ownData(value, toStringTag);
    if (typeof ownTag === 'string') kind.tag = cut(ownTag, 200);
    for (let i = 0; at !== null && i < CHAIN; i++, at = prototypeOf(at)) {
      if (kind.name === undefined) {
        const constructor = ownData(at, 'constructor');
        const name = typeof constructor === 'function' ? ownData(constructor, 'name') : undefined;
        if (typeof name === 'string' && name !== '') kind.name = cut(name, 200);
      }
      if (kind.tag === undefined) {
        const tag = ownData(at, toStringTag);
        if (typeof tag === 'string') kind.tag = cut(tag, 200);
      }
      kind.show = mapGet(kinds, at);
      if (kind.show !== undefined || at === ObjectPrototype) break;
    }
    return kind;
  };

  // ---- values --------------------------------------------------------------------------------------------------
  /** @param up the values that this one is inside of, innermost first */
  const show = (job, value, up, depth) => {
    if (job.left <= 0) return '';
    if (typeof value === 'string') return emit(job, quoted(value));
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return emit(job, primitive(value));
    try {
      return showObject(job, value, up, depth);
    } catch (problem) {
      return emit(job, `[cannot be shown: ${cut(field(problem, 'message') ?? 'error', 200)}]`);
    }
  };
  const showObject = (job, value, up, depth) => {
    for (let at = up; at !== null; at = at.up) if (at.value === value) return emit(job, '[Circular]');
    const here = { __proto__: null, value, up };
    if (typeof value === 'function') return showFunction(job, value, here, depth);
    if (isArray(value)) return showArray(job, value, here, depth);
    const kind = kindOf(value);
    if (kind.show !== undefined) {
      try {
        return kind.show(job, value, here, depth, kind);
      } catch {
        // It only inherits from the intrinsic: a Proxy, or made with Object.create.
      }
    }
    return showFields(job, value, here, depth, title(kind));
  };
  const title = (kind) => {
    if (kind.bare) return '[Object: null prototype]';
    const name = kind.name ?? 'Object';
    return kind.tag !== undefined && kind.tag !== name ? `${name} [${kind.tag}]` : name;
  };
  const tooDeep = (job, name) => emit(job, `[${name}: deeper than ${LEVELS} levels]`);

  /** Entries between brackets, with the number of those left out. */
  const list = (open, close) => ({ __proto__: null, open, close, text: '', count: 0 });
  const add = (job, entries, text) => {
    entries.text += (entries.count === 0 ? ' ' : ', ') + text;
    entries.count++;
    job.left -= 2;
  };
  const full = (job, entries) => job.left <= 0 || entries.count >= ENTRIES;
  const close = (job, entries, prefix) => {
    const text = entries.count === 0 ? entries.open + entries.close : `${entries.open}${entries.text} ${entries.close}`;
    return prefix === '' ? text : `${emit(job, prefix)} ${text}`;
  };
  const showFields = (job, value, here, depth, prefix) => {
    if (depth >= LEVELS) return tooDeep(job, prefix === '' ? 'Object' : prefix);
    const entries = list('{', '}');
    fields(job, entries, value, here, depth, undefined);
    return close(job, entries, prefix === 'Object' ? '' : prefix);
  };
  const keyText = (key) => (typeof key === 'symbol' ? `[${symbolText(key)}]` : isName(key) ? key : quoted(key));
  const accessor = (found) => (found.get === undefined ? '[Setter]' : found.set === undefined ? '[Getter]' : '[Getter/Setter]');
  /** Enumerable properties of the value itself; with `indexed`, those that are no index. */
  const fields = (job, entries, value, here, depth, indexed) => {
    const keys = ownKeys(value);
    for (let i = indexed ?? 0; i < keys.length; i++) {
      const key = keys[i];
      const found = own(value, key);
      if (found === undefined || !found.enumerable) continue;
      if (full(job, entries)) {
        add(job, entries, emit(job, `... ${plural(keys.length - i, 'entr')}`));
        return;
      }
      const name = emit(job, keyText(key) + ': ');
      add(job, entries, name + (hasOwn(found, 'value') ? show(job, found.value, here, depth + 1) : emit(job, accessor(found))));
    }
  };
  /** How many of an array's own keys are indices: they come first, in order. */
  const indices = (keys) => {
    let low = 0, high = keys.length;
    while (low < high) {
      const middle = trunc((low + high) / 2);
      const key = keys[middle];
      if (typeof key === 'string' && key.length > 0 && codeAt(key, 0) >= 48 && codeAt(key, 0) <= 57) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const showArray = (job, value, here, depth) => {
    const length = ownData(value, 'length');
    const prototype = prototypeOf(value);
    const name = prototype === ArrayPrototype ? '' : `${prototype === null ? '[Array: null prototype]' : kindOf(value).name ?? 'Array'}(${length})`;
    if (depth >= LEVELS && length > 0) return tooDeep(job, name === '' ? 'Array' : name);
    const entries = list('[', ']');
    let holes = 0, at = 0;
    const gap = () => {
      if (holes > 0) add(job, entries, emit(job, `<${holes} empty item${holes === 1 ? '' : 's'}>`));
      holes = 0;
    };
    for (; at < length && at < INDEXED && !full(job, entries); at++) {
      const found = own(value, at);
      if (found === undefined) {
        holes++;
        continue;
      }
      gap();
      add(job, entries, hasOwn(found, 'value') ? show(job, found.value, here, depth + 1) : emit(job, accessor(found)));
    }
    gap();
    if (at < length) add(job, entries, emit(job, `... ${plural(length - at, 'item')}`));
    if (length <= INDEXED) fields(job, entries, value, here, depth, indices(ownKeys(value)));
    return close(job, entries, name);
  };
  /** Not `classify() {}` and not `class() {}`, which are methods. */
  const isClass = (code) => {
    const next = codeAt(code, 5);
    return startsWith(code, 'class') && (next <= 32 || next === 123 || next === 47);
  };
  const showFunction = (job, value, here, depth) => {
    const name = ownData(value, 'name');
    const called = typeof name === 'string' && name !== '' ? cut(name, 200) : '';
    const prototype = prototypeOf(value);
    let text;
    if (isClass(sourceOf(value))) {
      const parent = typeof prototype === 'function' ? ownData(prototype, 'name') : undefined;
      text = `[class ${called === '' ? '(anonymous)' : called}${typeof parent === 'string' && parent !== '' ? ` extends ${cut(parent, 200)}` : ''}]`;
    } else {
      const kind = prototype === AsyncFunctionPrototype ? 'AsyncFunction' : prototype === GeneratorPrototype ? 'GeneratorFunction' :
        prototype === AsyncGeneratorPrototype ? 'AsyncGeneratorFunction' : 'Function';
      text = called === '' ? `[${kind} (anonymous)]` : `[${kind}: ${called}]`;
    }
    return withFields(job, text, value, here, depth);
  };
  /** A value in one word, and its fields if it has any. */
  const withFields = (job, text, value, here, depth, indexed) => {
    const entries = list('{', '}');
    if (depth < LEVELS) fields(job, entries, value, here, depth, indexed);
    return entries.count === 0 ? emit(job, text) : close(job, entries, text);
  };

  // ---- intrinsics ----------------------------------------------------------------------------------------------
  const kinds = new Map();
  const sized = (kind, name, size) => `${kind.name ?? name}(${size})`;
  mapSet(kinds, Map.prototype, (job, value, here, depth, kind) => {
    const size = mapSize(value);
    if (depth >= LEVELS && size > 0) return tooDeep(job, sized(kind, 'Map', size));
    const entries = list('{', '}');
    const iterator = mapEntries(value);
    for (let step = mapNext(iterator); !step.done; step = mapNext(iterator)) {
      if (full(job, entries)) {
        add(job, entries, emit(job, `... ${plural(size - entries.count, 'entr')}`));
        break;
      }
      const key = show(job, step.value[0], here, depth + 1) + emit(job, ' => ');
      add(job, entries, key + show(job, step.value[1], here, depth + 1));
    }
    fields(job, entries, value, here, depth, undefined);
    return close(job, entries, sized(kind, 'Map', size));
  });
  mapSet(kinds, Set.prototype, (job, value, here, depth, kind) => {
    const size = setSize(value);
    if (depth >= LEVELS && size > 0) return tooDeep(job, sized(kind, 'Set', size));
    const entries = list('{', '}');
    const iterator = setValues(value);
    for (let step = setNext(iterator); !step.done; step = setNext(iterator)) {
      if (full(job, entries)) {
        add(job, entries, emit(job, `... ${plural(size - entries.count, 'item')}`));
        break;
      }
      add(job, entries, show(job, step.value, here, depth + 1));
    }
    fields(job, entries, value, here, depth, undefined);
    return close(job, entries, sized(kind, 'Set', size));
  });
  mapSet(kinds, TypedArrayPrototype, (job, value, here, depth, kind) => {
    const length = typedLength(value);
    const entries = list('[', ']');
    let at = 0;
    for (; at < length && !full(job, entries); at++) add(job, entries, emit(job, primitive(value[at])));
    if (at < length) add(job, entries, emit(job, `... ${plural(length - at, 'item')}`));
    return close(job, entries, sized(kind, typedName(value), length));
  });
  const hexOfBytes = (buffer, offset, length) => {
    const bytes = new Uint8Array(buffer, offset, min(length, BYTES));
    let text = '';
    for (let i = 0; i < typedLength(bytes); i++) text += (i === 0 ? '' : ' ') + (bytes[i] < 16 ? '0' : '') + hexOf(bytes[i], 16);
    return length > BYTES ? `<${text} ... ${plural(length - BYTES, 'byte')}>` : `<${text}>`;
  };
  mapSet(kinds, ArrayBuffer.prototype, (job, value, here, depth, kind) => {
    const length = bufferLength(value);
    return emit(job, `${kind.name ?? 'ArrayBuffer'} { [Uint8Contents]: ${hexOfBytes(value, 0, length)}, byteLength: ${length} }`);
  });
  mapSet(kinds, DataView.prototype, (job, value) => {
    const length = viewLength(value);
    return emit(job, `DataView { byteLength: ${length}, byteOffset: ${viewOffset(value)}, ` +
      `[Uint8Contents]: ${hexOfBytes(viewBuffer(value), viewOffset(value), length)} }`);
  });
  const flags = (value) => (hasIndices(value) ? 'd' : '') + (isGlobal(value) ? 'g' : '') + (ignoresCase(value) ? 'i' : '') +
    (multiline(value) ? 'm' : '') + (dotAll(value) ? 's' : '') + (unicode(value) ? 'u' : '') +
    (unicodeSets(value) ? 'v' : '') + (sticky(value) ? 'y' : '');
  mapSet(kinds, RegExp.prototype, (job, value, here, depth) =>
    withFields(job, cut(`/${regExpSource(value)}/${flags(value)}`, TEXT), value, here, depth));
  const dateText = (value) => (isNaN(timeOf(value)) ? 'Invalid Date' : isoOf(value));
  mapSet(kinds, Date.prototype, (job, value, here, depth) => withFields(job, dateText(value), value, here, depth));
  const boxed = (name, unbox) => (job, value, here, depth) => {
    const inside = unbox(value);
    const text = typeof inside === 'string' ? quoted(inside) : primitive(inside);
    return withFields(job, `[${name}: ${text}]`, value, here, depth, typeof inside === 'string' ? inside.length : undefined);
  };
  mapSet(kinds, Number.prototype, boxed('Number', numberIn));
  mapSet(kinds, String.prototype, boxed('String', stringIn));
  mapSet(kinds, Boolean.prototype, boxed('Boolean', booleanIn));
  mapSet(kinds, Symbol.prototype, boxed('Symbol', symbolIn));
  mapSet(kinds, BigInt.prototype, boxed('BigInt', bigintIn));
  const unknown = (name, what) => (job, value, here, depth, kind) =>
    withFields(job, `${kind.name ?? name} { ${what} }`, value, here, depth);
  mapSet(kinds, WeakMap.prototype, unknown('WeakMap', '<items unknown>'));
  mapSet(kinds, WeakSet.prototype, unknown('WeakSet', '<items unknown>'));
  mapSet(kinds, WeakRef.prototype, unknown('WeakRef', '<ref>'));
  mapSet(kinds, Promise.prototype, unknown('Promise', '<state unknown>'));

  // ---- errors --------------------------------------------------------------------------------------------------
  /** The error's own name; where only its class has one, that. */
  const nameOf = (error) => {
    try {
      if (own(error, 'name') === undefined) {
        let at = prototypeOf(error);
        for (let i = 0; at !== null && i < CHAIN && own(at, 'name') === undefined; i++, at = prototypeOf(at)) {
          const constructor = ownData(at, 'constructor');
          const name = typeof constructor === 'function' && at !== ObjectPrototype ? ownData(constructor, 'name') : undefined;
          if (typeof name === 'string' && name !== '') return name;
        }
      }
    } catch {
      // A Proxy that refuses; its name may still be had.
    }
    return field(error, 'name');
  };
  const isError = (value) => {
    let at = value;
    for (let i = 0; at !== null && i < CHAIN; i++, at = prototypeOf(at)) if (at === ErrorPrototype) return true;
    return false;
  };
  /** The stack, under a heading that has the error's present name and message. */
  const traceOf = (error) => {
    const name = nameOf(error) ?? 'Error', message = field(error, 'message') ?? '';
    const heading = message === '' ? name : `${name}: ${message}`;
    // The engine writes it when it is first asked for, with the name and the message that it finds then.
    const stack = field(error, 'stack');
    if (typeof stack !== 'string') return `[${heading}]`;
    const frames = indexOf(stack, '\n    at ');
    return cut(frames < 0 ? heading : heading + slice(stack, frames), TEXT);
  };
  mapSet(kinds, ErrorPrototype, (job, value, here, depth) => {
    const text = traceOf(value);
    if (depth >= LEVELS) return emit(job, text);
    const entries = list('{', '}');
    const keys = ownKeys(value);
    for (let i = 0; i < keys.length && !full(job, entries); i++) {
      const key = keys[i];
      if (key === 'stack') continue;
      const found = own(value, key);
      const hidden = found !== undefined && !found.enumerable && (key === 'cause' || key === 'errors');
      if (found === undefined || (!found.enumerable && !hidden)) continue;
      if ((key === 'name' || key === 'message') && hasOwn(found, 'value') && typeof found.value === 'string') continue;
      const name = emit(job, hidden ? `[${key}]: ` : keyText(key) + ': ');
      add(job, entries, name + (hasOwn(found, 'value') ? show(job, found.value, here, depth + 1) : emit(job, accessor(found))));
    }
    return entries.count === 0 ? emit(job, text) : close(job, entries, text);
  });

  // ---- whole texts ---------------------------------------------------------------------------------------------
  const job = (most) => ({ __proto__: null, left: most });
  /** One value, with quotes if it is a string. */
  const inspect = (value, most) => wellFormed(cut(show(job(most + 1), value, null, 0), most));
  /** As inspect, but a string is itself. */
  const text = (value, most) => (typeof value === 'string' ? wellFormed(cut(value, most)) : inspect(value, most));

  const plain = (target, value) => {
    if (typeof value !== 'string') return show(target, value, null, 0);
    return emit(target, value.length > target.left ? slice(value, 0, max(0, target.left)) : value);
  };
  const json = (value) => {
    try {
      return stringify(value) ?? 'undefined';
    } catch (problem) {
      const message = field(problem, 'message') ?? 'error';
      return `[cannot be shown: ${cut(message, 200)}]`;
    }
  };
  const asNumber = (value, convert) => {
    if (typeof value === 'bigint') return `${value}n`;
    if (typeof value === 'symbol' || (typeof value === 'object' && value !== null) || typeof value === 'function') return 'NaN';
    return primitive(convert(value));
  };
  const directive = (target, code, value) => {
    switch (code) {
      case 's': return plain(target, value);
      case 'd': return emit(target, asNumber(value, Number));
      case 'i': return emit(target, asNumber(value, parseInt));
      case 'f': return emit(target, asNumber(value, parseFloat));
      case 'j': return plain(target, json(value));
      case 'o': case 'O': return show(target, value, null, 0);
      case 'c': return '';
      default: return undefined;
    }
  };
  /** What one call prints. Directives count where a text comes first and something follows it, as everywhere. */
  const format = (values, most) => {
    const target = job(most + 1);
    if (values.length === 0) return '';
    let line = '', next = 0;
    const first = values[0];
    if (typeof first === 'string' && values.length > 1) {
      next = 1;
      let from = 0;
      for (let at = indexOf(first, '%'); at >= 0 && at + 1 < first.length && target.left > 0; at = indexOf(first, '%', at)) {
        const code = first[at + 1];
        let instead;
        if (code === '%') instead = '%';
        else if (next < values.length) instead = directive(target, code, values[next]);
        if (instead === undefined) {
          at++;
          continue;
        }
        if (code !== '%') next++;
        line += slice(first, from, at) + instead;
        at += 2;
        from = at;
      }
      line += plain(target, slice(first, from));
    }
    for (let i = next; i < values.length && target.left > 0; i++) {
      line += (i === 0 ? '' : emit(target, ' ')) + plain(target, values[i]);
    }
    return wellFormed(line.length > most ? slice(line, 0, most + 1) : line);
  };

  /** A class of the platform's own, whose instances show what `of` makes of them. */
  const teach = (prototype, of) => mapSet(kinds, prototype, (target, value, here, depth, kind) => {
    const shown = of(value);
    return emit(target, `${kind.name ?? 'Object'} { ${typeof shown === 'string' ? quoted(shown) : '?'} }`);
  });

  return { __proto__: null, inspect, text, format, teach, field, nameOf, isError, kindOf, primitive, cut };
})
